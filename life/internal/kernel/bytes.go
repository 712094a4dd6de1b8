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

// columnTable is a truth table by columns: three cells above each other, the
// southern one in bit 0. Let entry 8w+c be that for column w to the west and c in
// the middle, with the next state for column e to the east in bit e. Then the
// first 16 bytes are entries 0 to 15, and byte i of the others is the exclusive
// or of entries i and i-16.
type columnTable [64]uint8

func newColumnTable(t *rule.Table) (c columnTable) {
	column := func(i, x int) int { return i>>(6+x)&1<<2 | i>>(3+x)&1<<1 | i>>x&1 }
	for i := range 512 {
		c[8*column(i, 2)+column(i, 1)] |= t.Next(i) << column(i, 0)
	}
	for i := 63; i >= 16; i-- {
		c[i] ^= c[i-16]
	}
	return c
}
