package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

// Any rule with 256-bit registers: a byte a cell, in two forms. A row is stored as
// marks, 0xff for a live cell. A column, three cells above each other, is stored for each row as
// a byte: twice their number, the southern cell lowest, less than 16·n, so that half a byte tells
// it. n is the least that keeps the byte above zero after all that was there further north: 1, 2 or 4.
//
// VPSHUFB looks up one of 16 bytes, and does not mind bits 4 to 6: the index is the column of a
// cell, less one if the south-western cell is alive, which is one addition, as a mark is -1.
// There are four tables of 16 bytes, for the cells to the north-west and west, whose marks blend
// what the four say. That is a byte of next states for the eight columns that may stand to the
// east, of which another VPSHUFB picks a bit. A column out of the one to the north and a mark is
// an addition and a doubling; VPSHUFB in its place, after two of these, makes n 1 again.

// rowBytes is the distance of two rows of a leaf. They lie close together: a load one
// byte off finds another row's byte.
const (
	rowShift = 5
	rowBytes = 1 << rowShift
)

// columnLookup holds what the look-up needs in registers.
type columnLookup struct {
	part       [4]vec // tables, from kernel.columnTable
	pick, turn vec
}

// pickColumn has the bit for a column, turnColumn what is left of one when a row is appended.
func (g *asm) pickColumn() mem {
	return g.bytes("pickColumn", func(i int) int { return 1 << (-i & 15 / 2) })
}

func (g *asm) turnColumn() mem {
	return g.bytes("turnColumn", func(i int) int { return (i+7)%8*2 + 2 })
}

func (g *asm) loadColumnLookup() (l columnLookup) {
	for i := range l.part {
		l.part[i] = g.YMM()
	}
	l.pick, l.turn = g.ymm(g.pickColumn()), g.ymm(g.turnColumn())
	return l
}

// loadParts loads the table of a rule.
func (g *asm) loadParts(l columnLookup, table gp) {
	for i := range l.part {
		g.VBROADCASTI128(at(table, 16*i), l.part[i])
	}
}

// southward appends marks to the columns in c, and stores them for the row before, which is
// now the middle one. Every third row at least must clean the columns; the others do not, as
// shuffles are what a look-up has most of. turn is what is left of a column, in a register or not.
func (g *asm) southward(turn operand.Op, c, marks vec, cleans bool, to mem) {
	g.VPADDB(marks, c, c)
	if cleans {
		t, ok := turn.(vec)
		if !ok {
			t = g.ymm(turn)
		}
		g.VPSHUFB(c, t, c)
	} else {
		g.VPADDB(c, c, c)
	}
	g.VMOVDQA(c, to)
}

// marksOf turns the bits that spread brings into every byte into marks; bit has bit i%8
// in byte i.
func (g *asm) marksOf(row vec, spread, bit operand.Op) vec {
	r := g.YMM()
	g.VPSHUFB(spread, row, r)
	g.VPAND(bit, r, r)
	g.VPCMPEQB(bit, r, r)
	return r
}

func (g *asm) bits() mem { return g.bytes("bits", func(i int) int { return 1 << (i % 8) }) }

// beside are the marks to the north-west and west of 32 cells, and a register for those to
// the south-west. They are kept from row to row: a load that straddles two cache lines costs
// as much as two.
type beside struct{ nw, w, sw vec }

func (g *asm) loadBeside(marks mem, stride int) beside {
	return beside{g.ymm(marks.Offset(-stride - 1)), g.ymm(marks.Offset(-1)), g.YMM()}
}

// next is what is beside the next row.
func (b beside) next() beside { return beside{b.w, b.sw, b.nw} }

// look returns the marks of the next generation of 32 cells, given the columns around
// them and the marks to their west, of which it loads those of the next row, some bytes
// away.
func (g *asm) look(l columnLookup, columns, marks mem, stride int, b beside) vec {
	g.VMOVDQU(marks.Offset(stride-1), b.sw)
	return g.lookUp(l, columns, columns.Offset(1), b)
}

// lookUp is look for columns, those to their east, and marks that have been loaded.
func (g *asm) lookUp(l columnLookup, columns, east operand.Op, b beside) vec {
	index := g.YMM()
	g.VPADDB(columns, b.sw, index)
	table := func(i int) vec {
		r := g.YMM()
		g.VPSHUFB(index, l.part[i], r)
		return r
	}
	blend := func(a, b, marks vec) vec {
		g.VPBLENDVB(marks, b, a, a)
		return a
	}
	north := blend(table(0), table(1), b.w)
	v := blend(north, blend(table(2), table(3), b.w), b.nw)
	bit := g.YMM()
	g.VPSHUFB(east, l.pick, bit)
	g.VPAND(bit, v, v)
	g.VPCMPEQB(bit, v, v)
	return v
}

// spreading makes marks and columns of the rows of the square, eight at a time.
type spreading struct {
	marks      int    // how far behind columns marks are
	index      [8]mem // which byte of half a leaf has the cells
	west, east gp     // halves of leaves
	then       [2]gp  // the leaves that follow
	left       gp     // halves
	rows, c    vec    // cells; the columns of the row before
}

func (g *asm) spreading(marks int, l columnLookup) spreading {
	s := spreading{
		marks: marks, west: g.arg("nw"), east: g.arg("ne"), then: [2]gp{g.arg("sw"), g.arg("se")},
		left: g.GP64(), rows: g.YMM(), c: g.ymm(l.turn), // any columns
	}
	for k := range s.index {
		two := g.bytes(fmt.Sprintf("spread%d", k/2), func(i int) int { return i/8%2 + 2*(k&^1+i/32) })
		s.index[k] = two.Offset(k % 2 * 32)
	}
	g.MOVQ(operand.U32(4), s.left)
	return s
}

