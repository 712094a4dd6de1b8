package codec_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/rule"
)

// alphabet has cells . and *, and nothing else.
func alphabet() *codec.Alphabet {
	a := &codec.Alphabet{Live: '*'}
	for i := range a.Class {
		a.Class[i] = 2
	}
	a.Class['.'], a.Class['*'], a.Class['#'] = 0, 1, 1
	return a
}

// TestCells compares rows read by words with cells set one by one, with bytes that
// are no cells among them.
func TestCells(t *testing.T) {
	t.Parallel()
	const seed = 3
	rnd := rand.New(rand.NewPCG(seed, seed))
	a := alphabet()
	for i := range 2000 {
		x := rnd.Int64N(300) - 150
		row := make([]byte, rnd.IntN(150))
		for j := range row {
			row[j] = ".*.*.*.*#"[rnd.IntN(9)]
			if rnd.IntN(100) == 0 {
				row[j] = byte(rnd.Uint32())
			}
		}
		rs := []string{"B3/S23", "/2/3", "B3/S23:P100,3"}[i%3]
		b := life.NewBuilder(rule.MustParse(rs))
		want := len(row)
		for j, c := range row {
			if a.Class[c] > 1 {
				want = j
				break
			}
			if at := x + int64(j); a.Class[c] == 1 && (i%3 < 2 || at >= -50 && at < 50) {
				b.Set(at, 0, 1)
			}
		}
		d := codec.NewDecoder(strings.NewReader(""), "test", codec.Options{Rule: rule.MustParse(rs)})
		n, err := d.Cells(row, a, x, 0, 1)
		p, finishErr := d.Finish()
		if n != want || err != nil || finishErr != nil || !p.SameCells(b.Pattern()) {
			t.Fatalf("seed %d: %q at %d under %s: %d bytes, errors %v %v; want %d", seed, row, x, rs, n, err, finishErr, want)
		}
	}
}

// TestLines reads lines with all kinds of ends, byte by byte and at once.
func TestLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 100_000)
	in := "one\ntwo\r\nthree\r\r\n" + long + "\n\n" + long + "\rlast"
	want := []string{"one", "two", "three", "", long, "", long, "last"}
	for _, r := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in)), iotest.DataErrReader(strings.NewReader(in))} {
		s := codec.NewSource(r)
		for i, line := range want {
			if s.Line != i+1 {
				t.Errorf("line %d is number %d", i+1, s.Line)
			}
			if text, isCut, ok := s.Next(1 << 20); string(text) != line || isCut || !ok {
				t.Errorf("line %d: got %.20q, %v, %v; want %.20q", i+1, text, isCut, ok, line)
			}
		}
		if text, _, ok := s.Next(1 << 20); ok || s.Err() != nil {
			t.Errorf("after the last: %q, error %v", text, s.Err())
		}
	}
	s := codec.NewSource(strings.NewReader(long + "\nnext"))
	if text, isCut, ok := s.Next(10); len(text) != 10 || !isCut || !ok {
		t.Errorf("cut: %q, %v, %v", text, isCut, ok)
	}
	if text, _, _ := s.Next(10); string(text) != "next" {
		t.Errorf("after a cut line: %q", text)
	}
}

// TestReadError reports the error of the input, not what it led to.
func TestReadError(t *testing.T) {
	t.Parallel()
	bad := errors.New("disk on fire")
	d := codec.NewDecoder(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(bad)), "test", codec.Options{})
	for {
		if _, ok, err := d.NextLine(); !ok || err != nil {
			break
		}
	}
	if _, err := d.Finish(); !errors.Is(err, bad) || err.Error() != "test: line 2: read: disk on fire" {
		t.Errorf("got %v", err)
	}
}

// TestManyWarnings reports a hundred, and that there are more.
func TestManyWarnings(t *testing.T) {
	t.Parallel()
	var got []string
	d := codec.NewDecoder(strings.NewReader("x"), "test", codec.Options{Warn: func(w codec.Warning) { got = append(got, w.String()) }})
	for i := range 300 {
		if err := d.Deviation(i+1, "odd"); err != nil {
			t.Fatal(err)
		}
	}
	if len(got) != 101 || got[99] != "line 1 col 100: odd" || got[100] != "line 1 col 101: more deviations, not reported one by one" {
		t.Errorf("%d warnings, the last ones %q", len(got), got[max(0, len(got)-2):])
	}
}

// TestManyComments keeps them within bounds.
func TestManyComments(t *testing.T) {
	t.Parallel()
	warned := 0
	d := codec.NewDecoder(strings.NewReader(""), "test", codec.Options{Warn: func(codec.Warning) { warned++ }})
	text := strings.Repeat("x", 1000)
	for range 2 * codec.MaxText / 1000 {
		if err := d.Comment('C', text); err != nil {
			t.Fatal(err)
		}
	}
	p, err := d.Finish()
	if n := len(p.Comments()); err != nil || n > codec.MaxText/1000 || n < codec.MaxText/1010 || warned != 1 {
		t.Errorf("%d comments, %d warnings, error %v", n, warned, err)
	}
}

func TestHashLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"#": `0 "" 2`, "#D": `68 "" 3`, "#D x y ": `68 "x y " 4`, "#D  x": `68 "x" 5`, "#Dx": `0 "Dx" 2`, "# x": `0 " x" 2`} {
		key, text, col := codec.HashLine(in)
		if got := fmt.Sprintf("%d %q %d", key, text, col); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestTextHelpers(t *testing.T) {
	t.Parallel()
	if got, want := codec.Lines("a\r\nb\rc\x00\n"), []string{"a", "b", "c\uFFFD", ""}; !slices.Equal(got, want) {
		t.Errorf("Lines: %q", got)
	}
	if got := codec.QuoteWord([]byte("one two")) + codec.QuoteWord([]byte("abcdefghijklmnopqrstuvwxyz")); got != `"one""abcdefghijklmnopqrst…"` {
		t.Errorf("QuoteWord: %s", got)
	}
}
