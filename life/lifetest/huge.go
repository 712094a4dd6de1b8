package lifetest

import (
	"context"
	"math/big"
	"testing"

	"golife/life"
)

// exp returns base^e.
func exp(base, e int64) *big.Int { return new(big.Int).Exp(big.NewInt(base), big.NewInt(e), nil) }

// advanceBig advances e by n generations, which must not fail.
func advanceBig(t *testing.T, e life.Engine, n *big.Int) {
	t.Helper()
	if err := e.Advance(context.Background(), n); err != nil {
		t.Fatalf("Advance(%v): %v", n, err)
	}
}

// runHuge checks what only a hashing engine can do.
func runHuge(t *testing.T, cfg Config) {
	t.Run("gun", func(t *testing.T) { t.Parallel(); checkHugeGun(t, cfg) })
	t.Run("glider", func(t *testing.T) { t.Parallel(); checkHugeGlider(t, cfg) })
	t.Run("oscillator", func(t *testing.T) { t.Parallel(); checkHugeOscillator(t, cfg) })
	t.Run("Fredkin", func(t *testing.T) { t.Parallel(); checkHugeFredkin(t, cfg) })
	t.Run("tree", func(t *testing.T) { t.Parallel(); checkHugeTree(t, cfg) })
}

// checkHugeGun: Gosper's gun has 36 + 5·n/30 cells at generation n, a multiple
// of 30, so at 3·10^30 too. Source: Life Lexicon, "Gosper glider gun".
func checkHugeGun(t *testing.T, cfg Config) {
	e := cfg.engine(t, Cells("B3/S23", gosperRLE, 0, 0))
	n := new(big.Int).Mul(big.NewInt(3), exp(10, 30))
	advanceBig(t, e, n)
	want := new(big.Int).Div(n, big.NewInt(6))
	want.Add(want, big.NewInt(36))
	if got := e.Population(); got.Cmp(want) != 0 {
		t.Errorf("population %v at generation %v, want %v", got, n, want)
	}
	if e.Generation().Cmp(n) != 0 {
		t.Errorf("generation %v, want %v", e.Generation(), n)
	}
	if got := e.Snapshot().Population(); got.Cmp(want) != 0 {
		t.Errorf("population of the snapshot %v, want %v", got, want)
	}
}

// checkHugeGlider: a glider moves by n/4 in n generations, also beyond int64.
func checkHugeGlider(t *testing.T, cfg Config) {
	p := Cells("B3/S23", gliderRLE, -17, 40)
	for _, n := range []*big.Int{exp(2, 66), exp(2, 100), new(big.Int).Mul(big.NewInt(4), exp(10, 40))} {
		e := cfg.engine(t, p)
		advanceBig(t, e, n)
		d := new(big.Int).Rsh(n, 2)
		want := p.Translate(d, d).WithGeneration(n)
		if diff := Diff(e, want); diff != "" {
			t.Fatalf("glider after %v generations: %s", n, diff)
		}
		// One that looks the other way comes home from there.
		home := p.Transform(life.Rotate180)
		if err := e.Load(home.Translate(d, d)); err != nil {
			t.Fatal(err)
		}
		advanceBig(t, e, n)
		if diff := Diff(e, home.WithGeneration(n)); diff != "" {
			t.Fatalf("glider from afar after %v generations: %s", n, diff)
		}
	}
}

// checkHugeOscillator: a pentadecathlon is what it was after a multiple of 15
// generations, and k generations on after k more.
func checkHugeOscillator(t *testing.T, cfg Config) {
	p := Cells("B3/S23", "2bo4bo$2ob4ob2o$2bo4bo!", 5, 5)
	for k := range int64(15) {
		e := cfg.engine(t, p)
		Advance(t, e, k)
		n := new(big.Int).Mul(exp(10, 25), big.NewInt(15))
		n.Add(n, big.NewInt(k))
		want := e.Snapshot().WithGeneration(n)
		e = cfg.engine(t, p)
		advanceBig(t, e, n)
		if d := Diff(e, want); d != "" {
			t.Fatalf("pentadecathlon after %v generations: %s", n, d)
		}
	}
}

// checkHugeFredkin: see the fact; at 2^k for k where the copies are beyond int64.
func checkHugeFredkin(t *testing.T, cfg Config) {
	p := Cells("B1357/S1357", "2o$o2bo!", -1, 3)
	for _, k := range []int64{10, 40, 63, 64, 80} {
		e := cfg.engine(t, p)
		n := exp(2, k)
		advanceBig(t, e, n)
		if got := e.Population(); got.Cmp(big.NewInt(8*4)) != 0 {
			t.Errorf("population %v at generation 2^%d, want 32: eight copies of 4 cells", got, k)
		}
		b, _ := e.Bounds()
		want, _ := p.Bounds()
		far := life.BigRect{
			MinX: new(big.Int).Sub(want.MinX, n), MinY: new(big.Int).Sub(want.MinY, n),
			MaxX: new(big.Int).Add(want.MaxX, n), MaxY: new(big.Int).Add(want.MaxY, n),
		}
		if !b.Equal(far) {
			t.Errorf("bounds %v at generation 2^%d, want %v", b, k, far)
		}
	}
}

// checkHugeTree: a universe of 4^100 blocks, given as a tree, stands still.
func checkHugeTree(t *testing.T, cfg Config) {
	p := Cells("B3/S23", "2o$2o!", 0, 0)
	b := life.NewBuilder(p.Rule())
	id := b.Leaf(0x0606 << 8) // a block inside
	const levels = 100
	for level := life.LeafLevel + 1; level <= life.LeafLevel+levels; level++ {
		id = b.Node(level, life.Quad{id, id, id, id})
	}
	b.AddTree(life.LeafLevel+levels, id)
	p = b.Pattern()
	e := cfg.engine(t, p)
	if got, want := e.Population(), exp(4, levels+1); got.Cmp(want) != 0 {
		t.Errorf("population %v, want %v", got, want)
	}
	Advance(t, e, 1000)
	if d := Diff(e, p.WithGeneration(big.NewInt(1000))); d != "" {
		t.Error(d)
	}
}
