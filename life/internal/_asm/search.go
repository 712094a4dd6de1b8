package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets in a lookup.Probe.
const (
	probeHash, probeNorth, probeSouth = 0, 8, 16
	probeSlot, probeGuess             = 24, 28
	probeBytes                        = 32
)

// search makes lookup's searches. Two passes over the probes: the first asks for
// each home bucket, the second compares its four slots at once and asks for the
// entry found. SSE2 is enough, which every amd64 processor has.
func (g *asm) search() {
	g.searchIn("searchNodes", g.hashProbe, func(base, guess gp) {
		g.LEAQ(mem{Base: guess, Index: guess, Scale: 2}, guess)
		g.PREFETCHT0(at8(base, guess, 0))
		g.PREFETCHT0(at8(base, guess, 23))
	})
	g.searchIn("searchLeaves", g.loadHash, func(base, guess gp) {
		g.SHLQ(operand.Imm(2), guess)
		g.PREFETCHT0(at8(base, guess, 0))
	})
}

// searchIn makes a search: hash puts the hash of a probe into RAX, fetch asks for
// an entry.
func (g *asm) searchIn(name string, hash func(p gp), fetch func(base, guess gp)) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(p *byte, n int, slots *uint32, buckets uint64, idMask uint32, base *byte)")
	a := g.args("p", "n", "slots", "buckets", "idMask", "base")
	p, n, slots, buckets, idMask, base := a[0], a[1], a[2], a[3], a[4], a[5]

	q, left := g.GP64(), g.GP64()
	g.MOVQ(p, q)
	g.MOVQ(n, left)
	g.Label("home")
	hash(q)
	g.MULQ(buckets)
	g.SHLQ(operand.Imm(2), reg.RDX)
	g.PREFETCHT0(mem{Base: slots, Index: reg.RDX, Scale: 4})
	g.MOVL(reg.EDX, at(q, probeSlot))
	g.ADDQ(operand.Imm(probeBytes), q)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("home"))

	slotMask, zero := g.XMM(), g.XMM()
	printMask, end := g.GP64(), g.GP64()
	g.MOVL(idMask.As32(), printMask.As32())
	g.NOTL(printMask.As32())
	g.MOVL(printMask.As32(), printMask.As32())
	g.MOVQ(printMask, slotMask)
	g.PSHUFL(operand.Imm(0), slotMask, slotMask)
	g.PXOR(zero, zero)
	g.MOVQ(buckets, end)
	g.SHLQ(operand.Imm(2), end)

	slot, x := g.GP64(), g.GP64()
	print, full, empty := g.XMM(), g.XMM(), g.XMM()
	g.Label("probe")
	g.MOVL(at(p, probeSlot), slot.As32())
	g.MOVL(at(p, probeHash), x.As32())
	g.ANDL(printMask.As32(), x.As32())
	g.MOVQ(x, print)
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
	g.BSFL(x.As32(), x.As32())
	g.ADDQ(x, slot)
	g.MOVL(mem{Base: slots, Index: slot, Scale: 4}, x.As32())
	g.ANDL(idMask.As32(), x.As32())
	g.MOVL(slot.As32(), at(p, probeSlot))
	g.MOVL(x.As32(), at(p, probeGuess))
	fetch(base, x)
	g.ADDQ(operand.Imm(probeBytes), p)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("probe"))
	g.RET()
}

// hashProbe computes lookup.Hash of a probe and stores it.
func (g *asm) hashProbe(p gp) {
	north, south, k := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(at(p, probeNorth), north)
	g.MOVQ(at(p, probeSouth), south)
	g.MOVQ(operand.U64(0x9E3779B97F4A7C15), k)
	g.IMULQ(k, north)
	g.MOVQ(operand.U64(0xC2B2AE3D27D4EB4F), k)
	g.IMULQ(k, south)
	g.ROLQ(operand.Imm(29), south)
	g.XORQ(south, north)
	g.MOVQ(operand.U64(0xD6E8FEB86659FD93), k)
	g.IMULQ(k, north)
	g.MOVQ(north, reg.RAX)
	g.SHRQ(operand.Imm(32), reg.RAX)
	g.XORQ(north, reg.RAX)
	g.MOVQ(reg.RAX, at(p, probeHash))
}

// loadHash loads the hash of a probe.
func (g *asm) loadHash(p gp) { g.MOVQ(at(p, probeHash), reg.RAX) }
