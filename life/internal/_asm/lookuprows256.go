package main

import "github.com/mmcloughlin/avo/operand"

// StepRows, StepTile and StepTwice of any rule with 256-bit registers: marks and columns
// as in Step32, a row of 64 in two registers. Those of a row are made and stored some rows
// before it is looked up: a look-up loads them one byte off, which must wait for the stores.

// A slot holds the marks or columns of a row, with room for one cell on either side: that
// to the east is in the next slot.
const (
	slotCells = 32 // where the first cell is
	slotBytes = slotCells + 64
)

// spreader has the constants that make marks of a row.
type spreader struct{ half [2]mem }

func (g *asm) spreader() spreader {
	half := func(from int) func(i int) int { return func(i int) int { return i/8%4 + from } }
	return spreader{[2]mem{g.bytes("spreadWest", half(0)), g.bytes("spreadEast", half(4))}}
}

// makeRow stores the marks of a row of 64 cells, and the columns of the row before, in
// slots; c are the columns before those.
func (g *asm) makeRow(l columnLookup, s spreader, c [2]vec, row mem, cleans bool, marks, columns mem) {
	word := g.YMM()
	g.VPBROADCASTQ(row, word)
	for i, spread := range s.half {
		v := g.marksOf(word, spread, g.bits())
		g.VMOVDQA(v, marks.Offset(slotCells+32*i))
		g.southward(l, c[i], v, cleans, columns.Offset(slotCells-slotBytes+32*i))
	}
}

// loadSlots loads the marks to the west of the row in a slot.
func (g *asm) loadSlots(marks mem) (b [2]beside) {
	for i := range b {
		b[i] = g.loadBeside(marks.Offset(slotCells+32*i), slotBytes)
	}
	return b
}

// slotRows is a run of rows in slots: the marks of row i are in slot i+1 from base on, and
// its columns so many bytes further on.
type slotRows struct {
	base    gp
	columns int
}

func (g *asm) slotRows(rows int) slotRows {
	columns := (rows + 3) * slotBytes // a slot before and one after; and the first columns are made of some
	return slotRows{g.slots(2 * columns / 32).base, columns}
}

// lookRows looks up three rows a turn, left of them, from a slot on, given what is beside
// the first: found gets their halves, with the number of the row in its turn, and turned is
// called at the end of a turn. What is beside a row goes round three registers. If turns are
// whole, left is a multiple of three.
func (g *asm) lookRows(name string, l columnLookup, r slotRows, b [2]beside, slot, left gp, found func(row, i int, v vec), areWhole bool, turned func()) {
	g.Label(name)
	for row := range 3 {
		for i := range b {
			offset := row*slotBytes + slotCells + 32*i
			found(row, i, g.look(l, at(slot, r.columns+offset), at(slot, offset), slotBytes, b[i]))
			b[i] = b[i].next()
		}
		if row < 2 && !areWhole {
			g.DECQ(left)
			g.JZ(operand.LabelRef(name + "Done"))
		}
	}
	g.ADDQ(operand.I32(3*slotBytes), slot)
	turned()
	if areWhole {
		g.SUBQ(imm(3), left)
	} else {
		g.DECQ(left)
	}
	g.JNZ(operand.LabelRef(name))
	g.Label(name + "Done")
}

// lead is how many rows more than it needs are made before a row is looked up: those that
// were stored so long ago can be loaded one byte off.
const lead = 8

// makeAndLook makes the rows of cells, n of them and at least three, and looks up all but the
// first and the last of these; see lookRows. Making is bound by stores, looking up is not: they
// are done together, three rows a turn, after as many rows were made that what is left is a
// multiple of three. sides stores what is beside row i from cells on in a slot that has been
// made; without a slot it is told that i rows are done.
func (g *asm) makeAndLook(l columnLookup, r slotRows, cells, n, slot gp, sides func(made gp, i int), found func(row, i int, v vec), turned func()) {
	made, together, left := g.GP64(), g.GP64(), g.GP64()
	s := g.spreader()
	g.LEAQ(at(r.base, slotBytes), made)
	g.XORQ(left, left)
	g.LEAQ(at(n, -lead-3), together)
	g.TESTQ(together, together)
	g.CMOVQLT(left, together)
	g.IMUL3Q(operand.U32(171), together, together) // a third, for less than 128
	g.SHRQ(imm(9), together)
	g.LEAQ(mem{Base: together, Index: together, Scale: 2}, together)
	makeRows := func(c [2]vec, rows int) {
		for i := range rows {
			offset := i * slotBytes
			g.makeRow(l, s, c, at(cells, 8*i), i == rows-1, at(made, offset), at(made, r.columns+offset))
			sides(made, i)
		}
		g.ADDQ(imm(8*rows), cells)
		g.ADDQ(operand.I32(rows*slotBytes), made)
		sides(nil, rows)
	}
	g.MOVQ(n, left)
	g.SUBQ(together, left)
	c := [2]vec{g.ymm(l.turn), g.ymm(l.turn)} // any columns
	g.Label("make")
	makeRows(c, 1)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("make"))

	g.LEAQ(at(r.base, 2*slotBytes), slot)
	g.LEAQ(at(n, -2), left)
	g.SUBQ(together, left)
	b := g.loadSlots(at(slot, 0))
	g.TESTQ(together, together)
	g.JZ(operand.LabelRef("rest"))
	g.lookRows("both", l, r, b, slot, together, found, true, func() {
		before := r.columns + slotCells - 2*slotBytes
		makeRows([2]vec{g.ymm(at(made, before)), g.ymm(at(made, before+32))}, 3)
		turned()
	})
	g.lookRows("rest", l, r, b, slot, left, found, false, turned)
}

