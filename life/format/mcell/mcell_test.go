package mcell_test

import (
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/format/mcell"
	"golife/life/lifetest"
	"golife/life/rule"
)

var suite = lifetest.Codec{Decode: mcell.Decode, PerByte: 8 << 10, Constant: 1 << 20}

func TestDecode(t *testing.T) {
	t.Parallel()
	const head = "#MCell 4.00\n"
	suite.Cases(t, []lifetest.CodecCase{
		{Name: "torus", In: head + "#GAME Generations\n#RULE 345/2/4\n#BOARD 80x60\n#SPEED 0\n#WRAP 1\n#CCOLORS 4\n#D Star Wars\n#D\n#L 2.3A$.A\n#L B2$4C\n", Body: "2.3A$.AB2$4C!", X: -2, Y: -2, Rule: "345/2/4:T80,60", Comments: "C Star Wars|C "},
		{Name: "plane, CR LF", In: "#MCell 4.20\r\n#GAME Life\r\n#RULE 23/3\r\n#BOARD 5x4\r\n#WRAP 0\r\n#L 3A", Body: "3o!", X: -1, Rule: "B3/S23:P5,4"},
		{Name: "no wrap", In: head + "#GAME Life\n#BOARD 4x4\n#L A\n", Body: "o!", Rule: "B3/S23:P4,4"},
		{Name: "rule in parts", In: head + "#GAME Generations\n#RULE 012345678/\n#RULE 2/4\n#BOARD 8x8\n#L A\n", Body: "A!", Rule: "012345678/2/4:P8,8"},
		{Name: "named rule", In: head + "#GAME Rules table\n#RULE 1,0,0\n#GOLLY WireWorld\n#RULE 2\n#BOARD 8x8\n#L ABC\n", Body: "ABC!", X: -1, Rule: "WireWorld:P8,8"},
		{Name: "Larger than Life", In: head + "#GAME Larger than Life\n#RULE R5,C0,M1,S34..58,B34..45,NM\n#BOARD 60x60\n#WRAP 1\n#L A\n", Body: "o!", Rule: "R5,C0,M1,S34..58,B34..45,NM:T60,60"},
		{Name: "high states", In: head + "#GAME Generations\n#RULE 2/2/255\n#BOARD 9x9\n#L aA2aX.jN\n", Body: "pA2pX.yN!", X: -2, Rule: "2/2/255:P9,9"},
		{Name: "split count", In: head + "#GAME Life\n#BOARD 40x9\n#L 1\n#L 2A\n", Body: "12o!", X: -6, Rule: "B3/S23:P40,9"},
		{Name: "nothing", In: head + "#GAME Life\n#BOARD 9x9\n", Body: "!", Rule: "B3/S23:P9,9"},
		{Name: "no title, no board", In: "#GAME Life\n#RULE 23/36\n#L A\n", Body: "o!", Rule: "B36/S23", Warnings: []string{
			`line 1 col 1: found "#GAME", want #MCell first`, "line 4 col 1: no #BOARD, the plane is unbounded",
		}},
		{Name: "deviations", In: head + "#GAME Generations\n#RULE 2/2/3\n#BOARD 9x9\ntext\n#L 2A?ADB3\n#WRAP 1\n", Body: "4AB!", X: -2, Rule: "2/2/3:P9,9", Warnings: []string{
			"line 5 col 1: line that does not begin with #, skipped", "line 6 col 6: character '?', ignored", "line 6 col 8: state 4, which the rule lacks, read as state 1",
			"line 7 col 7: #WRAP after the first cells, ignored", "line 8 col 1: run count 3 without a cell, ignored",
		}},
		{Name: "outside the board", In: head + "#GAME Life\n#BOARD 3x3\n#L 5A\n", Body: "3o!", X: -1, Rule: "B3/S23:P3,3", Warnings: []string{"line 5 col 1: cells outside the grid of rule B3/S23:P3,3 are dropped"}},
		{Name: "other family", In: head + "#GAME Cyclic CA\n#RULE R1/T3\n#BOARD 9x9\n#L A\n", Err: `mcell: line 2 col 7: rules of the family "Cyclic CA" are not read, want Life, Generations, Larger than Life, or a #GOLLY line`},
		{Name: "table without a name", In: head + "#GAME Rules table\n#RULE 1,0\n#L A\n", Err: `mcell: line 2 col 7: rules of the family "Rules table" are not read, want Life, Generations, Larger than Life, or a #GOLLY line`},
		{Name: "bad board", In: head + "#BOARD 0x5\n", Err: `mcell: line 2 col 8: found "0x5", want WIDTHxHEIGHT, each 1 to 2000000000`},
		{Name: "bad wrap", In: head + "#WRAP yes\n", Err: `mcell: line 2 col 7: found "yes", want 0 or 1`},
		{Name: "count overflow", In: head + "#L 99999999999999999999A\n", Err: "mcell: line 2 col 22: run count overflows int64", Is: life.ErrOutOfRange},
		{Name: "column overflow", In: head + "#L 9000000000000000000A\n", Err: "mcell: line 2 col 23: column overflows a board by a run of 9000000000000000000 from 0", Is: life.ErrOutOfRange},
		{Name: "row overflow", In: head + "#L 9000000000000000000$A\n", Err: "mcell: line 2 col 23: row overflows a board by a run of 9000000000000000000 from 0", Is: life.ErrOutOfRange},
		{Name: "bad rule", In: head + "#GAME Life\n#RULE 9/3\n#L A\n", Err: `mcell: line 3 col 7: rule: "9/3" col 1: neighbour count 9, want 0 to 8`},
	})
}

// TestGivenRule takes the place of whatever the file says, with its own grid.
func TestGivenRule(t *testing.T) {
	t.Parallel()
	in := "#MCell 4.00\n#GAME Cyclic CA\n#RULE R1/T3\n#BOARD 9x9\n#L 5A\n"
	for _, rs := range []string{"B36/S23", "B36/S23:T20,20"} {
		p, err := mcell.Decode(strings.NewReader(in), codec.Options{Rule: rule.MustParse(rs)})
		if err != nil || p.Rule().String() != rs || p.Population().Int64() != 5 {
			t.Errorf("%s: got %v, error %v", rs, p, err)
		}
	}
}

func TestMemory(t *testing.T) {
	const head = "#MCell 4.00\n#GAME Generations\n#RULE 2/2/255\n#BOARD 2000000000x2000000000\n#L "
	suite.Memory(t, map[string]string{
		"long runs": head + strings.Repeat("128A$", 10_000), "rows": head + strings.Repeat("$", 50_000), "strewn": head + strings.Repeat("99999.A99999$", 3000),
		"comments": strings.Repeat("#D\n", 30_000), "columns": head + strings.Repeat("99.A", 10_000), "rules": strings.Repeat("#RULE 2\n", 200),
	})
}

func Fuzz(f *testing.F) {
	suite.Fuzz(f, "#MCell 4.00\n#GAME Generations\n#RULE 345/2/4\n#BOARD 80x60\n#WRAP 1\n#D Star Wars\n#L 2.3A$.A\n#L B2$4C\n", "#MCell 4.20\r\n#GAME Life\r\n#RULE 23/3\r\n#BOARD 5x4\r\n#L 9A",
		"#GAME Rules table\n#GOLLY WireWorld\n#L ABCD?aA", "#MCell\n#GAME Larger than Life\n#RULE R5,C0,M1,S34..58,B34..45,NM\n#BOARD 1x1\n#L A", "#MCell\n#GOLLY B3/S23:T5,5\n#BOARD 7x7\n#L 7A$A")
}
