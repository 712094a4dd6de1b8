package rle

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"

	"golife/life"
)

// hashLine reads a line that starts with '#'.
func (d *decoder) hashLine() error {
	at := d.here()
	text, isCut := d.src.rest(MaxText)
	if err := d.checkTextAt(at, text); err != nil {
		return err
	}
	line := string(text)
	if isDirective(line) {
		if isCut {
			return at.errorf(nil, "line longer than %d bytes", MaxText)
		}
		if d.hasBegun() {
			return d.deviation(at, "%s line after the first cells, ignored", strings.Fields(line)[0])
		}
		if ok, err := d.directive(at, line); ok || err != nil {
			return err
		}
	}
	key, rest := splitComment(line)
	return d.addComment(at, key, rest, isCut)
}

// isDirective reports whether a line that starts with '#' is no mere comment.
func isDirective(line string) bool {
	if strings.HasPrefix(line, "#CXRLE") && (len(line) == 6 || isBlank(line[6])) {
		return true
	}
	return len(line) > 1 && (line[1] == 'r' || line[1] == 'R' || line[1] == 'P') && (len(line) == 2 || isBlank(line[2]))
}

// directive obeys a line that isDirective, and reports false for one that turns
// out to be a comment.
func (d *decoder) directive(at position, line string) (bool, error) {
	switch line[1] {
	case 'C':
		if d.hasHeader {
			if err := d.deviation(at, "#CXRLE after the header, want it before"); err != nil {
				return true, err
			}
		}
		return true, d.cxrle(at, line)
	case 'r':
		if strings.TrimSpace(line[2:]) == "" {
			return true, d.deviation(at, "#r without a rule, ignored")
		}
		return true, d.takeRule(at, line, 2)
	}
	f := strings.Fields(line[2:])
	if len(f) == 2 {
		x, okX := parseInteger(f[0])
		y, okY := parseInteger(f[1])
		if okX && okY {
			d.oldPos = &bigPoint{x, y}
			return true, nil
		}
	}
	return false, d.deviation(at, "%s line, want two coordinates; kept as a comment", line[:2])
}

// splitComment splits a line that starts with '#' into its key and its text.
// What has no key of one letter is free text.
func splitComment(line string) (key byte, text string) {
	line = line[1:]
	if line == "" {
		return 'C', ""
	}
	c := line[0]
	isKey := 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
	if !isKey || len(line) > 1 && !isBlank(line[1]) || isDirective("#"+line) {
		return 'C', trimOne(line)
	}
	if c == 'c' {
		c = 'C'
	}
	return c, trimOne(line[1:])
}

// trimOne removes one blank from the start of s.
func trimOne(s string) string {
	if s != "" && isBlank(s[0]) {
		return s[1:]
	}
	return s
}

// addComment keeps a comment while there is room.
func (d *decoder) addComment(at position, key byte, text string, isCut bool) error {
	if d.text += len(text) + 1; isCut || d.text > MaxText {
		d.text = MaxText + 1
		if d.isTextFull {
			return nil
		}
		d.isTextFull = true
		return d.deviation(at, "more than %d bytes of comments, the rest is skipped", MaxText)
	}
	d.comments = append(d.comments, life.Comment{Key: key, Text: strings.Clone(text)})
	return nil
}

// blanks is white space within a line.
const blanks = " \t\v\f"

// cxrle obeys a #CXRLE line: Pos=x,y and Gen=n, separated by blanks. Keys are
// compared by their first three characters, as Golly does; others are skipped.
func (d *decoder) cxrle(at position, line string) error {
	for i := len("#CXRLE"); i < len(line); {
		if isBlank(line[i]) {
			i++
			continue
		}
		field := line[i:]
		if n := strings.IndexAny(field, blanks); n >= 0 {
			field = field[:n]
		}
		key, value, _ := strings.Cut(field, "=")
		p := position{at.line, at.col + i + min(len(key)+1, len(field))}
		var err error
		switch {
		case strings.HasPrefix(key, "Pos"):
			err = d.setPos(p, value)
		case strings.HasPrefix(key, "Gen"):
			err = d.setGeneration(p, value)
		}
		if err != nil {
			return err
		}
		i += len(field)
	}
	return nil
}