// bitsTo returns what stores marks as words.
func (g *asm) bitsTo(words gp) (found func(row, i int, v vec), turned func()) {
	half := g.GP32()
	return func(row, i int, v vec) {
		g.VPMOVMSKB(v, half)
		g.MOVL(half, at(words, 8*row+4*i))
	}, func() { g.ADDQ(imm(24), words) }
}

// blockRows is how many rows are in slots at once.
const blockRows = 64

// lookupRows256 writes StepRows.
func (g *asm) lookupRows256() {
	g.Function("rowsLookupAVX2")
	g.SignatureExpr("func(dst, src *uint64, n int, table *uint8)")
	r := g.slotRows(blockRows + 2)
	dst, cells, n := g.arg("dst"), g.arg("src"), g.arg("n")
	l := g.loadColumnLookup()
	g.loadParts(l, g.arg("table"))
	words, count := g.GP64(), g.GP64()
	g.Label("block")
	g.MOVQ(operand.U32(blockRows), count)
	g.CMPQ(n, count)
	g.CMOVQLT(n, count)
	g.SUBQ(count, n)
	g.MOVQ(dst, words)
	g.LEAQ(at8(dst, count, 0), dst)
	g.ADDQ(imm(2), count)
	found, turned := g.bitsTo(words)
	g.makeAndLook(l, r, cells, count, g.GP64(), func(slot gp, i int) {
		if slot != nil {
			g.MOVB(operand.I8(0), at(slot, i*slotBytes+slotCells-1))
			g.MOVB(operand.I8(0), at(slot, r.columns+(i+1)*slotBytes))
		}
	}, found, turned)
	g.SUBQ(imm(16), cells)
	g.TESTQ(n, n)
	g.JNZ(operand.LabelRef("block"))
	g.end()
}

// lookupSpan256 writes a span of StepTile of 4 to 64 rows.
func (g *asm) lookupSpan256() {
	g.Function("spanLookupAVX2")
	g.SignatureExpr("func(" + spanSignature + ", table *uint8) uint64")
	const room = 8 * 72
	locals := g.AllocLocal(2 * room)
	r := g.slotRows(66)
	dst, n := g.arg("dst"), g.arg("n")
	l := g.loadColumnLookup()
	west, east := g.sideRows(n, locals)
	g.loadParts(l, g.arg("table"))
	cells, words, count := g.GP64(), g.GP64(), g.GP64()
	g.LEAQ(locals, cells)
	g.LEAQ(locals.Offset(room), words)
	g.LEAQ(at(n, 2), count)
	found, turned := g.bitsTo(words)
	row, t := g.GP64(), g.GP32()
	g.XORQ(row, row)
	g.makeAndLook(l, r, cells, count, g.GP64(), func(slot gp, i int) {
		if slot == nil {
			g.ADDQ(imm(i), row)
			return
		}
		g.MOVBLZX(west.Idx(row, 1).Offset(i), t)
		g.MOVB(t.As8(), at(slot, i*slotBytes+slotCells-1))
		g.MOVBLZX(east.Idx(row, 1).Offset(i), t)
		g.MOVB(t.As8(), at(slot, r.columns+(i+1)*slotBytes))
	}, found, turned)

	changed, all := g.YMM(), g.GP64()
	g.VPXOR(changed, changed, changed)
	g.fours("replace", n, func(i gp) {
		v := g.ymm(locals.Offset(room).Idx(i, 8))
		g.VPOR(g.xor(v, at8(dst, i, 0)), changed, changed)
		g.VMOVDQU(v, at8(dst, i, 0))
	})
	g.orLanes256(changed, all)
	g.Store(all, g.ReturnIndex(0))
	g.end()
}

