package run

import (
	"context"
	"errors"
	"math"
	"math/big"
	"slices"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/probe"
)

// Why a run stopped.
const (
	Generations = "generations" // the goal is reached
	Timeout     = "timeout"     // the time limit
	Memory      = "memory"      // the memory limit
	Range       = "range"       // the end of the engine's coordinates, where only a time limit was asked for
	Interrupted = "interrupted" // the context was cancelled
	Dead        = "dead"        // no cells are left
	Stable      = "stable"      // the next generation is equal
	Periodic    = "periodic"    // this generation comes again
)

// Events returns what Spec.Until can be: Dead, Stable, Periodic.
func Events() []string { return []string{Dead, Stable, Periodic} }

// Reasons returns all the reasons to stop.
func Reasons() []string {
	return append([]string{Generations, Timeout, Memory, Range, Interrupted}, Events()...)
}

// Auto is the engine that chooses.
const Auto = engine.Auto

// jumpingEngine advances many generations at once.
const jumpingEngine = "hashlife"

var one = big.NewInt(1)

// Spec says how a pattern is run, and how far. The zero value of a field is none,
// except where it says otherwise.
type Spec struct {
	Engine      string // "" is Auto
	Options     engine.Options
	Pool        *Pool         // where an engine may come from
	Generations *big.Int      // how many to advance from the pattern's own generation
	Until       string        // one of Events
	Timeout     time.Duration // of computing, for one call of Run
	Every       *big.Int      // call Runner.OnEvery at each multiple of it
	Probes      probe.Schedule
}

// State is how far a run has come: with the pattern it began with, enough to go on
// in another process and come to the same result.
type State struct {
	Present *life.Pattern // the universe
	Busy    time.Duration // time spent computing
	StepExp uint          // 2^StepExp generations are a good step; 0 is unknown
}

// Watcher is told how far a run is.
type Watcher interface {
	Start(from, target *big.Int) // target is nil when there is none
	At(e life.Engine)            // after each call of Advance
	Stop()
}

// Runner drives an engine to a goal. One goroutine owns it. The exported fields
// may be set between New and Run.
type Runner struct {
	OnEvery func() error              // called at each multiple of Spec.Every, but not at the end
	OnHit   func(probe.Reading) error // called for each of Spec.Probes that hits
	Watcher Watcher                   // nil is none

	// Keep, unless it is nil, is given a state to resume from: every KeepEvery, or every
	// second where that is longer and the engine takes long steps, and when Run ends, where that state is one to
	// resume from. KeepEvery must then be positive.
	Keep      func(State)
	KeepEvery time.Duration

	engine   string // as asked for
	options  engine.Options
	eng      life.Engine
	from     *big.Int      // generation at the start
	begin    *life.Pattern // pattern at the start
	target   *big.Int      // generation to end at; nil is none
	every    *big.Int      // nil is none
	probes   probe.Schedule
	until    string // "" is none
	timeout  time.Duration
	jumps    bool          // the engine may have to undo what it cannot finish
	jumpTime time.Duration // see jumpAhead
	isTooFar bool          // the way to the target was too long for one call
	pace     pacer
	kept     time.Time     // when Keep was called last
	unstable *life.Pattern // with Stable, the last universe that is known not to be

	stopped string        // why, once it has
	period  *big.Int      // with Periodic
	busy    time.Duration // time spent computing
}

// New chooses and makes an engine and loads p into it, or, when resume is not nil,
// the state that a run of p had reached. It returns the engine's errors (see
// engine.New and life.Engine.Load).
func New(p *life.Pattern, s Spec, resume *State) (*Runner, error) {
	r := &Runner{
		jumpTime: usualJumpTime,
		from:     p.Generation(), begin: p, every: s.Every, probes: s.Probes, until: s.Until, timeout: s.Timeout,
		engine: s.Engine,
	}
	if s.Generations != nil {
		r.target = new(big.Int).Add(r.from, s.Generations)
	}
	if resume != nil {
		r.busy, p = resume.Busy, resume.Present
	}
	if r.engine == "" {
		r.engine = Auto
	}
	eng, err := s.Pool.take(r.engine, p.Rule(), s.Options)
	if err == nil {
		u := engine.Use{}
		if r.target != nil {
			u.Generations = new(big.Int).Sub(r.target, p.Generation())
		}
		engine.Expect(eng, u)
		err = eng.Load(p)
	}
	if err != nil {
		return nil, err
	}
	r.options = s.Options
	r.eng, r.jumps = eng, r.engine == jumpingEngine
	if resume != nil && r.jumps {
		r.pace.exp = resume.StepExp
	}
	return r, nil
}

