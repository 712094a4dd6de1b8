package dense

import (
	"math/rand/v2"
	"slices"
	"testing"

	"golife/life/internal/kernel"
	"golife/life/rule"
)

// TestLines puts rows of many widths into planes, and takes them out again, as words and
// cell by cell.
func TestLines(t *testing.T) {
	t.Parallel()
	const seed, h = 7, 9
	r := rand.New(rand.NewPCG(seed, seed))
	for _, w := range []int{1, 2, 7, 63, 64, 65, 127, 128, 129, 500, 1000, 4032, 4033, 4095, 4096, 4097, 8200} {
		for _, rs := range []string{"B3/S23:T10,10", "B3/S23:K10*,10", "B3/S23:S10", "B3/S23:P10,10"} {
			g, _ := rule.MustParse(rs).Grid()
			s := newShape(g, w, h)
			for name, p := range map[string]plane{"field": newField(s, 1, 2, new(kernel.Sweeper)), "quilt": newQuilt(s)} {
				row := make([]uint64, (w+63)/64)
				for y := range h {
					want := make([]uint64, len(row))
					for range 2 { // the second is united with the first
						for i := range row {
							row[i] = r.Uint64() & r.Uint64() & -uint64(r.IntN(2))
						}
						if w&63 != 0 {
							row[len(row)-1] &= 1<<(w&63) - 1
						}
						p.or(y, row)
						for i := range row {
							want[i] |= row[i]
						}
					}
					if p.line(y, row); !slices.Equal(row, want) {
						t.Fatalf("seed %d, %s, %s, width %d: got %x, want %x", seed, name, rs, w, row, want)
					}
					for x := range w {
						if p.get(x, y) != (want[x>>6]>>(x&63)&1 != 0) {
							t.Fatalf("seed %d, %s, %s, width %d: cell %d, %d is not what was put there", seed, name, rs, w, x, y)
						}
					}
				}
			}
		}
	}
}
