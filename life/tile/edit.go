package tile

import (
	"fmt"

	"golife/life"
	"golife/life/internal/kernel"
)

// Get returns the state of the cell at p. Cost: O(1), or O(ships).
func (e *Engine) Get(p life.Point) life.State {
	if !inRange(p) {
		return 0
	}
	tx, x := split(p.X)
	ty, y := split(p.Y)
	k, u := e.u.find(tx, ty), e.u
	if k == 0 {
		if u = u.airborne(); len(u.chunks) > 0 {
			k = u.find(tx, ty)
		}
	}
	if k == 0 {
		return 0
	}
	var buf kernel.Tile
	row := e.view(u.at(k), &buf)[rim+y]
	return life.State(row >> (rim + x) & 1)
}

// Set changes the cell at p. It returns life.ErrOutOfRange beyond ±2^62 or
// life.ErrState, and has then changed nothing. Cost: O(1), but O(tiles) for the
// first edit at a generation that is an odd number away from the one that was
// loaded or edited before.
func (e *Engine) Set(p life.Point, s life.State) error {
	if !inRange(p) {
		return fmt.Errorf("tile: cell %d,%d, want it within ±2^62: %w", p.X, p.Y, life.ErrOutOfRange)
	}
	if s > 1 {
		return fmt.Errorf("tile: state %d, want 0 or 1: %w", s, life.ErrState)
	}
	if e.Get(p) == s {
		return nil
	}
	e.settle()
	e.pyramid = pyramid{}
	e.u.flip(p.X, p.Y)
	return nil
}

func inRange(p life.Point) bool {
	return min(p.X, p.Y) >= -limit && max(p.X, p.Y) < limit
}
