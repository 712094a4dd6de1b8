package loader

import (
	"testing"

	"golife/life/rule"
)

// TestListDropsTaken: a transition whose centres are all taken by those before it, whatever
// else there is, is not followed.
func TestListDropsTaken(t *testing.T) {
	t.Parallel()
	k := newCompiler(4)
	add := func(west, centre []int, next uint8) int32 {
		var square [rule.TreeLevels]int32
		square[w], square[c] = k.set(west), k.set(centre)
		k.add(&square, next)
		return k.roots[len(k.roots)-1]
	}
	all := []int{0, 1, 2, 3}
	first, second := add(all, []int{1}, 2), add(all, []int{2}, 3)
	dropped, kept := add([]int{1}, []int{1, 2}, 3), add([]int{1}, []int{1, 3}, 0)
	last := add(all, []int{0, 3}, 1)
	behind := add([]int{2}, all, 2)
	got := k.list(0, []int32{first, second, dropped, kept, kept, last, behind})
	want := []int32{first, second, kept, last}
	if len(got) != len(want) {
		t.Fatalf("list %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("list %v, want %v", got, want)
		}
	}
}
