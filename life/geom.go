package life

import (
	"fmt"
	"math"
	"math/big"
)

// State is the state of one cell. State 0 is the background.
type State uint8

// Point is a cell position. X grows east, Y grows south, as in RLE.
type Point struct{ X, Y int64 }

// Add returns p moved by q. It does not check for overflow.
func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Rect is a half-open rectangle of cells, like image.Rectangle: it holds the
// cells with Min.X <= x < Max.X and Min.Y <= y < Max.Y.
type Rect struct{ Min, Max Point }

// Rt returns the rectangle with the given north-west corner, width and height.
func Rt(x, y, w, h int64) Rect { return Rect{Point{x, y}, Point{x + w, y + h}} }

// IsEmpty reports whether r holds no cell.
func (r Rect) IsEmpty() bool { return r.Min.X >= r.Max.X || r.Min.Y >= r.Max.Y }

// Contains reports whether p lies in r.
func (r Rect) Contains(p Point) bool {
	return r.Min.X <= p.X && p.X < r.Max.X && r.Min.Y <= p.Y && p.Y < r.Max.Y
}

// BigRect is a half-open rectangle of cells without a limit on coordinates.
// The integers are owned by the BigRect: do not change them.
type BigRect struct{ MinX, MinY, MaxX, MaxY *big.Int }

// Width returns the number of columns.
func (r BigRect) Width() *big.Int { return new(big.Int).Sub(r.MaxX, r.MinX) }

// Height returns the number of rows.
func (r BigRect) Height() *big.Int { return new(big.Int).Sub(r.MaxY, r.MinY) }

// Rect returns r with int64 coordinates; ok is false when one does not fit.
func (r BigRect) Rect() (_ Rect, ok bool) {
	for _, v := range []*big.Int{r.MinX, r.MinY, r.MaxX, r.MaxY} {
		if !v.IsInt64() {
			return Rect{}, false
		}
	}
	return Rect{
		Point{r.MinX.Int64(), r.MinY.Int64()},
		Point{r.MaxX.Int64(), r.MaxY.Int64()},
	}, true
}

// Clip returns the part of r that has int64 coordinates: corners that do not fit
// become the nearest that do.
func (r BigRect) Clip() Rect {
	nearest := func(v *big.Int) int64 {
		switch {
		case v.IsInt64():
			return v.Int64()
		case v.Sign() < 0:
			return math.MinInt64
		}
		return math.MaxInt64
	}
	return Rect{
		Point{nearest(r.MinX), nearest(r.MinY)},
		Point{nearest(r.MaxX), nearest(r.MaxY)},
	}
}

// Equal reports whether r and s hold the same corners.
func (r BigRect) Equal(s BigRect) bool {
	return r.MinX.Cmp(s.MinX) == 0 && r.MinY.Cmp(s.MinY) == 0 &&
		r.MaxX.Cmp(s.MaxX) == 0 && r.MaxY.Cmp(s.MaxY) == 0
}

// String formats r as "WIDTHxHEIGHT at X,Y".
func (r BigRect) String() string {
	return fmt.Sprintf("%vx%v at %v,%v", r.Width(), r.Height(), r.MinX, r.MinY)
}
