package tui

import (
	"fmt"
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

// helpLines returns the help in one column: headings, keys, and a blank line
// between groups.
func helpLines(all []action) (lines []helpLine) {
	last := ""
	for _, a := range all {
		if a.group != last {
			if last != "" {
				lines = append(lines, helpLine{})
			}
			lines = append(lines, helpLine{a.group, ""})
			last = a.group
		}
		lines = append(lines, helpLine{a.keys, a.help})
	}
	return lines
}

// helpColumns cuts the help into columns of at most rows lines, of equal height
// where they are on one page, without a blank line or a lone heading at an end.
func helpColumns(lines []helpLine, rows, perPage int) (columns [][]helpLine) {
	rows = max(rows, 2)
	if n := (len(lines) + rows - 1) / rows; n <= perPage {
		rows = min(rows, (len(lines)+n-1)/n+2)
	}
	for len(lines) > 0 {
		n := min(rows, len(lines))
		if n < len(lines) && n > 1 && lines[n-1].help == "" && lines[n-1].keys != "" {
			n--
		}
		columns = append(columns, lines[:n])
		lines = lines[n:]
		for len(lines) > 0 && lines[0] == (helpLine{}) {
			lines = lines[1:]
		}
	}
	return columns
}

// commandLines returns the help of the commands, as helpLines does that of the keys.
func commandLines(all []command) (lines []helpLine) {
	last := ""
	for _, c := range all {
		if c.group != last {
			if last != "" {
				lines = append(lines, helpLine{})
			}
			lines = append(lines, helpLine{"Commands: " + c.group, ""})
			last = c.group
		}
		lines = append(lines, helpLine{":" + strings.TrimSpace(c.name+" "+c.args), c.help})
	}
	return lines
}

// helpPage is a page of the help: columns of lines, of the same width.
type helpPage struct {
	columns         [][]helpLine
	keyWidth, width int
}

// helpPages lays the help out: the keys, then the commands.
func (m *model) helpPages() (pages []helpPage) {
	for _, lines := range [][]helpLine{helpLines(m.actions()), commandLines(m.commands)} {
		p := helpPage{}
		for _, l := range lines {
			if l.help != "" {
				p.keyWidth = max(p.keyWidth, uniseg.StringWidth(l.keys))
			}
		}
		for _, l := range lines {
			p.width = max(p.width, p.keyWidth+5+uniseg.StringWidth(l.help))
		}
		perPage := max((m.columns-1)/p.width, 1)
		p.width = min(p.width, m.columns-1)
		for part := range slices.Chunk(helpColumns(lines, m.rows-4, perPage), perPage) {
			p.columns = part
			pages = append(pages, p)
		}
	}
	return pages
}

// help draws a page of the help over the picture.
func (d *drawer) help(m *model) {
	pages := m.helpPages()
	at := m.helpPage % len(pages)
	p := pages[at]
	title := fmt.Sprintf(" Help, page %d of %d — space for the next, any other key closes this ", at+1, len(pages))
	height, width := 0, p.width*len(p.columns)+1
	p.width += max(min(uniseg.StringWidth(title), m.columns)-width, 0) / len(p.columns) // the title has room
	width = p.width*len(p.columns) + 1
	for _, c := range p.columns {
		height = max(height, len(c))
	}
	x0, y0 := max((m.columns-width)/2, 0), max((m.rows-height-2)/2, 0)
	d.line(x0, y0, title, width, m, d.accent)
	for row := range height {
		x := x0
		for _, c := range p.columns {
			var l helpLine
			if row < len(c) {
				l = c[row]
			}
			d.helpLine(x, y0+1+row, l, p.keyWidth, p.width, m)
			x += p.width
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
