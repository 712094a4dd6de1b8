package kernel

// twice is StepTwice of n groups of four rows from row from on; bit 0 of the
// result's rows stands for that row.
func twice(first, second *Network, t *Tile, from, n int) Change {
	var odd [64 - Rim]uint64
	var even [64 - 2*Rim]uint64
	first.StepRows(odd[:4*n+2], t[from-2:from+4*n+2])
	second.StepRows(even[:4*n], odd[:4*n+2])
	return merge(t[from:from+4*n], even[:4*n])
}

// merge copies OwnColumns of src to dst and tells what that changes; bit 0 stands
// for the first row.
func merge(dst, src []uint64) (c Change) {
	if c, ok := mergeAsm(dst, src); ok {
		return c
	}
	bit := uint64(1)
	src = src[:len(dst)]
	for i, old := range dst {
		d := (src[i] ^ old) & OwnColumns
		dst[i] = old ^ d
		c.Columns |= d
		if d != 0 {
			c.Rows |= bit
		}
		if d&EdgeColumns != 0 {
			c.Sides |= bit
		}
		bit <<= 1
	}
	return c
}
