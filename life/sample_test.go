package life_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// viewAt returns the view whose corner is the square (x, y) of its level.
func viewAt(x, y int64, level, width, height int) life.View {
	return life.View{
		X: new(big.Int).Lsh(big.NewInt(x), uint(level)), Y: new(big.Int).Lsh(big.NewInt(y), uint(level)),
		Level: level, Width: width, Height: height,
	}
}

// sampleOf is a sample counted cell by cell.
func sampleOf(p *life.Pattern, v life.View) []uint8 {
	dst, counts := make([]uint8, v.Width*v.Height), make([]uint64, v.Width*v.Height)
	x0, y0 := new(big.Int).Rsh(v.X, uint(v.Level)).Int64(), new(big.Int).Rsh(v.Y, uint(v.Level)).Int64()
	for at, state := range p.Cells(life.Everywhere()) {
		x, y := at.X>>v.Level-x0, at.Y>>v.Level-y0
		if x < 0 || y < 0 || x >= int64(v.Width) || y >= int64(v.Height) {
			continue
		}
		i := int(y)*v.Width + int(x)
		counts[i]++
		if dst[i] = uint8(state); v.Level > 0 {
			dst[i] = life.Density(counts[i], v.Level)
		}
	}
	return dst
}

func TestPatternSample(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, name := range []string{"B3/S23", "345/2/4"} {
		r := rule.MustParse(name)
		for _, side := range []int{1, 3, 8, 20, 70} {
			b := life.NewBuilder(r)
			for range side * side / 2 {
				b.Set(rnd.Int64N(int64(side))-int64(side/2), rnd.Int64N(int64(side))-int64(side/3), life.State(1+rnd.IntN(r.States()-1)))
			}
			p := b.Pattern()
			for _, level := range []int{0, 1, 2, 3, 4, 5, 7, 8, 31, 32, 48, 61} {
				for range 5 {
					v := viewAt(rnd.Int64N(20)-15, rnd.Int64N(20)-15, level, 1+rnd.IntN(40), 1+rnd.IntN(40))
					dst := make([]uint8, v.Width*v.Height)
					for i := range dst {
						dst[i] = 0xA5 // all of it must be written
					}
					p.Sample(v, dst)
					for i, want := range sampleOf(p, v) {
						if dst[i] != want {
							t.Fatalf("%s, side %d, %+v: square %d is %d, want %d", name, side, v, i, dst[i], want)
						}
					}
				}
			}
		}
	}
}

// TestPatternSampleHuge samples more cells than could be visited, also far beyond int64.
func TestPatternSampleHuge(t *testing.T) {
	t.Parallel()
	const levels = 200
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	k := b.Leaf(1)
	for level := life.LeafLevel + 1; level <= levels; level++ {
		k = b.Node(level, life.Quad{k, 0, 0, k})
	}
	b.AddTree(levels, k)
	p := b.Pattern()
	for _, level := range []int{3, 30, 63, 64, 100, levels - 3, levels - 1, levels, levels + 70} {
		dst := make([]uint8, 64)
		p.Sample(viewAt(-4, -4, level, 8, 8), dst)
		end := int64(1) << min(max(levels-1-level, 0), 2) // the diagonal's, in squares from the origin
		cells := min(level, levels-1) - life.LeafLevel    // 2^cells in a square of the diagonal
		for i, got := range dst {
			x, y := int64(i%8-4), int64(i/8-4)
			want := uint8(0)
			if x == y && -end <= x && x < end {
				want = uint8(1 + 254*math.Ldexp(1, cells-2*level))
			}
			if got != want {
				t.Errorf("level %d: square %d,%d is %d, want %d", level, x, y, got, want)
			}
		}
	}
	dst := []uint8{7}
	far := life.View{X: new(big.Int).Lsh(big.NewInt(1), levels-2), Y: new(big.Int).Lsh(big.NewInt(1), levels-2), Width: 1, Height: 1}
	if p.Sample(far, dst); dst[0] != 1 {
		t.Errorf("the cell at 2^%d is %d, want 1", levels-2, dst[0])
	}
	far.X = new(big.Int).Add(far.X, big.NewInt(1))
	if p.Sample(far, dst); dst[0] != 0 {
		t.Errorf("the cell east of it is %d, want 0", dst[0])
	}
}
