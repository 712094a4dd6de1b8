package turing

import (
	"fmt"
	"strings"

	"golife/life"
	"golife/life/probe"
)

// Cycle is how many generations one step of the machine takes.
const Cycle = 11040

// Bounds holds the machine, without the gliders that leave it.
var Bounds = life.Rect{Max: life.Point{X: 1714, Y: 1647}}

// The limits of Rendell's machine as it is.
const (
	MaxStates  = 3
	MaxSymbols = 3
	Depth      = 6 // cells of a stack: of the tape on one side of the head
)

// The numbers of bits in a cell of a stack and in an entry of the table.
const (
	symbolBits = 3
	stateBits  = 4
	slots      = 1 + symbolBits + stateBits
)

// The periods of the traps that hold gliders, in generations.
const (
	stackPeriod = 120
	tablePeriod = 240
)

// Side is one of the two stacks.
type Side uint8

// The stacks. A holds the tape right of the head, B the tape left of it.
const (
	SideA Side = iota
	SideB
)

// String returns "A" or "B".
func (s Side) String() string { return string(rune('A' + s)) }

// stackGlider is where and when the glider of a bit can be seen: cell is 1 at
// the top of the stack to Depth, bit 0 to 2.
func stackGlider(side Side, cell, bit int) glider {
	j, b := int64(cell-1), int64(bit)
	if side == SideA {
		return glider{630 - 87*j + 30*b, 526 - 81*j - 30*b, mod(90+30*b-32*j, stackPeriod), stackPeriod, ".oo/oo./..o"}
	}
	return glider{1187 + 81*j + 30*b, 1035 + 87*j - 30*b, mod(30*b-32*j, stackPeriod), stackPeriod, ".o./..o/ooo"}
}

// tableGlider is where and when the glider of a slot of an entry can be seen.
// Slot 0 is the move (1 is left), slots 1 to 3 are the symbol, lowest bit first,
// and 4 to 7 the next state.
func tableGlider(state, symbol, slot int) glider {
	c, r := int64(symbol), int64(MaxStates-1-state)
	return glider{340 + 134*c, 1117 + 134*r, mod(30*int64(slot)+28*(c-r), tablePeriod), tablePeriod, "oo./o.o/o.."}
}

// glider is a place where a trapped glider comes by: at generations that are
// phase modulo period, the nine cells from (x, y) are picture or empty.
type glider struct {
	x, y          int64
	phase, period int64
	picture       string
}

func mod(a, n int64) int64 { return (a%n + n) % n }

// StackBox returns the cells of a stack's traps, cell 1 being the top.
func StackBox(side Side, cell int) life.Rect {
	g := stackGlider(side, cell, 0)
	if side == SideA {
		return life.Rt(g.x-30, g.y-90, 120, 120)
	}
	return life.Rt(g.x-15, g.y-75, 120, 120)
}

// EntryBox returns the memory cell of an entry of the transition table.
func EntryBox(state, symbol int) life.Rect {
	return life.Rt(330+134*int64(symbol), 1070+134*int64(MaxStates-1-state), 65, 69)
}

// Part is a part of the machine that one may want to look at.
type Part struct {
	Name  string // one or two words
	About string
	Box   life.Rect
}

// Parts returns the parts of the machine. They do not overlap.
func Parts() []Part {
	return []Part{
		{"right tape", "stack A, the tape right of the head: deeper cells are further north-west", life.Rt(90, 30, 740, 560)},
		{"left tape", "stack B, the tape left of the head: deeper cells are further south-east", life.Rt(1130, 840, 580, 740)},
		{"table", "the transition table: a column for each symbol, states from the bottom up", life.Rt(320, 1060, 360, 385)},
		{"head", "the control of the stacks: what pushes on one and pops from the other", life.Rt(600, 600, 530, 450)},
	}
}

// Probes returns a probe for every bit of tape and table that the machine holds,
// and for state and symbol of each step, for use on a universe that began as the
// machine at generation 0: independent of Read, which looks at generations
// k·Cycle alone. The readings of the tape and of the trace are taken once a cycle.
func Probes() []probe.Probe {
	var all []probe.Probe
	add := func(name string, g glider, every int64) {
		p, err := probe.New(name, life.Point{X: g.x, Y: g.y}, g.phase, every, g.picture)
		if err != nil {
			panic("turing: " + err.Error())
		}
		all = append(all, p)
	}
	for _, side := range []Side{SideA, SideB} {
		for cell := 1; cell <= Depth; cell++ {
			for bit := range symbolBits {
				add(fmt.Sprintf("%v%d.%d", side, cell, bit), stackGlider(side, cell, bit), Cycle)
			}
		}
	}
	for state := range MaxStates {
		for symbol := range MaxSymbols {
			for slot := range slots {
				add(fmt.Sprintf("T%d%d.%d", state, symbol, slot), tableGlider(state, symbol, slot), Cycle)
			}
		}
	}
	for i := range 1 + stateBits {
		add(traceName("state", i), glider{0, 1194, 8980 + 30*int64(i), 0, "3x3"}, Cycle)
	}
	for i := range 1 + symbolBits {
		add(traceName("symbol", i), glider{520, 1672, 9304 + 30*int64(i), 0, "3x3"}, Cycle)
	}
	return all
}

// traceName names a glider of a trace: the marker first, then the bits.
func traceName(of string, i int) string {
	if i == 0 {
		return of + ".marker"
	}
	return strings.Join([]string{of, fmt.Sprint(i - 1)}, ".")
}
