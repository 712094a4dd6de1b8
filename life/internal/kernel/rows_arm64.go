//go:build !noasm

package kernel

// rowsAsm is StepRows in assembly; false if there is none for the rule, or less than
// a register to step.
func (n *Network) rowsAsm(dst, src []uint64) bool {
	switch {
	case !useNEON || len(dst) < 2:
		return false
	case n.class == ClassLife:
		rowsLifeNEON(&dst[0], &src[0], len(dst))
	case n.class == ClassTotal:
		rowsTotalNEON(&dst[0], &src[0], len(dst), &n.poly.decision)
	default:
		return false
	}
	return true
}

//go:noescape
func rowsLifeNEON(dst, src *uint64, n int)

//go:noescape
func rowsTotalNEON(dst, src *uint64, n int, rule *decision)
