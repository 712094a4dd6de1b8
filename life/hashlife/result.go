package hashlife

import "golife/life/internal/kernel"

// Levels of the tree: leaves are 16×16, the smallest nodes 32×32.
const (
	leafLevel = 4
	baseLevel = leafLevel + 1
)

// stepper computes results for one step exponent, a level at a time; see the
// package comment on memory latency.
type stepper struct {
	*store
	pair *kernel.Pair
	exp  int      // a step is 2^exp generations, at most a full result
	odd  int      // parity of the generation a step starts from
	tags []uint32 // tags[level] marks a result of this step; see tagOf

	pending uint32  // the tag of nodes that wait for their result
	frames  []frame // by level
	touched uint64  // keeps look-ahead loads from being optimised away
	counts
	poll func() bool // asked now and then; true stops the computation
}

// counts says how much work was done.
type counts struct {
	results   int64 // results of nodes computed
	leafSteps int64 // results of base nodes computed
}

// frame is the state of one level's nodes that are worked on together.
type frame struct {
	items []item
	need  []id // nodes of the level below whose results are missing
}

// item is one node on the way to its result.
type item struct {
	node    id
	missing uint16 // bit j: sub[j] is a node that waits for its result
	sub     [9]id  // else the result itself
}

const (
	chunk = 1024 // nodes of a level worked on together
	burst = 16  // nodes whose look-ups are under way at once

	pendingBit = 1 << 31
)

// setStep prepares for steps of 2^exp generations that start at an odd or even
// generation, for trees up to the given level.
func (s *stepper) setStep(exp, odd, level int) {
	s.exp, s.odd = exp, odd
	s.tags = s.tags[:0]
	for l := range level + 1 {
		s.tags = append(s.tags, s.tagOf(l))
	}
	for len(s.frames) <= level {
		s.frames = append(s.frames, frame{})
	}
	// What an abandoned computation left pending is not pending any more.
	s.pending = (s.pending + 1) | pendingBit
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
	if s.at(i).tag != s.tags[level] {
		s.at(i).tag = s.pending
		s.evaluate([]id{i}, level)
	}
	return s.at(i).res
}

// evaluate computes the results of distinct pending nodes of one level.
func (s *stepper) evaluate(nodes []id, level int) {
	for len(nodes) > 0 {
		some := nodes[:min(chunk, len(nodes))]
		nodes = nodes[len(some):]
		if s.results += int64(len(some)); s.poll() {
			panic(cancelled)
		}
		if level == baseLevel {
			s.leafSteps += int64(len(some))
			s.stepLeaves(some)
			continue
		}
		f := &s.frames[level]
		f.items, f.need = f.items[:0], f.need[:0]
		for _, i := range some {
			f.items = append(f.items, item{node: i})
		}
		s.inBursts(f, level, s.findNine)
		s.evaluate(f.need, level-1)
		if level-2 > s.exp {
			s.inBursts(f, level, s.finishSlow)
			continue
		}
		f.need = f.need[:0]
		s.inBursts(f, level, s.findFour)
		s.evaluate(f.need, level-1)
		s.inBursts(f, level, s.finishFull)
	}
}

// inBursts calls do with a burst of items at a time.
func (s *stepper) inBursts(f *frame, level int, do func(*frame, []item, int)) {
	for items := f.items; len(items) > 0; {
		some := items[:min(burst, len(items))]
		items = items[len(some):]
		do(f, some, level)
	}
}

// probe is a node to be looked up.
type probe struct{ hash, north, south uint64 }

// prepare hashes a node and touches its slot.
func (s *stepper) prepare(p *probe, north, south uint64) {
	*p = probe{hash(north, south), north, south}
	s.touched += uint64(s.at(id(p.hash >> s.shift)).tag)
}

// find1 looks a prepared node up.
func (s *stepper) find1(p *probe) id { return s.findHashed(p.hash, p.north, p.south) }

// want puts the result of a node of the level below into sub j of it or, if
// there is none yet, the node itself and has it computed.
func (s *stepper) want(f *frame, it *item, j int, i id, tag uint32) {
	if i == 0 {
		it.sub[j] = 0
		return
	}
	n := s.at(i)
	if n.tag == tag {
		it.sub[j] = n.res
		return
	}
	it.sub[j] = i
	it.missing |= 1 << j
	if n.tag != s.pending {
		n.tag = s.pending
		f.need = append(f.need, i)
	}
}

// resolve puts the results in place of the nodes that items waited for.
func (s *stepper) resolve(items []item) {
	for k := range items {
		it := &items[k]
		for j := 0; it.missing != 0; j, it.missing = j+1, it.missing>>1 {
			if it.missing&1 != 0 {
				it.sub[j] = s.at(it.sub[j]).res
			}
		}
	}
}

