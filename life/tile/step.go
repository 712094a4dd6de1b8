package tile

import (
	"math/bits"

	"golife/life/internal/kernel"
)

// border is a tile with changes that its neighbours must copy.
type border struct {
	id    id
	edges uint8  // bit d: neighbour d has to copy
	rows  uint64 // where the columns changed that the west and east neighbours copy
}

// worker is what one goroutine needs to step tiles: the lists that it fills.
type worker struct {
	first, second *kernel.Network
	room          int64 // bytes that it may still record

	next    []id     // tiles to visit in the next pass
	borders []border // tiles with changes that neighbours see
	quiet   []id     // tiles that came to rest
	astray  []id     // tiles that left their cycle, or have none, beside some asleep
	bedside []id     // tiles beside some asleep
	drowsy  []id     // tiles that follow their cycle
	grown   []id     // tiles that are old enough for a tracker
	idle    []id     // tiles that rest and have a tracker
	lone    []id     // tiles that may hold nothing but a spaceship

	visits, lines, recorded int64
}

// reset empties the worker's lists and keeps their memory.
func (w *worker) reset() {
	w.next, w.borders, w.quiet = w.next[:0], w.borders[:0], w.quiet[:0]
	w.astray, w.bedside, w.drowsy = w.astray[:0], w.bedside[:0], w.drowsy[:0]
	w.grown, w.idle, w.lone = w.grown[:0], w.idle[:0], w.lone[:0]
	w.visits, w.lines, w.recorded = 0, 0, 0
}

// step visits the tiles of list and fills the worker's lists.
func (w *worker) step(u *universe, list []id) {
	for _, k := range list {
		t := u.at(k)
		if t.tracker|uint32(t.sleepers) != 0 {
			if !w.watch(u, k, t) {
				continue
			}
		}
		m := t.changed
		m |= m<<1 | m>>1
		m |= m<<1 | m>>1
		c := kernel.StepTwice(w.first, w.second, &t.rows, m)
		w.lines += int64(bits.OnesCount64(m & ownBits))
		w.visits++
		t.changed = c.Rows
		if c.Rows == 0 {
			w.rest(k, t)
			continue
		}
		w.next = append(w.next, k)
		if (c.Rows|c.Columns)&(lowEdge|highEdge) != 0 {
			w.borders = append(w.borders, border{k, touched(c), c.Sides})
		}
		if t.age <= trackAge {
			if t.age++; t.age > trackAge {
				w.grown = append(w.grown, k)
			}
		}
		if (uint32(u.clock)+uint32(k))%launchEvery == 0 && bits.OnesCount64(c.Rows) <= launchRows {
			w.lone = append(w.lone, k)
		}
	}
}

// rest puts a tile that does not change on the right list. One with a tracker goes
// on to be visited, so that the tracker misses no pass.
func (w *worker) rest(k id, t *tile) {
	if t.tracker != 0 {
		w.next = append(w.next, k)
		w.idle = append(w.idle, k)
		return
	}
	t.isQueued = false
	w.quiet = append(w.quiet, k)
}

// touched returns which neighbours may have to copy cells of a tile after c.
func touched(c kernel.Change) (edges uint8) {
	low := func(m uint64) uint8 { return uint8(m>>rim|m>>(rim+1)) & 1 }
	high := func(m uint64) uint8 { return uint8(m>>(side-2*rim)|m>>(side-2*rim+1)) & 1 }
	west, east := low(c.Columns), high(c.Columns)
	northSides, southSides := low(c.Sides), high(c.Sides)
	return northSides&west<<toNW | low(c.Rows)<<toN | northSides&east<<toNE | west<<toW | east<<toE |
		southSides&west<<toSW | high(c.Rows)<<toS | southSides&east<<toSE
}

// push copies the changed cells at a tile's edges into its neighbours, makes the
// neighbours that are not there, and queues those that this changes.
func (u *universe) push(b border) {
	t := u.at(b.id)
	for edges := b.edges; edges != 0; edges &= edges - 1 {
		d := bits.TrailingZeros8(edges) & 7
		k := t.near[d]
		if k == 0 {
			if isLiveAt(&t.rows, d) {
				u.bear(t.x+offset[d].x, t.y+offset[d].y)
			}
			continue
		}
		q := u.at(k)
		if q.isAsleep {
			continue
		}
		changed := copyEdge(&q.rows, &t.rows, d, b.rows)
		if changed != 0 {
			q.changed |= changed
			u.enqueue(k, q)
		}
	}
}

// change notes that rows of a tile have changed, and queues it if so.
func (u *universe) change(k id, t *tile, rows uint64) {
	if rows == 0 {
		return
	}
	t.changed |= rows
	u.enqueue(k, t)
}

// enqueue puts a tile on the queue, unless it is there.
func (u *universe) enqueue(k id, t *tile) {
	if !t.isQueued {
		t.isQueued = true
		u.queue = append(u.queue, k)
	}
}

// bear makes the tile at (x, y) because a neighbour has live cells on its rim.
func (u *universe) bear(x, y int64) {
	k := u.create(x, y)
	t := u.at(k)
	u.fillRim(t)
	u.change(k, t, ^uint64(0))
	u.births++
	u.warn(x, y)
}
