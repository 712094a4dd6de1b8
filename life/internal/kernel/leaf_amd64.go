//go:build !noasm

package kernel

// step32Asm is step32 for 1 ≤ gens ≤ 8 by the fastest routine there is for both
// networks; false if there is none.
func step32Asm(a, b *Network, out, nw, ne, sw, se *Leaf, gens int) bool {
	switch {
	case useAVX512:
		step32AVX512(a, b, out, nw, ne, sw, se, gens)
	case useAVX2:
		step32AVX2(a, b, out, nw, ne, sw, se, gens)
	default:
		return false
	}
	return true
}

// common returns the class of routine that can run both networks in turn.
func common(a, b *Network) Class {
	if a != b && (a.class != b.class || a.subset != b.subset) {
		return ClassLookup
	}
	return a.class
}

func step32AVX512(a, b *Network, out, nw, ne, sw, se *Leaf, gens int) {
	switch class := common(a, b); {
	case class == ClassLife:
		step32LifeAVX512(out, nw, ne, sw, se, gens)
	case class == ClassTotal:
		step32TotalAVX512(out, nw, ne, sw, se, gens, &a.poly, &b.poly)
	case class == ClassSubset:
		step32SubsetAVX512(out, nw, ne, sw, se, gens, &a.poly, &b.poly, &a.subset)
	case a.flips && b.flips:
		step32MirrorAVX512(out, nw, ne, sw, se, gens, &a.bytes, &b.bytes)
	default:
		step32LookupAVX512(out, nw, ne, sw, se, gens, &a.bytes, &b.bytes)
	}
}

func step32AVX2(a, b *Network, out, nw, ne, sw, se *Leaf, gens int) {
	if a.letters.fitsLeaf() && b.letters.fitsLeaf() {
		step32LettersAVX2(out, nw, ne, sw, se, gens, a.letters, b.letters)
		return
	}
	switch common(a, b) {
	case ClassLife:
		step32LifeAVX2(out, nw, ne, sw, se, gens)
	case ClassTotal:
		step32TotalAVX2(out, nw, ne, sw, se, gens, &a.poly.decision, &b.poly.decision)
	case ClassSubset:
		step32SubsetAVX2(out, nw, ne, sw, se, gens, &a.poly.decision, &b.poly.decision, &a.subset)
	default:
		step32LookupAVX2(out, nw, ne, sw, se, gens, &a.columns, &b.columns)
	}
}

//go:noescape
func step32LifeAVX512(out, nw, ne, sw, se *Leaf, gens int)

//go:noescape
func step32TotalAVX512(out, nw, ne, sw, se *Leaf, gens int, a, b *poly)

//go:noescape
func step32SubsetAVX512(out, nw, ne, sw, se *Leaf, gens int, a, b *poly, masks *subset)

//go:noescape
func step32MirrorAVX512(out, nw, ne, sw, se *Leaf, gens int, a, b *byteTable)

//go:noescape
func step32LookupAVX512(out, nw, ne, sw, se *Leaf, gens int, a, b *byteTable)

//go:noescape
func step32LifeAVX2(out, nw, ne, sw, se *Leaf, gens int)

//go:noescape
func step32TotalAVX2(out, nw, ne, sw, se *Leaf, gens int, a, b *decision)

//go:noescape
func step32SubsetAVX2(out, nw, ne, sw, se *Leaf, gens int, a, b *decision, masks *subset)

//go:noescape
func step32LettersAVX2(out, nw, ne, sw, se *Leaf, gens int, a, b *letterCode)

//go:noescape
func step32LookupAVX2(out, nw, ne, sw, se *Leaf, gens int, a, b *columnTable)
