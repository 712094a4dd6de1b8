package multistate

import (
	"encoding/binary"
	"math/bits"

	"golife/life/internal/columns"
)

// rowOfColumns is lookup.row for a tree with columns: it computes cells eight by eight, as many
// eights beside each other at once as are active.
func rowOfColumns(l *lookup, dst *[side]uint8, w *window, y int, may uint64) (done, live, changed uint64) {
	for eights := uint(columns.Nonzero(w.active[y])); eights != 0; {
		first := bits.TrailingZeros(eights)
		n := bits.TrailingZeros(^(eights >> first))
		eights &^= (1<<n - 1) << first
		x := 8 * first & lastLine
		to := dst[x:]
		if may != ^uint64(0) {
			to = w.next[x:]
		}
		some, differ := columns.Look(to, w.cells[y*stride+x:], n, l.columns)
		done |= ^uint64(0) >> (side - 8*n) << x
		live |= some << x
		changed |= differ << x
	}
	if may != ^uint64(0) {
		mix(dst, &w.next, done&may)
	}
	return done & may, live & may, changed & may
}

// mix copies some cells of a row.
func mix(dst, from *[side]uint8, some uint64) {
	for x := 0; some != 0; x, some = x+8, some>>8 {
		to := dst[x : x+8]
		next := blend(binary.LittleEndian.Uint64(from[x:]), binary.LittleEndian.Uint64(to), uint8(some))
		binary.LittleEndian.PutUint64(to, next)
	}
}
