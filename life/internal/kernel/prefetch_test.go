package kernel

import (
	"testing"
	"unsafe"
)

// A prefetch has no effect but on time; what can be wrong is an address, which the
// loads of the plain version would show by a fault or a sum.
func TestPrefetch24(t *testing.T) {
	entries := make([][6]uint32, 100)
	for i := range entries {
		entries[i][0] = uint32(i)
	}
	base := unsafe.Pointer(&entries[0])
	if got := prefetchLoads(base, []uint32{1, 99, 7}); got != 107 {
		t.Errorf("sum of the entries = %d, want 107", got)
	}
	for n := range 4 {
		Prefetch24(base, []uint32{0, 50, 99}[:min(n, 3)])
	}
}
