package lifetest_test

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/lifetest"
)

// TestTori compares hashlife with dense on tori of up to 1024 cells a side, for some
// thousand generations.
func TestTori(t *testing.T) {
	rnd := rand.New(rand.NewPCG(lifetest.Seed(), 5))
	n := 60
	if testing.Short() {
		n = 10
	}
	for i := range n {
		name := "B3/S23"
		if i%2 == 1 {
			name = lifetest.RandomRule(rnd, true)
		}
		w, h := int64(1)<<rnd.IntN(11), int64(1)<<rnd.IntN(11)
		p := lifetest.Soup{
			Rule: fmt.Sprintf("%s:T%d,%d", name, w, h), Seed: rnd.Uint64(), Generation: rnd.Int64N(2),
			Rect: life.Rt(-(w / 2), -(h / 2), w, h), Density: []int{2, 20, 96, 128}[rnd.IntN(4)],
		}.Pattern()
		threads := 1 + rnd.IntN(2)
		var got [2]life.Engine
		for k, engineName := range []string{"hashlife", "dense"} {
			e, err := engine.New(engineName, p.Rule(), engine.Options{Threads: threads})
			if err == nil {
				err = e.Load(p)
			}
			if err != nil {
				t.Fatal(err)
			}
			got[k] = e
		}
		for most := (int64(1) << 24) / (w * h); most > 0; most /= 8 {
			gens := big.NewInt(1 + rnd.Int64N(min(most, 1<<16)))
			for _, e := range got {
				if err := e.Advance(context.Background(), gens); err != nil {
					t.Fatal(err)
				}
			}
			if d := lifetest.DiffPatterns(got[0].Snapshot(), got[1].Snapshot()); d != "" {
				t.Fatalf("GOLIFE_SEED=%d: case %d, rule %s, generation %v: %s", lifetest.Seed(), i, p.Rule(), got[1].Generation(), d)
			}
		}
		got[0].(interface{ Close() }).Close()
	}
}
