//go:build !amd64 || noasm

package kernel

// CopyWest copies to the rim of q, to the west of t, what t has in the columns next
// to its own rim, and tells which rows of q that changes. It looks at the given rows,
// of which only 2 to 61 count; in the others q must have what t has.
func CopyWest(q, t *Tile, rows uint64) (changed uint64) { return copyWest(q, t, rows) }

// CopyEast is [CopyWest] for q to the east of t.
func CopyEast(q, t *Tile, rows uint64) (changed uint64) { return copyEast(q, t, rows) }
