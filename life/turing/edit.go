package turing

import (
	"fmt"
	"math/bits"
	"slices"

	"golife/life"
)

// LimitError says that a program or a tape does not fit Rendell's machine.
type LimitError struct{ Msg string }

func (e *LimitError) Error() string { return e.Msg }

func limitf(format string, args ...any) error { return &LimitError{fmt.Sprintf(format, args...)} }

// Fits returns a *LimitError when the machine cannot hold the program or the
// tape: it has 3 states, 3 symbols and 6 cells a side, and an entry that is all
// zeros halts it, so that it cannot write 0, move right and go to state 0. It says
// nothing about what happens on the way; see Predict.
func Fits(p *Program, t Tape) error {
	for s, row := range p.Table {
		for y, e := range row {
			if e.Kind == Undefined {
				continue
			}
			if s >= MaxStates || y >= MaxSymbols {
				return limitf("found an entry for state %d, symbol %d, want states and symbols from 0 to %d", s, y, MaxStates-1)
			}
			if err := fitsEntry(e); err != nil {
				return limitf("state %d, symbol %d: %v", s, y, err)
			}
		}
	}
	for name, side := range map[string][]int{"left": t.Left, "right": t.Right} {
		if n := len(trim(side)); n > Depth {
			return limitf("found a tape with %d cells %s of the head, want at most %d", n, name, Depth)
		}
		if m := slices.Max(append(side, 0)); m >= MaxSymbols {
			return limitf("found symbol %d on the tape, want symbols from 0 to %d", m, MaxSymbols-1)
		}
	}
	return nil
}

func fitsEntry(e Entry) error {
	switch {
	case e.Kind != Step:
	case e.Next >= MaxStates:
		return fmt.Errorf("found the next state %d, want one from 0 to %d", e.Next, MaxStates-1)
	case e.Write >= MaxSymbols:
		return fmt.Errorf("found the symbol %d to write, want one from 0 to %d", e.Write, MaxSymbols-1)
	case encode(e) == 0:
		return fmt.Errorf("found %v, which the machine cannot tell from halt; want another state, symbol or move", e)
	}
	return nil
}

// Build returns the machine at generation 0 with the program in its table and
// the tape on its stacks, or a *LimitError. Entries that the program leaves out
// are undefined in the machine. Cost: O(cells).
func Build(p *Program, t Tape) (*life.Pattern, error) {
	if err := Fits(p, t); err != nil {
		return nil, err
	}
	f := theFrame()
	g := f.compose(p, t)
	f.start.flip(g)
	b := life.NewBuilder(f.rule)
	b.AddComment(life.Comment{Key: 'N', Text: "Rendell's Turing machine: " + p.Name})
	b.AddComment(life.Comment{Key: 'O', Text: "Paul Rendell, 2000; programmed anew"})
	if p.About != "" {
		b.AddComment(life.Comment{Key: 'C', Text: p.About})
	}
	b.AddComment(life.Comment{Key: 'C', Text: fmt.Sprintf("A step takes %d generations. Tape, [] being the head: %v", Cycle, t)})
	for s, row := range p.Table {
		for y, e := range row {
			if e.Kind != Undefined {
				b.AddComment(life.Comment{Key: 'C', Text: fmt.Sprintf("%d %d -> %v", s, y, e)})
			}
		}
	}
	g.build(b)
	return b.Pattern(), nil
}

// build sets the cells of g in b.
func (g grid) build(b *life.Builder) {
	for i, w := range g {
		for ; w != 0; w &= w - 1 {
			p := g.point(i, bits.TrailingZeros64(w))
			b.Set(p.X, p.Y, 1)
		}
	}
}

// compose returns the idle machine with a table and a tape in it.
func (f *frame) compose(p *Program, t Tape) grid {
	g := slices.Clone(f.idle)
	for s := range f.table {
		for y := range f.table[s] {
			flipBits(g, f.table[s][y][:], encode(p.Entry(s, y)))
		}
	}
	f.composeTape(g, t)
	return g
}

// composeTape writes a tape on the stacks of an empty one.
func (f *frame) composeTape(g grid, t Tape) {
	for side, symbols := range [2][]int{SideA: t.Right, SideB: t.Left} {
		for cell, v := range symbols[:min(len(symbols), Depth)] {
			flipBits(g, f.stacks[side][cell][:], uint(v))
		}
	}
}

// flipBits turns the shapes round whose bits are set in v.
func flipBits(g grid, shapes []shape, v uint) {
	for i, s := range shapes {
		if v>>i&1 != 0 {
			s.flip(g)
		}
	}
}
