package engine

import (
	"fmt"
	"math/big"

	"golife/life"
	"golife/life/dense"
	"golife/life/naive"
	"golife/life/rule"
)

// Use says what an engine is wanted for.
type Use struct {
	Generations *big.Int // how many generations will be asked for in all; nil is unknown
	Interactive bool     // a person watches, at any step
}

// Choice is an engine's name and why it was chosen, in half a sentence.
type Choice struct{ Name, Reason string }

// Bounds of the first choice. Measured with life run -e tile and -e hashlife, user CPU
// time: soups of 512² to 4096² cells run 3 to 7 times as fast on tile for up to 20,000
// generations, Rendell's Turing machine 1.5 times as fast for 1,000 and half as fast for
// 5,000.
const (
	shortRun = 1_000 // tile is at least as fast for nearly everything
	chaotic  = 0.9   // share of distinct leaves from which a pattern may be a soup
	soupSize = 64    // fewer leaves say nothing
	// A soup has many cells a leaf, unless it is large: patterns that are as irregular
	// by construction are neither. One of 12 % has 8, the spacefillers 10.
	soupCells, smallSoup, largeSoup = 14, 4, 1024

	wideSoup = 1 << 15 // different squares, as 1450² cells have: smaller soups are not faster on dense

	// Where each square comes so often, tile holds and steps far more than there
	// is: a metapixel gun fills 1 GiB of tiles in 17 seconds, and 8 MiB of nodes in
	// 14 ms. 1,000 generations of hexadecimal, or of Demonoid C512, take 7.2 and 5.0
	// seconds on tile, 0.2 and 0.3 on hashlife.
	repetitive = 16
	// So many squares fill some 100 MiB of tiles, whatever they look like.
	manySquares = 1 << 20
)

// repeats is why a pattern for which isRepetitive holds goes to hashlife.
const repeats = "its squares repeat"

// Choose picks the engine for p to begin with; Auto may change it during the run. When
// no engine runs its rule, the choice is Auto, whose error says so.
func Choose(p *life.Pattern, u Use) Choice {
	r, n := p.Rule(), u.Generations
	v := rivalsFor(r)
	switch {
	case r.Family() != rule.TwoState && v.memoiser == "" && v.stepper != "naive":
		return chooseOnly(v.stepper, r)
	case v.memoiser != "" && r.Family() != rule.TwoState && looksUp(r):
		return Choice{"hashlife", "it may repeat itself"}
	case v.memoiser != "" && r.Family() != rule.TwoState:
		return chooseRival(p, u, v.stepper)
	case r.Family() == rule.Named && naive.Check(r) == nil:
		return Choice{"naive", "the only engine for " + r.Name() + " so far"}
	case r.Family() != rule.TwoState && naive.Check(r) == nil:
		return Choice{"naive", "the only engine for " + r.Family().String() + " rules so far"}
	case r.Family() != rule.TwoState:
		return Choice{Auto, "no engine runs this rule yet"}
	case r.IsBounded():
		return chooseBounded(p, n)
	case v.sweeper != "" && !u.Interactive && fits(p) && isWideSoup(p) && dense.Sweeps(r):
		return Choice{v.sweeper, "a large soup"}
	}
	return chooseRival(p, u, v.stepper)
}

// chooseRival is Choose for an unbounded universe that hashlife runs, and an engine that steps.
func chooseRival(p *life.Pattern, u Use, stepper string) Choice {
	switch n := u.Generations; {
	case u.Interactive:
		return Choice{"hashlife", "any step and any zoom"}
	case !fits(p):
		return Choice{"hashlife", "beyond the coordinates of " + stepper}
	case isRepetitive(p):
		return Choice{"hashlife", repeats}
	case n != nil && n.Cmp(big.NewInt(shortRun)) <= 0:
		return Choice{stepper, fmt.Sprintf("at most %d generations", shortRun)}
	case isChaotic(p):
		return Choice{stepper, "chaos"}
	}
	return Choice{"hashlife", "it may repeat itself"}
}

// chooseOnly is the choice of an engine that has no rival under a rule of more than two states.
func chooseOnly(name string, r *rule.Rule) Choice {
	if r.Family() == rule.Named {
		return Choice{name, "the fastest engine for " + r.Name()}
	}
	return Choice{name, "the fastest engine for " + r.Family().String() + " rules"}
}

// fits reports whether p lies within the coordinates that tile can hold, with
// room to grow.
func fits(p *life.Pattern) bool { return p.Level() <= 60 }

// isChaotic reports whether p is a soup: nearly all of its squares differ, and it has
// many of them or many cells in each. Cost: O(nodes).
func isChaotic(p *life.Pattern) bool {
	distinct, total := census(p)
	if distinct < chaotic*total || total < smallSoup {
		return false
	}
	cells, _ := new(big.Float).SetInt(p.Population()).Float64()
	return total >= largeSoup || cells >= soupCells*total
}

// isLargeSoup reports whether p is a soup of so many squares that it is nothing that was built: a loop that
// copies itself looks like a small one. Cost: O(nodes).
func isLargeSoup(p *life.Pattern) bool {
	_, total := census(p)
	return total >= largeSoup && isChaotic(p)
}

// isWideSoup reports whether p is a soup so large, and without gaps, that to step all of its cells takes
// less than to look which change. Cost: O(1), and O(nodes) for those that may be.
func isWideSoup(p *life.Pattern) bool {
	b, ok := p.Bounds()
	if !ok {
		return false
	}
	squares := float64(distinctLeaves(p))
	return squares >= wideSoup && 2*64*squares >= float(b.Width())*float(b.Height()) && isChaotic(p)
}

// isRepetitive reports whether p has each of its squares in many places. Cost: O(nodes).
func isRepetitive(p *life.Pattern) bool {
	distinct, total := census(p)
	return total >= repetitive*distinct && (distinctLeaves(p) >= soupSize || total >= manySquares)
}

// distinctLeaves returns how many different 8×8 squares with cells p has.
func distinctLeaves(p *life.Pattern) int { return max(len(p.Leaves()), len(p.States())) - 1 }

// census counts the 8×8 squares of p that have cells: those that differ, and all.
// Cost: O(nodes).
func census(p *life.Pattern) (distinct, total float64) {
	uses := []float64{0, 1} // how often each node of a level occurs
	for level := p.Level(); level > life.LeafLevel; level-- {
		below := max(len(p.Leaves()), len(p.States()))
		if level > life.LeafLevel+1 {
			below = len(p.Nodes(level - 1))
		}
		next := make([]float64, below)
		for i, q := range p.Nodes(level) {
			for _, c := range q {
				if c != 0 {
					next[c] += uses[i]
				}
			}
		}
		uses = next
	}
	for _, n := range uses {
		total += n
	}
	return float64(len(uses) - 1), total
}
