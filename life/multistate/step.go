package multistate

import (
	"fmt"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/internal/team"
)

// universe is everything that a generation consists of: tiles, and what is to be done
// in the next pass.
type universe struct {
	arena
	law   *law
	clock int64 // passes made; its parity says which of the planes live is the present one
	odd   int   // the parity of the present generation

	queue    []*tile // to be stepped in the next pass
	former   []*tile // of the last pass; memory to be used again
	frontier []*tile // those that have missing neighbours
	moved    []*tile // those with cells that the rim of the grid copies, and that have changed
	outcomes []outcome
	window   window
	windows  []*window // of parts that are shared out
	empty    []*tile   // found in a pass

	stepped, births, deaths int64
	looked, lookedNow       int64 // cells that were looked up, and how many of them in the last pass
}

func newUniverse(l *law, g *grid) *universe {
	return &universe{arena: newArena(l, g), law: l, clock: 1}
}

// now returns the cells of a tile that are in state 1.
func (u *universe) now(t *tile) *kernel.Tile { return &t.live[u.clock&1] }

// enqueue puts a tile on the queue for the next pass, unless it is there. One that is still
// to be visited in this pass is marked only, see commit.
func (u *universe) enqueue(t *tile) {
	switch t.queuedAt {
	case u.clock:
		return
	case u.clock - 1:
	default:
		u.queue = append(u.queue, t)
	}
	t.queuedAt = u.clock
}

// settle refreshes the rim of the grid, and makes the tiles on which something will be born where there is none yet. On an
// error the present generation stands, and settle can be called again.
func (e *Engine) settle() error {
	u := e.u
	if err := e.refresh(); err != nil {
		return err
	}
	for _, t := range u.frontier {
		for d := range t.near {
			if t.missing>>d&1 == 0 || t.near[d] != u.void || !u.isBornBeyond(t, d) {
				continue
			}
			at := t.at.Add(offset[d])
			if !isTile(at) {
				return fmt.Errorf("multistate: cells beyond ±2^62: %w", life.ErrOutOfRange)
			}
			if err := e.checkRoom(); err != nil {
				return err
			}
			u.enqueue(u.create(at))
			u.births++
		}
	}
	for _, t := range u.frontier {
		t.missing = 0
	}
	u.frontier = u.frontier[:0]
	return nil
}

// isTile reports whether cells of a tile there are within the limit.
func isTile(at life.Point) bool {
	const far = limit >> sideLog
	return min(at.X, at.Y) >= -far && max(at.X, at.Y) < far
}

// isBornBeyond reports whether a cell next to the edge d of t, where there is no tile,
// comes to be in state 1 in the next generation. What is next to one edge of t sees t
// and its neighbours only.
func (u *universe) isBornBeyond(t *tile, d int) bool {
	switch {
	case u.law.isRooted:
		return false
	case u.law.look != nil:
		return u.isBornBeside(t, d)
	}
	by := offset[d]
	see := func(dx, dy int64) *kernel.Tile {
		q := u.void
		switch dx, dy = dx+by.X, dy+by.Y; {
		case dx == 0 && dy == 0:
			q = t
		case max(dx, dy) <= 1 && min(dx, dy) >= -1:
			i := 3*(dy+1) + dx + 1
			if i > 4 {
				i--
			}
			q = t.near[i]
		}
		return u.now(q)
	}
	h := kernel.Hood{
		NW: see(-1, -1), N: see(0, -1), NE: see(1, -1), W: see(-1, 0),
		C: u.now(u.void), E: see(1, 0), SW: see(-1, 1), S: see(0, 1), SE: see(1, 1),
	}
	// Four rows are the fewest for which there is assembly.
	first, last, rows := 0, side, [2]int{0, side}
	columns := ^uint64(0)
	switch {
	case by.Y < 0:
		first, rows[0] = side-4, lastLine
	case by.Y > 0:
		last, rows[1] = 4, 1
	}
	switch {
	case by.X < 0:
		columns = 1 << lastLine
	case by.X > 0:
		columns = 1
	}
	var next kernel.Tile
	u.law.nets[u.odd].StepTile(&next, &h, first, last)
	mask := u.grid.mask(t.at.Add(by))
	var born uint64
	for y := rows[0]; y < rows[1]; y++ {
		if mask != nil {
			next[y] &= mask[y]
		}
		born |= next[y]
	}
	return born&columns != 0
}

// step makes a pass over the queued tiles, the frontier being settled.
func (u *universe) step(t *team.Team) {
	todo := u.queue
	u.queue, u.former = u.former[:0], todo
	parity := u.clock & 1
	u.clock++
	before := u.looked
	if n := u.shares(len(todo)); t.Threads > 1 && n > 1 {
		u.visitAll(t, todo, min(n, partsEach*t.Threads), parity)
		for i, t := range todo {
			u.commit(t, u.outcomes[i])
		}
	} else {
		// A visit changes nothing that another one reads, and what a tile queues is
		// for the pass after this one.
		for _, t := range todo {
			u.commit(t, u.visit(t, parity, &u.window))
		}
	}
	for _, t := range u.empty {
		if t.queuedAt != u.clock {
			u.release(t)
			u.deaths++
		}
	}
	u.empty = u.empty[:0]
	u.stepped += int64(len(todo))
	u.lookedNow = u.looked - before
	u.odd = 1 - u.odd
}

