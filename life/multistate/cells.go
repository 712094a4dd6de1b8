package multistate

import (
	"encoding/binary"
	"math/bits"

	"golife/life"
	"golife/life/internal/columns"
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
	// row computes those active cells of row y of a window into dst, and others beside them
	// among those that it may compute. It returns which it has computed, which of these are
	// not 0, and which have changed.
	row func(l *lookup, dst *[side]uint8, w *window, y int, may uint64) (done, live, changed uint64)
	// seesCorners is false where the cells in the north-west, and so on, do not matter.
	seesCorners bool
	// steps are those of a tree, and eight computes the next states of eight cells under
	// them, the first in the lowest byte; nil for what is no tree.
	steps   []rule.TreeStep
	columns *rule.Columns // of a tree; nil for others, and for those that have too many
	cross   *cross        // of one of steps; nil for others
	eight   func(l *lookup, w *[eightCells]uint8) uint64
}

// newLookup returns the lookup of a rule that has a Local.
func newLookup(r *rule.Rule) *lookup {
	next, _ := r.Local()
	l := &lookup{next: next, row: rowOfLocal, seesCorners: true}
	t, ok := r.Tree()
	if !ok {
		return l
	}
	l.steps, l.row, l.eight = t.Steps(), rowOfTree, eightOfTree
	l.seesCorners = false
	for _, s := range l.steps {
		for _, c := range s.Cells {
			l.seesCorners = l.seesCorners || c&1 == 0 && c != 4
		}
	}
	switch l.cross, l.columns = newCross(l.steps), t.Columns(); {
	case l.cross != nil:
		l.eight = eightOfCross
	case l.columns != nil:
		l.row = rowOfColumns
	}
	return l
}

// stride is the length of a row of a window in bytes.
const stride = columns.Stride

// window is a tile with what is around it, of which as many rows are filled in as are
// looked at. Row 0 is that above the tile, and column 0 is that beside it.
type window struct {
	cells  [(side + 2) * stride]uint8
	filled [side + 2]bool
	around [3][3]*[side * side]uint8 // the tile and its neighbours
	active kernel.Tile               // the cells to be computed
	rows   uint64                    // in which there are some; the others of active are of no meaning
	square [9]uint8
	next   [side]uint8 // what becomes of a row
}

// noCells are those of a tile that is not there, noChange what has changed of one that
// was not visited.
var (
	noCells  [side * side]uint8
	noChange kernel.Tile
)

// look makes ready for the rows around a tile.
func (w *window) look(t *tile, parity int64) {
	for d, q := range t.near {
		if d > 3 {
			d++
		}
		see := &noCells
		if c := q.cells(); c != nil {
			see = &c.state[parity&1]
		}
		w.around[d/3][d%3] = see
	}
	w.around[1][1] = &t.cells().state[parity&1]
	w.filled = [side + 2]bool{}
}

// fill fills in a row.
func (w *window) fill(y int) {
	if w.filled[y] {
		return
	}
	w.filled[y] = true
	band, from := &w.around[1], (y-1)<<sideLog
	switch y {
	case 0:
		band, from = &w.around[0], lastLine<<sideLog
	case side + 1:
		band, from = &w.around[2], 0
	}
	row := w.cells[y*stride:][:side+2]
	row[0] = band[0][from+lastLine]
	copy(row[1:], band[1][from:from+side])
	row[side+1] = band[2][from]
}

// rowOfLocal is lookup.row for any Local. It computes no other cells than those that are
// active.
func rowOfLocal(l *lookup, dst *[side]uint8, w *window, y int, _ uint64) (done, live, changed uint64) {
	north := (*[side + 2]uint8)(w.cells[y*stride:])
	here := (*[side + 2]uint8)(w.cells[(y+1)*stride:])
	south := (*[side + 2]uint8)(w.cells[(y+2)*stride:])
	for m := w.active[y]; m != 0; m &= m - 1 {
		x := bits.TrailingZeros64(m) & lastLine
		w.square = [9]uint8{
			north[x], north[x+1], north[x+2], here[x], here[x+1], here[x+2], south[x], south[x+1], south[x+2],
		}
		s := l.next(&w.square)
		dst[x] = s
		live |= bit(s != 0) << x
		changed |= bit(s != here[x+1]) << x
	}
	return w.active[y], live, changed
}

// bit returns 1 for true.
func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// rowOfTree is lookup.row for a tree: it computes cells eight by eight.
func rowOfTree(l *lookup, dst *[side]uint8, w *window, y int, may uint64) (done, live, changed uint64) {
	for eights := columns.Nonzero(w.active[y]); eights != 0; eights &= eights - 1 {
		x := bits.TrailingZeros8(eights) << 3 & lastLine
		rows := w.cells[y*stride+x:]
		next := l.eight(l, (*[eightCells]uint8)(rows))
		if some := uint8(may >> x); some != 0xFF {
			next = blend(next, binary.LittleEndian.Uint64(dst[x:]), some)
		}
		binary.LittleEndian.PutUint64(dst[x:], next)
		done |= 0xFF << x
		live |= uint64(columns.Nonzero(next)) << x
		changed |= uint64(columns.Nonzero(next^binary.LittleEndian.Uint64(rows[stride+1:]))) << x
	}
	return done & may, live & may, changed & may
}

// blend returns those of eight cells that are chosen, and the others of other.
func blend(cells, other uint64, chosen uint8) uint64 {
	m := spread(chosen)
	return cells&m | other&^m
}

