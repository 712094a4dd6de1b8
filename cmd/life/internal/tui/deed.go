package tui

import (
	"errors"
	"fmt"

	"golife/life"
	"golife/life/view"
)

// deed is an edit that can be undone. There are two kinds. A large one keeps the
// whole states before and after it. A small one keeps the cells that it changed:
// small deeds that follow one another without anything else in between form a chain,
// which has one whole state, its root, from which each of its states is made:
//
//	root ─flips─▶ ─flips─▶ ─flips─▶      one chain
//	before ─▶ after                      a large deed
//
// So a deed costs what it changes, and not what the universe holds.
type deed struct {
	what   string // "drawing", for the message
	stroke int    // edits of one stroke of the mouse are one deed; 0 is none

	root  *kept // nil in a large deed
	flips []flip

	before, after *kept
	opens         bool      // it begins the time of another pattern
	names         [2]string // of the patterns before and after, when it opens one
}

// flip is a cell that an edit has changed.
type flip struct {
	life.Point
	from, to life.State
}

// lastDeed returns the deed that undo is for; nil is none.
func (s *sim) lastDeed() *deed {
	if len(s.deeds) == 0 {
		return nil
	}
	return &s.deeds[len(s.deeds)-1]
}

// goesOn reports whether an edit is a part of the last deed.
func (s *sim) goesOn(stroke int, isSmall bool) bool {
	d := s.lastDeed()
	return stroke != 0 && s.tip == afterDeed && d != nil && d.stroke == stroke && (d.root != nil) == isSmall
}

// add adds a deed that was just done.
func (s *sim) add(d deed) {
	bytes := int64(len(d.flips)) * flipBytes
	for _, k := range d.states() {
		bytes += k.bytes()
	}
	s.deeds, s.undone = append(s.deeds, d), nil
	s.keepDeeds(bytes)
}

// change makes a large edit by do, so that it can be undone. On error do must have
// changed nothing.
func (s *sim) change(what string, stroke int, do func() error) error {
	goesOn := s.goesOn(stroke, false)
	var before *kept
	if !goesOn {
		before = s.keepPresent()
	}
	if err := do(); err != nil {
		return err
	}
	if !goesOn {
		s.add(deed{what: what, stroke: stroke, before: before})
	} else {
		s.lastDeed().after = nil
	}
	s.edited()
	return nil
}

// flip makes a small edit: it sets cells one by one and keeps what they were. Cells
// outside a bounded grid are left out and counted. After another error what was set
// can be undone.
func (s *sim) flip(what string, stroke int, e life.Editor, cells []cell) (outside int, err error) {
	if !s.goesOn(stroke, true) {
		root := s.chain()
		if root == nil {
			root = s.keepPresent()
		}
		s.add(deed{what: what, stroke: stroke, root: root})
	}
	d := s.lastDeed()
	for _, c := range cells {
		from := e.Get(c.Point)
		if from == c.state {
			continue
		}
		switch err = e.Set(c.Point, c.state); {
		case errors.Is(err, life.ErrOutOfRange):
			outside++
		case err != nil:
			s.edited()
			return outside, err
		default:
			d.flips = append(d.flips, flip{c.Point, from, c.state})
		}
	}
	s.edited()
	s.keepDeeds(int64(len(cells)) * flipBytes)
	return outside, nil
}

// tip says what the present universe is to the deeds.
type tip uint8

const (
	noTip      tip = iota // nothing: it was computed, or gone to
	afterDeed             // as the last deed has left it
	beforeDeed            // as it was before the deed that was undone last
)

// chain returns the root of the chain in which the present state is, after those of
// its deeds that are not undone; nil is none.
func (s *sim) chain() *kept {
	switch d := s.lastDeed(); {
	case s.tip == afterDeed && d != nil:
		return d.root
	case s.tip == beforeDeed && len(s.undone) > 0:
		return s.undone[len(s.undone)-1].root
	}
	return nil
}

// keepPresent keeps the present state, if no deed does.
func (s *sim) keepPresent() *kept {
	s.settle()
	switch d := s.lastDeed(); {
	case s.tip == afterDeed && d != nil && d.after != nil:
		return d.after
	case s.tip == beforeDeed && len(s.undone) > 0 && s.undone[len(s.undone)-1].before != nil:
		return s.undone[len(s.undone)-1].before
	}
	return &kept{pattern: s.present()}
}

