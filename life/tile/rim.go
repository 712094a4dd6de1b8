package tile

import (
	"math/bits"

	"golife/life/internal/kernel"
)

// cells returns the cells of t at the present pass. They are not to be changed.
func (u *universe) cells(t *tile) *kernel.Tile {
	if t.isAsleep {
		return u.trackers[t.tracker].at(u.clock)
	}
	return &t.rows
}

// fillRim copies the rim of t from its neighbours.
func (u *universe) fillRim(t *tile) {
	near := func(d int) *kernel.Tile {
		if t.near[d] == 0 {
			return &kernel.Empty
		}
		return u.cells(u.at(t.near[d]))
	}
	for _, d := range [...]int{toN, toS, toNW, toNE, toSW, toSE} {
		copyRows(&t.rows, near(d), 7-d)
	}
	copyColumns(&t.rows, near(toW), toE, ownBits)
	copyColumns(&t.rows, near(toE), toW, ownBits)
}

// copyEdge copies to q what its neighbour t has at the edge that faces it. q lies
// in the direction d of t. rows has the rows of t to look at when d is toW or toE.
// It returns the rows of q that this changes.
func copyEdge(q, t *kernel.Tile, d int, rows uint64) (changed uint64) {
	if d == toW || d == toE {
		return copyColumns(q, t, d, rows)
	}
	return copyRows(q, t, d)
}

// copyColumns is copyEdge for toW and toE.
func copyColumns(q, t *kernel.Tile, d int, rows uint64) (changed uint64) {
	if d == toW {
		for m := rows; m != 0; m &= m - 1 {
			y := bits.TrailingZeros64(m) & (side - 1)
			if x := (q[y] ^ t[y]<<inner) & highRim; x != 0 {
				q[y] ^= x
				changed |= m & -m
			}
		}
		return changed
	}
	for m := rows; m != 0; m &= m - 1 {
		y := bits.TrailingZeros64(m) & (side - 1)
		if x := (q[y] ^ t[y]>>inner) & lowRim; x != 0 {
			q[y] ^= x
			changed |= m & -m
		}
	}
	return changed
}

// copyRows is copyEdge for the other directions.
func copyRows(q, t *kernel.Tile, d int) (changed uint64) {
	var mask uint64
	var a, b uint64
	if d <= toNE {
		a, b = t[rim], t[rim+1]
	} else {
		a, b = t[side-2*rim], t[side-2*rim+1]
	}
	switch d {
	case toN, toS:
		mask = ownBits
	case toNW, toSW:
		a, b, mask = a<<inner, b<<inner, highRim
	default:
		a, b, mask = a>>inner, b>>inner, lowRim
	}
	to := 0
	if d <= toNE {
		to = side - rim
	}
	if x := (q[to] ^ a) & mask; x != 0 {
		q[to] ^= x
		changed |= 1 << to
	}
	if x := (q[to+1] ^ b) & mask; x != 0 {
		q[to+1] ^= x
		changed |= 2 << to
	}
	return changed
}

// edgeRows and edgeColumns bound the cells at the edge of a tile that faces each
// direction and, on the other side of that edge, its rim.
var (
	edgeRows    = [8]uint64{toNW: low2, toN: low2, toNE: low2, toW: ownBits, toE: ownBits, toSW: high2, toS: high2, toSE: high2}
	edgeColumns = [8]uint64{toNW: low2, toN: ownBits, toNE: high2, toW: low2, toE: high2, toSW: low2, toS: ownBits, toSE: high2}
)

const (
	low2  = lowRim | lowEdge
	high2 = highRim | highEdge
)

// facing returns a bit for each direction d where t has live cells at the edge or
// on the rim that face d.
func facing(t *kernel.Tile) (edges uint8) {
	for d := range edgeRows {
		var any uint64
		for m := edgeRows[d]; m != 0; m &= m - 1 {
			any |= t[bits.TrailingZeros64(m)]
		}
		if any&edgeColumns[d] != 0 {
			edges |= 1 << d
		}
	}
	return edges
}

// meets reports whether t and its neighbour q in the direction d have on their
// rims what is at the edge of the other.
func meets(t, q *kernel.Tile, d int) bool {
	return !differs(q, t, d) && !differs(t, q, 7-d)
}

// differs reports whether copyEdge would change anything.
func differs(q, t *kernel.Tile, d int) bool {
	c := *q
	return copyEdge(&c, t, d, ownBits) != 0
}

// isLiveAt reports whether t has live cells that a neighbour in the direction d
// would have on its rim.
func isLiveAt(t *kernel.Tile, d int) bool {
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
	for _, row := range t[from:to] {
		any |= row
	}
	return any&cols != 0
}
