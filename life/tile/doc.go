// Package tile runs two-state rules of range 1 on an unbounded plane, and works
// only where something changes.
//
// # Model
//
// Every rule with a [rule.Table] runs: outer-totalistic, hexagonal, von Neumann,
// Hensel, MAP, Wolfram, and rules with B0, also those whose background
// alternates (rule.Rule.Alternates). Cells are stored relative to the background
// of their generation, as package life says, so empty space stays empty.
//
// # Tiles
//
// The plane is cut into tiles of 60×60 cells of their own. A tile stores 64×64:
// around its own cells it has a rim, a copy of the two nearest cells of each of
// its eight neighbours. Bit order is that of package kernel.
//
//	bit   0 1 2 3                    60 61 62 63
//	row 0 +---+------------------------------+---+
//	    1 | c |    rim: rows of the north    | c |   c: corners, of the
//	    2 +---+------------------------------+---+      diagonal neighbours
//	    3 | r |                              | r |
//	      | i |                              | i |
//	      | m |       60×60 own cells        | m |
//	      |   |                              |   |
//	   60 | W |                              | E |
//	   61 +---+------------------------------+---+
//	   62 | c |    rim: rows of the south    | c |
//	   63 +---+------------------------------+---+
//
// Two cells of rim are worth two generations: a visit computes rows 1 to 62 of
// the odd generation from what the tile stores, rows 2 to 61 of the even one
// from those, and never looks at another tile. So the inner loops are
// kernel.Network.StepRows on consecutive words, without sides, which is the form
// that vectorises best, and tiles can be visited in any order or at once. The
// price is 12 % of the cells, and coordinates that are not powers of two.
//
// Tiles live in chunks that never move and are named by uint32 ids; a tile holds
// the ids of its eight neighbours. The index by coordinates (open addressing) is
// asked only when a tile is born or freed, or when somebody looks from outside.
// There are no pointers in tiles, so the garbage collector does not read them.
//
// # Passes
//
// The universe advances by passes of two generations. A pass goes through the
// queue, which has the tiles with changes and no others:
//
//	visit    step every tile of the queue in place; note what changed
//	push     copy changed cells at the edges into the rims of the neighbours,
//	         make neighbours that are missing, queue those whose rim changed
//	bury     free the tiles that came to rest and hold nothing, rim included
//
// Visits touch nothing but their own tile and may run on several goroutines
// ([WithThreads]); the other two take a small part of the time.
//
// # What is skipped
//
// Each tile has a mask of the rows that are not what they were two generations
// before. Row y of the next even generation depends on rows y-2 to y+2 of this
// one; if none of those has its bit set, row y would come out as it is now. So a
// visit steps only the rows within two of a set bit, run by run, and a tile
// without set bits is not visited at all. Still lifes and oscillators of period 2
// cost nothing, a glider about ten rows a pass. When the queue is empty, any
// number of generations is one addition.
//
// That comparing with two generations ago makes ash free is how Golly's
// QuickLife (A. Trevorrow, T. Rokicki, "qlifealgo.cpp") and lifelib's upattern
// (A. P. Goucher) work; the latter also steps tiles with a rim twice a visit.
//
// # Odd generations
//
// Tiles hold one generation in two. After an odd number of generations the last
// one is computed only for the tiles that somebody looks at. This is possible
// tile by tile: where there is no tile there is no cell within two cells either,
// so nothing is born there. An edit at such a generation first brings all tiles
// there, which takes one pass over all of them.
//
// # Invariants
//
//   - The rim of a tile equals the own cells of its neighbours, or zero.
//   - Where a tile would have a live cell on its rim, there is a tile.
//   - A tile is on the queue exactly when a row of its mask is set.
//   - A tile that is all zero and not on the queue is freed.
//   - The neighbour links of two tiles agree with each other and the index.
//
// # Limits
//
// Cells may stand where -2^62 ≤ x, y < 2^62; growth stops with
// life.ErrOutOfRange within 120 cells of it. A tile takes about 0.6 KiB. When the
// next pass might not fit the memory limit or the coordinates, what it will
// overwrite is noted first, so that a pass either happens or does not.
// Dense chaos costs two StepRows for each two generations: for universes that are
// alive all over, an engine without flags and rims is faster.
package tile
