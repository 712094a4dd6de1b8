package wide

import (
	"context"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

var (
	_ life.Editor     = (*Engine)(nil)
	_ life.Sampler    = (*Engine)(nil)
	_ life.Stater     = (*Engine)(nil)
	_ life.MemoryUser = (*Engine)(nil)
)

// Engine is one universe under a Larger than Life or HROT rule. It implements life.Engine,
// life.Editor, life.Sampler, life.Stater and life.MemoryUser.
type Engine struct {
	rule       *rule.Rule
	generation *big.Int
	u          *universe
	threads    int
}

// Option changes how an Engine works; see New.
type Option func(*Engine)

// WithThreads lets Advance use up to threads goroutines; below 1 counts as 1, the
// default. The result does not depend on it.
func WithThreads(threads int) Option {
	return func(e *Engine) { e.threads = max(1, threads) }
}

// WithMemory sets the memory limit like Engine.SetLimit.
func WithMemory(bytes int64) Option {
	return func(e *Engine) { e.SetLimit(bytes) }
}

// New returns an empty universe at generation 0 under r. It returns a
// *life.UnsupportedRuleError for a rule that Check refuses. Cost: O(range²).
func New(r *rule.Rule, opts ...Option) (*Engine, error) {
	if err := Check(r); err != nil {
		return nil, err
	}
	e := &Engine{rule: r, generation: new(big.Int), threads: 1, u: newUniverse(newLaw(r), gridOf(r))}
	for _, o := range opts {
		o(e)
	}
	return e, nil
}

// Check returns nil when New takes r, else a *life.UnsupportedRuleError that says why not.
func Check(r *rule.Rule) error {
	if reason := check(r); reason != "" {
		return &life.UnsupportedRuleError{Engine: "wide", Rule: r, Reason: reason}
	}
	return nil
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the number of the present generation. The caller owns it.
func (e *Engine) Generation() *big.Int { return new(big.Int).Set(e.generation) }

// Advance computes exactly n generations. When no cell changes any more the rest is
// free, however large n is.
//
// It returns ctx.Err() within the time for one generation, or for some thousand tiles of it, after
// ctx is done, life.ErrMemoryLimit when the next generation needs more memory than SetLimit
// allows, and life.ErrOutOfRange when it has cells beyond ±2^62; the universe then stands at
// the last whole generation before. Cost: see the package comment.
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	if more, err := life.StartAdvance(ctx, "wide", n); !more {
		return err
	}
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
	odd := e.generation.Bit(0) == 1
	for done < n && len(e.u.queue) > 0 {
		if err := e.checkLimit(); err != nil {
			return done, err
		}
		if err := e.u.step(ctx, odd != (done&1 == 1), e.threads); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}
