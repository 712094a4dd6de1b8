package kernel

// StepRows steps words that stand one below the other: dst[i] is the next
// generation of src[i+1], with src[i] to its north and src[i+2] to its south.
// Cells west of bit 0 and east of bit 63 are taken as dead. len(src) must be
// len(dst)+2, else it panics; dst and src must not overlap.
//
// Cost: see KERNELS.md; no allocation.
func (n *Network) StepRows(dst, src []uint64) {
	if len(src) != len(dst)+2 {
		panic("kernel: StepRows: len(src) is not len(dst)+2")
	}
	if !n.rowsAsm(dst, src) {
		n.rows(dst, src)
	}
}

// rows is StepRows in Go; dst may also be src[1:len(src)-1], word for word.
func (n *Network) rows(dst, src []uint64) {
	switch n.class {
	case ClassLife:
		lifeRows(dst, src)
	case ClassTotal:
		totalRows(&n.poly, dst, src)
	case ClassSubset:
		subsetRows(&n.poly, &n.subset, dst, src)
	default:
		lookupRows(n.squares, dst, src)
	}
}
