package macrocell_test

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
	"golife/life/format/macrocell"
	"golife/life/rule"
	"golife/rle"
)

// body returns the canonical RLE body of p, with its place before it when that is
// not the origin.
func body(t testing.TB, p *life.Pattern) string {
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
func read(in string, opts ...macrocell.Option) (*life.Pattern, []string, error) {
	var warnings []string
	warn := macrocell.WithWarnings(func(w macrocell.Warning) { warnings = append(warnings, w.String()) })
	p, err := macrocell.Decode(strings.NewReader(in), append(opts, warn)...)
	return p, warnings, err
}

// glider is what bgolly 3.3 writes for "bo$2bo$3o!" at the origin.
const glider = "[M2] (golly 3.3)\n#R B3/S23\n$$$$$$$.*$\n..*$***$\n4 0 1 0 2\n"

// Parts of small files: one cell, and a root that puts it at (0, 1).
const (
	one = "[M2] x\n*$\n"
	se  = "4 0 0 0 1\n"
)

// decodeTests are files that strict and lenient readers alike accept.
var decodeTests = []struct{ name, in, want, rule string }{
	{"bgolly's glider", glider, "bo$2bo$3o!", "B3/S23"},
	{"se child begins at (0, 1)", one + "4 0 0 0 1\n", "0,1 o!", "B3/S23"},
	{"sw child", one + "4 0 0 1 0\n", "-8,1 o!", "B3/S23"},
	{"ne child", one + "4 0 1 0 0\n", "0,-7 o!", "B3/S23"},
	{"nw child", one + "4 1 0 0 0\n", "-8,-7 o!", "B3/S23"},
	{"four children", one + "4 1 1 1 1\n", "-8,-7 o7bo8$o7bo!", "B3/S23"},
	{"no end of line", one + "4 0 0 0 1", "0,1 o!", "B3/S23"},
	{"CRLF", "[M2] x\r\n*$\r\n4 0 0 0 1\r\n", "0,1 o!", "B3/S23"},
	{"CR", "[M2] x\r*$\r4 0 0 0 1\r", "0,1 o!", "B3/S23"},
	{"blank lines", "\n \n[M2] x\n\n*$\n   \n4 0 0 0 1\n\n", "0,1 o!", "B3/S23"},
	{"title alone", "[M2]", "!", "B3/S23"},
	{"empty", "[M2]\n#R B36/S23\n", "!", "B36/S23"},
	{"node of empty squares", "[M2]\n40 0 0 0 0\n", "!", "B3/S23"},
	{"very high node of empty squares", "[M2]\n2147483647 0 0 0 0\n", "!", "B3/S23"},
	{"empty leaf", "[M2]\n$\n*$\n4 0 1 2 1\n", "-8,1 o!", "B3/S23"},
	{"empty nodes in nodes", "[M2]\n*$\n4 0 0 0 0\n4 1 0 0 0\n5 2 2 3 2\n", "-16,1 o!", "B3/S23"},
	{"full picture", "[M2]\n" + strings.Repeat("........$", 7) + ".......*$\n4 0 0 0 1\n", "7,8 o!", "B3/S23"},
	{"picture without the last $", "[M2]\n..*\n4 0 0 0 1\n", "2,1 o!", "B3/S23"},
	{"padded picture", "[M2]\n*$$$$$$$$\n4 0 0 0 1\n", "0,1 o!", "B3/S23"},
	{"blanks after a leaf", "[M2]\n*$  \n4 0 0 0 1 \t\n", "0,1 o!", "B3/S23"},
	{"tabs between numbers", one + "4\t0\t0  0\t 1\n", "0,1 o!", "B3/S23"},
	{"leading zeros", one + "04 00 0 00000000000 01\n", "0,1 o!", "B3/S23"},
	{"sixth number", one + "4 0 0 0 1 77\n", "0,1 o!", "B3/S23"},
	{"unused nodes", one + ".*$\n4 0 0 0 2\n4 0 0 0 1\n", "0,1 o!", "B3/S23"},
	{"equal nodes", one + "*$\n4 1 0 0 0\n4 2 0 0 0\n5 3 4 4 3\n", "-16,-15 o15bo16$o15bo!", "B3/S23"},
	{"leaf alone", "[M2]\n*$$$$.....*$\n", "-4,-3 o4$5bo!", "B3/S23"},
	{"rule between nodes", one + "#R B36/S23\n4 0 0 0 1\n", "0,1 o!", "B36/S23"},
	{"rule at the end", one + "4 0 0 0 1\n#R B36/S23", "0,1 o!", "B36/S23"},
	{"last rule", "[M2]\n#R B2/S\n#R\tB36/S23  \n*$\n4 0 0 0 1\n", "0,1 o!", "B36/S23"},
	{"bounded grid", "[M2]\n#R B3/S23:T8,8\n*$\n4 0 0 0 1\n", "0,1 o!", "B3/S23:T8,8"},
	{"three states", "[M2]\n#R /2/3\n1 0 1 2 0\n2 0 0 0 1\n3 0 0 0 2\n4 0 0 0 3\n", "6,7 .A$B!", "/2/3"},
	{"states, every place", "[M2]\n#R /2/5\n1 1 2 3 4\n2 0 1 0 0\n3 0 0 2 0\n4 0 0 3 0\n", "-6,5 AB$CD!", "/2/5"},
	{"states of 2x2 alone", "[M2]\n#R /2/5\n1 1 2 3 4\n", "-1,0 AB$CD!", "/2/5"},
	{"states of 4x4 alone", "[M2]\n#R /2/5\n1 1 2 3 4\n2 1 0 0 1\n", "-2,-1 AB$CD$2.AB$2.CD!", "/2/5"},
	{"states of 8x8 alone", "[M2]\n#R /2/5\n1 1 2 3 4\n2 0 0 0 1\n3 0 0 0 2\n", "2,3 AB$CD!", "/2/5"},
	{"state 255", "[M2]\n#R /2/256\n1 255 0 0 0\n2 0 0 0 1\n3 0 0 0 2\n4 0 0 0 3\n", "6,7 yO!", "/2/256"},
	{"empty leaf of states", "[M2]\n#R /2/3\n1 0 0 0 0\n1 0 0 0 2\n2 1 1 1 2\n3 3 3 3 3\n", "-1,0 B3.B4$B3.B!", "/2/3"},
	{"only states 0 and 1", "[M2]\n#R /2/3\n1 1 0 0 1\n2 0 0 0 1\n3 0 0 0 2\n4 0 0 0 3\n", "6,7 A$.A!", "/2/3"},
	{"named rule", "[M2]\n#R WireWorld\n1 0 1 2 3\n2 0 0 0 1\n3 0 0 0 2\n", "2,3 .A$BC!", "WireWorld"},
}

// TestDecode reads what strict and lenient readers alike accept.
func TestDecode(t *testing.T) {
	t.Parallel()
	for _, tt := range decodeTests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, opts := range [][]macrocell.Option{nil, {macrocell.WithStrict()}} {
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

// lenientTests are files that a strict reader refuses at the first warning.
var lenientTests = []struct {
	name, in, want string
	warnings       []string
}{
	{"byte order mark", "\uFEFF" + one + se, "0,1 o!", []string{"line 1 col 1: byte order mark, skipped"}},
	{"old title", "[M1] y\n*$\n" + se, "0,1 o!", []string{`line 1 col 1: found "[M1]", want [M2] at the start of the line`}},
	{"blanks before the title", "\n  " + one + se, "0,1 o!", []string{`line 2 col 1: found "[M2]", want [M2] at the start of the line`}},
	{"blanks before lines", "[M2]\n *$\n\t" + se, "0,1 o!", []string{
		"line 2 col 1: blanks at the start of the line, skipped", "line 3 col 1: blanks at the start of the line, skipped",
	}},
	{"blank in the rule", "[M2]\n#R B36 / S23\n*$\n" + se, "0,1 o!", []string{"line 2 col 7: blank inside the rule, where other programs cut it"}},
	{"text after the rule", "[M2]\n#R B3/S23 (Life)\n*$\n" + se, "0,1 o!", []string{"line 2 col 10: text after the rule, ignored"}},
	{"no rule in #R", "[M2]\n#R  \n*$\n" + se, "0,1 o!", []string{"line 2 col 1: #R without a rule, ignored"}},
	{"no blank after #R", "[M2]\n#RB36/S23\n*$\n" + se, "0,1 o!", []string{`line 2 col 3: found "B36/S23", want a blank after #R; kept as a comment`}},
	{"no blank after #G", "[M2]\n#G12 a\n*$\n" + se, "0,1 o!", []string{`line 2 col 3: found "12", want a blank after #G; kept as a comment`}},
	{"nine dots", "[M2]\n.........$*$\n" + se, "0,2 o!", []string{"line 2 col 9: dead cell outside the 8x8 cells of a leaf, ignored"}},
	{"dead cell in the ninth row", "[M2]\n*$$$$$$$$.\n" + se, "0,1 o!", []string{"line 2 col 10: dead cell outside the 8x8 cells of a leaf, ignored"}},
	{"nine rows", "[M2]\n*$$$$$$$$$\n" + se, "0,1 o!", []string{"line 2 col 1: 9 rows in a leaf, want at most 8; the empty ones are ignored"}},
	{"text after a leaf", "[M2]\n*$ abc\n" + se, "0,1 o!", []string{`line 2 col 4: "abc" after the leaf, ignored`}},
	{"seventh number", one + "4 0 0 0 1 7 8\n", "0,1 o!", []string{`line 3 col 13: "8" after the node, ignored`}},
	{"text after a node", one + "4 0 0 0 1 x 8\n", "0,1 o!", []string{`line 3 col 11: "x" after the node, ignored`}},
	{"last is not largest", one + se + "5 2 0 0 0\n4 1 0 0 0\n", "-8,-7 o!", []string{
		"line 5 col 1: last node has level 4, want the level 5 of node 3; the last one is the pattern",
	}},
	{"2x2 style in two states", "[M2]\n1 1 0 0 1\n1 0 1 0 0\n2 0 0 0 1\n3 0 0 0 3\n4 0 0 0 4\n", "6,7 o$bo!", []string{
		"line 2 col 1: leaf of 2x2 states under rule B3/S23, want pictures of 8x8 cells",
	}},
	{"pictures in three states", "[M2]\n#R /2/3\n*$\n.*$\n4 0 0 1 2\n", "-8,1 A8.A!", []string{
		"line 3 col 1: picture of 8x8 cells under rule /2/3, want leaves of 2x2 states",
	}},
	{"both styles", "[M2]\n#R /2/3\n1 2 0 0 0\n2 0 0 0 1\n3 0 0 0 2\n*$\n4 0 3 4 0\n", "-8,-1 14.B2$A!", []string{
		"line 6 col 1: picture of 8x8 cells under rule /2/3, want leaves of 2x2 states",
	}},
	{"picture before states", "[M2]\n#R /2/3\n*$\n1 2 0 0 0\n2 0 0 0 2\n3 0 0 0 3\n4 0 4 1 0\n", "-8,-1 14.B2$A!", []string{
		"line 3 col 1: picture of 8x8 cells under rule /2/3, want leaves of 2x2 states",
	}},
	{"rule of two states at the end", "[M2]\n#R /2/3\n1 1 0 0 0\n2 0 0 0 1\n3 0 0 0 2\n4 0 0 0 3\n#R B3/S23\n", "6,7 o!", nil},
}

// TestDecodeLenient reads what a strict reader refuses at the first warning.
func TestDecodeLenient(t *testing.T) {
	t.Parallel()
	for _, tt := range lenientTests {
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
			want := "<nil>"
			if len(tt.warnings) > 0 {
				want = "macrocell: " + tt.warnings[0]
			}
			if _, _, err := read(tt.in, macrocell.WithStrict()); fmt.Sprint(err) != want {
				t.Errorf("strict: got %v, want %s", err, want)
			}
		})
	}
}

// errorTests are files that no reader accepts.
var errorTests = []struct {
	name, in, want string
	is             error
}{
	{"nothing", "", "line 1 col 1: found nothing, want a macrocell file", macrocell.ErrFormat},
	{"blank lines", "\n \n", "line 3 col 1: found nothing, want a macrocell file", macrocell.ErrFormat},
	{"RLE", "x = 3, y = 3\nbo!", `line 1 col 1: found "x", want a macrocell file, which begins with [M2]`, macrocell.ErrFormat},
	{"zip", "PK\x03\x04abc", `line 1 col 1: found "PK", want a macrocell file, which begins with [M2]`, macrocell.ErrFormat},
	{"no title", "\n*$\n4 0 0 0 1\n", `line 2 col 1: found "*$", want a macrocell file, which begins with [M2]`, macrocell.ErrFormat},
	{"junk", one + "hello world\n", `line 3 col 1: found "hello", want a node, a leaf, or a line that begins with #`, nil},
	{"NUL", one + "\x00\n", `line 3 col 1: found "\x00", want a node, a leaf, or a line that begins with #`, nil},
	{"child too small", one + "5 1 0 0 0\n", "line 3 col 3: nw is node 1 of level 3, want one of level 4", nil},
	{"skipped level", one + "4 0 0 0 1\n6 0 2 0 0\n", "line 4 col 5: ne is node 2 of level 4, want one of level 5", nil},
	{"child as large", one + "4 0 0 0 1\n4 0 0 2 0\n", "line 4 col 7: sw is node 2 of level 4, want one of level 3", nil},
	{"empty child of wrong size", "[M2]\n7 0 0 0 0\n7 1 0 0 0\n", "line 3 col 3: nw is node 1 of level 7, want one of level 6", nil},
	{"leaf as child of a 4x4 node", one + "2 0 0 0 1\n", "line 3 col 9: se is node 1 of level 3, want one of level 1", nil},
	{"forward reference", one + "4 0 0 0 3\n", "line 3 col 9: se is node 3, want one of the nodes 1 to 1 before this line, or 0", nil},
	{"itself", one + "4 0 0 0 2\n", "line 3 col 9: se is node 2, want one of the nodes 1 to 1 before this line, or 0", nil},
	{"no nodes yet", "[M2]\n4 0 1 0 0\n", "line 2 col 5: ne is node 1, there is none before this line", nil},
	{"number over 32 bits", one + "4 0 0 0 4294967297\n",
		"line 3 col 9: se is a node of a number over 4294967295, want one of the nodes 1 to 1 before this line, or 0", nil},
	{"number over 64 bits", one + "4 0 0 0 99999999999999999999\n",
		"line 3 col 9: se is a node of a number over 4294967295, want one of the nodes 1 to 1 before this line, or 0", nil},
	{"level 0", one + "0 0 0 0 1\n", "line 3 col 1: level 0, want 1 or more", nil},
	{"level overflow", one + "2147483648 0 0 0 0\n", "line 3 col 1: level of more than 2147483647", life.ErrOutOfRange},
	{"level overflow by far", one + "99999999999999999999999 0 0 0 0\n", "line 3 col 1: level of more than 2147483647", life.ErrOutOfRange},
	{"four numbers", one + "4 0 0 1\n", "line 3 col 1: found 4 numbers, want 5: level nw ne sw se", nil},
	{"one number", one + "  4\n", "line 3 col 3: found 1 numbers, want 5: level nw ne sw se", nil},
	{"negative number", one + "4 0 -1 0 1\n", `line 3 col 5: found "-1", want a number`, nil},
	{"negative level", one + "-4 0 1 0 1\n", `line 3 col 1: found "-4", want a number`, nil},
	{"fraction", one + "4 0 0 0 1.5\n", `line 3 col 9: found "1.5", want a number`, nil},
	{"live cell in column 8", "[M2]\n.$........*$\n", "line 2 col 11: cell 9 of a row in a leaf, want at most 8", nil},
	{"live cell in row 8", "[M2]\n$$$$$$$$*$\n", "line 2 col 9: row 9 of a leaf, want at most 8", nil},
	{"letter in a leaf", "[M2]\n*$\n.*x$\n", `line 3 col 3: found "x$" in a leaf, want . * or $`, nil},
	{"NUL in a leaf", "[M2]\n*$\n.*\x00\n", `line 3 col 3: found "\x00" in a leaf, want . * or $`, nil},
	{"state of no rule", "[M2]\n1 0 0 2 0\n", "line 2 col 7: state 2 under rule B3/S23, want 0 to 1", life.ErrState},
	{"state over the rule's", "[M2]\n#R /2/3\n1 2 0 0 0\n1 0 3 0 0\n", "line 4 col 5: state 3 under rule /2/3, want 0 to 2", life.ErrState},
	{"state 256", "[M2]\n#R /2/256\n1 255 0 0 256\n", "line 3 col 11: state 256 under rule /2/256, want 0 to 255", life.ErrState},
	{"later rule with fewer states", "[M2]\n#R /2/5\n1 1 0 0 0\n1 4 0 0 0\n1 4 0 0 1\n\n#R /2/3\n",
		"line 7 col 4: rule /2/3 has the states 0 to 2, but the leaf on line 4 has 4", life.ErrState},
	{"no such rule", "[M2]\n#R Zorg9\n*$\n", `line 2 col 4: rule: "Zorg9" col 1: unknown rule "Zorg9", want a notation such as B3/S23 or a known name`, nil},
	{"no such generation", "[M2]\n#G abc\n", `line 2 col 4: found "abc", want a number of generations, 0 or more`, nil},
	{"negative generation", "[M2]\n#G -5\n", `line 2 col 4: found "-5", want a number of generations, 0 or more`, nil},
	{"no generation", "[M2]\n#G\n", `line 2 col 3: found "", want a number of generations, 0 or more`, nil},
	{"outside a bounded grid", "[M2]\n#R B3/S23:T8,8\n*$\n4 1 1 1 1\n",
		"line 4 col 1: pattern of 9x9 at -8,-7, want it within the bounded grid of rule B3/S23:T8,8", life.ErrOutOfRange},
	{"long line", "[M2]\n4 " + strings.Repeat("0", macrocell.MaxText) + "\n", "line 2 col 1: line longer than 1048576 bytes", nil},
	{"long rule", "[M2]\n#R " + strings.Repeat("0", macrocell.MaxText) + "\n", "line 2 col 1: line longer than 1048576 bytes", nil},
}

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range errorTests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, _, err := read(tt.in)
			if err == nil || err.Error() != "macrocell: "+tt.want {
				t.Fatalf("got  %v\nwant macrocell: %s", err, tt.want)
			}
			var s *macrocell.SyntaxError
			if p != nil || !errors.As(err, &s) || tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("got pattern %v and %#v, want an error that wraps %v", p, err, tt.is)
			}
		})
	}
}

