package tile

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/lifetest"
	"golife/life/rule"
)

var conformance = lifetest.Config{
	New:         func(r *rule.Rule) (life.Engine, error) { return New(r) },
	Alternating: true,
	Name:        "tile",
}

func TestConformance(t *testing.T) { lifetest.Run(t, conformance) }

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, conformance) }

// rules has each kind of rule, and of kernel.
var rules = []string{
	"B3/S23", "B36/S23", "B2/S", "B3678/S34678", "B2/S34H", "B13/S012V", "W30", "W110", "B3/S2-i34q", "B2ci3ai/S1c2n3-ek4",
	"B0123478/S01234678", "B0/S8", "B0/S", "B03/S23", "B02-a/S1c4", "B013/S2V",
}

// TestModel runs soups at the edges of tiles under all kinds of rules, with edits
// on the way.
func TestModel(t *testing.T) {
	rnd, seed := random(1)
	names := append([]string{}, rules...)
	for range 6 {
		names = append(names, lifetest.RandomRule(rnd, true))
	}
	for _, name := range names {
		for range 3 {
			r := life.Rt(place(rnd), place(rnd), 1+rnd.Int64N(70), 1+rnd.Int64N(70))
			p := soup(rnd, name, r, 20+rnd.IntN(200))
			e, m := loaded(t, p), newModel(p)
			what := fmt.Sprintf("%s rule %s soup %v", seed, name, r)
			same(t, e, m, what)
			for range 8 {
				n := rnd.Int64N(5)
				advance(t, e, n)
				for range n {
					m.step()
				}
				same(t, e, m, fmt.Sprintf("%s generation %d", what, m.generation))
				if rnd.IntN(3) > 0 {
					continue
				}
				for range 1 + rnd.IntN(4) {
					at, s := life.Point{X: place(rnd), Y: place(rnd)}, life.State(rnd.IntN(2))
					m.set(at, s)
					if err := e.Set(at, s); err != nil || e.Get(at) != s {
						t.Fatalf("%s: Set(%v, %d): %v", what, at, s, err)
					}
				}
				same(t, e, m, fmt.Sprintf("%s edited at generation %d", what, m.generation))
			}
		}
	}
}

// TestThreads compares workers that share a large universe with one worker, until
// parts of it have fallen asleep or flown away.
func TestThreads(t *testing.T) {
	rnd, seed := random(2)
	p := soup(rnd, "B3/S23", life.Rt(-500, -500, 1400, 1400), 90)
	engines := []*Engine{loaded(t, p), loaded(t, p, WithThreads(2)), loaded(t, p, WithThreads(3)), loaded(t, p, WithThreads(4))}
	for _, n := range []int64{1 + rnd.Int64N(9), 2, 3, 600 + rnd.Int64N(9)} {
		if testing.Short() {
			n = min(n, 30)
		}
		for _, e := range engines {
			advance(t, e, n)
			if d := e.Snapshot().Digest(); d != engines[0].Snapshot().Digest() {
				t.Fatalf("%s: %d workers differ from one at generation %v", seed, len(e.workers), e.Generation())
			}
			if err := e.u.verify(); err != nil {
				t.Fatalf("%s: %d workers: %v", seed, len(e.workers), err)
			}
		}
	}
}

const (
	blockRLE  = "2o$2o!"
	gliderRLE = "bo$2bo$3o!"
	lwssRLE   = "bo2bo$o$o3bo$4o!"
	gosperRLE = "24bo$22bobo$12b2o6b2o12b2o$11bo3bo4b2o12b2o$2o8bo5bo3b2o$2o8bo3bob2o4bobo$10bo5bo7bo$11bo3bo$12b2o!"
)

// TestSpaceships flies gliders and lightweight spaceships across edges and corners
// of tiles in all directions. They must not leave tiles behind.
func TestSpaceships(t *testing.T) {
	for _, ship := range []struct {
		rle         string
		generations int64
	}{{gliderRLE, 900}, {lwssRLE, 500}} {
		p := lifetest.Cells("B3/S23", ship.rle, -3, -2)
		for _, s := range life.Symmetries() {
			q := p.Transform(s)
			e := loaded(t, q)
			advance(t, e, ship.generations)
			back := loaded(t, q)
			for range ship.generations {
				advance(t, back, 1)
			}
			if d := lifetest.Diff(e, back.Snapshot()); d != "" {
				t.Errorf("%s, symmetry %d: steps of one generation: %s", ship.rle, s, d)
			}
			if err := e.u.verify(); err != nil {
				t.Errorf("symmetry %d: %v", s, err)
			}
			e.Collect()
			if e.Population().Cmp(p.Population()) != 0 || e.u.count > 4 || len(e.u.chunks) > 1 {
				t.Errorf("symmetry %d: population %v, %d tiles", s, e.Population(), e.u.count)
			}
		}
	}
}

