package hashlife

import (
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"slices"
	"weak"

	"golife/life"
	"golife/life/internal/arena"
	"golife/life/rule"
)

// Engine is a HashLife universe. It implements life.Engine, life.Editor,
// life.Sampler, life.Marker, life.MemoryUser and life.Stater.
type Engine struct {
	step       stepper
	rule       *rule.Rule
	generation *big.Int

	// The root has side 2^level and is centred: its se child begins at (0, 0).
	root  id
	level int
	torus *torus // nil on the unbounded plane

	marks []weak.Pointer[mark]
	limit int64 // bytes; 0 is none

	threads int
	cleanup runtime.Cleanup
}

var (
	_ life.Editor     = (*Engine)(nil)
	_ life.Sampler    = (*Engine)(nil)
	_ life.Marker     = (*Engine)(nil)
	_ life.MemoryUser = (*Engine)(nil)
	_ life.Stater     = (*Engine)(nil)
)

// Option changes how an Engine is made.
type Option func(*Engine)

// WithMemory bounds the engine's tables to about the given number of bytes. 0,
// the default, is half of what the system could hand out when the engine is made.
func WithMemory(bytes int64) Option { return func(e *Engine) { e.limit = bytes } }

// WithThreads sets the number of workers inside Advance, 128 at most; below 1 counts as 1, the
// default. The result does not depend on it. Workers wait for each other actively:
// give an engine no more of them than there are idle processors.
func WithThreads(n int) Option { return func(e *Engine) { e.threads = n } }

// New returns an empty universe at generation 0. It returns an
// *life.UnsupportedRuleError for rules of larger range, for those whose transition is not known
// (rule.Rule.Local; B0 is for two states), and for bounded grids other than tori whose sides are
// powers of two.
func New(r *rule.Rule, opts ...Option) (*Engine, error) {
	e := &Engine{generation: new(big.Int)}
	for _, o := range opts {
		o(e)
	}
	if e.limit == 0 {
		e.limit = arena.Available() / 2
	}
	if err := e.setRule(r); err != nil {
		return nil, err
	}
	e.level = e.lowestLevel()
	e.threads = min(max(e.threads, 1), maxWorkers)
	s := &store{}
	s.limit = e.limit
	s.init(e.threads)
	e.own(s)
	return e, nil
}

// minLevel is the level of the smallest root of an unbounded universe.
func (e *Engine) minLevel() int { return e.step.baseLevel + 1 }

// Check returns an *life.UnsupportedRuleError when New would refuse r.
func Check(r *rule.Rule) error {
	reason := ""
	switch {
	case r.Family() != rule.TwoState && !hasLocal(r):
		reason = "only rules of two states, and others whose transition is known and the same in each generation, all of range 1, are supported"
	case r.IsBounded() && torusOf(r) == nil:
		reason = "of bounded grids, only tori without a shift whose sides are powers of two are supported"
	case r.IsBounded() && r.States() > 2 && slices.Min(torusOf(r).exps[:]) < leastExp:
		reason = "of tori, only those of 32 cells or more a side are supported with more than two states"
	default:
		return nil
	}
	return &life.UnsupportedRuleError{Engine: "hashlife", Rule: r, Reason: reason}
}

func (e *Engine) setRule(r *rule.Rule) error {
	if err := Check(r); err != nil {
		return err
	}
	e.rule, e.torus, e.step.cells = r, torusOf(r), layoutOf(r)
	e.step.baseLevel = e.step.cells.level() + 1
	return nil
}

