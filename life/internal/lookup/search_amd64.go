//go:build !noasm && !race

package lookup

import "unsafe"

//go:noescape
func searchNodes(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int

//go:noescape
func searchLeaves(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte)

func search24(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	n := searchNodes((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base), &others[0])
	return others[:n], 0
}

func search32(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	searchLeaves((*byte)(unsafe.Pointer(&p[0])), len(p), x.base, x.buckets, x.idMask, (*byte)(base))
	return 0
}
