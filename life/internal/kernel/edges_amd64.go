//go:build !noasm

package kernel

import "unsafe"

// HasCopies reports whether edges have assembly for this processor.
func HasCopies() bool { return useAVX2 || useAVX512 }

func copyWestAsm(q, t *Tile, rows uint64) uint64 { return copyWestAVX2(&q[0], &t[0], rows) }

func copyEastAsm(q, t *Tile, rows uint64) uint64 { return copyEastAVX2(&q[0], &t[0], rows) }

func pushWestAsm(sites Chunks, sides []Side, queue, asleep *List[uint32]) {
	pushWestAVX2(&sides[0], len(sides), &sites[0], queue, asleep)
}

func pushEastAsm(sites Chunks, sides []Side, queue, asleep *List[uint32]) {
	pushEastAVX2(&sides[0], len(sides), &sites[0], queue, asleep)
}

//go:noescape
func copyWestAVX2(q, t *uint64, rows uint64) (changed uint64)

//go:noescape
func copyEastAVX2(q, t *uint64, rows uint64) (changed uint64)

//go:noescape
func pushWestAVX2(sides *Side, n int, chunks *unsafe.Pointer, queue, asleep *List[uint32])

//go:noescape
func pushEastAVX2(sides *Side, n int, chunks *unsafe.Pointer, queue, asleep *List[uint32])
