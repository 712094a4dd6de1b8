package lookup

import "sync/atomic"

// Packed25 is an entry of 16 bytes like Packed, whose numbers have a bit more: the 25th bits
// of the four lie in the word, above the caller's 28 bits.
//
//	byte  0    3    6    9    12
//	      │ nw │ ne │ sw │ se │ word │    bit 31 of the word  │ se │ sw │ ne │ nw │ the caller's │
//
// The lower 24 bits of each number lie where those of a Packed do. The numbers have bias25 added,
// so that zeros are no entry. Whoever sets the caller's bits leaves the other four as they are.
type Packed25 struct {
	low  uint64
	high uint32
	word uint32
}

const (
	bias25 = 1 << 23
	mask25 = 1<<25 - 1

	upperShift = 28 // of the 25th bits in the word

	// Max25 is the number of numbers from 0 on that fit a Packed25.
	Max25 = 1<<25 - bias25
	// Max25Below is the number of those below 0, from -1 down, that do.
	Max25Below = bias25 - 1
)

// Word25 is how the caller's part of a Packed25's word is divided. The other bits must stay as they are.
var Word25 = Word{Shift: 25, Upper: 7, Rest: mask25, Bias: bias25, Kept: 15 << upperShift}

// Word returns where an entry's word lies.
func (e *Packed25) Word() *uint32 { return &e.word }

// Get returns the numbers, in the order nw, ne of north and sw, se of south: the first of
// each is the lower half.
func (e *Packed25) Get() (north, south uint64) {
	upper := uint64(atomic.LoadUint32(&e.word) >> upperShift)
	return unpackTwo25(e.low, upper), unpackTwo25(e.low>>48|uint64(e.high)<<16, upper>>2)
}

// Set sets the numbers, and what the caller sets to zeros; see Get.
func (e *Packed25) Set(north, south uint64) {
	n, upper := packTwo25(north)
	s, upperSouth := packTwo25(south)
	e.low = n | s<<48
	e.high = uint32(s >> 16)
	e.word = uint32(upper|upperSouth<<2) << upperShift
}

// Constants for the two halves of a word at once, of which none carries into the other.
const (
	twoBiases25 = bias25 | bias25<<32
	twoMasks25  = mask25 | mask25<<32
)

// packTwo25 returns the lower 24 bits of what stands for the halves of a word, and the two 25th.
func packTwo25(n uint64) (bits, upper uint64) {
	n = (n&twoMasks25 + twoBiases25) & twoMasks25
	return n&packedMask | n>>8&(packedMask<<24), n>>24&1 | n>>55&2
}

// unpackTwo25 returns the two numbers of whose bits the lower 24 and the 25th are given.
func unpackTwo25(bits, upper uint64) uint64 {
	n := bits&packedMask | bits<<8&(packedMask<<32) | upper&1<<24 | upper&2<<55
	return (n + (twoSigns - twoBiases25)) ^ twoSigns
}

// IsGap reports whether the numbers have not been set.
func (e *Packed25) IsGap() bool { return e.low&packedMask == 0 && e.word>>upperShift&1 == 0 }
