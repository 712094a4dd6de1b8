package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A lookup.addition: the home is in the lower half, what the slot will be in the upper.
const (
	additionHome, additionSlot = 0, 4
	additionBytes              = 8
)

// fill makes what lookup.Index.Fill does with up to 64 entries: to list them with their homes,
// which it asks for, and to add those that it listed before.
func (g *asm) fill() {
	g.homes("homesWide", "entries *byte", wideBytes, func(entries gp, skip operand.Op) func() {
		south, hash, t := g.GP64(), g.hashWords(), g.GP64()
		return func() {
			g.MOVQ(at(entries, 0), reg.RAX)
			g.MOVQ(at(entries, 8), south)
			g.MOVQ(south, t)
			g.ORQ(reg.RAX, t)
			g.JZ(skip)
			hash(reg.RAX, south)
		}
	})
	for _, p := range []*packing{packing24, packing25} {
		g.homes("homesOf"+p.name, "entries *byte", packedBytes, func(entries gp, skip operand.Op) func() {
			south, hash, v := g.GP64(), g.hashWords(), g.XMM()
			numbers := p.numbers(g)
			return func() {
				numbers(at(entries, 0), v)
				g.MOVQ(v, reg.RAX)
				g.PUNPCKHQDQ(v, v)
				g.MOVQ(v, south)
				g.CMPL(reg.EAX, operand.I32(int32(-p.bias()))) // zeros stand for no number
				g.JEQ(skip)
				hash(reg.RAX, south)
			}
		})
	}
	g.homes("homesHashed", "hashes *uint64, gaps uint64", 8, func(hashes gp, skip operand.Op) func() {
		gaps := g.arg("gaps")
		return func() {
			g.SHRQ(operand.Imm(1), gaps)
			g.JCS(skip)
			g.MOVQ(at(hashes, 0), reg.RAX)
		}
	})
	g.addSolo()
}

// homes makes a routine that lists entries of some size, at least one, from number first on,
// with their homes. What hash returns leaves a hash in RAX, or skips an entry that is a gap. It
// returns the number of entries listed.
func (g *asm) homes(name, parameters string, size uint64, hash func(entries gp, skip operand.Op) func()) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(to *uint64, first uint32, n int, slots *uint32, buckets uint64, idMask uint32, " + parameters + ") int")
	a := g.args("to", "first", "n", "slots", "buckets", "idMask")
	to, first, n, slots, buckets, idMask := a[0], a[1], a[2], a[3], a[4], a[5]
	entries := g.GP64()
	if name == "homesHashed" {
		g.Load(g.Param("hashes"), entries)
	} else {
		g.Load(g.Param("entries"), entries)
	}
	one, printMask := g.GP64(), g.printMask(idMask)
	g.MOVQ(operand.U64(1<<32), one)
	g.SHLQ(operand.Imm(32), first)
	next := hash(entries, operand.LabelRef("skip"))
	g.Label("next")
	next()
	g.home(slots, buckets, printMask)
	g.ADDQ(first, reg.RAX)
	g.MOVQ(reg.RAX, at(to, 0))
	g.ADDQ(operand.Imm(additionBytes), to)
	g.Label("skip")
	g.ADDQ(operand.Imm(size), entries)
	g.ADDQ(one, first)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("next"))
	start := g.arg("to")
	g.SUBQ(start, to)
	g.SHRQ(operand.Imm(3), to)
	g.Store(to, g.ReturnIndex(0))
	g.RET()
}

// addSolo adds entries, at least one, to an index that nobody else adds to. Slots are filled from
// a bucket's first, so that the first empty one is where the next belongs; how
// many are full is as good as random, so that there is no branch on it but for all.
func (g *asm) addSolo() {
	g.Function("addSolo")
	g.Attributes(nosplit)
	g.SignatureExpr("func(a *uint64, n int, slots *uint32, buckets uint64, idMask uint32)")
	args := g.args("a", "n", "slots", "buckets", "idMask")
	a, n, slots, end, moved := args[0], args[1], args[2], args[3], args[4]
	zero, halves := g.XMM(), [2]vec{g.XMM(), g.XMM()}
	home, slot, x := g.GP64(), g.GP64(), g.GP64()
	g.PXOR(zero, zero)
	g.SHLQ(operand.Imm(bucketShift), end)
	g.INCL(moved.As32())
	g.Label("next")
	g.MOVL(at(a, additionHome), home.As32())
	g.MOVL(at(a, additionSlot), slot.As32())
	g.Label("bucket")
	for k, empty := range halves {
		g.MOVOU(mem{Base: slots, Index: home, Scale: 4, Disp: 16 * k}, empty)
		g.PCMPEQL(zero, empty)
	}
	g.bitOfEach(halves, x)
	g.TESTL(x.As32(), x.As32())
	g.JZ(operand.LabelRef("full"))
	g.TZCNTL(x.As32(), x.As32()) // or BSF; see searchIn
	g.ADDQ(home, x)
	g.MOVL(slot.As32(), mem{Base: slots, Index: x, Scale: 4})
	g.ADDQ(operand.Imm(additionBytes), a)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("next"))
	g.RET()

	g.Label("full")
	g.ORL(moved.As32(), slot.As32())
	g.ADDQ(operand.Imm(bucketSlots), home)
	g.CMPQ(home, end)
	g.JNE(operand.LabelRef("bucket"))
	g.XORL(home.As32(), home.As32())
	g.JMP(operand.LabelRef("bucket"))
}
