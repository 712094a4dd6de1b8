package multistate

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
)

// TestThreads compares goroutines that share a large universe with one that has it alone.
func TestThreads(t *testing.T) {
	rnd, seed := random(3)
	for _, name := range []string{brain, "345/2/4:T1000,900", "WireWorld"} {
		p := soup(rnd, name, life.Rt(-500, -450, 1000, 900), 160)
		engines := []*Engine{loaded(t, p), loaded(t, p, WithThreads(2)), loaded(t, p, WithThreads(5))}
		for _, n := range []int64{1, 2, 17} {
			for _, e := range engines {
				lifetest.Advance(t, e, n)
				same(t, e, engines[0], fmt.Sprintf("%s rule %s, %d threads", seed, name, e.team.Threads))
			}
		}
		if n := len(engines[0].u.queue); n < 2*shareTiles {
			t.Errorf("rule %s: %d tiles, too few for two goroutines", name, n)
		}
	}
}

// TestShip flies a ship of Brian's Brain, which moves a cell each generation, over
// edges and corners of tiles in all directions. It must leave no tiles behind.
func TestShip(t *testing.T) {
	for _, at := range []life.Point{{X: -3, Y: 20}, {X: 5, Y: 63}} {
		p := lifetest.Cells(brain, "BA$BA!", at.X, at.Y)
		for _, s := range life.Symmetries() {
			q := p.Transform(s)
			e := loaded(t, q)
			lifetest.Advance(t, e, 500)
			by := s.Apply(life.Point{X: 500}).Add(life.Point{X: -s.Apply(life.Point{}).X, Y: -s.Apply(life.Point{}).Y})
			want := q.Translate(big.NewInt(by.X), big.NewInt(by.Y)).WithGeneration(big.NewInt(500))
			if d := lifetest.Diff(e, want); d != "" {
				t.Errorf("at %v, symmetry %d: %s", at, s, d)
			}
			if err := e.u.verify(); err != nil || len(e.u.index) > 4 || len(e.u.chunks) > 1 {
				t.Errorf("at %v, symmetry %d: %v, %d tiles", at, s, err, len(e.u.index))
			}
		}
	}
}

