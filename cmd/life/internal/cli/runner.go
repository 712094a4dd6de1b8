package cli

import (
	"context"
	"errors"
	"math"
	"math/big"
	"time"

	"golife/life"
	"golife/life/probe"
)

// Why a run stopped, as reported.
const (
	stoppedGenerations = "generations"
	stoppedTimeout     = "timeout"
	stoppedMemory      = "memory"
	stoppedInterrupted = "interrupted"
	stoppedDead        = "dead"
	stoppedStable      = "stable"
	stoppedPeriodic    = "periodic"
)

// untilWords are the values of --until.
var untilWords = []string{stoppedDead, stoppedStable, stoppedPeriodic}

// jumpingEngine advances many generations at once.
const jumpingEngine = "hashlife"

var one = big.NewInt(1)

// runner drives an engine to a goal.
type runner struct {
	eng      life.Engine
	from     *big.Int // generation at the start
	target   *big.Int // generation to end at; nil is none
	every    *big.Int // nil is none
	until    string   // "" is none
	timeout  time.Duration
	jumps    bool // the engine, which was asked for, may have to undo what it cannot finish
	isTooFar bool // the way to the target was too long for one call
	pace     pacer
	progress *progress    // nil is none
	onEvery  func() error // called at each multiple of every, but not at the end
	probes   probe.Schedule
	onHit    func(probe.Reading) error // called for each probe that hits

	stopped string        // why, once it has
	period  *big.Int      // with stoppedPeriodic
	busy    time.Duration // time spent computing
}

func newRunner(eng life.Engine, o *runFlags) *runner {
	r := &runner{
		eng: eng, from: eng.Generation(),
		every: o.every.value, until: o.until.value, timeout: o.timeout.value,
		jumps: o.engine.value == jumpingEngine, probes: o.probes.value,
	}
	if o.generations.isSet {
		r.target = new(big.Int).Add(r.from, o.generations.value)
	}
	return r
}

// errStop ends a run for the reason in runner.stopped.
var errStop = errors.New("stopped")

// run runs until r.stopped. The engine then stands at a whole generation.
func (r *runner) run(parent context.Context) error {
	ctx := parent
	if r.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(parent, r.timeout)
		defer cancel()
		deadline, _ := ctx.Deadline()
		r.pace.deadline = deadline
	}
	r.progress.start(r.from, r.target)
	defer r.progress.stop()
	err := r.loop(ctx)
	switch {
	case errors.Is(err, errStop):
	case errors.Is(err, life.ErrMemoryLimit):
		r.stopped = stoppedMemory
	case err != nil && parent.Err() != nil:
		r.stopped = stoppedInterrupted
	case errors.Is(err, context.DeadlineExceeded):
		r.stopped = stoppedTimeout
	default:
		return err
	}
	return nil
}

// loop goes from one generation at which there is something to do to the next.
func (r *runner) loop(ctx context.Context) error {
	report := r.from
	if r.every != nil {
		report = new(big.Int).Add(r.from, r.every)
	}
	for here := r.from; ; {
		if err := r.probe(); err != nil {
			return err
		}
		goal := earlier(r.target, r.probes.Next(new(big.Int).Add(here, one)))
		if r.every != nil {
			goal = earlier(goal, report)
		}
		if err := r.reach(ctx, goal); err != nil {
			return err
		}
		here = goal
		if r.target != nil && goal.Cmp(r.target) == 0 {
			if err := r.probe(); err != nil {
				return err
			}
			return r.stop(stoppedGenerations)
		}
		if r.every != nil && goal.Cmp(report) == 0 {
			if err := r.onEvery(); err != nil {
				return err
			}
			report = new(big.Int).Add(report, r.every)
		}
	}
}

// earlier returns the smaller of two generations; nil is never.
func earlier(a, b *big.Int) *big.Int {
	if a == nil || b != nil && b.Cmp(a) < 0 {
		return b
	}
	return a
}

