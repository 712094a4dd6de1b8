//go:build !amd64 || noasm

package columns

import "golife/life/rule"

func look(dst, north []uint8, n int, c *rule.Columns) (live, changed uint64) {
	return lookGo(dst, north, n, c)
}