// spread returns a word whose bytes are all ones where the bits of m are set.
func spread(m uint8) uint64 {
	const ones, bitOf = 0x0101010101010101, 0x8040201008040201
	return uint64(0xFF) * ((uint64(m)*ones&bitOf + 0x7F7F7F7F7F7F7F7F) >> 7 & ones)
}

// eightCells is how much of a window eight cells see, from that in the north-west of the
// first to that in the south-east of the last.
const eightCells = 2*stride + 10

// cross is a tree of one step that sees four neighbours, with a table that every sum of
// codes is in: an index need not be checked.
type cross struct {
	w, n, c, s, e [256]uint16
	out           [1 << 16]uint8
}

// newCross returns the cross of the steps of a tree, or nil where they are none.
func newCross(steps []rule.TreeStep) *cross {
	step := &steps[0]
	if len(step.Out) == 0 || len(step.Out) > len(cross{}.out) || len(step.Cells) != 5 {
		return nil
	}
	t := &cross{}
	of := map[uint8]*[256]uint16{1: &t.n, 3: &t.w, 4: &t.c, 5: &t.e, 7: &t.s}
	for i, place := range step.Cells {
		if of[place] == nil {
			return nil
		}
		for state, code := range step.Codes[i] {
			of[place][state] = uint16(code)
		}
	}
	copy(t.out[:], step.Out)
	return t
}

// eightOfCross is lookup.eight for a cross.
func eightOfCross(l *lookup, w *[eightCells]uint8) (next uint64) {
	t := l.cross
	west, centre := w[stride], w[stride+1]
	for x := range 8 {
		east := w[stride+x+2]
		s := t.out[t.w[west]+t.n[w[x+1]]+t.c[centre]+t.s[w[2*stride+x+1]]+t.e[east]]
		next = next>>8 | uint64(s)<<56
		west, centre = centre, east
	}
	return next
}

// eightOfTree is lookup.eight for any tree.
func eightOfTree(l *lookup, w *[eightCells]uint8) (next uint64) {
	var at [8]uint32
	for i := range l.steps {
		step := &l.steps[i]
		for k, c := range step.Cells {
			codes, cells := &step.Codes[k], (*[8]uint8)(w[placeOf[c&15]:])
			for x := range at {
				at[x] += codes[cells[x]]
			}
		}
		if step.Out != nil {
			for x := range at {
				next = next>>8 | uint64(step.Out[at[x]])<<56
			}
			return next
		}
		for x := range at {
			at[x] = step.Next[at[x]]
		}
	}
	panic("multistate: a tree without a last step")
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

// active writes the cells of a tile that see one that the last pass changed, by rows, and
// returns which rows have any. Others are not written.
func (u *universe) active(active *kernel.Tile, t *tile, parity int64) (rows uint64) {
	corners := -bit(u.law.look.seesCorners)
	mask := t.mask()
	put := func(y int, a uint64) {
		if mask != nil {
			a &= mask[y&lastLine]
		}
		active[y&lastLine] = a
		rows |= bit(a != 0) << (y & lastLine)
	}
	n := &t.near
	above, aboveWide := changes(u.changedIn(n[toNW], parity), u.changedIn(n[toN], parity), u.changedIn(n[toNE], parity), lastLine)
	below, belowWide := changes(u.changedIn(n[toSW], parity), u.changedIn(n[toS], parity), u.changedIn(n[toSE], parity), 0)
	west, here, east := u.changedIn(n[toW], parity), u.changedIn(t, parity), u.changedIn(n[toE], parity)
	if west == &noChange && here == &noChange && east == &noChange {
		put(0, above|aboveWide&corners)
		put(lastLine, below|belowWide&corners)
		return rows
	}
	x, wide := changes(west, here, east, 0)
	for y := range side {
		next, nextWide := below, belowWide
		if y < lastLine {
			next, nextWide = changes(west, here, east, y+1)
		}
		put(y, wide|above|next|(aboveWide|nextWide)&corners)
		above, aboveWide, x, wide = x, wide, next, nextWide
	}
	return rows
}

// changes returns what changed in a row of a tile, and that with what is beside it.
func changes(west, here, east *kernel.Tile, y int) (x, wide uint64) {
	x = here[y&lastLine]
	return x, x | x<<1 | x>>1 | west[y&lastLine]>>lastLine | east[y&lastLine]<<lastLine
}

// visitCells is visit for a law that looks cells up.
func (u *universe) visitCells(t *tile, parity int64, w *window) (o outcome) {
	p, q, look := parity&1, t.cells(), u.law.look
	old, next := &t.live[p], &t.live[1-p]
	states, changed := &q.state[1-p], &q.changed[1-p]
	*changed = noChange
	q.pass[1-p] = u.clock
	mask := t.mask()
	if mask != nil {
		u.keepOutside(t, parity)
	}
	if w.rows = u.active(&w.active, t, parity); w.rows != 0 {
		w.look(t, p)
	}
	for rows := w.rows; rows != 0; rows &= rows - 1 {
		y := bits.TrailingZeros64(rows) & lastLine
		w.fill(y)
		w.fill(y + 1)
		w.fill(y + 2)
		may := ^uint64(0)
		if mask != nil {
			may = mask[y]
		}
		done, live, changes := look.row(look, (*[side]uint8)(states[y<<sideLog:]), w, y, may)
		next[y] = old[y]&^done | live
		changed[y] = changes
		o.columns |= changes
		o.looked += bits.OnesCount64(done)
	}
	if o.columns != 0 {
		return o // which is why any does not matter
	}
	for _, row := range next {
		o.any |= row
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
