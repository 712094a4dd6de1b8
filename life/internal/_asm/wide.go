package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

// wide makes what package wide does with rows of cells, a byte each, and of sums of 1, 2 or
// 4 bytes.
func (g *asm) wide() {
	for _, bytes := range []int{1, 2, 4} {
		g.wideScan(bytes, false)
		g.wideScan(bytes, true)
	}
	g.wideCopy()
	for _, bytes := range []int{1, 2, 4} {
		g.wideAdd(bytes)
		g.wideMark(bytes)
		g.wideSumRows(bytes, 1)
		g.wideSumRows(bytes, 2)
	}
	for _, bytes := range []int{1, 2, 4} {
		for _, isMany := range []bool{false, true} {
			g.wideDecide(wideKind{bytes, isMany, true})
			g.wideDecide(wideKind{bytes, isMany, false})
		}
	}
}

// each returns the byte i of v, which is repeated.
func (g *asm) each(name string, v int) mem {
	return g.bytes(name, func(int) int { return v })
}

// wideAddTo is a += b in lanes.
func (g *asm) wideAddTo(bytes int, a vec, b operand.Op) {
	switch bytes {
	case 1:
		g.VPADDB(b, a, a)
	case 2:
		g.VPADDW(b, a, a)
	case 4:
		g.VPADDD(b, a, a)
	}
}

// wideSubtract is a -= b in lanes.
func (g *asm) wideSubtract(bytes int, a vec, b operand.Op) {
	switch bytes {
	case 1:
		g.VPSUBB(b, a, a)
	case 2:
		g.VPSUBW(b, a, a)
	case 4:
		g.VPSUBD(b, a, a)
	}
}

// wideMarks loads cells into lanes: -1 where they are in state 1, else 0.
func (g *asm) wideMarks(bytes int, seen gp, ones vec) vec {
	x := g.YMM()
	switch bytes {
	case 1:
		g.VPCMPEQB(at(seen, 0), ones, x)
	case 2:
		g.VPCMPEQB(at(seen, 0), ones.AsX(), x.AsX())
		g.VPMOVSXBW(x.AsX(), x)
	case 4:
		g.VMOVQ(at(seen, 0), x.AsX())
		g.VPCMPEQB(x.AsX(), ones.AsX(), x.AsX())
		g.VPMOVSXBD(x.AsX(), x)
	}
	return x
}

// wideScan makes the running sums along rows, negative ones, and with isArea adds to each
// the one in the row before.
func (g *asm) wideScan(bytes int, isArea bool) {
	name := "scanRows"
	if isArea {
		name = "scanArea"
	}
	g.Function(fmt.Sprintf("%s%dAVX2", name, 8*bytes))
	g.Attributes(nosplit)
	g.SignatureExpr("func(sums, seen *byte, stride, rows int)")
	a := g.args("sums", "seen", "stride", "rows")
	sums, seen, stride, rows := a[0], a[1], a[2], a[3]
	above, left := g.GP64(), g.GP64()
	if isArea {
		up := g.GP64()
		g.MOVQ(stride, up)
		for range log2(bytes) {
			g.ADDQ(up, up)
		}
		g.MOVQ(sums, above)
		g.SUBQ(up, above)
	}
	ones := g.YMM()
	g.VMOVDQU(g.each("wideOnes", 1), ones)
	carry, sum := g.wideRunning(bytes, 1)

	g.Label("row")
	g.VPXOR(carry, carry, carry)
	g.MOVQ(stride, left)
	g.Label("vector")
	x := g.wideMarks(bytes, seen, ones)
	sum(x)
	if isArea {
		g.wideAddTo(bytes, x, at(above, 0))
		g.ADDQ(imm(32), above)
	}
	g.VMOVDQU(x, at(sums, 0))
	g.ADDQ(imm(32), sums)
	g.ADDQ(imm(32/bytes), seen)
	g.SUBQ(imm(32/bytes), left)
	g.JNZ(operand.LabelRef("vector"))
	g.DECQ(rows)
	g.JNZ(operand.LabelRef("row"))
	g.end()
}