// chosen says which engine runs, and why.
func (r *Runner) chosen() engine.Choice {
	c := engine.Chosen(r.eng)
	if r.engine != Auto {
		c.Reason = "asked for with --engine"
	}
	return c
}

// Engine returns the engine; it stands at a whole generation when Run does not run.
func (r *Runner) Engine() life.Engine { return r.eng }

// Close gives the engine's memory back to the system at once, where it can. The Runner
// and its engine must not be used afterwards.
func (r *Runner) Close() {
	if c, ok := r.eng.(closer); ok {
		c.Close()
	}
}

// Stopped returns why Run ended, one of Reasons, or "" before that.
func (r *Runner) Stopped() string { return r.stopped }

// errStop ends a run for the reason in runner.stopped.
var errStop = errors.New("stopped")

// Run runs until there is a reason to stop. The engine then stands at a whole
// generation. A limit that is reached and a context that is cancelled are reasons,
// not errors; errors are those of OnEvery and of the engine.
func (r *Runner) Run(parent context.Context) error {
	ctx := parent
	if r.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(parent, r.timeout)
		defer cancel()
		deadline, _ := ctx.Deadline()
		r.pace.deadline = deadline
	}
	if r.Watcher != nil {
		r.Watcher.Start(r.eng.Generation(), r.target)
		defer r.Watcher.Stop()
	}
	r.kept = time.Now()
	r.pace.most = r.KeepEvery
	defer r.keepLast()
	err := r.loop(ctx)
	switch {
	case errors.Is(err, errStop):
	case errors.Is(err, life.ErrMemoryLimit):
		r.stopped = Memory
	case errors.Is(err, life.ErrOutOfRange) && r.target == nil && r.until == "":
		r.stopped = Range
	case err != nil && parent.Err() != nil:
		r.stopped = Interrupted
	case errors.Is(err, context.DeadlineExceeded):
		r.stopped = Timeout
	default:
		return err
	}
	return nil
}

// loop goes from one generation at which there is something to do to the next.
func (r *Runner) loop(ctx context.Context) error {
	report := r.nextReport(r.lastReport())
	for here := r.eng.Generation(); ; {
		if err := r.probe(); err != nil {
			return err
		}
		goal := earlier(earlier(r.target, report), r.probes.Next(new(big.Int).Add(here, one)))
		if err := r.reach(ctx, goal); err != nil {
			return err
		}
		here = goal
		if r.target != nil && goal.Cmp(r.target) == 0 {
			if err := r.probe(); err != nil {
				return err
			}
			return r.stop(Generations)
		}
		if report != nil && goal.Cmp(report) == 0 {
			if err := r.OnEvery(); err != nil {
				return err
			}
			report = r.nextReport(report)
		}
	}
}

// nextReport returns the generation of the report after one; nil is never.
func (r *Runner) nextReport(last *big.Int) *big.Int {
	if r.every == nil {
		return nil
	}
	return new(big.Int).Add(last, r.every)
}

// earlier returns the smaller of two generations; nil is never.
func earlier(a, b *big.Int) *big.Int {
	if a == nil || b != nil && b.Cmp(a) < 0 {
		return b
	}
	return a
}

