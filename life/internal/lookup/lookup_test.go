package lookup

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"golife/life/internal/impl"
)

// entry is an entry of 24 bytes, as Search24 wants.
type entry struct{ north, south, other uint64 }

// table is a filled table with its index.
func table(r *rand.Rand, n, room int) ([]entry, Index) {
	entries := make([]entry, room+1)
	var x Index
	x.Reset(room + 1)
	for i := range entries[:n+1] {
		entries[i] = entry{north: numbers(r), south: uint64(i)}
	}
	entries[0] = entry{}
	hash := each(func(i uint32) (uint64, bool) { return Hash(entries[i].north, entries[i].south), i > 0 })
	half := r.IntN(n + 1)
	x.Fill(0, half, true, hash)
	x.Fill(half, n+1, false, hash)
	return entries, x
}

// each makes what Fill wants of a function that tells the hash of one entry, false for a gap.
func each(hash func(i uint32) (uint64, bool)) func(first uint32, hashes []uint64) (gaps uint64) {
	return func(first uint32, hashes []uint64) (gaps uint64) {
		for k := range hashes {
			h, ok := hash(first + uint32(k))
			if hashes[k] = h; !ok {
				gaps |= 1 << k
			}
		}
		return gaps
	}
}

// numbers returns two numbers that a Packed has room for.
func numbers(r *rand.Rand) uint64 {
	number := func() uint32 {
		if r.IntN(4) == 0 {
			return -(1 + r.Uint32N(MaxPackedBelow))
		}
		return r.Uint32N(MaxPacked)
	}
	return uint64(number()) | uint64(number())<<32
}

// packed returns entries as packed ones.
func packed(entries []entry) []Packed {
	p := make([]Packed, len(entries))
	for i, e := range entries {
		p[i].Set(e.north, e.south)
	}
	return p
}

// What is packed is unpacked, and is no gap.
func TestPacked(t *testing.T) {
	r := seeded(t)
	edges := []uint32{0, 1, MaxPacked - 1, ^uint32(0), 1<<32 - MaxPackedBelow}
	for _, a := range edges {
		for _, b := range edges {
			for _, other := range []uint64{0, numbers(r)} {
				both := uint64(a) | uint64(b)<<32
				e, f := Packed{Word: 7}, Packed{}
				e.Set(both, other)
				f.Set(other, both)
				if n, s := e.Get(); n != both || s != other || e.Word != 7 || e.IsGap() {
					t.Errorf("%x %x became %x %x", both, other, n, s)
				}
				if n, s := f.Get(); n != other || s != both || f.IsGap() {
					t.Errorf("%x %x became %x %x", other, both, n, s)
				}
			}
		}
		if upper, n := Word24.Split(Word24.With(r.Uint32(), 0x81, a)); upper != 0x81 || n != a {
			t.Errorf("81 and %x became %x and %x", a, upper, n)
		}
	}
	if !new(Packed).IsGap() {
		t.Error("zeros are no gap")
	}
}

func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0))
}

// Each entry is found and no other, at any load and size, by both searches.
func TestSearch(t *testing.T) { impl.TestAll(t, "lookup", testSearch) }

func testSearch(t *testing.T) {
	r := seeded(t)
	for _, room := range []int{1, 2, 3, 5, 17, 100, 1000, 50_000} {
		for _, n := range []int{0, room / 2, room} {
			entries, x := table(r, n, room)
			var batch []Probe
			for i := range 2*n + 3 {
				batch = append(batch, Probe{North: entries[i%(n+1)].north, South: uint64(i)})
			}
			plain := append([]Probe(nil), batch...)
			small := append([]Probe(nil), batch...)
			pack := packed(entries)
			for first, last := 0, 0; first < len(batch); first = last {
				last = min(first+r.IntN(257), len(batch))
				want := compareSearches(t, &x, batch[first:last], plain[first:last], entries)
				search := [](func(*Index, []Probe, unsafe.Pointer, *[256]uint8) ([]uint8, uint32)){SearchPacked, searchPackedGo}[r.IntN(2)]
				got, _ := search(&x, small[first:last], unsafe.Pointer(&pack[0]), new([256]uint8))
				if !slices.Equal(got, want) || !slices.Equal(small[first:last], plain[first:last]) {
					t.Fatalf("room %d, %d entries: of the packed ones %v are at another, want %v", room, n, got, want)
				}
			}
			for i, p := range batch {
				if p != plain[i] {
					t.Fatalf("room %d, %d entries, probe %d: %+v, in plain Go %+v", room, n, i, p, plain[i])
				}
				if got, want := lookUp(&x, entries, p), i > 0 && i <= n; (got == uint32(i)) != want && i > 0 {
					t.Fatalf("room %d, %d entries: found %d for %d", room, n, got, i)
				}
			}
			hashed := append([]Probe(nil), plain...)
			for i := range hashed {
				hashed[i] = Probe{North: Hash(plain[i].North, plain[i].South), South: plain[i].South}
			}
			leaves := unsafe.Pointer(&make([][4]uint64, room+1)[0])
			for _, search := range []func(*Index, []Probe, unsafe.Pointer) uint32{Search32, search32Go} {
				search(&x, hashed, leaves)
				for i, p := range hashed {
					if p.North = plain[i].North; p != plain[i] {
						t.Fatalf("room %d, %d entries, hashed probe %d: %+v, want %+v", room, n, i, p, plain[i])
					}
				}
			}
			x.Free()
		}
	}
}

