package run

import (
	"context"
	"errors"
	"math/big"
	"time"

	"golife/life"
	"golife/life/engine"
)

// An engine that jumps finds out in one call that a universe comes again after a
// certain number of generations. So it asks for a number that most periods divide,
// instead of following every generation; the period is what remains of it when all
// prime factors are taken away that it comes back without.

// farFactors are the prime factors of that number: it is a multiple of the periods of
// gliders on tori with sides up to 2^32, and of those of most oscillators.
var farFactors = []struct {
	prime int64
	times int
}{{2, 40}, {3, 3}, {5, 2}, {7, 1}, {11, 1}, {13, 1}, {17, 1}, {19, 1}, {23, 1}, {29, 1}, {31, 1}, {37, 1}, {41, 1}, {43, 1}, {47, 1}}

// far returns the product of farFactors.
func far() *big.Int {
	n := big.NewInt(1)
	for _, f := range farFactors {
		for range f.times {
			n.Mul(n, big.NewInt(f.prime))
		}
	}
	return n
}

// canJump reports whether the engine, or the one it has chosen by now, jumps.
func (r *Runner) canJump() bool { return r.jumps || engine.Chosen(r.eng).Name == jumpingEngine }

// usualJumpTime bounds jumpAhead: by so much longer takes a search that it is of no use to.
const usualJumpTime = time.Second / 4

// jumpAhead looks ahead from 0, 1, 2, 4, … generations after the present one, up to
// goal. If it finds nothing in r.jumpTime, or a quarter of the time that is left, the
// engine stands where it stood. begin is the universe that the search is about.
func (r *Runner) jumpAhead(ctx context.Context, begin *life.Pattern, goal *big.Int) (isOver bool, err error) {
	if !r.canJump() {
		return false, nil
	}
	here := r.eng.Snapshot()
	start, limit := time.Now(), r.jumpTime
	if !r.pace.deadline.IsZero() {
		limit = min(limit, time.Until(r.pace.deadline)/4)
	}
	short, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		isOver, err := r.lookAhead(ctx, begin, r.bookmark(), goal, 5*time.Millisecond+time.Since(start)/2)
		if isOver || err != nil {
			return isOver, err
		}
		n := new(big.Int).Sub(r.eng.Generation(), here.Generation())
		if n.Sign() == 0 {
			n.Set(one)
		}
		if left := r.left(goal); left != nil && left.Cmp(n) < 0 || r.advance(short, n) != nil {
			return false, stopOr(r.eng.Load(here), ctx.Err())
		}
	}
}

// lookAhead finds out whether the present universe, of which mark is the bookmark, comes
// again after far generations. If so the search is over: the run has stopped at the
// first generation that comes again or, when none does within goal, stands at goal. If
// not, or when that takes too long, the engine stands where it stood.
func (r *Runner) lookAhead(ctx context.Context, begin *life.Pattern, mark bookmark, goal *big.Int, patience time.Duration) (isOver bool, err error) {
	if !r.canJump() {
		return false, nil
	}
	begun := time.Now()
	defer func() { r.busy += time.Since(begun) }()
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	period, isFound := r.periodOf(short, mark)
	if err := r.eng.Load(mark.pattern); err != nil || ctx.Err() != nil || !isFound {
		return false, stopOr(err, ctx.Err())
	}
	err = r.stopPeriodic(ctx, begin, period)
	if !errors.Is(err, errStop) || goal == nil || period.Cmp(r.left(goal)) <= 0 {
		return true, err
	}
	r.stopped, r.period = "", nil
	return true, r.advance(ctx, r.left(goal))
}

// periodOf returns the period of the universe of a bookmark if it divides far and that
// can be found out in the time and memory that there are. The engine then stands
// anywhere.
func (r *Runner) periodOf(ctx context.Context, m bookmark) (period *big.Int, isFound bool) {
	period = far()
	if comes, err := r.comesAfter(ctx, m, period); err != nil || !comes {
		return nil, false
	}
	for _, f := range farFactors {
		for range f.times {
			shorter := new(big.Int).Quo(period, big.NewInt(f.prime))
			comes, err := r.comesAfter(ctx, m, shorter)
			if err != nil {
				return nil, false
			}
			if !comes {
				break
			}
			period = shorter
		}
	}
	return period, true
}

// comesAfter reports whether the universe of a bookmark is there again after n
// generations.
func (r *Runner) comesAfter(ctx context.Context, m bookmark, n *big.Int) (bool, error) {
	if err := r.eng.Load(m.pattern); err != nil {
		return false, err
	}
	if err := r.eng.Advance(ctx, n); err != nil {
		return false, err
	}
	return r.isBackAt(m, n), nil
}
