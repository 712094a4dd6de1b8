package life

import (
	"math/big"
	"slices"
	"testing"
)

func TestRaster(t *testing.T) {
	const limit = 1 << 62
	at := func(x, y int64, level int) View {
		return View{X: big.NewInt(x), Y: big.NewInt(y), Level: level, Width: 3, Height: 2}
	}
	far := at(0, 0, 5)
	far.X = new(big.Int).Lsh(big.NewInt(1), 100)
	for _, c := range []struct {
		v    View
		want bool
	}{
		{at(0, 0, 0), true}, {at(limit, -limit, 3), true}, {at(limit+16, 0, 3), false}, {at(0, -limit-64, 3), false},
		{at(-limit-24, 0, 3), true}, {far, false}, {at(0, 0, 200), true}, {View{X: big.NewInt(0), Y: big.NewInt(0)}, false},
	} {
		if _, ok := NewRaster(c.v, limit); ok != c.want {
			t.Errorf("%v: ok is %v, want %v", c.v, ok, c.want)
		}
	}
	for level, want := range map[int][]uint8{0: {0, 0, 7, 3, 0, 0}, 1: {0, 0, Density(2, 1), Density(3, 1), 0, 0}} {
		r, _ := NewRaster(at(-3<<level, 5<<level, level), limit)
		if got := r.Rect(); got != Rt(-3<<level, 5<<level, 3<<level, 2<<level) {
			t.Errorf("level %d: cells %v", level, got)
		}
		r.Add(-1, 5, uint64(7-5*level))
		r.Add(-3, 6, 1)
		r.Add(-3, 6, 2)
		for _, out := range [][2]int64{{-4, 5}, {0, 5}, {-3, 4}, {-3, 7}} {
			r.Add(out[0], out[1], 9)
		}
		got := make([]uint8, 6)
		if r.Write(got); !slices.Equal(got, want) {
			t.Errorf("level %d: %v, want %v", level, got, want)
		}
	}
}
