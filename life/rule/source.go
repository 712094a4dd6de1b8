package rule

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError reports a rulestring that no notation explains.
type SyntaxError struct {
	Rule       string // the rulestring as it was given
	Col        int    // 1-based column of the first offending character, in bytes; one past the end when something is missing
	Msg        string // what was found and what was wanted
	Suggestion string // a rulestring that Parse accepts and that may be meant, or ""
}

// maxQuoted bounds how much of a rulestring an error message repeats.
const maxQuoted = 64

// Error returns a line such as `rule: "B9/S23" col 2: neighbour count 9, want 0 to 8`.
func (e *SyntaxError) Error() string {
	r := e.Rule
	if len(r) > maxQuoted {
		r = r[:maxQuoted] + "…"
	}
	s := fmt.Sprintf("rule: %q col %d: %s", r, e.Col, e.Msg)
	if e.Suggestion != "" {
		s += fmt.Sprintf("; did you mean %q?", e.Suggestion)
	}
	return s
}

// source is a rulestring or a part of one, without its blanks, that remembers
// where each byte stood.
type source struct {
	raw string // the whole rulestring, as given
	s   string // this part, blanks removed
	col []int  // 1-based column in raw of each byte of s, and of the place just after
}

// blanks are the characters that a rulestring may have anywhere: those of ASCII, and two that
// come along with text from web pages, no-break space and zero-width space.
const blanks = " \t\r\n\v\f\u00A0\u200B"

func newSource(raw string) source {
	src := source{raw: raw, col: make([]int, 0, len(raw)+1)}
	var b strings.Builder
	end := 1 // just after the last character that is no blank
	for i, c := range raw {
		if strings.ContainsRune(blanks, c) {
			continue
		}
		_, size := utf8.DecodeRuneInString(raw[i:]) // of a byte that is no UTF-8, too
		for k := range size {
			b.WriteByte(raw[i+k])
			src.col = append(src.col, i+k+1)
		}
		end = i + size + 1
	}
	src.s = b.String()
	src.col = append(src.col, end)
	return src
}

// part returns the bytes from i to j (exclusive).
func (src source) part(i, j int) source {
	return source{raw: src.raw, s: src.s[i:j], col: src.col[i : j+1]}
}

// from returns the bytes from i on.
func (src source) from(i int) source { return src.part(i, len(src.s)) }

// lower returns src in lower case; ASCII only and byte by byte, so that columns
// stay right.
func (src source) lower() source {
	b := []byte(src.s)
	for i, c := range b {
		b[i] = byte(lowerASCII(rune(c)))
	}
	src.s = string(b)
	return src
}

func lowerASCII(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// quote returns the character at byte i in quotes as it was given, whole even
// when it takes several bytes.
func (src source) quote(i int) string {
	if i < len(src.s) {
		for _, c := range src.raw[src.col[i]-1:] {
			return fmt.Sprintf("%q", c)
		}
	}
	return "the end"
}

// errorf returns a SyntaxError at byte i of src.
func (src source) errorf(i int, format string, args ...any) *SyntaxError {
	return &SyntaxError{Rule: src.raw, Col: src.col[i], Msg: fmt.Sprintf(format, args...)}
}

// digits returns the length of the run of decimal digits at the start of s.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// number returns the value of a run of decimal digits, or limit+1 when it is
// larger than limit.
func number(s string, limit int) int {
	n := int64(0) // ten times the limit may not fit an int
	for i := range len(s) {
		n = 10*n + int64(s[i]-'0')
		if n > int64(limit) {
			return limit + 1
		}
	}
	return int(n)
}