// shareTiles is the fewest tiles that are worth a goroutine, and shareCells the fewest cells that are looked up: some
// 5 µs of work. Each goroutine has partsEach parts to do on the average, as tiles differ in what they take.
// TMGas_largeWithHole, 50 tiles of gas, takes 628 ms for 1,000 generations with one goroutine and 351 with two (medians of
// 5 in turn; 434 and 235 on a quieter machine).
const (
	shareTiles = 64
	shareCells = 2000
	partsEach  = 4
)

// shares returns how many goroutines a pass is worth, going by what the last one took.
func (u *universe) shares(tiles int) int {
	return min(tiles, max(tiles/shareTiles, int(u.lookedNow/shareCells)))
}

// visitAll visits tiles, in so many parts by as many goroutines as there are, and fills outcomes.
func (u *universe) visitAll(t *team.Team, todo []*tile, parts int, parity int64) {
	if cap(u.outcomes) < len(todo) {
		u.outcomes = make([]outcome, len(todo)+len(todo)/4)
	}
	u.outcomes = u.outcomes[:len(todo)]
	for len(u.windows) < parts {
		u.windows = append(u.windows, new(window))
	}
	t.Do(parts, func(i int) {
		for j := i * len(todo) / parts; j < (i+1)*len(todo)/parts; j++ {
			u.outcomes[j] = u.visit(todo[j], parity, u.windows[i])
		}
	})
}

// visit computes the next generation of a tile. It reads the live planes of one parity,
// of the tile and its neighbours, and writes that of the other and the planes that only
// the tile itself reads. What w holds does not matter.
func (u *universe) visit(t *tile, parity int64, w *window) outcome {
	if u.law.look != nil {
		return u.visitCells(t, parity, w)
	}
	n, p := &t.near, parity&1
	// A word of each cache line that will be needed, so that memory sends all of them at
	// once: what follows would wait for most of them one by one.
	var asked uint64
	for y := 0; y < side; y += cacheLine {
		asked |= t.live[0][y] | t.live[1][y] | n[toW].live[p][y] | n[toE].live[p][y]
	}
	for i := range t.more {
		for y := 0; y < side; y += cacheLine {
			asked |= t.more[i][y]
		}
	}
	h := kernel.Hood{
		NW: &n[toNW].live[p], N: &n[toN].live[p], NE: &n[toNE].live[p],
		W: &n[toW].live[p], C: &t.live[p], E: &n[toE].live[p],
		SW: &n[toSW].live[p], S: &n[toS].live[p], SE: &n[toSE].live[p],
	}
	next := &t.live[1-p]
	u.law.nets[u.odd].StepTile(next, &h, 0, side)
	var o outcome
	if t.mask() != nil {
		o = u.visitCut(t, h.C, next)
	} else {
		o = u.law.age(u.law, t.more, h.C, next)
	}
	o.asked = asked
	return o
}

// cacheLine is the size of a cache line in words.
const cacheLine = 8

// commit queues what an outcome makes to be stepped in the next pass. Tiles keep their
// order on the queue, which is most often that of their memory: one that is to be visited
// later in this pass is marked here, and put on the queue when it has been.
func (u *universe) commit(t *tile, o outcome) {
	t.count = -1
	u.looked += int64(o.looked)
	if u.law.alternates && o.any != 0 {
		o.busy, o.columns = o.any, ^uint64(0)
	}
	isMarked := t.queuedAt == u.clock
	t.queuedAt = never
	if isMarked || o.columns|o.busy != 0 {
		u.enqueue(t)
	} else if o.any == 0 {
		u.empty = append(u.empty, t)
	}
	if o.columns == 0 {
		return
	}
	u.move(t)
	was, is := &t.live[1-u.clock&1], &t.live[u.clock&1]
	switch {
	case u.law.alternates:
		was = &noChange
	case t.cells() != nil:
		was, is = &noChange, &t.cells().changed[u.clock&1]
	}
	u.touch(t, edges(was[0]^is[0], o.columns, was[lastLine]^is[lastLine]))
}

// edges returns the edges, bit d for edge d, at which there are cells; the first row, the
// last row and the columns that have some are given.
func edges(first, columns, last uint64) (facing uint8) {
	facing = uint8(first&1)<<toNW | uint8(first>>lastLine)<<toNE | uint8(columns&1)<<toW |
		uint8(columns>>lastLine)<<toE | uint8(last&1)<<toSW | uint8(last>>lastLine)<<toSE
	if first != 0 {
		facing |= 1 << toN
	}
	if last != 0 {
		facing |= 1 << toS
	}
	return facing
}

// touch makes what is beyond the given edges of a tile be stepped, or be looked at by
// settle.
func (u *universe) touch(t *tile, facing uint8) {
	for d := range t.near {
		if facing>>d&1 == 0 {
			continue
		}
		if q := t.near[d]; q != u.void {
			u.enqueue(q)
		} else {
			if t.missing == 0 {
				u.frontier = append(u.frontier, t)
			}
			t.missing |= 1 << d
		}
	}
}
