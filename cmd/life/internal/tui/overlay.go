package tui

import (
	"math/big"

	"golife/life"
	"golife/life/view"
)

// The colours of what is drawn over the picture.
const (
	outsideRGB  = 0x2A2F3A // beyond the edge of a bounded grid
	selectedRGB = 0x264F78
	cursorRGB   = 0xFFD166
	pasteRGB    = 0x7BD88F
	windowRGB   = 0x3A5A78 // where the screen is, on the map
)

// span is a range of columns or rows of the screen, half-open.
type span struct{ from, to int }

// onScreen returns where a rectangle of cells is on the screen, in characters.
func (m *model) onScreen(r life.BigRect, columns, rows int) (x, y span) {
	return spanIn(m.camera, m.glyphs, r, columns, rows)
}

// spanIn returns which of columns × rows characters show a rectangle of cells.
func spanIn(c view.Camera, g view.Glyphs, r life.BigRect, columns, rows int) (x, y span) {
	x0, y0, x1, y1 := c.Span(r)
	dx, dy := g.Dots(1, 1) // of a glyph
	fromX, fromY := g.Character(x0, y0)
	toX, toY := g.Character(x1+dx-1, y1+dy-1)
	if x0 >= x1 {
		toX = fromX
	}
	if y0 >= y1 {
		toY = fromY
	}
	return span{min(fromX, columns), min(toX, columns)}, span{min(fromY, rows), min(toY, rows)}
}

func bigRect(r life.Rect) life.BigRect {
	return life.BigRect{MinX: big64(r.Min.X), MinY: big64(r.Min.Y), MaxX: big64(r.Max.X), MaxY: big64(r.Max.Y)}
}

// overlay draws over the picture's characters, columns × rows of them: the outside
// of a grid, the selection, what is being placed, the cursor, and at the rim where
// life is beyond the screen.
func (d *drawer) overlay(m *model, cells []view.Cell, columns, rows int) {
	depth := d.painter.Palette.Depth()
	at := func(x, y int) *view.Cell { return &cells[y*columns+x] }
	fill := func(sx, sy span, paint func(*view.Cell)) {
		for y := sy.from; y < sy.to; y++ {
			for x := sx.from; x < sx.to; x++ {
				paint(at(x, y))
			}
		}
	}
	back := func(rgb int32) func(*view.Cell) {
		return func(c *view.Cell) { d.tint(c, depth, rgb) }
	}
	if g, ok := gridRect(m.rule()); ok {
		sx, sy := m.onScreen(g, columns, rows)
		all := span{0, columns}
		outside := func(c *view.Cell) { d.outside(c, depth) }
		fill(all, span{0, min(sy.from, rows)}, outside)
		fill(all, span{max(sy.to, 0), rows}, outside)
		fill(span{0, min(sx.from, columns)}, sy, outside)
		fill(span{max(sx.to, 0), columns}, sy, outside)
	}
	if m.selection != nil {
		sx, sy := m.onScreen(bigRect(*m.selection), columns, rows)
		fill(sx, sy, back(selectedRGB))
	}
	if m.paste != nil {
		d.pastePreview(m, columns, rows, fill)
	}
	if m.editing && m.paste == nil {
		one := life.Rect{Min: m.cursor, Max: m.cursor.Add(life.Point{X: 1, Y: 1})}
		sx, sy := m.onScreen(bigRect(one), columns, rows)
		fill(sx, sy, func(c *view.Cell) { d.markCell(c, depth, cursorRGB) })
	}
	d.indicators(m, at, columns, rows)
	d.minimap(m, at, columns)
}

// outside draws a character beyond the edge of a grid.
func (d *drawer) outside(c *view.Cell, depth view.Depth) {
	bg := d.painter.Palette.Background()
	*c = view.Cell{Rune: '░', Fg: depth.At(view.RGB(outsideRGB * 2)), Bg: bg}
	if d.painter.Glyphs == view.ASCII {
		c.Rune = ':'
	}
	if depth == view.Mono {
		c.Fg = view.Default
	}
}

// tint gives a character's dead part a colour. Without colours dead cells become
// dots.
func (d *drawer) tint(c *view.Cell, depth view.Depth, rgb int32) {
	if depth == view.Mono {
		if c.Rune == ' ' {
			c.Rune = '.'
		}
		return
	}
	bg := d.painter.Palette.Background()
	color := depth.At(view.RGB(rgb))
	if c.Bg == bg {
		c.Bg = color
	}
	if c.Fg == bg {
		c.Fg = color
	}
}

// markCell marks a character so that it can be told whether its cell is alive.
func (d *drawer) markCell(c *view.Cell, depth view.Depth, rgb int32) {
	dead := c.Rune == ' '
	if depth == view.Mono {
		c.Rune = '#'
		if dead {
			c.Rune = '+'
		}
		return
	}
	d.tint(c, depth, rgb)
}