// TestDecodeLongInput finds errors at their lines behind what is read the fast way,
// whatever the line ends and however the input comes.
func TestDecodeLongInput(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r", "\r\n"} {
		good := "[M2]" + end + strings.Repeat("..*$***$"+end+"4 0 0 0 1"+end, 3000)
		for _, tt := range []struct{ line, want string }{
			{"4 0 0 2 0", "macrocell: line 6002 col 7: sw is node 2 of level 4, want one of level 3"},
			{"4 0 6001 0 0", "macrocell: line 6002 col 5: ne is node 6001, want one of the nodes 1 to 6000 before this line, or 0"},
			{"4 0 0  0", "macrocell: line 6002 col 1: found 4 numbers, want 5: level nw ne sw se"},
			{"........*", "macrocell: line 6002 col 9: cell 9 of a row in a leaf, want at most 8"},
			{"$$$$$$$$$*", "macrocell: line 6002 col 10: row 10 of a leaf, want at most 8"},
			{"1 0 0 0 7", "macrocell: line 6002 col 9: state 7 under rule /2/3, want 0 to 2"},
		} {
			in := good + tt.line + end + strings.Repeat("4 0 0 0 1"+end, 100)
			for name, r := range map[string]io.Reader{
				"whole":      strings.NewReader(in),
				"by bytes":   iotest.OneByteReader(strings.NewReader(in)),
				"with error": iotest.DataErrReader(strings.NewReader(in)),
			} {
				if _, err := macrocell.Decode(r, macrocell.WithRule(rule.MustParse("/2/3"))); fmt.Sprint(err) != tt.want {
					t.Errorf("%q, %s: got %v, want %s", end, name, err, tt.want)
				}
			}
		}
	}
}

