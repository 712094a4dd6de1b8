//go:build !noasm

package kernel

func (e *Edge) twistAsm(dst, src []uint64, stride, n int, last, behind, halo Column) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	twistAVX2(&dst[0], &src[(n-1)*stride], 8*stride, n, &last, &behind, &halo)
	return true
}

// twistAVX2 goes through src from the last row on.
//
//go:noescape
func twistAVX2(dst, src *uint64, stride, n int, last, behind, halo *Column)

func (e *Edge) turnAsm(words []uint64, stride int, north, south []uint64) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	turnAVX2(&words[0], 8*stride, e.Width, &north[0], &south[0])
	return true
}

//go:noescape
func turnAVX2(words *uint64, stride, vectors int, north, south *uint64)
