package main

import "github.com/mmcloughlin/avo/operand"

// StepRows, StepTile and StepTwice of any rule with 256-bit registers: marks and columns
// as in Step32, a row of 64 in two registers. Those of many rows are made and stored before
// the first is looked up: a look-up loads them one byte off, which must wait for the
// stores.

// A slot holds the marks or columns of a row, with room for one cell on either side: that
// to the east is in the next slot.
const (
	slotCells = 32 // where the first cell is
	slotBytes = slotCells + 64
)

// spreader has the constants that make marks of a row.
type spreader struct{ west, east, bit vec }

func (g *asm) spreader() spreader {
	half := func(from int) func(i int) int { return func(i int) int { return i/8%4 + from } }
	return spreader{g.ymm(g.bytes("spreadWest", half(0))), g.ymm(g.bytes("spreadEast", half(4))), g.ymm(g.bits())}
}

// makeRow stores the marks of a row of 64 cells, and the columns of the row before, in slots.
func (g *asm) makeRow(l columnLookup, s spreader, c [2]vec, row, marks, columns mem) {
	word := g.YMM()
	g.VPBROADCASTQ(row, word)
	for i, spread := range []vec{s.west, s.east} {
		v := g.marksOf(word, spread, s.bit)
		g.VMOVDQA(v, marks.Offset(slotCells+32*i))
		g.southward(l, c[i], v, columns.Offset(slotCells-slotBytes+32*i))
	}
}

// loadSlots loads the marks to the west of the row in a slot.
func (g *asm) loadSlots(marks mem) (b [2]beside) {
	for i := range b {
		b[i] = g.loadBeside(marks.Offset(slotCells+32*i), slotBytes)
	}
	return b
}

// lookRows looks up the rows, left of them, whose marks and columns are in slots from slot
// on: found gets the halves of each, then done is called, both with the row's number among
// the three that are looked up in one turn. What is beside a row goes round three registers.
func (g *asm) lookRows(name string, l columnLookup, slot gp, columns int, left gp, found func(row, i int, v vec), done func(row int)) {
	b := g.loadSlots(at(slot, 0))
	g.Label(name)
	for row := range 3 {
		for i := range b {
			offset := row*slotBytes + slotCells + 32*i
			found(row, i, g.look(l, at(slot, columns+offset), at(slot, offset), slotBytes, b[i]))
			b[i] = b[i].next()
		}
		done(row)
		if row == 2 {
			g.ADDQ(operand.I32(3*slotBytes), slot)
		}
		g.DECQ(left)
		if row < 2 {
			g.JZ(operand.LabelRef(name + "Done"))
		}
	}
	g.JNZ(operand.LabelRef(name))
	g.Label(name + "Done")
}

// bitsOf makes words of marks: call it for both halves, then the word is in the first.
func (g *asm) bitsOf(half [2]gp) func(row, i int, v vec) {
	return func(_, i int, v vec) {
		g.VPMOVMSKB(v, half[i].As32())
		if i == 1 {
			g.SHLQ(imm(32), half[1])
			g.ORQ(half[1], half[0])
		}
	}
}

// blockRows is how many rows are made at once.
const blockRows = 32

// lookupRows256 writes a StepRows, or if sides a span of StepTile of 4 to 64 rows.
func (g *asm) lookupRows256(sides bool) {
	const rows = 8 * 66
	var cells gp
	if sides {
		g.Function("spanLookupAVX2")
		g.SignatureExpr("func(" + spanSignature + ", table *uint8) uint64")
		room := g.AllocLocal(3 * rows)
		g.gather("cells", room, "c", 0)
		g.gather("west", room.Offset(rows), "w", 8)
		g.gather("east", room.Offset(2*rows), "e", 16)
		cells = g.GP64()
		g.LEAQ(room, cells)
	} else {
		g.Function("rowsLookupAVX2")
		g.SignatureExpr("func(dst, src *uint64, n int, table *uint8)")
		cells = g.arg("src")
	}
	const columns = (blockRows + 3) * slotBytes // from the marks of a row
	slots := g.slots(2 * columns / 32).base
	dst, n := g.arg("dst"), g.arg("n")
	l := g.loadColumnLookup()
	g.loadParts(l, g.arg("table"))
	changed, slot, count, left := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.XORQ(changed, changed)
	g.Label("block")
	g.MOVQ(operand.U32(blockRows), count)
	g.CMPQ(n, count)
	g.CMOVQLT(n, count)
	// Slot 1 is for the first row, whose columns are of no use.
	g.LEAQ(at(slots, slotBytes), slot)
	g.LEAQ(at(count, 2), left)
	c := [2]vec{g.ymm(l.turn), g.ymm(l.turn)} // any columns
	east := g.GP64()
	g.XORQ(east, east)
	s := g.spreader()
	g.Label("make")
	g.makeRow(l, s, c, at(cells, 0), at(slot, 0), at(slot, columns))
	west, t := g.GP64(), g.GP64()
	if sides {
		g.MOVQ(at(cells, rows), west)
		g.SARQ(imm(63), west)
		g.MOVQ(at(cells, 2*rows), t)
		g.ANDQ(imm(1), t)
		g.LEAQ(mem{Base: t, Index: east, Scale: 2}, east)
		g.MOVQ(east, t)
		g.ANDQ(imm(7), t)
		g.ADDQ(t, t)
		g.MOVB(t.As8(), at(slot, columns))
		g.MOVB(west.As8(), at(slot, slotCells-1))
	} else {
		g.MOVB(east.As8(), at(slot, columns))
		g.MOVB(east.As8(), at(slot, slotCells-1))
	}
	g.ADDQ(imm(8), cells)
	g.ADDQ(operand.I32(slotBytes), slot)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("make"))
	g.SUBQ(imm(16), cells)
	g.LEAQ(at(slots, 2*slotBytes), slot)
	g.SUBQ(count, n)
	half := [2]gp{g.GP64(), g.GP64()}
	g.lookRows("look", l, slot, columns, count, g.bitsOf(half), func(int) {
		if sides {
			g.MOVQ(at(dst, 0), half[1])
			g.XORQ(half[0], half[1])
			g.ORQ(half[1], changed)
		}
		g.MOVQ(half[0], at(dst, 0))
		g.ADDQ(imm(8), dst)
	})
	g.TESTQ(n, n)
	g.JNZ(operand.LabelRef("block"))
	if sides {
		g.Store(changed, g.ReturnIndex(0))
	}
	g.end()
}