// hasLocal reports whether a rule's transition is known.
func hasLocal(r *rule.Rule) bool {
	_, ok := r.Local()
	return ok
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the present generation.
func (e *Engine) Generation() *big.Int { return new(big.Int).Set(e.generation) }

// own makes s the engine's store; it is freed when the engine is unreachable.
func (e *Engine) own(s *store) {
	e.step.store, e.step.roots = s, e.roots
	e.step.team.init(&e.step)
	e.cleanup = runtime.AddCleanup(e, (*store).free, s)
}

// disown returns the engine's store, which is the caller's to free.
func (e *Engine) disown() *store {
	e.cleanup.Stop()
	return e.step.store
}

// Close gives the engine's memory back to the system at once. The engine must
// not be used afterwards.
func (e *Engine) Close() { e.disown().free() }

// roots visits all ids that outlive a step.
func (e *Engine) roots(visit func(*id)) {
	visit(&e.root)
	if e.torus != nil {
		e.torus.roots(visit)
	}
	live := e.marks[:0]
	for _, w := range e.marks {
		if m := w.Value(); m != nil {
			live = append(live, w)
			visit(&m.root)
		}
	}
	e.marks = live
}

// attempt runs f, which may make nodes, outside of a step. When the tables are
// full and must not grow it collects and runs f again, once. It returns
// life.ErrMemoryLimit or nil.
func (e *Engine) attempt(f func()) error {
	if run(f) == 0 {
		return nil
	}
	if e.step.collectFull(e.roots) && run(f) == 0 {
		return nil
	}
	return life.ErrMemoryLimit
}

var errCancelled = errors.New("hashlife: cancelled")

// run calls f and returns the interrupt that ended it, 0 if none did.
func run(f func()) (why interrupt) {
	defer func() {
		if r := recover(); r != nil {
			i, ok := r.(interrupt)
			if !ok {
				panic(r)
			}
			why = i
		}
	}()
	f()
	return 0
}

// Collect frees all nodes and results that neither the present universe nor a
// mark needs. Cost: a pass over the tables.
func (e *Engine) Collect() { e.step.collectAll(e.roots) }

// Bytes returns the bytes of all tables.
func (e *Engine) Bytes() int64 { return e.step.bytes() }

// SetLimit bounds Bytes; 0 is no limit. A smaller limit than Bytes takes effect
// when the tables are full.
func (e *Engine) SetLimit(bytes int64) { e.limit, e.step.limit = bytes, bytes }

// Stats returns how much was computed and stored.
func (e *Engine) Stats() []life.Stat {
	s := e.step.store
	var n workCounts
	var lookups, made int64
	for _, w := range e.step.team.workers {
		n.results += w.counts.results
		n.leafSteps += w.counts.leafSteps
		n.steals += w.counts.steals
		lookups, made = lookups+w.lookups, made+w.made
	}
	return []life.Stat{
		{Name: "nodes", Value: int64(s.used())},
		{Name: "leaves", Value: int64(s.leafCount())},
		{Name: "results", Value: n.results},
		{Name: "leaf_steps", Value: n.leafSteps},
		{Name: "lookups", Value: lookups},
		{Name: "hits", Value: lookups - made},
		{Name: "steals", Value: n.steals},
		{Name: "grows", Value: s.counts.grows},
		{Name: "collections", Value: s.counts.collections},
		{Name: "bytes", Value: e.Bytes()},
	}
}

// mark is a root that is kept.
type mark struct {
	engine     *Engine
	generation *big.Int
	root       id
	level      int
}

// Generation returns the generation that the mark holds.
func (m *mark) Generation() *big.Int { return new(big.Int).Set(m.generation) }

// Mark bookmarks the present universe. Cost: constant; nodes are shared.
func (e *Engine) Mark() life.Mark {
	m := &mark{e, e.Generation(), e.root, e.level}
	e.marks = append(e.marks, weak.Make(m))
	return m
}

// Rewind makes a marked universe the present one. Cost: constant.
func (e *Engine) Rewind(lm life.Mark) error {
	m, ok := lm.(*mark)
	if !ok || m.engine != e {
		return fmt.Errorf("hashlife: mark of another engine or of before the last Load")
	}
	e.torus.forget()
	e.root, e.level = m.root, m.level
	e.generation.Set(m.generation)
	return nil
}

// dropMarks forgets all marks.
func (e *Engine) dropMarks() {
	for _, w := range e.marks {
		if m := w.Value(); m != nil {
			m.engine = nil
		}
	}
	e.marks = nil
}
