package dense

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golife/life/rule"
)

// benchEngine returns a soup that fills a grid.
func benchEngine(b *testing.B, name string, depth, threads int) *Engine {
	e, err := New(rule.MustParse(name), WithThreads(threads))
	if err != nil {
		b.Fatal(err)
	}
	e.options = options{depth: depth, isUnquilted: true}
	g, _ := e.rule.Grid()
	x, y := g.Origin()
	e.corner.X, e.corner.Y = x, y
	c, err := e.newPlane(box{min: e.corner}.sized(g.Width, g.Height), false)
	if err != nil {
		b.Fatal(err)
	}
	e.cells = c
	f := c.(*field)
	rnd := rand.New(rand.NewPCG(1, 2))
	for y := range f.h {
		lane := f.lane(y)
		for v := range f.Width {
			lane[lanes*v] = rnd.Uint64() & (rnd.Uint64() | rnd.Uint64()&rnd.Uint64()) & f.columns[v]
		}
	}
	f.isStale = true
	return e
}

func (b box) sized(w, h int64) box {
	b.max.X, b.max.Y = b.min.X+w, b.min.Y+h
	return b
}

// anyMAP is a rule without any symmetry, drawn by lot.
const anyMAP = "MAPHNaZ//ExINjHjBGQGXHgnbt/k6IqynRDu5zErRwuJcZbep7XGC9HmPapRlYHMH19sT4skgOSokJeXvGoI6CV8g"

// BenchmarkAdvance reports cells a second, all of the grid counted, and the same for the
// fastest iteration, which tells more on a machine that others use.
func BenchmarkAdvance(b *testing.B) {
	for _, c := range []struct {
		rule string
		gens int64
	}{
		{"B3/S23:T4096,4096", 1000}, {"B3/S23:P4096,4096", 1000}, {"B3/S23:T4000,4096", 1000}, {"B3/S23:K4096*,4096", 1000},
		{"B3/S23:K4096,4096*", 1000}, {"B3/S23:C4096,4096", 1000}, {"B3/S23:S4096", 1000},
		{"B3/S23:T16384,64", 160}, {"B3/S23:P32768,16384", 8},
		{"B3/S23:T1024,1024", 160}, {"B3/S23:P1024,1024", 160}, {"B3/S23:C1024,1024", 160}, {"B3/S23:S1024", 160},
		{"B3/S23:T256,256", 1600}, {"B3/S23:P256,256", 1600}, {"B3/S23:C256,256", 1600}, {"B3/S23:S256", 1600},
		{"B36/S23:T4096,4096", 16}, {"B3678/S34678:T4096,4096", 16}, {"B2/S34H:T4096,4096", 16},
		{"B2-a/S12:T4096,4096", 16}, {anyMAP + ":T4096,4096", 16}, {anyMAP + ":P1024,1024", 64},
	} {
		for _, threads := range []int{1, 2} {
			b.Run(fmt.Sprintf("rule=%s/threads=%d", strings.ReplaceAll(c.rule, "/", ""), threads), func(b *testing.B) {
				e := benchEngine(b, c.rule, 0, threads)
				g, _ := e.rule.Grid()
				n, best := big.NewInt(c.gens), time.Hour
				for b.Loop() {
					start := time.Now()
					if err := e.Advance(context.Background(), n); err != nil {
						b.Fatal(err)
					}
					best = min(best, time.Since(start))
				}
				cells := float64(g.Width) * float64(g.Height) * float64(c.gens) / 1e9
				b.ReportMetric(cells*float64(b.N)/b.Elapsed().Seconds(), "Gcell/s")
				b.ReportMetric(cells/best.Seconds(), "best-Gcell/s")
			})
		}
	}
}
