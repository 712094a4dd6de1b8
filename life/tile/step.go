package tile

import (
	"math/bits"
	"unsafe"

	"golife/life/internal/kernel"
)

// batch is how many tiles are stepped in one call: enough that calls take no time, and
// few enough that what is known of them stays in the nearest cache.
const batch = 32

// worker is what one goroutine needs to step tiles: the lists that it fills.
type worker struct {
	first, second *kernel.Network
	room          int64 // bytes that it may still record

	ids    [batch]id // of visits
	visits [batch]kernel.Visit

	// These have room for all tiles, and count those that are on them.
	next         list[id]   // tiles to visit in the next pass; it takes the place of the queue
	quiet        list[id]   // tiles that came to rest
	north, south list[pair] // tiles with changes that the neighbour there copies
	west, east   list[edge] // likewise

	corners []diagonals
	astray  []id // tiles that left their cycle, or have none, beside some asleep
	bedside []id // tiles beside some asleep
	drowsy  []id // tiles that follow their cycle
	grown   []id // tiles that are old enough for a tracker
	idle    []id // tiles that rest and have a tracker
	lone    []id // tiles that may hold nothing but a spaceship

	stepped, lines, recorded int64
}

// list is a list to which an entry is added in any case, and then counted or not: a
// processor cannot foretell which edges a visit changes.
type list[T any] struct {
	entries []T
	n       int
}

func (l *list[T]) add(x T, count int) {
	l.entries[l.n] = x
	l.n += count
}

// all returns the entries that count.
func (l *list[T]) all() []T { return l.entries[:l.n] }

// pair is a tile that changed at an edge, and the neighbour that copies it, or 0.
type pair struct{ from, to id }

// edge is a pair, one to the west or east of the other, and the rows that changed.
type edge struct {
	pair
	rows uint64
}

// diagonals is a tile that changed where neighbours in diagonal directions copy it.
type diagonals struct {
	id         id
	directions uint8 // bit d: neighbour d
}

// reset empties the worker's lists, keeps their memory, and makes room for the tiles
// of queue, which step is to be called with.
func (w *worker) reset(queue []id) {
	w.next = list[id]{entries: queue}
	if n := len(queue); len(w.quiet.entries) < n {
		n *= 2
		w.quiet.entries = make([]id, n)
		for _, l := range []*list[pair]{&w.north, &w.south} {
			l.entries = make([]pair, n)
		}
		for _, l := range []*list[edge]{&w.west, &w.east} {
			l.entries = make([]edge, n)
		}
	}
	w.quiet.n, w.north.n, w.south.n, w.west.n, w.east.n = 0, 0, 0, 0, 0
	w.corners = w.corners[:0]
	w.astray, w.bedside, w.drowsy = w.astray[:0], w.bedside[:0], w.drowsy[:0]
	w.grown, w.idle, w.lone = w.grown[:0], w.idle[:0], w.lone[:0]
	w.stepped, w.lines, w.recorded = 0, 0, 0
}

// forget lets go of the tiles of the last visits.
func (w *worker) forget() { clear(w.visits[:]) }

// step visits the tiles of queue and fills the worker's lists.
func (w *worker) step(u *universe, queue []id) {
	w.reset(queue)
	for len(queue) > 0 {
		n := min(batch, len(queue))
		m := w.choose(u, queue[:n])
		kernel.StepTwice(w.first, w.second, w.visits[:m])
		w.tell(u, m)
		w.stepped += int64(m)
		queue = queue[n:]
	}
}

// choose prepares visits of those tiles of a batch that are to be stepped.
func (w *worker) choose(u *universe, queue []id) (n int) {
	groups := 0
	for _, k := range queue {
		t := u.at(k)
		if t.tracker|uint32(t.sleepers) != 0 && !w.watch(u, k, t) {
			continue
		}
		v := &w.visits[n&(batch-1)]
		v.Tile, v.Groups = &t.rows, kernel.Groups(t.changed)
		w.ids[n&(batch-1)] = k
		groups += bits.OnesCount64(v.Groups)
		n++
	}
	w.lines += int64(4 * groups)
	return n
}

// tell notes what the visits of a batch changed.
func (w *worker) tell(u *universe, n int) {
	for i := range n {
		k, v := w.ids[i&(batch-1)], &w.visits[i&(batch-1)]
		t := tileWith(v.Tile)
		t.changed = v.Rows
		if v.Rows == 0 {
			w.rest(k, t)
			continue
		}
		w.next.add(k, 1)
		w.north.add(pair{k, t.near[toN]}, atLow(v.Rows))
		w.south.add(pair{k, t.near[toS]}, atHigh(v.Rows))
		w.west.add(edge{pair{k, t.near[toW]}, v.Sides}, atLow(v.Columns))
		w.east.add(edge{pair{k, t.near[toE]}, v.Sides}, atHigh(v.Columns))
		if v.Sides&(lowEdge|highEdge) != 0 {
			w.corners = append(w.corners, diagonals{k, diagonal(v)})
		}
		if t.age <= trackAge {
			if t.age++; t.age > trackAge {
				w.grown = append(w.grown, k)
			}
		}
		if (uint32(u.clock)+uint32(k))%launchEvery == 0 && bits.OnesCount64(v.Rows) <= launchRows {
			w.lone = append(w.lone, k)
		}
	}
}