// TestRest: what does not change any more is not stepped, and any number of generations
// of it is free.
func TestRest(t *testing.T) {
	huge, _ := new(big.Int).SetString("1000000000000000000000000000001", 10)
	for _, c := range []struct{ name, rule, rle string }{
		{"a block", "23/3/8", "2A$2A!"},
		{"a block over the edge of a torus", "23/3/8:T3,70", "2A$2A!"},
		{"wires", "WireWorld", "9C.C$5C3.C!"},
		{"an electron that leaves a wire", "WireWorld", "4CBA3C!"},
		{"a dying cell", "/2/9", "3A!"},
		{"no more cells", "/3/256", "2.H!"},
	} {
		e := loaded(t, lifetest.Cells(c.rule, c.rle, -1, 30))
		lifetest.Advance(t, e, 300)
		before := e.Snapshot()
		if len(e.u.queue) != 0 {
			t.Errorf("%s: %d tiles are stepped", c.name, len(e.u.queue))
			continue
		}
		if err := e.Advance(context.Background(), huge); err != nil {
			t.Fatal(err)
		}
		want := before.WithGeneration(new(big.Int).Add(before.Generation(), huge))
		if d := lifetest.Diff(e, want); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestElectron: of a loop of wire over many tiles, only those are stepped that an electron
// is near, and it comes round.
func TestElectron(t *testing.T) {
	const length = 1000
	b := life.NewBuilder(rule.MustParse("WireWorld"))
	for i := range int64(length) {
		b.Set(i, 0, 3)
		b.Set(0, i, 3)
		b.Set(i, length, 3)
		b.Set(length, i, 3)
	}
	for _, corner := range []life.Point{{X: 0, Y: 0}, {X: length, Y: 0}, {X: 0, Y: length}, {X: length, Y: length}} {
		b.Set(corner.X, corner.Y, 0) // electrons take the diagonal
	}
	b.Set(300, 0, 2)
	b.Set(301, 0, 1)
	p := b.Pattern()
	e := loaded(t, p)
	lifetest.Advance(t, e, 1)
	tiles := len(e.u.index)
	lifetest.Advance(t, e, 4*(length-1)-1)
	if d := lifetest.Diff(e, p.WithGeneration(e.Generation())); d != "" {
		t.Error(d)
	}
	if most := int64(tiles) + 2*e.Generation().Int64(); e.u.stepped > most || len(e.u.index) != tiles {
		t.Errorf("%d tiles stepped of %d, want at most %d; before it were %d", e.u.stepped, len(e.u.index), most, tiles)
	}
}

// TestWireWorld compares wires, some with electrons, laid at random over edges and corners
// of tiles.
func TestWireWorld(t *testing.T) {
	rnd, seed := random(4)
	for range 8 {
		b := life.NewBuilder(rule.MustParse("WireWorld"))
		for range 60 {
			at := life.Point{X: place(rnd), Y: place(rnd)}
			by := offset[rnd.IntN(8)]
			for range 5 + rnd.IntN(90) {
				b.Set(at.X, at.Y, 3)
				at = at.Add(by)
			}
			b.Set(at.X, at.Y, 1)
			b.Set(at.X-by.X, at.Y-by.Y, 2)
		}
		p := b.Pattern()
		e, m := loaded(t, p), lifetest.Naive(t, p)
		for range 20 {
			n := rnd.Int64N(4)
			lifetest.Advance(t, e, n)
			lifetest.Advance(t, m, n)
			same(t, e, m, fmt.Sprintf("%s generation %v", seed, e.Generation()))
		}
	}
}

// TestMemoryLimit grows soups until memory is at an end: the universe then stands at a
// whole generation, takes no more than the limit, and goes on when there is more.
func TestMemoryLimit(t *testing.T) {
	rnd, seed := random(5)
	for _, name := range []string{brain, "012345678/12345678/9", "/12/40", "012345678/12345678/9:T700,610"} {
		for _, chunks := range []int64{1, 2, 3} {
			p := soup(rnd, name, life.Rt(-40, -40, 80, 80), 100)
			e, m := loaded(t, p), lifetest.Naive(t, p)
			what := fmt.Sprintf("%s rule %s, %d chunks", seed, name, chunks)
			limit := chunks * e.Bytes()
			e.SetLimit(limit)
			err := e.Advance(context.Background(), big.NewInt(2000))
			if !errors.Is(err, life.ErrMemoryLimit) || e.Bytes() > limit {
				t.Fatalf("%s: Advance returns %v with %d bytes, want ErrMemoryLimit with %d", what, err, e.Bytes(), limit)
			}
			lifetest.Advance(t, m, e.Generation().Int64())
			same(t, e, m, what)
			at := life.Point{X: 1 << 40}
			if len(e.u.unused) == 0 && !e.rule.IsBounded() {
				if err := e.Set(at, 1); !errors.Is(err, life.ErrMemoryLimit) {
					t.Errorf("%s: Set of a cell far away returns %v, want ErrMemoryLimit", what, err)
				}
			}
			same(t, e, m, what+", after Set")
			e.SetLimit(0)
			lifetest.Advance(t, e, 9)
			lifetest.Advance(t, m, 9)
			same(t, e, m, what+", and on")
		}
	}
}

// TestLoadBeyondLimit: a pattern that is too large changes nothing.
func TestLoadBeyondLimit(t *testing.T) {
	e := loaded(t, lifetest.Cells(brain, "BA$BA!", 0, 0), WithMemory(1<<20))
	lifetest.LoadTooLarge(t, e, e.rule)
}

// TestEnds: at the ends of the coordinates a universe stops where naive does.
func TestEnds(t *testing.T) {
	rnd, seed := random(6)
	stops := 0
	for i := range 40 {
		name := []string{brain, "/2/2", "345/2/4", "3/2/6V", withoutSymmetry()}[i%5]
		corner := lifetest.CornerAtEnd(rnd, i, limit, 12)
		p := soup(rnd, name, life.Rt(corner.X, corner.Y, 12, 12), 70)
		e, m := loaded(t, p), lifetest.Naive(t, p)
		what := fmt.Sprintf("%s rule %s at %v", seed, name, corner)
		if lifetest.DuelToEnd(t, e, m, 20, func(when string) { same(t, e, m, what+" "+when) }) {
			stops++
		}
	}
	if stops < 10 {
		t.Errorf("%d universes came to an end, want more", stops)
	}
}

// TestCollect: memory of tiles that died is given back, and nothing else.
func TestCollect(t *testing.T) {
	rnd, seed := random(7)
	for _, name := range []string{"/3/6", "/2/2", brain} {
		p := soup(rnd, name, life.Rt(0, 0, 600, 600), 200)
		if name != "/3/6" {
			p = soup(rnd, name, life.Rt(50, 50, 9, 9), 200) // they grow
		}
		e, again := loaded(t, p), loaded(t, p)
		for range 70 {
			lifetest.Advance(t, e, 2)
			e.Collect()
			lifetest.Advance(t, again, 2)
			same(t, e, again, seed+" rule "+name)
		}
		if name == "/3/6" && e.Bytes() >= again.Bytes() {
			t.Errorf("%d bytes, %d without Collect", e.Bytes(), again.Bytes())
		}
	}
}
