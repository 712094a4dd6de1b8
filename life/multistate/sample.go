package multistate

import (
	"math/big"
	"math/bits"

	"golife/life"
)

// Sample writes the density of each square of v into dst, at level 0 the states of the
// cells; see life.Sampler. Cost: O(screen) below level 6, where a square is a tile. From
// there on O(screen + tiles), and some 100 ns for each tile that changed since.
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
	if v.Level >= sideLog {
		for t := range e.u.all {
			up := uint(v.Level - sideLog)
			s.add(t.at.X>>up, t.at.Y>>up, e.u.population(t))
		}
	} else {
		for _, t := range e.u.within(s.rect()) {
			if v.Level == 0 {
				e.u.show(&s, t)
			} else {
				e.u.count(&s, t)
			}
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

// rect returns the cells of a view of a level below 6.
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

// show writes the states of a tile's cells to the screen.
func (u *universe) show(s *screen, t *tile) {
	x, y := t.at.X<<sideLog, t.at.Y<<sideLog
	for i, row := range u.filled(t) {
		for ; row != 0; row &= row - 1 {
			bit := bits.TrailingZeros64(row)
			s.add(x+int64(bit), y+int64(i), uint64(u.stateAt(t, bit, i)))
		}
	}
}

// count adds the cells of a tile to the squares, of a level from 1 to 5.
func (u *universe) count(s *screen, t *tile) {
	level := uint(s.v.Level)
	x, y := t.at.X<<(sideLog-level), t.at.Y<<(sideLog-level)
	for i, row := range u.filled(t) {
		for row != 0 {
			square := uint(bits.TrailingZeros64(row)) >> level
			mask := (uint64(1)<<(1<<level) - 1) << (square << level)
			s.add(x+int64(square), y+int64(i>>level), uint64(bits.OnesCount64(row&mask)))
			row &^= mask
		}
	}
}
