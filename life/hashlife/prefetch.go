package hashlife

import "golife/life/internal/kernel"

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
	f.touched += kernel.Prefetch24(v.base, f.ids[:f.n])
	f.n = 0
}
