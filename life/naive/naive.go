package naive

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"math/big"
	"slices"

	"golife/life"
	"golife/life/rule"
	"golife/life/topology"
)

// limit bounds the coordinates: a cell may stand where -limit <= x, y < limit.
const limit = 1 << 62

// maxCells bounds the cells of a pattern, which take some 50 bytes each.
const maxCells = 1 << 26

// Engine is one universe; it implements life.Engine, life.Editor, life.Sampler
// and life.Stater.
type Engine struct {
	rule       *rule.Rule
	generation *big.Int
	grid       topology.Map
	cells      map[life.Point]life.State // the non-zero ones
	steps      int64
}

var (
	_ life.Editor  = (*Engine)(nil)
	_ life.Sampler = (*Engine)(nil)
	_ life.Stater  = (*Engine)(nil)
)

// New returns an empty universe at generation 0. It returns a
// *life.UnsupportedRuleError for a rule that is neither two-state of range 1 nor
// Generations without B0.
func New(r *rule.Rule) (*Engine, error) {
	if err := check(r); err != nil {
		return nil, err
	}
	return &Engine{rule: r, generation: new(big.Int), grid: gridOf(r), cells: map[life.Point]life.State{}}, nil
}

// gridOf returns the map of r's grid; that of the unbounded plane if there is none.
func gridOf(r *rule.Rule) topology.Map {
	g, _ := r.Grid()
	return topology.New(g)
}

// check returns an error when r cannot be run.
func check(r *rule.Rule) error {
	reason := ""
	switch {
	case r.Family() == rule.Generations && r.HasB0():
		reason = "B0 with more than two states is not supported"
	case r.Family() != rule.TwoState && r.Family() != rule.Generations:
		reason = "only two-state and Generations rules of range 1 are supported"
	default:
		return nil
	}
	return &life.UnsupportedRuleError{Engine: "naive", Rule: r, Reason: reason}
}

// Rule returns the rule that Advance applies.
func (e *Engine) Rule() *rule.Rule { return e.rule }

// Generation returns the number of the present generation. The caller owns it.
func (e *Engine) Generation() *big.Int { return new(big.Int).Set(e.generation) }

// Population returns the number of non-zero cells. The caller owns it.
func (e *Engine) Population() *big.Int { return big.NewInt(int64(len(e.cells))) }

// Bounds returns the smallest rectangle that holds all non-zero cells; the
// second result is false when there are none. Cost: O(population).
func (e *Engine) Bounds() (life.BigRect, bool) {
	if len(e.cells) == 0 {
		return life.BigRect{}, false
	}
	lo, hi := life.Point{X: limit, Y: limit}, life.Point{X: -limit, Y: -limit}
	for p := range e.cells {
		lo = life.Point{X: min(lo.X, p.X), Y: min(lo.Y, p.Y)}
		hi = life.Point{X: max(hi.X, p.X+1), Y: max(hi.Y, p.Y+1)}
	}
	return life.BigRect{
		MinX: big.NewInt(lo.X), MinY: big.NewInt(lo.Y),
		MaxX: big.NewInt(hi.X), MaxY: big.NewInt(hi.Y),
	}, true
}

// Load replaces universe, generation and rule by the pattern's. It returns an
// *life.UnsupportedRuleError, life.ErrOutOfRange when a cell lies outside the rule's
// grid or beyond ±2^62, or life.ErrMemoryLimit for more than 2^26 cells, and has then
// changed nothing. Cost: O(population).
func (e *Engine) Load(p *life.Pattern) error {
	if err := check(p.Rule()); err != nil {
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
	if n := p.Population(); n.Cmp(big.NewInt(maxCells)) > 0 {
		return fmt.Errorf("naive: pattern of %v cells, want at most %d: %w", n, maxCells, life.ErrMemoryLimit)
	}
	e.rule, e.generation, e.grid = p.Rule(), p.Generation(), grid
	e.cells = maps.Collect(p.Cells(life.Everywhere()))
	return nil
}

// Snapshot returns the present universe as a pattern. Cost: O(population).
func (e *Engine) Snapshot() *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.generation)
	for p, s := range e.cells {
		b.Set(p.X, p.Y, s)
	}
	return b.Pattern()
}

