//go:build !noasm

package kernel

// rowsAsm is StepRows by the fastest routine there is; false if there is none.
func (n *Network) rowsAsm(dst, src []uint64) bool {
	switch {
	case len(dst) == 0:
		return true
	case useAVX512:
		n.rowsAVX512(&dst[0], &src[0], len(dst))
		return true
	case useAVX2 && len(dst) >= 4:
		n.rowsAVX2(&dst[0], &src[0], len(dst))
		return true
	default:
		return false
	}
}

func (n *Network) rowsAVX512(dst, src *uint64, rows int) {
	switch n.class {
	case ClassLife:
		rowsLifeAVX512(dst, src, rows)
	case ClassTotal:
		rowsTotalAVX512(dst, src, rows, &n.poly)
	case ClassSubset:
		rowsSubsetAVX512(dst, src, rows, &n.poly, &n.subset)
	default:
		rowsLookupAVX512(dst, src, rows, &n.bytes)
	}
}

func (n *Network) rowsAVX2(dst, src *uint64, rows int) {
	switch n.class {
	case ClassLookup:
		if n.letters != nil {
			rowsLettersAVX2(dst, src, rows, n.letters)
		} else {
			rowsLookupAVX2(dst, src, rows, &n.pairs)
		}
	case ClassLife:
		rowsLifeAVX2(dst, src, rows)
	case ClassTotal:
		rowsTotalAVX2(dst, src, rows, &n.poly.decision)
	case ClassSubset:
		rowsSubsetAVX2(dst, src, rows, &n.poly.decision, &n.subset)
	}
}

//go:noescape
func rowsLifeAVX512(dst, src *uint64, n int)

//go:noescape
func rowsTotalAVX512(dst, src *uint64, n int, p *poly)

//go:noescape
func rowsSubsetAVX512(dst, src *uint64, n int, p *poly, masks *subset)

//go:noescape
func rowsLookupAVX512(dst, src *uint64, n int, table *byteTable)

//go:noescape
func rowsLifeAVX2(dst, src *uint64, n int)

//go:noescape
func rowsTotalAVX2(dst, src *uint64, n int, p *decision)

//go:noescape
func rowsSubsetAVX2(dst, src *uint64, n int, p *decision, masks *subset)

//go:noescape
func rowsLettersAVX2(dst, src *uint64, n int, p *letterCode)

//go:noescape
func rowsLookupAVX2(dst, src *uint64, n int, table *pairTable)
