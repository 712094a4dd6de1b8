package wide

import (
	"math/big"

	"golife/life"
)

// Sample writes the density of each square of v into dst, at level 0 the states of the
// cells; see life.Sampler. Cost: O(cells of the view) while squares are smaller than tiles.
// From there on O(screen + tiles), and O(cells) for each tile that changed since.
func (e *Engine) Sample(v life.View, dst []uint8) {
	clear(dst)
	if len(dst) == 0 || len(dst) != v.Width*v.Height {
		return
	}
	x, y, ok := corner(v)
	if !ok {
		return
	}
	s := screen{v: v, x: x, y: y, sum: make([]uint64, len(dst))}
	if v.Level >= int(e.u.log) {
		for at, t := range e.u.index {
			up := uint(v.Level) - e.u.log
			s.add(at.X>>up, at.Y>>up, uint64(e.u.population(t)))
		}
	} else {
		for _, t := range e.u.within(s.rect()) {
			e.u.show(&s, t)
		}
	}
	for i, n := range s.sum {
		if v.Level == 0 {
			dst[i] = uint8(n)
		} else {
			dst[i] = life.Density(n, v.Level)
		}
	}
}

// screen is a view, its corner in squares, and a number for each square.
type screen struct {
	v    life.View
	x, y int64
	sum  []uint64
}

// corner returns the number of the view's north-west square. ok is false where no cells
// can be.
func corner(v life.View) (x, y int64, ok bool) {
	bx := new(big.Int).Rsh(v.X, uint(v.Level))
	by := new(big.Int).Rsh(v.Y, uint(v.Level))
	if !bx.IsInt64() || !by.IsInt64() {
		return 0, 0, false
	}
	x, y = bx.Int64(), by.Int64()
	far := int64(limit) >> min(v.Level, 62)
	return x, y, x < far+1 && y < far+1 && x >= -far-1-int64(v.Width) && y >= -far-1-int64(v.Height)
}

// rect returns the cells of a view whose squares are smaller than tiles.
func (s *screen) rect() life.Rect {
	l := s.v.Level
	return life.Rt(s.x<<l, s.y<<l, int64(s.v.Width)<<l, int64(s.v.Height)<<l)
}

// at returns the number of a square, or nil if it is not in the view.
func (s *screen) at(x, y int64) *uint64 {
	x, y = x-s.x, y-s.y
	if x < 0 || y < 0 || x >= int64(s.v.Width) || y >= int64(s.v.Height) {
		return nil
	}
	return &s.sum[y*int64(s.v.Width)+x]
}

// add adds to the number of a square.
func (s *screen) add(x, y int64, n uint64) {
	if sum := s.at(x, y); sum != nil {
		*sum += n
	}
}

// show adds the cells of a tile to the squares: at level 0 their states, else how many are
// not in state 0.
func (u *universe) show(s *screen, t *tile) {
	r, level := intersection(u.rect(t.at), s.rect()), uint(s.v.Level)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := u.now(t)[u.offset(life.Point{X: r.Min.X, Y: y}):][:r.Max.X-r.Min.X]
		if isZero(row) {
			continue
		}
		for x := r.Min.X; x < r.Max.X; {
			n := min(1<<level, r.Max.X-x)
			sum := uint64(row[0])
			if level > 0 {
				sum = uint64(population(row[:n]))
			}
			s.add(x>>level, y>>level, sum)
			row, x = row[n:], x+n
		}
	}
}
