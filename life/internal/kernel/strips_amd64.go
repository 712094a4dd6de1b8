//go:build !noasm

package kernel

func stripsAsm(dst, src, beyond []uint64, mask uint64, isSouth bool) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	n := len(dst) / VectorWords
	if isSouth {
		stripsSouthAVX2(&dst[0], &src[0], &beyond[0], n, mask)
	} else {
		stripsNorthAVX2(&dst[0], &src[0], &beyond[0], n, mask)
	}
	return true
}

//go:noescape
func stripsNorthAVX2(dst, src, beyond *uint64, n int, mask uint64)

//go:noescape
func stripsSouthAVX2(dst, src, beyond *uint64, n int, mask uint64)
