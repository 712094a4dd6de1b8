package tui

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gdamore/tcell/v2"

	"golife/life/view"
)

// glyph is what is at a place of the screen. The right half of a wide character has
// width 0.
type glyph struct {
	text   string // of more than one rune; else r is all
	r      rune
	width  int8
	fg, bg view.Color
	bold   bool
	invert bool
}

// output sends what has changed of a screen to a terminal. It takes the place of
// tcell's, for which each colour is a small program in the notation of terminfo: a
// frame of a dense universe took four times as long.
type output struct {
	tty           io.Writer
	columns, rows int
	next          []glyph // what is to be shown
	now           []glyph // what the terminal shows; the zero glyph where that is not known
	buf           []byte
	pen           glyph // the colours in which the terminal writes; width 0 is not known
	x, y          int   // where it writes next; x < 0 is not known
	isLow         bool  // it knows the codes of 16 colours only
}

// ansiTerminals are the beginnings of the names of terminals that are known to
// understand the usual codes of ECMA-48 and xterm, with UTF-8.
var ansiTerminals = []string{
	"xterm", "tmux", "screen", "alacritty", "foot", "kitty", "wezterm", "rxvt", "st-", "konsole", "gnome", "vte", "iterm", "contour", "ghostty", "mintty",
}

// newOutput returns the output for a screen of tcell's; nil where tcell is to do it.
func newOutput(s tcell.Screen) *output {
	tty, ok := s.Tty()
	if !ok || s.CharacterSet() != "UTF-8" || s.Colors() < 8 {
		return nil
	}
	for _, name := range ansiTerminals {
		if strings.HasPrefix(os.Getenv("TERM"), name) {
			return &output{tty: tty, isLow: s.Colors() < 256}
		}
	}
	return nil
}

// resize adapts to a screen of another size, which is blank and nothing is known of.
func (o *output) resize(columns, rows int) {
	o.columns, o.rows = columns, rows
	o.next, o.now = make([]glyph, columns*rows), make([]glyph, columns*rows)
	for i := range o.next {
		o.next[i] = glyph{r: ' ', width: 1, fg: view.Default, bg: view.Default}
	}
}

// put places a character; what does not fit the screen is left out.
func (o *output) put(x, y int, g glyph) {
	if x < 0 || y < 0 || y >= o.rows || x+int(g.width) > o.columns {
		return
	}
	line := o.next[y*o.columns : (y+1)*o.columns]
	if line[x].width == 0 && x > 0 {
		blank(&line[x-1]) // it loses its right half
	}
	end := x + int(g.width)
	if end < o.columns && line[end].width == 0 {
		blank(&line[end])
	}
	line[x] = g
	if g.width == 2 {
		line[x+1] = glyph{fg: g.fg, bg: g.bg}
	}
}

func blank(g *glyph) { g.text, g.r, g.width = "", ' ', 1 }

// flush sends what has changed, in one piece where the terminal can.
func (o *output) flush() error {
	o.buf, o.pen, o.x = o.buf[:0], glyph{}, -1 // tcell may have written in between
	for y := range o.rows {
		for x := 0; x < o.columns; x++ {
			i := y*o.columns + x
			g := &o.next[i]
			if g.width == 0 || *g == o.now[i] && (g.width < 2 || o.now[i+1] == o.next[i+1]) {
				continue
			}
			if len(o.buf) == 0 {
				o.buf = append(o.buf, "\x1b[?2026h\x1b[?25l"...)
			}
			o.moveTo(x, y)
			o.paint(g)
			if g.width == 2 {
				o.now[i+1] = o.next[i+1]
			}
			o.now[i] = *g
		}
	}
	if len(o.buf) == 0 {
		return nil
	}
	o.buf = append(o.buf, "\x1b[?2026l"...)
	_, err := o.tty.Write(o.buf)
	return err
}

// moveTo moves the cursor.
func (o *output) moveTo(x, y int) {
	switch {
	case o.x == x && o.y == y:
		return
	case o.x >= 0 && o.y == y && x > o.x:
		o.buf = append(o.buf, "\x1b["...)
		if x-o.x > 1 {
			o.buf = strconv.AppendInt(o.buf, int64(x-o.x), 10)
		}
		o.buf = append(o.buf, 'C')
	default:
		o.buf = append(o.buf, "\x1b["...)
		o.buf = strconv.AppendInt(o.buf, int64(y+1), 10)
		o.buf = append(o.buf, ';')
		o.buf = strconv.AppendInt(o.buf, int64(x+1), 10)
		o.buf = append(o.buf, 'H')
	}
	o.x, o.y = x, y
}

// paint writes a character in its colours.
func (o *output) paint(g *glyph) {
	o.style(g)
	if g.text != "" {
		o.buf = append(o.buf, g.text...)
	} else {
		o.buf = utf8.AppendRune(o.buf, g.r)
	}
	if o.x += int(g.width); o.x >= o.columns {
		o.x = -1 // terminals differ in where they are then
	}
}

// style selects the colours of g, as far as they are not selected.
func (o *output) style(g *glyph) {
	p := &o.pen
	isAll := p.width == 0 || p.bold != g.bold || p.invert != g.invert
	if !isAll && p.fg == g.fg && p.bg == g.bg {
		return
	}
	o.buf = append(o.buf, "\x1b["...)
	if isAll {
		o.buf = append(o.buf, "0;"...)
		if g.bold {
			o.buf = append(o.buf, "1;"...)
		}
		if g.invert {
			o.buf = append(o.buf, "7;"...)
		}
	}
	if isAll || p.fg != g.fg {
		o.color(g.fg, 30)
	}
	if isAll || p.bg != g.bg {
		o.color(g.bg, 40)
	}
	o.buf[len(o.buf)-1] = 'm' // in the place of the last semicolon
	*p = glyph{width: 1, fg: g.fg, bg: g.bg, bold: g.bold, invert: g.invert}
}

// color appends the parameters that select c, given the first code of the kind: 30 of
// the foreground, 40 of the background.
func (o *output) color(c view.Color, first int64) {
	number := func(n int64) {
		o.buf = strconv.AppendInt(o.buf, n, 10)
		o.buf = append(o.buf, ';')
	}
	i, isIndex := c.Index()
	switch r, g, b, ok := c.RGB(); {
	case ok:
		number(first + 8)
		o.buf = append(o.buf, "2;"...)
		number(int64(r))
		number(int64(g))
		number(int64(b))
	case !isIndex:
		number(first + 9)
	case o.isLow && i < 8:
		number(first + int64(i))
	case o.isLow:
		number(first + 60 + int64(i&7))
	default:
		number(first + 8)
		o.buf = append(o.buf, "5;"...)
		number(int64(i))
	}
}
