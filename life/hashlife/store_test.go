package hashlife

import (
	"math/rand/v2"
	"sync"
	"testing"

	"golife/life/internal/kernel"
)

func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0))
}

func newStore(t *testing.T, workers int) *store {
	s := &store{}
	s.init(workers)
	t.Cleanup(s.free)
	return s
}

// square is a made-up square: the children of a node, small numbers so that many
// workers ask for the same.
func square(r *rand.Rand, kinds uint32) (north, south uint64) {
	return join(r.Uint32N(kinds)+1, r.Uint32N(kinds)), join(r.Uint32N(kinds), r.Uint32N(kinds))
}

// Workers that look up the same squares at the same time, in orders of their own,
// must agree on the id of each, and no square may have two. Small tables and many
// workers make for as many meetings in one slot as possible.
func TestWorkersAgreeOnIDs(t *testing.T) {
	const workers, each = 8, 3000
	rounds := 60
	if testing.Short() {
		rounds = 6
	}
	r := seeded(t)
	for round := range rounds {
		s := newStore(t, workers)
		s.sizeNodes(workers*each, false)
		s.sizeLeaves(workers*each, false)
		kinds := uint32(2 + round%9)
		var ids [workers]map[[2]uint64]id
		var leaves [workers]map[kernel.Leaf]id
		var group sync.WaitGroup
		for w, c := range s.cursors {
			own := rand.New(rand.NewPCG(r.Uint64(), uint64(w)))
			ids[w], leaves[w] = map[[2]uint64]id{}, map[kernel.Leaf]id{}
			group.Go(func() {
				for range each {
					north, south := square(own, kinds)
					ids[w][[2]uint64{north, south}] = c.find(north, south)
					l := kernel.Leaf{uint64(own.Uint32N(kinds) + 1), 0, uint64(own.Uint32N(kinds)), 0}
					leaves[w][l] = c.findLeaf(&l)
				}
			})
		}
		group.Wait()
		checkIDs(t, s, ids[:])
		checkLeafIDs(t, s, leaves[:])
		if t.Failed() {
			return
		}
	}
}

func checkIDs(t *testing.T, s *store, ids []map[[2]uint64]id) {
	t.Helper()
	known, owner := map[[2]uint64]id{}, map[id][2]uint64{}
	for _, m := range ids {
		for q, i := range m {
			if k, ok := known[q]; ok && k != i {
				t.Errorf("square %v is %d and %d", q, k, i)
			}
			if o, ok := owner[i]; ok && o != q {
				t.Errorf("id %d is %v and %v", i, o, q)
			}
			if north, south := s.square(i); north != q[0] || south != q[1] {
				t.Errorf("node %d is %x %x, want %x", i, north, south, q)
			}
			known[q], owner[i] = i, q
		}
	}
	if s.used() != len(known) {
		t.Errorf("%d nodes in use, want %d", s.used(), len(known))
	}
}

func checkLeafIDs(t *testing.T, s *store, leaves []map[kernel.Leaf]id) {
	t.Helper()
	known := map[kernel.Leaf]id{}
	for _, m := range leaves {
		for l, i := range m {
			if k, ok := known[l]; ok && k != i {
				t.Errorf("leaf %v is %x and %x", l, k, i)
			}
			if *s.leaf(i) != l {
				t.Errorf("leaf %x is %v, want %v", i, *s.leaf(i), l)
			}
			known[l] = i
		}
	}
	if s.leafCount() != len(known) {
		t.Errorf("%d leaves in use, want %d", s.leafCount(), len(known))
	}
}

// Growing keeps ids, and nodes are found again.
func TestGrowingKeepsIDs(t *testing.T) {
	r := seeded(t)
	s := newStore(t, 1)
	known := map[[2]uint64]id{}
	for range 5 * firstNodes {
		north, south := square(r, 1000)
		known[[2]uint64{north, south}] = s.find(north, south)
	}
	if s.counts.grows == 0 {
		t.Fatal("the table never grew: the test tests nothing")
	}
	for q, i := range known {
		if got := s.find(q[0], q[1]); got != i {
			t.Fatalf("square %v is %d, was %d", q, got, i)
		}
	}
	if s.used() != len(known) {
		t.Errorf("%d nodes, want %d", s.used(), len(known))
	}
}

// tree makes a tree of random nodes above random leaves and returns its root. Where
// the store has several cursors they take turns, so that children may be younger
// than their parents.
func tree(s *store, r *rand.Rand, levels int) id {
	row := make([]id, 1<<(2*levels))
	for i := range row {
		l := kernel.Leaf{r.Uint64N(50), r.Uint64N(2)}
		row[i] = s.cursors[r.IntN(len(s.cursors))].findLeaf(&l)
	}
	for len(row) > 1 {
		for i := range len(row) / 4 {
			q := row[4*i:]
			row[i] = s.cursors[r.IntN(len(s.cursors))].find(join(q[0], q[1]), join(q[2], q[3]))
		}
		row = row[:len(row)/4]
	}
	return row[0]
}

// cellsOf lists the leaves below a node in order.
func cellsOf(s *store, i id, levels int) []kernel.Leaf {
	if levels == 0 {
		return []kernel.Leaf{*s.leaf(i)}
	}
	var all []kernel.Leaf
	for _, c := range s.quad(i) {
		all = append(all, cellsOf(s, c, levels-1)...)
	}
	return all
}

// A collection keeps the trees of its roots, drops the others, gives ids without
// gaps, and leaves no square with two ids.
func TestCollectionKeepsTrees(t *testing.T) {
	const levels = 4
	for _, workers := range []int{1, 3} {
		r := seeded(t)
		s := newStore(t, workers)
		var roots []id
		var want [][]kernel.Leaf
		for k := range 12 {
			i := tree(s, r, levels)
			if k%3 == 0 {
				roots = append(roots, i)
				want = append(want, cellsOf(s, i, levels))
			}
		}
		before := s.used()
		s.collectAll(func(visit func(*id)) {
			for k := range roots {
				visit(&roots[k])
			}
		})
		if s.used() >= before/2 {
			t.Errorf("%d of %d nodes kept for a third of the trees", s.used(), before)
		}
		seen := map[[2]uint64]bool{}
		for i := 1; i <= s.used(); i++ {
			north, south := s.square(id(i))
			if q := [2]uint64{north, south}; s.isGap(id(i)) || seen[q] {
				t.Fatalf("node %d is a gap or there twice", i)
			} else if seen[q] = true; s.find(north, south) != id(i) {
				t.Fatalf("node %d is not found", i)
			}
		}
		for k := range roots {
			got := cellsOf(s, roots[k], levels)
			for j := range got {
				if got[j] != want[k][j] {
					t.Fatalf("%d workers, tree %d: leaf %d changed", workers, k, j)
				}
			}
		}
	}
}

// Of the results, those survive whose squares are kept on another's account.
func TestCollectionDropsResults(t *testing.T) {
	r := seeded(t)
	s := newStore(t, 1)
	kept, lost := tree(s, r, 3), tree(s, r, 3)
	a, b := tree(s, r, 4), tree(s, r, 4)
	s.setMemo(a, fullResult, kept)
	s.setMemo(b, fullResult, lost)
	s.collectAll(func(visit func(*id)) { visit(&a); visit(&b); visit(&kept) })
	if tag, res := s.memo(a); tag != fullResult || res != kept {
		t.Errorf("the result of a node was lost, though its square was kept: tag %d, result %d", tag, res)
	}
	if tag := s.tag(b); tag != noResult {
		t.Errorf("a result was kept, though its square was not: tag %d", tag)
	}
}
