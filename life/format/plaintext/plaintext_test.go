package plaintext_test

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/format/plaintext"
	"golife/life/lifetest"
	"golife/life/rule"
)

var suite = lifetest.Codec{Decode: plaintext.Decode, Encode: plaintext.Encode, PerByte: 4 << 10, Constant: 1 << 20}

func TestDecode(t *testing.T) {
	t.Parallel()
	const glider = "bo$2bo$3o!"
	suite.Cases(t, []lifetest.CodecCase{
		{Name: "glider", In: "!Name: Glider\n!Author: Richard K. Guy\n!www.conwaylife.com\n.O\n..O\nOOO\n", Body: glider, Comments: "N Glider|O Richard K. Guy|C www.conwaylife.com"},
		{Name: "no line end, CR LF", In: "!\r\n.O.\r\n..O\r\nOOO", Body: glider, Comments: "C "},
		{Name: "CR", In: "!\r.O\r..O\rOOO\r", Body: glider, Comments: "C "},
		{Name: "dblife", In: "!\n.O\n2.O\n3O\n", Body: glider, Comments: "C "},
		{Name: "empty rows", In: "!\n\n.O\n\n\nO\n\n", X: 0, Y: 1, Body: "bo3$o!", Comments: "C "},
		{Name: "blanks at the end", In: "!\n.O \t\nO\n", Body: "bo$o!", Comments: "C "},
		{Name: "comments between rows", In: "!\n.O\n!in between\n..O\nOOO\n", Body: glider, Comments: "C |C in between"},
		{Name: "nothing", In: "!\n", Body: "!", Comments: "C "},
		{Name: "directives", In: "!Rule: B36/S23\n!Position: -70,5\n!Generation: 12345678901234567890\n.O\n..O\nOOO\n", Body: glider, X: -70, Y: 5, Rule: "B36/S23", Gen: "12345678901234567890"},
		{Name: "many states", In: "!Rule: /2/3\nO.O\n", Body: "A.A!", Rule: "/2/3"},
		{Name: "no comment", In: ".O\n..O\nOOO\n", Body: glider, Warnings: []string{"line 1 col 1: no ! line at the start"}},
		{Name: "blank lines before all", In: "\n \n!x\nO\n", Body: "o!", Comments: "C x"},
		{Name: "other live cells", In: "!\n.*@o0\n20.0\n", X: 1, Body: "4o$19bo!", Comments: "C ", Warnings: []string{
			"line 2 col 2: '*' for a live cell, want O", "line 2 col 3: '@' for a live cell, want O",
			"line 2 col 4: 'o' for a live cell, want O", "line 2 col 5: '0' for a live cell, want O",
			"line 3 col 4: '0' for a live cell, want O",
		}},
		{Name: "counted star", In: "!\n12*\n", Body: "12o!", Comments: "C ", Warnings: []string{"line 2 col 3: '*' for a live cell, want O"}},
		{Name: "unknown", In: "!\n.é O?O\n3\n", X: 1, Body: "2o!", Comments: "C ", Warnings: []string{
			"line 2 col 2: character 'é', ignored", "line 2 col 4: blank in a row, ignored", "line 2 col 6: character '?', ignored",
			"line 3 col 1: run count 3 without a cell, ignored",
		}},
		{Name: "late directives", In: "!\nO\n!Rule: B36/S23\n!Position: 1,1\n", Body: "o!", Comments: "C ", Warnings: []string{
			"line 3 col 8: rule after the first cells, ignored", "line 4 col 12: position after the first row, ignored",
		}},
		{Name: "blank in the rule", In: "!Rule: B3 / S23\nO\n", Body: "o!", Warnings: []string{"line 1 col 10: blank inside the rule, where other programs cut it"}},
		{Name: "outside the grid", In: "!Rule: B3/S23:T4,4\n!Position: -2,-2\nOOOOO\n\n\n\nO", Body: "4o!", X: -2, Y: -2, Rule: "B3/S23:T4,4", Warnings: []string{
			"line 3 col 1: cells outside the grid of rule B3/S23:T4,4 are dropped",
		}},
		{Name: "position at the end of the plane", In: "!Position: 9223372036854775807,0\nO\n", Err: "plaintext: line 2 col 1: column overflows int64 by a row of 1 from 9223372036854775807", Is: life.ErrOutOfRange},
		{Name: "row overflow", In: "!Position: 0,9223372036854775807\nO\n", Err: "plaintext: line 2 col 1: row overflows int64", Is: life.ErrOutOfRange},
		{Name: "count overflow", In: "!\n99999999999999999999O\n", Err: "plaintext: line 2 col 1: run count overflows int64", Is: life.ErrOutOfRange},
		{Name: "run overflow", In: "!\nO9223372036854775807O\n", Err: "plaintext: line 2 col 2: column overflows int64 by a run of 9223372036854775807 from 1", Is: life.ErrOutOfRange},
		{Name: "dead run overflow", In: "!\nO9223372036854775807.O\n", Err: "plaintext: line 2 col 2: column overflows int64 by a run of 9223372036854775807 from 1", Is: life.ErrOutOfRange},
		{Name: "binary", In: "!\nO\x00\n", Err: "plaintext: line 2 col 2: found the control character U+0000, want a plaintext pattern", Is: codec.ErrFormat},
		{Name: "Latin-1", In: "!\nO\xE9\n", Err: "plaintext: line 2 col 2: found the byte 0xE9, which is not UTF-8: binary data, want a plaintext pattern", Is: codec.ErrFormat},
		{Name: "bad position", In: "!Position: here\n", Err: `plaintext: line 1 col 12: position "here", want two integers X,Y`},
		{Name: "bad generation", In: "!Generation: -1\n", Err: `plaintext: line 1 col 14: found "-1", want a number of generations, 0 or more`},
		{Name: "bad rule", In: "!Rule: B9/S23\nO\n", Err: `plaintext: line 1 col 8: rule: "B9/S23" col 2: neighbour count 9, want 0 to 8`},
	})
}

