package dense

import (
	"fmt"
	"math/big"
	"testing"

	"golife/life/internal/impl"
	"golife/life/internal/team"
	"golife/life/lifetest"
)

// TestNarrow compares grids whose rows need no room for what is beyond with package naive: those
// that go on upside down, and spheres.
func TestNarrow(t *testing.T) {
	rnd, seed := random(11)
	n := 60
	if testing.Short() {
		n = 12
	}
	narrow := 0
	for i := range n {
		w, h := 64*(1+rnd.IntN(3)), 8*(1+rnd.IntN(15))
		if i%2 == 1 && i%3 < 2 {
			w = 1 + rnd.IntN(200)
		}
		grid := [3]string{fmt.Sprintf(":K%d,%d*", w, h), fmt.Sprintf(":C%d,%d", w, h), fmt.Sprintf(":S%d", w)}[i%3]
		name := "B3/S23"
		if rnd.IntN(2) == 1 {
			name = lifetest.RandomRule(rnd, true)
		}
		p := gridSoup(rnd, name+grid)
		gens := []int64{1 + rnd.Int64N(9), rnd.Int64N(6)}
		want := states(t, p, gens)
		for _, kernel := range impl.List("kernel") {
			impl.Select("kernel", kernel)
			e := &Engine{generation: new(big.Int), team: &team.Team{Threads: 1 + rnd.IntN(2)}}
			e.options = options{depth: rnd.IntN(2), bands: 1 + rnd.IntN(2), isUnquilted: true}
			if err := e.Load(p); err != nil {
				t.Fatal(err)
			}
			if f, ok := e.cells.(*field); ok && (f.isTwisted || f.isTurned) {
				narrow++
			}
			for k, n := range gens {
				advance(t, e, n)
				if d := lifetest.Diff(e, want[k]); d != "" {
					t.Fatalf("%s: rule %s, %+v, kernel %s, generation %v: %s", seed, name+grid, e.options, kernel, e.generation, d)
				}
			}
		}
	}
	impl.Reset("kernel")
	if narrow < n/4 {
		t.Errorf("%s: %d runs were of fields without room, want a quarter of %d or more", seed, narrow, n)
	}
}
