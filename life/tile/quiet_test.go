package tile

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/patterns"
)

// union puts patterns together, which must not overlap.
func union(t testing.TB, parts ...*life.Pattern) *life.Pattern {
	t.Helper()
	p := parts[0]
	for _, q := range parts[1:] {
		var err error
		if p, err = p.Union(q); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

const (
	lwssRight = "o2bo$4bo$o3bo$b4o!"
	pulsarRLE = "2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$2b3o3b3o$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!"
	eaterRLE  = "2o$obo$2bo$2b2o!"
)

// follow runs an engine and a model side by side, in steps of random length, and
// calls look in between.
func follow(t *testing.T, p *life.Pattern, generations int64, seed string, step func() int64, look func(e *Engine)) {
	t.Helper()
	e, m := loaded(t, p), newModel(p)
	for m.generation-p.Generation().Int64() < generations {
		n := step()
		advance(t, e, n)
		for range n {
			m.step()
		}
		same(t, e, m, fmt.Sprintf("%s generation %d", seed, m.generation))
		look(e)
	}
}

// TestCycles: guns and oscillators fall asleep with all around them, and wake when
// a glider comes; what they are made of is right at every time.
func TestCycles(t *testing.T) {
	rnd, seed := random(21)
	for range 2 {
		x, y := place(rnd), place(rnd)
		// The gun's gliders go south-east and are eaten there, unless one that comes
		// from the south-east hits one of them first.
		eater := lifetest.Cells("B3/S23", eaterRLE, x+24+90, y+10+90)
		p := union(t, lifetest.Cells("B3/S23", gosperRLE, x, y), eater,
			lifetest.Cells("B3/S23", pulsarRLE, x+20, y-70),
			lifetest.Cells("B3/S23", "10o!", x-70+rnd.Int64N(9), y+40),
			lifetest.Cells("B3/S23", lwssRight, x-700-rnd.Int64N(60), y+2+rnd.Int64N(60)))
		most := 0
		follow(t, p, 2200, seed, func() int64 { return 1 + rnd.Int64N(90) }, func(e *Engine) { most = max(most, e.u.asleep) })
		if most == 0 {
			t.Errorf("%s: no tile fell asleep", seed)
		}
	}
}

// TestCyclesForever: a gun whose gliders are eaten is asleep entirely, so that any
// number of generations is free and exact.
func TestCyclesForever(t *testing.T) {
	p := union(t, lifetest.Cells("B3/S23", "10o!", 30, 28), lifetest.Cells("B3/S23", pulsarRLE, 130, 50))
	e := loaded(t, p)
	advance(t, e, 3000)
	if len(e.u.queue) != 0 || e.u.asleep == 0 {
		t.Fatalf("%d tiles on the queue, %d asleep", len(e.u.queue), e.u.asleep)
	}
	m := newModel(e.Snapshot())
	for _, n := range []int64{1, 2, 3, 29, 30*1e15 + 7, 1} {
		advance(t, e, n)
		for range n % 30 {
			m.step()
		}
		if d := lifetest.Diff(e, m.pattern().WithGeneration(e.Generation())); d != "" {
			t.Fatalf("after %d generations more: %s", n, d)
		}
		if err := e.u.verify(); err != nil {
			t.Fatal(err)
		}
	}
	// An edit wakes it.
	at := life.Point{X: 33, Y: 26}
	if err := e.Set(at, 1-e.Get(at)); err != nil {
		t.Fatal(err)
	}
	m = newModel(e.Snapshot())
	m.generation &= 1
	for range 60 {
		advance(t, e, 1)
		m.step()
	}
	if d := lifetest.Diff(e, m.pattern().WithGeneration(e.Generation())); d != "" {
		t.Fatal(d)
	}
}

// TestSky: spaceships of all directions meet each other and still lifes far away,
// and are right on the way there.
func TestSky(t *testing.T) {
	rnd, seed := random(22)
	for range 12 {
		var parts []*life.Pattern
		for i := range int64(3 + rnd.IntN(5)) {
			ship := []string{gliderRLE, lwssRLE, blockRLE, "3o!"}[rnd.IntN(4)]
			p := lifetest.Cells("B3/S23", ship, 0, 0).Transform(life.Symmetries()[rnd.IntN(8)])
			x, y := (i%3-1)*(90+rnd.Int64N(40)), (i/3-1)*(90+rnd.Int64N(40))
			parts = append(parts, translated(t, p, x, y))
		}
		p := union(t, parts...)
		most := 0
		follow(t, p, 900, seed, func() int64 { return 1 + rnd.Int64N(60) }, func(e *Engine) { most = max(most, len(e.u.ships)) })
		t.Logf("%s: up to %d ships", seed, most)
	}
}

// TestFarMeetings: gliders that fly at a block, or at each other, from very far away do what they
// do from near by, only later; where nothing is in the way they fly to the limit of all coordinates.
func TestFarMeetings(t *testing.T) {
	rnd, seed := random(24)
	const gens, period = 400, 4
	for i := range 40 {
		glider := lifetest.Cells("B3/S23", gliderRLE, 0, 0).Transform(life.Symmetries()[rnd.IntN(8)])
		dx, dy := course(t, glider)
		block := translated(t, lifetest.Cells("B3/S23", blockRLE, 0, 0), rnd.Int64N(7)-3, rnd.Int64N(7)-3)
		aside := rnd.Int64N(9) - 4
		// Away by so many diagonal steps now, and by more.
		build := func(away int64) *life.Pattern {
			p := union(t, block, translated(t, glider, -away*dx, -away*dy))
			if i%2 == 0 { // another one comes from the other side
				p = union(t, p, translated(t, glider.Transform(life.Rotate180), away*dx+aside, away*dy))
			}
			return p
		}
		const near = 40
		far := int64(1)<<(10+rnd.IntN(46)) + rnd.Int64N(1000)
		want := newModel(build(near))
		for range gens {
			want.step()
		}
		e := loaded(t, build(near+far))
		advance(t, e, period*far+gens)
		if d := lifetest.Diff(e, want.pattern().WithGeneration(e.Generation())); d != "" {
			t.Fatalf("%s: run %d, %d away: %s", seed, i, far, d)
		}
		if err := e.u.verify(); err != nil {
			t.Fatalf("%s: run %d: %v", seed, i, err)
		}
	}
}

// course returns the direction in which a glider flies.
func course(t *testing.T, glider *life.Pattern) (dx, dy int64) {
	t.Helper()
	e := loaded(t, glider)
	was, _ := e.Bounds()
	advance(t, e, 4)
	is, _ := e.Bounds()
	return new(big.Int).Sub(is.MinX, was.MinX).Int64(), new(big.Int).Sub(is.MinY, was.MinY).Int64()
}

// TestFarFlight: gliders fly to where coordinates end, in no time, and no further.
func TestFarFlight(t *testing.T) {
	glider := lifetest.Cells("B3/S23", gliderRLE, 10, -7)
	e := loaded(t, union(t, glider, glider.Transform(life.Rotate180)))
	for _, n := range []int64{1 << 40, 1<<62 - 5, 1 << 61, 3} {
		advance(t, e, n)
	}
	moved := new(big.Int).Rsh(e.Generation(), 2).Int64()
	m := newModel(glider)
	for range new(big.Int).And(e.Generation(), big.NewInt(3)).Int64() {
		m.step()
	}
	one := translated(t, m.pattern(), moved, moved)
	m = newModel(glider.Transform(life.Rotate180))
	for range new(big.Int).And(e.Generation(), big.NewInt(3)).Int64() {
		m.step()
	}
	want := union(t, one, translated(t, m.pattern(), -moved, -moved))
	if d := lifetest.Diff(e, want.WithGeneration(e.Generation())); d != "" {
		t.Fatal(d)
	}
	before := e.Generation()
	err := e.Advance(context.Background(), new(big.Int).Lsh(big.NewInt(1), 70))
	if !errors.Is(err, life.ErrOutOfRange) || e.Generation().Cmp(before) < 0 {
		t.Fatalf("2^70 generations more: %v at %v", err, e.Generation())
	}
	if n := e.Population(); n.Int64() != 10 {
		t.Errorf("%v cells after that, want 10", n)
	}
}

func translated(t testing.TB, p *life.Pattern, x, y int64) *life.Pattern {
	t.Helper()
	b := life.NewBuilder(p.Rule())
	for at := range p.Cells(life.Everywhere()) {
		b.Set(at.X+x, at.Y+y, 1)
	}
	return b.Pattern()
}

// TestStream: the gliders of a gun fly; those of a salvo a few cells apart do too.
func TestStream(t *testing.T) {
	rnd, seed := random(23)
	p := lifetest.Cells("B3/S23", gosperRLE, place(rnd), place(rnd))
	most := 0
	follow(t, p, 1500, seed, func() int64 { return 1 + rnd.Int64N(100) }, func(e *Engine) { most = max(most, len(e.u.ships)+e.u.asleep) })
	if most == 0 {
		t.Errorf("%s: neither a ship nor a tile asleep", seed)
	}
	salvo := union(t, lifetest.Cells("B3/S23", gliderRLE, 20, 20), lifetest.Cells("B3/S23", gliderRLE, 12, 11))
	ships := 0
	follow(t, salvo, 600, seed, func() int64 { return 1 + rnd.Int64N(30) }, func(e *Engine) { ships = max(ships, len(e.u.ships)) })
	if ships != 2 {
		t.Errorf("%d ships of a salvo of two", ships)
	}
}

// TestQuietRules runs soups long enough for cycles and spaceships of other rules.
func TestQuietRules(t *testing.T) {
	rnd, seed := random(24)
	for _, name := range []string{"B36/S23", "B2/S", "B3/S2-i34q", "B2/S34H", "B3678/S34678", "B0123478/S01234678", "B01/S0", "B02-a/S1c4", "B35/S236"} {
		n := int64(20)
		generations := int64(500)
		if name[1] == '0' || name == "B2/S" {
			n, generations = 6, 60
		}
		p := soup(rnd, name, life.Rt(place(rnd), place(rnd), n, n), 100)
		follow(t, p, generations, seed+" "+name, func() int64 { return 1 + rnd.Int64N(50) }, func(*Engine) {})
	}
}

// TestLibrary runs guns, puffers and circuits with cycles and sky, and without.
func TestLibrary(t *testing.T) {
	rnd, seed := random(25)
	for _, entry := range patterns.All() {
		generations := map[string]int64{"guns": 3000, "puffers": 1500, "circuitry": 2500, "spaceships": 300}[entry.Kind]
		if testing.Short() && entry.Kind != "guns" {
			continue
		}
		p, err := entry.Pattern()
		if err != nil {
			t.Fatal(err)
		}
		if generations == 0 || check(p.Rule()) != nil || !p.Population().IsInt64() || p.Population().Int64() > 50000 {
			continue
		}
		t.Run(entry.Name, func(t *testing.T) {
			a, b := loaded(t, p), loaded(t, p)
			for done := int64(0); done < generations; {
				n := 1 + rnd.Int64N(generations/2)
				advance(t, a, n)
				for left := n; left > 0; left -= min(left, 1000) {
					b.u.isFar = true // so that it must be ready to undo each pass
					advance(t, b, min(left, 1000))
				}
				done += n
				if err := a.u.verify(); err != nil {
					t.Fatalf("%s: generation %d: %v", seed, done, err)
				}
				if d := lifetest.Diff(a, b.Snapshot()); d != "" {
					t.Fatalf("%s: generation %d: %s", seed, done, d)
				}
			}
		})
	}
}

// TestLaunchBesideSleeper: a spaceship stays on its tile while a neighbour is asleep
// that counts on it.
func TestLaunchBesideSleeper(t *testing.T) {
	e := loaded(t, lifetest.Cells("B3/S23", gliderRLE, 25, 25))
	u := e.u
	k := u.find(0, 0)
	for _, c := range []struct {
		sleepers uint8
		ships    int
	}{{1, 0}, {0, 1}} {
		u.at(k).Sleepers = c.sleepers
		if u.tryLaunch(k, e); len(u.ships) != c.ships {
			t.Errorf("%d neighbours asleep: %d ships, want %d", c.sleepers, len(u.ships), c.ships)
		}
	}
}

// TestAnchor compares isAnchor with ==, for cells that differ in one row, and after those
// that differ in another.
func TestAnchor(t *testing.T) {
	var tr tracker
	for y := range tr.anchor {
		tr.anchor[y] = uint64(y) * 0x9E3779B97F4A7C15
	}
	for y := range tr.anchor {
		rows := tr.anchor
		if !tr.isAnchor(&rows) {
			t.Errorf("equal cells are not the anchor, witness %d", tr.witness)
		}
		for _, z := range []int{y, y ^ 1} {
			rows = tr.anchor
			if rows[z] ^= 1 << y; tr.isAnchor(&rows) {
				t.Errorf("row %d differs, witness %d", z, tr.witness)
			}
		}
	}
}
