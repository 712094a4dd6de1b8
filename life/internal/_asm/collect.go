package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets in a wide node and in the collector's markWord, which is 16 bytes long.
const (
	wideBytes            = 24
	packedBytes          = 16
	markBits, markFirst  = 0, 8
	lastResultTag        = 127
	shiftWord, shiftMark = 6, 4
	mostWorth            = 255
	oldestResult         = 190
)

// collect makes what HashLife's collector does with each node.
func (g *asm) collect() {
	for _, p := range []*packing{packing24, packing25} {
		g.unpackNodes(p)
		g.packNodes(p)
	}
	g.moveKept()
	for _, l := range layouts {
		g.valueResults(l)
		g.pass(l)
	}
}

// raise makes the entry that is i further than at, a sign-extended id, worth w at least.
func (g *asm) raise(at, i, w, scratch gp) {
	worth := mem{Base: at, Index: i, Scale: 1}
	g.MOVBLZX(worth, scratch.As32())
	g.CMPL(scratch.As32(), w.As32())
	g.CMOVLCS(w.As32(), scratch.As32())
	g.MOVB(scratch.As8(), worth)
}

// valueResults raises the nodes below end that have results, and the results, to one less than
// the most; less what says how long ago they served, where there are stamps.
func (g *asm) valueResults(l *layout) {
	g.Function("valueResults" + l.name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, end uint64, at *byte, stamps *byte, now uint32)")
	a := g.args("base", "end", "at", "stamps")
	base, end, at, stamps := a[0], a[1], a[2], a[3]
	now := g.GP64()
	g.Load(g.Param("now"), now.As32())
	i, node, tag, res, w, most, scratch := g.GP64(), g.GP64(), g.GP64(), g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.MOVL(operand.U32(oldestResult), most.As32())
	g.XORL(i.As32(), i.As32())
	g.Label("next")
	l.scale(g, i, node)
	l.memo(g, base, node, tag, res)
	g.DECL(tag.As32())
	g.CMPL(tag.As32(), operand.U32(lastResultTag-1))
	g.JHI(operand.LabelRef("skip"))
	g.XORL(w.As32(), w.As32())
	g.TESTQ(stamps, stamps)
	g.JZ(operand.LabelRef("raise"))
	g.MOVL(now.As32(), w.As32())
	g.SUBB(mem{Base: stamps, Index: i, Scale: 1}, w.As8())
	g.MOVBLZX(w.As8(), w.As32())
	g.CMPL(most.As32(), w.As32())
	g.CMOVLCS(most.As32(), w.As32())
	g.Label("raise")
	g.NEGL(w.As32())
	g.ADDL(operand.U32(mostWorth-1), w.As32())
	g.raise(at, i, w, scratch)
	g.MOVLQSX(res.As32(), res)
	g.raise(at, res, w, scratch)
	g.Label("skip")
	g.INCQ(i)
	g.CMPQ(i, end)
	g.JCS(operand.LabelRef("next"))
	g.RET()
}

// pass makes the children of nodes worth what they are themselves, from the one before end down to
// node 1. It stops before one that has a younger child, and returns it; else 0.
func (g *asm) pass(l *layout) {
	g.Function("pass" + l.name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(base *byte, end uint64, at *byte) uint64")
	a := g.args("base", "end", "at")
	base, i, at := a[0], a[1], a[2]
	node, w, youngest, scratch := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	children := []gp{g.GP64(), g.GP64(), g.GP64(), g.GP64()}
	g.JMP(operand.LabelRef("down"))
	g.Label("next")
	g.MOVBLZX(mem{Base: at, Index: i, Scale: 1}, w.As32())
	g.TESTL(w.As32(), w.As32())
	g.JZ(operand.LabelRef("down")) // nearly all, or nearly none
	l.scale(g, i, node)
	g.MOVL(i.As32(), youngest.As32())
	for k, c := range children {
		l.child(g, base, node, k, c)
		g.CMPL(c.As32(), youngest.As32()) // leaves are below 0
		g.CMOVLGT(c.As32(), youngest.As32())
	}
	g.CMPL(youngest.As32(), i.As32())
	g.JNE(operand.LabelRef("end"))
	for _, c := range children {
		g.MOVLQSX(c.As32(), c)
		g.raise(at, c, w, scratch)
	}
	g.Label("down")
	g.DECQ(i)
	g.JNZ(operand.LabelRef("next"))
	g.Label("end")
	g.Store(i, g.ReturnIndex(0))
	g.RET()
}

// eachNode begins a routine that writes a node for each that it reads, of so many bytes each;
// what it returns ends it.
func (g *asm) eachNode(name string, toBytes, fromBytes uint64) (to, from gp, end func()) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(to *byte, from *byte, n int)")
	a := g.args("to", "from", "n")
	return a[0], a[1], func() {
		g.ADDQ(operand.Imm(fromBytes), a[1])
		g.ADDQ(operand.Imm(toBytes), a[0])
		g.DECQ(a[2])
		g.JNZ(operand.LabelRef("next"))
		g.RET()
	}
}

