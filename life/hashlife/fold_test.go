package hashlife

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// thinTorus returns an engine with a soup on a torus that must be unfolded.
func thinTorus(t *testing.T) *Engine {
	t.Helper()
	e, err := New(rule.MustParse("B3/S23:T32,256"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	b := life.NewBuilder(e.Rule())
	rnd := rand.New(rand.NewPCG(1, 2))
	for y := int64(-128); y < 128; y++ {
		for x := int64(-16); x < 16; x++ {
			b.Set(x, y, life.State(rnd.IntN(2)))
		}
	}
	if err := e.Load(b.Pattern()); err != nil {
		t.Fatal(err)
	}
	return e
}

// fillUp makes nodes until no more fit, of which a collection would get nothing back.
func fillUp(e *Engine) {
	e.SetLimit(1)
	run(func() {
		for i := e.root; ; {
			i = e.step.find(join(i, 0), join(0, i))
		}
	})
}

// stuffing is a context that fills an engine's tables up after a number of looks at it.
type stuffing struct {
	context.Context
	e     *Engine
	looks int
}

func (c *stuffing) Err() error {
	if c.looks--; c.looks == 0 {
		fillUp(c.e)
	}
	return nil
}

// When what was computed does not fit as a root any more, the universe stands where it
// stood, and goes on from there once there is memory.
func TestFoldAtTheLimit(t *testing.T) {
	e, want := thinTorus(t), thinTorus(t)
	ctx := context.Background()
	for _, n := range []int64{5, 1000} {
		if err := errors.Join(e.Advance(ctx, big.NewInt(n)), want.Advance(ctx, big.NewInt(n))); err != nil {
			t.Fatal(err)
		}
		before := e.Snapshot()
		err := e.Advance(&stuffing{ctx, e, 3}, big.NewInt(7)) // 1 + 2 + 4
		if !errors.Is(err, life.ErrMemoryLimit) || e.Generation().Cmp(before.Generation()) != 0 || !e.Snapshot().SameCells(before) {
			t.Fatalf("Advance = %v at generation %v, want ErrMemoryLimit at %v", err, e.Generation(), before.Generation())
		}
		e.SetLimit(0)
		if err := errors.Join(e.Advance(ctx, big.NewInt(40)), want.Advance(ctx, big.NewInt(40))); err != nil {
			t.Fatal(err)
		}
		if !e.Snapshot().SameCells(want.Snapshot()) {
			t.Fatalf("generation %v is another one than without the failure", e.Generation())
		}
	}
}

// A collection must keep all that a torus holds between two steps.
func TestCollectKeepsATorus(t *testing.T) {
	e := thinTorus(t)
	if err := e.Advance(context.Background(), big.NewInt(100)); err != nil {
		t.Fatal(err)
	}
	s := e.step.store
	e.torus.next = s.find(join(e.root, 0), 0)
	e.torus.cycle.kept = s.find(0, join(e.root, e.root))
	e.torus.unfolded = s.find(0, join(0, e.root))
	e.Collect()
	got := [3]id{e.torus.next, e.torus.cycle.kept, e.torus.unfolded}
	for i, want := range [3][2]uint64{{join(e.root, 0), 0}, {0, join(e.root, e.root)}, {0, join(0, e.root)}} {
		if n, s := s.square(got[i]); n != want[0] || s != want[1] {
			t.Errorf("square %d is %x %x after a collection, want %x", i, n, s, want)
		}
	}
}
