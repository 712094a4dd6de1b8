// Package life is the vocabulary of golife: cells, patterns, and what an engine
// is. It knows no algorithm and no file format; engines, codecs and viewers meet
// here.
//
// # What it models
//
// A cellular automaton on the square grid. A cell has a State, 0 to 255, and
// stands at a Point: X grows east and Y grows south, as in RLE files. A rule
// (package rule) tells the next state of a cell from those around it. A universe
// is the unbounded plane of cells at one generation, all but finitely many of
// them in state 0.
//
// There are two values for a universe:
//
//	Pattern  immutable, any size, compared by a digest: what files, engines and
//	         checkpoints exchange
//	Engine   mutable, owned by one goroutine: what computes generations
//
// and data flow in one direction between them:
//
//	file → Builder → Pattern → Engine.Load → Advance → Snapshot → Pattern → file
//
// Cells and edits have int64 coordinates. Generations, populations and bounds
// are *big.Int: 10^30 generations of a glider gun are a fraction of a second of
// work, and their result is as exact as the first generation.
//
// # The quadtree
//
// A Pattern is a quadtree without duplicates. The root is a square of side
// 2^Level with the origin at its centre; a node has four children, nw ne sw se,
// of half its side; a leaf, at LeafLevel, holds 8×8 cells.
//
//	        −2^(L−1)        0         2^(L−1)
//	−2^(L−1)    ┌───────────┬───────────┐        a Quad: nw ne sw se
//	            │           │           │           0  1  2  3
//	            │    nw     │    ne     │
//	            │     0     │     1     │        a leaf, two states: bit 8y+x
//	            │           │           │
//	        0   ├───────────┼───────────┤             x 0 1 2 … 7
//	            │           │(0,0)      │         y 0   0 1 2 … 7
//	            │    sw     │    se     │           1   8 9 …
//	            │     2     │     3     │           ⋮
//	            │           │           │           7  56 …   63
//	 2^(L−1)    └───────────┴───────────┘
//
// Equal squares of one level are one node, named by a NodeID, and NodeID 0 is
// the empty square of every level. A row of 10^100 blinkers takes a few hundred
// nodes; Population, Bounds, Digest, Transform and Translate look at each node
// once, whatever it stands for. The idea is Bill Gosper's ("Exploiting
// regularities in large cellular spaces", Physica D 10, 1984), without the
// memory of results that makes it the hashlife algorithm.
//
// Patterns under rules with two states have leaves of 64 bits (Leaves), others
// leaves of 64 bytes (States).
//
// # Canonical form and digest
//
// A pattern's tables are canonical: the root is the smallest square about the
// origin that holds all cells, at least of level LeafLevel+1, and each level
// numbers its nodes in the order in which a scan of the level above meets them.
// So two patterns hold the same cells exactly when their tables are equal, which
// SameCells checks.
//
// Digest is a Merkle hash over the same tree, at absolute coordinates. It
// depends on the cells alone: not on rule, generation or comments, nor on the
// engine, file or sequence of Builder calls that the pattern came from, nor on
// whether leaves are bits or bytes. Two runs to generation 10^12 are compared by
// 32 characters.
//
// # Background and B0
//
// Under a rule with B0 a dead cell among dead cells becomes live, and the whole
// plane with it. Universes stay finite all the same, as cells are stored
// relative to the background: a cell is in state 0 when it equals the background
// of its generation. Pattern.Background tells the true state of that background,
// and rule.Rule.Phase the table that an engine runs on stored cells. When the
// background alternates, the parity of the generation decides; a pattern under
// such a rule must keep its generation.
//
// # Engines
//
// An Engine is one universe under one rule. One goroutine owns it, and no method
// may run beside another; parallelism is inside Advance. A viewer gets Patterns,
// or samples, from the goroutine that owns the engine.
//
// What an engine can do beyond the interface is found by type assertion: Editor,
// Sampler, MemoryUser, Marker, Stater.
//
// The contracts that package lifetest checks for each engine:
//
//   - Exact: Advance computes n generations or says why not. What an engine
//     cannot run it refuses with an *UnsupportedRuleError, what it cannot hold
//     with ErrOutOfRange. No result is silently wrong, no coordinate wraps.
//   - Whole: when its context ends, or memory does, Advance returns ctx.Err() or
//     ErrMemoryLimit, and the universe stands at a whole generation at or after
//     the one it started from. Generation tells which. To call Advance again for
//     the rest is always right.
//   - Unchanged: a Load or Set that fails has changed nothing.
//   - Owned: results belong to the caller, arguments stay the caller's. A
//     snapshot stands while the universe goes on.
//   - Bounded: a MemoryUser keeps Bytes below its limit by working harder, then
//     by ErrMemoryLimit; never by ending the process.
//
// # Errors
//
// ErrUnsupportedRule, ErrMemoryLimit, ErrOutOfRange and ErrState are what a
// caller may branch on, with errors.Is. Panics are for broken invariants only: a
// Builder is given a state that its rule lacks, say.
//
// # Limits
//
//   - Builder.Set and SetRun reach all int64 coordinates, trees go beyond. A Rect
//     is half-open, so that the cells of row and column 2^63−1 are in no Rect;
//     Cells and Runs do not yield them, Get does.
//   - A level has at most 2^32−1 nodes. Memory ends before: a node takes 16 bytes,
//     a leaf 8 or 64.
//   - Cells and Runs visit cells one by one; beyond some 10^9 cells only the tree
//     is of use.
//
// # Use
//
//	b := life.NewBuilder(rule.MustParse("B3/S23"))
//	b.Set(1, 0, 1)
//	b.Set(2, 1, 1)
//	b.SetRun(0, 2, 3, 1)
//	glider := b.Pattern()
//
//	e, err := engine.New("hashlife", glider.Rule(), engine.Options{})
//	if err != nil { … }
//	if err := e.Load(glider); err != nil { … }
//	if err := e.Advance(ctx, big.NewInt(1_000_000)); err != nil { … }
//	fmt.Println(e.Generation(), e.Population(), e.Snapshot().Digest())
package life
