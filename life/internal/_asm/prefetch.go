package main

import "github.com/mmcloughlin/avo/operand"

// prefetch makes the prefetching routines: prefetch16 for packed nodes, prefetch24 for others, which may lie in two cache lines and take two prefetches,
// prefetch32 for leaves.
func (g *asm) prefetch() {
	g.prefetchEach("prefetch16", func(base, i gp) {
		g.SHLQ(operand.Imm(4), i)
		g.PREFETCHT0(mem{Base: base, Index: i, Scale: 1})
	})
	g.prefetchEach("prefetch24", func(base, i gp) {
		g.LEAQ(mem{Base: i, Index: i, Scale: 2}, i)
		g.PREFETCHT0(at8(base, i, 0))
		g.PREFETCHT0(at8(base, i, 23))
	})
	g.prefetchEach("prefetch32", func(base, i gp) {
		g.SHLQ(operand.Imm(2), i)
		g.PREFETCHT0(at8(base, i, 0))
	})
}

// prefetchEach makes a routine that does one thing with each id of a list.
func (g *asm) prefetchEach(name string, one func(base, i gp)) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, ids *uint32, n int)")
	a := g.args("base", "ids", "n")
	base, ids, n := a[0], a[1], a[2]
	g.TESTQ(n, n)
	g.JLE(operand.LabelRef("done"))
	g.Label("next")
	i := g.GP64()
	g.MOVL(mem{Base: ids}, i.As32())
	one(base, i)
	g.ADDQ(operand.Imm(4), ids)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("next"))
	g.Label("done")
	g.RET()
}
