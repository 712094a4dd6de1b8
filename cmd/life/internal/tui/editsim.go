package tui

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"golife/life"
	"golife/rle"
)

// maxCells bounds what is edited cell by cell in one go.
const maxCells = 1 << 24

// manyCells is from how many cells on setMany is worth it.
const manyCells = 20_000

// maxSystemClip is the longest text that terminals are sent for the clipboard.
const maxSystemClip = 1 << 20

// cell is a cell to be set.
type cell struct {
	life.Point
	state life.State
}

// stroke is a stroke of the mouse. Its first cell decides whether it draws or
// erases; it is used by the simulation only, which alone knows the cells.
type stroke struct {
	number    int
	state     life.State
	isDecided bool
}

// draw gives cells the stroke's state.
func (s *sim) draw(st *stroke, points []life.Point) error {
	e, err := s.editor()
	if err != nil {
		return err
	}
	if !st.isDecided {
		st.isDecided = true
		if e.Get(points[0]) == st.state {
			st.state = 0
		}
	}
	cells := make([]cell, len(points))
	for i, p := range points {
		cells[i] = cell{p, st.state}
	}
	return s.setCells("drawing", st.number, cells)
}

// setCells sets cells as an edit. Cells outside a bounded grid are left out.
func (s *sim) setCells(what string, stroke int, cells []cell) error {
	e, err := s.editor()
	if err != nil {
		return err
	}
	if len(cells) > manyCells {
		return s.change(what, stroke, func() error { return s.setMany(e, cells) })
	}
	outside, err := s.flip(what, stroke, e, cells)
	s.tellOutside(outside)
	return err
}

func (s *sim) tellOutside(n int) {
	if n > 0 {
		s.tell(fmt.Sprintf("%d cells outside the grid are left out", n))
	}
}

// setMany sets many cells: to unite two trees takes a small part of the time of
// setting cells one by one.
func (s *sim) setMany(e life.Editor, cells []cell) error {
	before := s.present()
	if e.Rule().IsBounded() {
		return s.setEach(e, cells, before)
	}
	b := life.NewBuilder(e.Rule())
	for _, c := range cells {
		switch {
		case c.state != 0:
			b.Set(c.X, c.Y, c.state)
		case e.Get(c.Point) != 0:
			if err := e.Set(c.Point, 0); err != nil {
				return errors.Join(err, s.become(before))
			}
		}
	}
	p, err := e.Snapshot().Union(b.Pattern())
	if err == nil {
		err = s.become(p)
	}
	if err != nil {
		return errors.Join(err, s.become(before))
	}
	return nil
}

// setEach sets cells one by one, but those outside the grid.
func (s *sim) setEach(e life.Editor, cells []cell, before *life.Pattern) error {
	outside := 0
	for _, c := range cells {
		switch err := e.Set(c.Point, c.state); {
		case errors.Is(err, life.ErrOutOfRange):
			outside++
		case err != nil:
			return errors.Join(err, s.become(before))
		}
	}
	s.tellOutside(outside)
	return nil
}

// inside returns the live cells of r. That all of them are too many is known without a look
// at each.
func (s *sim) inside(r life.Rect) ([]cell, error) {
	tooMany := fmt.Errorf("found more than %d live cells in the selection", maxCells)
	if s.isAllIn(r) && s.engine.Population().Cmp(big.NewInt(maxCells)) > 0 {
		return nil, tooMany
	}
	var list []cell
	for p, st := range s.engine.Cells(r) {
		if len(list) == maxCells {
			return nil, tooMany
		}
		list = append(list, cell{p, st})
	}
	return list, nil
}

// isAllIn reports whether there are live cells, and none outside of r.
func (s *sim) isAllIn(r life.Rect) bool {
	box, ok := s.engine.Bounds()
	if !ok {
		return false
	}
	all, ok := box.Rect()
	return ok && r.Contains(all.Min) && all.Max.X <= r.Max.X && all.Max.Y <= r.Max.Y
}

// cleared returns the same cells in state 0.
func cleared(list []cell) []cell {
	out := slices.Clone(list)
	for i := range out {
		out[i].state = 0
	}
	return out
}

// copy makes the cells of r the clipboard, and with cut clears them.
func (s *sim) copy(r life.Rect, cut bool) error {
	list, err := s.inside(r)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return errors.New("there are no live cells in the selection")
	}
	b := life.NewBuilder(s.engine.Rule().Unbounded())
	for _, c := range list {
		b.Set(c.X-r.Min.X, c.Y-r.Min.Y, c.state)
	}
	p := b.Pattern()
	verb := "copied"
	if cut {
		if err := s.setCells("cut", 0, cleared(list)); err != nil {
			return err
		}
		verb = "cut"
	}
	var text strings.Builder
	note := ""
	if err := rle.Encode(&text, p); err != nil || text.Len() > maxSystemClip {
		note = ", too many for the system's clipboard"
		text.Reset()
	}
	cells := "cells"
	if len(list) == 1 {
		cells = "cell"
	}
	s.tell(fmt.Sprintf("%s %d %s%s; P pastes", verb, len(list), cells, note))
	s.answer(func(m *model) { m.clip, m.copied = p, text.String() })
	return nil
}

func (s *sim) clearInside(r life.Rect) error {
	list, err := s.inside(r)
	if err != nil {
		return err
	}
	return s.setCells("clear", 0, cleared(list))
}

