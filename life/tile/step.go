package tile

import (
	"math/bits"

	"golife/life/internal/kernel"
)

// batch is how many tiles are stepped in one call: enough that calls take no time, and
// few enough that what is known of them stays in the nearest cache.
const batch = 32

// worker is what one goroutine needs to step tiles: the lists that it fills.
type worker struct {
	first, second *kernel.Network
	room          int64 // bytes that it may still record

	visits  [batch]kernel.Visit
	asked   int64     // of no meaning
	watched [batch]id // tiles that have a tracker, or are beside one that is asleep
	// Notes have the tiles to visit in the next pass, which take the place of the queue,
	// and those with changes that neighbours copy. What else they have is of one batch.
	kernel.Notes

	pushed

	quiet   []id // tiles that came to rest
	astray  []id // tiles that left their cycle, or have none, beside some asleep
	bedside []id // tiles beside some asleep
	drowsy  []id // tiles that follow their cycle
	grown   []id // tiles that are old enough for a tracker
	idle    []id // tiles that rest and have a tracker
	lone    []id // tiles that may hold nothing but a spaceship

	stepped, lines, recorded int64
}

// reset empties the worker's lists, keeps their memory, and makes room for the tiles
// of queue, which step is to be called with.
func (w *worker) reset(queue []id, clock int64) {
	if n := len(queue); len(w.Corners.Entries) < n {
		n *= 2
		w.North.Entries, w.South.Entries = make([]kernel.Link, n), make([]kernel.Link, n)
		w.West.Entries, w.East.Entries = make([]kernel.Side, n), make([]kernel.Side, n)
		w.Corners.Entries, w.far.Entries = make([]kernel.Diagonals, n), make([]id, n)
		w.Still.Entries, w.Sample.Entries = make([]id, batch), make([]id, batch)
	}
	w.Next = kernel.List[id]{Entries: queue}
	w.North.N, w.South.N, w.West.N, w.East.N, w.Corners.N = 0, 0, 0, 0, 0
	w.Clock = uint32(clock)
	w.quiet = w.quiet[:0]
	w.astray, w.bedside, w.drowsy = w.astray[:0], w.bedside[:0], w.drowsy[:0]
	w.grown, w.idle, w.lone = w.grown[:0], w.idle[:0], w.lone[:0]
	w.stepped, w.lines, w.recorded = 0, 0, 0
}

// forget lets go of the tiles of the last visits.
func (w *worker) forget() { clear(w.visits[:]) }

// step visits the tiles of queue and fills the worker's lists.
func (w *worker) step(u *universe, queue []id) {
	w.reset(queue, u.clock)
	for len(queue) > 0 {
		n := min(batch, len(queue))
		m := w.choose(u, queue[:n])
		w.Still.N, w.Sample.N, w.Groups = 0, 0, 0
		kernel.StepTwice(w.first, w.second, w.visits[:m], &w.Notes)
		for _, k := range w.Still.All() {
			w.rest(k, u.at(k))
		}
		for _, k := range w.Sample.All() {
			w.look(k, u.at(k))
		}
		w.stepped += int64(m)
		w.lines += 4 * int64(w.Groups)
		queue = queue[n:]
	}
}

// choose prepares visits of those tiles of a batch that are to be stepped.
func (w *worker) choose(u *universe, queue []id) (n int) {
	// This loop calls nothing, so that all that it needs stays in registers.
	chunks, trackers, visits, watched := u.chunks, u.trackers, &w.visits, 0
	for _, k := range queue {
		t := &chunks[k/chunkTiles][k%chunkTiles]
		if t.Tracker|uint32(t.Sleepers) != 0 {
			w.watched[watched&(batch-1)] = k
			watched++
			if t.Tracker != 0 { // trackers are far away: nothing waits for this one until then
				w.asked += trackers[t.Tracker].changedAt
			}
			continue
		}
		v := &visits[n&(batch-1)]
		v.Site, v.Groups, v.ID = &t.Site, kernel.Groups(t.Changed), k
		n++
	}
	for _, k := range w.watched[:watched] {
		if t := u.at(k); w.watch(u, k, t) {
			visits[n&(batch-1)] = kernel.Visit{Site: &t.Site, Groups: kernel.Groups(t.Changed), ID: k}
			n++
		}
	}
	return n
}

// look is what is done with a tile that changes once in a while.
func (w *worker) look(k id, t *tile) {
	if t.Age < trackAge {
		if t.Age++; t.Age == trackAge {
			w.grown = append(w.grown, k)
		}
	}
	if bits.OnesCount64(t.Changed) <= launchRows {
		w.lone = append(w.lone, k)
	}
}

// rest puts a tile that does not change on the right list. One with a tracker goes
// on to be visited, so that the tracker misses no pass.
func (w *worker) rest(k id, t *tile) {
	if t.Tracker != 0 {
		w.Next.Add(k, 1)
		w.idle = append(w.idle, k)
		return
	}
	t.IsQueued = false
	w.quiet = append(w.quiet, k)
}

// edges calls f with the tiles that changed where a neighbour copies them, and the
// direction of that neighbour.
func (w *worker) edges(f func(k id, d int)) {
	for _, l := range w.North.All() {
		f(l.From, toN)
	}
	for _, l := range w.South.All() {
		f(l.From, toS)
	}
	for _, s := range w.West.All() {
		f(s.From, toW)
	}
	for _, s := range w.East.All() {
		f(s.From, toE)
	}
	for _, c := range w.Corners.All() {
		for m := c.Directions; m != 0; m &= m - 1 {
			f(c.ID, bits.TrailingZeros32(m))
		}
	}
}

// pushEdge copies what t has at an edge to the neighbour there, makes it if it is not there, and queues it
// if this changes it.
func (u *universe) pushEdge(t *tile, d int, rows uint64) {
	if q := u.at(t.Near[d]); q.IsAsleep {
		u.miss(t, d)
	} else {
		u.change(t.Near[d], q, copyEdge(&q.Rows, &t.Rows, d, rows))
	}
}

// miss makes the neighbour that t is to push to, unless it is asleep, or not needed.
func (u *universe) miss(t *tile, d int) {
	if t.Near[d] == 0 && isLiveAt(&t.Rows, d) {
		u.bear(t.x+offset[d].x, t.y+offset[d].y)
	}
}

// change notes that rows of a tile have changed, and queues it if so.
func (u *universe) change(k id, t *tile, rows uint64) {
	if rows == 0 {
		return
	}
	t.Changed |= rows
	u.enqueue(k, t)
}

// enqueue puts a tile on the queue, unless it is there.
func (u *universe) enqueue(k id, t *tile) {
	if !t.IsQueued {
		t.IsQueued = true
		u.queue = append(u.queue, k)
	}
}

// bear makes the tile at (x, y) because a neighbour has live cells on its rim.
func (u *universe) bear(x, y int64) {
	k := u.create(x, y)
	t := u.at(k)
	u.fillRim(t)
	u.change(k, t, ^uint64(0))
	u.births++
	u.warn(x, y)
}
