//go:build !noasm && !race

package lookup

import "unsafe"

//go:noescape
func homesWide(to *uint64, first uint32, n int, slots *uint32, buckets uint64, idMask uint32, entries *byte) int

//go:noescape
func homesOfPacked(to *uint64, first uint32, n int, slots *uint32, buckets uint64, idMask uint32, entries *byte) int

//go:noescape
func homesOfPacked25(to *uint64, first uint32, n int, slots *uint32, buckets uint64, idMask uint32, entries *byte) int

//go:noescape
func homesHashed(to *uint64, first uint32, n int, slots *uint32, buckets uint64, idMask uint32, hashes *uint64, gaps uint64) int

//go:noescape
func addSolo(a *uint64, n int, slots *uint32, buckets uint64, idMask uint32)

func homes(x *Index, first uint32, hashes []uint64, gaps uint64, to *[batch]addition) (int, uint32) {
	return homesHashed((*uint64)(&to[0]), first, len(hashes), x.base, x.buckets, x.idMask, unsafe.SliceData(hashes), gaps), 0
}

func homes24(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (int, uint32) {
	entries := (*byte)(unsafe.Add(base, 24*uintptr(first)))
	return homesWide((*uint64)(&to[0]), first, n, x.base, x.buckets, x.idMask, entries), 0
}

func homesPacked(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (int, uint32) {
	if !Packs() {
		return homesPackedGo(x, first, n, base, to)
	}
	entries := (*byte)(unsafe.Add(base, unsafe.Sizeof(Packed{})*uintptr(first)))
	return homesOfPacked((*uint64)(&to[0]), first, n, x.base, x.buckets, x.idMask, entries), 0
}

func homesPacked25(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (int, uint32) {
	if !Packs() {
		return homesPacked25Go(x, first, n, base, to)
	}
	entries := (*byte)(unsafe.Add(base, unsafe.Sizeof(Packed25{})*uintptr(first)))
	return homesOfPacked25((*uint64)(&to[0]), first, n, x.base, x.buckets, x.idMask, entries), 0
}

func (x *Index) addSolo(a []addition) {
	if len(a) > 0 {
		addSolo((*uint64)(&a[0]), len(a), x.base, x.buckets, x.idMask)
	}
}
