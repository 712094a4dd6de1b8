package kernel

import (
	"math/bits"
	"testing"
)

func TestJoinSplit(t *testing.T) {
	r := seeded(t)
	for range 200 {
		var o [4]Octet
		for i := range o {
			o[i] = r.Uint64()
		}
		l := Join(o[0], o[1], o[2], o[3])
		for y := range 16 {
			for x := range 16 {
				want := uint8(o[y/8*2+x/8] >> (y%8*8 + x%8) & 1)
				if got := leafCell(&l, x, y); got != want {
					t.Fatalf("cell (%d,%d) of %x: %d, want %d", x, y, o, got, want)
				}
			}
		}
		var back [4]Octet
		back[0], back[1], back[2], back[3] = Split(&l)
		if back != o {
			t.Fatalf("Split(Join(%x)) = %x", o, back)
		}
	}
}

func TestCentre(t *testing.T) {
	r := seeded(t)
	for i := range 50 {
		l, cells := leaves(r, i)
		var out Leaf
		Centre(&out, &l[0], &l[1], &l[2], &l[3])
		checkLeaf(t, &out, cells, 32, "centre")
	}
}

func TestPopulationBounds(t *testing.T) {
	r := seeded(t)
	for i := range 2000 {
		var l Leaf
		for range i % 5 {
			l[r.IntN(4)] |= 1 << r.IntN(64)
		}
		x0, y0, x1, y1, pop := 16, 16, 0, 0, 0
		for y := range 16 {
			for x := range 16 {
				if leafCell(&l, x, y) != 0 {
					x0, y0, x1, y1, pop = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1), pop+1
				}
			}
		}
		if pop == 0 {
			x0, y0 = 0, 0
		}
		a, b, c, d, ok := Bounds(&l)
		if got, want := [4]int{a, b, c, d}, [4]int{x0, y0, x1, y1}; got != want || ok != (pop > 0) {
			t.Errorf("Bounds(%x) = %v %v, want %v", l, got, ok, want)
		}
		if got := Population(&l); got != pop {
			t.Errorf("Population(%x) = %d, want %d", l, got, pop)
		}
	}
}

func TestTilePopulationBounds(t *testing.T) {
	r := seeded(t)
	for i := range 500 {
		var tile Tile
		x0, y0, x1, y1, pop := 64, 64, 0, 0, 0
		for range i % 4 {
			x, y := r.IntN(64), r.IntN(64)
			tile[y] |= 1 << x
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
		}
		for _, w := range tile {
			pop += bits.OnesCount64(w)
		}
		if pop == 0 {
			x0, y0 = 0, 0
		}
		a, b, c, d, ok := TileBounds(&tile)
		if got, want := [4]int{a, b, c, d}, [4]int{x0, y0, x1, y1}; got != want || ok != (pop > 0) {
			t.Errorf("TileBounds = %v %v, want %v", got, ok, want)
		}
		if got := TilePopulation(&tile); got != pop {
			t.Errorf("TilePopulation = %d, want %d", got, pop)
		}
	}
}
