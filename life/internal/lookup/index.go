// Package lookup finds the entries of large hash tables, many at a time, so that
// the cache misses of a batch overlap.
//
// # Data layout
//
// Entries lie in a table of the caller's, numbered from 1. An [Index] beside it says
// where: open addressing over buckets of eight slots of 4 bytes, which is half a
// cache line and what the assembly compares at once.
//
//	slot    │ print │ moved │ number of the entry │   0 is an empty slot
//	bucket  8 slots, filled from the first; when full, the next bucket goes on
//
// A print is bits of the hash. A search reads an entry only where they agree, which
// misleads once in 2^(31-bits of a number). One that finds an empty slot reads none.
// An entry is moved when it lies behind its bucket, which was full; see Double.
//
// The number of buckets is arbitrary, so that a table can take just the memory that
// there is: the home of a hash is its fraction of 2^64 (Lemire, "Fast Random Integer
// Generation in an Interval", 2019).
//
// # Concurrency
//
// Slots only ever change from empty to full, by an atomic swap where there is more
// than one worker. Everything else is the caller's to guard.
package lookup

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"golife/life/internal/arena"
)

// bucket is the number of slots that are compared at once.
const bucket = 8

// Index finds entries by their hash. The zero value has no slots. A copy is good for
// looking up until the original is changed.
type Index struct {
	base    *uint32 // of the slots
	buckets uint64
	idMask  uint32 // the bits of a slot that are an entry's number
	slots   arena.Region[uint32]
}

// Slots of an index for n entries: searches stay short up to this load. With three quarters
// HashLife mispredicts 30 % more branches and takes 4 % more cycles, with four fifths 54 % and
// 5 %. With buckets of four slots, which are full more often, and two thirds it is 59 % and 9 %.
const (
	loadNum = 2
	loadDen = 3
)

// EntryBytes is what an index takes for each entry that it has room for.
const EntryBytes = 4 * loadDen / loadNum

// Reset empties an index and gives it room for entries with numbers from 1 to below n,
// which is 2^31 at most.
func (x *Index) Reset(n int) {
	x.idMask = 1<<bits.Len(uint(n-1)) - 1
	x.resize((n*loadDen + loadNum*bucket - 1) / (loadNum * bucket))
	clear(x.slots.Slice())
}

// reserved is the number of slots that can be had without moving.
const reserved = 1 << (20 + 11*(bits.UintSize/64))

func (x *Index) resize(buckets int) {
	if x.base == nil {
		x.slots = arena.NewRegion[uint32](reserved)
	}
	x.slots.Resize(buckets * bucket)
	x.base, x.buckets = unsafe.SliceData(x.slots.Slice()), uint64(buckets)
}

// Scratch returns n bytes of zeros, at a cache line, that lie in the slots: until Reset the index is good
// for nothing else. It returns nil, and changes nothing, where it has fewer.
func (x *Index) Scratch(n int) []byte {
	if int64(n) > x.Bytes() {
		return nil
	}
	b := unsafe.Slice((*byte)(unsafe.Pointer(x.base)), n)
	clear(b)
	return b
}

// Free gives the memory of an index back; it has no slots then.
func (x *Index) Free() {
	x.slots.Free()
	*x = Index{}
}

// Bytes returns the memory of an index.
func (x *Index) Bytes() int64 { return 4 * bucket * int64(x.buckets) }

// Home returns the slot where the search for a hash begins, and its print: as many
// of the bits that follow those which are the home as a slot has room for.
func (x *Index) Home(hash uint64) (slot, print uint32) {
	h, l := bits.Mul64(hash, x.buckets)
	return uint32(h) * bucket, uint32(l>>32) &^ (2*x.idMask + 1)
}

// moved is the bit of a slot whose entry is moved.
func (x *Index) moved() uint32 { return x.idMask + 1 }

// Next returns the slot to go on with after slot i.
func (x *Index) Next(i uint32) uint32 {
	if i++; uint64(i) == x.buckets*bucket {
		return 0
	}
	return i
}

func (x *Index) slot(i uint32) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(x.base), 4*uintptr(i)))
}

// Candidate searches from slot i for a print and returns where it stopped: at an
// empty slot, entry 0, or at an entry whose hash may be the same.
func (x *Index) Candidate(print, i uint32) (slot, entry uint32) {
	for {
		e := atomic.LoadUint32(x.slot(i))
		if e == 0 || e&^(2*x.idMask+1) == print {
			return i, e & x.idMask
		}
		i = x.Next(i)
	}
}

// Put adds an entry to slot i, where Candidate found none from its home on, and reports
// whether it did: another worker may have been faster, unless there is one only.
func (x *Index) Put(i, home, print, entry uint32, isSolo bool) bool {
	e := print | entry
	if i-home >= bucket {
		e |= x.moved()
	}
	if isSolo {
		*x.slot(i) = e
		return true
	}
	return atomic.CompareAndSwapUint32(x.slot(i), 0, e)
}

// put adds an entry to the first empty slot from its home on.
func (x *Index) put(home, print, entry uint32, isSolo bool) {
	i := home
	for atomic.LoadUint32(x.slot(i)) != 0 || !x.Put(i, home, print, entry, isSolo) {
		i = x.Next(i)
	}
}

// kept keeps look-ahead loads from being optimised away.
var kept uint32
