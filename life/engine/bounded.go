package engine

import (
	"math/big"

	"golife/life"
	"golife/life/hashlife"
)

// Bounds of the choice between computing all cells of a grid and memoising them.
// Measured with life run -e dense and -e hashlife on tori under Life, user CPU time:
//
//	cells    pattern   generations  dense     hashlife
//	1024²    soup             1,000    0.07 s    0.18 s
//	1024²    soup            10^12     0.14      0.36
//	4096²    soup            10,000    2.9       8.3
//	4096²    soup              10^6    2.0       6.4   (both find that it repeats)
//	4096²    gliders        100,000   16.7       0.01
//
// Chaos that never ends (B34/S34, 10^6 generations) takes 1.1 and 0.14 seconds on
// 16², 1.3 and 1.2 on 64², 2.4 and some 20 on 256².
const (
	fewCells  = 1 << 32 // cells times generations: a tenth of a second for dense
	smallGrid = 1 << 12 // cells; dense takes more time to begin a generation than for it
	hugeGrid  = 1 << 34 // cells; dense needs a bit for each, more than once
)

// chooseBounded is Choose for two-state rules with a grid.
func chooseBounded(p *life.Pattern, n *big.Int) Choice {
	g, _ := p.Rule().Grid()
	cells := big.NewInt(g.Width)
	cells.Mul(cells, big.NewInt(g.Height)) // 0 where a side is infinite
	work := func() *big.Int { return new(big.Int).Mul(cells, n) }
	more := func(v *big.Int, than int64) bool { return v.Cmp(big.NewInt(than)) > 0 }
	switch {
	case hashlife.Check(p.Rule()) != nil:
		return Choice{"dense", "a bounded grid"}
	case more(cells, hugeGrid):
		return Choice{"hashlife", "a huge torus"}
	case n != nil && !more(work(), fewCells):
		return Choice{"dense", "a torus with little to compute"}
	case !more(cells, smallGrid):
		return Choice{"hashlife", "a small torus, for long"}
	case isChaotic(p):
		return Choice{"dense", "chaos on a torus"}
	}
	return Choice{"hashlife", "a long run on a torus repeats itself"}
}
