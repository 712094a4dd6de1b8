//go:build !race

package hashlife

// storeRelease stores v so that whoever loads it atomically also sees what was
// stored before. On amd64 every store does (total store order); the fence that
// sync/atomic adds would stop the overlap of cache misses. The compiler keeps
// stores to memory in order.
//
//go:nosplit
func storeRelease(p *uint32, v uint32) { *p = v }
