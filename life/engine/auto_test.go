package engine

import (
	"context"
	"errors"
	"math/big"
	"runtime"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
)

// makeAuto returns an engine whose parts tests can change.
func makeAuto(t testing.TB, r *rule.Rule, o Options) *auto {
	t.Helper()
	e, err := New(Auto, r, o)
	if err != nil {
		t.Fatal(err)
	}
	return e.(*auto)
}

// makeRestless lets a change its engine whenever it can, so that runs of a few
// generations see many changes: it doubts everything, and any rival is fast enough.
func makeRestless(a *auto) {
	a.tuning = tuning{share: 1, pause: 1, fewHits: 2, chaos: -1, farVisit: 1e9}
	a.start(a.Generation())
}

// someRules has one of each kind: the engines themselves are tested with more.
var someRules = []string{"B3/S23", "B2/S34H", "B3/S2-i34q", "B0123478/S01234678", "B03/S23", "B013/S2V"}

func TestConformance(t *testing.T) {
	t.Run("tuned", func(t *testing.T) {
		lifetest.Run(t, lifetest.Config{
			New:   func(r *rule.Rule) (life.Engine, error) { return New(Auto, r, Options{}) },
			Rules: someRules[:1], Alternating: true, Hashing: true, MaxGenerations: 1200,
		})
	})
	t.Run("restless", func(t *testing.T) { lifetest.Run(t, restless) })
}

var restless = lifetest.Config{
	New: func(r *rule.Rule) (life.Engine, error) {
		e, err := New(Auto, r, Options{})
		if a, ok := e.(*auto); ok {
			makeRestless(a)
		}
		return e, err
	},
	Rules: someRules[2:5], Alternating: true, MaxGenerations: 600,
}

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, restless) }

// watched is an engine that calls a function after each Advance.
type watched struct {
	universe
	after func()
}

func (w watched) Advance(ctx context.Context, n *big.Int) error {
	err := w.universe.Advance(ctx, n)
	w.after()
	return err
}

func (w watched) Close() { discard(w.universe) }

func advance(t testing.TB, e life.Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatal(err)
	}
}

// soup returns random cells of a seed under a rule.
func soup(rulestring string, seed uint64, side int64) *life.Pattern {
	return lifetest.Soup{Rule: rulestring, Seed: seed, Rect: life.Rt(-side/2, -side/2, side, side), Density: 95}.Pattern()
}

