package lookup

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"unsafe"
)

// filled is a table in all layouts that an index can be filled from, with gaps.
type filled struct {
	wide   []entry
	packed []Packed
}

// tableWithGaps returns entries 1 to n, of which about one in a number of them is a gap; 0 is
// none. Some are the numbers that are next to being gaps.
func tableWithGaps(r *rand.Rand, n, oneIn int) filled {
	f := filled{make([]entry, n+1), make([]Packed, n+1)}
	f.packed[0].Set(0, 0)
	for i := 1; i <= n; i++ {
		switch {
		case oneIn > 0 && r.IntN(oneIn) == 0:
			f.wide[i].other, f.packed[i].Word = r.Uint64(), r.Uint32()
			continue
		case r.IntN(8) == 0:
			f.wide[i].north = 1<<32 - MaxPackedBelow + uint64(i)<<32
		case r.IntN(8) == 0:
			f.wide[i].south = uint64(i)
		case r.IntN(8) == 0:
			f.wide[i].north = uint64(i) << 32
		default:
			f.wide[i].north, f.wide[i].south = numbers(r), numbers(r)
		}
		f.packed[i].Set(f.wide[i].north, f.wide[i].south)
	}
	return f
}

func (f *filled) isGap(i uint32) bool { return f.wide[i].north|f.wide[i].south == 0 }

func (f *filled) hash(i uint32) uint64 { return Hash(f.wide[i].north, f.wide[i].south) }

// fills are the ways to fill an index.
func (f *filled) fills() map[string]func(x *Index, first, end int, isSolo bool) {
	return map[string]func(x *Index, first, end int, isSolo bool){
		"hashed": func(x *Index, first, end int, isSolo bool) {
			x.Fill(first, end, isSolo, each(func(i uint32) (uint64, bool) { return f.hash(i), !f.isGap(i) }))
		},
		"24": func(x *Index, first, end int, isSolo bool) {
			x.Fill24(first, end, isSolo, unsafe.Pointer(&f.wide[0]))
		},
		"packed": func(x *Index, first, end int, isSolo bool) {
			x.FillPacked(first, end, isSolo, unsafe.Pointer(&f.packed[0]))
		},
	}
}

// crowd makes an index an empty one of so many buckets, for numbers to below n. Tests use few
// indexes for many tables, since each sets address space aside, which is slow under emulation.
func (x *Index) crowd(n, buckets int) {
	x.idMask = 1<<bits.Len(uint(n-1)) - 1
	x.resize(buckets)
	clear(x.slots.Slice())
}

// An index is filled with each entry but gaps, in its place, at any load and by any number of
// workers: what an index holds to which they are put one by one.
func TestFill(t *testing.T) {
	r := seeded(t)
	var x, want Index
	defer x.Free()
	defer want.Free()
	for range 300 {
		n := 1 + r.IntN(1+r.IntN(400))
		f := tableWithGaps(r, n, r.IntN(4))
		buckets := n/bucket + 1 + r.IntN(1+n/bucket) // one slot is empty, or more
		want.crowd(n+1, buckets)
		for i := uint32(1); i <= uint32(n); i++ {
			if home, print := want.Home(f.hash(i)); !f.isGap(i) {
				want.put(home, print, i, true)
			}
		}
		for name, fill := range f.fills() {
			x.crowd(n+1, buckets)
			half := r.IntN(n + 2)
			fill(&x, 0, half, true)
			fill(&x, half, n+1, r.IntN(2) == 0)
			if !slices.Equal(x.slots.Slice(), want.slots.Slice()) {
				t.Fatalf("%s: %d entries in %d buckets:\n%x, want\n%x", name, n, buckets, x.slots.Slice(), want.slots.Slice())
			}
		}
	}
}

// Entry 0 is not added, though its bucket is full.
func TestFillNothing(t *testing.T) {
	var x Index
	defer x.Free()
	x.crowd(bucket+2, 2)
	for i := range uint32(bucket) {
		x.put(0, 0, i+1, true)
	}
	want := slices.Clone(x.slots.Slice())
	f := tableWithGaps(seeded(t), 1, 1)
	for name, fill := range f.fills() {
		fill(&x, 0, 1, true)
		fill(&x, 0, 2, false)
		if !slices.Equal(x.slots.Slice(), want) {
			t.Errorf("%s: slots are %x, want %x", name, x.slots.Slice(), want)
		}
	}
}

