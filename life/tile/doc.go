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
// from those, and never looks at another tile. One call does it all in place
// (kernel.StepTwice): the odd generation never leaves the registers, and what
// changed is noted on the way. So tiles can be visited in any order or at once.
// The price is 12 % of the cells, and coordinates that are not powers of two.
//
// Tiles live in chunks that never move and are named by uint32 ids; a tile holds
// the ids of its eight neighbours. The index by coordinates (open addressing) is
// asked only when a tile is born or freed, or when somebody looks from outside.
// There are no pointers in tiles, so the garbage collector does not read them.
//
// # Passes
//
// The universe advances by passes of two generations. A pass goes through the
// queue, which has the tiles with changes and few others:
//
//	visit    step every tile of the queue in place; note what changed
//	rouse    bring rims beside sleeping tiles up to date, wake those that must be
//	push     copy changed cells at the edges into the rims of the neighbours,
//	         make neighbours that are missing, queue those whose rim changed
//	doze     put tiles to sleep that repeat themselves, as all around them does
//	bury     free the tiles that have been empty for a while
//	launch   take spaceships that are alone off their tiles
//
// Visits touch nothing but their own tile and may run on several goroutines
// ([WithThreads]). So may pushes, in one direction after the other, as a tile is pushed to by one neighbour then;
// what these give birth to comes last. Milliseconds of a soup of 4000² at 37 % to generation 2,000 and of one of 1000² to
// 5,000, with one goroutine, two that step only, and two that push as well (medians of 5 in turn, both hyper-threads busy):
// 907, 662, 541; 61, 72, 53. Rendell's Turing machine has 80 tiles to visit in a pass, too few to share.
//
// Many visits are made in one call, so that the processor has the next tile
// at hand. What a visit changes cannot be foretold: a tile is put on a list for each
// edge in any case, and then counted or not, and pushes go from list to list. A visit is
// noted on the lists (kernel.Notes) during the next one, by the same routine. Whether a
// tile is old, or holds little, is looked at in one pass of 16.
//
// # What is skipped
//
// Rows. Each tile has a mask of the rows that are not what they were two
// generations before. Row y of the next even generation depends on rows y-2 to
// y+2 of this one; if none of those has its bit set, row y would come out as it
// is now. So a visit steps only the rows within two of a set bit, in groups of
// four, and a tile without set bits is not visited at all. Still lifes and
// oscillators of period 2 cost nothing, a glider about ten rows a pass. When the
// queue is empty, any number of generations is one addition.
//
// Comparing with two generations ago is how Golly's QuickLife (A. Trevorrow, T.
// Rokicki, "qlifealgo.cpp") and lifelib's upattern (A. P. Goucher) make ash free;
// the latter also steps tiles with a rim twice a visit.
//
// Cycles. A tile that has been visited some 200 times gets a tracker, which looks for a
// state, rim included, that comes again within 240 generations, then records one
// period and compares each pass with the record. A tile falls asleep when it and
// all its neighbours are as recorded (or at rest, or asleep, or missing), and the
// records fit: each has on its rim, in every pass of both periods, what the other
// has at its edge. Given that, all of them will be as recorded for ever, unless
// something comes from outside, so a tile that sleeps is not visited, queued or
// pushed to; its cells are those of the record. What comes from outside shows
// first on the rim of one that is awake: a tile that is not as recorded at the
// start of a visit wakes its neighbours at the end of the pass, which is early
// enough, as its own cells until then were as recorded. So guns, their streams, and
// the idle parts of logic circuits cost nothing.
//
// Sky. A tile that holds nothing but spaceships of period 4 (or 2), a few cells
// from its edges, gives them to the sky, and is freed. A ship is its cells, where it
// was and its velocity; where it is follows. Which patterns are spaceships is not
// listed but found out by running them, once for each, and so works for any rule.
// A ship lands, back on tiles, when a tile or a ship of another course may come
// near. Where its way does not meet the hull of all tiles there is nothing until a tile is born, and then
// that is compared with the ways of all ships; within the hull its way is looked at as far as 64 tiles ahead, and again
// when it has come there. So escaping gliders cost nothing: a methuselah that has come to rest is
// at generation 2^60 at once.
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
//   - A tile is on the queue when a row of its mask is set, or it has a tracker and
//     is awake. A tile with neither is not, unless it has just fallen asleep or lost
//     its tracker.
//   - A tile that is all zero and not on the queue is freed within 120 passes.
//   - The neighbour links of two tiles agree with each other and the index.
//   - No tile, and no other ship, is within two cells of a ship.
//
// # Limits
//
// Cells may stand where -2^62 ≤ x, y < 2^62; growth stops with
// life.ErrOutOfRange within 120 cells of it. A tile takes about 0.6 KiB; records
// take up to half of the memory that is left, 256 MiB without a limit. When the
// next pass might not fit the memory limit or the coordinates, cycles are
// forgotten and what it will overwrite is noted first, so that a pass either
// happens or does not. Dense chaos costs two generations of 64×64 cells for 60×60:
// for universes that are alive all over, an engine without flags and rims is faster.
//
// # What was tried
//
// User CPU time of life run -q beyond start-up, against bgolly -a QuickLife on the
// same busy machine (AMD Zen 3, two cores, AVX2), mean of 7 runs, ±10 %: how many times
// as fast, on lidka-predecessor (30,000 generations), a 1000×1000 soup (20,000),
// spacefiller (4,000), switch-engine-breeder (5,000), Rendell's Turing machine (20,000).
//
//	                                                lidka  soup  filler  breeder  machine
//	two calls of StepRows and a comparison in Go      2.1   2.5     1.6      2.6      3.2
//	one call for both generations                     3.0   3.7     1.9      3.2      4.3
//	the same for four generations, rim of four        3.1   3.6     2.0      4.2      4.2
//	and cycles, and a sky                             5.8   4.4     2.0      3.5      8.5
//	and corners pushed only when they changed,
//	runs of rows found in assembly, salvos            7.2   5.0     2.9      3.9      7.5
//
// Rendell's machine to 10^6 generations took 14 s against 236 s, 17 times; now 11.5 s.
//
// Since then, by the processor's counters, which other jobs disturb less; millions, the
// least of many runs in turn, start-up (4.6 instructions) included:
//
//	                                          instructions          cycles      branches missed
//	                                        filler soup lidka    filler  soup    filler    soup
//	before                                     363  630   106       100   229      0.19    2.25
//	B3/S23 asked for first, masks of rows
//	widened by groups of four                  352  615   103        98   227      0.19    2.27
//	sides copied eight rows at once            356  617   113       100   204      0.18    1.47
//	many visits in one call                    343  608   115        95   205      0.19    1.56
//	counts in memory, missing tiles asleep     322  584   107        93   199      0.19    1.56
//	changes looked at one register later,
//	resting tiles by a branch                  320  564   101        89   185      0.20    1.55
//	looked at for ships half as often          313  545    96                      0.20    1.44
//	the next tile fetched, hashes in the index 317  549    97                      0.20    1.43
//
// Then, user cycles against the same before, the median of 20 pairs of runs or so, as the
// other hyper-thread made all between 80 and 125 of one figure:
//
//	                                                 filler  soup    MR
//	visits noted in assembly, after the next         0.973   0.99  0.98
//	pushes west and east in assembly                 0.967   1.0
//	no calls where tiles are chosen, those that
//	are watched apart                                0.991   0.94  0.99
//	what each pass reads of a tracker side by side,
//	anchors compared first where they last differed          0.91  0.96
//	trackers asked for before they are wanted        1.00    0.93  0.98
//
// Instructions with start-up: spacefiller 317 → 281 million, soup 549 → 509, switch-engine-breeder-MR
// (MR, 5,000 generations) 64.0 → 58. A visit of spacefiller takes some 970, of which the
// loop of its 8.4 groups 560.
//
// Noted at once, a visit made the next one wait: what a hundred scalar instructions wait
// for is the last group's changes, and they fill the schedulers.
//
// Of the time in spacefiller 60 % is the kernel, at 8.4 groups of four rows a visit, of
// which 88 % change, all in one run: its fronts are diagonal, so that few cells of a row
// change, but most rows of a tile do. Groups that begin at any row would save nothing
// there, 2 % in soups and 6 % in MR. Page faults were 1,015 and are 675, of which 545 are the program's
// start (arena.Populate).
//
// No difference made: fields of a tile in an order that aligns groups of rows; batches of
// 8, 16, 32 or 64 visits. Links that do not name the neighbour save two instructions each,
// but the neighbour's id then comes from a tile out of reach: slower on a 3000×3000 soup.
// There, too, it is that the next tile has to be fetched; small universes do as well without.
//
// Trackers that have nothing to wait for taken away at once, and given after 240
// visits instead of 200, made no difference.
//
// Four generations a visit save half of the pushes, but waste 23 % of a tile on
// rims and see more rows change: not worth giving up the second generation as a
// unit. Its kernel is also no faster (210 ns against 2·95 for a whole tile): with four
// generations in a chain a processor runs out of instructions to overlap. Kept apart
// by one register's worth of rows, as now between two, the generations overlap; that
// alone was 136 → 95 ns.
package tile
