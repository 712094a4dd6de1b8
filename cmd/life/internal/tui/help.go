package tui

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// hint is an entry of the line of hints.
type hint struct{ keys, words string }

// hints returns what the line of hints holds: the way to the help first, and out
// first, since the line is cut on a narrow screen.
func hints(all []action) []hint {
	var list []hint
	for _, a := range all {
		if a.hint == "" {
			continue
		}
		keys, words, _ := strings.Cut(a.hint, " ")
		list = append(list, hint{keys, words})
	}
	slices.SortStableFunc(list, func(a, b hint) int { return hintRank(a) - hintRank(b) })
	return list
}

func hintRank(h hint) int {
	switch h.words {
	case "help":
		return 0
	case "quit":
		return 1
	}
	return 2
}

// helpLine is a line of the help: a heading when help is empty.
type helpLine struct{ keys, help string }

// helpColumns returns the help in one column, or in two when it is more than
// rows high.
func helpColumns(all []action, rows int) [][]helpLine {
	var groups [][]helpLine
	total, last := 0, ""
	for _, a := range all {
		if a.group != last {
			last = a.group
			groups = append(groups, []helpLine{{a.group, ""}})
			total++
		}
		at := len(groups) - 1
		groups[at] = append(groups[at], helpLine{a.keys, a.help})
		total++
	}
	columns := [][]helpLine{nil}
	for _, g := range groups {
		at := len(columns) - 1
		if total > rows && at == 0 && len(columns[0]) > 0 && len(columns[0])+len(g) > (total+2)/2 {
			columns = append(columns, nil)
			at++
		}
		columns[at] = append(columns[at], g...)
	}
	return columns
}

// help draws the help over the picture.
func (d *drawer) help(m *model) {
	columns := helpColumns(m.actions(), m.rows-3)
	height, width, widths := 0, 1, make([]int, len(columns))
	keyWidth := 0
	for _, a := range m.actions() {
		keyWidth = max(keyWidth, uniseg.StringWidth(a.keys))
	}
	for i, c := range columns {
		height = max(height, len(c))
		for _, l := range c {
			widths[i] = max(widths[i], keyWidth+5+uniseg.StringWidth(l.help))
		}
		width += widths[i]
	}
	const title = " Keys — any key closes this "
	x0, y0 := max((m.columns-width)/2, 0), max((m.rows-height-2)/2, 0)
	d.line(x0, y0, title, width, m, d.accent)
	for row := range height {
		x := x0
		for i, c := range columns {
			var l helpLine
			if row < len(c) {
				l = c[row]
			}
			d.helpLine(x, y0+1+row, l, keyWidth, widths[i], m)
			x += widths[i]
		}
		d.line(x, y0+1+row, "", 1, m, d.text)
	}
	d.line(x0, y0+1+height, "", width, m, d.text)
}

func (d *drawer) helpLine(x, y int, l helpLine, keyWidth, width int, m *model) {
	if l.help == "" {
		d.line(x, y, " "+l.keys, width, m, d.dim)
		return
	}
	d.line(x, y, "  "+l.keys, keyWidth+4, m, d.accent)
	d.line(x+keyWidth+4, y, l.help, width-keyWidth-4, m, d.text)
}

// line draws s and blanks up to the width, inside the screen.
func (d *drawer) line(x, y int, s string, width int, m *model, st style) {
	end := min(x+width, m.columns)
	if y >= m.rows || x >= end {
		return
	}
	d.fill(d.screen.Text(x, y, clip(s, end-x), st), end, y, st)
}
