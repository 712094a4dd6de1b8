package life

import (
	"math/rand/v2"
	"testing"

	"golife/life/rule"
)

// TestFold builds patterns with and without turning pages into nodes on the way.
func TestFold(t *testing.T) {
	t.Parallel()
	const seed = 11
	rnd := rand.New(rand.NewPCG(seed, seed))
	for _, rs := range []string{"B3/S23", "/2/5"} {
		for i := range 20 {
			r := rule.MustParse(rs)
			plain, folded := NewBuilder(r), NewBuilder(r)
			for range 400 {
				x, y, s := rnd.Int64N(500)-250, rnd.Int64N(500)-250, State(1+rnd.IntN(r.States()-1))
				n := 1 + rnd.Int64N(200)
				for _, b := range []*Builder{plain, folded} {
					if s == 1 && n > 100 {
						if err := b.SetRun(x, y, n, s); err != nil {
							t.Fatal(err)
						}
					} else {
						b.Set(x, y, s)
					}
				}
				if rnd.IntN(40) == 0 {
					folded.fold()
				}
			}
			if p, q := plain.Pattern(), folded.Pattern(); !p.Equal(q) {
				t.Errorf("seed %d, %s, pattern %d: other cells", seed, rs, i)
			}
		}
	}
}

// TestSeal keeps what a Builder holds of many pages within bounds.
func TestSeal(t *testing.T) {
	t.Parallel()
	b := NewBuilder(rule.MustParse("B3/S23"))
	const side = 300
	for y := range int64(side) {
		for x := range int64(side) {
			b.Set(64*x, 64*y, 1)
		}
		b.Seal()
		if len(b.pages) > sealPages+side {
			t.Fatalf("%d pages", len(b.pages))
		}
	}
	if got := b.Pattern().Population().Int64(); got != side*side {
		t.Errorf("population %d, want %d", got, side*side)
	}
}