// sideRows copies n rows of a span and those to the north and south of them, and stores a byte
// for what is beside each: the mark of the cell to the west and the column of that to the east.
func (g *asm) sideRows(n gp, copied mem) (west, east mem) {
	const north, room = 31, 128 // where the row to the north is
	locals := g.AllocLocal(3 * room)
	marks := [2]mem{locals.Offset(north), locals.Offset(room + north)}
	columns := locals.Offset(2 * room)
	sides := [2]gp{g.GP64(), g.GP64()}
	from, cells := [2]gp{g.arg("w"), g.arg("e")}, g.arg("c")
	for _, s := range sides {
		g.XORQ(s, s)
	}
	g.fours("sides", n, func(i gp) {
		v, t := [2]vec{g.ymm(at8(from[0], i, 0)), g.YMM()}, g.GP64()
		g.VMOVDQU(at8(from[1], i, 0), v[1])
		g.VPSLLQ(imm(63), v[1], v[1])
		for k := range v {
			g.VMOVMSKPD(v[k], t.As32())
			g.SHLXQ(i, t, t)
			g.ORQ(t, sides[k])
		}
		g.VMOVDQU(g.ymm(at8(cells, i, 0)), copied.Offset(8).Idx(i, 8))
	})
	spread := g.spreader()
	for k, side := range sides {
		word := g.YMM()
		g.VMOVQ(side, word.AsX())
		g.VPBROADCASTQ(word.AsX(), word)
		for i, half := range spread.half {
			g.VMOVDQU(g.marksOf(word, half, g.bits()), marks[k].Offset(1+32*i))
		}
	}
	end := func(row gp, at8, at1 func(m mem) mem) {
		t := g.GP64()
		g.MOVQ(at(row, 0), t)
		g.MOVQ(t, at8(copied))
		g.MOVQ(at(row, 8), t)
		g.SARQ(imm(63), t)
		g.MOVB(t.As8(), at1(marks[0]))
		g.MOVQ(at(row, 16), t)
		g.ANDQ(imm(1), t)
		g.NEGQ(t)
		g.MOVB(t.As8(), at1(marks[1]))
	}
	first := func(m mem) mem { return m }
	end(g.arg("north"), first, first)
	end(g.arg("south"), func(m mem) mem { return m.Offset(8).Idx(n, 8) }, func(m mem) mem { return m.Offset(1).Idx(n, 1) })
	for i := range 2 {
		c := g.ymm(marks[1].Offset(32 * i)) // of rows 32·i and up
		for k := 1; k < 3; k++ {
			g.VPADDB(c, c, c)
			g.VPADDB(marks[1].Offset(32*i+k), c, c)
		}
		g.VPADDB(c, c, c)
		g.VPAND(g.bytes("columnBits", func(int) int { return 15 }), c, c)
		g.VMOVDQU(c, columns.Offset(1+32*i))
	}
	return marks[0], columns
}

// lookupTwice256 writes a StepTwice, run by run of groups: the first generation takes the place of
// the marks and columns of its cells, before the second is looked up.
func (g *asm) lookupTwice256() {
	g.Function("twiceLookupAVX2")
	g.SignatureExpr("func(t *uint64, groups uint64, first, second *uint8) (changed, columns, sides uint64)")
	r := g.slotRows(64)
	extra := g.slots(60/4 + 1)
	gathered := extra.take() // c.columns, between runs
	made := g.GP64()
	g.LEAQ(at(extra.base, extra.next), made)
	rows, groups := g.arg("t"), g.arg("groups")
	l := g.loadColumnLookup()
	c := g.change256()
	g.VMOVDQA(c.zero, gathered)
	g.ADDQ(imm(16), rows)
	g.MOVQ(operand.U32(2), c.at)
	n, count, slot, cells := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.Label("run")
	g.BSFQ(groups, n)
	g.SHRXQ(n, groups, groups)
	g.LEAQ(at8(rows, n, 0), rows)
	g.ADDQ(n, c.at)
	g.MOVQ(operand.U64(0x1111111111111111), count)
	g.ANDNQ(count, groups, count)
	g.BSFQ(count, n)

	g.LEAQ(at(rows, -16), cells)
	g.LEAQ(at(n, 4), count)
	g.loadParts(l, g.arg("first"))
	south := [2]vec{g.ymm(l.turn), g.ymm(l.turn)} // any columns
	g.makeAndLook(l, r, cells, count, slot, func(gp, int) {}, func(row, i int, v vec) {
		offset := row*slotBytes + slotCells + 32*i
		g.VMOVDQA(v, at(slot, offset))
		g.southward(l, south[i], v, row == 2, at(slot, r.columns+offset-slotBytes))
	}, func() {})

	g.loadParts(l, g.arg("second"))
	g.LEAQ(at(r.base, 3*slotBytes), slot)
	g.MOVQ(n, count)
	g.MOVQ(made, cells)
	found, turned := g.bitsTo(cells)
	g.lookRows("two", l, r, g.loadSlots(at(slot, 0)), slot, count, found, false, turned)

	g.SHRXQ(n, groups, groups)
	g.MOVQ(made, cells)
	g.VPXOR(c.zero, c.zero, c.zero)
	g.VMOVDQA(gathered, c.columns)
	g.Label("replace")
	g.replace256(g.ymm(at(cells, 0)), at(rows, 0), c)
	g.ADDQ(imm(32), cells)
	g.ADDQ(imm(32), rows)
	g.ADDQ(imm(4), c.at)
	g.SUBQ(imm(4), n)
	g.JNZ(operand.LabelRef("replace"))
	g.VMOVDQA(c.columns, gathered)
	g.TESTQ(groups, groups)
	g.JNZ(operand.LabelRef("run"))
	g.returnChange256(c)
}
