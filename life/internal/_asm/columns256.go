package main

import "github.com/mmcloughlin/avo/operand"

const (
	// A kernel.Column takes 16 bytes: the number of a word and that of a bit.
	columnBytes = 16
	// The most columns, which is what most sweeps need: these are unrolled.
	maxColumns = 8
)

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
			old, x := g.ymm(cells), g.YMM()
			g.VPSRLQ(bit, old, x)
			g.VPXOR(all, x, x)
			g.VPAND(one, x, x)
			g.VPSLLQ(bit, x, x)
			g.VPXOR(old, x, x)
			g.VMOVDQU(x, cells)
			g.VPSRLQ(imm(1), all, all)
		})
	})
}

// rowOfColumns is what is done with a row: each calls body for its columns.
type rowOfColumns func(one vec, each func(body func(cells mem, bit operand.Op)))

// columns256 goes through rows, and through the columns of each in either order.
func (g *asm) columns256(name string, words, rows, stride gp, isBackward bool, row rowOfColumns) {
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
	eachRow := func(name string, each func(body func(cells mem, bit operand.Op))) {
		g.Label(name)
		row(one, each)
		g.ADDQ(stride, words)
		g.ADDQ(stride, ahead)
		g.DECQ(rows)
		g.JNZ(operand.LabelRef(name))
		g.end()
	}
	g.CMPQ(n, imm(maxColumns))
	g.JE(operand.LabelRef(name + "All"))
	eachRow(name+"Row", func(body func(cells mem, bit operand.Op)) {
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
	g.Label(name + "All")
	var word [maxColumns]gp
	var bit [maxColumns]vec
	for k := range maxColumns {
		word[k], bit[k] = g.GP64(), g.XMM()
		g.MOVQ(at(table, columnBytes*k), word[k])
		g.VMOVQ(at(table, columnBytes*k+8), bit[k])
	}
	eachRow(name+"AllRow", func(body func(cells mem, bit operand.Op)) {
		for i := range maxColumns {
			k := i
			if isBackward {
				k = maxColumns - 1 - i
			}
			body(mem{Base: words, Index: word[k], Scale: 8}, bit[k])
			g.PREFETCHT0(mem{Base: ahead, Index: word[k], Scale: 8})
		}
	})
}
