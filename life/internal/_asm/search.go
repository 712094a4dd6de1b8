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

// Slots of a bucket in lookup.
const (
	bucketShift = 3
	bucketSlots = 1 << bucketShift
)

// search makes lookup's searches. Three passes over the probes: the first asks for
// each home bucket, the second compares its eight slots at once and asks for the
// entry found, the third compares that, and lists the probes that it is not.
// SSE2 is enough, which every amd64 processor has, but for packed nodes; AVX2 compares a bucket
// with half the instructions.
func (g *asm) search() {
	for _, in := range []bucketSearch{g.bucket128(), g.bucket256()} {
		g.searchIn("searchNodes", &wideNodes, g.askWide, in)
		g.searchIn("searchPackedNodes", &packedNodes, g.askPacked, in)
		g.searchIn("searchPacked25Nodes", &packed25Nodes, g.askPacked, in)
		g.searchIn("searchLeaves", nil, func(base, guess gp) {
			g.SHLQ(operand.Imm(2), guess)
			g.PREFETCHT0(at8(base, guess, 0))
		}, in)
	}
}

// bucketSearch compares the slots of a bucket.
type bucketSearch struct {
	suffix string // of the names of the routines
	// start returns what reads the print to be searched for, and what then sets a bit for each slot
	// of a bucket that has it or is empty.
	start func(printMask, slots gp) (read func(print mem), compare func(slot, bits gp))
	end   func()
}

// bucket128 takes the two halves of a bucket with SSE2.
func (g *asm) bucket128() bucketSearch {
	start := func(printMask, slots gp) (read func(print mem), compare func(slot, bits gp)) {
		slotMask, zero, print := g.XMM(), g.XMM(), g.XMM()
		g.MOVQ(printMask, slotMask)
		g.PSHUFL(operand.Imm(0), slotMask, slotMask)
		g.PXOR(zero, zero)
		read = func(m mem) {
			g.MOVD(m, print)
			g.PSHUFL(operand.Imm(0), print, print)
		}
		halves, empty := [2]vec{g.XMM(), g.XMM()}, g.XMM()
		return read, func(slot, bits gp) {
			for k, full := range halves {
				g.MOVOU(mem{Base: slots, Index: slot, Scale: 4, Disp: 16 * k}, empty)
				g.MOVOA(empty, full)
				g.PAND(slotMask, full)
				g.PCMPEQL(print, full)
				g.PCMPEQL(zero, empty)
				g.POR(empty, full)
			}
			g.bitOfEach(halves, bits)
		}
	}
	return bucketSearch{"", start, func() {}}
}

// bitOfEach makes a bit for each of eight slots of all bits or none, in a register of two.
func (g *asm) bitOfEach(halves [2]vec, bits gp) {
	g.PACKSSLW(halves[1], halves[0])
	g.PACKSSWB(halves[0], halves[0])
	g.PMOVMSKB(halves[0], bits.As32())
}

// bucket256 takes a bucket at once with AVX2.
func (g *asm) bucket256() bucketSearch {
	start := func(printMask, slots gp) (read func(print mem), compare func(slot, bits gp)) {
		low, slotMask, zero, print := g.XMM(), g.YMM(), g.YMM(), g.YMM()
		g.VMOVQ(printMask, low)
		g.VPBROADCASTD(low, slotMask)
		g.VPXOR(zero, zero, zero)
		full, empty := g.YMM(), g.YMM()
		return func(m mem) { g.VPBROADCASTD(m, print) }, func(slot, bits gp) {
			bucket := mem{Base: slots, Index: slot, Scale: 4}
			g.VPAND(bucket, slotMask, full)
			g.VPCMPEQD(print, full, full)
			g.VPCMPEQD(bucket, zero, empty)
			g.VPOR(empty, full, full)
			g.VMOVMSKPS(full, bits.As32())
		}
	}
	return bucketSearch{"256", start, g.VZEROUPPER}
}

// printMask makes a mask of the upper half of a word, for the bits of a slot there that are a
// print, of the mask of those that are an entry's number.
func (g *asm) printMask(idMask gp) gp {
	mask := g.GP64()
	g.LEAL(mem{Base: idMask, Index: idMask, Scale: 1, Disp: 1}, mask.As32())
	g.NOTL(mask.As32())
	g.SHLQ(operand.Imm(32), mask)
	return mask
}

// home makes its home, which it asks for, and above that its print of a hash in RAX.
func (g *asm) home(slots, buckets, printMask gp) {
	g.MULQ(buckets)
	g.SHLQ(operand.Imm(bucketShift), reg.RDX)
	g.PREFETCHT0(mem{Base: slots, Index: reg.RDX, Scale: 4})
	g.ANDQ(printMask, reg.RAX)
	g.ADDQ(reg.RDX, reg.RAX)
}

// searchIn makes a search; fetch asks for an entry. Probes for nodes, which have a layout, are
// hashed first, and compared last.
func (g *asm) searchIn(name string, nodes *layout, fetch func(base, guess gp), in bucketSearch) {
	g.Function(name + in.suffix)
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

	printMask := g.printMask(idMask)
	q, left := g.GP64(), g.GP64()
	g.MOVQ(p, q)
	g.MOVQ(n, left)
	g.Label("home")
	hash(q)
	g.home(slots, buckets, printMask)
	g.MOVQ(reg.RAX, at(q, probeSlot)) // and probePrint
	g.ADDQ(operand.Imm(probeBytes), q)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("home"))

	g.SHRQ(operand.Imm(32), printMask)
	read, compare := in.start(printMask, slots)
	end := g.GP64()
	g.MOVQ(buckets, end)
	g.SHLQ(operand.Imm(bucketShift), end)
	g.MOVQ(p, q)
	g.MOVQ(n, left)

	slot, x := g.GP64(), g.GP64()
	g.Label("probe")
	g.MOVL(at(q, probeSlot), slot.As32())
	read(at(q, probePrint))
	g.Label("bucket")
	compare(slot, x)
	g.TESTL(x.As32(), x.As32())
	g.JNZ(operand.LabelRef("stop"))
	g.ADDQ(operand.Imm(bucketSlots), slot)
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
	in.end()
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
