package dense

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
)

const glider = "bo$2bo$3o!"

// twin returns an engine that does nothing clever: it sweeps one generation at a time
// with one goroutine.
func twin(t *testing.T, p *life.Pattern) *Engine {
	t.Helper()
	e, err := New(p.Rule())
	if err != nil {
		t.Fatal(err)
	}
	e.options = options{depth: 1, isUnquilted: true}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	return e
}

func same(t *testing.T, got, want life.Engine, what string) {
	t.Helper()
	if d := lifetest.Diff(got, want.Snapshot()); d != "" {
		t.Fatalf("%s, generation %v: %s", what, want.Generation(), d)
	}
}

func fill(rulestring string, seed uint64, density int) *life.Pattern {
	g, _ := rule.MustParse(rulestring).Grid()
	x, y := g.Origin()
	return lifetest.Soup{Rule: rulestring, Seed: seed, Rect: life.Rt(x, y, g.Width, g.Height), Density: density}.Pattern()
}

// TestSwitches: a soup that settles goes from sweeps to tiles, and one that flares up
// again back; nothing is lost on the way.
func TestSwitches(t *testing.T) {
	for _, name := range []string{"B3/S23:T700,500", "B3/S23:S300", "B3/S23:K333*,410", "B3/S2-i34q:C300,200"} {
		p := fill(name, 5, 90)
		e, want := loaded(t, p), twin(t, p)
		for range 5 {
			advance(t, e, 601)
			advance(t, want, 601)
			same(t, e, want, name)
		}
		if e.steps == 0 {
			t.Errorf("%s: no generation was stepped tile by tile", name)
		}
	}
	// Seeds explodes from next to nothing.
	p := lifetest.Soup{Rule: "B2/S:T900,900", Seed: 1, Rect: life.Rt(0, 0, 20, 20), Density: 60}.Pattern()
	e, want := loaded(t, p), twin(t, p)
	for range 8 {
		advance(t, e, 103)
		advance(t, want, 103)
		same(t, e, want, "Seeds")
	}
	if e.switches < 2 || e.steps == 0 || e.sweeps == 0 {
		t.Errorf("Seeds: %+v, want tiles at first and sweeps later", e.counters)
	}
}

// TestStaysQuilted: on a grid of so many tiles that stepping them all once, as a new
// quilt does, is a batch of its own, a quilt is still there when little goes on.
func TestStaysQuilted(t *testing.T) {
	name := fmt.Sprintf("B3/S23:T%d,64", 64*batchTiles)
	p := lifetest.Cells(name, glider, 0, 0)
	e := loaded(t, p)
	advance(t, e, 4*200)
	if _, isQuilt := e.cells.(*quilt); !isQuilt || e.switches != 1 {
		t.Errorf("%+v, want one switch, to tiles", e.counters)
	}
	same(t, e, loaded(t, p.Translate(big.NewInt(200), big.NewInt(200%64)).WithGeneration(big.NewInt(800))), name)
}

// TestRepeats: what is found to repeat itself goes to the end at once, wherever that
// is in the period.
func TestRepeats(t *testing.T) {
	for _, tt := range []struct {
		rule, cells string
		period      int64
	}{
		{"B3/S23:T40,40", glider, 160},
		{"B3/S23:T31,20", glider, 4 * 31 * 20},
		{"B3/S23:T64,40", "3o!", 2},
		{"B3/S23:P50,50", "2bo4bo$2ob4ob2o$2bo4bo!", 15},
		{"B3/S23:T16,16", "2o$2o!", 1},
		{"B0/S:T30,30", "o!", 2},
	} {
		for _, o := range []options{{}, {isQuilted: true}} {
			p := lifetest.Cells(tt.rule, tt.cells, -2, -2)
			for k := range int64(2) {
				far := new(big.Int).Exp(big.NewInt(10), big.NewInt(20), nil)
				far.Mul(far, big.NewInt(tt.period)).Add(far, big.NewInt(k))
				e, want := twin(t, p), twin(t, p)
				e.options = o
				if err := e.Load(p); err != nil {
					t.Fatal(err)
				}
				if err := e.Advance(context.Background(), far); err != nil {
					t.Fatal(err)
				}
				advance(t, want, k)
				if d := lifetest.Diff(e, want.Snapshot().WithGeneration(far)); d != "" {
					t.Errorf("%s %s, %+v: %v generations are not %d: %s", tt.rule, tt.cells, o, far, k, d)
				}
			}
		}
	}
}

// TestAgar: a plane that changes all over, but in a short cycle, is swept and found to
// repeat itself.
func TestAgar(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("B1357/S02468:T64,64")) // its 64th generation is its first
	b.Set(3, 4, 1)
	b.Set(4, 6, 1)
	p := b.Pattern()
	e := loaded(t, p)
	if err := e.Advance(context.Background(), new(big.Int).Lsh(big.NewInt(1), 100)); err != nil {
		t.Fatal(err)
	}
	want := twin(t, p)
	advance(t, want, 64)
	if d := lifetest.Diff(e, want.Snapshot().WithGeneration(e.Generation())); d != "" {
		t.Error(d)
	}
}

// TestThreads: the number of goroutines makes no difference.
func TestThreads(t *testing.T) {
	for _, name := range []string{"B3/S23:T2048,1100", "B3/S23:S1100", "B3/S2-i34q:P2048,1100", "B2ci3ai4c8/S02ae3eijkq4iz5ar6i7e:P2048,1100"} {
		p := fill(name, 3, 60)
		e, want := loaded(t, p, WithThreads(3)), loaded(t, p)
		e.options.bands = 3
		if err := e.Load(p); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int64{1, 7, 40} {
			advance(t, e, n)
			advance(t, want, n)
			same(t, e, want, name)
		}
	}
}

