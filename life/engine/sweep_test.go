package engine

import (
	"context"
	"errors"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// What grows and changes everywhere is swept, and what comes to rest is not.
func TestSweeping(t *testing.T) {
	for _, c := range []struct {
		name, rule  string
		side        int64
		generations int64
		first, last string
	}{
		{"a large soup that settles", "B3/S23", 1600, 3000, "dense", "tile"},
		{"a soup that explodes", "B2/S", 400, 700, "tile", "dense"},
		{"a small soup that settles", "B3/S23", 300, 2000, "tile", "tile"},
		{"a rule that is looked up", "B2ci3ai4c8/S02ae3eijkq4iz5ar6i7e", 300, 300, "tile", "tile"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := soup(c.rule, 1, c.side)
			a := makeAuto(t, p.Rule(), Options{Use: Use{Generations: big.NewInt(c.generations)}})
			defer a.Close()
			if err := a.Load(p); err != nil {
				t.Fatal(err)
			}
			if a.choice.Name != c.first {
				t.Errorf("begins with %+v, want %s", a.choice, c.first)
			}
			advance(t, a, c.generations)
			if a.choice.Name != c.last {
				t.Errorf("ends with %+v, want %s", a.choice, c.last)
			}
			u, err := New("tile", p.Rule(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := u.Load(p); err != nil {
				t.Fatal(err)
			}
			advance(t, u, c.generations)
			if a.Snapshot().Digest() != u.Snapshot().Digest() {
				t.Error("differs from tile")
			}
		})
	}
}

// An engine that may change whenever it can goes to and fro, and remains exact.
func TestSweepingToAndFro(t *testing.T) {
	for _, rulestring := range []string{"B3/S23", "B2/S", "B3678/S34678", "B03/S23"} {
		p := soup(rulestring, 7, 100)
		a := makeAuto(t, p.Rule(), Options{})
		makeRestless(a)
		if err := a.Load(p); err != nil {
			t.Fatal(err)
		}
		makeRestless(a)
		a.rivals.memoiser = "tile" // so that there is no third engine
		seen := map[string]int{}
		for range 60 {
			a.weigh()
			if err := a.slice(context.Background(), big.NewInt(16)); err != nil {
				t.Fatal(err)
			}
			seen[a.choice.Name]++
		}
		if seen["tile"] == 0 || seen["dense"] == 0 {
			t.Errorf("%s: slices by engine: %v, want both", rulestring, seen)
		}
		u, _ := New("tile", p.Rule(), Options{})
		if err := u.Load(p); err != nil {
			t.Fatal(err)
		}
		if err := u.Advance(context.Background(), a.Generation()); err != nil {
			t.Fatal(err)
		}
		if a.Snapshot().Digest() != u.Snapshot().Digest() {
			t.Errorf("%s: differs from tile at generation %v", rulestring, a.Generation())
		}
		a.Close()
	}
}

// Where memory is short what explodes comes as far as in tile, at least.
func TestSweepingAtTheLimit(t *testing.T) {
	p := soup("B2/S", 3, 200)
	const limit = 3 << 19
	reach := func(name string) *big.Int {
		e, err := New(name, p.Rule(), Options{Memory: limit})
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Load(p); err != nil {
			t.Fatal(err)
		}
		if err := e.Advance(context.Background(), big.NewInt(5000)); !errors.Is(err, life.ErrMemoryLimit) {
			t.Fatalf("%s: %v, want %v", name, err, life.ErrMemoryLimit)
		}
		return e.Generation()
	}
	if tile, auto := reach("tile"), reach(Auto); auto.Cmp(tile) < 0 {
		t.Errorf("no memory from generation %v on, in tile from %v", auto, tile)
	}
}

// Nothing is swept that leaves no room to look how much changes.
func TestSweepingNeedsRoom(t *testing.T) {
	p := soup("B3/S23", 1, 1600)
	for limit, want := range map[int64]string{0: "dense", 8 << 20: "dense", 1 << 20: "tile"} {
		a := makeAuto(t, p.Rule(), Options{Memory: limit, Use: Use{Generations: big.NewInt(100)}})
		if err := a.Load(p); err != nil {
			t.Fatal(err)
		}
		if a.choice.Name != want {
			t.Errorf("limit %d: %+v, want %s", limit, a.choice, want)
		}
		a.Close()
	}
}

// Only large soups without gaps are swept from the start.
func TestIsWideSoup(t *testing.T) {
	sparse := life.NewBuilder(rule.MustParse("B3/S23"))
	for i := range int64(1 << 15) {
		x, y := 16*(i%256)+i*i%13, 32*(i/256)+i*i%17
		for _, c := range []life.Point{{X: x, Y: y}, {X: x + 1, Y: y + i%2}, {X: x + i%3, Y: y + 1}} {
			sparse.Set(c.X, c.Y, 1)
		}
	}
	for name, c := range map[string]struct {
		p    *life.Pattern
		want bool
	}{
		"large":  {soup("B3/S23", 1, 1600), true},
		"small":  {soup("B3/S23", 1, 1000), false},
		"sparse": {sparse.Pattern(), false},
	} {
		if got := isWideSoup(c.p); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// An engine that sweeps keeps its universe where the other one has no room.
func TestSweepingGoesOn(t *testing.T) {
	p := soup("B3/S23", 1, 1600)
	a := makeAuto(t, p.Rule(), Options{Memory: 64 << 20})
	defer a.Close()
	if err := a.Load(p); err != nil {
		t.Fatal(err)
	}
	advance(t, a, 100)
	a.make = func(string, *rule.Rule, Options) (universe, error) { return nil, life.ErrMemoryLimit }
	want := a.Snapshot()
	a.reseat("tile", "it is a test", 0)
	if got := a.Snapshot(); a.choice.Name != "dense" || got.Digest() != want.Digest() || got.Generation().Cmp(want.Generation()) != 0 {
		t.Errorf("%+v, generation %v, want dense with the same universe at %v", a.choice, got.Generation(), want.Generation())
	}
	if a.race.refused <= a.race.spent {
		t.Errorf("refused until %v of effort, after %v", a.race.refused, a.race.spent)
	}
	advance(t, a, 100)
}
