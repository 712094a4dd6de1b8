//go:build !noasm

package kernel

func pickColumnsAsm(dst [][VectorWords]uint64, words []uint64, stride int, at []Column) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	pickColumnsAVX2(&dst[0], &words[0], len(dst), 8*stride, &at[0], len(at))
	return true
}

func putColumnsAsm(words []uint64, stride int, src [][VectorWords]uint64, at []Column) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	putColumnsAVX2(&words[0], &src[0], len(src), 8*stride, &at[0], len(at))
	return true
}

//go:noescape
func pickColumnsAVX2(dst *[VectorWords]uint64, words *uint64, rows, stride int, at *Column, n int)

//go:noescape
func putColumnsAVX2(words *uint64, src *[VectorWords]uint64, rows, stride int, at *Column, n int)
