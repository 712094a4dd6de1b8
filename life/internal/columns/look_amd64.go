//go:build !noasm

package columns

import (
	"unsafe"

	"golife/life/internal/impl"
	"golife/life/rule"
)

// useAsm says whether the assembly is used, which any processor can run.
var useAsm = true

func init() { impl.Register("columns", "amd64", &useAsm) }

//go:noescape
func lookAsm(dst, north *uint8, eights int, codes *uint32, numbers *byte, middle *uint32, out *uint8) (live, changed uint64)

func look(dst, north []uint8, n int, c *rule.Columns) (live, changed uint64) {
	if !useAsm {
		return lookGo(dst, north, n, c)
	}
	live, changed = lookAsm(&dst[0], &north[0], n, &c.Codes[0][0], (*byte)(unsafe.Pointer(&c.Numbers[0])), &c.Middle[0], &c.Out[0])
	unused := 64 - Eight*n
	return live >> unused, changed >> unused
}
