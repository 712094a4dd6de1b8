package kernel

import (
	"sync/atomic"
	"unsafe"
)

// Prefetch24 brings entries of 24 bytes, such as HashLife's nodes, near: entry i
// begins at base + 24·i and is aligned to 8 bytes. With assembly it costs two prefetch
// instructions an entry, since an entry may lie in two cache lines, and the
// processor does not wait. It returns a number without a meaning, which the
// caller must keep, or the loads of the plain version go away.
func Prefetch24(base unsafe.Pointer, ids []uint32) uint32 {
	if len(ids) == 0 {
		return 0
	}
	return prefetchAsm(base, ids)
}

// prefetchLoads is Prefetch24 in plain Go: it loads from each entry. The loads do
// not depend on each other, so that their cache misses overlap as far as the
// processor looks ahead.
func prefetchLoads(base unsafe.Pointer, ids []uint32) (sum uint32) {
	for _, i := range ids {
		sum += atomic.LoadUint32((*uint32)(unsafe.Add(base, 24*uintptr(i))))
	}
	return sum
}
