package hashlife

import (
	"fmt"
	"iter"
	"math"
	"math/big"

	"golife/life"
	"golife/life/internal/kernel"
)

// Load replaces the universe. Under the rule of before, what was memoised is
// kept. Errors: life.ErrUnsupportedRule, life.ErrMemoryLimit; the universe is
// then as it was. Cost: O(nodes of p).
func (e *Engine) Load(p *life.Pattern) error {
	if err := Check(p.Rule()); err != nil {
		return err
	}
	if err := checkGrid(p); err != nil {
		return err
	}
	f := e
	if !e.rule.Equal(p.Rule()) {
		var err error
		if f, err = New(p.Rule(), WithMemory(e.limit), WithThreads(e.threads)); err != nil {
			return err
		}
	}
	var root id
	if err := f.attempt(func() { root = f.copyIn(p) }); err != nil {
		if f != e {
			f.Close()
		}
		return fmt.Errorf("hashlife: load %d nodes: %w", p.NodeCount(), err)
	}
	if f != e {
		e.Close()
		e.rule, e.torus, e.step.cells, e.step.baseLevel = f.rule, f.torus, f.step.cells, f.step.baseLevel
		e.own(f.disown())
	}
	e.dropMarks()
	e.torus.forget()
	e.root, e.level = root, max(p.Level(), e.lowestLevel())
	e.generation = p.Generation()
	return nil
}

// copyIn makes p's nodes and returns the root, of lowestLevel at least.
func (e *Engine) copyIn(p *life.Pattern) id {
	s := e.step.store
	ids := e.step.cells.load(s, p)
	for level := copyLevel(e.step.cells) + 1; level <= p.Level(); level++ {
		nodes := p.Nodes(level)
		up := make([]id, len(nodes))
		for i, q := range nodes {
			up[i] = s.find(join(ids[q[0]], ids[q[1]]), join(ids[q[2]], ids[q[3]]))
		}
		ids = up
	}
	root := ids[p.Root()]
	for level := p.Level(); level < e.lowestLevel(); level++ {
		if level < e.step.baseLevel {
			root = e.step.widenedLeaf(root)
		} else {
			root = s.widened(root)
		}
	}
	return root
}

// widenedLeaf returns the base node whose centre is a leaf.
func (s *stepper) widenedLeaf(i id) id {
	var q [4]id
	for k := range q {
		var around [4]kernel.Leaf
		var out kernel.Leaf
		around[3-k] = *s.leaf(i)
		s.cells.centre(&out, &around[0], &around[1], &around[2], &around[3])
		q[k] = s.findLeaf(&out)
	}
	return s.find(join(q[0], q[1]), join(q[2], q[3]))
}

// Snapshot returns the present universe. Cost: O(nodes of the universe).
func (e *Engine) Snapshot() *life.Pattern {
	return e.extract(nil)
}

// Cells yields the non-zero cells inside r in row-major order.
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return e.extract(&r).Cells(r)
}

// extract returns the pattern of all nodes that meet clip, nil meaning all.
func (e *Engine) extract(clip *life.Rect) *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.generation)
	x := extractor{s: e.step.store, cells: e.step.cells, b: b, clip: clip}
	x.level = copyLevel(x.cells)
	if clip != nil {
		x.some = map[id]life.NodeID{}
	} else {
		x.reached = e.step.newCollector(func(f func(*id)) { f(&e.root) }, false, false)
		defer x.reached.free()
		x.reached.keep(rooted)
		x.memo = make([]life.NodeID, x.reached.keptLeaves+1+x.reached.kept)
	}
	b.AddTree(e.level, x.root(e.root, e.level))
	return b.Pattern()
}

// extractor copies nodes into a Builder. It remembers those that are copied whole:
// by number when all of the universe is copied, which costs a pass over the tables;
// else in a map, so that a few cells cost little.
type extractor struct {
	s     *store
	cells layout
	level int // copyLevel
	b     *life.Builder
	clip  *life.Rect

	some    map[id]life.NodeID // with a clip
	reached *collector         // numbers the nodes and leaves of the universe
	memo    []life.NodeID      // by new id, that of the last leaf first; 0 is not yet
}

