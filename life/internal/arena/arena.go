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

// cacheLine is how Words are aligned at least.
const cacheLine = 64

// Words returns n zeroed words of the Go heap, which are freed like all others there. They
// begin at a cache line and, when they are some hundred KiB or more, are on huge pages
// where the system grants them: then they take up to WordsBytes(n).
func Words(n int) []uint64 {
	size, align := int(WordsBytes(n)), cacheLine
	if size >= hugePage {
		align = hugePage
	}
	words := make([]uint64, (size+align)/8)
	skip := align - int(uintptr(unsafe.Pointer(unsafe.SliceData(words)))%uintptr(align))
	words = words[skip/8:][:size/8]
	if align == hugePage {
		advise(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), size))
	}
	return words[:n:n]
}

// WordsBytes returns the bytes that Words(n) takes.
func WordsBytes(n int) int64 {
	if n < hugePage/8/4 {
		return 8 * int64(n)
	}
	return (8*int64(n) + hugePage - 1) / hugePage * hugePage
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