// probe hands the probes that hit at the present generation to OnHit.
func (r *Runner) probe() error {
	for _, x := range r.probes.Read(r.eng) {
		if x.Hit {
			if err := r.OnHit(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// lastReport returns the last multiple of every before the present generation. A run
// that is resumed at a multiple may not have reported it.
func (r *Runner) lastReport() *big.Int {
	n := new(big.Int).Sub(r.eng.Generation(), r.from)
	if r.every == nil || n.Sign() == 0 {
		return r.from
	}
	n.Sub(n, one)
	n.Sub(n, new(big.Int).Mod(n, r.every))
	return n.Add(n, r.from)
}

// stop ends the run for a reason.
func (r *Runner) stop(why string) error {
	r.stopped = why
	return errStop
}

// maxJump is the length in bits of the longest way that is tried in one call
// under a time limit. Beyond, the mere square that a jump needs takes long to make.
const maxJump = 1 << 10

// reach advances to the generation goal, nil being none, or to the event that
// ends the run.
func (r *Runner) reach(ctx context.Context, goal *big.Int) error {
	switch r.until {
	case Dead:
		return r.reachDead(ctx, goal)
	case Stable:
		return r.reachStable(ctx, goal)
	case Periodic:
		return r.reachPeriodic(ctx, goal)
	}
	for !r.isAt(goal) {
		if err := r.approach(ctx, goal); err != nil {
			return err
		}
		r.keepIfDue(nil)
	}
	return nil
}

// approach advances towards goal: all the way in one call where it can, because
// engines that jump are at their best then; else by a chunk.
//
// Such an engine may have to undo a jump that it cannot finish. With a time
// limit the whole way therefore gets half of the time that is left, and if that
// is not enough, chunks get the rest.
func (r *Runner) approach(ctx context.Context, goal *big.Int) error {
	isWatched := r.Watcher != nil && !r.jumps || r.Keep != nil
	if goal == nil || r.isTooFar || isWatched {
		return r.step(ctx, goal)
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
func (r *Runner) isAt(goal *big.Int) bool {
	return goal != nil && r.eng.Generation().Cmp(goal) >= 0
}

// left returns the number of generations to goal, or nil when there is none.
func (r *Runner) left(goal *big.Int) *big.Int {
	if goal == nil {
		return nil
	}
	return new(big.Int).Sub(goal, r.eng.Generation())
}

// chunk returns how far to advance next, at most to goal.
func (r *Runner) chunk(goal *big.Int) *big.Int {
	n := r.pace.size()
	if left := r.left(goal); left != nil && left.Cmp(n) < 0 {
		return left
	}
	return n
}

// leastBreak is how long a chunk may take before it is broken off, though states are
// wanted more often: an engine that jumps may take that long to get into its stride.
const leastBreak = time.Second

// step advances towards goal by a chunk. A chunk that is not done when a state is due
// is broken off, and the next ones are shorter, down to one generation.
func (r *Runner) step(ctx context.Context, goal *big.Int) error {
	if r.Keep == nil || r.pace.exp == 0 {
		return r.advance(ctx, r.chunk(goal))
	}
	short, cancel := context.WithTimeout(ctx, max(r.KeepEvery, leastBreak)-min(time.Since(r.kept), r.KeepEvery/2))
	defer cancel()
	err := r.advance(short, r.chunk(goal))
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		r.pace.exp--
		return nil
	}
	return err
}

// keepIfDue keeps p, or the present universe when it is nil, when the last state is
// old enough.
func (r *Runner) keepIfDue(p *life.Pattern) {
	if r.Keep == nil || time.Since(r.kept) < r.KeepEvery {
		return
	}
	r.keep(p)
}

func (r *Runner) keep(p *life.Pattern) {
	if p == nil {
		p = r.eng.Snapshot()
	}
	s := State{Present: p, Busy: r.busy}
	if r.jumps {
		s.StepExp = r.pace.exp
	}
	r.Keep(s)
	r.kept = time.Now()
}

// keepLast keeps the state at the end of a run. A search that is broken off may stand
// behind the event: what it has seen before is kept then, or nothing new.
func (r *Runner) keepLast() {
	isOver := r.stopped == Generations || slices.Contains(Events(), r.stopped)
	switch {
	case r.Keep == nil:
	case isOver, r.until == "", r.until == Periodic:
		r.keep(nil)
	case r.until == Dead && r.eng.Population().Sign() > 0:
		r.keep(nil)
	case r.until == Stable && r.unstable != nil:
		r.keep(r.unstable)
	}
}

// advance computes n generations and keeps the time.
func (r *Runner) advance(ctx context.Context, n *big.Int) error {
	begin := time.Now()
	err := r.eng.Advance(ctx, n)
	took := time.Since(begin)
	r.busy += took
	if err == nil {
		r.pace.add(n, took)
	}
	if r.Watcher != nil {
		r.Watcher.At(r.eng)
	}
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
	deadline time.Time     // zero is none
	most     time.Duration // that a chunk should take; 0 is none
	rate     float64       // generations/s of the last full chunk
}

// size returns the length of the next chunk.
func (p *pacer) size() *big.Int { return new(big.Int).Lsh(one, p.exp) }

// add takes note that n generations took some time.
func (p *pacer) add(n *big.Int, took time.Duration) {
	if n.Cmp(p.size()) != 0 {
		return // the rest of the way to a goal
	}
	rate := Ratio(n, took.Seconds())
	pays := rate > 1.25*p.rate
	p.rate = rate
	fits := p.deadline.IsZero() || 4*took < time.Until(p.deadline)
	isShort := p.most == 0 || 4*took < p.most
	switch {
	case isShort && (took < chunkTime/2 || pays && fits):
		p.exp++
	case took > 4*chunkTime && !pays && p.exp > 0:
		p.exp--
	}
}

// Ratio returns n/d for d >= 0, at most the largest float64.
func Ratio(n *big.Int, d float64) float64 {
	f, _ := new(big.Float).Quo(new(big.Float).SetInt(n), big.NewFloat(max(d, 1e-9))).Float64()
	return min(f, math.MaxFloat64)
}
