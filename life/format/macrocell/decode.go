package macrocell

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/rule"
)

// MaxText bounds what Decode keeps of comment lines, in bytes, a line end
// counting one; it also bounds the other lines. Comments beyond are skipped with a
// warning.
const MaxText = 1 << 20

// maxWarnings bounds how many deviations are reported one by one.
const maxWarnings = 100

// Option changes how Decode reads.
type Option func(*decoder)

// WithStrict makes every deviation that would be a Warning a *SyntaxError.
func WithStrict() Option { return func(d *decoder) { d.isStrict = true } }

// WithRule reads the cells under r, whatever rule the input names; that rule is
// then not even parsed.
func WithRule(r *rule.Rule) Option {
	return func(d *decoder) {
		d.isForced = true
		d.setRule(r)
	}
}

// WithRuleParser turns the input's rulestring into a rule by parse instead of
// rule.Parse. parse gets the rulestring as it stands in the input.
func WithRuleParser(parse func(string) (*rule.Rule, error)) Option {
	return func(d *decoder) { d.parse = parse }
}

// WithWarnings calls f for each deviation, in input order, while Decode runs.
// After 100 of them one last call says that more are not reported.
func WithWarnings(f func(Warning)) Option { return func(d *decoder) { d.warn = f } }

// WithMaxNodes bounds the nodes that are made when the pattern is put at its
// place, instead of 32 for each node of the input and 65 536 more; see the
// package documentation.
func WithMaxNodes(n int) Option { return func(d *decoder) { d.maxNodes = n } }

// Decode reads one pattern, up to the end of r: of a timeline the current
// generation. It is lenient: what the package documentation lists as a deviation
// is read with a warning.
//
// The error is a *SyntaxError for what the input holds, with Err set as its
// documentation says, or wraps the error of r or of gzip; io.ErrUnexpectedEOF
// then means that compressed input was cut short. Decode panics only when an
// option is nil.
//
// Cost: O(bytes of r) time and memory; see the package documentation.
func Decode(r io.Reader, opts ...Option) (*life.Pattern, error) {
	t, err := DecodeTimeline(r, opts...)
	if err != nil {
		return nil, err
	}
	return t.Current()
}

// DecodeTimeline is Decode for a file with more than one generation. A file
// without a timeline is one of no frames, with the current generation alone.
func DecodeTimeline(r io.Reader, opts ...Option) (*Timeline, error) {
	d := newDecoder()
	for _, o := range opts {
		o(d)
	}
	s, err := newSource(r)
	if err != nil {
		return nil, err
	}
	d.src = s
	err = d.read()
	if s.Err() != nil { // whatever it led to
		return nil, s.readError()
	}
	if err != nil {
		return nil, err
	}
	return d.timeline(), nil
}

// decoder is the state of one Decode.
type decoder struct {
	src      *source
	at       position // of the present line
	isStrict bool
	warn     func(Warning)
	warned   int
	maxNodes int

	parse      func(string) (*rule.Rule, error)
	rule       *rule.Rule
	isForced   bool // by WithRule
	states     uint32
	generation string // digits of #G, not yet parsed
	comments   []life.Comment
	text       int  // bytes of comments kept
	isTextFull bool // a comment was left out

	tree
	nodes
	frames
}

func newDecoder() *decoder {
	d := &decoder{parse: rule.Parse}
	d.setRule(rule.MustParse("B3/S23"))
	d.tree.init()
	d.loc = make([]place, 1)
	return d
}

// setRule sets the rule and the number of its states.
func (d *decoder) setRule(r *rule.Rule) {
	d.rule, d.states = r, uint32(r.States())
	if d.states == 0 {
		d.states = 256
	}
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

// read reads all lines.
func (d *decoder) read() error {
	if err := d.readTitle(); err != nil {
		return err
	}
	for {
		d.fastLines()
		text, isCut, ok := d.nextLine()
		if !ok {
			break
		}
		if err := d.line(text, isCut); err != nil {
			return err
		}
	}
	return d.checkEnd()
}

// nextLine is source.next, and notes where the line is.
func (d *decoder) nextLine() (text []byte, isCut, ok bool) {
	d.at = position{d.src.Line, 1}
	return d.src.Next(MaxText)
}

// readTitle reads the first line that is not blank, which must begin with '['.
func (d *decoder) readTitle() error {
	d.at = position{1, 1}
	if bytes.HasPrefix(d.src.Ahead(3), []byte("\xEF\xBB\xBF")) {
		d.src.Skip(3)
		if err := d.deviation(d.at, "byte order mark, skipped"); err != nil {
			return err
		}
	}
	for {
		text, _, ok := d.nextLine()
		if !ok {
			return d.at.errorf(ErrFormat, "found nothing, want a macrocell file")
		}
		n := codec.Blanks(text)
		switch {
		case n == len(text):
			continue
		case text[n] != '[':
			return d.at.right(n).errorf(ErrFormat, "found %s, want a macrocell file, which begins with [M2]", quoteWord(text[n:]))
		case n > 0 || !bytes.HasPrefix(text[n:], []byte("[M2]")):
			return d.deviation(d.at, "found %s, want [M2] at the start of the line", quoteWord(text[n:]))
		}
		return nil
	}
}

// line reads one line: a comment, a directive, a leaf or a node.
func (d *decoder) line(text []byte, isCut bool) error {
	n := codec.Blanks(text)
	if n == len(text) {
		return nil
	}
	if n > 0 {
		if err := d.deviation(d.at, "blanks at the start of the line, skipped"); err != nil {
			return err
		}
		text, d.at = text[n:], d.at.right(n)
	}
	c := text[0]
	switch {
	case c == '#':
		return d.hashLine(string(text), isCut)
	case isCut:
		return d.at.errorf(nil, "line longer than %d bytes", MaxText)
	case c == '.' || c == '*' || c == '$':
		return d.leafLine(text)
	case codec.IsDigit(c) || c == '-' || c == '+':
		return d.nodeLine(text)
	}
	return d.at.errorf(nil, "found %s, want a node, a leaf, or a line that begins with #", quoteWord(text))
}

// quoteWord quotes the first word of text for a message.
func quoteWord(text []byte) string {
	const most = 20
	if i := bytes.IndexFunc(text, func(r rune) bool { return r <= ' ' }); i > 0 {
		text = text[:i]
	}
	if len(text) > most {
		return strconv.Quote(string(bytes.ToValidUTF8(text[:most], nil)) + "…")
	}
	return strconv.Quote(string(text))
}
