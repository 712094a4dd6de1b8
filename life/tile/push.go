package tile

import (
	"math/bits"
	"slices"

	"golife/life/internal/kernel"
	"golife/life/internal/team"
)

// pushed is what a worker notes while it pushes.
type pushed struct {
	roused kernel.List[id] // tiles to be queued, behind the queue or in memory of the worker's
	memory []id
	gaps   []gap
	far    kernel.List[id] // of one direction: tiles whose neighbour is asleep or not there
}

// gap is a tile that has no neighbour in some direction, where it changed.
type gap struct {
	from id
	d    int
}

// The directions are gone through one after the other. In each a tile is pushed to
// by one other at most, whoever's list that is on, so that workers may do it at once. What is read of a tile are other
// words than those that are written, but to the west and east: there a word of a row is read while bits of it change
// that are not asked for.
var (
	straight = []direction{
		{(*worker).pushNorth, func(w *worker) int { return w.North.N }},
		{(*worker).pushSouth, func(w *worker) int { return w.South.N }},
		{(*worker).pushWest, func(w *worker) int { return w.West.N }},
		{(*worker).pushEast, func(w *worker) int { return w.East.N }},
	}
	diagonal = [...]uint32{1 << toNW, 1 << toNE, 1 << toSW, 1 << toSE}
)

const diagonals = 1<<toNW | 1<<toNE | 1<<toSW | 1<<toSE

// direction is one in which workers push.
type direction struct {
	push func(*worker, *universe)
	size func(*worker) int // tiles to push to
}

// sharePushes is the fewest tiles to push to that are worth a goroutine: some 5 µs of work.
const sharePushes = 400

// push copies the changed cells at the tiles' edges into their neighbours, makes the
// neighbours that are not there, and queues those that this changes.
func (u *universe) push(t *team.Team, used []*worker) {
	if len(used) == 1 {
		w := used[0]
		w.startPush(u.queue)
		w.pushAll(u)
		u.queue = w.roused.All()
	} else {
		for _, w := range used {
			w.startPush(w.memory[:0])
			w.memory = w.roused.Entries
		}
		u.pushStraight(t, used)
		u.pushCorners(t, used)
		for _, w := range used {
			u.queue = append(u.queue, w.roused.All()...)
		}
	}
	for _, w := range used {
		for _, g := range w.gaps {
			u.miss(u.at(g.from), g.d)
		}
	}
}

// pushStraight is push for the other directions than the diagonal ones.
func (u *universe) pushStraight(t *team.Team, used []*worker) {
	for _, d := range straight {
		if isShared(used, d.size) {
			t.Do(len(used), func(i int) { d.push(used[i], u) })
			continue
		}
		for _, w := range used {
			d.push(w, u)
		}
	}
}

// pushCorners is push for the diagonal directions. One after the other they take four looks at the lists.
func (u *universe) pushCorners(t *team.Team, used []*worker) {
	if !isShared(used, func(w *worker) int { return w.Corners.N }) {
		for _, w := range used {
			w.pushCorners(u, diagonals)
		}
		return
	}
	for _, d := range diagonal {
		t.Do(len(used), func(i int) { used[i].pushCorners(u, d) })
	}
}

// isShared reports whether workers have so much to push that they should do it at once. In Go, without assembly, no
// words may be read while they change.
func isShared(used []*worker, size func(*worker) int) bool {
	n := 0
	for _, w := range used {
		n += size(w)
	}
	return n >= sharePushes && kernel.HasCopies()
}

// startPush makes room behind a queue for all tiles that the worker may add to it.
func (w *worker) startPush(queue []id) {
	n := w.North.N + w.South.N + w.West.N + w.East.N + 4*w.Corners.N
	w.roused = kernel.List[id]{Entries: slices.Grow(queue, n)[:len(queue)+n], N: len(queue)}
	w.gaps = w.gaps[:0]
}

// pushAll pushes in all directions.
func (w *worker) pushAll(u *universe) {
	w.pushNorth(u)
	w.pushSouth(u)
	w.pushWest(u)
	w.pushEast(u)
	w.pushCorners(u, diagonals)
}

// change notes that rows of a tile have changed, and that it is to be queued if so.
func (w *worker) change(k id, t *tile, rows uint64) {
	t.Changed |= rows
	if rows != 0 && !t.IsQueued {
		t.IsQueued = true
		w.roused.Add(k, 1)
	}
}

// miss notes that a tile's neighbour is not there, if it is not just asleep.
func (w *worker) miss(k id, t *tile, d int) {
	if t.Near[d] == 0 {
		w.gaps = append(w.gaps, gap{k, d})
	}
}

func (w *worker) pushNorth(u *universe) {
	for _, l := range w.North.All() {
		if t, q := u.at(l.From), u.at(l.To); q.IsAsleep {
			w.miss(l.From, t, toN)
		} else {
			w.change(l.To, q, copyTwo(&q.Rows, side-rim, t.Rows[rim], t.Rows[rim+1], ownBits))
		}
	}
}

func (w *worker) pushSouth(u *universe) {
	for _, l := range w.South.All() {
		if t, q := u.at(l.From), u.at(l.To); q.IsAsleep {
			w.miss(l.From, t, toS)
		} else {
			w.change(l.To, q, copyTwo(&q.Rows, 0, t.Rows[side-2*rim], t.Rows[side-2*rim+1], ownBits))
		}
	}
}

func (w *worker) pushWest(u *universe) { w.pushSides(u, kernel.PushWest, &w.West, toW) }
func (w *worker) pushEast(u *universe) { w.pushSides(u, kernel.PushEast, &w.East, toE) }

// pushSides is pushWest or pushEast.
func (w *worker) pushSides(u *universe, push func(kernel.Chunks, []kernel.Side, *kernel.List[id], *kernel.List[id]), sides *kernel.List[kernel.Side], d int) {
	w.far.N = 0
	if sides.N > 0 {
		push(u.places(), sides.All(), &w.roused, &w.far)
	}
	for _, k := range w.far.All() {
		w.miss(k, u.at(k), d)
	}
}

// pushCorners pushes in some of the diagonal directions.
func (w *worker) pushCorners(u *universe, directions uint32) {
	for _, c := range w.Corners.All() {
		t := u.at(c.ID)
		for m := c.Directions & directions; m != 0; m &= m - 1 {
			d := bits.TrailingZeros32(m) & 7
			if q := u.at(t.Near[d]); q.IsAsleep {
				w.miss(c.ID, t, d)
			} else {
				w.change(t.Near[d], q, copyCorner(&q.Rows, &t.Rows, d))
			}
		}
	}
}