// Advance computes exactly n generations, one by one. It asks ctx before each,
// and returns life.ErrOutOfRange when the next one has a cell beyond ±2^62; the
// universe then stands at the generation before. Cost: O(n · population).
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	one := big.NewInt(1)
	for i := new(big.Int); i.Cmp(n) < 0; i.Add(i, one) {
		if err := ctx.Err(); err != nil {
			return err
		}
		next := e.next()
		for p := range next {
			if !inRange(p) {
				return fmt.Errorf("naive: cell at %d,%d, want it within ±2^62: %w", p.X, p.Y, life.ErrOutOfRange)
			}
		}
		e.cells = next
		e.generation.Add(e.generation, one)
		e.steps++
	}
	return nil
}

// neighbors lists where the cells of a neighbourhood are and what they weigh in
// a rule.Table index.
var neighbors = [9]struct {
	at     life.Point
	weight int
}{
	{life.Point{X: -1, Y: -1}, rule.NW}, {life.Point{X: 0, Y: -1}, rule.N}, {life.Point{X: 1, Y: -1}, rule.NE},
	{life.Point{X: -1, Y: 0}, rule.W}, {life.Point{X: 0, Y: 0}, rule.C}, {life.Point{X: 1, Y: 0}, rule.E},
	{life.Point{X: -1, Y: 1}, rule.SW}, {life.Point{X: 0, Y: 1}, rule.S}, {life.Point{X: 1, Y: 1}, rule.SE},
}

// next returns the cells of the next generation.
func (e *Engine) next() map[life.Point]life.State {
	if e.rule.IsBounded() {
		return e.nextOnGrid()
	}
	index := make(map[life.Point]int, 3*len(e.cells))
	for p, s := range e.cells {
		if s != 1 {
			index[p] |= 0 // a dying cell is no one's neighbour, but changes itself
			continue
		}
		for _, n := range neighbors {
			// p is n's weight to the cell that sees it there.
			index[life.Point{X: p.X - n.at.X, Y: p.Y - n.at.Y}] |= n.weight
		}
	}
	table := e.rule.Phase(e.generation.Bit(0) == 1)
	next := make(map[life.Point]life.State, len(e.cells))
	for p, i := range index {
		if s := e.nextState(e.cells[p], table.Next(i)); s != 0 {
			next[p] = s
		}
	}
	return next
}

// nextOnGrid is next on a bounded grid, where a cell may see another one, or
// itself, more than once. The cells that can change are those that are not dead
// and those that see a live one; as the grid unfolds into copies of itself, these
// are the cells that a live one sees.
func (e *Engine) nextOnGrid() map[life.Point]life.State {
	candidates := map[life.Point]bool{}
	for p, s := range e.cells {
		candidates[p] = true
		for _, n := range neighbors {
			if q, ok := e.inside(p.Add(n.at)); ok && s == 1 {
				candidates[q] = true
			}
		}
	}
	table := e.rule.Phase(e.generation.Bit(0) == 1)
	next := make(map[life.Point]life.State, len(e.cells))
	for p := range candidates {
		index := 0
		for _, n := range neighbors {
			if q, ok := e.inside(p.Add(n.at)); ok && e.cells[q] == 1 {
				index |= n.weight
			}
		}
		if s := e.nextState(e.cells[p], table.Next(index)); s != 0 {
			next[p] = s
		}
	}
	return next
}

// inside returns the cell of the grid that p is; ok is false when p is outside.
func (e *Engine) inside(p life.Point) (q life.Point, ok bool) {
	x0, y0 := e.grid.Grid().Origin()
	x, y, ok := e.grid.Inside(p.X-x0, p.Y-y0)
	return life.Point{X: x + x0, Y: y + y0}, ok
}

