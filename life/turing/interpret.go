package turing

import (
	"errors"
	"fmt"
)

// Config is a machine between two steps: what is on the tape, where the head is
// and in which state. It is the whole of what a Turing machine remembers.
type Config struct {
	State  int
	Symbol int // under the head
	Tape   Tape
}

// Equal reports whether c and d are the same configuration.
func (c Config) Equal(d Config) bool {
	return c.State == d.State && c.Symbol == d.Symbol && c.Tape.Equal(d.Tape)
}

// String writes the tape in reading order with the head marked: "1 2 [1] 0 1".
func (c Config) String() string { return c.Tape.around(fmt.Sprintf("[%d]", c.Symbol)) }

// Symbols returns the tape in reading order, the symbol under the head included,
// without the zeros at both ends.
func (c Config) Symbols() []int {
	var all []int
	for i := len(c.Tape.Left) - 1; i >= 0; i-- {
		all = append(all, c.Tape.Left[i])
	}
	all = append(append(all, c.Symbol), c.Tape.Right...)
	for len(all) > 0 && all[0] == 0 {
		all = all[1:]
	}
	return trim(all)
}

// Errors of Interpreter.Step that a caller may branch on.
var (
	// ErrHalted says that the entry in force is Halt.
	ErrHalted = errors.New("the machine has halted")
	// ErrUndefined says that there is no entry for the state and the symbol.
	ErrUndefined = errors.New("no such entry in the transition table")
)

// Interpreter runs a program by the definition of a Turing machine, on a tape
// without ends. It is the reference that the machine in Life is compared with.
type Interpreter struct {
	Program *Program
	Config  Config
	Steps   int // done so far, the start-up step included
}

// Start returns an interpreter after the start-up step that every run of
// Rendell's machine begins with: the head, on a blank cell right of tape.Left,
// writes 0, moves left and goes to state 0. Steps is 1.
func Start(p *Program, tape Tape) *Interpreter {
	it := &Interpreter{Program: p, Config: Config{Tape: tape.Clone()}}
	it.apply(Entry{Kind: Step, Move: Left})
	return it
}

// Entry returns the entry in force.
func (it *Interpreter) Entry() Entry { return it.Program.Entry(it.Config.State, it.Config.Symbol) }

// Step does one step. It returns ErrHalted or an error that wraps ErrUndefined,
// and has then changed nothing. Cost: O(cells of the tape).
func (it *Interpreter) Step() error {
	e := it.Entry()
	switch e.Kind {
	case Halt:
		return ErrHalted
	case Undefined:
		return fmt.Errorf("state %d, symbol %d: %w", it.Config.State, it.Config.Symbol, ErrUndefined)
	}
	it.apply(e)
	return nil
}

// apply does what a Step entry says.
func (it *Interpreter) apply(e Entry) {
	from, to := &it.Config.Tape.Left, &it.Config.Tape.Right
	if e.Move == Right {
		from, to = to, from
	}
	*to = push(*to, e.Write)
	it.Config.State, it.Config.Symbol = e.Next, 0
	if n := len(*from); n > 0 {
		it.Config.Symbol = (*from)[0]
		*from = (*from)[1:]
	}
	it.Steps++
}

// push returns s with v before it. A zero on an empty side needs no cell.
func push(s []int, v int) []int {
	if v == 0 && len(s) == 0 {
		return s
	}
	return append([]int{v}, s...)
}
