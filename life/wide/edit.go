package wide

import (
	"fmt"

	"golife/life"
)

// Get returns the state of the cell at p. Cost: O(1).
func (e *Engine) Get(p life.Point) life.State {
	t := e.u.find(e.u.tileOf(p))
	if t == nil || t.cells[0] == nil {
		return 0
	}
	return life.State(e.u.now(t)[e.u.offset(p)])
}

// Set changes the cell at p. It returns life.ErrOutOfRange beyond ±2^62 or the grid of the
// rule, life.ErrState for a state that the rule lacks, or life.ErrMemoryLimit, and has then
// changed nothing. Cost: O(1).
func (e *Engine) Set(p life.Point, s life.State) error {
	u := e.u
	at := u.tileOf(p)
	switch {
	case !u.inRange(at) || !u.grid.rect.Contains(p):
		return fmt.Errorf("wide: cell %d,%d, want it within ±2^62 and the grid of rule %s: %w", p.X, p.Y, e.rule, life.ErrOutOfRange)
	case int(s) >= e.rule.States():
		return fmt.Errorf("wide: state %d under rule %s: %w", s, e.rule, life.ErrState)
	case e.Get(p) == s:
		return nil
	}
	cells, err := u.cellsAt(at)
	if err != nil {
		return err
	}
	cells[u.offset(p)] = uint8(s)
	u.touch(life.Rt(p.X, p.Y, 1, 1))
	return nil
}

// cellsAt returns the present cells of the tile at a place, which then has some. It returns
// life.ErrMemoryLimit, and has then changed nothing. They are to be changed, and touch to be
// called for what was.
func (u *universe) cellsAt(at life.Point) ([]uint8, error) {
	t := u.find(at)
	if t == nil || t.cells[0] == nil {
		cells, err := u.take()
		if err != nil {
			return nil, err
		}
		t = u.make(at)
		t.cells = cells
		u.filled++
	}
	t.count = -1
	return u.now(t), nil
}
