package turing

import (
	"errors"
	"fmt"
	"math/big"
	"sort"
	"strings"

	"golife/life"
	"golife/life/probe"
)

// Phase is how far a machine has come.
type Phase uint8

// The phases.
const (
	Ready   Phase = iota // the start-up step is still to be done
	Running              // an entry of the table is in force, and not Halt
	Halted               // the entry in force is Halt
)

// String returns "ready", "running" or "halted".
func (p Phase) String() string { return [...]string{"ready", "running", "halted"}[p] }

// Reading is what a machine in a universe holds.
type Reading struct {
	Cycle  int64 // the universe's generation divided by Cycle
	Steps  int64 // done, the start-up step included; fewer than Cycle after a halt
	Phase  Phase
	Config Config  // State and Symbol are 0 while Ready
	Table  Program // the transition table, without a name
}

// Entry returns the entry in force; while Ready, the start-up step.
func (r *Reading) Entry() Entry {
	if r.Phase == Ready {
		return Entry{Kind: Step, Move: Left}
	}
	return r.Table.Entry(r.Config.State, r.Config.Symbol)
}

// ErrBetween says that a universe is between two generations at which the machine
// can be read.
var ErrBetween = errors.New("between two cycles of the machine")

// DecodeError says where a universe is not the machine.
type DecodeError struct {
	Generation *big.Int
	Part       string // of the machine, such as "stack A, cell 2, bit 0"
	At         life.Point
	Msg        string
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("generation %v: %s, at %d,%d: %s", e.Generation, e.Part, e.At.X, e.At.Y, e.Msg)
}

// Read reads the machine in e, whose generation must be a multiple of Cycle, at
// the place where the library's pattern has it. Nothing is changed.
//
// Every cell of the machine is accounted for: the bits of tape and table, state
// and symbol from the gliders that tell them on their way out, and the signals
// that follow from these; whatever then differs is a *DecodeError. Of the space
// around, only the places where those gliders fly are looked at. A generation in
// between is an error that wraps ErrBetween. Cost: that of e.Cells for the 36,000
// cells of the machine.
func Read(e life.Engine) (*Reading, error) {
	g := e.Generation()
	if new(big.Int).Mod(g, big.NewInt(Cycle)).Sign() != 0 {
		return nil, fmt.Errorf("generation %v: %w, want a multiple of %d", g, ErrBetween, Cycle)
	}
	return readFound(e, readGrid(e))
}

// readFound is Read for a machine whose cells have been taken from e.
func readFound(e life.Engine, found grid) (*Reading, error) {
	g := e.Generation()
	cycle := new(big.Int).Quo(g, big.NewInt(Cycle))
	if cycle.BitLen() > 40 { // so that places of traces fit int64
		return nil, fmt.Errorf("generation %v: too late, want less than 2^40 cycles", g)
	}
	d := &decoder{frame: theFrame(), e: e, generation: g, found: found}
	d.r.Cycle = cycle.Int64()
	if err := d.readBits(); err != nil {
		return nil, err
	}
	if err := d.readStep(); err != nil {
		return nil, err
	}
	if p, ok := d.found.difference(d.expected()); ok {
		return nil, d.errorf(partAt(p), p, "found a cell that does not belong to the machine, or lacks there")
	}
	return &d.r, nil
}

// decoder is a reading under way.
type decoder struct {
	*frame
	e          life.Engine
	generation *big.Int
	found      grid
	r          Reading
	isIdle     bool // nothing is on the way any more
}

func (d *decoder) errorf(part string, at life.Point, format string, args ...any) error {
	return &DecodeError{d.generation, part, at, fmt.Sprintf(format, args...)}
}

// readBits reads tape and table.
func (d *decoder) readBits() error {
	for side := range d.stacks {
		symbols := make([]int, Depth)
		for cell := range symbols {
			v, err := d.value(d.stacks[side][cell][:], func(bit int) string {
				return fmt.Sprintf("stack %v, cell %d, bit %d", Side(side), cell+1, bit)
			})
			if err != nil {
				return err
			}
			symbols[cell] = int(v)
		}
		if Side(side) == SideA {
			d.r.Config.Tape.Right = trim(symbols)
		} else {
			d.r.Config.Tape.Left = trim(symbols)
		}
	}
	for state := range d.table {
		for symbol := range d.table[state] {
			v, err := d.value(d.table[state][symbol][:], func(slot int) string {
				return fmt.Sprintf("entry of state %d, symbol %d, slot %d", state, symbol, slot)
			})
			if err != nil {
				return err
			}
			d.r.Table.set(state, symbol, decode(v))
		}
	}
	return nil
}

