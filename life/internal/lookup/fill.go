package lookup

import (
	"sync/atomic"
	"unsafe"
)

// Fill adds the entries from first to below end that are not gaps, none of which may
// be in the index yet. hash tells the hashes of up to 64 entries from one on; it returns a bit
// for each that is a gap. Several workers may fill parts of one index, if none says that it is
// the only one. Cost: some 40 instructions an entry, beside what hash takes; the cache
// misses of a batch overlap.
func (x *Index) Fill(first, end int, isSolo bool, hash func(first uint32, hashes []uint64) (gaps uint64)) {
	var hashes [batch]uint64
	x.fill(first, end, isSolo, func(first uint32, n int, to *[batch]addition) (int, uint32) {
		gaps := hash(first, hashes[:n])
		return homes(x, first, hashes[:n], gaps, to)
	})
}

// Fill24 is Fill for a table as Search24 wants it. Entries of zeros are gaps.
func (x *Index) Fill24(first, end int, isSolo bool, base unsafe.Pointer) {
	x.fill(first, end, isSolo, func(first uint32, n int, to *[batch]addition) (int, uint32) {
		return homes24(x, first, n, base, to)
	})
}

// FillPacked is Fill for a table of packed entries. Entry 0 is none.
func (x *Index) FillPacked(first, end int, isSolo bool, base unsafe.Pointer) {
	x.fill(max(first, 1), end, isSolo, func(first uint32, n int, to *[batch]addition) (int, uint32) {
		return homesPacked(x, first, n, base, to)
	})
}

// FillPacked25 is FillPacked for a table of Packed25.
func (x *Index) FillPacked25(first, end int, isSolo bool, base unsafe.Pointer) {
	x.fill(max(first, 1), end, isSolo, func(first uint32, n int, to *[batch]addition) (int, uint32) {
		return homesPacked25(x, first, n, base, to)
	})
}

// batch is how many entries are on their way into an index together.
const batch = 64

// addition is an entry on its way into an index: its home, which has been asked for, in the
// lower half, and what its slot will be in the upper one.
type addition uint64

// fill is Fill with what lists up to a batch of entries from one on, but for gaps, and asks for
// their homes. It returns how many it listed, and a number that is kept, see Prefetch16.
func (x *Index) fill(first, end int, isSolo bool, list func(first uint32, n int, to *[batch]addition) (int, uint32)) {
	var two [2][batch]addition
	now, next := &two[0], &two[1]
	listed, touched := 0, uint32(0)
	for i := first; i < end; i, now, next = i+batch, next, now {
		n, touch := list(uint32(i), min(batch, end-i), next)
		x.addAll(now[:listed], isSolo)
		listed = n
		touched += touch
	}
	x.addAll(now[:listed], isSolo)
	atomic.AddUint32(&kept, touched)
}

// addAll puts entries into an index.
func (x *Index) addAll(a []addition, isSolo bool) {
	if isSolo {
		x.addSolo(a)
		return
	}
	for _, e := range a {
		x.putAddition(e, false)
	}
}

// addSoloGo is Index.addSolo in plain Go: it puts entries into an index, as the only one
// that does.
func (x *Index) addSoloGo(a []addition) {
	for _, e := range a {
		// How many of a bucket's slots are full is as good as random, so that there is
		// no branch on it but for all.
		b := (*[bucket]uint32)(unsafe.Pointer(x.slot(uint32(e))))
		n := uint32(0)
		for _, slot := range b {
			n += isFull(slot)
		}
		if n < bucket {
			b[n] = uint32(e >> 32)
			continue
		}
		x.putAddition(e, true)
	}
}

// isFull returns 1 for a slot that has an entry, else 0.
func isFull(slot uint32) uint32 { return (slot | -slot) >> 31 }

func (x *Index) putAddition(a addition, isSolo bool) {
	slot := uint32(a >> 32)
	x.put(uint32(a), slot&^(2*x.idMask+1), slot&x.idMask, isSolo)
}

// addition returns an entry with its home.
func (x *Index) addition(hash uint64, entry uint32) addition {
	home, print := x.Home(hash)
	return addition(home) | addition(print|entry)<<32
}

// homesGo is homes in plain Go.
func homesGo(x *Index, first uint32, hashes []uint64, gaps uint64, to *[batch]addition) (n int, touched uint32) {
	for k, h := range hashes {
		to[n] = x.addition(h, first+uint32(k))
		n += int(^gaps >> k & 1)
	}
	return n, x.touch(to[:n])
}

// homes24Go is homes24 in plain Go.
func homes24Go(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (_ int, touched uint32) {
	return homesOf(x, first, n, 24, base, to, func(e unsafe.Pointer) (north, south uint64, isGap bool) {
		w := (*[2]uint64)(e)
		return w[0], w[1], w[0]|w[1] == 0
	})
}

// homesPackedGo is homesPacked in plain Go.
func homesPackedGo(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (_ int, touched uint32) {
	return homesOf(x, first, n, unsafe.Sizeof(Packed{}), base, to, func(p unsafe.Pointer) (north, south uint64, isGap bool) {
		e := (*Packed)(p)
		north, south = e.Get()
		return north, south, e.IsGap()
	})
}

// homesPacked25Go is homesPacked25 in plain Go.
func homesPacked25Go(x *Index, first uint32, n int, base unsafe.Pointer, to *[batch]addition) (_ int, touched uint32) {
	return homesOf(x, first, n, unsafe.Sizeof(Packed25{}), base, to, func(p unsafe.Pointer) (north, south uint64, isGap bool) {
		e := (*Packed25)(p)
		north, south = e.Get()
		return north, south, e.IsGap()
	})
}

// homesOf is homes for entries of some size.
func homesOf(x *Index, first uint32, n int, size uintptr, base unsafe.Pointer, to *[batch]addition, get func(unsafe.Pointer) (north, south uint64, isGap bool)) (_ int, touched uint32) {
	var hashes [batch]uint64
	gaps := uint64(0)
	for k := range hashes[:n] {
		north, south, isGap := get(unsafe.Add(base, size*(uintptr(first)+uintptr(k))))
		hashes[k] = Hash(north, south)
		if isGap {
			gaps |= 1 << k
		}
	}
	return homesGo(x, first, hashes[:n], gaps, to)
}

// touch loads the homes of entries; see prefetchLoads.
func (x *Index) touch(a []addition) (sum uint32) {
	for _, e := range a {
		sum += atomic.LoadUint32(x.slot(uint32(e)))
	}
	return sum
}