// compareSearches searches for equal probes with and without assembly, and wants the same
// of both: that those listed, and no others, are at another entry.
func compareSearches(t *testing.T, x *Index, p, plain []Probe, entries []entry) []uint8 {
	t.Helper()
	var a, b [256]uint8
	got, _ := Search24(x, p, unsafe.Pointer(&entries[0]), &a)
	want, _ := search24Go(x, plain, unsafe.Pointer(&entries[0]), &b)
	if !slices.Equal(got, want) {
		t.Fatalf("of %d probes %v are at another entry, in plain Go %v", len(p), got, want)
	}
	for k, q := range p {
		e := entries[q.Guess]
		if is := e.north != q.North || e.south != q.South; is != slices.Contains(got, uint8(k)) {
			t.Fatalf("probe %d of %d, %+v: is at another entry: %v; listed: %v", k, len(p), q, is, got)
		}
	}
	return got
}

// lookUp goes on from where a search stopped.
func lookUp(x *Index, entries []entry, p Probe) uint32 {
	for slot, i := p.Slot, p.Guess; ; {
		if i == 0 || entries[i].north == p.North && entries[i].south == p.South {
			return i
		}
		slot, i = x.Candidate(p.Print, x.Next(slot))
	}
}

// What is put where a candidate was looked for is found from then on.
func TestPut(t *testing.T) {
	r := seeded(t)
	const n = 1000
	entries, x := table(r, 0, n)
	defer x.Free()
	for i := uint32(1); i <= n; i++ {
		entries[i] = entry{north: r.Uint64(), south: 5}
		home, print := x.Home(Hash(entries[i].north, entries[i].south))
		slot, c := x.Candidate(print, home)
		for c != 0 {
			slot, c = x.Candidate(print, x.Next(slot))
		}
		if !x.Put(slot, home, print, i, i%2 == 0) {
			t.Fatalf("Put(%d) failed", i)
		}
		if x.Put(slot, home, print, i, false) {
			t.Fatalf("slot %d was taken twice", slot)
		}
	}
	for i := uint32(1); i <= n; i++ {
		p := []Probe{{North: entries[i].north, South: 5}}
		Search24(&x, p, unsafe.Pointer(&entries[0]), new([256]uint8))
		if got := lookUp(&x, entries, p[0]); got != i {
			t.Fatalf("found %d for %d", got, i)
		}
	}
}

// An index that was doubled holds what one does that was made of that size, whatever
// its load, and entries that lie behind the end of their bucket's too.
func TestDouble(t *testing.T) {
	r := seeded(t)
	for _, room := range []int{1, 2, 3, 8, 24, 1000, 4096, 20_000} {
		for range max(2, min(20, 20_000/room)) {
			n := r.IntN(room + 1)
			entries, x := table(r, n, room)
			entries = append(entries, make([]entry, 8*room)...)
			if room <= 1000 && r.IntN(2) == 0 { // one long row of full buckets across the end
				clash(&x, entries[:n+1], room+1)
			}
			for range 3 {
				soil(&x)
				hash := func(i uint32) uint64 { return Hash(entries[i].north, entries[i].south) }
				x.Double(1+r.IntN(3), hash, func(ids []uint32) uint32 { return Prefetch24(unsafe.Pointer(&entries[0]), ids) })
				for grown := min(n+room/2, len(entries)-1); n < grown; {
					n++
					entries[n] = entry{north: r.Uint64(), south: uint64(n)}
					home, print := x.Home(Hash(entries[n].north, entries[n].south))
					x.put(home, print, uint32(n), true)
				}
				wantAll(t, &x, entries[:n+1])
				room *= 2
			}
			room /= 8
			x.Free()
		}
	}
}

// soil writes on what lies behind the slots of x. The whole pages of that are given back at
// once; the rest is what an index that has shrunk leaves there.
func soil(x *Index) {
	n := len(x.slots.Slice())
	x.slots.Resize(2 * n)
	for i := range x.slots.Slice()[n:] {
		x.slots.Slice()[n+i] = uint32(i) | 1
	}
	x.slots.Resize(n)
}

