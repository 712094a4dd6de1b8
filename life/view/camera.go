package view

import (
	"math/big"

	"golife/life"
)

// The limits of zoom.
const (
	MinZoom = -6      // one cell is 64 × 64 dots
	MaxZoom = 1 << 20 // one dot is 2^1048576 cells wide
)

// FitZoom is the closest zoom that Fit chooses.
const FitZoom = -2

// grainBits is the number of fraction bits in a camera's position: a grain is
// the size of a dot at MinZoom.
const grainBits = -MinZoom

// Camera is where one looks and from how far. It is an immutable value: methods
// return changed copies. Positions are exact, also under any sequence of zooms:
// to zoom in undoes to zoom out at the same dot.
type Camera struct {
	x, y *big.Int // a point within dot (w/2, h/2), in grains
	zoom int
	w, h int // screen size in dots
}

// NewCamera returns a camera at zoom 0 on cell (0, 0) for a screen of w × h dots.
func NewCamera(w, h int) Camera {
	return Camera{w: w, h: h}.CenterOn(new(big.Int), new(big.Int))
}

// Zoom returns the zoom.
func (c Camera) Zoom() int { return c.zoom }

// Size returns the screen size in dots.
func (c Camera) Size() (w, h int) { return c.w, c.h }

// Center returns the cell at the centre of the screen. The caller owns it.
func (c Camera) Center() (x, y *big.Int) { return c.ToCell(c.w/2, c.h/2) }

// Equal reports whether c and d look at the same dots.
func (c Camera) Equal(d Camera) bool {
	return c.zoom == d.zoom && c.w == d.w && c.h == d.h && c.x.Cmp(d.x) == 0 && c.y.Cmp(d.y) == 0
}

// Resize returns c for a screen of w × h dots, with the same centre.
func (c Camera) Resize(w, h int) Camera {
	c.w, c.h = w, h
	return c
}

// CenterOn returns c moved so that cell (x, y) is at the centre.
func (c Camera) CenterOn(x, y *big.Int) Camera {
	half := big.NewInt(1 << (grainBits - 1))
	c.x = half.Add(half, new(big.Int).Lsh(x, grainBits))
	c.y = new(big.Int).Lsh(y, grainBits)
	c.y.Add(c.y, big.NewInt(1<<(grainBits-1)))
	return c
}

// CenterOnRect returns c moved so that the middle of r is at the centre.
func (c Camera) CenterOnRect(r life.BigRect) Camera {
	c.x = new(big.Int).Add(r.MinX, r.MaxX)
	c.x.Lsh(c.x, grainBits-1)
	c.y = new(big.Int).Add(r.MinY, r.MaxY)
	c.y.Lsh(c.y, grainBits-1)
	return c
}

// dotBits returns the binary logarithm of a dot's width in grains.
func (c Camera) dotBits() uint { return uint(c.zoom + grainBits) }

// Pan returns c moved by dx dots east and dy dots south.
func (c Camera) Pan(dx, dy int) Camera {
	c.x = c.moved(c.x, dx)
	c.y = c.moved(c.y, dy)
	return c
}

// moved returns v moved by d dots.
func (c Camera) moved(v *big.Int, d int) *big.Int {
	m := big.NewInt(int64(d))
	return m.Add(v, m.Lsh(m, c.dotBits()))
}

// ZoomAt returns c zoomed by the given number of powers of two, out when by is
// positive, so that what is at dot (x, y) stays there. It stops at MinZoom and
// MaxZoom.
func (c Camera) ZoomAt(x, y, by int) Camera {
	d := c
	d.zoom = min(max(c.zoom+by, MinZoom), MaxZoom)
	d.x = d.moved(c.moved(c.x, x-c.w/2), c.w/2-x)
	d.y = d.moved(c.moved(c.y, y-c.h/2), c.h/2-y)
	return d
}

// ZoomBy is ZoomAt at the centre.
func (c Camera) ZoomBy(by int) Camera { return c.ZoomAt(c.w/2, c.h/2, by) }

