package arena

import "unsafe"

// Region is a block of values that grows and shrinks in place as far as the
// system lets it reserve address space without memory: memory is used for what
// has been touched. The zero value is an empty region; T must not contain Go
// pointers.
type Region[T any] struct {
	block []byte // address space, or what there is instead
	n     int    // values in use
}

// NewRegion returns an empty region that can grow to about n values without
// moving; fewer where address space is scarce.
func NewRegion[T any](n int) Region[T] {
	return Region[T]{block: reserve(n*sizeOf[T](), 0)}
}

func sizeOf[T any]() int {
	var t T
	return int(unsafe.Sizeof(t))
}

// Slice returns the values in use. It is valid until the next Resize.
func (r *Region[T]) Slice() []T {
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(r.block))), r.n)
}

// Resize makes the region hold n values. The first values stay as they are;
// those that are added have any contents. Memory behind n is given back. It
// panics when the system has no memory left, as make does. Cost: constant, or
// a copy where the region has to move.
func (r *Region[T]) Resize(n int) {
	size, old := n*sizeOf[T](), r.n*sizeOf[T]()
	if size > len(r.block) {
		grown := reserve(size+size/2, size)
		commit(grown, 0, size)
		copy(grown, r.block[:old])
		unreserve(r.block)
		r.block = grown
	} else if size > old {
		commit(r.block, old, size)
	} else {
		release(r.block, size, old)
	}
	r.n = n
}

// Free gives the region back to the system. It is empty afterwards.
func (r *Region[T]) Free() {
	unreserve(r.block)
	*r = Region[T]{}
}
