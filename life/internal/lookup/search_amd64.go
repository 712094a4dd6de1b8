//go:build !noasm && !race

package lookup

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// Packs reports whether this processor is fast with packed entries: it has the
// instructions for it.
func Packs() bool { return cpu.X86.HasSSSE3 }

//go:noescape
func searchNodes(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchPackedNodes(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchLeaves(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte)

func search24(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	n := searchNodes((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	return others[:n], 0
}

func searchPacked(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	if !Packs() {
		return searchPackedGo(x, p, base, others)
	}
	n := searchPackedNodes((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	return others[:n], 0
}

func search32(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	searchLeaves((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base))
	return 0
}
