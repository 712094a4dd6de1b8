package kernel

// newDecision translates a rule, given as its next states by sum and centre, for the
// AVX2 and NEON kernels; see decision.
func newDecision(f [10][2]uint64) (d decision) {
	// Bit 4p+2t+c of low is for a sum of 2p+t, of high for 4+2p+t. A sum of 0 cannot
	// have a live centre; but 8 can, and low is asked for that too.
	var low, high, fix int
	for i := range 8 {
		low |= int(f[i>>1][i&1]) << i
		high |= int(f[4+i>>1][i&1]) << i
	}
	low = low&^2 | int(f[8][1])<<1
	if f[8][0] != f[0][0] {
		fix |= 1
	}
	if f[9][1] != f[1][1] {
		fix |= 2
	}
	d.set(low, fix, high)
	return d
}
