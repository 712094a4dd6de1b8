//go:build !noasm

package kernel

// step32Asm is step32 for 1 ≤ gens ≤ 8 in assembly; false if there is none for both
// networks.
func step32Asm(a, b *Network, out, nw, ne, sw, se *Leaf, gens int) bool {
	switch {
	case !useNEON || a.class != b.class:
		return false
	case a.class == ClassLife:
		step32LifeNEON(out, nw, ne, sw, se, gens)
	case a.class == ClassTotal:
		step32TotalNEON(out, nw, ne, sw, se, gens, &a.poly.decision, &b.poly.decision)
	default:
		return false
	}
	return true
}

//go:noescape
func step32LifeNEON(out, nw, ne, sw, se *Leaf, gens int)

//go:noescape
func step32TotalNEON(out, nw, ne, sw, se *Leaf, gens int, a, b *decision)
