package tile

import (
	"context"
	"fmt"
	"math/big"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/internal/team"
	"golife/life/rule"
)

var (
	_ life.Editor     = (*Engine)(nil)
	_ life.Sampler    = (*Engine)(nil)
	_ life.Stater     = (*Engine)(nil)
	_ life.MemoryUser = (*Engine)(nil)
	_ life.Marker     = (*Engine)(nil)
)

var one, two = big.NewInt(1), big.NewInt(2)

// Engine is one unbounded universe under a two-state rule of range 1. It
// implements life.Engine, life.Editor, life.Sampler, life.Stater,
// life.MemoryUser and life.Marker.
type Engine struct {
	rule    *rule.Rule
	nets    [2]*kernel.Network // for even and odd generations
	u       *universe
	limit   int64 // bytes; 0 is none
	workers []*worker
	team    team.Team
	kinds   map[uint64]*kind // small patterns that were looked at; nil for no spaceships
	pyramid pyramid
	load    int64 // counts Load calls, so that a Mark of before is known
}

// Option changes how an Engine works; see New.
type Option func(*Engine)

// WithThreads lets Advance use up to threads goroutines; below 1 counts as 1,
// the default. The result does not depend on it.
func WithThreads(threads int) Option {
	return func(e *Engine) {
		e.workers, e.team.Threads = make([]*worker, max(1, threads)), threads
	}
}

// WithMemory sets the memory limit like Engine.SetLimit.
func WithMemory(bytes int64) Option {
	return func(e *Engine) { e.SetLimit(bytes) }
}

// New returns an empty universe at generation 0 under r. It returns a
// *life.UnsupportedRuleError when r is bounded or not two-state of range 1.
func New(r *rule.Rule, opts ...Option) (*Engine, error) {
	e := &Engine{u: newUniverse(new(big.Int)), workers: make([]*worker, 1)}
	for _, o := range opts {
		o(e)
	}
	for i := range e.workers {
		e.workers[i] = &worker{}
	}
	if err := e.setRule(r); err != nil {
		return nil, err
	}
	return e, nil
}

// check returns an error when r cannot be run.
func check(r *rule.Rule) error {
	reason := ""
	switch {
	case r.IsBounded():
		reason = "bounded grids are not supported"
	case r.Family() != rule.TwoState:
		reason = "only two-state rules of range 1 are supported"
	default:
		return nil
	}
	return &life.UnsupportedRuleError{Engine: "tile", Rule: r, Reason: reason}
}

func (e *Engine) setRule(r *rule.Rule) error {
	if err := check(r); err != nil {
		return err
	}
	if e.rule != nil && e.rule.Equal(r) {
		return nil
	}
	e.rule = r
	for i := range e.nets {
		table := r.Phase(i == 1)
		if i == 1 && !r.Alternates() {
			e.nets[1] = e.nets[0]
			continue
		}
		e.nets[i] = kernel.Compile(&table)
	}
	return nil
}

// replace makes u the present universe.
func (e *Engine) replace(u *universe) {
	e.u = u
	for _, w := range e.workers {
		w.forget()
	}
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the number of the present generation. The caller owns it.
func (e *Engine) Generation() *big.Int {
	g := new(big.Int).Set(e.u.generation)
	if e.u.isOdd {
		g.Add(g, one)
	}
	return g
}

// ctxVisits is how many tiles may be visited between two looks at the context:
// about 50 µs of work.
const ctxVisits = 512

// Advance computes exactly n generations. When no tile changes against two
// generations before, the rest is free, however large n is.
//
// It returns ctx.Err() within about 100 µs and one pass after ctx is done,
// life.ErrMemoryLimit when the next pass needs more memory than SetLimit allows,
// and life.ErrOutOfRange when cells would leave ±2^62; the universe then stands
// at the last whole generation before. Cost: for each pass of two generations,
// O(rows of tiles that change against two generations before).
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	if more, err := life.StartAdvance(ctx, "tile", n); !more {
		return err
	}
	if err := e.checkLimit(); err != nil {
		return err
	}
	defer e.team.End()
	u := e.u
	e.pyramid = pyramid{}
	left := new(big.Int).Set(n)
	if u.isOdd {
		left.Add(left, one)
	}
	wasOdd := u.isOdd
	u.isOdd = false
	passes := new(big.Int).Rsh(left, 1)
	done, err := e.passes(ctx, passes)
	if err != nil {
		u.isOdd = wasOdd && done.Sign() == 0
		return err
	}
	u.isOdd = left.Bit(0) == 1
	return nil
}

// maxClock bounds the passes that are counted: a spaceship is out of bounds by then, or nearly.
const maxClock = 1 << 62

// passes makes count passes or says how many were made.
func (e *Engine) passes(ctx context.Context, count *big.Int) (done *big.Int, err error) {
	u := e.u
	done = new(big.Int)
	batch := life.Batch(count)
	i, work := int64(0), 0
	for i < batch {
		if work += 8 + len(u.queue); work > ctxVisits {
			work = 0
			if err := ctx.Err(); err != nil {
				return done.SetInt64(i), err
			}
		}
		if err := e.landDue(); err != nil {
			return done.SetInt64(i), err
		}
		if len(u.queue) == 0 {
			if len(u.ships) == 0 {
				break
			}
			// Nothing happens until a ship comes somewhere.
			u.clean(true)
			n := min(batch-i, u.nextDue-u.clock, maxClock-u.clock)
			if n <= 0 {
				return done.SetInt64(i), fmt.Errorf("tile: spaceships fly for more than 2^63 generations: %w", life.ErrOutOfRange)
			}
			u.clock += n
			u.generation.Add(u.generation, big.NewInt(2*n))
			i += n
			continue
		}
		if err := e.pass(); err != nil {
			return done.SetInt64(i), err
		}
		i++
	}
	rest := new(big.Int).Sub(count, big.NewInt(i))
	if rest.Sign() > 0 && len(u.queue)+len(u.ships) > 0 {
		return done.SetInt64(i), fmt.Errorf("tile: more than 2^63 generations: %w", life.ErrOutOfRange)
	}
	u.skip(rest)
	return count, e.landDue()
}
