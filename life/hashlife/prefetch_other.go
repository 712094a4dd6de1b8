//go:build noasm || !amd64

package hashlife

import "unsafe"

// prefetchNodes brings nodes near; see prefetchLoads.
func prefetchNodes(base unsafe.Pointer, ids *uint32, n int) uint32 {
	return prefetchLoads(base, ids, n)
}
