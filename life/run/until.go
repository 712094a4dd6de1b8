package run

import (
	"context"
	"math/big"
	"time"

	"golife/life"
	"golife/life/rule"
)

// The searches below rely on this: once a universe is dead, stable or periodic
// it stays so. A property that holds at the end of a chunk is therefore found at
// its first generation by halving the chunk.

// property tells whether the engine's universe has a property. It may advance
// the engine; hereAgain then holds the universe that was asked about.
type property func(ctx context.Context) (holds bool, hereAgain *life.Pattern, err error)

// reachDead advances to goal or to the first generation without cells.
func (r *Runner) reachDead(ctx context.Context, goal *big.Int) error {
	for {
		if r.eng.Population().Sign() == 0 {
			return r.stop(Dead)
		}
		if r.isAt(goal) {
			return nil
		}
		r.keepIfDue(nil)
		before := r.eng.Snapshot()
		if err := r.step(ctx, goal); err != nil {
			return err
		}
		if r.eng.Population().Sign() == 0 {
			return r.first(ctx, before, r.isDead, Dead)
		}
	}
}

func (r *Runner) isDead(context.Context) (bool, *life.Pattern, error) {
	p := r.eng.Snapshot()
	return p.IsEmpty(), p, nil
}

// reachStable advances to goal or to the first generation that equals its next, and the one
// after that where two rules take turns.
func (r *Runner) reachStable(ctx context.Context, goal *big.Int) error {
	isStable := r.returnsAfter(one)
	if rl := r.eng.Rule(); rl.Alternates() && rl.Background(false) == rl.Background(true) {
		isStable = r.staysTwice
	}
	for before := (*life.Pattern)(nil); ; {
		holds, here, err := isStable(ctx)
		if err != nil {
			return err
		}
		if holds {
			if err := r.eng.Load(here); err != nil || before == nil {
				return stopOr(err, r.stop(Stable))
			}
			return r.first(ctx, before, isStable, Stable)
		}
		if goal != nil && here.Generation().Cmp(goal) >= 0 {
			return r.eng.Load(here)
		}
		before, r.unstable = here, here
		r.keepIfDue(here)
		if err := r.step(ctx, goal); err != nil {
			return err
		}
	}
}

// stopOr returns err if there is one.
func stopOr(err, stop error) error {
	if err != nil {
		return err
	}
	return stop
}

// returnsAfter is the property of coming again after some generations. Under a
// rule whose background alternates, an odd number never is a return.
func (r *Runner) returnsAfter(period *big.Int) property {
	return func(ctx context.Context) (bool, *life.Pattern, error) {
		here := r.eng.Snapshot()
		if err := r.advance(ctx, period); err != nil {
			return false, here, err
		}
		return isReturn(r.eng.Rule(), period) && here.SameCells(r.eng.Snapshot()), here, nil
	}
}

// staysTwice is the property of being the same after a turn of each of two rules.
func (r *Runner) staysTwice(ctx context.Context) (bool, *life.Pattern, error) {
	here := r.eng.Snapshot()
	for range 2 {
		if err := r.advance(ctx, one); err != nil || !here.SameCells(r.eng.Snapshot()) {
			return false, here, err
		}
	}
	return true, here, nil
}

// isReturn reports whether equal cells mean equal universes n generations apart.
func isReturn(rl *rule.Rule, n *big.Int) bool { return !rl.Alternates() || n.Bit(0) == 0 }

// first moves the engine back to the first generation after before that has a
// property which the present one has and before has not. When it is interrupted
// it leaves the present generation.
func (r *Runner) first(ctx context.Context, before *life.Pattern, has property, why string) error {
	low, high := before, r.eng.Snapshot()
	for {
		gap := new(big.Int).Sub(high.Generation(), low.Generation())
		if gap.Cmp(one) <= 0 {
			if err := r.eng.Load(high); err != nil {
				return err
			}
			return r.stop(why)
		}
		holds, middle, err := r.try(ctx, low, gap.Rsh(gap, 1), has)
		switch {
		case err != nil:
			return stopOr(r.eng.Load(high), err)
		case holds:
			high = middle
		default:
			low = middle
		}
	}
}

