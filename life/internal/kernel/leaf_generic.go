package kernel

const (
	lo32 = 0x0000_0000_ffff_ffff
	lo16 = 0x0000_ffff_0000_ffff
	lo8  = 0x00ff_00ff_00ff_00ff
)

// fold lays the 32 rows of the square out as 16 words. Word i holds row i in its
// low half and row 31-i in its high half: the paper is folded along the line
// between rows 15 and 16. Neighbouring rows are then in neighbouring words
// without a shift, and word 16, across the fold, is word 15 with its halves
// swapped. In the high half north is down, so this layout serves only rules that
// do not tell north from south. Garbage enters at columns 0 and 31, where the
// halves touch, and at row 0 and 31, one cell a generation: the margin of 8 is
// just enough. And when r more generations follow, only words 8-r to 15 matter.
func fold(x *[17]uint64, nw, ne, sw, se *Leaf) {
	for k := range 4 {
		t0, t1 := zip16(nw[k], ne[k])
		b0, b1 := zip16(sw[3-k], se[3-k])
		x[4*k] = t0&lo32 | b1&^lo32
		x[4*k+1] = t1&lo32 | b0&^lo32
		x[4*k+2] = t0>>32 | b1<<32
		x[4*k+3] = t1>>32 | b0<<32
	}
}

// zip16 joins four rows of 16 cells with the four rows to their east: rows 0 and 2
// (low and high half), rows 1 and 3.
func zip16(west, east uint64) (even, odd uint64) {
	return west&lo16 | east&lo16<<16, west>>16&lo16 | east&^lo16
}

// unfold takes the centre out of words 8 to 15.
func unfold(out *Leaf, x *[17]uint64) {
	for k := range 2 {
		a, b, c, d := x[8+4*k]>>8, x[9+4*k]>>8, x[10+4*k]>>8, x[11+4*k]>>8
		out[k] = a&0xffff | b&0xffff<<16 | c&0xffff<<32 | d<<48
		out[3-k] = d>>32&0xffff | c>>32&0xffff<<16 | b>>32&0xffff<<32 | a>>32<<48
	}
}

// stack lays out the 2h rows, h = 8+gens, that matter for gens generations: word j
// holds row 8-gens+j in its low and row 16+j in its high half. Unlike fold it keeps
// north up in both halves, for rules that tell north from south.
func stack(x *[18]uint64, nw, ne, sw, se *Leaf, gens int) {
	var row [32]uint64
	for k := range 4 {
		row[4*k], row[4*k+1], row[4*k+2], row[4*k+3] = rows32(nw[k], ne[k])
		row[16+4*k], row[17+4*k], row[18+4*k], row[19+4*k] = rows32(sw[k], se[k])
	}
	for j := range 8 + gens {
		x[j] = row[8-gens+j] | row[16+j]<<32
	}
}

func rows32(west, east uint64) (a, b, c, d uint64) {
	even, odd := zip16(west, east)
	return even & lo32, odd & lo32, even >> 32, odd >> 32
}

// restack makes of h stacked words (2h rows) the h+1 words y that step to the h-1
// stacked words of the next generation (the inner 2h-2 rows): word j of these is
// stepped from y[j], y[j+1], y[j+2].
func restack(y, x *[18]uint64, h int) {
	last := uint64(0)
	for j, v := range x[:h] {
		y[j] = v&lo32 | last&^lo32
		last = v
	}
	y[0] |= last << 32
	y[h] = x[0]>>32 | last&^lo32
}

// unstack takes the centre out of the 8 words that are left at the end.
func unstack(out *Leaf, x *[18]uint64) {
	for k := range 2 {
		a, b, c, d := x[4*k]>>8, x[1+4*k]>>8, x[2+4*k]>>8, x[3+4*k]>>8
		out[k] = a&0xffff | b&0xffff<<16 | c&0xffff<<32 | d<<48
		out[2+k] = a>>32&0xffff | b>>32&0xffff<<16 | c>>32&0xffff<<32 | d>>32<<48
	}
}
