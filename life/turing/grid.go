package turing

import (
	"fmt"
	"iter"
	"math/bits"
	"strings"

	"golife/life"
)

// frameBox holds the whole machine, and nothing else at generations k·Cycle: the
// gliders that leave it are beyond its edges by then.
var frameBox = life.Rect{Min: life.Point{X: -64, Y: -64}, Max: life.Point{X: 64 * rowWords, Y: 64 * 27}}

// rowWords is the width of frameBox in words.
const rowWords = 29

// grid holds the cells of frameBox: bit x&63 of word x>>6 of each row, x and y
// counted from its north-west corner.
type grid []uint64

func newGrid() grid { return make(grid, rowWords*(frameBox.Max.Y-frameBox.Min.Y)) }

// word returns where the cell at p is.
func (grid) word(p life.Point) (i int, bit uint64) {
	x, y := p.X-frameBox.Min.X, p.Y-frameBox.Min.Y
	return int(y)*rowWords + int(x>>6), 1 << (x & 63)
}

// set makes the cell at p live.
func (g grid) set(p life.Point) {
	i, bit := g.word(p)
	g[i] |= bit
}

// point returns the cell of a bit of word i.
func (grid) point(i, bit int) life.Point {
	return life.Point{X: frameBox.Min.X + int64(i%rowWords*64+bit), Y: frameBox.Min.Y + int64(i/rowWords)}
}

// readGrid returns the cells of e. Cost: that of e.Cells(frameBox).
func readGrid(e interface {
	Cells(life.Rect) iter.Seq2[life.Point, life.State]
}) grid {
	g := newGrid()
	for p := range e.Cells(frameBox) {
		g.set(p)
	}
	return g
}

// difference returns the first cell in reading order that g and h differ in.
func (g grid) difference(h grid) (p life.Point, ok bool) {
	for i, w := range g {
		if d := w ^ h[i]; d != 0 {
			return g.point(i, bits.TrailingZeros64(d)), true
		}
	}
	return p, false
}

// shape is a set of cells that are as they are in one of two ways: as in the
// idle machine, or all the other way round.
type shape []shapeWord

// shapeWord is the part of a shape in one word of a grid; on is what the cells
// are when they are not as in the idle machine.
type shapeWord struct {
	at       int
	mask, on uint64
}

// add puts the cells of a picture with its corner at p into s: "o" is alive when
// the shape is on, "x" when it is off, "." belongs to others.
func (s shape) add(p life.Point, picture string) (shape, error) {
	for dy, row := range strings.Split(picture, "/") {
		for dx, c := range row {
			q := p.Add(life.Point{X: int64(dx), Y: int64(dy)})
			if c == '.' {
				continue
			}
			if c != 'o' && c != 'x' || !frameBox.Contains(q) {
				return nil, fmt.Errorf("picture %q at %d,%d", picture, p.X, p.Y)
			}
			s = s.addCell(q, c == 'o')
		}
	}
	return s, nil
}

func (s shape) addCell(q life.Point, on bool) shape {
	i, bit := grid(nil).word(q)
	k := 0
	for k < len(s) && s[k].at != i {
		k++
	}
	if k == len(s) {
		s = append(s, shapeWord{at: i})
	}
	s[k].mask |= bit
	if on {
		s[k].on |= bit
	}
	return s
}

// flip turns the cells of s round in g.
func (s shape) flip(g grid) {
	for _, w := range s {
		g[w.at] ^= w.mask
	}
}

// read reports whether s is on in g; ok is false when it is neither on nor off.
func (s shape) read(g grid) (on, ok bool) {
	isOn, isOff := true, true
	for _, w := range s {
		found := g[w.at] & w.mask
		isOn = isOn && found == w.on
		isOff = isOff && found == w.on^w.mask
	}
	return isOn, isOn || isOff
}

// first returns the north-west-most word's first cell, to say where s is.
func (s shape) first() life.Point {
	best := s[0]
	for _, w := range s {
		if w.at < best.at {
			best = w
		}
	}
	return grid(nil).point(best.at, bits.TrailingZeros64(best.mask))
}