// lookupTwice256 writes a StepTwice, run by run of groups: marks and columns of all its rows
// are made, and a first generation in their place, before the second is looked up.
func (g *asm) lookupTwice256() {
	g.Function("twiceLookupAVX2")
	g.SignatureExpr("func(t *uint64, groups uint64, first, second *uint8) (changed, columns, sides uint64)")
	const columns = 67 * slotBytes // from the marks of a row: 60 rows, two beyond on each side, one before and two after
	slots := g.slots(2 * columns / 32).base
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
	n, left, slot := g.GP64(), g.GP64(), g.GP64()
	g.Label("run")
	g.BSFQ(groups, n)
	g.SHRXQ(n, groups, groups)
	g.LEAQ(at8(rows, n, 0), rows)
	g.ADDQ(n, c.at)
	g.MOVQ(operand.U64(0x1111111111111111), left)
	g.ANDNQ(left, groups, left)
	g.BSFQ(left, n)

	cells := g.GP64()
	g.LEAQ(at(rows, -16), cells)
	g.LEAQ(at(slots, slotBytes), slot)
	g.LEAQ(at(n, 4), left)
	south := [2]vec{g.ymm(l.turn), g.ymm(l.turn)} // any columns
	s := g.spreader()
	g.Label("make")
	for i := range 4 {
		g.makeRow(l, s, south, at(cells, 8*i), at(slot, i*slotBytes), at(slot, i*slotBytes+columns))
	}
	g.ADDQ(imm(32), cells)
	g.ADDQ(operand.I32(4*slotBytes), slot)
	g.SUBQ(imm(4), left)
	g.JNZ(operand.LabelRef("make"))

	g.loadParts(l, g.arg("first"))
	g.LEAQ(at(slots, 2*slotBytes), slot)
	g.LEAQ(at(n, 2), left)
	g.lookRows("one", l, slot, columns, left, func(row, i int, v vec) {
		offset := row*slotBytes + slotCells + 32*i
		g.VMOVDQA(v, at(slot, offset))
		g.southward(l, south[i], v, at(slot, columns+offset-slotBytes))
	}, func(int) {})

	g.loadParts(l, g.arg("second"))
	g.LEAQ(at(slots, 3*slotBytes), slot)
	g.MOVQ(n, left)
	half := g.GP32()
	g.MOVQ(made, cells)
	g.lookRows("two", l, slot, columns, left, func(row, i int, v vec) {
		g.VPMOVMSKB(v, half)
		g.MOVL(half, at(cells, 8*row+4*i))
	}, func(row int) {
		if row == 2 {
			g.ADDQ(imm(24), cells)
		}
	})

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

// gather copies n words, with those of the rows to the north and south around
// them, to room.
func (g *asm) gather(name string, room mem, words string, offset int) {
	from, n, t := g.arg(words), g.arg("n"), g.GP64()
	north, south := g.arg("north"), g.arg("south")
	g.MOVQ(at(north, offset), t)
	g.MOVQ(t, room)
	g.MOVQ(at(south, offset), t)
	g.MOVQ(t, mem{Base: room.Base, Index: n, Scale: 8, Disp: room.Disp + 8})
	g.fours(name, n, func(i gp) {
		g.VMOVDQU(g.ymm(at8(from, i, 0)), mem{Base: room.Base, Index: i, Scale: 8, Disp: room.Disp + 8})
	})
}