// Workers that fill an index together leave no entry out, and none twice.
func TestFillTogether(t *testing.T) {
	r := seeded(t)
	const n = 3000
	f := tableWithGaps(r, n, 5)
	var x Index
	defer x.Free()
	for name, fill := range f.fills() {
		x.crowd(n+1, n/bucket+1)
		var group sync.WaitGroup
		for k := range 3 {
			group.Go(func() { fill(&x, (n+1)*k/3, (n+1)*(k+1)/3, false) })
		}
		group.Wait()
		var times [n + 1]int
		for _, e := range x.slots.Slice() {
			times[e&x.idMask]++
		}
		for i := uint32(1); i <= n; i++ {
			home, print := x.Home(f.hash(i))
			slot, c := x.Candidate(print, home)
			for c != i && c != 0 {
				slot, c = x.Candidate(print, x.Next(slot))
			}
			if want := !f.isGap(i); (c == i) != want || (times[i] == 1) != want {
				t.Errorf("%s: entry %d is found: %v, and there %d times; want it: %v", name, i, c == i, times[i], want)
			}
		}
	}
}

// What fills an index lists and adds the same entries in plain Go.
func TestFillGo(t *testing.T) {
	r := seeded(t)
	const n = 1000
	var x, plain Index
	defer x.Free()
	defer plain.Free()
	for range 100 {
		f := tableWithGaps(r, n, r.IntN(4))
		x.crowd(1<<(10+r.IntN(21)), n/bucket+1+r.IntN(n))
		plain.crowd(int(x.idMask)+1, int(x.buckets))
		for first := 0; first <= n; {
			length := min(r.IntN(batch+1), n+1-first)
			listed := f.compareHomes(t, &x, uint32(first), length)
			x.addAll(listed, true)
			plain.addSoloGo(listed)
			first += length
		}
		if !slices.Equal(x.slots.Slice(), plain.slots.Slice()) {
			t.Fatalf("slots of %d buckets differ from those that plain Go fills", x.buckets)
		}
	}
}

// compareHomes lists entries of all layouts with and without assembly, of which it returns one.
func (f *filled) compareHomes(t *testing.T, x *Index, first uint32, n int) []addition {
	t.Helper()
	if n == 0 {
		return nil
	}
	var want [batch]addition
	hashes, gaps := make([]uint64, n), uint64(0)
	for k := range hashes {
		i := first + uint32(k)
		hashes[k] = f.hash(i)
		if f.isGap(i) {
			gaps |= 1 << k
		}
	}
	all, _ := homesGo(x, first, hashes, gaps, &want)
	check := func(name string, list func(to *[batch]addition) (int, uint32), want []addition) {
		to := [batch]addition{}
		if got, _ := list(&to); !slices.Equal(to[:got], want) {
			t.Fatalf("%s: of %d entries from %d on %x are listed, want %x", name, n, first, to[:got], want)
		}
	}
	wide, packed := unsafe.Pointer(&f.wide[0]), unsafe.Pointer(&f.packed[0])
	check("hashed", func(to *[batch]addition) (int, uint32) { return homes(x, first, hashes, gaps, to) }, want[:all])
	check("24", func(to *[batch]addition) (int, uint32) { return homes24(x, first, n, wide, to) }, want[:all])
	check("24 in Go", func(to *[batch]addition) (int, uint32) { return homes24Go(x, first, n, wide, to) }, want[:all])
	if first > 0 { // packed entry 0 is never listed
		check("packed", func(to *[batch]addition) (int, uint32) { return homesPacked(x, first, n, packed, to) }, want[:all])
		check("packed in Go", func(to *[batch]addition) (int, uint32) { return homesPackedGo(x, first, n, packed, to) }, want[:all])
	}
	return slices.Clone(want[:all])
}
