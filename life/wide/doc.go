// Package wide runs Larger than Life and HROT rules, on the unbounded plane and on their
// grids, at a cost for each cell that hardly depends on the range.
//
// # What it models
//
// All rules of the two families that package rule has, with any neighbourhood, range, weights
// and number of states, but those in which dead cells count; on the plane, on bounded planes and
// on tori, with shifts and infinite sides. All else is refused with a *life.UnsupportedRuleError.
// Under rules with B0 cells are stored as what differs from the background.
//
// # Data layout
//
// The universe is made of square tiles of a byte a cell, found by coordinates, of
// 64×64 cells for small ranges up to 1024×1024 for large ones. A tile has its cells twice:
// a pass reads one and writes the other, in turn. Where all cells are in state 0 there is no
// tile.
//
// A tile on the queue has a rectangle to do: all cells that see one that changed in the last pass.
// Outside of it both copies of its cells agree, so that nothing is copied from one to the other,
// and what is at rest costs nothing. Rectangles of tiles side by side are made one
// job where that is less work than each alone.
//
//	  seen, bytes              sums                        next
//	+---------------+     +---------------+
//	|  +---------+  |     |               |            +---------+
//	|  |   job   |  | --> |   integral    | -- terms ->|   job   | --> tiles
//	|  +---------+  |     |               |            +---------+
//	+---------------+     +---------------+
//
// # How cells are counted
//
// A job gathers the cells that its cells see, range and all, into rows. It sums them up in
// place, and what a cell counts is then a sum of few terms, values of the integral at
// offsets from the cell. For the square of side 2r+1 the integral is the summed-area table
// (F. C. Crow, "Summed-area tables for texture mapping", 1984), and there are four terms, whatever r is.
//
// Others take other integrals. A summation by a step s turns f into g with g(p) = f(p) + g(p-s).
// Summations along rows, columns and both diagonals, one after another, undo an equal number of
// differences: the weights W of a neighbourhood become, for each, W(q) - W(q+s), of which little but edges and then
// corners is left. There is a menu of nine lists of summations, and for each rule the one is
// taken that leaves the cheapest terms:
//
//	square, cross                 along rows, columns                4, 8 terms
//	diamond, saltire              along both diagonals               8
//	both checkerboards            along rows and columns by two      8
//	pyramid (NG)                  along rows and columns, twice      9, weighing 16
//	hexagon, asterisk             along rows, columns, a diagonal    6 and more
//	circle, irregular, weighted   along rows                         as many as row ends
//
// The weight of the cell itself may be chosen too, since a cell is known when it is decided: what it counts too
// much moves the intervals of births or survivals. So a diamond needs no hole.
//
// Sums wrap around. What matters is that counts do not: they have 8 bits where
// the neighbourhood counts up to 255 (squares of range 7), 16 bits up to 65,535 (range 127),
// else 32, and so have the sums, however large the job is. Rows above the first one with a cell are 0, and those
// below the last one equal it, or are 0, or go on, by the integral.
//
// Triangles have two neighbourhoods. All cells are decided by the one, then by the other, and mixed.
//
// # Deciding
//
// Births and survivals become sets of counts as they are stored: moved by the weight of the cell itself, mirrored
// where the background lives, inverted where it will. Counts of 8 bits are looked up in a set of 256 bits,
// by two shuffles of bytes for either half of the set; counts of more bits are compared with the
// intervals. Cells of more states age where they are neither born nor survive.
//
// With AVX2 all of this is assembly (life/internal/_asm), 32 sums of a byte at a time; columns in
// which something changed are a by-product. In Go, which is
// tested against it, counts up to 16 bits are looked up in a table. Rules whose states have weights are
// summed up in Go first, and so are decided those of 16 bits with more than twelve intervals.
//
// # Threads
//
// Jobs are independent of each other and go to goroutines, one for each 2^16 cells. Results do not
// depend on them.
//
// # Invariants
//
//   - Both copies of the cells of a tile agree outside of what is to do.
//   - A tile without cells is on the queue.
//   - Cells outside the grid are in state 0.
//   - A pass that fails changes no present cell.
//
// # Limits
//
// Cells may stand where -2^62 ≤ x, y < 2^62. A tile takes 2 bytes a cell: 8 KiB for ranges up to 3, 32 KiB up to
// 32, 2 MiB from 129 on. Nothing is remembered but what is at rest: oscillators cost the
// same in each generation.
//
// # What it costs
//
// AMD Zen 3, AVX2, one thread. Cycles a cell in user mode, everything included, for soups of 512×512 cells on a
// torus, of which all are computed (BenchmarkAdvance; perf stat, the least of three runs on a shared
// machine, less those for one generation):
//
//	square, range 2 to 7, 2 or 4 states     1.05
//	square, range 10, 2 states              1.35
//	square, range 10, 16 states             2.0
//	square, range 50                        1.15
//	diamond, range 5 and 10                 1.2, 1.3
//	circle, range 5 and 10                  1.6, 3.2
//	triangles, range 3                      4.6
//	pyramid, range 3                        2.8
//
// User CPU seconds of patterns of Golly's collection, start included, the least of three runs in turns:
//
//	                                     naive   wide   bgolly
//	BugGun.rle, 10,000 generations        1.43  0.076     0.22
//	Globe.mcl, 2,000                      3.27  0.050     0.26
//	SoldierBugs.rle, 5,000                1.31  0.042     0.20
//	Majority.mcl, 1,000                          0.002    0.10
//	R100-alien-bug.rle, 100               0.55  0.023     0.06
//	R100-NN-bug.rle, 10                   0.61  0.022     0.06
//	R500-alien-bug.rle, 3                 0.47  0.048     0.09
//
// The same for soups of 512×512 cells on the plane, 500 generations; the first two fill it, the others settle:
//
//	                                      wide   bgolly
//	R2,C0,M1,S7..13,B7..11,NM             0.27      5.0
//	R3,C0,M1,S14..24,B14..19,NM           0.15      2.5
//	R5,C0,M1,S34..58,B34..45,NM           0.08      1.0
//	R10,C0,M1,S61..105,B61..85,NN         0.12       18
//	R10,C0,M1,S91..155,B91..130,NC        0.10      6.1
//	R10,C16,M1,S10..212,B10..170,NM         21       29
//
// The last one grows to 10,000×10,000 cells, far beyond the caches.
//
// What was tried: plain Go takes 6 to 18 times as many cycles as assembly on these patterns (2.5 for three generations of range 500). Comparing
// each row of old and new cells to find what changed, in place of marking columns, took more time than deciding; copying
// rows one by one with Go's copy, as long as both kernels. Summing rows without cells made large ranges take 1.4 times as long.
package wide
