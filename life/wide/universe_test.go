package wide

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"golife/life"
	"golife/life/internal/impl"
	"golife/life/lifetest"
	"golife/life/rule"
)

// grids has each kind of grid, with sides that are those of tiles, infinite, or smaller than
// a neighbourhood.
var grids = []string{
	":P20,30", ":P64,128", ":P0,33", ":P70,0", ":T64,64", ":T1,1", ":T2,1", ":T130,66", ":T65,128", ":T40+7,33", ":T30,50-9",
	":T0,31", ":T33,0", ":T7+3,200", ":P200,5", ":T300,9+4",
}

// TestGrids runs soups on grids of all kinds, with edits on the way, and compares each
// generation.
func TestGrids(t *testing.T) {
	rnd, seed := random(4)
	for _, grid := range grids {
		for range 3 {
			name := randomRule(rnd, letters[rnd.IntN(len(letters))], 1+rnd.IntN(9)) + grid
			r := lifetest.RandomOnGrid(rnd, rule.MustParse(name), 100)
			p := soup(rnd, name, r, 20+rnd.IntN(200))
			e, m := loaded(t, p), lifetest.Naive(t, p)
			what := fmt.Sprintf("%s rule %s soup %v", seed, name, r)
			onGrid := func() life.Point { return lifetest.RandomOnGrid(rnd, e.rule, 100).Min }
			edit := func() bool { return lifetest.Edit(t, rnd, rnd.IntN(4), e, m, onGrid) }
			lifetest.Duel(t, e, m, 5, edit, func(when string) { same(t, e, m, what+" "+when) })
		}
	}
}

// TestPieces compares the rectangles that a rectangle is cut into with package topology, cell
// by cell, by way of what naive does with a cell that is born of one; here is only that
// they cover each cell once.
func TestPieces(t *testing.T) {
	rnd, seed := random(5)
	for _, suffix := range grids {
		g := gridOf(rule.MustParse("R1,C0,S2,B3,NM" + suffix))
		for range 50 {
			r := life.Rt(rnd.Int64N(400)-200, rnd.Int64N(400)-200, 1+rnd.Int64N(90), 1+rnd.Int64N(90))
			covered := map[life.Point]bool{}
			g.pieces(r, func(part life.Rect, dx, dy int64) {
				for y := part.Min.Y; y < part.Max.Y; y++ {
					for x := part.Min.X; x < part.Max.X; x++ {
						at := life.Point{X: x, Y: y}
						if covered[at] || !r.Contains(at) || !g.rect.Contains(at.Add(life.Point{X: dx, Y: dy})) {
							t.Fatalf("%s grid %s: cell %v of %v comes twice, is not in it, or stands for none", seed, suffix, at, r)
						}
						covered[at] = true
					}
				}
			})
			if want := area(r); g.Kind == rule.Torus && int64(len(covered)) != want {
				t.Fatalf("%s grid %s: %d cells of %v are covered, want %d", seed, suffix, len(covered), r, want)
			}
		}
	}
}

// TestThreads compares goroutines that share a large universe with one that has it alone.
func TestThreads(t *testing.T) {
	rnd, seed := random(6)
	for _, name := range []string{bosco, "R3,C4,S4-9,B5-7,NN", "R2,C0,M1,S0..9,B0..4,NM:T900,700"} {
		p := soup(rnd, name, life.Rt(-400, -300, 800, 600), 120)
		engines := []*Engine{loaded(t, p), loaded(t, p, WithThreads(2)), loaded(t, p, WithThreads(5))}
		for _, n := range []int64{1, 2, 7} {
			for _, e := range engines {
				lifetest.Advance(t, e, n)
				same(t, e, engines[0], fmt.Sprintf("%s rule %s, %d threads", seed, name, e.threads))
			}
		}
		if n := len(engines[0].u.jobs); n < 4 {
			t.Errorf("rule %s: %d jobs, too few for goroutines", name, n)
		}
		if n := len(engines[2].u.benches); n < 3 {
			t.Errorf("rule %s: %d goroutines, want more", name, n)
		}
	}
}

