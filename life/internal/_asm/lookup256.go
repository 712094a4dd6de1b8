package main

import "github.com/mmcloughlin/avo/operand"

// Step32 of any rule with 256-bit registers: a byte a cell, a register a row. A
// column is three cells above each other in a byte. That of a cell and that to its
// west make an index of six bits; the byte of the table there holds the next state
// for each of the eight columns to the east. VPSHUFB looks up one of 16 bytes, and
// gives zero if the index has its upper bit set; so the table is kept as its first
// 16 bytes and three times 16 differences from the 16 before (kernel.columnTable).
// The index less 16, 32 and 48 is negative where a difference does not count.

// rowBytes is the distance of the columns of two rows in memory. They lie close
// together, so that a load one byte off finds a byte less than 8: more than that
// would spill over into a neighbour's index when it is shifted.
const (
	rowBytes = 1 << rowShift
	rowShift = 5
)

// columnLookup holds what the look-up needs in registers.
type columnLookup struct {
	part                     [4]vec // the table and its differences
	sixteen, seven, one, bit vec    // 16, 7, 1 and 1<<i in byte i
}

func (g *asm) columnConstants() [4]mem {
	return [4]mem{
		g.bytes("sixteens", func(int) int { return 16 }),
		g.bytes("sevens", func(int) int { return 7 }),
		g.bytes("ones", func(int) int { return 1 }),
		g.bytes("bits", func(i int) int { return 1 << (i % 8) }),
	}
}

func (g *asm) loadColumnLookup(constants [4]mem) (l columnLookup) {
	for i := range l.part {
		l.part[i] = g.YMM()
	}
	for i, v := range []*vec{&l.sixteen, &l.seven, &l.one, &l.bit} {
		*v = g.ymm(constants[i])
	}
	return l
}

// loadParts loads the table of a rule.
func (g *asm) loadParts(l columnLookup, table gp) {
	for i := range l.part {
		g.VBROADCASTI128(at(table, 16*i), l.part[i])
	}
}

// southward appends a row to the columns in c, and stores them for the row before,
// which is now the middle one.
func (g *asm) southward(l columnLookup, c, row vec, to mem) {
	g.VPADDB(c, c, c)
	g.VPAND(l.seven, c, c)
	g.VPOR(row, c, c)
	g.VMOVDQU(c, to)
}

// spreadRows makes columns of the cells of the four leaves, for 32 rows at x.
func (g *asm) spreadRows(x gp, l columnLookup, spread mem) {
	two, c := g.YMM(), g.YMM()
	g.VPADDB(l.one, l.one, two)
	g.VPXOR(c, c, c)
	to := g.GP64()
	g.MOVQ(x, to)
	for _, half := range [][2]string{{"nw", "ne"}, {"sw", "se"}} {
		west, east, left := g.arg(half[0]), g.arg(half[1]), g.GP64()
		g.MOVQ(operand.U32(2), left)
		eight := "eight" + half[0]
		g.Label(eight)
		index := g.ymm(spread)
		rows := g.YMM()
		g.VBROADCASTI128(at(west, 0), rows)
		g.VINSERTI128(imm(1), at(east, 0), rows, rows)
		for k := range 8 {
			r := g.YMM()
			g.VPSHUFB(index, rows, r)
			g.VPAND(l.bit, r, r)
			g.VPMINUB(l.one, r, r)
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

// gatherRows takes the centre out of the columns at x: row y is the lowest bit of
// the columns around row y-1.
func (g *asm) gatherRows(x gp) {
	out := g.arg("out")
	for i := range 8 {
		r, bits := g.ymm(at(x, rowBytes*(7+2*i)+8)), g.GP32()
		g.VINSERTI128(imm(1), at(x, rowBytes*(8+2*i)+8), r, r)
		g.VPSLLW(imm(7), r, r)
		g.VPMOVMSKB(r, bits)
		g.MOVL(bits, at(out, 4*i))
	}
}

// found looks up the row whose columns are given: the bytes of the table, and the
// bit that counts of each.
func (g *asm) found(l columnLookup, columns mem) (v, pick vec) {
	index := g.ymm(columns.Offset(-1))
	v, pick = g.YMM(), g.YMM()
	g.VPSLLW(imm(3), index, index)
	g.VPOR(columns, index, index)
	g.VPSHUFB(columns.Offset(1), l.bit, pick)
	g.VPSHUFB(index, l.part[0], v)
	for _, part := range l.part[1:] {
		d := g.YMM()
		g.VPSUBB(l.sixteen, index, index)
		g.VPSHUFB(index, part, d)
		g.VPXOR(d, v, v)
	}
	return v, pick
}

func (g *asm) leafLookup256() {
	constants := g.columnConstants()
	spread := g.bytes("spread", func(i int) int { return i / 8 % 2 })
	g.Function("step32LookupAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b *uint8)")
	room := g.slots(34 * rowBytes / 32).base
	x := g.GP64()
	g.LEAQ(at(room, rowBytes), x)
	l := g.loadColumnLookup(constants)
	g.spreadRows(x, l, spread)
	gens, a, b := g.arg("gens"), g.arg("a"), g.arg("b")
	first, p, n, left := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.LEAQ(at(gens, 7), n) // 16+2r rows are stepped, two at a time
	g.MOVQ(gens, first)    // from row 8-r, when r = gens-1 generations follow
	g.NEGQ(first)
	g.ADDQ(imm(9), first)
	g.SHLQ(imm(rowShift), first)
	g.ADDQ(x, first)
	c := g.YMM()
	g.VPXOR(c, c, c)
	g.Label("generation")
	g.loadParts(l, a)
	g.XCHGQ(a, b)
	g.MOVQ(first, p)
	g.MOVQ(n, left)
	g.Label("rows")
	for i := range 2 {
		v, pick := g.found(l, at(p, rowBytes*i))
		g.VPAND(pick, v, v)
		g.VPMINUB(l.one, v, v)
		g.southward(l, c, v, at(p, rowBytes*(i-1)))
	}
	g.ADDQ(operand.I32(2*rowBytes), p)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("rows"))
	g.ADDQ(operand.I32(rowBytes), first)
	g.DECQ(n)
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.gatherRows(x)
	g.end()
}
