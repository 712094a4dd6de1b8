package kernel

import (
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
)

// TestDecisions runs rules that have, between them, every fragment of the AVX2 kernels: all
// functions for sums below 4, all for sums from 4 to 7, and all ways in which sums of 8
// and 9 differ from 0 and 1.
func TestDecisions(t *testing.T) { impl.TestAll(t, "kernel", testDecisions) }

func testDecisions(t *testing.T) {
	r := seeded(t)
	odd := 2*r.IntN(128) + 1
	for low := range 256 {
		high, fix := low*odd&255, r.IntN(4)
		birth, survival := rulesOf(low, high, fix)
		table := totalistic(moore, birth, survival)
		compareSweep(t, table, table, randomSweep(r), false, "decision")
		n := Compile(table)
		// Any density of cells is met with in some row.
		src := make([]uint64, 22)
		cells := []uint8{}
		for y := range src {
			src[y] = dense(r, y/2%5)
			cells = append(unpack(append(cells, 0), src[y], 64), 0)
		}
		want, dst := StepNaive(table, cells, 66, len(src)), make([]uint64, len(src)-2)
		n.StepRows(dst, src)
		for y, got := range dst {
			if row := pack(want[64*y : 64*y+64]); got != row {
				t.Fatalf("low %d, high %d, fix %d: row %d is %064b, want %064b", low, high, fix, y, got, row)
			}
		}
	}
}

// dense returns a word of which the given number of fourths are set.
func dense(r *rand.Rand, fourths int) uint64 {
	switch a, b := r.Uint64(), r.Uint64(); fourths {
	case 0:
		return a & b & r.Uint64() & r.Uint64()
	case 1:
		return a & b
	case 2:
		return a
	case 3:
		return a | b
	default:
		return a | b | r.Uint64() | r.Uint64()
	}
}

// rulesOf returns the sets of counts of the rule that newDecision translates to the given
// fragments.
func rulesOf(low, high, fix int) (birth, survival int) {
	set := func(sum, centre, v int) {
		if centre == 0 {
			birth |= v << sum
		} else {
			survival |= v << (sum - 1)
		}
	}
	for i := range 8 {
		if i != 1 {
			set(i>>1, i&1, low>>i&1)
		}
		set(4+i>>1, i&1, high>>i&1)
	}
	set(8, 1, low>>1&1)
	set(8, 0, (low^fix)&1)
	set(9, 1, low>>3&1^fix>>1)
	return birth, survival
}
