package multistate

import (
	"math/bits"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/rule"
)

// cells are those of a tile under a law that looks them up one by one, by the parity of
// the pass.
type cells struct {
	state   [2][side * side]uint8 // row-major
	changed [2]kernel.Tile        // the cells that the pass changed
	pass    [2]int64              // that changed is of; where it is another one, nothing changed
}

// lookup is the transition of a law that looks cells up one by one, of which it visits
// those only that see a cell that changed.
type lookup struct {
	next rule.Local
	// row computes the cells of row y of a window that are in active into dst, and returns
	// which of them are not 0 and which have changed.
	row func(l *lookup, dst *[side]uint8, w *window, y int, active uint64) (live, changed uint64)
	// seesCorners is false where the cells in the north-west, and so on, do not matter.
	seesCorners bool
	step        *rule.TreeStep // of a tree of one step
	steps       []rule.TreeStep
}

// newLookup returns the lookup of a rule that has a Local.
func newLookup(r *rule.Rule) *lookup {
	next, _ := r.Local()
	l := &lookup{next: next, row: rowOfLocal, seesCorners: true}
	t, ok := r.Tree()
	if !ok {
		return l
	}
	l.steps, l.row = t.Steps(), rowOfTree
	l.seesCorners = false
	for _, s := range l.steps {
		for _, c := range s.Cells {
			l.seesCorners = l.seesCorners || c&1 == 0 && c != 4
		}
	}
	if len(l.steps) == 1 && len(l.steps[0].Cells) == len(crossCells) && !l.seesCorners {
		l.step, l.row = &l.steps[0], rowOfCross
	}
	return l
}

// crossCells are the cells of a step, in its order, that sees four neighbours: w n c s e.
var crossCells = [5]uint8{3, 1, 4, 7, 5}

// stride is the length of a row of a window in bytes.
const stride = 72

// window is a tile with what is around it, of which as many rows are filled in as are
// looked at. Row 0 is that above the tile, and column 0 is that beside it.
type window struct {
	cells  [(side + 2) * stride]uint8
	filled [side + 2]bool
}

// around is a tile and its eight neighbours as a window wants them.
type around [3][3]*[side * side]uint8

// noCells are those of a tile that is not there, noChange what has changed of one that
// was not visited.
var (
	noCells  [side * side]uint8
	noChange kernel.Tile
)

// fill fills in a row of the window.
func (w *window) fill(a *around, y int) {
	if w.filled[y] {
		return
	}
	w.filled[y] = true
	band, from := a[1], (y-1)<<sideLog
	switch y {
	case 0:
		band, from = a[0], lastLine<<sideLog
	case side + 1:
		band, from = a[2], 0
	}
	row := w.cells[y*stride:][:side+2]
	row[0] = band[0][from+lastLine]
	copy(row[1:], band[1][from:from+side])
	row[side+1] = band[2][from]
}

// rowOfLocal is lookup.row for any Local.
func rowOfLocal(l *lookup, dst *[side]uint8, w *window, y int, active uint64) (live, changed uint64) {
	north := (*[side + 2]uint8)(w.cells[y*stride:])
	here := (*[side + 2]uint8)(w.cells[(y+1)*stride:])
	south := (*[side + 2]uint8)(w.cells[(y+2)*stride:])
	for m := active; m != 0; m &= m - 1 {
		x := bits.TrailingZeros64(m) & lastLine
		square := [9]uint8{
			north[x], north[x+1], north[x+2], here[x], here[x+1], here[x+2], south[x], south[x+1], south[x+2],
		}
		s := l.next(&square)
		dst[x] = s
		live |= bit(s != 0) << x
		changed |= bit(s != here[x+1]) << x
	}
	return live, changed
}

