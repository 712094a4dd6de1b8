package codec

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/big"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"golife/life"
	"golife/life/rule"
)

const (
	// MaxLine bounds a line of the input, in bytes.
	MaxLine = 64 << 20
	// MaxText bounds what is kept of comments, in bytes, a line end counting one.
	MaxText = 1 << 20
)

// maxWarnings bounds how many deviations are reported one by one.
const maxWarnings = 100

// Decoder is the state of reading one pattern from lines of text.
type Decoder struct {
	*Source
	At int // the number of the line that NextLine has returned

	format  Format
	options Options
	warned  int

	ruleText   string // as the input has it, not yet parsed
	ruleLine   int
	ruleCol    int
	rule       *rule.Rule
	states     int // that the rule has
	generation *big.Int
	comments   []life.Comment
	text       int  // bytes of comments kept
	isTextFull bool // a comment was left out

	b         *life.Builder // nil before the first cell
	isFast    bool          // whole words of two-state cells may go to b
	clip      *life.Rect    // cells outside are dropped, or nil
	isClipped bool          // a cell was dropped, and reported
}

// NewDecoder returns a Decoder of a file in the given format. It skips a byte
// order mark.
func NewDecoder(r io.Reader, f Format, o Options) *Decoder {
	d := &Decoder{Source: NewSource(r), At: 1, format: f, options: o, generation: new(big.Int)}
	if bytes.HasPrefix(d.Ahead(3), []byte("\xEF\xBB\xBF")) {
		d.Skip(3)
	}
	return d
}

// NextLine consumes a line and returns it without its end. At the end of the input
// and on an error of it ok is false; Finish returns the error. The error of NextLine
// is for a line longer than MaxLine. The text is valid until the next call.
func (d *Decoder) NextLine() (text []byte, ok bool, err error) {
	if d.At = d.Line; d.At&63 == 0 && d.HasBegun() {
		d.b.Seal() // no format here clears cells
	}
	text, isCut, ok := d.Next(MaxLine)
	if isCut {
		return nil, false, d.Errorf(1, nil, "line longer than %d bytes", MaxLine)
	}
	return text, ok, nil
}

// Errorf returns a *SyntaxError at a column of the present line. Err may be nil.
func (d *Decoder) Errorf(col int, err error, format string, args ...any) error {
	return &SyntaxError{Format: d.format, Line: d.At, Col: col, Msg: fmt.Sprintf(format, args...), Err: err}
}

// Deviation reports a deviation at a column of the present line: it is an error
// when the reader is strict, else a warning and nil.
func (d *Decoder) Deviation(col int, format string, args ...any) error {
	if d.options.IsStrict {
		return d.Errorf(col, nil, format, args...)
	}
	d.warned++
	switch {
	case d.options.Warn == nil || d.warned > maxWarnings+1:
	case d.warned == maxWarnings+1:
		d.options.Warn(Warning{d.At, col, "more deviations, not reported one by one"})
	default:
		d.options.Warn(Warning{d.At, col, fmt.Sprintf(format, args...)})
	}
	return nil
}

// HasBegun reports whether there was a cell.
func (d *Decoder) HasBegun() bool { return d.b != nil }

// SetRule notes the rule that begins at a column of the present line. It is
// parsed when the first cell comes, and a deviation after that.
func (d *Decoder) SetRule(col int, text string) error {
	if d.HasBegun() {
		return d.Deviation(col, "rule after the first cells, ignored")
	}
	return d.SetRuleOf(d.At, col, text)
}

// SetRuleOf is SetRule for a rule that began on another line.
func (d *Decoder) SetRuleOf(line, col int, text string) error {
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		if err := d.Deviation(col+i, "blank inside the rule, where other programs cut it"); err != nil {
			return err
		}
	}
	d.ruleText, d.ruleLine, d.ruleCol = text, line, col
	return nil
}

