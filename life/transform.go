package life

import (
	"math/big"
	"math/bits"
	"slices"
)

// Symmetry is one of the eight symmetries of the square grid. They turn the
// plane about the corner where the cells (−1, −1) and (0, 0) touch.
type Symmetry uint8

// The symmetries, by where each takes the cell (x, y). Rotations are clockwise
// as seen on a screen, where y points down.
const (
	Identity      Symmetry = iota // (x, y)
	Rotate90                      // (−1−y, x)
	Rotate180                     // (−1−x, −1−y)
	Rotate270                     // (y, −1−x)
	FlipX                         // (−1−x, y), left and right change sides
	FlipY                         // (x, −1−y), top and bottom change sides
	Transpose                     // (y, x)
	AntiTranspose                 // (−1−y, −1−x)
)

// Symmetries lists all eight.
func Symmetries() []Symmetry {
	return []Symmetry{Identity, Rotate90, Rotate180, Rotate270, FlipX, FlipY, Transpose, AntiTranspose}
}

// Apply returns where s takes the cell p.
func (s Symmetry) Apply(p Point) Point {
	x, y := p.X, p.Y
	switch s {
	case Rotate90:
		return Point{^y, x}
	case Rotate180:
		return Point{^x, ^y}
	case Rotate270:
		return Point{y, ^x}
	case FlipX:
		return Point{^x, y}
	case FlipY:
		return Point{x, ^y}
	case Transpose:
		return Point{y, x}
	case AntiTranspose:
		return Point{^y, ^x}
	}
	return p
}

// Transform returns the pattern turned by s. Cost: O(NodeCount).
func (p *Pattern) Transform(s Symmetry) *Pattern {
	b := p.emptyCopy()
	child := func(q Quad, ids []NodeID) (r Quad) {
		for i, c := range q {
			to := s.Apply(Point{int64(i&1) - 1, int64(i>>1) - 1})
			r[to.X&1^1|(to.Y&1^1)<<1] = ids[c]
		}
		return r
	}
	ids := make([]NodeID, max(len(p.leaves), len(p.states)))
	for i := range ids {
		ids[i] = p.transformLeaf(b, NodeID(i), s)
	}
	for level := LeafLevel + 1; level <= p.Level(); level++ {
		up := make([]NodeID, len(p.Nodes(level)))
		for i, q := range p.Nodes(level) {
			up[i] = b.Node(level, child(q, ids))
		}
		ids = up
	}
	b.AddTree(p.Level(), ids[p.root])
	return b.Pattern()
}

// transformLeaf adds leaf id of p to b, turned by s.
func (p *Pattern) transformLeaf(b *Builder, id NodeID, s Symmetry) NodeID {
	var out LeafStates
	for i := range int64(64) {
		to := s.Apply(Point{i&7 - 4, i>>3 - 4})
		out[(to.Y+4)*8+to.X+4] = p.leafCell(id, int(i&7), int(i>>3))
	}
	if b.multi {
		return b.tree.leafStates(&out)
	}
	return b.tree.leaf(gather(&out))
}

// emptyCopy returns a Builder with p's rule, generation and comments.
func (p *Pattern) emptyCopy() *Builder {
	b := NewBuilder(p.rule)
	b.SetGeneration(p.generation)
	b.comments = slices.Clone(p.comments)
	return b
}

