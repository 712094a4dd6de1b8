//go:build !noasm

package kernel

// hasCopies reports whether CopyWest and CopyEast have assembly for this processor.
func hasCopies() bool { return useAVX2 || useAVX512 }

func copyWestAsm(q, t *Tile, rows uint64) uint64 { return copyWestAVX2(&q[0], &t[0], rows) }

func copyEastAsm(q, t *Tile, rows uint64) uint64 { return copyEastAVX2(&q[0], &t[0], rows) }

//go:noescape
func copyWestAVX2(q, t *uint64, rows uint64) (changed uint64)

//go:noescape
func copyEastAVX2(q, t *uint64, rows uint64) (changed uint64)