// wideRunning returns what makes running sums of the lanes of a vector, each of those of every
// by-th lane, and the sums of the vector before, which it adds and replaces.
func (g *asm) wideRunning(bytes, by int) (carry vec, sum func(x vec)) {
	step := bytes * by
	high, last, carry := g.YMM(), g.YMM(), g.YMM()
	g.VMOVDQU(g.bytes("wideHigh", func(i int) int { return -(i / 16 & 1) }), high)
	g.VMOVDQU(g.bytes(fmt.Sprintf("wideLast%d", step), func(i int) int { return 16 - step + i%step }), last)
	return carry, func(x vec) {
		t, total, turned := g.YMM(), g.YMM(), g.YMM()
		for n := step; n < 16; n *= 2 {
			g.VPSLLDQ(imm(n), x, t)
			g.wideAddTo(bytes, x, t)
		}
		g.VPSHUFB(last, x, total)
		g.VPERMQ(imm(0x4e), total, turned)
		g.VPAND(high, turned, t)
		g.wideAddTo(bytes, total, turned)
		g.wideAddTo(bytes, x, t)
		g.wideAddTo(bytes, x, carry)
		g.wideAddTo(bytes, carry, total)
	}
}

// wideSumRows makes running sums along rows of sums, in place.
func (g *asm) wideSumRows(bytes, by int) {
	g.Function(fmt.Sprintf("sumRows%dBy%dAVX2", 8*bytes, by))
	g.Attributes(nosplit)
	g.SignatureExpr("func(sums *byte, vectors, rows int)")
	a := g.args("sums", "vectors", "rows")
	sums, vectors, rows := a[0], a[1], a[2]
	left := g.GP64()
	carry, sum := g.wideRunning(bytes, by)
	g.Label("row")
	g.VPXOR(carry, carry, carry)
	g.MOVQ(vectors, left)
	g.Label("vector")
	x := g.YMM()
	g.VMOVDQU(at(sums, 0), x)
	sum(x)
	g.VMOVDQU(x, at(sums, 0))
	g.ADDQ(imm(32), sums)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("vector"))
	g.DECQ(rows)
	g.JNZ(operand.LabelRef("row"))
	g.end()
}

func log2(n int) (k int) {
	for 1<<k < n {
		k++
	}
	return k
}

// wideAdd adds to rows of some vectors what lies before them.
func (g *asm) wideAdd(bytes int) {
	g.Function(fmt.Sprintf("addRows%dAVX2", 8*bytes))
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src *byte, stride, vectors, rows int)")
	a := g.args("dst", "src", "stride", "vectors", "rows")
	dst, src, stride, vectors, rows := a[0], a[1], a[2], a[3], a[4]
	offset, left := g.GP64(), g.GP64()
	g.Label("row")
	g.XORL(offset.As32(), offset.As32())
	g.MOVQ(vectors, left)
	g.Label("vector")
	x := g.YMM()
	g.VMOVDQU(mem{Base: src, Index: offset, Scale: 1}, x)
	g.wideAddTo(bytes, x, mem{Base: dst, Index: offset, Scale: 1})
	g.VMOVDQU(x, mem{Base: dst, Index: offset, Scale: 1})
	g.ADDQ(imm(32), offset)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("vector"))
	g.ADDQ(stride, dst)
	g.ADDQ(stride, src)
	g.DECQ(rows)
	g.JNZ(operand.LabelRef("row"))
	g.end()
}

// Fields of wide.decideArgs, and the halves of a table for counts of a byte.
const (
	wideNext, wideSeen, wideSums                 = 0, 8, 16
	wideSeenStep, wideSumsStep                   = 24, 32
	wideRows, wideVectors                        = 40, 48
	widePlus, wideMinus, widePluses, wideMinuses = 56, 64, 72, 80
	wideBirths, wideSurvivals                    = 88, 96
	wideBirthIntervals, wideSurvivalIntervals    = 104, 112
	wideStates, wideChanged                      = 120, 128
	wideLowHalf, wideHighHalf                    = 0, 32
)

// wideKind is a kind of decisions.
type wideKind struct {
	bytes    int  // of a sum
	isMany   bool // more than two states
	isSquare bool // two sums are added and two subtracted
}

// lanes is how many cells are decided at once.
func (k wideKind) lanes() int {
	if k.bytes == 4 {
		return 32
	}
	return 64
}

