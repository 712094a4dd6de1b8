package wide

import "golife/life"

// Bytes returns the memory in use for tiles, their index, and what a pass needs.
func (e *Engine) Bytes() int64 { return e.u.bytes() }

// SetLimit bounds Bytes; 0 is no limit.
func (e *Engine) SetLimit(bytes int64) { e.u.limit = max(0, bytes) }

// Collect gives the memory of tiles that died, and of what a pass needs, back. Cost: O(1).
func (e *Engine) Collect() {
	e.u.taken -= len(e.u.pool)
	e.u.pool, e.u.benches, e.u.room = nil, nil, 0
}

// checkLimit returns an error when the universe is above the memory limit already and
// collecting does not help.
func (e *Engine) checkLimit() error {
	if e.u.check(e.u.bytes()) != nil {
		e.Collect()
	}
	return e.u.check(e.u.bytes())
}

// Stats returns the counters of the present universe: the tiles with cells, the tiles of
// which the next generation will compute cells, the cells that were computed since it was loaded, each as
// often as it was, the tiles that were born and died since then, and the bytes in use.
func (e *Engine) Stats() []life.Stat {
	u := e.u
	return []life.Stat{
		{Name: "tiles", Value: int64(u.filled)},
		{Name: "tiles_active", Value: int64(len(u.queue))},
		{Name: "cells_stepped", Value: u.cellsStepped},
		{Name: "births", Value: u.births},
		{Name: "deaths", Value: u.deaths},
		{Name: "bytes", Value: e.Bytes()},
	}
}
