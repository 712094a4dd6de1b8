package hashlife

import (
	"math/bits"

	"golife/life/internal/arena"
	"golife/life/internal/lookup"
)

// ghosts remember what the last collection dropped. How much of that was made again
// by the time of the next tells how much to drop then: to collect costs a few times
// what it costs to make a node, so that it pays to do so seldom, unless what is
// dropped is what the computation goes on with.
type ghosts struct {
	bits []uint64 // a Bloom filter of one hash, for one in ghostShare of the nodes dropped
	last id       // nodes up to this one outlived that collection
	left int64    // as much as one in so many bytes of the limit was left free; 0 at first
	calm int      // collections to come that leave no more than the last one
}

const (
	ghostShare = 8
	leastLeft  = 6 // to start with, and where dropped nodes are made again
	mostLeft   = 2

	// Shares of the nodes that were made again: below, more is dropped, above, less. The
	// first of them must have held twice.
	rareAgain = 0.1 // with leastLeft
	fewAgain  = 0.25
	manyAgain = 0.4

	calmFirst = 1    // collections before more is dropped: at first
	calmAfter = 8    // and after too much was
	enough    = 1000 // nodes to tell a share by
)

// place returns where a node has its bit.
func (g *ghosts) place(north, south uint64) (word uint64, mask uint64) {
	bit, _ := bits.Mul64(lookup.Hash(north, south), uint64(len(g.bits))*64)
	return bit / 64, 1 << (bit % 64)
}

// reset forgets all ghosts and makes room for those of a table with n nodes, of
// which the first last ones are kept.
func (g *ghosts) reset(n int, last id) {
	arena.Free(g.bits)
	g.bits, g.last = arena.Make[uint64](n/64+1), last
}

func (g *ghosts) add(north, south uint64) {
	word, mask := g.place(north, south)
	g.bits[word] |= mask
}

// again returns which share of the nodes before a number, made since the collection, are
// ghosts. It goes by those whose children are older nodes; of others nobody can tell, since ids
// have changed. It reports false when they are too few.
func (g *ghosts) again(t *nodeTable, end id) (share float64, ok bool) {
	seen, hits := 0, 0
	for i := g.last + 1; i < end; i++ {
		if t.isGap(i) {
			continue
		}
		n, s := t.square(i)
		if max(id(n), id(n>>32), id(s), id(s>>32)) > g.last {
			continue
		}
		seen++
		if word, mask := g.place(n, s); g.bits[word]&mask != 0 {
			hits++
		}
	}
	set := 0
	for _, w := range g.bits {
		set += bits.OnesCount64(w)
	}
	byChance := float64(set) / float64(64*len(g.bits))
	return ghostShare * (float64(hits)/float64(max(seen, 1)) - byChance) / (1 - byChance), seen >= enough
}

// adjust changes left by what became of the nodes dropped last time.
func (g *ghosts) adjust(s *store) {
	if g.bits == nil {
		g.judge(0, false)
		return
	}
	g.judge(g.again(&s.nodeTable, id(s.taken.Load())))
}

// judge is adjust for the share of nodes that were made again, if it is known.
func (g *ghosts) judge(share float64, ok bool) {
	switch {
	case g.left == 0:
		g.left, g.calm = leastLeft, calmFirst
	case !ok:
	case share > manyAgain:
		g.left, g.calm = leastLeft, calmAfter
	case g.left == leastLeft && share > rareAgain:
		g.calm = max(g.calm-1, calmFirst)
	case g.calm > 0:
		g.calm--
	case g.left == leastLeft:
		g.left = 3
	case share < fewAgain:
		g.left = mostLeft
	}
}

func (g *ghosts) bytes() int64 { return 8 * int64(len(g.bits)) }

// free forgets all ghosts and what was learnt by them.
func (g *ghosts) free() {
	arena.Free(g.bits)
	*g = ghosts{}
}
