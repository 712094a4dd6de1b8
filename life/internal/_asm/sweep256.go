package main

import (
	"github.com/mmcloughlin/avo/operand"
)

// Sweeps: whole rows of interleaved cells, several generations in one pass, in
// place (kernel.Sweep says how). Neighbours to the west and east are in the vectors
// before and after, so that a row needs no shifts but in its two halos.

// Offsets in kernel.sweepArgs.
const (
	argRow, argStride, argWidth, argLag      = 0, 8, 16, 24
	argLevels, argSteps, argPadAt, argLastAt = 32, 40, 48, 56
	argPad, argFirst, argFirstShift          = 64, 96, 128
	argLast, argLastShift, argAround         = 160, 192, 224
	argMask, argMaskStride, argMaskLag       = 256, 264, 272
	argRules, argRulesStep                   = 280, 288
)

// wideMasks is where the masks of a kernel.level are; the decision comes first.
const wideMasks = 32

// sweepKind is a class of rules: how neighbours are added up, and which way the sweep
// goes if that matters.
type sweepKind struct {
	name     string
	sums     sumsKind
	isUp     bool
	isMasked bool // rows go through masks
}

// sumsKind says which neighbours count.
type sumsKind int

const (
	sumsLife sumsKind = iota // all, and the rule is Life
	sumsMoore
	sumsSubset
	sumsHexagonal
	sumsVonNeumann
)

// sweeps lists the routines of sweep_amd64.s.
func sweeps() (kinds []sweepKind) {
	for _, k := range []sweepKind{
		{name: "Life"}, {name: "Total", sums: sumsMoore}, {name: "VonNeumann", sums: sumsVonNeumann},
		{name: "Hexagonal", sums: sumsHexagonal}, {name: "HexagonalUp", sums: sumsHexagonal, isUp: true},
		{name: "Subset", sums: sumsSubset}, {name: "SubsetUp", sums: sumsSubset, isUp: true},
	} {
		kinds = append(kinds, k)
		k.name, k.isMasked = k.name+"Masked", true
		kinds = append(kinds, k)
	}
	return kinds
}

// column is the sum of three cells above each other, s + 2k.
type column struct{ s, k vec }

// sweeper writes one sweep.
type sweeper struct {
	*asm
	kind         sweepKind
	a, b, c, at  gp
	left, middle column // the columns carried from vector to vector
	right, next  column
	half         [4]vec // of the two columns in the middle: sums and carries of both bits
	t            [3]vec
	mask         vec
	maskRow      gp // where it is, when there are no registers for it
}

func (w *sweeper) place(row gp, offset int) mem {
	return mem{Base: row, Index: w.at, Scale: 1, Disp: offset}
}

// sum adds up a column.
func (w *sweeper) sum(to column, offset int) {
	x, y, z := w.t[0], w.t[1], w.t[2]
	w.VMOVDQU(w.place(w.b, offset), x)
	w.VMOVDQU(w.place(w.a, offset), y)
	w.VPXOR(w.place(w.c, offset), x, z)
	w.VPAND(w.place(w.c, offset), x, x)
	w.VPXOR(y, z, to.s)
	w.VPAND(y, z, y)
	w.VPOR(y, x, to.k)
}

// halves adds up two neighbouring columns, which two outputs have in common.
func (w *sweeper) halves(m, r column) {
	h := w.half
	w.VPXOR(m.s, r.s, h[0])
	w.VPAND(m.s, r.s, h[1])
	w.VPXOR(m.k, r.k, h[2])
	w.VPAND(m.k, r.k, h[3])
}

// out steps the vector at offset, given the third column; it overwrites it.
func (w *sweeper) out(third column, offset int) {
	t0, u0 := w.t[0], w.t[1]
	c1, u1 := third.s, third.k
	w.VPXOR(w.half[0], third.s, t0)
	w.VPAND(w.half[0], third.s, c1)
	w.VPXOR(w.half[2], third.k, u0)
	w.VPAND(w.half[2], third.k, u1)
	w.VPOR(w.half[1], c1, c1)
	w.VPOR(w.half[3], u1, u1)
	w.decide(count{t0, c1, u0, u1}, offset)
}

