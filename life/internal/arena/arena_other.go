//go:build !unix && !windows

package arena

import "unsafe"

// alloc takes words, so that any value without pointers is aligned.
func alloc(n int) []byte {
	w := make([]uint64, (n+7)/8)
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(w))), n)
}

func free([]byte) {}
