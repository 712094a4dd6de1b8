package rle_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/life/rule"
	"golife/rle"
)

const glider = "bo$2bo$3o!"

// body returns the canonical body of p, with its place before it when that is
// not the origin.
func body(t *testing.T, p *life.Pattern) string {
	t.Helper()
	var b strings.Builder
	if err := rle.WriteBody(&b, p); err != nil {
		t.Fatal(err)
	}
	box, ok := p.Bounds()
	if ok && (box.MinX.Sign() != 0 || box.MinY.Sign() != 0) {
		return fmt.Sprintf("%v,%v %s", box.MinX, box.MinY, b.String())
	}
	return b.String()
}

// read decodes in and returns the warnings as text.
func read(in string, opts ...rle.Option) (*life.Pattern, []string, error) {
	var warnings []string
	warn := rle.WithWarnings(func(w rle.Warning) { warnings = append(warnings, w.String()) })
	p, err := rle.Decode(strings.NewReader(in), append(opts, warn)...)
	return p, warnings, err
}

// TestDecode reads what strict and lenient readers alike accept.
func TestDecode(t *testing.T) {
	t.Parallel()
	const head = "x = 3, y = 3\n"
	tests := []struct{ name, in, want, rule string }{
		{"glider", "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!", glider, "B3/S23"},
		{"no rule", head + glider, glider, "B3/S23"},
		{"no blanks", "x=3,y=1,rule=b3s23\n3o!", "3o!", "B3/S23"},
		{"upper case", "X = 3, Y = 1, RULE = b36s23\n3o!", "3o!", "B36/S23"},
		{"dead row ends", head + "bo2b$2bob$3o4b2$!", glider, "B3/S23"},
		{"dots", head + ".o$2.o$3o!", glider, "B3/S23"},
		{"rows down", "x = 1, y = 4\no3$o!", "o3$o!", "B3/S23"},
		{"leading dead cells", "x = 5, y = 3\n2$4bo!", "4,2 o!", "B3/S23"},
		{"A is o", head + "bA$2bo$3A!", glider, "B3/S23"},
		{"unmerged runs", head + "bo$bbo$o2o!", glider, "B3/S23"},
		{"CRLF", "x = 3, y = 3\r\nbo$2bo\r\n$3o!\r\n", glider, "B3/S23"},
		{"CR", "x = 3, y = 3\rbo$2bo\r$3o!\r", glider, "B3/S23"},
		{"blanks between tokens", head + "bo $\t2bo $ 3o !", glider, "B3/S23"},
		{"empty lines", "\n\n" + head + "\n\nbo$2bo\n\n$3o\n!", glider, "B3/S23"},
		{"comment between data lines", head + "bo$\n#C hello 3o\n2bo$3o!", glider, "B3/S23"},
		{"empty", "x = 0, y = 0, rule = B3/S23\n!", "!", "B3/S23"},
		{"#r before header", "#r B36/S23\n" + head + glider, glider, "B36/S23"},
		{"#r after header", "x = 3, y = 3, rule = B3/S23\n#r B36/S23\n" + glider, glider, "B36/S23"},
		{"header after #r", "#r B9\nx = 3, y = 3, rule = B3/S23\n" + glider, glider, "B3/S23"},
		{"two #r", "#r B9\n#r B36/S23\n" + head + glider, glider, "B36/S23"},
		{"#P", "#P -5 7\n" + head + glider, "-5,7 " + glider, "B3/S23"},
		{"#R", "#R 5 -7\n" + head + glider, "5,-7 " + glider, "B3/S23"},
		{"Pos beats #P", "#P 1 1\n#CXRLE Pos=-9,8\n#P 1 1\n" + head + glider, "-9,8 " + glider, "B3/S23"},
		{"Pos across zero", "#CXRLE Pos=-1,-1\n" + head + glider, "-1,-1 " + glider, "B3/S23"},
		{"other keys", "#CXRLE Foo=1 Pos=2,3 Bar\n" + head + glider, "2,3 " + glider, "B3/S23"},
		{"keys by prefix", "#CXRLE Position=2,3\n" + head + glider, "2,3 " + glider, "B3/S23"},
		{"later Pos", "#CXRLE Pos=2,3\n#CXRLE Pos=4,5\n" + head + glider, "4,5 " + glider, "B3/S23"},
		{"Pos far", "#CXRLE Pos=99999999999999999999,-99999999999999999999\n" + head + glider,
			"99999999999999999999,-99999999999999999999 " + glider, "B3/S23"},
		{"Pos at the edge of int64", "#CXRLE Pos=9223372036854775807,-9223372036854775808\n" + head + glider,
			"9223372036854775807,-9223372036854775808 " + glider, "B3/S23"},
		{"three states", "x = 3, y = 2, rule = /2/3\n.A$BAB!", ".A$BAB!", "/2/3"},
		{"b and o with more states", "x = 3, y = 1, rule = /2/3\nobB!", "A.B!", "/2/3"},
		{"states of two letters", "x = 6, y = 1, rule = /2/256\nXpApXqAxXyO!", "XpApXqAxXyO!", "/2/256"},
		{"count before two letters", "x = 2, y = 1, rule = /2/256\n2pA!", "2pA!", "/2/256"},
		{"named rule", "x = 2, y = 1, rule = LifeHistory\nAF!", "AF!", "LifeHistory"},
		{"centred in a grid", "x = 3, y = 3, rule = B3/S23:T10,10\n" + glider, "-1,-1 " + glider, "B3/S23:T10,10"},
		{"centred, even size", "x = 4, y = 2, rule = B3/S23:P10,10\n4o$4o!", "-2,-1 4o$4o!", "B3/S23:P10,10"},
		{"grid corner", "x = 0, y = 0, rule = B3/S23:T9,7\n!", "!", "B3/S23:T9,7"},
		{"one side infinite", "x = 4, y = 4, rule = B3/S23:T0,10\n4o$4o!", "-2,-2 4o$4o!", "B3/S23:T0,10"},
		{"infinite side too narrow", "x = 4, y = 40, rule = B3/S23:T0,10\n4o$4o!", "0,-5 4o$4o!", "B3/S23:T0,10"},
		{"Pos in a grid", "#CXRLE Pos=-5,-5\nx = 3, y = 3, rule = B3/S23:T10,10\n" + glider, "-5,-5 " + glider, "B3/S23:T10,10"},
		{"long run", "x = 1000000000000, y = 1\n1000000000000o!", "1000000000000o!", "B3/S23"},
		{"row past a word", "x = 200, y = 1\n60b9o60b9o10b52o!", "60,0 9o60b9o10b52o!", "B3/S23"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, opts := range [][]rle.Option{nil, {rle.WithStrict()}} {
				p, warnings, err := read(tt.in, opts...)
				if err != nil {
					t.Fatal(err)
				}
				if got := body(t, p); got != tt.want || p.Rule().String() != tt.rule || warnings != nil {
					t.Errorf("got %s under %v, warnings %q; want %s under %s", got, p.Rule(), warnings, tt.want, tt.rule)
				}
			}
		})
	}
}

