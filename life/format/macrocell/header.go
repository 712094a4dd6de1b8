package macrocell

import (
	"math/big"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/rule"
)

// hashLine reads a line that begins with '#'.
func (d *decoder) hashLine(line string, isCut bool) error {
	key, rest := splitWord(line)
	isDirective := isDirective(key)
	switch {
	case isDirective && isCut:
		return d.at.errorf(nil, "line longer than %d bytes", MaxText)
	case key == "#R":
		return d.ruleLine(rest, d.at.right(len(line)-len(rest)))
	case key == "#G":
		return d.generationLine(rest, d.at.right(len(line)-len(rest)))
	case key == "#FRAMES":
		return d.framesLine(line)
	case key == "#FRAME":
		return d.frameLine(line)
	case len(key) > 2 && (strings.HasPrefix(key, "#R") || strings.HasPrefix(key, "#G")):
		if err := d.deviation(d.at.right(2), "found %s, want a blank after %s; kept as a comment", quoteWord([]byte(key[2:])), key[:2]); err != nil {
			return err
		}
	}
	return d.comment(line, isCut)
}

// isDirective reports whether lines that begin with the word key are no comments.
func isDirective(key string) bool {
	return key == "#R" || key == "#G" || key == "#FRAMES" || key == "#FRAME"
}

// splitWord splits s after its first word and the blanks that follow.
func splitWord(s string) (word, rest string) {
	n := strings.IndexAny(s, " \t\v\f")
	if n < 0 {
		return s, ""
	}
	return s[:n], strings.TrimLeft(s[n:], " \t\v\f")
}

// ruleLine obeys #R. The rule ends at the first blank, as in other programs, but
// where only the whole text is a rule.
func (d *decoder) ruleLine(text string, at position) error {
	text = strings.TrimRight(text, " \t\v\f")
	word, rest := splitWord(text)
	switch {
	case text == "":
		return d.deviation(d.at, "#R without a rule, ignored")
	case d.isForced:
		return nil
	}
	r, err := d.parse(text)
	if rest != "" {
		msg := "blank inside the rule, where other programs cut it"
		if err != nil {
			msg = "text after the rule, ignored"
			r, err = d.parse(word)
		}
		if err == nil {
			err = d.deviation(at.right(len(word)), "%s", msg)
			if err != nil {
				return err
			}
		}
	}
	if err != nil {
		return &SyntaxError{Line: at.line, Col: at.col, Msg: err.Error(), Err: err}
	}
	return d.newRule(r, at)
}

// newRule sets a rule that must have the states of the leaves so far.
func (d *decoder) newRule(r *rule.Rule, at position) error {
	d.setRule(r)
	if d.maxState >= d.states {
		return at.errorf(life.ErrState, "rule %s has the states 0 to %d, but the leaf on line %d has %d", r, d.states-1, d.maxAt.line, d.maxState)
	}
	return nil
}

// generationLine obeys #G. Conversion waits until the end, as the last one counts.
func (d *decoder) generationLine(text string, at position) error {
	digits, ok := trimNumber(text)
	if !ok {
		return at.errorf(nil, "found %s, want a number of generations, 0 or more", quoteWord([]byte(text)))
	}
	d.generation = digits
	return nil
}

// trimNumber returns the digits of a decimal number that may have commas in it.
func trimNumber(s string) (string, bool) {
	s = strings.ReplaceAll(strings.TrimRight(s, " \t\v\f"), ",", "")
	return s, s != "" && strings.Trim(s, "0123456789") == ""
}

// smallNumber returns the value of a decimal number that may have commas in it.
func smallNumber(s string) (uint64, bool) {
	digits, ok := trimNumber(s)
	n, err := strconv.ParseUint(digits, 10, 32)
	return n, ok && err == nil
}

// bigNumber returns the value of digits.
func bigNumber(digits string) *big.Int {
	n, _ := new(big.Int).SetString(digits, 10)
	return n
}

// comment keeps a comment line while there is room.
func (d *decoder) comment(line string, isCut bool) error {
	key, text := splitComment(line)
	if d.text += len(text) + 1; isCut || d.text > MaxText {
		d.text = MaxText + 1
		if d.isTextFull {
			return nil
		}
		d.isTextFull = true
		return d.deviation(d.at, "more than %d bytes of comments, the rest is skipped", MaxText)
	}
	d.comments = append(d.comments, life.Comment{Key: key, Text: strings.Clone(text)})
	return nil
}

