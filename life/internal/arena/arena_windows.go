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
