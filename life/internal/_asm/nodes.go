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

// layouts are all there are.
var layouts = []*layout{&wideNodes, &packedNodes, &packed25Nodes}

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

// packing says how a node of 16 bytes holds its numbers: the four children lie in 24 bits each, and
// below the tag in the word the result; they have a bias added.
type packing struct {
	name string
	bits int // of a number; a 25th bit of child k is bit upperShift+k of the word
}

// packedNodes are lookup.Packed, packed25Nodes lookup.Packed25, whose words are the result and,
// above it, the tag.
var (
	packing24, packing25       = &packing{"Packed", 24}, &packing{"Packed25", 25}
	packedNodes, packed25Nodes = packing24.layout(), packing25.layout()
)

// bias is what is added to numbers, tagMask the bits of a tag.
func (p *packing) bias() int    { return 1 << (21 + 2*(p.bits-24)) }
func (p *packing) tagMask() int { return 1<<(8-5*(p.bits-24)) - 1 }

func (p *packing) layout() layout {
	return layout{
		name: p.name,
		children: func(g *asm) func(base, id gp, to vec) {
			numbers := p.numbers(g)
			return func(base, id gp, to vec) {
				g.SHLQ(operand.Imm(4), id)
				numbers(mem{Base: base, Index: id, Scale: 1}, to)
			}
		},
		child: func(g *asm, base, node gp, k int, to gp) {
			p.child(g, base, node, k, to)
			g.SUBL(operand.U32(p.bias()), to.As32())
		},
		scale: func(g *asm, id, index gp) {
			if id != index {
				g.MOVL(id.As32(), index.As32())
			}
			g.SHLQ(operand.Imm(4), index)
		},
		askChildren: func(g *asm, base gp) func(node, child gp) {
			biased := g.GP64()
			g.LEAQ(mem{Base: base, Disp: -p.bias() << 4}, biased)
			return func(node, child gp) {
				for k := range 4 {
					p.child(g, base, node, k, child)
					g.askPacked(biased, child)
				}
			}
		},
		memo: func(g *asm, base, node, tag, res gp) {
			g.MOVL(mem{Base: base, Index: node, Scale: 1, Disp: packedWord}, res.As32())
			p.memo(g, tag, res)
		},
		result: p.result,
	}
}

// numbers returns what reads the four children of a node.
func (p *packing) numbers(g *asm) func(node mem, to vec) {
	bias, numbers := g.biases(p), g.XMM()
	g.MOVOU(g.spread24(), numbers)
	if p.bits == 24 {
		return func(node mem, to vec) {
			g.MOVUPS(node, to)
			g.PSHUFB(numbers, to)
			g.PSUBL(bias, to)
		}
	}
	uppers, upper := g.XMM(), g.XMM()
	g.MOVOU(g.bytes("uppers25", func(i int) int { return [4]int{3: 1 << (upperShift - 24 + i/4&3)}[i%4] }), uppers)
	return func(node mem, to vec) {
		g.MOVUPS(node, to)
		g.PSHUFD(pick(3, 3, 3, 3), to, upper)
		g.PAND(uppers, upper)
		g.PCMPEQL(uppers, upper) // all bits, or none
		g.PSLLL(operand.Imm(24), upper)
		g.PSHUFB(numbers, to)
		g.PSUBL(upper, to)
		g.PSUBL(bias, to)
	}
}

// child reads what stands for child k of a node that scale has made an index of.
func (p *packing) child(g *asm, base, node gp, k int, to gp) {
	g.MOVL(mem{Base: base, Index: node, Scale: 1, Disp: 3 * k}, to.As32())
	if p.bits == 24 {
		g.ANDL(operand.U32(1<<24-1), to.As32())
		return
	}
	g.SHLL(operand.Imm(8), to.As32())
	g.BTL(operand.Imm(uint64(upperShift+k)), mem{Base: base, Index: node, Scale: 1, Disp: packedWord})
	g.RCRL(operand.Imm(1), to.As32()) // the 25th bit becomes the highest
	g.SHRL(operand.Imm(7), to.As32())
}

// memo makes a tag and a result of a word in res. Of pending nodes packed with 25 bits the tag is
// of one worker or other, and the result what it was.
func (p *packing) memo(g *asm, tag, res gp) {
	g.MOVL(res.As32(), tag.As32())
	g.SHRL(operand.Imm(uint64(p.bits)), tag.As32())
	g.ANDL(operand.U32(1<<p.bits-1), res.As32())
	g.SUBL(operand.U32(p.bias()), res.As32())
	if p.bits == 24 {
		return
	}
	t := g.GP32()
	g.ANDL(operand.U32(p.tagMask()), tag.As32())
	g.LEAL(mem{Base: tag, Disp: 1}, t)
	g.SHLL(operand.Imm(4), t) // the highest tag is that of pending nodes
	g.ANDL(operand.U32(firstPending), t)
	g.ORL(t, tag.As32())
}

// result is layout.result.
func (p *packing) result(g *asm, tag gp) func(base, id gp) {
	i, res, w, empty := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.SHLL(operand.Imm(uint64(p.bits)), tag.As32())
	g.MOVL(operand.U32(p.bias()), empty.As32())
	return func(base, id gp) {
		g.MOVL(id.As32(), i.As32())
		g.SHLQ(operand.Imm(4), i)
		g.MOVL(mem{Base: base, Index: i, Scale: 1, Disp: packedWord}, w.As32())
		if p.bits == 25 {
			g.ANDL(operand.U32(1<<upperShift-1), w.As32())
		}
		g.XORL(tag.As32(), w.As32())  // with the right tag, what stands for the result is left
		g.TESTL(id.As32(), id.As32()) // the empty square has itself as its result
		g.CMOVLEQ(empty.As32(), w.As32())
		g.LEAL(mem{Base: w, Disp: -p.bias()}, res.As32())
		g.CMPL(w.As32(), operand.U32(1<<p.bits))
		g.CMOVLCS(res.As32(), id.As32())
	}
}

// Offsets in nodes, where 25th bits begin in a word (see lookup.Packed25), and the first tag of
// pending nodes.
const (
	wideRes, wideTag = 16, 20
	packedWord       = 12
	upperShift       = 28
	firstPending     = 128
)

// biases returns what is added to four numbers.
func (g *asm) biases(p *packing) vec {
	bias, r := g.XMM(), g.GP32()
	g.MOVL(operand.U32(p.bias()), r)
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
