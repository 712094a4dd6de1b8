package tile

import (
	"math/big"
	"math/bits"

	"golife/life"
	"golife/life/internal/kernel"
)

// baseLevel is the lowest level of the pyramid. Below it, a screen of squares
// has few enough tiles to count their cells.
const baseLevel = 6

// pyramid holds populations of squares of 2^level cells, level by level from
// baseLevel, of one generation. It is empty when nothing was built.
type pyramid struct {
	generation *big.Int
	levels     []map[life.Point]uint64
}

func (p *pyramid) bytes() (n int64) {
	for _, m := range p.levels {
		n += 48 * int64(len(m))
	}
	return n
}

// Sample writes the density of each square of v into dst, see life.Sampler. Cost:
// O(screen) below level 6. From there on O(screen), and for the first view
// of a generation O(tiles).
func (e *Engine) Sample(v life.View, dst []uint8) {
	clear(dst)
	area := v.Width * v.Height
	if area == 0 || len(dst) != area {
		return
	}
	x, y, ok := corner(v)
	if !ok {
		return
	}
	if v.Level >= baseLevel {
		e.sampleWide(v, x, y, dst)
		return
	}
	sum := make([]uint32, area)
	e.count(v, x, y, sum)
	for i, n := range sum {
		if v.Level == 0 {
			dst[i] = uint8(n)
		} else {
			dst[i] = life.Density(uint64(n), v.Level)
		}
	}
}

// corner returns the number of the view's north-west square. ok is false where
// no engine has cells, or the view is too wide for them to be told apart.
func corner(v life.View) (x, y int64, ok bool) {
	bx := new(big.Int).Rsh(v.X, uint(v.Level))
	by := new(big.Int).Rsh(v.Y, uint(v.Level))
	const most = 1<<62 + 1<<60
	if !bx.IsInt64() || !by.IsInt64() {
		return 0, 0, false
	}
	x, y = bx.Int64(), by.Int64()
	return x, y, max(x, -x, y, -y) <= most
}

// count adds the live cells of each square of v, level < 6, to sum.
func (e *Engine) count(v life.View, x, y int64, sum []uint32) {
	level := uint(v.Level)
	far, width, height := int64(limit)>>level+1, int64(v.Width), int64(v.Height)
	if x > far || y > far || x < -far-width || y < -far-height {
		return
	}
	r := life.Rt(x<<level, y<<level, width<<level, height<<level)
	var buf kernel.Tile
	var room [inner>>pieceLevel + 2]piece
	for _, t := range e.within(r) {
		cells := e.view(t, &buf)
		west, top := t.x*inner, t.y*inner
		if level >= pieceLevel {
			pieces := cutRows(room[:0], west, level, x, width)
			countPieces(cells[rim:rim+inner], pieces, top, level, y, height, width, sum)
			continue
		}
		for i := range int64(inner) {
			row := cells[rim+i] >> rim
			sy := (top+i)>>level - y
			if row == 0 || sy < 0 || sy >= height {
				continue
			}
			countRow(row, west, level, x, sum[sy*width:][:width])
		}
	}
}

// countPieces adds the cells of a tile's rows, from row top on, to the squares of a
// view whose first line is y: those of a piece in one square together.
func countPieces(rows []uint64, pieces []piece, top int64, level uint, y, height, width int64, sum []uint32) {
	for len(rows) > 0 {
		sy := top >> level
		n := min((sy+1)<<level-top, int64(len(rows)))
		if line := sy - y; line >= 0 && line < height {
			for _, p := range pieces {
				count := 0
				for _, row := range rows[:n] {
					count += bits.OnesCount64(row & p.mask)
				}
				sum[line*width+p.square] += uint32(count)
			}
		}
		top, rows = top+n, rows[n:]
	}
}

// pieceLevel is the level from which the squares of a row are so few that it pays to
// find them once for a tile.
const pieceLevel = 3

// piece is the part of a tile's rows that lies in one square of a line.
type piece struct {
	mask   uint64 // of a row with its rim
	square int64
}

// cutRows appends the pieces of the rows that begin at cell west, in squares counted
// from square x, as far as they are among the first width.
func cutRows(dst []piece, west int64, level uint, x, width int64) []piece {
	for at := int64(0); at < inner; {
		square := (west + at) >> level
		end := min((square+1)<<level-west, inner)
		if i := square - x; i >= 0 && i < width {
			dst = append(dst, piece{(1<<uint(end-at) - 1) << uint(rim+at), i})
		}
		at = end
	}
	return dst
}

