package naive

import (
	"context"
	"fmt"
	"iter"
	"math/big"

	"golife/life"
	"golife/life/rule"
	"golife/life/topology"
)

// limit bounds the coordinates: a cell may stand where -limit <= x, y < limit.
const limit = 1 << 62

// Engine is one universe; it implements life.Engine, life.Editor, life.Sampler
// and life.Stater.
type Engine struct {
	rule       *rule.Rule
	generation *big.Int
	grid       topology.Map
	law        transition
	cells      *plane
	steps      int64
}

var (
	_ life.Editor  = (*Engine)(nil)
	_ life.Sampler = (*Engine)(nil)
	_ life.Stater  = (*Engine)(nil)
)

// New returns an empty universe at generation 0. It returns a
// *life.UnsupportedRuleError for a rule that Check refuses.
func New(r *rule.Rule) (*Engine, error) {
	law, err := lawOf(r)
	if err != nil {
		return nil, err
	}
	return &Engine{rule: r, generation: new(big.Int), grid: gridOf(r), law: law, cells: newPlane(blockLog(law))}, nil
}

// Check returns nil when New takes r, else a *life.UnsupportedRuleError that says why not.
func Check(r *rule.Rule) error {
	_, err := lawOf(r)
	return err
}

// lawOf returns the transition of a rule.
func lawOf(r *rule.Rule) (transition, error) {
	reason := ""
	base, isDerived := r.Base()
	w, isWide := r.Wide()
	next, isLocal := r.Local()
	switch {
	case r.Family() == rule.TwoState || r.Family() == rule.Generations && !r.HasB0():
		return &lifelike{r.Phase(false), r.Phase(true), r.States()}, nil
	case r.Family() == rule.Generations:
		reason = "B0 with more than two states is not supported"
	case isWide && w.StateWeights != nil && w.StateWeights[0] != 0:
		reason = "dead cells that count are not supported"
	case isWide:
		return newWide(r), nil
	case isLocal:
		return local{next}, nil
	case isDerived && base.Alternates():
		reason = "rules made of one whose background changes (B0 without survival of all) are not supported"
	default:
		reason = "what its states do is not known"
	}
	return nil, &life.UnsupportedRuleError{Engine: "naive", Rule: r, Reason: reason}
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the number of the present generation. The caller owns it.
func (e *Engine) Generation() *big.Int { return new(big.Int).Set(e.generation) }

// Population returns the number of non-zero cells. The caller owns it.
func (e *Engine) Population() *big.Int { return big.NewInt(e.cells.population) }

// Bounds returns the smallest rectangle that holds all non-zero cells; the
// second result is false when there are none. Cost: O(population).
func (e *Engine) Bounds() (life.BigRect, bool) {
	if e.cells.population == 0 {
		return life.BigRect{}, false
	}
	all := life.Rect{Min: life.Point{X: limit, Y: limit}, Max: life.Point{X: -limit, Y: -limit}}
	for b := range e.cells.blocks {
		r := e.cells.bounds(b)
		all.Min = life.Point{X: min(all.Min.X, r.Min.X), Y: min(all.Min.Y, r.Min.Y)}
		all.Max = life.Point{X: max(all.Max.X, r.Max.X), Y: max(all.Max.Y, r.Max.Y)}
	}
	return life.BigRect{
		MinX: big.NewInt(all.Min.X), MinY: big.NewInt(all.Min.Y),
		MaxX: big.NewInt(all.Max.X), MaxY: big.NewInt(all.Max.Y),
	}, true
}

// Load replaces universe, generation and rule by the pattern's. It returns an
// *life.UnsupportedRuleError, life.ErrOutOfRange when a cell lies outside the rule's
// grid or beyond ±2^62, or life.ErrMemoryLimit where it would take more than 2 GiB, and
// has then changed nothing. Cost: O(population).
func (e *Engine) Load(p *life.Pattern) error {
	law, err := lawOf(p.Rule())
	if err != nil {
		return err
	}
	grid := gridOf(p.Rule())
	if b, ok := p.Bounds(); ok {
		r, ok := b.Rect()
		last := life.Point{X: r.Max.X - 1, Y: r.Max.Y - 1}
		if !ok || !inRange(r.Min) || !inRange(last) || !isOn(grid, r.Min) || !isOn(grid, last) {
			return fmt.Errorf("naive: pattern of %v, want it within ±2^62 and the grid of rule %s: %w", b, p.Rule(), life.ErrOutOfRange)
		}
	}
	if n := p.Population(); n.Cmp(big.NewInt(maxBytes)) > 0 {
		return fmt.Errorf("naive: pattern of %v cells, want at most %d: %w", n, int64(maxBytes), life.ErrMemoryLimit)
	}
	cells := newPlane(blockLog(law))
	for at, s := range p.Cells(life.Everywhere()) {
		n := len(cells.blocks)
		cells.set(at, s)
		if len(cells.blocks) > n {
			if err := cells.check(); err != nil {
				return err
			}
		}
	}
	e.rule, e.generation, e.grid, e.law, e.cells = p.Rule(), p.Generation(), grid, law, cells
	return nil
}

// Snapshot returns the present universe as a pattern. Cost: O(population).
func (e *Engine) Snapshot() *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.generation)
	for p, s := range e.cells.all() {
		b.Set(p.X, p.Y, s)
	}
	return b.Pattern()
}