// decide stores the next state of the cells at offset. It overwrites n.
func (w *sweeper) decide(n count, offset int) {
	z := w.t[2]
	w.VPXOR(n.c1, n.u0, z)
	w.VPOR(n.c1, n.u0, n.c1)
	w.VPXOR(z, n.t0, z)
	w.VPOR(w.place(w.b, offset), n.t0, n.t0)
	w.VPXOR(n.c1, n.u1, n.c1)
	w.VPANDN(n.t0, z, z)
	w.VPAND(z, n.c1, z)
	if w.kind.isMasked {
		w.VPAND(w.mask, z, z)
	}
	w.VMOVDQU(z, w.place(w.a, offset))
}

// two steps two vectors from offset on. The columns from there on are l, m and,
// still to be added up, r and s.
func (w *sweeper) two(l, m, r, s column, offset int) {
	w.sum(r, offset+32)
	w.halves(m, r)
	w.out(l, offset)
	w.sum(s, offset+64)
	x := column{l.s, l.k} // free by now
	w.third(s, x, offset+32)
}

// third is out for a column that is needed afterwards.
func (w *sweeper) third(s, scratch column, offset int) {
	t0, u0 := w.t[0], w.t[1]
	c1, u1 := scratch.s, scratch.k
	w.VPXOR(w.half[0], s.s, t0)
	w.VPAND(w.half[0], s.s, c1)
	w.VPXOR(w.half[2], s.k, u0)
	w.VPAND(w.half[2], s.k, u1)
	w.VPOR(w.half[1], c1, c1)
	w.VPOR(w.half[3], u1, u1)
	w.decide(count{t0, c1, u0, u1}, offset)
}

// one steps one vector and leaves the columns in m and r.
func (w *sweeper) one(l, m, r column, offset int) {
	w.sum(r, offset+32)
	w.halves(m, r)
	w.out(l, offset)
}

func (g *asm) sweep256(k sweepKind) {
	g.Function("sweep" + k.name + "AVX2")
	g.SignatureExpr("func(a *uint64)")
	w := &sweeper{asm: g, kind: k}
	args := g.arg("a")
	w.t[0], w.t[1] = g.YMM(), g.YMM()
	if k.sums == sumsLife {
		for _, c := range []*column{&w.left, &w.middle, &w.right, &w.next} {
			c.s, c.k = g.YMM(), g.YMM()
		}
		for i := range w.half {
			w.half[i] = g.YMM()
		}
		w.t[2] = g.YMM()
	} else {
		g.roomForSums()
	}
	if k.isMasked {
		w.mask, w.maskRow = g.YMM(), g.GP64()
	}
	w.loops(args)
	g.end()
}

// loops goes through steps, levels and rows. The arguments that change do so in
// memory: registers are scarce.
func (w *sweeper) loops(args gp) {
	stride, width, level := w.GP64(), w.GP64(), w.GP64()
	mask := gp(nil)
	if w.kind.isMasked {
		mask = w.GP64()
	}
	w.MOVQ(at(args, argStride), stride)
	w.MOVQ(at(args, argWidth), width)
	w.a, w.b, w.c, w.at = w.GP64(), w.GP64(), w.GP64(), w.GP64()
	w.Label("step")
	w.MOVQ(at(args, argRow), w.a)
	w.MOVQ(at(args, argLevels), level)
	if w.kind.isMasked {
		w.MOVQ(at(args, argMask), mask)
	}
	if w.kind.sums != sumsLife {
		w.MOVQ(at(args, argRules), ofRule)
	}
	w.Label("level")
	w.LEAQ(mem{Base: w.a, Index: stride, Scale: 1}, w.b)
	w.LEAQ(mem{Base: w.a, Index: stride, Scale: 2}, w.c)
	if w.kind.isMasked {
		if w.kind.sums == sumsLife {
			w.VMOVDQU(at(mask, 0), w.mask)
		} else {
			w.MOVQ(mask, w.maskRow)
		}
		w.SUBQ(at(args, argMaskLag), mask)
	}
	w.row(width)
	w.edges(args, width)
	if w.kind.sums != sumsLife {
		w.ADDQ(at(args, argRulesStep), ofRule)
	}
	w.SUBQ(at(args, argLag), w.a)
	w.DECQ(level)
	w.JNZ(operand.LabelRef("level"))
	w.ADDQ(stride, at(args, argRow))
	if w.kind.isMasked {
		w.MOVQ(at(args, argMaskStride), mask)
		w.ADDQ(mask, at(args, argMask))
	}
	w.DECQ(at(args, argSteps))
	w.JNZ(operand.LabelRef("step"))
}

