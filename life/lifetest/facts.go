package lifetest

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// Cells returns a pattern from the data part of an RLE file of up to 49
// states, its north-west corner at (x, y). It panics on anything else.
// Package rle is the codec for files; this is for tests that must not trust it.
func Cells(rulestring, rle string, x, y int64) *life.Pattern {
	b := life.NewBuilder(rule.MustParse(rulestring))
	at, count, high := life.Point{X: x, Y: y}, int64(0), life.State(0)
	for _, c := range rle {
		n, state := max(count, 1), life.State(1)
		switch {
		case c == '!':
			return b.Pattern()
		case '0' <= c && c <= '9':
			count = 10*count + int64(c-'0')
			continue
		case c == 'p':
			high = 24
			continue
		case c == '$':
			at, n, state = life.Point{X: x, Y: at.Y + n}, 0, 0
		case c == 'b' || c == '.':
			state = 0
		case 'A' <= c && c <= 'X':
			state = life.State(c-'A') + 1 + high
		case c != 'o':
			panic(fmt.Sprintf("lifetest: unexpected %q in %q", c, rle))
		}
		if state > 0 {
			if err := b.SetRun(at.X, at.Y, n, state); err != nil {
				panic("lifetest: " + err.Error())
			}
		}
		at.X += n
		count, high = 0, 0
	}
	return b.Pattern()
}

// Patterns that several tests use.
const (
	gliderRLE     = "bo$2bo$3o!"
	rPentominoRLE = "b2o$2o$bo!"
	gosperRLE     = "24bo$22bobo$12b2o6b2o12b2o$11bo3bo4b2o12b2o$2o8bo5bo3b2o$" +
		"2o8bo3bob2o4bobo$10bo5bo7bo$11bo3bo$12b2o!"
)

// popAt is a population at a generation.
type popAt struct{ generation, population int64 }

// fact is what is known of a pattern: that it comes back after period
// generations, moved by (dx, dy), and not before; and its populations.
type fact struct {
	name, rule, rle string
	period, dx, dy  int64
	pops            []popAt
}