// unpackNodes makes wide nodes of packed ones.
func (g *asm) unpackNodes(p *packing) {
	to, from, end := g.eachNode("unpack"+p.name, wideBytes, packedBytes)
	numbers := p.numbers(g)
	v, tag, res := g.XMM(), g.GP64(), g.GP64()
	g.Label("next")
	numbers(at(from, 0), v)
	g.MOVOU(v, at(to, 0))
	g.MOVL(at(from, packedWord), res.As32())
	p.memo(g, tag, res)
	g.MOVL(res.As32(), at(to, wideRes))
	g.MOVL(tag.As32(), at(to, wideTag))
	end()
}

// packNodes makes packed nodes of wide ones.
func (g *asm) packNodes(p *packing) {
	to, from, end := g.eachNode("pack"+p.name, packedBytes, wideBytes)
	bias, gather := g.biases(p), g.XMM()
	g.MOVOU(g.bytes("gather24", func(i int) int {
		if i >= 12 {
			return 0x80
		}
		return i/3*4 + i%3
	}), gather)
	v, tag, res, upper := g.XMM(), g.GP64(), g.GP64(), g.GP64()
	g.Label("next")
	g.MOVOU(at(from, 0), v)
	g.PADDL(bias, v)
	if p.bits == 25 {
		uppers := g.XMM()
		g.MOVOA(v, uppers)
		g.PSLLL(operand.Imm(7), uppers)
		g.MOVMSKPS(uppers, upper.As32())
		g.SHLL(operand.Imm(upperShift), upper.As32())
	}
	g.PSHUFB(gather, v)
	g.MOVOU(v, at(to, 0))
	g.MOVL(at(from, wideRes), res.As32())
	g.MOVL(at(from, wideTag), tag.As32())
	g.ADDL(operand.U32(p.bias()), res.As32())
	g.ANDL(operand.U32(1<<p.bits-1), res.As32())
	if p.bits == 25 {
		g.ANDL(operand.U32(p.tagMask()), tag.As32())
		g.ORL(upper.As32(), res.As32())
	}
	g.SHLL(operand.Imm(uint64(p.bits)), tag.As32())
	g.ORL(tag.As32(), res.As32())
	g.MOVL(res.As32(), at(to, packedWord))
	end()
}

// moveKept copies those of 64 nodes whose bits are set, of which there are some, and gives
// them the new ids of their children and results. A result that is not kept is forgotten.
func (g *asm) moveKept() {
	g.Function("moveKept")
	g.Attributes(nosplit)
	g.SignatureExpr("func(to *byte, from *byte, kept uint64, origin *byte)")
	a := g.args("to", "from", "kept", "origin")
	to, from, kept, origin := a[0], a[1], a[2], a[3]
	node, word, bits := g.GP64(), g.GP64(), g.GP64()
	tag, t := g.GP32(), g.GP64()

	// moved makes the new id in CX of an old one, and sets the carry flag on the way if it is
	// kept: between shift and count.
	moved := func(onCarry func()) {
		g.MOVLQSX(reg.ECX, word)
		g.SARQ(operand.Imm(shiftWord), word)
		g.SHLQ(operand.Imm(shiftMark), word)
		g.MOVQ(mem{Base: origin, Index: word, Scale: 1, Disp: markBits}, bits)
		g.NOTL(reg.ECX)
		g.SHLQ(reg.CL, bits) // its own bit is the highest now
		g.ADDQ(bits, bits)   // and those below it are left
		onCarry()
		g.POPCNTQ(bits, bits)
		g.MOVL(mem{Base: origin, Index: word, Scale: 1, Disp: markFirst}, reg.ECX)
		g.ADDL(bits.As32(), reg.ECX)
	}

	g.Label("next")
	g.BSFQ(kept, node)
	g.entry(node)
	g.LEAQ(at8(from, node, 0), node)
	for c := range 4 {
		g.MOVL(at(node, 4*c), reg.ECX)
		moved(func() {})
		g.MOVL(reg.ECX, at(to, 4*c))
	}
	g.MOVL(at(node, wideTag), tag)
	g.MOVL(at(node, wideRes), reg.ECX)
	g.LEAL(mem{Base: tag, Disp: -1}, t.As32())
	g.CMPL(t.As32(), operand.U32(lastResultTag-1))
	g.JHI(operand.LabelRef("put"))
	moved(func() { g.SBBQ(t, t) }) // all bits or none; a tag of none is of no result
	g.ANDL(t.As32(), tag)
	g.ANDL(t.As32(), reg.ECX)
	g.Label("put")
	g.MOVL(reg.ECX, at(to, wideRes))
	g.MOVL(tag, at(to, wideTag))
	g.ADDQ(operand.Imm(wideBytes), to)
	g.LEAQ(at(kept, -1), t)
	g.ANDQ(t, kept)
	g.JNZ(operand.LabelRef("next"))
	g.RET()
}
