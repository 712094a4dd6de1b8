package rle_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/life/rule"
	"golife/rle"
)

// encode returns what Encode writes.
func encode(t *testing.T, p *life.Pattern) string {
	t.Helper()
	var b strings.Builder
	if err := rle.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// pattern returns the pattern of an RLE text that has a header.
func pattern(t *testing.T, in string) *life.Pattern {
	t.Helper()
	p, err := rle.Decode(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEncode(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"empty", "x = 0, y = 0\n!", "#CXRLE Pos=0,0 Gen=0\nx = 0, y = 0, rule = B3/S23\n!\n"},
		{"glider", "x = 3, y = 3\nbo$2bo$3o!", "#CXRLE Pos=0,0 Gen=0\nx = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"},
		{"margins dropped", "x = 3, y = 3\n3$2b2o3b$2$bo2b$4$!", "#CXRLE Pos=1,3 Gen=0\nx = 3, y = 4, rule = B3/S23\nb2o3$o!\n"},
		{"comments", "#C a\n#N b\n#O c\n#CXRLE Gen=99999999999999999999 Pos=-4,-5\nx = 1, y = 1, rule = B36/S23\no!\nafter",
			"#C a\n#N b\n#O c\n#CXRLE Pos=-4,-5 Gen=99999999999999999999\nx = 1, y = 1, rule = B36/S23\no!\nafter\n"},
		{"states", "x = 5, y = 2, rule = /2/256\n.A2.pA$yOXX!", "#CXRLE Pos=0,0 Gen=0\nx = 5, y = 2, rule = /2/256\n.A2.pA$yO2X!\n"},
		{"live background", "#CXRLE Gen=1\nx = 1, y = 1, rule = B0/S\no!", "#CXRLE Pos=0,0 Gen=1 Background=1\nx = 1, y = 1, rule = B0/S\no!\n"},
		{"dead background", "#CXRLE Gen=2\nx = 1, y = 1, rule = B0/S\no!", "#CXRLE Pos=0,0 Gen=2\nx = 1, y = 1, rule = B0/S\no!\n"},
		{"grid", "x = 1, y = 1, rule = B3/S23:T9,9\no!", "#CXRLE Pos=0,0 Gen=0\nx = 1, y = 1, rule = B3/S23:T9,9\no!\n"},
		{"long run", "x = 1, y = 1\n1000000000o!", "#CXRLE Pos=0,0 Gen=0\nx = 1000000000, y = 1, rule = B3/S23\n1000000000o!\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := pattern(t, tt.in)
			if diff := cmp.Diff(tt.want, encode(t, p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkRoundTrip(t, p)
		})
	}
}

// checkRoundTrip checks that p comes back from Encode in all its parts, without
// a deviation, and returns what Encode wrote.
func checkRoundTrip(t *testing.T, p *life.Pattern) string {
	t.Helper()
	text := encode(t, p)
	q, err := rle.Decode(strings.NewReader(text), rle.WithStrict())
	if err != nil {
		t.Fatalf("%v in\n%.1000s", err, text)
	}
	if !q.Equal(p) || q.Digest() != p.Digest() {
		t.Fatalf("another pattern comes back from\n%.1000s", text)
	}
	if again := encode(t, q); again != text {
		t.Fatalf("(-want +got):\n%s", cmp.Diff(text, again))
	}
	return text
}

// TestEncodeComments writes comments that would break the format.
func TestEncodeComments(t *testing.T) {
	t.Parallel()
	in := []life.Comment{
		{Key: '!', Text: "last\r\nline"}, {Key: 'N', Text: "two\nlines"}, {Key: 'C', Text: "XRLE Pos=9,9"}, {Key: 'r', Text: "B36/S23"},
		{Key: 'R', Text: "1 2"}, {Key: 'P', Text: "1 2"}, {Key: 0, Text: "zero"}, {Key: '\n', Text: "newline"}, {Key: 0xFF, Text: "byte"},
		{Key: 'c', Text: "small"}, {Key: 'D', Text: ""}, {Key: 'C', Text: "\rx = 1, y = 1"}, {Key: 'C', Text: "NUL\x00"}, {Key: 'L', Text: "ife 1.05"},
	}
	want := []life.Comment{
		{Key: 'N', Text: "two"}, {Key: 'N', Text: "lines"}, {Key: 'C', Text: "XRLE Pos=9,9"}, {Key: 'C', Text: "B36/S23"},
		{Key: 'C', Text: "1 2"}, {Key: 'C', Text: "1 2"}, {Key: 'C', Text: "zero"}, {Key: 'C', Text: "newline"}, {Key: 'C', Text: "byte"},
		{Key: 'C', Text: "small"}, {Key: 'D', Text: ""}, {Key: 'C', Text: ""}, {Key: 'C', Text: "x = 1, y = 1"}, {Key: 'C', Text: "NUL\uFFFD"}, {Key: 'L', Text: "ife 1.05"},
		{Key: '!', Text: "last"}, {Key: '!', Text: "line"},
	}
	p := pattern(t, "x = 3, y = 3\nbo$2bo$3o!").WithComments(in)
	q := pattern(t, checkRoundTrip(t, p))
	if diff := cmp.Diff(want, q.Comments()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEncodeOutOfRange(t *testing.T) {
	t.Parallel()
	const most = 1_000_000_000
	tests := []struct {
		x, y int64
		in   bool
	}{
		{most, 0, true}, {-most, 0, true}, {0, most, true}, {0, -most, true},
		{most + 1, 0, false}, {-most - 1, 0, false}, {0, most + 1, false}, {0, -most - 1, false}, {1 << 62, 0, false},
	}
	for _, tt := range tests {
		b := life.NewBuilder(rule.MustParse("B3/S23"))
		b.Set(tt.x, tt.y, 1)
		err := rle.Encode(new(bytes.Buffer), b.Pattern())
		if (err == nil) != tt.in || !tt.in && !errors.Is(err, life.ErrOutOfRange) {
			t.Errorf("cell at %d,%d: got error %v", tt.x, tt.y, err)
		}
	}
	p := pattern(t, "#CXRLE Pos=99999999999999999999,0\nx = 1, y = 1\no!")
	want := "rle: pattern of 1x1 at 99999999999999999999,0, want within int64; macrocell can hold it: coordinates out of range"
	if err := rle.Encode(new(bytes.Buffer), p); err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
	p = pattern(t, "#CXRLE Pos=-5,1000000000\nx = 1, y = 2\no$2o!")
	want = "rle: pattern of 2 by 2 at -5,1000000000, want within ±1000000000; macrocell can hold it: coordinates out of range"
	if err := rle.Encode(new(bytes.Buffer), p); err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}

func TestEncodeWriteError(t *testing.T) {
	t.Parallel()
	p := pattern(t, "x = 3, y = 3\nbo$2bo$3o!")
	for _, f := range []func() error{
		func() error { return rle.Encode(iotest.TruncateWriter(failing{}, 0), p) },
		func() error { return rle.WriteBody(failing{}, p) },
	} {
		if err := f(); err != nil && !errors.Is(err, errFailing) {
			t.Errorf("got error %v, want %v", err, errFailing)
		}
	}
	if err := rle.Encode(failing{}, p); !errors.Is(err, errFailing) {
		t.Errorf("got error %v, want %v", err, errFailing)
	}
}

var errFailing = errors.New("disk full")

// failing is a writer without room.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFailing }

// TestWriteBody wants a body for all that has less than 2^63 rows and columns.
func TestWriteBody(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"x = 0, y = 0\n!", "!"},
		{"#CXRLE Pos=77,-99999999999999999999\nx = 3, y = 3\nbo$2bo$3o!", glider},
		{"x = 1, y = 1\no1000000000000000$1000000000000b1000000000000o!", "o1000000000000000$1000000000000b1000000000000o!"},
	}
	for _, tt := range tests {
		if got := pattern(t, tt.in); !strings.HasSuffix(body(t, got), tt.want) {
			t.Errorf("%s: got %s, want %s", tt.in, body(t, got), tt.want)
		}
	}
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(-1<<62, 0, 1)
	b.Set(1<<62, 0, 1)
	if err := rle.WriteBody(new(bytes.Buffer), b.Pattern()); !errors.Is(err, life.ErrOutOfRange) {
		t.Errorf("got error %v, want ErrOutOfRange", err)
	}
}

// TestRoundTrip takes random cells of several kinds through text, by the fast and
// the slow way, and compares with the cells themselves.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, rs := range []string{"B3/S23", "/2/3", "/2/25", "/2/256", "LifeHistory", "B3/S23:T200,200"} {
		for seed := range uint64(20) {
			t.Run(fmt.Sprint(rs, "/", seed), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(seed, 1))
				p := soup(r, rule.MustParse(rs))
				text := checkRoundTrip(t, p)
				for line := range strings.Lines(text) {
					if len(line) > 71 && line[0] != '#' {
						t.Errorf("line of %d characters: %s", len(line)-1, line)
					}
				}
				q := pattern(t, strings.ReplaceAll(text, "\n", "\r\n"))
				if !q.SameCells(p) {
					t.Error("another pattern with line ends CR LF")
				}
			})
		}
	}
}

// soup returns random cells near the origin, in density, size and place at random.
func soup(r *rand.Rand, ru *rule.Rule) *life.Pattern {
	b := life.NewBuilder(ru)
	b.SetGeneration(big.NewInt(r.Int64N(1000)))
	w, h := 1+r.Int64N(150), 1+r.Int64N(20)
	x0, y0 := r.Int64N(200-w)-100, r.Int64N(200-h)-100
	density := r.Float64()
	for y := range h {
		for x := range w {
			if r.Float64() < density {
				b.Set(x0+x, y0+y, life.State(1+r.IntN(ru.States()-1)))
			}
		}
	}
	if ru.IsBounded() {
		return b.Pattern()
	}
	for range r.IntN(4) {
		b.SetRun(r.Int64N(1e6)-5e5, r.Int64N(1e6)-5e5, 1+r.Int64N(1e6), 1)
	}
	return b.Pattern()
}
