package kernel

import "math/bits"

// The columns of a tile that a neighbour to the west, or to the east, copies to its rim
// are there when a row is turned by so many bits.
const turnWest, turnEast = 64 - 2*Rim, 2*Rim - 64

// CopyWest copies to the rim of q, to the west of t, what t has in the columns next
// to its own rim, and tells which rows of q that changes. It looks at the given rows,
// of which only 2 to 61 count; in the others q must have what t has.
func CopyWest(q, t *Tile, rows uint64) (changed uint64) {
	if rows &= OwnColumns; rows != 0 && HasCopies() {
		return copyWestAsm(q, t, rows)
	}
	return copyRim(q, t, rows, (1<<Rim-1)<<(64-Rim), turnWest)
}

// CopyEast is [CopyWest] for q to the east of t.
func CopyEast(q, t *Tile, rows uint64) (changed uint64) {
	if rows &= OwnColumns; rows != 0 && HasCopies() {
		return copyEastAsm(q, t, rows)
	}
	return copyRim(q, t, rows, 1<<Rim-1, turnEast)
}

// PushWest lets the neighbours to the west of sites copy what those have at their edge,
// and notes which of their rows that changes. Those that are not queued, but then must be,
// are queued; there must be room for all. Sites whose neighbour is asleep are put on the
// other list.
func PushWest(sites Chunks, sides []Side, queue, asleep *List[uint32]) {
	if len(sides) != 0 && HasCopies() {
		pushWestAsm(sites, sides, queue, asleep)
		return
	}
	for _, s := range sides {
		sites.push(s, CopyWest, queue, asleep)
	}
}

// PushEast is [PushWest] for the neighbours to the east.
func PushEast(sites Chunks, sides []Side, queue, asleep *List[uint32]) {
	if len(sides) != 0 && HasCopies() {
		pushEastAsm(sites, sides, queue, asleep)
		return
	}
	for _, s := range sides {
		sites.push(s, CopyEast, queue, asleep)
	}
}

// push is PushWest or PushEast of one site.
func (c Chunks) push(s Side, copyTo func(q, t *Tile, rows uint64) uint64, queue, asleep *List[uint32]) {
	q := c.at(s.To)
	if q.IsAsleep {
		asleep.Add(s.From, 1)
		return
	}
	changed := copyTo(&q.Rows, &c.at(s.From).Rows, s.Rows)
	q.Changed |= changed
	if changed != 0 && !q.IsQueued {
		q.IsQueued = true
		queue.Add(s.To, 1)
	}
}

// copyRim copies to the columns rim of q what t has there when its rows are turned.
func copyRim(q, t *Tile, rows, rim uint64, turn int) (changed uint64) {
	for ; rows != 0; rows &= rows - 1 {
		y := bits.TrailingZeros64(rows) & 63
		if x := (q[y] ^ bits.RotateLeft64(t[y], turn)) & rim; x != 0 {
			q[y] ^= x
			changed |= rows & -rows
		}
	}
	return changed
}