// Engines take turns many times, and no generation, cell or counter is lost.
func TestSwitching(t *testing.T) {
	total := int64(0)
	for i, rulestring := range append(someRules, "B3/S23:T64,64", "B03/S23:T128,64", "345/2/4", "LifeHistory", "345/2/4:T64,64", "LifeHistory:T128,64") {
		seed := lifetest.Seed() + uint64(i)
		p := soup(rulestring, seed, 60)
		if rivalsFor(p.Rule()).memoiser == "" {
			continue // no engine but dense
		}
		a := makeAuto(t, p.Rule(), Options{})
		makeRestless(a)
		want, err := New("naive", p.Rule(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range []life.Engine{a, want} {
			if err := e.Load(p); err != nil {
				t.Fatal(err)
			}
		}
		for n := int64(1); n <= 29; n += 4 {
			advance(t, a, n)
			advance(t, want, n)
			lifetest.Compare(t, a, want)
		}
		if total += a.counts.switches; a.counts.switches == 0 {
			t.Errorf("rule %s, seed %d: no switch", rulestring, seed)
		}
		if c := Chosen(a); c != a.choice || !strings.Contains(c.Reason, "times as fast as") {
			t.Errorf("Chosen = %+v, want the reason of the last switch", c)
		}
	}
	if total < 40 {
		t.Errorf("%d switches, want 40 and more", total)
	}
}

// Two engines together stay within the limit, at every moment of a probe.
func TestLimitIsShared(t *testing.T) {
	p := soup("B3/S23", lifetest.Seed(), 200)
	for _, limit := range []int64{400 << 10, 1 << 20, 3 << 20, 20 << 20} {
		a := makeAuto(t, p.Rule(), Options{Memory: limit})
		makeRestless(a)
		var made []universe
		most, both := int64(0), 0
		a.make = func(name string, r *rule.Rule, o Options) (universe, error) {
			u, err := newUniverse(name, r, o)
			if err != nil {
				return nil, err
			}
			made = append(made, u)
			return watched{u, func() {
				if w, ok := a.universe.(watched); ok && w.universe != u {
					both++
					most = max(most, w.Bytes()+u.Bytes())
				}
			}}, nil
		}
		if err := a.Load(p); err != nil {
			t.Fatalf("limit %d: %v", limit, err)
		}
		for range 20 {
			if err := a.Advance(context.Background(), big.NewInt(20)); err != nil && !errors.Is(err, life.ErrMemoryLimit) {
				t.Fatal(err)
			}
			if n := a.Bytes(); n > limit {
				t.Errorf("limit %d: %s holds %d bytes", limit, a.choice.Name, n)
			}
		}
		if most > limit {
			t.Errorf("limit %d: both engines together held %d bytes", limit, most)
		}
		if limit > 10<<20 && both == 0 {
			t.Errorf("limit %d: no probe among %d engines made", limit, len(made))
		}
		advance(t, a, 1)
		lifetest.Compare(t, a, reached(t, p, a.Generation()))
	}
}

// reached returns p in a tile engine at a generation.
func reached(t testing.TB, p *life.Pattern, generation *big.Int) life.Engine {
	t.Helper()
	e, err := New("tile", p.Rule(), Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err == nil {
		err = e.Advance(context.Background(), new(big.Int).Sub(generation, p.Generation()))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A bookmark belongs to one engine, so that it keeps it in office.
func TestMarksKeepTheEngine(t *testing.T) {
	p := soup("B3/S23", lifetest.Seed(), 60)
	a := makeAuto(t, p.Rule(), Options{})
	makeRestless(a)
	if err := a.Load(p); err != nil {
		t.Fatal(err)
	}
	advance(t, a, 20)
	mark, before, switches := a.Mark(), a.Snapshot(), a.counts.switches
	advance(t, a, 50)
	if a.counts.switches != switches {
		t.Fatalf("%d switches while there is a mark, want none", a.counts.switches-switches)
	}
	if err := a.Rewind(mark); err != nil {
		t.Fatal(err)
	}
	if !a.Snapshot().SameCells(before) || a.Generation().Cmp(mark.Generation()) != 0 {
		t.Error("not the universe that was marked")
	}
	mark = nil
	for range 20 {
		runtime.GC()
		advance(t, a, 50)
	}
	if a.counts.switches == switches {
		t.Error("no switch after the mark was dropped")
	}
}

// When the present engine has no room, the other one goes on.
func TestRescue(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for _, c := range [][2]int64{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}} { // a glider
		b.Set(c[0], c[1], 1)
	}
	far := new(big.Int).Sub(new(big.Int).Lsh(one, 62), big.NewInt(1000))
	p := b.Pattern().Translate(far, far)
	a := makeAuto(t, p.Rule(), Options{})
	if err := a.loadInto(Choice{"tile", "it is a test"}, p); err != nil {
		t.Fatal(err)
	}
	advance(t, a, 40_000)
	want := p.Translate(big.NewInt(10_000), big.NewInt(10_000))
	if a.choice.Name != "hashlife" || !a.Snapshot().SameCells(want) {
		t.Errorf("at generation %v in %+v, bounds %v; want hashlife, %v", a.Generation(), a.choice, first(a.Bounds()), first(want.Bounds()))
	}
	if !strings.Contains(a.choice.Reason, "out of range") {
		t.Errorf("the reason is %q, want that of the other engine's failure", a.choice.Reason)
	}
}

func first[A, B any](a A, _ B) A { return a }

// A universe that no engine has room for stays as it was.
func TestLoadTooLarge(t *testing.T) {
	small, large := soup("B3/S23", lifetest.Seed(), 20), soup("B3/S23", lifetest.Seed(), 1500)
	for _, limit := range []int64{200 << 10, 300 << 10} {
		a := makeAuto(t, small.Rule(), Options{Memory: limit})
		if err := a.Load(small); err != nil {
			t.Fatal(err)
		}
		before := a.choice
		if err := a.Load(large); !errors.Is(err, life.ErrMemoryLimit) {
			t.Fatalf("limit %d: Load returns %v, want ErrMemoryLimit", limit, err)
		}
		if a.choice != before || !a.Snapshot().SameCells(small) {
			t.Errorf("limit %d: a failed Load changed the universe", limit)
		}
		advance(t, a, 10)
		lifetest.Compare(t, a, reached(t, small, big.NewInt(10)))
	}
}

// One engine may take over what another refuses to load.
func TestLoadFindsRoom(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("B3/S23")) // blocks, far apart: tiles for each, few nodes
	for i := range int64(1 << 14) {
		x, y := i%128*1024, i/128*1024
		for d := range int64(4) {
			b.Set(x+d%2, y+d/2, 1)
		}
	}
	p := b.Pattern()
	e, err := New(Auto, p.Rule(), Options{Memory: 4 << 20, Use: Use{Generations: big.NewInt(100)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	if c := Chosen(e); c.Name != "hashlife" || c.Reason != "too large for tile" {
		t.Errorf("Chosen = %+v, want hashlife as tile has no room", c)
	}
	advance(t, e, 3)
	if !e.Snapshot().SameCells(p) {
		t.Error("still lifes changed")
	}
	Expect(e, Use{Generations: big.NewInt(5)})
	if err := e.Load(soup("B3/S23", 1, 40)); err != nil {
		t.Fatal(err)
	}
	if c := Chosen(e); c.Name != "tile" {
		t.Errorf("Chosen = %+v for 5 generations of a soup, want tile", c)
	}
}

// A rule with a grid, or without one, may come with a pattern.
func TestLoadChangesTheRivals(t *testing.T) {
	plane, torus := soup("B3/S23", lifetest.Seed(), 30), soup("B3/S23:T50,60", lifetest.Seed(), 30)
	dying, signals := soup("345/2/4", lifetest.Seed(), 30), soup("JvN29", lifetest.Seed(), 30)
	a := makeAuto(t, plane.Rule(), Options{})
	for _, p := range []*life.Pattern{plane, torus, dying, plane, signals, torus} {
		if err := a.Load(p); err != nil {
			t.Fatal(err)
		}
		advance(t, a, 100)
		want, _ := New("naive", p.Rule(), Options{})
		if err := want.Load(p); err != nil {
			t.Fatal(err)
		}
		advance(t, want, 100)
		lifetest.Compare(t, a, want)
		if p == torus && a.choice.Name != "dense" {
			t.Errorf("a torus runs in %s", a.choice.Name)
		}
	}
	larger := life.NewBuilder(rule.MustParse("R5,C0,M1,S34..58,B34..45,NM")).Pattern()
	before := a.Snapshot()
	if err := a.Load(larger); !errors.Is(err, life.ErrUnsupportedRule) {
		t.Errorf("Load of a rule of Larger than Life returns %v, want ErrUnsupportedRule", err)
	}
	if !a.Snapshot().SameCells(before) {
		t.Error("a failed Load changed the universe")
	}
}
