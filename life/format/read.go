package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/format/macrocell"
	"golife/life/rule"
	"golife/rle"
)

// bufferSize is what Read and Write hold of a file at a time.
const bufferSize = 64 << 10

// options is what Read passes to a codec, and what it needs itself.
type options struct {
	codec.Options
	member string
	onRule func(name string, data []byte)
}

// Option changes how Read reads.
type Option func(*options)

// WithStrict makes every deviation that would be a Warning a *SyntaxError.
func WithStrict() Option { return func(o *options) { o.IsStrict = true } }

// WithWarnings calls f for each deviation, in input order, while Read runs.
func WithWarnings(f func(Warning)) Option { return func(o *options) { o.Warn = f } }

// WithRule reads the cells under r, whatever rule the input names; that rule is
// then not even parsed. A nil r changes nothing.
func WithRule(r *rule.Rule) Option { return func(o *options) { o.Rule = r } }

// WithRuleParser turns the input's rulestring into a rule by parse instead of
// rule.Parse. parse gets the rulestring as it stands in the input.
func WithRuleParser(parse func(string) (*rule.Rule, error)) Option {
	return func(o *options) { o.ParseRule = parse }
}

// WithMember says which file of a zip archive to read: its name there, or the end
// of it from a / on where only one ends so. Input that is no archive is an error.
func WithMember(name string) Option { return func(o *options) { o.member = name } }

// WithRuleFiles calls f for each .rule file of a zip archive, with its name there without
// folders, before the pattern in the archive is read; and for each that follows an RLE pattern
// in its text, if a line with @RULE NAME is within the first 64 KiB: it is NAME.rule.
func WithRuleFiles(f func(name string, data []byte)) Option {
	return func(o *options) { o.onRule = f }
}

// Warning is a deviation from the format that the reader has accepted.
type Warning = codec.Warning

// SyntaxError reports input that cannot be read, and where, whatever its format.
type SyntaxError = codec.SyntaxError

// Info tells what Read found. It is filled as far as is known, also when there is
// an error.
type Info struct {
	Format  Format
	Packing string // how it was packed, the outermost last: "", ".gz", ".zst", ".zip", ".gz.zip"
	Member  string // the file's name in a zip archive

	HasSize       bool  // the file has a header that claims a size
	Width, Height int64 // what it claims
}

// String returns the name of the format and how it was packed, such as "rle.gz".
func (i Info) String() string { return string(i.Format) + i.Packing }

// The first bytes of packed input.
const (
	gzMagic  = "\x1F\x8B"
	zstMagic = "\x28\xB5\x2F\xFD"
)

// Read reads one pattern in any format that Sniff knows, up to the end of r. Input
// that is packed with gzip, zstd or in a zip archive is unpacked, once each;
// neither this nor the format depends on a file name. An archive must hold one
// pattern, or WithMember says which; other files in it do not matter.
//
// The error is a *SyntaxError for what the input holds, or wraps ErrFormat, or is
// an *ArchiveError, or is that of r or of unpacking; io.ErrUnexpectedEOF then means
// that compressed input was cut short. Read panics only when an option is nil.
//
// Cost: that of the codec, and a buffer; an archive is read whole first. What the
// package documentation says of memory is for a byte of unpacked input.
func Read(r io.Reader, opts ...Option) (*life.Pattern, Info, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	var info Info
	p, err := read(bufio.NewReaderSize(r, bufferSize), &o, &info)
	return p, info, err
}