// clash changes entries so that most have one of the last homes, and fills x with them.
func clash(x *Index, entries []entry, room int) {
	for i := 1; i < len(entries); i++ {
		for range 500 {
			entries[i].north++
			if home, _ := x.Home(Hash(entries[i].north, entries[i].south)); uint64(home) >= (x.buckets-1)*bucket {
				break
			}
		}
	}
	x.Reset(room)
	x.Fill(1, len(entries), true, each(func(i uint32) (uint64, bool) { return Hash(entries[i].north, entries[i].south), true }))
}

// wantAll wants all entries in the index, once.
func wantAll(t *testing.T, x *Index, entries []entry) {
	t.Helper()
	times := make([]int, len(entries))
	for i := range uint32(x.buckets * bucket) {
		times[*x.slot(i)&x.idMask]++
	}
	for i, e := range entries {
		if i == 0 {
			continue
		}
		p := []Probe{{North: e.north, South: e.south}}
		Search24(x, p, unsafe.Pointer(&entries[0]), new([256]uint8))
		if got := lookUp(x, entries, p[0]); got != uint32(i) || times[i] != 1 {
			t.Fatalf("%d entries, %d buckets: found %d for %d, which is there %d times", len(entries)-1, x.buckets, got, i, times[i])
		}
	}
}

// The homes of small and of consecutive ids, which is what nodes are made of, must
// spread as random ones do: buckets of eight are the measure that searches feel.
func TestHashSpreads(t *testing.T) {
	const side = 64
	var x Index
	x.Reset(side * side * side)
	defer x.Free()
	full := map[uint32]int{}
	prints := map[uint32]int{}
	n := 0
	for a := range uint64(side) {
		for b := range uint64(side) {
			for c := range uint64(side) {
				h := Hash(a|b<<32, c|(a+1)<<32)
				home, print := x.Home(h)
				full[home]++
				prints[print]++
				n++
			}
		}
	}
	// The number of homes of a bucket, if homes were random, is Poisson's.
	crowded := 0
	for _, k := range full {
		if k > 8 {
			crowded++
		}
	}
	mean := float64(n) / float64(x.buckets)
	term, want := math.Exp(-mean), 1.0
	for k := range 9 {
		want -= term
		term *= mean / float64(k+1)
	}
	if share := float64(crowded) / float64(x.buckets); share > 1.3*want {
		t.Errorf("%.2f %% of the buckets are home to more than eight, want %.2f %%", 100*share, 100*want)
	}
	if most := 1 << 14 / 2; len(prints) < most/4 {
		t.Errorf("%d different prints, want thousands", len(prints))
	}
}

func BenchmarkSearch(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1 << 12, 1 << 16, 1 << 21} {
		entries, x := table(r, n, n)
		defer x.Free()
		b.Run(fmt.Sprintf("entries=%d/impl=default", n), func(b *testing.B) { benchmarkSearch(b, &x, entries, Search24) })
		b.Run(fmt.Sprintf("entries=%d/impl=generic", n), func(b *testing.B) { benchmarkSearch(b, &x, entries, search24Go) })
	}
}

// benchmarkSearch searches for entries that are there, in no order.
func benchmarkSearch(b *testing.B, x *Index, entries []entry, search func(*Index, []Probe, unsafe.Pointer, *[256]uint8) ([]uint8, uint32)) {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]Probe, 80*200)
	for k := range all {
		e := entries[r.IntN(len(entries)-1)+1]
		all[k] = Probe{North: e.north, South: e.south}
	}
	var others [256]uint8
	for b.Loop() {
		for k := 0; k < len(all); k += 80 {
			_, touched := search(x, all[k:k+80], unsafe.Pointer(&entries[0]), &others)
			kept += touched
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(all)), "ns/probe")
}

// BenchmarkDouble doubles a full index, in place and from nothing.
func BenchmarkDouble(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const n = 1 << 20
	entries, x := table(r, n, n)
	defer x.Free()
	entries[0] = entry{}
	hash := func(i uint32) uint64 { return Hash(entries[i].north, entries[i].south) }
	fetch := func(ids []uint32) uint32 { return Prefetch24(unsafe.Pointer(&entries[0]), ids) }
	fill := func(room int) {
		x.Reset(room)
		x.Fill24(0, n+1, true, unsafe.Pointer(&entries[0]))
	}
	report := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/entry")
	}
	b.Run("in=place", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			fill(n)
			b.StartTimer()
			x.Double(1, hash, fetch)
		}
		report(b)
	})
	b.Run("in=order", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			fill(n)
			x.Free()
			b.StartTimer()
			fill(2 * n)
		}
		report(b)
	})
}
