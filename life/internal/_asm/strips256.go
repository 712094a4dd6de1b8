package main

import "github.com/mmcloughlin/avo/operand"

// strips256 is kernel.StripsNorth or kernel.StripsSouth.
func (g *asm) strips256(name string, from, beyond int) {
	g.Function("strips" + name + "AVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src, beyond *uint64, n int, mask uint64)")
	dst, src, other, n := g.arg("dst"), g.arg("src"), g.arg("beyond"), g.arg("n")
	mask := g.YMM()
	g.VMOVQ(g.arg("mask"), mask.AsX())
	g.VPBROADCASTQ(mask.AsX(), mask)
	offset := g.GP64()
	g.XORQ(offset, offset)
	at := func(base gp) mem { return mem{Base: base, Index: offset, Scale: 1} }
	g.Label("vector")
	x, y := g.YMM(), g.YMM()
	g.VPERMQ(imm(from), at(src), x)
	g.VPERMQ(imm(from), at(other), y)
	g.VPAND(mask, y, y)
	g.VPBLENDD(imm(beyond), y, x, x)
	g.VMOVDQU(x, at(dst))
	g.ADDQ(imm(32), offset)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("vector"))
	g.end()
}