// value reads some bits, the lowest first; part names one for an error.
func (d *decoder) value(shapes []shape, part func(int) string) (v uint, err error) {
	for i, s := range shapes {
		on, ok := s.read(d.found)
		if !ok {
			return 0, d.errorf(part(i), s.first(), "found neither a glider nor none")
		}
		if on {
			v |= 1 << i
		}
	}
	return v, nil
}

// readStep finds out which entry is in force.
func (d *decoder) readStep() error {
	if d.r.Cycle == 0 {
		return nil
	}
	steps, isSure, err := d.lastStep()
	if err != nil {
		return err
	}
	if !isSure {
		return d.errorf("trace", d.traceAt("state.marker", d.r.Cycle), "found no glider of this step, nor of any before it")
	}
	d.r.Steps, d.isIdle, d.r.Phase = steps, steps < d.r.Cycle, Running
	if d.r.Config.State, err = d.readTrace("state", stateBits, steps); err != nil {
		return err
	}
	if d.r.Config.Symbol, err = d.readTrace("symbol", symbolBits, steps); err != nil {
		return err
	}
	switch e := d.r.Entry(); {
	case d.r.Config.State >= MaxStates || d.r.Config.Symbol >= MaxSymbols:
		return d.errorf("trace", d.traceAt("state.marker", steps), "found state %d, symbol %d, want numbers from 0 to %d: the table has no such entry",
			d.r.Config.State, d.r.Config.Symbol, MaxStates-1)
	case e.Kind == Halt:
		d.r.Phase = Halted
	case d.isIdle:
		return d.errorf("trace", d.traceAt("state.marker", steps), "found step %d to be the last, though state %d on symbol %d is not to halt",
			steps, d.r.Config.State, d.r.Config.Symbol)
	}
	return nil
}

// lastStep returns the last step of which there is a trace. Steps leave one until
// the machine halts, and none from then on, so that the halves of the time that
// is in question can be ruled out.
func (d *decoder) lastStep() (step int64, ok bool, err error) {
	var first error
	has := func(k int64) bool {
		on, err := d.hasTrace("state.marker", k)
		if err != nil && first == nil {
			first = err
		}
		return on
	}
	if has(d.r.Cycle) {
		return d.r.Cycle, true, first
	}
	n := sort.Search(int(d.r.Cycle), func(i int) bool { return !has(int64(i) + 1) })
	return int64(n), n > 0, first
}

// readTrace reads the number whose bits the gliders of one step tell.
func (d *decoder) readTrace(of string, bits int, step int64) (v int, err error) {
	for i := range bits + 1 {
		name := traceName(of, i)
		on, err := d.hasTrace(name, step)
		switch {
		case err != nil:
			return 0, err
		case i == 0 && !on:
			return 0, d.errorf("trace of "+of, d.traceAt(name, step), "found no glider, want the one that leads them")
		case i > 0 && on:
			v |= 1 << (i - 1)
		}
	}
	return v, nil
}

// traceAt returns where the glider of a step is by now: it flies south-west, a
// cell in four generations.
func (d *decoder) traceAt(name string, step int64) life.Point {
	far := (d.r.Cycle - step) * (Cycle / 4)
	return d.traces[name].at.Add(life.Point{X: -far, Y: far})
}

// hasTrace reports whether the glider of a step is there. Anything else than it,
// or nothing, in a square of five by five is an error.
func (d *decoder) hasTrace(name string, step int64) (bool, error) {
	at := d.traceAt(name, step)
	cells := probe.Box(d.e, life.Rt(at.X-1, at.Y-1, 5, 5))
	rows := strings.Split(d.traces[name].picture, "/")
	isEmpty, isGlider := true, true
	for i, s := range cells {
		x, y := i%5-1, i/5-1
		want := x >= 0 && x < 3 && y >= 0 && y < 3 && rows[y][x] == 'o'
		isEmpty = isEmpty && s == 0
		isGlider = isGlider && (s != 0) == want
	}
	if !isEmpty && !isGlider {
		return false, d.errorf("trace, "+name, at, "found neither a glider nor nothing")
	}
	return isGlider, nil
}

// expected returns all of the machine as what has been read says that it is.
func (d *decoder) expected() grid {
	g := d.compose(&d.r.Table, d.r.Config.Tape)
	switch {
	case d.r.Phase == Ready:
		d.start.flip(g)
	case !d.isIdle:
		v := encode(d.r.Entry())
		for _, s := range d.signals[d.r.Config.State][d.r.Config.Symbol] {
			if s.slot < 0 || (v>>s.slot&1 != 0) == s.wanted {
				s.shape.flip(g)
			}
		}
	}
	return g
}

// partAt names the part of the machine that holds the cell p.
func partAt(p life.Point) string {
	for _, part := range Parts() {
		if part.Box.Contains(p) {
			return part.Name
		}
	}
	return "machine"
}