// TestDecodeGeneration reads #G and checks that the last one counts.
func TestDecodeGeneration(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("1234567890", 100)
	for in, want := range map[string]string{"": "0", "#G 7\n": "7", "#G 5\n#G 1,200 \n": "1200", "#G 007\n": "7", "#G " + big: big} {
		p, warnings, err := read("[M2]\n" + in)
		if err != nil || warnings != nil || p.Generation().String() != want {
			t.Errorf("%q: got generation %v, warnings %q, error %v; want %s", in, p.Generation(), warnings, err, want)
		}
	}
}

func TestDecodeComments(t *testing.T) {
	t.Parallel()
	p, warnings, err := read("[M2] title\n#C first\n#N a name\n#c small\n#CXRLE Pos=1,1\n#\n#C\n##\n*$\n#O  late \n#FRAMESx\n4 0 0 0 1\n#R B3/S23\n#Z")
	if err != nil || warnings != nil {
		t.Fatal(err, warnings)
	}
	want := []life.Comment{
		{Key: 'C', Text: "first"}, {Key: 'N', Text: "a name"}, {Key: 'C', Text: "small"}, {Key: 'C', Text: "CXRLE Pos=1,1"}, {Key: 'C'}, {Key: 'C'},
		{Key: 'C', Text: "#"}, {Key: 'O', Text: " late "}, {Key: 'C', Text: "FRAMESx"}, {Key: 'Z'},
	}
	if diff := cmp.Diff(want, p.Comments()); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}