// root copies a centred node. Where there is a clip, its coordinates say which
// children count; squares beyond int64 hold none.
func (x *extractor) root(i id, level int) life.NodeID {
	if x.clip == nil || i == 0 {
		return x.node(i, level)
	}
	if level <= 63 {
		c := int64(-1) << (level - 1)
		return x.clipped(i, level, c, c)
	}
	return x.inward(i, level, 4)
}

// inward copies the corner, child k, of a node that touches the origin there; or
// all four corners of the root itself, k = 4.
func (x *extractor) inward(i id, level, k int) life.NodeID {
	var q life.Quad
	for j, c := range x.s.quad(i) {
		switch {
		case c == 0 || k < 4 && j != k:
		case level-1 > 63:
			q[j] = x.inward(c, level-1, cornerOf(j, k))
		default:
			sx, sy := quadrantOf(cornerOf(j, k))
			q[j] = x.clipped(c, level-1, sx, sy)
		}
	}
	return x.b.Node(level, q)
}

// cornerOf returns which child of child j touches the origin.
func cornerOf(j, k int) int {
	if k == 4 {
		return 3 - j
	}
	return k
}

// quadrantOf returns the north-west cell of the square of side 2^63 whose
// child k touches the origin.
func quadrantOf(k int) (x, y int64) {
	if k&1 == 1 {
		x = math.MinInt64
	}
	if k&2 == 2 {
		y = math.MinInt64
	}
	return x, y
}

// clipped copies the parts of a node at (px, py) that meet the clip.
func (x *extractor) clipped(i id, level int, px, py int64) life.NodeID {
	last := int64(1)<<level - 1 // for level 63, MaxInt64
	r := x.clip
	switch {
	case i == 0 || px >= r.Max.X || py >= r.Max.Y || px+last < r.Min.X || py+last < r.Min.Y:
		return 0
	case level == x.level,
		px >= r.Min.X && py >= r.Min.Y && px+last < r.Max.X && py+last < r.Max.Y:
		return x.node(i, level)
	}
	var q life.Quad
	half := int64(1) << (level - 1)
	for j, c := range x.s.quad(i) {
		q[j] = x.clipped(c, level-1, px+int64(j&1)*half, py+int64(j>>1)*half)
	}
	return x.b.Node(level, q)
}

// node copies a whole node.
func (x *extractor) node(i id, level int) life.NodeID {
	switch {
	case i == 0:
		return 0
	case x.some != nil:
		n := x.some[i]
		if n == 0 {
			n = x.copied(i, level)
			x.some[i] = n
		}
		return n
	}
	memo := &x.memo[x.reached.keptLeaves+int(int32(x.reached.moved(i)))]
	if *memo == 0 {
		*memo = x.copied(i, level)
	}
	return *memo
}

// copied copies a node that has not been copied yet.
func (x *extractor) copied(i id, level int) life.NodeID {
	if level == x.level {
		return x.cells.save(x.s, x.b, i)
	}
	var q life.Quad
	for j, c := range x.s.quad(i) {
		q[j] = x.node(c, level-1)
	}
	return x.b.Node(level, q)
}

// Get returns the state of the cell at p. Cost: O(level).
func (e *Engine) Get(p life.Point) life.State {
	i, level := e.descend(p, nil)
	if level >= e.step.baseLevel {
		return 0
	}
	return e.step.cells.get(e.step.leaf(i), p.X, p.Y)
}

// descend follows p from the root to its leaf, or to the first empty square,
// and appends to path where it went.
func (e *Engine) descend(p life.Point, path *[]turn) (i id, level int) {
	i, level = e.root, e.level
	if !e.holds(p) {
		return 0, level
	}
	k := 3
	if p.X < 0 {
		k ^= 1
	}
	if p.Y < 0 {
		k ^= 2
	}
	for corner := 3 - k; level >= e.step.baseLevel; level-- {
		if i == 0 && path == nil {
			return 0, level
		}
		if path != nil {
			*path = append(*path, turn{i, k})
		}
		i = e.step.quad(i)[k]
		if k = corner; level-1 <= 63 {
			k = int(uint64(p.X)>>(level-2)&1 | uint64(p.Y)>>(level-2)&1<<1)
		}
	}
	return i, level
}

