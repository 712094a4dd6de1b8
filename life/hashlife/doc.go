// Package hashlife is the HashLife engine: a quadtree in which equal squares
// exist once and remember their future (Gosper, "Exploiting Regularities in
// Large Cellular Spaces", Physica D 10, 1984). It runs every two-state rule of
// range 1, B0 included, on an unbounded plane, for any number of generations.
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
// Leaves are 16×16 cells (kernel.Leaf). The smallest node, 32×32, is stepped by up
// to 8 generations in one kernel call; so the tree is a quarter the size that 8×8
// leaves would give, and chaos costs bit operations instead of look-ups.
//
//	node table   open addressing, linear probing, 24 bytes a slot:
//	             │ nw │ ne │ sw │ se │ result │ tag │   6 × uint32
//	             an id is the node's slot, so that a look-up that hits is one
//	             cache miss. Full at 5/8.
//	order        ids by age, 4 bytes each
//	leaves       32 bytes each, numbered as they come; an index of 8-byte
//	             entries, half of the hash beside the number, finds them
//
// All of it lies outside the Go heap (package arena), on huge pages where there
// are any: the collector has nothing to scan. Id 0 is the empty square of every
// level and never looked up.
//
// The tag says which step a result belongs to. Results at full speed have the
// same tag for all longer steps; so they survive a change of step, and going on
// to an odd number of generations throws nothing away.
//
// # Growing and collecting
//
// A computation that finds the table full is thrown away, by a panic that ends in
// Engine.attempt. Then all nodes move to a larger table with their results, and
// the computation starts again: it finds what it had done within microseconds.
// So ids never change while the recursion holds any, and the inner loop has no
// check beyond the one for a full table.
//
// Moving goes by age, a batch at a time, so that children have their new ids
// before their parents and the cache misses of a batch overlap. At the memory
// limit the table is collected instead: what the universe and the marks reach is
// kept. If a step does not fit even then, the step is halved.
//
// # Memory latency
//
// A look-up in a large table is a cache miss, and a node needs up to thirteen. So
// the recursion does not go node by node but level by level: up to 1,024 nodes of
// a level are worked on together, in bursts of 16. A burst first reads its nodes,
// then asks for their children, then hashes all 80 squares and asks for their slots,
// and only then searches; the misses of a stage do not depend on each other and
// overlap. Squares without a result are marked pending, so that each is
// queued once, and the level below computes them before the burst goes on.
//
// User CPU seconds of a whole run, four variants (best of 3 or 4; 2-core Xeon with
// AVX-512, Go 1.26.8, the machine not quiet, all with the same kernels):
//
//	                                          hexadecimal  catacryst  Turing machine
//	                                          2^20         2^30       2^30
//	node by node, depth first                 5.89         1.32       0.24
//	the same, five and four slots loaded      6.05         1.36       0.21
//	before they are searched
//	level by level, slots loaded in bursts    4.61         1.15       0.18
//	level by level, slots prefetched          3.17         0.84       0.12
//
// A load that misses keeps its place in the processor's queue until it is done; a
// prefetch does not, so that many more are under way. Both cache lines that a node
// may lie in are asked for; with one of them, hexadecimal takes 3.6 seconds. Chunks of 64 to
// 4,096 nodes and bursts of 8 to 64 differ by less than 5 %.
//
// # Workers
//
// With WithThreads, the bursts of a chunk are shared out among workers on one table
// without locks. A slot is won by swapping its tag from 0, filled, and opened by
// storing its tag; children never change after that, and a node's result is stored
// by the one worker that has the node in its burst, before its tag. All stages
// end with all workers, so that no worker reads a result of the same stage. Ids
// depend on who came first, universes do not. Order then is nearly by age; moving
// makes up for the difference.
//
// # Rules with B0
//
// Cells are stored relative to the background (see rule.Rule.Phase). Where the two
// phases differ, steps of two generations and more begin at even generations, and
// results of single steps carry the parity in their tag.
//
// # Limits
//
// Two-state rules of range 1, no bounded grids. 2^31 nodes. A single step is at
// most 2^16384 generations; longer advances take several.
package hashlife
