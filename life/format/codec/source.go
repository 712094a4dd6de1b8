package codec

import (
	"bytes"
	"io"
	"strings"
)

// bufferSize is what a Source holds of the input at a time, but for longer lines.
const bufferSize = 64 << 10

// Source is a buffered input that counts lines. CR, LF and CR LF each end one.
type Source struct {
	// Line is the 1-based number of the line that comes next.
	Line int

	r     io.Reader
	buf   []byte // the unread bytes are buf[i:n]
	i, n  int
	isEnd bool  // r has no more
	err   error // a read error other than io.EOF
}

// NewSource returns a Source that reads r.
func NewSource(r io.Reader) *Source {
	return &Source{Line: 1, r: r, buf: make([]byte, bufferSize)}
}

// Err returns the error of the input, nil at its end.
func (s *Source) Err() error { return s.err }

// fill reads more into the buffer, which moves what is unread to its front or
// grows. It reports false at the end of the input and on an error.
func (s *Source) fill() bool {
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

// Ahead returns the unread bytes in the buffer, at least n of them but at the end
// of the input. It consumes nothing; the bytes are valid until the next call.
func (s *Source) Ahead(n int) []byte {
	for s.n-s.i < n && s.fill() {
	}
	return s.buf[s.i:s.n]
}

// Skip consumes n bytes that Ahead has returned. Lines among them are the
// caller's to count.
func (s *Source) Skip(n int) { s.i += n }

// Next consumes a line and returns it without its end, up to limit bytes; isCut
// says that there was more. The text is valid until the next call of any method.
// At the end of the input ok is false. Memory: a buffer of two lines at most.
func (s *Source) Next(limit int) (text []byte, isCut, ok bool) {
	if len(s.Ahead(1)) == 0 {
		return nil, false, false
	}
	seen := 0
	for {
		b := s.buf[s.i:s.n]
		if j := lineEnd(b[seen:]); j >= 0 {
			seen += j
			break
		}
		if seen = len(b); seen > limit {
			isCut = true
			break
		}
		if !s.fill() {
			break
		}
	}
	if isCut = isCut || seen > limit; isCut {
		text = bytes.Clone(s.buf[s.i:][:limit])
		s.i += seen
		s.skipLine()
	} else {
		s.Ahead(seen + 2) // the line and all of its end
		text = s.buf[s.i:][:seen]
		s.i += seen
	}
	s.skipLineEnd()
	return text, isCut, true
}

// lineEnd returns the index of the first line end in b, or -1. It looks at parts
// of growing size, so that in a file of lines that end in CR alone the search for
// LF does not cost the whole buffer each time.
func lineEnd(b []byte) int {
	for from, size := 0, 256; from < len(b); from, size = from+size, 4*size {
		part := b[from:min(from+size, len(b))]
		n := bytes.IndexByte(part, '\n')
		if n >= 0 {
			part = part[:n]
		}
		if r := bytes.IndexByte(part, '\r'); r >= 0 {
			n = r
		}
		if n >= 0 {
			return from + n
		}
	}
	return -1
}

// skipLine consumes what is left of a line but for its end.
func (s *Source) skipLine() {
	for {
		if j := lineEnd(s.buf[s.i:s.n]); j >= 0 {
			s.i += j
			s.Ahead(2)
			return
		}
		if s.i = s.n; !s.fill() {
			return
		}
	}
}

// skipLineEnd consumes a line end, if there is one. It must be in the buffer.
func (s *Source) skipLineEnd() {
	b := s.buf[s.i:s.n]
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		s.i += 2
	case len(b) > 0 && (b[0] == '\r' || b[0] == '\n'):
		s.i++
	default:
		return
	}
	s.Line++
}

// IsBlank reports whether c is white space within a line.
func IsBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\v' || c == '\f' }

// IsDigit reports whether c is a decimal digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// Blanks returns the number of blanks that text begins with.
func Blanks(text []byte) int {
	n := 0
	for n < len(text) && IsBlank(text[n]) {
		n++
	}
	return n
}

// HashLine splits a line that begins with # into a key of one letter and the text
// behind it, which begins at a column. Without a key the text is all that follows
// the #, and the key 0.
func HashLine(line string) (key byte, text string, col int) {
	if len(line) < 2 || len(line) > 2 && !IsBlank(line[2]) {
		return 0, line[1:], 2
	}
	text = strings.TrimLeft(line[2:], " \t\v\f")
	return line[1], text, len(line) - len(text) + 1
}