// builder returns a builder for a universe with the present rule and generation.
func (s *sim) builder() *life.Builder {
	b := life.NewBuilder(s.engine.Rule())
	b.SetGeneration(s.engine.Generation())
	return b
}

func (s *sim) clearOutside(r life.Rect) error {
	list, err := s.inside(r)
	if err != nil {
		return err
	}
	b := s.builder()
	for _, c := range list {
		b.Set(c.X, c.Y, c.state)
	}
	return s.replace("clear outside", b.Pattern())
}

func (s *sim) clearAll() error { return s.replace("clear", s.builder().Pattern()) }

// paste puts a pattern down. States that the rule lacks become state 1.
func (s *sim) paste(p *pasting) error {
	e, err := s.editor()
	if err != nil {
		return err
	}
	if n := p.pattern.Population(); !n.IsInt64() || n.Int64() > maxCells {
		return fmt.Errorf("found %v live cells to paste, want at most %d", n, maxCells)
	}
	var list []cell
	if p.mode == pasteReplace {
		under, err := s.inside(life.Rt(p.at.X, p.at.Y, p.w, p.h))
		if err != nil {
			return err
		}
		list = cleared(under)
	}
	most := life.State(s.engine.Rule().States() - 1)
	for at, st := range p.pattern.Cells(life.Everywhere()) {
		if st > most {
			st = 1
		}
		at = at.Add(p.at)
		if p.mode == pasteXor && e.Get(at) != 0 {
			st = 0
		}
		list = append(list, cell{at, st})
	}
	return s.setCells("paste", 0, list)
}

// turn turns the cells of r about its middle, and selects where they are then.
func (s *sim) turn(r life.Rect, t life.Symmetry) error {
	list, err := s.inside(r)
	if err != nil {
		return err
	}
	w, h := r.Max.X-r.Min.X, r.Max.Y-r.Min.Y
	tw, th := w, h
	if t == life.Rotate90 || t == life.Rotate270 {
		tw, th = h, w
	}
	to := life.Rt(r.Min.X+(w-tw)/2, r.Min.Y+(h-th)/2, tw, th)
	cells := cleared(list)
	for _, c := range list {
		at := turned(t, life.Point{X: c.X - r.Min.X, Y: c.Y - r.Min.Y}, w, h)
		cells = append(cells, cell{at.Add(to.Min), c.state})
	}
	if err := s.setCells("turn", 0, cells); err != nil {
		return err
	}
	s.answer(func(m *model) { m.selection = &to })
	return nil
}

// turned returns where t takes a cell of the rectangle of w × h cells at the origin,
// when the turned rectangle is moved back to the origin.
func turned(t life.Symmetry, p life.Point, w, h int64) life.Point {
	a, b := t.Apply(life.Point{}), t.Apply(life.Point{X: w - 1, Y: h - 1})
	return t.Apply(p).Add(life.Point{X: -min(a.X, b.X), Y: -min(a.Y, b.Y)})
}

// symmetries are groups of symmetries of a rectangle by the names of the census;
// those that turn by a right angle need a square.
var symmetries = sync.OnceValue(func() map[string][]life.Symmetry {
	return map[string][]life.Symmetry{
		"C1":  {life.Identity},
		"C2":  {life.Identity, life.Rotate180},
		"C4":  {life.Identity, life.Rotate90, life.Rotate180, life.Rotate270},
		"D2-": {life.Identity, life.FlipY},
		"D2|": {life.Identity, life.FlipX},
		"D4+": {life.Identity, life.Rotate180, life.FlipX, life.FlipY},
		"D8":  life.Symmetries(),
	}
})

func symmetryNames() []string { return slices.Sorted(maps.Keys(symmetries())) }

// fill is a random fill.
type fill struct {
	rect     life.Rect
	density  float64 // share of live cells
	seed     uint64
	symmetry string
	state    life.State
}

func (f *fill) size() (w, h int64) { return f.rect.Max.X - f.rect.Min.X, f.rect.Max.Y - f.rect.Min.Y }

func (f *fill) check() error {
	w, h := f.size()
	if w > maxCells || h > maxCells || w*h > maxCells {
		return fmt.Errorf("found %d × %d cells selected, want at most %d to fill", w, h, maxCells)
	}
	if needsSquare := f.symmetry == "C4" || f.symmetry == "D8"; needsSquare && w != h {
		return fmt.Errorf("found %d × %d cells selected, want a square for symmetry %s", w, h, f.symmetry)
	}
	return nil
}

// cells returns all cells of the rectangle with their new states. Cells that the
// symmetry takes to each other are drawn once, at the first of them.
func (f *fill) cells() []cell {
	w, h := f.size()
	rng := rand.New(rand.NewPCG(f.seed, 0))
	states, isDrawn := make([]life.State, w*h), make([]bool, w*h)
	for i := range w * h {
		if isDrawn[i] {
			continue
		}
		var st life.State
		if rng.Float64() < f.density {
			st = f.state
		}
		for _, t := range symmetries()[f.symmetry] {
			p := turned(t, life.Point{X: i % w, Y: i / w}, w, h)
			states[p.Y*w+p.X], isDrawn[p.Y*w+p.X] = st, true
		}
	}
	out := make([]cell, w*h)
	for i := range out {
		out[i] = cell{f.rect.Min.Add(life.Point{X: int64(i) % w, Y: int64(i) / w}), states[i]}
	}
	return out
}