// bit returns 1 for true.
func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// rowOfCross is lookup.row for a tree of one step that sees four neighbours.
func rowOfCross(l *lookup, dst *[side]uint8, w *window, y int, active uint64) (live, changed uint64) {
	north := (*[side + 2]uint8)(w.cells[y*stride:])
	here := (*[side + 2]uint8)(w.cells[(y+1)*stride:])
	south := (*[side + 2]uint8)(w.cells[(y+2)*stride:])
	codes := (*[5][256]uint32)(l.step.Codes)
	out := l.step.Out
	for m := active; m != 0; m &= m - 1 {
		x := bits.TrailingZeros64(m) & lastLine
		c := here[x+1]
		s := out[codes[0][here[x]]+codes[1][north[x+1]]+codes[2][c]+codes[3][south[x+1]]+codes[4][here[x+2]]]
		dst[x] = s
		live |= bit(s != 0) << x
		changed |= bit(s != c) << x
	}
	return live, changed
}

// rowOfTree is lookup.row for any tree.
func rowOfTree(l *lookup, dst *[side]uint8, w *window, y int, active uint64) (live, changed uint64) {
	rows := w.cells[y*stride:][:3*stride]
	here := (*[side + 2]uint8)(rows[stride:])
	for m := active; m != 0; m &= m - 1 {
		x := bits.TrailingZeros64(m) & lastLine
		at, s := uint32(0), uint8(0)
		for i := range l.steps {
			step := &l.steps[i]
			for k, c := range step.Cells {
				at += step.Codes[k][rows[x+placeOf[c&15]]]
			}
			if step.Out != nil {
				s = step.Out[at]
				break
			}
			at = step.Next[at]
		}
		dst[x] = s
		live |= bit(s != 0) << x
		changed |= bit(s != here[x+1]) << x
	}
	return live, changed
}

// placeOf gives where in three rows of a window the cells of a square are.
var placeOf = [16]int{0, 1, 2, stride, stride + 1, stride + 2, 2 * stride, 2*stride + 1, 2*stride + 2}

// changedIn returns which cells of a tile the pass before this one changed.
func (u *universe) changedIn(t *tile, parity int64) *kernel.Tile {
	if t.cells() == nil || t.cells().pass[parity] != u.clock-1 {
		return &noChange
	}
	return &t.cells().changed[parity]
}

// active returns the cells of a tile that see one that the last pass changed.
func (u *universe) active(t *tile, parity int64) (active kernel.Tile) {
	var rows [side + 2]uint64  // those that changed
	var wider [side + 2]uint64 // and what is beside them
	put := func(from, to, y int, w, c, e *tile) {
		west, here, east := u.changedIn(w, parity), u.changedIn(c, parity), u.changedIn(e, parity)
		if west == &noChange && here == &noChange && east == &noChange {
			return
		}
		for i := from; i < to; i++ {
			x := here[i]
			rows[y] = x
			wider[y] = x | x<<1 | x>>1 | west[i]>>lastLine | east[i]<<lastLine
			y++
		}
	}
	n := &t.near
	put(lastLine, side, 0, n[toNW], n[toN], n[toNE])
	put(0, side, 1, n[toW], t, n[toE])
	put(0, 1, side+1, n[toSW], n[toS], n[toSE])
	if u.law.look.seesCorners {
		rows = wider
	}
	for y := range active {
		active[y] = rows[y] | wider[y+1] | rows[y+2]
	}
	if t.mask() != nil {
		for y := range active {
			active[y] &= t.mask()[y]
		}
	}
	return active
}

