package tile

import (
	"fmt"
	"math/big"

	"golife/life"
)

// Bytes returns the memory in use for tiles, their index and what they repeat.
func (e *Engine) Bytes() int64 { return e.u.bytes() + e.u.extra() + e.pyramid.bytes() }

// SetLimit bounds Bytes; 0 is no limit.
func (e *Engine) SetLimit(bytes int64) { e.limit = max(0, bytes) }

// Collect gives the memory of tiles that died back. Cost: O(tiles).
func (e *Engine) Collect() {
	e.pyramid = pyramid{}
	e.u.forget()
	e.u.clean(true)
	e.replace(e.u.compact())
}

// checkLimit returns an error when the universe is above the memory limit
// already and collecting does not help.
func (e *Engine) checkLimit() error {
	if e.limit == 0 || e.Bytes() <= e.limit {
		return nil
	}
	e.Collect()
	if e.Bytes() <= e.limit {
		return nil
	}
	return fmt.Errorf("tile: %d tiles need %d bytes, the limit is %d: %w", e.u.count, e.Bytes(), e.limit, life.ErrMemoryLimit)
}

// Stats returns the counters of the present universe.
func (e *Engine) Stats() []life.Stat {
	u := e.u
	return []life.Stat{
		{Name: "tiles", Value: int64(u.count)},
		{Name: "tiles_active", Value: int64(len(u.queue))},
		{Name: "tiles_asleep", Value: int64(u.asleep)},
		{Name: "ships", Value: int64(len(u.ships))},
		{Name: "tiles_stepped", Value: u.visits},
		{Name: "tiles_skipped", Value: u.skips},
		{Name: "rows_stepped", Value: u.lines},
		{Name: "passes", Value: u.passes},
		{Name: "births", Value: u.births},
		{Name: "deaths", Value: u.deaths},
		{Name: "bytes", Value: e.Bytes()},
	}
}

// mark is a copy of a universe.
type mark struct {
	e    *Engine
	load int64
	u    *universe
}

// Generation returns the generation that the mark holds.
func (m *mark) Generation() *big.Int {
	g := new(big.Int).Set(m.u.generation)
	if m.u.isOdd {
		g.Add(g, one)
	}
	return g
}

// Mark bookmarks the present universe. It is a copy: cost and memory are O(tiles).
func (e *Engine) Mark() life.Mark { return &mark{e, e.load, e.u.clone()} }

// Rewind makes a marked universe the present one. Cost: O(tiles).
func (e *Engine) Rewind(m life.Mark) error {
	k, ok := m.(*mark)
	if !ok || k.e != e || k.load != e.load {
		return fmt.Errorf("tile: the mark is not of this universe")
	}
	e.replace(k.u.clone())
	e.pyramid, e.kinds = pyramid{}, nil
	return nil
}
