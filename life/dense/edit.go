package dense

import (
	"fmt"

	"golife/life"
)

// contains reports whether p is a cell of the grid.
func (e *Engine) contains(p life.Point) bool {
	b := e.onGrid(box{life.Point{X: -limit, Y: -limit}, life.Point{X: limit, Y: limit}})
	return life.Rect{Min: b.min, Max: b.max}.Contains(p)
}

// isStored reports whether there is memory for the cell at p.
func (e *Engine) isStored(p life.Point) bool {
	if e.cells == nil {
		return false
	}
	b := e.stored()
	return life.Rect{Min: b.min, Max: b.max}.Contains(p)
}

// Get returns the state of the cell at p. Cost: O(1).
func (e *Engine) Get(p life.Point) life.State {
	if e.isStored(p) && e.cells.get(int(p.X-e.corner.X), int(p.Y-e.corner.Y)) {
		return 1
	}
	return 0
}

// Set changes the cell at p. It returns life.ErrOutOfRange outside the grid, beyond
// ±2^62, and where an infinite side would need more memory than there is, and
// life.ErrState; it has then changed nothing. Cost: O(1), but O(cells) for the first
// cell outside what was alive on an infinite side, and for the first of all.
func (e *Engine) Set(p life.Point, s life.State) error {
	if !e.contains(p) {
		return fmt.Errorf("dense: cell %d,%d, want it within ±2^62 and the grid of rule %s: %w", p.X, p.Y, e.rule, life.ErrOutOfRange)
	}
	if s > 1 {
		return fmt.Errorf("dense: state %d, want 0 or 1: %w", s, life.ErrState)
	}
	if e.Get(p) == s {
		return nil
	}
	if err := e.reach(p); err != nil {
		return fmt.Errorf("dense: cell %d,%d: %w: %w", p.X, p.Y, life.ErrOutOfRange, err)
	}
	e.pyramid = pyramid{}
	e.cells.set(int(p.X-e.corner.X), int(p.Y-e.corner.Y), s == 1)
	e.room, e.probe = 0, probe{wait: e.probe.wait}
	return nil
}

// reach sees to it that there is memory for the cell at p.
func (e *Engine) reach(p life.Point) error {
	if e.isStored(p) {
		return nil
	}
	live := box{p, p.Add(life.Point{X: 1, Y: 1})}
	if e.cells != nil {
		if x0, y0, x1, y1, ok := e.cells.bounds(); ok {
			c := e.corner
			live.min = life.Point{X: min(p.X, c.X+int64(x0)), Y: min(p.Y, c.Y+int64(y0))}
			live.max = life.Point{X: max(p.X+1, c.X+int64(x1)), Y: max(p.Y+1, c.Y+int64(y1))}
		}
	}
	b := e.around(live)
	if e.cells != nil {
		return e.move(b)
	}
	cells, err := e.newPlane(b, e.isQuilted())
	if err != nil {
		return err
	}
	e.cells, e.corner = cells, b.min
	return nil
}
