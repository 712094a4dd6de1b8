// Package probe looks at boxes of cells at chosen generations: a logic analyser
// for any pattern on any engine.
//
// # What it models
//
// A Probe is a box, the generations at which it is looked at, and the picture
// that is expected there. It hits when the box holds the picture. Many circuits
// in Life store a bit as a glider in a loop: a probe at the right place and
// phase reads it, and whatever is neither the glider nor nothing is a fault.
//
//	X,Y ┌───┐
//	    │.o.│   looked at in generations Start, Start+Period, …
//	    │..o│   hit: all nine cells are as in the picture
//	    │ooo│
//	    └───┘
//
// # Pictures
//
// Rows from north to south, joined by "/", all of the same length. A character is
// a cell: "." dead, "o" alive (state 1), "A" to "X" states 1 to 24, "*" any state
// but dead, "?" any state. "WxH", such as "3x3", stands for a box of that size that
// is hit when any cell in it is not dead. A "!" before either turns it round: a
// hit is then what was none. States are relative to the background, as in
// life.Engine.
//
// # Files
//
// Parse reads one probe a line, "#" begins a comment:
//
//	# name     place      generations    picture
//	bit-0      1187,1035  0+11040        .o./..o/ooo
//	eater      -20,4      7              !2x2
//
// Generations are START, or START+PERIOD.
//
// # Cost
//
// A Schedule knows which probes are due next, so that an engine is advanced from
// one such generation to the next; reading a box costs O(box) on an engine with a
// life.Sampler.
package probe

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"golife/life"
)

// maxSide and maxCells bound a probe's box.
const (
	maxSide  = 4096
	maxCells = 1 << 20
)

// Probe looks at a box of cells at some generations.
type Probe struct {
	Name    string
	Box     life.Rect
	Start   *big.Int // first generation looked at; not to be changed
	Period  *big.Int // to the next one; nil is once only
	picture []cell   // row-major; nil when any cell will do
	text    string
	negated bool
}

// cell is what a picture wants of one cell.
type cell uint8

const (
	anyState cell = 255 - iota
	anyLive
	maxState = 24
)

// New returns a probe of the box whose north-west cell is at. A period of 0 is
// once only. Errors say what is wrong with the picture or the numbers.
func New(name string, at life.Point, start, period int64, picture string) (Probe, error) {
	p := Probe{Name: name, Start: big.NewInt(start)}
	if start < 0 || period < 0 {
		return p, fmt.Errorf("found generations %d+%d, want none below 0", start, period)
	}
	if period > 0 {
		p.Period = big.NewInt(period)
	}
	return p, p.draw(at, picture)
}

// draw reads a picture and sets the box.
func (p *Probe) draw(at life.Point, picture string) error {
	p.text = picture
	body, isNegated := strings.CutPrefix(picture, "!")
	p.negated = isNegated
	w, h, err := p.parsePicture(body)
	if err != nil {
		return err
	}
	box := life.Rt(at.X, at.Y, int64(w), int64(h))
	if box.IsEmpty() {
		return fmt.Errorf("found the place %d,%d, want one that leaves room for %d x %d cells", at.X, at.Y, w, h)
	}
	p.Box = box
	return nil
}

func (p *Probe) parsePicture(s string) (w, h int, err error) {
	var rest string
	if n, _ := fmt.Sscanf(s, "%dx%d%s", &w, &h, &rest); n >= 2 {
		if rest != "" || w < 1 || h < 1 || w > maxSide || h > maxSide || w*h > maxCells {
			return 0, 0, fmt.Errorf("found the size %q, want WxH with sides from 1 to %d and at most %d cells", s, maxSide, maxCells)
		}
		return w, h, nil
	}
	rows := strings.Split(s, "/")
	w, h = len(rows[0]), len(rows)
	if w == 0 {
		return 0, 0, errors.New("found an empty picture, want rows of . and o joined by /, or WxH")
	}
	if w > maxSide || h > maxSide || w*h > maxCells {
		return 0, 0, fmt.Errorf("found a picture of %d x %d, want sides up to %d and at most %d cells", w, h, maxSide, maxCells)
	}
	for y, row := range rows {
		if len(row) != w {
			return 0, 0, fmt.Errorf("found row %d of %d cells after rows of %d, want all of the same length", y+1, len(row), w)
		}
		for i := range len(row) {
			c, ok := parseCell(row[i])
			if !ok {
				return 0, 0, fmt.Errorf("found %q in a picture, want . o A to X * or ?", rune(row[i]))
			}
			p.picture = append(p.picture, c)
		}
	}
	return w, h, nil
}

