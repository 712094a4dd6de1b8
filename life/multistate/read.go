package multistate

import (
	"cmp"
	"iter"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"golife/life"
	"golife/life/internal/kernel"
)

// filled returns which cells of t that are on the grid are not in state 0.
func (u *universe) filled(t *tile) kernel.Tile {
	cells := *u.now(t)
	if t.mask() != nil {
		for y := range cells {
			cells[y] &= t.mask()[y]
		}
	}
	for i := range t.more {
		for y, row := range &t.more[i] {
			cells[y] |= row
		}
	}
	return cells
}

// population returns the number of cells of t that are not in state 0. It is kept
// until t is stepped or edited.
func (u *universe) population(t *tile) uint64 {
	if t.count < 0 {
		cells := u.filled(t)
		t.count = int32(kernel.TilePopulation(&cells))
	}
	return uint64(t.count)
}

// states writes the states of the cells of row y of t into dst; those in state 0 are left
// alone. filled says which are not.
func (u *universe) states(dst *[side]life.State, t *tile, y int, filled uint64) {
	for m := filled; m != 0; m &= m - 1 {
		x := bits.TrailingZeros64(m)
		dst[x&lastLine] = u.stateAt(t, x, y)
	}
}

// Population returns the number of cells that are not in state 0. The caller owns it.
// Cost: O(tiles), and some 100 ns for each that changed since it was asked last.
func (e *Engine) Population() *big.Int {
	var n uint64
	for t := range e.u.all {
		n += e.u.population(t)
	}
	return new(big.Int).SetUint64(n)
}

// Bounds returns the smallest rectangle that holds all cells that are not in state 0; the
// second result is false when there are none. Cost: O(tiles), and some 100 ns for each
// that is not within the bounds of those before.
func (e *Engine) Bounds() (life.BigRect, bool) {
	lo, hi := life.Point{X: math.MaxInt64, Y: math.MaxInt64}, life.Point{X: math.MinInt64, Y: math.MinInt64}
	for t := range e.u.all {
		x, y := t.at.X<<sideLog, t.at.Y<<sideLog
		if lo.X <= x && lo.Y <= y && hi.X >= x+side && hi.Y >= y+side {
			continue
		}
		cells := e.u.filled(t)
		x0, y0, x1, y1, ok := kernel.TileBounds(&cells)
		if !ok {
			continue
		}
		lo = life.Point{X: min(lo.X, x+int64(x0)), Y: min(lo.Y, y+int64(y0))}
		hi = life.Point{X: max(hi.X, x+int64(x1)), Y: max(hi.Y, y+int64(y1))}
	}
	if lo.X > hi.X {
		return life.BigRect{}, false
	}
	return life.BigRect{
		MinX: big.NewInt(lo.X), MinY: big.NewInt(lo.Y),
		MaxX: big.NewInt(hi.X), MaxY: big.NewInt(hi.Y),
	}, true
}

// Snapshot returns the present universe as a pattern. Cost: O(tiles + population).
func (e *Engine) Snapshot() *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.generation)
	for t := range e.u.all {
		cells := e.u.filled(t)
		x, y := t.at.X<<sideLog, t.at.Y<<sideLog
		for i, row := range cells {
			switch {
			case row == 0:
			case e.rule.States() == 2:
				b.SetRow64(x, y+int64(i), row)
			default:
				var states [side]life.State
				e.u.states(&states, t, i, row)
				b.SetStates(x, y+int64(i), states[:])
			}
		}
	}
	return b.Pattern()
}

// within returns the tiles with cells in r, row by row, from west to east. Cost: O(tiles
// that fit into r), or O(tiles) when that is less, and sorting.
func (u *universe) within(r life.Rect) (found []*tile) {
	if r.IsEmpty() {
		return nil
	}
	x0, x1 := r.Min.X>>sideLog, (r.Max.X-1)>>sideLog
	y0, y1 := r.Min.Y>>sideLog, (r.Max.Y-1)>>sideLog
	if w, h := uint64(x1-x0+1), uint64(y1-y0+1); w <= 1<<24 && h <= 1<<24 && w*h <= uint64(len(u.index)) {
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				if t := u.index[life.Point{X: x, Y: y}]; t != nil {
					found = append(found, t)
				}
			}
		}
		return found
	}
	for t := range u.all {
		if t.at.X >= x0 && t.at.X <= x1 && t.at.Y >= y0 && t.at.Y <= y1 {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(s, t *tile) int {
		return cmp.Or(cmp.Compare(s.at.Y, t.at.Y), cmp.Compare(s.at.X, t.at.X))
	})
	return found
}

// Cells yields the cells inside r that are not in state 0 in row-major order. Cost:
// O(cells + 64 · tiles in r), and O(tiles) at most for finding them.
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		tiles := e.u.within(r)
		var cells []kernel.Tile
		for len(tiles) > 0 {
			n := 1
			for n < len(tiles) && tiles[n].at.Y == tiles[0].at.Y {
				n++
			}
			cells = cells[:0]
			for _, t := range tiles[:n] {
				cells = append(cells, e.u.filled(t))
			}
			if !e.u.yieldRows(tiles[:n], cells, r, yield) {
				return
			}
			tiles = tiles[n:]
		}
	}
}

// yieldRows yields the cells of one row of tiles.
func (u *universe) yieldRows(tiles []*tile, cells []kernel.Tile, r life.Rect, yield func(life.Point, life.State) bool) bool {
	for i := range side {
		y := tiles[0].at.Y<<sideLog + int64(i)
		if y < r.Min.Y || y >= r.Max.Y {
			continue
		}
		for j, t := range tiles {
			for m := cells[j][i]; m != 0; m &= m - 1 {
				bit := bits.TrailingZeros64(m)
				x := t.at.X<<sideLog + int64(bit)
				if x >= r.Min.X && x < r.Max.X && !yield(life.Point{X: x, Y: y}, u.stateAt(t, bit, i)) {
					return false
				}
			}
		}
	}
	return true
}
