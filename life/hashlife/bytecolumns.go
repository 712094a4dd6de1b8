package hashlife

import (
	"encoding/binary"

	"golife/life/internal/columns"
	"golife/life/internal/kernel"
)

// byteSquares are base nodes of byteCells on the way to their results, eight beside each other:
//
//	cells  8×8 of each node    once  6×6, a generation later    twice  4×4, another one later
//
// What is computed beside these is of no meaning.
type byteSquares struct {
	cells, once, twice [8 * columns.Stride]uint8
}

// stepColumns is step for rules that have columns. Nothing is remembered: to look a square up would
// take as long as to compute it.
func (c *byteCells) stepColumns(w *worker, n, gens int) {
	if w.squares == nil {
		w.squares = new(byteSquares)
	}
	s := w.squares
	for first := 0; first < n; first += columns.Eight {
		some := min(columns.Eight, n-first)
		for k := range some {
			for y, row := range w.bytesOf(first + k) {
				binary.LittleEndian.PutUint64(s.cells[y*columns.Stride+8*k:], row)
			}
		}
		centre := s.once[columns.Stride+1:]
		if gens == 2 {
			c.nextRows(&s.once, &s.cells, 0, 6, some)
			c.nextRows(&s.twice, &s.once, 0, 4, some)
			centre = s.twice[:]
		} else {
			c.nextRows(&s.once, &s.cells, 1, 5, some)
		}
		for k := range some {
			var rows [4]uint64
			for y := range rows {
				rows[y] = uint64(binary.LittleEndian.Uint32(centre[y*columns.Stride+8*k:]))
			}
			w.out[first+k] = kernel.Leaf{rows[0] | rows[1]<<32, rows[2] | rows[3]<<32}
		}
	}
}

// nextRows makes some rows of the next generation of n nodes: cell (x, y) of to is (x+1, y+1) of from.
func (c *byteCells) nextRows(to, from *[8 * columns.Stride]uint8, first, end, n int) {
	for y := first; y < end; y++ {
		columns.Look(to[y*columns.Stride:], from[y*columns.Stride:], n, c.columns)
	}
}

// bytesOf returns the rows of one of the base nodes that own lists.
func (w *worker) bytesOf(k int) [8]uint64 {
	q := &w.own[k]
	nw, ne, sw, se := w.leafNumber(q[0]), w.leafNumber(q[1]), w.leafNumber(q[2]), w.leafNumber(q[3])
	return [8]uint64{
		nw[0]&low32 | ne[0]<<32, nw[0]>>32 | ne[0]&^low32, nw[1]&low32 | ne[1]<<32, nw[1]>>32 | ne[1]&^low32,
		sw[0]&low32 | se[0]<<32, sw[0]>>32 | se[0]&^low32, sw[1]&low32 | se[1]<<32, sw[1]>>32 | se[1]&^low32,
	}
}
