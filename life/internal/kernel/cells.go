package kernel

import "math/bits"

// Octet is an 8×8 square of cells: cell (x, y) is bit 8·y+x.
type Octet = uint64

// Centre puts the central 16×16 cells of the 32×32 square made of four leaves into
// out, which must not be one of them.
func Centre(out, nw, ne, sw, se *Leaf) {
	out[0] = nw[2]>>8&lo8 | ne[2]&lo8<<8
	out[1] = nw[3]>>8&lo8 | ne[3]&lo8<<8
	out[2] = sw[0]>>8&lo8 | se[0]&lo8<<8
	out[3] = sw[1]>>8&lo8 | se[1]&lo8<<8
}

// Join returns the leaf made of four octets.
func Join(nw, ne, sw, se Octet) Leaf {
	return Leaf{
		spread8(nw) | spread8(ne)<<8,
		spread8(nw>>32) | spread8(ne>>32)<<8,
		spread8(sw) | spread8(se)<<8,
		spread8(sw>>32) | spread8(se>>32)<<8,
	}
}

// Split returns the four octets that a leaf is made of; it undoes [Join].
func Split(l *Leaf) (nw, ne, sw, se Octet) {
	return gather8(l[0]) | gather8(l[1])<<32,
		gather8(l[0]>>8) | gather8(l[1]>>8)<<32,
		gather8(l[2]) | gather8(l[3])<<32,
		gather8(l[2]>>8) | gather8(l[3]>>8)<<32
}

// spread8 moves the low four bytes of x to the even bytes.
func spread8(x uint64) uint64 {
	x &= lo32
	x = (x | x<<16) & lo16
	return (x | x<<8) & lo8
}

// gather8 moves the even bytes of x to the low four.
func gather8(x uint64) uint64 {
	x &= lo8
	x = (x | x>>8) & lo16
	return (x | x>>16) & lo32
}

// Population returns the number of live cells of l, 0 to 256.
func Population(l *Leaf) int {
	return bits.OnesCount64(l[0]) + bits.OnesCount64(l[1]) +
		bits.OnesCount64(l[2]) + bits.OnesCount64(l[3])
}

// Bounds returns the smallest half-open rectangle [x0, x1) × [y0, y1) that holds
// the live cells of l; ok is false when there are none.
func Bounds(l *Leaf) (x0, y0, x1, y1 int, ok bool) {
	cols := l[0] | l[1] | l[2] | l[3]
	if cols == 0 {
		return 0, 0, 0, 0, false
	}
	cols |= cols >> 32
	cols = (cols | cols>>16) & 0xffff
	for y0 = 0; l[y0>>2] == 0; y0 += 4 {
	}
	y0 += bits.TrailingZeros64(l[y0>>2]) >> 4
	for y1 = 16; l[y1>>2-1] == 0; y1 -= 4 {
	}
	y1 -= bits.LeadingZeros64(l[y1>>2-1]) >> 4
	return bits.TrailingZeros64(cols), y0, bits.Len64(cols), y1, true
}

// TilePopulation returns the number of live cells of t, 0 to 4096.
func TilePopulation(t *Tile) (n int) {
	for _, w := range t {
		n += bits.OnesCount64(w)
	}
	return n
}

// TileBounds is [Bounds] for a tile.
func TileBounds(t *Tile) (x0, y0, x1, y1 int, ok bool) {
	var cols uint64
	y0 = -1
	for y, w := range t {
		if w == 0 {
			continue
		}
		cols |= w
		y1 = y + 1
		if y0 < 0 {
			y0 = y
		}
	}
	if cols == 0 {
		return 0, 0, 0, 0, false
	}
	return bits.TrailingZeros64(cols), y0, bits.Len64(cols), y1, true
}
