//go:build !amd64 || noasm || race

package hashlife

import (
	"unsafe"

	"golife/life/internal/lookup"
)

func findSquares(base unsafe.Pointer, items []item, p []lookup.Probe) uint32 {
	return findSquaresGo(base, items, p)
}

func takeNine(base unsafe.Pointer, items []item, p []lookup.Probe, now uint32) {
	takeNineGo(base, items, p, now)
}

func takeFour(base unsafe.Pointer, items []item, p []lookup.Probe, now uint32) {
	takeFourGo(base, items, p, now)
}
