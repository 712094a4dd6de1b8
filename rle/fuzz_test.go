package rle_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/rle"
)

// seeds are beginnings for the fuzzer beside those in testdata/fuzz.
var seeds = []string{
	"", "garbage", glider, "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!",
	"#N a\n#O b\n#CXRLE Pos=-5,7 Gen=12 Foo\n#r B36/S23\nx=3,y=1\r\n3o$\r\n#c\n2$o!\nafter\n\nx",
	"x = 2, y = 1, rule = /2/256\n2pA.\nyO$3X12\n3p\nB!", "x = 9, y = 9, rule = LifeHistory:T9+2,7\n9A$9F!",
	"x = 1, y = 1, rule = B3 / S23,\n3 o0o\x00", "\uFEFF  X = 1, Y = 1\no?é!", "#R 5 6\n99999999999o$9223372036854775807$o!",
	"#CXRLE Gen=1\nx = 1, y = 1, rule = B0/S\no!", "\x1f\x8b\x08\x00\x00\x00\x00\x00", "[M2]\n", "PK\x03\x04", "#CXRLE Pos=99999999999999999999,-1\no!",
}

// FuzzDecode looks for panics, for errors without a place and for a strict
// reader that accepts more than a lenient one.
func FuzzDecode(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 1<<12 {
			return
		}
		warned := 0
		p, err := rle.Decode(bytes.NewReader(in), rle.WithWarnings(func(rle.Warning) { warned++ }))
		strict, strictErr := rle.Decode(bytes.NewReader(in), rle.WithStrict())
		if (strictErr == nil) != (err == nil && warned == 0) {
			t.Fatalf("lenient: %v with %d warnings; strict: %v", err, warned, strictErr)
		}
		if strictErr == nil && !strict.Equal(p) {
			t.Fatal("strict and lenient reader differ")
		}
		var syntax *rle.SyntaxError
		if errors.As(err, &syntax) && (syntax.Line < 1 || syntax.Col < 1 || syntax.Col > len(in)+1 || syntax.Msg == "") {
			t.Fatalf("%#v", syntax)
		}
	})
}

// FuzzRoundTrip looks for patterns that change on the way through text.
func FuzzRoundTrip(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 1<<12 {
			return
		}
		p, err := rle.Decode(bytes.NewReader(in))
		if err != nil {
			return
		}
		var text strings.Builder
		if err := rle.Encode(&text, p); err != nil {
			if !errors.Is(err, life.ErrOutOfRange) {
				t.Fatal(err)
			}
			return
		}
		q, err := rle.Decode(strings.NewReader(text.String()), rle.WithStrict())
		if err != nil {
			t.Fatalf("%v in %q", err, text.String())
		}
		if !q.Equal(p) {
			t.Fatalf("another pattern comes back from %q", text.String())
		}
		if diff := cmp.Diff(p.Comments(), q.Comments()); diff != "" {
			t.Fatalf("comments (-want +got):\n%s", diff)
		}
	})
}
