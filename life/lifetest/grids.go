package lifetest

import (
	"errors"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// RunGrids is Run for bounded grids, suffixes of rulestrings such as ":T64,32", on
// which cfg runs all two-state rules of range 1: soups compared with package naive,
// and those laws that hold on a grid.
func RunGrids(t *testing.T, cfg Config, grids ...string) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(Seed(), 3))
	t.Logf("GOLIFE_SEED=%d", Seed())
	for _, grid := range grids {
		rules := []string{"B3/S23" + grid, RandomRule(rnd, cfg.Alternating) + grid}
		if cfg.Alternating {
			rules = append(rules, alternatingRules[rnd.IntN(len(alternatingRules))]+grid)
		}
		for _, s := range rules {
			t.Run(s, func(t *testing.T) {
				t.Parallel()
				RunGrid(t, cfg, s)
			})
		}
	}
}

// RunGrid is RunGrids for one rule, of any family, with its grid.
func RunGrid(t *testing.T, cfg Config, rulestring string) {
	t.Helper()
	for i := range 2 {
		soup := randomSoup(rand.New(rand.NewPCG(Seed(), hash(rulestring)+uint64(i))), rulestring, 90)
		soup.Generation = int64(i)
		checkSoup(t, cfg, soup)
	}
	for _, l := range gridLaws {
		t.Run(l.name, func(t *testing.T) {
			l.check(t, lawCase{cfg, rulestring, rand.New(rand.NewPCG(Seed(), hash(l.name+rulestring)))})
		})
	}
}

// gridLaws are the laws that hold on every grid. A grid has an edge wherever a soup
// is moved to, and most have not all symmetries.
var gridLaws = []law{
	{"split", checkSplit},
	{"load and snapshot", checkLoadSnapshot},
	{"ownership", checkOwnership},
	{"empty", checkEmpty},
	{"zero generations", checkZero},
	{"iteration stops", checkIteration},
	{"change of rule", checkChangeRule},
	{"failed load", checkFailedLoad},
	{"cancellation", checkCancelled},
	{"editor", checkGridEditor},
	{"outside", checkOutside},
	{"sampler", checkSampler},
	{"marker", checkMarker},
	{"memory", checkMemory},
	{"stater", checkStater},
}

// gridOf returns the cells of a rule's grid; ok is false on the unbounded plane, and
// when a side is infinite.
func gridOf(rulestring string) (_ life.Rect, ok bool) {
	g, ok := rule.MustParse(rulestring).Grid()
	x, y := g.Origin()
	return life.Rt(x, y, g.Width, g.Height), ok && g.Width > 0 && g.Height > 0
}

// onGrid returns a rectangle like r, moved and cut to lie in a grid.
func onGrid(r, grid life.Rect) life.Rect {
	fit := func(at, size, first, room int64) (int64, int64) {
		size = min(size, room)
		at = (at - first) % (room - size + 1)
		if at < 0 {
			at += room - size + 1
		}
		return first + at, size
	}
	x, w := fit(r.Min.X, r.Max.X-r.Min.X, grid.Min.X, grid.Max.X-grid.Min.X)
	y, h := fit(r.Min.Y, r.Max.Y-r.Min.Y, grid.Min.Y, grid.Max.Y-grid.Min.Y)
	return life.Rt(x, y, w, h)
}

// checkGridEditor: Set changes what Get says of a cell, and the universe goes on as
// one that was loaded with the same cells. Skipped when the engine is not a
// life.Editor.
func checkGridEditor(t *testing.T, c lawCase) {
	s := c.soup(34)
	e, ok := c.engine(t, s.Pattern()).(life.Editor)
	if !ok {
		t.Skip("the engine is not a life.Editor")
	}
	grid, _ := gridOf(c.rule)
	for range 4 {
		cells := modelOf(e.Snapshot())
		for range 20 {
			p := onGrid(life.Rt(c.rnd.Int64(), c.rnd.Int64(), 1, 1), grid).Min
			v := life.State(c.rnd.IntN(2))
			must[any](t)(nil, e.Set(p, v))
			cells[p] = v
			if got := e.Get(p); got != v {
				t.Fatalf("%v: Get(%v) is %d after Set to %d", s, p, got, v)
			}
		}
		want := patternOf(e, cells)
		c.compare(t, "after Set", s, e, want)
		loaded := c.engine(t, want)
		n := c.rnd.Int64N(40)
		Advance(t, e, n)
		Advance(t, loaded, n)
		c.compare(t, "went on after Set", s, e, loaded.Snapshot())
	}
}

// checkOutside: a cell just beyond an edge of the grid, or far, can be neither set nor
// loaded, and nothing changes.
func checkOutside(t *testing.T, c lawCase) {
	s := c.soup(34)
	e := c.engine(t, s.Pattern())
	grid, ok := gridOf(c.rule)
	if !ok {
		t.Skip("a side is infinite")
	}
	Advance(t, e, 3)
	before := e.Snapshot()
	for _, p := range []life.Point{
		{X: grid.Min.X - 1, Y: grid.Min.Y}, {X: grid.Max.X, Y: grid.Min.Y}, {X: grid.Min.X, Y: grid.Min.Y - 1},
		{X: grid.Min.X, Y: grid.Max.Y}, {X: 1 << 40, Y: 0}, {X: 0, Y: -1 << 63}, {X: 1<<63 - 1, Y: 1<<63 - 1},
	} {
		b := life.NewBuilder(e.Rule())
		b.Set(p.X, p.Y, 1)
		b.Set(grid.Min.X, grid.Min.Y, 1)
		if err := e.Load(b.Pattern()); !errors.Is(err, life.ErrOutOfRange) {
			t.Errorf("Load of a cell at %v returns %v, want ErrOutOfRange", p, err)
		}
		if e, ok := e.(life.Editor); ok {
			if err := e.Set(p, 1); !errors.Is(err, life.ErrOutOfRange) {
				t.Errorf("Set(%v) returns %v, want ErrOutOfRange", p, err)
			}
			if v := e.Get(p); v != 0 {
				t.Errorf("Get(%v) is %d outside the grid, want 0", p, v)
			}
		}
		c.compare(t, "after a cell outside the grid", s, e, before)
	}
	again := c.engine(t, before)
	Advance(t, e, 7)
	Advance(t, again, 7)
	c.compare(t, "went on after cells outside the grid", s, e, again.Snapshot())
}

// RandomOnGrid returns a random rectangle on the grid of r, often at its edges; on a side that is
// infinite, of up to so many cells about the middle.
func RandomOnGrid(rnd *rand.Rand, r *rule.Rule, infinite int64) life.Rect {
	g, _ := r.Grid()
	x, y := g.Origin()
	part := func(from, size int64) (at, n int64) {
		if size == 0 {
			from, size = -infinite/2, infinite
		}
		at = rnd.Int64N(size)
		n = 1 + rnd.Int64N(size-at)
		switch rnd.IntN(4) {
		case 0:
			at = 0
		case 1:
			at = size - n
		}
		return from + at, n
	}
	x, w := part(x, g.Width)
	y, h := part(y, g.Height)
	return life.Rt(x, y, w, h)
}
