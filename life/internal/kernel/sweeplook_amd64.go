//go:build !noasm

package kernel

import "unsafe"

// lookSweep is a sweep by look-ups. Each level has a row of columns, which go up to the row that it
// reads last: its rows are not needed as bits, but for those that nobody reads any more when the sweep ends.
type lookSweep struct {
	*Sweep
	sign   int
	tables *[2]lookTable
	room   []uint64
	edge   columnEdge
}

// sweepLooks is Sweep by look-ups, for levels that are two rows apart.
func (s *Sweeper) sweepLooks(w *Sweep, parity int) {
	l := lookSweep{Sweep: w, sign: 1, tables: &s.looks[0], room: w.Room, edge: w.columns()}
	if w.IsUp {
		l.sign, l.tables = -1, &s.looks[1]
	}
	for uintptr(unsafe.Pointer(&l.room[0]))%(8*VectorWords) != 0 {
		l.room = l.room[1:]
	}
	for level := range w.Levels {
		at := w.Row - l.sign*w.Lag*level
		l.read(level, at)
		l.read(level, at+l.sign)
	}
	for i := range w.Steps {
		l.read(0, w.Row+l.sign*(i+2))
		for level := range w.Levels {
			l.step(i, level, (parity+level)&1)
		}
	}
}

func (l *lookSweep) row(i int) []uint64 { return l.Words[i*l.Stride:][:VectorWords*(l.Width+2)] }

func (l *lookSweep) columns(level int) []uint64 {
	size := lookRow(l.Width)
	return l.room[level*size:][:size]
}

// read appends a row to the columns of a level.
func (l *lookSweep) read(level, row int) {
	lookInAVX2(&l.columns(level)[0], &l.row(row)[0], l.Width+2)
}

// step makes the row that a level makes at step i.
func (l *lookSweep) step(i, level, parity int) {
	from, table, pairs := &l.columns(level)[byteWords], &l.tables[parity], (l.Width+1)/2
	var mask *[VectorWords]uint64
	if l.Masks != nil {
		mask = &l.Masks[l.MaskAt+i-(l.Lag-1)*level]
	}
	isLast := level == l.Levels-1
	if isLast || i >= l.Steps-l.Lag {
		to := l.row(l.Row + l.sign*(i-l.Lag*level))
		if mask == nil {
			lookLastAVX2(from, &to[VectorWords], pairs, table, nil)
		} else {
			lookLastMaskedAVX2(from, &to[VectorWords], pairs, table, mask)
		}
		l.Close(to, l.Stride, 1)
	}
	if isLast {
		return
	}
	to := l.columns(level + 1)
	if mask == nil {
		lookLevelAVX2(from, &to[byteWords], pairs, table, nil)
	} else {
		lookLevelMaskedAVX2(from, &to[byteWords], pairs, table, mask)
	}
	closeColumnsAVX2(&to[0], &l.edge)
}

// columnEdge is what an Edge is for a row of columns; life/internal/_asm knows its layout.
type columnEdge struct {
	width, padAt, lastAt int // bytes, from the start of a row
	_                    int
	first                [VectorWords]uint64 // picks column 0
	pad, padShift        [VectorWords]uint64 // clears the column behind the last, and moves one there
	last, lastShift      [VectorWords]uint64 // picks the last column, moved to the first byte
	around               [VectorWords]uint64 // picks what is behind full vectors
}

// columns translates e.
func (e *Edge) columns() (c columnEdge) {
	every := func(v uint64) [VectorWords]uint64 { return [VectorWords]uint64{v, v, v, v} }
	at := func(x int) (offset int, shift uint64) {
		bit := x / e.Width
		return 8 * (byteWords*(1+x%e.Width) + VectorWords*(bit%8)), uint64(bit &^ 7)
	}
	var shift uint64
	c.width = 8 * byteWords * e.Width
	c.lastAt, shift = at(e.Columns - 1)
	c.lastShift = every(shift)
	if e.Wraps {
		c.first, c.last = every(0xff), every(0xff)
	}
	if e.Columns == 64*e.Width {
		c.around = every(0xff << 56)
		return c
	}
	c.padAt, shift = at(e.Columns)
	c.pad, c.padShift = every(^(uint64(0xff) << shift)), every(shift)
	return c
}

//go:noescape
func lookInAVX2(columns, row *uint64, vectors int)

//go:noescape
func closeColumnsAVX2(row *uint64, edge *columnEdge)

//go:noescape
func lookLevelAVX2(from, to *uint64, pairs int, table *lookTable, mask *[VectorWords]uint64)

//go:noescape
func lookLevelMaskedAVX2(from, to *uint64, pairs int, table *lookTable, mask *[VectorWords]uint64)

//go:noescape
func lookLastAVX2(from, to *uint64, pairs int, table *lookTable, mask *[VectorWords]uint64)

//go:noescape
func lookLastMaskedAVX2(from, to *uint64, pairs int, table *lookTable, mask *[VectorWords]uint64)
