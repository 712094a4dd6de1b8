package hashlife

import (
	"math/bits"
	"slices"
	"sync/atomic"

	"golife/life/internal/kernel"
	"golife/life/internal/lookup"
)

// stepper computes results for one step exponent; see the package comment on
// memory latency.
type stepper struct {
	*store
	cells     layout
	baseLevel int // of the smallest nodes, one above that of leaves

	exp  int      // a step is 2^exp generations, at most a full result
	odd  int      // parity of the generation a step starts from
	tags []uint32 // tags[level] marks a result of this step; see tagOf

	chunk       int  // nodes of a level worked on together
	isAbandoned bool // the last computation was, and nodes may be pending

	collected int // how often the tables were collected during this step
	team      team
	poll      func() bool // asked now and then; true stops the computation
	roots     visitor     // what outlives a collection besides the frames
}

// frame is a chunk of nodes of one level that are worked on together.
type frame struct {
	level   int
	items   []item
	first   int  // of the items of the burst under way
	need    []id // nodes of the level below whose results are missing
	isMixed bool // others of them are for other workers to compute

	// The subs that wait for results: 16 times the number of an item, and that of its sub.
	// Where items get results or another order before their turn, their bits of missing
	// say it instead; see unlist.
	open     []uint16
	isListed bool
}

// subs is how many entries of a frame's open belong to an item at most.
const subs = 9

// item is one node on the way to its result.
type item struct {
	node    id
	missing uint16 // bit j: sub[j] waits for its result, in a frame that is not listed
	sub     [9]id  // nodes that do, and the results of others
}

// worker computes results, chunk by chunk.
type worker struct {
	*cursor
	step    *stepper
	tags    []uint32
	pending uint32 // the tag of nodes that this worker will compute

	scratch
	touched uint32 // keeps look-ahead loads from being optimised away
	blocks  *blockMemo
	squares *byteSquares

	frames []*frame // the chunks under way, each for the sake of the one before
	depth  int      // how many there are; the others are kept for later
	list   [maxLists]list
	posted atomic.Int32 // lists that others may help with
	counts workCounts

	number  int   // among the workers
	startAt int64 // count of results from which the others help; 0 once they do
}

// scratch is what a burst works with; here, since it would have to be cleared on
// the stack.
type scratch struct {
	probes  [5 * burst]lookup.Probe
	others  [256]uint8
	own     [burst][4]uint32 // numbers of leaves
	out     [burst]kernel.Leaf
	soonIDs [9 * burst]id // what will be needed soon
}

// workCounts says how much a worker did.
type workCounts struct {
	results   int64 // results of nodes computed
	leafSteps int64 // results of base nodes computed
	steals    int64 // chunks taken from other workers
}

const (
	maxChunk = 256 // nodes of a level worked on together
	burst    = 48  // nodes whose look-ups are under way at once

	// For a new result, which may never serve, the epoch in which it last served counts as
	// so many before it was made.
	headStart = 16
)

// Tags of nodes, in 8 bits.
const (
	noResult     = 0
	fullResult   = 1   // as far as the node's size allows
	firstSlow    = 2   // a result of slow[tag-firstSlow]
	firstPending = 128 // worker tag-firstPending will compute it
	maxWorkers   = 128
)

// isResult reports whether a tag speaks of a result, of whatever step.
func isResult(tag uint32) bool { return tag-1 < firstPending-1 }

// isPending reports whether a tag is that of a node which some worker will compute.
func isPending(tag uint32) bool { return tag >= firstPending }

// slowStep is a step that is too short for a node: of 2^exp generations, under a rule whose
// two phases differ from those of an even or odd one.
type slowStep struct{ exp, odd int }

// setStep prepares for steps of 2^exp generations that start at an odd or even
// generation, for trees up to the given level.
func (s *stepper) setStep(exp, odd, level int) {
	s.exp, s.odd = exp, odd
	if s.isAbandoned {
		s.forget(isPending)
		s.isAbandoned = false
	}
	s.tags = s.tags[:0]
	for l := range level + 1 {
		s.tags = append(s.tags, s.tagOf(l))
	}
	for _, w := range s.team.workers {
		w.tags, w.depth = s.tags, 0
	}
}

