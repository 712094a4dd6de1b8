package lookup

import (
	"sync/atomic"
	"unsafe"
)

// Prefetch16, Prefetch24 and Prefetch32 bring entries of a table near, such as
// HashLife's nodes and leaves: entry i begins at base + 16·i, 24·i or 32·i, base being aligned to 64 bytes. With assembly they cost a prefetch
// instruction an entry, for 24 bytes two, since an entry may then lie in two cache
// lines, and the processor does not wait. They return a number without a meaning,
// which the caller must keep, or the loads of the plain versions go away.
func Prefetch16(base unsafe.Pointer, ids []uint32) uint32 { return prefetchAsm16(base, ids) }

// Prefetch24 is like Prefetch16.
func Prefetch24(base unsafe.Pointer, ids []uint32) uint32 { return prefetchAsm24(base, ids) }

// Prefetch32 is like Prefetch16.
func Prefetch32(base unsafe.Pointer, ids []uint32) uint32 { return prefetchAsm32(base, ids) }

// prefetchLoads is a prefetch in plain Go: it loads from each entry. The loads do
// not depend on each other, so that their cache misses overlap as far as the
// processor looks ahead.
func prefetchLoads(base unsafe.Pointer, ids []uint32, size uintptr) (sum uint32) {
	for _, i := range ids {
		sum += atomic.LoadUint32((*uint32)(unsafe.Add(base, size*uintptr(i))))
	}
	return sum
}