func (d *decoder) setPos(at position, value string) error {
	if len(value) > maxPosDigits {
		return at.errorf(life.ErrOutOfRange, "Pos of %d characters, want at most %d", len(value), maxPosDigits)
	}
	x, y, _ := strings.Cut(value, ",")
	bx, okX := parseInteger(x)
	by, okY := parseInteger(y)
	if !okX || !okY {
		return at.errorf(nil, "Pos %s, want two integers X,Y", quoteWord([]byte(value)))
	}
	d.pos = &bigPoint{bx, by}
	return nil
}

func (d *decoder) setGeneration(at position, value string) error {
	g, ok := parseInteger(value)
	if !ok || g.Sign() < 0 || value[0] == '+' {
		return at.errorf(nil, "Gen %s, want a number of generations, 0 or more", quoteWord([]byte(value)))
	}
	d.generation = g
	return nil
}

// parseInteger reads a decimal integer of any length.
func parseInteger(s string) (*big.Int, bool) {
	digits := strings.TrimLeft(s[:min(1, len(s))], "+-") + s[min(1, len(s)):]
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	return new(big.Int).SetString(s, 10)
}

// takeRule notes the rule that begins at line[i:], and that is read when the
// first cells come.
func (d *decoder) takeRule(at position, line string, i int) error {
	for i < len(line) && isBlank(line[i]) {
		i++
	}
	text := strings.TrimRight(line[i:], blanks)
	p := position{at.line, at.col + i}
	if j := nextField(text); j >= 0 {
		if err := d.deviation(position{p.line, p.col + j}, "%s after the rule, ignored", quoteWord([]byte(strings.TrimLeft(text[j:], ","+blanks)))); err != nil {
			return err
		}
		text = text[:j]
	}
	if t := strings.TrimRight(text, ","+blanks); t != text {
		if err := d.deviation(position{p.line, p.col + len(t)}, "comma after the rule, dropped"); err != nil {
			return err
		}
		text = t
	}
	if j := strings.IndexAny(text, blanks); j >= 0 {
		if err := d.deviation(position{p.line, p.col + j}, "blank inside the rule, where other programs cut it"); err != nil {
			return err
		}
	}
	d.ruleText, d.ruleAt = text, p
	return nil
}

// nextField returns where, in the rest of a header that begins with the rule, a comma,
// blanks and "name =" follow: no rule has such. It returns -1 when nothing does.
func nextField(s string) int {
	for i, c := range []byte(s) {
		if c != ',' {
			continue
		}
		rest := strings.TrimLeft(s[i+1:], blanks)
		name, _, ok := strings.Cut(rest, "=")
		name = strings.TrimRight(name, blanks)
		if ok && len(rest) < len(s)-i-1 && name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r < 'A' || r > 'z' || r > 'Z' && r < 'a' }) {
			return i
		}
	}
	return -1
}

// isHeader reports whether the line at the next byte is a header: an x, then '='.
// Before the first cells an x and a blank are enough, as that is what it must be.
func (d *decoder) isHeader() bool {
	b := d.src.ahead(sniffSize)
	if b[0] != 'x' && b[0] != 'X' {
		return false
	}
	rest := bytes.TrimLeft(b[1:], blanks)
	if len(rest) > 0 && rest[0] == '=' {
		return true
	}
	return b[0] == 'x' && len(rest) < len(b)-1 && !d.hasBegun() && !d.hasHeader
}

