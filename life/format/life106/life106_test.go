package life106_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/life106"
	"golife/life/lifetest"
	"golife/life/rule"
)

var suite = lifetest.Codec{Decode: life106.Decode, Encode: life106.Encode, PerByte: 4 << 10, Constant: 1 << 20, LosesGeneration: true}

func TestDecode(t *testing.T) {
	t.Parallel()
	const head = "#Life 1.06\n"
	suite.Cases(t, []lifetest.CodecCase{
		{Name: "glider", In: head + "0 -1\n1 0\n-1 1\n0 1\n1 1\n", Body: "bo$2bo$3o!", X: -1, Y: -1},
		{Name: "any order, twice, CR LF, no line end", In: "#Life 1.06\r\n1 1\r\n\r\n 0\t0 \r\n1 1", Body: "o$bo!"},
		{Name: "comments and rule", In: head + "#D A pair\n#O Someone\n#R 23/36\n#x y\n#\n5 7\n", Body: "o!", X: 5, Y: 7, Rule: "B36/S23", Comments: "C A pair|O Someone|C x y|C "},
		{Name: "many states", In: head + "#R /2/3\n0 0\n", Body: "A!", Rule: "/2/3"},
		{Name: "nothing", In: head, Body: "!"},
		{Name: "no rule behind #R", In: head + "#R\n0 0\n", Body: "o!"},
		{Name: "far", In: head + "-9223372036854775808 -9223372036854775808\n", Body: "o!", X: -1 << 63, Y: -1 << 63},
		{Name: "other title", In: "#Life 1.06 \n0 0\n", Body: "o!", Warnings: []string{`line 1 col 1: found "#Life 1.06 ", want #Life 1.06`}},
		{Name: "text behind", In: head + "0 0 cell\n", Body: "o!", Warnings: []string{"line 2 col 5: text after the coordinates, ignored"}},
		{Name: "late rule", In: head + "0 0\n#R 23/36\n", Body: "o!", Warnings: []string{"line 3 col 4: rule after the first cells, ignored"}},
		{Name: "outside the grid", In: head + "#R B3/S23:T4,4\n0 0\n2 0\n0 2\n", Body: "o!", Rule: "B3/S23:T4,4", Warnings: []string{
			"line 4 col 1: cells outside the grid of rule B3/S23:T4,4 are dropped",
		}},
		{Name: "one number", In: head + "12\n", Err: "life106: line 2 col 3: found one coordinate, want x and y"},
		{Name: "text", In: head + "here\n", Err: `life106: line 2 col 1: found "here", want x and y of a cell`},
		{Name: "half a number", In: head + "1 2.5\n", Err: `life106: line 2 col 4: found ".5" after the coordinates, want the end of the line`},
		{Name: "minus", In: head + "- 5\n", Err: `life106: line 2 col 1: found "-", want x and y of a cell`},
		{Name: "x overflow", In: head + "9223372036854775808 0\n", Err: "life106: line 2 col 1: coordinate overflows int64", Is: life.ErrOutOfRange},
		{Name: "y overflow", In: head + "0 -9223372036854775809\n", Err: "life106: line 2 col 3: coordinate overflows int64", Is: life.ErrOutOfRange},
		{Name: "long number", In: head + "0 99999999999999999999999999\n", Err: "life106: line 2 col 3: coordinate overflows int64", Is: life.ErrOutOfRange},
		{Name: "the last cell of the plane", In: head + "0 9223372036854775807\n", Err: "life106: line 2 col 1: coordinate 9223372036854775807, want less", Is: life.ErrOutOfRange},
		{Name: "bad rule", In: head + "#R B9\n0 0\n", Err: `life106: line 2 col 4: rule: "B9" col 2: neighbour count 9, want 0 to 8`},
	})
}

func TestEncodeFails(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("/2/3"))
	b.Set(0, 0, 2)
	var out bytes.Buffer
	if err := life106.Encode(&out, b.Pattern()); !errors.Is(err, life.ErrState) || out.Len() > 0 {
		t.Errorf("state 2: error %v and %d bytes", err, out.Len())
	}
	b = life.NewBuilder(rule.MustParse("B3/S23"))
	for y := range int64(2) {
		if err := b.SetRun(0, y, 1<<31, 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := life106.Encode(&out, b.Pattern()); !errors.Is(err, life.ErrOutOfRange) || out.Len() > 0 {
		t.Errorf("many cells: error %v and %d bytes", err, out.Len())
	}
}

func TestMemory(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var near, far strings.Builder
	for range 5000 {
		fmt.Fprintf(&near, "%d %d\n", rnd.IntN(100_000), rnd.IntN(100_000))
		fmt.Fprintf(&far, "%d %d\n", rnd.Int64()-rnd.Int64(), rnd.Int64()-rnd.Int64())
	}
	suite.Memory(t, map[string]string{
		"near": "#Life 1.06\n" + near.String(), "far": "#Life 1.06\n" + far.String(), "equal": "#Life 1.06\n" + strings.Repeat("0 0\n", 20_000),
	})
}

func Fuzz(f *testing.F) {
	suite.Fuzz(f, "#Life 1.06\n0 -1\n1 0\n-1 1\n0 1\n1 1\n", "#Life 1.06\r\n#R 23/36\r\n#D x\r\n 5\t-7 z", "#Life 1.06x\n9223372036854775807 -9223372036854775808\n#R /2/3\n",
		"#Life 1.06\n#R B3/S23:P3,3\n1 1\n2 2", "1 -\n", "#Life 1.06\n#R B3 / S23\n0 0")
}
