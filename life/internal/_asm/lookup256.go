package main

import "github.com/mmcloughlin/avo/operand"

// Any rule with 256-bit registers: a byte a cell, in two forms. A row is stored as
// marks, 0xff for a live cell. A column, three cells above each other, is stored for each
// row as bits 1 to 3 of a byte, the southern cell lowest; bit 0 is set.
//
// VPSHUFB looks up one of 16 bytes: the index is the column of a cell without bit 0 if the
// south-western cell is alive, which is one addition, as a mark is -1. There are four
// tables of 16 bytes, for the cells to the north-west and west, whose marks blend what the
// four say. That is a byte of next states for the eight columns that may stand to the
// east, of which another VPSHUFB picks a bit. Another one makes a column out of the one to
// the north and a mark.

// rowBytes is the distance of two rows of a leaf. They lie close together: a load one
// byte off finds another row's byte.
const (
	rowShift = 5
	rowBytes = 1 << rowShift
)

// columnLookup holds what the look-up needs in registers.
type columnLookup struct {
	part       [4]vec // tables, from kernel.columnTable
	pick, turn vec    // the bit for a column; what is left of a column when a row is appended
}

func (g *asm) loadColumnLookup() (l columnLookup) {
	pick := g.bytes("pickColumn", func(i int) int { return 1 << (i % 16 / 2) })
	turn := g.bytes("turnColumn", func(i int) int { return (i^1)%8*2 + 1 })
	for i := range l.part {
		l.part[i] = g.YMM()
	}
	l.pick, l.turn = g.ymm(pick), g.ymm(turn)
	return l
}

// loadParts loads the table of a rule.
func (g *asm) loadParts(l columnLookup, table gp) {
	for i := range l.part {
		g.VBROADCASTI128(at(table, 16*i), l.part[i])
	}
}

// southward appends marks to the columns in c, and stores them for the row before, which is
// now the middle one.
func (g *asm) southward(l columnLookup, c, marks vec, to mem) {
	g.VPADDB(marks, c, c)
	g.VPSHUFB(c, l.turn, c)
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
	g.VPSHUFB(columns.Offset(1), l.pick, bit)
	g.VPAND(bit, v, v)
	g.VPCMPEQB(bit, v, v)
	return v
}

// spreadRows stores the cells of the four leaves for 32 rows at x: columns there, and marks
// some bytes further on.
func (g *asm) spreadRows(x gp, marks int, l columnLookup) {
	spread := g.bytes("spread", func(i int) int { return i / 8 % 2 })
	two := g.ymm(g.bytes("twos", func(int) int { return 2 }))
	bit := g.ymm(g.bits())
	c := g.ymm(l.turn) // any columns
	to := g.GP64()
	g.MOVQ(x, to)
	for _, half := range [][2]string{{"nw", "ne"}, {"sw", "se"}} {
		west, east, left := g.arg(half[0]), g.arg(half[1]), g.GP64()
		g.MOVQ(operand.U32(2), left)
		eight := "eight" + half[0]
		g.Label(eight)
		index, rows := g.ymm(spread), g.YMM()
		g.VBROADCASTI128(at(west, 0), rows)
		g.VINSERTI128(imm(1), at(east, 0), rows, rows)
		for k := range 8 {
			r := g.marksOf(rows, index, bit)
			g.VMOVDQA(r, at(to, marks+rowBytes*k))
			g.southward(l, c, r, at(to, rowBytes*(k-1)))
			if k < 7 {
				g.VPADDB(two, index, index)
			}
		}
		g.ADDQ(imm(16), west)
		g.ADDQ(imm(16), east)
		g.ADDQ(operand.U32(8*rowBytes), to)
		g.DECQ(left)
		g.JNZ(operand.LabelRef(eight))
	}
}

// gatherRows takes the centre out of the marks at m.
func (g *asm) gatherRows(m mem) {
	out := g.arg("out")
	for i := range 16 {
		r, bits := g.XMM(), g.GP32()
		g.VMOVDQU(m.Offset(rowBytes*(8+i)+8), r)
		g.VPMOVMSKB(r, bits)
		g.MOVW(bits.As16(), at(out, 2*i))
	}
}

func (g *asm) leafLookup256() {
	g.Function("step32LookupAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b *uint8)")
	const marks = 34 * rowBytes
	room := g.slots(2*marks/32 + 1).base
	x := g.GP64()
	g.LEAQ(at(room, rowBytes), x)
	l := g.loadColumnLookup()
	g.spreadRows(x, marks, l)
	gens, table, other := g.arg("gens"), g.arg("a"), g.arg("b")
	first, p, n, left := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.LEAQ(at(gens, 7), n) // 16+2r rows are stepped, two at a time
	g.MOVQ(gens, first)    // from row 8-r, when r = gens-1 generations follow
	g.NEGQ(first)
	g.ADDQ(imm(9), first)
	g.SHLQ(imm(rowShift), first)
	g.ADDQ(x, first)
	c := g.ymm(l.turn)
	g.Label("generation")
	g.loadParts(l, table)
	g.XCHGQ(table, other)
	g.MOVQ(first, p)
	g.MOVQ(n, left)
	b := g.loadBeside(at(p, marks), rowBytes)
	g.Label("rows")
	for i := range 2 {
		v := g.look(l, at(p, rowBytes*i), at(p, marks+rowBytes*i), rowBytes, b)
		g.VMOVDQA(v, at(p, marks+rowBytes*i))
		g.southward(l, c, v, at(p, rowBytes*(i-1)))
		b = b.next()
	}
	g.VMOVDQA(b.w, b.sw) // back to the registers that the loop begins with
	g.VMOVDQA(b.nw, b.w)
	g.ADDQ(operand.I32(2*rowBytes), p)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("rows"))
	g.ADDQ(operand.I32(rowBytes), first)
	g.DECQ(n)
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.gatherRows(at(x, marks))
	g.end()
}