// wideDecide makes the next states of rows of cells.
func (g *asm) wideDecide(k wideKind) {
	name := fmt.Sprintf("decide%d", 8*k.bytes)
	if k.isMany {
		name += "Many"
	}
	if k.isSquare {
		name += "Square"
	}
	g.Function(name + "AVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(args *byte)")
	args := g.arg("args")
	next, seen, sums := g.field(args, wideNext), g.field(args, wideSeen), g.field(args, wideSums)
	rows, left, changed := g.field(args, wideRows), g.GP64(), g.GP64()
	sum := g.wideSum(k, args)
	live := g.wideLive(k, args)

	g.Label("row")
	g.MOVQ(at(args, wideVectors), left)
	g.MOVQ(at(args, wideChanged), changed)
	g.Label("vector")
	counts := sum(sums)
	for i, found := range live(counts) {
		s := g.YMM()
		g.VMOVDQU(at(seen, 32*i), s)
		n := g.wideNextStates(k, args, s, found[0], found[1])
		g.VMOVDQU(n, at(next, 32*i))
		g.VPXOR(at(seen, 32*i), n, n)
		g.VPOR(at(changed, 32*i), n, n)
		g.VMOVDQU(n, at(changed, 32*i))
	}
	g.ADDQ(imm(k.lanes()), changed)
	g.ADDQ(imm(k.lanes()), next)
	g.ADDQ(imm(k.lanes()), seen)
	g.ADDQ(imm(k.lanes()*k.bytes), sums)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("vector"))
	g.ADDQ(at(args, wideSeenStep), seen)
	g.ADDQ(at(args, wideSumsStep), sums)
	g.DECQ(rows)
	g.JNZ(operand.LabelRef("row"))
	g.end()
}

// field loads a field of a structure.
func (g *asm) field(base gp, offset int) gp {
	r := g.GP64()
	g.MOVQ(at(base, offset), r)
	return r
}

// wideSum returns what makes counts of sums.
func (g *asm) wideSum(k wideKind, args gp) func(sums gp) []vec {
	vectors := k.lanes() * k.bytes / 32
	from := func(sums, offset gp, i int) mem { return mem{Base: sums, Index: offset, Scale: 1, Disp: 32 * i} }
	if k.isSquare {
		var plus, minus [2]gp
		list := g.field(args, widePlus)
		plus[0], plus[1] = g.field(list, 0), g.field(list, 8)
		g.MOVQ(at(args, wideMinus), list)
		minus[0], minus[1] = g.field(list, 0), g.field(list, 8)
		return func(sums gp) (counts []vec) {
			for i := range vectors {
				n := g.YMM()
				g.VMOVDQU(from(sums, plus[0], i), n)
				g.wideAddTo(k.bytes, n, from(sums, plus[1], i))
				g.wideSubtract(k.bytes, n, from(sums, minus[0], i))
				g.wideSubtract(k.bytes, n, from(sums, minus[1], i))
				counts = append(counts, n)
			}
			return counts
		}
	}
	list, left, offset := g.GP64(), g.GP64(), g.GP64()
	each := func(label string, start, size int, f func()) {
		g.MOVQ(at(args, size), left)
		g.TESTQ(left, left)
		g.JZ(operand.LabelRef(label + "End"))
		g.MOVQ(at(args, start), list)
		g.Label(label)
		g.MOVQ(at(list, 0), offset)
		g.ADDQ(imm(8), list)
		f()
		g.DECQ(left)
		g.JNZ(operand.LabelRef(label))
		g.Label(label + "End")
	}
	return func(sums gp) (counts []vec) {
		for range vectors {
			n := g.YMM()
			g.VPXOR(n, n, n)
			counts = append(counts, n)
		}
		each("plus", widePlus, widePluses, func() {
			for i, n := range counts {
				g.wideAddTo(k.bytes, n, from(sums, offset, i))
			}
		})
		each("minus", wideMinus, wideMinuses, func() {
			for i, n := range counts {
				g.wideSubtract(k.bytes, n, from(sums, offset, i))
			}
		})
		return counts
	}
}