// Translate returns the pattern moved by dx cells east and dy cells south.
// Cost: O(NodeCount) for multiples of the leaf side, a small multiple otherwise.
func (p *Pattern) Translate(dx, dy *big.Int) *Pattern {
	b := p.emptyCopy()
	if err := b.graft(p); err != nil {
		panic("life: a pattern does not fit its own rule: " + err.Error())
	}
	level := max(p.Level(), dx.BitLen(), dy.BitLen()) + 2
	for ; b.level < level; b.level++ {
		b.root = b.tree.expand(b.level, b.root)
	}
	// The moved root is what a window sees that moves the other way. It looks at
	// the root and, on the side that it moves to, at empty squares.
	var q Quad
	x, y, at := new(big.Int).Neg(dx), new(big.Int).Neg(dy), 0
	side := new(big.Int).Lsh(big.NewInt(1), uint(level))
	if x.Sign() < 0 {
		x.Add(x, side)
		at |= 1
	}
	if y.Sign() < 0 {
		y.Add(y, side)
		at |= 2
	}
	q[at] = b.root
	w := windower{t: &b.tree, x: x, y: y, memo: map[windowKey]NodeID{}}
	b.root = w.window(level, q)
	return b.Pattern()
}

type windowKey struct {
	level int
	q     Quad
}

// windower cuts squares out of 2×2 squares of the same size, always at the same
// offset (x, y) modulo the side.
type windower struct {
	t    *interner
	x, y *big.Int
	memo map[windowKey]NodeID
}

// window returns the square of the given level that lies at the offset inside
// the four squares q of that level.
func (w *windower) window(level int, q Quad) NodeID {
	if q == (Quad{}) {
		return 0
	}
	if level == LeafLevel {
		return w.t.windowLeaf(q, int(low(w.x, LeafLevel)), int(low(w.y, LeafLevel)))
	}
	if w.isZero(level) {
		return q[0]
	}
	k := windowKey{level, q}
	if id, ok := w.memo[k]; ok {
		return id
	}
	var grid [4][4]NodeID
	for i, c := range q {
		for j, g := range w.t.children(level, c) {
			grid[i>>1<<1|j>>1][i&1<<1|j&1] = g
		}
	}
	x, y := w.x.Bit(level-1), w.y.Bit(level-1)
	var r Quad
	for i := range r {
		cx, cy := int(x)+i&1, int(y)+i>>1
		r[i] = w.window(level-1, Quad{grid[cy][cx], grid[cy][cx+1], grid[cy+1][cx], grid[cy+1][cx+1]})
	}
	id := w.t.node(level, r)
	w.memo[k] = id
	return id
}

// isZero reports whether the offset is zero modulo the side of level.
func (w *windower) isZero(level int) bool {
	zero := func(v *big.Int) bool { return v.Sign() == 0 || v.TrailingZeroBits() >= uint(level) }
	return zero(w.x) && zero(w.y)
}

// low returns the n low bits of v, n < 64.
func low(v *big.Int, n int) (u uint64) {
	for i := range n {
		u |= uint64(v.Bit(i)) << i
	}
	return u
}

// windowLeaf returns the leaf at offset (x, y), 0 <= x, y < 8, of the four leaves q.
func (t *interner) windowLeaf(q Quad, x, y int) NodeID {
	if t.multi {
		var out LeafStates
		for i := range out {
			cx, cy := x+i&7, y+i>>3
			out[i] = t.states[q[cx>>3|cy>>3<<1]][cy&7*8+cx&7]
		}
		return t.leafStates(&out)
	}
	west := shiftRows(t.bits[q[0]], t.bits[q[2]], y)
	east := shiftRows(t.bits[q[1]], t.bits[q[3]], y)
	keep := uint64(0xFF>>x) * 0x0101010101010101
	return t.leaf(west>>x&keep | bits.RotateLeft64(east, 8-x)&^keep)
}

// shiftRows returns rows y.. of north over south.
func shiftRows(north, south uint64, y int) uint64 {
	return north>>(8*y) | south<<(64-8*y)
}

// Union returns the cells of both patterns, with p's rule, generation and
// comments; where both have a cell, q's wins. It returns ErrState when p's rule
// lacks a state of q.
func (p *Pattern) Union(q *Pattern) (*Pattern, error) {
	b := p.emptyCopy()
	if err := b.graft(p); err != nil {
		return nil, err
	}
	if err := b.graft(q); err != nil {
		return nil, err
	}
	return b.Pattern(), nil
}
