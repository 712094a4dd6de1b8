package tui

import (
	"errors"

	"golife/life"
	"golife/life/view"
)

// deed is an edit that can be undone: the states before and after it.
type deed struct {
	what          string // "drawing", for the message
	stroke        int    // edits of one stroke of the mouse are one deed; 0 is none
	before, after *life.Pattern
	opens         bool      // it begins the time of another pattern
	names         [2]string // of the patterns before and after, when it opens one
}

// change makes an edit by do, so that it can be undone. On error do must have
// changed nothing.
func (s *sim) change(what string, stroke int, do func() error) error {
	goesOn := stroke != 0 && s.isDirty && len(s.deeds) > 0 && s.deeds[len(s.deeds)-1].stroke == stroke
	var before *life.Pattern
	if !goesOn {
		s.settle()
		before = s.present()
	}
	if err := do(); err != nil {
		return err
	}
	if !goesOn {
		s.deeds, s.undone = append(s.deeds, deed{what: what, stroke: stroke, before: before}), nil
		s.forgetDeeds()
	}
	s.now, s.isDirty, s.unsaved = nil, true, true
	s.machine.observe(s.engine)
	return nil
}

// forgetDeeds drops the oldest deeds when they take too much memory. A state that
// two deeds share counts once.
func (s *sim) forgetDeeds() {
	var sum int64
	for i := len(s.deeds) - 1; i >= 0; i-- {
		if sum += patternBytes(s.deeds[i].before); sum > pastBytes && i < len(s.deeds)-1 {
			s.deeds = append([]deed(nil), s.deeds[i+1:]...)
			return
		}
	}
}

// settle ends an edit before anything else happens: the state after it is known
// to the timeline and to undo from then on.
func (s *sim) settle() {
	if !s.isDirty {
		return
	}
	s.isDirty = false
	p := s.present()
	s.deeds[len(s.deeds)-1].after = p
	s.timeline.edited(p)
}

// undo goes to the state before the last edit, whatever was computed since.
func (s *sim) undo() error {
	s.settle()
	last := len(s.deeds) - 1
	if last < 0 {
		return errors.New("there is nothing to undo")
	}
	d := s.deeds[last]
	if err := s.become(d.before); err != nil {
		return err
	}
	s.deeds, s.undone = s.deeds[:last], append(s.undone, d)
	s.arrive(d, d.before, d.names[0])
	s.tell("undone: " + d.what + atGeneration(d.before))
	return nil
}

// redo goes to the state after the edit that was undone last.
func (s *sim) redo() error {
	last := len(s.undone) - 1
	if last < 0 || s.isDirty {
		return errors.New("there is nothing to do again")
	}
	d := s.undone[last]
	if err := s.become(d.after); err != nil {
		return err
	}
	s.deeds, s.undone = append(s.deeds, d), s.undone[:last]
	s.arrive(d, d.after, d.names[1])
	s.tell("done again: " + d.what + atGeneration(d.after))
	return nil
}

// arrive ends undo and redo of d at the state p.
func (s *sim) arrive(d deed, p *life.Pattern, name string) {
	if !d.opens {
		s.timeline.edited(p)
		return
	}
	s.begin(p)
	s.name = name
	s.answer(func(m *model) {
		m.name, m.pattern, m.file = name, p, ""
		m.selection = nil
		m.fit()
	})
}

func atGeneration(p *life.Pattern) string {
	return ", at generation " + view.Number(p.Generation(), exactDigits)
}

// replace makes p the universe as an edit.
func (s *sim) replace(what string, p *life.Pattern) error {
	return s.change(what, 0, func() error { return s.become(p) })
}
