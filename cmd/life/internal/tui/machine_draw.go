package tui

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/rivo/uniseg"

	"golife/life"
	"golife/life/turing"
	"golife/life/view"
)

// The panel of a Turing machine.
const (
	machineWidth   = 36 // columns
	machineColumns = 72 // of the screen, from which there is room for it
	barLength      = 30 // of the cycle
)

// The colours of the marks.
const (
	markRGB  = 0x5B8DB8
	entryRGB = accentRGB
)

// panelWidth returns how many columns of the screen the panel takes.
func (m *model) panelWidth() int {
	if (m.machine || m.panel) && m.columns >= machineColumns {
		return machineWidth
	}
	return 0
}

// machine draws the marks and the panel.
func (d *drawer) machine(m *model, rows int) {
	if m.marks && m.frame != nil {
		d.machineMarks(m, rows)
	}
	width := m.panelWidth()
	if width == 0 || m.panel {
		return
	}
	p := panelWriter{d: d, x: m.columns - width, end: m.columns, rows: rows}
	p.write(m)
	for p.y < rows {
		p.line()
	}
}

// panelWriter writes the panel line by line.
type panelWriter struct {
	d      *drawer
	x, end int
	y      int
	rows   int
}

// words is text in one style.
type words struct {
	text string
	st   style
}

// line writes a line; what has no room is cut.
func (p *panelWriter) line(parts ...words) {
	if p.y >= p.rows {
		return
	}
	x := p.d.screen.Text(p.x, p.y, " ", p.d.bar)
	for _, w := range parts {
		x = p.d.screen.Text(x, p.y, clip(w.text, max(p.end-x, 0)), w.st)
	}
	p.d.fill(x, p.end, p.y, p.d.bar)
	p.y++
}

func (p *panelWriter) text(format string, args ...any) words {
	return words{fmt.Sprintf(format, args...), p.d.bar}
}

// strong is text that stands out.
func (p *panelWriter) strong(format string, args ...any) words {
	st := p.d.bar
	st.fg, st.bold = p.d.accent.fg, true
	return words{fmt.Sprintf(format, args...), st}
}

// marked is text on a ground of its own.
func (p *panelWriter) marked(s string) words {
	return words{s, style{fg: p.d.bar.bg, bg: p.d.accent.fg, bold: true, reverse: p.d.bar.reverse && p.d.accent.fg == p.d.bar.bg}}
}

// write writes the whole panel.
func (p *panelWriter) write(m *model) {
	p.line(p.strong("Rendell's Turing machine"))
	p.line()
	if m.frame == nil || m.frame.machine == nil {
		p.line(p.text("it is read at the next multiple"))
		p.line(p.text("of %d generations (key t)", turing.Cycle))
		return
	}
	s := m.frame.machine
	p.progress(m.frame.generation)
	if s.err != nil {
		p.line(p.strong("it cannot be read any more:"))
		for _, l := range wrapWords(s.err.Error(), machineWidth-2) {
			p.line(p.text("%s", l))
		}
		return
	}
	p.state(s.reading)
	p.tape(s.reading)
	p.table(s.reading)
	p.next(s.reading)
	p.line()
	switch {
	case s.differs != nil:
		p.line(p.strong("not what the interpreter has:"))
		for _, l := range wrapWords(s.differs.Error(), machineWidth-2) {
			p.line(p.text("%s", l))
		}
	case s.isChecked:
		p.line(p.text("the interpreter agrees"))
	}
}

// progress writes the cycle, and how much of it has passed.
func (p *panelWriter) progress(g *big.Int) {
	n, part := new(big.Int).QuoRem(g, cycle, new(big.Int))
	p.line(p.text("cycle "), p.strong("%s", view.Number(n, exactDigits)), p.text(" + %d of %d", part, turing.Cycle))
	done := int(part.Int64()) * barLength / turing.Cycle
	full, empty := "━", "─"
	if p.d.painter.Glyphs == view.ASCII {
		full, empty = "=", "-"
	}
	p.line(p.strong("%s", strings.Repeat(full, done)), p.text("%s", strings.Repeat(empty, barLength-done)))
}

func (p *panelWriter) state(r *turing.Reading) {
	p.line()
	switch r.Phase {
	case turing.Ready:
		p.line(p.text("state  "), p.strong("start"))
	case turing.Halted:
		p.line(p.text("state  "), p.strong("%d, halted", r.Config.State), p.text(" after %d steps", r.Steps))
	default:
		p.line(p.text("state  "), p.strong("%d", r.Config.State))
	}
}

// tape writes the tape around the head, which stays in the middle.
func (p *panelWriter) tape(r *turing.Reading) {
	cells := func(symbols []int, i int) string {
		if i < len(symbols) {
			return fmt.Sprint(symbols[i])
		}
		return "0"
	}
	parts := []words{p.text("tape  ")}
	for i := turing.Depth - 1; i >= 0; i-- {
		parts = append(parts, p.text("%s ", cells(r.Config.Tape.Left, i)))
	}
	parts = append(parts, p.marked(fmt.Sprintf("[%d]", r.Config.Symbol)))
	for i := range turing.Depth {
		parts = append(parts, p.text(" %s", cells(r.Config.Tape.Right, i)))
	}
	p.line()
	p.line(parts...)
}

