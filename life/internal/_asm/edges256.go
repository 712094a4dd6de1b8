package main

import "github.com/mmcloughlin/avo/operand"

// edgeRows is how many rows edge256 looks at at once.
const edgeRows = 8

// edge256 writes kernel.CopyWest or kernel.CopyEast: what lies at one edge of t,
// 60 columns away, is put on the rim of q.
func (g *asm) edge256(name string, isWest bool) {
	g.Function("copy" + name + "AVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(q, t *uint64, rows uint64) (changed uint64)")
	q, t, rows := g.arg("q"), g.arg("t"), g.arg("rows")
	mask := g.constant64("low", columns(0, 2))
	if isWest {
		mask = g.constant64("high", columns(62, 64))
	}
	zero, changed, from, last := g.YMM(), g.GP64(), g.GP64(), g.GP64()
	g.VPXOR(zero, zero, zero)
	g.XORQ(changed, changed)
	g.MOVQ(operand.U32(64-2-edgeRows), last)
	g.Label("rows")
	g.TZCNTQ(rows, from)
	g.CMPQ(from, last)
	g.CMOVQGT(last, from)
	same := g.GP64()
	for i := 0; i < edgeRows; i += 4 {
		x, z, m := g.YMM(), g.YMM(), g.GP64()
		g.VMOVDQU(at8(t, from, 8*i), x)
		if isWest {
			g.VPSLLQ(imm(60), x, x)
		} else {
			g.VPSRLQ(imm(60), x, x)
		}
		g.VPXOR(at8(q, from, 8*i), x, x)
		g.VPAND(mask, x, x)
		g.VPCMPEQQ(zero, x, z)
		g.VPXOR(at8(q, from, 8*i), x, x)
		g.VMOVDQU(x, at8(q, from, 8*i))
		if i == 0 {
			g.VMOVMSKPD(z, same.As32())
			continue
		}
		g.VMOVMSKPD(z, m.As32())
		g.SHLL(imm(i), m.As32())
		g.ORL(m.As32(), same.As32())
	}
	g.XORL(operand.U32(1<<edgeRows-1), same.As32())
	g.SHLXQ(from, same, same)
	g.ORQ(same, changed)
	g.ADDQ(imm(edgeRows), from)
	g.SHRXQ(from, rows, rows)
	g.SHLXQ(from, rows, rows)
	g.TESTQ(rows, rows)
	g.JNE(operand.LabelRef("rows"))
	g.Store(changed, g.ReturnIndex(0))
	g.end()
}
