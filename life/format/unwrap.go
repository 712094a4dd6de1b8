package format

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// wraps are what the source of a post has around a pattern: how it begins, and how it ends.
var wraps = []struct{ begin, end string }{
	{"[code]", "[/code]"}, {"[rle]", "[/rle]"}, {"[viewer]", "[/viewer]"}, {"```", "```"},
}

// unwrap takes off what a post has around a pattern, and reports it as a deviation.
func (o *options) unwrap(b *bufio.Reader) (*bufio.Reader, error) {
	start, _ := b.Peek(SniffSize)
	h := newHead(start)
	h = lowerASCII(h[:min(len(h), len("[viewer]"))])
	for _, w := range wraps {
		if !bytes.HasPrefix(h, []byte(w.begin)) {
			continue
		}
		if o.IsStrict {
			return nil, refused(w.begin + " around a pattern, want it alone")
		}
		text, err := readText(b, "text after "+w.begin)
		if err != nil {
			return nil, err
		}
		if o.Warn != nil {
			o.Warn(Warning{Line: 1, Col: 1, Msg: w.begin + " around the pattern, skipped"})
		}
		return bufio.NewReaderSize(bytes.NewReader(between(text, w.begin, w.end)), bufferSize), nil
	}
	return b, nil
}

// between returns the part of a text behind begin, and behind what is on the line of a fence,
// up to the next end, if there is one.
func between(text []byte, begin, end string) []byte {
	lower := lowerASCII(text)
	from := bytes.Index(lower, []byte(begin)) + len(begin)
	if line := bytes.IndexAny(lower[from:], "\r\n"); begin == end && line >= 0 {
		from += line
	}
	if n := bytes.Index(lower[from:], []byte(end)); n >= 0 {
		return text[from : from+n]
	}
	return text[from:]
}

// lowerASCII returns a text in lower case, byte by byte.
func lowerASCII(text []byte) []byte {
	lower := bytes.Clone(text)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return lower
}

// readText reads all of b, which may have maxRules bytes; what names it in the error.
func readText(b *bufio.Reader, what string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(b, maxRules+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", cutShort(err))
	}
	if len(text) > maxRules {
		return nil, refused(fmt.Sprintf("more than %d bytes of %s, want less", int64(maxRules), what))
	}
	return text, nil
}
