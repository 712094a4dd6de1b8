package main

import (
	"github.com/mmcloughlin/avo/operand"
)

// layout is how HashLife's nodes lie in memory.
type layout struct {
	name string
	// children returns what reads the four children of a node, whose id it overwrites.
	children func(g *asm) func(base, id gp, to vec)
	// child reads child k of a node that scale has made an index of.
	child func(g *asm, base, node gp, k int, to gp)
	// askChildren asks for the children of a node that scale has made an index of.
	askChildren func(g *asm, base gp) func(node, child gp)
	// scale makes an index of an id, which may be the same register.
	scale func(g *asm, id, index gp)
	// memo reads the tag and the result of a node that scale has made an index of.
	memo func(g *asm, base, node, tag, res gp)
	// result returns what puts a node's result in place of its id and sets the carry flag, if the
	// tag is the given one; else clears it.
	result func(g *asm, tag gp) func(base, id gp)
}

// wideNodes are 24 bytes: four children, a result and a tag of 32 bits each.
var wideNodes = layout{
	name: "Wide",
	children: func(g *asm) func(base, id gp, to vec) {
		return func(base, id gp, to vec) {
			g.entry(id)
			g.MOVUPS(at8(base, id, 0), to)
		}
	},
	child: func(g *asm, base, node gp, k int, to gp) { g.MOVL(at8(base, node, 4*k), to.As32()) },
	scale: func(g *asm, id, index gp) { g.LEAQ(mem{Base: id, Index: id, Scale: 2}, index) },
	askChildren: func(g *asm, base gp) func(node, child gp) {
		return func(node, child gp) {
			for k := range 4 {
				g.MOVL(at8(base, node, 4*k), child.As32())
				g.askWide(base, child)
			}
		}
	},
	memo: func(g *asm, base, node, tag, res gp) {
		g.MOVL(at8(base, node, wideTag), tag.As32())
		g.MOVL(at8(base, node, wideRes), res.As32())
	},
	result: func(g *asm, tag gp) func(base, id gp) {
		i, res, t := g.GP64(), g.GP64(), g.GP64()
		return func(base, id gp) {
			g.LEAQ(mem{Base: id, Index: id, Scale: 2}, i)
			g.MOVL(at8(base, i, wideTag), t.As32())
			g.MOVL(at8(base, i, wideRes), res.As32())
			g.XORL(tag.As32(), t.As32())
			g.TESTL(id.As32(), id.As32()) // the empty square has itself as its result
			g.CMOVLEQ(id.As32(), t.As32())
			g.CMPL(t.As32(), operand.Imm(1))
			g.CMOVLCS(res.As32(), id.As32())
		}
	},
}

// packedNodes are lookup.Packed, whose word is the result and, above it, the tag.
var packedNodes = layout{
	name: "Packed",
	children: func(g *asm) func(base, id gp, to vec) {
		bias := g.biases()
		numbers := g.XMM()
		g.MOVOU(g.spread24(), numbers)
		return func(base, id gp, to vec) {
			g.SHLQ(operand.Imm(4), id)
			g.MOVUPS(mem{Base: base, Index: id, Scale: 1}, to)
			g.PSHUFB(numbers, to)
			g.PSUBL(bias, to)
		}
	},
	child: func(g *asm, base, node gp, k int, to gp) {
		g.MOVL(mem{Base: base, Index: node, Scale: 1, Disp: 3 * k}, to.As32())
		g.unpack(to)
	},
	scale: func(g *asm, id, index gp) {
		if id != index {
			g.MOVL(id.As32(), index.As32())
		}
		g.SHLQ(operand.Imm(4), index)
	},
	askChildren: func(g *asm, base gp) func(node, child gp) {
		biased := g.GP64()
		g.LEAQ(mem{Base: base, Disp: -packedBias << 4}, biased)
		return func(node, child gp) {
			for k := range 4 {
				g.MOVL(mem{Base: base, Index: node, Scale: 1, Disp: 3 * k}, child.As32())
				g.ANDL(operand.U32(1<<24-1), child.As32())
				g.askPacked(biased, child)
			}
		}
	},
	memo: func(g *asm, base, node, tag, res gp) {
		g.MOVL(mem{Base: base, Index: node, Scale: 1, Disp: packedWord}, res.As32())
		g.MOVL(res.As32(), tag.As32())
		g.SHRL(operand.Imm(24), tag.As32())
		g.unpack(res)
	},
	result: func(g *asm, tag gp) func(base, id gp) {
		i, res, w, empty := g.GP64(), g.GP64(), g.GP64(), g.GP64()
		g.SHLL(operand.Imm(24), tag.As32())
		g.MOVL(operand.U32(packedBias), empty.As32())
		return func(base, id gp) {
			g.MOVL(id.As32(), i.As32())
			g.SHLQ(operand.Imm(4), i)
			g.MOVL(mem{Base: base, Index: i, Scale: 1, Disp: packedWord}, w.As32())
			g.XORL(tag.As32(), w.As32())  // with the right tag, what stands for the result is left
			g.TESTL(id.As32(), id.As32()) // the empty square has itself as its result
			g.CMOVLEQ(empty.As32(), w.As32())
			g.LEAL(mem{Base: w, Disp: -packedBias}, res.As32())
			g.CMPL(w.As32(), operand.U32(1<<24))
			g.CMOVLCS(res.As32(), id.As32())
		}
	},
}

// Offsets in nodes, and what is added to numbers of 24 bits; see lookup.Packed.
const (
	wideRes, wideTag = 16, 20
	packedWord       = 12
	packedBias       = 1 << 21
)

// biases returns what is added to four numbers.
func (g *asm) biases() vec {
	bias, r := g.XMM(), g.GP32()
	g.MOVL(operand.U32(packedBias), r)
	g.MOVD(r, bias)
	g.PSHUFL(operand.Imm(0), bias, bias)
	return bias
}

// spread24 is the shuffle that moves four numbers of 24 bits to 32 bits each.
func (g *asm) spread24() mem {
	return g.bytes("spread24", func(i int) int {
		if i%4 == 3 || i >= 16 {
			return 0x80
		}
		return i/4*3 + i%4
	})
}

// unpack makes a number of what stands for it in the lower 24 bits.
func (g *asm) unpack(x gp) {
	g.ANDL(operand.U32(1<<24-1), x.As32())
	g.SUBL(operand.U32(packedBias), x.As32())
}

// entry makes the offset of entry i of a table of 24 bytes an entry, to be scaled by 8.
func (g *asm) entry(i gp) { g.LEAQ(mem{Base: i, Index: i, Scale: 2}, i) }

// askWide asks for a node, which may lie in two cache lines.
func (g *asm) askWide(base, id gp) {
	g.entry(id)
	g.PREFETCHT0(at8(base, id, 0))
	g.PREFETCHT0(at8(base, id, 23))
}

func (g *asm) askPacked(base, id gp) {
	g.SHLQ(operand.Imm(4), id)
	g.PREFETCHT0(mem{Base: base, Index: id, Scale: 1})
}
