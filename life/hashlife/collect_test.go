package hashlife

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"golife/life/internal/lookup"
)

// randomID returns the id of one of a number of nodes or leaves.
func randomID(r *rand.Rand, nodes, leaves int) id {
	if r.IntN(3) == 0 {
		return leafID(1 + r.Uint32N(uint32(leaves)))
	}
	return r.Uint32N(uint32(nodes))
}

// randomWide returns nodes whose children are among some nodes and leaves, with tags as nodesFrom
// gives those of a form.
func randomWide(r *rand.Rand, n int, f form, nodes, leaves int) []wideNode {
	all := make([]wideNode, n)
	for k := range all {
		one := func() id { return randomID(r, nodes, leaves) }
		tag, res := r.Uint32N(256), one()
		if f == packed25 {
			if tag %= pending25 + 1; tag == pending25 {
				tag, res = tag|firstPending, r.Uint32N(maxWorkers)
			}
		}
		all[k] = wideNode{join(one(), one()), join(one(), one()), res, tag}
	}
	return all
}

// What may be assembly packs and unpacks as plain Go does, and one undoes the other.
func TestPackedBlocks(t *testing.T) {
	r := seeded(t)
	for range 500 {
		checkBlocks(t, randomWide(r, r.IntN(65), packed, lookup.MaxPacked, lookup.MaxPackedBelow-1), pack, packGo, unpack, unpackGo)
		checkBlocks(t, randomWide(r, r.IntN(65), packed25, lookup.Max25, lookup.Max25Below-1), pack25, pack25Go, unpack25, unpack25Go)
	}
}

func checkBlocks[T comparable](t *testing.T, want []wideNode, pack, packGo func([]T, []wideNode), unpack, unpackGo func([]wideNode, []T)) {
	t.Helper()
	n := len(want)
	packed, packedGo := make([]T, n+1), make([]T, n+1)
	pack(packed[:n], want)
	packGo(packedGo[:n], want)
	if !slices.Equal(packed, packedGo) {
		t.Fatalf("%+v packed: %+v, in plain Go %+v", want, packed, packedGo)
	}
	got, gotGo := make([]wideNode, n+1), make([]wideNode, n+1)
	unpack(got, packed[:n])
	unpackGo(gotGo, packed[:n])
	if !slices.Equal(got, gotGo) || !slices.Equal(got[:n], want) {
		t.Fatalf("%+v packed and unpacked: %+v, in plain Go %+v", want, got, gotGo)
	}
}

// Nodes are moved to where so many of those before are kept, in either way; results that are not
// kept are forgotten.
func TestMove(t *testing.T) {
	r := seeded(t)
	for range 300 {
		m := &collector{count: 1 + r.IntN(1000), leafCount: 2 + r.IntN(500)}
		m.leafWords = (m.leafCount + 63) / 64
		m.makeTables(m.leafWords+(m.count+63)/64, false)
		newID := map[id]id{}
		mark := func(i, to id) bool {
			if r.IntN(3) == 0 && i != 0 {
				return false
			}
			*m.worthOf(i) = rooted
			newID[i] = to
			return true
		}
		to := id(0)
		for i := range id(m.count) {
			if mark(i, to) {
				to++
			}
		}
		to = leafID(1)
		for k := 1; k < m.leafCount; k++ {
			if mark(leafID(uint32(k)), to) {
				to--
			}
		}
		m.keep(rooted)
		nodes := randomWide(r, 64, wide, m.count, m.leafCount-1)
		kept := r.Uint64() & r.Uint64()
		for b := kept; b != 0; b &= b - 1 { // what is kept has children that are
			n := &nodes[bits.TrailingZeros64(b)]
			for _, half := range []*uint64{&n.north, &n.south} {
				for newID[id(*half)] == 0 || newID[id(*half>>32)] == 0 {
					*half = join(randomID(r, m.count, m.leafCount-1), randomID(r, m.count, m.leafCount-1))
					if len(newID) < 8 {
						*half = 0
						break
					}
				}
			}
		}
		var got, gotGo nodeBlock
		m.move(&got, nodes, kept)
		m.moveGo(&gotGo, nodes, kept)
		if got != gotGo {
			t.Fatalf("moved: %+v, in plain Go %+v", got, gotGo)
		}
		for k := 0; kept != 0; k, kept = k+1, kept&(kept-1) {
			old := nodes[bits.TrailingZeros64(kept)]
			want := wideNode{
				join(newID[id(old.north)], newID[id(old.north>>32)]),
				join(newID[id(old.south)], newID[id(old.south>>32)]),
				old.res, old.tag,
			}
			if isResult(old.tag) {
				res, ok := newID[old.res]
				if want.res = res; !ok {
					want.tag = noResult
				}
			}
			if isPending(old.tag) || old.tag == noResult {
				want.res = old.res
			}
			if got[k] != want {
				t.Fatalf("%+v became %+v, want %+v", old, got[k], want)
			}
		}
		m.free()
	}
}

// Nodes and results are given the same worth as in plain Go, and so are their children, whatever
// the layout of nodes; also where a child is younger than its parent.
func TestWorth(t *testing.T) {
	r := seeded(t)
	for round := range 200 {
		const leaves = 300
		n := 2 + r.IntN(700)
		s := newStore(t, 1)
		if f := form(round % len(formRoom)); f > s.form {
			s.widen(f)
		}
		nodes := randomWide(r, n, s.form, n, leaves-1)
		for k := range nodes { // most are older than their parents
			if r.IntN(50) != 0 && k > 1 {
				one := func() id { return randomID(r, k, leaves-1) }
				nodes[k].north, nodes[k].south = join(one(), one()), join(one(), one())
			}
		}
		nodes[0] = wideNode{}
		s.sizeNodes(max(n, firstNodes), false)
		s.taken.Store(int64(n))
		s.setNodes(0, nodes)
		if round%3 == 0 {
			stamps := make([]uint8, n)
			for k := range stamps {
				stamps[k] = uint8(r.Uint32())
			}
			s.stamps = unsafe.Pointer(&stamps[0])
			s.firstEpoch = uint8(r.Uint32())
		}
		var all [2]*collector
		for k := range all {
			m := &collector{s: s, count: n, leafCount: leaves}
			m.leafWords = (leaves + 63) / 64
			m.worth = make([]uint8, m.leafWords*64+(n+63)&^63)
			all[k] = m
		}
		m, want := all[0], all[1]
		m.valueResults()
		want.valueResultsGo()
		if !slices.Equal(m.worth, want.worth) {
			t.Fatalf("round %d: %d nodes and what their results are worth: %v, in plain Go %v", round, n, m.worth, want.worth)
		}
		late := 0
		for i := id(n); i != 0; {
			got, wantLate := m.passFrom(i), want.passFromGo(i)
			if got != wantLate || !slices.Equal(m.worth, want.worth) {
				t.Fatalf("round %d: from node %d down to %d, in plain Go to %d: %v, want %v", round, i, got, wantLate, m.worth, want.worth)
			}
			i = got
			late++
		}
		if n > 600 && late < 2 {
			t.Errorf("round %d: no node among %d has a younger child", round, n)
		}
		s.stamps = nil
	}
}
