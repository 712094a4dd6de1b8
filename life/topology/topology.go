// Package topology says which cell is which on a bounded grid: it unfolds a
// torus, a Klein bottle, a cross-surface or a sphere into the plane.
//
// # Model
//
// A grid of Width × Height cells is a tile with which the whole plane is paved.
// Each copy of the tile is the grid moved, turned or mirrored, so that a step
// over an edge of the grid is a step into the copy beside it:
//
//	torus         Klein bottle   cross-surface   sphere
//	              (Width twisted)
//	  q  q  q       p  p  p        b  d  b         ┌ grid turned a quarter about
//	  q [q] q       q [q] q        d [q] d         │ its top-left and bottom-right
//	  q  q  q       p  p  p        b  d  b         └ corner
//
// Letters stand for the grid's orientation: p is q mirrored west to east and so
// on. The symmetry groups of these pavings are, in the notation of
// crystallography, p1, pg, pgg and p4. As each is a group, a cell any number of
// steps outside stands for one cell inside, whichever way one goes there. Under an
// isotropic rule, and on a torus under any, the generations of the paved plane
// are those of the grid: an engine may fill a border of k cells by Map.Inside and then
// compute k generations as if there were no edges at all. Other rules act
// mirrored or turned in the mirrored or turned copies: for them k is 1. At the corners of a cross-surface and of a sphere the pavings
// are turned about a point, which is why a corner cell sees itself.
//
// The plane is not paved: outside of it, all is background.
//
// # Coordinates
//
// Cells are given relative to the top-left cell of the grid (rule.Grid.Origin), so
// that inside is 0 ≤ x < Width and 0 ≤ y < Height. On a side of size 0, which is
// infinite, every coordinate is inside.
//
// # Limits
//
// Coordinates beyond ±2^62 overflow. Sources: Golly Help, "Bounded Grids"; the
// groups are after D. Schattschneider, "The Plane Symmetry Groups" (1978).
package topology

import "golife/life/rule"

// Map finds the cells of one grid. The zero Map is the unbounded plane: all cells
// are inside.
type Map struct{ grid rule.Grid }

// New returns the map of a grid, as rule.Rule.Grid returns it.
func New(g rule.Grid) Map { return Map{g} }

// Grid returns the grid of the map.
func (m Map) Grid() rule.Grid { return m.grid }

// Contains reports whether (x, y) is a cell of the grid itself.
func (m Map) Contains(x, y int64) bool {
	g := m.grid
	return (g.Width == 0 || 0 <= x && x < g.Width) && (g.Height == 0 || 0 <= y && y < g.Height)
}

// Inside returns the cell of the grid that (x, y) of the unfolded plane is. ok is
// false when there is none: (x, y) is then background for ever. Cost: O(1).
func (m Map) Inside(x, y int64) (ix, iy int64, ok bool) {
	if m.Contains(x, y) {
		return x, y, true
	}
	g := m.grid
	switch g.Kind {
	case rule.Torus:
		x, y = onTorus(g, x, y)
	case rule.Klein, rule.CrossSurface:
		x, y = twisted(g, x, y)
	case rule.Sphere:
		x, y = onSphere(g.Width, x, y)
	default:
		return 0, 0, false
	}
	return x, y, true
}

// floorDiv returns v div size and v mod size, rounded down; (0, v) on an infinite side.
func floorDiv(v, size int64) (quotient, rest int64) {
	if size == 0 {
		return 0, v
	}
	quotient, rest = v/size, v%size
	if rest < 0 {
		return quotient - 1, rest + size
	}
	return quotient, rest
}

// onTorus moves x for each crossing of the top or bottom edge, y for each crossing
// of the others. At most one of the shifts is not 0.
func onTorus(g rule.Grid, x, y int64) (int64, int64) {
	if g.ShiftY != 0 {
		n, x := floorDiv(x, g.Width)
		n %= g.Height // keeps the product small
		_, y = floorDiv(y+n*g.ShiftY, g.Height)
		return x, y
	}
	n, y := floorDiv(y, g.Height)
	if g.ShiftX != 0 {
		n %= g.Width
	}
	_, x = floorDiv(x+n*g.ShiftX, g.Width)
	return x, y
}

// twisted mirrors x for each crossing of the top or bottom edge when the width is
// twisted, and then y for each crossing of the others when the height is.
func twisted(g rule.Grid, x, y int64) (int64, int64) {
	n, y := floorDiv(y, g.Height)
	if g.TwistX && n&1 != 0 {
		x = g.Width - 1 - g.ShiftX - x
	}
	n, x = floorDiv(x, g.Width)
	if g.TwistY && n&1 != 0 {
		_, y = floorDiv(g.Height-1-g.ShiftY-y, g.Height)
	}
	return x, y
}

// onSphere turns what is outside about the corners. Four copies of the grid make a
// square that repeats by translation.
func onSphere(n, x, y int64) (int64, int64) {
	_, x = floorDiv(x, 2*n)
	_, y = floorDiv(y, 2*n)
	switch {
	case x >= n && y >= n:
		return 2*n - 1 - x, 2*n - 1 - y
	case x >= n:
		return y, 2*n - 1 - x
	case y >= n:
		return 2*n - 1 - y, x
	}
	return x, y
}