func parseCell(c byte) (cell, bool) {
	switch {
	case c == '.':
		return 0, true
	case c == 'o':
		return 1, true
	case c == '*':
		return anyLive, true
	case c == '?':
		return anyState, true
	case c >= 'A' && c < 'A'+maxState:
		return cell(c-'A') + 1, true
	}
	return 0, false
}

// String writes the probe as a line of a file.
func (p Probe) String() string {
	when := p.Start.String()
	if p.Period != nil {
		when += "+" + p.Period.String()
	}
	return fmt.Sprintf("%s %d,%d %s %s", p.Name, p.Box.Min.X, p.Box.Min.Y, when, p.text)
}

// Check returns an error when the picture can never be seen under a rule with
// the given number of states.
func (p Probe) Check(states int) error {
	for _, c := range p.picture {
		if c <= maxState && int(c) >= states {
			return fmt.Errorf("probe %s: found state %d in the picture, want one of the rule's %d states; a live cell is o", p.Name, c, states)
		}
	}
	return nil
}

// Reading is what a probe saw.
type Reading struct {
	Probe      Probe
	Generation *big.Int
	Cells      []life.State // of the box, row-major
	Hit        bool
}

// Picture writes the cells as a picture: "." dead, "o" state 1, "B" to "X" states
// 2 to 24, "#" above.
func (r Reading) Picture() string {
	w := int(r.Probe.Box.Max.X - r.Probe.Box.Min.X)
	var b strings.Builder
	for i, s := range r.Cells {
		if i > 0 && i%w == 0 {
			b.WriteByte('/')
		}
		switch {
		case s == 0:
			b.WriteByte('.')
		case s == 1:
			b.WriteByte('o')
		case s <= maxState:
			b.WriteByte('A' + byte(s) - 1)
		default:
			b.WriteByte('#')
		}
	}
	return b.String()
}

// Read looks at the box now, whatever generation e is at. Cost: O(box) on an
// engine that is a life.Sampler, else that of e.Cells.
func (p Probe) Read(e life.Engine) Reading {
	r := Reading{Probe: p, Generation: e.Generation(), Cells: Box(e, p.Box)}
	r.Hit = p.sees(r.Cells) != p.negated
	return r
}

// sees reports whether the cells are as in the picture.
func (p *Probe) sees(cells []life.State) bool {
	if p.picture == nil {
		for _, s := range cells {
			if s != 0 {
				return true
			}
		}
		return false
	}
	for i, want := range p.picture {
		switch s := cells[i]; {
		case want == anyState, want == anyLive && s != 0, want == cell(s):
		default:
			return false
		}
	}
	return true
}

// Box returns the cells of a box of e, row-major. Cost: as Probe.Read.
func Box(e life.Engine, box life.Rect) []life.State {
	w, h := int(box.Max.X-box.Min.X), int(box.Max.Y-box.Min.Y)
	cells := make([]life.State, w*h)
	s, ok := e.(life.Sampler)
	if !ok {
		for at, v := range e.Cells(box) {
			cells[int(at.Y-box.Min.Y)*w+int(at.X-box.Min.X)] = v
		}
		return cells
	}
	buf := make([]uint8, w*h)
	s.Sample(life.View{X: big.NewInt(box.Min.X), Y: big.NewInt(box.Min.Y), Width: w, Height: h}, buf)
	for i, v := range buf {
		cells[i] = life.State(v)
	}
	return cells
}