// tagOf returns the tag of a result of this step at a level. A node of level l
// advances 2^min(exp, l-2) generations: results at full speed, exp >= l-2, are
// the same for all steps and survive a change of step. Steps of one generation
// under a rule whose two phases differ have a tag for each phase; longer ones
// always start at an even generation.
func (s *stepper) tagOf(level int) uint32 {
	if s.exp >= level-2 {
		return fullResult
	}
	return s.slowTag(slowStep{s.exp, s.odd})
}

// slowTag returns the tag of results of a short step. When there have been more short
// steps than tags, what is known of them is forgotten.
func (s *store) slowTag(step slowStep) uint32 {
	k := slices.Index(s.slow, step)
	if k < 0 {
		if !s.makeTag() {
			s.forget(func(tag uint32) bool { return tag >= firstSlow })
			s.slow = s.slow[:0]
		}
		k = len(s.slow)
		s.slow = append(s.slow, step)
	}
	return firstSlow + uint32(k)
}

// forget takes the tags from nodes that have certain ones.
func (s *store) forget(isOld func(tag uint32) bool) {
	for i := range id(s.taken.Load()) {
		if isOld(s.tag(i)) {
			s.setMemo(i, noResult, 0)
		}
	}
}

// push opens a frame for some nodes of a level.
func (w *worker) push(nodes []id, level int) *frame {
	if w.depth == len(w.frames) {
		w.frames = append(w.frames, new(frame))
	}
	f := w.frames[w.depth]
	w.depth++
	f.level, f.need = level, f.need[:0]
	f.open, f.isListed = f.open[:0], false
	f.items = slices.Grow(f.items[:0], len(nodes))[:len(nodes)]
	clear(f.items)
	for k, i := range nodes {
		f.items[k].node = i
	}
	return f
}

// unlist has missing say what open did.
func (f *frame) unlist() {
	if !f.isListed {
		return
	}
	for _, o := range f.open {
		f.items[o>>4].missing |= 1 << (o & 15)
	}
	f.open, f.isListed = f.open[:0], false
}

// settle puts results in place of the nodes that have them by now: a collection
// keeps what frames name, and of a node's result nobody else may know.
func (w *worker) settle() {
	for _, f := range w.frames[:w.depth] {
		f.unlist()
		for k := range f.items {
			it := &f.items[k]
			for m := it.missing; m != 0; m &= m - 1 {
				j := bits.TrailingZeros16(m)
				if res, ok := w.resultOf(it.sub[j], w.tags[f.level-1]); ok {
					it.sub[j] = res
					it.missing &^= 1 << j
				}
			}
		}
	}
}

// each visits the ids in the frames of a worker.
func (w *worker) each(visit func(*id)) {
	for _, f := range w.frames[:w.depth] {
		for k := range f.items {
			visit(&f.items[k].node)
			for j := range f.items[k].sub {
				visit(&f.items[k].sub[j])
			}
		}
		for k := range f.need {
			visit(&f.need[k])
		}
	}
}

// result returns the centre, half as wide, of a node of level >= baseLevel after
// min(2^exp, 2^(level-2)) generations. It panics with an interrupt.
func (w *worker) result(i id, level int) id {
	if i == 0 {
		return 0
	}
	if res, ok := w.resultOf(i, w.tags[level]); ok {
		return res
	}
	w.setPending(i, w.pending)
	f := w.push(nil, level+1)
	f.need = append(f.need, i) // where a collection finds it
	w.evaluate(f.need, level)
	w.depth--
	return w.nodeTable.result(f.need[0])
}

// computeFrame computes the results of a frame's nodes, which this worker has marked
// pending, and closes it.
func (w *worker) computeFrame(f *frame) {
	w.counts.results += int64(len(f.items))
	w.reserve()
	switch {
	case f.level == w.step.baseLevel:
		w.counts.leafSteps += int64(len(f.items))
		w.eachBurst(f, (*worker).stepLeaves)
	case f.level-2 > w.step.exp:
		w.proceed(f, slowStages)
	default:
		w.proceed(f, fullStages)
	}
	w.depth--
}

// stage is what is done with a burst of a frame's items.
type stage func(w *worker, f *frame, items []item)

// What nodes go through whose step is full, or shorter. All stages but the last look up
// squares of the level below, and leave those whose results are missing to the next.
var (
	fullStages = []stage{(*worker).findNine, (*worker).findFour, (*worker).finishFull}
	slowStages = []stage{(*worker).findNine, (*worker).finishSlow}
)

