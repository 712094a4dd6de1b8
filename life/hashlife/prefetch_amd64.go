//go:build !noasm

package hashlife

import "unsafe"

// prefetchNodes is prefetchLoads with prefetch instructions, which do not make
// the processor wait. A node is 24 bytes, so it may lie in two cache lines.
//
//go:noescape
func prefetchNodes(base unsafe.Pointer, ids *uint32, n int) uint32
