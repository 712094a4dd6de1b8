package life105_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/format/life105"
	"golife/life/lifetest"
	"golife/life/rule"
)

var suite = lifetest.Codec{Decode: life105.Decode, Encode: life105.Encode, PerByte: 4 << 10, Constant: 1 << 20, LosesGeneration: true}

func TestDecode(t *testing.T) {
	t.Parallel()
	const head, glider = "#Life 1.05\n", "bo$2bo$3o!"
	suite.Cases(t, []lifetest.CodecCase{
		{Name: "glider", In: head + "#D Glider\n#O Guy\n#N\n#P -1 -1\n.*\n..*\n***\n", Body: glider, X: -1, Y: -1, Comments: "C Glider|O Guy"},
		{Name: "blocks, CR LF", In: "#Life 1.05\r\n#P 4 0\r\n**\r\n**\r\n#P -4 +1\r\n*\r\n", Body: "8b2o$o7b2o!", X: -4},
		{Name: "blank rows stay in their block", In: head + "#P 0 0\n*\n.\n*\n", Body: "o2$o!"},
		{Name: "survival first", In: head + "#R 23/36\n#P 0 0\n*\n", Body: "o!", Rule: "B36/S23"},
		{Name: "rulestring", In: head + "#R B234\n#P 0 0\n*\n", Body: "o!", Rule: "B234/S"},
		{Name: "many states", In: head + "#R 345/2/4\n#P 0 0\n*.*\n", Body: "A.A!", Rule: "345/2/4"},
		{Name: "normal rule after another", In: head + "#R 23/36\n#N\n#P 0 0\n*\n", Body: "o!"},
		{Name: "nothing", In: head, Body: "!"},
		{Name: "blanks", In: "\n" + head + "\n#P 0 0\n* \t\n\n#P 3 0\n*\n\n", Body: "o2bo!"},
		{Name: "no title", In: "#P 0 0\n*\n", Body: "o!", Warnings: []string{`line 1 col 1: found "#P 0 0", want #Life 1.05 first`}},
		{Name: "other title", In: "#Life 1.5\n#P 0 0\n*\n", Body: "o!", Warnings: []string{`line 1 col 1: found "#Life 1.5", want #Life 1.05 first`}},
		{Name: "bare #P", In: head + "#P\n*\n", Body: "o!", Warnings: []string{"line 2 col 3: #P without coordinates, read as 0 0"}},
		{Name: "no #P", In: head + "\n*\n*\n", Body: "o$o!", Warnings: []string{"line 3 col 1: row before the first #P, read as the first one at 0 0"}},
		{Name: "empty line in a block", In: head + "#P 0 0\n*\n\n\n*\n", Body: "o3$o!", Warnings: []string{"line 6 col 1: 2 empty lines in a block, read as empty rows"}},
		{Name: "unknown", In: head + "#P 0 0\n*?o *\n", Body: "2o!", Warnings: []string{
			"line 3 col 2: character '?', ignored", "line 3 col 3: character 'o', ignored", "line 3 col 4: character ' ', ignored",
		}},
		{Name: "late rule", In: head + "#P 0 0\n*\n#R 23/36\n", Body: "o!", Warnings: []string{"line 4 col 4: rule after the first cells, ignored"}},
		{Name: "outside the grid", In: head + "#R B3/S23:P3,3\n#P -1 -1\n****\n", Body: "3o!", X: -1, Y: -1, Rule: "B3/S23:P3,3", Warnings: []string{
			"line 4 col 1: cells outside the grid of rule B3/S23:P3,3 are dropped",
		}},
		{Name: "one coordinate", In: head + "#P 5\n", Err: "life105: line 2 col 4: found 1 words after #P, want x and y"},
		{Name: "no numbers", In: head + "#P a b\n", Err: `life105: line 2 col 4: found "a", want x and y in int64`},
		{Name: "x overflow", In: head + "#P 9223372036854775807 0\n*\n", Err: "life105: line 3 col 1: column overflows int64 by a row of 1 from 9223372036854775807", Is: life.ErrOutOfRange},
		{Name: "y overflow", In: head + "#P 0 9223372036854775806\n*\n", Err: "life105: line 3 col 1: row overflows int64", Is: life.ErrOutOfRange},
		{Name: "binary", In: head + "#P 0 0\n*\x01\n", Err: "life105: line 3 col 2: found the control character U+0001, want a life105 pattern", Is: codec.ErrFormat},
	})
}

// TestEncode writes patterns that take many blocks, also at the ends of the plane.
func TestEncode(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 6))
	for i, at := range []int64{0, 1 << 40, -1 << 40, 1<<62 - 300, 1<<63 - 700, -1 << 63, -1<<63 + 1} {
		b := life.NewBuilder(rule.MustParse([]string{"B36/S23", "345/2/4"}[i%2]))
		for range 2000 {
			b.Set(at+rnd.Int64N(600), at+rnd.Int64N(600), 1)
		}
		if i == 0 { // all four quarters of the plane
			for range 50 {
				b.Set(rnd.Int64N(1<<62)-1<<61, rnd.Int64N(1<<62)-1<<61, 1)
			}
		}
		want := b.Pattern()
		var file bytes.Buffer
		if err := life105.Encode(&file, want); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(file.String()) {
			if len(line) > 81 {
				t.Errorf("line of %d bytes", len(line))
			}
		}
		if p, err := life105.Decode(&file, codec.Options{IsStrict: true}); err != nil || !p.Equal(want) {
			t.Errorf("around %d: another pattern comes back, error %v", at, err)
		}
	}
}

func TestEncodeFails(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("/2/3"))
	b.Set(0, 0, 2)
	var out bytes.Buffer
	if err := life105.Encode(&out, b.Pattern()); !errors.Is(err, life.ErrState) || out.Len() > 0 {
		t.Errorf("state 2: error %v and %d bytes", err, out.Len())
	}
	b = life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	far := b.Pattern().Translate(new(big.Int).Lsh(big.NewInt(1), 80), new(big.Int))
	if err := life105.Encode(&out, far); !errors.Is(err, life.ErrOutOfRange) || out.Len() > 0 {
		t.Errorf("far: error %v and %d bytes", err, out.Len())
	}
}

func TestMemory(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var near, far strings.Builder
	for range 5000 {
		fmt.Fprintf(&near, "#P %d %d\n*\n", rnd.IntN(10_000), rnd.IntN(10_000))
		fmt.Fprintf(&far, "#P %d %d\n*\n", rnd.Int64()-rnd.Int64(), rnd.Int64()-rnd.Int64())
	}
	suite.Memory(t, map[string]string{
		"near": "#Life 1.05\n" + near.String(), "far": "#Life 1.05\n" + far.String(), "rows": "#Life 1.05\n#P 0 0\n" + strings.Repeat(".\n", 50_000),
		"wide": "#Life 1.05\n#P 0 0\n" + strings.Repeat("*.", 100_000),
	})
}

func Fuzz(f *testing.F) {
	suite.Fuzz(f, "#Life 1.05\n#D Glider\n#N\n#P -1 -1\n.*\n..*\n***\n", "#Life 1.05\r\n#R 23/36\r\n#P 4 0\r\n**\r\n\r\n**\r\n#P\n*? *", "#P 1 2\n*", "#Life 1.05\n*\n",
		"#Life 1.05\n#R B3/S23:T5,5\n#P -9 0\n*******", "#Life 1.05\n#P 9223372036854775806 -9223372036854775808\n*\n*", "#Life\n#P 0 0\n***********************************************************************************************.*")
}