// TestDecodeLenient reads what a strict reader refuses at the first warning.
func TestDecodeLenient(t *testing.T) {
	t.Parallel()
	const head = "x = 3, y = 3\n"
	tests := []struct {
		name, in, want string
		warnings       []string
	}{
		{"blanks in the rule", "x = 3, y = 3, rule = B36 / S23\n" + glider, glider,
			[]string{"line 1 col 25: blank inside the rule, where other programs cut it"}},
		{"comma after the rule", "x = 3, y = 3, rule = B3/S23,\n" + glider, glider,
			[]string{"line 1 col 28: comma after the rule, dropped"}},
		{"no commas", "x = 3 y = 3 rule = B3/S23\n" + glider, glider,
			[]string{`line 1 col 7: "y", want a comma`, `line 1 col 13: "rule", want a comma`}},
		{"field after the rule", "x = 3, y = 3, rule = B3/S23, gen = 5\n" + glider, glider,
			[]string{`line 1 col 28: "gen" after the rule, ignored`}},
		{"text after the height", "x = 3, y = 3, foo = 1\n" + glider, glider,
			[]string{`line 1 col 15: "foo" after the height, want rule = …; ignored`}},
		{"rule without a rule", "x = 3, y = 3, rule =\n" + glider, glider,
			[]string{"line 1 col 21: end of line, want a rule; Life is taken"}},
		{"#r without a rule", "#r \n" + head + glider, glider, []string{"line 1 col 1: #r without a rule, ignored"}},
		{"byte order mark", "\uFEFF" + head + glider, glider, []string{"line 1 col 1: byte order mark, skipped"}},
		{"header after blanks", "\n \t" + head + glider, glider, []string{"line 2 col 3: blanks before the header"}},
		{"second header", head + "x = 4, y = 4\n" + glider, glider, []string{"line 2 col 1: second header, the last one counts"}},
		{"no header", glider, glider, []string{"line 1 col 1: no header line"}},
		{"no header, comments", "#C hi\n\n" + glider, glider, []string{"line 3 col 1: no header line"}},
		{"no header, lines", "bo$\n2b\no $\r3\r\no!", glider,
			[]string{"line 1 col 1: no header line", "line 4 col 2: line end inside a run, whose count goes on"}},
		{"no header, letters by #r", "#r /2/3\n.A$2B!", ".A$2B!", []string{"line 2 col 1: no header line"}},
		{"#CXRLE after the header", head + "#CXRLE Pos=1,1\n" + glider, "1,1 " + glider,
			[]string{"line 2 col 1: #CXRLE after the header, want it before"}},
		{"directives after cells", head + "bo$\n#r B36/S23\n#CXRLE Pos=1,1\n#P 1 1\n#R 1 1\n2bo$3o!", glider, []string{
			"line 3 col 1: #r line after the first cells, ignored", "line 4 col 1: #CXRLE line after the first cells, ignored",
			"line 5 col 1: #P line after the first cells, ignored", "line 6 col 1: #R line after the first cells, ignored"}},
		{"header after cells", head + "bo$\nx = 4, y = 4\n2bo$3o!", glider, []string{"line 3 col 1: header after the first cells, ignored"}},
		{"comment inside a line", head + "bo$#ooo\n2bo$3o!", glider,
			[]string{"line 2 col 4: # inside a line, the rest of which is read as a comment"}},
		{"#R that is no place", "#R 23/3\n" + head + glider, glider,
			[]string{"line 1 col 1: #R line, want two coordinates; kept as a comment"}},
		{"zero count", head + "b0o$2bo$3o!", glider, []string{"line 2 col 2: leading zero in a run count, ignored"}},
		{"leading zero", head + "bo$02bo$3o!", glider, []string{"line 2 col 4: leading zero in a run count, ignored"}},
		{"blank in a count", head + "b3 o$2bo$3o!", glider, []string{"line 2 col 3: blank after the run count 3, which is lost"}},
		{"count over a line end", "x = 13, y = 1\n1\n\r\n3o!", "13o!", []string{
			"line 2 col 2: line end inside a run, whose count goes on", "line 3 col 1: line end inside a run, whose count goes on"}},
		{"unknown character", head + "bo$3?2bo=$3o!", glider, []string{
			"line 2 col 5: character '?', ignored together with the run count before it", "line 2 col 9: character '=', ignored"}},
		{"unknown character, not ASCII", head + "bo$é2bo$3o!", glider, []string{"line 2 col 4: character 'é', ignored"}},
		{"prefix alone", head + "bp$2by$3o!", glider, []string{
			"line 2 col 2: 'p' without a letter A to X, read as state 1", "line 2 col 6: 'y' without a letter A to X, read as state 1"}},
		{"state split by a line end", "x = 2, y = 1, rule = /2/256\n2p\r\nA!", "2pA!", []string{"line 2 col 2: line end inside a state of two letters"}},
		{"prefix at a line end, few states", "x = 3, y = 1, rule = /2/3\n2p\nB!", "2AB!", []string{"line 2 col 2: 'p' without a letter A to X, read as state 1"}},
		{"no !", head + "bo$2bo$3o\n", glider, []string{"line 3 col 1: end of input, want !"}},
		{"header alone", "x = 0, y = 0", "!", []string{"line 1 col 13: end of input, want !"}},
		{"count before !", head + "bo$2bo$3o5!", glider, []string{"line 2 col 11: run count 5 without a cell, ignored"}},
		{"count at the end", head + "bo$2bo$3o5", glider, []string{"line 2 col 11: run count 5 without a cell, ignored", "line 2 col 11: end of input, want !"}},
		{"cells outside the header", "x = 2, y = 2\nbo$2bo$3o!", glider, []string{"line 2 col 10: cells fill 3 by 3, the header says 2 by 2"}},
		{"cells outside a grid", "x = 3, y = 3, rule = B3/S23:T2,2\nbo$2bo$3o!", "0,-1 o!", []string{
			"line 2 col 6: cells outside the grid of rule B3/S23:T2,2 are dropped"}},
		{"cells across the edge of a grid", "#CXRLE Pos=-4,0\nx = 9, y = 1, rule = B3/S23:P4,4\n9o!", "-2,0 4o!", []string{
			"line 3 col 2: cells outside the grid of rule B3/S23:P4,4 are dropped"}},
		{"far outside a grid", "#CXRLE Pos=-99999999999999999999,0\nx = 1, y = 1, rule = B3/S23:P4,4\no!", "!", []string{
			"line 3 col 1: cells outside the grid of rule B3/S23:P4,4 are dropped"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, warnings, err := read(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := body(t, p); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if diff := cmp.Diff(tt.warnings, warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
			_, _, err = read(tt.in, rle.WithStrict())
			if want := "rle: " + tt.warnings[0]; err == nil || err.Error() != want {
				t.Errorf("strict: got error %v, want %s", err, want)
			}
		})
	}
}

// TestDecodeErrors gives what no reader should accept.
func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	const head = "x = 3, y = 3, rule = B3/S23\n"
	const want = `want a header "x = WIDTH, y = HEIGHT, rule = RULE" or cells (b o $ !)`
	tests := []struct {
		name, in, want string
		is             error
	}{
		{"empty", "", "line 1 col 1: found nothing, want an RLE pattern", rle.ErrFormat},
		{"blank", " \n\r\n\t", "line 3 col 2: found nothing, want an RLE pattern", rle.ErrFormat},
		{"only a byte order mark", "\uFEFF", "line 1 col 1: found nothing, want an RLE pattern", rle.ErrFormat},
		{"word", "garbage", `line 1 col 1: found "garbage", ` + want, rle.ErrFormat},
		{"word of tokens", "boob", "line 1 col 1: found only letters, want a header or a count, $ or !", rle.ErrFormat},
		{"text", "\n  the quick brown fox", `line 2 col 3: found "the", ` + want, rle.ErrFormat},
		{"long word", "ü" + strings.Repeat("é", 20), `line 1 col 1: found "üééééééééé…", ` + want, rle.ErrFormat},
		{"text after cells, no header", "bo$\n2bc$3o!", `line 2 col 3: found "c$3o!", ` + want, rle.ErrFormat},
		{"letters, no header", "3A!", `line 1 col 2: found "A!", ` + want, rle.ErrFormat},
		{"upper case, no header", "3O!", `line 1 col 2: found "O!", ` + want, rle.ErrFormat},
		{"picture", "...\n.oo\n", `line 1 col 1: found "...", ` + want, rle.ErrFormat},
		{"text after #r", "#r B3/S23\nsome text!", `line 2 col 3: found "me", ` + want, rle.ErrFormat},
		{"comments only", "#C a\n#C b\n", "line 3 col 1: found neither a header nor cells, want an RLE pattern", rle.ErrFormat},
		{"zip", "PK\x03\x04\x14\x00", "line 1 col 1: found a zip archive; unpack it first", rle.ErrFormat},
		{"bzip2", "BZh91AY", "line 1 col 1: found a bzip2 file; unpack it first", rle.ErrFormat},
		{"png", "\x89PNG\r\n\x1a\n\x00", "line 1 col 1: found a PNG image", rle.ErrFormat},
		{"gif", "GIF89a\x01\x00", "line 1 col 1: found a GIF image", rle.ErrFormat},
		{"utf-16", "\xFF\xFEx\x00", "line 1 col 1: found UTF-16 text, want ASCII or UTF-8", rle.ErrFormat},
		{"html", "<!DOCTYPE html>", "line 1 col 1: found markup such as HTML, want an RLE file", rle.ErrFormat},
		{"macrocell", "[M2] (golly 4.2)\n", "line 1 col 1: found a macrocell file, which is not RLE", rle.ErrFormat},
		{"Life 1.05", "#Life 1.05\n", "line 1 col 1: found a Life 1.05 file, which is not RLE", rle.ErrFormat},
		{"Life 1.06", "#Life 1.06\n", "line 1 col 1: found a Life 1.06 file, which is not RLE", rle.ErrFormat},
		{"MCell", "#MCell 4.00\n", "line 1 col 1: found an MCell file, which is not RLE", rle.ErrFormat},
		{"plaintext", "!Name: Glider\n", "line 1 col 1: found a plaintext (.cells) file, which is not RLE", rle.ErrFormat},
		{"rule file", "@RULE Foo\n", "line 1 col 1: found a .rule file, want a pattern", rle.ErrFormat},
		{"binary", "BM\x36\x00\x00", "line 1 col 4: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"NUL in line 3", "#C\r\n#C\nb\x00", "line 3 col 2: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"NUL after CR", "#C\r#C\rbo\x00", "line 3 col 3: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"NUL in cells", head + strings.Repeat("o\n", 300) + "bo\x00$!", "line 302 col 3: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"NUL in a comment", strings.Repeat("#C\n", 200) + "#C \x00\n", "line 201 col 4: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"NUL in a header", strings.Repeat("#C\n", 200) + "x =\x00", "line 201 col 4: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"NUL after !", head + "o!\n" + strings.Repeat("#C\n", 200) + "a\x00b", "line 203 col 2: found a NUL byte: binary data, want an RLE pattern", rle.ErrFormat},
		{"not UTF-8", head + "bo$2\xFFbo!", "line 2 col 5: found the byte 0xFF, which is not UTF-8: binary data, want an RLE pattern", rle.ErrFormat},
		{"control character", head + "bo\x1b!", "line 2 col 3: found the control character U+001B, want an RLE pattern", rle.ErrFormat},
		{"x alone", "x marks the spot", `line 1 col 3: "marks" in the header, want = and the width`, rle.ErrFormat},
		{"header without y", "x = 3\nbo!", `line 1 col 6: end of line in the header, want y = HEIGHT`, rle.ErrFormat},
		{"header without height", "x = 3, y = , rule = B3/S23\nbo!", `line 1 col 12: "," in the header, want the height, 0 or more`, nil},
		{"negative width", "x = -3, y = 1\nbo!", `line 1 col 5: "-3," in the header, want the width, 0 or more`, nil},
		{"huge width", "x = 99999999999999999999, y = 1\nbo!", "line 1 col 5: width in the header overflows int64", life.ErrOutOfRange},
		{"huge height", "x = 1, y = 9223372036854775808\nbo!", "line 1 col 12: height in the header overflows int64", life.ErrOutOfRange},
		{"state of a two-state rule", "\n\n" + head + "2boC!", "line 4 col 4: state 3, rule B3/S23 has 2 states", life.ErrState},
		{"B of a two-state rule", head + "2Bo!", "line 2 col 2: state 2, rule B3/S23 has 2 states; its cells are written b and o", life.ErrState},
		{"O of a two-state rule", head + "2bO!", "line 2 col 3: state 15, rule B3/S23 has 2 states; its cells are written b and o", life.ErrState},
		{"two letters, two states", head + "pA!", "line 2 col 1: state 25, rule B3/S23 has 2 states", life.ErrState},
		{"too high a state", "x = 1, y = 1, rule = LifeHistory\nFG!", "line 2 col 2: state 7, rule LifeHistory has 7 states", life.ErrState},
		{"beyond 255", "x = 1, y = 1, rule = /2/256\nyOyP!", "line 2 col 3: state 256, rule /2/256 has 256 states", life.ErrState},
		{"beyond 255, split", "x = 1, y = 1, rule = /2/256\ny\nX!", "line 3 col 1: state 264, rule /2/256 has 256 states", life.ErrState},
		{"count overflow", head + "9223372036854775808o!", "line 2 col 19: run count overflows int64", life.ErrOutOfRange},
		{"count overflow, long", head + "o$" + strings.Repeat("9", 40) + "$!", "line 2 col 21: run count overflows int64", life.ErrOutOfRange},
		{"run overflow", head + "9o9223372036854775799o!", "line 2 col 22: column overflows int64 by a run of 9223372036854775799 from 9", life.ErrOutOfRange},
		{"dead run overflow", head + "9b9223372036854775799b!", "line 2 col 22: column overflows int64 by a run of 9223372036854775799 from 9", life.ErrOutOfRange},
		{"row overflow", head + "9223372036854775807$!", "line 2 col 20: row overflows int64 by a run of 9223372036854775807 from 0", life.ErrOutOfRange},
		{"negative Gen", "#CXRLE Pos=0,0 Gen=-1\n" + head + glider, `line 1 col 20: Gen "-1", want a number of generations, 0 or more`, nil},
		{"no Gen", "#CXRLE Gen=\n" + head + glider, `line 1 col 12: Gen "", want a number of generations, 0 or more`, nil},
		{"Gen with a plus", "#CXRLE Gen=+1\n" + head + glider, `line 1 col 12: Gen "+1", want a number of generations, 0 or more`, nil},
		{"bad Pos", "#C\n#CXRLE Gen=1 Pos=3;4\n" + head + glider, `line 2 col 18: Pos "3;4", want two integers X,Y`, nil},
		{"Pos without y", "#CXRLE Pos=3\n" + head + glider, `line 1 col 12: Pos "3", want two integers X,Y`, nil},
		{"Pos without a value", "#CXRLE Gen=1 Pos\n" + head + glider, `line 1 col 17: Pos "", want two integers X,Y`, nil},
		{"Gen with a control character", "#CXRLE Gen=1\x1f Pos=1,1\n" + head + glider, `line 1 col 12: Gen "1\x1f", want a number of generations, 0 or more`, nil},
		{"Pos too long", "#CXRLE Pos=" + strings.Repeat("9", 2000) + ",0\n" + head + glider, "line 1 col 12: Pos of 2002 characters, want at most 1000", life.ErrOutOfRange},
		{"long #r", "#r B3" + strings.Repeat("3", rle.MaxText) + "\n", fmt.Sprintf("line 1 col 1: line longer than %d bytes", rle.MaxText), nil},
		{"long header", "x = 3, y = 3, rule = B3" + strings.Repeat("3", rle.MaxText) + "\n", fmt.Sprintf("line 1 col 1: header longer than %d bytes", rle.MaxText), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := read(tt.in)
			var syntax *rle.SyntaxError
			if !errors.As(err, &syntax) || err.Error() != "rle: "+tt.want {
				t.Fatalf("got error %v\nwant rle: %s", err, tt.want)
			}
			if !errors.Is(err, tt.is) && tt.is != nil || tt.is == nil && syntax.Err != nil {
				t.Errorf("error wraps %v, want %v", syntax.Err, tt.is)
			}
		})
	}
}

func TestDecodeRuleError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in  string
		line, col int
	}{
		{"header", "#C\nx = 1, y = 1, rule = B9/S23\no!", 2, 22},
		{"#r", "x = 1, y = 1\n#r   B9/S23\no!", 2, 6},
		{"empty pattern", "x = 0, y = 0, rule = B9\n", 1, 22},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := rle.Decode(strings.NewReader(tt.in))
			var syntax *rle.SyntaxError
			var ruleErr *rule.SyntaxError
			if !errors.As(err, &syntax) || !errors.As(err, &ruleErr) {
				t.Fatalf("got error %v, want both SyntaxErrors", err)
			}
			if syntax.Line != tt.line || syntax.Col != tt.col || ruleErr.Col != 2 {
				t.Errorf("got %v, want line %d col %d and col 2 of the rule", err, tt.line, tt.col)
			}
		})
	}
}

