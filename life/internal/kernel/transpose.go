package kernel

// Transpose turns a square of 64×64 cells about its main diagonal: bit x of word y
// becomes bit y of word x. It swaps off-diagonal blocks of 32, 16, … 1 cells (Warren,
// Hacker's Delight, 2nd ed. 2013, section 7-3). Cost: some 1500 operations.
func Transpose(m *[64]uint64) {
	transposeBlocks(m, 32, 0x00000000FFFFFFFF)
	transposeBlocks(m, 16, 0x0000FFFF0000FFFF)
	transposeBlocks(m, 8, 0x00FF00FF00FF00FF)
	transposeBlocks(m, 4, 0x0F0F0F0F0F0F0F0F)
	transposeBlocks(m, 2, 0x3333333333333333)
	transposeBlocks(m, 1, 0x5555555555555555)
}

// transposeBlocks swaps the north-east block of n×n cells of each 2n×2n with the
// south-west one; mask has the western ones of a row.
func transposeBlocks(m *[64]uint64, n int, mask uint64) {
	for y := 0; y < 64; y = (y + n + 1) &^ n {
		a, b := &m[y&63], &m[(y+n)&63]
		d := (*a>>(n&63) ^ *b) & mask
		*a, *b = *a^d<<(n&63), *b^d
	}
}

// TransposeBytes turns eight rows of 64 cells into the eight octets that they consist of, from
// west to east, and octets into rows: byte x of word y becomes byte y of word x. Cost: some 70
// operations.
func TransposeBytes(m *[8]uint64) {
	a, b, c, d, e, f, g, h := m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7]
	a, e = swapHalves(a, e, 32, lo32)
	b, f = swapHalves(b, f, 32, lo32)
	c, g = swapHalves(c, g, 32, lo32)
	d, h = swapHalves(d, h, 32, lo32)
	a, c = swapHalves(a, c, 16, lo16)
	b, d = swapHalves(b, d, 16, lo16)
	e, g = swapHalves(e, g, 16, lo16)
	f, h = swapHalves(f, h, 16, lo16)
	a, b = swapHalves(a, b, 8, lo8)
	c, d = swapHalves(c, d, 8, lo8)
	e, f = swapHalves(e, f, 8, lo8)
	g, h = swapHalves(g, h, 8, lo8)
	*m = [8]uint64{a, b, c, d, e, f, g, h}
}

// swapHalves swaps the eastern half of each of the columns of a that mask and what lies n bits east
// of it make up, with the western half of b's.
func swapHalves(a, b uint64, n uint, mask uint64) (uint64, uint64) {
	d := (a>>n ^ b) & mask
	return a ^ d<<n, b ^ d
}
