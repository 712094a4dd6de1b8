package format

import (
	"bufio"
	"compress/gzip"
	"io"
	"strings"

	"golife/life"
)

// Write writes p in the format that the extension of name asks for, compressed
// when name ends in ".gz"; the name may be an extension alone. Nothing is opened:
// name only tells the format. Equal patterns are written as equal bytes: a
// compressed file holds no name and no time.
//
// The error wraps ErrExtension for a name that does not tell a format, before
// anything is written; else it is the codec's, such as life.ErrOutOfRange for a
// pattern that the format cannot hold, or w's. Cost: that of the codec.
func Write(w io.Writer, name string, p *life.Pattern) error {
	e, x, err := byName(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, bufferSize)
	if !strings.HasSuffix(strings.ToLower(x), gzExtension) {
		if err := e.encode(b, p); err != nil {
			return err
		}
		return b.Flush()
	}
	z := gzip.NewWriter(b)
	if err := e.encode(z, p); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return b.Flush()
}