func TestDecodeWithRule(t *testing.T) {
	t.Parallel()
	r := rule.MustParse("B36/S23")
	p, _, err := read("x = 3, y = 3, rule = No such rule\n"+glider, rle.WithRule(r))
	if err != nil || !p.Rule().Equal(r) || body(t, p) != glider {
		t.Fatalf("got %v, error %v", p, err)
	}
	if _, _, err := read("garbage", rle.WithRule(r)); !errors.Is(err, rle.ErrFormat) {
		t.Errorf("got error %v, want ErrFormat", err)
	}
	p, _, err = read("x = 3, y = 1, rule = My-Rule:T9,9\nABA!", rle.WithRuleParser(func(s string) (*rule.Rule, error) {
		if s != "My-Rule:T9,9" {
			t.Errorf("got rulestring %q", s)
		}
		return rule.Parse("/2/4:T9,9")
	}))
	if err != nil || body(t, p) != "-1,0 ABA!" {
		t.Errorf("got %v, error %v", p, err)
	}
}

func TestDecodeComments(t *testing.T) {
	t.Parallel()
	in := "#N Name\n#O  Author \n#c text\n#Cfree text\n#\n# free\n#D other\n#D\n#CXRLE Gen=5 Pos=0,0\n" +
		"x = 1, y = 1\no\n#C late\n! rest\r\n\nafter\n#C not a comment line\n  \n\n"
	want := []life.Comment{
		{Key: 'N', Text: "Name"}, {Key: 'O', Text: " Author "}, {Key: 'C', Text: "text"}, {Key: 'C', Text: "Cfree text"},
		{Key: 'C', Text: ""}, {Key: 'C', Text: "free"}, {Key: 'D', Text: "other"}, {Key: 'D', Text: ""}, {Key: 'C', Text: "late"},
		{Key: '!', Text: "rest"}, {Key: '!', Text: ""}, {Key: '!', Text: "after"}, {Key: '!', Text: "#C not a comment line"},
	}
	p, warnings, err := read(in)
	if err != nil || warnings != nil {
		t.Fatal(err, warnings)
	}
	if diff := cmp.Diff(want, p.Comments()); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
	if g := p.Generation(); g.Int64() != 5 {
		t.Errorf("got generation %v, want 5", g)
	}
}

