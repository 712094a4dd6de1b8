// Package hashlife is the HashLife engine: a quadtree in which equal squares
// exist once and remember their future (Gosper, "Exploiting Regularities in
// Large Cellular Spaces", Physica D 10, 1984). It runs every two-state rule of
// range 1, B0 included, and every other one whose transition is known (rule.Local), on an
// unbounded plane and on tori whose sides are powers of two, for any number of generations.
//
// # What it models
//
// A node of level k is a square of side 2^k. Its result is the square of half
// the side in its middle, some generations later: at full speed 2^(k-2), the
// farthest that is settled by the node alone.
//
//	     node, level k               its nine overlapping        their results, and
//	                                 squares, level k-1          four squares of those
//	┌───────┬───────┐               ┌───┬───┬───┬───┐
//	│  nw   │  ne   │               │ 0 │ 1 │ 2 │   │            ┌───┬───┬───┐
//	│   ┌───┼───┐   │               ├───┼───┼───┼───┤            │r0 │r1 │r2 │
//	│   │ result│   │               │ 3 │ 4 │ 5 │   │     →      ├───┼───┼───┤
//	├───┼───┼───┼───┤               ├───┼───┼───┼───┤            │r3 │r4 │r5 │
//	│   │   │   │   │               │ 6 │ 7 │ 8 │   │            ├───┼───┼───┤
//	│   └───┼───┘   │               ├───┼───┼───┼───┤            │r6 │r7 │r8 │
//	│  sw   │  se   │               │   │   │   │   │            └───┴───┴───┘
//	└───────┴───────┘               └───┴───┴───┴───┘
//
// A step of 2^e generations uses full results up to level e+2. Above, a node
// steps its nine squares once and takes the middles.
//
// # Data layout
//
// Leaves are 16×16 cells (kernel.Leaf) under rules of two states; for others see below. The smallest node, 32×32, is stepped by up
// to 8 generations in one kernel call; so the tree is a quarter the size that 8×8
// leaves would give, and chaos costs bit operations instead of look-ups.
//
//	nodes    by number, in the order in which they were made, 16 bytes each:
//	         │ nw │ ne │ sw │ se │ result │ tag │   5 × 24 bits, 8 bits
//	leaves   by number, 32 bytes each; the id of leaf k is -k
//	indexes  one for nodes and one for leaves, 4 bytes a slot: package lookup
//	stamps   a byte a node, only near the memory limit: when it last served
//
// 24 bits name 14 million nodes and 2 million leaves. When either is too few, all nodes get ids of 25 bits, in place
// and with the same ids, which name 25 million nodes and 8 million leaves: the four 25th bits of the children lie beside
// a tag of 3 bits, which tells full results, five shorter steps, and pending nodes, whose worker stands in place of the
// result. When that is too few, or there are more short steps, nodes become six words of 32 bits, and remain so
// (nodeTable). Four nodes of 16 bytes lie in a cache line and none in two, and a look-up asks for one line less in
// three; to unpack four ids takes two instructions of a vector register, or seven, a result one or two.
//
// All of it lies outside the Go heap (package arena), on huge pages where there
// are any: the collector has nothing to scan. Tables lie in address space that is
// set aside once, and take memory as they are filled; so there is no copying, and no
// moment at which two of them exist. Id 0 is the empty square of every level and
// never looked up.
//
// A node in a table of its own costs a second cache miss a look-up, compared with
// nodes that lie in the slots of the hash table. It pays all the same: a search that
// finds nothing reads no node; one that does nearly always reads the right one, since
// a slot holds bits of the hash; nodes that were made together are used together, and
// share cache lines; ids never change while the table grows; and 22 to 28 bytes a
// node suffice where half-empty slots of 16 bytes take 26 to 51.
//
// The tag says which step a result belongs to. Results at full speed have one
// tag, whatever the step; so they survive a change of step, and going on
// to an odd number of generations throws nothing away. Of shorter steps, 126 are told apart. Other
// tags say which worker is about to compute the result.
//
// # Memory latency
//
// A look-up in a large table is two cache misses, and a node needs up to ten look-ups.
// So the recursion does not go node by node but level by level: up to 256 nodes of
// a level are worked on together, in bursts of 48. A burst first asks for the
// children of its nodes, then hashes all 240 squares and asks for their
// slots, then compares the slots and asks for the nodes, and only then looks at one;
// the misses of a stage do not depend on each other and overlap. Squares without a
// result are marked pending, so that each is queued once, and the level below computes
// them before the burst goes on.
//
// Whether a square is known, and whether it has its result, is as good as random: a
// branch on it is mispredicted as often as not, and each time what the processor has begun
// of the next look-ups is lost. The stages decide both with flags and conditional moves
// (assembly, stages_amd64.s and package lookup; plain Go beside it), and list what is left to
// be done. That took 185 instructions and 1.3 mispredicted branches a look-up to 148 and 0.6;
// to list what is missing by place, not by a bit of each item, took them to 0.3, and buckets of eight
// slots instead of four, which are less often full, to 0.2.
//
// User CPU seconds of a whole run. First, nodes in the slots of the hash table (best of
// 3 or 4; 2-core Xeon, AVX-512):
//
//	                                          hexadecimal  catacryst  Turing machine
//	                                          2^20         2^30       2^30
//	node by node, depth first                 5.89         1.32       0.24
//	the same, five and four slots loaded      6.05         1.36       0.21
//	before they are searched
//	level by level, slots loaded in bursts    4.61         1.15       0.18
//	level by level, slots prefetched          3.17         0.84       0.12
//
// Then, from there on (best of 3; 2-core EPYC of the Zen 3 kind, AVX2; Go 1.26.8):
//
//	                                          hexadecimal  catacryst  Turing machine
//	level by level, slots prefetched          6.59         1.63       0.30
//	nodes beside an index, searched in Go     6.01         1.72       0.20
//	four slots compared at once, in assembly  4.47         1.17       0.17
//	probes in the worker, not on the stack    4.19         1.24       0.15
//
// And from there on (best of 4 in turn; the same kind of processor, busier):
//
//	                                          hexadecimal  catacryst  Turing machine
//	probes in the worker, not on the stack    4.50         1.51       0.21
//	stages without branches, in assembly;     4.18         1.18       0.15
//	the index doubles in place
//	bursts of 48 instead of 16; chunks of     3.82         1.06       0.15
//	256 also where leaves are few
//
// And then in millions of cycles (least of 4 in turn): listing what is missing, and clearing frames at
// once: hexadecimal to 2^18 2396 → 2264, catacryst to 2^30 1760 → 1608, totalperiodic to 2^20
// 2300 → 2144, jagged to 2^20 932 → 849. Buckets of eight slots, compared at once with AVX2: 2019 → 1891,
// 1606 → 1484, 1967 → 1812, 803 → 747; with SSE2 only, a fifth of that. Half of what is left is
// searchPackedNodes, which waits for memory: to interleave its three steps, each some probes
// behind the one before, or to split buckets in assembly when the index doubles (6 % fewer
// instructions), gains nothing; nor does filling the index again instead of doubling it, though
// that takes 6 to 10 % fewer instructions.
//
// Chunks of 512 to 4,096 nodes differ from 256 by less than 5 %, smaller ones do not:
// with 32, as it was when there were a thousand leaves and chunks were a 64th of the smaller
// table, jagged to 2^20 takes 17 % more cycles and totalperiodic 14 %. Prefetching to the
// second cache instead of the first (T1, T2, NTA) makes no difference that can be measured.
// Nodes of 64×64 stepped by 16 generations at once, without the nodes of 32×32 between
// (what leaves of 32×32 would be): a 512² soup takes 9 % more cycles and less than half the
// memory, the Turing machine 59 % more cycles, metapixel-galaxy 38 %, hexadecimal 28 %,
// jagged 6 %, catacryst 2 % less. Of the 13 smaller steps that the larger one replaces, 4.4 are
// new in the soup, two for the Turing machine, and one in five nodes has one in jagged.
// Collecting before each growth what had not served lately saved a third of the memory and
// cost 1.2 to 1.8 times the time, for the results that had to be computed again; a single collection
// at some 600,000 or 2,500,000 nodes, or before nodes become wide, saves a fifth to a third and
// costs 1.2 to 1.5 times (catacryst, jagged, totalperiodic).
//
// An explicit work queue instead of frames (a prototype; each node is a task that goes on as soon as its last square
// is known, whatever level it is of, and a burst takes all that is ready, up to 240 look-ups) finds not much more to do at once: bursts of
// 107 look-ups in catacryst, 110 in totalperiodic, 50 in jagged to 2^20, 28 in the Turing machine, 218 in hexadecimal, with 350 to 3,400
// tasks under way. That is what these computations have in them: the rest waits for results. Searches took as long as with
// frames, and to keep the tasks a sixth to a half more in all (user seconds 0.75 → 0.88, 0.92 → 1.04, 0.36 → 0.52, 0.12 → 0.20).
//
// Streams of gliders that pass each other make as many nodes as both have phases, multiplied. A
// prototype with universes in two layers, whose squares are stepped apart where each moves as a whole
// and their lanes are disjoint (after what lifelib calls streamlife), made of totalperiodic to 2^20 600,000 nodes
// and 900,000 remembered pairs instead of 2,900,000 nodes, of loafer-gun to 2^20 480,000 and 150,000 instead of
// 3,480,000, of linear-propagator to 2^22 750,000 and 340,000 instead of 1,860,000; elsewhere as many nodes as before and
// a sixteenth to a third as many pairs. No run of the prototype took less time, and a fifth of the nodes
// was the most it promised: it was not built in.
//
// A load that misses keeps its place in the processor's queue until it is done; a
// prefetch does not, so that many more are under way.
//
// # Growing and collecting
//
// Before each stage of a burst there is room for all that it can make; so the stage
// itself never looks. Where there is not, the index doubles, in place and in the order of
// memory, without a look at most nodes (lookup.Index.Double), and all ids and results stay.
//
// At the memory limit the tables are collected, in place and in the middle of a step:
// the chunks under way are roots like the universe and the marks are. Every entry is
// given a worth: that of roots is highest, that of a result falls with the time since it
// last served, and what is worth keeping makes its children worth as much. Since
// children are older than parents, one pass from the youngest node down tells, and one
// pass up moves together what is worth enough; a bit a node and a count a word give each
// its new id. Neither takes a stack, or memory: what they write lies where the index of nodes
// was, which is filled again anyway. How much is kept is counted, not tried: as much as
// leaves a sixth of the limit free, or more: see below. A result that never served
// counts as if it had, a quarter of a table ago; so that what has proved itself goes last. All results are dropped before
// any node of the universe. A step that collects too often, or for which not even its
// own roots fit, is given up and halved; when a single generation does not fit, Advance
// returns life.ErrMemoryLimit and the universe stands where it was.
//
// Millions of look-ups and collections on the way of catacryst to generation 2^30:
//
//	limit, MiB                      28      32      40      48      60  none (83)
//	by collections since it served  184/102  67/28   53/11   47/7    44/5    24/0
//	by epochs, all alike            609/319 372/166  28/6    42/8    24/2    24/0
//	by finer epochs, new ones less  66/40   40/18   27/7    25/4    24/2    24/0
//	more left free if not missed    67/41   41/19   28/7    25/4    24/2    24/0
//
//	nodes of 16 bytes               30/10   27/6    24/3    24/1    24/0    24/0
//
// Ids of 25 bits: jagged to 2^25 takes 425 MiB, with wide nodes 572, and no more time; a soup of 2400² at 37 % to
// 2^14 278 and 324.
//
// Some 800,000 nodes serve again and again there, in an order that no policy keeps up
// with once they do not fit: with nodes of 24 bytes that took 400 million look-ups at 24 MiB,
// and takes 43 now, but 293 at 20 MiB. To keep a random choice of them, or more of the larger
// ones, is worse. Time is of use only near the limit, so that there are no stamps before.
//
// To collect costs about as much as to make the nodes that there is room for
// afterwards, a sixth of the table. So a filter remembers some of the nodes that were dropped, and the next collection
// asks it how many of them were made again (ghosts.go). Where few were, a third of the
// limit is left free, then half. Billions of cycles: hexadecimal to 2^20 at 80 MiB 15.5 → 12.0,
// jagged to 2^20 at 16 MiB 3.1 → 2.1, totalperiodic to 2^20 at 32 MiB 7.2 → 6.1. With a third always,
// catacryst at 28 MiB takes six times as long.
//
// What a node is worth and whether it is kept is as good as random, so that the passes over
// the tables decide without branches, as look-ups do, and so does filling the index again.
// Instructions of a collection, a node: 620, then 500 with marks that lie by id, leaves below 0, so that
// none takes a sign apart, some 320 since assembly unpacks, moves and packs 64 nodes at a time, and some
// 240 since it also finds what they are worth and puts them into the index. Nodes that serve are stamped
// where assembly takes their results, which had cost 20 instructions a look-up and costs one.
//
// Millions of instructions of a whole run, before all of that, on the way and now; and how many times the
// cycles of a run without a limit that is now (least of 2):
//
//	                            before  way    now    times
//	catacryst 2^30      25 MiB  17730  13020   9890  2.5
//	                    28 MiB  12520   9340   7170  1.9
//	totalperiodic 2^20  32 MiB  10380   8350   6630  1.7
//	jagged 2^20         16 MiB   4880   3810   2980  1.6
//	hexadecimal 2^20    60 MiB  36140  28080  22210  1.5
//
// # Workers
//
// With WithThreads, workers share the tables without locks. A new node is filled
// where only its maker writes, and becomes visible by one swap of an empty slot; if
// another maker was faster, the place is used for the next node. Children never change
// after that. A node's result is stored by the one worker that marked it pending,
// before its tag.
//
// Each worker runs the recursion on nodes of its own. Lists of nodes to be computed
// are posted: their owner takes from the front, and whoever has nothing to do takes from the
// back, half of what is left. A pending node tells whose it is, and who takes some makes them
// his; so a worker knows which frames wait for nobody. Of others it first computes everything
// of its own, then sets those nodes aside that need results of others and goes on with the rest;
// only when nothing else is left does it wait, and helps with lists of that level or below until
// the result is there. No circle of waiting can close: a worker that
// waits for a node of level l has itself begun only nodes above l and has finished all
// that it took at l and below, so that each wait is for a lower level than the one
// before it. To change the tables, a worker halts the others where they look: before
// stages and while they wait. Whoever doubles an index clears and splits its own part of it.
//
// What is shared is not there to be looked up side by side: of catacryst a search has 84 squares on the
// average with one worker and 40 with each of two, which therefore take a third more time than
// one. So lists are halved only while few others hold something to take: a second worker that waits, or
// does not run because the processor is busy with something else, had all of them halved down to
// single nodes. Wall seconds of catacryst to 2^30, one worker, two before and two since: on one processor 0.81, 1.95
// and 0.84, on two beside another busy program 0.82, 1.75 and 1.12, on two that are idle 0.76, 0.55 and 0.55.
// To halve no list below 8, 16 or 32 nodes, or to wait with a whole frame instead of setting some of it aside, is no faster there.
// Nor can it be by much: what is ready at once is 50 look-ups in jagged however it is scheduled (see the work queue above), which
// one worker overlaps already, and searches of 53 become ones of 22 when two share it. Wall seconds of -j 1, -j 2, and of two
// processes with -j 1 at the same time (least of 3): catacryst 0.72, 0.50, 0.77; hexadecimal 2.7, 1.6, 2.9; jagged to 2^25 8.5, 5.8, 8.4.
//
// Ids depend on who came first, universes do not.
//
// # Rules with B0
//
// Cells are stored relative to the background (see rule.Rule.Phase). Where the two
// phases differ, steps of two generations and more begin at even generations, and
// results of single steps carry the parity in their tag.
//
// # Many states
//
// Under other rules the 32 bytes of a leaf mean something else (layout), and nothing but leaves
// is different: nodes, results, collections and workers know ids only.
//
//	layout  states                            leaf                     smallest node, its result
//	bits    2                                 16×16 cells of a bit     32×32 → 16×16, 8 generations
//	planes  WireWorld, History, Generations   8×8 cells of four bits,  16×16 → 8×8, 4 generations
//	        of 16 at most                     an octet for each bit
//	bytes   up to 256                         4×4 bytes, in the first  8×8 → 4×4, 2 generations
//	                                          two of four words
//
// Under the rules of planes, one state counts and the others follow from a few operations on
// bits. So four smallest nodes lie side by side in words of 64 bits, 16 columns each, where the
// kernel steps those that count. What gets into a node from its neighbours there is a column for each
// generation, and its result begins four columns from its edge. A transposition of bytes makes rows of octets.
//
//	word y of a plane:  │ node 0, row y │ node 1, row y │ node 2, row y │ node 3, row y │
//	                    │ nw    │ ne    │ nw    │ ne    │ …                              y < 8
//	                    │ sw    │ se    │ …                                              y ≥ 8
//
// Codes of states are such that ageing takes no comparison: the last dying state is all ones and
// overflows to 0.
//
// The transition of other rules is a function, which may take long. Each worker remembers what became of
// squares of 4×4 cells, 16,384 at most, and looks up 13 of them for a smallest node. Where
// something is built nearly all are there: the small self-replicator of von Neumann's automaton spends
// 5 % of its time below the smallest nodes.
//
// Tables and trees have columns (rule.Columns) as a rule. Eight smallest nodes lie side by side then, and
// rows of 64 cells are computed at once, whether they repeat themselves or not: gases take half the time, and loops as
// long as before.
//
// User CPU seconds, in turn with bgolly 3.3 (least of 2; 2-core EPYC of the Zen 3 kind, busy):
//
//	                                            hashlife  bgolly
//	codon4-auto-retract, Nobili32, 5,000        0.04      0.06
//	the same, 100,000                           0.06      0.23
//	small-JvN-self-replicator, 2^18             7.1       26
//	JvN-loop-replicator, 2^16                   4.4       42
//	partial-constructor, JvN29, 2^20            11        51
//	primes, WireWorld, 100,000                  0.11      0.79
//	Delta, 345/3/6, 4,096                       0.32      6.8
//	soup of 256², LifeHistory, 1,000            0.08      0.69
//
// # Tori
//
// A torus, unfolded, is a plane that repeats. With sides that are powers of two the
// squares of the quadtree repeat as well, and are the same nodes; so nothing is new
// but the root. It is one period of the plane. Four of it make a node whose result is
// one period too, moved by half of it both ways:
//
//	┌───┬───┬───┬───┐
//	│ a │ b │ a │ b │
//	├───╔═══╪═══╗───┤   four roots; their result is the root 2^e generations
//	│ c ║ d │ c ║ d │   later, with d' where a' belongs, and so on
//	├───╫───┼───╫───┤
//	│ a ║ b │ a ║ b │
//	├───╚═══╪═══╝───┤
//	│ c │ d │ c │ d │
//	└───┴───┴───┴───┘
//
// A step is at most 2^(l-1) generations for a root of level l. Larger squares hold the
// same period several times, and would remember nothing that is not known. Instead,
// every root is compared with an earlier one (R. P. Brent's cycle finding), which takes
// a look at two ids. As each universe comes back in the end, of 10^12 generations there
// is only to compute what whole periods leave. The period that was found serves the
// next Advance too, until a cell is set.
//
// A grid that is not square, or smaller than the smallest root, has copies of it beside
// each other in the root while Advance is under way, and lies alone in the middle
// otherwise, so that whoever reads the universe needs to know nothing of it. To unfold
// and to fold it again costs a pass over the nodes along the grid, once an Advance.
//
// Measured with life run, user CPU seconds (2-core EPYC of the Zen 3 kind, AVX2):
//
//	                                             hashlife  dense
//	4096², 128 gliders, 100,000 generations      0.01      16.7
//	4096², soup of 5 %, 10,000 generations       1.05      1.95
//	4096², soup of 37 %, 10,000 generations      8.3       2.9
//	1024², soup of 37 %, 10^12 generations       0.36      0.14
//	2^30 × 2^30, a glider, 10^12 generations     0.01      too large
//
// Shifted tori, Klein bottles, cross-surfaces and spheres unfold to planes that repeat
// as well, but whose copies are moved, mirrored or turned and so not nodes that exist.
// They are left to package dense, and so are sides that are no powers of two.
//
// # Limits
//
// Rules of range 1 whose transition is known, B0 with two states only; of bounded grids, tori without
// a shift whose sides are powers of two, with more than two states from 32 on. 2^31 nodes and as many leaves, 128 workers. A single step is at
// most 2^16384 generations; longer advances take several, up to 2^16404 generations in all.
package hashlife
