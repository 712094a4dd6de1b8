//go:build !noasm

package kernel

import "unsafe"

//go:noescape
func prefetch24(base *byte, ids *uint32, n int)

func prefetchAsm(base unsafe.Pointer, ids []uint32) uint32 {
	prefetch24((*byte)(base), &ids[0], len(ids))
	return 0
}