// probe hands the probes that hit at the present generation to onHit.
func (r *runner) probe() error {
	for _, x := range r.probes.Read(r.eng) {
		if x.Hit {
			if err := r.onHit(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// stop ends the run for a reason.
func (r *runner) stop(why string) error {
	r.stopped = why
	return errStop
}

// maxJump is the length in bits of the longest way that is tried in one call
// under a time limit. Beyond, the mere square that a jump needs takes long to make.
const maxJump = 1 << 10

// reach advances to the generation goal, nil being none, or to the event that
// ends the run.
func (r *runner) reach(ctx context.Context, goal *big.Int) error {
	switch r.until {
	case stoppedDead:
		return r.reachDead(ctx, goal)
	case stoppedStable:
		return r.reachStable(ctx, goal)
	case stoppedPeriodic:
		return r.reachPeriodic(ctx, goal)
	}
	for !r.isAt(goal) {
		if err := r.approach(ctx, goal); err != nil {
			return err
		}
	}
	return nil
}

// approach advances towards goal: all the way in one call where it can, because
// engines that jump are at their best then; else by a chunk.
//
// Such an engine may have to undo a jump that it cannot finish. With a time
// limit the whole way therefore gets half of the time that is left, and if that
// is not enough, chunks get the rest.
func (r *runner) approach(ctx context.Context, goal *big.Int) error {
	isWatched := r.progress != nil && !r.jumps
	if goal == nil || r.isTooFar || isWatched {
		return r.advance(ctx, r.chunk(goal))
	}
	left := r.left(goal)
	switch {
	case r.timeout == 0:
		return r.advance(ctx, left)
	case left.BitLen() > maxJump:
		r.isTooFar = true
		return nil
	}
	half, cancel := context.WithTimeout(ctx, time.Until(r.pace.deadline)/2)
	defer cancel()
	err := r.advance(half, left)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		r.isTooFar = true
		return nil
	}
	return err
}

// isAt reports whether the engine stands at goal; never when it is nil.
func (r *runner) isAt(goal *big.Int) bool {
	return goal != nil && r.eng.Generation().Cmp(goal) >= 0
}

// left returns the number of generations to goal, or nil when there is none.
func (r *runner) left(goal *big.Int) *big.Int {
	if goal == nil {
		return nil
	}
	return new(big.Int).Sub(goal, r.eng.Generation())
}

// chunk returns how far to advance next, at most to goal.
func (r *runner) chunk(goal *big.Int) *big.Int {
	n := r.pace.size()
	if left := r.left(goal); left != nil && left.Cmp(n) < 0 {
		return left
	}
	return n
}

// advance computes n generations and keeps the time.
func (r *runner) advance(ctx context.Context, n *big.Int) error {
	begin := time.Now()
	err := r.eng.Advance(ctx, n)
	took := time.Since(begin)
	r.busy += took
	r.pace.add(n, took)
	r.progress.at(r.eng)
	return err
}

// chunkTime is how long a chunk may take before the next is no longer one twice
// as long, unless longer ones are worth it.
const chunkTime = 150 * time.Millisecond

// pacer chooses the length of chunks: powers of two, that grow from 1 until one
// takes chunkTime. Engines that jump are the faster the longer the chunk: it
// goes on growing while that pays, and while there is time for the next.
type pacer struct {
	exp      uint
	deadline time.Time // zero is none
	rate     float64   // generations/s of the last full chunk
}

// size returns the length of the next chunk.
func (p *pacer) size() *big.Int { return new(big.Int).Lsh(one, p.exp) }

// add takes note that n generations took some time.
func (p *pacer) add(n *big.Int, took time.Duration) {
	if n.Cmp(p.size()) != 0 {
		return // the rest of the way to a goal
	}
	rate := ratio(n, took.Seconds())
	pays := rate > 1.25*p.rate
	p.rate = rate
	fits := p.deadline.IsZero() || 4*took < time.Until(p.deadline)
	switch {
	case took < chunkTime/2, pays && fits:
		p.exp++
	case took > 4*chunkTime && !pays && p.exp > 0:
		p.exp--
	}
}

// ratio returns n/d for d >= 0, at most the largest float64.
func ratio(n *big.Int, d float64) float64 {
	f, _ := new(big.Float).Quo(new(big.Float).SetInt(n), big.NewFloat(max(d, 1e-9))).Float64()
	return min(f, math.MaxFloat64)
}
