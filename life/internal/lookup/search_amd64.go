//go:build !noasm && !race

package lookup

import (
	"unsafe"

	"golang.org/x/sys/cpu"

	"golife/life/internal/impl"
)

// Packs reports whether this processor is fast with packed entries: it has the
// instructions for it.
func Packs() bool { return cpu.X86.HasSSSE3 }

// useAVX2 says whether buckets are searched with AVX2, else SSE2.
var useAVX2 = cpu.X86.HasAVX2

func init() { impl.Register("lookup", "avx2", &useAVX2) }

//go:noescape
func searchNodes(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchNodes256(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchPackedNodes(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchPackedNodes256(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchPacked25Nodes(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchPacked25Nodes256(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchLeaves(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte)

//go:noescape
func searchLeaves256(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte)

func search24(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	n := 0
	if useAVX2 {
		n = searchNodes256((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	} else {
		n = searchNodes((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	}
	return others[:n], 0
}

func searchPacked(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	n := 0
	switch {
	case useAVX2:
		n = searchPackedNodes256((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	case Packs():
		n = searchPackedNodes((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	default:
		return searchPackedGo(x, p, base, others)
	}
	return others[:n], 0
}

func searchPacked25(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	n := 0
	switch {
	case useAVX2:
		n = searchPacked25Nodes256((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	case Packs():
		n = searchPacked25Nodes((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	default:
		return searchPacked25Go(x, p, base, others)
	}
	return others[:n], 0
}

func search32(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	if useAVX2 {
		searchLeaves256((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base))
	} else {
		searchLeaves((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base))
	}
	return 0
}
