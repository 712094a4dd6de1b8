package macrocell

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"golife/life"
)

// pair is two squares of one level, the first one on top of the second.
type pair uint64

func pairOf(upper, lower life.NodeID) pair { return pair(upper)<<32 | pair(lower) }

func (p pair) upper() life.NodeID { return life.NodeID(p >> 32) }
func (p pair) lower() life.NodeID { return life.NodeID(p & math.MaxUint32) }

// shifter puts a tree into a Builder, one row further south or north.
//
// A square of the moved tree is most of one square of the old tree and one row of
// its neighbour: it depends on a pair of squares. The pairs of a level follow from
// those of the level above, so one pass goes down and lists the distinct ones, and
// another comes up and builds the squares. A square of which only one row matters,
// and that row is empty, counts as empty: few pairs are left where cells are sparse.
type shifter struct {
	*tree
	b       *life.Builder
	isSouth bool
	most    int // the limit of pairs

	edge [][]bool      // by level from LeafLevel: whether the row that changes squares has cells
	kids [][]life.Quad // by level from the top: the pairs below each pair
	set  pairSet
}

// shift adds a node of level > LeafLevel to b, centred at the origin and then moved
// by one row. It returns ErrTooManyNodes for more than most distinct squares.
func (t *tree) shift(b *life.Builder, level int, root life.NodeID, isSouth bool, most int) error {
	if root == 0 {
		return nil
	}
	s := &shifter{tree: t.ringed(level, root), b: b, isSouth: isSouth, most: most}
	level++
	for l := life.LeafLevel; l <= level; l++ {
		s.edge = append(s.edge, s.edges(l))
	}
	p := pairOf(0, 1)
	if !isSouth {
		p = pairOf(1, 0)
	}
	pairs, err := s.down(level, p)
	if err != nil {
		return err
	}
	b.AddTree(level, s.up(s.leaves(pairs)))
	return nil
}

// ringed returns the tree with one node on top of level, number 1 of its own
// level, that has the given one in its centre. Tables that change are copies.
func (t *tree) ringed(level int, root life.NodeID) *tree {
	i := level - life.LeafLevel - 1
	n := life.NodeID(len(t.levels[i]))
	q := t.levels[i][root]
	c := *t
	c.levels = slices.Clone(t.levels[:i+1])
	c.levels[i] = append(slices.Clip(t.levels[i]), life.Quad{3: q[0]}, life.Quad{2: q[1]}, life.Quad{1: q[2]}, life.Quad{0: q[3]})
	c.levels = append(c.levels, []life.Quad{{}, {n, n + 1, n + 2, n + 3}})
	return &c
}

// edges tells of each node of a level whether it has cells in the row that a
// square gives to its neighbour: the last one on the way south, the first one north.
func (s *shifter) edges(level int) []bool {
	if level > life.LeafLevel {
		nodes, below := s.levels[level-life.LeafLevel-1], s.edge[level-life.LeafLevel-1]
		has := make([]bool, len(nodes))
		if s.isSouth {
			for i, q := range nodes {
				has[i] = below[q[2]] || below[q[3]]
			}
			return has
		}
		for i, q := range nodes {
			has[i] = below[q[0]] || below[q[1]]
		}
		return has
	}
	has := make([]bool, max(len(s.bits), len(s.cells)))
	for i, b := range s.bits {
		has[i] = s.isSouth && b>>56 != 0 || !s.isSouth && b<<56 != 0
	}
	from := 0
	if s.isSouth {
		from = 56
	}
	for i := range s.cells {
		has[i] = [8]life.State(s.cells[i][from:]) != [8]life.State{}
	}
	return has
}

// down lists the distinct pairs of all levels, and returns those of leaves.
func (s *shifter) down(level int, top pair) ([]pair, error) {
	pairs, total := []pair{0, top}, 1
	for ; level > life.LeafLevel; level-- {
		s.set.reset(len(pairs))
		nodes, edge := s.levels[level-life.LeafLevel-1], s.edge[level-life.LeafLevel-1]
		kids := make([]life.Quad, len(pairs))
		for from := 0; from < len(pairs); from += atOnce {
			to := min(from+atOnce, len(pairs))
			s.number(kids[from:to], pairs[from:to], nodes, edge)
			if total+len(s.set.pairs) > s.most {
				return nil, fmt.Errorf("more than %d nodes: %w", s.most, ErrTooManyNodes)
			}
		}
		s.kids = append(s.kids, kids)
		pairs, s.set.pairs = s.set.pairs, pairs
		total += len(pairs)
	}
	s.edge, s.set = nil, pairSet{} // done with, and large
	return pairs, nil
}

// atOnce is how many squares go through a hash table together, so that memory
// answers for all of them at once.
const atOnce = 64

// number writes the numbers of the pairs below each of at most atOnce pairs into kids.
func (s *shifter) number(kids []life.Quad, pairs []pair, nodes []life.Quad, edge []bool) {
	var split [atOnce][4]pair
	for i, p := range pairs {
		split[i] = s.split(nodes[p.upper()], nodes[p.lower()], edge)
		for _, k := range split[i] {
			s.set.touch(k)
		}
	}
	for i := range pairs {
		for j, k := range split[i] {
			kids[i][j] = s.set.find(k)
		}
	}
}

