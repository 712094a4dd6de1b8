package turing

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"golife/life"
	"golife/life/rule"
	"golife/patterns"
)

// PatternName is the name of the machine in the pattern library.
const PatternName = "rendell-turing-machine"

// frameText tells which cells each bit and each signal of the machine are, at
// generations k·Cycle. Each line is a key, the north-west corner and a picture
// (see shape.add). It is measured on the running pattern: go test ./life/turing
// -run TestFrameIsMeasured -update writes it.
//
//	A1.0     bit 0 of the top cell of stack A; B likewise
//	T20.4    slot 4 of the entry for state 2, symbol 0
//	start    what the machine lacks before its first step
//	s2y0     a signal that is on the way while entry (2,0) is in force: always,
//	s2y0+4   when slot 4 of the entry is set,
//	s2y0-4   when it is not
//	state.0  the glider that tells bit 0 of the state; symbol, marker likewise
//
//go:embed frame.tsv
var frameText string

// frame is the machine taken apart: idle, that is, halted with a blank tape and
// an empty table, and what makes it differ from that.
type frame struct {
	rule    *rule.Rule
	idle    grid
	start   shape
	stacks  [2][Depth][symbolBits]shape // cell 1 is at index 0
	table   [MaxStates][MaxSymbols][slots]shape
	signals [MaxStates][MaxSymbols][]signal
	traces  map[string]trace
}

// signal is on the way while an entry is in force, if the condition is met.
type signal struct {
	slot   int  // of the entry; -1 is none, always on
	wanted bool // what the slot must be
	shape  shape
}

// trace is a glider in empty space that tells a bit of the step just begun.
type trace struct {
	at      life.Point
	picture string
}

// theFrame returns the frame, made when first wanted from the pattern of the
// library, from which what is written in its table and on its tape is removed.
// It panics when the pattern and frameText do not fit.
func theFrame() *frame {
	framed.once.Do(func() {
		f, err := newFrame(frameText)
		if err != nil {
			panic("turing: " + err.Error())
		}
		framed.frame = f
	})
	return framed.frame
}

// framed is what theFrame returns. No sync.OnceValue: that would be made before main, in
// programs without a machine, too.
var framed struct {
	once  sync.Once
	frame *frame
}

func newFrame(text string) (*frame, error) {
	e, ok := patterns.Lookup(PatternName)
	if !ok {
		return nil, fmt.Errorf("no %s in the library", PatternName)
	}
	p, err := e.Pattern()
	if err != nil {
		return nil, err
	}
	f := &frame{rule: p.Rule(), idle: readGrid(p), traces: map[string]trace{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if err := f.parseLine(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, fmt.Errorf("frame.tsv:%d: %w", n, err)
		}
	}
	return f, f.blank()
}

// blank makes f.idle, so far the machine at generation 0, the idle one.
func (f *frame) blank() error {
	if len(f.start) == 0 {
		return fmt.Errorf("frame.tsv: no line for start")
	}
	f.start.flip(f.idle)
	for name, s := range f.bits() {
		if len(s) == 0 {
			return fmt.Errorf("frame.tsv: no line for %s", name)
		}
		on, ok := s.read(f.idle)
		if !ok {
			return fmt.Errorf("frame.tsv: %s does not fit the pattern", name)
		}
		if on {
			s.flip(f.idle)
		}
	}
	return nil
}

// bits yields the names and shapes of all bits of tape and table.
func (f *frame) bits() func(yield func(string, shape) bool) {
	return func(yield func(string, shape) bool) {
		for side := range f.stacks {
			for cell := range Depth {
				for bit, s := range f.stacks[side][cell] {
					if !yield(fmt.Sprintf("%v%d.%d", Side(side), cell+1, bit), s) {
						return
					}
				}
			}
		}
		for state := range f.table {
			for symbol := range f.table[state] {
				for slot, s := range f.table[state][symbol] {
					if !yield(fmt.Sprintf("T%d%d.%d", state, symbol, slot), s) {
						return
					}
				}
			}
		}
	}
}

// parseLine reads one line of frame.tsv.
func (f *frame) parseLine(line string) error {
	fields := strings.Split(line, "\t")
	if len(fields) != 3 {
		return fmt.Errorf("%d fields, want key, place and picture", len(fields))
	}
	key, picture := fields[0], fields[2]
	var at life.Point
	if _, err := fmt.Sscanf(fields[1], "%d,%d", &at.X, &at.Y); err != nil {
		return fmt.Errorf("place %q: %w", fields[1], err)
	}
	if strings.HasPrefix(key, "state.") || strings.HasPrefix(key, "symbol.") {
		f.traces[key] = trace{at, picture}
		return nil
	}
	target, err := f.shapeOf(key)
	if err != nil {
		return err
	}
	*target, err = target.add(at, picture)
	return err
}

// shapeOf returns the shape that a key of frame.tsv names.
func (f *frame) shapeOf(key string) (*shape, error) {
	digit := func(i, limit int) int {
		if i >= len(key) || int(key[i]-'0') >= limit {
			return -1
		}
		return int(key[i] - '0')
	}
	switch key[0] {
	case 'A', 'B':
		cell, bit := digit(1, Depth+1), digit(3, symbolBits)
		if cell > 0 && bit >= 0 {
			return &f.stacks[key[0]-'A'][cell-1][bit], nil
		}
	case 'T':
		state, symbol, slot := digit(1, MaxStates), digit(2, MaxSymbols), digit(4, slots)
		if min(state, symbol, slot) >= 0 {
			return &f.table[state][symbol][slot], nil
		}
	case 's':
		if key == "start" {
			return &f.start, nil
		}
		state, symbol := digit(1, MaxStates), digit(3, MaxSymbols)
		if min(state, symbol) >= 0 {
			return f.signalOf(&f.signals[state][symbol], key[4:])
		}
	}
	return nil, fmt.Errorf("key %q", key)
}

// signalOf returns the shape of the signal with a condition such as "+4" or "".
func (*frame) signalOf(list *[]signal, condition string) (*shape, error) {
	s := signal{slot: -1}
	if condition != "" {
		n, err := strconv.Atoi(condition[1:])
		if err != nil || n < 0 || n >= slots {
			return nil, fmt.Errorf("condition %q", condition)
		}
		s.slot, s.wanted = n, condition[0] == '+'
	}
	for i := range *list {
		if t := &(*list)[i]; t.slot == s.slot && t.wanted == s.wanted {
			return &t.shape, nil
		}
	}
	*list = append(*list, s)
	return &(*list)[len(*list)-1].shape, nil
}

// encode returns the slots of an entry as bits, slot 0 the lowest.
func encode(e Entry) uint {
	switch e.Kind {
	case Halt:
		return 0
	case Undefined:
		return 1<<slots - 1
	}
	v := uint(e.Write)<<1 | uint(e.Next)<<(1+symbolBits)
	if e.Move == Left {
		v |= 1
	}
	return v
}

// decode is the inverse of encode.
func decode(v uint) Entry {
	switch v {
	case 0:
		return Entry{Kind: Halt}
	case 1<<slots - 1:
		return Entry{}
	}
	e := Entry{Kind: Step, Next: int(v >> (1 + symbolBits)), Write: int(v >> 1 & (1<<symbolBits - 1)), Move: Right}
	if v&1 != 0 {
		e.Move = Left
	}
	return e
}
