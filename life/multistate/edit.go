package multistate

import (
	"fmt"

	"golife/life"
)

// locate returns the tile of a cell and its place there.
func locate(p life.Point) (tile life.Point, x, y int) {
	return life.Point{X: p.X >> sideLog, Y: p.Y >> sideLog}, int(p.X & lastLine), int(p.Y & lastLine)
}

// Get returns the state of the cell at p. Cost: O(1).
func (e *Engine) Get(p life.Point) life.State {
	at, x, y := locate(p)
	t := e.u.index[at]
	if t == nil || !e.u.grid.has(p) {
		return 0
	}
	return e.u.stateAt(t, x, y)
}

// stateAt returns the state of a cell of t, which is on the grid.
func (u *universe) stateAt(t *tile, x, y int) life.State {
	if t.cells() != nil {
		return life.State(t.cells().state[u.clock&1][y<<sideLog|x])
	}
	code := u.now(t)[y] >> x & 1
	for i := range t.more {
		code |= t.more[i][y] >> x & 1 << (1 + i)
	}
	return u.law.state[code&511]
}

// Set changes the cell at p. It returns life.ErrOutOfRange beyond ±2^62, life.ErrState for
// a state that the rule lacks, or life.ErrMemoryLimit, and has then changed nothing.
// Cost: O(1).
func (e *Engine) Set(p life.Point, s life.State) error {
	at, x, y := locate(p)
	switch {
	case !isTile(at) || !e.u.grid.has(p):
		return fmt.Errorf("multistate: cell %d,%d, want it within ±2^62 and the grid of rule %s: %w", p.X, p.Y, e.rule, life.ErrOutOfRange)
	case int(s) >= e.rule.States():
		return fmt.Errorf("multistate: state %d under rule %s: %w", s, e.rule, life.ErrState)
	}
	u := e.u
	t := u.index[at]
	if t == nil {
		if s == 0 {
			return nil
		}
		if err := e.checkRoom(); err != nil {
			return err
		}
		t = u.create(at)
	}
	t.count = -1
	if t.cells() != nil {
		u.setCell(t, x, y, s)
		u.move(t)
		u.changed(t, x, y)
		return nil
	}
	code := uint64(u.law.code[s])
	put(&u.now(t)[y], x, code&1)
	for i := range t.more {
		put(&t.more[i][y], x, code>>(1+i)&1)
	}
	u.move(t)
	u.changed(t, x, y)
	return nil
}

// changed makes a tile, and what is next to it, be stepped because of a change of one cell.
func (u *universe) changed(t *tile, x, y int) {
	u.enqueue(t)
	var first, last uint64
	switch bit := uint64(1) << x; y {
	case 0:
		first = bit
	case lastLine:
		last = bit
	}
	u.touch(t, edges(first, 1<<x, last))
}

// put gives bit x of a row the value of b, 0 or 1.
func put(row *uint64, x int, b uint64) { *row = *row&^(1<<x) | b<<x }
