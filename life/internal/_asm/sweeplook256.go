package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

// Sweeps of any rule with 256-bit registers. Between levels a cell is a byte: its column, what stands there in
// the last three rows, with the latest in bit 0, the one before in bits 1 and 5, the one before that
// in bits 2 and 6. A vector of kernel.Sweep is eight such vectors, one for each bit of its bytes, so
// that neighbours to the west and east are eight vectors off, as they are in the vectors before and after.
//
// Vectors go by pairs, an even and an odd one, which share most of a look-up; lookuprows256.go says
// what. Doubled once the odd column blends by its oldest cell, twice by that before it, and three times it has
// the latest in bit 3, next to the three of the column beside the pair: together they are the index.

// byteVectors is how many vectors of bytes a vector of bits is.
const byteVectors = 8

// byteColumns is the distance from a vector's columns to the next one's.
const byteColumns = 32 * byteVectors

// oldColumn is what is left of a column when a row is appended.
func (g *asm) oldColumn() mem {
	return g.bytes("oldColumn", func(i int) int {
		latest, before := i&1, i>>1&1
		return latest*(1<<1|1<<5) | before*(1<<2|1<<6)
	})
}

// pickEven has the bit for a column.
func (g *asm) pickEven() mem { return g.bytes("pickEven", func(i int) int { return 1 << (i & 7) }) }

// slotBit is a bit of every byte.
func (g *asm) slotBit(k int) mem {
	return g.bytes(fmt.Sprintf("slot%d", k), func(int) int { return 1 << k })
}

// appendMarks appends a row's marks to the columns at m.
func (g *asm) appendMarks(old, marks vec, m mem) {
	c := g.YMM()
	g.VPSHUFB(m, old, c)
	g.VPSUBB(marks, c, c)
	g.VMOVDQA(c, m)
}

// lookIn256 appends a row of bits to columns.
func (g *asm) lookIn256() {
	g.Function("lookInAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(columns, row *uint64, vectors int)")
	to, row, left := g.arg("columns"), g.arg("row"), g.arg("vectors")
	old := g.ymm(g.oldColumn())
	g.Label("vector")
	v := g.ymm(at(row, 0))
	for k := range byteVectors {
		m, bit := g.YMM(), g.ymm(g.slotBit(k))
		g.VPAND(bit, v, m)
		g.VPCMPEQB(bit, m, m)
		g.appendMarks(old, m, at(to, 32*k))
	}
	g.ADDQ(operand.U32(byteColumns), to)
	g.ADDQ(imm(32), row)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("vector"))
	g.end()
}

// lookSlot looks up slot k of the pair of vectors at from: found gets the marks of the even and of
// the odd one.
func (g *asm) lookSlot(l pairLookup, from gp, k int, found func(odd int, v vec)) {
	column := func(vector int) mem { return at(from, vector*byteColumns+32*k) }
	oldest, before, latest := g.YMM(), g.YMM(), g.YMM()
	g.VMOVDQA(column(1), oldest)
	g.VPADDB(oldest, oldest, oldest)
	g.VPADDB(oldest, oldest, before)
	g.VPADDB(before, before, latest)
	bit := g.YMM()
	g.VPSHUFB(column(0), l.pick, bit)
	for odd, beside := range []int{-1, 2} {
		index := g.YMM()
		g.VPXOR(column(beside), latest, index)
		found(odd, g.lookAmong(l, odd, index, before, oldest, bit))
	}
}

