package main

import "github.com/mmcloughlin/avo/operand"

// prefetch makes prefetch24: two prefetches an id, since a node of 24 bytes may lie
// in two cache lines.
func (g *asm) prefetch() {
	g.Function("prefetch24")
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, ids *uint32, n int)")
	a := g.args("base", "ids", "n")
	base, ids, n := a[0], a[1], a[2]
	g.TESTQ(n, n)
	g.JLE(operand.LabelRef("done"))
	g.Label("next")
	i := g.GP64()
	g.MOVL(mem{Base: ids}, i.As32())
	g.LEAQ(mem{Base: i, Index: i, Scale: 2}, i)
	g.PREFETCHT0(at8(base, i, 0))
	g.PREFETCHT0(at8(base, i, 23))
	g.ADDQ(operand.Imm(4), ids)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("next"))
	g.Label("done")
	g.RET()
}
