package tile

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/lifetest"
	"golife/life/rule"
)

// model is a universe that is stepped cell by cell, independently of the engine
// and of package naive.
type model struct {
	rule       *rule.Rule
	generation int64
	cells      map[life.Point]bool
}

func newModel(p *life.Pattern) *model {
	m := &model{rule: p.Rule(), generation: p.Generation().Int64(), cells: map[life.Point]bool{}}
	for at := range p.Cells(life.Everywhere()) {
		m.cells[at] = true
	}
	return m
}

func (m *model) step() {
	table := m.rule.Phase(m.generation&1 == 1)
	index := map[life.Point]int{}
	for p := range m.cells {
		for i := range int64(9) {
			// The cell is the neighbour of weight 256>>i of the cell at (-dx, -dy).
			index[life.Point{X: p.X + 1 - i%3, Y: p.Y + 1 - i/3}] |= 256 >> i
		}
	}
	next := map[life.Point]bool{}
	for p, i := range index {
		if table.Next(i) == 1 {
			next[p] = true
		}
	}
	m.cells, m.generation = next, m.generation+1
}

func (m *model) set(p life.Point, s life.State) {
	delete(m.cells, p)
	if s == 1 {
		m.cells[p] = true
	}
}

func (m *model) pattern() *life.Pattern {
	b := life.NewBuilder(m.rule)
	b.SetGeneration(big.NewInt(m.generation))
	for p := range m.cells {
		b.Set(p.X, p.Y, 1)
	}
	return b.Pattern()
}

func (m *model) clone() *model {
	return &model{m.rule, m.generation, maps.Clone(m.cells)}
}

// loaded returns an engine that holds p.
func loaded(t testing.TB, p *life.Pattern, opts ...Option) *Engine {
	t.Helper()
	return lifetest.Loaded(t, p, New, opts...)
}

func advance(t testing.TB, e *Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatalf("Advance(%d): %v", n, err)
	}
}

// same compares the engine with the model and tests its invariants.
func same(t testing.TB, e *Engine, m *model, what string) {
	t.Helper()
	if d := lifetest.Diff(e, m.pattern()); d != "" {
		t.Fatalf("%s: %s", what, d)
	}
	if err := e.u.verify(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// verify tests what the package documentation lists as invariants.
func (u *universe) verify() error {
	queued := map[id]bool{}
	for _, k := range u.queue {
		if queued[k] || !u.at(k).IsQueued || u.at(k).Age == 0 {
			return fmt.Errorf("tile %d is on the queue twice, or does not know of it, or is free", k)
		}
		queued[k] = true
	}
	count, asleep := 0, 0
	for k, t := range u.all {
		count++
		if t.IsAsleep {
			asleep++
		}
		if u.find(t.x, t.y) != k {
			return fmt.Errorf("tile %d is not in the index", k)
		}
		if t.IsQueued != queued[k] || t.Changed != 0 && !queued[k] || t.Tracker != 0 && !t.IsAsleep && !queued[k] {
			return fmt.Errorf("tile %d: queued %v, changed %x, tracker %d, on the queue %v", k, t.IsQueued, t.Changed, t.Tracker, queued[k])
		}
		isDue := slices.ContainsFunc(u.graves, func(g grave) bool { return g.id == k })
		if *u.cells(t) == (kernel.Tile{}) && !queued[k] && t.Tracker == 0 && !isDue {
			return fmt.Errorf("tile %d is empty and at rest, but was not freed", k)
		}
		if err := u.verifyTile(k, t); err != nil {
			return err
		}
	}
	if count != u.count || count+len(u.free)+1 != int(u.next) || asleep != u.asleep {
		return fmt.Errorf("%d tiles, count is %d, %d free of %d slots, %d asleep, not %d", count, u.count, len(u.free), u.next, asleep, u.asleep)
	}
	if err := u.verifyTrackers(); err != nil {
		return err
	}
	return u.verifySky()
}

func (u *universe) verifyTile(k id, t *tile) error {
	sleepers := uint8(0)
	for d, q := range t.Near {
		switch {
		case q != u.find(t.x+offset[d].x, t.y+offset[d].y):
			return fmt.Errorf("tile %d: neighbour %d is %d", k, d, q)
		case q != 0 && u.at(q).Near[7-d] != k:
			return fmt.Errorf("tiles %d and %d do not agree that they are neighbours", k, q)
		case q == 0 && isLiveAt(u.cells(t), d):
			return fmt.Errorf("tile %d has cells on the rim of a tile that is not there", k)
		}
		if q != 0 && u.at(q).IsAsleep {
			sleepers++
		}
	}
	if sleepers != t.Sleepers {
		return fmt.Errorf("tile %d: %d neighbours asleep, not %d", k, sleepers, t.Sleepers)
	}
	fresh := tile{Site: kernel.Site{Rows: *u.cells(t), Near: t.Near}}
	if u.fillRim(&fresh); fresh.Rows != *u.cells(t) {
		return fmt.Errorf("tile %d: the rim is not what the neighbours hold", k)
	}
	return nil
}

func (u *universe) verifyTrackers() error {
	used, recorded := 0, int64(0)
	for _, t := range u.all {
		if t.Tracker != 0 {
			used++
			recorded += u.trackers[t.Tracker].bytes()
		}
	}
	if recorded != u.recorded || used+len(u.unused) != max(1, len(u.trackers))-1 {
		return fmt.Errorf("%d trackers of %d bytes, not %d; %d of %d unused", used, recorded, u.recorded, len(u.unused), len(u.trackers))
	}
	return nil
}

// verifySky tests that no tile is near a ship, nor another ship.
func (u *universe) verifySky() error {
	for i := range u.ships {
		a := u.ships[i].in(u.clock, 0)
		for ty := tileOf(a.y0 - 2); ty <= tileOf(a.y1+1); ty++ {
			for tx := tileOf(a.x0 - 2); tx <= tileOf(a.x1+1); tx++ {
				if u.find(tx, ty) != 0 {
					return fmt.Errorf("ship %d at %v is near tile %d,%d", i, a, tx, ty)
				}
			}
		}
		for j := range i {
			if b := u.ships[j].in(u.clock, 0); a.isNear(b) {
				return fmt.Errorf("ships %d and %d are near each other", i, j)
			}
		}
	}
	return nil
}

// random returns a seeded source and the seed, to print.
func random(stream uint64) (*rand.Rand, string) {
	return rand.New(rand.NewPCG(lifetest.Seed(), stream)), fmt.Sprintf("GOLIFE_SEED=%d", lifetest.Seed())
}

// corners are places near the edges of tiles and of words.
var corners = []int64{0, 1, 2, 3, 57, 58, 59, 60, 61, 62, 63, 64, 65, 118, 119, 120, 121, 127, 128, 180}

func place(rnd *rand.Rand) int64 {
	v := corners[rnd.IntN(len(corners))]
	if rnd.IntN(2) == 0 {
		return -v
	}
	return v
}

// soup returns a pattern of w×h random cells.
func soup(rnd *rand.Rand, rulestring string, r life.Rect, density int) *life.Pattern {
	return lifetest.Soup{Rule: rulestring, Seed: rnd.Uint64(), Rect: r, Density: density, Generation: rnd.Int64N(2)}.Pattern()
}