// wideLive returns what finds out, for each 32 counts, for which of them cells are born and
// for which they survive: bytes that are not 0.
func (g *asm) wideLive(k wideKind, args gp) func(counts []vec) [][2]vec {
	births, survivals := g.field(args, wideBirths), g.field(args, wideSurvivals)
	if k.bytes == 1 {
		return g.wideLiveBytes(births, survivals)
	}
	list, left := g.GP64(), g.GP64()
	within := func(label string, start gp, size int, counts []vec) (found []vec) {
		for range counts {
			m := g.YMM()
			g.VPXOR(m, m, m)
			found = append(found, m)
		}
		g.MOVQ(at(args, size), left)
		g.TESTQ(left, left)
		g.JZ(operand.LabelRef(label + "End"))
		g.MOVQ(start, list)
		g.Label(label)
		from, width := g.YMM(), g.YMM()
		g.VMOVDQU(at(list, 0), from)
		g.VMOVDQU(at(list, 32), width)
		g.ADDQ(imm(64), list)
		for i, n := range counts {
			t, u := g.YMM(), g.YMM()
			if k.bytes == 2 {
				g.VPSUBW(from, n, t)
				g.VPMINUW(width, t, u)
				g.VPCMPEQW(t, u, u)
			} else {
				g.VPSUBD(from, n, t)
				g.VPMINUD(width, t, u)
				g.VPCMPEQD(t, u, u)
			}
			g.VPOR(u, found[i], found[i])
		}
		g.DECQ(left)
		g.JNZ(operand.LabelRef(label))
		g.Label(label + "End")
		return g.widePack(k.bytes, found)
	}
	return func(counts []vec) (out [][2]vec) {
		b := within("births", births, wideBirthIntervals, counts)
		s := within("survivals", survivals, wideSurvivalIntervals, counts)
		for i := range b {
			out = append(out, [2]vec{b[i], s[i]})
		}
		return out
	}
}

// widePack makes bytes of masks.
func (g *asm) widePack(bytes int, masks []vec) (out []vec) {
	if bytes == 2 {
		for i := 0; i < len(masks); i += 2 {
			g.VPACKSSWB(masks[i+1], masks[i], masks[i])
			g.VPERMQ(imm(0xd8), masks[i], masks[i])
			out = append(out, masks[i])
		}
		return out
	}
	order := g.YMM()
	g.VMOVDQU(g.bytes("wideOrder", func(i int) int {
		if i%4 > 0 {
			return 0
		}
		return i/8%4 + i/4%2*4
	}), order)
	g.VPACKSSDW(masks[1], masks[0], masks[0])
	g.VPACKSSDW(masks[3], masks[2], masks[2])
	g.VPACKSSWB(masks[2], masks[0], masks[0])
	g.VPERMD(masks[0], order, masks[0])
	return masks[:1]
}

// wideLiveBytes is wideLive for counts of a byte: a table has a byte for each lower half of
// a count, with a bit for each upper half below 8, and another one for the others.
func (g *asm) wideLiveBytes(births, survivals gp) func(counts []vec) [][2]vec {
	bits := [2]vec{g.YMM(), g.YMM()}
	for i := range bits {
		g.VMOVDQU(g.bytes(fmt.Sprintf("wideBits%d", i), func(k int) int {
			if k%16/8 != i {
				return 0
			}
			return 1 << (k % 8)
		}), bits[i])
	}
	var tables [2][2]vec
	for i, base := range []gp{births, survivals} {
		tables[i] = [2]vec{g.YMM(), g.YMM()}
		g.VMOVDQU(at(base, wideLowHalf), tables[i][0])
		g.VMOVDQU(at(base, wideHighHalf), tables[i][1])
	}
	return func(counts []vec) (out [][2]vec) {
		for _, n := range counts {
			high, t, bit := g.YMM(), g.YMM(), [2]vec{g.YMM(), g.YMM()}
			g.VPSRLW(imm(4), n, high)
			g.VPAND(g.each("wideHalf", 15), high, high)
			g.VPAND(g.each("wideHalf", 15), n, n)
			for i := range bit {
				g.VPSHUFB(high, bits[i], bit[i])
			}
			var found [2]vec
			for i, table := range tables {
				found[i] = g.YMM()
				g.VPSHUFB(n, table[0], found[i])
				g.VPAND(bit[0], found[i], found[i])
				g.VPSHUFB(n, table[1], t)
				g.VPAND(bit[1], t, t)
				g.VPOR(t, found[i], found[i])
			}
			out = append(out, found)
		}
		return out
	}
}

// wideNextStates returns the next states of 32 cells, given which are born, and survive, if
// they are in state 0, and in state 1.
func (g *asm) wideNextStates(k wideKind, args gp, s, births, survivals vec) vec {
	isOne, zero, one := g.YMM(), g.YMM(), g.YMM()
	g.VMOVDQU(g.each("wideOnes", 1), one)
	g.VPXOR(zero, zero, zero)
	g.VPCMPEQB(one, s, isOne)
	g.VPBLENDVB(isOne, survivals, births, births)
	g.VPCMPEQB(zero, births, births) // -1 where a cell is not live
	if !k.isMany {
		g.VPANDN(one, births, births)
		return births
	}
	g.VPCMPEQB(zero, s, zero)
	g.VPOR(zero, isOne, isOne)
	g.VPANDN(isOne, births, births)
	g.VPADDB(one, s, s)
	states := g.YMM()
	g.VPBROADCASTB(at(args, wideStates), states)
	g.VPCMPEQB(states, s, states)
	g.VPOR(zero, states, states)
	g.VPANDN(s, states, s)
	g.VPBLENDVB(births, one, s, s)
	return s
}