// splitComment splits a comment line into its key and its text. What has no key
// of one letter is free text.
func splitComment(line string) (key byte, text string) {
	line = line[1:]
	if line == "" {
		return 'C', ""
	}
	c := line[0]
	if !isKey(c) || len(line) > 1 && !codec.IsBlank(line[1]) {
		return 'C', trimOne(line)
	}
	if c == 'c' {
		c = 'C'
	}
	return c, trimOne(line[1:])
}

// isKey reports whether c is a letter that tells what a comment is.
func isKey(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

// trimOne removes one blank from the start of s.
func trimOne(s string) string {
	if s != "" && codec.IsBlank(s[0]) {
		return s[1:]
	}
	return s
}

// frames is what the decoder knows of a timeline.
type frames struct {
	framesAt  position // of the #FRAMES line; the zero position without a timeline
	claimed   uint64   // how many frames there should be
	start     *big.Int
	increment *big.Int
	frame     []uint32 // numbers of nodes
	isLater   bool     // a node came after the last #FRAME line
}

// framesLine obeys #FRAMES count start increment, the latter being base^exponent
// or a number. It begins a timeline.
func (d *decoder) framesLine(line string) error {
	if d.framesAt.line > 0 {
		if err := d.deviation(d.at, "second #FRAMES, the last one counts"); err != nil {
			return err
		}
	}
	f := strings.Fields(line)
	if len(f) != 4 {
		return d.at.errorf(nil, "found %d words after #FRAMES, want COUNT START BASE^EXPONENT", len(f)-1)
	}
	count, okCount := smallNumber(f[1])
	start, okStart := trimNumber(f[2])
	increment, ok := parseIncrement(f[3])
	switch {
	case !okCount:
		return d.at.right(strings.Index(line, " "+f[1])+1).errorf(nil, "found %s, want a number of frames", quoteWord([]byte(f[1])))
	case !okStart || len(start) > maxStartDigits:
		return d.at.right(strings.Index(line, f[2])).errorf(nil, "found %s, want the generation of the first frame", quoteWord([]byte(f[2])))
	case !ok:
		return d.at.right(strings.LastIndex(line, f[3])).errorf(nil, "found %s, want generations between frames, such as 2^3", quoteWord([]byte(f[3])))
	}
	d.frames = frames{framesAt: d.at, claimed: count, start: bigNumber(start), increment: increment}
	return nil
}

const (
	maxIncrementBits = 1 << 16 // bounds the size of an increment
	maxStartDigits   = 1 << 14 // bounds the generation of the first frame
)

// parseIncrement reads base^exponent or a number, either above 0.
func parseIncrement(s string) (*big.Int, bool) {
	base, exponent, isPower := strings.Cut(s, "^")
	if !isPower {
		exponent = "1"
	}
	base, okBase := trimNumber(base)
	exponent, okExp := trimNumber(exponent)
	if !okBase || !okExp || len(base) > maxIncrementBits/4 || len(exponent) > 9 {
		return nil, false
	}
	b, e := bigNumber(base), bigNumber(exponent)
	if b.Sign() == 0 || int64(b.BitLen())*e.Int64() > maxIncrementBits {
		return nil, false
	}
	return b.Exp(b, e, nil), true
}

// frameLine obeys #FRAME index node.
func (d *decoder) frameLine(line string) error {
	if d.framesAt.line == 0 {
		return d.at.errorf(nil, "#FRAME without #FRAMES before it")
	}
	f := strings.Fields(line)
	if len(f) != 3 {
		return d.at.errorf(nil, "found %d words after #FRAME, want INDEX NODE", len(f)-1)
	}
	index, ok := smallNumber(f[1])
	if i := len(d.frame); !ok || index != uint64(i) {
		return d.at.right(strings.Index(line, " "+f[1])+1).errorf(nil, "found frame %s, want %d", quoteWord([]byte(f[1])), i)
	}
	at := d.at.right(strings.LastIndex(line, f[2]))
	var node uint64
	size, err := d.number(&node, at, []byte(f[2]), 0)
	switch {
	case err != nil || size == 0:
		return err
	case node >= uint64(len(d.loc)):
		return d.undefined(at, "frame "+f[1], node)
	}
	d.frame = append(d.frame, uint32(node))
	d.isLater = false
	return nil
}
