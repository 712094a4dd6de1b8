package engine

import (
	"math/big"

	"golife/life"
	"golife/life/hashlife"
	"golife/life/multistate"
	"golife/life/rule"
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
	// User CPU seconds of life run -g 100 on tori of so many cells, and MiB:
	//
	//	                 dense        multistate
	//	10,000² glider   0.08,   76   0.00,  9
	//	30,000² glider   0.58,  567   0.01, 13
	//	100,000² glider  6.97, 6104   0.04, 25
	//	8,100² soup      0.11,  108   0.79, 104  (60 generations, beside reading it)
	vastGrid = 1 << 28
	// With cells in one of so many squares a grid is full: dense takes 70 ns for 64×64 cells, multistate 350
	// to 800 for those with cells.
	fullGrid = 16
)

// chooseGrid returns the engine that steps two-state rules on a grid: dense, but where that is so
// large that it is empty, most likely, one that holds only what is there. Where it is not, see isFull.
func chooseGrid(r *rule.Rule) string {
	switch cells := area(r); {
	case cells.Cmp(big.NewInt(vastGrid)) > 0 && multistate.Check(r) == nil:
		return "multistate"
	case cells.Cmp(big.NewInt(hugeGrid)) > 0:
		return "naive"
	}
	return "dense"
}

// area returns the number of cells of a rule's grid, 0 where a side is infinite.
func area(r *rule.Rule) *big.Int {
	g, _ := r.Grid()
	cells := big.NewInt(g.Width)
	return cells.Mul(cells, big.NewInt(g.Height))
}

// vast is why an engine that is not made for grids runs one.
const vast = "a grid too large to hold all of it"

// chooseBounded is Choose for two-state rules with a grid.
func chooseBounded(p *life.Pattern, n *big.Int) Choice {
	cells := area(p.Rule())
	work := func() *big.Int { return new(big.Int).Mul(cells, n) }
	more := func(v *big.Int, than int64) bool { return v.Cmp(big.NewInt(than)) > 0 }
	switch {
	case hashlife.Check(p.Rule()) != nil:
		if name := chooseGrid(p.Rule()); name == "naive" || name == "multistate" && !isFull(p, cells) {
			return Choice{name, vast}
		}
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

// isFull reports whether there are cells in so many parts of a grid that it may as well be swept.
func isFull(p *life.Pattern, cells *big.Int) bool {
	_, squares := census(p)
	return fullGrid*64*squares > float(cells)
}
