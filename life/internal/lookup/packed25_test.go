package lookup

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"golife/life/internal/impl"
)

// edges25 are numbers whose bits are most, or least: of those that a Packed25 has room for, and of
// their lower 24 bits.
var edges25 = []uint32{0, 1, Max25 - 1, ^uint32(0), 1<<32 - Max25Below,
	1<<24 - bias25, 1<<24 - bias25 - 1, 1<<24 - bias25 + 1, MaxPacked, 1<<32 - MaxPackedBelow}

// numbers25 returns two numbers that a Packed25 has room for.
func numbers25(r *rand.Rand) uint64 {
	number := func() uint32 {
		switch r.IntN(8) {
		case 0, 1:
			return -(1 + r.Uint32N(Max25Below))
		case 2:
			return edges25[r.IntN(len(edges25))]
		}
		return r.Uint32N(Max25)
	}
	return uint64(number()) | uint64(number())<<32
}

// What is packed is unpacked, is no gap, and is not changed by the caller's part of the word.
func TestPacked25(t *testing.T) {
	r := seeded(t)
	for _, a := range edges25 {
		for _, b := range edges25 {
			for _, other := range []uint64{0, numbers25(r), uint64(a) | uint64(a)<<32} {
				both := uint64(a) | uint64(b)<<32
				for _, want := range [][2]uint64{{both, other}, {other, both}} {
					var e Packed25
					e.word = r.Uint32()
					e.Set(want[0], want[1])
					upper, n := r.Uint32N(Word25.Upper+1), uint32(numbers25(r))
					*e.Word() = Word25.With(*e.Word(), upper, n)
					if north, south := e.Get(); north != want[0] || south != want[1] || e.IsGap() {
						t.Errorf("%x became %x %x, a gap: %v", want, north, south, e.IsGap())
					}
					if u, m := Word25.Split(*e.Word()); u != upper || m != n {
						t.Errorf("%d and %x became %d and %x", upper, n, u, m)
					}
				}
			}
		}
	}
	if !new(Packed25).IsGap() {
		t.Error("zeros are no gap")
	}
}

// entries25 makes a table in both layouts, with an index. Gaps are one in some; 0 is no gaps.
func entries25(r *rand.Rand, n, oneIn int) ([]entry, []Packed25) {
	wide, packed := make([]entry, n+1), make([]Packed25, n+1)
	packed[0].Set(0, 0)
	for i := 1; i <= n; i++ {
		if oneIn > 0 && r.IntN(oneIn) == 0 {
			*packed[i].Word() = r.Uint32() &^ (15 << upperShift)
			continue
		}
		wide[i] = entry{north: numbers25(r), south: uint64(i)}
		packed[i].Set(wide[i].north, wide[i].south)
		*packed[i].Word() = Word25.With(*packed[i].Word(), r.Uint32N(Word25.Upper+1), uint32(numbers25(r)))
	}
	return wide, packed
}

// A search among packed entries finds what it does among others, with assembly and without; and so
// an index is filled.
func TestSearch25(t *testing.T) {
	impl.TestAll(t, "lookup", func(t *testing.T) {
		r := seeded(t)
		for _, n := range []int{1, 2, 5, 100, 3000} {
			wide, packed := entries25(r, n, r.IntN(4))
			base, packedBase := unsafe.Pointer(&wide[0]), unsafe.Pointer(&packed[0])
			var x, y Index
			x.Reset(n + 1)
			x.Fill24(0, n+1, true, base)
			y.Reset(n + 1)
			half := r.IntN(n + 2)
			y.FillPacked25(0, half, true, packedBase)
			y.FillPacked25(half, n+1, r.IntN(2) == 0, packedBase)
			if !slices.Equal(x.slots.Slice(), y.slots.Slice()) {
				t.Fatalf("%d entries: another index of packed ones", n)
			}
			for range 20 {
				probes := make([]Probe, r.IntN(257))
				for k := range probes {
					e := wide[r.IntN(n+1)]
					probes[k] = Probe{North: e.north, South: e.south ^ r.Uint64N(2)}
				}
				plain, asm := slices.Clone(probes), slices.Clone(probes)
				want, _ := Search24(&x, probes, base, new([256]uint8))
				for _, got := range []func() []uint8{
					func() []uint8 { o, _ := SearchPacked25(&x, asm, packedBase, new([256]uint8)); return o },
					func() []uint8 { o, _ := searchPacked25Go(&x, plain, packedBase, new([256]uint8)); return o },
				} {
					if o := got(); !slices.Equal(o, want) {
						t.Fatalf("%d entries: of the packed ones %v are at another, want %v", n, o, want)
					}
				}
				if !slices.Equal(asm, probes) || !slices.Equal(plain, probes) {
					t.Fatalf("%d entries: other probes of packed ones", n)
				}
			}
			x.Free()
			y.Free()
		}
	})
}

// Entries are listed the same way in plain Go.
func TestHomes25(t *testing.T) {
	r := seeded(t)
	var x Index
	defer x.Free()
	x.crowd(1<<25, 1000)
	for range 200 {
		_, packed := entries25(r, batch, r.IntN(4))
		first := uint32(1 + r.IntN(batch))
		n := 1 + r.IntN(batch+1-int(first))
		var asm, plain [batch]addition
		a, _ := homesPacked25(&x, first, n, unsafe.Pointer(&packed[0]), &asm)
		b, _ := homesPacked25Go(&x, first, n, unsafe.Pointer(&packed[0]), &plain)
		if !slices.Equal(asm[:a], plain[:b]) {
			t.Fatalf("of %d entries from %d on %x are listed, in plain Go %x", n, first, asm[:a], plain[:b])
		}
	}
}
