package multistate

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/lifetest"
	"golife/life/rule"
)

// brain is Brian's Brain (Brian Silverman).
const brain = "/2/3"

// rules has each kind of rule, of kernel and of ageing.
var rules = []string{
	brain, "345/2/4", "WireWorld", "LifeHistory", "LifeSuper", "B36/S23Investigator", "12/34/9", "2-a/34c/5", "3/2/6V", "/2/256", "13/2/17H", "23/3/2", "23/34/19",
	withoutSymmetry(),
}

// withoutSymmetry returns a rule of a random truth table and three states.
func withoutSymmetry() string {
	rnd := rand.New(rand.NewPCG(7, 7))
	var table rule.Table
	for i := range table {
		table[i] = rnd.Uint64() & rnd.Uint64()
	}
	table.Set(0, 0)
	return lifetest.MAP(table) + "/3"
}

var conformance = lifetest.Config{
	New:            func(r *rule.Rule) (life.Engine, error) { return New(r) },
	Rules:          rules,
	MaxGenerations: 30, // of the facts, which are two-state
	Name:           "multistate",
}

func TestConformance(t *testing.T) { lifetest.Run(t, conformance) }

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, conformance) }

// random returns a generator and, for messages, its seed.
func random(stream uint64) (*rand.Rand, string) {
	return rand.New(rand.NewPCG(lifetest.Seed(), stream)), fmt.Sprintf("GOLIFE_SEED=%d", lifetest.Seed())
}

// randomRule returns the rulestring of a random Generations rule, of any neighbourhood
// and 2 to 256 states, or of two in turn.
func randomRule(rnd *rand.Rand) string {
	states := 2 + rnd.IntN(9)
	switch rnd.IntN(6) {
	case 0:
		states = 2 + rnd.IntN(255)
	case 1:
		states = 2 + 1<<rnd.IntN(8) // dying ones fill the counter
	}
	one := func() string {
		for {
			r := rule.MustParse(lifetest.RandomRule(rnd, false))
			if table, ok := r.Table(); ok && !r.HasB0() {
				return lifetest.MAP(table) + fmt.Sprintf("/%d", states)
			}
		}
	}
	if rnd.IntN(4) == 0 {
		return one() + "|" + one()
	}
	return one()
}

// soup returns random cells of a rectangle, of which density in 256 are not in state 0;
// half of these are in state 1.
func soup(rnd *rand.Rand, rulestring string, r life.Rect, density int) *life.Pattern {
	b := life.NewBuilder(rule.MustParse(rulestring))
	states := b.Rule().States()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if rnd.IntN(256) >= density {
				continue
			}
			s := 1
			if rnd.IntN(2) == 0 {
				s += rnd.IntN(states - 1)
			}
			b.Set(x, y, life.State(s))
		}
	}
	return b.Pattern()
}

// TestLayout: planes begin with cache lines, as those of a chunk do.
func TestLayout(t *testing.T) {
	var a tile
	if at := unsafe.Offsetof(a.live); unsafe.Sizeof(at) == 8 && at != 128 {
		t.Errorf("planes begin at byte %d of a tile, want 128", at)
	}
}

// grids has each kind of grid, with edges that are those of tiles, and not.
var grids = []string{
	":P20,30", ":P64,128", ":P0,33", ":P70,0", ":T64,64", ":T1,1", ":T2,1", ":T130,66", ":T65,128", ":T40+7,33", ":T30,50-9",
	":K9*,33", ":K70,20*", ":C66,20", ":S9", ":S64", ":S130",
}

// TestGrids runs soups on grids of all kinds, with edits on the way, and compares each
// generation.
func TestGrids(t *testing.T) {
	rnd, seed := random(2)
	for _, grid := range grids {
		for _, name := range []string{brain, "WireWorld", "3/2/6V", randomRule(rnd), lifetest.RandomRule(rnd, true)} {
			name += grid
			r := lifetest.RandomOnGrid(rnd, rule.MustParse(name), 200)
			p := soup(rnd, name, r, 20+rnd.IntN(200))
			e, m := loaded(t, p), lifetest.Naive(t, p)
			what := fmt.Sprintf("%s rule %s soup %v", seed, name, r)
			edit := func() bool { return editOnGrid(t, rnd, e, m) }
			lifetest.Duel(t, e, m, 12, edit, func(when string) { same(t, e, m, what+" "+when) })
		}
	}
}

// TestGridConformance is the suite on grids.
func TestGridConformance(t *testing.T) {
	for _, s := range []string{"/2/3:T64,64", "345/2/4:S9", "WireWorld:P17,70", "3/2/6V:K9*,33"} {
		t.Run(s, func(t *testing.T) { lifetest.RunGrid(t, conformance, s) })
	}
	twoState := conformance
	twoState.Alternating = true
	lifetest.RunGrids(t, twoState, ":T64,64", ":T40+7,33", ":P17,70", ":K9*,33", ":C66,20", ":S130")
}

// place returns a coordinate that is near the edge of a tile, most often.
func place(rnd *rand.Rand) int64 {
	return side*(rnd.Int64N(5)-2) + rnd.Int64N(9) - 4
}

