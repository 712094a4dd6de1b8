package engine

import (
	"fmt"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// Use says what an engine is wanted for.
type Use struct {
	Generations *big.Int // how many generations will be asked for in all; nil is unknown
	Interactive bool     // a person watches, at any step
}

// Choice is an engine's name and why it was chosen, in half a sentence.
type Choice struct{ Name, Reason string }

// Bounds of the choice between stepping every generation and memoising them.
// Measured with life run -e tile and -e hashlife, user CPU time: soups of 512² to
// 4096² cells run 3 to 7 times as fast on tile for up to 20,000 generations,
// Rendell's Turing machine 1.5 times as fast for 1,000 and half as fast for 5,000.
const (
	shortRun = 1_000  // tile is at least as fast for nearly everything
	chaosRun = 50_000 // tile is faster for soups
	chaotic  = 0.9    // share of distinct leaves from which a pattern counts as a soup
	soupSize = 64     // fewer leaves say nothing

	// Where each square comes so often, tile holds and steps far more than there
	// is: a metapixel gun fills 1 GiB of tiles in 17 seconds, and 8 MiB of nodes in
	// 14 ms. 1,000 generations of hexadecimal, or of Demonoid C512, take 7.2 and 5.0
	// seconds on tile, 0.2 and 0.3 on hashlife.
	repetitive = 16
)

// Choose picks an engine for p. When no engine runs its rule, the choice is the
// one whose error tells most.
func Choose(p *life.Pattern, u Use) Choice {
	r, n := p.Rule(), u.Generations
	atMost := func(limit int64) bool { return n != nil && n.Cmp(big.NewInt(limit)) <= 0 }
	switch {
	case r.Family() == rule.Generations:
		return Choice{"naive", "the only engine for Generations rules so far"}
	case r.Family() == rule.TwoState && r.IsBounded():
		return chooseBounded(p, n)
	case r.Family() != rule.TwoState:
		return Choice{"hashlife", "no engine runs this rule yet"}
	case u.Interactive:
		return Choice{"hashlife", "any step and any zoom"}
	case !fits(p):
		return Choice{"hashlife", "beyond the coordinates of tile"}
	case isRepetitive(p):
		return Choice{"hashlife", "its squares repeat"}
	case atMost(shortRun):
		return Choice{"tile", fmt.Sprintf("at most %d generations", shortRun)}
	case atMost(chaosRun) && isChaotic(p):
		return Choice{"tile", fmt.Sprintf("chaos, at most %d generations", chaosRun)}
	}
	return Choice{"hashlife", "a long run repeats itself"}
}

// fits reports whether p lies within the coordinates that tile can hold, with
// room to grow.
func fits(p *life.Pattern) bool { return p.Level() <= 60 }

// isChaotic reports whether nearly all 8×8 squares of p differ, so that there is
// nothing to memoise yet. Cost: O(nodes).
func isChaotic(p *life.Pattern) bool {
	distinct, total := leaves(p)
	return distinct >= soupSize && distinct >= chaotic*total
}

// isRepetitive reports whether p has each of its 8×8 squares in many places.
// Cost: O(nodes).
func isRepetitive(p *life.Pattern) bool {
	distinct, total := leaves(p)
	return distinct >= soupSize && total >= repetitive*distinct
}

// leaves counts the 8×8 squares of p, and those of them that differ.
func leaves(p *life.Pattern) (distinct, total float64) {
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
