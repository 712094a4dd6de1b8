//go:build !noasm && !race

package hashlife

import (
	"unsafe"

	"golife/life/internal/lookup"
)

//go:noescape
func squaresNine(base *byte, items *byte, n int, p *byte)

//go:noescape
func takeNineAsm(base *byte, items *byte, n int, p *byte, now uint32)

//go:noescape
func takeFourAsm(base *byte, items *byte, n int, p *byte, now uint32)

func findSquares(base unsafe.Pointer, items []item, p []lookup.Probe) uint32 {
	squaresNine((*byte)(base), (*byte)(unsafe.Pointer(&items[0])), len(items), (*byte)(unsafe.Pointer(&p[0])))
	return 0
}

func takeNine(base unsafe.Pointer, items []item, p []lookup.Probe, now uint32) {
	takeNineAsm((*byte)(base), (*byte)(unsafe.Pointer(&items[0])), len(items), (*byte)(unsafe.Pointer(&p[0])), now)
}

func takeFour(base unsafe.Pointer, items []item, p []lookup.Probe, now uint32) {
	takeFourAsm((*byte)(base), (*byte)(unsafe.Pointer(&items[0])), len(items), (*byte)(unsafe.Pointer(&p[0])), now)
}
