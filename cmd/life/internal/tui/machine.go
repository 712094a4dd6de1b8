package tui

import (
	"math/big"

	"golife/life"
	"golife/life/turing"
)

// cycle is how many generations a step of the Turing machine takes.
var cycle = big.NewInt(turing.Cycle)

// longFollow is how many steps the interpreter follows the machine in one go.
const longFollow = 1 << 16

// watcher reads the Turing machine on the simulation's goroutine, each time the
// engine stands between two of its steps. All methods may be called on nil.
type watcher struct {
	sight  *sight
	beside *turing.Interpreter // at the step of the last reading; nil when it could not follow
}

// sight is what the machine was when it was last read. It is immutable.
type sight struct {
	reading    *turing.Reading
	err        error // why it could not be read
	generation *big.Int
	isChecked  bool // the interpreter has followed to here
	differs    error
}

// last returns the newest sight; nil is none yet.
func (w *watcher) last() *sight {
	if w == nil {
		return nil
	}
	return w.sight
}

// observe reads the machine if e stands between two of its steps.
func (w *watcher) observe(e life.Engine) {
	if w == nil {
		return
	}
	g := e.Generation()
	if new(big.Int).Mod(g, cycle).Sign() != 0 {
		if w.sight != nil && g.Cmp(w.sight.generation) < 0 {
			*w = watcher{} // back to a generation before
		}
		return
	}
	s := &sight{generation: g}
	s.reading, s.err = turing.Read(e)
	if s.err == nil {
		w.check(s)
	} else {
		w.beside = nil
	}
	w.sight = s
}

// check compares s with the interpreter, which begins anew where it has not
// followed the machine.
func (w *watcher) check(s *sight) {
	r := s.reading
	far := int64(0)
	if w.beside != nil {
		far = r.Steps - int64(w.beside.Steps)
	}
	if r.Phase == turing.Ready || w.beside == nil || far < 0 || far > longFollow {
		w.begin(r)
		return
	}
	for int64(w.beside.Steps) < r.Steps {
		if err := w.beside.Step(); err != nil {
			s.isChecked, s.differs = true, err
			return
		}
	}
	s.isChecked, s.differs = true, turing.Compare(r, w.beside)
}

// begin lets the interpreter begin at r.
func (w *watcher) begin(r *turing.Reading) {
	program := r.Table
	w.beside = &turing.Interpreter{Program: &program, Config: r.Config, Steps: int(r.Steps)}
	w.beside.Config.Tape = r.Config.Tape.Clone()
	if r.Phase == turing.Ready {
		w.beside = turing.Start(&program, r.Config.Tape)
	}
}

// pause returns how far to advance from a generation towards a target: to the
// last generation at or before the target at which the machine can be read, so
// that a step of any length ends with a reading that is less than a cycle old.
func (w *watcher) pause(from, target *big.Int) *big.Int {
	n := new(big.Int).Sub(target, from)
	if w == nil {
		return n
	}
	late := new(big.Int).Mod(target, cycle)
	if late.Cmp(n) < 0 {
		n.Sub(n, late)
	}
	return n
}

// untilCycle returns how far it is from g to the next generation at which the
// machine can be read.
func untilCycle(g *big.Int) *big.Int {
	late := new(big.Int).Mod(g, cycle)
	return late.Sub(cycle, late)
}