// wideMark makes lanes of cells: -1 for state 1, else 0.
func (g *asm) wideMark(bytes int) {
	g.Function(fmt.Sprintf("mark%dAVX2", 8*bytes))
	g.Attributes(nosplit)
	g.SignatureExpr("func(sums, seen *byte, cells int)")
	a := g.args("sums", "seen", "cells")
	sums, seen, left := a[0], a[1], a[2]
	ones := g.YMM()
	g.VMOVDQU(g.each("wideOnes", 1), ones)
	g.Label("vector")
	g.VMOVDQU(g.wideMarks(bytes, seen, ones), at(sums, 0))
	g.ADDQ(imm(32), sums)
	g.ADDQ(imm(32/bytes), seen)
	g.SUBQ(imm(32/bytes), left)
	g.JNZ(operand.LabelRef("vector"))
	g.end()
}

// wideCopy copies rows of at least one byte. What there is one of in a row but for a few bytes is
// copied twice, from either end.
func (g *asm) wideCopy() {
	g.Function("copyRowsAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src *byte, dstStride, srcStride, n, rows int)")
	a := g.args("dst", "src", "dstStride", "srcStride", "n", "rows")
	dst, src, dstStride, srcStride, n, rows := a[0], a[1], a[2], a[3], a[4], a[5]
	x, y := g.GP64(), g.GP64()
	last := func(base gp, size int) mem { return mem{Base: base, Index: n, Scale: 1, Disp: -size} }
	next := func(label string) {
		g.ADDQ(dstStride, dst)
		g.ADDQ(srcStride, src)
		g.DECQ(rows)
		g.JNZ(operand.LabelRef(label))
		g.end()
	}
	for _, c := range []struct {
		size int
		name string
	}{{32, "vectors"}, {16, "halves"}, {8, "words"}, {4, "doubles"}} {
		g.CMPQ(n, imm(c.size))
		g.JGE(operand.LabelRef(c.name))
	}
	g.MOVQ(n, y)
	g.SHRQ(imm(1), y)
	g.Label("bytes")
	for _, index := range []func(base gp) mem{
		func(base gp) mem { return at(base, 0) },
		func(base gp) mem { return mem{Base: base, Index: y, Scale: 1} },
		func(base gp) mem { return last(base, 1) },
	} {
		g.MOVB(index(src), x.As8())
		g.MOVB(x.As8(), index(dst))
	}
	next("bytes")

	g.Label("doubles")
	g.MOVL(at(src, 0), x.As32())
	g.MOVL(last(src, 4), y.As32())
	g.MOVL(x.As32(), at(dst, 0))
	g.MOVL(y.As32(), last(dst, 4))
	next("doubles")

	g.Label("words")
	g.MOVQ(at(src, 0), x)
	g.MOVQ(last(src, 8), y)
	g.MOVQ(x, at(dst, 0))
	g.MOVQ(y, last(dst, 8))
	next("words")

	v, w := g.YMM(), g.YMM()
	g.Label("halves")
	g.VMOVDQU(at(src, 0), v.AsX())
	g.VMOVDQU(last(src, 16), w.AsX())
	g.VMOVDQU(v.AsX(), at(dst, 0))
	g.VMOVDQU(w.AsX(), last(dst, 16))
	next("halves")

	g.Label("vectors")
	g.MOVQ(n, y)
	g.SUBQ(imm(32), y)
	g.Label("row")
	g.XORL(x.As32(), x.As32())
	g.VMOVDQU(last(src, 32), w)
	g.JMP(operand.LabelRef("more"))
	g.Label("vector")
	g.VMOVDQU(mem{Base: src, Index: x, Scale: 1}, v)
	g.VMOVDQU(v, mem{Base: dst, Index: x, Scale: 1})
	g.ADDQ(imm(32), x)
	g.Label("more")
	g.CMPQ(x, y)
	g.JLT(operand.LabelRef("vector"))
	g.VMOVDQU(w, last(dst, 32))
	next("row")
}
