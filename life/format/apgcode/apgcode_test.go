package apgcode_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/apgcode"
	"golife/life/format/codec"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

var suite = lifetest.Codec{Decode: apgcode.Decode, Encode: encode, PerByte: 4 << 10, Constant: 1 << 20, LosesPlace: true}

// encode is Encode with the slow engine.
func encode(w io.Writer, p *life.Pattern) error {
	e, err := naive.New(p.Rule())
	if err != nil {
		return fmt.Errorf("%w: %w", life.ErrState, err)
	}
	if err := e.Load(p); err != nil {
		return err
	}
	steps := 0
	return apgcode.Encode(w, p, func() (*life.Pattern, error) {
		if steps++; steps > 60 {
			return nil, fmt.Errorf("does not come again: %w", life.ErrOutOfRange)
		}
		err := e.Advance(context.Background(), big.NewInt(1))
		return e.Snapshot(), err
	})
}

// objects are codes and what they stand for: LifeWiki, and facts of apgsearch.
var objects = []struct{ name, code, body string }{
	{"block", "xs4_33", "2o$2o!"},
	{"beehive", "xs6_696", "b2o$o2bo$b2o!"},
	{"blinker", "xp2_7", "3o!"},
	{"toad", "xp2_7e", "b3o$3o!"},
	{"beacon", "xp2_318c", "2o$2o$2b2o$2b2o!"},
	{"pulsar", "xp3_co9nas0san9oczgoldlo0oldlogz1047210127401", "2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$2b3o3b3o$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!"},
	{"pentadecathlon", "xp15_4r4z4r4", "2bo4bo$2ob4ob2o$2bo4bo!"},
	{"glider", "xq4_153", "bo$2bo$3o!"},
	{"LWSS", "xq4_6frc", "bo2bo$o$o3bo$4o!"},
	{"MWSS", "xq4_27dee6", "3bo$bo3bo$o$o4bo$5o!"},
	{"HWSS", "xq4_27deee6", "3b2o$bo4bo$o$o5bo$6o!"},
	{"eater", "xs7_178c", "2o$obo$2bo$2b2o!"},
	{"nothing", "xs0_0", "!"},
}

func TestObjects(t *testing.T) {
	t.Parallel()
	for _, o := range objects {
		p := bodyPattern(t, o.body)
		for _, s := range life.Symmetries() {
			var b strings.Builder
			if err := encode(&b, p.Transform(s).Translate(big.NewInt(1000), big.NewInt(-1000))); err != nil || b.String() != o.code+"\n" {
				t.Errorf("%s: got %q, error %v; want %s", o.name, b.String(), err, o.code)
			}
		}
		q, err := apgcode.Decode(strings.NewReader(o.code), codec.Options{IsStrict: true})
		if err != nil {
			t.Errorf("%s: %v", o.name, err)
			continue
		}
		var b strings.Builder
		if err := encode(&b, q); err != nil || b.String() != o.code+"\n" {
			t.Errorf("%s: %q comes back, error %v; want %s", o.name, b.String(), err, o.code)
		}
	}
}

// bodyPattern returns the pattern of an RLE body.
func bodyPattern(t *testing.T, body string) *life.Pattern {
	t.Helper()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	x, y, n := int64(0), int64(0), int64(0)
	for _, c := range body {
		run := max(n, 1)
		switch c {
		case 'o':
			if err := b.SetRun(x, y, run, 1); err != nil {
				t.Fatal(err)
			}
			x += run
		case 'b':
			x += run
		case '$':
			x, y = 0, y+run
		}
		if '0' <= c && c <= '9' {
			n = 10*n + int64(c-'0')
		} else {
			n = 0
		}
	}
	return b.Pattern()
}

func TestDecode(t *testing.T) {
	t.Parallel()
	suite.Cases(t, []lifetest.CodecCase{
		{Name: "glider", In: "xq4_153", Body: "3o$2bo$bo!"},
		{Name: "blank lines, CR LF", In: "\r\n  xp2_7\r\n\r\n", Body: "o$o$o!"},
		{Name: "gaps", In: "xp1_101w1x1y01yz1\n", Body: "obo2bo3bo4bo39bo!"},
		{Name: "strips", In: "xs2_1z1\n", Body: "o5$o!"},
		{Name: "empty strips", In: "xs1_zz1\n", Y: 10, Body: "o!"},
		{Name: "top row is bit 0", In: "xp9_gv1", Body: "b2o$bo$bo$bo$2o!"},
		{Name: "nothing", In: "xs0_0", Body: "!"},
		{Name: "wrong number of cells", In: "xs5_33", Body: "2o$2o!", Warnings: []string{"line 1 col 3: a still life of 5 cells, but the code has 4"}},
		{Name: "text behind", In: "xq4_153 glider\nmore", Body: "3o$2bo$bo!", Warnings: []string{"line 1 col 9: text after the code, ignored", "line 2 col 1: text after the code, ignored"}},
		{Name: "several planes", In: "xp2_7_3", Err: "apgcode: line 1 col 6: a code of more than two states under rule B3/S23, want a Generations rule, as in xp3_1_2/g3b2s", Is: life.ErrState},
		{Name: "rule", In: "xp2_7/b36s23\n", Rule: "B36/S23", Body: "o$o$o!"},
		{Name: "address", In: "https://catagolue.hatsya.com/object/xq4_153/b38s23/ x", Rule: "B38/S23", Body: "3o$2bo$bo!", Warnings: []string{"line 1 col 53: text after the code, ignored"}},
		{Name: "three states", In: "xp3_1_2/g3b2s", Rule: "/2/3", Body: "A$B!"},
		{Name: "five states", In: "xp9_1_0111_w1_01/g5b2s", Rule: "/2/5", Body: "ABCD!"},
		{Name: "a number without a state", In: "xp9_1_0_1/g3b2s", Err: "apgcode: line 1 col 5: a cell with number 5 at 0,0, which no state of rule /2/3 has", Is: life.ErrState},
		{Name: "a number beyond the states", In: "xp9_0_1_1_1_1_1_1_1_1_1_1_1_1_1_1/g9b2s", Err: "apgcode: line 1 col 5: a cell with number 2046 at 0,0, which no state of rule /2/9 has", Is: life.ErrState},
		{Name: "unknown rule", In: "xp9_1/b9s", Err: "apgcode: line 1 col 7: rule: \"b9s\" col 2: neighbour count 9, want 0 to 8"},
		{Name: "no code", In: "glider", Err: `apgcode: line 1 col 1: found "glider", want an apgcode such as xq4_153`, Is: codec.ErrFormat},
		{Name: "nothing at all", In: "\n", Err: "apgcode: line 2 col 1: found nothing, want an apgcode", Is: codec.ErrFormat},
		{Name: "y at the end", In: "xq4_1y", Err: "apgcode: line 1 col 7: found the end after y, want a digit 0 to z"},
	})
}

