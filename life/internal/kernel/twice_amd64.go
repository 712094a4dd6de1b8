//go:build !noasm

package kernel

// twiceAsm is twice in assembly; false if there is none. Processors with AVX-512
// run Life this way too: it has no pass over the rows to find changes.
func twiceAsm(first, second *Network, t *Tile, from, n int) (Change, bool) {
	var rows, columns, sides uint64
	switch class := first.class; {
	case class != second.class:
		return Change{}, false
	case class == ClassLife && (useAVX2 || useAVX512):
		rows, columns, sides = twiceLifeAVX2(&t[from], n)
	case class == ClassTotal && useAVX2 && !useAVX512:
		rows, columns, sides = twiceTotalAVX2(&t[from], n, &first.poly, &second.poly)
	case class == ClassSubset && useAVX2 && !useAVX512:
		rows, columns, sides = twiceSubsetAVX2(&t[from], n, &first.poly, &first.subset, &second.poly, &second.subset)
	default:
		return Change{}, false
	}
	// The routines shift the rows in from above, as zeros where they changed.
	shift := 64 - 4*n
	return Change{^rows >> shift, columns, ^sides >> shift}, true
}

//go:noescape
func twiceLifeAVX2(rows *uint64, n int) (changed, columns, sides uint64)

//go:noescape
func twiceTotalAVX2(rows *uint64, n int, p, q *poly) (changed, columns, sides uint64)

//go:noescape
func twiceSubsetAVX2(rows *uint64, n int, p *poly, masks *subset, q *poly, masks2 *subset) (changed, columns, sides uint64)
