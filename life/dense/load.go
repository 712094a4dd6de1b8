package dense

import (
	"fmt"

	"golife/life"
)

// Load replaces universe, generation and rule by the pattern's. It returns a
// *life.UnsupportedRuleError, life.ErrOutOfRange when a cell lies outside the grid or
// beyond ±2^62, or life.ErrMemoryLimit, and has then changed nothing. Cost: O(cells
// of the grid).
func (e *Engine) Load(p *life.Pattern) error {
	next := &Engine{generation: p.Generation(), limit: e.limit, team: e.team, options: e.options, loads: e.loads + 1}
	if e.rule != nil {
		next.rule, next.sweeper, next.nets, next.grid = e.rule, e.sweeper, e.nets, e.grid // spares compiling the same rule again
	}
	if err := next.setRule(p.Rule()); err != nil {
		return err
	}
	if b, ok := p.Bounds(); ok {
		if err := next.loadCells(p, b); err != nil {
			return err
		}
	}
	*e = *next
	return nil
}

// loadCells copies the cells of a pattern, which lie within b.
func (e *Engine) loadCells(p *life.Pattern, b life.BigRect) error {
	r, ok := b.Rect()
	if !ok || !e.contains(r.Min) || !e.contains(life.Point{X: r.Max.X - 1, Y: r.Max.Y - 1}) {
		return fmt.Errorf("dense: pattern of %v, want it within ±2^62 and the grid of rule %s: %w", b, e.rule, life.ErrOutOfRange)
	}
	stored := e.around(box{r.Min, r.Max})
	cells, err := e.newPlane(stored, e.isQuilted())
	if err != nil {
		return err
	}
	e.cells, e.corner = cells, stored.min
	line, y := newShiftedLine(cells), r.Min.Y
	for w := range p.Words(r) {
		if w.Y != y {
			e.orLine(y, &line)
			y = w.Y
		}
		for i := range int(w.N) {
			line.add(int(w.X-e.corner.X)+64*i, w.Bits)
		}
	}
	e.orLine(y, &line)
	return nil
}

// orLine sets cells of row y of the universe, and empties the line.
func (e *Engine) orLine(y int64, l *shiftedLine) {
	if l.isDirty {
		e.cells.or(int(y-e.corner.Y), l.line)
	}
	l.reset()
}

// Snapshot returns the present universe as a pattern. Cost: O(cells of the grid).
func (e *Engine) Snapshot() *life.Pattern {
	b := life.NewBuilder(e.rule)
	b.SetGeneration(e.generation)
	if e.cells == nil {
		return b.Pattern()
	}
	w, h := e.cells.size()
	line, row := make([]uint64, (w+63)/64), make([]uint64, (w+63)/64+1)
	x, shift := e.corner.X&^63, uint(e.corner.X&63)
	for y := range h {
		e.cells.line(y, line)
		var carry uint64
		for i, word := range line {
			row[i] = word<<shift | carry
			carry = word >> 1 >> (63 - shift)
		}
		row[len(line)] = carry
		b.SetRow(x, e.corner.Y+int64(y), row)
	}
	return b.Pattern()
}
