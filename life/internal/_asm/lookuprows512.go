package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// StepRows and StepTile of any rule, a row at a time. The windows of a row take
// their bits from two words, moved one to the east and one to the west, so that
// cells beyond the sides have a place. Eight rows are moved at once.

// rowReader makes windows of rows.
type rowReader struct {
	g       *asm
	sides   bool
	from    []gp              // where the cells are, and if sides those to the west and east
	upper   reg.OpmaskVirtual // the upper half of a register
	control vec
}

func (r rowReader) vecs() (v []vec) {
	for range r.from {
		v = append(v, r.g.ZMM())
	}
	return v
}

// move returns what the low and the high half of the windows see.
func (r rowReader) move(row []vec) (west, east vec) {
	west, east = r.g.ZMM(), r.g.ZMM()
	if r.sides {
		r.g.VPSHLDQ(imm(1), row[1], row[0], west)
		r.g.VPSHRDQ(imm(1), row[2], row[0], east)
	} else {
		r.g.VPSLLQ(imm(1), row[0], west)
		r.g.VPSRLQ(imm(1), row[0], east)
	}
	return west, east
}

// lone makes windows of a row whose words are where it says.
func (r rowReader) lone(where func(i int) mem) vec {
	v := r.vecs()
	for i := range v {
		r.g.VPBROADCASTQ(where(i), v[i])
	}
	west, east := r.move(v)
	r.g.VMOVDQA64(east, r.upper, west)
	r.g.VPMULTISHIFTQB(west, r.control, west)
	return west
}

// lookupRows512 writes a StepRows, or if sides a span of StepTile.
func (g *asm) lookupRows512(sides bool) {
	constants := g.windowConstants("aside", func(i int) int { return i - i/32*2 })
	if sides {
		g.Function("spanLookupAVX512")
		g.SignatureExpr("func(" + spanSignature + ", table *uint8) uint64")
	} else {
		g.Function("rowsLookupAVX512")
		g.SignatureExpr("func(dst, src *uint64, n int, table *uint8)")
	}
	g.Attributes(nosplit)
	moved := g.AllocLocal(2 * 64) // eight words with west cells in bit 0, eight with east cells in bit 63
	w := g.loadWindowed(constants)
	g.VMOVDQU64(at(g.arg("table"), 0), w.table)
	upper := g.K()
	m := g.GP32()
	g.MOVL(operand.U32(0xf0), m)
	g.KMOVW(m, upper)
	dst, n := g.arg("dst"), g.arg("n")
	var from []gp // cells, and those to the west and east
	if sides {
		from = g.args("c", "w", "e")
	} else {
		from = g.args("src")
	}
	r := rowReader{g, sides, from, upper, w.control}
	var above vec
	next := 8 // offset of the row after the middle one
	if sides {
		p := g.arg("north")
		above = r.lone(func(i int) mem { return at(p, 8*i) })
	} else {
		above = r.lone(func(int) mem { return at(from[0], 0) })
		g.ADDQ(imm(8), from[0])
	}
	middle := r.lone(func(i int) mem { return at(from[i], 0) })
	north := g.north(above)
	changed, eight := g.GP64(), g.GP64()
	g.XORQ(changed, changed)
	g.MOVQ(operand.U32(8), eight)
	g.Label("block")
	count := g.GP64() // rows in this block
	g.MOVQ(n, count)
	g.CMPQ(count, eight)
	g.CMOVQGT(eight, count)
	v := r.vecs()
	if sides {
		// The row after the last comes from the south.
		rest, bit, south := g.GP64(), g.GP32(), g.arg("south")
		g.LEAQ(at(n, -1), rest)
		g.CMPQ(rest, eight)
		g.CMOVQGT(eight, rest)
		g.MOVL(operand.U32(1), bit)
		g.SHLXL(rest.As32(), bit, bit)
		last, low := g.K(), g.low(rest)
		g.KMOVB(bit, last)
		for i := range v {
			g.VMOVDQU64_Z(at(from[i], next), low, v[i])
			g.VPBROADCASTQ(at(south, 8*i), last, v[i])
		}
	} else {
		g.VMOVDQU64_Z(at(from[0], next), g.low(count), v[0])
	}
	west, east := r.move(v)
	g.VMOVDQU64(west, moved)
	g.VMOVDQU64(east, moved.Offset(64))
	for _, p := range from {
		g.ADDQ(imm(64), p)
	}
	g.SUBQ(count, n)
	p := g.GP64()
	g.LEAQ(moved, p)
	g.Label("row")
	below := g.ZMM()
	g.VPBROADCASTQ(at(p, 0), below)
	g.VPBROADCASTQ(at(p, 64), upper, below)
	g.VPMULTISHIFTQB(below, w.control, below)
	k := g.next(w, north, middle, g.south(w, below))
	g.VPSLLW(imm(3), middle, north)
	g.VMOVDQA64(below, middle)
	if sides {
		row, old := g.GP64(), g.GP64()
		g.KMOVQ(k, row)
		g.MOVQ(at(dst, 0), old)
		g.XORQ(row, old)
		g.ORQ(old, changed)
		g.MOVQ(row, at(dst, 0))
	} else {
		g.KMOVQ(k, at(dst, 0))
	}
	g.ADDQ(imm(8), dst)
	g.ADDQ(imm(8), p)
	g.DECQ(count)
	g.JNZ(operand.LabelRef("row"))
	g.TESTQ(n, n)
	g.JNZ(operand.LabelRef("block"))
	if sides {
		g.Store(changed, g.ReturnIndex(0))
	}
	g.end()
}
