//go:build !race

package arena

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

func alloc(n int) []byte {
	p, err := windows.VirtualAlloc(0, uintptr(n), windows.MEM_RESERVE|windows.MEM_COMMIT, windows.PAGE_READWRITE)
	if err != nil {
		panic("arena: " + err.Error())
	}
	// The address is outside the Go heap; the detour keeps vet from taking it
	// for pointer arithmetic.
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&p)), n)
}

func free(b []byte) {
	p := uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	if err := windows.VirtualFree(p, 0, windows.MEM_RELEASE); err != nil {
		panic("arena: " + err.Error())
	}
}

// reserve returns address space that commit turns into memory: n bytes or, where
// a limit asks for that, fewer, but at least the given number.
func reserve(n, least int) []byte {
	for {
		p, err := windows.VirtualAlloc(0, uintptr(n), windows.MEM_RESERVE, windows.PAGE_READWRITE)
		if err == nil {
			return unsafe.Slice(*(**byte)(unsafe.Pointer(&p)), n)
		}
		if n <= max(1<<20, least) {
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

func commit(b []byte, from, to int) {
	if from == to {
		return
	}
	p := uintptr(unsafe.Pointer(&b[from]))
	if _, err := windows.VirtualAlloc(p, uintptr(to-from), windows.MEM_COMMIT, windows.PAGE_READWRITE); err != nil {
		panic("arena: " + err.Error())
	}
}

// release gives back the whole pages of b[from:to].
func release(b []byte, from, to int) {
	const page = 1 << 16
	from = (from + page - 1) &^ (page - 1)
	if from >= to {
		return
	}
	p := uintptr(unsafe.Pointer(&b[from]))
	if err := windows.VirtualFree(p, uintptr(to-from), windows.MEM_DECOMMIT); err != nil {
		panic("arena: " + err.Error())
	}
}
