package dense

import (
	"iter"
	"math/big"
	"math/bits"

	"golife/life"
)

// Population returns the number of live cells. The caller owns it. Cost: O(cells of
// the grid / 64).
func (e *Engine) Population() *big.Int {
	if e.cells == nil {
		return new(big.Int)
	}
	return new(big.Int).SetUint64(e.cells.population())
}

// Bounds returns the smallest rectangle that holds all live cells; the second
// result is false when there are none. Cost: O(cells of the grid / 64).
func (e *Engine) Bounds() (life.BigRect, bool) {
	if e.cells == nil {
		return life.BigRect{}, false
	}
	x0, y0, x1, y1, ok := e.cells.bounds()
	at := func(corner int64, i int) *big.Int { return big.NewInt(corner + int64(i)) }
	return life.BigRect{
		MinX: at(e.corner.X, x0), MinY: at(e.corner.Y, y0),
		MaxX: at(e.corner.X, x1), MaxY: at(e.corner.Y, y1),
	}, ok
}

// within returns the part of the stored cells that lies in r, half-open.
func (e *Engine) within(r life.Rect) (x0, y0, x1, y1 int) {
	if e.cells == nil || r.IsEmpty() {
		return 0, 0, 0, 0
	}
	b := e.stored()
	cut := func(v, lo, hi int64) int { return int(min(max(v, lo), hi) - lo) }
	return cut(r.Min.X, b.min.X, b.max.X), cut(r.Min.Y, b.min.Y, b.max.Y),
		cut(r.Max.X, b.min.X, b.max.X), cut(r.Max.Y, b.min.Y, b.max.Y)
}

// Cells yields the live cells inside r in row-major order. Cost: O(cells in the rows
// of r).
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		x0, y0, x1, y1 := e.within(r)
		if x0 >= x1 || y0 >= y1 {
			return
		}
		w, _ := e.cells.size()
		line := make([]uint64, (w+63)/64)
		for y := y0; y < y1; y++ {
			e.cells.line(y, line)
			for i, word := range line {
				for ; word != 0; word &= word - 1 {
					x := 64*i + bits.TrailingZeros64(word)
					if x < x0 || x >= x1 {
						continue
					}
					if !yield(life.Point{X: e.corner.X + int64(x), Y: e.corner.Y + int64(y)}, 1) {
						return
					}
				}
			}
		}
	}
}
