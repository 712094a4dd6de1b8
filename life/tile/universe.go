package tile

import (
	"fmt"
	"math/big"
	"slices"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/internal/team"
)

// universe is everything that a generation consists of: tiles, those that are to
// be visited in the next pass, and how far the counter has come.
type universe struct {
	arena
	// generation of the rows in the arena. The present generation is one more
	// when isOdd is set: that one is computed when somebody looks.
	generation *big.Int
	isOdd      bool
	clock      int64 // passes, apart from those in which nothing could happen

	queue  []id    // tiles to visit in the next pass
	graves []grave // tiles that were empty, in the order in which they may be freed
	cycles
	sky

	passes, visits, skips, lines, births, deaths int64
}

func newUniverse(generation *big.Int) *universe {
	return &universe{arena: newArena(), generation: generation}
}

// networks returns the kernels for the two halves of a pass.
func (e *Engine) networks() (first, second *kernel.Network) {
	odd := e.u.generation.Bit(0)
	return e.nets[odd], e.nets[1-odd]
}

// pass advances the rows by two generations. On an error nothing has changed.
func (e *Engine) pass() error {
	u := e.u
	var undo *journal
	if e.isTight() {
		u.forget()
		u.clean(true)
		undo = u.record()
	}
	used := e.stepAll()
	if undo != nil {
		if err := e.admit(used); err != nil {
			u.restore(undo)
			return err
		}
	}
	u.passes++
	u.commit(&e.team, used)
	u.clean(undo != nil)
	if undo == nil {
		u.launch(used, e)
	}
	u.generation.Add(u.generation, two)
	return nil
}

// commit lets the neighbours and the queue know what the workers found. What was
// asleep stays so until the rims are up to date.
func (u *universe) commit(t *team.Team, used []*worker) {
	u.clock++
	u.queue = u.queue[:0]
	for _, w := range used {
		u.queue = append(u.queue, w.Next.All()...)
	}
	for _, w := range used {
		u.copySleepers(w.bedside)
	}
	for _, w := range used {
		u.rouse(w.astray)
	}
	u.push(t, used)
	for _, w := range used {
		for _, k := range w.quiet {
			if u.at(k).Rows == (kernel.Tile{}) {
				u.graves = append(u.graves, grave{k, u.clock + maxPeriod})
			}
		}
		u.follow(w)
		u.lines += w.lines
		u.visits += w.stepped
		u.skips += int64(u.count) - w.stepped
		u.recorded += w.recorded
	}
}

// follow looks after the trackers of the tiles that a worker visited.
func (u *universe) follow(w *worker) {
	for _, k := range w.drowsy {
		u.doze(k)
	}
	for _, k := range w.idle {
		if t := u.at(k); t.Tracker != 0 && !t.IsAsleep && u.clock-u.trackers[t.Tracker].changedAt > maxPeriod {
			u.untrack(t)
		}
	}
	for _, k := range w.grown {
		if t := u.at(k); t.Tracker == 0 {
			u.track(t)
		}
	}
}

// grave is a tile that is to be freed at a pass if it is empty still. One to which
// life comes back again and again stays, so that its cycle can be found.
type grave struct {
	id id
	at int64
}

// clean frees the tiles that have been empty long enough, or all.
func (u *universe) clean(isAll bool) {
	n := 0
	for n < len(u.graves) && (isAll || u.graves[n].at <= u.clock) {
		u.bury(u.graves[n].id)
		n++
	}
	u.graves = u.graves[n:]
}

// bury frees the tile if nothing is left of it, and reports whether it did.
func (u *universe) bury(k id) bool {
	t := u.at(k)
	if t.Age == 0 || t.IsQueued || t.IsAsleep || t.Tracker != 0 || t.Changed != 0 || t.Rows != (kernel.Tile{}) {
		return false
	}
	u.release(k)
	u.deaths++
	return true
}

// isTight reports whether the next pass could need more tiles than the limits
// on memory and coordinates allow, so that it must be ready to be undone.
func (e *Engine) isTight() bool {
	u := e.u
	if u.isFar {
		return true
	}
	return e.limit > 0 && u.bytesWith(8*len(u.queue))+u.extra() > e.limit
}

// extra returns the memory in use for other things than tiles.
func (u *universe) extra() int64 { return u.recorded + shipBytes*int64(cap(u.ships)) }

// room returns how many bytes may be recorded: half of the memory that is left.
func (e *Engine) room() int64 {
	if e.limit == 0 {
		return maxRecorded - e.u.recorded
	}
	return (e.limit - e.u.bytes() - e.u.extra()) / 2
}

