package view

import (
	"math/big"

	"golife/life"
)

// Span returns the dots that show the cells of r, half-open and cut to the screen;
// they are none, from at least to, when r is not on it. At zoom > 0 a dot that
// shows a part of r counts.
func (c Camera) Span(r life.BigRect) (x0, y0, x1, y1 int) {
	x0, x1 = c.span(r.MinX, r.MaxX, c.westDot(), c.w)
	y0, y1 = c.span(r.MinY, r.MaxY, c.northDot(), c.h)
	return x0, y0, x1, y1
}

// span returns the dots of the cells from a up to b, given the screen's first dot
// and how many it has.
func (c Camera) span(a, b, first *big.Int, n int) (from, to int) {
	last := new(big.Int).Sub(b, big.NewInt(1))
	low := c.cellToDot(a, new(big.Int).Set(first))
	high := c.cellToDot(last, new(big.Int).Set(first))
	size := 1
	if c.zoom < 0 {
		size = 1 << -c.zoom
	}
	high.Add(high, big.NewInt(int64(size)))
	return cut(low, n), cut(high, n)
}

// cut returns v, or the nearer of 0 and n.
func cut(v *big.Int, n int) int {
	switch {
	case v.Sign() < 0:
		return 0
	case !v.IsInt64() || v.Int64() > int64(n):
		return n
	}
	return int(v.Int64())
}
