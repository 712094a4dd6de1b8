package codec

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"golife/life/rule"
)

// Format is the short name of a file format, such as "rle".
type Format string

// String returns the name.
func (f Format) String() string { return string(f) }

// ErrFormat says that the input is not in the format at all, or in none that is
// known. The error that wraps it says what was found and what was wanted.
var ErrFormat = errors.New("not a pattern format that golife reads")

// Options is how a reader reads. The zero Options reads leniently and in silence.
type Options struct {
	IsStrict bool          // deviations are errors
	Warn     func(Warning) // called for each deviation, in input order; may be nil
	Rule     *rule.Rule    // the rule to read under whatever the input says; nil for the input's own
	// ParseRule turns a rulestring, as it stands in the input, into a rule; nil is
	// rule.Parse.
	ParseRule func(string) (*rule.Rule, error)
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
	Line   int    // 1-based; CR, LF and CR LF each end a line; 0 where there are no lines
	Col    int    // 1-based, in bytes
	Msg    string // what was found and what was wanted
	// Err is what a caller may branch on, or nil: ErrFormat, a *rule.SyntaxError,
	// life.ErrState, life.ErrOutOfRange, or the error of the codec.
	Err error
}

// Error returns a line such as "rle: line 3 col 17: run count overflows int64".
func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.Format, e.Msg)
	}
	return fmt.Sprintf("%s: line %d col %d: %s", e.Format, e.Line, e.Col, e.Msg)
}

// Unwrap returns Err.
func (e *SyntaxError) Unwrap() error { return e.Err }

// QuoteWord quotes the first word of text for a message.
func QuoteWord(text []byte) string {
	const most = 20
	if i := bytes.IndexFunc(text, func(r rune) bool { return r <= ' ' }); i > 0 {
		text = text[:i]
	}
	if len(text) > most {
		return strconv.Quote(string(bytes.ToValidUTF8(text[:most], nil)) + "…")
	}
	return strconv.Quote(string(text))
}
