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

// worker is what one goroutine needs to step tiles: scratch space and the lists
// that it fills.
type worker struct {
	first, second *kernel.Network
	next          []id     // tiles with changes
	borders       []border // tiles with changes that neighbours see
	quiet         []id     // tiles that came to rest
	visits, lines int64
}

// visit advances the tile by two generations where that may change it.
func (w *worker) visit(t *tile) kernel.Change {
	m := t.changed
	m |= m<<1 | m>>1
	m |= m<<1 | m>>1
	w.lines += int64(bits.OnesCount64(m & ownBits))
	return kernel.StepTwice(w.first, w.second, &t.rows, m)
}

// step visits the tiles of list and fills the worker's lists.
func (w *worker) step(a *arena, list []id) {
	for _, k := range list {
		t := a.at(k)
		c := w.visit(t)
		t.changed = c.Rows
		t.isQueued = c.Rows != 0
		if c.Rows == 0 {
			w.quiet = append(w.quiet, k)
			continue
		}
		w.next = append(w.next, k)
		if (c.Rows|c.Columns)&(lowEdge|highEdge) != 0 {
			w.borders = append(w.borders, border{k, touched(c.Rows, c.Columns), c.Sides})
		}
	}
	w.visits += int64(len(list))
}

// touched returns which neighbours may have to copy cells when these rows and
// columns have changed.
func touched(rows, cols uint64) (edges uint8) {
	north, south := uint8(rows>>rim|rows>>(rim+1))&1, uint8(rows>>(side-2*rim)|rows>>(side-2*rim+1))&1
	west, east := uint8(cols>>rim|cols>>(rim+1))&1, uint8(cols>>(side-2*rim)|cols>>(side-2*rim+1))&1
	return north&west<<toNW | north<<toN | north&east<<toNE | west<<toW | east<<toE |
		south&west<<toSW | south<<toS | south&east<<toSE
}

// push copies the changed cells at a tile's edges into its neighbours, makes the
// neighbours that are not there, and queues those that this changes.
func (u *universe) push(b border) {
	t := u.at(b.id)
	for edges := b.edges; edges != 0; edges &= edges - 1 {
		d := bits.TrailingZeros8(edges)
		if t.near[d] == 0 {
			if isLiveAt(t, d) {
				u.bear(t.x+offset[d].x, t.y+offset[d].y)
			}
			continue
		}
		q := u.at(t.near[d])
		var changed uint64
		switch d {
		case toW:
			changed = copyEast(q, t, b.rows)
		case toE:
			changed = copyWest(q, t, b.rows)
		default:
			changed = copyRows(q, t, d)
		}
		if changed != 0 {
			q.changed |= changed
			if !q.isQueued {
				q.isQueued = true
				u.queue = append(u.queue, t.near[d])
			}
		}
	}
}

// bear makes the tile at (x, y) because a neighbour has live cells on its rim.
func (u *universe) bear(x, y int64) {
	k := u.create(x, y)
	q := u.at(k)
	u.fillRim(q)
	for i, row := range q.rows {
		if row != 0 {
			q.changed |= 1 << i
		}
	}
	q.isQueued = true
	u.queue = append(u.queue, k)
	u.births++
}

// copyEast copies the west-most own columns of t to the east rim of q.
func copyEast(q, t *tile, rows uint64) (changed uint64) {
	const to = lowEdge << inner
	for m := rows; m != 0; m &= m - 1 {
		y := bits.TrailingZeros64(m) & (side - 1)
		if d := (q.rows[y] ^ t.rows[y]<<inner) & to; d != 0 {
			q.rows[y] ^= d
			changed |= m & -m
		}
	}
	return changed
}

// copyWest copies the east-most own columns of t to the west rim of q.
func copyWest(q, t *tile, rows uint64) (changed uint64) {
	const to = highEdge >> inner
	for m := rows; m != 0; m &= m - 1 {
		y := bits.TrailingZeros64(m) & (side - 1)
		if d := (q.rows[y] ^ t.rows[y]>>inner) & to; d != 0 {
			q.rows[y] ^= d
			changed |= m & -m
		}
	}
	return changed
}

// copyRows copies the rows of t that its neighbour q in the direction d, not w or
// e, has on its rim.
func copyRows(q, t *tile, d int) (changed uint64) {
	from, to := rim, side-rim
	if d >= toSW {
		from, to = side-2*rim, 0
	}
	for i := range rim {
		row, mask := t.rows[from+i], ownBits
		switch d {
		case toNW, toSW:
			row, mask = row<<inner, lowEdge<<inner
		case toNE, toSE:
			row, mask = row>>inner, highEdge>>inner
		}
		if x := (q.rows[to+i] ^ row) & mask; x != 0 {
			q.rows[to+i] ^= x
			changed |= 1 << (to + i)
		}
	}
	return changed
}

// isLiveAt reports whether t has live cells that a neighbour in the direction d
// would have on its rim.
func isLiveAt(t *tile, d int) bool {
	cols := ownBits
	switch d {
	case toNW, toW, toSW:
		cols = lowEdge
	case toNE, toE, toSE:
		cols = highEdge
	}
	from, to := rim, side-rim
	switch {
	case d <= toNE:
		to = 2 * rim
	case d >= toSW:
		from = side - 2*rim
	}
	var any uint64
	for _, row := range t.rows[from:to] {
		any |= row
	}
	return any&cols != 0
}
