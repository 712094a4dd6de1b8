package kernel

import "math/bits"

// The columns of a tile that a neighbour to the west, or to the east, copies to its rim
// are there when a row is turned by so many bits.
const turnWest, turnEast = 64 - 2*Rim, 2*Rim - 64

// CopyWest copies to the rim of q, to the west of t, what t has in the columns next
// to its own rim, and tells which rows of q that changes. It looks at the given rows,
// of which only 2 to 61 count; in the others q must have what t has.
func CopyWest(q, t *Tile, rows uint64) (changed uint64) {
	if rows &= OwnColumns; rows != 0 && hasCopies() {
		return copyWestAsm(q, t, rows)
	}
	return copyRim(q, t, rows, (1<<Rim-1)<<(64-Rim), turnWest)
}

// CopyEast is [CopyWest] for q to the east of t.
func CopyEast(q, t *Tile, rows uint64) (changed uint64) {
	if rows &= OwnColumns; rows != 0 && hasCopies() {
		return copyEastAsm(q, t, rows)
	}
	return copyRim(q, t, rows, 1<<Rim-1, turnEast)
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
