//go:build !amd64 || noasm || race

package lookup

import "unsafe"

// Packs reports whether this processor is fast with packed entries.
func Packs() bool { return true }

func search24(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	return search24Go(x, p, base, others)
}

func searchPacked(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	return searchPackedGo(x, p, base, others)
}

func searchPacked25(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) ([]uint8, uint32) {
	return searchPacked25Go(x, p, base, others)
}

func search32(x *Index, p []Probe, base unsafe.Pointer) uint32 { return search32Go(x, p, base) }
