package main

import (
	"github.com/mmcloughlin/avo/operand"
)

const leafSignature = "out, nw, ne, sw, se *[4]uint64, gens int"

// sheet is the 32×32 square in two registers: lane i of even is row 2i, lane i of
// odd row 2i+1. The row below an even one is then the same lane of odd, and only
// one of two neighbours needs a lane to be moved.
type sheet struct{ even, odd, low vec }

// loadSheet reads the four leaves. A 32-bit word of a leaf is two rows of 16.
func (g *asm) loadSheet() sheet {
	p := g.args("nw", "ne", "sw", "se")
	half := func(north, south gp) vec {
		r := g.ZMM()
		g.VMOVDQU(at(north, 0), r.AsY())
		g.VINSERTI64X4(imm(1), at(south, 0), r, r)
		return r
	}
	west, east := half(p[0], p[2]), half(p[1], p[3])
	low, t := g.ZMM(), g.ZMM()
	g.VPTERNLOGD(imm(0xff), low, low, low)
	g.VPSRLD(imm(16), low, low)
	even, odd := g.zmm(west), g.ZMM()
	g.VPSLLD(imm(16), east, t)
	g.tern(pickB, even, low, t)
	g.VPSRLD(imm(16), west, odd)
	g.tern(pickB, odd, low, east)
	return sheet{even, odd, low}
}

// storeSheet writes columns 8-23 of rows 8-23.
func (g *asm) storeSheet(x sheet) {
	out := g.arg("out")
	g.VPSRLD(imm(8), x.even, x.even)
	g.VPSLLD(imm(8), x.odd, x.odd)
	g.tern(pickB, x.even, x.low, x.odd)
	g.VALIGNQ(imm(2), x.even, x.even, x.even)
	g.VMOVDQU(x.even.AsY(), at(out, 0))
}

// above and below move lanes: lane i of the result is lane i-1 or i+1.
func (g *asm) above(x vec) vec { return g.turned(15, x) }
func (g *asm) below(x vec) vec { return g.turned(1, x) }

func (g *asm) turned(lanes int, x vec) vec {
	r := g.ZMM()
	g.VALIGND(imm(lanes), x, x, r)
	return r
}

// sides returns the neighbours to the west and east of each cell.
func (g *asm) sides(c vec) (west, east vec) {
	west, east = g.ZMM(), g.ZMM()
	g.VPSLLD(imm(1), c, west)
	g.VPSRLD(imm(1), c, east)
	return west, east
}

// across512 adds up three cells of each row.
func (g *asm) across512(c vec) pair {
	west, east := g.sides(c)
	s, k := g.add3(west, east, c)
	return pair{s, k}
}

// leafMoore writes a Step32 of a rule that counts all eight neighbours. decide is
// called once a generation, with the tables' pointers swapped in between.
func (g *asm) leafMoore(name, parameters string, load func() (decide decision, swap func())) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(" + leafSignature + parameters + ")")
	x := g.loadSheet()
	gens := g.arg("gens")
	decide, swap := load()
	g.Label("generation")
	e, o := g.across512(x.even), g.across512(x.odd)
	north, south := pair{g.above(o.s), g.above(o.k)}, pair{g.below(e.s), g.below(e.k)}
	n := g.count3(north, e, o)
	decide(x.even, n)
	n = g.count3(south, e, o)
	decide(x.odd, n)
	swap()
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeSheet(x)
	g.end()
}

func (g *asm) leafLife512() {
	g.leafMoore("step32LifeAVX512", "", func() (decision, func()) {
		return g.life512(), func() {}
	})
}

func (g *asm) leafTotal512() {
	g.leafMoore("step32TotalAVX512", ", a, b *uint64", func() (decision, func()) {
		p := g.args("a", "b")
		return g.total512(p[0]), func() { g.XCHGQ(p[0], p[1]) }
	})
}

// leafSubset512 sums each row in three ways, as the north, middle and south row of
// a square, each through masks of its own.
func (g *asm) leafSubset512() {
	g.Function("step32SubsetAVX512")
	g.Attributes(nosplit)
	g.SignatureExpr("func(" + leafSignature + ", a, b, masks *uint64)")
	x := g.loadSheet()
	gens := g.arg("gens")
	p := g.args("a", "b", "masks")
	decide := g.total512(p[0])
	g.Label("generation")
	rows := func(c vec) (north, middle, south pair) {
		west, east := g.sides(c)
		return g.masked512(p[2], 0, west, c, east, false),
			g.masked512(p[2], 24, west, c, east, true),
			g.masked512(p[2], 48, west, c, east, false)
	}
	en, em, es := rows(x.even)
	on, om, os := rows(x.odd)
	n := g.count3(pair{g.above(on.s), g.above(on.k)}, em, os)
	decide(x.even, n)
	n = g.count3(pair{g.below(es.s), g.below(es.k)}, om, en)
	decide(x.odd, n)
	g.XCHGQ(p[0], p[1])
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeSheet(x)
	g.end()
}
