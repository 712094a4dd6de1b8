package multistate

import (
	"fmt"
	"math/big"

	"golife/life"
)

// Bytes returns the memory in use for tiles and their index.
func (e *Engine) Bytes() int64 { return e.u.bytes() }

// SetLimit bounds Bytes; 0 is no limit.
func (e *Engine) SetLimit(bytes int64) { e.limit = max(0, bytes) }

// Collect gives the memory of tiles that died back. Cost: O(tiles).
func (e *Engine) Collect() { e.u = e.u.compact() }

// checkRoom returns an error when there is no room for one more tile.
func (e *Engine) checkRoom() error {
	if need := e.u.bytesWithOne(); e.limit > 0 && need > e.limit {
		return e.tooMuch(len(e.u.index)+1, need)
	}
	return nil
}

// checkLimit returns an error when the universe is above the memory limit already and
// collecting does not help.
func (e *Engine) checkLimit() error {
	if e.limit == 0 || e.Bytes() <= e.limit {
		return nil
	}
	e.Collect()
	if e.Bytes() <= e.limit {
		return nil
	}
	return e.tooMuch(len(e.u.index), e.Bytes())
}

func (e *Engine) tooMuch(tiles int, need int64) error {
	return fmt.Errorf("multistate: %d tiles need %d bytes, the limit is %d: %w", tiles, need, e.limit, life.ErrMemoryLimit)
}

// compact returns a copy without unused tiles.
func (u *universe) compact() *universe {
	c := newUniverse(u.law, u.grid)
	c.clock, c.stepped, c.births, c.deaths, c.looked = u.clock, u.stepped, u.births, u.deaths, u.looked
	for t := range u.all {
		q := c.create(t.at)
		q.live, q.count, q.missing, q.isMoved = t.live, t.count, t.missing, t.isMoved
		copy(q.more, t.more)
		if t.cells() != nil {
			*q.cells() = *t.cells()
		}
	}
	for _, t := range u.queue {
		c.enqueue(c.index[t.at])
	}
	for _, t := range u.frontier {
		c.frontier = append(c.frontier, c.index[t.at])
	}
	for _, t := range u.moved {
		c.moved = append(c.moved, c.index[t.at])
	}
	return c
}

// mark is a copy of a universe.
type mark struct {
	engine     *Engine
	load       int64
	generation *big.Int
	u          *universe
}

// Generation returns the generation that the mark holds.
func (m *mark) Generation() *big.Int { return new(big.Int).Set(m.generation) }

// Mark bookmarks the present universe. It is a copy: cost and memory are O(tiles).
func (e *Engine) Mark() life.Mark { return &mark{e, e.load, e.Generation(), e.u.compact()} }

// Rewind makes a marked universe the present one. Cost: O(tiles).
func (e *Engine) Rewind(m life.Mark) error {
	k, ok := m.(*mark)
	if !ok || k.engine != e || k.load != e.load {
		return fmt.Errorf("multistate: the mark is not of this universe")
	}
	e.u, e.generation = k.u.compact(), k.Generation()
	return nil
}

// Stats returns the counters of the present universe: the tiles that there are, those that
// the next generation will step, those that were stepped since it was loaded, each as
// often as it was, their cells that were looked up, the tiles that were born and died since then,
// and the bytes in use.
func (e *Engine) Stats() []life.Stat {
	u := e.u
	return []life.Stat{
		{Name: "tiles", Value: int64(len(u.index))},
		{Name: "tiles_active", Value: int64(len(u.queue))},
		{Name: "tiles_stepped", Value: u.stepped},
		{Name: "cells_looked_up", Value: u.looked},
		{Name: "births", Value: u.births},
		{Name: "deaths", Value: u.deaths},
		{Name: "bytes", Value: e.Bytes()},
	}
}