func loaded(t testing.TB, p *life.Pattern, opts ...Option) *Engine {
	t.Helper()
	return lifetest.Loaded(t, p, New, opts...)
}

// same stops the test when e is not want, or not fit to go on.
func same(t testing.TB, e *Engine, want life.Engine, what string) {
	t.Helper()
	if d := lifetest.DiffPatterns(e.Snapshot(), want.Snapshot()); d != "" {
		t.Fatalf("%s: %s", what, d)
	}
	if err := e.u.verify(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// verify checks what the package comment says of a universe.
func (u *universe) verify() error {
	queued := map[*tile]bool{}
	for _, t := range u.queue {
		if queued[t] || !t.isUsed || t.queuedAt != u.clock {
			return fmt.Errorf("tile %v is on the queue twice, unused or not marked", t.at)
		}
		queued[t] = true
	}
	count := 0
	for t := range u.all {
		count++
		if u.index[t.at] != t {
			return fmt.Errorf("tile %v is not in the index", t.at)
		}
		cells := u.filled(t)
		if !queued[t] && (t.live[0] != t.live[1] || cells == (kernel.Tile{}) && t.live[0] == cells || t.queuedAt == u.clock) {
			return fmt.Errorf("tile %v is not on the queue and has changed, is empty, or is marked", t.at)
		}
		if c := t.cells(); c != nil {
			if !queued[t] && c.state[0] != c.state[1] {
				return fmt.Errorf("tile %v is not on the queue and its states have changed", t.at)
			}
			for i, s := range c.state[u.clock&1] {
				if u.now(t)[i>>sideLog]>>(i&lastLine)&1 != bit(s != 0) {
					return fmt.Errorf("tile %v: cell %d in state %d is not in the plane of those that are not 0", t.at, i, s)
				}
			}
		}
		if n := kernel.TilePopulation(&cells); t.count >= 0 && int(t.count) != n {
			return fmt.Errorf("tile %v has %d cells, counted %d", t.at, n, t.count)
		}
		if t.mask() != nil && *t.mask() == (kernel.Tile{}) && len(u.grid.rims) == 0 {
			return fmt.Errorf("tile %v is outside the plane", t.at)
		}
		for d, q := range t.near {
			want := u.index[t.at.Add(offset[d])]
			if want == nil {
				want = u.void
			}
			if q != want {
				return fmt.Errorf("tile %v has a wrong neighbour %d", t.at, d)
			}
		}
	}
	switch {
	case count != len(u.index):
		return fmt.Errorf("%d tiles, %d in the index", count, len(u.index))
	case u.void.live != [2]kernel.Tile{}:
		return errors.New("the missing tile has cells")
	case count+len(u.unused) != len(u.chunks)*chunkTiles:
		return fmt.Errorf("%d tiles in use and %d not, of %d", count, len(u.unused), len(u.chunks)*chunkTiles)
	}
	for _, t := range u.unused {
		if t.isUsed || t.live != [2]kernel.Tile{} {
			return errors.New("an unused tile has cells")
		}
		if c := t.cells(); c != nil && (c.state[0] != noCells || c.state[1] != noCells) {
			return errors.New("an unused tile has states")
		}
		for i := range t.more {
			if t.more[i] != (kernel.Tile{}) {
				return errors.New("an unused tile has dying cells")
			}
		}
	}
	return nil
}

// TestModel runs soups at the edges of tiles under all kinds of rules, with edits on the
// way, and compares each generation.
func TestModel(t *testing.T) {
	rnd, seed := random(1)
	names := append([]string{}, rules...)
	for range 25 {
		names = append(names, randomRule(rnd))
	}
	if testing.Short() {
		names = names[:12]
	}
	for _, name := range names {
		for range 2 {
			r := life.Rt(place(rnd), place(rnd), 1+rnd.Int64N(70), 1+rnd.Int64N(70))
			p := soup(rnd, name, r, 20+rnd.IntN(200))
			e, m := loaded(t, p), lifetest.Naive(t, p)
			what := fmt.Sprintf("%s rule %s soup %v", seed, name, r)
			edit := func() bool { return rnd.IntN(3) == 0 && edit(t, rnd, e, m) }
			lifetest.Duel(t, e, m, 12, edit, func(when string) { same(t, e, m, what+" "+when) })
		}
	}
}

// editOnGrid sets some cells of a grid, in both universes.
func editOnGrid(t *testing.T, rnd *rand.Rand, e, m life.Editor) bool {
	t.Helper()
	return lifetest.Edit(t, rnd, rnd.IntN(4), e, m, func() life.Point { return lifetest.RandomOnGrid(rnd, e.Rule(), 200).Min })
}

// edit sets some cells near edges of tiles, in both universes.
func edit(t *testing.T, rnd *rand.Rand, e, m life.Editor) bool {
	t.Helper()
	return lifetest.Edit(t, rnd, 1+rnd.IntN(9), e, m, func() life.Point { return life.Point{X: place(rnd), Y: place(rnd)} })
}
