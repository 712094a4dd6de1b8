package engine

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
	"golife/life/rule/loader"
)

// lidka returns a methuselah of 13 cells that takes 29,055 generations (A. Okrasinski, D. Bell,
// 2005; Life Lexicon: Lidka).
func lidka() *life.Pattern {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for _, c := range [][2]int64{{10, 0}, {11, 0}, {12, 0}, {11, 2}, {12, 2}, {14, 2}, {12, 3}, {14, 3}, {14, 4}, {1, 6}, {0, 7}, {2, 7}, {1, 8}} {
		b.Set(c[0], c[1], 1)
	}
	return b.Pattern()
}

// bare returns what an engine takes for n generations of p.
func bare(t *testing.T, name string, p *life.Pattern, n int64) effort {
	t.Helper()
	u, err := newUniverse(name, p.Rule(), Options{})
	if err == nil {
		err = u.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	was := read(u)
	advance(t, u, n)
	is, c := read(u), costsFor(p.Rule())
	return c.between(&was, &is)
}

// What is chosen, and when, does not depend on how busy the machine is, and costs little more than
// the engine that is best.
func TestChoiceIsCounted(t *testing.T) {
	const n = 30_000
	p := lidka()
	best := min(bare(t, "tile", p, n), bare(t, "hashlife", p, n))
	var stop atomic.Bool
	defer stop.Store(true)
	var spent [4]effort
	for i := range spent {
		if i == 2 { // more to do than there are processors
			for range 2 * runtime.GOMAXPROCS(0) {
				go func() {
					for !stop.Load() {
					}
				}()
			}
		}
		a := makeAuto(t, p.Rule(), Options{Threads: 1, Use: Use{Generations: big.NewInt(n)}})
		if err := a.Load(p); err != nil {
			t.Fatal(err)
		}
		advance(t, a, n)
		if cells := a.Population().Int64(); cells != 1623 || a.choice.Name != "tile" {
			t.Errorf("%d cells in %+v, want 1623 in tile", cells, a.choice)
		}
		spent[i] = a.race.spent
		if spent[i] != spent[0] || spent[i] > 1.25*best {
			t.Errorf("run %d took %.0f, the first %.0f, the best engine alone %.0f", i, spent[i], spent[0], best)
		}
	}
}

// table returns the rule of a file with a table.
func table(t *testing.T, states int, neighborhood, lines string) *rule.Rule {
	t.Helper()
	text := fmt.Sprintf("@RULE X\n@TABLE\nn_states:%d\nneighborhood:%s\nsymmetries:none\n%s\n", states, neighborhood, lines)
	f := &loader.Finder{Files: map[string][]byte{"X.rule": []byte(text)}}
	r, err := f.Parse("X")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sums returns random cells under a table of three states that adds up the centre and four neighbours.
func sums(t *testing.T, side int64) *life.Pattern {
	t.Helper()
	var lines strings.Builder
	for i := range 243 {
		sum := 0
		for k := i; k > 0; k /= 3 {
			sum += k % 3
		}
		fmt.Fprintf(&lines, "%d,%d,%d,%d,%d,%d\n", i/81, i/27%3, i/9%3, i/3%3, i%3, sum%3)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	b := life.NewBuilder(table(t, 3, "vonNeumann", lines.String()))
	for i := range side * side {
		b.Set(i%side, i/side, life.State(rnd.IntN(3)))
	}
	return b.Pattern()
}

// Soups of many states are soon in the hands of the engine that is better for them: one that becomes
// nothing but gliders in hashlife, as one on a torus that comes to rest in a cycle, one of a table, in which nothing
// repeats itself, in multistate. most is how many times as much the whole may take as in the worse engine.
func TestSoups(t *testing.T) {
	for _, c := range []struct {
		pattern     *life.Pattern
		n           int64
		best, worst string
		most        effort
	}{
		{soup("345/2/4", 1, 200), 1500, "hashlife", "multistate", 0.25},
		{soup("345/2/4:T64,64", 1, 60), 20_000, "hashlife", "multistate", 0.1},
		{sums(t, 256), 100, "multistate", "hashlife", 0.3},
	} {
		a := makeAuto(t, c.pattern.Rule(), Options{Threads: 1, Use: Use{Generations: big.NewInt(c.n)}})
		if err := a.Load(c.pattern); err != nil {
			t.Fatal(err)
		}
		advance(t, a, c.n)
		best, worst := bare(t, c.best, c.pattern, c.n), bare(t, c.worst, c.pattern, c.n)
		t.Logf("%v: %s %.0f, %s %.0f, auto %.0f", c.pattern.Rule(), c.best, best, c.worst, worst, a.race.spent)
		if a.choice.Name != c.best || best > worst || a.race.spent > c.most*worst {
			t.Errorf("%v: %.0f in %+v, %.0f in %s, %.0f in %s", c.pattern.Rule(), a.race.spent, a.choice, best, c.best, worst, c.worst)
		}
	}
}

// What a cell costs that is looked up depends on the tree.
func TestLookUpIn(t *testing.T) {
	cross := costsFor(table(t, 3, "vonNeumann", "0,1,2,1,2,1")).lookedUp
	square := costsFor(table(t, 3, "Moore", "0,1,2,1,2,1,2,1,2,1")).lookedUp
	var lines strings.Builder // too many columns: all states differ in the north, in the centre and in the south
	for s := 1; s < 64; s++ {
		fmt.Fprintf(&lines, "0,%d,0,0,0,0,0,0,0,%d\n0,0,0,0,0,%d,0,0,0,%d\n%d,0,0,0,0,0,0,0,0,%d\n", s, s, s, s, s, s%63+1)
	}
	deep := costsFor(table(t, 64, "Moore", lines.String())).lookedUp
	function := costsFor(rule.MustParse("JvN29")).lookedUp
	if cross != crossCell || square != columnCell*columnsCode() || !(square < deep && deep < function) {
		t.Errorf("cells cost %v and %v in a look-up of four and eight neighbours, %v in many, %v in a function", cross, square, deep, function)
	}
}

// An engine that steps ends soon after the effort it is given.
func TestWithin(t *testing.T) {
	p := soup("B3/S23", lifetest.Seed(), 200)
	all := bare(t, "tile", p, 2000)
	for _, share := range []effort{0.1, 0.3, 0.6} {
		u, err := newUniverse("tile", p.Rule(), Options{Threads: 1})
		if err == nil {
			err = u.Load(p)
		}
		if err != nil {
			t.Fatal(err)
		}
		a := makeAuto(t, p.Rule(), Options{})
		was := read(u)
		err = a.advanceWithin(context.Background(), u, big.NewInt(2000), share*all)
		is := read(u)
		if took := a.costs.between(&was, &is) / all; !errors.Is(err, context.DeadlineExceeded) || took < share || took > share+0.1 {
			t.Errorf("%v after %.3f of the effort, want the deadline after %.3f (seed %d)", err, took, share, lifetest.Seed())
		}
		lifetest.Compare(t, u, reached(t, p, u.Generation()))
	}
}

// Runs far beyond what a float64 holds have rates, too.
func TestFarEnd(t *testing.T) {
	far := new(big.Int).Lsh(one, 1<<14)
	a := makeAuto(t, rule.MustParse("B3/S23"), Options{})
	for _, n := range []*big.Int{one, far} {
		a.race.rate = perSecond(n, 1000)
		for _, left := range []*big.Int{one, far} {
			if e := float64(a.effortFor(left)); math.IsNaN(e) || n == left && math.Abs(e-1000) > 1e-6 || n != left && (e > 1000) != (left == far) {
				t.Errorf("%d bits of generations take %v, after %d bits in 1000", left.BitLen(), e, n.BitLen())
			}
		}
	}
}

func TestEffort(t *testing.T) {
	c := costs{call: 1, lookup: 10, leafStep: 100, row: 2, visit: 3, pass: 5, sweepCell: 0.5, sweep: 7, collected: 0.25}
	for _, x := range []struct {
		was, is reading
		want    effort
	}{
		{reading{}, reading{}, 1},
		{reading{lookups: 5, leafSteps: 1}, reading{lookups: 7, leafSteps: 4, hits: 2}, 1 + 20 + 300},
		{reading{nodes: 4}, reading{nodes: 8, collections: 3}, 1 + 6},
		{reading{rows: 4}, reading{rows: 8, visits: 1, passes: 2, active: 9}, 1 + 8 + 3 + 10},
		{reading{}, reading{cells: 8, swept: 3, sweeps: 1}, 1 + 12 + 7},
		{reading{rows: 100, visits: 9}, reading{rows: 2, visits: 10}, 1 + 3}, // another universe was loaded
	} {
		if got := c.between(&x.was, &x.is); got != x.want {
			t.Errorf("between %+v and %+v: %v, want %v", x.was, x.is, got, x.want)
		}
	}
	life, other, hensel := costsFor(rule.MustParse("B3/S23")), costsFor(rule.MustParse("B36/S23")), costsFor(rule.MustParse("B2-a/S12"))
	if life.row >= other.row || other.row >= hensel.row || life.lookup != hensel.lookup {
		t.Errorf("rows of Life, HighLife and a Hensel rule cost %v, %v, %v", life.row, other.row, hensel.row)
	}
	if spelt := costsFor(rule.MustParse("B3/S23:T20,30")); spelt != life {
		t.Errorf("Life costs %+v on a torus, want %+v", spelt, life)
	}
}