// facts are from Stephen Silver's Life Lexicon, release 29 (2018), where no
// other source is given; each entry there is under the pattern's name.
var facts = []fact{
	{name: "block", rule: "B3/S23", rle: "2o$2o!", period: 1, pops: []popAt{{1000, 4}}},
	{name: "beehive", rule: "B3/S23", rle: "b2o$o2bo$b2o!", period: 1},
	{name: "blinker", rule: "B3/S23", rle: "3o!", period: 2, pops: []popAt{{5000, 3}}},
	{name: "toad", rule: "B3/S23", rle: "b3o$3o!", period: 2, pops: []popAt{{1, 6}}},
	{name: "beacon", rule: "B3/S23", rle: "2o$2o$2b2o$2b2o!", period: 2, pops: []popAt{{0, 8}, {1, 6}}},
	{
		name: "pulsar", rule: "B3/S23", period: 3, pops: []popAt{{0, 48}, {1, 56}, {2, 72}, {3, 48}},
		rle: "2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$" +
			"2b3o3b3o$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!",
	},
	{name: "pentadecathlon", rule: "B3/S23", rle: "2bo4bo$2ob4ob2o$2bo4bo!", period: 15},
	{name: "glider", rule: "B3/S23", rle: gliderRLE, period: 4, dx: 1, dy: 1, pops: []popAt{{0, 5}, {1, 5}, {2, 5}, {3, 5}}},
	{name: "LWSS", rule: "B3/S23", rle: "bo2bo$o$o3bo$4o!", period: 4, dx: -2, pops: []popAt{{0, 9}, {1, 12}}},
	{name: "MWSS", rule: "B3/S23", rle: "3bo$bo3bo$o$o4bo$5o!", period: 4, dx: -2},
	{name: "HWSS", rule: "B3/S23", rle: "3b2o$bo4bo$o$o5bo$6o!", period: 4, dx: -2},
	{name: "R-pentomino", rule: "B3/S23", rle: rPentominoRLE, pops: []popAt{{0, 5}, {1, 6}, {1103, 116}, {1104, 116}, {2000, 116}}},
	{name: "acorn", rule: "B3/S23", rle: "bo$3bo$2o2b3o!", pops: []popAt{{0, 7}, {5206, 633}}},
	{name: "diehard", rule: "B3/S23", rle: "6bo$2o$bo3b3o!", pops: []popAt{{0, 7}, {129, 2}, {130, 0}, {500, 0}}},
	{
		// Its 36 cells come back every 30 generations with one more glider.
		name: "Gosper glider gun", rule: "B3/S23", rle: gosperRLE,
		pops: []popAt{{0, 36}, {30, 41}, {60, 46}, {300, 86}, {3000, 536}},
	},
	{
		// Life turned inside out: rule and reversed rule swap births and deaths.
		// Source: Golly Help, "Emulating B0 rules"; the numbers are the R-pentomino's.
		name: "R-pentomino of holes", rule: "B0123478/S01234678", rle: rPentominoRLE, pops: []popAt{{1103, 116}},
	},
	{name: "glider of HighLife", rule: "B36/S23", rle: gliderRLE, period: 4, dx: 1, dy: 1},
	{
		// Source: David Bell, "HighLife – An Interesting Variant of Life" (1994):
		// the replicator makes a copy of itself every 12 generations. Populations
		// follow Pascal's triangle mod 2: 2, 2, 4 copies, and so on.
		name: "HighLife replicator", rule: "B36/S23", rle: "2b3o$bo2bo$o3bo$o2bo$3o!",
		pops: []popAt{{0, 12}, {12, 24}, {24, 24}, {36, 48}, {48, 24}, {84, 96}, {96, 24}},
	},
	{name: "block of Day & Night", rule: "B3678/S34678", rle: "2o$2o!", period: 1}, // by hand
	{
		// Rule 90 from one cell is Sierpinski's triangle: 3^k cells in the first 2^k
		// rows. Source: Stephen Wolfram, "Statistical mechanics of cellular automata" (1983).
		name: "rule 90", rule: "W90", rle: "o!", pops: []popAt{{0, 1}, {1, 3}, {3, 9}, {7, 27}, {15, 81}, {31, 243}, {63, 729}},
	},
	{
		// Fredkin's replicator: each cell is the parity of its eight neighbours, so
		// that 2^k generations make eight copies, 2^k cells apart (Edward Fredkin,
		// 1960s; from (Σx)² = Σx² mod 2).
		name: "Fredkin's replicator", rule: "B1357/S1357", rle: "2o$o!", pops: []popAt{{8, 24}, {16, 24}, {64, 24}, {128, 24}},
	},
	{
		// One cell of a lattice that fills: the square of side 2n+1.
		name: "expanding square", rule: "B12345678/S012345678", rle: "o!", pops: []popAt{{0, 1}, {1, 9}, {50, 101 * 101}},
	},
	{
		// The same in the von Neumann neighbourhood is a diamond of 2n²+2n+1 cells.
		name: "expanding diamond", rule: "B1234/S01234V", rle: "o!", pops: []popAt{{0, 1}, {1, 5}, {50, 5101}},
	},
	{
		// And in the hexagonal neighbourhood, as drawn on the square grid, it is a
		// hexagon of 3n²+3n+1 cells (centred hexagonal numbers).
		name: "expanding hexagon", rule: "B123456/S0123456H", rle: "o!", pops: []popAt{{0, 1}, {1, 7}, {50, 7651}},
	},
}

// runFacts checks all facts.
func runFacts(t *testing.T, cfg Config) {
	for _, f := range facts {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			f.check(t, cfg, 0, 0)
			moved := cfg
			moved.MaxGenerations = min(cfg.MaxGenerations, 1000)
			f.check(t, moved, 57, -131)
		})
	}
	t.Run("rule 110 rows", func(t *testing.T) { t.Parallel(); checkRule110(t, cfg) })
	t.Run("one cell of B0", func(t *testing.T) { t.Parallel(); checkB0(t, cfg) })
	t.Run("HighLife replicator copies", func(t *testing.T) { t.Parallel(); checkReplicator(t, cfg) })
	t.Run("R-pentomino gliders", func(t *testing.T) { t.Parallel(); checkEscapedGliders(t, cfg) })
}

// check checks f with its corner at (x, y).
func (f fact) check(t *testing.T, cfg Config, x, y int64) {
	t.Helper()
	p := Cells(f.rule, f.rle, x, y)
	e := cfg.engine(t, p)
	at := int64(0)
	for _, want := range f.pops {
		if want.generation > int64(cfg.MaxGenerations) || testing.Short() && want.generation > 100 {
			break
		}
		Advance(t, e, want.generation-at)
		at = want.generation
		if got := e.Population(); got.Cmp(big.NewInt(want.population)) != 0 {
			t.Fatalf("%s at %d,%d: population %v at generation %d, want %d", f.name, x, y, got, at, want.population)
		}
	}
	if f.period > 0 {
		f.checkPeriod(t, cfg.engine(t, p), p)
	}
}

