package tui

import (
	"math/big"
	"time"

	"golife/life"
	"golife/life/view"
)

// The map in the north-east corner of the picture, in characters without its frame.
const (
	mapShare               = 4 // of the picture's columns and rows, one part is the map's
	minMapWidth, minMapRow = 10, 3
	maxMapWidth, maxMapRow = 30, 12
)

// mapSize returns how many characters the map has; 0, 0 where it is off or there is
// no room.
func (m *model) mapSize() (columns, rows int) {
	c, r := m.columns-m.panelWidth(), m.rows-barRows(m.rows)
	if !m.minimap || c < 2*(minMapWidth+2) || r < minMapRow+4 {
		return 0, 0
	}
	// A full cell takes two columns.
	return min(max(c/mapShare, minMapWidth), maxMapWidth) &^ 1, min(max(r/mapShare, minMapRow), maxMapRow)
}

// layMap lets the simulation take the map in the size that it is to be drawn in.
func (m *model) layMap() {
	m.mapDots = [2]int{}
	if c, r := m.mapSize(); c > 0 {
		m.mapDots[0], m.mapDots[1] = m.glyphs.Dots(c, r)
	}
}

func (m *model) toggleMap() {
	m.minimap = !m.minimap
	m.layMap()
	switch {
	case !m.minimap:
		m.message = "the map is off"
	case m.mapDots[0] == 0:
		m.message = "no room for the map here"
	default:
		m.message = "the map shows where life is, and brighter where the screen is"
	}
}

// mapper takes the map of a universe. It does so no more often than that it takes a
// tenth of the time, as numbers do.
type mapper struct {
	camera  view.Camera
	picture *view.Picture
	taken   time.Time
	cost    time.Duration
}

// refresh takes the map anew when it shows something else by now; always says that
// there is time for it.
func (t *mapper) refresh(e life.Engine, w want, n *numbers, always bool) {
	if w.mapDots[0] == 0 {
		*t = mapper{}
		return
	}
	start := time.Now()
	if t.picture != nil && !always && start.Sub(t.taken) < 10*t.cost {
		return
	}
	t.camera = view.NewCamera(w.mapDots[0], w.mapDots[1])
	r := shown(w.camera)
	if all, ok := fitted(e.Rule(), n.bounds, n.alive); ok {
		r = united(r, all)
	}
	t.camera = t.camera.FitFrom(r, 0)
	p := view.Take(e, t.camera)
	t.picture, t.taken = &p, time.Now()
	t.cost = t.taken.Sub(start)
}

// shown returns the cells that a camera shows.
func shown(c view.Camera) life.BigRect {
	w, h := c.Size()
	r := life.BigRect{}
	r.MinX, r.MinY = c.ToCell(0, 0)
	r.MaxX, r.MaxY = c.ToCell(w-1, h-1)
	wide := big.NewInt(1)
	wide.Lsh(wide, uint(max(c.Zoom(), 0)))
	r.MaxX.Add(r.MaxX, wide)
	r.MaxY.Add(r.MaxY, wide)
	return r
}

// united returns the smallest rectangle around two.
func united(a, b life.BigRect) life.BigRect {
	pick := func(a, b *big.Int, sign int) *big.Int {
		if a.Cmp(b) == sign {
			return a
		}
		return b
	}
	return life.BigRect{MinX: pick(a.MinX, b.MinX, -1), MinY: pick(a.MinY, b.MinY, -1), MaxX: pick(a.MaxX, b.MaxX, 1), MaxY: pick(a.MaxY, b.MaxY, 1)}
}

// frameRunes are the frame of the map: corners from north-west on, then a
// horizontal and a vertical line.
var (
	frameRunes      = [6]rune{'┌', '┐', '└', '┘', '─', '│'}
	asciiFrameRunes = [6]rune{'+', '+', '+', '+', '-', '|'}
)

// minimap draws the map over the picture's characters.
func (d *drawer) minimap(m *model, at func(x, y int) *view.Cell, columns int) {
	c, r := m.mapSize()
	if c == 0 || m.frame == nil || m.frame.mapped == nil || c+2 > columns {
		return
	}
	x0, depth, bg := columns-c-2, d.painter.Palette.Depth(), d.painter.Palette.Background()
	d.mapFrame(at, x0, c, r)
	pic := *m.frame.mapped
	p := d.painter
	p.Grid = false
	if w, h := p.Size(&pic.Window); w != c || h != r {
		return // the glyphs have changed since
	}
	cells := make([]view.Cell, c*r)
	p.Paint(cells, &pic)
	sx, sy := spanIn(m.frame.mapCamera, p.Glyphs, shown(m.camera), c, r)
	for y := range r {
		for x := range c {
			cell := cells[y*c+x]
			if x >= sx.from && x < sx.to && y >= sy.from && y < sy.to {
				d.tint(&cell, depth, windowRGB)
			}
			*at(x0+1+x, 1+y) = cell
		}
	}
	if w, h := sx.to-sx.from, sy.to-sy.from; w > 0 && h > 0 && w <= 2 && h <= 2 { // it could not be seen behind life
		cell := view.Cell{Rune: '◇', Fg: depth.At(view.RGB(cursorRGB)), Bg: bg}
		if p.Glyphs == view.ASCII {
			cell.Rune = 'o'
		}
		if depth == view.Mono {
			cell.Fg = view.Default
		}
		*at(x0+1+(sx.from+sx.to-1)/2, 1+(sy.from+sy.to-1)/2) = cell
	}
}

// mapFrame draws the frame of a map of c × r characters.
func (d *drawer) mapFrame(at func(x, y int) *view.Cell, x0, c, r int) {
	depth, runes := d.painter.Palette.Depth(), frameRunes
	if d.painter.Glyphs == view.ASCII {
		runes = asciiFrameRunes
	}
	cell := view.Cell{Fg: depth.At(view.RGB(dimRGB)), Bg: d.painter.Palette.Background()}
	if depth == view.Mono {
		cell.Fg = view.Default
	}
	set := func(x, y, which int) {
		cell.Rune = runes[which]
		*at(x0+x, y) = cell
	}
	for x := 1; x <= c; x++ {
		set(x, 0, 4)
		set(x, r+1, 4)
	}
	for y := 1; y <= r; y++ {
		set(0, y, 5)
		set(c+1, y, 5)
	}
	set(0, 0, 0)
	set(c+1, 0, 1)
	set(0, r+1, 2)
	set(c+1, r+1, 3)
}
