package kernel

import "golife/life/rule"

// The look-up kernel cuts the plane into 2×2 squares, so that one 16-bit index,
// the 4×4 cells around a square, gives four cells. Two rows go at a time: four
// source rows are woven so that each byte holds two columns of all four, in
// bits
//
//	row 0 | 0 1 |   row 1 | 2 3 |   row 2 | 4 5 |   row 3 | 6 7 |
//
// and an index is the bytes of two neighbouring pairs of columns, the western
// one low. The weaving of a pair of rows is used twice, as the lower half of one
// square and the upper half of the next. A table byte holds the next states
// of the inner square: bits 0 1 for row 1, bits 4 5 for row 2.
//
// A table of 65,536 squares of 4×4 cells is how Golly's HashLife and QuickLife run
// any rule; the weaving, which makes 64 cells cost 16 look-ups and some 40
// logical operations, is our own.

// newSquares tabulates t.
func newSquares(t *rule.Table) *[1 << 16]uint8 {
	// half maps rows 0-2 (bits 0-5 of either byte) to the cells of row 1.
	var half [1 << 12]uint8
	for i := range half {
		cell := func(x, y int) int { return i >> (6*(x>>1) + 2*y + x&1) & 1 }
		for x := range 2 {
			k := 0
			for y := range 3 {
				k = k<<3 | cell(x, y)<<2 | cell(x+1, y)<<1 | cell(x+2, y)
			}
			half[i] |= t.Next(k) << x
		}
	}
	squares := new([1 << 16]uint8)
	for i := range squares {
		squares[i] = half[i&0x3f|i>>2&0xfc0] | half[i>>2&0x3f|i>>4&0xfc0]<<4
	}
	return squares
}

// woven is a pair of rows, moved one cell east: the even and the odd pairs of
// columns of each of the two rows side by side in four bits, and the four bits of
// the pair of columns beyond the word.
type woven struct{ even, odd, beyond uint64 }

const (
	pairs   = 0x3333_3333_3333_3333
	nibbles = 0x0f0f_0f0f_0f0f_0f0f
)

func weave(a, b row) woven {
	x, y := a.west(), b.west()
	t := (x>>2 ^ y) & pairs
	return woven{
		even:   x ^ t<<2,
		odd:    y ^ t,
		beyond: a.c>>63 | a.e&1<<1 | b.c>>63<<2 | b.e&1<<3,
	}
}

// squarePair steps the two inner rows of four.
func squarePair(tab *[1 << 16]uint8, n, s woven) (a, b uint64) {
	t := (n.even>>4 ^ s.even) & nibbles
	g0, g2 := n.even^t<<4, s.even^t
	t = (n.odd>>4 ^ s.odd) & nibbles
	g1, g3 := n.odd^t<<4, s.odd^t
	g4 := g0>>8 | (n.beyond|s.beyond<<4)<<56
	lo := squares8(tab, g0, g1) | squares8(tab, g1, g2)<<2
	hi := squares8(tab, g2, g3) | squares8(tab, g3, g4)<<2
	return lo&nibbles | hi&nibbles<<4, lo>>4&nibbles | hi&^uint64(nibbles)
}

// squares8 looks eight squares up: byte m of the result belongs to bytes m of
// west and east.
func squares8(tab *[1 << 16]uint8, west, east uint64) uint64 {
	t := (west>>8 ^ east) & lo8
	x, y := west^t<<8, east^t
	return uint64(tab[uint16(x)]) | uint64(tab[uint16(y)])<<8 |
		uint64(tab[uint16(x>>16)])<<16 | uint64(tab[uint16(y>>16)])<<24 |
		uint64(tab[uint16(x>>32)])<<32 | uint64(tab[uint16(y>>32)])<<40 |
		uint64(tab[x>>48])<<48 | uint64(tab[y>>48])<<56
}

func lookupSpan(tab *[1 << 16]uint8, dst, c, w, e []uint64, north, south row) (changed uint64) {
	n := len(dst)
	c, w, e = c[:n], w[:n], e[:n]
	above := weave(north, row{c[0], w[0], e[0]})
	i := 0
	for ; i+1 < n; i += 2 {
		next := south
		if i+2 < n {
			next = row{c[i+2], w[i+2], e[i+2]}
		}
		below := weave(row{c[i+1], w[i+1], e[i+1]}, next)
		x, y := squarePair(tab, above, below)
		changed |= (x ^ dst[i]) | (y ^ dst[i+1])
		dst[i], dst[i+1] = x, y
		above = below
	}
	if i < n {
		x, _ := squarePair(tab, above, weave(south, row{}))
		changed |= x ^ dst[i]
		dst[i] = x
	}
	return changed
}

func lookupRows(tab *[1 << 16]uint8, dst, src []uint64) {
	n := len(dst)
	if n == 0 {
		return
	}
	north := weave(row{c: src[0]}, row{c: src[1]})
	i := 0
	for ; i+1 < n; i += 2 {
		south := weave(row{c: src[i+2]}, row{c: src[i+3]})
		dst[i], dst[i+1] = squarePair(tab, north, south)
		north = south
	}
	if i < n {
		dst[i], _ = squarePair(tab, north, weave(row{c: src[i+2]}, row{}))
	}
}