// read takes packings off until there are none, or one comes again.
func read(b *bufio.Reader, o *options, info *Info) (*life.Pattern, error) {
	magic, _ := b.Peek(4)
	start := func(with string) bool { return bytes.HasPrefix(magic, []byte(with)) }
	switch {
	case start(gzMagic) && !strings.Contains(info.Packing, ".gz"):
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, fmt.Errorf("gzip header: %w", cutShort(err))
		}
		info.Packing = ".gz" + info.Packing
		return read(bufio.NewReaderSize(z, bufferSize), o, info)
	case start(zstMagic) && !strings.Contains(info.Packing, ".zst"):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, fmt.Errorf("zstd header: %w", cutShort(err))
		}
		defer z.Close()
		info.Packing = ".zst" + info.Packing
		return read(bufio.NewReaderSize(z, bufferSize), o, info)
	case isZip(magic) && !strings.Contains(info.Packing, ".zip"):
		return readZip(b, o, info)
	}
	if o.member != "" && info.Member == "" {
		return nil, refused("no zip archive, want one with the file " + o.member + " in it")
	}
	return decode(b, o, info)
}

// maxWindow bounds what zstd may ask for, in bytes: enough for what its own program
// makes up to level 20.
const maxWindow = 32 << 20

// decode reads a pattern that is not packed.
func decode(b *bufio.Reader, o *options, info *Info) (*life.Pattern, error) {
	// A read error meets the codec too, but it must not be taken for a short file.
	if _, err := b.Peek(SniffSize); err != nil && err != io.EOF {
		return nil, fmt.Errorf("read: %w", cutShort(err))
	}
	b, err := o.unwrap(b)
	if err != nil {
		return nil, err
	}
	start, _ := b.Peek(SniffSize)
	e, err := sniff(start)
	if err != nil {
		return nil, err
	}
	info.Format = e.Name
	if e.Name == RLE {
		if b, err = o.takeInline(b); err != nil {
			return nil, err
		}
	}
	p, err := e.decodeFrom(b, o, info)
	if err != nil {
		var s *SyntaxError
		if !errors.As(err, &s) {
			err = cutShort(err)
		}
		return nil, err
	}
	return p, nil
}

// cutShort says what io.ErrUnexpectedEOF means, unless that has been said.
func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) && !strings.Contains(err.Error(), "cut short") {
		return fmt.Errorf("input is cut short: %w", err)
	}
	return err
}

// decodeRLE is rle.Decode with this package's options and errors.
func decodeRLE(r io.Reader, o *options, info *Info) (*life.Pattern, error) {
	opts := []rle.Option{rle.WithHeader(func(w, h int64) { info.HasSize, info.Width, info.Height = true, w, h })}
	if o.IsStrict {
		opts = append(opts, rle.WithStrict())
	}
	if o.Warn != nil {
		opts = append(opts, rle.WithWarnings(func(w rle.Warning) { o.Warn(Warning(w)) }))
	}
	if o.Rule != nil {
		opts = append(opts, rle.WithRule(o.Rule))
	}
	if o.ParseRule != nil {
		opts = append(opts, rle.WithRuleParser(o.ParseRule))
	}
	p, err := rle.Decode(r, opts...)
	var s *rle.SyntaxError
	if errors.As(err, &s) {
		err = &SyntaxError{Format: RLE, Line: s.Line, Col: s.Col, Msg: s.Msg, Err: err}
	}
	return p, err
}

// decodeMacrocell is macrocell.Decode with this package's options and errors.
func decodeMacrocell(r io.Reader, o *options, _ *Info) (*life.Pattern, error) {
	var opts []macrocell.Option
	if o.IsStrict {
		opts = append(opts, macrocell.WithStrict())
	}
	if o.Warn != nil {
		opts = append(opts, macrocell.WithWarnings(func(w macrocell.Warning) { o.Warn(Warning(w)) }))
	}
	if o.Rule != nil {
		opts = append(opts, macrocell.WithRule(o.Rule))
	}
	if o.ParseRule != nil {
		opts = append(opts, macrocell.WithRuleParser(o.ParseRule))
	}
	p, err := macrocell.Decode(r, opts...)
	var s *macrocell.SyntaxError
	if errors.As(err, &s) {
		err = &SyntaxError{Format: Macrocell, Line: s.Line, Col: s.Col, Msg: s.Msg, Err: err}
	}
	return p, err
}
