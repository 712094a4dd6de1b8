package life

import (
	"iter"
	"math"
)

// Run is a row of N equal non-zero cells that begins at (X, Y) and goes east.
type Run struct {
	X, Y, N int64
	State   State
}

// Runs yields the non-zero cells inside r as runs in row-major order, as long as
// they can be. Cost: O(runs + nodes of the tree that meet r in each row of
// leaves); empty space is free.
func (p *Pattern) Runs(r Rect) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		if r.IsEmpty() || p.root == 0 {
			return
		}
		level, row := p.topRow()
		w := walker{p: p, clip: r, yield: yield}
		w.walk(level, row)
	}
}

// Cells yields the non-zero cells inside r in row-major order.
func (p *Pattern) Cells(r Rect) iter.Seq2[Point, State] {
	return func(yield func(Point, State) bool) {
		for run := range p.Runs(r) {
			for i := range run.N {
				if !yield(Point{run.X + i, run.Y}, run.State) {
					return
				}
			}
		}
	}
}

// Everywhere is the rectangle of all cells with int64 coordinates that a
// half-open Rect can hold.
func Everywhere() Rect {
	return Rect{Point{math.MinInt64, math.MinInt64}, Point{math.MaxInt64, math.MaxInt64}}
}

// square is a node and its north-west cell.
type square struct {
	x, y int64
	id   NodeID
}

// topRow returns the squares of the highest level <= 63 whose corners are int64:
// the root, or the four squares at the origin of a taller tree, as two rows.
func (p *Pattern) topRow() (int, [][]square) {
	level := p.Level()
	if level <= 63 {
		c := int64(-1) << (level - 1)
		return level, [][]square{{{c, c, p.root}}}
	}
	var rows [][]square
	for i, id := range p.Nodes(level)[p.root] {
		for l := level - 1; l > 63; l-- {
			id = p.Nodes(l)[id][3-i]
		}
		s := square{id: id}
		if i&1 == 0 {
			s.x = math.MinInt64
		}
		if i&2 == 0 {
			s.y = math.MinInt64
		}
		if i&1 == 0 {
			rows = append(rows, nil)
		}
		if id != 0 {
			rows[i>>1] = append(rows[i>>1], s)
		}
	}
	return 63, rows
}

// walker goes down the tree by whole rows of squares, so that cells come out
// row by row.
type walker struct {
	p     *Pattern
	clip  Rect
	yield func(Run) bool
	run   Run // not yet yielded; N is 0 when there is none
}

func (w *walker) walk(level int, rows [][]square) {
	for _, row := range rows {
		if !w.row(level, row) {
			return
		}
	}
	w.flush()
}

// row yields the cells of squares of one level that have the same y.
func (w *walker) row(level int, row []square) bool {
	if len(row) == 0 || w.misses(row[0].y, level, w.clip.Min.Y, w.clip.Max.Y) {
		return true
	}
	if level == LeafLevel {
		return w.leaves(row)
	}
	half := int64(1) << (level - 1)
	for south := range int64(2) {
		next := make([]square, 0, 2*len(row))
		for _, s := range row {
			q := w.p.Nodes(level)[s.id]
			for east := range int64(2) {
				x := s.x + east*half
				if id := q[south*2+east]; id != 0 && !w.misses(x, level-1, w.clip.Min.X, w.clip.Max.X) {
					next = append(next, square{x, s.y + south*half, id})
				}
			}
		}
		if !w.row(level-1, next) {
			return false
		}
	}
	return true
}

// misses reports whether the 2^level cells from v lie outside [lo, hi).
func (w *walker) misses(v int64, level int, lo, hi int64) bool {
	last := uint64(v) + 1<<level - 1
	return v >= hi || int64(last) < lo
}

// leaves yields the cells of a row of leaves.
func (w *walker) leaves(row []square) bool {
	for y := range int64(8) {
		if at := row[0].y + y; at < w.clip.Min.Y || at >= w.clip.Max.Y {
			continue
		}
		for _, s := range row {
			if !w.leafRow(s, y) {
				return false
			}
		}
	}
	return true
}

func (w *walker) leafRow(s square, y int64) bool {
	for x := range int64(8) {
		v := w.p.leafCell(s.id, int(x), int(y))
		at := s.x + x
		if v == 0 || at < w.clip.Min.X || at >= w.clip.Max.X {
			continue
		}
		if w.run.N > 0 && w.run.State == v && w.run.Y == s.y+y && w.run.X+w.run.N == at {
			w.run.N++
			continue
		}
		if !w.flush() {
			return false
		}
		w.run = Run{at, s.y + y, 1, v}
	}
	return true
}

// flush yields the pending run.
func (w *walker) flush() bool {
	r := w.run
	w.run = Run{}
	return r.N == 0 || w.yield(r)
}