// findNine looks up the nine overlapping squares of nodes of level > baseLevel.
// Four are their children.
func (s *stepper) findNine(f *frame, items []item, level int) {
	var own [burst]node
	var p [5 * burst]probe
	for k := range items {
		own[k] = *s.at(items[k].node)
	}
	for k := range items {
		n := &own[k]
		s.touched += uint64(s.at(n.nw()).tag) + uint64(s.at(n.ne()).tag) + uint64(s.at(n.sw()).tag) + uint64(s.at(n.se()).tag)
	}
	for k := range items {
		n := &own[k]
		a, b, c, d := s.at(n.nw()), s.at(n.ne()), s.at(n.sw()), s.at(n.se())
		q := p[5*k : 5*k+5 : 5*k+5]
		s.prepare(&q[0], join(a.ne(), b.nw()), join(a.se(), b.sw()))
		s.prepare(&q[1], join(a.sw(), a.se()), join(c.nw(), c.ne()))
		s.prepare(&q[2], join(a.se(), b.sw()), join(c.ne(), d.nw()))
		s.prepare(&q[3], join(b.sw(), b.se()), join(d.nw(), d.ne()))
		s.prepare(&q[4], join(c.ne(), d.nw()), join(c.se(), d.sw()))
	}
	tag := s.tags[level-1]
	for k := range items {
		it, n, q := &items[k], &own[k], p[5*k:5*k+5:5*k+5]
		s.want(f, it, 0, n.nw(), tag)
		s.want(f, it, 1, s.find1(&q[0]), tag)
		s.want(f, it, 2, n.ne(), tag)
		s.want(f, it, 3, s.find1(&q[1]), tag)
		s.want(f, it, 4, s.find1(&q[2]), tag)
		s.want(f, it, 5, s.find1(&q[3]), tag)
		s.want(f, it, 6, n.sw(), tag)
		s.want(f, it, 7, s.find1(&q[4]), tag)
		s.want(f, it, 8, n.se(), tag)
	}
}

// findFour looks up the four squares that the nine results make up (Gosper,
// "Exploiting Regularities in Large Cellular Spaces", 1984). Their results go to
// sub 0, 1, 2 and 3.
func (s *stepper) findFour(f *frame, items []item, level int) {
	var p [4 * burst]probe
	s.resolve(items)
	for k := range items {
		r, q := &items[k].sub, p[4*k:4*k+4:4*k+4]
		s.prepare(&q[0], join(r[0], r[1]), join(r[3], r[4]))
		s.prepare(&q[1], join(r[1], r[2]), join(r[4], r[5]))
		s.prepare(&q[2], join(r[3], r[4]), join(r[6], r[7]))
		s.prepare(&q[3], join(r[4], r[5]), join(r[7], r[8]))
	}
	tag := s.tags[level-1]
	for k := range items {
		for j := range 4 {
			s.want(f, &items[k], j, s.find1(&p[4*k+j]), tag)
		}
	}
}

// finishFull makes the results at full speed from four quarters.
func (s *stepper) finishFull(_ *frame, items []item, level int) {
	s.resolve(items)
	s.finish(items, level)
}

// finish joins sub 0 to 3 of items and stores the results.
func (s *stepper) finish(items []item, level int) {
	var p [burst]probe
	for k := range items {
		r := &items[k].sub
		s.prepare(&p[k], join(r[0], r[1]), join(r[2], r[3]))
	}
	for k := range items {
		r := s.find1(&p[k])
		n := s.at(items[k].node)
		n.res, n.tag = r, s.tags[level]
	}
}

// finishSlow makes the results of a step that is too short for the level: one
// step, then the centres.
func (s *stepper) finishSlow(_ *frame, items []item, level int) {
	s.resolve(items)
	if level-2 == leafLevel {
		s.centreLeaves(items)
		s.finish(items, level)
		return
	}
	var p [4 * burst]probe
	for k := range items {
		for _, r := range items[k].sub {
			s.touched += uint64(s.at(r).tag)
		}
	}
	for k := range items {
		for j, at := range [4]int{0, 1, 3, 4} {
			r := items[k].sub[at:]
			s.prepare(&p[4*k+j],
				join(s.at(r[0]).se(), s.at(r[1]).sw()),
				join(s.at(r[3]).ne(), s.at(r[4]).nw()))
		}
	}
	for k := range items {
		for j := range 4 {
			items[k].sub[j] = s.find1(&p[4*k+j])
		}
	}
	s.finish(items, level)
}

// centreLeaves puts the centres of the nine leaves of each item into sub 0 to 3.
func (s *stepper) centreLeaves(items []item) {
	for k := range items {
		var quarters [4]id
		for j, at := range [4]int{0, 1, 3, 4} {
			var out kernel.Leaf
			r := items[k].sub[at:]
			kernel.Centre(&out, s.leaf(r[0]), s.leaf(r[1]), s.leaf(r[3]), s.leaf(r[4]))
			quarters[j] = s.findLeaf(&out)
		}
		copy(items[k].sub[:], quarters[:])
	}
}

// stepLeaves computes the results of base nodes.
func (s *stepper) stepLeaves(nodes []id) {
	gens := 1 << min(s.exp, baseLevel-2)
	for len(nodes) > 0 {
		some := nodes[:min(burst, len(nodes))]
		nodes = nodes[len(some):]
		var out [burst]kernel.Leaf
		for k, i := range some {
			n := s.at(i)
			s.pair.Step32(&out[k], s.leaf(n.nw()), s.leaf(n.ne()), s.leaf(n.sw()), s.leaf(n.se()), gens, s.odd)
			s.touched += uint64(s.index[s.leafHome(&out[k])].id)
		}
		for k, i := range some {
			r := s.findLeaf(&out[k])
			n := s.at(i)
			n.res, n.tag = r, s.tags[baseLevel]
		}
	}
}
