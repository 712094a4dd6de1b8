package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/big"
	"weak"

	"golife/life"
	"golife/life/dense"
	"golife/life/hashlife"
	"golife/life/multistate"
	"golife/life/naive"
	"golife/life/rule"
	"golife/life/tile"
	"golife/life/wide"
)

// Auto is the name under which New makes an engine that chooses.
const Auto = "auto"

// universe is what all engines but naive can do.
type universe interface {
	life.Editor
	life.Sampler
	life.MemoryUser
	life.Marker
	life.Stater
}

// auto is a universe that one engine at a time holds; see the package comment.
type auto struct {
	universe          // the present one
	idle     universe // the engine that memoises, while it is not in use; nil is none
	choice   Choice

	options Options
	limit   int64 // bytes, as last set; 0 is none
	make    func(name string, r *rule.Rule, o Options) (universe, error)
	tuning  tuning
	costs   costs // of the present rule

	rivals rivals
	race   race
	counts struct{ probes, switches int64 }
	marks  []weak.Pointer[autoMark]
	loads  int64 // counts Load calls, so that a Mark of before is known
}

var _ universe = (*auto)(nil)

// newAuto returns an empty universe under r, of an auto where r has rivals.
func newAuto(r *rule.Rule, o Options) (life.Engine, error) {
	v := rivalsFor(r)
	if v.memoiser == "" && v.sweeper == "" {
		e, err := New(v.stepper, r, o)
		var u *life.UnsupportedRuleError
		if errors.As(err, &u) {
			err = &life.UnsupportedRuleError{Rule: r, Reason: "no engine runs it: " + u.Reason}
		}
		return e, err
	}
	a := &auto{options: o, limit: o.Memory, make: newUniverse, tuning: tuned, costs: costsFor(r)}
	first, err := a.make(v.stepper, r, o)
	if err != nil {
		return nil, err
	}
	a.rivals = v
	a.install(first, Choice{v.stepper, "the universe is empty"})
	a.start(new(big.Int))
	return a, nil
}

// newUniverse is New for rules that have rivals.
func newUniverse(name string, r *rule.Rule, o Options) (universe, error) {
	e, err := New(name, r, o)
	if err != nil {
		return nil, err
	}
	return e.(universe), nil
}

// rivals are the engines that may run a rule: one that steps every generation, one
// that memoises, and one that sweeps all of the plane, if the rule can be swept, or of a grid, where the first looks for
// what changes; "" if there is none.
type rivals struct{ stepper, memoiser, sweeper string }

func rivalsFor(r *rule.Rule) rivals {
	v := rivals{stepper: "tile", memoiser: "hashlife"}
	switch {
	case r.Family() == rule.TwoState && !r.IsBounded():
		v.sweeper = "dense"
	case r.Family() == rule.TwoState && hashlife.Check(r) != nil:
		if v.stepper = chooseGrid(r); v.stepper == "multistate" {
			v.sweeper = "dense"
		}
	case r.Family() == rule.TwoState:
		v.stepper = "dense"
	case multistate.Check(r) == nil && hashlife.Check(r) != nil:
		return rivals{stepper: "multistate"}
	case multistate.Check(r) == nil:
		return rivals{stepper: "multistate", memoiser: "hashlife"}
	case wide.Check(r) == nil:
		return rivals{stepper: "wide"}
	case r.Family() != rule.TwoState && hashlife.Check(r) == nil:
		return rivals{stepper: "hashlife"}
	case r.Family() != rule.TwoState:
		return rivals{stepper: "naive"}
	}
	if hashlife.Check(r) != nil {
		v.memoiser = ""
	}
	return v
}

// other returns the engine beside the one with the given name.
func (v rivals) other(name string) string {
	if name == v.memoiser {
		return v.stepper
	}
	return v.memoiser
}

// instead returns the engine that goes on where the one with the given name has no room.
func (v rivals) instead(name string) string {
	if name == v.sweeper {
		return v.stepper
	}
	return v.other(name)
}

