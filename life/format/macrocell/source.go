package macrocell

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// bufferSize is what the reader holds of the input at a time, but for longer lines.
const bufferSize = 64 << 10

// source is a buffered input that counts lines. The unread bytes in the buffer
// are buf[i:n].
type source struct {
	r     io.Reader
	buf   []byte
	i, n  int
	line  int // 1-based number of the present line
	isGz  bool
	isEnd bool  // r has no more
	err   error // a read error other than io.EOF
}

// newSource unpacks gzip by content, whatever a file was named.
func newSource(r io.Reader) (*source, error) {
	s := &source{r: r, buf: make([]byte, bufferSize), line: 1}
	if !bytes.HasPrefix(s.ahead(2), []byte{0x1F, 0x8B}) {
		return s, nil
	}
	z, err := gzip.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(s.buf[:s.n])), r))
	if err != nil {
		return nil, fmt.Errorf("macrocell: gzip header: %w", err)
	}
	*s = source{r: bufio.NewReaderSize(z, bufferSize), buf: s.buf, line: 1, isGz: true}
	return s, nil
}

// readError returns the read error with its place.
func (s *source) readError() error {
	what := "read"
	if s.isGz {
		what = "gzip"
	}
	err := s.err
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("input is cut short: %w", err)
	}
	return fmt.Errorf("macrocell: line %d: %s: %w", s.line, what, err)
}

// fill reads more into the buffer, which moves what is unread to its front or
// grows. It reports false at the end of the input and on an error.
func (s *source) fill() bool {
	if s.isEnd {
		return false
	}
	if s.i > 0 {
		copy(s.buf, s.buf[s.i:s.n])
		s.i, s.n = 0, s.n-s.i
	}
	if s.n == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.n:])
		s.n += n
		if err != nil {
			s.isEnd = true
			if err != io.EOF {
				s.err = err
			}
		}
		if n > 0 || s.isEnd {
			return n > 0
		}
	}
	s.isEnd, s.err = true, io.ErrNoProgress
	return false
}

// ahead returns the unread bytes in the buffer, at least n of them but at the end
// of the input. It consumes nothing.
func (s *source) ahead(n int) []byte {
	for s.n-s.i < n && s.fill() {
	}
	return s.buf[s.i:s.n]
}

// next consumes a line and returns it without its end, up to MaxText bytes;
// isCut says that there was more. The text is valid until the next call of any
// method. At the end of the input ok is false.
func (s *source) next() (text []byte, isCut, ok bool) {
	if len(s.ahead(1)) == 0 {
		return nil, false, false
	}
	seen := 0
	for {
		b := s.buf[s.i:s.n]
		if j := bytes.IndexAny(b[seen:], "\r\n"); j >= 0 {
			seen += j
			break
		}
		if seen = len(b); seen > MaxText {
			isCut = true
			break
		}
		if !s.fill() {
			break
		}
	}
	if isCut = isCut || seen > MaxText; isCut {
		text = bytes.Clone(s.buf[s.i:][:MaxText])
		s.i += seen
		s.skipLine()
	} else {
		s.ahead(seen + 2) // the line and all of its end
		text = s.buf[s.i:][:seen]
		s.i += seen
	}
	s.lineEnd()
	return text, isCut, true
}

// skipLine consumes what is left of a line but for its end.
func (s *source) skipLine() {
	for {
		if j := bytes.IndexAny(s.buf[s.i:s.n], "\r\n"); j >= 0 {
			s.i += j
			s.ahead(2)
			return
		}
		if s.i = s.n; !s.fill() {
			return
		}
	}
}

// lineEnd consumes a line end, if there is one. It must be in the buffer.
func (s *source) lineEnd() {
	b := s.buf[s.i:s.n]
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		s.i += 2
	case len(b) > 0 && (b[0] == '\r' || b[0] == '\n'):
		s.i++
	default:
		return
	}
	s.line++
}

// isBlank reports whether c is white space within a line.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\v' || c == '\f' }

// isDigit reports whether c is a decimal digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