// TestDecodeLongComments keeps no more than MaxText bytes.
func TestDecodeLongComments(t *testing.T) {
	t.Parallel()
	const n = macrocell.MaxText
	long := strings.Repeat("a", n-1)
	for _, tt := range []struct {
		name, in string
		kept     int
		warnings []string
	}{
		{"just so", "#C " + long[:n-4] + "\n", 1, nil},
		{"line too long", "#C " + long + "\n#C b\n", 0, []string{"line 2 col 1: more than 1048576 bytes of comments, the rest is skipped"}},
		{"much too long", "#C " + strings.Repeat(long, 3) + "\n", 0, []string{"line 2 col 1: more than 1048576 bytes of comments, the rest is skipped"}},
		{"too many", strings.Repeat("#C "+long[:1000]+"\n", 2000), 1047, []string{"line 1049 col 1: more than 1048576 bytes of comments, the rest is skipped"}},
	} {
		p, warnings, err := read("[M2]\n" + tt.in + "*$\n4 0 0 0 1\n")
		if err != nil || len(p.Comments()) != tt.kept || body(t, p) != "0,1 o!" {
			t.Errorf("%s: got %d comments, error %v; want %d", tt.name, len(p.Comments()), err, tt.kept)
		}
		if diff := cmp.Diff(tt.warnings, warnings); diff != "" {
			t.Errorf("%s: warnings (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestWithRule(t *testing.T) {
	t.Parallel()
	day, brain := rule.MustParse("B3678/S34678"), rule.MustParse("/2/3")
	p, warnings, err := read("[M2]\n#R Zorg9 (unknown)\n*$\n4 0 0 0 1\n", macrocell.WithRule(day))
	if err != nil || warnings != nil || !p.Rule().Equal(day) || body(t, p) != "0,1 o!" {
		t.Errorf("got %v, warnings %q, error %v", p, warnings, err)
	}
	p, warnings, err = read(glider, macrocell.WithRule(brain), macrocell.WithStrict())
	if err != nil || warnings != nil || body(t, p) != ".A$2.A$3A!" {
		t.Errorf("Life under %v: got %v, warnings %q, error %v", brain, p, warnings, err)
	}
	_, _, err = read("[M2]\n#R /2/3\n1 0 2 0 0\n", macrocell.WithRule(day))
	if want := "macrocell: line 3 col 5: state 2 under rule B3678/S34678, want 0 to 1"; fmt.Sprint(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestWithRuleParser(t *testing.T) {
	t.Parallel()
	var asked []string
	parse := func(s string) (*rule.Rule, error) {
		asked = append(asked, s)
		if s == "Zorg9" {
			return rule.Parse("/2/9")
		}
		return nil, errors.New("no")
	}
	p, warnings, err := read("[M2]\n#R Zorg9  x\n1 8 0 0 0\n", macrocell.WithRuleParser(parse))
	if err != nil || p.Rule().String() != "/2/9" || len(warnings) != 1 {
		t.Errorf("got %v, warnings %q, error %v", p, warnings, err)
	}
	if diff := cmp.Diff([]string{"Zorg9  x", "Zorg9"}, asked); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestManyWarnings(t *testing.T) {
	t.Parallel()
	_, warnings, err := read("[M2]\n" + strings.Repeat(" *$\n", 300))
	if err != nil || len(warnings) != 101 || warnings[100] != "line 102 col 1: more deviations, not reported one by one" {
		t.Errorf("got %d warnings, the last %q, error %v", len(warnings), warnings[len(warnings)-1], err)
	}
}

func TestDecodeGzip(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, glider)
	z.Close()
	p, _, err := read(b.String())
	if err != nil || body(t, p) != "bo$2bo$3o!" {
		t.Errorf("got %v, error %v", p, err)
	}
	_, _, err = read(b.String()[:b.Len()-9])
	if want := "macrocell: line 6: gzip: input is cut short: unexpected EOF"; fmt.Sprint(err) != want || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut: got %v, want %s", err, want)
	}
	_, _, err = read("\x1f\x8b\x07")
	if want := "macrocell: gzip header: unexpected EOF"; fmt.Sprint(err) != want {
		t.Errorf("header: got %v, want %s", err, want)
	}
}

// TestDecodeReadError returns what the reader says, with the line.
func TestDecodeReadError(t *testing.T) {
	t.Parallel()
	bad := errors.New("disk on fire")
	_, err := macrocell.Decode(io.MultiReader(strings.NewReader(glider), iotest.ErrReader(bad)))
	if want := "macrocell: line 6: read: disk on fire"; fmt.Sprint(err) != want || !errors.Is(err, bad) {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := macrocell.Decode(stuck{}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v, want %v", err, io.ErrNoProgress)
	}
}

// stuck is a reader that returns nothing, for ever.
type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// TestDecodeHigh reads a tree of thousands of levels: a cell far out.
func TestDecodeHigh(t *testing.T) {
	t.Parallel()
	const levels = 3000
	var in strings.Builder
	in.WriteString("[M2]\n*$\n")
	for k := 4; k <= levels; k++ {
		fmt.Fprintf(&in, "%d 0 0 0 %d\n", k, k-3)
	}
	p, warnings, err := read(in.String(), macrocell.WithStrict())
	if err != nil || warnings != nil {
		t.Fatal(err, warnings)
	}
	// The se corner of each se corner: 2^(levels−1) − 8 along both axes.
	want := new(big.Int).Lsh(big.NewInt(1), levels-1)
	want.Sub(want, big.NewInt(8))
	box, _ := p.Bounds()
	if box.MinX.Cmp(want) != 0 || box.MinY.Cmp(want.Add(want, big.NewInt(1))) != 0 || p.Population().Int64() != 1 {
		t.Errorf("got %d cells at a place with %d bits", p.Population(), box.MinX.BitLen())
	}
}