// Chosen returns which engine e is, or which one it has chosen and why.
func Chosen(e life.Engine) Choice {
	const only = "the only engine for the rule"
	switch e := e.(type) {
	case *auto:
		return e.choice
	case *dense.Engine:
		return Choice{"dense", only}
	case *hashlife.Engine:
		if r := e.Rule(); r.States() > 2 {
			return chooseOnly("hashlife", r)
		}
		return Choice{"hashlife", only}
	case *multistate.Engine:
		return chooseOnly("multistate", e.Rule())
	case *wide.Engine:
		return chooseOnly("wide", e.Rule())
	case *naive.Engine:
		if r := e.Rule(); r.Family() == rule.TwoState && r.IsBounded() {
			return Choice{"naive", vast}
		}
		return Choice{"naive", only}
	case *tile.Engine:
		return Choice{"tile", only}
	}
	return Choice{fmt.Sprintf("%T", e), only}
}

// Expect tells an engine made as Auto what it will have to do, from the next Load on.
// Other engines do not need to know.
func Expect(e life.Engine, u Use) {
	if a, ok := e.(*auto); ok {
		a.options.Use = u
	}
}

// install makes u the present universe.
func (a *auto) install(u universe, c Choice) {
	if old, ok := a.universe.(interface{ Close() }); ok {
		old.Close()
	}
	a.universe, a.choice = u, c
}

// Close gives memory back to the system that engines hold outside of Go's heap. The
// engine must not be used afterwards.
func (a *auto) Close() {
	a.dropIdle()
	a.install(nil, Choice{})
}

