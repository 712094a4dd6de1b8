package lookup

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// entry is an entry of 24 bytes, as Search24 wants.
type entry struct{ north, south, other uint64 }

// table is a filled table with its index.
func table(r *rand.Rand, n, room int) ([]entry, Index) {
	entries := make([]entry, room+1)
	x := New(room)
	for i := range entries[:n+1] {
		entries[i] = entry{north: r.Uint64() >> 32, south: uint64(i)}
	}
	hash := func(i uint32) (uint64, bool) { return Hash(entries[i].north, entries[i].south), i > 0 }
	half := r.IntN(n + 1)
	x.Fill(0, half, true, hash)
	x.Fill(half, n+1, false, hash)
	return entries, x
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
func TestSearch(t *testing.T) {
	r := seeded(t)
	for _, room := range []int{1, 2, 3, 5, 17, 100, 1000, 50_000} {
		for _, n := range []int{0, room / 2, room} {
			entries, x := table(r, n, room)
			base := unsafe.Pointer(&entries[0])
			var batch []Probe
			for i := range 2*n + 3 {
				batch = append(batch, Probe{North: entries[i%(n+1)].north, South: uint64(i)})
			}
			plain := append([]Probe(nil), batch...)
			search24Go(&x, plain, base)
			Search24(&x, batch, base)
			for i, p := range batch {
				if p != plain[i] {
					t.Fatalf("room %d, %d entries, probe %d: %+v, in plain Go %+v", room, n, i, p, plain[i])
				}
				if got, want := lookUp(&x, entries, p), i > 0 && i <= n; (got == uint32(i)) != want && i > 0 {
					t.Fatalf("room %d, %d entries: found %d for %d", room, n, got, i)
				}
			}
			hashed := append([]Probe(nil), plain...)
			Search32(&x, hashed, unsafe.Pointer(&make([][4]uint64, room+1)[0]))
			for i, p := range hashed {
				if p != plain[i] {
					t.Fatalf("room %d, %d entries, hashed probe %d: %+v, want %+v", room, n, i, p, plain[i])
				}
			}
			x.Free()
		}
	}
}

// lookUp goes on from where a search stopped.
func lookUp(x *Index, entries []entry, p Probe) uint32 {
	for slot, i := p.Slot, p.Guess; ; {
		if i == 0 || entries[i].north == p.North && entries[i].south == p.South {
			return i
		}
		slot, i = x.Candidate(p.Hash, x.Next(slot))
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
		h := Hash(entries[i].north, entries[i].south)
		slot, c := x.Candidate(h, x.Home(h))
		for c != 0 {
			slot, c = x.Candidate(h, x.Next(slot))
		}
		if !x.Put(slot, h, i, i%2 == 0) {
			t.Fatalf("Put(%d) failed", i)
		}
		if x.Put(slot, h, i, false) {
			t.Fatalf("slot %d was taken twice", slot)
		}
	}
	for i := uint32(1); i <= n; i++ {
		p := []Probe{{North: entries[i].north, South: 5}}
		Search24(&x, p, unsafe.Pointer(&entries[0]))
		if got := lookUp(&x, entries, p[0]); got != i {
			t.Fatalf("found %d for %d", got, i)
		}
	}
}

// The homes of small and of consecutive ids, which is what nodes are made of, must
// spread as random ones do: buckets of four are the measure that searches feel.
func TestHashSpreads(t *testing.T) {
	const side = 64
	x := New(side * side * side)
	defer x.Free()
	full := map[uint32]int{}
	prints := map[uint32]int{}
	n := 0
	for a := range uint64(side) {
		for b := range uint64(side) {
			for c := range uint64(side) {
				h := Hash(a|b<<32, c|(a+1)<<32)
				full[x.Home(h)]++
				prints[x.print(h)]++
				n++
			}
		}
	}
	// The number of buckets with k homes, if homes were random, is Poisson's; beyond
	// eight, three times the bucket, are 0.3 %.
	crowded := 0
	for _, k := range full {
		if k > 8 {
			crowded++
		}
	}
	if share := float64(crowded) / float64(x.buckets); share > 0.004 {
		t.Errorf("%.2f %% of the buckets are home to more than eight, want 0.3 %%", 100*share)
	}
	if want := 1 << 14 / 2; len(prints) < want/4 {
		t.Errorf("%d different prints, want thousands", len(prints))
	}
}

func BenchmarkSearch(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const n = 1 << 21
	entries, x := table(r, n, n)
	defer x.Free()
	var batch [80]Probe
	for _, c := range []struct {
		name   string
		search func(*Index, []Probe, unsafe.Pointer) uint32
	}{{"impl=default", Search24}, {"impl=generic", search24Go}} {
		b.Run(c.name, func(b *testing.B) {
			i := uint64(0)
			for b.Loop() {
				for k := range batch {
					i = i*6364136223846793005 + 1442695040888963407
					e := entries[i>>33%n+1]
					batch[k] = Probe{North: e.north, South: e.south}
				}
				kept += c.search(&x, batch[:], unsafe.Pointer(&entries[0]))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(batch)), "ns/probe")
		})
	}
}
