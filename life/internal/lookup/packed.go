package lookup

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

// WordAt is where the word of a packed entry lies, in bytes from its start.
const WordAt = 12

// Word is how the word of a packed entry is divided into an upper number, and one that may be below
// 0. In a word of zeros the upper one is 0, and the other must not be asked for.
type Word struct {
	Shift       uint32 // of the upper number, below 32
	Upper, Rest uint32 // the bits of the upper number, once shifted, and of the other
	Bias        uint32 // is added to the other
	Kept        uint32 // bits that are neither's
}

// Word24 is how the word of a Packed is divided.
var Word24 = Word{Shift: 24, Upper: 1<<8 - 1, Rest: packedMask, Bias: packedBias}

// Split returns the two numbers of a word.
func (w *Word) Split(word uint32) (upper, n uint32) {
	return word >> (w.Shift & 31) & w.Upper, word&w.Rest - w.Bias
}

// With returns a word with other numbers.
func (w *Word) With(word, upper, n uint32) uint32 {
	return word&w.Kept | upper<<(w.Shift&31) | (n+w.Bias)&w.Rest
}

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

// packTwo returns what stands for the halves of a word, in 48 bits.
func packTwo(n uint64) uint64 {
	n = (n&twoMasks + twoBiases) & twoMasks
	return n&packedMask | n>>8&(packedMask<<24)
}

// unpackTwo returns the two numbers that the lower 48 bits of a word stand for.
func unpackTwo(bits uint64) uint64 {
	n := bits&packedMask | bits<<8&(packedMask<<32)
	return (n + (twoSigns - twoBiases)) ^ twoSigns
}

// IsGap reports whether the numbers have not been set.
func (e *Packed) IsGap() bool { return e.low|uint64(e.high) == 0 }
