package main

import (
	"github.com/mmcloughlin/avo/operand"
)

// Offsets in HashLife's item and node, which are 44 and 24 bytes long.
const (
	itemNode, itemMissing, itemSub, itemBytes = 0, 4, 8, 44
	nodeNorth, nodeRes, nodeTag               = 0, 16, 20
	stampBits                                 = 0x7FFF0000
)

// stages makes the parts of HashLife's stages that are neither search nor rare.
func (g *asm) stages() {
	g.squaresNine()
	g.take("takeNineAsm", []int{-1, 0, -2, 1, 2, 3, -3, 4, -4})
	g.take("takeFourAsm", []int{0, 1, 2, 3})
}

// entry makes the offset of entry i of a table of 24 bytes an entry, to be scaled by 8.
func (g *asm) entry(i gp) { g.LEAQ(mem{Base: i, Index: i, Scale: 2}, i) }

// squaresNine makes probes for the five squares of each node between its children:
// first it asks for all children, then it reads them.
func (g *asm) squaresNine() {
	g.Function("squaresNine")
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, items *byte, n int, p *byte)")
	a := g.args("base", "items", "n", "p")
	base, items, n, p := a[0], a[1], a[2], a[3]

	item, left := g.GP64(), g.GP64()
	node, child := g.GP64(), g.GP64()
	g.MOVQ(items, item)
	g.MOVQ(n, left)
	g.Label("ask")
	g.MOVL(at(item, itemNode), node.As32())
	g.entry(node)
	for k := range 4 {
		g.MOVL(at8(base, node, nodeNorth+4*k), child.As32())
		g.entry(child)
		g.PREFETCHT0(at8(base, child, 0))
		g.PREFETCHT0(at8(base, child, 23))
	}
	g.ADDQ(operand.Imm(itemBytes), item)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("ask"))

	g.Label("read")
	g.MOVL(at(items, itemNode), node.As32())
	g.entry(node)
	var c [4]vec // the children of each child, as nw, ne, sw, se
	for k := range c {
		c[k] = g.XMM()
		g.MOVL(at8(base, node, nodeNorth+4*k), child.As32())
		g.entry(child)
		g.MOVUPS(at8(base, child, nodeNorth), c[k])
	}
	put := func(square int, v vec) { g.MOVUPS(v, at(p, square*probeBytes+probeNorth)) }
	north, south := g.between(c[0], c[1]), g.between(c[2], c[3])
	t := g.XMM()
	g.PSHUFD(pick(0, 2, 1, 3), north, t)
	put(0, t)
	g.PSHUFD(pick(0, 2, 1, 3), south, t)
	put(4, t)
	g.SHUFPS(pick(1, 3, 0, 2), south, north)
	put(2, north)
	g.SHUFPS(pick(2, 3, 0, 1), c[2], c[0])
	put(1, c[0])
	g.SHUFPS(pick(2, 3, 0, 1), c[3], c[1])
	put(3, c[1])
	g.ADDQ(operand.Imm(itemBytes), items)
	g.ADDQ(operand.Imm(5*probeBytes), p)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("read"))
	g.RET()
}

// pick is the immediate of a shuffle: which quarter goes where.
func pick(a, b, c, d int) operand.Constant { return operand.U8(a | b<<2 | c<<4 | d<<6) }

// between returns the grandchildren between two children beside each other: ne and
// se of the left one, nw and sw of the right one.
func (g *asm) between(left, right vec) vec {
	v := g.XMM()
	g.MOVAPS(left, v)
	g.SHUFPS(pick(1, 3, 0, 2), right, v)
	return v
}

// take makes a routine that puts results in place of nodes. Each sub is a square
// that was searched for or, if negative, child -1-from of the node. Which of them have
// results is as good as random, so there are no branches: the bits of missing are
// shifted in from the last sub to the first, and where there is nothing to stamp a
// word on the stack is.
func (g *asm) take(name string, from []int) {
	squares := 0
	for _, f := range from {
		squares = max(squares, f+1)
	}
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, items *byte, n int, p *byte, now uint32)")
	spare := g.AllocLocal(8)
	a := g.args("base", "items", "n", "p")
	base, items, n, p := a[0], a[1], a[2], a[3]
	now, zero, nowhere := g.GP32(), g.GP32(), g.GP64()
	g.Load(g.Param("now"), now)
	g.LEAQ(spare, nowhere)

	node, missing := g.GP64(), g.GP32()
	id, i, t, fresh, where := g.GP64(), g.GP64(), g.GP32(), g.GP32(), g.GP64()
	g.XORL(zero, zero)
	g.Label("next")
	g.MOVL(at(items, itemNode), node.As32())
	g.entry(node)
	g.XORL(missing, missing)
	for j := len(from) - 1; j >= 0; j-- {
		if f := from[j]; f < 0 {
			g.MOVL(at8(base, node, nodeNorth+4*(-1-f)), id.As32())
		} else {
			g.MOVL(at(p, f*probeBytes+probeGuess), id.As32())
		}
		g.LEAQ(mem{Base: id, Index: id, Scale: 2}, i)
		g.LEAQ(at8(base, i, nodeTag), where)
		g.MOVL(mem{Base: where}, t)
		g.MOVL(at8(base, i, nodeRes), i.As32())
		g.XORL(now, t)
		g.TESTL(id.As32(), id.As32()) // the empty square has itself as its result
		g.CMOVLEQ(zero, t)
		g.MOVL(t, fresh)
		g.TESTL(t, t)
		g.CMOVQEQ(nowhere, where) // stamped already
		g.ANDL(operand.U32(0xFFFFFFFF&^stampBits), fresh)
		g.NEGL(fresh) // carry: not this step's result
		g.CMOVQCS(nowhere, where)
		g.CMOVLCC(i.As32(), id.As32())
		g.ADCL(missing, missing)
		g.MOVL(now, mem{Base: where})
		g.MOVL(id.As32(), at(items, itemSub+4*j))
	}
	g.MOVW(missing.As16(), at(items, itemMissing))
	g.ADDQ(operand.Imm(itemBytes), items)
	g.ADDQ(operand.Imm(uint64(squares*probeBytes)), p)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("next"))
	g.RET()
}
