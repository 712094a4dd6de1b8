package dense

import (
	"fmt"
	"math/big"

	"golife/life"
)

// Bytes returns the bytes in use for cells, for a copy of those of some generations
// ago, and for the population of the squares that were last drawn.
func (e *Engine) Bytes() int64 {
	n := e.pyramid.bytes()
	if e.probe.cells != nil {
		n += e.probe.cells.bytes()
	}
	if e.cells != nil {
		n += e.cells.bytes()
	}
	return n
}

// SetLimit bounds Bytes; 0 is no limit. Marks are not counted.
func (e *Engine) SetLimit(bytes int64) { e.limit = max(0, bytes) }

// Collect frees what the present generation does not need.
func (e *Engine) Collect() {
	e.pyramid, e.probe = pyramid{}, probe{wait: e.probe.wait}
	if q, ok := e.cells.(*quilt); ok {
		q.cycle = cycle{}
		q.forget()
	}
}

// checkLimit returns life.ErrMemoryLimit when the cells take more than is allowed.
func (e *Engine) checkLimit() error {
	if e.limit == 0 || e.Bytes() <= e.limit {
		return nil
	}
	if e.Collect(); e.Bytes() <= e.limit {
		return nil
	}
	return fmt.Errorf("dense: cells take %d bytes, the limit is %d: %w", e.Bytes(), e.limit, life.ErrMemoryLimit)
}

// mark is a bookmark: a copy of the cells.
type mark struct {
	cells      plane
	corner     life.Point
	generation *big.Int
	loads      int64
	room       int
}

// Generation returns the generation that the mark holds.
func (m *mark) Generation() *big.Int { return new(big.Int).Set(m.generation) }

// Mark bookmarks the present universe. Cost: O(cells of the grid), time and memory.
func (e *Engine) Mark() life.Mark {
	m := &mark{corner: e.corner, generation: e.Generation(), loads: e.loads, room: e.room}
	if e.cells != nil {
		m.cells = e.cells.clone()
	}
	return m
}

// Rewind makes a marked universe the present one. The mark must come from this
// engine since its last Load. Cost: O(cells of the grid).
func (e *Engine) Rewind(m life.Mark) error {
	k, ok := m.(*mark)
	if !ok || k.loads != e.loads {
		return fmt.Errorf("dense: mark of another universe")
	}
	e.cells, e.corner, e.generation, e.room = nil, k.corner, k.Generation(), k.room
	if k.cells != nil {
		e.cells = k.cells.clone()
	}
	e.pyramid, e.probe = pyramid{}, probe{wait: e.probe.wait}
	return nil
}

// Stats returns the counters "cells", those of the grid that are stored; "sweeps", the
// passes over all of them, and "swept", the generations that these took; "steps", the
// generations of changing tiles alone, and "tiles", the tiles that they stepped; "switches" from one to the other, all since
// the last Load; "squares_changed" and "rows_changed", squares of some 64 × 64 cells that changed within two generations of
// sweeping when that was looked at last, and rows of them; and "bytes".
func (e *Engine) Stats() []life.Stat {
	var cells int64
	if e.cells != nil {
		w, h := e.cells.size()
		cells = int64(w) * int64(h)
	}
	return []life.Stat{
		{Name: "cells", Value: cells}, {Name: "sweeps", Value: e.sweeps}, {Name: "swept", Value: e.swept}, {Name: "steps", Value: e.steps},
		{Name: "tiles", Value: e.tiles}, {Name: "switches", Value: e.switches},
		{Name: "squares_changed", Value: int64(e.changed.squares)}, {Name: "rows_changed", Value: int64(e.changed.rows)}, {Name: "bytes", Value: e.Bytes()},
	}
}
