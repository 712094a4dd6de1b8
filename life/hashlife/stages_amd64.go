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
func squaresNinePacked25(base *byte, items *byte, n int, p *byte)

//go:noescape
func takeNineWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeNineStampedWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeNinePacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeNineStampedPacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeNinePacked25(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeNineStampedPacked25(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeFourWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeFourStampedWide(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeFourPacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeFourStampedPacked(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

//go:noescape
func takeFourPacked25(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int

//go:noescape
func takeFourStampedPacked25(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int

func findSquares(t *nodeTable, items []item, p []lookup.Probe) uint32 {
	find := [...]func(base *byte, items *byte, n int, p *byte){packed: squaresNinePacked, packed25: squaresNinePacked25, wide: squaresNineWide}[t.form]
	find((*byte)(t.nodeBase), first(items), len(items), first(p))
	return 0
}

// taker and stampedTaker are what takes without and with stamps, for a form of nodes.
type (
	taker        func(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int
	stampedTaker func(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int
)

func takeNine(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int {
	if t.stamps != nil {
		take := [...]stampedTaker{packed: takeNineStampedPacked, packed25: takeNineStampedPacked25, wide: takeNineStampedWide}[t.form]
		return take((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number, (*byte)(t.stamps), stamp)
	}
	take := [...]taker{packed: takeNinePacked, packed25: takeNinePacked25, wide: takeNineWide}[t.form]
	return take((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number)
}

func takeFour(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int {
	if t.stamps != nil {
		take := [...]stampedTaker{packed: takeFourStampedPacked, packed25: takeFourStampedPacked25, wide: takeFourStampedWide}[t.form]
		return take((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number, (*byte)(t.stamps), stamp)
	}
	take := [...]taker{packed: takeFourPacked, packed25: takeFourPacked25, wide: takeFourWide}[t.form]
	return take((*byte)(t.nodeBase), first(items), len(items), first(p), tag, first(open), number)
}

// first returns where a slice begins, which is not empty.
func first[T any](s []T) *byte { return (*byte)(unsafe.Pointer(&s[0])) }
