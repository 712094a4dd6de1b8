package wide

import (
	"encoding/binary"
	"iter"
	"math/big"
	"math/bits"

	"golife/life"
)

// population returns the number of cells of t that are not in state 0. It is kept until t
// is stepped or edited.
func (u *universe) population(t *tile) int64 {
	if t.count < 0 {
		t.count = 0
		if cells := u.now(t); cells != nil {
			t.count = int64(population(cells))
		}
	}
	return t.count
}

// population returns how many cells are not in state 0.
func population(cells []uint8) (n int) {
	const low = 0x7f7f7f7f7f7f7f7f
	for ; len(cells) >= 8; cells = cells[8:] {
		v := binary.LittleEndian.Uint64(cells)
		n += bits.OnesCount64(((v&low + low) | v) &^ low)
	}
	for _, s := range cells {
		if s != 0 {
			n++
		}
	}
	return n
}

// Population returns the number of cells that are not in state 0. The caller owns it.
// Cost: O(tiles), and O(cells) for each that changed since it was asked last.
func (e *Engine) Population() *big.Int {
	var n int64
	for _, t := range e.u.index {
		n += e.u.population(t)
	}
	return big.NewInt(n)
}

// Bounds returns the smallest rectangle that holds all cells that are not in state 0; the
// second result is false when there are none. Cost: O(tiles), and O(cells) for each that is
// not within the bounds of those before.
func (e *Engine) Bounds() (life.BigRect, bool) {
	all := life.Rect{}
	for at, t := range e.u.index {
		if r := e.u.rect(at); t.cells[0] != nil && (all.IsEmpty() || intersection(r, all) != r) {
			all = union(all, e.u.bounds(t))
		}
	}
	if all.IsEmpty() {
		return life.BigRect{}, false
	}
	return life.BigRect{
		MinX: big.NewInt(all.Min.X), MinY: big.NewInt(all.Min.Y),
		MaxX: big.NewInt(all.Max.X), MaxY: big.NewInt(all.Max.Y),
	}, true
}

// Snapshot returns the present universe as a pattern. Cost: O(cells of tiles).
func (e *Engine) Snapshot() *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.generation)
	side := e.u.side()
	states := make([]life.State, side)
	for _, t := range e.u.ordered() {
		cells, at := e.u.now(t), e.u.rect(t.at).Min
		for y := range side {
			row := cells[y*side:][:side]
			if isZero(row) {
				continue
			}
			if e.rule.States() == 2 {
				for x := 0; x < side; x += 64 {
					b.SetRow64(at.X+int64(x), at.Y+int64(y), packed(row[x:]))
				}
				continue
			}
			for x, s := range row {
				states[x] = life.State(s)
			}
			b.SetStates(at.X, at.Y+int64(y), states)
		}
	}
	return b.Pattern()
}

// packed returns 64 cells in state 0 or 1 as bits.
func packed(cells []uint8) (word uint64) {
	const gather = 0x0102040810204080 // moves bit 8i to bit 56+i
	for i := range 8 {
		word |= binary.LittleEndian.Uint64(cells[8*i:]) * gather >> 56 << (8 * i)
	}
	return word
}

// within returns the tiles with cells in r, row by row, from west to east. Cost: O(tiles
// that fit into r), or O(tiles) when that is less, and sorting.
func (u *universe) within(r life.Rect) (found []*tile) {
	if r.IsEmpty() {
		return nil
	}
	x0, x1 := r.Min.X>>u.log, (r.Max.X-1)>>u.log
	y0, y1 := r.Min.Y>>u.log, (r.Max.Y-1)>>u.log
	if w, h := uint64(x1-x0+1), uint64(y1-y0+1); w <= 1<<24 && h <= 1<<24 && w*h <= uint64(len(u.index)) {
		u.each(r, func(at life.Point) {
			if t := u.find(at); t != nil && t.cells[0] != nil {
				found = append(found, t)
			}
		})
		return found
	}
	for _, t := range u.ordered() {
		if t.at.X >= x0 && t.at.X <= x1 && t.at.Y >= y0 && t.at.Y <= y1 {
			found = append(found, t)
		}
	}
	return found
}

// Cells yields the cells inside r that are not in state 0 in row-major order. Cost:
// O(cells of tiles in r), and O(tiles) at most for finding them.
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		tiles := e.u.within(r)
		for len(tiles) > 0 {
			n := 1
			for n < len(tiles) && tiles[n].at.Y == tiles[0].at.Y {
				n++
			}
			if !e.u.yieldRows(tiles[:n], r, yield) {
				return
			}
			tiles = tiles[n:]
		}
	}
}

// yieldRows yields the cells of one row of tiles.
func (u *universe) yieldRows(tiles []*tile, r life.Rect, yield func(life.Point, life.State) bool) bool {
	rows := intersection(u.rect(tiles[0].at), life.Rect{Min: life.Point{X: -limit, Y: r.Min.Y}, Max: life.Point{X: limit, Y: r.Max.Y}})
	for y := rows.Min.Y; y < rows.Max.Y; y++ {
		for _, t := range tiles {
			part := intersection(u.rect(t.at), r)
			from := u.offset(life.Point{X: part.Min.X, Y: y})
			row := u.now(t)[from:][:part.Max.X-part.Min.X]
			if isZero(row) {
				continue
			}
			for i, s := range row {
				if s != 0 && !yield(life.Point{X: part.Min.X + int64(i), Y: y}, life.State(s)) {
					return false
				}
			}
		}
	}
	return true
}
