//go:build !noasm && !race

package hashlife

import (
	"unsafe"

	"golang.org/x/sys/cpu"

	"golife/life/internal/lookup"
)

//go:noescape
func unpackPacked(to *byte, from *byte, n int)

//go:noescape
func packPacked(to *byte, from *byte, n int)

//go:noescape
func unpackPacked25(to *byte, from *byte, n int)

//go:noescape
func packPacked25(to *byte, from *byte, n int)

//go:noescape
func moveKept(to *byte, from *byte, kept uint64, origin *byte)

//go:noescape
func valueResultsWide(base *byte, end uint64, at *byte, stamps *byte, now uint32)

//go:noescape
func valueResultsPacked(base *byte, end uint64, at *byte, stamps *byte, now uint32)

//go:noescape
func valueResultsPacked25(base *byte, end uint64, at *byte, stamps *byte, now uint32)

//go:noescape
func passWide(base *byte, end uint64, at *byte) uint64

//go:noescape
func passPacked(base *byte, end uint64, at *byte) uint64

//go:noescape
func passPacked25(base *byte, end uint64, at *byte) uint64

var countsBits = cpu.X86.HasPOPCNT

func unpack(to []wideNode, from []lookup.Packed) {
	if len(from) == 0 || !lookup.Packs() {
		unpackGo(to, from)
		return
	}
	unpackPacked(first(to), first(from), len(from))
}

func pack(to []lookup.Packed, from []wideNode) {
	if len(from) == 0 || !lookup.Packs() {
		packGo(to, from)
		return
	}
	packPacked(first(to), first(from), len(from))
}

func unpack25(to []wideNode, from []lookup.Packed25) {
	if len(from) == 0 || !lookup.Packs() {
		unpack25Go(to, from)
		return
	}
	unpackPacked25(first(to), first(from), len(from))
}

func pack25(to []lookup.Packed25, from []wideNode) {
	if len(from) == 0 || !lookup.Packs() {
		pack25Go(to, from)
		return
	}
	packPacked25(first(to), first(from), len(from))
}

func (m *collector) move(to *nodeBlock, from []wideNode, kept uint64) {
	if kept == 0 || !countsBits {
		m.moveGo(to, from, kept)
		return
	}
	moveKept(first(to[:]), first(from), kept, (*byte)(unsafe.Pointer(m.word(0))))
}

func (m *collector) valueResults() {
	value := [...]func(base *byte, end uint64, at *byte, stamps *byte, now uint32){
		packed: valueResultsPacked, packed25: valueResultsPacked25, wide: valueResultsWide}[m.s.form]
	value((*byte)(m.s.nodeBase), uint64(m.count), m.origin(), (*byte)(m.s.stamps), uint32(m.s.epoch()))
}

func (m *collector) passFrom(end id) (late id) {
	pass := [...]func(base *byte, end uint64, at *byte) uint64{packed: passPacked, packed25: passPacked25, wide: passWide}[m.s.form]
	return id(pass((*byte)(m.s.nodeBase), uint64(end), m.origin()))
}
