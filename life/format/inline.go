package format

import (
	"bufio"
	"bytes"
	"strings"
)

// ruleMark begins the line on which a rule file in the text of a pattern begins.
const ruleMark = "@RULE "

// takeInline passes the rule files on that follow a pattern in one text, as they do in posts and
// in what LifeViewer reads: from a line with @RULE to the next, or to the end. The first
// must begin within bufferSize bytes. It returns a reader of all of the text.
func (o *options) takeInline(b *bufio.Reader) (*bufio.Reader, error) {
	if o.onRule == nil {
		return b, nil
	}
	if start, _ := b.Peek(bufferSize); nextRule(start) < 0 {
		return b, nil
	}
	text, err := readText(b, "a pattern and its rule")
	if err != nil {
		return nil, err
	}
	for rest := text[nextRule(text):]; len(rest) > 0; {
		one := rest
		if n := nextRule(rest[1:]); n >= 0 {
			one = rest[:1+n]
		}
		rest = rest[len(one):]
		title := one[len(ruleMark):]
		if end := bytes.IndexAny(title, "\r\n"); end >= 0 {
			title = title[:end]
		}
		name := strings.NewReplacer("/", "_", `\`, "_").Replace(strings.TrimSpace(string(title)))
		o.onRule(name+".rule", bytes.Clone(one))
	}
	return bufio.NewReaderSize(bytes.NewReader(text), bufferSize), nil
}

// nextRule returns where the first ruleMark is in a text that nothing but blanks precede on its
// line, which is not the first one; -1 for none.
func nextRule(text []byte) int {
	for from := 0; ; {
		n := bytes.Index(text[from:], []byte(ruleMark))
		if n < 0 {
			return -1
		}
		at := from + n
		if before := bytes.TrimRight(text[:at], " \t"); len(before) > 0 && bytes.IndexByte([]byte("\r\n"), before[len(before)-1]) >= 0 {
			return at
		}
		from = at + len(ruleMark)
	}
}
