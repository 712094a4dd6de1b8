package multistate

import (
	"math"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/rule"
	"golife/life/topology"
)

// maxRim bounds the cells around a grid whose edges are joined: each takes some 50 bytes,
// beside the limit on memory.
const maxRim = 1 << 20

// grid is a bounded universe. The cells around it, its rim, are in state 1 where those are
// that they stand for, and count as neighbours; all else outside is in state 0.
type grid struct {
	rect  life.Rect // the cells of the grid
	rims  map[life.Point][]rim
	masks map[life.Rect]*kernel.Tile // those that were asked for, by which cells they have; nil when none is needed
}

// rim is a cell around the grid, by its tile and its place there, and the place on another
// tile of the cell that it stands for.
type rim struct {
	at           life.Point
	x, y         uint8
	fromX, fromY uint8
}

// checkGrid returns why a grid is not supported, or "".
func checkGrid(g rule.Grid) string {
	switch {
	case g.Kind == rule.Infinite || g.Kind == rule.Plane:
		return ""
	case g.Width == 0 || g.Height == 0:
		return "grids with joined edges and infinite sides are not supported"
	case g.Width+g.Height > maxRim/2:
		return "grids with so long edges that are joined are not supported"
	}
	return ""
}

// newGrid returns the grid of r, whose law is l; nil for the unbounded plane.
func newGrid(r *rule.Rule, l *law) *grid {
	g, ok := r.Grid()
	if !ok {
		return nil
	}
	x, y := g.Origin()
	b := &grid{rect: life.Rt(x, y, g.Width, g.Height), rims: map[life.Point][]rim{}, masks: map[life.Rect]*kernel.Tile{}}
	if g.Width == 0 {
		b.rect.Min.X, b.rect.Max.X = math.MinInt64, math.MaxInt64
	}
	if g.Height == 0 {
		b.rect.Min.Y, b.rect.Max.Y = math.MinInt64, math.MaxInt64
	}
	if g.Kind == rule.Plane {
		if l.isRooted {
			b.masks = nil // nothing has ever been, or will be, outside
		}
		return b
	}
	m := topology.New(g)
	join := func(dx, dy int64) {
		ix, iy, ok := m.Inside(dx, dy)
		if !ok {
			return
		}
		from, fromX, fromY := locate(life.Point{X: x + ix, Y: y + iy})
		at, atX, atY := locate(life.Point{X: x + dx, Y: y + dy})
		b.rims[from] = append(b.rims[from], rim{at, uint8(atX), uint8(atY), uint8(fromX), uint8(fromY)})
	}
	for dx := int64(-1); dx <= g.Width; dx++ {
		join(dx, -1)
		join(dx, g.Height)
	}
	for dy := range g.Height {
		join(-1, dy)
		join(g.Width, dy)
	}
	return b
}

// has reports whether p is a cell of the grid.
func (g *grid) has(p life.Point) bool { return g == nil || g.rect.Contains(p) }

// mask returns the cells of the tile at a place that are on the grid; nil where all are.
func (g *grid) mask(at life.Point) *kernel.Tile {
	if g == nil || g.masks == nil {
		return nil
	}
	var cells life.Rect
	cells.Min.X, cells.Max.X = cut(at.X, g.rect.Min.X, g.rect.Max.X)
	cells.Min.Y, cells.Max.Y = cut(at.Y, g.rect.Min.Y, g.rect.Max.Y)
	if cells == life.Rt(0, 0, side, side) {
		return nil
	}
	m, ok := g.masks[cells]
	if !ok {
		m = &kernel.Tile{}
		for y := cells.Min.Y; y < cells.Max.Y; y++ {
			m[y] = ^uint64(0) >> (side - (cells.Max.X - cells.Min.X)) << cells.Min.X
		}
		g.masks[cells] = m
	}
	return m
}

// cut returns which cells of a tile are among lo ≤ v < hi on an axis: from ≤ v < to, both
// 0 where none are.
func cut(tile, lo, hi int64) (from, to int64) {
	at := tile << sideLog
	from, to = max(lo, at)-at, min(hi, at+side)-at
	if from >= to {
		return 0, 0
	}
	return from, to
}

// visitCut is the part of visit behind the kernel, for a tile that is not all on the
// grid: what is outside has no age, and stays as it is until refresh looks at it.
func (u *universe) visitCut(t *tile, old, next *kernel.Tile) outcome {
	var in, out kernel.Tile
	for y, mask := range t.mask() {
		in[y], out[y] = old[y]&mask, old[y]&^mask
		next[y] &= mask
	}
	o := u.law.age(u.law, t.more, &in, next)
	for y, row := range &out {
		next[y] |= row
		o.any |= row
	}
	return o
}

// refresh brings the rim up to date, with what tiles near the edges of the grid have come to
// be. On an error the present generation stands, and it can be called again.
func (e *Engine) refresh() error {
	u := e.u
	for _, t := range u.moved {
		var q *tile // of the last cell
		for i, rims := 0, u.grid.rims[t.at]; i < len(rims); i++ {
			r := &rims[i]
			if i == 0 || r.at != rims[i-1].at {
				q = u.index[r.at]
			}
			is := u.seenAt(t, int(r.fromX), int(r.fromY))
			if q == nil {
				if is == 0 {
					continue
				}
				if err := e.checkRoom(); err != nil {
					return err
				}
				q = u.create(r.at)
			}
			x, y := int(r.x), int(r.y)
			if u.seenAt(q, x, y) == is {
				continue
			}
			if q.cells() != nil {
				u.setCell(q, x, y, is)
			} else {
				put(&u.now(q)[y], x, uint64(is))
			}
			u.changed(q, x, y)
		}
	}
	for _, t := range u.moved {
		t.isMoved = false
	}
	u.moved = u.moved[:0]
	return nil
}

// seenAt returns what other cells see of a cell of t: its state, or whether it is in
// state 1.
func (u *universe) seenAt(t *tile, x, y int) life.State {
	if t.cells() != nil {
		return life.State(t.cells().state[u.clock&1][y<<sideLog|x])
	}
	return life.State(u.now(t)[y] >> x & 1)
}

// move notes that cells of t came to be in state 1 or ceased to be, where that may change
// the rim.
func (u *universe) move(t *tile) {
	if u.grid != nil && !t.isMoved && len(u.grid.rims[t.at]) > 0 {
		t.isMoved = true
		u.moved = append(u.moved, t)
	}
}