// table writes the transition table with the entry in force marked.
func (p *panelWriter) table(r *turing.Reading) {
	p.line()
	p.line(p.text("table  0       1       2"))
	for s, row := range r.Table.Table {
		parts := []words{p.text("  %d   ", s)}
		for y, e := range row {
			text := fmt.Sprintf(" %-6v", e)
			if r.Phase != turing.Ready && s == r.Config.State && y == r.Config.Symbol {
				parts = append(parts, p.marked(text), p.text(" "))
			} else {
				parts = append(parts, p.text("%s ", text))
			}
		}
		p.line(parts...)
	}
}

// next says what the entry in force makes the machine do.
func (p *panelWriter) next(r *turing.Reading) {
	p.line()
	switch e := r.Entry(); {
	case r.Phase == turing.Halted:
		var tape []string
		for _, v := range r.Config.Symbols() {
			tape = append(tape, fmt.Sprint(v))
		}
		p.line(p.text("result "), p.strong("%s", strings.Join(tape, " ")))
	case e.Kind == turing.Undefined:
		p.line(p.text("next   undefined"))
	default:
		way := "left"
		if e.Move == turing.Right {
			way = "right"
		}
		p.line(p.text("next   write %d, move %s, state %d", e.Write, way, e.Next))
	}
}

// wrapWords cuts text into lines of at most width characters, at blanks.
func wrapWords(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && uniseg.StringWidth(line+" "+word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}

// machineMarks draws frames around the parts of the machine, the symbols beside
// the cells of the tape, and a frame around the entry in force.
func (d *drawer) machineMarks(m *model, rows int) {
	s := markStyle{d.style(markRGB), m.columns - m.panelWidth(), rows}
	for _, p := range turing.Parts() {
		d.frame(m, p.Box, p.Name, s)
	}
	r := m.reading()
	if r == nil {
		return
	}
	s.style = d.style(entryRGB)
	for side, symbols := range [2][]int{turing.SideA: r.Config.Tape.Right, turing.SideB: r.Config.Tape.Left} {
		for i, v := range symbols {
			box := turing.StackBox(turing.Side(side), i+1)
			d.label(m, box.Min.Add(life.Point{X: 60, Y: 60}), fmt.Sprint(v), s)
		}
	}
	if r.Phase != turing.Ready {
		d.frame(m, turing.EntryBox(r.Config.State, r.Config.Symbol), "", s)
	}
}

// style returns a style on the background of the picture.
func (d *drawer) style(rgb int32) style {
	return style{fg: d.painter.Palette.Depth().At(view.RGB(rgb)), bg: d.painter.Palette.Background(), bold: true}
}

// markStyle is how marks look, and the part of the screen where they may be.
type markStyle struct {
	style
	columns, rows int
}

// place returns the character that shows a cell; it may lie outside the screen.
// ok is false when it is too far away to matter.
func (m *model) place(p life.Point) (x, y int, ok bool) {
	west, north := m.camera.ToCell(0, 0)
	dot := func(v int64, first *big.Int) (int, bool) {
		d := new(big.Int).Sub(big.NewInt(v), first)
		if z := m.camera.Zoom(); z >= 0 {
			d.Rsh(d, uint(z))
		} else {
			d.Lsh(d, uint(-z))
		}
		return int(d.Int64()), d.BitLen() < 30
	}
	x, okX := dot(p.X, west)
	y, okY := dot(p.Y, north)
	x, y = m.glyphs.Character(x, y)
	return x, y, okX && okY
}

// frame draws a frame around a box, if it is large enough on the screen to hold
// anything, with a name in its upper edge.
func (d *drawer) frame(m *model, r life.Rect, name string, s markStyle) {
	x0, y0, ok0 := m.place(r.Min)
	x1, y1, ok1 := m.place(r.Max)
	if !ok0 || !ok1 || x1-x0 < 2 || y1-y0 < 1 {
		return
	}
	edges := []string{"─", "│", "┌", "┐", "└", "┘"}
	if d.painter.Glyphs == view.ASCII {
		edges = []string{"-", "|", "+", "+", "+", "+"}
	}
	for x := max(x0+1, 0); x < min(x1, s.columns); x++ {
		d.mark(x, y0, edges[0], s)
		d.mark(x, y1, edges[0], s)
	}
	for y := max(y0+1, 0); y < min(y1, s.rows); y++ {
		d.mark(x0, y, edges[1], s)
		d.mark(x1, y, edges[1], s)
	}
	d.mark(x0, y0, edges[2], s)
	d.mark(x1, y0, edges[3], s)
	d.mark(x0, y1, edges[4], s)
	d.mark(x1, y1, edges[5], s)
	if room := x1 - x0 - 1; room >= 4 {
		d.text1(x0+1, y0, clip(name, room), s)
	}
}

// label writes text at a cell.
func (d *drawer) label(m *model, p life.Point, text string, s markStyle) {
	if x, y, ok := m.place(p); ok {
		d.text1(x, y, text, s)
	}
}

// text1 writes text whose characters are one column wide.
func (d *drawer) text1(x, y int, text string, s markStyle) {
	for _, c := range text {
		d.mark(x, y, string(c), s)
		x++
	}
}

// mark draws a character over the picture, if it is inside.
func (d *drawer) mark(x, y int, c string, s markStyle) {
	if x >= 0 && x < s.columns && y >= 0 && y < s.rows {
		d.screen.Text(x, y, c, s.style)
	}
}