func TestDecodeMaxText(t *testing.T) {
	t.Parallel()
	half := strings.Repeat("a", rle.MaxText/2)
	tests := []struct {
		name, in string
		n        int
		warning  string
	}{
		{"too many", "#C " + half + "\n#C b\n#C " + half + "\n#C c\nx = 0, y = 0\n!" + half, 2, "line 3 col 1: "},
		{"too long", "#C a\n#C " + half + half + half + "\nx = 0, y = 0\n!\nb", 1, "line 2 col 1: "},
		{"after the cells", "x = 0, y = 0\n!a\n" + half + "\n" + half, 2, "line 4 col 1: "},
		{"empty lines", "x = 0, y = 0\n!" + strings.Repeat("\n", 2*rle.MaxText) + "a", rle.MaxText, fmt.Sprintf("line %d col 1: ", 2*rle.MaxText+2)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, warnings, err := read(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{tt.warning + "more than 1048576 bytes of comments, the rest is skipped"}
			if diff := cmp.Diff(want, warnings); diff != "" || len(p.Comments()) != tt.n {
				t.Errorf("got %d comments, want %d; warnings (-want +got):\n%s", len(p.Comments()), tt.n, diff)
			}
		})
	}
}

func TestDecodeManyWarnings(t *testing.T) {
	t.Parallel()
	_, warnings, err := read("x = 1, y = 1\n" + strings.Repeat("?", 1000) + "o!")
	if err != nil || len(warnings) != 101 {
		t.Fatalf("got %d warnings, error %v; want 101", len(warnings), err)
	}
	if want := "line 2 col 101: more deviations, not reported one by one"; warnings[100] != want {
		t.Errorf("got %q, want %q", warnings[100], want)
	}
}

