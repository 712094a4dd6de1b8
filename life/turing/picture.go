package turing

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math/bits"
	"strings"

	"golife/life"
)

// The colours of a picture.
const (
	colorGround  = "#10151c"
	colorMachine = "#8d8b86"
	colorTape    = "#ffb454"
	colorTable   = "#35b5ff"
	colorSignal  = "#ff6b8b"
	colorFrame   = "#8b98a8"
	colorText    = "#e6edf3"
)

// pictureMargin is the room around the machine in a picture, and pictureFoot that
// for the text below it, in cells.
const (
	pictureMargin = 30
	pictureFoot   = 210
)

// Picture writes an SVG of the machine in e, a unit a cell, in which each cell is
// coloured by what it has been read as: the machine itself, the gliders of the
// tape, those of the table, and the signals that are on the way; with the parts,
// the symbols and the entries written beside them. It returns the errors of Read
// and of w. Cost: that of Read, and 200 KB of text.
func Picture(w io.Writer, e life.Engine) error {
	r, err := Read(e)
	if err != nil {
		return err
	}
	p := &picture{Writer: bufio.NewWriter(w), f: theFrame(), r: r, left: readGrid(e)}
	p.head()
	p.cells()
	p.labels()
	p.foot()
	p.printf("</svg>\n")
	return p.Flush()
}

// picture is a picture under way. The errors of its writer stay until Flush.
type picture struct {
	*bufio.Writer
	f    *frame
	r    *Reading
	left grid // the cells that are still to be drawn
}

func (p *picture) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

func (p *picture) head() {
	w, h := Bounds.Max.X+2*pictureMargin, Bounds.Max.Y+2*pictureMargin+pictureFoot
	p.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="%d %d %d %d" width="%d" height="%d" font-family="sans-serif">`+"\n",
		-pictureMargin, -pictureMargin, w, h, w/2, h/2)
	p.printf(`<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", -pictureMargin, -pictureMargin, w, h, colorGround)
}

// cells draws the cells, the special ones first.
func (p *picture) cells() {
	tape, table := newGrid(), newGrid()
	for side, symbols := range [2][]int{SideA: p.r.Config.Tape.Right, SideB: p.r.Config.Tape.Left} {
		for i, v := range symbols {
			p.pick(tape, p.f.stacks[side][i][:], uint(v))
		}
	}
	for s := range p.f.table {
		for y := range p.f.table[s] {
			p.pick(table, p.f.table[s][y][:], encode(p.r.Table.Entry(s, y)))
		}
	}
	signals := newGrid()
	for i, w := range p.left {
		signals[i] = w &^ p.f.idle[i]
		p.left[i] = w & p.f.idle[i]
	}
	p.path(p.left, colorMachine, 1.4)
	p.path(signals, colorSignal, 4)
	p.path(table, colorTable, 2)
	p.path(tape, colorTape, 4)
}

// pick moves the live cells of the bits that are set in v to g.
func (p *picture) pick(g grid, shapes []shape, v uint) {
	for i, s := range shapes {
		if v>>i&1 == 0 {
			continue
		}
		for _, w := range s {
			g[w.at] |= w.on
			p.left[w.at] &^= w.on
		}
	}
}

// path draws the cells of g, one stroke for each run of a row; a width above 1
// makes few cells easier to see.
func (p *picture) path(g grid, color string, width float64) {
	p.printf(`<path stroke="%s" stroke-width="%.1f" d="`, color, width)
	var at life.Point
	for i := range g {
		for w := g[i]; w != 0; {
			first := bits.TrailingZeros64(w)
			n := bits.TrailingZeros64(^(w >> first))
			if n >= 64-first {
				w = 0
			} else {
				w = w >> (first + n) << (first + n)
			}
			q := g.point(i, first)
			if at == (life.Point{}) {
				p.printf("M%d %d.5h%d", q.X, q.Y, n)
			} else {
				p.printf("m%d %dh%d", q.X-at.X, q.Y-at.Y, n)
			}
			at = q.Add(life.Point{X: int64(n)})
		}
	}
	p.printf("\"/>\n")
}

// text writes words at a place.
func (p *picture) text(x, y int64, size int, color, anchor, s string) {
	p.printf(`<text x="%d" y="%d" font-size="%d" fill="%s" text-anchor="%s">%s</text>`+"\n", x, y, size, color, anchor, html.EscapeString(s))
}

func (p *picture) box(r life.Rect, color string, width int) {
	p.printf(`<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="%s" stroke-width="%d"/>`+"\n",
		r.Min.X, r.Min.Y, r.Max.X-r.Min.X, r.Max.Y-r.Min.Y, color, width)
}

// labels writes the parts, the symbols and the entries.
func (p *picture) labels() {
	for _, part := range Parts() {
		p.box(part.Box, colorFrame, 2)
		about, _, _ := strings.Cut(part.About, ":")
		above := int64(10)
		if part.Name == "table" {
			above = 42
		}
		p.text(part.Box.Min.X+8, part.Box.Min.Y-above, 26, colorText, "start", about)
	}
	for side, symbols := range [2][]int{SideA: p.r.Config.Tape.Right, SideB: p.r.Config.Tape.Left} {
		for i := range Depth {
			v, color := 0, colorFrame
			if i < len(symbols) && symbols[i] != 0 {
				v, color = symbols[i], colorTape
			}
			b := StackBox(Side(side), i+1)
			if Side(side) == SideA {
				p.text(b.Min.X-30, b.Max.Y-10, 48, color, "middle", fmt.Sprint(v))
			} else {
				p.text(b.Max.X-30, b.Min.Y+5, 48, color, "middle", fmt.Sprint(v))
			}
		}
	}
	for s, row := range p.r.Table.Table {
		b := EntryBox(s, s)
		p.text((b.Min.X+b.Max.X)/2, 1052, 26, colorFrame, "middle", fmt.Sprintf("symbol %d", s))
		p.text(312, (b.Min.Y+b.Max.Y)/2, 26, colorFrame, "end", fmt.Sprintf("state %d", s))
		for y, e := range row {
			b := EntryBox(s, y)
			color := colorTable
			if p.r.Phase != Ready && s == p.r.Config.State && y == p.r.Config.Symbol {
				color = colorSignal
				p.box(b, color, 4)
			}
			p.text((b.Min.X+b.Max.X)/2, b.Max.Y+30, 26, color, "middle", e.String())
		}
	}
}

// foot writes the configuration, and what the colours mean.
func (p *picture) foot() {
	y := Bounds.Max.Y + 70
	state := "about to start"
	if p.r.Phase != Ready {
		state = fmt.Sprintf("state %d", p.r.Config.State)
	}
	if p.r.Phase == Halted {
		state += ", halted"
	}
	p.text(0, y, 44, colorText, "start", fmt.Sprintf("generation %d, step %d: %s", p.r.Cycle*Cycle, p.r.Steps, state))
	p.text(0, y+60, 44, colorTape, "start", "tape "+p.r.Config.String())
	p.text(0, y+115, 30, colorMachine, "start", "machine")
	p.text(160, y+115, 30, colorTape, "start", "gliders of the tape")
	p.text(480, y+115, 30, colorTable, "start", "gliders of the transition table")
	p.text(960, y+115, 30, colorSignal, "start", "signals on the way, and the entry in force")
}
