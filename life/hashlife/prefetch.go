package hashlife

import (
	"sync/atomic"
	"unsafe"
)

// fetcher collects the ids of nodes that will be needed soon, and asks for all
// their cache lines at once.
type fetcher struct {
	ids     [9 * burst]id
	n       int
	touched uint32 // keeps look-ahead loads from being optimised away
}

// soon adds a node.
func (f *fetcher) soon(i id) {
	f.ids[f.n] = i
	f.n++
}

// fetch asks for what was added, and forgets it.
func (f *fetcher) fetch(v *view) {
	f.touched += prefetchNodes(v.base, &f.ids[0], f.n)
	f.n = 0
}

// prefetchLoads brings nodes into the nearest cache by loading from each. The
// loads do not depend on each other, so that their cache misses overlap as far as
// the processor looks ahead. It returns a value that means nothing.
func prefetchLoads(base unsafe.Pointer, ids *uint32, n int) (sum uint32) {
	v := view{base: base}
	for _, i := range unsafe.Slice(ids, n) {
		sum += atomic.LoadUint32(&v.at(i).tag)
	}
	return sum
}