// HasRule reports whether the rule is known, from the input or the options.
func (d *Decoder) HasRule() bool { return d.ruleText != "" || d.options.Rule != nil }

// SetGeneration sets the generation to a decimal number at a column of the
// present line.
func (d *Decoder) SetGeneration(col int, digits string) error {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return d.Errorf(col, nil, "found %s, want a number of generations, 0 or more", QuoteWord([]byte(digits)))
	}
	d.generation.SetString(digits, 10)
	return nil
}

// Comment keeps a comment while there is room.
func (d *Decoder) Comment(key byte, text string) error {
	if d.text += len(text) + 1; d.text > MaxText {
		d.text = MaxText + 1
		if d.isTextFull {
			return nil
		}
		d.isTextFull = true
		return d.Deviation(1, "more than %d bytes of comments, the rest is skipped", MaxText)
	}
	d.comments = append(d.comments, life.Comment{Key: key, Text: strings.Clone(text)})
	return nil
}

// Begin parses the rule, Life without one, and makes ready for cells. Cells call
// it; a reader that wants the rule's grid calls it before. The rule is nil on error.
func (d *Decoder) Begin() (*rule.Rule, error) {
	if d.HasBegun() {
		return d.rule, nil
	}
	if err := d.parseRule(); err != nil {
		return nil, err
	}
	d.b = life.NewBuilder(d.rule)
	if d.states = d.rule.States(); d.states == 0 {
		d.states = 256
	}
	if g, ok := d.rule.Grid(); ok {
		d.clip = new(life.Rect)
		d.clip.Min.X, d.clip.Max.X = side(g.Width)
		d.clip.Min.Y, d.clip.Max.Y = side(g.Height)
	}
	d.isFast = d.states == 2 && d.clip == nil
	return d.rule, nil
}

// parseRule finds the rule to read under.
func (d *Decoder) parseRule() (err error) {
	if d.rule = d.options.Rule; d.rule != nil {
		return nil
	}
	text, parse := d.ruleText, d.options.ParseRule
	if text == "" {
		text = "B3/S23"
	}
	if parse == nil {
		parse = rule.Parse
	}
	if d.rule, err = parse(text); err != nil {
		return &SyntaxError{Format: d.format, Line: max(d.ruleLine, 1), Col: max(d.ruleCol, 1), Msg: err.Error(), Err: err}
	}
	return nil
}

// side returns the range of one coordinate in a bounded grid; size 0 is infinite.
func side(size int64) (lo, hi int64) {
	if size == 0 {
		return math.MinInt64, math.MaxInt64
	}
	return -(size / 2), size - size/2
}

// Alphabet is what the bytes of a row of cells mean.
type Alphabet struct {
	Class [256]uint8 // 0 is a dead cell, as '.' must be, 1 one in state 1; others are the caller's
	Live  byte       // the usual one of class 1
}

// Cells adds a row of cells from (x, y) eastward, one for each byte of text, up to
// the first byte that is no cell. It returns how many bytes those are. col is the
// column of text in the present line. Cost: about a nanosecond for 8 usual cells.
func (d *Decoder) Cells(text []byte, a *Alphabet, x, y int64, col int) (int, error) {
	if x > math.MaxInt64-int64(len(text)) {
		return 0, d.Errorf(col, life.ErrOutOfRange, "column overflows int64 by a row of %d from %d", len(text), x)
	}
	if !d.HasBegun() {
		if _, err := d.Begin(); err != nil {
			return 0, err
		}
	}
	if d.isFast {
		return d.words(text, a, x, y), nil
	}
	for i := 0; i < len(text); {
		c := a.Class[text[i]]
		if c > 1 {
			return i, nil
		}
		n := 1
		for i+n < len(text) && a.Class[text[i+n]] == c {
			n++
		}
		if err := d.Run(x+int64(i), y, int64(n), life.State(c), col+i); err != nil {
			return i, err
		}
		i += n
	}
	return len(text), nil
}

