package arena

import "testing"

func TestMakeIsZeroedAndWritable(t *testing.T) {
	type node struct{ a, b, c uint32 }
	for _, n := range []int{1, 7, 4096, 1 << 20} {
		s := Make[node](n)
		if len(s) != n {
			t.Fatalf("len = %d, want %d", len(s), n)
		}
		for i := range s {
			if s[i] != (node{}) {
				t.Fatalf("n=%d: entry %d is not zero", n, i)
			}
			s[i] = node{1, 2, uint32(i)}
		}
		if s[n-1] != (node{1, 2, uint32(n - 1)}) {
			t.Fatalf("n=%d: last entry lost", n)
		}
		Free(s)
	}
}

func TestMakeOfNothing(t *testing.T) {
	s := Make[uint64](0)
	if len(s) != 0 {
		t.Fatalf("len = %d, want 0", len(s))
	}
	Free(s)
}

func TestAvailableIsNotNegative(t *testing.T) {
	if n := Available(); n < 0 {
		t.Errorf("Available() = %d", n)
	}
}

func TestRegionKeepsItsValues(t *testing.T) {
	r := NewRegion[uint64](1 << 20)
	defer r.Free()
	for _, n := range []int{1, 1000, 300_000, 1 << 20, 1 << 21, 5000, 1 << 18, 0, 100} {
		before := len(r.Slice())
		r.Resize(n)
		s := r.Slice()
		if len(s) != n {
			t.Fatalf("len = %d after Resize(%d)", len(s), n)
		}
		for i := range s[:min(before, n)] {
			if s[i] != uint64(i) {
				t.Fatalf("from %d to %d values: value %d is %d", before, n, i, s[i])
			}
		}
		for i := range s {
			s[i] = uint64(i)
		}
	}
}

func TestEmptyRegion(t *testing.T) {
	var r Region[uint32]
	r.Resize(10)
	if len(r.Slice()) != 10 {
		t.Errorf("len = %d, want 10", len(r.Slice()))
	}
	r.Free()
	r.Free()
}

// TestPopulate: values stay, and parts of pages are left alone.
func TestPopulate(t *testing.T) {
	for _, n := range []int{0, 1, page / 8, 5000, 100_000} {
		words := make([]uint64, n+3)
		for i := range words {
			words[i] = uint64(i)
		}
		Populate(words[3:])
		for i, v := range words {
			if v != uint64(i) {
				t.Fatalf("%d words: word %d is %d", n, i, v)
			}
		}
		if b := wholePages(words[3:]); len(b)%page != 0 || len(b) > 8*n || len(b) < 8*n-2*page+2 && n >= page/4 {
			t.Errorf("%d bytes of %d", len(b), 8*n)
		}
	}
}
