package main

import "github.com/mmcloughlin/avo/operand"

// A kernel.Column takes 16 bytes: the number of a word and that of a bit.
const columnBytes = 16

// pickColumns256 is kernel.PickColumns: the columns are gone through from the last
// one, so that each moves up those before.
func (g *asm) pickColumns256() {
	g.Function("pickColumnsAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, words *uint64, rows, stride int, at *uint64, n int)")
	dst, words, rows, stride := g.arg("dst"), g.arg("words"), g.arg("rows"), g.arg("stride")
	g.columns256("pick", words, rows, stride, true, func(one vec, each func(func(cells mem, bit operand.Op))) {
		all := g.YMM()
		g.VPXOR(all, all, all)
		each(func(cells mem, bit operand.Op) {
			x := g.ymm(cells)
			g.VPSRLQ(bit, x, x)
			g.VPAND(one, x, x)
			g.VPADDQ(all, all, all)
			g.VPOR(x, all, all)
		})
		g.VMOVDQU(all, at(dst, 0))
		g.ADDQ(imm(32), dst)
	})
}

// putColumns256 is kernel.PutColumns.
func (g *asm) putColumns256() {
	g.Function("putColumnsAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(words, src *uint64, rows, stride int, at *uint64, n int)")
	words, src, rows, stride := g.arg("words"), g.arg("src"), g.arg("rows"), g.arg("stride")
	g.columns256("put", words, rows, stride, false, func(one vec, each func(func(cells mem, bit operand.Op))) {
		all := g.ymm(at(src, 0))
		g.ADDQ(imm(32), src)
		each(func(cells mem, bit operand.Op) {
			x, y := g.and(all, one), g.YMM()
			g.VPSLLQ(bit, one, y)
			g.VPSLLQ(bit, x, x)
			g.VPANDN(cells, y, y)
			g.VPOR(x, y, y)
			g.VMOVDQU(y, cells)
			g.VPSRLQ(imm(1), all, all)
		})
	})
}

// columns256 goes through rows, and through the columns of each in either order.
func (g *asm) columns256(name string, words, rows, stride gp, isBackward bool, row func(one vec, each func(func(cells mem, bit operand.Op)))) {
	table, n := g.arg("at"), g.arg("n")
	one := g.YMM()
	t := g.GP64()
	g.MOVQ(operand.U32(1), t)
	g.VMOVQ(t, one.AsX())
	g.VPBROADCASTQ(one.AsX(), one)
	// Rows are too far apart for the processor to ask for the next ones by itself.
	ahead := g.GP64()
	g.MOVQ(stride, ahead)
	g.SHLQ(imm(3), ahead)
	g.ADDQ(words, ahead)
	g.Label(name + "Row")
	row(one, func(body func(cells mem, bit operand.Op)) {
		left, column, word := g.GP64(), g.GP64(), g.GP64()
		g.MOVQ(n, left)
		if isBackward {
			g.MOVQ(n, word)
			g.SHLQ(imm(4), word)
			g.LEAQ(mem{Base: table, Index: word, Scale: 1, Disp: -columnBytes}, column)
		} else {
			g.MOVQ(table, column)
		}
		g.Label(name + "Column")
		g.MOVQ(at(column, 0), word)
		bit := g.XMM()
		g.VMOVQ(at(column, 8), bit)
		body(mem{Base: words, Index: word, Scale: 8}, bit)
		g.PREFETCHT0(mem{Base: ahead, Index: word, Scale: 8})
		if isBackward {
			g.SUBQ(imm(columnBytes), column)
		} else {
			g.ADDQ(imm(columnBytes), column)
		}
		g.DECQ(left)
		g.JNZ(operand.LabelRef(name + "Column"))
	})
	g.ADDQ(stride, words)
	g.ADDQ(stride, ahead)
	g.DECQ(rows)
	g.JNZ(operand.LabelRef(name + "Row"))
	g.end()
}
