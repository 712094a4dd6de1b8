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
)

// span is a range of columns or rows of the screen, half-open.
type span struct{ from, to int }

// onScreen returns where a rectangle of cells is on the screen, in characters.
func (m *model) onScreen(r life.BigRect, columns, rows int) (x, y span) {
	x0, y0, x1, y1 := m.camera.Span(r)
	dx, dy := m.glyphs.Dots(1, 1) // of a glyph
	fromX, fromY := m.glyphs.Character(x0, y0)
	toX, toY := m.glyphs.Character(x1+dx-1, y1+dy-1)
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
	west, north := m.camera.ToCell(0, 0)
	east, south := m.camera.ToCell(m.glyphs.Dots(columns, rows))
	visible := life.Rect{
		Min: life.Point{X: clamp(west) - p.at.X, Y: clamp(north) - p.at.Y},
		Max: life.Point{X: clamp(east) - p.at.X + 1, Y: clamp(south) - p.at.Y + 1},
	}
	shown := 0
	for c := range p.pattern.Cells(visible) {
		if shown++; shown > 4*columns*rows {
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

// indicators draws an arrow at each side of the screen beyond which there is life.
func (d *drawer) indicators(m *model, at func(x, y int) *view.Cell, columns, rows int) {
	if m.frame == nil || !m.frame.alive || columns < 5 || rows < 5 {
		return
	}
	b := m.frame.bounds
	west, north := m.camera.ToCell(0, 0)
	w, h := m.glyphs.Dots(columns, rows)
	east, south := m.camera.ToCell(w-1, h-1)
	x, y := m.onScreen(b, columns, rows)
	middle := func(s span, n int) int { return min(max((max(s.from, 0)+min(s.to, n))/2, 1), n-2) }
	// At zoom > 0 a dot's last cell is further than its first.
	reach := big.NewInt(1)
	reach.Lsh(reach, uint(max(m.camera.Zoom(), 0)))
	east.Add(east, reach)
	south.Add(south, reach)
	glyphs := arrows
	if d.painter.Glyphs == view.ASCII {
		glyphs = asciiArrows
	}
	color := d.painter.Palette.Depth().At(view.RGB(cursorRGB))
	draw := func(x, y, side int) {
		c := at(x, y)
		*c = view.Cell{Rune: glyphs[side], Fg: color, Bg: d.painter.Palette.Background()}
		if d.painter.Palette.Depth() == view.Mono {
			c.Fg = view.Default
		}
	}
	if b.MinX.Cmp(west) < 0 {
		draw(0, middle(y, rows), 0)
	}
	if b.MaxX.Cmp(east) > 0 {
		draw(columns-1, middle(y, rows), 1)
	}
	if b.MinY.Cmp(north) < 0 {
		draw(middle(x, columns), 0, 2)
	}
	if b.MaxY.Cmp(south) > 0 {
		draw(middle(x, columns), rows-1, 3)
	}
}
