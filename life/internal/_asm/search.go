package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets in a lookup.Probe.
const (
	probeNorth, probeSouth            = 0, 8
	probeSlot, probePrint, probeGuess = 16, 20, 24
	probeBytes                        = 32
)

// search makes lookup's searches. Three passes over the probes: the first asks for
// each home bucket, the second compares its four slots at once and asks for the
// entry found, the third compares that, and lists the probes that it is not.
// SSE2 is enough, which every amd64 processor has, but for packed nodes.
func (g *asm) search() {
	g.searchIn("searchNodes", &wideNodes, g.askWide)
	g.searchIn("searchPackedNodes", &packedNodes, g.askPacked)
	g.searchIn("searchLeaves", nil, func(base, guess gp) {
		g.SHLQ(operand.Imm(2), guess)
		g.PREFETCHT0(at8(base, guess, 0))
	})
}

// searchIn makes a search; fetch asks for an entry. Probes for nodes, which have a layout, are
// hashed first, and compared last.
func (g *asm) searchIn(name string, nodes *layout, fetch func(base, guess gp)) {
	g.Function(name)
	g.Attributes(nosplit)
	names := []string{"p", "n", "slots", "buckets", "idMask", "base"}
	if nodes != nil {
		g.SignatureExpr("func(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte, others *uint8) int")
	} else {
		g.SignatureExpr("func(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte)")
	}
	a := g.args(names...)
	p, n, slots, buckets, idMask, base := a[0], a[1], a[2], a[3], a[4], a[5]
	hash := g.loadHash
	if nodes != nil {
		hash = g.hashProbe()
	}

	printMask := g.GP64()
	g.LEAL(mem{Base: idMask, Index: idMask, Scale: 1, Disp: 1}, printMask.As32())
	g.NOTL(printMask.As32())
	q, left := g.GP64(), g.GP64()
	g.MOVQ(p, q)
	g.MOVQ(n, left)
	g.Label("home")
	hash(q)
	g.MULQ(buckets)
	g.SHLQ(operand.Imm(2), reg.RDX)
	g.PREFETCHT0(mem{Base: slots, Index: reg.RDX, Scale: 4})
	g.MOVL(reg.EDX, at(q, probeSlot))
	g.SHRQ(operand.Imm(32), reg.RAX)
	g.ANDL(printMask.As32(), reg.EAX)
	g.MOVL(reg.EAX, at(q, probePrint))
	g.ADDQ(operand.Imm(probeBytes), q)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("home"))

	slotMask, zero := g.XMM(), g.XMM()
	end := g.GP64()
	g.MOVQ(printMask, slotMask)
	g.PSHUFL(operand.Imm(0), slotMask, slotMask)
	g.PXOR(zero, zero)
	g.MOVQ(buckets, end)
	g.SHLQ(operand.Imm(2), end)
	g.MOVQ(p, q)
	g.MOVQ(n, left)

	slot, x := g.GP64(), g.GP64()
	print, full, empty := g.XMM(), g.XMM(), g.XMM()
	g.Label("probe")
	g.MOVL(at(q, probeSlot), slot.As32())
	g.MOVD(at(q, probePrint), print)
	g.PSHUFL(operand.Imm(0), print, print)
	g.Label("bucket")
	g.MOVOU(mem{Base: slots, Index: slot, Scale: 4}, empty)
	g.MOVOA(empty, full)
	g.PAND(slotMask, full)
	g.PCMPEQL(print, full)
	g.PCMPEQL(zero, empty)
	g.POR(empty, full)
	g.MOVMSKPS(full, x.As32())
	g.TESTL(x.As32(), x.As32())
	g.JNZ(operand.LabelRef("stop"))
	g.ADDQ(operand.Imm(4), slot)
	g.CMPQ(slot, end)
	g.JNE(operand.LabelRef("bucket"))
	g.XORL(slot.As32(), slot.As32())
	g.JMP(operand.LabelRef("bucket"))

	g.Label("stop")
	// Processors without TZCNT take it for BSF, which is the same where a bit is set.
	g.TZCNTL(x.As32(), x.As32())
	g.ADDQ(x, slot)
	g.MOVL(mem{Base: slots, Index: slot, Scale: 4}, x.As32())
	g.ANDL(idMask.As32(), x.As32())
	g.MOVL(slot.As32(), at(q, probeSlot))
	g.MOVL(x.As32(), at(q, probeGuess))
	fetch(base, x)
	g.ADDQ(operand.Imm(probeBytes), q)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("probe"))
	if nodes != nil {
		g.compareNodes(nodes, p, n, base)
	}
	g.RET()
}

// compareNodes compares nodes with the probes that led to them, and returns the number
// of those that differ, whose own numbers it lists.
func (g *asm) compareNodes(l *layout, p, n, base gp) {
	others := g.arg("others")
	children := l.children(g)
	found, k, x := g.GP64(), g.GP64(), g.GP64()
	node, probe := g.XMM(), g.XMM()
	g.XORL(found.As32(), found.As32())
	g.XORL(k.As32(), k.As32())
	g.Label("compare")
	g.MOVL(at(p, probeGuess), x.As32())
	children(base, x, node)
	g.MOVOU(at(p, probeNorth), probe)
	g.PCMPEQL(node, probe)
	g.MOVMSKPS(probe, x.As32())
	g.MOVB(k.As8(), mem{Base: others, Index: found, Scale: 1})
	g.CMPL(x.As32(), operand.Imm(15)) // carry: some quarter differs
	g.ADCQ(operand.Imm(0), found)
	g.ADDQ(operand.Imm(probeBytes), p)
	g.INCQ(k)
	g.CMPQ(k, n)
	g.JNE(operand.LabelRef("compare"))
	g.Store(found, g.ReturnIndex(0))
}

// hashWords returns what computes lookup.Hash of two words, in place of the first.
func (g *asm) hashWords() func(north, south reg.Register) {
	constant := func(v uint64) gp {
		k := g.GP64()
		g.MOVQ(operand.U64(v), k)
		return k
	}
	hashNorth, hashSouth, hashBoth := constant(0x9E3779B97F4A7C15), constant(0xC2B2AE3D27D4EB4F), constant(0xD6E8FEB86659FD93)
	return func(north, south reg.Register) {
		g.IMULQ(hashNorth, north)
		g.IMULQ(hashSouth, south)
		g.ROLQ(operand.Imm(29), south)
		g.XORQ(south, north)
		g.IMULQ(hashBoth, north)
	}
}

// hashProbe returns what computes lookup.Hash of a probe.
func (g *asm) hashProbe() func(p gp) {
	hash := g.hashWords()
	return func(p gp) {
		south := g.GP64()
		g.MOVQ(at(p, probeNorth), reg.RAX)
		g.MOVQ(at(p, probeSouth), south)
		hash(reg.RAX, south)
	}
}

// loadHash loads the hash of a probe.
func (g *asm) loadHash(p gp) { g.MOVQ(at(p, probeNorth), reg.RAX) }
