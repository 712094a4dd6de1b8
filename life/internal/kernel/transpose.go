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
