package lookup

import (
	"math/bits"
	"sync/atomic"
	"unsafe"
)

// Probe is an entry to be searched for: two words that are its contents, or its hash
// and nothing; its print, and where the search stopped, see Index.Candidate.
type Probe struct {
	North, South       uint64
	Slot, Print, Guess uint32
	_                  uint32
}

// Hash mixes two words (multiplicative hashing: Knuth, The Art of Computer
// Programming 3, 6.4). An index uses the upper half, which all bits reach.
func Hash(north, south uint64) uint64 {
	return (north*hashNorth ^ bits.RotateLeft64(south*hashSouth, hashTurn)) * hashBoth
}

// The multipliers of Hash.
const (
	hashNorth = 0x9E3779B97F4A7C15
	hashSouth = 0xC2B2AE3D27D4EB4F
	hashBoth  = 0xD6E8FEB86659FD93
	hashTurn  = 29
)

// Search24 hashes North and South of some probes, at most 256, and searches for
// them in a table which has entries of 24 bytes from base on that begin with these
// two words; entry 0 is zeros. It returns the numbers of the probes whose Guess is
// another entry, so that their search is to go on from Slot, in others; and a number
// that the caller must keep, see Prefetch16.
func Search24(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) (_ []uint8, touched uint32) {
	if len(p) == 0 {
		return nil, 0
	}
	return search24(x, p, base, others)
}

// SearchPacked is Search24 for a table of packed entries, of which entry 0 is four times 0.
func SearchPacked(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) (_ []uint8, touched uint32) {
	if len(p) == 0 {
		return nil, 0
	}
	return searchPacked(x, p, base, others)
}

// SearchPacked25 is SearchPacked for a table of Packed25.
func SearchPacked25(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) (_ []uint8, touched uint32) {
	if len(p) == 0 {
		return nil, 0
	}
	return searchPacked25(x, p, base, others)
}

// Search32 searches for probes whose North is the hash, in a table with entries of 32
// bytes which it asks for but does not compare; see Search24.
func Search32(x *Index, p []Probe, base unsafe.Pointer) uint32 {
	if len(p) == 0 {
		return 0
	}
	return search32(x, p, base)
}

// search24Go is Search24 in plain Go.
func search24Go(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) (_ []uint8, touched uint32) {
	return searchBoth(x, p, 24, base, others, func(e unsafe.Pointer) (north, south uint64) {
		w := (*[2]uint64)(e)
		return w[0], w[1]
	})
}

// searchPackedGo is SearchPacked in plain Go.
func searchPackedGo(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) (_ []uint8, touched uint32) {
	return searchBoth(x, p, unsafe.Sizeof(Packed{}), base, others, func(e unsafe.Pointer) (north, south uint64) {
		return (*Packed)(e).Get()
	})
}

// searchPacked25Go is SearchPacked25 in plain Go.
func searchPacked25Go(x *Index, p []Probe, base unsafe.Pointer, others *[256]uint8) (_ []uint8, touched uint32) {
	return searchBoth(x, p, unsafe.Sizeof(Packed25{}), base, others, func(e unsafe.Pointer) (north, south uint64) {
		return (*Packed25)(e).Get()
	})
}

// searchBoth searches for both words of probes in a table with entries of some size.
func searchBoth(x *Index, p []Probe, size uintptr, base unsafe.Pointer, others *[256]uint8, get func(unsafe.Pointer) (north, south uint64)) (_ []uint8, touched uint32) {
	touched = searchGo(x, p, base, size, func(q *Probe) uint64 { return Hash(q.North, q.South) })
	n := 0
	for k := range p {
		q := &p[k]
		if north, south := get(unsafe.Add(base, size*uintptr(q.Guess))); north != q.North || south != q.South {
			others[n] = uint8(k)
			n++
		}
	}
	return others[:n], touched
}

// search32Go is Search32 in plain Go.
func search32Go(x *Index, p []Probe, base unsafe.Pointer) (touched uint32) {
	return searchGo(x, p, base, 32, func(q *Probe) uint64 { return q.North })
}

// searchGo searches for probes in a table with entries of some size.
func searchGo(x *Index, p []Probe, base unsafe.Pointer, size uintptr, hash func(*Probe) uint64) (touched uint32) {
	for k := range p {
		p[k].Slot, p[k].Print = x.Home(hash(&p[k]))
		touched += atomic.LoadUint32(x.slot(p[k].Slot))
	}
	for k := range p {
		p[k].Slot, p[k].Guess = x.Candidate(p[k].Print, p[k].Slot)
		touched += *(*uint32)(unsafe.Add(base, size*uintptr(p[k].Guess)))
	}
	return touched
}
