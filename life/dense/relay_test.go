package dense

import (
	"context"
	"fmt"
	"math/big"
	"testing"

	"golife/life/lifetest"
)

// TestRelay: bands that do not wait for each other make what one band makes, on every
// grid where they may.
func TestRelay(t *testing.T) {
	rnd, seed := random(11)
	n := 150
	if testing.Short() {
		n = 25
	}
	relayed := 0
	for range n {
		name := []string{"B3/S23", "B36/S23", "B2/S34H", "B1357/S02468", "B03/S23"}[rnd.IntN(5)]
		w, h := 1+rnd.IntN(200), 20+rnd.IntN(300)
		name += []string{
			fmt.Sprintf(":T%d,%d", w, h), fmt.Sprintf(":P%d,%d", w, h), fmt.Sprintf(":K%d*,%d", w, h),
			fmt.Sprintf(":T%d%+d,%d", w, rnd.IntN(2*w)-w, h), fmt.Sprintf(":T0,%d", h),
		}[rnd.IntN(5)]
		p := gridSoup(rnd, name)
		want := twin(t, p)
		e := twin(t, p)
		e.team.Threads = 1 + rnd.IntN(4)
		e.options = options{depth: 1 + rnd.IntN(maxDepth), bands: 2 + rnd.IntN(5), isUnquilted: true}
		if err := e.Load(p); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			n := rnd.Int64N(100)
			advance(t, e, n)
			advance(t, want, n)
			if d := lifetest.Diff(e, want.Snapshot()); d != "" {
				t.Fatalf("%s: %s, %d threads, %+v, generation %v: %s", seed, name, e.team.Threads, e.options, e.generation, d)
			}
		}
		if f, ok := e.cells.(*field); ok && f.canRelay(f.depth) {
			relayed++
		}
	}
	if relayed < n/4 {
		t.Errorf("%s: %d of %d runs had relays, want more", seed, relayed, n)
	}
}

// TestRelayRepeats: a universe that comes back in the middle of a relay is found to.
func TestRelayRepeats(t *testing.T) {
	const period = 1023 // of a linear rule
	want := twin(t, lifetest.Cells("B1357/S1357:T31,93", "o2$bo!", 0, 0))
	advance(t, want, 50) // until much changes
	p := want.Snapshot().WithGeneration(new(big.Int))
	far := new(big.Int).Lsh(big.NewInt(1), 90)
	want = twin(t, p)
	advance(t, want, new(big.Int).Mod(far, big.NewInt(period)).Int64())
	for _, o := range []options{{depth: 1, bands: 2}, {depth: 4, bands: 2}, {depth: 5, bands: 3}} {
		e := twin(t, p)
		e.options = o
		if err := e.Load(p); err != nil {
			t.Fatal(err)
		}
		if err := e.Advance(context.Background(), far); err != nil {
			t.Fatal(err)
		}
		if d := lifetest.Diff(e, want.Snapshot().WithGeneration(far)); d != "" {
			t.Errorf("%+v: %s", o, d)
		}
		if e.swept > 20*period {
			t.Errorf("%+v: %d generations, %+v; want the period found sooner", o, e.swept, e.counters)
		}
	}
}