// TestRest: what does not change any more is not stepped, and any number of generations of
// it is free.
func TestRest(t *testing.T) {
	huge, _ := new(big.Int).SetString("1000000000000000000000000000001", 10)
	for _, c := range []struct{ name, rule, rle string }{
		{"a block", "R1,C0,S3,B3,NM", "2A$2A!"},
		{"a block, and beside it cells that die", "R1,C9,S3,B3,NM", "2A50.A$2A!"},
		{"a block over the edge of a torus", "R1,C0,S3,B3,NM:T3,70", "2A$2A!"},
		{"majority", "R4,C0,M1,S41..81,B41..81,NM", "12A$12A$12A$12A$12A$12A$12A$12A$12A$12A$12A!"},
		{"a dying cell", "R2,C9,S,B9,NM", "3A!"},
		{"no more cells", "R2,C255,S,B12,NN", "2.H!"},
	} {
		e := loaded(t, lifetest.Cells(c.rule, c.rle, -1, 30))
		lifetest.Advance(t, e, 300)
		before := e.Snapshot()
		if len(e.u.queue) != 0 {
			t.Errorf("%s: %d tiles are stepped", c.name, len(e.u.queue))
			continue
		}
		m := lifetest.Naive(t, lifetest.Cells(c.rule, c.rle, -1, 30))
		lifetest.Advance(t, m, 300)
		same(t, e, m, c.name)
		if err := e.Advance(context.Background(), huge); err != nil {
			t.Fatal(err)
		}
		want := before.WithGeneration(new(big.Int).Add(before.Generation(), huge))
		if d := lifetest.Diff(e, want); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// bug is a spaceship of Bosco's rule that moves five cells to the east in six generations; it
// came out of a soup.
const bug = "3.3A$2.6A$.9A$2A3.5A$A4.5A$A4.5A$2A3.5A$.9A$2.6A$3.3A!"

// TestBug flies a bug over edges of tiles in all directions. It must leave no tiles behind.
func TestBug(t *testing.T) {
	p := lifetest.Cells(bosco, bug, 60, 120)
	for _, s := range life.Symmetries() {
		q := p.Transform(s)
		e := loaded(t, q)
		lifetest.Advance(t, e, 600)
		by, zero := s.Apply(life.Point{X: 500}), s.Apply(life.Point{})
		want := q.Translate(big.NewInt(by.X-zero.X), big.NewInt(by.Y-zero.Y)).WithGeneration(big.NewInt(600))
		if d := lifetest.Diff(e, want); d != "" {
			t.Errorf("symmetry %d: %s", s, d)
		}
		if err := e.u.verify(); err != nil || len(e.u.index) > 9 || e.u.taken > 12 {
			t.Errorf("symmetry %d: %v, %d tiles, %d squares", s, err, len(e.u.index), e.u.taken)
		}
	}
}

// TestFar: of a universe with objects far from each other only what is near them is
// stepped, and nothing is left behind.
func TestFar(t *testing.T) {
	b := life.NewBuilder(rule.MustParse(bosco))
	one := lifetest.Cells(bosco, bug, 0, 0)
	places := []life.Point{
		{}, {X: 1 << 40, Y: 5}, {X: -1 << 61, Y: 1 << 61}, {X: 90, Y: 3000}, {X: 1 << 61, Y: 4}, {X: -1<<62 + 500}, {X: 1<<62 - 500},
		{X: 5, Y: 1 << 61}, {X: 7, Y: -1<<62 + 999}, {X: 2, Y: 1 << 57},
	}
	for _, at := range places {
		for p, s := range one.Cells(life.Everywhere()) {
			b.Set(p.X+at.X, p.Y+at.Y, s)
		}
	}
	all, alone := loaded(t, b.Pattern()), loaded(t, one)
	lifetest.Advance(t, all, 60)
	lifetest.Advance(t, alone, 60)
	n := int64(len(places))
	if want := n * alone.Population().Int64(); want == 0 || all.Population().Int64() != want {
		t.Errorf("%v cells, want %d", all.Population(), want)
	}
	if got, want := all.u.cellsStepped, alone.u.cellsStepped; got > 2*n*want {
		t.Errorf("%d cells stepped, %d for one of %d objects", got, want, n)
	}
	if len(all.u.index) > 9*len(places) {
		t.Errorf("%d tiles for %d objects", len(all.u.index), n)
	}
}

// TestJoined: jobs are made one when they are near each other, and never when they are not.
func TestJoined(t *testing.T) {
	u := loaded(t, lifetest.Cells(bosco, bug, 0, 0)).u
	for _, c := range []struct {
		a, b life.Rect
		want bool
	}{
		{life.Rt(0, 0, 20, 20), life.Rt(20, 5, 20, 20), true},
		{life.Rt(0, 0, 20, 20), life.Rt(3, 25, 20, 20), true},
		{life.Rt(0, 0, 20, 20), life.Rt(300, 5, 20, 20), false},
		{life.Rt(0, 0, 20, 20), life.Rt(0, 1<<61, 20, 20), false},
		{life.Rt(-limit-5, 0, 20, 20), life.Rt(limit-5, 0, 20, 20), false},
		{life.Rt(0, -limit-5, 1, 1), life.Rt(0, limit+5, 1, 1), false},
	} {
		if all, ok := u.joined(c.a, c.b); ok != c.want {
			t.Errorf("joined(%v, %v) = %v, %v, want %v", c.a, c.b, all, ok, c.want)
		}
	}
}

// TestMemoryLimit grows soups until memory is at an end: the universe then stands at a whole
// generation, takes no more than the limit, and goes on when there is more.
func TestMemoryLimit(t *testing.T) {
	rnd, seed := random(7)
	for _, name := range []string{"R2,C0,S0-24,B3-24,NM", "R1,C4,S0-4,B1-4,NN", "R2,C0,S0-24,B3-24,NM:T2000,2000"} {
		for tiles := int64(2); tiles <= 6; tiles += 2 {
			p := soup(rnd, name, life.Rt(-20, -20, 40, 40), 100)
			e, m := loaded(t, p), lifetest.Naive(t, p)
			lifetest.Advance(t, e, 1)
			lifetest.Advance(t, m, 1)
			what := fmt.Sprintf("%s rule %s, %d tiles", seed, name, tiles)
			limit := e.Bytes() + 2*tiles*e.u.squareBytes()
			e.SetLimit(limit)
			err := e.Advance(context.Background(), big.NewInt(200))
			if !errors.Is(err, life.ErrMemoryLimit) || e.Bytes() > limit {
				t.Fatalf("%s: Advance returns %v with %d bytes, want ErrMemoryLimit with %d", what, err, e.Bytes(), limit)
			}
			lifetest.Advance(t, m, e.Generation().Int64()-1)
			same(t, e, m, what)
			far := life.Point{X: 900, Y: 900}
			for err = nil; err == nil; far.X -= 70 {
				err = e.Set(far, 1)
				if err == nil {
					err = m.Set(far, 1)
				}
			}
			if !errors.Is(err, life.ErrMemoryLimit) {
				t.Errorf("%s: Set of cells far away returns %v, want ErrMemoryLimit", what, err)
			}
			same(t, e, m, what+", after Set")
			e.SetLimit(0)
			lifetest.Advance(t, e, 3)
			lifetest.Advance(t, m, 3)
			same(t, e, m, what+", and on")
		}
	}
}

// TestLoadBeyondLimit: a pattern that is too large changes nothing.
func TestLoadBeyondLimit(t *testing.T) {
	e := loaded(t, lifetest.Cells(bosco, bug, 0, 0), WithMemory(1<<20))
	lifetest.LoadTooLarge(t, e, e.rule)
}

// TestEnds: at the ends of the coordinates a universe stops where naive does.
func TestEnds(t *testing.T) {
	rnd, seed := random(8)
	stops := 0
	for i := range 30 {
		name := []string{"R2,C0,S2-9,B3-7,NM", "R3,C3,S2-9,B2-6,NN", "R2,C0,S2-8,B0,3-4,NX", "R2,C0,S3-9,B3-6,NL"}[i%4]
		corner := lifetest.CornerAtEnd(rnd, i, limit, 12)
		p := soup(rnd, name, life.Rt(corner.X, corner.Y, 12, 12), 70)
		e, m := loaded(t, p), lifetest.Naive(t, p)
		what := fmt.Sprintf("%s rule %s at %v", seed, name, corner)
		if lifetest.DuelToEnd(t, e, m, 12, func(when string) { same(t, e, m, what+" "+when) }) {
			stops++
		}
	}
	if stops < 8 {
		t.Errorf("%d universes came to an end, want more", stops)
	}
}

// TestCollect: memory of tiles that died is given back, and nothing else.
func TestCollect(t *testing.T) {
	rnd, seed := random(9)
	for _, name := range []string{"R2,C6,S,B11-12,NM", "R1,C0,S2,B2,NM"} {
		p := soup(rnd, name, life.Rt(0, 0, 500, 300), 60)
		e, again := loaded(t, p), loaded(t, p)
		for range 12 {
			lifetest.Advance(t, e, 2)
			e.Collect()
			lifetest.Advance(t, again, 2)
			same(t, e, again, seed+" rule "+name)
		}
		if name == "R2,C6,S,B11-12,NM" && e.Bytes() >= again.Bytes() {
			t.Errorf("%d bytes, %d without Collect", e.Bytes(), again.Bytes())
		}
	}
}

// TestCopyRows: rows of every length, on memory that ends with them.
func TestCopyRows(t *testing.T) {
	rnd, seed := random(10)
	impl.TestAll(t, "wide", func(t *testing.T) {
		for n := 1; n < 200; n++ {
			rows, from, to := 1+rnd.IntN(4), n+rnd.IntN(9), n+rnd.IntN(9)
			src := make([]uint8, (rows-1)*from+n)
			for i := range src {
				src[i] = uint8(rnd.Uint32())
			}
			before := make([]uint8, (rows-1)*to+n+40)
			for i := range before {
				before[i] = uint8(rnd.Uint32())
			}
			got, want := slices.Clone(before), slices.Clone(before)
			for y := range rows {
				copy(want[20+y*to:][:n], src[y*from:])
			}
			copyRows(got[20:20+(rows-1)*to+n], to, src, from, n, rows)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %d rows of %d cells differ", seed, rows, n)
			}
		}
	})
}

// TestRefused: other rules, and those in which dead cells count, are refused.
func TestRefused(t *testing.T) {
	for _, s := range []string{"B3/S23", "345/2/4", "WireWorld", "R1,C2,S2,B3,NW111111111,11"} {
		if err := Check(rule.MustParse(s)); !errors.Is(err, life.ErrUnsupportedRule) {
			t.Errorf("Check(%s) returns %v, want ErrUnsupportedRule", s, err)
		}
	}
}
