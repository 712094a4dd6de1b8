package kernel

import "golife/life/rule"

// StepNaive is the slow twin of every entry point, there to test them: cell by
// cell from the truth table. src is w×h cells of 0 or 1, row-major; the result
// is the next generation of the (w-2)×(h-2) cells whose neighbours are all in
// src, row-major too. w, h ≥ 2 and len(src) == w·h, else it panics.
func StepNaive(t *rule.Table, src []uint8, w, h int) []uint8 {
	if w < 2 || h < 2 || len(src) != w*h {
		panic("kernel: StepNaive: bad size")
	}
	dst := make([]uint8, 0, (w-2)*(h-2))
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			i := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					i = i<<1 | int(src[(y+dy)*w+x+dx])
				}
			}
			dst = append(dst, t.Next(i))
		}
	}
	return dst
}
