package macrocell_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golife/life/format/macrocell"
)

// seeds are beginnings for the fuzzer beside those in testdata/fuzz.
var seeds = []string{
	"", "garbage", glider, blinker, "[M2]\n#R /2/5\n1 1 2 3 4\n2 0 1 0 0\n3 0 0 2 0\n4 0 0 3 0\n", "[M2]\r\n\r\n*$\r\n4 1 1 1 1 7\r\n5 2 0 0 2",
	"[M2]\n#R B36 / S23\n#G 1,200\n#N name\n#Cx\n .*$*$$$$$$$$$\n40 0 0 0 0\n", "[M1]\n1 1 0 0 1\n2 0 0 0 1\n*$\n3 2 2 2 2\n#R /2/3\n",
	"[M2]\n#FRAMES 2 5 3^2\n*$\n4 0 1 0 0\n#FRAME 0 0\n#FRAME 1 2\n", "\uFEFF[M2]\n#R B3/S23:T8,8\n*$\n4 1 1 1 1\n", "\x1f\x8b\x08\x00\x00\x00\x00\x00",
	"[M2]\n*$\n5 1 0 0 0\n", "[M2]\n4 0 0 0 9\n", "[M2]\n#R W22\n#G 99999999999999999999\n*.*$$$$$$.......*$\n4 1 0 1 1\n5 2 2 2 2\n7 0 0 0 0\n",
	strings.Repeat("[M2]\n*$\n4 1 1 1 1\n5 2 2 2 2\n", 5), weave(4),
}

// FuzzDecode looks for panics, for errors without a place, for a strict reader that
// accepts more than a lenient one, and for a difference between the fast way and
// the slow one, which all lines with a blank at their end take.
func FuzzDecode(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 1<<13 {
			return
		}
		warned := 0
		p, err := macrocell.Decode(bytes.NewReader(in), macrocell.WithWarnings(func(macrocell.Warning) { warned++ }))
		strict, strictErr := macrocell.Decode(bytes.NewReader(in), macrocell.WithStrict())
		if (strictErr == nil) != (err == nil && warned == 0) {
			t.Fatalf("lenient: %v with %d warnings; strict: %v", err, warned, strictErr)
		}
		if strictErr == nil && !strict.Equal(p) {
			t.Fatal("strict and lenient reader differ")
		}
		var syntax *macrocell.SyntaxError
		if errors.As(err, &syntax) && (syntax.Line < 1 || syntax.Col < 1 || syntax.Col > len(in)+1 || syntax.Msg == "") {
			t.Fatalf("%#v", syntax)
		}
		if bytes.HasPrefix(in, []byte{0x1F, 0x8B}) {
			return
		}
		// So many lines behind it that none is too near the end for the fast way.
		tail := bytes.Repeat([]byte("\n"), 200)
		fast, fastErr := macrocell.Decode(bytes.NewReader(append(bytes.Clone(in), tail...)))
		slow, slowErr := macrocell.Decode(bytes.NewReader(append(bytes.ReplaceAll(in, []byte("\n"), []byte(" \n")), tail...)))
		if (fastErr == nil) != (slowErr == nil) || fastErr == nil && !fast.Equal(slow) {
			t.Fatalf("fast: %v, slow: %v", fastErr, slowErr)
		}
	})
}

// FuzzRoundTrip looks for patterns that change on the way through text.
func FuzzRoundTrip(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 1<<13 {
			return
		}
		p, err := macrocell.Decode(bytes.NewReader(in))
		if err != nil {
			return
		}
		text := encode(t, p)
		q, err := macrocell.Decode(strings.NewReader(text), macrocell.WithStrict())
		if err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		if !q.Equal(p) {
			t.Fatalf("another pattern comes back from %q", text)
		}
		if bytes.Contains(in, []byte{0}) { // comments are written without it
			return
		}
		if again := encode(t, q); again != text {
			t.Fatalf("written again %q, want %q", again, text)
		}
		if !slices.Equal(p.Comments(), q.Comments()) {
			t.Fatalf("comments (-want +got):\n%s", cmp.Diff(p.Comments(), q.Comments()))
		}
	})
}
