//go:build race || (!unix && !windows)

package arena

import "unsafe"

// alloc takes words, so that any value without pointers is aligned.
func alloc(n int) []byte {
	w := make([]uint64, (n+7)/8)
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(w))), n)
}

func free([]byte) {}

// reserve returns memory: there is no address space without. The race detector,
// too, wants to see what goes on, and sees the Go heap only.
func reserve(n, least int) []byte { return alloc(max(min(n, first), least)) }

// first is the most that is set aside before it is asked for.
const first = 1 << 16

func unreserve([]byte) {}

func commit([]byte, int, int) {}

func release([]byte, int, int) {}