// split returns the pairs below a pair. edge is for the level of its children.
func (s *shifter) split(u, l life.Quad, edge []bool) (k [4]pair) {
	if s.isSouth {
		k = [4]pair{pairOf(u[2], l[0]), pairOf(u[3], l[1]), pairOf(l[0], l[2]), pairOf(l[1], l[3])}
		for i, p := range k {
			if !edge[p.upper()] {
				k[i] = pairOf(0, p.lower())
			}
		}
		return k
	}
	k = [4]pair{pairOf(u[0], u[2]), pairOf(u[1], u[3]), pairOf(u[2], l[0]), pairOf(u[3], l[1])}
	for i, p := range k {
		if !edge[p.lower()] {
			k[i] = pairOf(p.upper(), 0)
		}
	}
	return k
}

// leaves builds the leaves for pairs of them.
func (s *shifter) leaves(pairs []pair) []life.NodeID {
	ids := make([]life.NodeID, len(pairs))
	s.b.Reserve(life.LeafLevel, len(pairs))
	if s.isWide {
		for i, p := range pairs {
			ids[i] = s.b.LeafStates(s.states(p))
		}
		return ids
	}
	var cells [atOnce]uint64
	for from := 0; from < len(pairs); from += atOnce {
		part := pairs[from:min(from+atOnce, len(pairs))]
		for i, p := range part {
			if u, l := s.bits[p.upper()], s.bits[p.lower()]; s.isSouth {
				cells[i] = u>>56 | l<<8
			} else {
				cells[i] = u>>8 | l<<56
			}
		}
		s.b.Leaves(cells[:len(part)], ids[from:])
	}
	return ids
}

// states returns the leaf of states for a pair.
func (s *shifter) states(p pair) *life.LeafStates {
	var c life.LeafStates
	from := 8
	if s.isSouth {
		from = 56
	}
	copy(c[copy(c[:], s.cells[p.upper()][from:]):], s.cells[p.lower()][:])
	return &c
}

// up builds all squares above the leaves, and returns the one on top.
func (s *shifter) up(ids []life.NodeID) life.NodeID {
	for level := life.LeafLevel + 1; len(s.kids) > 0; level++ {
		last := len(s.kids) - 1
		next := make([]life.NodeID, len(s.kids[last]))
		s.b.Reserve(level, len(next))
		var quads [atOnce]life.Quad
		for from := 0; from < len(next); from += atOnce {
			part := s.kids[last][from:min(from+atOnce, len(next))]
			for i, k := range part {
				quads[i] = life.Quad{ids[k[0]], ids[k[1]], ids[k[2]], ids[k[3]]}
			}
			s.b.Nodes(level, quads[:len(part)], next[from:])
		}
		s.kids[last] = nil // for the collector
		s.kids, ids = s.kids[:last], next
	}
	return ids[1]
}

// pairSet numbers distinct pairs from 1; the empty pair is 0.
type pairSet struct {
	pairs []pair
	slots []life.NodeID // numbers by hash, 0 is none
	shift int           // 64 less the binary logarithm of len(slots)

	touched life.NodeID // keeps touch from being no work at all
}

// reset empties the set and expects about n pairs.
func (s *pairSet) reset(n int) {
	s.pairs = append(s.pairs[:0], 0)
	size := bits.Len(uint(max(n, 8))) + 1
	s.shift = 64 - size
	s.slots = append(s.slots[:0], make([]life.NodeID, 1<<size)...)
}

// find returns the number of p.
func (s *pairSet) find(p pair) life.NodeID {
	if p == 0 {
		return 0
	}
	if 3*len(s.pairs) > 2*len(s.slots) {
		s.grow()
	}
	i := s.home(p)
	for s.slots[i] != 0 {
		if s.pairs[s.slots[i]] == p {
			return s.slots[i]
		}
		i = (i + 1) & (len(s.slots) - 1)
	}
	s.slots[i] = life.NodeID(len(s.pairs))
	s.pairs = append(s.pairs, p)
	return s.slots[i]
}

// touch looks at where the search for p begins, ahead of find.
func (s *pairSet) touch(p pair) { s.touched ^= s.slots[s.home(p)] }

// home returns the slot where the search for p begins (Fibonacci hashing: Knuth,
// The Art of Computer Programming 3, 6.4).
func (s *pairSet) home(p pair) int { return int(uint64(p) * 0x9E3779B97F4A7C15 >> s.shift) }

// grow doubles the slots.
func (s *pairSet) grow() {
	n := 2 * len(s.slots)
	s.slots = append(s.slots[:0], make([]life.NodeID, n)...)
	s.shift--
	for id, p := range s.pairs {
		i := s.home(p)
		for id > 0 && s.slots[i] != 0 {
			i = (i + 1) & (n - 1)
		}
		if id > 0 {
			s.slots[i] = life.NodeID(id)
		}
	}
}
