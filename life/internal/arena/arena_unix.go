//go:build unix && !race

package arena

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

func alloc(n int) []byte {
	b, err := mapped(n, 0)
	if err != nil {
		panic("arena: " + err.Error())
	}
	advise(b)
	return b
}

func mapped(n, flags int) ([]byte, error) {
	return unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|flags)
}

func free(b []byte) {
	if err := unix.Munmap(b); err != nil {
		panic("arena: " + err.Error())
	}
}

// small is the part of a region that stays on ordinary pages: clearing a huge
// page takes longer than many a computation.
const small = 1 << 20

// reserve returns address space: n bytes or, where a limit asks for that, fewer,
// but at least the given number.
func reserve(n, least int) []byte {
	for {
		b, err := mapped(n, unix.MAP_NORESERVE)
		if err == nil {
			return b
		}
		if n <= max(small, least) {
			panic("arena: " + err.Error())
		}
		n = max(n/2, least)
	}
}

func unreserve(b []byte) {
	if b != nil {
		free(b)
	}
}

// commit asks for huge pages for what lies whole in b[:to]; what is in use so far ends
// at from. The one that to lies in would be there to its end, and that may be
// more than a limit allows. Pages come when they are touched.
func commit(b []byte, from, to int) {
	base := int(uintptr(unsafe.Pointer(unsafe.SliceData(b))) % hugePage)
	start := func(i int) int { return (base+i)/hugePage*hugePage - base }
	if first, end := max(start(from), small), start(to); first < end {
		advise(b[first:end])
	}
}

// release gives back the whole pages of b[from:to].
func release(b []byte, from, to int) {
	page := os.Getpagesize()
	from = (from + page - 1) &^ (page - 1)
	if to = min((to+page-1)&^(page-1), len(b)); from < to {
		discard(b[from:to])
	}
}
