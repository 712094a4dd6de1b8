package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/rle"
)

// Format is the name of a file format, one of Names.
type Format string

// The formats that Read and Write know.
const (
	RLE       Format = "rle"
	Macrocell Format = "macrocell"
)

// String returns the name.
func (f Format) String() string { return string(f) }

// ErrFormat says that the input is in no format that this package reads. The error
// that wraps it says what was found and what was wanted.
var ErrFormat = errors.New("not a pattern format that golife reads")

// ErrExtension says that a file name does not tell a format that can be written.
var ErrExtension = errors.New("unknown extension")

// entry is one row of the table of formats: how to know it, and what can be done
// with it. A format that is known and not read has no decode, one that is not
// written no encode.
type entry struct {
	name       Format
	what       string            // for messages about what is not read
	extensions []string          // without ".gz"; the first is the usual one
	is         func(h head) bool // whether a file with this beginning is meant for this entry
	decode     func(io.Reader, *options) (*life.Pattern, error)
	encode     func(io.Writer, *life.Pattern) error
}

// table lists all formats, and what is taken for one by mistake, in the order in
// which they are tried: first come those with the longest and surest signs, and
// RLE, of which nearly any text could be a part, is last.
//
// A new format is one more entry, in the place of the one without functions where
// there is one.
var table = []entry{
	{what: "a zip archive; unpack it first", is: begins("PK\x03\x04", "PK\x05\x06", "PK\x07\x08")},
	{what: "gzip inside gzip; unpack it first", is: begins("\x1F\x8B")},
	{what: "a bzip2 file; unpack it first", is: begins("BZh")},
	{what: "an xz file; unpack it first", is: begins("\xFD7zXZ\x00")},
	{what: "a zstd file; unpack it first", is: begins("\x28\xB5\x2F\xFD")},
	{what: "a 7-zip archive; unpack it first", is: begins("7z\xBC\xAF\x27\x1C")},
	{what: "a PNG image", is: begins("\x89PNG\r\n\x1A\n")},
	{what: "a GIF image", is: begins("GIF87a", "GIF89a")},
	{what: "a JPEG image", is: begins("\xFF\xD8\xFF")},
	{what: "a TIFF image", is: begins("II*\x00", "MM\x00*")},
	{what: "a PDF document", is: begins("%PDF-")},
	{what: "UTF-16 text, want ASCII or UTF-8", is: begins("\xFF\xFE", "\xFE\xFF")},
	{what: "binary data", is: head.isBinary},
	{what: "markup such as HTML", is: begins("<")},
	{what: "a .rule file, want a pattern", is: begins("@RULE")},
	{what: "a Life 1.06 file, which golife does not read yet", is: begins("#Life 1.06")},
	{what: "a Life 1.05 file, which golife does not read yet", is: begins("#Li")},
	{what: "an MCell file, which golife does not read yet", is: begins("#MCell")},
	{what: "a plaintext (.cells) file, which golife does not read yet", is: begins("!")},
	{
		name: Macrocell, extensions: []string{".mc"}, is: begins("["),
		decode: decodeMacrocell, encode: macrocell.Encode,
	},
	{
		name: RLE, extensions: []string{".rle"}, is: head.isRLE,
		decode: decodeRLE, encode: rle.Encode,
	},
}

// gzExtension follows the extension of a compressed file.
const gzExtension = ".gz"

// Names returns the names of the formats that can be read, sorted.
func Names() []string {
	var names []string
	for _, e := range table {
		if e.decode != nil {
			names = append(names, string(e.name))
		}
	}
	slices.Sort(names)
	return names
}

// Extensions returns the endings of file names that Write knows, each followed by
// its compressed form: ".mc", ".mc.gz", ".rle", ".rle.gz".
func Extensions() []string {
	var all []string
	for _, e := range table {
		if e.encode == nil {
			continue
		}
		for _, x := range e.extensions {
			all = append(all, x, x+gzExtension)
		}
	}
	slices.Sort(all)
	return all
}

// Extension returns the ending of a file name that tells Write what to do, as it
// stands in name: for "run.7.MC.gz" it is ".MC.gz". Letter case does not matter.
// The error wraps ErrExtension and lists what Write knows.
func Extension(name string) (string, error) {
	_, x, err := byName(name)
	return x, err
}

// byName returns the entry for a file name, and the extension in it.
func byName(name string) (*entry, string, error) {
	plain, isGz := name, false
	if n := len(name) - len(gzExtension); n >= 0 && strings.EqualFold(name[n:], gzExtension) {
		plain, isGz = name[:n], true
	}
	for i := range table {
		for _, x := range table[i].extensions {
			n := len(plain) - len(x)
			if table[i].encode == nil || n < 0 || !strings.EqualFold(plain[n:], x) {
				continue
			}
			if isGz {
				return &table[i], name[n:], nil
			}
			return &table[i], plain[n:], nil
		}
	}
	return nil, "", fmt.Errorf("%w in %q, want one of %s", ErrExtension, name, strings.Join(Extensions(), " "))
}

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
	return e.name, nil
}

// sniff returns the entry of a format that can be read.
func sniff(prefix []byte) (*entry, error) {
	h := newHead(prefix)
	if len(h) == 0 {
		return nil, refused("nothing")
	}
	for i := range table {
		e := &table[i]
		if !e.is(h) {
			continue
		}
		if e.decode == nil {
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

// begins returns a test for any of some beginnings.
func begins(with ...string) func(head) bool {
	return func(h head) bool {
		return slices.ContainsFunc(with, func(s string) bool { return bytes.HasPrefix(h, []byte(s)) })
	}
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
