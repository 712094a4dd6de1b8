package view

import (
	"math/big"
	"math/rand"
	randv2 "math/rand/v2"
	"testing"
)

func randSource(rng *randv2.Rand) *rand.Rand { return rand.New(rand.NewSource(rng.Int64())) }

// TestWindowAgreesWithToCell: the square under each dot holds the dot's cell,
// and squares are aligned as a Sampler wants them.
func TestWindowAgreesWithToCell(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, x, y int, _ *randv2.Rand) {
		w := c.Window()
		i := w.index(x, y)
		side := pow2(w.Level)
		at := func(first *big.Int, n int) *big.Int {
			v := new(big.Int).Mul(side, big.NewInt(int64(n)))
			return v.Add(v, first)
		}
		cx, cy := c.ToCell(x, y)
		if at(w.X, i%w.Width).Cmp(cx) != 0 || at(w.Y, i/w.Width).Cmp(cy) != 0 {
			t.Errorf("dot (%d, %d) is in square %d, want that of cell %v, %v", x, y, i, cx, cy)
		}
		if new(big.Int).Rem(w.X, side).Sign() != 0 || new(big.Int).Rem(w.Y, side).Sign() != 0 {
			t.Errorf("view at %v, %v is not aligned to 2^%d", w.X, w.Y, w.Level)
		}
		if last := w.index(c.w-1, c.h-1); last != w.Len()-1 {
			t.Errorf("the last dot is in square %d of %d", last, w.Len())
		}
	})
}

func TestProjectToTheSameWindowIsTheSame(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, _, _ int, rng *randv2.Rand) {
		w := c.Window()
		samples := make([]uint8, w.Len())
		for i := range samples {
			samples[i] = uint8(rng.Uint32())
		}
		if got := w.Project(&w, samples); string(got) != string(samples) {
			t.Error("samples changed")
		}
	})
}

// TestProject draws one live square and looks for it after moves of the camera.
func TestProject(t *testing.T) {
	from := NewCamera(40, 40)
	fw := from.Window()
	samples := make([]uint8, fw.Len())
	samples[fw.index(20, 20)] = 1
	tests := []struct {
		name string
		to   Camera
		x, y int
		want uint8
	}{
		{"pan", from.Pan(3, -2), 17, 22, 1},
		{"zoom in", from.ZoomAt(20, 20, -2), 20, 20, 1},
		{"zoom out", from.ZoomAt(20, 20, 1), 20, 20, 255},
		{"far away", from.CenterOn(pow2(99), pow2(99)), 20, 20, 0},
	}
	for _, tt := range tests {
		w := tt.to.Window()
		if got := w.Project(&fw, samples)[w.index(tt.x, tt.y)]; got != tt.want {
			t.Errorf("%s: dot (%d, %d) is %d, want %d", tt.name, tt.x, tt.y, got, tt.want)
		}
	}
	back := NewCamera(40, 40).ZoomBy(3).Window()
	dense := make([]uint8, back.Len())
	for i := range dense {
		dense[i] = 77
	}
	if got := fw.Project(&back, dense)[0]; got != 1 {
		t.Errorf("a dense square seen closer is state %d, want 1", got)
	}
}