// westDot returns the number of the dot column at the screen's west edge,
// counted from cell 0; northDot that of the dot row at its north edge.
func (c Camera) westDot() *big.Int { return c.firstDot(c.x, c.w) }

func (c Camera) northDot() *big.Int { return c.firstDot(c.y, c.h) }

func (c Camera) firstDot(v *big.Int, size int) *big.Int {
	d := new(big.Int).Rsh(v, c.dotBits())
	return d.Sub(d, big.NewInt(int64(size/2)))
}

// ToCell returns the cell at dot (x, y), and at zoom > 0 the north-west cell of
// those. The dot may lie outside the screen. The caller owns the result.
func (c Camera) ToCell(x, y int) (cx, cy *big.Int) {
	return c.dotToCell(c.westDot(), x), c.dotToCell(c.northDot(), y)
}

func (c Camera) dotToCell(first *big.Int, d int) *big.Int {
	v := first.Add(first, big.NewInt(int64(d)))
	if c.zoom < 0 {
		return v.Rsh(v, uint(-c.zoom))
	}
	return v.Lsh(v, uint(c.zoom))
}

// ToScreen returns the dot that shows cell (x, y), and at zoom < 0 the
// north-west dot of those; ok is false when that dot is not on the screen.
func (c Camera) ToScreen(x, y *big.Int) (dx, dy int, ok bool) {
	bx, by := c.cellToDot(x, c.westDot()), c.cellToDot(y, c.northDot())
	if !within(bx, c.w) || !within(by, c.h) {
		return 0, 0, false
	}
	return int(bx.Int64()), int(by.Int64()), true
}

func (c Camera) cellToDot(v, first *big.Int) *big.Int {
	if c.zoom < 0 {
		return first.Sub(new(big.Int).Lsh(v, uint(-c.zoom)), first)
	}
	return first.Sub(new(big.Int).Rsh(v, uint(c.zoom)), first)
}

func within(v *big.Int, n int) bool {
	return v.IsInt64() && v.Int64() >= 0 && v.Int64() < int64(n)
}

// Shows reports whether all of r is on the screen.
func (c Camera) Shows(r life.BigRect) bool {
	one := big.NewInt(1)
	_, _, nw := c.ToScreen(r.MinX, r.MinY)
	_, _, se := c.ToScreen(new(big.Int).Sub(r.MaxX, one), new(big.Int).Sub(r.MaxY, one))
	return nw && se
}

// Meets reports whether a part of r is on the screen.
func (c Camera) Meets(r life.BigRect) bool {
	west, north := c.ToCell(0, 0)
	east, south := c.ToCell(c.w, c.h) // one cell too far at zoom < 0, where a cell may be cut
	return r.MaxX.Cmp(west) > 0 && r.MinX.Cmp(east) < 0 && r.MaxY.Cmp(north) > 0 && r.MinY.Cmp(south) < 0
}

// Fit returns c moved and zoomed so that r fills the screen, but not closer
// than FitZoom.
func (c Camera) Fit(r life.BigRect) Camera { return c.FitFrom(r, FitZoom) }

// FitFrom is Fit with a zoom of the caller's that is the closest.
func (c Camera) FitFrom(r life.BigRect, closest int) Camera {
	closest = min(max(closest, MinZoom), MaxZoom)
	c = c.CenterOnRect(r)
	size := max(r.Width().BitLen(), r.Height().BitLen())
	// Below zoom `from` r is sure to be larger than the screen; at `to` it is
	// one or two dots, and screens of fewer show the middle of it.
	from := max(closest, size-bitLen(max(c.w, c.h))-1)
	to := min(max(closest, size), MaxZoom)
	for c.zoom = min(from, to); c.zoom < to && !c.Shows(r); {
		c.zoom++
	}
	return c
}

func bitLen(n int) int { return big.NewInt(int64(n)).BitLen() }

// Follow returns a camera that shows r with as little change as possible: c
// while r is on the screen and not small there, else Fit.
func (c Camera) Follow(r life.BigRect) Camera {
	fit := c.Fit(r)
	if c.Shows(r) && c.zoom-fit.zoom <= 1 && c.zoom >= fit.zoom {
		return c
	}
	return fit
}
