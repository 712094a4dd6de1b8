package rle

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// sniffSize is how much of the input sniff looks at.
const sniffSize = 512

// magics lists the beginnings of what people feed to a pattern reader by mistake.
var magics = []struct{ prefix, found string }{
	{"PK\x03\x04", "a zip archive; unpack it first"},
	{"PK\x05\x06", "an empty zip archive"},
	{"\x1F\x8B", "gzip inside gzip; unpack it first"},
	{"BZh", "a bzip2 file; unpack it first"},
	{"\xFD7zXZ\x00", "an xz file; unpack it first"},
	{"\x28\xB5\x2F\xFD", "a zstd file; unpack it first"},
	{"7z\xBC\xAF\x27\x1C", "a 7-zip archive; unpack it first"},
	{"\x89PNG\r\n\x1A\n", "a PNG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
	{"%PDF-", "a PDF document"},
	{"\xFF\xFE", "UTF-16 text, want ASCII or UTF-8"},
	{"\xFE\xFF", "UTF-16 text, want ASCII or UTF-8"},
	{"<", "markup such as HTML, want an RLE file"},
	{"[", "a macrocell file, which is not RLE"},
	{"#Life 1.05", "a Life 1.05 file, which is not RLE"},
	{"#Life 1.06", "a Life 1.06 file, which is not RLE"},
	{"#Li", "a Life 1.05 or 1.06 file, which is not RLE"},
	{"#MCell", "an MCell file, which is not RLE"},
	{"!", "a plaintext (.cells) file, which is not RLE"},
	{"@RULE", "a .rule file, want a pattern"},
}

// skipBOM consumes a byte order mark of UTF-8.
func (d *decoder) skipBOM() error {
	if !bytes.Equal(d.src.ahead(3), []byte("\xEF\xBB\xBF")) {
		return nil
	}
	err := d.deviation(d.here(), "byte order mark, skipped")
	d.src.i += 3
	d.src.start = d.src.offset()
	return err
}

// sniff fails when the first bytes tell of another format.
func (d *decoder) sniff() error {
	for d.src.more() && isSpace(d.src.buf[d.src.i]) {
		if c := d.src.buf[d.src.i]; c == '\r' || c == '\n' {
			d.src.newline()
		} else {
			d.src.i++
		}
	}
	d.indent = d.src.offset()
	head := d.src.ahead(sniffSize)
	if len(head) == 0 {
		return d.here().errorf(ErrFormat, "found nothing, want an RLE pattern")
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return d.here().errorf(ErrFormat, "found %s", m.found)
		}
	}
	return d.checkText(head)
}

// checkText fails on a NUL byte in text that begins at the next byte.
func (d *decoder) checkText(text []byte) error {
	if i := bytes.IndexByte(text, 0); i >= 0 {
		before := text[:i]
		p := position{d.src.line, d.src.col() + i}
		if j := bytes.LastIndexAny(before, "\r\n"); j >= 0 {
			lines := bytes.ReplaceAll(before, []byte("\r\n"), []byte("\n"))
			p.line += bytes.Count(lines, []byte("\n")) + bytes.Count(lines, []byte("\r"))
			p.col = i - j
		}
		return p.errorf(ErrFormat, "found a NUL byte: binary data, want an RLE pattern")
	}
	return nil
}

// isSpace reports whether c is a blank or ends a line.
func isSpace(c byte) bool { return isBlank(c) || c == '\r' || c == '\n' }

// isBlank reports whether c is white space within a line.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\v' || c == '\f' }

// quoteWord quotes the first word of text for a message.
func quoteWord(text []byte) string {
	const most = 20
	if i := bytes.IndexAny(text, blanks+"\r\n"); i > 0 {
		text = text[:i]
	}
	if len(text) <= most {
		return strconv.Quote(string(text))
	}
	n := most
	for n > most-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return strconv.Quote(string(text[:n]) + "…")
}
