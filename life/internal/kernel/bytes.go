package kernel

import "golife/life/rule"

// byteTable is a truth table by windows: three cells of a row, the western one in
// bit 0. Entry 8n+c is for window n in the north row and c in the middle row; its
// bit s is the next state with window s in the south row.
type byteTable [64]uint8

func newByteTable(t *rule.Table) (b byteTable) {
	// In an index of a rule.Table the western cell of a row comes first.
	const turned = 0o7351_6240 // octal digit w is window w from east to west
	for i := range 512 {
		n, c, s := turned>>(3*(i>>6))&7, turned>>(3*(i>>3&7))&7, turned>>(3*(i&7))&7
		b[8*n+c] |= t.Next(i) << s
	}
	return b
}

// columnTable is a truth table by columns, three cells above each other, the southern one
// in bit 0. With columns w to the west and c in the middle, and column e to the east, the
// next state is bit e of byte -(2c + w&1) mod 16 of the 16 from 16·(w>>1) on.
type columnTable [64]uint8

func newColumnTable(t *rule.Table) (table columnTable) {
	for i := range 512 {
		w, c, e := column(i, 2), column(i, 1), column(i, 0)
		table[w>>1<<4|-(c<<1|w&1)&15] |= t.Next(i) << e
	}
	return table
}

// column returns a column of an index of a rule.Table, the eastern one for x = 0.
func column(i, x int) int { return i>>(6+x)&1<<2 | i>>(3+x)&1<<1 | i>>x&1 }

// pairTable is a truth table of an even cell, and one of the odd cell to its east. With columns v
// and o of these, and column x to the west of the even or to the east of the odd one, the next
// state is bit v of byte -(2x + o&1) mod 16 of the 16 from 16·(o>>1) on.
type pairTable [2][64]uint8

func newPairTable(t *rule.Table) (table pairTable) {
	for i := range 512 {
		w, c, e := column(i, 2), column(i, 1), column(i, 0)
		table[0][e>>1<<4|-(w<<1|e&1)&15] |= t.Next(i) << c
		table[1][c>>1<<4|-(e<<1|c&1)&15] |= t.Next(i) << w
	}
	return table
}
