package format_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format"
	"golife/life/naive"
	"golife/life/rule"
	"golife/rle"
)

// TestTraps reads what other programs read wrongly, or not at all. The names say
// what becomes of it elsewhere.
func TestTraps(t *testing.T) {
	t.Parallel()
	const glider = "bo$2bo$3o!"
	long := "x = 60000, y = 1\n" + strings.Repeat("12b3o", 12_000) + "!"
	for _, tt := range []struct {
		name, in  string
		body      string
		rule, box string
		warnings  []string
	}{
		{
			name: "a blank in the rule: cut to B3/S", in: "x = 3, y = 3, rule = B3 / S23\n" + glider, body: glider, box: "3x3 at 0,0",
			warnings: []string{"line 1 col 24: blank inside the rule, where other programs cut it"},
		},
		{name: "#r before the header: a fatal error", in: "#r 23/36\nx = 3, y = 3\n" + glider, body: glider, rule: "B36/S23", box: "3x3 at 0,0"},
		{
			name: "a count split over two lines: a fatal error", in: "x = 12, y = 1\n1\n2o!", body: "12o!", box: "12x1 at 0,0",
			warnings: []string{"line 2 col 2: line end inside a run, whose count goes on"},
		},
		{name: "a line of 60,000 characters: cut inside of counts", in: long, body: strings.TrimPrefix(strings.Repeat("12b3o", 12_000), "12b") + "!", box: "179988x1 at 12,0", warnings: []string{"line 2 col 60001: cells fill 180000 by 1, the header says 60000 by 1"}},
		{name: "the first cell of the se child is (0, 1)", in: "[M2]\n*$\n4 0 0 0 1\n", body: "o!", box: "1x1 at 0,1"},
		{name: "a nickname: a bad character", in: "x = 3, y = 3, rule = Life\n" + glider, body: glider, box: "3x3 at 0,0"},
		{name: "position and generation: dropped", in: "#CXRLE Pos=-7,9 Gen=5\nx = 3, y = 3\n" + glider, body: glider, box: "3x3 at -7,9"},
		{name: "Hensel letters: ignored", in: "x = 3, y = 3, rule = B2ce3-a/S23-k\n" + glider, body: glider, rule: "B2ce3-a/S23-k", box: "3x3 at 0,0"},
		{name: "hexagonal: ignored", in: "x = 3, y = 3, rule = B2/S34H\n" + glider, body: glider, rule: "B2/S34H", box: "3x3 at 0,0"},
		{name: "a grid: ignored", in: "x = 3, y = 3, rule = B3/S23:T30,20\n" + glider, body: glider, rule: "B3/S23:T30,20", box: "3x3 at -1,-1"},
		{name: "dead cells of many states: skipped", in: "x = 4, y = 1, rule = 345/2/4\nA2.C!", body: "A2.C!", rule: "345/2/4", box: "4x1 at 0,0"},
		{name: "gzip under another name", in: zipped(t, "x = 3, y = 3\n"+glider), body: glider, box: "3x3 at 0,0"},
		{name: "a zip archive: read as text", in: archive(t, "a.rle", "x = 3, y = 3\n"+glider), body: glider, box: "3x3 at 0,0"},
	} {
		var warnings []string
		warn := format.WithWarnings(func(w format.Warning) { warnings = append(warnings, w.String()) })
		p, _, err := format.Read(strings.NewReader(tt.in), warn)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var body strings.Builder
		if err := rle.WriteBody(&body, p); err != nil {
			t.Error(err)
		}
		b, _ := p.Bounds()
		if body.String() != tt.body || b.String() != tt.box {
			t.Errorf("%s: got %.60s, %v; want %.60s, %s", tt.name, body.String(), b, tt.body, tt.box)
		}
		if want := cmp.Or(tt.rule, "B3/S23"); p.Rule().String() != want {
			t.Errorf("%s: got rule %s, want %s", tt.name, p.Rule(), want)
		}
		if !slices.Equal(warnings, tt.warnings) {
			t.Errorf("%s: got warnings %q, want %q", tt.name, warnings, tt.warnings)
		}
	}
}

// TestTrapErrors refuses what makes other programs crash, or what they take for a
// picture of cells.
func TestTrapErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"a child of the wrong size: a crash", "[M2]\n*$\n4 0 0 0 1\n6 0 0 0 2\n", "macrocell: line 4 col 9: se is node 2 of level 4, want one of level 5"},
		{"a child that does not exist: a crash", "[M2]\n*$\n4 0 0 0 9\n", "macrocell: line 3 col 9: se is node 9, want one of the nodes 1 to 1 before this line, or 0"},
		{"a torn archive: read as text", archive(t, "a.rle", "x")[:30], "found a zip archive that cannot be read: not a valid zip file"},
		{"binary data: read as text", "\x01\x02\x00\x03", "found binary data" + wanted},
		{"upper case under two states", "x = 1, y = 1\nO!", "rle: line 2 col 1: state 15, rule B3/S23 has 2 states; its cells are written b and o"},
	} {
		if _, _, err := format.Read(strings.NewReader(tt.in)); fmt.Sprint(err) != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

// TestOddGeneration saves a pattern under a rule with B0 at an odd generation, where
// other programs go wrong when it is read again: it must go on as if it had not been
// saved, in each format, or the loss be told.
func TestOddGeneration(t *testing.T) {
	t.Parallel()
	for _, rs := range []string{"B0/S", "B03/S23", "B0123478/S01234678"} {
		b := life.NewBuilder(rule.MustParse(rs))
		for _, at := range []life.Point{{X: 1, Y: 0}, {X: 2, Y: 1}, {X: 0, Y: 2}, {X: 1, Y: 2}, {X: 2, Y: 2}} {
			b.Set(at.X, at.Y, 1)
		}
		one := after(t, b.Pattern(), 1)
		want := after(t, one, 4)
		kept := 0
		for _, x := range format.Extensions() {
			var file bytes.Buffer
			if x == ".apg" {
				continue
			}
			if err := format.Write(&file, x, one); err != nil {
				t.Fatal(err)
			}
			p, _, err := format.Read(&file)
			if err != nil {
				t.Fatal(err)
			}
			if isKept := len(format.Loss(x, one)) == 0; isKept {
				kept++
				if got := after(t, p, 4); !got.Equal(want) {
					t.Errorf("%s in %s: other cells after 4 more generations", rs, x)
				}
			}
		}
		if kept < 3 {
			t.Errorf("%s: only %d formats keep the generation", rs, kept)
		}
	}
}

// after runs a pattern for n generations.
func after(t *testing.T, p *life.Pattern, n int64) *life.Pattern {
	t.Helper()
	e, err := naive.New(p.Rule())
	if err == nil {
		err = e.Load(p)
	}
	if err == nil {
		err = e.Advance(context.Background(), big.NewInt(n))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e.Snapshot()
}
