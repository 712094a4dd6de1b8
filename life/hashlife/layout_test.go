package hashlife_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/hashlife"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

// manyStates has rules of each layout of leaves, of each kind of ageing, and on tori.
var manyStates = []string{
	"WireWorld", "LifeHistory", "B36/S23History", "B2-a/S1cHistory", "B2/S34HHistory", "B038/S238History", "B3/S12VHistory", "JvN29", "Nobili32", "Hutton32",
	"LifeSuper", "B2/S34HSuper", "LifeInvestigator", "B13/S12VInvestigator",
	"/2/3", "345/2/4", "2-a/34c/5", "12/34/9", "3/2/6V", "13/2/17H", "23/3/2", "23/34/16", "/2/256",
	"345/2/4:T64,32", "WireWorld:T32,32", "JvN29:T64,64",
}

func manyConfig(rules []string, opts ...hashlife.Option) lifetest.Config {
	cfg := config(opts...)
	cfg.Rules = rules
	return cfg
}

func TestConformanceOfManyStates(t *testing.T) { lifetest.Run(t, manyConfig(manyStates)) }

func TestConformanceOfManyStatesAndWorkers(t *testing.T) {
	lifetest.Run(t, manyConfig([]string{"WireWorld", "JvN29", "345/2/4"}, hashlife.WithThreads(3)))
}

func FuzzOpsOfManyStates(f *testing.F) { lifetest.FuzzOps(f, manyConfig(manyStates)) }

// randomStates returns a rectangle of random cells, half of them in state 0 and most of the others
// in few states, which do more.
func randomStates(r *rand.Rand, rulestring string, width, height int64) *life.Pattern {
	b := life.NewBuilder(rule.MustParse(rulestring))
	most := 1 + r.IntN(b.Rule().States()-1)
	for y := range height {
		for x := range width {
			if r.IntN(2) == 0 {
				b.Set(x-width/2, y-height/2, life.State(1+r.IntN(1+r.IntN(most))))
			}
		}
	}
	return b.Pattern()
}

// randomFamily returns a rule of more than two states.
func randomFamily(r *rand.Rand) string {
	switch r.IntN(8) {
	case 0:
		return "WireWorld"
	case 1:
		return "JvN29"
	case 2:
		return "Nobili32"
	case 3:
		return "Hutton32"
	}
	for {
		name := lifetest.RandomRule(r, false)
		base := rule.MustParse(name)
		table, ok := base.Table()
		switch {
		case !ok || base.HasB0():
		case r.IntN(3) == 0 && base.Neighborhood() != rule.Row:
			return name + []string{"History", "History", "Super", "Investigator"}[r.IntN(4)]
		default:
			return lifetest.MAP(table) + fmt.Sprintf("/%d", 3+r.IntN(20))
		}
	}
}

// Universes of all families, with random numbers of workers and little memory or much, do what
// naive ones do, through edits and collections.
func TestManyStatesAgainstNaive(t *testing.T) {
	seed := lifetest.Seed()
	r := rand.New(rand.NewPCG(seed, 21))
	t.Logf("GOLIFE_SEED=%d", seed)
	runs := 40
	if testing.Short() {
		runs = 8
	}
	collections := int64(0)
	for range runs {
		p := randomStates(r, randomFamily(r), 1+r.Int64N(90), 1+r.Int64N(90))
		limit := int64(0)
		if r.IntN(2) == 0 {
			limit = 5<<15 + r.Int64N(1<<18)
		}
		e := loaded(t, p, hashlife.WithThreads(1+r.IntN(3)), hashlife.WithMemory(limit))
		want, err := naive.New(p.Rule())
		if err != nil {
			t.Fatal(err)
		}
		if err := want.Load(p); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			n := 1 + r.Int64N(40)
			goal := new(big.Int).Add(want.Generation(), big.NewInt(n))
			err := e.Advance(context.Background(), big.NewInt(n))
			if errors.Is(err, life.ErrMemoryLimit) && limit > 0 {
				e.SetLimit(0)
				err = e.Advance(context.Background(), goal.Sub(goal, e.Generation()))
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := want.Advance(context.Background(), big.NewInt(n)); err != nil {
				t.Fatal(err)
			}
			if !lifetest.Compare(t, e, want) {
				t.Fatalf("rule %s, limit %d, generation %v", p.Rule(), limit, e.Generation())
			}
			at, s := life.Point{X: r.Int64N(200) - 100, Y: r.Int64N(200) - 100}, life.State(r.IntN(p.Rule().States()))
			for _, u := range []life.Editor{e, want} {
				if err := u.Set(at, s); err != nil {
					t.Fatal(err)
				}
			}
			if got := e.Get(at); got != s {
				t.Fatalf("rule %s: cell %v is %d, want %d", p.Rule(), at, got, s)
			}
		}
		collections += stat(e, "collections")
	}
	if collections == 0 && !testing.Short() {
		t.Error("no collections: no limit was near")
	}
}

// A state that the rule lacks is refused, and another rule may come with a pattern.
func TestStatesOfRules(t *testing.T) {
	e, err := hashlife.New(rule.MustParse("B3/S23"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	for _, s := range []string{"B3/S23", "WireWorld", "JvN29", "B3/S23", "JvN29", "/2/256"} {
		r := rule.MustParse(s)
		if err := e.Load(life.NewBuilder(r).Pattern()); err != nil {
			t.Fatal(err)
		}
		last := life.State(r.States() - 1)
		if err := e.Set(life.Point{X: 5, Y: -3}, last); err != nil || e.Get(life.Point{X: 5, Y: -3}) != last {
			t.Errorf("%s: Set(%d) returns %v, the cell is %d", s, last, err, e.Get(life.Point{X: 5, Y: -3}))
		}
		if last == 255 {
			continue
		}
		if err := e.Set(life.Point{X: 5, Y: -3}, last+1); !errors.Is(err, life.ErrState) || e.Get(life.Point{X: 5, Y: -3}) != last {
			t.Errorf("%s: Set(%d) returns %v, the cell is %d", s, last+1, err, e.Get(life.Point{X: 5, Y: -3}))
		}
	}
}
