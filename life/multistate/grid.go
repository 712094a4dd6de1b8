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
// that they stand for, and count as neighbours; all else outside is in state 0. It never
// changes.
type grid struct {
	rule rule.Grid
	rect life.Rect // the cells of the grid
	rims map[life.Point][]rim
}

// rim is a cell around the grid, and the cell of a tile that it stands for.
type rim struct {
	x, y uint8
	at   life.Point
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

// newGrid returns the grid of r, nil for the unbounded plane.
func newGrid(r *rule.Rule) *grid {
	g, ok := r.Grid()
	if !ok {
		return nil
	}
	x, y := g.Origin()
	b := &grid{rule: g, rect: life.Rt(x, y, g.Width, g.Height), rims: map[life.Point][]rim{}}
	if g.Width == 0 {
		b.rect.Min.X, b.rect.Max.X = math.MinInt64, math.MaxInt64
	}
	if g.Height == 0 {
		b.rect.Min.Y, b.rect.Max.Y = math.MinInt64, math.MaxInt64
	}
	if g.Kind == rule.Plane {
		return b
	}
	m := topology.New(g)
	join := func(dx, dy int64) {
		ix, iy, ok := m.Inside(dx, dy)
		if !ok {
			return
		}
		at, px, py := locate(life.Point{X: x + ix, Y: y + iy})
		b.rims[at] = append(b.rims[at], rim{uint8(px), uint8(py), life.Point{X: x + dx, Y: y + dy}})
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

// box is a rectangle of cells of a tile: those of the rows first to last-1 in some columns.
type box struct {
	columns     uint64
	first, last uint8
}

// box returns which cells of the tile at a place are on the grid, and whether some are not.
func (g *grid) box(at life.Point) (b box, isCut bool) {
	if g == nil {
		return box{^uint64(0), 0, side}, false
	}
	x0, x1 := cut(at.X, g.rect.Min.X, g.rect.Max.X)
	y0, y1 := cut(at.Y, g.rect.Min.Y, g.rect.Max.Y)
	if x1 > x0 && y1 > y0 {
		b = box{^uint64(0) >> (side - (x1 - x0)) << x0, uint8(y0), uint8(y1)}
	}
	return b, b != box{^uint64(0), 0, side}
}

// cut returns which cells of a tile are among lo ≤ v < hi on an axis.
func cut(tile, lo, hi int64) (from, to int64) {
	at := tile << sideLog
	return min(max(lo, at)-at, side), max(min(hi, at+side)-at, 0)
}

// row returns the cells of row y.
func (b *box) row(y int) uint64 {
	if y < int(b.first) || y >= int(b.last) {
		return 0
	}
	return b.columns
}

// split writes into in and out what cells has on the grid and outside.
func (b *box) split(in, out, cells *kernel.Tile) {
	for y, row := range cells {
		mask := b.row(y)
		in[y], out[y] = row&mask, row&^mask
	}
}

// visitCut is the part of visit behind the kernel, for a tile that is not all on the
// grid: what is outside has no age, and stays as it is until refresh looks at it.
func (u *universe) visitCut(t *tile, old, next *kernel.Tile) outcome {
	var in, out, born kernel.Tile
	t.inside.split(&in, &out, old)
	t.inside.split(next, &born, next)
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
		for _, r := range u.grid.rims[t.at] {
			is := u.now(t)[r.y] >> r.x & 1
			at, x, y := locate(r.at)
			q := u.index[at]
			if q == nil {
				if is == 0 {
					continue
				}
				if err := e.checkRoom(); err != nil {
					return err
				}
				q = u.create(at)
			}
			if row := &u.now(q)[y]; *row>>x&1 != is {
				*row ^= 1 << x
				u.changed(q, x, y)
			}
		}
	}
	for _, t := range u.moved {
		t.isMoved = false
	}
	u.moved = u.moved[:0]
	return nil
}

// move notes that cells of t came to be in state 1 or ceased to be, where that may change
// the rim.
func (u *universe) move(t *tile) {
	if u.grid != nil && !t.isMoved && len(u.grid.rims[t.at]) > 0 {
		t.isMoved = true
		u.moved = append(u.moved, t)
	}
}
