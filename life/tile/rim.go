package tile

import (
	"math/bits"

	"golife/life/internal/kernel"
)

// cells returns the cells of t at the present pass. They are not to be changed.
func (u *universe) cells(t *tile) *kernel.Tile {
	if t.IsAsleep {
		return u.trackers[t.Tracker].at(u.clock)
	}
	return &t.Rows
}

// fillRim copies the rim of t from its neighbours.
func (u *universe) fillRim(t *tile) {
	near := func(d int) *kernel.Tile {
		if t.Near[d] == 0 {
			return &kernel.Empty
		}
		return u.cells(u.at(t.Near[d]))
	}
	for d := range t.Near {
		copyEdge(&t.Rows, near(d), 7-d, ownBits)
	}
}

// copyEdge copies to q what its neighbour t has at the edge that faces it. q lies
// in the direction d of t. When that is toW or toE only the given rows are looked
// at, and the others must agree. It returns the rows of q that this changes.
func copyEdge(q, t *kernel.Tile, d int, rows uint64) (changed uint64) {
	switch d {
	case toN:
		return copyTwo(q, side-rim, t[rim], t[rim+1], ownBits)
	case toS:
		return copyTwo(q, 0, t[side-2*rim], t[side-2*rim+1], ownBits)
	case toW:
		return kernel.CopyWest(q, t, rows)
	case toE:
		return kernel.CopyEast(q, t, rows)
	}
	return copyCorner(q, t, d)
}

// copyCorner is copyEdge for the diagonal directions.
func copyCorner(q, t *kernel.Tile, d int) (changed uint64) {
	from, to := rim, side-rim
	if d >= toSW {
		from, to = side-2*rim, 0
	}
	a, b := t[from], t[from+1]
	if d == toNW || d == toSW {
		return copyTwo(q, to, a<<inner, b<<inner, highRim)
	}
	return copyTwo(q, to, a>>inner, b>>inner, lowRim)
}

// copyTwo puts the masked cells of a and b into rows to and to+1 of q.
func copyTwo(q *kernel.Tile, to int, a, b, mask uint64) (changed uint64) {
	x, y := (q[to]^a)&mask, (q[to+1]^b)&mask
	q[to] ^= x
	q[to+1] ^= y
	return (isAny(x) | isAny(y)<<1) << to
}

// isAny returns 1 if x has a bit, else 0.
func isAny(x uint64) uint64 { return (x | -x) >> 63 }

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