// TestRest: what has a period of 1 or 2 is not visited any more, and any number of
// generations of it is free.
func TestRest(t *testing.T) {
	huge, _ := new(big.Int).SetString("1000000000000000000000000000001", 10)
	for _, c := range []struct {
		name, rle   string
		isStill     bool
		generations int64 // until it has come to rest
	}{
		{"block", blockRLE, true, 4},
		{"blinker", "3o!", true, 4},
		{"beacon", "2o$2o$2b2o$2b2o!", true, 4},
		{"pulsar", "2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$2b3o3b3o$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!", false, 4},
		{"pentadecathlon", "10o!", false, 30},
		{"R-pentomino's first half", "bo$3o!", true, 40},
	} {
		p := lifetest.Cells("B3/S23", c.rle, 55, -62)
		e, m := loaded(t, p), newModel(p)
		advance(t, e, c.generations)
		for range c.generations {
			m.step()
		}
		same(t, e, m, c.name)
		if got := len(e.u.queue) == 0; got != c.isStill {
			t.Errorf("%s: at rest: %v, want %v", c.name, got, c.isStill)
		}
		if !c.isStill {
			continue
		}
		if err := e.Advance(context.Background(), huge); err != nil {
			t.Fatal(err)
		}
		want := new(big.Int).Add(huge, big.NewInt(c.generations))
		m.step()
		if d := lifetest.Diff(e, m.pattern().WithGeneration(want)); d != "" {
			t.Errorf("%s after 10^30+1 generations: %s", c.name, d)
		}
		if err := e.Advance(context.Background(), huge); err != nil {
			t.Fatal(err)
		}
		m.step()
		if d := lifetest.Diff(e, m.pattern().WithGeneration(want.Add(want, huge))); d != "" {
			t.Errorf("%s after 2·10^30+2 generations: %s", c.name, d)
		}
	}
}

// TestDeath: a universe that dies gives all its tiles back.
func TestDeath(t *testing.T) {
	rnd, seed := random(3)
	p := soup(rnd, "B/S", life.Rt(-500, -400, 1000, 800), 128)
	e := loaded(t, p)
	advance(t, e, 1e18)
	if n := e.Population(); n.Sign() != 0 || e.u.count != 0 {
		t.Errorf("%s: population %v, %d tiles", seed, n, e.u.count)
	}
	if err := e.u.verify(); err != nil {
		t.Errorf("%s: %v", seed, err)
	}
	before := e.Bytes()
	e.Collect()
	if e.Bytes() >= before {
		t.Errorf("%d bytes after Collect, %d before", e.Bytes(), before)
	}
}

// TestMemoryLimit: a growing universe stops at a whole generation below the
// limit, and goes on when the limit is lifted.
func TestMemoryLimit(t *testing.T) {
	p := soup(must(random(4)), "B1/S012345678", life.Rt(-40, -30, 90, 80), 9).WithGeneration(big.NewInt(7))
	e := loaded(t, p, WithThreads(2))
	limit := 6 * chunkTiles * slotBytes
	e.SetLimit(limit)
	err := e.Advance(context.Background(), big.NewInt(1e6))
	if !errors.Is(err, life.ErrMemoryLimit) {
		t.Fatalf("Advance returned %v", err)
	}
	if e.Bytes() > limit || e.Bytes() < limit/2 {
		t.Errorf("%d bytes in use, the limit is %d", e.Bytes(), limit)
	}
	whole := func() {
		t.Helper()
		if err := e.u.verify(); err != nil {
			t.Fatal(err)
		}
		again := loaded(t, p)
		if err := again.Advance(context.Background(), new(big.Int).Sub(e.Generation(), p.Generation())); err != nil {
			t.Fatal(err)
		}
		if d := lifetest.Diff(e, again.Snapshot()); d != "" {
			t.Fatal(d)
		}
	}
	whole()
	generation := e.Generation()
	if err := e.Advance(context.Background(), big.NewInt(2)); !errors.Is(err, life.ErrMemoryLimit) || e.Generation().Cmp(generation) != 0 {
		t.Errorf("Advance at the limit returned %v at generation %v", err, e.Generation())
	}
	e.SetLimit(0)
	advance(t, e, 40)
	whole()
	e.SetLimit(limit)
	if err := e.Advance(context.Background(), big.NewInt(2)); !errors.Is(err, life.ErrMemoryLimit) {
		t.Errorf("Advance above the limit returned %v", err)
	}
	if err := e.Load(e.Snapshot()); !errors.Is(err, life.ErrMemoryLimit) {
		t.Errorf("Load above the limit returned %v", err)
	}
	whole()
}

func must[A, B any](a A, _ B) A { return a }