// TestWechsler turns random cells into codes and back: as codes have eight
// orientations, what comes back must be one of them.
func TestWechsler(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(9, 9))
	for range 200 {
		b := life.NewBuilder(rule.MustParse("B/S012345678")) // where all is still
		w, h := 1+rnd.Int64N(190), 1+rnd.Int64N(30)
		for range 1 + rnd.IntN(20) {
			b.Set(rnd.Int64N(w), rnd.Int64N(h), 1)
		}
		p := b.Pattern()
		var code strings.Builder
		if err := encode(&code, p); err != nil {
			t.Fatal(err)
		}
		q, err := apgcode.Decode(strings.NewReader(code.String()), codec.Options{IsStrict: true, Rule: p.Rule()})
		if err != nil {
			t.Fatalf("%v in %s", err, code.String())
		}
		isFound := false
		for _, s := range life.Symmetries() {
			isFound = isFound || atOrigin(p.Transform(s)).SameCells(q)
		}
		if !isFound {
			t.Errorf("other cells come back from %s", code.String())
		}
	}
}

// atOrigin moves the north-west corner of the bounding box to (0, 0).
func atOrigin(p *life.Pattern) *life.Pattern {
	b, _ := p.Bounds()
	return p.Translate(new(big.Int).Neg(b.MinX), new(big.Int).Neg(b.MinY))
}

func TestEncodeFails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		p  *life.Pattern
		is error
	}{
		"growing":     {bodyPattern(t, "b2o$2o$bo!"), life.ErrOutOfRange},
		"too large":   {bodyPattern(t, "o50000bo!"), life.ErrOutOfRange},
		"many states": {withRule(t, "/2/3"), life.ErrState},
		"B0":          {withRule(t, "B0/S"), life.ErrState},
	} {
		var b bytes.Buffer
		if err := encode(&b, tt.p); !errors.Is(err, tt.is) || b.Len() > 0 {
			t.Errorf("%s: error %v and %d bytes", name, err, b.Len())
		}
	}
}

// withRule returns a cell under a rule.
func withRule(t *testing.T, rs string) *life.Pattern {
	t.Helper()
	p, err := bodyPattern(t, "o!").WithRule(rule.MustParse(rs))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMemory(t *testing.T) {
	suite.Memory(t, map[string]string{
		"dense": "xp9_" + strings.Repeat("v", 50_000), "wide": "xp9_" + strings.Repeat("yz1", 20_000), "tall": "xp9_" + strings.Repeat("1z", 20_000),
		"empty": "xp9_" + strings.Repeat("yz", 20_000), "diagonal": "xp9_" + strings.Repeat("z1", 9000),
	})
}

func Fuzz(f *testing.F) {
	suite.Fuzz(f, "xq4_153", "xs4_33\n", "xp3_co9nas0san9oczgoldlo0oldlogz1047210127401", "xp15_4r4z4r4 x", "xs0_0", "xp2_7_3", "xp1_10w1x1y01y01yz1zz", "xs9_y")
}

// closed is a writer that takes nothing.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestEncodeStops: nobody waits for a code that cannot be written.
func TestEncodeStops(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	next := func() (*life.Pattern, error) {
		t.Error("the next generation is asked for")
		return nil, io.EOF
	}
	if err := apgcode.Encode(closed{}, b.Pattern(), next); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v, want that of the writer", err)
	}
}

func TestIsClass(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"yl144_1_16_afb5f3db909e60548f086e22ee3353ac": true, "zz_EXPLOSIVE": true, "ov_p46": true, "PATHOLOGICAL": true,
		"messless_11h": true, "xq4_153": false, "ylum": false, "glider": false, "": false,
	} {
		if got := apgcode.IsClass(word); got != want {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
}