// row steps one row: by fours, then what is left.
func (w *sweeper) row(width gp) {
	if w.kind.sums != sumsLife {
		w.totalRow(width)
		return
	}
	l, m, r, s := w.left, w.middle, w.right, w.next
	left := w.GP64()
	w.XORQ(w.at, w.at)
	w.sum(l, 0)
	w.sum(m, 32)
	w.MOVQ(width, left)
	w.SUBQ(operand.U32(128), left)
	w.JLT(operand.LabelRef("rest"))
	w.Label("four")
	w.two(l, m, r, s, 32)
	w.two(r, s, l, m, 96)
	w.ADDQ(operand.U32(128), w.at)
	w.SUBQ(operand.U32(128), left)
	w.JGE(operand.LabelRef("four"))
	w.Label("rest")
	w.TESTQ(operand.U32(64), left)
	w.JZ(operand.LabelRef("noPair"))
	w.two(l, m, r, s, 32)
	w.ADDQ(operand.U32(64), w.at)
	w.TESTQ(operand.U32(32), left)
	w.JZ(operand.LabelRef("done"))
	w.one(r, s, l, 32)
	w.JMP(operand.LabelRef("done"))
	w.Label("noPair")
	w.TESTQ(operand.U32(32), left)
	w.JZ(operand.LabelRef("done"))
	w.one(l, m, r, 32)
	w.Label("done")
}

// close256 closes rows.
func (g *asm) close256() {
	g.Function("closeAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(a *uint64)")
	args := g.arg("a")
	w := &sweeper{asm: g, a: g.GP64(), at: g.GP64()}
	w.t[0], w.t[1] = g.YMM(), g.YMM()
	width := g.GP64()
	g.MOVQ(at(args, argRow), w.a)
	g.MOVQ(at(args, argWidth), width)
	g.Label("close")
	w.edges(args, width)
	g.ADDQ(at(args, argStride), w.a)
	g.DECQ(at(args, argSteps))
	g.JNZ(operand.LabelRef("close"))
	g.end()
}

// edges is kernel.Edge.close.
func (w *sweeper) edges(args, width gp) {
	x, y := w.t[0], w.t[1]
	end := func(offset int) mem { return mem{Base: w.a, Index: width, Scale: 1, Disp: offset} }
	w.MOVQ(at(args, argPadAt), w.at)
	w.VMOVDQU(at(w.a, 32), x)
	w.VPAND(at(args, argFirst), x, x)
	w.VPSLLVQ(at(args, argFirstShift), x, x)
	w.VMOVDQU(w.place(w.a, 0), y)
	w.VPAND(at(args, argPad), y, y)
	w.VPOR(x, y, y)
	w.VMOVDQU(y, w.place(w.a, 0))
	w.MOVQ(at(args, argLastAt), w.at)
	w.VMOVDQU(w.place(w.a, 0), x)
	w.VPSRLVQ(at(args, argLastShift), x, x)
	w.VPAND(at(args, argLast), x, x)
	w.VMOVDQU(end(0), y)
	w.VPSLLQ(imm(1), y, y)
	w.VPOR(x, y, y)
	w.VMOVDQU(y, at(w.a, 0))
	w.VMOVDQU(at(w.a, 32), x)
	w.VPSLLQ(imm(63), x, y)
	w.VPSRLQ(imm(1), x, x)
	w.VPAND(at(args, argAround), y, y)
	w.VPOR(x, y, y)
	w.VMOVDQU(y, end(32))
}
