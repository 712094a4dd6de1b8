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