// pastePreview draws the cells of what is being placed, on a ground that tells how
// far it reaches.
func (d *drawer) pastePreview(m *model, columns, rows int, fill func(sx, sy span, paint func(*view.Cell))) {
	depth, p := d.painter.Palette.Depth(), m.paste
	sx, sy := m.onScreen(bigRect(life.Rt(p.at.X, p.at.Y, p.w, p.h)), columns, rows)
	fill(sx, sy, func(c *view.Cell) { d.tint(c, depth, selectedRGB) })
	visible, atX, atY := shown(m.camera), big64(p.at.X), big64(p.at.Y)
	for _, side := range []struct{ v, by *big.Int }{{visible.MinX, atX}, {visible.MaxX, atX}, {visible.MinY, atY}, {visible.MaxY, atY}} {
		side.v.Sub(side.v, side.by) // shown has made them
	}
	drawn := 0
	for c := range p.pattern.Cells(visible.Clip()) {
		if drawn++; drawn > 4*columns*rows {
			return // far out, the ground alone tells where it is
		}
		at := c.Add(p.at)
		sx, sy := m.onScreen(bigRect(life.Rect{Min: at, Max: at.Add(life.Point{X: 1, Y: 1})}), columns, rows)
		fill(sx, sy, func(c *view.Cell) {
			color := depth.At(view.RGB(pasteRGB))
			*c = view.Cell{Rune: ' ', Fg: color, Bg: color}
			if depth == view.Mono {
				*c = view.Cell{Rune: '@', Fg: view.Default, Bg: view.Default}
			}
		})
	}
}

// arrows point to life beyond the screen: west, east, north, south.
var (
	arrows      = [4]rune{'◀', '▶', '▲', '▼'}
	asciiArrows = [4]rune{'<', '>', '^', 'v'}
)

// indicators draws an arrow at each side of the screen beyond which there is life,
// and how many cells it is away, or goes on when a part of it is on the screen.
func (d *drawer) indicators(m *model, at func(x, y int) *view.Cell, columns, rows int) {
	if m.frame == nil || !m.frame.alive || columns < 5 || rows < 5 {
		return
	}
	b, s := m.frame.bounds, shown(m.camera)
	x, y := m.onScreen(b, columns, rows)
	middle := func(s span, n int) int { return min(max((max(s.from, 0)+min(s.to, n))/2, 1), n-2) }
	midX, midY := middle(x, columns), middle(y, rows)
	w := indicator{d: d, at: at, columns: columns, runes: arrows, fg: d.painter.Palette.Depth().At(view.RGB(cursorRGB))}
	if d.painter.Glyphs == view.ASCII {
		w.runes = asciiArrows
	}
	if d.painter.Palette.Depth() == view.Mono {
		w.fg = view.Default
	}
	w.draw(0, midY, 0, beyond(b.MinX, b.MaxX, s.MinX, -1))
	w.draw(columns-1, midY, 1, beyond(b.MaxX, b.MinX, s.MaxX, 1))
	w.draw(midX, 0, 2, beyond(b.MinY, b.MaxY, s.MinY, -1))
	w.draw(midX, rows-1, 3, beyond(b.MaxY, b.MinY, s.MaxY, 1))
}

// beyond returns how far life reaches over an edge of the screen outwards (by sign),
// given its far and near ends that way; or when all of it is there, how far away it
// begins. It is nil when there is nothing.
func beyond(far, near, edge *big.Int, sign int) *big.Int {
	if far.Cmp(edge) != sign {
		return nil
	}
	to := far
	if near.Cmp(edge) == sign {
		to = near
	}
	n := new(big.Int).Sub(to, edge)
	return n.Abs(n)
}

// indicator draws arrows with numbers.
type indicator struct {
	d       *drawer
	at      func(x, y int) *view.Cell
	columns int
	runes   [4]rune
	fg      view.Color
}

// farDigits is the longest distance that is written with all digits.
const farDigits = 6

// draw draws the arrow of a side, with n behind it where there is room.
func (w indicator) draw(x, y, side int, n *big.Int) {
	if n == nil {
		return
	}
	put := func(x int, r rune) {
		*w.at(x, y) = view.Cell{Rune: r, Fg: w.fg, Bg: w.d.painter.Palette.Background()}
	}
	put(x, w.runes[side])
	text := view.Number(n, farDigits)
	if n.Sign() == 0 || len(text)+10 > w.columns {
		return
	}
	from := x + 1
	if text += " "; from+len(text) > w.columns {
		text = " " + text[:len(text)-1]
		from = x - len(text)
	}
	for i, r := range text {
		put(from+i, r)
	}
}
