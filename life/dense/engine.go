package dense

import (
	"context"
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

// limit bounds the coordinates on infinite sides: -limit ≤ x, y < limit.
const limit = 1 << 62

// Engine is one universe under a two-state rule of range 1, all cells of which are
// computed in every generation. It implements life.Engine, life.Editor,
// life.Sampler, life.Stater, life.MemoryUser and life.Marker.
type Engine struct {
	rule       *rule.Rule
	grid       rule.Grid
	sweeper    *kernel.Sweeper    // nil when the rule cannot be swept
	nets       [2]*kernel.Network // for even and odd generations
	generation *big.Int
	// cells is nil while there is no live cell. Its cell (0, 0) stands at corner.
	cells  plane
	corner life.Point
	// room is how many generations no cell can come near an edge of cells where the
	// grid goes on beyond.
	room  int
	probe probe
	// swept is how many generations were swept; a trial where much changes waits until
	// there are patience of them.
	swept, patience int64

	limit   int64 // bytes; 0 is none
	team    *team.Team
	options options
	loads   int64 // counts Load calls, so that a Mark of before is known
	pyramid pyramid
	counters
}

// options are for tests, which want every way to be taken.
type options struct {
	depth                  int  // generations of a sweep; 0 chooses
	bands                  int  // 0 chooses
	isQuilted, isUnquilted bool // never sweep, or always when the rule allows it
	isEager                bool // try tiles also when few generations were swept
	isUnhurried            bool // make every step in tiles, also when the cells are known to come back
}

// counters count work since the last Load, and say how much changed in two generations when that was looked at
// last.
type counters struct {
	sweeps, steps, tiles, switches int64
	changed                        changes
}

// Option changes how an Engine works; see New.
type Option func(*Engine)

// WithThreads lets Advance use up to threads goroutines; below 1 counts as 1,
// the default. The result does not depend on it.
func WithThreads(threads int) Option {
	return func(e *Engine) { e.team.Threads = max(1, threads) }
}

// WithMemory sets the memory limit like Engine.SetLimit.
func WithMemory(bytes int64) Option {
	return func(e *Engine) { e.SetLimit(bytes) }
}

// New returns an empty universe at generation 0 under r. It returns a
// *life.UnsupportedRuleError when r is not two-state of range 1. Memory is taken
// when the first cell is set.
func New(r *rule.Rule, opts ...Option) (*Engine, error) {
	e := &Engine{generation: new(big.Int), team: &team.Team{Threads: 1}}
	for _, o := range opts {
		o(e)
	}
	if err := e.setRule(r); err != nil {
		return nil, err
	}
	return e, nil
}

// check returns an error when r cannot be run.
func check(r *rule.Rule) error {
	if r.Family() != rule.TwoState {
		return &life.UnsupportedRuleError{Engine: "dense", Rule: r, Reason: "only two-state rules of range 1 are supported"}
	}
	return nil
}

// Sweeps reports whether a grid where everything changes is swept under r, which takes each cell
// a part of the time that a tile takes for it. Rules that are looked up take nearly as long either way.
func Sweeps(r *rule.Rule) bool {
	if check(r) != nil {
		return false
	}
	s := newSweeper(r)
	return s != nil && s.Room(1, 1) == 0
}

// newSweeper returns what sweeps under a two-state rule, or nil.
func newSweeper(r *rule.Rule) *kernel.Sweeper {
	even, odd := r.Phase(false), r.Phase(true)
	s, _ := kernel.NewSweeper(&even, &odd)
	return s
}

func (e *Engine) setRule(r *rule.Rule) error {
	if err := check(r); err != nil {
		return err
	}
	if e.rule != nil && e.rule.Equal(r) {
		e.rule = r
		return nil
	}
	even, odd := r.Phase(false), r.Phase(true)
	e.sweeper = newSweeper(r)
	e.nets[0] = kernel.Compile(&even)
	e.nets[1] = e.nets[0]
	if even != odd {
		e.nets[1] = kernel.Compile(&odd)
	}
	e.rule = r
	e.grid, _ = r.Grid()
	return nil
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the number of the present generation. The caller owns it.
func (e *Engine) Generation() *big.Int { return new(big.Int).Set(e.generation) }

// Advance computes exactly n generations. A universe that is found to repeat itself
// goes the rest of the way at once.
//
// It looks at ctx every few generations, and returns ctx.Err(); life.ErrMemoryLimit
// when the memory limit is below what the cells take, or when a universe with an
// infinite side grows beyond it; and life.ErrOutOfRange when cells would leave
// ±2^62. The universe then stands at the last whole generation before. Cost: O(n ·
// cells of the grid), less where nothing changes.
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	if more, err := life.StartAdvance(ctx, "dense", n); !more {
		return err
	}
	if err := e.checkLimit(); err != nil {
		return err
	}
	e.pyramid = pyramid{}
	defer e.team.End()
	left := new(big.Int).Set(n)
	for e.cells != nil && left.Sign() > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		most := int64(1) << 40
		if left.IsInt64() {
			most = min(most, left.Int64())
		}
		done, period, err := e.batch(int(most))
		e.pass(left, big.NewInt(int64(done)))
		if err != nil {
			return err
		}
		if period > 0 { // as many whole periods as there is time for
			p := big.NewInt(int64(period))
			e.pass(left, p.Sub(left, new(big.Int).Mod(left, p)))
		}
	}
	e.generation.Add(e.generation, left)
	return nil
}

// pass moves n of the generations that are left into the past.
func (e *Engine) pass(left, n *big.Int) {
	e.generation.Add(e.generation, n)
	left.Sub(left, n)
}
