//go:build !amd64 || noasm || race

package lookup

import "unsafe"

func homes(x *Index, first uint32, hashes []uint64, gaps uint64, to *[batch]addition) (int, uint32) {
	return homesGo(x, first, hashes, gaps, to)
}

func homes24(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (int, uint32) {
	return homes24Go(x, first, n, base, to)
}

func homesPacked(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (int, uint32) {
	return homesPackedGo(x, first, n, base, to)
}

func homesPacked25(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (int, uint32) {
	return homesPacked25Go(x, first, n, base, to)
}

func (x *Index) addSolo(a []addition) { x.addSoloGo(a) }