// visitCells is visit for a law that looks cells up.
func (u *universe) visitCells(t *tile, parity int64, w *window) (o outcome) {
	q := t.cells()
	old, next := &t.live[parity&1], &t.live[1-parity&1]
	states, changes := &q.state[1-parity&1], &q.changed[1-parity&1]
	q.pass[1-parity&1] = u.clock
	a := around{}
	for d, band := range [8][2]int{toNW: {0, 0}, toN: {0, 1}, toNE: {0, 2}, toW: {1, 0}, toE: {1, 2}, toSW: {2, 0}, toS: {2, 1}, toSE: {2, 2}} {
		a[band[0]][band[1]] = &noCells
		if c := t.near[d].cells(); c != nil {
			a[band[0]][band[1]] = &c.state[parity&1]
		}
	}
	a[1][1] = &q.state[parity&1]
	w.filled = [side + 2]bool{}
	active := u.active(t, parity)
	if t.mask() != nil {
		u.keepOutside(t, parity)
	}
	for y, m := range active {
		changes[y] = 0
		if m == 0 {
			o.any |= old[y] // both are the same
			continue
		}
		w.fill(&a, y)
		w.fill(&a, y+1)
		w.fill(&a, y+2)
		live, changed := u.law.look.row(u.law.look, (*[side]uint8)(states[y<<sideLog:]), w, y, m)
		next[y] = old[y]&^m | live
		changes[y] = changed
		o.any |= next[y]
		o.columns |= changed
	}
	return o
}

// keepOutside brings those cells of a tile that are not on the grid from the present
// generation to the next one. Most are there already.
func (u *universe) keepOutside(t *tile, parity int64) {
	p, q := parity&1, t.cells()
	for y, row := range u.changedIn(t, p) {
		for m := row &^ t.mask()[y]; m != 0; m &= m - 1 {
			x := bits.TrailingZeros64(m)
			q.state[1-p][y<<sideLog|x] = q.state[p][y<<sideLog|x]
			put(&t.live[1-p][y], x, t.live[p][y]>>x&1)
		}
	}
}

// setCell gives a cell of t a state, between two passes.
func (u *universe) setCell(t *tile, x, y int, s life.State) {
	parity := u.clock & 1
	put(&u.now(t)[y], x, bit(s != 0))
	t.cells().state[parity][y<<sideLog|x] = uint8(s)
	u.changing(t)[y] |= 1 << x
}

// changing returns the cells of t that the next pass takes for changed, to be added to.
func (u *universe) changing(t *tile) *kernel.Tile {
	parity := u.clock & 1
	if t.cells().pass[parity] != u.clock {
		t.cells().pass[parity], t.cells().changed[parity] = u.clock, noChange
	}
	return &t.cells().changed[parity]
}

// isBornBeside is isBornBeyond for a law that looks cells up.
func (u *universe) isBornBeside(t *tile, d int) bool {
	by := offset[d]
	at := func(x, y int) uint8 {
		i := 3*(y>>sideLog+1) + x>>sideLog + 1
		q := t
		switch {
		case i > 4:
			q = t.near[i-1]
		case i < 4:
			q = t.near[i]
		}
		if q.cells() == nil {
			return 0
		}
		return q.cells().state[u.clock&1][y&lastLine<<sideLog|x&lastLine]
	}
	mask := u.grid.mask(t.at.Add(by))
	isBorn := func(x, y int) bool {
		if mask != nil && mask[y&lastLine]>>(x&lastLine)&1 == 0 {
			return false
		}
		var square [9]uint8
		for i := range square {
			square[i] = at(x+i%3-1, y+i/3-1)
		}
		return square != [9]uint8{} && u.law.look.next(&square) != 0
	}
	beside := func(v int64) int { // the place of a row or column next to the edge
		if v < 0 {
			return -1
		}
		return side
	}
	if by.X != 0 && by.Y != 0 {
		return isBorn(beside(by.X), beside(by.Y))
	}
	for m := u.facing(t, by); m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		if by.X == 0 && isBorn(i, beside(by.Y)) || by.Y == 0 && isBorn(beside(by.X), i) {
			return true
		}
	}
	return false
}

// facing returns which places beside an edge of t, that to the north, west, east or south,
// may see a cell that is not 0.
func (u *universe) facing(t *tile, by life.Point) (m uint64) {
	rows := u.now(t)
	switch {
	case by.Y < 0:
		m = rows[0]
	case by.Y > 0:
		m = rows[lastLine]
	case by.X < 0:
		for y, row := range rows {
			m |= row & 1 << y
		}
	default:
		for y, row := range rows {
			m |= row >> lastLine << y
		}
	}
	return m | m<<1 | m>>1 | 1 | 1<<lastLine
}
