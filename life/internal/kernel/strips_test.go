package kernel

import (
	"slices"
	"testing"

	"golife/life/internal/impl"
)

// TestStrips: rows beyond strips, with and without something beyond the outermost; what is
// around dst stays.
func TestStrips(t *testing.T) {
	rnd := seeded(t)
	impl.TestAll(t, "kernel", func(t *testing.T) {
		for vectors := range 20 {
			n := VectorWords * vectors
			src, beyond, all := make([]uint64, n), make([]uint64, n), make([]uint64, n+2*VectorWords)
			for _, words := range [][]uint64{src, beyond, all} {
				for i := range words {
					words[i] = rnd.Uint64()
				}
			}
			for _, b := range [][]uint64{beyond, nil} {
				for _, isSouth := range []bool{false, true} {
					want := slices.Clone(all)
					for i := range n {
						l, by := i%VectorWords, -1
						if isSouth {
							by = 1
						}
						switch {
						case l+by >= 0 && l+by < VectorWords:
							want[VectorWords+i] = src[i+by]
						case b == nil:
							want[VectorWords+i] = 0
						default:
							want[VectorWords+i] = b[i-3*by]
						}
					}
					got := slices.Clone(all)
					if dst := got[VectorWords:][:n]; isSouth {
						StripsSouth(dst, src, b)
					} else {
						StripsNorth(dst, src, b)
					}
					if !slices.Equal(got, want) {
						t.Fatalf("%d vectors, beyond %v, south %v: got %x, want %x", vectors, b != nil, isSouth, got, want)
					}
				}
			}
		}
	})
}
