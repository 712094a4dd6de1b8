// Package multistate runs rules of range 1 with more than two states, and tables, on the
// unbounded plane and on bounded grids, and works only where something changes: Generations
// rules and WireWorld with 64 cells to the machine word, all others by look-ups.
//
// # What it models
//
//   - Generations rules of range 1 and 2 to 256 states, with any neighbourhood that package
//     rule has: Moore, hexagonal, von Neumann, Hensel's letters, MAP; and two in turn
//   - WireWorld
//   - all other rules that have a rule.Local: tables, von Neumann's automata, and History,
//     Super and Investigator rules
//   - two-state rules, on grids alone: those too large to hold as a whole
//
// on the plane, and on bounded grids: planes, also with infinite sides; tori, Klein bottles,
// cross-surfaces and spheres with up to half a million cells along two edges. All else is
// refused with a *life.UnsupportedRuleError; package naive runs it.
//
// # Data layout
//
// The universe is made of tiles of 64×64 cells that lie edge to edge, tile (i, j) having
// the cells 64i…64i+63 by 64j…64j+63. A tile is a stack of bit planes of 64 words
// (kernel.Tile; package kernel has the order of bits), and knows its eight neighbours by pointer:
//
//	 NW   N   NE           live[0]  live[1]   more[0]  more[1]  …
//	   \  |  /             +------+ +------+  +------+ +------+
//	W -- tile -- E         | even | | odd  |  | bit  | | bit  |
//	   /  |  \             | pass | | pass |  |  0   | |  1   |
//	 SW   S   SE           +------+ +------+  +------+ +------+
//	                       cells in state 1   what else there is to know
//
// Only cells in state 1 count as neighbours, and only they are seen by other tiles. So live is
// there twice: a pass reads one and writes the other, in turn. The other planes are read and
// written by a visit of their tile alone, and are there once.
//
// Generations. With A the plane live, T what a two-state kernel makes of it under births and
// survivals, and D the dying cells,
//
//	next A = T and not D        begin to die: A and not next A
//
// Of two rules in turn each has its T. What stays under the one may change under the other,
// so all tiles with cells are visited, and those beside them, in each generation.
//
// Ages of dying cells are a binary counter over all planes: ceil(log2(n-1)) of them for n
// states, one for three states, eight for 256. They count up to all ones, from
// a number that depends on n, so that a cell is dead when its counter overflows to 0, and
// nothing has to be compared; D is where a bit is set.
//
//	states   planes   numbers of states 2, 3, …
//	3        1        1
//	4        2        2 3
//	5        2        1 2 3
//	6        3        4 5 6 7
//	256      8        2 3 … 255
//
// WireWorld. Planes beside live, the heads, are the tails and all that conducts, which never
// changes. The next heads are B12 of the heads, where there is a conductor that is neither head
// nor tail; the next tails are the heads.
//
// # Cells that are looked up
//
// Where any state may count, a tile has a byte for each cell, twice, and for each pass a
// plane of the cells that it changed. live then are the cells that are not in state 0.
// A visit makes of the changes of a tile, and those next to it, the plane of cells that see
// one, active, and looks up these alone. Rows that have some are copied into a window of 66 by 66
// cells with what is around the tile:
//
//	changed in the last pass      active, four neighbours      looked up
//	. . . . . . . .               . . . # . . . .              eight by eight, where
//	. . . # . . . .        →      . . # # # . . .       →      the rule is a tree: the
//	. . . . . . . .               . . . # . . . .              others come out as they were
//
// A tree (rule.Tree) of one step that sees four neighbours has a loop of its own; others are looked
// up by columns of three cells, runs of eights at once (package columns), unless there are too many columns.
// Other rules than trees are asked cell by cell.
//
// # A pass
//
// Each generation is one pass over the tiles on the queue. A visit steps a tile, and
// tells in which columns cells of live have changed and whether cells age. A tile on which something
// happened is visited in the next pass, and so are neighbours that see a cell of it
// that changed. So still parts cost nothing; a universe in which nothing changes costs nothing at all.
//
// The queue keeps the order of tiles, which is that of their memory most often. A visit
// begins with a look at a word of each cache line that it will need, so that memory sends them at
// the same time.
//
// Before a pass, where an edge beside which there is no tile has changed, the kernel is asked whether
// something is born there. If so the tile is made, or the pass is refused while the
// present generation stands: for want of memory, or because coordinates end. A tile
// found empty is freed unless it is queued.
//
// # Grids
//
// Tiles over an edge of the grid have a mask of the cells that are on it. The cells around the
// grid, its rim, are in live where those are that they stand for (package topology),
// and so are seen; they have no age. The rim is looked at before a pass, for tiles with cells at an
// edge that changed.
//
// # Invariants
//
//   - Of a tile that is not on the queue both planes live are the same, as are the states of
//     cells that are looked up, and no cell is dying.
//   - A tile that is not on the queue has cells.
//   - Where there is no tile, nothing can be born but beside an edge on the frontier.
//   - The neighbours of two tiles agree with each other and the index.
//   - Cells outside the grid are in state 0 but in live on the rim.
//
// # Limits
//
// Cells may stand where -2^62 ≤ x, y < 2^62. A tile takes 1.2 KiB, and 0.5 more for each plane
// beside live, or 10.3 KiB where cells are looked up. There are at least 16 tiles. Nothing is remembered: what repeats itself in the
// same place, such as an idle clock of a WireWorld computer, costs as much each time.
//
// # What it costs
//
// AMD Zen 3, AVX2, one thread; BenchmarkAdvance, the least of 8 runs of 100 generations on a
// shared machine, which differ by up to a factor of two. A visit, everything included, of soups
// of 1024×1024 cells, which fit the caches:
//
//	states       rule        ns a tile   10^9 cells/s
//	3            /2/3              344           11.9
//	4            345/2/4           479            8.5
//	4, letters   12/2-a3/4         550            7.4
//	8            3457/2/8          551            7.4
//	16           3457/2/16         667            6.1
//	25           2/2/25           1086            3.8
//	4            WireWorld         343           11.9
//
// One of 4096×4096 cells, 345/2/4, is limited by memory: 958 ns, 4.3·10^9 cells/s.
//
//	user CPU seconds                                     naive   multistate   bgolly
//	soup of 512×512, 345/2/4, 1,000 generations           21           0.20      2.3
//	WireWorld's primes.mc, 1,000 generations               4.8         0.03
//	WireWorld's primes.mc, 10,000 generations                          0.28     0.23
//	WireWorld's primes.mc, 100,000 generations                         2.1      0.40
//
// bgolly remembers, and a computer of wires repeats itself. Cells that are looked up, patterns
// of Golly's collection, reading the rule included, the least of 3 runs:
//
//	user CPU seconds                                     multistate   bgolly
//	Langtons-Loops, 5,000 generations                          0.46     0.24
//	Perfectionist, a turmite, 100,000 generations              0.07     0.24
//	HPP_large, a gas on a torus, 1,000 generations             0.22    10.9
//	CrittersCircle, on a torus, 1,000 generations              0.40     5.3
//	TMGas_largeWithHole, 1,000 generations                     0.49     5.5
//	DLA, 4,000 generations                                     0.97     3.9
//	Ed-rep, 1,000 generations                                  1.79    16.5
//	life-on-the-edge, 2,000 generations                        0.83    11.8
//	Devore-rep, 1,000 generations                              0.05     0.11
//	JvN-loop-replicator, 2,000 generations                   102        7.1
//
// From HPP_large to life-on-the-edge they took 0.90, 1.89, 3.05, 4.5, 4.6 and 2.5 s while each cell was looked up by itself.
// von Neumann's automata have no tree: their cells are asked for one by one.
//
// What was tried: without the look at each cache line, 1.2 to 1.5 times as long on 4096×4096
// cells, the same on 1024×1024. Ages of 10 to 17 states in the loop for any number: twice the cycles.
// The loop for any number row by row instead of plane by plane: 1.5 times the cycles.
package multistate
