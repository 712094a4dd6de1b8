package dense

import (
	"math/big"
	"math/bits"

	"golife/life"
)

// baseLevel is the lowest level of the pyramid. Below it, a screen of squares
// has few enough cells to count them.
const baseLevel = 4

// pyramid holds populations of squares of 2^level cells, level by level from
// baseLevel, of the present generation. It is empty when nothing was built.
type pyramid struct{ levels []layer }

// layer is the populations of the squares of one level, row-major: those from square
// (x, y) on, counted from the origin of the universe.
type layer struct {
	x, y  int64
	width int
	n     []uint64
}

func (p *pyramid) bytes() (n int64) {
	for _, l := range p.levels {
		n += 8 * int64(len(l.n))
	}
	return n
}

// at returns the population of a square.
func (l *layer) at(x, y int64) uint64 {
	i, j := x-l.x, y-l.y
	if i < 0 || j < 0 || i >= int64(l.width) || j >= int64(len(l.n)/l.width) {
		return 0
	}
	return l.n[j*int64(l.width)+i]
}

// Sample writes the density of each square of v into dst, see life.Sampler. Cost:
// O(screen), and at a level of 4 and more O(cells of the grid) for the first view
// of a generation.
func (e *Engine) Sample(v life.View, dst []uint8) {
	clear(dst)
	if v.Width*v.Height == 0 || len(dst) != v.Width*v.Height || e.cells == nil {
		return
	}
	level := min(v.Level, baseLevel+64) // beyond, all cells are in the four squares about the origin
	bx, by := new(big.Int).Rsh(v.X, uint(v.Level)), new(big.Int).Rsh(v.Y, uint(v.Level))
	const most = 1<<62 + 1<<60
	if !bx.IsInt64() || !by.IsInt64() {
		return
	}
	x, y := bx.Int64(), by.Int64()
	if max(x, -x, y, -y) > most {
		return
	}
	if level < baseLevel {
		e.sampleNear(level, x, y, v.Width, dst)
		return
	}
	l := e.level(level)
	for i := range dst {
		dst[i] = life.Density(l.at(x+int64(i%v.Width), y+int64(i/v.Width)), v.Level)
	}
}

// sampleNear draws a view by counting its cells.
func (e *Engine) sampleNear(level int, x, y int64, width int, dst []uint8) {
	far := int64(limit)>>level + 1
	if x > far || y > far || x < -far-int64(width) || y < -far-int64(len(dst)/width) {
		return
	}
	r := life.Rt(x<<level, y<<level, int64(width)<<level, int64(len(dst)/width)<<level)
	x0, y0, x1, y1 := e.within(r)
	count := make([]uint64, len(dst))
	for j := y0; j < y1; j++ {
		row := count[((e.corner.Y+int64(j))>>level-y)*int64(width):]
		for i := x0; i < x1; i++ {
			if e.cells.get(i, j) {
				row[(e.corner.X+int64(i))>>level-x]++
			}
		}
	}
	for i, n := range count {
		if dst[i] = life.Density(n, level); level == 0 {
			dst[i] = uint8(n)
		}
	}
}

// level returns the populations of the squares of a level, and builds what is missing
// of the pyramid.
func (e *Engine) level(level int) *layer {
	p := &e.pyramid
	if len(p.levels) == 0 {
		p.levels = append(p.levels, e.base())
	}
	for len(p.levels) <= level-baseLevel {
		p.levels = append(p.levels, p.levels[len(p.levels)-1].halved())
	}
	return &p.levels[level-baseLevel]
}

// newLayer returns an empty layer of the squares x0 ≤ x ≤ x1, y0 ≤ y ≤ y1.
func newLayer(x0, y0, x1, y1 int64) layer {
	w := int(x1 - x0 + 1)
	return layer{x0, y0, w, make([]uint64, w*int(y1-y0+1))}
}

// base counts the cells of the squares of the lowest level.
func (e *Engine) base() layer {
	b := e.stored()
	l := newLayer(b.min.X>>baseLevel, b.min.Y>>baseLevel, (b.max.X-1)>>baseLevel, (b.max.Y-1)>>baseLevel)
	w, h := e.cells.size()
	line := make([]uint64, (w+63)/64)
	ahead := int(e.corner.X & (1<<baseLevel - 1)) // cells of the first square that are not stored
	for y := range h {
		e.cells.line(y, line)
		row := l.n[int((e.corner.Y+int64(y))>>baseLevel-l.y)*l.width:][:l.width]
		for i, word := range line {
			for word != 0 {
				x := 64*i + ahead + bits.TrailingZeros64(word)
				end := (x>>baseLevel+1)<<baseLevel - ahead - 64*i // the first bit of the next square
				in := word
				if end < 64 {
					in &= 1<<end - 1
				}
				row[x>>baseLevel] += uint64(bits.OnesCount64(in))
				word &^= in
			}
		}
	}
	return l
}

// halved returns the layer of the next level.
func (l *layer) halved() layer {
	height := len(l.n) / l.width
	next := newLayer(l.x>>1, l.y>>1, (l.x+int64(l.width)-1)>>1, (l.y+int64(height)-1)>>1)
	for j := range height {
		to := next.n[int((l.y+int64(j))>>1-next.y)*next.width:]
		for i, n := range l.n[j*l.width:][:l.width] {
			to[(l.x+int64(i))>>1-next.x] += n
		}
	}
	return next
}
