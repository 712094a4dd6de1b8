package life

import (
	"math"
	"math/big"
	"math/bits"
)

var _ Sampler = (*Pattern)(nil)

// Sample draws a view of the pattern; see Sampler. Cost: O(NodeCount) and O(levels) for each
// square of the view, however many cells there are.
func (p *Pattern) Sample(v View, dst []uint8) {
	clear(dst[:v.Width*v.Height])
	if p.root == 0 {
		return
	}
	s := sampling{p: p, v: v, dst: dst}
	x0 := new(big.Int).Neg(new(big.Int).Rsh(v.X, uint(v.Level)))
	y0 := new(big.Int).Neg(new(big.Int).Rsh(v.Y, uint(v.Level)))
	level := p.Level() - 1
	s.shares = p.shares(min(level, v.Level))
	if level < v.Level {
		s.quarters(x0, y0)
		return
	}
	half := new(big.Int).Lsh(big.NewInt(1), uint(level-v.Level))
	s.far(p.root, level+1, x0.Sub(x0, half), y0.Sub(y0, half))
}

// shares returns the share of non-zero cells of each node of a level; nil below leaves.
func (p *Pattern) shares(level int) []float64 {
	if level < LeafLevel {
		return nil
	}
	list := make([]float64, max(len(p.leaves), len(p.states)))
	for i := range list {
		list[i] = float64(bits.OnesCount64(p.leafBits(NodeID(i)))) / 64
	}
	for l := LeafLevel + 1; l <= level; l++ {
		up := make([]float64, len(p.Nodes(l)))
		for i, q := range p.Nodes(l) {
			up[i] = (list[q[0]] + list[q[1]] + list[q[2]] + list[q[3]]) / 4
		}
		list = up
	}
	return list
}

// sampling draws nodes. Places are counted in squares from the view's corner.
type sampling struct {
	p      *Pattern
	v      View
	dst    []uint8
	shares []float64 // of the nodes that are squares of the view
}

// quarters draws a pattern that is no larger than two squares: each child of the root lies
// in a square of its own, at the origin (x0, y0).
func (s *sampling) quarters(x0, y0 *big.Int) {
	if !x0.IsInt64() || !y0.IsInt64() {
		return
	}
	level := s.p.Level() - 1
	for k, c := range s.p.Nodes(level + 1)[s.p.root] {
		if c != 0 {
			share := math.Ldexp(s.shares[c], 2*(level-s.v.Level))
			s.put(x0.Int64()-int64(1-k&1), y0.Int64()-int64(1-k>>1), shade(share))
		}
	}
}

// far draws a node whose place may not fit int64.
func (s *sampling) far(id NodeID, level int, x, y *big.Int) {
	side := new(big.Int).Lsh(big.NewInt(1), uint(level-s.v.Level))
	misses := func(at *big.Int, size int) bool {
		return at.Cmp(big.NewInt(int64(size))) >= 0 || new(big.Int).Add(at, side).Sign() <= 0
	}
	if id == 0 || misses(x, s.v.Width) || misses(y, s.v.Height) {
		return
	}
	if level-s.v.Level < 62 {
		s.near(id, level, x.Int64(), y.Int64())
		return
	}
	side.Rsh(side, 1)
	for k, c := range s.p.Nodes(level)[id] {
		cx, cy := new(big.Int).Set(x), new(big.Int).Set(y)
		if k&1 == 1 {
			cx.Add(cx, side)
		}
		if k&2 == 2 {
			cy.Add(cy, side)
		}
		s.far(c, level-1, cx, cy)
	}
}

// near draws a node at (x, y) whose side is from 1 to less than 2^62 squares.
func (s *sampling) near(id NodeID, level int, x, y int64) {
	side := int64(1) << (level - s.v.Level)
	switch {
	case id == 0 || x >= int64(s.v.Width) || y >= int64(s.v.Height) || x+side <= 0 || y+side <= 0:
	case level == s.v.Level:
		s.put(x, y, shade(s.shares[id]))
	case level == LeafLevel:
		s.leaf(id, x, y)
	default:
		for k, c := range s.p.Nodes(level)[id] {
			s.near(c, level-1, x+int64(k&1)*side/2, y+int64(k>>1)*side/2)
		}
	}
}

// leaf draws a leaf in squares smaller than itself.
func (s *sampling) leaf(id NodeID, x, y int64) {
	filled, w := s.p.leafBits(id), 1<<s.v.Level // w is in cells a square
	square := uint64(1)<<w - 1
	for r := 1; r < w; r++ {
		square |= square & (1<<w - 1) << (8 * r)
	}
	for cy := 0; cy < 8; cy += w {
		for cx := 0; cx < 8; cx += w {
			n := bits.OnesCount64(filled >> (8*cy + cx) & square)
			switch {
			case n == 0:
			case w == 1:
				s.put(x+int64(cx), y+int64(cy), uint8(s.p.leafCell(id, cx, cy)))
			default:
				s.put(x+int64(cx/w), y+int64(cy/w), Density(uint64(n), s.v.Level))
			}
		}
	}
}

// put draws one square if it is in view.
func (s *sampling) put(x, y int64, b uint8) {
	if x >= 0 && y >= 0 && x < int64(s.v.Width) && y < int64(s.v.Height) {
		s.dst[y*int64(s.v.Width)+x] = b
	}
}

// shade is Density of a share of non-zero cells, of which there is at least one.
func shade(share float64) uint8 { return uint8(1 + 254*min(share, 1)) }
