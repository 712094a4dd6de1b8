package view

import (
	"math/big"

	"golife/life"
)

// Window is what a camera sees: squares for a life.Sampler, and how they lie
// under the dots.
//
//	      OffX
//	    ┌──┬─────┬───        a square is Scale × Scale dots;
//	OffY│  ║ dot (0, 0)      Scale is 1 at zoom >= 0
//	    ├══╬═════
type Window struct {
	life.View
	Scale      int // dots along the side of a square
	OffX, OffY int // dots of the first squares west and north of the screen, 0 <= Off < Scale
	W, H       int // the screen in dots
}

// Window returns what the camera sees.
func (c Camera) Window() Window {
	w := Window{Scale: 1, W: c.w, H: c.h}
	w.Level = max(c.zoom, 0)
	x, y := c.westDot(), c.northDot()
	if c.zoom < 0 {
		n := uint(-c.zoom)
		w.Scale = 1 << n
		mask := big.NewInt(int64(w.Scale - 1))
		w.OffX = int(new(big.Int).And(x, mask).Int64())
		w.OffY = int(mask.And(y, mask).Int64())
		x.Rsh(x, n)
		y.Rsh(y, n)
	}
	w.X, w.Y = x.Lsh(x, uint(w.Level)), y.Lsh(y, uint(w.Level))
	w.Width = (w.OffX + c.w + w.Scale - 1) / w.Scale
	w.Height = (w.OffY + c.h + w.Scale - 1) / w.Scale
	return w
}

// index returns the place in the samples of the square under dot (x, y).
func (w *Window) index(x, y int) int {
	return (w.OffY+y)/w.Scale*w.Width + (w.OffX+x)/w.Scale
}

// Len returns the number of samples, Width × Height.
func (w *Window) Len() int { return w.Width * w.Height }

// Project returns the samples of w as far as they are known from those of
// another window: a stand-in until w itself is sampled. What is unknown is 0.
func (w *Window) Project(from *Window, samples []uint8) []uint8 {
	dst := make([]uint8, w.Len())
	cols := projectAxis(w.X, w.Level, w.Width, from.X, from.Level, from.Width)
	rows := projectAxis(w.Y, w.Level, w.Height, from.Y, from.Level, from.Height)
	for y, fy := range rows {
		for x, fx := range cols {
			if fy >= 0 && fx >= 0 {
				dst[y*w.Width+x] = changeLevel(samples[fy*from.Width+fx], from.Level, w.Level)
			}
		}
	}
	return dst
}

// changeLevel turns a state into a density or the other way round where one
// level is 0 and the other not.
func changeLevel(v uint8, from, to int) uint8 {
	switch {
	case v == 0 || (from == 0) == (to == 0):
		return v
	case to == 0:
		return 1
	}
	return 255
}

// projectAxis returns for each of n squares the index of the square of the other
// grid that holds its first cell, or -1.
func projectAxis(first *big.Int, level, n int, otherFirst *big.Int, otherLevel, otherN int) []int {
	at := make([]int, n)
	pos := new(big.Int).Sub(first, otherFirst)
	step := new(big.Int).Lsh(big.NewInt(1), uint(level))
	var i big.Int
	for k := range at {
		at[k] = -1
		if i.Rsh(pos, uint(otherLevel)); within(&i, otherN) {
			at[k] = int(i.Int64())
		}
		pos.Add(pos, step)
	}
	return at
}
