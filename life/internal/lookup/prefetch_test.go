package lookup

import (
	"testing"
	"unsafe"
)

// A prefetch has no effect but on time; what can be wrong is an address, which the
// loads of the plain version would show by a fault or a sum.
func TestPrefetch(t *testing.T) {
	var words [8 * 100]uint32
	for i := range words {
		words[i] = uint32(i)
	}
	base := unsafe.Pointer(&words)
	for size, prefetch := range map[uintptr]func(unsafe.Pointer, []uint32) uint32{16: Prefetch16, 24: Prefetch24, 32: Prefetch32} {
		want := uint32(size) / 4 * (1 + 99 + 7)
		if got := prefetchLoads(base, []uint32{1, 99, 7}, size); got != want {
			t.Errorf("size %d: sum of the entries = %d, want %d", size, got, want)
		}
		for n := range 4 {
			prefetch(base, []uint32{0, 50, 99}[:min(n, 3)])
		}
	}
}