// countRow adds the cells of row, which begins at cell west, to the squares of
// one line, which begins at square x.
func countRow(row uint64, west int64, level uint, x int64, line []uint32) {
	for row != 0 {
		at := bits.TrailingZeros64(row)
		square := (west + int64(at)) >> level
		end := (square+1)<<level - west // the first cell of the next square
		in := row & (1<<uint(end) - 1)
		if end >= 64 {
			in = row
		}
		row &^= in
		if i := square - x; i >= 0 && i < int64(len(line)) {
			line[i] += uint32(bits.OnesCount64(in))
		}
	}
}

// sampleWide draws views from level 6 on. The first view of a generation is made
// tile by tile; the pyramid is worth building when there is a second one.
func (e *Engine) sampleWide(v life.View, x, y int64, dst []uint8) {
	now := e.Generation()
	p := &e.pyramid
	if p.generation == nil || p.generation.Cmp(now) != 0 {
		*p = pyramid{generation: now}
		e.sampleTiles(v, x, y, dst)
		return
	}
	m := e.level(v.Level)
	if len(m) < len(dst) {
		for q, n := range m {
			if i, j := q.X-x, q.Y-y; i >= 0 && i < int64(v.Width) && j >= 0 && j < int64(v.Height) {
				dst[j*int64(v.Width)+i] = life.Density(n, v.Level)
			}
		}
		return
	}
	for j := range v.Height {
		for i := range v.Width {
			n := m[life.Point{X: x + int64(i), Y: y + int64(j)}]
			dst[j*v.Width+i] = life.Density(n, v.Level)
		}
	}
}

// sampleTiles draws a view by going through all tiles.
func (e *Engine) sampleTiles(v life.View, x, y int64, dst []uint8) {
	sum := make([]uint64, len(dst))
	e.squares(uint(v.Level), func(q life.Point, n uint64) {
		if i, j := q.X-x, q.Y-y; i >= 0 && i < int64(v.Width) && j >= 0 && j < int64(v.Height) {
			sum[j*int64(v.Width)+i] += n
		}
	})
	for i, n := range sum {
		dst[i] = life.Density(n, v.Level)
	}
}

// squares calls f with the squares, level ≥ 6, that have cells of a tile, and their
// number, for each tile. There are one, two or four for each.
func (e *Engine) squares(level uint, f func(q life.Point, n uint64)) {
	var buf kernel.Tile
	for t := range e.tiles {
		cells := e.view(t, &buf)
		west, top := t.x*inner, t.y*inner
		x0, y0 := west>>level, top>>level
		// How many columns and rows lie in the square of the north-west cell.
		cols, rows := int64(inner), int64(inner)
		if x1 := (west + inner - 1) >> level; x1 != x0 {
			cols = x1<<level - west
		}
		if y1 := (top + inner - 1) >> level; y1 != y0 {
			rows = y1<<level - top
		}
		mask := (uint64(1)<<cols - 1) << rim
		for j, part := range [2][]uint64{cells[rim : rim+rows], cells[rim+rows : side-rim]} {
			var a, b uint64
			for _, row := range part {
				a += uint64(bits.OnesCount64(row & mask))
				b += uint64(bits.OnesCount64(row &^ mask))
			}
			if a != 0 {
				f(life.Point{X: x0, Y: y0 + int64(j)}, a)
			}
			if b != 0 {
				f(life.Point{X: x0 + 1, Y: y0 + int64(j)}, b)
			}
		}
	}
}

// level returns the populations of the squares of a level ≥ 6, and builds what is
// missing of the pyramid.
func (e *Engine) level(level int) map[life.Point]uint64 {
	p := &e.pyramid
	level = min(level, baseLevel+64)
	for len(p.levels) <= level-baseLevel {
		m := map[life.Point]uint64{}
		if len(p.levels) == 0 {
			e.squares(baseLevel, func(q life.Point, n uint64) { m[q] += n })
		} else {
			for q, n := range p.levels[len(p.levels)-1] {
				m[life.Point{X: q.X >> 1, Y: q.Y >> 1}] += n
			}
		}
		p.levels = append(p.levels, m)
	}
	return p.levels[level-baseLevel]
}