// header reads a line "x = W, y = H, rule = R".
func (d *decoder) header() error {
	at := d.here()
	text, isCut := d.src.rest(MaxText)
	if isCut {
		return at.errorf(nil, "header longer than %d bytes", MaxText)
	}
	if err := d.checkTextAt(at, text); err != nil {
		return err
	}
	if d.hasBegun() {
		return d.deviation(at, "header after the first cells, ignored")
	}
	if d.hasHeader {
		if err := d.deviation(at, "second header, the last one counts"); err != nil {
			return err
		}
	}
	h := headerLine{d: d, at: at, s: string(text)}
	d.hasHeader = true
	return h.parse()
}

// checkTextAt is checkText for a line that has been consumed.
func (d *decoder) checkTextAt(at position, text []byte) error {
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return position{at.line, at.col + i}.errorf(ErrFormat, "found a NUL byte: binary data, want an RLE pattern")
	}
	return nil
}

// headerLine is a header and how far it has been read.
type headerLine struct {
	d  *decoder
	at position
	s  string
	i  int
}

// here returns the position of the next character.
func (h *headerLine) here() position { return position{h.at.line, h.at.col + h.i} }

// found describes the next characters for a message.
func (h *headerLine) found() string {
	if h.i == len(h.s) {
		return "end of line"
	}
	return quoteWord([]byte(h.s[h.i:]))
}

func (h *headerLine) parse() (err error) {
	if h.d.w, err = h.size("x", "width"); err != nil {
		return err
	}
	if err = h.comma(); err != nil {
		return err
	}
	if h.d.h, err = h.size("y", "height"); err != nil {
		return err
	}
	if h.d.sized != nil {
		h.d.sized(h.d.w, h.d.h)
	}
	if h.skipBlanks(); h.i == len(h.s) {
		return nil
	}
	if err = h.comma(); err != nil {
		return err
	}
	if h.i == len(h.s) {
		return nil
	}
	if len(h.s)-h.i < 4 || !strings.EqualFold(h.s[h.i:h.i+4], "rule") {
		return h.d.deviation(h.here(), "%s after the height, want rule = …; ignored", h.found())
	}
	h.i += len("rule")
	for h.i < len(h.s) && (isBlank(h.s[h.i]) || h.s[h.i] == '=') {
		h.i++
	}
	if h.i == len(h.s) {
		return h.d.deviation(h.here(), "end of line, want a rule; Life is taken")
	}
	return h.d.takeRule(h.at, h.s, h.i)
}

func (h *headerLine) skipBlanks() {
	for h.i < len(h.s) && isBlank(h.s[h.i]) {
		h.i++
	}
}

// comma reads a comma and blanks around it.
func (h *headerLine) comma() error {
	h.skipBlanks()
	if h.i < len(h.s) && h.s[h.i] == ',' {
		h.i++
		h.skipBlanks()
		return nil
	}
	return h.d.deviation(h.here(), "%s, want a comma", h.found())
}

// size reads "x = N".
func (h *headerLine) size(key, what string) (int64, error) {
	if h.i == len(h.s) || !strings.EqualFold(h.s[h.i:h.i+1], key) {
		return 0, h.here().errorf(ErrFormat, "%s in the header, want %s = %s", h.found(), key, strings.ToUpper(what))
	}
	h.i++
	h.skipBlanks()
	if h.i == len(h.s) || h.s[h.i] != '=' {
		return 0, h.here().errorf(ErrFormat, "%s in the header, want = and the %s", h.found(), what)
	}
	h.i++
	h.skipBlanks()
	end := h.i
	for end < len(h.s) && isDigit(h.s[end]) {
		end++
	}
	if end == h.i {
		return 0, h.here().errorf(nil, "%s in the header, want the %s, 0 or more", h.found(), what)
	}
	n, err := strconv.ParseInt(h.s[h.i:end], 10, 64)
	if err != nil {
		return 0, h.here().errorf(life.ErrOutOfRange, "%s in the header overflows int64", what)
	}
	h.i = end
	return n, nil
}

// isDigit reports whether c is a decimal digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