// admit returns an error when the tiles that the workers' changes give birth to
// are too many or too far.
func (e *Engine) admit(used []*worker) error {
	u := e.u
	born := map[life.Point]bool{}
	look := func(k id, d int) {
		if t := u.at(k); t.Near[d] == 0 && isLiveAt(&t.Rows, d) {
			born[life.Point{X: t.x + offset[d].x, Y: t.y + offset[d].y}] = true
		}
	}
	for _, w := range used {
		w.edges(look)
	}
	for p := range born {
		if max(p.X, -p.X, p.Y, -p.Y) > farthest {
			return fmt.Errorf("tile: cells beyond ±2^62: %w", life.ErrOutOfRange)
		}
	}
	if e.limit > 0 && u.bytesWith(len(born))+u.extra() > e.limit {
		return e.tooMany(len(born))
	}
	return nil
}

// tooMany is the error for more tiles than the memory limit allows.
func (e *Engine) tooMany(more int) error {
	u := e.u
	return fmt.Errorf("tile: %d tiles and %d more need %d bytes, the limit is %d: %w",
		u.count, more, u.bytesWith(more)+u.extra(), e.limit, life.ErrMemoryLimit)
}

// skip counts passes in which nothing but cycles happens.
func (u *universe) skip(passes *big.Int) {
	if passes.Sign() == 0 {
		return
	}
	u.clean(true)
	u.generation.Add(u.generation, new(big.Int).Lsh(passes, 1))
	for _, tr := range u.trackers {
		if tr != nil && tr.states != nil {
			n := big.NewInt(int64(len(tr.states)))
			tr.start -= n.Mod(passes, n).Int64()
		}
	}
}

// journal holds what the first half of a pass overwrites.
type journal struct {
	queue   []id
	rows    []kernel.Tile
	changed []uint64
}

func (u *universe) record() *journal {
	j := &journal{queue: slices.Clone(u.queue)}
	for _, k := range u.queue {
		t := u.at(k)
		j.rows = append(j.rows, t.Rows)
		j.changed = append(j.changed, t.Changed)
	}
	return j
}

func (u *universe) restore(j *journal) {
	u.queue = j.queue
	for i, k := range u.queue {
		t := u.at(k)
		t.Rows, t.Changed, t.IsQueued = j.rows[i], j.changed[i], true
	}
}

// settle makes the universe ready for an edit: everything on tiles, awake, and at
// the present generation. When that is odd every tile is visited in the next
// pass. Cost: O(tiles), when there is something to do.
func (e *Engine) settle() {
	u := e.u
	u.forget()
	u.landAll()
	if !u.isOdd {
		return
	}
	first, _ := e.networks()
	var next kernel.Tile
	for _, t := range u.all {
		first.StepRows(next[1:side-1], t.Rows[:])
		for y := rim; y < side-rim; y++ {
			t.Rows[y] = next[y] & ownBits
		}
	}
	u.generation.Add(u.generation, one)
	u.isOdd = false
	e.kinds = nil
	for k := id(1); k < u.next; k++ {
		t := u.at(k)
		if t.Age == 0 {
			continue
		}
		for d, q := range t.Near {
			if q == 0 && isLiveAt(&t.Rows, d) {
				u.create(t.x+offset[d].x, t.y+offset[d].y)
			}
		}
	}
	for k, t := range u.all {
		u.fillRim(t)
		u.change(k, t, ^uint64(0))
	}
}

// clone returns a copy that shares nothing with u.
func (u *universe) clone() *universe {
	c := *u
	c.generation = new(big.Int).Set(u.generation)
	c.chunks = make([]*[chunkTiles]tile, len(u.chunks))
	for i, p := range u.chunks {
		q := *p
		c.chunks[i] = &q
	}
	c.free = slices.Clone(u.free)
	c.index = slices.Clone(u.index)
	c.queue = slices.Clone(u.queue)
	c.graves = slices.Clone(u.graves)
	c.ships = slices.Clone(u.ships)
	c.cycles = u.cycles.clone()
	return &c
}

// compact returns a copy without unused tiles.
func (u *universe) compact() *universe {
	c := *u
	c.arena, c.queue = newArena(), nil
	c.hull = u.hull
	to := make([]id, u.next)
	for k, t := range u.all {
		to[k] = c.take()
		q := c.at(to[k])
		*q = *t
		c.isFar = c.isFar || max(t.x, -t.x, t.y, -t.y) >= farthest
		if c.count++; isFull(c.count, len(c.index)) {
			c.growIndex()
		}
		c.enter(slot{to[k], hash(t.x, t.y)})
	}
	for _, t := range c.all {
		for d := range t.Near {
			t.Near[d] = to[t.Near[d]]
		}
	}
	for _, k := range u.queue {
		c.queue = append(c.queue, to[k])
	}
	return &c
}
