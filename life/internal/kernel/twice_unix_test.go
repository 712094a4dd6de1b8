//go:build unix

package kernel

import (
	"testing"
	"unsafe"

	"golife/life/internal/impl"
)

// TestStepTwiceGuard ends with a fault when a load or store is out of bounds.
func TestStepTwiceGuard(t *testing.T) { impl.TestAll(t, "kernel", testStepTwiceGuard) }

func testStepTwiceGuard(t *testing.T) {
	r := seeded(t)
	memory := page(t)
	for _, c := range tables(r, 1)[:12] {
		n := Compile(c.t)
		for _, atEnd := range []bool{false, true} {
			// Of the site there is memory for the rows only.
			s := (*Site)(unsafe.Pointer(unsafe.SliceData(flush(memory, len(Tile{}), atEnd))))
			for range 40 {
				StepTwice(n, n, []Visit{{Site: s, Groups: someGroups(r)}}, nil)
			}
		}
	}
}
