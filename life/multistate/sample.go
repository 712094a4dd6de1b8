package multistate

import (
	"math/bits"

	"golife/life"
)

// Sample writes the density of each square of v into dst, at level 0 the states of the
// cells; see life.Sampler. Cost: O(screen) below level 6, where a square is a tile. From
// there on O(screen + tiles), and some 100 ns for each tile that changed since.
func (e *Engine) Sample(v life.View, dst []uint8) {
	clear(dst)
	s, ok := life.NewRaster(v, limit)
	if !ok || len(dst) != v.Width*v.Height {
		return
	}
	if v.Level >= sideLog {
		for t := range e.u.all {
			up := uint(v.Level - sideLog)
			s.Add(t.at.X>>up, t.at.Y>>up, e.u.population(t))
		}
	} else {
		for _, t := range e.u.within(s.Rect()) {
			if v.Level == 0 {
				e.u.show(s, t)
			} else {
				e.u.count(s, uint(v.Level), t)
			}
		}
	}
	s.Write(dst)
}

// show writes the states of a tile's cells.
func (u *universe) show(s *life.Raster, t *tile) {
	x, y := t.at.X<<sideLog, t.at.Y<<sideLog
	for i, row := range u.filled(t) {
		for ; row != 0; row &= row - 1 {
			bit := bits.TrailingZeros64(row)
			s.Add(x+int64(bit), y+int64(i), uint64(u.stateAt(t, bit, i)))
		}
	}
}

// count adds the cells of a tile to the squares, of a level from 1 to 5.
func (u *universe) count(s *life.Raster, level uint, t *tile) {
	x, y := t.at.X<<(sideLog-level), t.at.Y<<(sideLog-level)
	for i, row := range u.filled(t) {
		for row != 0 {
			square := uint(bits.TrailingZeros64(row)) >> level
			mask := (uint64(1)<<(1<<level) - 1) << (square << level)
			s.Add(x+int64(square), y+int64(i>>level), uint64(bits.OnesCount64(row&mask)))
			row &^= mask
		}
	}
}
