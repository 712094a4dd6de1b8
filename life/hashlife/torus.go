package hashlife

import (
	"context"
	"fmt"
	"math/big"
	"math/bits"

	"golife/life"
	"golife/life/rule"
)

// torus is what an engine knows of its grid, a torus whose sides are powers of two;
// see the package comment. Engine.root holds the cells of the grid and no others,
// in a square of the level given here.
type torus struct {
	rect  life.Rect
	exps  [2]int // the sides are 2^exps[0] × 2^exps[1] cells
	level int    // of the root: the smallest that holds the grid

	// unfolded is the root's square of the unfolded universe, while that is known.
	// next is the same after a step, until it is about the origin again.
	unfolded, next id
	isUnfolded     bool
	cycle          cycle
}

// cycle finds out that a universe comes back: it keeps one earlier state, a later
// one after twice as many steps each time, and compares every state with it (R. P.
// Brent, "An improved Monte Carlo factorization algorithm", BIT 20, 1980). States
// are ids of unfolded squares, so that one look tells.
type cycle struct {
	kept         id
	gens         int64 // since then
	steps, limit int64 // since then, and after how many a later state is kept
	period       int64 // a number of generations after which the present state comes again; 0 is unknown
}

// maxSteps bounds cycle.limit, so that gens cannot overflow.
const maxSteps = 1 << 32

// leastExp is how long the sides of a torus must be, as a power of two, so that folding and unfolding
// it does not look into leaves: it knows no others than of 16×16 cells.
const leastExp = 5

// torusOf returns the torus that a rule's grid is, nil when it is none or has other
// sides than powers of two, or a shift.
func torusOf(r *rule.Rule) *torus {
	g, _ := r.Grid()
	isPower := func(n int64) bool { return n > 0 && n&(n-1) == 0 }
	if g.Kind != rule.Torus || g.ShiftX != 0 || g.ShiftY != 0 || !isPower(g.Width) || !isPower(g.Height) {
		return nil
	}
	x, y := g.Origin()
	t := &torus{rect: life.Rt(x, y, g.Width, g.Height)}
	t.exps = [2]int{bits.TrailingZeros64(uint64(g.Width)), bits.TrailingZeros64(uint64(g.Height))}
	t.level = max(t.exps[0], t.exps[1], leastExp+1)
	return t
}

// forget is called when the universe becomes another one.
func (t *torus) forget() {
	if t != nil {
		t.unfolded, t.next, t.isUnfolded, t.cycle = 0, 0, false, cycle{}
	}
}

// roots visits what a torus holds.
func (t *torus) roots(visit func(*id)) {
	visit(&t.unfolded)
	visit(&t.next)
	visit(&t.cycle.kept)
}

// lowestLevel is the level of the smallest root.
func (e *Engine) lowestLevel() int {
	if e.torus != nil {
		return e.torus.level
	}
	return e.minLevel()
}

// checkGrid returns life.ErrOutOfRange when p, under a rule that New accepts, has
// cells outside its grid.
func checkGrid(p *life.Pattern) error {
	t := torusOf(p.Rule())
	box, ok := p.Bounds()
	if t == nil || !ok {
		return nil
	}
	if r, ok := box.Rect(); ok && t.rect.Contains(r.Min) && t.rect.Contains(r.Max.Add(life.Point{X: -1, Y: -1})) {
		return nil
	}
	return fmt.Errorf("hashlife: pattern of %v, want it within the grid of rule %s: %w", box, p.Rule(), life.ErrOutOfRange)
}

// advanceTorus is advance for a torus: between unfolding and folding.
func (e *Engine) advanceTorus(ctx context.Context, left *big.Int) error {
	if left.Sign() == 0 {
		return nil
	}
	t, begin := e.torus, e.Generation()
	if err := e.attempt(e.unfold); err != nil {
		return err
	}
	e.skipPeriods(left)
	err := e.advance(ctx, left, t.level-1)
	if full := e.attempt(e.fold); full != nil {
		t.forget()
		e.generation.Set(begin)
		return full
	}
	return err
}

// stepTorus replaces the unfolded square by the one 2^exp generations later, exp <
// t.level. Four of it, joined, have that in their middle, with its quarters where
// those opposite belong. On error the square is as before.
func (e *Engine) stepTorus(exp int) error {
	t, s := e.torus, e.step.store
	var four id
	if err := e.attempt(func() {
		row := join(t.unfolded, t.unfolded)
		four = s.find(row, row)
	}); err != nil {
		return err
	}
	e.step.setStep(exp, e.phase(), t.level+1)
	centre, why := e.step.compute(four, t.level+1)
	switch why {
	case 0:
	case cancelled:
		return errCancelled
	default:
		return life.ErrMemoryLimit
	}
	t.next = centre
	return e.attempt(func() {
		q := s.quad(t.next)
		t.unfolded, t.next = s.find(join(q[3], q[2]), join(q[1], q[0])), 0
	})
}

// noteStep is told of each step on a torus, and skips the periods that are left when
// the universe is what it was before.
func (e *Engine) noteStep(exp int, left *big.Int) {
	t := e.torus
	c := &t.cycle
	c.gens += 1 << exp
	c.steps++
	if t.unfolded == c.kept && !(e.rule.Alternates() && c.gens&1 != 0) {
		c.period = c.gens
		e.skipPeriods(left)
	}
	if c.steps >= c.limit {
		c.kept, c.gens, c.steps, c.limit = t.unfolded, 0, 0, min(2*c.limit, maxSteps)
	}
}

// skipPeriods goes as many whole periods as there is time for, if one is known.
func (e *Engine) skipPeriods(left *big.Int) {
	if p := e.torus.cycle.period; p > 0 {
		rest := new(big.Int).Mod(left, big.NewInt(p))
		e.generation.Add(e.generation, left).Sub(e.generation, rest)
		left.Set(rest)
	}
}