// edited notes that the universe is as the last deed has left it, and that nothing
// else knows that state yet.
func (s *sim) edited() {
	s.now, s.isDirty, s.tip, s.unsaved = nil, true, afterDeed, true
	s.machine.observe(s.engine)
}

// settle makes the state after edits known to the timeline, before anything else
// happens.
func (s *sim) settle() {
	if !s.isDirty {
		return
	}
	s.isDirty = false
	p := s.present()
	if d := s.lastDeed(); s.tip == afterDeed && d != nil && d.before != nil && d.after == nil {
		d.after = &kept{pattern: p}
		s.keepDeeds(patternBytes(p))
	}
	s.timeline.edited(p)
}

// undo goes to the state before the last edit, whatever was computed since.
func (s *sim) undo() error {
	last := len(s.deeds) - 1
	if last < 0 {
		return errors.New("there is nothing to undo")
	}
	d := s.deeds[last]
	if d.root == nil {
		s.settle()
		d = s.deeds[last]
	}
	if err := s.retrace(d, last, true); err != nil {
		return err
	}
	s.deeds, s.undone = s.deeds[:last], append(s.undone, d)
	s.arrive(d, beforeDeed)
	s.tell("undone: " + d.what + ", at generation " + view.Number(s.engine.Generation(), exactDigits))
	return nil
}

// redo goes to the state after the edit that was undone last.
func (s *sim) redo() error {
	last := len(s.undone) - 1
	if last < 0 {
		return errors.New("there is nothing to do again")
	}
	d := s.undone[last]
	if err := s.retrace(d, len(s.deeds), false); err != nil {
		return err
	}
	s.deeds, s.undone = append(s.deeds, d), s.undone[:last]
	s.arrive(d, afterDeed)
	s.tell("done again: " + d.what + ", at generation " + view.Number(s.engine.Generation(), exactDigits))
	return nil
}

// retrace goes to the state before or after deed d, which is or was the n-th. On
// error nothing has changed.
func (s *sim) retrace(d deed, n int, back bool) error {
	switch {
	case d.root == nil && back:
		return s.goBackTo(d.before)
	case d.root == nil:
		return s.goBackTo(d.after)
	case s.chain() == d.root:
		err := s.apply(d.flips, back)
		if err != nil {
			// Half of it is done; what it was before can be done again.
			err = errors.Join(err, s.apply(d.flips, !back))
		}
		s.now = nil
		return err
	}
	return s.rebuild(d, n, back)
}

// goBackTo makes a kept state the universe.
func (s *sim) goBackTo(k *kept) error {
	p, err := k.get()
	if err != nil {
		return err
	}
	return s.become(p)
}

// rebuild makes a state of d's chain from its root.
func (s *sim) rebuild(d deed, n int, back bool) error {
	from := n
	for from > 0 && s.deeds[from-1].root == d.root {
		from--
	}
	if from == n && back {
		return s.goBackTo(d.root)
	}
	s.settle()
	here := s.present()
	if err := s.goBackTo(d.root); err != nil {
		return err
	}
	var err error
	for _, e := range s.deeds[from:n] {
		err = errors.Join(err, s.apply(e.flips, false))
	}
	if !back {
		err = errors.Join(err, s.apply(d.flips, false))
	}
	s.now = nil
	if err != nil {
		return errors.Join(err, s.become(here))
	}
	return nil
}

// apply sets cells to what they became by flips, or with back to what they were.
func (s *sim) apply(list []flip, back bool) error {
	e, err := s.editor()
	if err != nil {
		return err
	}
	for i, f := range list {
		to := f.to
		if back {
			f = list[len(list)-1-i] // a cell may have been changed twice
			to = f.from
		}
		if err := e.Set(f.Point, to); err != nil {
			return fmt.Errorf("cell %d,%d: %w", f.X, f.Y, err)
		}
	}
	return nil
}

// arrive ends undo or redo of d.
func (s *sim) arrive(d deed, side tip) {
	s.tip, s.isDirty = side, true
	s.machine.observe(s.engine)
	if !d.opens {
		return
	}
	s.isDirty = false
	p, name := s.present(), d.names[0]
	if side == afterDeed {
		name = d.names[1]
	}
	s.begin(p)
	s.name = name
	s.answer(func(m *model) {
		m.name, m.pattern, m.file = name, p, ""
		m.selection = nil
		m.fit()
	})
}

// replace makes p the universe as an edit.
func (s *sim) replace(what string, p *life.Pattern) error {
	return s.change(what, 0, func() error { return s.become(p) })
}
