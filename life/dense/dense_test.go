package dense

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"golife/life"
	"golife/life/internal/impl"
	"golife/life/internal/kernel"
	"golife/life/internal/team"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

// random returns a seeded source and the seed, to print.
func random(stream uint64) (*rand.Rand, string) {
	return rand.New(rand.NewPCG(lifetest.Seed(), stream)), fmt.Sprintf("GOLIFE_SEED=%d", lifetest.Seed())
}

// loaded returns an engine that holds p.
func loaded(t testing.TB, p *life.Pattern, opts ...Option) *Engine {
	t.Helper()
	return lifetest.Loaded(t, p, New, opts...)
}

func advance(t testing.TB, e life.Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatalf("Advance(%d): %v", n, err)
	}
}

// randomGrid returns the suffix of a grid of any topology with sides up to most.
func randomGrid(rnd *rand.Rand, most int) string {
	w, h := 1+rnd.IntN(most), 1+rnd.IntN(most)
	if rnd.IntN(6) == 0 {
		w, h = 64*(1+rnd.IntN(2)), 1+rnd.IntN(most) // rows that wrap by themselves
	}
	shift := func(size int) string { return fmt.Sprintf("%+d", rnd.IntN(2*size+1)-size) }
	switch rnd.IntN(10) {
	case 0:
		return fmt.Sprintf(":P%d,%d", w, h)
	case 1:
		return fmt.Sprintf(":T%d,%d", w, h)
	case 2:
		return fmt.Sprintf(":T%d%s,%d", w, shift(w), h)
	case 3:
		return fmt.Sprintf(":T%d,%d%s", w, h, shift(h))
	case 4:
		return fmt.Sprintf(":K%d*,%d", w, h)
	case 5:
		return fmt.Sprintf(":K%d,%d*", w, h)
	case 6:
		return fmt.Sprintf(":K%d*+1,%d", w, h)
	case 7:
		return fmt.Sprintf(":K%d,%d*+1", w, h)
	case 8:
		return fmt.Sprintf(":C%d,%d", w, h)
	}
	return fmt.Sprintf(":S%d", w)
}

// gridSoup returns a soup that fills part of the grid of a rule.
func gridSoup(rnd *rand.Rand, rulestring string) *life.Pattern {
	g, _ := rule.MustParse(rulestring).Grid()
	x, y := g.Origin()
	w, h := g.Width, g.Height
	if w == 0 {
		x, w = rnd.Int64N(200)-100, 1+rnd.Int64N(40)
	}
	if h == 0 {
		y, h = rnd.Int64N(200)-100, 1+rnd.Int64N(40)
	}
	return lifetest.Soup{
		Rule: rulestring, Seed: rnd.Uint64(), Rect: life.Rt(x, y, w, h),
		Density: []int{20, 80, 96, 128, 200}[rnd.IntN(5)], Generation: rnd.Int64N(2),
	}.Pattern()
}

// states returns p after each of some numbers of generations, by package naive.
func states(t *testing.T, p *life.Pattern, gens []int64) (all []*life.Pattern) {
	t.Helper()
	e, err := naive.New(p.Rule())
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	for _, n := range gens {
		advance(t, e, n)
		all = append(all, e.Snapshot())
	}
	return all
}

// TestGrids compares thousands of small grids of all topologies with package naive.
func TestGrids(t *testing.T) {
	rnd, seed := random(1)
	n := 3000
	switch {
	case testing.Short():
		n = 150
	case os.Getenv("GOLIFE_SOAK") != "":
		n = 5000
	}
	for i := range n {
		name := "B3/S23"
		if i%2 == 1 {
			name = lifetest.RandomRule(rnd, true)
		}
		name += randomGrid(rnd, 1+rnd.IntN(70))
		p := gridSoup(rnd, name)
		gens := []int64{1 + rnd.Int64N(9), rnd.Int64N(6)}
		want := states(t, p, gens)
		for _, kernel := range impl.List("kernel") {
			impl.Select("kernel", kernel)
			e := &Engine{generation: new(big.Int), team: &team.Team{Threads: 1 + rnd.IntN(3)}}
			e.options = options{depth: rnd.IntN(maxDepth + 1), bands: rnd.IntN(4), isQuilted: rnd.IntN(4) == 0, isUnquilted: rnd.IntN(4) == 0}
			if err := e.Load(p); err != nil {
				t.Fatal(err)
			}
			for k, n := range gens {
				advance(t, e, n)
				if d := lifetest.Diff(e, want[k]); d != "" {
					t.Fatalf("%s: rule %s, %+v, kernel %s, generation %v: %s", seed, name, e.options, kernel, e.generation, d)
				}
			}
		}
	}
	impl.Reset("kernel")
}

// config bounds the memory, so that a cell far off is refused rather than reached.
var config = lifetest.Config{
	New:            func(r *rule.Rule) (life.Engine, error) { return New(r, WithMemory(2<<20)) },
	Alternating:    true,
	Compact:        true,
	MaxGenerations: 1200,
	Name:           "dense",
}

func TestConformance(t *testing.T) {
	lifetest.Run(t, config)
}

func TestConformanceOnGrids(t *testing.T) {
	lifetest.RunGrids(t, config, ":P17,70", ":T64+5,40", ":K9*,33", ":C66,20", ":S9")
}

// TestChanges compares what is said of the differences of two fields with a count cell by cell.
func TestChanges(t *testing.T) {
	r, seed := random(31)
	for range 60 {
		w, h := 1+r.IntN(9000), 1+r.IntN(200)
		f := newField(newShape(rule.Grid{}, w, h), 1, 1, new(kernel.Sweeper))
		g := f.clone().(*field)
		squares, rows := map[[3]int]bool{}, map[[3]int]bool{}
		for range r.IntN(300) {
			x, y := r.IntN(w), r.IntN(h)
			g.set(x, y, true)
			column, chunk := x/f.Width, x%f.Width/64
			squares[[3]int{y / 64, column, chunk}] = true
			rows[[3]int{y, column, chunk}] = true
		}
		c := f.changesFrom(g)
		if c.squares != len(squares) || c.rows != len(rows) || c.of < c.squares {
			t.Errorf("%s: %d×%d: %+v, want %d squares and %d rows", seed, w, h, c, len(squares), len(rows))
		}
	}
}
