package hashlife

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"golife/life/internal/lookup"
)

// The parts of the stages that may be assembly do what plain Go does: same probes,
// subs, bits of missing, and stamps.
func TestStages(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	const now = uint32(7<<1 | 5<<stampShift)
	for range 2000 {
		table := randomNodes(r, 2+r.IntN(300), now)
		items := make([]item, 1+r.IntN(burst))
		for k := range items {
			items[k] = item{node: id(r.IntN(len(table))), missing: uint16(r.Uint32())}
			for j := range items[k].sub {
				items[k].sub[j] = r.Uint32()
			}
		}
		p := make([]lookup.Probe, 5*len(items))
		for k := range p {
			p[k] = lookup.Probe{North: r.Uint64(), Guess: id(r.IntN(len(table)) * r.IntN(2))}
		}
		one, other := newStageRun(table, items, p), newStageRun(table, items, p)
		switch r.IntN(3) {
		case 0:
			findSquares(one.base(), one.items, one.p)
			findSquaresGo(other.base(), other.items, other.p)
		case 1:
			takeNine(one.base(), one.items, one.p, now)
			takeNineGo(other.base(), other.items, other.p, now)
		case 2:
			takeFour(one.base(), one.items, one.p, now)
			takeFourGo(other.base(), other.items, other.p, now)
		}
		if !slices.Equal(one.table, other.table) || !slices.Equal(one.items, other.items) || !slices.Equal(one.p, other.p) {
			t.Fatalf("seed %d: %d nodes, items %+v, probes %+v:\ngot  %+v\nwant %+v", seed, len(table), items, p, one, other)
		}
	}
}

// stageRun is what a stage reads and writes.
type stageRun struct {
	table []node
	items []item
	p     []lookup.Probe
}

func newStageRun(table []node, items []item, p []lookup.Probe) stageRun {
	return stageRun{slices.Clone(table), slices.Clone(items), slices.Clone(p)}
}

func (s *stageRun) base() unsafe.Pointer { return unsafe.Pointer(&s.table[0]) }

// randomNodes returns n nodes, the empty one first, with results of every kind: of
// the step that now marks, stamped now or earlier, of another step, pending, and none.
func randomNodes(r *rand.Rand, n int, now uint32) []node {
	table := make([]node, n)
	for i := range table[1:] {
		any := func() id { return id(r.IntN(n)) }
		table[i+1] = node{
			north: join(any(), any()), south: join(any(), any()), res: r.Uint32(),
			tag: []uint32{now, now &^ stampMask, now ^ 9<<stampShift, now + 2, now | 1, pendingBit | 3, noResult}[r.IntN(7)],
		}
	}
	return table
}
