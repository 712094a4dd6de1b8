package rle

import (
	"errors"
	"fmt"
)

// ErrFormat says that the input is not RLE at all: it is empty, in another
// format, or binary. The error that wraps it is a *SyntaxError that says what
// was found.
var ErrFormat = errors.New("not an RLE pattern")

// SyntaxError reports input that cannot be read, and where.
type SyntaxError struct {
	Line int    // 1-based; CR, LF and CR LF each end a line
	Col  int    // 1-based, in bytes
	Msg  string // what was found and what was wanted
	// Err is what a caller may branch on, or nil: ErrFormat, a *rule.SyntaxError,
	// life.ErrState, life.ErrOutOfRange.
	Err error
}

// Error returns a line such as "rle: line 3 col 17: run count overflows int64".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("rle: line %d col %d: %s", e.Line, e.Col, e.Msg)
}

// Unwrap returns Err.
func (e *SyntaxError) Unwrap() error { return e.Err }

// Warning is a deviation from the format that the reader has accepted.
type Warning struct {
	Line, Col int    // as in SyntaxError
	Msg       string // what was found and how it was read
}

// String returns a line such as "line 3 col 17: text after the row, ignored".
func (w Warning) String() string {
	return fmt.Sprintf("line %d col %d: %s", w.Line, w.Col, w.Msg)
}
