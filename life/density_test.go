package life_test

import (
	"testing"

	"golife/life"
)

func TestDensity(t *testing.T) {
	for _, c := range []struct {
		n     uint64
		level int
		want  uint8
	}{
		{0, 1, 0}, {1, 1, 64}, {2, 1, 128}, {4, 1, 255}, {0, 200, 0},
		{1, 31, 1}, {1 << 62, 31, 255}, {1 << 62, 32, 64}, {1 << 63, 32, 128},
		{1 << 63, 63, 1}, {1<<64 - 1, 64, 1}, {1<<64 - 1, 1000, 1},
	} {
		if got := life.Density(c.n, c.level); got != c.want {
			t.Errorf("Density(%d, %d) = %d, want %d", c.n, c.level, got, c.want)
		}
	}
}
