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

// job is a rectangle of cells that are computed together, and the tiles with them: the
// rectangle lies within a row of tiles, of which it touches each.
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

// Bounds of a job. Jobs are as wide as possible, but so that what is needed fits into the
// second cache, and rows of cells of which nothing is to be computed are no large part.
const (
	jobBytes = 192 << 10
	jobWaste = 1 << 10 // cells
)

// cut makes the jobs of a pass.
func (u *universe) cut() {
	slices.SortFunc(u.queue, func(s, t *tile) int {
		return cmp.Or(cmp.Compare(s.at.Y, t.at.Y), cmp.Compare(s.at.X, t.at.X))
	})
	width := int64(jobBytes / ((2 + u.law.bits/8) * (u.side() + 2*u.law.dy)))
	u.jobs = u.jobs[:0]
	first := 0
	var rect life.Rect
	var sum int64
	for i, t := range u.queue {
		all, cells := union(rect, t.todo), area(t.todo)
		if i > first {
			before := u.queue[i-1]
			isNext := before.at.Y == t.at.Y && before.at.X+1 == t.at.X
			if !isNext || all.Max.X-all.Min.X > width || area(all) > sum+cells+(sum+cells)/4+jobWaste {
				u.jobs = append(u.jobs, job{rect, u.queue[first:i]})
				first, all, sum = i, t.todo, 0
			}
		}
		rect, sum = all, sum+cells
	}
	if first < len(u.queue) {
		u.jobs = append(u.jobs, job{rect, u.queue[first:]})
	}
	for _, j := range u.jobs {
		for _, t := range j.tiles {
			t.todo = intersection(j.rect, u.rect(t.at))
		}
	}
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