func TestDecodeGeneration(t *testing.T) {
	t.Parallel()
	g := strings.Repeat("1234567890", 50)
	p, _, err := read("#CXRLE Pos=0,0 Gen=" + g + "\nx = 3, y = 3\n" + glider)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Generation().String(); got != g {
		t.Errorf("got generation %s, want %s", got, g)
	}
}

// TestDecodeLongLines has all tokens cross the reader's buffer somewhere.
func TestDecodeLongLines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rule, cell, want string
		n                      int
	}{
		{"two-state", "B3/S23", "12bo2b3o", "12bo2b3o", 60000 / 8},
		{"two-state, over buffers", "B3/S23", "12bo2b3o", "12bo2b3o", 200000 / 8},
		{"multi-state", "/2/256", "13pA.2yO", "13pA.2yO", 200000 / 8},
		{"comment lines", "B3/S23", "2bo\n#C 5o\n", "2bo", 100000 / 9},
		{"CR LF", "B3/S23", "2bo\r\n", "2bo", 100000 / 5},
		{"header-like", "/2/256", "xA\nxB", "xAxB", 50000},
	}
	for _, tt := range tests {
		for _, shift := range []int{0, 1, 2, 3} {
			t.Run(fmt.Sprint(tt.name, shift), func(t *testing.T) {
				t.Parallel()
				in := strings.Repeat("#\n", shift)[:shift/2*2] + "x = 9999999, y = 1, rule = " + strings.Repeat(" ", shift) + tt.rule + "\n" + strings.Repeat(tt.cell, tt.n) + "!"
				p, warnings, err := read(in)
				if err != nil || warnings != nil {
					t.Fatal(err, warnings)
				}
				want := strings.Repeat(tt.want, tt.n) + "!"
				if got := body(t, p); !strings.HasSuffix(want, got[strings.IndexByte(got, ' ')+1:]) || p.Population().Sign() == 0 {
					t.Errorf("got %.40s…, want %.40s…", got, want)
				}
			})
		}
	}
}

