package format

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/life/rule"
	"golife/rle"
)

// bufferSize is what Read and Write hold of a file at a time.
const bufferSize = 64 << 10

// options is what Read passes to a codec.
type options struct {
	isStrict bool
	warn     func(Warning)
	rule     *rule.Rule
	parse    func(string) (*rule.Rule, error)
}

// Option changes how Read reads.
type Option func(*options)

// WithStrict makes every deviation that would be a Warning a *SyntaxError.
func WithStrict() Option { return func(o *options) { o.isStrict = true } }

// WithWarnings calls f for each deviation, in input order, while Read runs.
func WithWarnings(f func(Warning)) Option { return func(o *options) { o.warn = f } }

// WithRule reads the cells under r, whatever rule the input names; that rule is
// then not even parsed.
func WithRule(r *rule.Rule) Option { return func(o *options) { o.rule = r } }

// WithRuleParser turns the input's rulestring into a rule by parse instead of
// rule.Parse. parse gets the rulestring as it stands in the input.
func WithRuleParser(parse func(string) (*rule.Rule, error)) Option {
	return func(o *options) { o.parse = parse }
}

// Warning is a deviation from the format that the reader has accepted.
type Warning struct {
	Line, Col int    // 1-based, Col in bytes
	Msg       string // what was found and how it was read
}

// String returns a line such as "line 3 col 17: text after the row, ignored".
func (w Warning) String() string { return fmt.Sprintf("line %d col %d: %s", w.Line, w.Col, w.Msg) }

// SyntaxError reports input that cannot be read, and where, whatever its format.
type SyntaxError struct {
	Format Format
	Line   int    // 1-based; CR, LF and CR LF each end a line
	Col    int    // 1-based, in bytes
	Msg    string // what was found and what was wanted
	Err    error  // the codec's own error
}

// Error returns a line such as "rle: line 3 col 17: run count overflows int64".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s: line %d col %d: %s", e.Format, e.Line, e.Col, e.Msg)
}

// Unwrap returns the codec's error, which may wrap more: life.ErrState, say.
func (e *SyntaxError) Unwrap() error { return e.Err }

// Info tells what Read found. It is filled as far as is known, also when there is
// an error.
type Info struct {
	Format Format
	IsGzip bool // the input was compressed
}

// String returns the name of the format, with ".gz" when it was compressed.
func (i Info) String() string {
	if i.IsGzip {
		return string(i.Format) + gzExtension
	}
	return string(i.Format)
}

// Read reads one pattern in any format that Sniff knows, up to the end of r. Input
// that is packed with gzip is unpacked; neither this nor the format depends on a
// file name.
//
// The error is a *SyntaxError for what the input holds, or wraps ErrFormat, or is
// that of r or of gzip; io.ErrUnexpectedEOF then means that compressed input was
// cut short. Read panics only when an option is nil.
//
// Cost: that of the codec, and a buffer.
func Read(r io.Reader, opts ...Option) (*life.Pattern, Info, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	var info Info
	b := bufio.NewReaderSize(r, bufferSize)
	if magic, _ := b.Peek(2); bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, info, fmt.Errorf("gzip header: %w", cutShort(err))
		}
		info.IsGzip = true
		b = bufio.NewReaderSize(z, bufferSize)
	}
	// A read error meets the codec too, but it must not be taken for a short file.
	start, err := b.Peek(SniffSize)
	if err != nil && err != io.EOF {
		return nil, info, fmt.Errorf("read: %w", cutShort(err))
	}
	e, err := sniff(start)
	if err != nil {
		return nil, info, err
	}
	info.Format = e.name
	p, err := e.decode(b, &o)
	return p, info, err
}

// cutShort says what io.ErrUnexpectedEOF means.
func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("input is cut short: %w", err)
	}
	return err
}

// decodeRLE is rle.Decode with this package's options and errors.
func decodeRLE(r io.Reader, o *options) (*life.Pattern, error) {
	var opts []rle.Option
	if o.isStrict {
		opts = append(opts, rle.WithStrict())
	}
	if o.warn != nil {
		opts = append(opts, rle.WithWarnings(func(w rle.Warning) { o.warn(Warning(w)) }))
	}
	if o.rule != nil {
		opts = append(opts, rle.WithRule(o.rule))
	}
	if o.parse != nil {
		opts = append(opts, rle.WithRuleParser(o.parse))
	}
	p, err := rle.Decode(r, opts...)
	var s *rle.SyntaxError
	if errors.As(err, &s) {
		err = &SyntaxError{RLE, s.Line, s.Col, s.Msg, err}
	}
	return p, err
}

// decodeMacrocell is macrocell.Decode with this package's options and errors.
func decodeMacrocell(r io.Reader, o *options) (*life.Pattern, error) {
	var opts []macrocell.Option
	if o.isStrict {
		opts = append(opts, macrocell.WithStrict())
	}
	if o.warn != nil {
		opts = append(opts, macrocell.WithWarnings(func(w macrocell.Warning) { o.warn(Warning(w)) }))
	}
	if o.rule != nil {
		opts = append(opts, macrocell.WithRule(o.rule))
	}
	if o.parse != nil {
		opts = append(opts, macrocell.WithRuleParser(o.parse))
	}
	p, err := macrocell.Decode(r, opts...)
	var s *macrocell.SyntaxError
	if errors.As(err, &s) {
		err = &SyntaxError{Macrocell, s.Line, s.Col, s.Msg, err}
	}
	return p, err
}
