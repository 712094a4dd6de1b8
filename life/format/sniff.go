package format

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golife/life/format/codec"
)

// ErrFormat says that the input is in no format that this package reads. The error
// that wraps it says what was found and what was wanted.
var ErrFormat = codec.ErrFormat

// SniffSize is how many bytes of a file Sniff looks at, at most.
const SniffSize = 4096

// Sniff tells the format of an uncompressed file from its first bytes; SniffSize
// of them are enough. The error wraps ErrFormat and says what was found: nothing,
// something that is no pattern, or a format that is not read. Cost: linear in the
// prefix, up to SniffSize.
func Sniff(prefix []byte) (Format, error) {
	e, err := sniff(prefix)
	if err != nil {
		return "", err
	}
	return e.Name, nil
}

// sniff returns the entry of a format that can be read.
func sniff(prefix []byte) (*entry, error) {
	h := newHead(prefix)
	if len(h) == 0 {
		return nil, refused("nothing")
	}
	for i := range table {
		e := &table[i]
		if !e.isMeant(h) {
			continue
		}
		if !e.isRead() {
			return nil, refused(e.what)
		}
		return e, nil
	}
	return nil, refused("text that begins with " + h.quoteLine())
}

// refused returns the error for input that is in no format.
func refused(found string) error {
	want := ""
	if !strings.Contains(found, "want") {
		want = ", want a pattern in one of the formats: " + strings.Join(Names(), " ")
	}
	return &refusal{"found " + found + want}
}

// refusal is an error that wraps ErrFormat and says only what was found and wanted.
type refusal struct{ msg string }

func (e *refusal) Error() string { return e.msg }
func (e *refusal) Unwrap() error { return ErrFormat }

// head is the beginning of a file without a byte order mark and blank lines.
type head []byte

// newHead returns what a format is to be known by.
func newHead(prefix []byte) head {
	prefix = bytes.TrimPrefix(prefix[:min(len(prefix), SniffSize)], []byte("\xEF\xBB\xBF"))
	return head(bytes.TrimLeft(prefix, " \t\v\f\r\n"))
}

// beginsWith reports whether one of some beginnings is there.
func (h head) beginsWith(any []string) bool {
	return slices.ContainsFunc(any, func(s string) bool { return bytes.HasPrefix(h, []byte(s)) })
}

// isBMP reports whether there are the letters BM and then the zeros that a BMP
// file has in its header.
func (h head) isBMP() bool {
	return len(h) > 14 && h[0] == 'B' && h[1] == 'M' && string(h[6:10]) == "\x00\x00\x00\x00"
}

// isBinary reports whether there is a byte that no text has.
func (h head) isBinary() bool { return bytes.IndexByte(h, 0) >= 0 }

// isRLE reports whether the first line is a comment or a header, or there is none
// and only tokens follow, more of them than just letters.
func (h head) isRLE() bool {
	if h[0] == '#' || h.isHeader() {
		return true
	}
	body, _, _ := bytes.Cut(h, []byte("!"))
	isToken := func(r rune) bool { return strings.ContainsRune("bo$0123456789 \t\v\f\r\n", r) }
	return bytes.IndexFunc(body, func(r rune) bool { return !isToken(r) }) < 0 &&
		bytes.ContainsAny(h, "$!0123456789")
}

// isHeader reports whether the first line is an x and a blank or '='.
func (h head) isHeader() bool {
	return len(h) > 1 && (h[0] == 'x' || h[0] == 'X') && bytes.IndexByte([]byte(" \t="), h[1]) >= 0
}

// quoteLine quotes the beginning of the first line.
func (h head) quoteLine() string {
	const most = 30
	line := []byte(h)
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	if len(line) > most {
		return fmt.Sprintf("%q", bytes.ToValidUTF8(line[:most], nil)) + "…"
	}
	return fmt.Sprintf("%q", line)
}
