package format

import (
	"bufio"
	"bytes"
	"strings"
)

// ruleLine begins the line on which a rule file in the text of a pattern begins.
const ruleLine = "\n@RULE "

// takeInline passes the rule files on that follow a pattern in one text, as they do in posts and
// in what LifeViewer reads: from a line with @RULE to the next, or to the end. The first
// must begin within bufferSize bytes. It returns a reader of all of the text.
func (o *options) takeInline(b *bufio.Reader) (*bufio.Reader, error) {
	if o.onRule == nil {
		return b, nil
	}
	start, _ := b.Peek(bufferSize)
	if !bytes.Contains(start, []byte(ruleLine)) {
		return b, nil
	}
	text, err := readText(b, "a pattern and its rule")
	if err != nil {
		return nil, err
	}
	_, rules, _ := bytes.Cut(text, []byte(ruleLine))
	for rest, more := rules, true; more; {
		var one []byte
		one, rest, more = bytes.Cut(rest, []byte(ruleLine))
		title, _, _ := strings.Cut(string(one), "\n")
		name := strings.NewReplacer("/", "_", `\`, "_").Replace(strings.TrimSpace(title))
		o.onRule(name+".rule", append([]byte(ruleLine[1:]), one...))
	}
	return bufio.NewReaderSize(bytes.NewReader(text), bufferSize), nil
}