// nextEight reads eight rows and moves on to those that follow.
func (g *asm) nextEight(s spreading) {
	g.VBROADCASTI128(at(s.west, 0), s.rows)
	g.VINSERTI128(imm(1), at(s.east, 0), s.rows, s.rows)
	g.ADDQ(imm(16), s.west)
	g.ADDQ(imm(16), s.east)
	g.CMPQ(s.left, imm(3))
	g.CMOVQEQ(s.then[0], s.west)
	g.CMOVQEQ(s.then[1], s.east)
}

// spreadRow stores row k of eight.
func (g *asm) spreadRow(s spreading, l columnLookup, k int, to mem) {
	r := g.marksOf(s.rows, s.index[k], g.bits())
	g.VMOVDQA(r, to.Offset(s.marks))
	g.southward(l.turn, s.c, r, k%3 == 2 || k == 7, to.Offset(-rowBytes))
}

// lookTwo steps the two rows at p in place and moves on. What is beside the next is in the
// registers where it was beside these.
func (g *asm) lookTwo(l columnLookup, p gp, marks int, b beside, c vec) {
	from := b
	for i := range 2 {
		v := g.look(l, at(p, rowBytes*i), at(p, marks+rowBytes*i), rowBytes, b)
		g.VMOVDQA(v, at(p, marks+rowBytes*i))
		g.southward(l.turn, c, v, i == 1, at(p, rowBytes*(i-1)))
		b = b.next()
	}
	g.VMOVDQA(b.w, from.w)
	g.VMOVDQA(b.nw, from.nw)
}

// lookLast steps the centre of the square at x: two rows of 16 are a register, which goes to out
// as bits.
func (g *asm) lookLast(l columnLookup, x gp, marks int) {
	two := func(m mem) vec {
		r := g.YMM()
		g.VBROADCASTI128(m, r)
		g.VINSERTI128(imm(1), m.Offset(rowBytes), r, r)
		return r
	}
	out, left, bits := g.arg("out"), g.GP64(), g.GP32()
	g.ADDQ(operand.I32(8*rowBytes), x)
	g.MOVQ(operand.U32(8), left)
	nw := two(at(x, marks-rowBytes+7))
	g.Label("last")
	b := beside{nw: nw, w: two(at(x, marks+7)), sw: two(at(x, marks+rowBytes+7))}
	v := g.lookUp(l, two(at(x, 8)), two(at(x, 9)), b)
	g.VMOVDQA(b.sw, nw)
	g.VPMOVMSKB(v, bits)
	g.MOVL(bits, at(out, 0))
	g.ADDQ(operand.I32(2*rowBytes), x)
	g.ADDQ(imm(4), out)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("last"))
}

// leafLookup256 writes Step32. Making marks and columns is bound by stores, looking up is not:
// the first generation looks up eight rows while the next eight are made. It steps all rows that
// have neighbours; later ones those that matter.
func (g *asm) leafLookup256() {
	g.Function("step32LookupAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b *uint8)")
	const marks = 34 * rowBytes
	room := g.slots(2*marks/32 + 1).base
	x, p := g.GP64(), g.GP64()
	g.LEAQ(at(room, rowBytes), x)
	g.MOVQ(x, p)
	l := g.loadColumnLookup()
	gens, table, other := g.arg("gens"), g.arg("a"), g.arg("b")
	g.loadParts(l, table)
	s := g.spreading(marks, l)
	g.Label("make")
	g.nextEight(s)
	for k := range 8 {
		g.spreadRow(s, l, k, at(p, rowBytes*k))
	}
	g.DECQ(s.left)
	g.JZ(operand.LabelRef("end"))
	g.ADDQ(operand.I32(8*rowBytes), p)
	g.CMPQ(s.left, imm(3))
	g.JE(operand.LabelRef("make"))
	g.CMPQ(gens, imm(1))
	g.JE(operand.LabelRef("make"))

	g.LEAQ(at(x, rowBytes), p)
	c := g.ymm(l.turn) // any columns
	b := g.loadBeside(at(p, marks), rowBytes)
	g.Label("both")
	g.nextEight(s)
	for k := 0; k < 8; k += 2 {
		for i := range 2 {
			g.spreadRow(s, l, k+i, at(p, (15+i)*rowBytes))
		}
		g.lookTwo(l, p, marks, b, c)
		g.ADDQ(operand.I32(2*rowBytes), p)
	}
	g.DECQ(s.left)
	g.JNZ(operand.LabelRef("both"))

	n, left, first := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(operand.U32(7), left)
	g.LEAQ(at(gens, 7), n) // 16+2r rows are stepped, two at a time
	g.MOVQ(gens, first)    // from row 8-r, when r = gens-1 generations follow
	g.NEGQ(first)
	g.ADDQ(imm(9), first)
	g.SHLQ(imm(rowShift), first)
	g.ADDQ(x, first)
	g.JMP(operand.LabelRef("rows"))
	g.Label("generation")
	g.loadParts(l, table)
	g.MOVQ(first, p)
	g.MOVQ(n, left)
	g.VMOVDQU(at(p, marks-rowBytes-1), b.nw)
	g.VMOVDQU(at(p, marks-1), b.w)
	g.Label("rows")
	g.lookTwo(l, p, marks, b, c)
	g.ADDQ(operand.I32(2*rowBytes), p)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("rows"))
	g.XCHGQ(table, other)
	g.ADDQ(operand.I32(rowBytes), first)
	g.DECQ(n)
	g.DECQ(gens)
	g.CMPQ(gens, imm(1))
	g.JNE(operand.LabelRef("generation"))
	g.loadParts(l, table)
	g.Label("end")
	g.lookLast(l, x, marks)
	g.end()
}
