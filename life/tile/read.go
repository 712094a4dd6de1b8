package tile

import (
	"iter"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"golife/life"
	"golife/life/internal/kernel"
)

// view returns the own cells of t at the present generation, in their places in
// the 64×64 square. What is not there is zero in own rows and undefined in the
// others. buf may be overwritten and returned.
//
// The odd generation needs no tiles of its own: where there is no tile, there is
// nothing within two cells either, and so nothing is born.
func (e *Engine) view(t *tile, buf *kernel.Tile) *kernel.Tile {
	if e.u.isOdd {
		first, _ := e.networks()
		first.StepRows(buf[1:side-1], e.u.cells(t)[:])
	} else {
		*buf = *e.u.cells(t)
	}
	for y := rim; y < side-rim; y++ {
		buf[y] &= ownBits
	}
	return buf
}

// sincePass returns how many generations the present one is away from the last pass.
func (u *universe) sincePass() int64 {
	if u.isOdd {
		return 1
	}
	return 0
}

// tiles yields all tiles of the present generation, those of the ships too.
func (e *Engine) tiles(yield func(*tile) bool) {
	for _, t := range e.u.all {
		if !yield(t) {
			return
		}
	}
	for _, t := range e.u.airborne().all {
		if !yield(t) {
			return
		}
	}
}

// airborne returns a universe of the ships alone. They have tiles of their own
// there: no tile of u is near one. Cost: O(ships).
func (u *universe) airborne() *universe {
	if len(u.ships) == 0 {
		return &universe{}
	}
	s := newUniverse(u.generation)
	s.clock = u.clock
	for i := range u.ships {
		s.land(&u.ships[i])
	}
	return s
}

// Population returns the number of live cells. The caller owns it. Cost: O(tiles).
func (e *Engine) Population() *big.Int {
	var buf kernel.Tile
	n := 0
	for _, t := range e.u.all {
		for _, row := range e.view(t, &buf)[rim : side-rim] {
			n += bits.OnesCount64(row)
		}
	}
	for i := range e.u.ships {
		n += e.u.ships[i].live(e.u.clock, e.u.sincePass())
	}
	return big.NewInt(int64(n))
}

// Bounds returns the smallest rectangle that holds all live cells; the second
// result is false when there are none. Cost: O(tiles).
func (e *Engine) Bounds() (life.BigRect, bool) {
	lo, hi := life.Point{X: math.MaxInt64, Y: math.MaxInt64}, life.Point{X: math.MinInt64, Y: math.MinInt64}
	grow := func(b box) {
		lo = life.Point{X: min(lo.X, b.x0), Y: min(lo.Y, b.y0)}
		hi = life.Point{X: max(hi.X, b.x1), Y: max(hi.Y, b.y1)}
	}
	var buf kernel.Tile
	for _, t := range e.u.all {
		v := e.view(t, &buf)
		clear(v[:rim])
		clear(v[side-rim:])
		if x0, y0, x1, y1, ok := kernel.TileBounds(v); ok {
			x, y := t.x*inner-rim, t.y*inner-rim
			grow(box{x + int64(x0), y + int64(y0), x + int64(x1), y + int64(y1)})
		}
	}
	for i := range e.u.ships {
		grow(e.u.ships[i].in(e.u.clock, e.u.sincePass()))
	}
	if lo.X > hi.X {
		return life.BigRect{}, false
	}
	return life.BigRect{
		MinX: big.NewInt(lo.X), MinY: big.NewInt(lo.Y),
		MaxX: big.NewInt(hi.X), MaxY: big.NewInt(hi.Y),
	}, true
}

// Snapshot returns the present universe as a pattern. Cost: O(tiles).
func (e *Engine) Snapshot() *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.Generation())
	var buf kernel.Tile
	for t := range e.tiles {
		v := e.view(t, &buf)
		x, y := t.x*inner, t.y*inner-rim
		at := int(x & 63)
		for i := rim; i < side-rim; i++ {
			row := v[i] >> rim
			b.SetRow64(x&^63, y+int64(i), row<<at)
			if at > side-inner {
				b.SetRow64(x&^63+64, y+int64(i), row>>(64-at))
			}
		}
	}
	return b.Pattern()
}

// span returns the first and the last tile that hold cells lo ≤ v < hi of an axis.
func span(lo, hi int64) (first, last int64) {
	first, _ = split(max(lo, -limit-inner*2))
	last, _ = split(min(hi, limit+inner*2) - 1)
	return first, last
}

// within returns the tiles with own cells in r, row by row, from west to east.
// Cost: O(tiles in r), or O(tiles) when that is less or there are ships, and sorting.
func (e *Engine) within(r life.Rect) []*tile {
	if r.IsEmpty() {
		return nil
	}
	x0, x1 := span(r.Min.X, r.Max.X)
	y0, y1 := span(r.Min.Y, r.Max.Y)
	var found []*tile
	u := e.u
	if x1 < x0 || y1 < y0 {
		return nil
	}
	if w, h := uint64(x1-x0+1), uint64(y1-y0+1); w <= 1<<24 && h <= 1<<24 && w*h <= uint64(u.count) && len(u.ships) == 0 {
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				if k := u.find(x, y); k != 0 {
					found = append(found, u.at(k))
				}
			}
		}
		return found
	}
	for t := range e.tiles {
		if t.x >= x0 && t.x <= x1 && t.y >= y0 && t.y <= y1 {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(s, t *tile) int {
		if s.y != t.y {
			return compare(s.y, t.y)
		}
		return compare(s.x, t.x)
	})
	return found
}

func compare(a, b int64) int {
	if a < b {
		return -1
	}
	return 1
}

// Cells yields the live cells inside r in row-major order. Cost: O(cells + tiles
// in r · 60), and O(tiles) at most for finding them.
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		tiles := e.within(r)
		var row []kernel.Tile
		for len(tiles) > 0 {
			m := 1
			for m < len(tiles) && tiles[m].y == tiles[0].y {
				m++
			}
			row = slices.Grow(row[:0], m)[:m]
			for i, t := range tiles[:m] {
				e.view(t, &row[i])
			}
			if !yieldRows(tiles[:m], row, r, yield) {
				return
			}
			tiles = tiles[m:]
		}
	}
}

// yieldRows yields the cells of one row of tiles.
func yieldRows(tiles []*tile, cells []kernel.Tile, r life.Rect, yield func(life.Point, life.State) bool) bool {
	top := tiles[0].y*inner - rim
	for i := rim; i < side-rim; i++ {
		y := top + int64(i)
		if y < r.Min.Y || y >= r.Max.Y {
			continue
		}
		for j, t := range tiles {
			west := t.x*inner - rim
			for m := cells[j][i]; m != 0; m &= m - 1 {
				x := west + int64(bits.TrailingZeros64(m))
				if x < r.Min.X || x >= r.Max.X {
					continue
				}
				if !yield(life.Point{X: x, Y: y}, 1) {
					return false
				}
			}
		}
	}
	return true
}
