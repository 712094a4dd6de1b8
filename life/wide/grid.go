package wide

import (
	"golife/life"
	"golife/life/rule"
)

// grid is where cells may be: a plane or a torus, whose sides may be infinite.
type grid struct {
	rule.Grid
	rect life.Rect // the cells of the grid
}

// gridOf returns the grid of a rule.
func gridOf(r *rule.Rule) grid {
	g, _ := r.Grid()
	b := grid{Grid: g, rect: life.Everywhere()}
	x, y := g.Origin()
	if g.Width > 0 {
		b.rect.Min.X, b.rect.Max.X = x, x+g.Width
	}
	if g.Height > 0 {
		b.rect.Min.Y, b.rect.Max.Y = y, y+g.Height
	}
	return b
}

// pieces cuts r, which may go over the edges of the grid, into rectangles whose cells stand
// for cells of the grid side by side: those of each rectangle moved by (dx, dy). What stands
// for no cell is left out.
func (g *grid) pieces(r life.Rect, f func(part life.Rect, dx, dy int64)) {
	if inside := intersection(r, g.rect); g.Kind != rule.Torus || inside == r {
		if !inside.IsEmpty() {
			f(inside, 0, 0)
		}
		return
	}
	if g.ShiftY != 0 {
		g.columns(r, func(part life.Rect, dx, n int64) {
			part.Min.Y, part.Max.Y = part.Min.Y+n*g.ShiftY, part.Max.Y+n*g.ShiftY
			g.rows(part, func(part life.Rect, dy, _ int64) {
				part.Min.Y, part.Max.Y = part.Min.Y-n*g.ShiftY, part.Max.Y-n*g.ShiftY
				f(part, dx, dy+n*g.ShiftY)
			})
		})
		return
	}
	g.rows(r, func(part life.Rect, dy, n int64) {
		by := n * g.ShiftX
		part.Min.X, part.Max.X = part.Min.X+by, part.Max.X+by
		g.columns(part, func(part life.Rect, dx, _ int64) {
			part.Min.X, part.Max.X = part.Min.X-by, part.Max.X-by
			f(part, dx+by, dy)
		})
	})
}

// columns cuts r where it leaves the grid over its western or eastern edge, n times to
// the east.
func (g *grid) columns(r life.Rect, f func(part life.Rect, dx, n int64)) {
	each(r.Min.X, r.Max.X, g.rect.Min.X, g.Width, func(from, to, by, n int64) {
		f(life.Rect{Min: life.Point{X: from, Y: r.Min.Y}, Max: life.Point{X: to, Y: r.Max.Y}}, by, n)
	})
}

// rows is columns for the northern and southern edge.
func (g *grid) rows(r life.Rect, f func(part life.Rect, dy, n int64)) {
	each(r.Min.Y, r.Max.Y, g.rect.Min.Y, g.Height, func(from, to, by, n int64) {
		f(life.Rect{Min: life.Point{X: r.Min.X, Y: from}, Max: life.Point{X: r.Max.X, Y: to}}, by, n)
	})
}

// each cuts the numbers from ≤ v < to at origin + n·size, for all n; they are in the grid
// when by is added. A size of 0 is infinite.
func each(from, to, origin, size int64, f func(from, to, by, n int64)) {
	if size == 0 {
		f(from, to, 0, 0)
		return
	}
	n := (from - origin) / size
	if from-origin < n*size {
		n--
	}
	for ; from < to; n++ {
		end := min(to, origin+(n+1)*size)
		f(from, end, -n*size, n)
		from = end
	}
}

// intersection returns the cells that r and o share; it is the zero Rect where there are none.
func intersection(r, o life.Rect) life.Rect {
	r.Min = life.Point{X: max(r.Min.X, o.Min.X), Y: max(r.Min.Y, o.Min.Y)}
	r.Max = life.Point{X: min(r.Max.X, o.Max.X), Y: min(r.Max.Y, o.Max.Y)}
	if r.IsEmpty() {
		return life.Rect{}
	}
	return r
}

// union returns the smallest rectangle with the cells of r and o.
func union(r, o life.Rect) life.Rect {
	switch {
	case r.IsEmpty():
		return o
	case o.IsEmpty():
		return r
	}
	return life.Rect{
		Min: life.Point{X: min(r.Min.X, o.Min.X), Y: min(r.Min.Y, o.Min.Y)},
		Max: life.Point{X: max(r.Max.X, o.Max.X), Y: max(r.Max.Y, o.Max.Y)},
	}
}

// inflated returns r with dx columns and dy rows more on each side.
func inflated(r life.Rect, dx, dy int) life.Rect {
	x, y := int64(dx), int64(dy)
	return life.Rect{Min: life.Point{X: r.Min.X - x, Y: r.Min.Y - y}, Max: life.Point{X: r.Max.X + x, Y: r.Max.Y + y}}
}

// area returns the number of cells of r.
func area(r life.Rect) int64 { return (r.Max.X - r.Min.X) * (r.Max.Y - r.Min.Y) }