// proceed takes a frame's items through stages, and computes between them the results that
// are missing. While others still compute some of those, it goes on with the items that do not
// need them.
func (w *worker) proceed(f *frame, stages []stage) {
	for ; len(stages) > 1; stages = stages[1:] {
		w.eachBurst(f, stages[0])
		var rest *frame
		if isLent := w.evaluate(f.need, f.level-1); isLent || f.isMixed {
			rest = w.setAside(f)
		}
		w.resolve(f)
		w.reserve()
		if rest != nil {
			w.proceed(f, stages[1:])
			w.await(rest)
			w.resolve(rest)
			w.reserve()
			w.proceed(rest, stages[1:])
			w.depth--
			return
		}
	}
	w.eachBurst(f, stages[0])
}

// eachBurst passes all items of f to do, a burst at a time; f.need becomes what they
// find missing.
func (w *worker) eachBurst(f *frame, do stage) {
	f.need, f.isMixed = f.need[:0], false
	f.open, f.isListed = f.open[:0], true
	for f.first = 0; f.first < len(f.items); f.first += burst {
		do(w, f, f.items[f.first:min(f.first+burst, len(f.items))])
	}
}

// set makes p a probe for a square.
func set(p *lookup.Probe, north, south uint64) { p.North, p.South = north, south }

// search looks some squares up: Guess becomes the node, which is made if it is
// new.
func (w *worker) search(p []lookup.Probe) {
	w.lookups += int64(len(p))
	search := lookup.SearchPacked
	switch w.form {
	case packed25:
		search = lookup.SearchPacked25
	case wide:
		search = lookup.Search24
	}
	others, touched := search(&w.nodeIndex, p, w.nodeBase, &w.others)
	w.touched += touched
	for _, k := range others {
		q := &p[k]
		q.Guess = w.findFrom(q.Slot, q.Print, q.North, q.South)
	}
}

