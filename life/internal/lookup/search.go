package lookup

import (
	"math/bits"
	"sync/atomic"
	"unsafe"
)

// Probe is an entry to be searched for: two words that are its contents, and
// where the search stopped, see Index.Candidate.
type Probe struct {
	Hash, North, South uint64
	Slot, Guess        uint32
}

// Hash mixes two words (multiplicative hashing: Knuth, The Art of Computer
// Programming 3, 6.4). The fold lets all bits reach the low ones.
func Hash(north, south uint64) uint64 {
	x := north * hashNorth
	y := south * hashSouth
	h := (x ^ bits.RotateLeft64(y, hashTurn)) * hashBoth
	return h ^ h>>32
}

// The multipliers of Hash.
const (
	hashNorth = 0x9E3779B97F4A7C15
	hashSouth = 0xC2B2AE3D27D4EB4F
	hashBoth  = 0xD6E8FEB86659FD93
	hashTurn  = 29
)

// Search24 hashes North and South of some probes and searches for them. Of the
// table, which has entries of 24 bytes from base on, it asks for those that it
// found. It returns a number that the caller must keep; see Prefetch4.
func Search24(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	if len(p) == 0 {
		return 0
	}
	return search24(x, p, base)
}

// Search32 searches for probes whose Hash is known, in a table with entries of 32
// bytes; see Search24.
func Search32(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	if len(p) == 0 {
		return 0
	}
	return search32(x, p, base)
}

// search24Go is Search24 in plain Go.
func search24Go(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	for k := range p {
		p[k].Hash = Hash(p[k].North, p[k].South)
	}
	return searchGo(x, p, base, 24)
}

// searchGo searches for probes whose hash is known, in a table with entries of
// some size.
func searchGo(x *Index, p []Probe, base unsafe.Pointer, size uintptr) (touched uint32) {
	for k := range p {
		p[k].Slot = x.Home(p[k].Hash)
		touched += atomic.LoadUint32(x.slot(p[k].Slot))
	}
	for k := range p {
		p[k].Slot, p[k].Guess = x.Candidate(p[k].Hash, p[k].Slot)
		touched += *(*uint32)(unsafe.Add(base, size*uintptr(p[k].Guess)))
	}
	return touched
}