// TestRuns reads rows that begin and end near the edges of words, fast and, under a
// rule of many states, slowly.
func TestRuns(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, x := range []int64{-65, -64, -1, 0, 1, 63, 64} {
		for _, n := range []int{0, 1, 7, 8, 63, 64, 65, 127, 128, 200} {
			var text strings.Builder
			two, many := life.NewBuilder(rule.MustParse("B3/S23")), life.NewBuilder(rule.MustParse("/2/3"))
			for i := range n {
				if rnd.IntN(2) == 0 {
					text.WriteByte('.')
					continue
				}
				text.WriteByte('O')
				two.Set(x+int64(i), 0, 1)
				many.Set(x+int64(i), 0, 1)
			}
			for _, want := range []*life.Pattern{two.Pattern(), many.Pattern()} {
				in := "!Position: " + big.NewInt(x).String() + ",0\n!Rule: " + want.Rule().String() + "\n" + text.String() + "\n"
				if p, err := plaintext.Decode(strings.NewReader(in), codec.Options{}); err != nil || !p.SameCells(want) {
					t.Errorf("%q: other cells, error %v", in, err)
				}
			}
		}
	}
}

// TestEncodeFails refuses what would be too large before anything is written.
func TestEncodeFails(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]*life.Pattern{
		"wide": cellsAt(0, 0, 1<<40, 0), "tall": cellsAt(0, 0, 0, 1<<40), "diagonal": diagonal(1 << 17),
	} {
		var b bytes.Buffer
		if err := plaintext.Encode(&b, p); !errors.Is(err, life.ErrOutOfRange) || b.Len() > 0 {
			t.Errorf("%s: error %v and %d bytes", name, err, b.Len())
		}
	}
	// Far apart, and yet short.
	var b bytes.Buffer
	if err := plaintext.Encode(&b, cellsAt(0, 0, 1<<20, 1<<20)); err != nil || b.Len() > 1<<22 {
		t.Errorf("error %v and %d bytes", err, b.Len())
	}
}

func cellsAt(at ...int64) *life.Pattern {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for i := 0; i < len(at); i += 2 {
		b.Set(at[i], at[i+1], 1)
	}
	return b.Pattern()
}

// diagonal returns n cells from nw to se.
func diagonal(n int64) *life.Pattern {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for i := range n {
		b.Set(i, i, 1)
	}
	return b.Pattern()
}

// TestRows writes random runs, some of them long, and compares with rows made cell by cell.
func TestRows(t *testing.T) {
	t.Parallel()
	const seed = 4
	r := rand.New(rand.NewPCG(seed, seed))
	for i := range 100 {
		b := life.NewBuilder(rule.MustParse("B3/S23"))
		left, longest := r.Int64N(300)-150, []int64{1, 9, 200, 1500}[r.IntN(4)]
		for range 1 + r.IntN(400) {
			if err := b.SetRun(left+r.Int64N(600), r.Int64N(40), 1+r.Int64N(longest), 1); err != nil {
				t.Fatal(err)
			}
		}
		p := b.Pattern()
		bounds, _ := p.Bounds()
		box, _ := bounds.Rect()
		var want strings.Builder
		for y := box.Min.Y; y < box.Max.Y; y++ {
			row := make([]byte, box.Max.X-box.Min.X)
			for x := range row {
				row[x] = ".O"[p.Get(box.Min.X+int64(x), y)]
			}
			want.Write(append(bytes.TrimRight(row, "."), '\n'))
		}
		var out bytes.Buffer
		if err := plaintext.Encode(&out, p); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(out.String(), "\n"+want.String()) {
			t.Fatalf("seed %d, pattern %d: got\n%s\nwant\n%s", seed, i, out.String(), want.String())
		}
	}
}

func TestIsHead(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"!": true, ".O": true, ".*\n": true, "...\n": false, "OOO": false, "": false, "bo$": false, ".O$": false} {
		if got := plaintext.IsHead([]byte(in)); got != want {
			t.Errorf("IsHead(%q) is %v", in, got)
		}
	}
}

func TestMemory(t *testing.T) {
	var strewn strings.Builder
	for i := range 3000 {
		strewn.WriteString("\n999999.O" + strings.Repeat("\n", i%7))
	}
	suite.Memory(t, map[string]string{
		"long runs": "!" + strings.Repeat("\n128O", 10_000), "huge runs": "!" + strings.Repeat("\n9.999999999999O", 2000),
		"strewn": "!" + strewn.String(), "empty rows": "!" + strings.Repeat("\n", 100_000), "comments": strings.Repeat("!\n", 50_000),
		"one row": "!\n" + strings.Repeat("O.", 100_000), "columns": "!\n" + strings.Repeat("99.O", 20_000),
	})
}

func Fuzz(f *testing.F) {
	suite.Fuzz(f, "!Name: Glider\n.O\n..O\nOOO\n", "!\n23.O15.3O\n\n*@0", "!Rule: /2/3\n!Position: -5,7\n!Generation: 3\nOO.O", ".O\r\n O", "!Rule: B3/S23:T5,6\nOOOOOO",
		"!Position: 9223372036854775806,-9223372036854775808\nO", "! Name: x\n!x\n!\xff\nO\x7f", "!\n9999999999O")
}

func Benchmark(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 1))
	text := []byte("!\n")
	for range 1024 {
		for range 1024 {
			text = append(text, ".O"[rnd.IntN(8)/5])
		}
		text = append(text, '\n')
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := plaintext.Decode(bytes.NewReader(text), codec.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
