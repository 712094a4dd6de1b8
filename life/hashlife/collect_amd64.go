//go:build !noasm && !race

package hashlife

import (
	"unsafe"

	"golang.org/x/sys/cpu"

	"golife/life/internal/lookup"
)

//go:noescape
func unpackNodes(to *byte, from *byte, n int)

//go:noescape
func packNodes(to *byte, from *byte, n int)

//go:noescape
func moveKept(to *byte, from *byte, kept uint64, origin *byte)

//go:noescape
func valueResultsWide(base *byte, end uint64, at *byte, stamps *byte, now uint32)

//go:noescape
func valueResultsPacked(base *byte, end uint64, at *byte, stamps *byte, now uint32)

//go:noescape
func passWide(base *byte, end uint64, at *byte) uint64

//go:noescape
func passPacked(base *byte, end uint64, at *byte) uint64

var countsBits = cpu.X86.HasPOPCNT

func unpack(to []wideNode, from []lookup.Packed) {
	if len(from) == 0 || !lookup.Packs() {
		unpackGo(to, from)
		return
	}
	unpackNodes(first(to), first(from), len(from))
}

func pack(to []lookup.Packed, from []wideNode) {
	if len(from) == 0 || !lookup.Packs() {
		packGo(to, from)
		return
	}
	packNodes(first(to), first(from), len(from))
}

func (m *collector) move(to *nodeBlock, from []wideNode, kept uint64) {
	if kept == 0 || !countsBits {
		m.moveGo(to, from, kept)
		return
	}
	moveKept(first(to[:]), first(from), kept, (*byte)(unsafe.Pointer(m.word(0))))
}

func (m *collector) valueResults() {
	value := valueResultsPacked
	if m.s.isWide {
		value = valueResultsWide
	}
	value((*byte)(m.s.nodeBase), uint64(m.count), m.origin(), (*byte)(m.s.stamps), uint32(m.s.epoch()))
}

func (m *collector) passFrom(end id) (late id) {
	pass := passPacked
	if m.s.isWide {
		pass = passWide
	}
	return id(pass((*byte)(m.s.nodeBase), uint64(end), m.origin()))
}
