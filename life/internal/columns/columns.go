// Package columns looks cells of any number of states up by columns of three (rule.Columns), in
// assembly where there is some.
//
// # Data layout
//
// Cells are bytes, in rows that follow each other at Stride:
//
//	north  │ 0 │ 1 │ 2 │ 3 …        column x is cell x of all three rows; the cell beside
//	       │ 0 │ 1 │ 2 │ 3 …        columns 0 to 2 is computed into dst[0], that beside
//	       │ 0 │ 1 │ 2 │ 3 …        columns 1 to 3 into dst[1], and so on
//
// A cell takes nine loads: three states, their codes, what the column to its east is, the place of
// that and the two before it, and the next state. What each column is, is found once and kept
// for the three cells that see it.
//
// # What it costs
//
// 3.1 ns a cell in assembly, 6.7 in Go (BenchmarkLook: 9 states, random; AMD Zen 3). A tree of two steps,
// looked up cell by cell, takes 20: nine loads of codes, and two tables of up to 256 KiB.
package columns

import (
	"encoding/binary"

	"golife/life/rule"
)

// Stride is from the beginning of a row of cells to that of the next one.
const Stride = 72

// Eight is how many cells are computed together.
const Eight = 8

// Look computes n times eight cells into dst, from three rows of cells, the first of which begins
// with north. n is 1 to 8. It returns which of them are not 0, and which have changed: bit 0 is
// for the first. It panics where a row is too short; states that the rule lacks count as 0.
func Look(dst, north []uint8, n int, c *rule.Columns) (live, changed uint64) {
	_, _ = dst[Eight*n-1], north[2*Stride+Eight*n+1]
	return look(dst, north, n, c)
}

// lookGo is look in plain Go.
func lookGo(dst, north []uint8, n int, c *rule.Columns) (live, changed uint64) {
	column := func(x int) rule.Column {
		return c.Numbers[c.Codes[0][north[x]]+c.Codes[1][north[Stride+x]]+c.Codes[2][north[2*Stride+x]]]
	}
	west, middle := column(0), column(1)
	for x := range dst[:Eight*n] {
		east := column(x + 2)
		dst[x] = c.Next(west, middle, east)
		west, middle = middle, east
	}
	for x := 0; x < Eight*n; x += Eight {
		next := binary.LittleEndian.Uint64(dst[x:])
		live |= uint64(Nonzero(next)) << x
		changed |= uint64(Nonzero(next^binary.LittleEndian.Uint64(north[Stride+1+x:]))) << x
	}
	return live, changed
}

// Nonzero returns which bytes of a word are not 0: bit 0 is for the lowest.
func Nonzero(v uint64) uint8 {
	const low, ones = 0x7F7F7F7F7F7F7F7F, 0x0101010101010101
	v = ((v&low + low) | v) >> 7 & ones
	return uint8(v * 0x0102040810204080 >> 56)
}
