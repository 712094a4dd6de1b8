package tui

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"golife/life"
	"golife/life/rule"
)

// pasting is a pattern that is being placed.
type pasting struct {
	pattern *life.Pattern // its north-west corner is cell (0, 0)
	w, h    int64
	at      life.Point // of the corner
	mode    pasteMode
}

func big64(v int64) *big.Int { return big.NewInt(v) }

// atOrigin moves the corner of p to cell (0, 0), and returns its size.
func atOrigin(p *life.Pattern) (_ *life.Pattern, w, h int64, err error) {
	r, ok := p.Bounds()
	if !ok {
		return nil, 0, 0, errors.New("there are no live cells in it")
	}
	if !r.Width().IsInt64() || !r.Height().IsInt64() {
		return nil, 0, 0, errors.New("it is wider than 2^63 cells")
	}
	q := p.Translate(new(big.Int).Neg(r.MinX), new(big.Int).Neg(r.MinY))
	return q, r.Width().Int64(), r.Height().Int64(), nil
}

// pasteCells pastes what was copied: "[X Y] [MODE]".
func (m *model) pasteCells(arg string) error {
	if m.clip == nil {
		return errors.New("nothing was copied: y copies, and a terminal pastes RLE text")
	}
	fields, mode := strings.Fields(arg), pasteOr
	if n := len(fields); n%2 == 1 {
		var err error
		if mode, err = parsePasteMode(fields[n-1]); err != nil {
			return err
		}
		fields = fields[:n-1]
	}
	if len(fields) == 0 {
		return m.startPaste(m.clip, mode)
	}
	n, err := ints(strings.Join(fields, " "), "X", "Y")
	if err != nil {
		return err
	}
	p, w, h, err := atOrigin(m.clip)
	if err != nil {
		return err
	}
	m.putDown(&pasting{pattern: p, w: w, h: h, at: life.Point{X: n[0], Y: n[1]}, mode: mode})
	return nil
}

// startPaste lets the user choose a place for p.
func (m *model) startPaste(p *life.Pattern, mode pasteMode) error {
	p, w, h, err := atOrigin(p)
	if err != nil {
		return err
	}
	if !m.editing {
		m.toggleEdit()
	}
	if !m.editing {
		return nil // it has said why
	}
	m.selecting = false
	m.paste = &pasting{pattern: p, w: w, h: h, mode: mode}
	m.centrePaste(m.cursor)
	m.sayPaste()
	return nil
}

func (m *model) centrePaste(at life.Point) {
	m.paste.at = life.Point{X: at.X - m.paste.w/2, Y: at.Y - m.paste.h/2}
}

func (m *model) sayPaste() {
	m.message = fmt.Sprintf("paste (%v): enter or a click puts it down, tab changes the mode, @ rotates, x y flip, esc ends", m.paste.mode)
}

func (m *model) putDown(p *pasting) {
	c := *p
	m.order(false, func(s *sim) error { return s.paste(&c) })
	m.message = "pasted"
}

// pressPaste handles a key while a pattern is being placed, and reports whether it
// was one for it.
func (m *model) pressPaste(k key) bool {
	switch k {
	case "enter", "space":
		m.putDown(m.paste)
		m.paste = nil
	case "esc", "q":
		m.paste = nil
	case "tab":
		m.paste.mode = (m.paste.mode + 1) % pasteMode(len(pasteModes))
		m.sayPaste()
	case "@":
		m.turnPaste(life.Rotate90)
	case "x":
		m.turnPaste(life.FlipX)
	case "y":
		m.turnPaste(life.FlipY)
	default:
		return false
	}
	return true
}

// turnPaste turns what is being placed about its middle.
func (m *model) turnPaste(t life.Symmetry) {
	p := m.paste
	q, w, h, err := atOrigin(p.pattern.Transform(t))
	if err != nil {
		return
	}
	p.at = p.at.Add(life.Point{X: (p.w - w) / 2, Y: (p.h - h) / 2})
	p.pattern, p.w, p.h = q, w, h
	m.sayPaste()
}

func (m *model) rotate(arg string) error {
	switch arg {
	case "", "right":
		return m.turn(life.Rotate90)
	case "left":
		return m.turn(life.Rotate270)
	}
	return fmt.Errorf("found %q, want left or right", arg)
}

func (m *model) flip(arg string) error {
	switch arg {
	case "", "x":
		return m.turn(life.FlipX)
	case "y":
		return m.turn(life.FlipY)
	}
	return fmt.Errorf("found %q, want x or y", arg)
}

// turn turns what is being placed, or else what is selected.
func (m *model) turn(t life.Symmetry) error {
	if m.paste != nil {
		m.turnPaste(t)
		return nil
	}
	r, err := m.selected()
	if err != nil {
		return err
	}
	m.order(false, func(s *sim) error { return s.turn(r, t) })
	return nil
}

// placePattern lets the user place a file or a pattern of the library.
func (m *model) placePattern(name string) error {
	if name == "" {
		return errors.New("found nothing, want a file or a name of the library")
	}
	m.load(name, false, func(s *sim, l *loading) error {
		s.answer(func(m *model) {
			m.message, m.clip = "", l.pattern
			if err := m.startPaste(l.pattern, pasteOr); err != nil {
				m.fail(fmt.Errorf("%s: %w", l.doing, err))
			}
		})
		return nil
	})
	return nil
}

// parsePasted is parseRule for pasted text. Where only its cells are wanted, any rule will do.
func (m *model) parsePasted(s string, files map[string][]byte) (*rule.Rule, error) {
	r, err := m.parseRule(s, files)
	if err != nil && m.editing {
		return rule.NewNamed("Pasted", 256)
	}
	return r, err
}

// pasteText takes text that the terminal has pasted: a pattern, or a part of a
// command line, or of what a list is searched for.
func (m *model) pasteText(text string) {
	if m.line != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
		m.line.before = append(m.line.before, []rune(printable(first))...)
		return
	}
	m.help = false
	p, err := readPattern(strings.NewReader(text), m.parsePasted)
	if m.picker != nil {
		if err != nil && m.picker.paste(text) {
			return
		}
		m.picker = nil
	}
	switch {
	case err != nil:
		m.fail(fmt.Errorf("pasted text: %w", err))
	case m.editing:
		m.clip = p
		if err := m.startPaste(p, pasteOr); err != nil {
			m.fail(fmt.Errorf("pasted text: %w", err))
		}
	default:
		m.open("pasted text", p)
	}
}