// TestDecodeSlowReader gives the input byte by byte.
func TestDecodeSlowReader(t *testing.T) {
	t.Parallel()
	in := "#C hi\nx = 12, y = 3, rule = /2/256\r\n12pA$2b3yO\r\n$!after"
	p, err := rle.Decode(iotest.OneByteReader(strings.NewReader(in)))
	if err != nil || body(t, p) != "12pA$2.3yO!" {
		t.Errorf("got %v, error %v", p, err)
	}
}

func TestDecodeReadError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, in := range []string{"", "#C hi", "x = 3, y", "x = 3, y = 3\nbo$2b", "x = 3, y = 3\nbo!\nte", "garb"} {
		_, err := rle.Decode(io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)))
		line := strings.Count(in, "\n") + 1
		if want := fmt.Sprintf("rle: line %d: read: broken", line); !errors.Is(err, broken) || err.Error() != want {
			t.Errorf("after %q: got error %v, want %s", in, err, want)
		}
	}
}

func TestDecodeGzip(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, "x = 3, y = 3\n"+glider)
	z.Close()
	packed := b.String()
	p, err := rle.Decode(strings.NewReader(packed))
	if err != nil || body(t, p) != glider {
		t.Fatalf("got %v, error %v", p, err)
	}
	for n := 2; n < len(packed); n++ {
		if _, err := rle.Decode(strings.NewReader(packed[:n])); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut to %d bytes: got error %v, want io.ErrUnexpectedEOF", n, err)
		}
	}
	bad := packed[:len(packed)-5] + "x" + packed[len(packed)-4:]
	if _, err := rle.Decode(strings.NewReader(bad)); !errors.Is(err, gzip.ErrChecksum) {
		t.Errorf("got error %v, want gzip.ErrChecksum", err)
	}
	b.Reset()
	z.Reset(&b)
	io.WriteString(z, packed)
	z.Close()
	if _, err := rle.Decode(&b); !errors.Is(err, rle.ErrFormat) {
		t.Errorf("twice packed: got error %v, want ErrFormat", err)
	}
}

// TestDecodeFarTokens checks the overflow guards of the fast way near ±2^62.
func TestDecodeFarTokens(t *testing.T) {
	t.Parallel()
	at := new(big.Int).Lsh(big.NewInt(1), 62)
	in := fmt.Sprintf("#CXRLE Pos=%v,-%v\nx = 1, y = 1\no4611686018427387900b9o$o!", at, at)
	p, _, err := read(in)
	if err == nil {
		t.Fatalf("got %s, want an error", body(t, p))
	}
	if want := "rle: line 3 col 23: column overflows int64 by a run of 9 from 9223372036854775805"; err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}
