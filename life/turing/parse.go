package turing

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// The limits of the program format, far beyond those of Rendell's machine.
const (
	maxText   = 64 << 10 // bytes
	maxNumber = 99       // the highest state and symbol
)

// SyntaxError says where a program or a tape is wrong.
type SyntaxError struct {
	Line int // from 1; 0 for a tape that is not in a file
	Msg  string
}

func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
}

// ParseProgram reads the program format, see the package comment. Errors of the
// text are *SyntaxError; the others are those of r. Cost: O(text), of which it
// reads 64 KiB at most.
func ParseProgram(r io.Reader) (*Program, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxText {
		return nil, &SyntaxError{1, fmt.Sprintf("found more than %d bytes, want a transition table", maxText)}
	}
	p := &parser{lines: map[[2]int]int{}, words: map[string]int{}}
	for line := range bytes.Lines(text) {
		p.line++
		s, _, _ := strings.Cut(string(line), "#")
		if err := p.parseLine(strings.TrimSpace(s)); err != nil {
			return nil, err
		}
	}
	if len(p.lines) == 0 {
		return nil, p.errorf("found the end and no entry, want lines such as 0 1 -> 1 2 R")
	}
	return &p.program, nil
}

// parser reads a program line by line.
type parser struct {
	program Program
	line    int
	lines   map[[2]int]int // state and symbol to the line of their entry
	words   map[string]int // keyword to its line
}

func (p *parser) errorf(format string, args ...any) error {
	return &SyntaxError{max(p.line, 1), fmt.Sprintf(format, args...)}
}

func (p *parser) parseLine(s string) error {
	if s == "" {
		return nil
	}
	word, rest, _ := strings.Cut(s, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "name", "about", "tape":
		if at := p.words[word]; at > 0 {
			return p.errorf("found a second %q, the first is on line %d", word, at)
		}
		p.words[word] = p.line
	}
	switch word {
	case "name":
		p.program.Name = rest
	case "about":
		p.program.About = rest
	case "tape":
		t, err := ParseTape(rest)
		if err != nil {
			return p.errorf("%v", err)
		}
		p.program.Tape = t
	default:
		return p.parseEntry(s)
	}
	return nil
}

// parseEntry reads "STATE SYMBOL -> NEXT WRITE MOVE" or "STATE SYMBOL -> halt".
func (p *parser) parseEntry(s string) error {
	left, right, ok := strings.Cut(s, "->")
	from, to := strings.Fields(left), strings.Fields(right)
	if !ok || len(from) != 2 {
		return p.errorf("found %q, want STATE SYMBOL -> NEXT WRITE MOVE, STATE SYMBOL -> halt, name, about or tape", s)
	}
	var at [2]int
	for i, what := range []string{"state", "symbol"} {
		var err error
		if at[i], err = p.number(what, from[i]); err != nil {
			return err
		}
	}
	if line := p.lines[at]; line > 0 {
		return p.errorf("found a second entry for state %d, symbol %d, the first is on line %d", at[0], at[1], line)
	}
	e, err := p.action(to)
	if err != nil {
		return err
	}
	p.lines[at] = p.line
	p.program.set(at[0], at[1], e)
	return nil
}

// action reads what is right of the arrow.
func (p *parser) action(to []string) (e Entry, err error) {
	if len(to) == 1 && to[0] == "halt" {
		return Entry{Kind: Halt}, nil
	}
	if len(to) != 3 {
		return e, p.errorf("found %q after ->, want NEXT WRITE MOVE or halt", strings.Join(to, " "))
	}
	e.Kind = Step
	if e.Next, err = p.number("next state", to[0]); err != nil {
		return e, err
	}
	if e.Write, err = p.number("symbol to write", to[1]); err != nil {
		return e, err
	}
	switch to[2] {
	case "L":
		e.Move = Left
	case "R":
		e.Move = Right
	default:
		return e, p.errorf("found the move %q, want L or R", to[2])
	}
	return e, nil
}

// number reads a state or a symbol.
func (p *parser) number(what, s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil || n > maxNumber {
		return 0, p.errorf("found the %s %q, want a number from 0 to %d", what, s, maxNumber)
	}
	return int(n), nil
}

// set puts an entry into the table, which grows to hold it.
func (p *Program) set(state, symbol int, e Entry) {
	for len(p.Table) <= state {
		p.Table = append(p.Table, nil)
	}
	row := &p.Table[state]
	if n := symbol + 1 - len(*row); n > 0 {
		*row = append(*row, make([]Entry, n)...)
	}
	(*row)[symbol] = e
}

// ParseTape reads symbols in reading order, with blanks or commas between, and
// the head's place among them as []: "1 1 [] 2". Without [] the head is at the
// right end. Nothing at all is a blank tape. Errors are *SyntaxError.
func ParseTape(s string) (Tape, error) {
	var left, right []int
	hasHead := false
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		if word == "[]" || word == "[0]" {
			if hasHead {
				return Tape{}, &SyntaxError{Msg: "found a second [], want one head"}
			}
			hasHead = true
			continue
		}
		n, err := strconv.ParseUint(word, 10, 32)
		if err != nil || n > maxNumber {
			return Tape{}, &SyntaxError{Msg: fmt.Sprintf("found %q on the tape, want symbols from 0 to %d and [] for the head, such as 1,1,[],2", word, maxNumber)}
		}
		if hasHead {
			right = append(right, int(n))
		} else {
			left = append(left, int(n))
		}
	}
	slices.Reverse(left)
	return Tape{Left: left, Right: right}, nil
}

// Format returns the program in the program format; ParseProgram reads it back.
func (p *Program) Format() string {
	var b strings.Builder
	for _, line := range []struct{ word, text string }{{"name", p.Name}, {"about", p.About}} {
		if line.text != "" {
			fmt.Fprintf(&b, "%-5s %s\n", line.word, line.text)
		}
	}
	fmt.Fprintf(&b, "tape  %v\n\n", p.Tape)
	for s, row := range p.Table {
		for y, e := range row {
			if e.Kind != Undefined {
				fmt.Fprintf(&b, "%d %d -> %v\n", s, y, e)
			}
		}
	}
	return b.String()
}
