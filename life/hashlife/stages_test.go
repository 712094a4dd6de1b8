package hashlife

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"golife/life/internal/lookup"
)

// The parts of the stages that may be assembly do what plain Go does, for all forms of nodes: same
// probes, subs, lists and stamps.
func TestStages(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	for range 2000 {
		form, tag := form(r.IntN(len(formRoom))), 1+r.Uint32N(firstPending-1)
		if form == packed25 {
			tag = 1 + r.Uint32N(pending25-1)
		}
		table := randomNodes(r, 2+r.IntN(300), tag, form)
		items := make([]item, 1+r.IntN(burst))
		for k := range items {
			items[k] = item{node: above(r, table.count)}
			for j := range items[k].sub {
				items[k].sub[j] = r.Uint32()
			}
		}
		p := make([]lookup.Probe, 5*len(items))
		for k := range p {
			p[k] = lookup.Probe{North: r.Uint64(), Guess: id(r.IntN(table.count) * r.IntN(2))}
		}
		number, stamp := r.IntN(maxChunk), uint8(r.Uint32())
		if r.IntN(2) == 0 {
			table.addStamps()
		}
		one, other := newStageRun(table, items, p, number), newStageRun(table, items, p, number)
		switch r.IntN(3) {
		case 0:
			findSquares(&one.nodeTable, one.items, one.p)
			findSquaresGo(&other.nodeTable, other.items, other.p)
		case 1:
			one.take(takeNine, tag, stamp)
			other.take(takeNineGo, tag, stamp)
		case 2:
			one.take(takeFour, tag, stamp)
			other.take(takeFourGo, tag, stamp)
		}
		if !slices.Equal(one.words, other.words) || !slices.Equal(one.times, other.times) || !slices.Equal(one.items, other.items) || !slices.Equal(one.p, other.p) || !slices.Equal(one.open, other.open) {
			t.Fatalf("seed %d: %d nodes of form %v, items %+v, probes %+v:\ngot  %+v\nwant %+v", seed, table.count, table.form, items, p, one, other)
		}
	}
}

// fewNodes is a table of its own.
type fewNodes struct {
	nodeTable
	words []uint64
	times []uint8 // the stamps
	count int
}

func newFewNodes(n int, form form) *fewNodes {
	f := &fewNodes{nodeTable: nodeTable{formOf: forms[form]}, count: n}
	f.words = make([]uint64, f.nodeWords()*n)
	f.nodeBase = unsafe.Pointer(&f.words[0])
	return f
}

// copy returns an equal table.
func (f *fewNodes) copy() *fewNodes {
	c := newFewNodes(f.count, f.form)
	copy(c.words, f.words)
	if f.times != nil {
		c.addStamps()
	}
	return c
}

// addStamps gives all nodes stamps of 0.
func (f *fewNodes) addStamps() {
	f.times = make([]uint8, f.count)
	f.stamps = unsafe.Pointer(&f.times[0])
}

// stageRun is what a stage reads and writes.
type stageRun struct {
	*fewNodes
	items  []item
	p      []lookup.Probe
	open   []uint16
	number int
}

func newStageRun(table *fewNodes, items []item, p []lookup.Probe, number int) *stageRun {
	return &stageRun{table.copy(), slices.Clone(items), slices.Clone(p), make([]uint16, subs*len(items)), number}
}

// take takes results.
func (s *stageRun) take(do taking, tag uint32, stamp uint8) {
	s.open = s.open[:do(&s.nodeTable, s.items, s.p, tag, s.open, s.number, stamp)]
}

// above returns one of n random nodes that is not just above leaves.
func above(r *rand.Rand, n int) id { return id(n/2 + r.IntN(n-n/2)) }

// randomNodes returns n nodes, the empty one first, with results of every kind: of a tag, of
// another one, pending, and none. The first half lie just above leaves.
func randomNodes(r *rand.Rand, n int, tag uint32, form form) *fewNodes {
	table := newFewNodes(n, form)
	table.setSquare(0, 0, 0)
	table.setMemo(0, noResult, 0)
	for i := range id(n) {
		if i == 0 {
			continue
		}
		any := func() id { return id(r.IntN(n)) }
		leaf := func() id { return leafID(r.Uint32N(uint32(min(formRoom[form].leaves, formRoom[packed25].leaves)))) }
		child, res := any, any()
		if int(i) < n/2 {
			child, res = leaf, leaf()
		}
		table.setSquare(i, join(child(), child()), join(child(), child()))
		switch r.IntN(4) {
		case 0:
			table.setMemo(i, tag, res)
		case 1:
			table.setMemo(i, unlikeTag(tag), res)
		case 2:
			table.setPending(i, firstPending+tag)
		default:
			table.setMemo(i, noResult, res)
		}
	}
	return table
}

// unlikeTag returns the tag of another result.
func unlikeTag(tag uint32) uint32 {
	if tag == fullResult {
		return firstSlow
	}
	return tag - 1
}