// lookRow256 steps a row of a level: into columns of the next one or, if it is the last, into bits.
func (g *asm) lookRow256(name string, isLast, isMasked bool) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(from, to *uint64, pairs int, table *uint8, mask *uint64)")
	from, to, left := g.arg("from"), g.arg("to"), g.arg("pairs")
	l := pairLookup{from: g.arg("table"), pick: g.ymm(g.pickEven())}
	registers := 7
	if isLast || isMasked {
		registers = 5
	}
	for i := range l.table {
		if l.table[i] = at(l.from, 16*i); i >= 8-registers {
			r := g.YMM()
			g.VBROADCASTI128(at(l.from, 16*i), r)
			l.table[i] = r
		}
	}
	var mask gp
	if isMasked {
		mask = g.arg("mask")
	}
	old := vec(nil)
	if !isLast {
		old = g.ymm(g.oldColumn())
	}
	g.Label("pair")
	var bits [2]vec
	for k := range byteVectors {
		g.lookSlot(l, from, k, func(odd int, v vec) {
			if isMasked {
				g.VPAND(at(mask, 0), v, v)
			}
			if !isLast {
				g.appendMarks(old, v, at(to, odd*byteColumns+32*k))
				return
			}
			g.VPAND(g.slotBit(k), v, v)
			if k > 0 {
				g.VPOR(bits[odd], v, v)
			}
			bits[odd] = v
		})
	}
	if isLast {
		g.VMOVDQU(bits[0], at(to, 0))
		g.VMOVDQU(bits[1], at(to, 32))
		g.ADDQ(imm(64), to)
	} else {
		g.ADDQ(operand.U32(2*byteColumns), to)
	}
	g.ADDQ(operand.U32(2*byteColumns), from)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("pair"))
	g.end()
}

// Offsets in kernel.columnEdge.
const (
	edgeWidth, edgePadAt, edgeLastAt    = 0, 8, 16
	edgeFirst, edgePad, edgePadShift    = 32, 64, 96
	edgeLast, edgeLastShift, edgeAround = 128, 160, 192
)

// closeColumns256 makes the halos of a row of columns, and the one behind the last.
func (g *asm) closeColumns256() {
	g.Function("closeColumnsAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(row *uint64, edge *uint64)")
	row, e, end, p := g.arg("row"), g.arg("edge"), g.GP64(), g.GP64()
	first := g.ymm(at(e, edgeFirst))
	g.VPAND(at(row, byteColumns), first, first)
	g.MOVQ(at(e, edgePadAt), p)
	g.TESTQ(p, p)
	g.JZ(operand.LabelRef("full"))
	x, pad := g.YMM(), g.ymm(at(e, edgePad))
	g.VPSLLVQ(at(e, edgePadShift), first, x)
	g.VPAND(indexed(row, p), pad, pad)
	g.VPOR(x, pad, pad)
	g.VMOVDQA(pad, indexed(row, p))
	g.Label("full")
	g.MOVQ(at(e, edgeLastAt), p)
	last, v := g.ymm(indexed(row, p)), g.YMM()
	g.VPSRLVQ(at(e, edgeLastShift), last, last)
	g.VPAND(at(e, edgeLast), last, last)
	g.MOVQ(at(e, edgeWidth), end)
	g.ADDQ(row, end) // the last vector
	g.VPSLLQ(imm(8), g.ymm(at(end, 7*32)), v)
	g.VPOR(last, v, v)
	g.VMOVDQA(v, at(row, 0))
	g.VPSRLQ(imm(8), g.ymm(at(row, byteColumns)), v)
	g.VPSLLQ(imm(56), first, first)
	g.VPAND(at(e, edgeAround), first, first)
	g.VPOR(first, v, v)
	g.VMOVDQA(v, at(end, byteColumns+7*32))
	for k := range byteVectors - 1 {
		v, w := g.ymm(at(end, 32*k)), g.ymm(at(row, byteColumns+32*(k+1)))
		g.VMOVDQA(v, at(row, 32*(k+1)))
		g.VMOVDQA(w, at(end, byteColumns+32*k))
	}
	g.end()
}

// indexed is the memory at base + index.
func indexed(base, index gp) mem { return mem{Base: base, Index: index, Scale: 1} }

// sweepLook256 writes what sweeps by look-ups consist of.
func (g *asm) sweepLook256() {
	g.lookIn256()
	g.closeColumns256()
	g.lookRow256("lookLevelAVX2", false, false)
	g.lookRow256("lookLevelMaskedAVX2", false, true)
	g.lookRow256("lookLastAVX2", true, false)
	g.lookRow256("lookLastMaskedAVX2", true, true)
}
