//go:build !noasm

package kernel

// decision is an outer-totalistic rule as masks, words of all zeros or all ones, in the
// order in which the assembly wants them. For a sum of 2p+t, then of 4+2p+t, for p = 0,
// then for p = 1, four words: the next state of a live centre with t = 0 and what t = 1
// changes in it, and the same of a dead centre. At the end two that say whether a sum of 8
// with a dead centre, and one of 9, need the contrary of what this has for 0 and 1.
type decision [18]uint64

// set is told two functions of three bits and what to mend; see newDecision.
func (d *decision) set(low, fix, high int) {
	for i := range 4 {
		at := func(t, c int) uint64 { return -(uint64([2]int{low, high}[i>>1]) >> (i&1*4 + 2*t + c) & 1) }
		d[4*i], d[4*i+1] = at(0, 1), at(0, 1)^at(1, 1)
		d[4*i+2], d[4*i+3] = at(0, 0), at(0, 0)^at(1, 0)
	}
	d[16], d[17] = -uint64(fix&1), -uint64(fix>>1)
}
