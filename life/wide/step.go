package wide

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"golife/life"
)

// universe is everything that a generation consists of: tiles, and what is to be done in
// the next pass.
type universe struct {
	arena
	law   *law
	grid  grid
	clock int // passes made; its parity says which cells of a tile are the present ones

	queue   []*tile // those with cells to be computed in the next pass
	former  []*tile // of the last pass; memory to be used again
	jobs    []job
	benches []bench // one for each goroutine

	cellsStepped, births, deaths int64
}

// job is a rectangle of cells that are computed together, and the tiles of which these are.
type job struct {
	rect  life.Rect
	tiles []*tile
}

func newUniverse(l *law, g grid) *universe {
	return &universe{arena: arena{log: sideLog(max(l.dx, l.dy)), index: map[life.Point]*tile{}}, law: l, grid: g}
}

// now returns the present cells of a tile, nil when all are in state 0.
func (u *universe) now(t *tile) []uint8 { return t.cells[u.clock&1] }

// touch makes all cells be computed in the next pass that see one of r, which lies on the
// grid.
func (u *universe) touch(r life.Rect) {
	u.grid.pieces(inflated(r, u.law.dx, u.law.dy), func(part life.Rect, dx, dy int64) {
		part.Min, part.Max = part.Min.Add(life.Point{X: dx, Y: dy}), part.Max.Add(life.Point{X: dx, Y: dy})
		u.each(part, func(at life.Point) {
			t := u.make(at)
			if t.todo.IsEmpty() {
				u.queue = append(u.queue, t)
			}
			t.todo = union(t.todo, intersection(part, u.rect(at)))
		})
	})
}

// Bounds of a job. What it needs fits into the second cache, unless most of that is beside
// the cells that are computed; then these are some times the reach.
const (
	jobBytes   = 192 << 10
	jobReaches = 5
	jobWaste   = 1 << 10 // cells that are as much work as one job more
)

// farApart is more than the side of any job, and so small that areas do not overflow.
const farApart = 1 << 20

// cut makes the jobs of a pass. What is to be computed of a tile goes to the job of the tile to the
// west, and that to the one to the north, where this is less work.
func (u *universe) cut() {
	slices.SortFunc(u.queue, func(s, t *tile) int {
		return cmp.Or(cmp.Compare(s.at.Y, t.at.Y), cmp.Compare(s.at.X, t.at.X))
	})
	u.jobs = u.jobs[:0]
	north, row := 0, 0 // the first job of the row of tiles before, and of this one
	for i, t := range u.queue {
		if i > 0 && u.queue[i-1].at.Y != t.at.Y {
			u.join(north, row)
			north, row = row, len(u.jobs)
		}
		if last := len(u.jobs) - 1; last >= row {
			if all, ok := u.joined(u.jobs[last].rect, t.todo); ok {
				u.jobs[last].rect = all
				u.jobs[last].tiles = append(u.jobs[last].tiles, t)
				continue
			}
		}
		u.addJob(t)
	}
	u.join(north, row)
	kept := u.jobs[:0]
	for i, j := range u.jobs {
		if len(j.tiles) == 0 {
			continue
		}
		// The memory of the other's tiles is for later.
		kept = append(kept, j)
		if k := len(kept) - 1; k < i {
			u.jobs[i].tiles = nil
		}
		for _, t := range j.tiles {
			t.todo = intersection(j.rect, u.rect(t.at))
		}
	}
	u.jobs = kept
}

// addJob adds the job of what is to be computed of a tile.
func (u *universe) addJob(t *tile) {
	n := len(u.jobs)
	if n < cap(u.jobs) {
		u.jobs = u.jobs[:n+1]
	} else {
		u.jobs = append(u.jobs, job{})
	}
	u.jobs[n].rect, u.jobs[n].tiles = t.todo, append(u.jobs[n].tiles[:0], t)
}

// join gives what jobs from north to row have to do to those from row on, where this is less
// work. Both are ordered from west to east.
func (u *universe) join(north, row int) {
	before := u.jobs[north:row]
	for i := range u.jobs[row:] {
		j := &u.jobs[row+i]
		for len(before) > 0 && before[0].rect.Max.X < j.rect.Min.X {
			before = before[1:]
		}
		for k := range before {
			b := &before[k]
			if b.rect.Min.X > j.rect.Max.X {
				break
			}
			if all, ok := u.joined(b.rect, j.rect); ok && len(b.tiles) > 0 {
				j.rect, j.tiles = all, append(j.tiles, b.tiles...)
				b.tiles = b.tiles[:0]
			}
		}
	}
}