// turn is a node on the way down and the child taken.
type turn struct {
	node  id
	child int
}

// holds reports whether the root covers p.
func (e *Engine) holds(p life.Point) bool {
	if e.level > 63 {
		return true
	}
	half := int64(1) << (e.level - 1)
	return -half <= p.X && p.X < half && -half <= p.Y && p.Y < half
}

// Set changes the cell at p. Cost: O(level).
func (e *Engine) Set(p life.Point, v life.State) error {
	if int(v) >= e.rule.States() {
		return fmt.Errorf("hashlife: state %d under rule %s: %w", v, e.rule, life.ErrState)
	}
	if e.torus != nil && !e.torus.rect.Contains(p) {
		return fmt.Errorf("hashlife: cell %d,%d, want it within the grid of rule %s: %w", p.X, p.Y, e.rule, life.ErrOutOfRange)
	}
	e.torus.forget()
	return e.attempt(func() {
		for !e.holds(p) {
			e.widen()
		}
		var path []turn
		i, _ := e.descend(p, &path)
		l := *e.step.leaf(i)
		e.step.cells.set(&l, p.X, p.Y, v)
		i = e.step.findLeaf(&l)
		for k := len(path) - 1; k >= 0; k-- {
			q := e.step.quad(path[k].node)
			q[path[k].child] = i
			i = e.step.find(join(q[0], q[1]), join(q[2], q[3]))
		}
		e.root = i
	})
}

// Bounds returns the smallest rectangle that holds all non-zero cells. Cost: the
// distinct nodes along its four edges.
func (e *Engine) Bounds() (life.BigRect, bool) {
	if e.root == 0 {
		return life.BigRect{}, false
	}
	half, side := new(big.Int).Lsh(big.NewInt(1), uint(e.level-1)), 1<<(e.step.baseLevel-1)
	rows, cols := [2][2]int{{0, 1}, {2, 3}}, [2][2]int{{0, 2}, {1, 3}}
	n := e.gap(rows[0], rows[1], func(l *kernel.Leaf) int { _, y, _, _, _ := kernel.Bounds(l); return y })
	w := e.gap(cols[0], cols[1], func(l *kernel.Leaf) int { x, _, _, _, _ := kernel.Bounds(l); return x })
	s := e.gap(rows[1], rows[0], func(l *kernel.Leaf) int { _, _, _, y, _ := kernel.Bounds(l); return side - y })
	o := e.gap(cols[1], cols[0], func(l *kernel.Leaf) int { _, _, x, _, _ := kernel.Bounds(l); return side - x })
	return life.BigRect{
		MinX: w.Sub(w, half), MinY: n.Sub(n, half),
		MaxX: o.Sub(half, o), MaxY: s.Sub(half, s),
	}, true
}

// gap returns the number of empty rows or columns on one side of the root: near
// and far are the children at that side and behind them. It goes down by levels
// and keeps only the nodes that reach into the outermost occupied band.
func (e *Engine) gap(near, far [2]int, leafGap func(*kernel.Leaf) int) *big.Int {
	sum, band := new(big.Int), []id{e.root}
	for level := e.level; level >= e.step.baseLevel; level-- {
		next := e.half(band, near)
		if len(next) == 0 {
			next = e.half(band, far)
			sum.SetBit(sum, level-1, 1)
		}
		band = next
	}
	least := 16
	for _, i := range band {
		filled := e.step.cells.filled(e.step.leaf(i))
		least = min(least, leafGap(&filled))
	}
	return sum.Add(sum, big.NewInt(int64(least)))
}

// half returns the distinct non-empty children in the given places of some nodes.
func (e *Engine) half(band []id, places [2]int) []id {
	var out []id
	seen := map[id]bool{0: true}
	for _, i := range band {
		q := e.step.quad(i)
		for _, k := range places {
			if c := q[k]; !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	return out
}
