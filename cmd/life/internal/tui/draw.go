package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"golife/life/rule"
	"golife/life/view"
)

// The colours of the bars and of the help.
const (
	barRGB    = 0x1C2430
	textRGB   = 0xC9D1D9
	dimRGB    = 0x8B98A8
	accentRGB = 0xFFD166
	playRGB   = 0x7BD88F
	pauseRGB  = 0xA9B7C6
	workRGB   = 0xFFB454
	inkRGB    = 0x10151C
)

// exactDigits is the longest number that the status line shows with all digits.
const exactDigits = 15

// drawer draws a model on a screen.
type drawer struct {
	screen  screen
	rule    *rule.Rule
	theme   *view.Theme // of the painter's palette
	painter view.Painter
	cells   []view.Cell

	bar, dim, accent, text style
}

func newDrawer(s screen, r *rule.Rule) *drawer {
	depth := s.Depth()
	c := func(rgb int32) view.Color { return depth.At(view.RGB(rgb)) }
	d := &drawer{
		screen: s,
		rule:   r,
		bar:    style{fg: c(textRGB), bg: c(barRGB)},
		dim:    style{fg: c(dimRGB), bg: c(deadBar(depth))},
		accent: style{fg: c(accentRGB), bg: c(deadBar(depth)), bold: true},
	}
	if depth == view.Mono {
		d.bar.reverse = true
	}
	d.text = style{fg: c(textRGB), bg: d.dim.bg}
	return d
}

// deadBar is the background of the line of messages and of the help.
func deadBar(d view.Depth) int32 {
	if d == view.Colors16 {
		return 0
	}
	return inkRGB
}

// adopt takes on the looks of a model.
func (d *drawer) adopt(m *model) {
	if r := m.rule(); d.theme != m.theme || d.rule != r {
		d.theme, d.rule = m.theme, r
		d.painter.Palette = m.theme.Palette(d.screen.Depth(), d.rule)
	}
	d.painter.Glyphs, d.painter.Grid = m.glyphs, m.grid
}

func (d *drawer) draw(m *model) {
	d.adopt(m)
	bars := barRows(m.rows)
	d.picture(m, m.rows-bars)
	if m.machine {
		d.machine(m, m.rows-bars)
	}
	if m.panel && m.panelWidth() > 0 {
		d.infoPanel(m, m.rows-bars)
	}
	if bars == 2 {
		d.messages(m, m.rows-2)
	}
	if bars >= 1 {
		d.status(m, m.rows-1)
	}
	if m.help {
		d.help(m)
	}
	if m.picker != nil {
		d.drawPicker(m)
	}
	if m.line != nil {
		d.commandLine(m, max(m.rows-bars, 0))
	}
	d.screen.Show()
}

// picture draws the newest frame, moved to where the camera looks by now.
func (d *drawer) picture(m *model, rows int) {
	if m.frame == nil {
		d.blank(m, rows)
		d.center(m, rows/2, "loading "+m.name+"…")
		return
	}
	pic := m.frame.picture
	if m.stale() {
		pic = pic.Project(m.camera.Window())
	}
	if !m.ages {
		pic.Ages = nil
	}
	columns, have := d.painter.Size(&pic.Window)
	if n := columns * have; len(d.cells) != n {
		d.cells = make([]view.Cell, n)
	}
	d.painter.Paint(d.cells, &pic)
	d.overlay(m, d.cells, columns, have)
	for y := range min(rows, have) {
		for x := range min(columns, m.columns) {
			d.screen.Set(x, y, d.cells[y*columns+x])
		}
		d.fill(columns, m.columns-m.panelWidth(), y, d.ground())
	}
}

func (d *drawer) blank(m *model, rows int) {
	for y := range rows {
		d.fill(0, m.columns, y, d.ground())
	}
}

// ground is the style of where the picture has nothing.
func (d *drawer) ground() style {
	bg := d.painter.Palette.Background()
	return style{fg: bg, bg: bg}
}

// fill blanks the columns from x up to end of row y.
func (d *drawer) fill(x, end, y int, st style) {
	for ; x < end; x++ {
		d.screen.Text(x, y, " ", st)
	}
}

func (d *drawer) center(m *model, y int, s string) {
	s = clip(s, m.columns)
	d.screen.Text((m.columns-uniseg.StringWidth(s))/2, y, s, style{fg: d.text.fg, bg: d.painter.Palette.Background()})
}

// clip shortens s to the given width.
func clip(s string, width int) string {
	if uniseg.StringWidth(s) <= width {
		return s
	}
	out, rest, state := "", s, -1
	for used := 0; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += w; used > width-1 {
			break
		}
		out += cluster
	}
	if width < 1 {
		return ""
	}
	return out + "…"
}

