package tile

import (
	"fmt"
	"math/big"
	"slices"

	"golife/life"
	"golife/life/internal/kernel"
)

// universe is everything that a generation consists of: tiles, those that are to
// be visited in the next pass, and how far the counter has come.
type universe struct {
	arena
	// generation of the rows in the arena. The present generation is one more
	// when isOdd is set: that one is computed when somebody looks.
	generation *big.Int
	isOdd      bool

	queue []id // tiles whose rows changed; they are visited in the next pass

	passes, visits, skips, lines, births, deaths int64
}

func newUniverse(generation *big.Int) *universe {
	return &universe{arena: newArena(), generation: generation}
}

// enqueue puts a tile whose row y was edited on the list.
func (u *universe) enqueue(k id, rows uint64) {
	t := u.at(k)
	t.changed |= rows
	if !t.isQueued {
		t.isQueued = true
		u.queue = append(u.queue, k)
	}
}

// networks returns the kernels for the two halves of a pass.
func (e *Engine) networks() (first, second *kernel.Network) {
	odd := e.u.generation.Bit(0)
	return e.nets[odd], e.nets[1-odd]
}

// pass advances the rows by two generations. On an error nothing has changed.
func (e *Engine) pass() error {
	u := e.u
	var undo *journal
	if e.isTight() {
		undo = u.record()
	}
	used := e.stepAll()
	if undo != nil {
		if err := e.admit(used); err != nil {
			u.restore(undo)
			for _, w := range used {
				w.reset()
			}
			return err
		}
	}
	u.passes++
	u.visits += int64(len(u.queue))
	u.skips += int64(u.count - len(u.queue))
	u.commit(used)
	u.generation.Add(u.generation, two)
	return nil
}

// commit lets the neighbours and the queue know what the workers found.
func (u *universe) commit(used []*worker) {
	if w := used[0]; len(used) == 1 {
		u.queue, w.next = w.next, u.queue
	} else {
		u.queue = u.queue[:0]
		for _, w := range used {
			u.queue = append(u.queue, w.next...)
		}
	}
	for _, w := range used {
		for _, b := range w.borders {
			u.push(b)
		}
	}
	for _, w := range used {
		for _, k := range w.quiet {
			u.bury(k)
		}
		u.lines += w.lines
		w.reset()
	}
}

// bury frees the tile if nothing is left of it.
func (u *universe) bury(k id) {
	t := u.at(k)
	if t.changed != 0 || t.rows != (kernel.Tile{}) {
		return
	}
	u.release(k)
	u.deaths++
}

// isTight reports whether the next pass could need more tiles than the limits
// on memory and coordinates allow, so that it must be ready to be undone.
func (e *Engine) isTight() bool {
	u := e.u
	if u.isFar {
		return true
	}
	return e.limit > 0 && u.bytesWith(8*len(u.queue)) > e.limit
}

// admit returns an error when the tiles that the workers' changes give birth to
// are too many or too far.
func (e *Engine) admit(used []*worker) error {
	u := e.u
	born := map[life.Point]bool{}
	for _, w := range used {
		for _, b := range w.borders {
			t := u.at(b.id)
			for d, q := range t.near {
				if q == 0 && b.edges>>d&1 != 0 && isLiveAt(t, d) {
					born[life.Point{X: t.x + offset[d].x, Y: t.y + offset[d].y}] = true
				}
			}
		}
	}
	for p := range born {
		if max(p.X, -p.X, p.Y, -p.Y) > farthest {
			return fmt.Errorf("tile: cells beyond ±2^62: %w", life.ErrOutOfRange)
		}
	}
	if e.limit > 0 && u.bytesWith(len(born)) > e.limit {
		return fmt.Errorf("tile: %d tiles and %d more need %d bytes, the limit is %d: %w",
			u.count, len(born), u.bytesWith(len(born)), e.limit, life.ErrMemoryLimit)
	}
	return nil
}

// journal holds what the first half of a pass overwrites.
type journal struct {
	rows    []kernel.Tile
	changed []uint64
}

func (u *universe) record() *journal {
	j := &journal{}
	for _, k := range u.queue {
		t := u.at(k)
		j.rows = append(j.rows, t.rows)
		j.changed = append(j.changed, t.changed)
	}
	return j
}

func (u *universe) restore(j *journal) {
	for i, k := range u.queue {
		t := u.at(k)
		t.rows, t.changed, t.isQueued = j.rows[i], j.changed[i], true
	}
}

// settle brings the rows to the present generation when that is odd, so that it
// can be edited. Every tile is visited in the next pass. Cost: O(tiles).
func (e *Engine) settle() {
	u := e.u
	if !u.isOdd {
		return
	}
	first, _ := e.networks()
	var next kernel.Tile
	for _, t := range u.all {
		first.StepRows(next[1:side-1], t.rows[:])
		for y := rim; y < side-rim; y++ {
			t.rows[y] = next[y] & ownBits
		}
	}
	u.generation.Add(u.generation, one)
	u.isOdd = false
	for k := id(1); k < u.next; k++ {
		t := u.at(k)
		if !t.isUsed {
			continue
		}
		for d, q := range t.near {
			if q == 0 && isLiveAt(t, d) {
				u.create(t.x+offset[d].x, t.y+offset[d].y)
			}
		}
	}
	for k, t := range u.all {
		u.fillRim(t)
		u.enqueue(k, ^uint64(0))
	}
}

// clone returns a copy that shares nothing with u.
func (u *universe) clone() *universe {
	c := *u
	c.generation = new(big.Int).Set(u.generation)
	c.chunks = make([]*[chunkTiles]tile, len(u.chunks))
	for i, p := range u.chunks {
		q := *p
		c.chunks[i] = &q
	}
	c.free = slices.Clone(u.free)
	c.index = slices.Clone(u.index)
	c.queue = slices.Clone(u.queue)
	return &c
}

// compact returns a copy without unused tiles.
func (u *universe) compact() *universe {
	c := *u
	c.arena, c.queue = newArena(), nil
	to := make([]id, u.next)
	for k, t := range u.all {
		to[k] = c.take()
		q := c.at(to[k])
		*q = *t
		c.isFar = c.isFar || max(t.x, -t.x, t.y, -t.y) >= farthest
		if c.count++; 2*c.count > len(c.index) {
			c.growIndex()
		}
		c.enter(to[k])
	}
	for _, t := range c.all {
		for d := range t.near {
			t.near[d] = to[t.near[d]]
		}
	}
	for _, k := range u.queue {
		c.queue = append(c.queue, to[k])
	}
	return &c
}
