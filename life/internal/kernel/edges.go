package kernel

import "math/bits"

// copyWest is CopyWest in Go.
func copyWest(q, t *Tile, rows uint64) (changed uint64) {
	const rim = uint64(1<<Rim-1) << (64 - Rim)
	for rows &= OwnColumns; rows != 0; rows &= rows - 1 {
		y := bits.TrailingZeros64(rows) & 63
		if x := (q[y] ^ t[y]<<(64-2*Rim)) & rim; x != 0 {
			q[y] ^= x
			changed |= rows & -rows
		}
	}
	return changed
}

// copyEast is CopyEast in Go.
func copyEast(q, t *Tile, rows uint64) (changed uint64) {
	const rim = 1<<Rim - 1
	for rows &= OwnColumns; rows != 0; rows &= rows - 1 {
		y := bits.TrailingZeros64(rows) & 63
		if x := (q[y] ^ t[y]>>(64-2*Rim)) & rim; x != 0 {
			q[y] ^= x
			changed |= rows & -rows
		}
	}
	return changed
}
