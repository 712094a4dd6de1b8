// Package arena gives engines large blocks of zeroed memory that the garbage
// collector neither scans nor moves, on huge pages where the system grants them.
//
// # Limits
//
// Blocks hold plain data: no Go pointers. They must be freed by hand; a block
// that is forgotten is lost until the process ends. Systems without a known way
// to map memory get ordinary slices.
package arena

import "unsafe"

// hugePage is the size of a huge page on amd64 and of the usual one on arm64.
const hugePage = 2 << 20

// Make returns a zeroed block of n values of type T, which must not contain
// pointers. It panics when the system has no memory left, as make does. Cost:
// pages are cleared by the system when they are first touched.
func Make[T any](n int) []T {
	var t T
	if n == 0 {
		return nil
	}
	b := alloc(n * int(unsafe.Sizeof(t)))
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

// Free gives a block from Make back to the system. Nothing may refer to it any
// more. Freeing nil does nothing.
func Free[T any](s []T) {
	if s == nil {
		return
	}
	var t T
	p := (*byte)(unsafe.Pointer(unsafe.SliceData(s)))
	free(unsafe.Slice(p, len(s)*int(unsafe.Sizeof(t))))
}

// Advise asks for huge pages for words of an ordinary slice, best before they are used
// for the first time. Cost: a system call where there is anything to gain.
func Advise(words []uint64) {
	if len(words) >= 8*page {
		advise(wholePages(words))
	}
}

// Populate has the system clear the pages of an ordinary slice that is about to be
// written to, which takes it much less time at once than when each is touched. Cost: a
// system call.
func Populate[T any](s []T) { populate(wholePages(s)) }

// page is the size of a page, or a multiple: what systems accept.
const page = 4096

// wholePages returns the bytes of s without those of pages that it only begins or ends in.
func wholePages[T any](s []T) []byte {
	var t T
	p, n := unsafe.Pointer(unsafe.SliceData(s)), len(s)*int(unsafe.Sizeof(t))
	skip := (page - int(uintptr(p)%page)) % page
	if n -= skip; n < page {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Add(p, skip)), n/page*page)
}