// taking is takeNine or takeFour.
type taking func(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int

// take puts results in place of what some items of f have found, and has those computed that
// are missing.
func (w *worker) take(f *frame, items []item, p []lookup.Probe, do taking) {
	tag, before := w.tags[f.level-1], len(f.open)
	f.open = slices.Grow(f.open, subs*len(items))
	n := do(&w.nodeTable, items, p, tag, f.open[before:before+subs*len(items)], f.first, w.stamp)
	f.open = f.open[:before+n]
	if w.isSolo {
		w.wantAlone(f, f.open[before:])
	} else {
		w.want(f, f.open[before:], tag)
	}
}

// wantAlone has results computed that some subs lack, unless they are on their way, for the only
// worker. Whether a node is pending already is as good as random, so that there is no branch.
func (w *worker) wantAlone(f *frame, open []uint16) {
	n := len(f.need)
	f.need = slices.Grow(f.need, len(open))[:n+len(open)]
	mine := w.pendingWord(0, w.pending)
	tag, _ := w.word.Split(mine)
	for _, o := range open {
		i := f.items[o>>4].sub[o&15]
		p := w.wordOf(i)
		f.need[n] = i
		if is, _ := w.word.Split(*p); is != tag {
			n++
		}
		*p = *p&w.word.Kept | mine
	}
	f.need = f.need[:n]
}

// want is wantAlone for one of several workers: of those that meet a node, one queues it. First
// it leaves out what is pending, without a branch; nearly all others are its own to compute.
func (w *worker) want(f *frame, open []uint16, tag uint32) {
	first := len(f.need)
	n := first
	f.need = slices.Grow(f.need, len(open))[:n+len(open)]
	for _, o := range open {
		i := f.items[o>>4].sub[o&15]
		t := w.tag(i)
		if isPending(t) && t != w.pending {
			f.isMixed = true
		}
		f.need[n] = i
		if !isPending(t) {
			n++
		}
	}
	wanted := f.need[first:n]
	f.need = f.need[:first]
	for _, i := range wanted {
		switch t := w.tag(i); {
		case t == w.pending || t == tag:
		case isPending(t) || !w.swapPending(i, t, w.pending):
			f.isMixed = true
		default:
			f.need = append(f.need, i)
		}
	}
}

// resolve puts the results in place of the nodes that a frame's items waited for.
func (w *worker) resolve(f *frame) {
	if f.isListed {
		for _, o := range f.open {
			sub := &f.items[o>>4].sub[o&15]
			*sub = w.nodeTable.result(*sub)
		}
		f.open = f.open[:0]
		return
	}
	for k := range f.items {
		it := &f.items[k]
		for ; it.missing != 0; it.missing &= it.missing - 1 {
			j := bits.TrailingZeros16(it.missing)
			it.sub[j] = w.nodeTable.result(it.sub[j])
		}
	}
}

// findNine looks up the nine overlapping squares of nodes of level > baseLevel.
// Four are their children.
func (w *worker) findNine(f *frame, items []item) {
	p := w.probes[:5*len(items)]
	w.touched += findSquares(&w.nodeTable, items, p)
	w.search(p)
	w.take(f, items, p, takeNine)
}

// findFour looks up the four squares that the nine results make up (Gosper,
// "Exploiting Regularities in Large Cellular Spaces", 1984). Their results go to
// sub 0, 1, 2 and 3.
func (w *worker) findFour(f *frame, items []item) {
	p := w.probes[:4*len(items)]
	for k := range items {
		r, q := &items[k].sub, p[4*k:4*k+4:4*k+4]
		set(&q[0], join(r[0], r[1]), join(r[3], r[4]))
		set(&q[1], join(r[1], r[2]), join(r[4], r[5]))
		set(&q[2], join(r[3], r[4]), join(r[6], r[7]))
		set(&q[3], join(r[4], r[5]), join(r[7], r[8]))
	}
	w.search(p)
	w.take(f, items, p, takeFour)
}

// finishFull makes the results at full speed from four quarters.
func (w *worker) finishFull(f *frame, items []item) {
	w.finish(items, f.level)
}

// finish joins sub 0 to 3 of items and stores the results.
func (w *worker) finish(items []item, level int) {
	p := &w.probes
	for k := range items {
		r := &items[k].sub
		set(&p[k], join(r[0], r[1]), join(r[2], r[3]))
	}
	w.search(p[:len(items)])
	for k := range items {
		w.store1(items[k].node, p[k].Guess, level)
	}
}

// finishSlow makes the results of a step that is too short for the level: one
// step, then the centres.
func (w *worker) finishSlow(f *frame, items []item) {
	if f.level-1 == w.step.baseLevel {
		w.centreLeaves(items)
		w.finish(items, f.level)
		return
	}
	p := &w.probes
	soon := w.soonIDs[:0]
	for k := range items {
		soon = append(soon, items[k].sub[:]...)
	}
	w.touched += w.prefetchNodes(soon)
	for k := range items {
		for j, at := range [4]int{0, 1, 3, 4} {
			r := items[k].sub[at:]
			nw, ne, sw, se := w.quad(r[0]), w.quad(r[1]), w.quad(r[3]), w.quad(r[4])
			set(&p[4*k+j], join(nw[3], ne[2]), join(sw[1], se[0]))
		}
	}
	w.search(p[:4*len(items)])
	for k := range items {
		for j := range 4 {
			items[k].sub[j] = p[4*k+j].Guess
		}
	}
	w.finish(items, f.level)
}

// centreLeaves puts the centres of the nine leaves of each item into sub 0 to 3.
func (w *worker) centreLeaves(items []item) {
	for k := range items {
		var quarters [4]id
		for j, at := range [4]int{0, 1, 3, 4} {
			var out kernel.Leaf
			r := items[k].sub[at:]
			w.step.cells.centre(&out, w.leaf(r[0]), w.leaf(r[1]), w.leaf(r[3]), w.leaf(r[4]))
			quarters[j] = w.findLeaf(&out)
		}
		copy(items[k].sub[:], quarters[:])
	}
}

// stepLeaves computes the results of base nodes.
func (w *worker) stepLeaves(_ *frame, items []item) {
	own := &w.own
	w.leavesBelow(items, own)
	soon := w.soonIDs[:0]
	for k := range items {
		soon = append(soon, own[k][:]...)
	}
	w.touched += lookup.Prefetch32(w.leafBase, soon)
	base := w.step.baseLevel
	w.step.cells.step(w, len(items), 1<<min(w.step.exp, base-2))
	out := &w.out
	p := &w.probes
	for k := range items {
		p[k].North = hashLeaf(&out[k])
	}
	w.lookups += int64(len(items))
	w.touched += lookup.Search32(&w.leafIndex, p[:len(items)], w.leafBase)
	for k := range items {
		w.store1(items[k].node, w.findLeafFrom(p[k].Slot, p[k].Print, &out[k]), base)
	}
}

// store1 stores the result of a node.
func (w *worker) store1(i, r id, level int) {
	if w.stamps != nil {
		w.setStamp(i, w.newStamp)
	}
	w.setMemo(i, w.tags[level], r)
}
