package main

import "github.com/mmcloughlin/avo/operand"

// lookStride is columns.Stride.
const lookStride = 72

// Offsets in rule.Column, which is 8 bytes long, and the length of a table of codes.
const columnMiddle, columnEast, codeBytes = 32, 48, 4 * 256

// columnsLook is columns.Look. What is not found yet of a cell waits in registers for the columns to its
// east.
func (g *asm) columnsLook() {
	g.Function("lookAsm")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, north *uint8, eights int, codes *uint32, numbers *byte, middle *uint32, out *uint8) (live, changed uint64)")
	dst, north, codes := g.arg("dst"), g.arg("north"), g.arg("codes")
	numbers, middle, out := g.arg("numbers"), g.arg("middle"), g.arg("out")
	column, cell := g.GP64(), g.GP64()
	load := func(x int) { // column becomes what that at x is
		g.MOVBLZX(at(north, x), cell.As32())
		g.MOVL(mem{Base: codes, Index: cell, Scale: 4}, column.As32())
		for row := 1; row < 3; row++ {
			g.MOVBLZX(at(north, x+row*lookStride), cell.As32())
			g.ADDL(mem{Base: codes, Index: cell, Scale: 4, Disp: row * codeBytes}, column.As32())
		}
		g.MOVQ(at8(numbers, column, 0), column)
	}
	// place is where in middle the column to the west and that of the cell meet, next the same
	// for the cell to the east, as far as it is known.
	place, next, states := g.GP64(), g.GP64(), g.GP64()
	load(0)
	g.MOVL(column.As32(), place.As32())
	load(1)
	g.MOVL(column.As32(), next.As32())
	g.SHRQ(operand.Imm(columnMiddle), column)
	g.MOVWLZX(column.As16(), column.As32())
	g.ADDL(column.As32(), place.As32())
	zero, live, changed := g.XMM(), g.GP64(), g.GP64()
	g.PXOR(zero, zero)
	g.Label("eight")
	for x := range 8 {
		load(x + 2)
		g.MOVL(mem{Base: middle, Index: place, Scale: 4}, place.As32())
		east := g.GP64()
		g.MOVQ(column, east)
		g.SHRQ(operand.Imm(columnEast), east)
		g.ADDL(place.As32(), east.As32())
		g.MOVBLZX(mem{Base: out, Index: east, Scale: 1}, east.As32())
		if x == 0 {
			g.MOVQ(east, states)
		} else {
			g.SHLQ(operand.Imm(uint64(8*x)), east)
			g.ORQ(east, states)
		}
		g.MOVQ(next, place)
		g.MOVL(column.As32(), next.As32())
		g.SHRQ(operand.Imm(columnMiddle), column)
		g.MOVWLZX(column.As16(), column.As32())
		g.ADDL(column.As32(), place.As32())
	}
	g.MOVQ(states, at(dst, 0))
	// Bytes that are equal come first into the upper eight bits, and move down with each eight.
	now, before := g.XMM(), g.XMM()
	g.MOVQ(states, now)
	g.MOVQ(at(north, lookStride+1), before)
	g.PCMPEQB(now, before)
	g.PCMPEQB(zero, now)
	for _, e := range []struct {
		are vec
		all gp
	}{{now, live}, {before, changed}} {
		some := g.GP64()
		g.PMOVMSKB(e.are, some.As32())
		g.SHLQ(operand.Imm(56), some)
		g.SHRQ(operand.Imm(8), e.all)
		g.ORQ(some, e.all)
	}
	g.ADDQ(operand.Imm(8), dst)
	g.ADDQ(operand.Imm(8), north)
	g.DECQ(g.param("eights"))
	g.JNZ(operand.LabelRef("eight"))
	g.NOTQ(live)
	g.NOTQ(changed)
	g.Store(live, g.ReturnIndex(0))
	g.Store(changed, g.ReturnIndex(1))
	g.RET()
}
