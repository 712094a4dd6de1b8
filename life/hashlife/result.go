package hashlife

import (
	"math/bits"
	"sync/atomic"

	"golife/life/internal/kernel"
)

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
	team    team
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

// worker does the work of one burst after the other.
type worker struct {
	*cursor
	step    *stepper
	tags    []uint32
	pending uint32
	fetcher
	need []id // what it found to be missing at the level below
}

const (
	chunk = 1024 // nodes of a level worked on together
	burst = 16   // nodes whose look-ups are under way at once

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
	for _, w := range s.team.workers {
		w.tags, w.pending = s.tags, s.pending
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
		f := &s.frames[level]
		f.items = f.items[:0]
		for _, i := range some {
			f.items = append(f.items, item{node: i})
		}
		if level == baseLevel {
			s.leafSteps += int64(len(some))
			s.team.run(f, level, (*worker).stepLeaves)
			continue
		}
		s.team.run(f, level, (*worker).findNine)
		s.evaluate(f.need, level-1)
		if level-2 > s.exp {
			s.team.run(f, level, (*worker).finishSlow)
			continue
		}
		s.team.run(f, level, (*worker).findFour)
		s.evaluate(f.need, level-1)
		s.team.run(f, level, (*worker).finishFull)
	}
}

// probe is a node to be looked up.
type probe struct{ hash, north, south uint64 }

// prepare hashes a node and lists its slot for fetch.
func (w *worker) prepare(p *probe, north, south uint64) {
	*p = probe{hash(north, south), north, south}
	w.soon(id(p.hash >> w.shift))
}

func (w *worker) find1(p *probe) id { return w.findHashed(p.hash, p.north, p.south) }

// want puts the result of a node of the level below into sub j of it or, if
// there is none yet, the node itself, and has it computed.
func (w *worker) want(it *item, j int, i id, tag uint32) {
	if i == 0 {
		it.sub[j] = 0
		return
	}
	n := w.at(i)
	t := atomic.LoadUint32(&n.tag)
	if t == tag {
		it.sub[j] = n.res
		return
	}
	it.sub[j] = i
	it.missing |= 1 << j
	// Of the workers that meet the node, one queues it.
	switch {
	case t == w.pending:
		return
	case w.isSolo:
		n.tag = w.pending
	case !atomic.CompareAndSwapUint32(&n.tag, t, w.pending):
		return
	}
	w.need = append(w.need, i)
}

// resolve puts the results in place of the nodes that items waited for.
func (w *worker) resolve(items []item) {
	for k := range items {
		it := &items[k]
		for ; it.missing != 0; it.missing &= it.missing - 1 {
			j := bits.TrailingZeros16(it.missing)
			it.sub[j] = w.at(it.sub[j]).res
		}
	}
}

// findNine looks up the nine overlapping squares of nodes of level > baseLevel.
// Four are their children.
func (w *worker) findNine(items []item, level int) {
	var own [burst]node
	var p [5 * burst]probe
	for k := range items {
		own[k] = *w.at(items[k].node)
	}
	for k := range items {
		n := &own[k]
		w.soon(n.nw())
		w.soon(n.ne())
		w.soon(n.sw())
		w.soon(n.se())
	}
	w.fetch(&w.view)
	for k := range items {
		n := &own[k]
		a, b, c, d := w.at(n.nw()), w.at(n.ne()), w.at(n.sw()), w.at(n.se())
		q := p[5*k : 5*k+5 : 5*k+5]
		w.prepare(&q[0], join(a.ne(), b.nw()), join(a.se(), b.sw()))
		w.prepare(&q[1], join(a.sw(), a.se()), join(c.nw(), c.ne()))
		w.prepare(&q[2], join(a.se(), b.sw()), join(c.ne(), d.nw()))
		w.prepare(&q[3], join(b.sw(), b.se()), join(d.nw(), d.ne()))
		w.prepare(&q[4], join(c.ne(), d.nw()), join(c.se(), d.sw()))
	}
	w.fetch(&w.view)
	tag := w.tags[level-1]
	for k := range items {
		it, n, q := &items[k], &own[k], p[5*k:5*k+5:5*k+5]
		w.want(it, 0, n.nw(), tag)
		w.want(it, 1, w.find1(&q[0]), tag)
		w.want(it, 2, n.ne(), tag)
		w.want(it, 3, w.find1(&q[1]), tag)
		w.want(it, 4, w.find1(&q[2]), tag)
		w.want(it, 5, w.find1(&q[3]), tag)
		w.want(it, 6, n.sw(), tag)
		w.want(it, 7, w.find1(&q[4]), tag)
		w.want(it, 8, n.se(), tag)
	}
}

