package hashlife

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The share of nodes that were made again is estimated from some of them, whatever it
// is; nodes with younger children do not count.
func TestGhostsMadeAgain(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	const dropped, last = 40_000, 1 << 10
	for _, want := range []float64{0, 0.1, 0.5, 0.9} {
		old := func() [2]uint64 {
			return [2]uint64{join(r.Uint32N(last), r.Uint32N(last)), join(r.Uint32N(last), r.Uint32N(last))}
		}
		var g ghosts
		g.reset(2*dropped, last)
		var ghostly [][2]uint64
		for i := range dropped {
			ghostly = append(ghostly, old())
			if i%ghostShare == 0 {
				g.add(ghostly[i][0], ghostly[i][1])
			}
		}
		const since = 3 * 80_000 // so many that a deviation of 0.06 is more than five times the usual one
		table := newFewNodes(last+1+since, form(r.IntN(len(formRoom))))
		for i := id(last + 1); i <= last+since; i += 3 { // the third of them is a gap
			n := old()
			if r.Float64() < want {
				n = ghostly[r.IntN(dropped)]
			}
			table.setSquare(i, n[0], n[1])
			table.setSquare(i+1, uint64(last+1+i), 0)
		}
		if got, ok := g.again(&table.nodeTable, last+1+since); !ok || math.Abs(got-want) > 0.06 {
			t.Errorf("seed %d: %.3f of the nodes are said to be made again (%v), want %.1f", seed, got, ok, want)
		}
		if _, ok := g.again(&table.nodeTable, last+1+3*enough-3); ok {
			t.Errorf("%d nodes are said to be enough", enough-1)
		}
		g.free()
	}
}

// More is left free where what was dropped is seldom made again, and less as soon as
// it often is.
func TestGhostsAdjust(t *testing.T) {
	var g ghosts
	g.judge(0, false)
	if g.left != leastLeft {
		t.Fatalf("at first: %+v", g)
	}
	for k, c := range []struct {
		share float64
		want  int64
	}{
		{0.05, 6}, {0.2, 6}, {0.05, 6}, {0.05, 3}, {0.3, 3}, {0.2, 2}, {0.3, 2}, {0.5, 6},
		{0.05, 6}, {0.05, 6}, {0.05, 6}, {0.05, 6}, {0.05, 6}, {0.05, 6}, {0.05, 6}, {0.05, 6}, {0.05, 3}, {0.5, 6},
	} {
		g.judge(c.share, true)
		if g.left != c.want {
			t.Fatalf("%d: after a share of %.2f: %+v, want 1/%d left", k, c.share, g, c.want)
		}
		before := g
		if g.judge(0.01, false); g.left != before.left {
			t.Errorf("%d: too few nodes tell something: %+v", k, g)
		}
	}
}
