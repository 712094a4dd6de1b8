package life

import "math/big"

// Raster adds up what lies in each square of a view, for engines that go through their cells.
type Raster struct {
	view View
	x, y int64 // of the north-west square, in squares
	sum  []uint64
}

// NewRaster returns a raster for v, of an engine whose cells lie from -limit to limit. ok is false
// where a view shows none of them, or has no squares. Cost: O(squares).
func NewRaster(v View, limit int64) (r *Raster, ok bool) {
	bx := new(big.Int).Rsh(v.X, uint(v.Level))
	by := new(big.Int).Rsh(v.Y, uint(v.Level))
	if !bx.IsInt64() || !by.IsInt64() || v.Width <= 0 || v.Height <= 0 {
		return nil, false
	}
	x, y := bx.Int64(), by.Int64()
	far := limit >> min(v.Level, 62)
	if x > far || y > far || x < -far-1-int64(v.Width) || y < -far-1-int64(v.Height) {
		return nil, false
	}
	return &Raster{v, x, y, make([]uint64, v.Width*v.Height)}, true
}

// Rect returns the cells of the view. Its squares must be so small that int64 holds their ends.
func (r *Raster) Rect() Rect {
	l := r.view.Level
	return Rt(r.x<<l, r.y<<l, int64(r.view.Width)<<l, int64(r.view.Height)<<l)
}

// Add adds n to a square, if it is in the view: x and y are those of its cells, divided by its side.
func (r *Raster) Add(x, y int64, n uint64) {
	x, y = x-r.x, y-r.y
	if x < 0 || y < 0 || x >= int64(r.view.Width) || y >= int64(r.view.Height) {
		return
	}
	r.sum[y*int64(r.view.Width)+x] += n
}

// Write writes a byte for each square to dst, as Sampler.Sample does: at level 0 what was added,
// the state of a cell, else the density of as many cells as were added.
func (r *Raster) Write(dst []uint8) {
	for i, n := range r.sum {
		if r.view.Level == 0 {
			dst[i] = uint8(n)
		} else {
			dst[i] = Density(n, r.view.Level)
		}
	}
}