// findFour looks up the four squares that the nine results make up (Gosper,
// "Exploiting Regularities in Large Cellular Spaces", 1984). Their results go to
// sub 0, 1, 2 and 3.
func (w *worker) findFour(items []item, level int) {
	var p [4 * burst]probe
	w.resolve(items)
	for k := range items {
		r, q := &items[k].sub, p[4*k:4*k+4:4*k+4]
		w.prepare(&q[0], join(r[0], r[1]), join(r[3], r[4]))
		w.prepare(&q[1], join(r[1], r[2]), join(r[4], r[5]))
		w.prepare(&q[2], join(r[3], r[4]), join(r[6], r[7]))
		w.prepare(&q[3], join(r[4], r[5]), join(r[7], r[8]))
	}
	w.fetch(&w.view)
	tag := w.tags[level-1]
	for k := range items {
		for j := range 4 {
			w.want(&items[k], j, w.find1(&p[4*k+j]), tag)
		}
	}
}

// finishFull makes the results at full speed from four quarters.
func (w *worker) finishFull(items []item, level int) {
	w.resolve(items)
	w.finish(items, level)
}

// finish joins sub 0 to 3 of items and stores the results.
func (w *worker) finish(items []item, level int) {
	var p [burst]probe
	for k := range items {
		r := &items[k].sub
		w.prepare(&p[k], join(r[0], r[1]), join(r[2], r[3]))
	}
	w.fetch(&w.view)
	for k := range items {
		w.store1(items[k].node, w.find1(&p[k]), level)
	}
}

// finishSlow makes the results of a step that is too short for the level: one
// step, then the centres.
func (w *worker) finishSlow(items []item, level int) {
	w.resolve(items)
	if level-2 == leafLevel {
		w.centreLeaves(items)
		w.finish(items, level)
		return
	}
	var p [4 * burst]probe
	for k := range items {
		for _, r := range items[k].sub {
			w.soon(r)
		}
	}
	w.fetch(&w.view)
	for k := range items {
		for j, at := range [4]int{0, 1, 3, 4} {
			r := items[k].sub[at:]
			w.prepare(&p[4*k+j],
				join(w.at(r[0]).se(), w.at(r[1]).sw()),
				join(w.at(r[3]).ne(), w.at(r[4]).nw()))
		}
	}
	w.fetch(&w.view)
	for k := range items {
		for j := range 4 {
			items[k].sub[j] = w.find1(&p[4*k+j])
		}
	}
	w.finish(items, level)
}

// centreLeaves puts the centres of the nine leaves of each item into sub 0 to 3.
func (w *worker) centreLeaves(items []item) {
	for k := range items {
		var quarters [4]id
		for j, at := range [4]int{0, 1, 3, 4} {
			var out kernel.Leaf
			r := items[k].sub[at:]
			kernel.Centre(&out, w.s.leaf(r[0]), w.s.leaf(r[1]), w.s.leaf(r[3]), w.s.leaf(r[4]))
			quarters[j] = w.findLeaf(&out)
		}
		copy(items[k].sub[:], quarters[:])
	}
}

// stepLeaves computes the results of base nodes.
func (w *worker) stepLeaves(items []item, level int) {
	gens := 1 << min(w.step.exp, baseLevel-2)
	var out [burst]kernel.Leaf
	var hashes [burst]uint64
	for k := range items {
		n := w.at(items[k].node)
		w.step.pair.Step32(&out[k], w.s.leaf(n.nw()), w.s.leaf(n.ne()), w.s.leaf(n.sw()), w.s.leaf(n.se()), gens, w.step.odd)
		hashes[k] = hashLeaf(&out[k])
		w.touched += uint32(atomic.LoadUint64(&w.s.index[w.s.leafHome(hashes[k])]))
	}
	for k := range items {
		w.store1(items[k].node, w.findLeafHashed(hashes[k], &out[k]), level)
	}
}

// store1 stores the result of a node.
func (w *worker) store1(i, r id, level int) {
	n := w.at(i)
	n.res = r
	storeRelease(&n.tag, w.tags[level])
}
