package macrocell

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"golife/life/format/codec"
)

// bufferSize is what is held of a file at a time.
const bufferSize = 64 << 10

// source is a codec.Source that unpacks gzip.
type source struct {
	*codec.Source
	isGz bool
}

// newSource unpacks gzip by content, whatever a file was named.
func newSource(r io.Reader) (*source, error) {
	b := bufio.NewReaderSize(r, bufferSize)
	if magic, _ := b.Peek(2); !bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		return &source{codec.NewSource(b), false}, nil
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, fmt.Errorf("macrocell: gzip header: %w", err)
	}
	return &source{codec.NewSource(z), true}, nil
}

// readError returns the read error with its place.
func (s *source) readError() error {
	what := "read"
	if s.isGz {
		what = "gzip"
	}
	err := s.Err()
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("input is cut short: %w", err)
	}
	return fmt.Errorf("macrocell: line %d: %s: %w", s.Line, what, err)
}
