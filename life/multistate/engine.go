package multistate

import (
	"context"
	"math/big"

	"golife/life"
	"golife/life/internal/team"
	"golife/life/rule"
)

var (
	_ life.Editor     = (*Engine)(nil)
	_ life.Sampler    = (*Engine)(nil)
	_ life.Marker     = (*Engine)(nil)
	_ life.Stater     = (*Engine)(nil)
	_ life.MemoryUser = (*Engine)(nil)
)

// Engine is one universe, see the package comment. It implements
// life.Engine, life.Editor, life.Sampler, life.Marker, life.Stater and life.MemoryUser.
type Engine struct {
	rule       *rule.Rule
	law        *law
	generation *big.Int
	u          *universe
	limit      int64 // bytes; 0 is none
	team       team.Team
	load       int64 // counts Load calls, so that a Mark of before is known
}

// Option changes how an Engine works; see New.
type Option func(*Engine)

// WithThreads lets Advance use up to threads goroutines; below 1 counts as 1, the
// default. The result does not depend on it.
func WithThreads(threads int) Option {
	return func(e *Engine) { e.team.Threads = threads }
}

// WithMemory sets the memory limit like Engine.SetLimit.
func WithMemory(bytes int64) Option {
	return func(e *Engine) { e.SetLimit(bytes) }
}

// New returns an empty universe at generation 0 under r. It returns a
// *life.UnsupportedRuleError for a rule that Check refuses.
func New(r *rule.Rule, opts ...Option) (*Engine, error) {
	if err := Check(r); err != nil {
		return nil, err
	}
	e := &Engine{rule: r, law: newLaw(r), generation: new(big.Int)}
	for _, o := range opts {
		o(e)
	}
	e.u = newUniverse(e.law, newGrid(r, e.law))
	return e, nil
}

// Check returns nil when New takes r, else a *life.UnsupportedRuleError that says why not.
func Check(r *rule.Rule) error {
	if reason := check(r); reason != "" {
		return &life.UnsupportedRuleError{Engine: "multistate", Rule: r, Reason: reason}
	}
	return nil
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the number of the present generation. The caller owns it.
func (e *Engine) Generation() *big.Int { return new(big.Int).Set(e.generation) }

// ctxTiles is how many tiles may be stepped between two looks at the context: about
// 100 µs of work.
const ctxTiles = 512

// Advance computes exactly n generations. When no cell changes any more the rest is
// free, however large n is.
//
// It returns ctx.Err() within about 100 µs and one generation after ctx is done,
// life.ErrMemoryLimit when the next generation needs more memory than SetLimit allows,
// and life.ErrOutOfRange when it has cells beyond ±2^62; the universe then stands at the
// last whole generation before. Cost: for each generation, O(tiles in which cells change
// or that touch a changed cell).
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	if more, err := life.StartAdvance(ctx, "multistate", n); !more {
		return err
	}
	if err := e.checkLimit(); err != nil {
		return err
	}
	defer e.team.End()
	done, err := e.advance(ctx, life.Batch(n))
	if err == nil && len(e.u.queue) == 0 {
		e.generation.Add(e.generation, n)
		return nil
	}
	e.generation.Add(e.generation, big.NewInt(done))
	return err
}

// advance computes up to n generations, until nothing is left to do, and says how many.
func (e *Engine) advance(ctx context.Context, n int64) (done int64, err error) {
	u, work := e.u, 0
	u.odd = int(e.generation.Bit(0))
	for done < n && len(u.queue) > 0 {
		if work += 8 + len(u.queue); work > ctxTiles {
			work = 0
			if err := ctx.Err(); err != nil {
				return done, err
			}
		}
		if err := e.settle(); err != nil {
			return done, err
		}
		u.step(&e.team)
		done++
	}
	return done, nil
}