// words is Cells by words of 64 cells.
func (d *Decoder) words(text []byte, a *Alphabet, x, y int64) int {
	i := 0
	for i < len(text) {
		o := int(x & 63)
		part := text[i:min(len(text), i+64-o)]
		word, n := gather(part, a)
		if word != 0 {
			d.b.SetRow64(x-int64(o), y, word<<o)
		}
		i, x = i+n, x+int64(n)
		if n < len(part) {
			break
		}
	}
	return i
}

// gather returns the cells of up to 64 bytes, bit by bit, and how many bytes come
// before the first one that is none. Eight bytes at a time are looked at as long as
// all of them are usual ones: then the bytes of v are 0, for '.', or live.
func gather(text []byte, a *Alphabet) (word uint64, n int) {
	const low = 0x0101010101010101
	live := uint64(a.Live ^ '.')
	shift := bits.TrailingZeros64(live)
	for ; n+8 <= len(text); n += 8 {
		v := binary.LittleEndian.Uint64(text[n:]) ^ '.'*low
		cells := v >> shift & low
		if cells*live != v {
			break
		}
		word |= cells * 0x0102040810204080 >> 56 << n
	}
	for ; n < len(text); n++ {
		c := a.Class[text[n]]
		if c > 1 {
			break
		}
		word |= uint64(c) << n
	}
	return word, n
}

// Run adds n cells in state v from (x, y) eastward; none when v is 0. Cells
// outside a bounded grid are dropped. col is a column in the present line, for
// errors: life.ErrOutOfRange and life.ErrState.
func (d *Decoder) Run(x, y, n int64, v life.State, col int) error {
	if !d.HasBegun() {
		if _, err := d.Begin(); err != nil {
			return err
		}
	}
	switch {
	case x > math.MaxInt64-n:
		return d.Errorf(col, life.ErrOutOfRange, "column overflows int64 by a run of %d from %d", n, x)
	case v == 0:
		return nil
	case int(v) >= d.states:
		return d.Errorf(col, life.ErrState, "state %d, rule %s has %d states", v, d.rule, d.states)
	}
	if d.clip != nil {
		lo, hi := max(x, d.clip.Min.X), min(x+n, d.clip.Max.X)
		isOut := y < d.clip.Min.Y || y >= d.clip.Max.Y || lo >= hi
		if (isOut || hi-lo < n) && !d.isClipped {
			d.isClipped = true
			if err := d.Deviation(col, "cells outside the grid of rule %s are dropped", d.rule); err != nil {
				return err
			}
		}
		if isOut {
			return nil
		}
		x, n = lo, hi-lo
	}
	if n == 1 {
		d.b.Set(x, y, v)
		return nil
	}
	return d.b.SetRun(x, y, n, v)
}

// Unknown reports a character that has no meaning at text[i:]: it is skipped as a
// deviation, and an error when no text has it. It returns its size in bytes.
func (d *Decoder) Unknown(text []byte, i, col int) (int, error) {
	r, size := utf8.DecodeRune(text[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		return 0, d.Errorf(col+i, ErrFormat, "found the byte 0x%02X, which is not UTF-8: binary data, want a %s pattern", text[i], d.format)
	case unicode.IsControl(r):
		return 0, d.Errorf(col+i, ErrFormat, "found the control character %U, want a %s pattern", r, d.format)
	}
	return size, d.Deviation(col+i, "character %q, ignored", r)
}

// Finish returns the pattern, or the error of the input.
func (d *Decoder) Finish() (*life.Pattern, error) {
	if err := d.Err(); err != nil {
		return nil, fmt.Errorf("%s: line %d: read: %w", d.format, d.Line, err)
	}
	if _, err := d.Begin(); err != nil {
		return nil, err
	}
	d.b.SetGeneration(d.generation)
	for _, c := range d.comments {
		d.b.AddComment(c)
	}
	return d.b.Pattern(), nil
}