// try asks for a property n generations after p.
func (r *Runner) try(ctx context.Context, p *life.Pattern, n *big.Int, has property) (bool, *life.Pattern, error) {
	if err := r.eng.Load(p); err != nil {
		return false, nil, err
	}
	if err := r.advance(ctx, n); err != nil {
		return false, nil, err
	}
	return has(ctx)
}

// reachPeriodic advances to goal, or to the first generation that comes again at
// or before goal. It follows one generation after the other and compares each
// with one bookmark, which is renewed after 1, 2, 4, … generations (Brent, An
// improved Monte Carlo factorization algorithm, BIT 20, 1980). An engine that jumps
// looks ahead first, and again from each bookmark. What it finds does not
// depend on where the bookmarks were, so that a resumed search finds the same.
func (r *Runner) reachPeriodic(ctx context.Context, goal *big.Int) error {
	begin := r.begin
	if isOver, err := r.jumpAhead(ctx, begin, goal); isOver || err != nil {
		return err
	}
	mark := r.bookmark()
	start := time.Now()
	for power := big.NewInt(1); !r.isAt(goal); {
		if err := r.advance(ctx, one); err != nil {
			return err
		}
		steps := new(big.Int).Sub(r.eng.Generation(), mark.generation)
		if r.isBackAt(mark, steps) {
			return r.stopPeriodic(ctx, begin, steps)
		}
		if steps.Cmp(power) == 0 {
			mark = r.bookmark()
			power.Lsh(power, 1)
			if isOver, err := r.lookAhead(ctx, begin, mark, goal, time.Since(start)/2); isOver || err != nil {
				return err
			}
		}
		r.keepIfDue(nil)
	}
	return r.lookBack(ctx, begin)
}

// bookmark is a universe to compare others with, by the cheap measure first.
type bookmark struct {
	pattern    *life.Pattern
	generation *big.Int
	population *big.Int
	bounds     life.BigRect // of no meaning when there are no cells
}

func (r *Runner) bookmark() bookmark {
	bounds, _ := r.eng.Bounds()
	return bookmark{r.eng.Snapshot(), r.eng.Generation(), r.eng.Population(), bounds}
}

// isBackAt reports whether the universe is the one of m, n generations away.
func (r *Runner) isBackAt(m bookmark, n *big.Int) bool {
	if !isReturn(r.eng.Rule(), n) || r.eng.Population().Cmp(m.population) != 0 {
		return false
	}
	bounds, ok := r.eng.Bounds()
	return !ok || bounds.Equal(m.bounds) && m.pattern.SameCells(r.eng.Snapshot())
}

// stopPeriodic moves the engine to the first generation that comes again.
func (r *Runner) stopPeriodic(ctx context.Context, begin *life.Pattern, period *big.Int) error {
	r.period = period
	present := r.eng.Snapshot()
	comesAgain := r.returnsAfter(period)
	holds, _, err := r.try(ctx, begin, new(big.Int), comesAgain)
	switch {
	case err != nil:
		r.period = nil
		return stopOr(r.eng.Load(present), err)
	case holds:
		return stopOr(r.eng.Load(begin), r.stop(Periodic))
	}
	if err := r.eng.Load(present); err != nil {
		return err
	}
	err = r.first(ctx, begin, comesAgain, Periodic)
	if r.stopped != Periodic {
		r.period = nil
	}
	return err
}

// lookBack searches the way from begin for the present universe: the bookmarks
// find each cycle, but some only after its second round.
func (r *Runner) lookBack(ctx context.Context, begin *life.Pattern) error {
	end := r.bookmark()
	if err := r.eng.Load(begin); err != nil {
		return err
	}
	var period *big.Int
	for !r.isAt(end.generation) {
		if n := r.left(end.generation); r.isBackAt(end, n) {
			period = n // the last one is the shortest
		}
		if err := r.advance(ctx, one); err != nil {
			return stopOr(r.eng.Load(end.pattern), err)
		}
	}
	if period == nil {
		return r.eng.Load(end.pattern)
	}
	return r.stopPeriodic(ctx, begin, period)
}
