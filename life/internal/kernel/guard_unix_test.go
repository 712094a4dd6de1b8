//go:build unix

package kernel

import (
	"fmt"
	"os"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"golife/life/internal/impl"
)

// page returns a page of memory between two that must not be touched.
func page(t *testing.T) []byte {
	t.Helper()
	size := os.Getpagesize()
	all, err := unix.Mmap(-1, 0, 3*size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Munmap(all); err != nil {
			t.Error(err)
		}
	})
	for _, forbidden := range [][]byte{all[:size], all[2*size:]} {
		if err := unix.Mprotect(forbidden, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	return all[size : 2*size]
}

// flush returns n words at the start or the end of a page.
func flush(page []byte, n int, atEnd bool) []uint64 {
	if n == 0 {
		return nil
	}
	if atEnd {
		page = page[len(page)-8*n:]
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(&page[0])), n)
}

// TestGuard lets each entry point work on memory next to pages that must not be
// touched: a load or store out of bounds ends the test with a fault.
func TestGuard(t *testing.T) { impl.TestAll(t, "kernel", testGuard) }

func testGuard(t *testing.T) {
	r := seeded(t)
	var pages [5][]byte
	for i := range pages {
		pages[i] = page(t)
		for k := range pages[i] {
			pages[i][k] = byte(r.Uint32())
		}
	}
	for _, c := range tables(r, 1)[:12] {
		n := Compile(c.t)
		for _, atEnd := range []bool{false, true} {
			t.Run(fmt.Sprintf("%v/atEnd=%v", n.Class(), atEnd), func(t *testing.T) {
				part := func(i, words int) []uint64 { return flush(pages[i], words, atEnd) }
				for rows := range 70 {
					n.StepRows(part(0, rows), part(1, rows+2))
				}
				tile := func(i int) *Tile { return (*Tile)(part(i, 64)) }
				h := &Hood{tile(1), tile(1), tile(2), tile(1), tile(2), tile(3), tile(1), tile(2), tile(3)}
				for y := range 65 {
					n.StepTile(tile(0), h, 0, y)
					n.StepTile(tile(0), h, y, 64)
				}
				leaf := func(i int) *Leaf { return (*Leaf)(part(i, 4)) }
				for gens := range 9 {
					n.Step32(leaf(0), leaf(1), leaf(2), leaf(3), leaf(4), gens)
				}
			})
		}
	}
}

// TestStepRowsBounds checks that nothing is written before or after dst.
func TestStepRowsBounds(t *testing.T) { impl.TestAll(t, "kernel", testStepRowsBounds) }

func testStepRowsBounds(t *testing.T) {
	r := seeded(t)
	const margin, mark = 16, 0x0123456789abcdef
	for _, c := range tables(r, 1) {
		n := Compile(c.t)
		for rows := range 40 {
			src, dst := make([]uint64, rows+2), make([]uint64, rows+2*margin)
			for i := range src {
				src[i] = r.Uint64()
			}
			for i := range dst {
				dst[i] = mark
			}
			n.StepRows(dst[margin:margin+rows], src)
			for i, v := range dst {
				if (i < margin || i >= margin+rows) && v != mark {
					t.Fatalf("%s, %d rows: word %d was written", c.name, rows, i-margin)
				}
			}
		}
	}
}
