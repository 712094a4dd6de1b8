package hashlife

import (
	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/rule"
)

// layout is what the 32 bytes of a leaf mean, under a rule. All bits 0 are cells in state 0;
// equal squares have equal bits.
type layout interface {
	// level is that of leaves.
	level() int
	// step computes what w.own lists: the centres of the first n base nodes, gens generations
	// later, go to w.out. gens is at most a quarter of the side of a base node.
	step(w *worker, n, gens int)
	// centre puts the square in the middle of four leaves into out, which is none of them.
	centre(out, nw, ne, sw, se *kernel.Leaf)
	// get returns the state of a cell, and set changes it. Coordinates count modulo the side.
	get(l *kernel.Leaf, x, y int64) life.State
	set(l *kernel.Leaf, x, y int64, v life.State)
	// filled returns the cells that are not in state 0, as those of a two-state leaf from its
	// north-west corner on.
	filled(l *kernel.Leaf) kernel.Leaf
	// load makes what stands for the nodes of p of copyLevel, indexed as they are.
	load(s *store, p *life.Pattern) []id
	// save copies a node of copyLevel.
	save(s *store, b *life.Builder, i id) life.NodeID
}

// copyLevel is the level of the nodes that patterns and the engine have in common: leaves of
// either are parts of them.
func copyLevel(l layout) int { return max(life.LeafLevel, l.level()) }

// layoutOf returns the layout for a rule that Check accepts.
func layoutOf(r *rule.Rule) layout {
	if r.States() == 2 {
		return newBitCells(r)
	}
	if l := newPlaneCells(r); l != nil {
		return l
	}
	return newByteCells(r)
}

// bitCells is the layout of two states: 16×16 cells of a bit, see kernel.Leaf.
type bitCells struct {
	pair *kernel.Pair
}

func newBitCells(r *rule.Rule) *bitCells {
	even, odd := r.Phase(false), r.Phase(true)
	if r.Family() != rule.TwoState {
		next, _ := r.Local()
		even = tableOf(next)
		odd = even
	}
	n := kernel.Compile(&even)
	m := n
	if r.Alternates() {
		m = kernel.Compile(&odd)
	}
	return &bitCells{kernel.NewPair(n, m)}
}

// tableOf returns the table of a transition of two states.
func tableOf(next rule.Local) (t rule.Table) {
	for i := range 512 {
		var square [9]uint8
		for k := range square {
			square[k] = uint8(i >> (8 - k) & 1)
		}
		t.Set(i, next(&square))
	}
	return t
}

func (*bitCells) level() int { return 4 }

func (c *bitCells) step(w *worker, n, gens int) {
	for k := range n {
		q := &w.own[k]
		c.pair.Step32(&w.out[k], w.leafNumber(q[0]), w.leafNumber(q[1]), w.leafNumber(q[2]), w.leafNumber(q[3]), gens, w.step.odd)
	}
}

func (*bitCells) centre(out, nw, ne, sw, se *kernel.Leaf) { kernel.Centre(out, nw, ne, sw, se) }

func (*bitCells) get(l *kernel.Leaf, x, y int64) life.State {
	return life.State(l[y>>2&3] >> (y&3<<4 | x&15) & 1)
}

func (*bitCells) set(l *kernel.Leaf, x, y int64, v life.State) {
	bit := y&3<<4 | x&15
	l[y>>2&3] = l[y>>2&3]&^(1<<bit) | uint64(v)<<bit
}

func (*bitCells) filled(l *kernel.Leaf) kernel.Leaf { return *l }

func (*bitCells) load(s *store, p *life.Pattern) []id {
	nodes, l := p.Nodes(life.LeafLevel+1), p.Leaves()
	ids := make([]id, len(nodes))
	for i, q := range nodes {
		cells := kernel.Join(l[q[0]], l[q[1]], l[q[2]], l[q[3]])
		ids[i] = s.findLeaf(&cells)
	}
	return ids
}

func (*bitCells) save(s *store, b *life.Builder, i id) life.NodeID {
	nw, ne, sw, se := kernel.Split(s.leaf(i))
	return b.Node(life.LeafLevel+1, life.Quad{b.Leaf(nw), b.Leaf(ne), b.Leaf(sw), b.Leaf(se)})
}