// joined returns the rectangle of two jobs that are made one, and whether that is less work.
func (u *universe) joined(a, b life.Rect) (all life.Rect, ok bool) {
	dx, dy := u.law.dx, u.law.dy
	all = union(a, b)
	// The width of all that there may be overflows int64, but not uint64.
	if max(uint64(all.Max.X-all.Min.X), uint64(all.Max.Y-all.Min.Y)) > farApart {
		return all, false
	}
	work := area(inflated(all, dx, dy))
	isSmall := work*int64(2+u.law.bits/8) <= jobBytes ||
		all.Max.X-all.Min.X <= int64(jobReaches*dx) && all.Max.Y-all.Min.Y <= int64(jobReaches*dy)
	return all, isSmall && work <= area(inflated(a, dx, dy))+area(inflated(b, dx, dy))+jobWaste
}

// shareCells is for how many cells there is one goroutine more.
const shareCells = 1 << 16

// step computes the next generation, or returns an error and the present one stands.
func (u *universe) step(ctx context.Context, odd bool, threads int) error {
	u.cut()
	cells := int64(0)
	for _, j := range u.jobs {
		cells += area(j.rect)
	}
	threads = int(min(int64(threads), int64(len(u.jobs)), 1+cells/shareCells))
	if err := u.equip(threads); err != nil {
		return err
	}
	err := u.compute(ctx, odd, threads)
	if err == nil {
		err = u.checkRange()
	}
	if err != nil {
		u.abandon()
		return err
	}
	u.cellsStepped += cells
	u.commit()
	return nil
}

// compute does all jobs, and returns the first error.
func (u *universe) compute(ctx context.Context, odd bool, threads int) error {
	if threads == 1 {
		for i := range u.jobs {
			if err := u.benches[0].do(u, &u.jobs[i], odd); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	}
	var next atomic.Int64
	var failure atomic.Pointer[error]
	var group sync.WaitGroup
	for k := range threads {
		group.Go(func() {
			for failure.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(u.jobs) {
					return
				}
				err := u.benches[k].do(u, &u.jobs[i], odd)
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					failure.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	group.Wait()
	if err := failure.Load(); err != nil {
		return *err
	}
	return nil
}

// abandon undoes what was done of a pass. The present cells of all tiles still stand.
func (u *universe) abandon() {
	for _, t := range u.queue {
		if t.fresh[0] != nil {
			u.give(t.fresh)
			t.fresh = [2][]uint8{}
		}
		t.diff = life.Rect{}
	}
}

// commit makes what was computed the present generation, and queues what is to be computed
// for the next one.
func (u *universe) commit() {
	done := u.queue
	u.queue, u.former = u.former[:0], done
	u.clock++
	for _, t := range done {
		t.todo = life.Rect{}
		if t.fresh[0] != nil {
			t.cells, t.fresh = t.fresh, [2][]uint8{}
			u.filled++
			u.births++
		}
	}
	for _, t := range done {
		if t.diff.IsEmpty() {
			continue
		}
		t.count = -1
		u.touch(t.diff)
		t.diff = life.Rect{}
		if !t.isFilled {
			u.give(t.cells)
			t.cells = [2][]uint8{}
			u.filled--
			u.deaths++
		}
	}
	if u.law.alternates {
		u.touchAll()
	}
	for _, t := range done {
		if t.todo.IsEmpty() && t.cells[0] == nil {
			u.drop(t)
		}
	}
}

// touchAll is touch for all cells that are not in state 0.
func (u *universe) touchAll() {
	for _, t := range u.ordered() {
		if r := u.bounds(t); !r.IsEmpty() {
			u.touch(r)
		}
	}
}

// ordered returns the tiles with cells, from north to south and from west to east.
func (u *universe) ordered() []*tile {
	tiles := make([]*tile, 0, u.filled)
	for _, t := range u.index {
		if t.cells[0] != nil {
			tiles = append(tiles, t)
		}
	}
	slices.SortFunc(tiles, func(s, t *tile) int {
		return cmp.Or(cmp.Compare(s.at.Y, t.at.Y), cmp.Compare(s.at.X, t.at.X))
	})
	return tiles
}

// bounds returns the smallest rectangle around the cells of a tile that are not in state 0.
func (u *universe) bounds(t *tile) (r life.Rect) {
	cells := u.now(t)
	if cells == nil {
		return r
	}
	whole, side := u.rect(t.at), u.side()
	x0, x1, y0, y1 := side, 0, side, 0
	for y := range side {
		row := cells[y*side:][:side]
		if isZero(row) {
			continue
		}
		y0, y1 = min(y0, y), y+1
		first := 0
		for row[first] == 0 {
			first++
		}
		last := side
		for row[last-1] == 0 {
			last--
		}
		x0, x1 = min(x0, first), max(x1, last)
	}
	if x0 >= x1 {
		return r
	}
	return life.Rt(whole.Min.X+int64(x0), whole.Min.Y+int64(y0), int64(x1-x0), int64(y1-y0))
}
