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
	c := g.copier256()
	changed := g.GP64()
	g.copyRows256(c, q, t, rows, changed, isWest)
	g.Store(changed, g.ReturnIndex(0))
	g.end()
}

// push256 writes kernel.PushWest or kernel.PushEast.
func (g *asm) push256(name string, isWest bool) {
	g.Function("push" + name + "AVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(sides *byte, n int, chunks *byte, queue, asleep *byte)")
	side, end, chunks := g.arg("sides"), g.arg("n"), g.arg("chunks")
	g.SHLQ(imm(4), end)
	g.ADDQ(side, end)
	c := g.copier256()
	id, t, q, rows, changed := g.GP64(), g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.Label("side")
	g.MOVL(at(side, 0), id.As32())
	g.site(chunks, id, t)
	g.MOVL(at(side, 4), id.As32())
	g.site(chunks, id, q)
	g.CMPB(at(q, siteIsAsleep), imm(0))
	g.JNE(operand.LabelRef("asleep"))
	g.MOVQ(at(side, 8), rows)
	g.copyRows256(c, q, t, rows, changed, isWest)
	g.ORQ(changed, at(q, siteChanged))

	queue, isNew, wasQueued := g.GP64(), g.GP64(), g.GP64()
	g.Load(g.Param("queue"), queue)
	g.MOVL(at(side, 4), id.As32())
	g.MOVL(id.As32(), g.listed(queue, 0, idBytes))
	g.XORL(isNew.As32(), isNew.As32())
	g.TESTQ(changed, changed)
	g.SETNE(isNew.As8())
	g.MOVBLZX(at(q, siteIsQueued), wasQueued.As32())
	g.ORB(isNew.As8(), at(q, siteIsQueued))
	g.ANDNQ(isNew, wasQueued, isNew)
	g.ADDQ(isNew, at(queue, listN))

	g.Label("next")
	g.ADDQ(imm(16), side)
	g.CMPQ(side, end)
	g.JNE(operand.LabelRef("side"))
	g.end()

	g.Label("asleep")
	asleep := g.GP64()
	g.Load(g.Param("asleep"), asleep)
	g.MOVL(at(side, 0), id.As32())
	g.MOVL(id.As32(), g.listed(asleep, 0, idBytes))
	g.INCQ(at(asleep, listN))
	g.JMP(operand.LabelRef("next"))
}

// site makes the address of the site of an id. It overwrites id.
func (g *asm) site(chunks, id, site gp) {
	g.MOVL(id.As32(), site.As32())
	g.SHRL(imm(7), site.As32())
	g.MOVQ(at8(chunks, site, 0), site)
	g.ANDL(imm(127), id.As32())
	g.LEAQ(mem{Base: id, Index: id, Scale: 8}, id)
	g.SHLQ(imm(6), id)
	g.ADDQ(id, site)
}

// copier256 is what copyRows256 needs.
type copier256 struct {
	zero vec
	last gp // the last row from which edgeRows rows may be copied
}

func (g *asm) copier256() copier256 {
	c := copier256{g.zero256(), g.GP64()}
	g.MOVQ(operand.U32(64-2-edgeRows), c.last)
	return c
}

// copyRows256 copies the columns in rows; changed gets the rows that this changes.
func (g *asm) copyRows256(c copier256, q, t, rows, changed gp, isWest bool) {
	mask := g.constant64("low", columns(0, 2))
	if isWest {
		mask = g.constant64("high", columns(62, 64))
	}
	from := g.GP64()
	g.XORL(changed.As32(), changed.As32())
	g.Label("rows")
	g.TZCNTQ(rows, from)
	g.CMPQ(from, c.last)
	g.CMOVQGT(c.last, from)
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
		g.VPCMPEQQ(c.zero, x, z)
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
}
