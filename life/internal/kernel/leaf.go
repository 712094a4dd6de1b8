package kernel

// Leaf is a 16×16 square of cells, the leaf of the quadtree engines: cell (x, y)
// is bit 16·(y mod 4)+x of word y/4.
type Leaf = [4]uint64

// Step32 puts into out the central 16×16 cells, gens generations later, of the
// 32×32 square made of four leaves: the leaf step of HashLife (Gosper,
// "Exploiting Regularities in Large Cellular Spaces", 1984). 0 ≤ gens ≤ 8, else
// it panics; 0 copies the centre. out must not be one of the inputs.
//
// Cost: see KERNELS.md; no allocation. In Go 8+r words are stepped for the
// generation with r more to follow, so 92 words for gens = 8.
func (n *Network) Step32(out, nw, ne, sw, se *Leaf, gens int) {
	step32(n, n, out, nw, ne, sw, se, gens)
}

// step32 steps with a first, then with b, and so on in turn.
func step32(a, b *Network, out, nw, ne, sw, se *Leaf, gens int) {
	switch {
	case uint(gens) > 8:
		panic("kernel: Step32: gens out of range")
	case gens == 0:
		Centre(out, nw, ne, sw, se)
	case step32Asm(a, b, out, nw, ne, sw, se, gens):
	case a.flips && b.flips:
		var x [17]uint64
		fold(&x, nw, ne, sw, se)
		for r := gens - 1; r >= 0; r-- {
			x[16] = x[15]<<32 | x[15]>>32
			a.rows(x[8-r:16], x[7-r:17])
			a, b = b, a
		}
		unfold(out, &x)
	default:
		var x, y [18]uint64
		stack(&x, nw, ne, sw, se, gens)
		for r := gens - 1; r >= 0; r-- {
			restack(&y, &x, 9+r)
			a.rows(x[:8+r], y[:10+r])
			a, b = b, a
		}
		unstack(out, &x)
	}
}

// Pair is two networks that take turns, as rules with B0 need: an infinite
// background that is born in one generation and dies in the next is stored
// complemented in every other generation. It is immutable.
type Pair struct{ phase [2]*Network }

// NewPair returns the pair that steps generations of even number with even and
// those of odd number with odd. A generation's number is that of the state the
// step starts from.
func NewPair(even, odd *Network) *Pair {
	return &Pair{[2]*Network{even, odd}}
}

// Phase returns the network that steps from generation gen; only its parity counts.
func (p *Pair) Phase(gen int) *Network { return p.phase[gen&1] }

// Step32 is [Network.Step32], with the two networks in turn; first is the number,
// or just the parity, of the generation the step starts from.
func (p *Pair) Step32(out, nw, ne, sw, se *Leaf, gens, first int) {
	step32(p.phase[first&1], p.phase[first&1^1], out, nw, ne, sw, se, gens)
}
