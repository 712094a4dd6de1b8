package kernel

import (
	"math/rand/v2"
	"testing"
)

func TestTranspose(t *testing.T) {
	t.Parallel()
	const seed = 3
	r := rand.New(rand.NewPCG(seed, seed))
	var m [64]uint64
	for y := range m {
		m[y] = r.Uint64()
	}
	turned := m
	Transpose(&turned)
	for y := range m {
		for x := range m {
			if m[y]>>x&1 != turned[x]>>y&1 {
				t.Fatalf("seed %d: cell %d, %d is not where it should be", seed, x, y)
			}
		}
	}
}

func TestTransposeBytes(t *testing.T) {
	var rows [8]uint64
	for i := range rows {
		rows[i] = rand.Uint64()
	}
	octets := rows
	TransposeBytes(&octets)
	for i := range 64 {
		x, y := i&7, i>>3
		if got, want := byte(octets[x]>>(8*y)), byte(rows[y]>>(8*x)); got != want {
			t.Errorf("row %d of octet %d is %x, want %x", y, x, got, want)
		}
	}
}
