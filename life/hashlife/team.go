package hashlife

import (
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// team is the workers that compute a result together. The owner of the engine is
// the first; the others are goroutines that live for one computation.
type team struct {
	workers []*worker
	idle    atomic.Int32  // workers that look for something to do
	why     atomic.Uint32 // the interrupt that ends the computation
	isOver  atomic.Bool
	group   sync.WaitGroup

	// Whoever wants to change the tables halts the others at their next safe point.
	mu       sync.Mutex
	changed  sync.Cond // of mu: running, parked or isHalted have changed
	isHalted atomic.Bool
	running  int // workers under way
	parked   int // those of them that wait at a safe point
}

// list is nodes of one level that wait for their results. The worker that posts it
// takes from the front; those that help take from the back.
type list struct {
	state   atomic.Uint64 // level, first and end of what nobody has taken: 16 bits each
	helpers atomic.Int32  // workers that may be taking some
	isLent  atomic.Bool   // one has
	nodes   []id
}

// maxLists is how many lists of a worker others can help with: the first ones,
// which have most below them.
const maxLists = 64

// alone is how many results the owner computes before it starts the others.
const alone = 2000

func (t *team) init(s *stepper) {
	t.changed.L = &t.mu
	t.workers = nil
	for k, c := range s.cursors {
		t.workers = append(t.workers, &worker{cursor: c, step: s, number: k, pending: firstPending + uint32(k)})
	}
}

// compute returns the result of a node; see worker.result. On an interrupt the
// universe is as before.
func (s *stepper) compute(i id, level int) (r id, why interrupt) {
	t := &s.team
	t.why.Store(0)
	t.isOver.Store(false)
	t.running = 1
	owner := t.workers[0]
	owner.startAt = owner.counts.results + alone
	for _, w := range t.workers {
		w.posted.Store(0)
	}
	s.collected = 0
	s.isBusy = true
	s.chunk = s.store.chunk()
	if why = run(func() { r = owner.result(i, level) }); why != 0 {
		t.why.Store(uint32(why))
	}
	t.isOver.Store(true)
	t.leave()
	t.group.Wait()
	s.isBusy = false
	s.isAbandoned = t.why.Load() != 0
	return r, interrupt(t.why.Load())
}

// start lets the other workers help the owner.
func (t *team) start() {
	t.mu.Lock()
	t.running = len(t.workers)
	t.mu.Unlock()
	for _, w := range t.workers[1:] {
		t.group.Go(func() {
			defer t.leave()
			why := run(w.help)
			if why != 0 {
				t.why.Store(uint32(why))
			}
		})
	}
}

// leave ends a worker's part in the computation.
func (t *team) leave() {
	t.mu.Lock()
	t.running--
	t.changed.Broadcast()
	t.mu.Unlock()
}

// help works on what others have posted, until the computation is over.
func (w *worker) help() {
	t := &w.step.team
	t.idle.Add(1)
	defer t.idle.Add(-1)
	var p pause
	for !t.isOver.Load() {
		w.safePoint()
		if w.steal(maxExp + 4) {
			p = 0
		} else {
			p.wait()
		}
	}
}

// evaluate computes the results of distinct nodes of one level that this worker
// has marked pending, and reports whether others have taken some, and may not be done.
func (w *worker) evaluate(nodes []id, level int) (isLent bool) {
	if !w.isSolo && len(nodes) > 1 && w.canShare() {
		return w.share(nodes, level)
	}
	for len(nodes) > 0 {
		n := min(len(nodes), w.step.chunk)
		w.computeFrame(w.push(nodes[:n], level))
		nodes = nodes[n:]
	}
	return false
}

// canShare reports whether others may help with one more list. The owner starts
// them when there is enough to do.
func (w *worker) canShare() bool {
	if w.counts.results < w.startAt {
		return false
	}
	if w.startAt > 0 {
		w.startAt = 0
		w.step.team.start()
	}
	return w.posted.Load() < maxLists
}

// share is evaluate where others may help.
func (w *worker) share(nodes []id, level int) (isLent bool) {
	depth := w.posted.Load()
	l := &w.list[depth]
	l.nodes = nodes
	l.isLent.Store(false)
	l.state.Store(uint64(level)<<32 | uint64(len(nodes)))
	w.posted.Store(depth + 1)
	for {
		some, _ := l.take(w.portion, false, level)
		if len(some) == 0 {
			break
		}
		w.computeFrame(w.push(some, level))
	}
	for p := pause(0); l.helpers.Load() > 0; {
		p.wait()
	}
	w.posted.Store(depth)
	return l.isLent.Load()
}

// levelOf unpacks a list's state.
func levelOf(state uint64) (level, first, end int) {
	return int(state >> 32), int(state >> 16 & 0xFFFF), int(state & 0xFFFF)
}

// take takes nodes from the front of a list, or from its back, unless its level is
// above top; how many of those that are left, size says.
func (l *list) take(size func(left int) int, fromBack bool, top int) (nodes []id, level int) {
	for {
		s := l.state.Load()
		level, first, end := levelOf(s)
		if first >= end || level > top {
			return nil, level
		}
		n := size(end - first)
		if fromBack {
			if l.state.CompareAndSwap(s, s-uint64(n)) {
				return l.nodes[end-n : end], level
			}
		} else if l.state.CompareAndSwap(s, s+uint64(n)<<16) {
			return l.nodes[first : first+n], level
		}
	}
}

// portion is how many of the nodes that are left of its last list a worker takes at once: half
// of them while somebody looks for something to do, and has not enough to choose from.
func (w *worker) portion(left int) int {
	if idle := int(w.step.team.idle.Load()); idle > 0 && w.offers() < maxOffers*idle {
		return w.half(left)
	}
	return min(left, w.step.chunk)
}

// half is how many nodes to take of a list that is shared.
func (w *worker) half(left int) int { return min((left+1)/2, w.step.chunk) }

// maxOffers is how many lists to leave nodes in for each worker that looks for some. One that does
// not run at present, since the processor does something else, would have all lists halved,
// down to single nodes, whose look-ups do not overlap.
const maxOffers = 3

// offers returns how many lists of a worker, but for the last one, have nodes that nobody has taken.
func (w *worker) offers() (n int) {
	for i := range w.posted.Load() - 1 {
		if _, first, end := levelOf(w.list[i].state.Load()); first < end {
			n++
		}
	}
	return n
}

// steal helps with a list of another worker, of a level not above top, and reports
// whether it found any. A worker's first list has most below it.
func (w *worker) steal(top int) bool {
	workers := w.step.team.workers
	for k := 1; k < len(workers); k++ {
		v := workers[(w.number+k)%len(workers)]
		for i := range v.posted.Load() {
			l := &v.list[i]
			if level, first, end := levelOf(l.state.Load()); first < end && level <= top && w.stealFrom(l, top) {
				return true
			}
		}
	}
	return false
}

// stealFrom helps with a list. Who posts a list keeps it while somebody takes from it.
func (w *worker) stealFrom(l *list, top int) bool {
	l.helpers.Add(1)
	some, level := l.take(w.half, true, top)
	if len(some) == 0 {
		l.helpers.Add(-1)
		return false
	}
	f := w.push(some, level)
	for _, i := range some {
		w.setPending(i, w.pending)
	}
	l.isLent.Store(true)
	l.helpers.Add(-1)
	w.counts.steals++
	t := &w.step.team
	t.idle.Add(-1)
	defer t.idle.Add(1)
	w.computeFrame(f)
	return true
}

// setAside leaves in f the items that have all results that they need, and moves those
// that wait for other workers to a frame of their own, which it opens. Where all items
// of f wait, it waits with them.
func (w *worker) setAside(f *frame) (rest *frame) {
	tag := w.tags[f.level-1]
	ready := 0
	f.unlist()
	for k := range f.items {
		if w.isReady(&f.items[k], tag) {
			f.items[k], f.items[ready] = f.items[ready], f.items[k]
			ready++
		}
	}
	switch ready {
	case len(f.items):
		return nil
	case 0:
		w.await(f)
		return nil
	}
	rest = w.push(nil, f.level)
	rest.items = append(rest.items, f.items[ready:]...)
	f.items = f.items[:ready]
	return rest
}

// isReady reports whether an item has all results that it needs.
func (w *worker) isReady(it *item, tag uint32) bool {
	for m := it.missing; m != 0; m &= m - 1 {
		if !w.isDone(it, m&-m, tag) {
			return false
		}
	}
	return true
}

// await returns when all items of a frame have the results that they need: those of
// nodes that other workers have marked pending, or have taken, are theirs to compute.
func (w *worker) await(f *frame) {
	tag := w.tags[f.level-1]
	for k := range f.items {
		it := &f.items[k]
		if !w.isReady(it, tag) {
			w.waitFor(f.level-1, func() bool { return w.isReady(it, tag) })
		}
	}
}

// isDone reports whether a sub of an item is a result or has one.
func (w *worker) isDone(it *item, bit uint16, tag uint32) bool {
	return it.missing&bit == 0 || w.tag(it.sub[bits.TrailingZeros16(bit)]) == tag
}

// waitFor helps others until isDone. It takes nothing above the level that it waits
// for: so whoever waits for a node waits for one below all that it has itself
// begun, and no circle of waiting can close.
func (w *worker) waitFor(level int, isDone func() bool) {
	t := &w.step.team
	t.idle.Add(1)
	defer t.idle.Add(-1)
	var p pause
	for !isDone() {
		w.safePoint()
		if w.steal(level) {
			p = 0
		} else {
			p.wait()
		}
	}
}

// pause waits longer the more often it is asked to.
type pause int

func (p *pause) wait() {
	switch *p++; {
	case *p < 200:
	case *p < 2000:
		runtime.Gosched()
	default:
		time.Sleep(20 * time.Microsecond)
	}
}

// reserve returns when there is room for the next stage of each worker. The
// ids in frames, and no others, may have changed then.
func (w *worker) reserve() {
	w.safePoint()
	s := w.step
	for {
		if nodes, leaves := s.hasRoom(s.chunk); nodes && leaves {
			return
		}
		s.team.exclusive(s.makeRoomNow)
		w.safePoint()
	}
}

// maxCollected is how often the tables may be collected during a step. A step that
// takes more computes again and again what was dropped, and is better halved.
const maxCollected = 48

// makeRoomNow makes room while the other workers wait.
func (s *stepper) makeRoomNow() {
	for _, w := range s.team.workers {
		w.settle()
	}
	before := s.counts.collections
	ok := s.makeRoom(s.chunk, func(visit func(*id)) {
		s.roots(visit)
		for _, w := range s.team.workers {
			w.each(visit)
		}
	})
	s.collected += int(s.counts.collections - before)
	if !ok || s.collected > maxCollected {
		s.team.why.CompareAndSwap(0, uint32(full))
	}
	// Frames keep their size, so a chunk may only grow now.
	s.chunk = max(s.chunk, s.store.chunk())
}

// safePoint lets others change the tables, and panics with the interrupt that
// ends the computation, if there is one.
func (w *worker) safePoint() {
	t := &w.step.team
	if w.step.poll() {
		t.why.CompareAndSwap(0, uint32(cancelled))
	}
	if why := interrupt(t.why.Load()); why != 0 {
		panic(why)
	}
	if t.isHalted.Load() {
		t.mu.Lock()
		t.park()
		t.mu.Unlock()
	}
}

// exclusive calls f while all other workers wait at a safe point; or it waits
// itself, while another calls.
func (t *team) exclusive(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isHalted.Load() {
		t.park()
		return
	}
	t.isHalted.Store(true)
	for t.parked < t.running-1 {
		t.changed.Wait()
	}
	f()
	t.isHalted.Store(false)
	t.changed.Broadcast()
}

// park waits until nobody changes the tables. The caller holds mu.
func (t *team) park() {
	t.parked++
	t.changed.Broadcast()
	for t.isHalted.Load() {
		t.changed.Wait()
	}
	t.parked--
}
