package macrocell

import (
	"errors"
	"fmt"
)

// ErrFormat says that the input is no macrocell file at all: it is empty, in
// another format, or binary. The error that wraps it is a *SyntaxError that says
// what was found.
var ErrFormat = errors.New("not a macrocell file")

// ErrTooManyNodes says that a pattern would have more nodes at its place than
// WithMaxNodes allows.
var ErrTooManyNodes = errors.New("too many nodes")

// SyntaxError reports input that cannot be read, and where.
type SyntaxError struct {
	Line int    // 1-based; CR, LF and CR LF each end a line
	Col  int    // 1-based, in bytes
	Msg  string // what was found and what was wanted
	// Err is what a caller may branch on, or nil: ErrFormat, ErrTooManyNodes, a
	// *rule.SyntaxError, life.ErrState, life.ErrOutOfRange.
	Err error
}

// Error returns a line such as "macrocell: line 3 col 5: found 4 numbers, want 5:
// level nw ne sw se".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("macrocell: line %d col %d: %s", e.Line, e.Col, e.Msg)
}

// Unwrap returns Err.
func (e *SyntaxError) Unwrap() error { return e.Err }

// Warning is a deviation from the format that the reader has accepted.
type Warning struct {
	Line, Col int    // as in SyntaxError
	Msg       string // what was found and how it was read
}

// String returns a line such as "line 3 col 9: text after the node, ignored".
func (w Warning) String() string {
	return fmt.Sprintf("line %d col %d: %s", w.Line, w.Col, w.Msg)
}

// position is a place in the input.
type position struct{ line, col int }

// errorf returns a SyntaxError at p.
func (p position) errorf(err error, format string, args ...any) error {
	return &SyntaxError{Line: p.line, Col: p.col, Msg: fmt.Sprintf(format, args...), Err: err}
}

// right returns the position n bytes to the right.
func (p position) right(n int) position { return position{p.line, p.col + n} }