// Load replaces universe, generation and rule by the pattern's, and chooses an engine
// for it. It returns what the engines return for which it is too large.
func (a *auto) Load(p *life.Pattern) error {
	v := rivalsFor(p.Rule())
	if v.stepper == "naive" || v.stepper == "wide" {
		return &life.UnsupportedRuleError{Engine: Auto, Rule: p.Rule(), Reason: "engines for other rules give way to none for this one"}
	}
	a.dropIdle()
	c := Choose(p, a.options.Use)
	if box, ok := p.Bounds(); ok && c.Name == v.sweeper && !p.Rule().IsBounded() && !a.canSweep(box) {
		c = chooseRival(p, a.options.Use, v.stepper)
	}
	err := a.loadInto(c, p)
	if rest := v.instead(c.Name); err != nil && rest != "" && isTooLarge(err) {
		if a.loadInto(Choice{rest, "too large for " + c.Name}, p) == nil {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	a.rivals, a.marks, a.costs = v, nil, costsFor(p.Rule())
	a.start(p.Generation())
	a.race.isSoup = a.isMemoising() && isLargeSoup(p)
	a.loads++
	return nil
}

// loadInto loads p into the engine of c, which may be the present one.
func (a *auto) loadInto(c Choice, p *life.Pattern) error {
	if c.Name == a.choice.Name {
		if err := a.universe.Load(p); err != nil {
			return err
		}
		a.choice = c
		return nil
	}
	u, err := a.rival(c.Name, p, 0)
	if errors.Is(err, life.ErrMemoryLimit) && a.limit > 0 {
		a.universe.Collect()
		u, err = a.rival(c.Name, p, 0)
	}
	if err != nil {
		return err
	}
	a.adopt(u, c)
	return nil
}

// rival returns p in another engine, beside the present one: both hold no more than the
// limit together. It returns life.ErrMemoryLimit when that leaves less than least bytes.
func (a *auto) rival(name string, p *life.Pattern, least int64) (universe, error) {
	o := a.options
	if o.Memory = 0; a.limit > 0 {
		o.Memory = a.limit - a.Bytes()
		if o.Memory <= least {
			return nil, fmt.Errorf("%s: %d bytes left of %d: %w", name, o.Memory, a.limit, life.ErrMemoryLimit)
		}
	}
	u, err := a.make(name, p.Rule(), o)
	if err != nil {
		return nil, err
	}
	if err := u.Load(p); err != nil {
		discard(u)
		return nil, err
	}
	return u, nil
}

// discard frees a universe that is not wanted.
func discard(u universe) {
	if u, ok := u.(interface{ Close() }); ok {
		u.Close()
	}
}

// adopt makes a rival the present universe.
func (a *auto) adopt(u universe, c Choice) {
	a.install(u, c)
	if a.limit > 0 {
		u.SetLimit(a.limit)
	}
}

// isTooLarge reports whether err says that an engine cannot hold a universe which
// another may be able to hold.
func isTooLarge(err error) bool {
	return errors.Is(err, life.ErrMemoryLimit) || errors.Is(err, life.ErrOutOfRange)
}

// SetLimit bounds Bytes; 0 is no limit.
func (a *auto) SetLimit(bytes int64) {
	a.dropIdle()
	a.limit = max(0, bytes)
	a.universe.SetLimit(bytes)
}

// Stats returns "engine_switches" and "engine_probes", the times that another engine
// took over or was tried since the engine was made, and the counters of all rivals:
// those of the ones that are not in use are 0.
func (a *auto) Stats() []life.Stat {
	out := []life.Stat{
		{Name: "engine_switches", Value: a.counts.switches},
		{Name: "engine_probes", Value: a.counts.probes},
	}
	own := a.universe.Stats()
	at := map[string]int{}
	for _, name := range []string{a.rivals.stepper, a.rivals.memoiser, a.rivals.sweeper} {
		for _, counter := range counterNames()[name] {
			if _, isThere := at[counter]; !isThere && counter != "bytes" {
				at[counter] = len(out)
				out = append(out, life.Stat{Name: counter})
			}
		}
	}
	at["bytes"] = len(out)
	out = append(out, life.Stat{Name: "bytes"})
	for _, s := range own {
		out[at[s.Name]].Value = s.Value
	}
	out[at["bytes"]].Value += a.idleBytes()
	return out
}

// Advance computes exactly n generations. It does so in slices, and between two of
// them may hand the universe over to another engine. It returns the errors of the
// engines; where one has no room for the universe any more and another has, that one
// goes on instead.
func (a *auto) Advance(ctx context.Context, n *big.Int) error {
	if a.rivals.memoiser == "" || n.Sign() <= 0 {
		return a.universe.Advance(ctx, n)
	}
	if err := hashlife.CheckGenerations(n); err != nil && !a.Rule().IsBounded() {
		return err
	}
	goal := new(big.Int).Add(a.Generation(), n)
	a.headStart(ctx)
	for left := new(big.Int).Set(n); left.Sign() > 0; left.Sub(goal, a.Generation()) {
		if err := ctx.Err(); err != nil {
			return err // slices may be too short for the engines to notice
		}
		a.weigh()
		a.compare(ctx, left)
		left.Sub(goal, a.Generation())
		if err := a.slice(ctx, left); err != nil && (!isTooLarge(err) || !a.rescue(err)) {
			return err
		}
	}
	return nil
}

// autoMark is a bookmark of the present engine.
type autoMark struct {
	life.Mark
	owner *auto
	loads int64
}

// Mark bookmarks the present universe. As long as there is a bookmark that is
// reachable, the engine is not changed. Cost: that of the present engine.
func (a *auto) Mark() life.Mark {
	m := &autoMark{a.universe.Mark(), a, a.loads}
	a.marks = append(a.marks, weak.Make(m))
	return m
}

// Rewind makes a marked universe the present one.
func (a *auto) Rewind(m life.Mark) error {
	k, ok := m.(*autoMark)
	if !ok || k.owner != a || k.loads != a.loads {
		return errors.New("engine: mark of another universe or of before the last Load")
	}
	return a.universe.Rewind(k.Mark)
}

// isMarked reports whether a bookmark is reachable.
func (a *auto) isMarked() bool {
	live := a.marks[:0]
	for _, w := range a.marks {
		if w.Value() != nil {
			live = append(live, w)
		}
	}
	a.marks = live
	return len(live) > 0
}

// Cells yields the non-zero cells inside r in row-major order.
func (a *auto) Cells(r life.Rect) iter.Seq2[life.Point, life.State] { return a.universe.Cells(r) }
