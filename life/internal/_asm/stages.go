package main

import (
	"github.com/mmcloughlin/avo/operand"
)

// Offsets in HashLife's item, which is 44 bytes long.
const itemNode, itemSub, itemBytes = 0, 8, 44

// stages makes the parts of HashLife's stages that are neither search nor rare, for each
// layout of nodes.
func (g *asm) stages() {
	for _, l := range layouts {
		g.squaresNine(l)
		for _, isStamped := range []bool{false, true} {
			g.take(l, "takeNine", isStamped, []int{-1, 0, -2, 1, 2, 3, -3, 4, -4})
			g.take(l, "takeFour", isStamped, []int{0, 1, 2, 3})
		}
	}
}

// squaresNine makes probes for the five squares of each node between its children:
// first it asks for all children, then it reads them.
func (g *asm) squaresNine(l *layout) {
	g.Function("squaresNine" + l.name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, items *byte, n int, p *byte)")
	a := g.args("base", "items", "n", "p")
	base, items, n, p := a[0], a[1], a[2], a[3]

	item, left := g.GP64(), g.GP64()
	node, child := g.GP64(), g.GP64()
	g.MOVQ(items, item)
	g.MOVQ(n, left)
	ask := l.askChildren(g, base)
	g.Label("ask")
	g.MOVL(at(item, itemNode), node.As32())
	l.scale(g, node, node)
	ask(node, child)
	g.ADDQ(operand.Imm(itemBytes), item)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("ask"))

	read := l.children(g)
	g.Label("read")
	g.MOVL(at(items, itemNode), node.As32())
	l.scale(g, node, node)
	var c [4]vec // the children of each child, as nw, ne, sw, se
	for k := range c {
		c[k] = g.XMM()
		l.child(g, base, node, k, child)
		read(base, child, c[k])
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
// results is as good as random, so there are no branches: each is listed as one without, as
// 16 times the number of the item and its own, and the next one takes the place of one that has
// one. The list needs room for all. One that is stamped also stamps the subs.
func (g *asm) take(l *layout, name string, isStamped bool, from []int) {
	squares := 0
	for _, f := range from {
		squares = max(squares, f+1)
	}
	signature := "func(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int) int"
	if isStamped {
		name += "Stamped"
		signature = "func(base *byte, items *byte, n int, p *byte, tag uint32, open *byte, number int, stamps *byte, stamp uint8) int"
	}
	g.Function(name + l.name)
	g.Attributes(nosplit)
	g.SignatureExpr(signature)
	a := g.args("base", "items", "p", "open")
	base, items, p, open := a[0], a[1], a[2], a[3]
	tag := g.GP64()
	g.Load(g.Param("tag"), tag.As32())
	result := l.result(g, tag)
	number := g.arg("number")
	g.SHLQ(operand.Imm(4), number)
	g.ADDQ(operand.Imm(uint64(len(from)-1)), number)

	node, id, stamps, stamp := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	if isStamped {
		g.Load(g.Param("stamps"), stamps)
		g.Load(g.Param("stamp"), stamp.As8())
	}
	g.Label("next")
	g.MOVL(at(items, itemNode), node.As32())
	l.scale(g, node, node)
	for j := len(from) - 1; j >= 0; j-- {
		if f := from[j]; f < 0 {
			l.child(g, base, node, -1-f, id)
		} else {
			g.MOVL(at(p, f*probeBytes+probeGuess), id.As32())
		}
		if isStamped {
			g.MOVB(stamp.As8(), mem{Base: stamps, Index: id, Scale: 1})
		}
		g.MOVW(number.As16(), at(open, 0))
		result(base, id)
		g.MOVL(id.As32(), at(items, itemSub+4*j))
		g.SBBQ(id, id) // -1 if it has a result
		g.LEAQ(mem{Base: open, Index: id, Scale: 2, Disp: 2}, open)
		if j > 0 {
			g.DECL(number.As32())
		}
	}
	g.ADDQ(operand.Imm(itemBytes), items)
	g.ADDQ(operand.Imm(uint64(squares*probeBytes)), p)
	g.ADDQ(operand.Imm(uint64(16+len(from)-1)), number)
	g.DECQ(g.param("n")) // there are no more registers
	g.JNZ(operand.LabelRef("next"))
	g.SUBQ(g.param("open"), open)
	g.SHRQ(operand.Imm(1), open)
	g.Store(open, g.ReturnIndex(0))
	g.RET()
}

// param is where a parameter lies.
func (g *asm) param(name string) mem {
	b, err := g.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}