// tileWith returns the tile that rows are the first field of.
func tileWith(rows *kernel.Tile) *tile { return (*tile)(unsafe.Pointer(rows)) }

// rest puts a tile that does not change on the right list. One with a tracker goes
// on to be visited, so that the tracker misses no pass.
func (w *worker) rest(k id, t *tile) {
	if t.tracker != 0 {
		w.next.add(k, 1)
		w.idle = append(w.idle, k)
		return
	}
	t.isQueued = false
	w.quiet.add(k, 1)
}

// atLow and atHigh return 1 if the rows or columns m have one that the neighbour to
// the north or west, or to the south or east, copies.
func atLow(m uint64) int  { return int(m>>rim|m>>(rim+1)) & 1 }
func atHigh(m uint64) int { return int(m>>(side-2*rim)|m>>(side-2*rim+1)) & 1 }

// diagonal returns which neighbours in diagonal directions may have to copy cells of
// a tile after a visit.
func diagonal(v *kernel.Visit) (directions uint8) {
	west, east := uint8(atLow(v.Columns)), uint8(atHigh(v.Columns))
	north, south := uint8(atLow(v.Sides)), uint8(atHigh(v.Sides))
	return north&west<<toNW | north&east<<toNE | south&west<<toSW | south&east<<toSE
}

// edges calls f with the tiles that changed where a neighbour copies them, and the
// direction of that neighbour.
func (w *worker) edges(f func(k id, d int)) {
	for _, p := range w.north.all() {
		f(p.from, toN)
	}
	for _, p := range w.south.all() {
		f(p.from, toS)
	}
	for _, e := range w.west.all() {
		f(e.from, toW)
	}
	for _, e := range w.east.all() {
		f(e.from, toE)
	}
	for _, c := range w.corners {
		for m := c.directions; m != 0; m &= m - 1 {
			f(c.id, bits.TrailingZeros8(m))
		}
	}
}

// push copies the changed cells at the tiles' edges into their neighbours, makes the
// neighbours that are not there, and queues those that this changes.
func (u *universe) push(w *worker) {
	for _, p := range w.north.all() {
		if t, q := u.at(p.from), u.at(p.to); q.isAsleep {
			u.miss(t, toN)
		} else {
			u.change(p.to, q, copyTwo(&q.rows, side-rim, t.rows[rim], t.rows[rim+1], ownBits))
		}
	}
	for _, p := range w.south.all() {
		if t, q := u.at(p.from), u.at(p.to); q.isAsleep {
			u.miss(t, toS)
		} else {
			u.change(p.to, q, copyTwo(&q.rows, 0, t.rows[side-2*rim], t.rows[side-2*rim+1], ownBits))
		}
	}
	for _, e := range w.west.all() {
		if t, q := u.at(e.from), u.at(e.to); q.isAsleep {
			u.miss(t, toW)
		} else {
			u.change(e.to, q, kernel.CopyWest(&q.rows, &t.rows, e.rows))
		}
	}
	for _, e := range w.east.all() {
		if t, q := u.at(e.from), u.at(e.to); q.isAsleep {
			u.miss(t, toE)
		} else {
			u.change(e.to, q, kernel.CopyEast(&q.rows, &t.rows, e.rows))
		}
	}
	for _, c := range w.corners {
		t := u.at(c.id)
		for m := c.directions; m != 0; m &= m - 1 {
			u.pushEdge(t, bits.TrailingZeros8(m)&7, 0)
		}
	}
}

// pushEdge is push for one tile and direction.
func (u *universe) pushEdge(t *tile, d int, rows uint64) {
	if q := u.at(t.near[d]); q.isAsleep {
		u.miss(t, d)
	} else {
		u.change(t.near[d], q, copyEdge(&q.rows, &t.rows, d, rows))
	}
}

// miss makes the neighbour that t is to push to, unless it is asleep, or not needed.
func (u *universe) miss(t *tile, d int) {
	if t.near[d] == 0 && isLiveAt(&t.rows, d) {
		u.bear(t.x+offset[d].x, t.y+offset[d].y)
	}
}

// change notes that rows of a tile have changed, and queues it if so.
func (u *universe) change(k id, t *tile, rows uint64) {
	if rows == 0 {
		return
	}
	t.changed |= rows
	u.enqueue(k, t)
}

// enqueue puts a tile on the queue, unless it is there.
func (u *universe) enqueue(k id, t *tile) {
	if !t.isQueued {
		t.isQueued = true
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
