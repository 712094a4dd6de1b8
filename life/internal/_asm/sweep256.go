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
	argAheadStep                             = 296
)

// wideMasks is where the masks of a kernel.level are; the decision comes first.
const wideMasks = 32

// sweepKind is a class of rules: how neighbours are added up, and which way the sweep
// goes if that matters.
type sweepKind struct {
	name     string
	sums     sumsKind
	isUp     bool
	letters  bool // an isotropic rule, which does not tell north from south
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
		{name: "Letters", sums: sumsMoore, letters: true},
	} {
		kinds = append(kinds, k)
		k.name, k.isMasked = k.name+"Masked", true
		kinds = append(kinds, k)
	}
	return kinds
}

// column is what Life needs of three cells above each other: ones + 2·twos of them, and
// x + 2y, the two without the one in the middle.
type column struct{ ones, twos, x, y vec }

// sweeper writes one sweep.
type sweeper struct {
	*asm
	kind        sweepKind
	a, b, c, at gp
	columns     [3]column // the last ones, in turn
	t           [4]vec
	maskRow     gp // where the mask of a row is
	// ahead is a place in the row that the first level reads next. All levels go over a part of
	// it, so that memory is not asked for all of it at once.
	ahead, aheadStep gp
}

func (w *sweeper) place(row gp, offset int) mem {
	return mem{Base: row, Index: w.at, Scale: 1, Disp: offset}
}

// sum adds up a column.
func (w *sweeper) sum(to column, offset int) {
	w.VMOVDQU(w.place(w.a, offset), to.y)
	w.VPXOR(w.place(w.c, offset), to.y, to.x)
	w.VPAND(w.place(w.c, offset), to.y, to.y)
	w.VPXOR(w.place(w.b, offset), to.x, to.ones)
	w.VPAND(w.place(w.b, offset), to.x, to.twos)
	w.VPOR(to.y, to.twos, to.twos)
}

// life steps the vector at offset, whose column is at number i%3 of those carried, and
// the one before at i-1. It is asm.nextLife256 with columns that are shared.
func (w *sweeper) life(i, offset int) {
	west, c, east := w.columns[(i+2)%3], w.columns[i%3], w.columns[(i+1)%3]
	w.sum(east, offset+32)
	ones, twos, odd, two := w.t[0], w.t[1], w.t[2], w.t[3]
	w.VPXOR(west.ones, east.ones, ones)
	w.VPAND(west.ones, east.ones, twos)
	w.VPXOR(west.twos, east.twos, odd)
	w.VPAND(west.twos, east.twos, two)
	// The western column is not needed any more.
	w.VPAND(ones, c.x, west.ones)
	w.VPXOR(ones, c.x, ones)
	w.VPOR(west.ones, twos, twos)
	w.VPXOR(c.y, odd, odd)
	w.VPAND(c.y, twos, west.twos)
	w.VPXOR(twos, odd, odd)
	w.VPOR(west.twos, two, two)
	w.VPOR(w.place(w.b, offset), ones, ones)
	w.VPANDN(odd, two, odd)
	w.VPAND(ones, odd, odd)
	if w.kind.isMasked {
		w.VPAND(at(w.maskRow, 0), odd, odd)
	}
	w.VMOVDQU(odd, w.place(w.a, offset))
}

func (g *asm) sweep256(k sweepKind) {
	g.Function("sweep" + k.name + "AVX2")
	g.SignatureExpr("func(a *uint64)")
	w := &sweeper{asm: g, kind: k}
	args := g.arg("a")
	for i := range w.t {
		w.t[i] = g.YMM()
	}
	if k.sums == sumsLife {
		for i := range w.columns {
			w.columns[i] = column{g.YMM(), g.YMM(), g.YMM(), g.YMM()}
		}
	} else if k.letters {
		g.roomForLetters()
	} else {
		g.roomForSums()
	}
	if k.isMasked {
		w.maskRow = g.GP64()
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
	if w.kind.sums == sumsLife {
		w.ahead, w.aheadStep = w.GP64(), w.GP64()
		w.MOVQ(at(args, argAheadStep), w.aheadStep)
	}
	w.Label("step")
	w.MOVQ(at(args, argRow), w.a)
	w.MOVQ(at(args, argLevels), level)
	if w.kind.sums == sumsLife {
		w.LEAQ(mem{Base: w.a, Index: stride, Scale: 2}, w.ahead)
		w.ADDQ(stride, w.ahead)
	}
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
		w.MOVQ(mask, w.maskRow)
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

// row steps one row: by threes, then what is left.
func (w *sweeper) row(width gp) {
	if w.kind.sums != sumsLife {
		w.totalRow(width)
		return
	}
	left := w.GP64()
	w.XORQ(w.at, w.at)
	w.sum(w.columns[0], 0)
	w.sum(w.columns[1], 32)
	w.MOVQ(width, left)
	w.SUBQ(operand.U32(96), left)
	w.JLT(operand.LabelRef("rest"))
	w.Label("three")
	w.PREFETCHT1(at(w.ahead, 0))
	for i := range 3 {
		w.life(1+i, 32+32*i)
	}
	w.ADDQ(w.aheadStep, w.ahead)
	w.ADDQ(operand.U32(96), w.at)
	w.SUBQ(operand.U32(96), left)
	w.JGE(operand.LabelRef("three"))
	w.Label("rest")
	w.ADDQ(operand.U32(96), left)
	w.JZ(operand.LabelRef("done"))
	w.life(1, 32)
	w.SUBQ(operand.U32(32), left)
	w.JZ(operand.LabelRef("done"))
	w.life(2, 64)
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

// edges is kernel.Edge.close. In rows that fill their vectors there is no column behind the
// last, which is in the last vector.
func (w *sweeper) edges(args, width gp) {
	x, y := w.t[0], w.t[1]
	end := func(offset int) mem { return mem{Base: w.a, Index: width, Scale: 1, Disp: offset} }
	west := func() { // x has the last column
		w.VPAND(at(args, argLast), x, x)
		w.VMOVDQU(end(0), y)
		w.VPSLLQ(imm(1), y, y)
		w.VPOR(x, y, y)
		w.VMOVDQU(y, at(w.a, 0))
	}
	w.MOVQ(at(args, argPadAt), w.at)
	w.TESTQ(w.at, w.at)
	w.JZ(operand.LabelRef("full"))
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
	west()
	w.VPSRLQ(imm(1), w.ymm(at(w.a, 32)), x)
	w.VMOVDQU(x, end(32))
	w.JMP(operand.LabelRef("closed"))
	w.Label("full")
	w.VPSRLQ(imm(63), w.ymm(end(0)), x)
	west()
	w.VMOVDQU(at(w.a, 32), x)
	w.VPSLLQ(imm(63), x, y)
	w.VPSRLQ(imm(1), x, x)
	w.VPAND(at(args, argAround), y, y)
	w.VPOR(x, y, y)
	w.VMOVDQU(y, end(32))
	w.Label("closed")
}
