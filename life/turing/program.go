package turing

import (
	"fmt"
	"slices"
	"strings"
)

// Move is the direction in which the head moves after it has written.
type Move uint8

// The moves.
const (
	Left Move = iota
	Right
)

// String returns "L" or "R".
func (m Move) String() string {
	if m == Right {
		return "R"
	}
	return "L"
}

// Kind says what an entry of a transition table holds.
type Kind uint8

// The kinds of entries. The zero Entry is Undefined.
const (
	Undefined Kind = iota // the machine must not get there
	Halt                  // the machine stops, with the head where it is
	Step                  // the machine writes, moves and changes its state
)

// Entry is what a machine does in one state on one symbol.
type Entry struct {
	Kind  Kind
	Next  int  // state
	Write int  // symbol
	Move  Move // after writing
}

// String writes e as in the program format: "2 0 R", "halt" or "-".
func (e Entry) String() string {
	switch e.Kind {
	case Halt:
		return "halt"
	case Step:
		return fmt.Sprintf("%d %d %v", e.Next, e.Write, e.Move)
	}
	return "-"
}

// Program is a transition table. Table[state][symbol] is the entry for a state
// and the symbol under the head; what lies outside the table is Undefined.
type Program struct {
	Name  string
	About string // what it does, in one line
	Tape  Tape   // what it is meant to start on
	Table [][]Entry
}

// Entry returns the entry for a state and a symbol.
func (p *Program) Entry(state, symbol int) Entry {
	if state < 0 || state >= len(p.Table) || symbol < 0 || symbol >= len(p.Table[state]) {
		return Entry{}
	}
	return p.Table[state][symbol]
}

// SameTable reports whether p and q have the same entries.
func (p *Program) SameTable(q *Program) bool {
	states := max(len(p.Table), len(q.Table))
	for s := range states {
		for y := range max(p.symbols(), q.symbols()) {
			if p.Entry(s, y) != q.Entry(s, y) {
				return false
			}
		}
	}
	return true
}

// symbols returns the number of columns of the table.
func (p *Program) symbols() (n int) {
	for _, row := range p.Table {
		n = max(n, len(row))
	}
	return n
}

// Tape is what stands on a machine's tape beside the head. Both sides begin next
// to the head; beyond their ends the tape holds zeros.
type Tape struct{ Left, Right []int }

// Clone returns a tape that shares nothing with t.
func (t Tape) Clone() Tape { return Tape{slices.Clone(t.Left), slices.Clone(t.Right)} }

// Equal reports whether t and u hold the same symbols: zeros at an end make no
// difference.
func (t Tape) Equal(u Tape) bool {
	return slices.Equal(trim(t.Left), trim(u.Left)) && slices.Equal(trim(t.Right), trim(u.Right))
}

// trim returns s without the zeros at its end.
func trim(s []int) []int {
	for len(s) > 0 && s[len(s)-1] == 0 {
		s = s[:len(s)-1]
	}
	return s
}

// String writes the symbols in reading order with the head's place between, as
// ParseTape reads them: "1 2 [] 0 1". Zeros at the ends are left out.
func (t Tape) String() string { return t.around("[]") }

// around writes t around the text for the head.
func (t Tape) around(head string) string {
	words := []string{head}
	for _, v := range trim(t.Left) {
		words = append(words, fmt.Sprint(v))
	}
	slices.Reverse(words)
	for _, v := range trim(t.Right) {
		words = append(words, fmt.Sprint(v))
	}
	return strings.Join(words, " ")
}
