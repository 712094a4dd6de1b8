package hashlife

import "golife/life/internal/kernel"

// Levels of the tree: leaves are 16×16, the smallest nodes 32×32.
const (
	leafLevel = 4
	baseLevel = leafLevel + 1
)

// stepper computes results for one step exponent.
type stepper struct {
	*store
	pair *kernel.Pair
	exp  int      // a step is 2^exp generations, at most a full result
	odd  int      // parity of the generation a step starts from
	tags []uint32 // tags[level] marks a result of this step; see tagOf

	touched uint64 // keeps look-ahead loads from being optimised away
	counts
	poll func() bool // asked now and then; true stops the computation
}

// counts says how much work was done.
type counts struct {
	results   int64 // results of nodes computed
	leafSteps int64 // results of base nodes computed
}

// pollEvery is how many results are computed between two polls.
const pollEvery = 1 << 12

// setStep prepares for steps of 2^exp generations that start at an odd or even
// generation, for trees up to the given level.
func (s *stepper) setStep(exp, odd, level int) {
	s.exp, s.odd = exp, odd
	s.tags = s.tags[:0]
	for l := range level + 1 {
		s.tags = append(s.tags, s.tagOf(l))
	}
}

// tagOf returns the tag of a result of this step at a level. A node of level l
// advances 2^min(exp, l-2) generations: results at full speed, exp >= l-2, are
// the same for all steps and survive a change of step. Steps of one generation
// under a rule whose two phases differ have a tag for each phase; longer ones
// always start at an even generation.
func (s *stepper) tagOf(level int) uint32 {
	e := min(s.exp, level-2)
	return uint32(noResult+1+e)<<1 | uint32(s.odd)
}

// result returns the centre, half as wide, of a node of level >= baseLevel after
// min(2^exp, 2^(level-2)) generations.
func (s *stepper) result(i id, level int) id {
	if i == 0 {
		return 0
	}
	n := s.at(i)
	if n.tag == s.tags[level] {
		return n.res
	}
	var r id
	switch {
	case level == baseLevel:
		r = s.leafStep(n)
	case level-2 > s.exp:
		r = s.slow(n, level)
	default:
		r = s.full(n, level)
	}
	n.res, n.tag = r, s.tags[level]
	if s.results++; s.results%pollEvery == 0 && s.poll() {
		panic(cancelled)
	}
	return r
}

func (s *stepper) leafStep(n *node) id {
	var out kernel.Leaf
	s.leafSteps++
	s.pair.Step32(&out, s.leaf(n.nw()), s.leaf(n.ne()), s.leaf(n.sw()), s.leaf(n.se()), 1<<min(s.exp, baseLevel-2), s.odd)
	return s.findLeaf(&out)
}

// look asks for the cache line of a slot before it is needed.
func (s *stepper) look(h uint64) { s.touched += uint64(s.at(id(h >> s.shift)).tag) }

// nine returns the results of the nine overlapping squares, half as wide, of a
// node of level > baseLevel, in row-major order. The look-ups of the five that
// are not children overlap in memory: each slot is touched before the first is
// searched.
func (s *stepper) nine(n *node, level int) (r [9]id) {
	a, b, c, d := s.at(n.nw()), s.at(n.ne()), s.at(n.sw()), s.at(n.se())
	n1, s1 := join(a.ne(), b.nw()), join(a.se(), b.sw())
	n3, s3 := join(a.sw(), a.se()), join(c.nw(), c.ne())
	n4, s4 := join(a.se(), b.sw()), join(c.ne(), d.nw())
	n5, s5 := join(b.sw(), b.se()), join(d.nw(), d.ne())
	n7, s7 := join(c.ne(), d.nw()), join(c.se(), d.sw())
	h1, h3, h4, h5, h7 := hash(n1, s1), hash(n3, s3), hash(n4, s4), hash(n5, s5), hash(n7, s7)
	s.look(h1)
	s.look(h3)
	s.look(h4)
	s.look(h5)
	s.look(h7)
	r = [9]id{
		n.nw(), s.findHashed(h1, n1, s1), n.ne(),
		s.findHashed(h3, n3, s3), s.findHashed(h4, n4, s4), s.findHashed(h5, n5, s5),
		n.sw(), s.findHashed(h7, n7, s7), n.se(),
	}
	for i := range r {
		r[i] = s.result(r[i], level-1)
	}
	return r
}

// full computes a result at full speed: two half steps (Gosper, "Exploiting
// Regularities in Large Cellular Spaces", 1984).
func (s *stepper) full(n *node, level int) id {
	r := s.nine(n, level)
	n0, s0 := join(r[0], r[1]), join(r[3], r[4])
	n1, s1 := join(r[1], r[2]), join(r[4], r[5])
	n2, s2 := join(r[3], r[4]), join(r[6], r[7])
	n3, s3 := join(r[4], r[5]), join(r[7], r[8])
	h0, h1, h2, h3 := hash(n0, s0), hash(n1, s1), hash(n2, s2), hash(n3, s3)
	s.look(h0)
	s.look(h1)
	s.look(h2)
	s.look(h3)
	i0, i1 := s.findHashed(h0, n0, s0), s.findHashed(h1, n1, s1)
	i2, i3 := s.findHashed(h2, n2, s2), s.findHashed(h3, n3, s3)
	north := join(s.result(i0, level-1), s.result(i1, level-1))
	south := join(s.result(i2, level-1), s.result(i3, level-1))
	return s.find(north, south)
}

// slow computes a result of a step that is too short for the level: one step,
// then the centres.
func (s *stepper) slow(n *node, level int) id {
	r := s.nine(n, level)
	if level-2 == leafLevel {
		return s.slowLeaves(&r)
	}
	north := join(s.centre(r[0], r[1], r[3], r[4]), s.centre(r[1], r[2], r[4], r[5]))
	south := join(s.centre(r[3], r[4], r[6], r[7]), s.centre(r[4], r[5], r[7], r[8]))
	return s.find(north, south)
}

// slowLeaves is the end of slow where the nine results are leaves.
func (s *stepper) slowLeaves(r *[9]id) id {
	centre := func(i int) id {
		var out kernel.Leaf
		kernel.Centre(&out, s.leaf(r[i]), s.leaf(r[i+1]), s.leaf(r[i+3]), s.leaf(r[i+4]))
		return s.findLeaf(&out)
	}
	return s.find(join(centre(0), centre(1)), join(centre(3), centre(4)))
}

// centre returns the node amid four nodes of level > leafLevel.
func (s *stepper) centre(nw, ne, sw, se id) id {
	return s.find(
		join(s.at(nw).se(), s.at(ne).sw()),
		join(s.at(sw).ne(), s.at(se).nw()),
	)
}
