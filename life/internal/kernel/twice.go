package kernel

import "math/bits"

// Rim is the width of the frame of a [Tile] that StepTwice leaves alone: one cell
// for each generation.
const Rim = 2

// The columns that StepTwice changes, and those of them that are within Rim cells
// of the frame, so that a neighbour keeps a copy of them.
const (
	OwnColumns  = uint64(1)<<(64-Rim) - 1<<Rim
	EdgeColumns = uint64(1<<Rim-1)<<Rim | uint64(1<<Rim-1)<<(64-2*Rim)
)

// Change tells which cells differ from before: the rows with such cells, the
// columns, and the rows with such cells in EdgeColumns. Bit i stands for row or
// column i.
type Change struct{ Rows, Columns, Sides uint64 }

// StepTwice advances rows of t in place by two generations, the first of them under
// the rule of first, the other under that of second, and tells what that changed.
// Rows are those with a bit in rows, of which only 2 to 61 count; of each, the
// OwnColumns are replaced.
//
// Rows are stepped by groups of four, 2–5, 6–9, …, 58–61, all of a group where one
// is asked for. Cost: see KERNELS.md; no allocation.
func StepTwice(first, second *Network, t *Tile, rows uint64) (c Change) {
	const low = 0x1111111111111111
	z := rows & OwnColumns >> Rim
	z |= z >> 1
	z = (z | z>>2) & low // bit 4i for group i
	if z == 0 {
		return Change{}
	}
	if c, ok := twiceAsm(first, second, t, z); ok {
		return c
	}
	for z != 0 {
		a := bits.TrailingZeros64(z)
		n := bits.TrailingZeros64(^(z>>a)&low) / 4
		z = z >> (a + 4*n) << (a + 4*n)
		d := twice(first, second, t, a+Rim, n)
		c.Rows |= d.Rows << (a + Rim)
		c.Sides |= d.Sides << (a + Rim)
		c.Columns |= d.Columns
	}
	return c
}