// checkPeriod checks that p comes back after the period and at multiples of it,
// moved, and at no time between.
func (f fact) checkPeriod(t *testing.T, e life.Engine, p *life.Pattern) {
	t.Helper()
	for g := int64(1); g <= 3*f.period; g++ {
		Advance(t, e, 1)
		k := g / f.period
		want := p.Translate(big.NewInt(k*f.dx), big.NewInt(k*f.dy)).WithGeneration(big.NewInt(g))
		if g%f.period == 0 {
			if d := Diff(e, want); d != "" {
				t.Fatalf("%s, generation %d: %s", f.name, g, d)
			}
		} else if isMoved(e.Snapshot(), p) {
			t.Fatalf("%s is back at generation %d, want period %d", f.name, g, f.period)
		}
	}
}

// isMoved reports whether p and q hold the same cells up to a translation.
func isMoved(p, q *life.Pattern) bool {
	b, ok := p.Bounds()
	c, ok2 := q.Bounds()
	if !ok || !ok2 {
		return ok == ok2
	}
	return p.Translate(new(big.Int).Sub(c.MinX, b.MinX), new(big.Int).Sub(c.MinY, b.MinY)).SameCells(q)
}

// checkRule110 checks the first rows of rule 110 from one cell: time runs down
// the page, and cells stay. Source: Stephen Wolfram, "A New Kind of Science"
// (2002), page 32; and Golly, which has the same cells.
func checkRule110(t *testing.T, cfg Config) {
	want := Cells("W110", strings.Join([]string{"7bo", "6b2o", "5b3o", "4b2obo", "3b5o", "2b2o3bo", "b3o2b2o", "2obob3o!"}, "$"), -7, 0)
	e := cfg.engine(t, Cells("W110", "o!", 0, 0))
	Advance(t, e, 7)
	if d := Diff(e, want.WithGeneration(big.NewInt(7))); d != "" {
		t.Error(d)
	}
}

// checkB0 checks one cell under B0/S. At odd generations the background is
// live, and the cells that differ from it are a hole of 3×3 about the cell; at
// even ones the cell is back. Source: by hand, and bgolly 3.3.
func checkB0(t *testing.T, cfg Config) {
	if !cfg.Alternating {
		t.Skip("the engine refuses rules that alternate")
	}
	e := cfg.engine(t, Cells("B0/S", "o!", 5, -9))
	for g := int64(1); g <= 9; g++ {
		Advance(t, e, 1)
		want := Cells("B0/S", "o!", 5, -9)
		if g%2 == 1 {
			want = Cells("B0/S", "3o$3o$3o!", 4, -10)
		}
		if d := Diff(e, want.WithGeneration(big.NewInt(g))); d != "" {
			t.Fatalf("generation %d: %s", g, d)
		}
	}
}

// checkReplicator checks that the replicator becomes two of itself, one on
// each side along the diagonal. Source: as for the fact above.
func checkReplicator(t *testing.T, cfg Config) {
	p := Cells("B36/S23", "2b3o$bo2bo$o3bo$o2bo$3o!", 0, 0)
	e := cfg.engine(t, p)
	for _, k := range []int64{1, 2, 4, 8, 16} {
		Advance(t, e, 12*k-e.Generation().Int64())
		d := big.NewInt(2 * k)
		minus := new(big.Int).Neg(d)
		want, err := p.Translate(d, d).Union(p.Translate(minus, minus))
		if err != nil {
			t.Fatal(err)
		}
		if d := Diff(e, want.WithGeneration(e.Generation())); d != "" {
			t.Fatalf("generation %d: %s", 12*k, d)
		}
	}
}

// checkEscapedGliders checks that after its end, generation 1103, all that moves
// of the R-pentomino is six gliders. Source: Life Lexicon, "R-pentomino".
func checkEscapedGliders(t *testing.T, cfg Config) {
	e := cfg.engine(t, Cells("B3/S23", rPentominoRLE, 0, 0))
	Advance(t, e, 1104)
	before := e.Snapshot()
	Advance(t, e, 4)
	after := e.Snapshot()
	left := 0
	for p := range before.Cells(life.Everywhere()) {
		if after.Get(p.X, p.Y) == 0 {
			left++
		}
	}
	// A glider and the same moved by (1, 1) have one cell in common.
	if left != 6*4 {
		t.Errorf("%d cells of generation 1104 are dead at 1108, want 24: four of each of six gliders", left)
	}
}
