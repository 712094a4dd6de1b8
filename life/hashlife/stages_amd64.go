//go:build !noasm && !race

package hashlife

import (
	"unsafe"

	"golife/life/internal/lookup"
)

//go:noescape
func squaresNineWide(base *byte, items *byte, n int, p *byte)

//go:noescape
func squaresNinePacked(base *byte, items *byte, n int, p *byte)

//go:noescape
func takeNineWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeNineStampedWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeNinePacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeNineStampedPacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeFourWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeFourStampedWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeFourPacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeFourStampedPacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

func findSquares(t *nodeTable, items []item, p []lookup.Probe) uint32 {
	if t.isWide {
		squaresNineWide((*byte)(t.nodeBase), first(items), len(items), first(p))
	} else {
		squaresNinePacked((*byte)(t.nodeBase), first(items), len(items), first(p))
	}
	return 0
}

func takeNine(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int {
	take, takeStamped := takeNinePacked, takeNineStampedPacked
	if t.isWide {
		take, takeStamped = takeNineWide, takeNineStampedWide
	}
	if t.stamps != nil {
		return takeStamped((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number, (*byte)(t.stamps), stamp)
	}
	return take((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number)
}

func takeFour(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int {
	take, takeStamped := takeFourPacked, takeFourStampedPacked
	if t.isWide {
		take, takeStamped = takeFourWide, takeFourStampedWide
	}
	if t.stamps != nil {
		return takeStamped((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number, (*byte)(t.stamps), stamp)
	}
	return take((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number)
}

// first returns where a slice begins, which is not empty.
func first[T any](s []T) *byte { return (*byte)(unsafe.Pointer(&s[0])) }
