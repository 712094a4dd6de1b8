//go:build !noasm

package kernel

// spanAsm is span by the fastest routine there is; false if there is none.
func (n *Network) spanAsm(dst, c, w, e []uint64, north, south *row) (changed uint64, ok bool) {
	switch {
	case useAVX512:
		return n.spanAVX512(&dst[0], &c[0], &w[0], &e[0], len(dst), north, south), true
	case useAVX2 && len(dst) >= 4:
		return n.spanAVX2(&dst[0], &c[0], &w[0], &e[0], len(dst), north, south), true
	default:
		return 0, false
	}
}

func (n *Network) spanAVX512(dst, c, w, e *uint64, rows int, north, south *row) (changed uint64) {
	switch n.class {
	case ClassLife:
		return spanLifeAVX512(dst, c, w, e, rows, north, south)
	case ClassTotal:
		return spanTotalAVX512(dst, c, w, e, rows, north, south, &n.poly)
	case ClassSubset:
		return spanSubsetAVX512(dst, c, w, e, rows, north, south, &n.poly, &n.subset)
	default:
		return spanLookupAVX512(dst, c, w, e, rows, north, south, &n.bytes)
	}
}

func (n *Network) spanAVX2(dst, c, w, e *uint64, rows int, north, south *row) (changed uint64) {
	switch n.class {
	case ClassLife:
		return spanLifeAVX2(dst, c, w, e, rows, north, south)
	case ClassTotal:
		return spanTotalAVX2(dst, c, w, e, rows, north, south, &n.poly.decision)
	case ClassSubset:
		return spanSubsetAVX2(dst, c, w, e, rows, north, south, &n.poly.decision, &n.subset)
	default:
		if n.letters != nil {
			return spanLettersAVX2(dst, c, w, e, rows, north, south, n.letters)
		}
		return spanLookupAVX2(dst, c, w, e, rows, north, south, &n.pairs)
	}
}

//go:noescape
func spanLifeAVX512(dst, c, w, e *uint64, n int, north, south *row) uint64

//go:noescape
func spanTotalAVX512(dst, c, w, e *uint64, n int, north, south *row, p *poly) uint64

//go:noescape
func spanSubsetAVX512(dst, c, w, e *uint64, n int, north, south *row, p *poly, masks *subset) uint64

//go:noescape
func spanLookupAVX512(dst, c, w, e *uint64, n int, north, south *row, table *byteTable) uint64

//go:noescape
func spanLifeAVX2(dst, c, w, e *uint64, n int, north, south *row) uint64

//go:noescape
func spanTotalAVX2(dst, c, w, e *uint64, n int, north, south *row, p *decision) uint64

//go:noescape
func spanSubsetAVX2(dst, c, w, e *uint64, n int, north, south *row, p *decision, masks *subset) uint64

//go:noescape
func spanLettersAVX2(dst, c, w, e *uint64, n int, north, south *row, p *letterCode) uint64

//go:noescape
func spanLookupAVX2(dst, c, w, e *uint64, n int, north, south *row, table *pairTable) uint64