// TestRange: a glider that reaches the end of the coordinates stops at a whole
// generation; cells up to the end can be loaded and set.
func TestRange(t *testing.T) {
	const margin = 300
	p := lifetest.Cells("B3/S23", gliderRLE, limit-margin, limit-margin)
	e := loaded(t, p)
	err := e.Advance(context.Background(), big.NewInt(1e9))
	if !errors.Is(err, life.ErrOutOfRange) {
		t.Fatalf("Advance returned %v", err)
	}
	again := loaded(t, p)
	if err := again.Advance(context.Background(), e.Generation()); err != nil {
		t.Fatal(err)
	}
	if d := lifetest.Diff(e, again.Snapshot()); d != "" {
		t.Fatal(d)
	}
	if g := e.Generation().Int64(); g < 4*(margin-3*inner) {
		t.Errorf("stopped at generation %d already", g)
	}
	if err := e.u.verify(); err != nil {
		t.Fatal(err)
	}
	for _, at := range []life.Point{{X: limit - 1, Y: -limit}, {X: -limit, Y: limit - 1}} {
		if err := e.Set(at, 1); err != nil || e.Get(at) != 1 {
			t.Errorf("Set(%v): %v", at, err)
		}
	}
	for _, at := range []life.Point{{X: limit}, {Y: -limit - 1}} {
		if err := e.Set(at, 1); !errors.Is(err, life.ErrOutOfRange) {
			t.Errorf("Set(%v): %v", at, err)
		}
	}
	far := lifetest.Cells("B3/S23", blockRLE, 0, limit-1)
	if err := e.Load(far); !errors.Is(err, life.ErrOutOfRange) {
		t.Errorf("Load beyond the range: %v", err)
	}
}

// TestCancel: a context that is done between two passes leaves a whole generation.
func TestCancel(t *testing.T) {
	p := lifetest.Cells("B3/S23", gosperRLE, -20, 40)
	e := loaded(t, p)
	advance(t, e, 1)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := e.Advance(ctx, big.NewInt(1<<50)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Advance returned %v", err)
	}
	again := loaded(t, p)
	if err := again.Advance(context.Background(), e.Generation()); err != nil {
		t.Fatal(err)
	}
	if d := lifetest.Diff(e, again.Snapshot()); d != "" {
		t.Fatal(d)
	}
	generation := e.Generation()
	if err := e.Advance(ctx, big.NewInt(5)); !errors.Is(err, context.DeadlineExceeded) || e.Generation().Cmp(generation) != 0 {
		t.Errorf("Advance with a context that is done returned %v", err)
	}
	if err := e.Advance(context.Background(), big.NewInt(-1)); err == nil {
		t.Error("Advance(-1) returned no error")
	}
}

// TestStats: a block is looked at once, and a glider far from it until it flies.
func TestStats(t *testing.T) {
	p, err := lifetest.Cells("B3/S23", gliderRLE, 20, 20).Union(lifetest.Cells("B3/S23", blockRLE, 1000, 1000))
	if err != nil {
		t.Fatal(err)
	}
	e := loaded(t, p)
	advance(t, e, 40)
	got := map[string]int64{}
	for _, s := range e.Stats() {
		got[s.Name] = s.Value
	}
	passes := got["passes"]
	if passes > kernel.SampleEvery || got["ships"] != 1 || got["tiles"] != 1 || got["tiles_active"] != 0 ||
		got["tiles_stepped"] != passes+1 || got["tiles_skipped"] != passes-1 || got["bytes"] != e.Bytes() {
		t.Errorf("counters are %v", got)
	}
	// A glider changes 3 to 5 rows in two generations, which 7 to 9 depend on: two groups
	// of four, or three.
	if rows := got["rows_stepped"]; rows < (passes-1)*8 || rows > 2*60+passes*12 {
		t.Errorf("%d rows stepped", rows)
	}
}

// TestUnsupported: bounded grids and other families are refused by name.
func TestUnsupported(t *testing.T) {
	for _, name := range []string{"B3/S23:T100,100", "/2/3"} {
		r, err := rule.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		var want *life.UnsupportedRuleError
		if _, err := New(r); !errors.As(err, &want) || want.Engine != "tile" || want.Rule != r {
			t.Errorf("New(%s) returned %v", name, err)
		}
	}
}

// TestArena makes and frees tiles at random and compares with a map.
func TestArena(t *testing.T) {
	rnd, seed := random(5)
	a, want := newArena(), map[life.Point]id{}
	for range 20000 {
		p := life.Point{X: rnd.Int64N(40) - 20, Y: rnd.Int64N(40) - 20}
		if rnd.IntN(8) == 0 {
			p = life.Point{X: farthest - rnd.Int64N(3), Y: rnd.Int64N(3) - farthest}
		}
		k := want[p]
		if a.find(p.X, p.Y) != k {
			t.Fatalf("%s: find(%v) = %d, want %d", seed, p, a.find(p.X, p.Y), k)
		}
		if k == 0 {
			want[p] = a.create(p.X, p.Y)
		} else if rnd.IntN(3) > 0 {
			a.release(k)
			delete(want, p)
		}
	}
	if a.count != len(want) || !a.isFar {
		t.Fatalf("%s: %d tiles, want %d", seed, a.count, len(want))
	}
	for p, k := range want {
		for d, q := range a.at(k).Near {
			if q != want[life.Point{X: p.X + offset[d].x, Y: p.Y + offset[d].y}] {
				t.Fatalf("%s: neighbour %d of %v is %d", seed, d, p, q)
			}
		}
	}
}