// isOn reports whether p is a cell of the grid.
func isOn(m topology.Map, p life.Point) bool {
	x0, y0 := m.Grid().Origin()
	return m.Contains(p.X-x0, p.Y-y0)
}

// nextState returns what a cell in state s becomes when the rule's table says
// live, which is birth for a dead cell and survival for a live one. The states
// from 2 on are dying: they count up and then are dead.
func (e *Engine) nextState(s life.State, live uint8) life.State {
	if s <= 1 && live == 1 {
		return 1
	}
	if s == 0 || int(s)+1 == e.rule.States() {
		return 0
	}
	return s + 1
}

// inRange reports whether a cell may stand at p.
func inRange(p life.Point) bool {
	return -limit <= p.X && p.X < limit && -limit <= p.Y && p.Y < limit
}

// Cells yields the non-zero cells inside r in row-major order.
// Cost: O(population · log population).
func (e *Engine) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		var at []life.Point
		for p := range e.cells {
			if r.Contains(p) {
				at = append(at, p)
			}
		}
		slices.SortFunc(at, func(p, q life.Point) int {
			return cmp.Or(cmp.Compare(p.Y, q.Y), cmp.Compare(p.X, q.X))
		})
		for _, p := range at {
			if !yield(p, e.cells[p]) {
				return
			}
		}
	}
}

// Get returns the state of the cell at p.
func (e *Engine) Get(p life.Point) life.State { return e.cells[p] }

// Set changes the cell at p. It returns life.ErrOutOfRange outside the rule's grid
// and beyond ±2^62, life.ErrState for a state that the rule lacks, and has then
// changed nothing.
func (e *Engine) Set(p life.Point, s life.State) error {
	if !inRange(p) || !isOn(e.grid, p) {
		return fmt.Errorf("naive: cell at %d,%d, want it within ±2^62 and the grid of rule %s: %w", p.X, p.Y, e.rule, life.ErrOutOfRange)
	}
	if int(s) >= e.rule.States() {
		return fmt.Errorf("naive: state %d under rule %s: %w", s, e.rule, life.ErrState)
	}
	delete(e.cells, p)
	if s != 0 {
		e.cells[p] = s
	}
	return nil
}

// Sample writes the densities of the view's squares into dst, see life.Sampler.
// Cost: O(population), not the view's.
func (e *Engine) Sample(v life.View, dst []uint8) {
	level := uint(v.Level)
	count := make([]int64, len(dst))
	clear(dst)
	for p, s := range e.cells {
		x := new(big.Int).Sub(big.NewInt(p.X), v.X)
		y := new(big.Int).Sub(big.NewInt(p.Y), v.Y)
		x.Rsh(x, level)
		y.Rsh(y, level)
		if !isIndex(x, v.Width) || !isIndex(y, v.Height) {
			continue
		}
		i := int(y.Int64())*v.Width + int(x.Int64())
		count[i]++
		dst[i] = density(count[i], level)
		if level == 0 {
			dst[i] = uint8(s)
		}
	}
}

// isIndex reports whether 0 <= v < n.
func isIndex(v *big.Int, n int) bool { return v.Sign() >= 0 && v.Cmp(big.NewInt(int64(n))) < 0 }

// density returns 1 + 254·count/4^level, rounded down.
func density(count int64, level uint) uint8 {
	share := new(big.Int).Mul(big.NewInt(count), big.NewInt(254))
	return uint8(1 + share.Rsh(share, 2*level).Int64())
}

// Stats returns the counters "cells", the population, and "steps", the
// generations computed since New.
func (e *Engine) Stats() []life.Stat {
	return []life.Stat{{Name: "cells", Value: int64(len(e.cells))}, {Name: "steps", Value: e.steps}}
}
