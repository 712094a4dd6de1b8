package dense

import (
	"math/rand/v2"
	"os"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

// oscillators are of periods 3, 15, 6 and 30.
var oscillators = []string{
	"2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$2b3o3b3o$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!",
	"2bo4bo$2ob4ob2o$2bo4bo!",
	"b2o$b2o2$bo$obo$o2bo2b2o$4bob2o$2b2o!",
	"9bo$7bobo$6bobo$2o3bo2bo11b2o$2o4bobo11b2o$7bobo$9bo!",
}

// zoo returns oscillators, a glider now and then, and noise in a corner, on a grid of
// some tiles.
func zoo(rnd *rand.Rand, rulestring string) *life.Pattern {
	r := rule.MustParse(rulestring)
	g, _ := r.Grid()
	ox, oy := g.Origin()
	b := life.NewBuilder(r)
	add := func(p *life.Pattern, x, y int64) {
		for c := range p.Cells(life.Rt(-64, -64, 128, 128)) {
			b.Set(ox+c.X+x, oy+c.Y+y, 1)
		}
	}
	share := 1 + rnd.IntN(8)
	for y := int64(0); y+24 <= g.Height; y += 24 {
		for x := int64(0); x+44 <= g.Width; x += 44 {
			if rnd.IntN(share) == 0 {
				add(lifetest.Cells("B3/S23", oscillators[rnd.IntN(len(oscillators))], 0, 0), x+rnd.Int64N(6), y+rnd.Int64N(10))
			}
		}
	}
	for range max(0, rnd.IntN(5)-2) {
		add(lifetest.Cells("B3/S23", glider, 0, 0), rnd.Int64N(g.Width-3), rnd.Int64N(g.Height-3))
	}
	if rnd.IntN(4) == 0 {
		x, y := rnd.Int64N(g.Width-20), rnd.Int64N(g.Height-20)
		add(lifetest.Soup{Rule: "B3/S23", Seed: rnd.Uint64(), Rect: life.Rt(0, 0, 16, 16), Density: 90}.Pattern(), x, y)
	}
	return b.Pattern()
}

// hurry has the next trial begin soon.
func hurry(e *Engine) {
	if q, ok := e.cells.(*quilt); ok && !q.trial.isOn {
		q.trial.wait = min(q.trial.wait, 5)
	}
}

// tally counts when tiles were dormant, and when fewer than before.
type tally struct{ dormant, roused int }

// compare runs p in tiles, and in an engine that knows nothing of them, with edits now
// and then, and returns what tiles became dormant.
func (c *tally) compare(t *testing.T, rnd *rand.Rand, p *life.Pattern, want life.Editor, turns int, seed string) {
	t.Helper()
	e := loaded(t, p, WithThreads(1+rnd.IntN(2)))
	e.options = options{isQuilted: true, isUnhurried: rnd.IntN(4) > 0}
	for _, x := range []life.Engine{e, want} {
		if err := x.Load(p); err != nil {
			t.Fatal(err)
		}
	}
	before := 0
	for range turns {
		hurry(e)
		gens := 1 + rnd.Int64N(90)
		advance(t, e, gens)
		advance(t, want, gens)
		if d := lifetest.Diff(e, want.Snapshot()); d != "" {
			t.Fatalf("%s: rule %s, generation %v: %s", seed, p.Rule(), want.Generation(), d)
		}
		now := 0
		if q, ok := e.cells.(*quilt); ok {
			now = len(q.dormant)
		}
		if now > 0 {
			c.dormant++
		}
		if now < before {
			c.roused++
		}
		before = now
		if rnd.IntN(30) == 0 || now > 0 && rnd.IntN(4) == 0 {
			edit(t, rnd, e, want)
		}
	}
}

// soakTimes returns n, or more in a soak, or less if short.
func soakTimes(n int) int {
	switch {
	case testing.Short():
		return max(1, n/10)
	case os.Getenv("GOLIFE_SOAK") != "":
		return 5 * n
	}
	return n
}

// TestDormant compares universes where tiles become dormant and are roused again, by
// themselves and by edits, with a twin that sweeps them all.
func TestDormant(t *testing.T) {
	rnd, seed := random(11)
	kinds := []string{":T400,330", ":P390,400", ":T320+64,333", ":K384*,330", ":K330,384*", ":C390,320", ":S384", ":T256,320-7", ":T130+5,200"}
	var c tally
	n := soakTimes(20)
	for range n {
		p := zoo(rnd, "B3/S23"+kinds[rnd.IntN(len(kinds))])
		c.compare(t, rnd, p, twin(t, p), 30, seed)
	}
	if !testing.Short() && (c.dormant < n || c.roused == 0) {
		t.Errorf("%s: %d universes: %+v", seed, n, c)
	}
}

// TestDormantOnGrids is TestDormant for any rule and small grids, against package naive
// where those are smallest.
func TestDormantOnGrids(t *testing.T) {
	rnd, seed := random(12)
	var c, alternating tally
	n := soakTimes(90)
	for i := range n {
		var p *life.Pattern
		var want life.Editor
		switch i % 10 {
		case 0: // package naive takes its time
			p = gridSoup(rnd, lifetest.RandomRule(rnd, true)+randomGrid(rnd, 16))
			slow, err := naive.New(p.Rule())
			if err != nil {
				t.Fatal(err)
			}
			want = slow
		case 1, 2, 3, 4:
			p = gridSoup(rnd, lifetest.RandomRule(rnd, true)+randomGrid(rnd, 100))
			want = twin(t, p)
		default:
			grid := randomGrid(rnd, 200)
			for g, _ := rule.MustParse("B3/S23" + grid).Grid(); g.Width < 46 || g.Height < 25; g, _ = rule.MustParse("B3/S23" + grid).Grid() {
				grid = randomGrid(rnd, 200)
			}
			p = zoo(rnd, "B3/S23"+grid)
			want = twin(t, p)
		}
		to := &c
		if p.Rule().Alternates() {
			to = &alternating
		}
		to.compare(t, rnd, p, want, 16, seed)
	}
	isSoak := n > 90
	if !testing.Short() && (c.dormant == 0 || c.roused == 0) || isSoak && alternating.dormant == 0 {
		t.Errorf("%s: %d universes: %+v, with B0 %+v", seed, n, c, alternating)
	}
}

// TestTentative: a plane where all changes, but most repeats itself, is one of tiles in
// the end; with less memory it stays what it was.
func TestTentative(t *testing.T) {
	const name = "B3/S23:T960,1024"
	b := life.NewBuilder(rule.MustParse(name))
	add := func(cells string, x, y int64) {
		for p := range lifetest.Cells("B3/S23", cells, 0, 0).Cells(life.Rt(0, 0, 64, 64)) {
			b.Set(p.X+x-480, p.Y+y-512, 1)
		}
	}
	for y := int64(0); y < 1024; y += 64 {
		for x := int64(0); x < 960; x += 64 {
			add(oscillators[(x+y)/64%2], x+26, y+26)
		}
	}
	add(glider, 0, 33)
	p := b.Pattern()
	for _, limit := range []int64{0, 1 << 20, 3 << 18, 1 << 19} {
		e, want := loaded(t, p, WithMemory(limit), WithThreads(2)), twin(t, p)
		e.options.isEager = true
		for range 6 {
			advance(t, e, 333)
			advance(t, want, 333)
			same(t, e, want, name)
			if limit > 0 && e.Bytes() > limit {
				t.Errorf("%d bytes, the limit is %d", e.Bytes(), limit)
			}
		}
		q, isQuilt := e.cells.(*quilt)
		if limit == 0 && (!isQuilt || len(q.dormant) < 150 || len(q.queue) > 60) {
			t.Errorf("%+v, want most tiles dormant", e.counters)
		}
	}
}

// edit changes some cells of both engines.
func edit(t *testing.T, rnd *rand.Rand, a, b life.Editor) {
	t.Helper()
	g, _ := a.Rule().Grid()
	x, y := g.Origin()
	for range 1 + rnd.IntN(5) {
		p := life.Point{X: x + rnd.Int64N(g.Width), Y: y + rnd.Int64N(g.Height)}
		s := 1 - b.Get(p)
		for _, e := range []life.Editor{a, b} {
			if err := e.Set(p, s); err != nil {
				t.Fatal(err)
			}
		}
	}
}