// TestInfiniteSides: a glider leaves what is stored again and again, and takes the
// memory with it.
func TestInfiniteSides(t *testing.T) {
	for _, o := range []options{{}, {isQuilted: true}} {
		for _, tt := range []struct {
			rule   string
			dx, dy int64
		}{{"B3/S23", 2000, 2000}, {"B3/S23:T20,0", 0, 2000}, {"B3/S23:T0,20", 2000, 0}, {"B3/S23:P0,5000", 2000, 2000}} {
			e, err := New(rule.MustParse(tt.rule), WithMemory(4<<20))
			if err != nil {
				t.Fatal(err)
			}
			e.options = o
			p := lifetest.Cells(tt.rule, glider, 0, 0)
			if err := e.Load(p); err != nil {
				t.Fatal(err)
			}
			advance(t, e, 8000)
			want := p.Translate(big.NewInt(tt.dx), big.NewInt(tt.dy)).WithGeneration(big.NewInt(8000))
			if d := lifetest.Diff(e, want); d != "" {
				t.Errorf("%s, %+v: %s", tt.rule, o, d)
			}
		}
	}
}

// TestEdgeOfTheWorld: ±2^62 is as far as a cell can go, and no further.
func TestEdgeOfTheWorld(t *testing.T) {
	p := lifetest.Cells("B3/S23", glider, limit-300, limit-300)
	e := loaded(t, p)
	if err := e.Advance(context.Background(), big.NewInt(5000)); !errors.Is(err, life.ErrOutOfRange) {
		t.Fatalf("Advance returned %v", err)
	}
	if g := e.Generation().Int64(); g < 4*200 || e.Population().Int64() != 5 {
		t.Errorf("stopped at generation %d with %v cells", g, e.Population())
	}
}

// TestGridLimits: a grid that does not fit is refused when the first cell comes, and the
// empty grid takes nothing.
func TestGridLimits(t *testing.T) {
	const name = "B3/S23:T2000000000,2000000000"
	e, err := New(rule.MustParse(name), WithMemory(1<<30))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Advance(context.Background(), new(big.Int).Lsh(big.NewInt(1), 90)); err != nil {
		t.Errorf("Advance of an empty grid: %v", err)
	}
	if err := e.Load(lifetest.Cells(name, glider, 0, 0)); !errors.Is(err, life.ErrMemoryLimit) {
		t.Errorf("Load returned %v", err)
	}
	if err := e.Set(life.Point{X: 1, Y: 1}, 1); !errors.Is(err, life.ErrOutOfRange) {
		t.Errorf("Set returned %v", err)
	}
	if err := e.Load(lifetest.Cells("B3/S23:T10,10", "o!", 5, 0)); !errors.Is(err, life.ErrOutOfRange) {
		t.Errorf("Load of a cell outside returned %v", err)
	}
}

// TestCancelled: Advance ends soon after its context, at a whole generation. The soup is of a size that takes
// many times as long to settle: when it has, all generations are computed at once.
func TestCancelled(t *testing.T) {
	p := fill("B3/S23:T2400,2400", 9, 96)
	e := loaded(t, p, WithThreads(2))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := e.Advance(ctx, new(big.Int).Lsh(big.NewInt(1), 80)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Advance returned %v", err)
	}
	want := loaded(t, p)
	advance(t, want, e.Generation().Int64())
	same(t, e, want, "cancelled")
	if err := e.Advance(context.Background(), big.NewInt(-1)); err == nil {
		t.Error("Advance(-1) returned no error")
	}
}

// TestUnsupported: other families are refused by name.
func TestUnsupported(t *testing.T) {
	for _, name := range []string{"/2/3:T10,10", "R5,C0,M1,S34..58,B34..45,NM:T400,400"} {
		var want *life.UnsupportedRuleError
		if _, err := New(rule.MustParse(name)); !errors.As(err, &want) || want.Engine != "dense" {
			t.Errorf("New(%s) returned %v", name, err)
		}
	}
}

// TestShapes: long thin grids, whose strips are a few rows or a few columns each.
func TestShapes(t *testing.T) {
	for _, name := range []string{
		"B3/S23:T4096,64", "B3/S23:P64,4096", "B3/S23:T4097,3", "B3/S23:P5000,1", "B3/S23:T1,5000", "B3/S23:K3,2000*", "B3/S23:C2000,2",
	} {
		p := fill(name, 7, 100)
		e, q := loaded(t, p), twin(t, p)
		q.options = options{isQuilted: true}
		if err := q.Load(p); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int64{1, 9, 30} {
			advance(t, e, n)
			advance(t, q, n)
			same(t, e, q, name)
		}
	}
}

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, config) }

// FuzzGrids compares both layouts on grids of any kind, size and rule.
func FuzzGrids(f *testing.F) {
	f.Add(uint64(1), uint8(40), uint8(9))
	f.Add(uint64(77), uint8(3), uint8(30))
	f.Fuzz(func(t *testing.T, seed uint64, most, gens uint8) {
		rnd, _ := random(seed)
		name := lifetest.RandomRule(rnd, true) + randomGrid(rnd, 1+int(most)%100)
		p := gridSoup(rnd, name)
		e, want := twin(t, p), twin(t, p)
		e.options = options{depth: rnd.IntN(maxDepth + 1), bands: rnd.IntN(4), isUnquilted: true}
		want.options = options{isQuilted: true}
		for _, x := range []*Engine{e, want} {
			if err := x.Load(p); err != nil {
				t.Fatal(err)
			}
		}
		advance(t, e, int64(gens%64))
		advance(t, want, int64(gens%64))
		same(t, e, want, name)
	})
}
