// Package dense runs two-state rules of range 1 on bounded grids: planes, tori, Klein
// bottles, cross-surfaces and spheres, with shifts, and planes and tori with infinite
// sides. It computes all cells of the grid, at the speed of the machine, until so
// little changes that it pays to look where.
//
// # Model
//
// Every rule with a [rule.Table] runs, with B0 or without. Cells are stored relative to
// the background of their generation; what lies outside a plane is background, as
// in Golly. Package topology says which cell is which beyond an edge. A side of size
// 0 is infinite: what is stored of it grows with the cells, as it does under a rule
// without a grid.
//
// # Two layouts
//
// A field is for planes where everything changes. It is cut into strips of rows, four
// side by side in the words of each vector, and its columns are dealt out over the
// vectors so that neighbours are in the same bit of neighbouring vectors (kernel.Sweep
// draws it). Four strips are a band; there are two bands for each goroutine if the grid
// has cells enough.
//
//	        word 0     word 1     word 2     word 3
//	row 0   row 0      row h      row 2h     row 3h     of the grid, h rows a strip
//	row 1   row 1      row h+1    row 2h+1   row 3h+1
//	…
//
// A sweep takes a band through up to eight generations in one pass, in place: each new
// row is stored where its northern neighbour was, so that the strips wander to the
// north; the next sweep goes from south to north, and they wander back. For n
// generations it needs n cells beyond each edge of each strip, as they are at the
// start, which are copied from other strips, or from across the edges of the grid:
//
//	rows        moved by words from strip to strip; across an edge also by columns
//	            (shifts) or mirrored (twists), a vector at a time
//	columns     on planes and tori none: the sweep itself joins or kills the ends of a
//	            row. Where a row goes on in another one, n columns from either side of
//	            each row, picked and put for four rows at once
//	a sphere    rows go on as columns: 8×8 cells are turned at a time
//
// Where rows go on upside down, and on spheres, n is 1 as long as the cells fit into a near
// cache: the cell beyond a row then has room in its halo, and comes straight from the row or
// column where it is (kernel.Edge.Twist, Turn).
//
// That works as the grid unfolded is the grid again, moved, mirrored or turned. Under a
// rule that is not isotropic the mirrored grid has a mirrored rule: then n is 1.
//
// Bands go through some sweeps without waiting for each other: one that has been swept
// needs no more than the bands beside it to have come as far (relay). On grids whose rows do
// not end in themselves all wait for all, as a row may go on anywhere.
//
// To pick, put and turn what is beyond the edges takes a tenth of the time on 4096² (12 % before the rows
// were prefetched and eight columns unrolled: a sphere's sweeps take 88 to 89 % of the time now, 83 to 87
// before), where planes take 3 %.
//
// What that costs on smaller grids (Life, one core of a 2-core EPYC, AVX2, Gcell/s, the fastest of some
// runs on a busy machine):
//
//	                                             256²  1024²
//	torus or plane                               58    91
//	Klein bottle, left and right edges twisted   50
//	cross-surface                                51    83
//	sphere                                       56    86
//
// With columns beyond the edges these would be half of that at 256²: they take a vector
// more a row, 5 instead of 4, and more rows, and have to be picked and put.
//
// A quilt is for planes where little changes, and for rules that cannot be swept on this
// processor (kernel.NewSweeper). It has tiles of 64×64 cells in two generations. A tile
// whose surroundings are what they were two generations before is not stepped: it
// will be what stands there already. Around the grid runs a border of single cells,
// each a copy of one on the grid, that change with it.
//
// Some tiles of a quilt change in a short cycle, pulsars among them, and would keep
// themselves and those around them awake for ever. A trial of 302 generations, now and
// then, finds the tiles that repeat themselves with a period that divides 60, records one
// period of the rows that change, and sees that a tile and its neighbours went together
// through all that they can. From then on such a tile is dormant: no more is done for
// it, and its cells are those of the record, until one of its neighbours is not as it
// was in the trial. Edits rouse all tiles. Type dormancy tells more.
//
// # From one to the other
//
// After ever longer waits a field is copied, and compared with the copy two
// generations later: where less than 12 % of the squares changed, a quilt takes over,
// until more than 45 % of its tiles are stepped. It also does where so few differ after 60
// generations, once 1,000 were swept, and then has the time of one trial to become calm. The copies cost less
// than 1 %.
//
// Both keep one earlier generation, a later one each time, and compare it with every
// one that follows (R. P. Brent's cycle finding; mostly one row or tile tells). When it
// comes back, the rest of the way is a number of whole periods and what is left over:
// so 10^20 generations of a glider on a torus take a millisecond.
//
// # Invariants
//
//   - Between sweeps the rows of a field are closed (kernel.Edge.Close), unless
//     isStale is set.
//   - Cells beyond the edges of a field's rows are dead or of no meaning; whoever reads
//     them masks with columns.
//   - A tile of a quilt that is neither stepped nor dormant has its next generation where
//     that goes.
//   - The border of a quilt is what the grid is, in both generations, and so are dormant
//     tiles, where a tile that is not dormant sees them.
//   - The neighbours of a dormant tile are dormant, or as expected, and watched.
//
// # Limits
//
// Memory is a bit a cell, three for a quilt, and a copy for looking back where the limit
// allows; records of dormant tiles take up to two bytes a cell, within the limit. Periods
// that do not divide 60 keep tiles awake. Sides are at most 2^31-1 cells, coordinates on
// infinite sides ±2^62. On an unbounded plane the engine stores the
// whole bounding box, with some room about it, and refuses what does not fit.
//
// # What was tried
//
// Two goroutines on T4096,4096 and P4096,4096 (Life, 2,000 generations, 2-core virtual
// machine with other jobs on it, so that one core is often at two thirds of the other;
// Gcell/s, the best of 8 runs in turn):
//
//	                                                      T     P
//	one goroutine                                        86    84
//	two bands, all wait for all after every sweep       125   137
//	four bands that do not wait (relay)                 144   170
//
// When nothing else runs both ways are some 1.9 times as fast as one goroutine: with all
// waiting, 82 to 92 % of the two processors' time was work, with the relay 96 %. The rest are
// 3 ms in 180: copies for looking back, which now lie on huge pages and are made by all
// goroutines, sweeps of two generations behind them, and the ends of relays. Eight
// bands are no better than four.
//
// Dormant tiles, in millions of cycles of user code (perf stat, one core of an EPYC, the
// least of some runs in turn, start-up included; the torus is 4032×4096, for 20,000
// generations, with a glider that never meets anything, so that it does not repeat itself
// as a whole):
//
//	                                                      without   with
//	3906 pulsars, one in each tile                           9600   1590
//	3906 pentadecathlons                                     8280   1460
//	420 pulsars, at the corners and edges of tiles          10720    860
//	56 pulsars                                               1520    180
//	a soup on T4096,4096, 1000 generations                   1730   1680
//	gliders in rows, B34/S34, B1357/S02468                     no difference
//
// They are for universes where something else never comes to an end. What repeats itself
// altogether, as soups on a torus do when their gliders are gone, is known to come back
// anyhow: there they save 2 % of the instructions of 20,000 generations. A search for the
// period of each tile by itself, as package tile has it, would find periods sooner, but
// costs something in every generation; a trial nothing until it begins.
//
// Where much changes a trial came after 20,000 generations of sweeps, and records had four bits a cell, which is too
// little where each tile has some oscillators, whose common period is 60 then. User seconds of soups on 2048² tori, least of five in turn:
//
//	                                       before   after 1,000, two bytes a cell
//	B2/S34H, 16,384 generations              1.31    0.35
//	B3/S2-i34q, 8,192                        1.35    0.42
//	B2n3/S23-q, 8,192                        1.23    0.39
//	B3/S1234, 8,192                          0.49    0.30
//	B3678/S34678, 8,192                      0.60    0.52
//	B3/S23, 30,000                           0.31    0.32
//	B2/S34H, B3/S1234, 2,048          0.18, 0.19    0.16, 0.17 (none: too little is left)
package dense
