package lookup

import "sync/atomic"

// Packed is an entry of 16 bytes, of which four lie in a cache line and none in two:
//
//	byte  0    3    6    9    12
//	      │ nw │ ne │ sw │ se │ Word │
//
// The four numbers have 24 bits each, and packedBias added, so that zeros are no entry.
// The word is the caller's.
type Packed struct {
	low  uint64
	high uint32
	Word uint32
}

const (
	packedBias = 1 << 21
	packedMask = 1<<24 - 1

	// MaxPacked is the number of numbers from 0 on that fit a Packed.
	MaxPacked = 1<<24 - packedBias
	// MaxPackedBelow is the number of those below 0, from -1 down, that do.
	MaxPackedBelow = packedBias - 1
)

// pack returns what stands for a number.
func pack(n uint32) uint32 { return (n + packedBias) & packedMask }

// unpack returns the number that the lower 24 bits stand for.
func unpack(bits uint32) uint32 { return bits&packedMask - packedBias }

// PackWord returns a word of 8 bits, the upper ones, and a number.
func PackWord(upper, n uint32) uint32 { return upper<<24 | pack(n) }

// UnpackWord returns the two parts of a word.
func UnpackWord(w uint32) (upper, n uint32) { return w >> 24, unpack(w) }

// Lower returns the number alone, also while others look at the word.
func (e *Packed) Lower() uint32 { return unpack(atomic.LoadUint32(&e.Word)) }

// Get returns the numbers, in the order nw, ne of north and sw, se of south: the first of
// each is the lower half.
func (e *Packed) Get() (north, south uint64) {
	return unpackTwo(e.low), unpackTwo(e.low>>48 | uint64(e.high)<<16)
}

// Set sets the numbers; see Get.
func (e *Packed) Set(north, south uint64) {
	n, s := packTwo(north), packTwo(south)
	e.low = n | s<<48
	e.high = uint32(s >> 16)
}

// Constants for the two halves of a word at once, of which none carries into the other.
const (
	twoBiases = packedBias | packedBias<<32
	twoMasks  = packedMask | packedMask<<32
	twoSigns  = 1<<31 | 1<<63
)

// packTwo is pack for the halves of a word. It takes 48 bits.
func packTwo(n uint64) uint64 {
	n = (n&twoMasks + twoBiases) & twoMasks
	return n&packedMask | n>>8&(packedMask<<24)
}

// unpackTwo is unpack for the lower 48 bits of a word.
func unpackTwo(bits uint64) uint64 {
	n := bits&packedMask | bits<<8&(packedMask<<32)
	return (n + (twoSigns - twoBiases)) ^ twoSigns
}

// IsGap reports whether the numbers have not been set.
func (e *Packed) IsGap() bool { return e.low|uint64(e.high) == 0 }
