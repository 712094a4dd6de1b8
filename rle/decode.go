package rle

import (
	"fmt"
	"io"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// MaxText bounds what Decode keeps of comment lines and of text after the
// cells, in bytes, a line end counting one; it also bounds a header line. Lines
// beyond are skipped with a warning.
const MaxText = 1 << 20

// maxWarnings bounds how many deviations are reported one by one.
const maxWarnings = 100

// Option changes how Decode reads.
type Option func(*decoder)

// WithStrict makes every deviation that would be a Warning a *SyntaxError.
func WithStrict() Option { return func(d *decoder) { d.isStrict = true } }

// WithRule reads the cells under r, whatever rule the input names; that rule is
// then not even parsed. It serves inputs under rules that rule.Parse does not
// know.
func WithRule(r *rule.Rule) Option { return func(d *decoder) { d.rule = r } }

// WithRuleParser turns the input's rulestring into a rule by parse instead of
// rule.Parse. parse gets the rulestring as it stands in the input.
func WithRuleParser(parse func(string) (*rule.Rule, error)) Option {
	return func(d *decoder) { d.parse = parse }
}

// WithWarnings calls f for each deviation, in input order, while Decode runs.
// After 100 of them one last call says that more are not reported.
func WithWarnings(f func(Warning)) Option { return func(d *decoder) { d.warn = f } }

// WithHeader calls f with the size that the header claims, when there is one; when
// there are several, the last call counts.
func WithHeader(f func(width, height int64)) Option { return func(d *decoder) { d.sized = f } }

// Decode reads one pattern, up to the end of r. It is lenient: what the package
// documentation lists as a deviation is read with a warning.
//
// The error is a *SyntaxError for what the input holds, with Err set as its
// documentation says, or wraps the error of r or of gzip; io.ErrUnexpectedEOF
// then means that compressed input was cut short. Decode panics only when an
// option is nil.
//
// Cost: O(bytes of r) time and, beyond a buffer of 64 KiB, the Builder's memory;
// see the package documentation.
func Decode(r io.Reader, opts ...Option) (*life.Pattern, error) {
	d := &decoder{generation: new(big.Int), fastFrom: fastFrom}
	for _, o := range opts {
		o(d)
	}
	s, err := newSource(r)
	if err != nil {
		return nil, err
	}
	d.src = s
	err = d.skipBOM()
	if err == nil {
		err = d.sniff()
	}
	if err == nil {
		err = d.read()
	}
	if s.err != nil { // whatever it led to
		return nil, s.readError()
	}
	if err != nil {
		return nil, err
	}
	return d.finish(), nil
}

// decoder is the state of one Decode.
type decoder struct {
	src      *source
	isStrict bool
	fastFrom int64 // fast serves inputs from this size on; tests change it
	warn     func(Warning)
	warned   int
	sized    func(width, height int64) // told of a header, or nil

	parse      func(string) (*rule.Rule, error)
	rule       *rule.Rule // nil until known; set from the start by WithRule
	ruleText   string     // as the input has it, not yet parsed
	ruleAt     position
	hasHeader  bool
	w, h       int64 // of the header
	pos        *bigPoint
	oldPos     *bigPoint // from #P or #R
	generation *big.Int
	comments   []life.Comment
	text       int  // bytes of comments kept
	isTextFull bool // a comment was left out

	cells
}

// position is a place in the input.
type position struct{ line, col int }

// here returns the position of the next byte.
func (d *decoder) here() position { return position{d.src.line, d.src.col()} }

// errorf returns a SyntaxError at p.
func (p position) errorf(err error, format string, args ...any) error {
	return &SyntaxError{Line: p.line, Col: p.col, Msg: fmt.Sprintf(format, args...), Err: err}
}

// deviation reports a deviation at p: it is an error when the reader is strict,
// else a warning and nil.
func (d *decoder) deviation(p position, format string, args ...any) error {
	if d.isStrict {
		return p.errorf(nil, format, args...)
	}
	d.warned++
	switch {
	case d.warn == nil || d.warned > maxWarnings+1:
	case d.warned == maxWarnings+1:
		d.warn(Warning{p.line, p.col, "more deviations, not reported one by one"})
	default:
		d.warn(Warning{p.line, p.col, fmt.Sprintf(format, args...)})
	}
	return nil
}

// finish builds the pattern after the last byte.
func (d *decoder) finish() *life.Pattern {
	d.b.SetGeneration(d.generation)
	for _, c := range d.comments {
		d.b.AddComment(c)
	}
	p := d.b.Pattern()
	if d.shift != nil {
		p = p.Translate(d.shift.x, d.shift.y)
	}
	return p
}
