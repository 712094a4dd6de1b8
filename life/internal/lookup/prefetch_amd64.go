//go:build !noasm && !race

package lookup

import "unsafe"

//go:noescape
func prefetch16(base *byte, ids *uint32, n int)

//go:noescape
func prefetch24(base *byte, ids *uint32, n int)

//go:noescape
func prefetch32(base *byte, ids *uint32, n int)

func prefetchAsm16(base unsafe.Pointer, ids []uint32) uint32 {
	prefetch16((*byte)(base), unsafe.SliceData(ids), len(ids))
	return 0
}

func prefetchAsm24(base unsafe.Pointer, ids []uint32) uint32 {
	prefetch24((*byte)(base), unsafe.SliceData(ids), len(ids))
	return 0
}

func prefetchAsm32(base unsafe.Pointer, ids []uint32) uint32 {
	prefetch32((*byte)(base), unsafe.SliceData(ids), len(ids))
	return 0
}
