package rle

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// bufferSize is what the reader holds of the input at a time.
const bufferSize = 64 << 10

// source is a buffered input that knows lines and columns.
type source struct {
	br    *bufio.Reader
	buf   []byte // what br has buffered
	i     int    // the next byte in buf
	base  int64  // offset of buf[0] in the input
	line  int    // 1-based number of the present line
	start int64  // offset of the first byte of the present line
	isGz  bool
	isEnd bool  // nothing will be added to buf
	err   error // a read error other than io.EOF
}

// newSource unpacks gzip by content, whatever a file was named.
func newSource(r io.Reader) (*source, error) {
	s := &source{br: bufio.NewReaderSize(r, bufferSize), line: 1}
	if magic, _ := s.br.Peek(2); bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		z, err := gzip.NewReader(s.br)
		if err != nil {
			return nil, fmt.Errorf("rle: gzip header: %w", err)
		}
		s.br, s.isGz = bufio.NewReaderSize(z, bufferSize), true
	}
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
	return fmt.Errorf("rle: line %d: %s: %w", s.line, what, err)
}

// more refills buf and reports whether there is a next byte. At the end of the
// input and on an error it returns false; err tells which.
func (s *source) more() bool {
	if s.i < len(s.buf) {
		return true
	}
	s.ahead(1)
	return s.i < len(s.buf)
}

// ahead returns the next n bytes, or fewer at the end of the input, and consumes
// nothing.
func (s *source) ahead(n int) []byte {
	if len(s.buf)-s.i < n && !s.isEnd {
		s.base += int64(s.i)
		s.br.Discard(s.i) // cannot fail: these bytes are buffered
		s.i = 0
		_, err := s.br.Peek(n)
		s.isEnd = err != nil
		if s.isEnd && err != io.EOF {
			s.err = err
		}
		s.buf, _ = s.br.Peek(s.br.Buffered())
	}
	return s.buf[s.i:min(s.i+n, len(s.buf))]
}

// size returns how many bytes of the input have come so far.
func (s *source) size() int64 { return s.base + int64(len(s.buf)) }

// offset returns the number of bytes consumed.
func (s *source) offset() int64 { return s.base + int64(s.i) }

// col returns the 1-based column of the next byte.
func (s *source) col() int { return int(s.offset()-s.start) + 1 }

// atLineStart reports whether the next byte is the first of its line.
func (s *source) atLineStart() bool { return s.offset() == s.start }

// newline consumes a line end, if there is one.
func (s *source) newline() {
	switch b := s.ahead(2); {
	case len(b) == 0:
		return
	case b[0] == '\r' && len(b) == 2 && b[1] == '\n':
		s.i += 2
	case b[0] == '\r' || b[0] == '\n':
		s.i++
	default:
		return
	}
	s.line++
	s.start = s.offset()
}

// rest consumes the rest of the line without its line end, and returns it up to
// limit bytes; isCut says that there was more.
func (s *source) rest(limit int) (text []byte, isCut bool) {
	for s.more() {
		b := s.buf[s.i:]
		n := bytes.IndexAny(b, "\r\n")
		isEnd := n >= 0
		if !isEnd {
			n = len(b)
		}
		keep := min(n, limit-len(text))
		text = append(text, b[:keep]...)
		isCut = isCut || keep < n
		s.i += n
		if isEnd {
			break
		}
	}
	return text, isCut
}