// messages draws the message, or what keys there are.
func (d *drawer) messages(m *model, y int) {
	if m.line != nil {
		return // it is drawn last, over what is there
	}
	if msg := m.say(); msg != "" {
		rows := 1
		if m.failed != nil && msg == m.failed.Error() {
			rows += y / 2
		}
		d.message(msg, m.columns, y, rows)
		return
	}
	x := d.screen.Text(0, y, " ", d.dim)
	for _, h := range hints(m.actions()) {
		if x+uniseg.StringWidth(h.keys+" "+h.words) > m.columns {
			break
		}
		x = d.screen.Text(x, y, h.keys, d.accent)
		x = d.screen.Text(x, y, " "+h.words+"  ", d.dim)
	}
	d.fill(x, m.columns, y, d.dim)
}

// message draws a message that ends in row y, in as many rows as it takes, up to so many.
func (d *drawer) message(msg string, columns, y, rows int) {
	lines := []string{msg}
	if rows > 1 && uniseg.StringWidth(msg) >= columns {
		lines = wrapWords(msg, columns-2)
	}
	if len(lines) > rows {
		lines = append(lines[:rows-1], strings.Join(lines[rows-1:], " "))
	}
	for i, line := range lines {
		row := y + 1 - len(lines) + i
		x := d.screen.Text(0, row, " ", d.dim)
		x = d.screen.Text(x, row, clip(line, columns-1), d.accent)
		d.fill(x, columns, row, d.dim)
	}
}

// segment is one item of the status line; what has a higher rank is left out
// first when there is no room.
type segment struct {
	text string
	rank int
}

// status draws the status line.
func (d *drawer) status(m *model, y int) {
	state, color := m.state()
	st := style{fg: d.painter.Palette.Depth().At(view.RGB(inkRGB)), bg: d.painter.Palette.Depth().At(view.RGB(color)), bold: true}
	st.reverse = d.bar.reverse
	x := d.screen.Text(0, y, clip(" "+state+" ", m.columns), st)
	for _, s := range fitSegments(m.segments(), m.columns-x) {
		x = d.screen.Text(x, y, "  "+s.text, d.bar)
	}
	if room := m.columns - x - 4; m.reason != "" && room >= min(20, uniseg.StringWidth(m.reason)) {
		x = d.screen.Text(x, y, " ("+clip(m.reason, room)+")", d.bar)
	}
	d.fill(x, m.columns, y, d.bar)
}

// fitSegments returns the segments, in order, that have room by rank.
func fitSegments(all []segment, width int) []segment {
	keep := len(all)
	for ; keep > 0; keep-- {
		used := 0
		for _, s := range all {
			if s.rank < keep {
				used += 2 + uniseg.StringWidth(s.text)
			}
		}
		if used <= width {
			break
		}
	}
	var kept []segment
	for _, s := range all {
		if s.rank < keep && s.text != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// state returns in a word what is going on, and its colour.
func (m *model) state() (string, int32) {
	switch {
	case m.frame == nil:
		return "loading", workRGB
	case m.frame.loading != "":
		return m.frame.loading + ", esc cancels", workRGB
	case m.frame.working >= time.Second:
		return fmt.Sprintf("working %s, esc cancels", m.frame.working.Round(time.Second)), workRGB
	case m.working():
		return "working, esc cancels", workRGB
	case m.playing:
		return "playing", playRGB
	}
	return "paused", pauseRGB
}

// say returns the message to show, if any.
func (m *model) say() string {
	if m.message == "" && m.frame != nil && m.frame.alive && !m.camera.Meets(m.frame.bounds) {
		return "the pattern is outside the screen: f fits it, F keeps it fitted"
	}
	return m.message
}

// segments returns the items of the status line.
func (m *model) segments() []segment {
	f := m.frame
	list := []segment{{m.name, 6}}
	if f != nil {
		if f.unsaved {
			list[0].text += " (edited)"
		}
		about := ""
		if f.old {
			about = "~"
		}
		list = append(list,
			segment{"gen " + view.Number(f.generation, exactDigits), 0},
			segment{"pop " + about + view.Number(f.population, exactDigits), 1})
	}
	list = append(list, segment{m.stepText(), 2}, segment{m.zoomText(), 3})
	rate := ""
	if f != nil && f.rate != "" && (m.playing || m.working()) {
		rate = f.rate + " gen/s"
	}
	return append(list, segment{rate, 4}, segment{m.engine, 5})
}

func (m *model) stepText() string {
	switch {
	case m.exp < 0:
		return fmt.Sprintf("step 1 slowed %d×", 1<<-m.exp)
	case m.hyper:
		return "step " + view.Pow2(m.exp) + " hyper"
	}
	return "step " + view.Pow2(m.exp)
}

func (m *model) zoomText() string {
	s := "zoom " + zoomRatio(m.camera.Zoom())
	switch {
	case m.follow:
		s += " auto"
	case m.track:
		s += " track"
	}
	if m.editing {
		s += fmt.Sprintf("  cell %d,%d", m.cursor.X, m.cursor.Y)
	}
	return s
}

// zoomRatio writes a zoom as dots to cells.
func zoomRatio(zoom int) string {
	if zoom < 0 {
		return fmt.Sprintf("%d:1", 1<<-zoom)
	}
	return "1:" + view.Pow2(zoom)
}