// Advance computes exactly n generations, one by one. It asks ctx before each,
// and returns life.ErrOutOfRange when the next one has a cell beyond ±2^62, or
// life.ErrMemoryLimit when it takes more than 2 GiB; the universe then stands at the
// generation before. Cost: O(n · blocks), see the package comment.
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	one := big.NewInt(1)
	for i := new(big.Int); i.Cmp(n) < 0; i.Add(i, one) {
		if err := ctx.Err(); err != nil {
			return err
		}
		next, err := e.next()
		if err != nil {
			return err
		}
		e.cells = next
		e.generation.Add(e.generation, one)
		e.steps++
	}
	return nil
}

// isOn reports whether p is a cell of the grid.
func isOn(m topology.Map, p life.Point) bool {
	x0, y0 := m.Grid().Origin()
	return m.Contains(p.X-x0, p.Y-y0)
}

// inRange reports whether a cell may stand at p.
func inRange(p life.Point) bool {
	return -limit <= p.X && p.X < limit && -limit <= p.Y && p.Y < limit
}

// Cells yields the non-zero cells inside r in row-major order.
// Cost: O(blocks · log blocks).
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		for p, s := range e.cells.all() {
			if r.Contains(p) && !yield(p, s) {
				return
			}
		}
	}
}

// Get returns the state of the cell at p.
func (e *Engine) Get(p life.Point) life.State { return e.cells.get(p) }

// Set changes the cell at p. It returns life.ErrOutOfRange outside the rule's grid
// and beyond ±2^62, life.ErrState for a state that the rule lacks, life.ErrMemoryLimit
// where there are too many cells, and has then changed nothing.
func (e *Engine) Set(p life.Point, s life.State) error {
	if !inRange(p) || !isOn(e.grid, p) {
		return fmt.Errorf("naive: cell at %d,%d, want it within ±2^62 and the grid of rule %s: %w", p.X, p.Y, e.rule, life.ErrOutOfRange)
	}
	if int(s) >= e.rule.States() {
		return fmt.Errorf("naive: state %d under rule %s: %w", s, e.rule, life.ErrState)
	}
	before := e.cells.get(p)
	e.cells.set(p, s)
	if err := e.cells.check(); err != nil {
		e.cells.set(p, before)
		return err
	}
	return nil
}

// Sample writes the densities of the view's squares into dst, see life.Sampler.
// Cost: O(population), not the view's.
func (e *Engine) Sample(v life.View, dst []uint8) {
	level := uint(v.Level)
	count := make([]int64, len(dst))
	clear(dst)
	x, y := new(big.Int), new(big.Int)
	for p, s := range e.cells.all() {
		x.Rsh(x.Sub(x.SetInt64(p.X), v.X), level)
		y.Rsh(y.Sub(y.SetInt64(p.Y), v.Y), level)
		if !isIndex(x, v.Width) || !isIndex(y, v.Height) {
			continue
		}
		i := int(y.Int64())*v.Width + int(x.Int64())
		count[i]++
		dst[i] = uint8(s)
	}
	if level == 0 {
		return
	}
	for i, n := range count {
		if n > 0 {
			dst[i] = density(n, level)
		}
	}
}

// isIndex reports whether 0 <= v < n.
func isIndex(v *big.Int, n int) bool { return v.Sign() >= 0 && v.IsInt64() && v.Int64() < int64(n) }

// density returns 1 + 254·count/4^level, rounded down.
func density(count int64, level uint) uint8 {
	share := new(big.Int).Mul(big.NewInt(count), big.NewInt(254))
	return uint8(1 + share.Rsh(share, 2*level).Int64())
}

// Stats returns the counters "cells", the population, and "steps", the
// generations computed since New.
func (e *Engine) Stats() []life.Stat {
	return []life.Stat{{Name: "cells", Value: e.cells.population}, {Name: "steps", Value: e.steps}}
}
