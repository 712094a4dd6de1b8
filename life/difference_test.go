package life_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// TestDifference compares Difference with a comparison of all cells, for random
// patterns of two and of many states, near the origin and far from it.
func TestDifference(t *testing.T) {
	t.Parallel()
	const seed = 7
	rnd := rand.New(rand.NewPCG(seed, seed))
	for i := range 60 {
		p, q := randomCells(rnd, i&1 == 0, 20), randomCells(rnd, i&2 == 0, 20+30*(i%3))
		if i%5 == 0 {
			q = p
		}
		d := p.Difference(q)
		box := life.Rt(-100, -100, 200, 200)
		want := 0
		for y := box.Min.Y; y < box.Max.Y; y++ {
			for x := box.Min.X; x < box.Max.X; x++ {
				isDifferent := p.Get(x, y) != q.Get(x, y)
				if isDifferent {
					want++
				}
				if isDifferent != (d.Get(x, y) == 1) {
					t.Fatalf("seed %d, pair %d: cell (%d, %d) is %d and %d, difference %d", seed, i, x, y, p.Get(x, y), q.Get(x, y), d.Get(x, y))
				}
			}
		}
		if got := d.Population().Int64(); got != int64(want) {
			t.Errorf("seed %d, pair %d: %d cells differ, want %d", seed, i, got, want)
		}
		if !q.Difference(p).SameCells(d) {
			t.Errorf("seed %d, pair %d: the difference depends on the order", seed, i)
		}
	}
}

// randomCells returns a random pattern in a square about the origin.
func randomCells(rnd *rand.Rand, isMulti bool, side int) *life.Pattern {
	r := rule.MustParse("B36/S23")
	if isMulti {
		r = rule.MustParse("/2/5")
	}
	b := life.NewBuilder(r)
	for range side * side / 3 {
		b.Set(int64(rnd.IntN(side)-side/2), int64(rnd.IntN(side)-side/2), life.State(1+rnd.IntN(r.States()-1)))
	}
	return b.Pattern()
}

// TestDifferenceFar compares patterns that are very far apart, and large ones that
// differ in one cell.
func TestDifferenceFar(t *testing.T) {
	t.Parallel()
	far := new(big.Int).Lsh(big.NewInt(1), 200)
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(3, 4, 1)
	one := b.Pattern()
	away := one.Translate(far, far)
	if got := one.Difference(away).Population().Int64(); got != 2 {
		t.Errorf("%d cells differ, want 2", got)
	}
	b = life.NewBuilder(rule.MustParse("B3/S23"))
	for y := range int64(100) {
		if err := b.SetRun(-1<<62, y, 1<<62, 1); err != nil {
			t.Fatal(err)
		}
	}
	large := b.Pattern()
	more, err := large.Union(one)
	if err != nil {
		t.Fatal(err)
	}
	if d := large.Difference(more); !d.SameCells(one) {
		t.Errorf("the difference is %v cells, want one at (3, 4)", d.Population())
	}
	if !large.Difference(large).IsEmpty() {
		t.Error("a pattern differs from itself")
	}
}
