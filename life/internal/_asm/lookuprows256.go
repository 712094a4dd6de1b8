package main

import "github.com/mmcloughlin/avo/operand"

// StepRows and StepTile of any rule with 256-bit registers: columns as in Step32, a
// row of 64 in two registers. The columns of eight rows are made and stored before
// the first is looked up: a look-up loads them one byte off, which must wait for
// the stores.

// A slot holds the columns of a row, with room for one on either side.
const (
	slotBytes = 128
	slotCells = 32 // where its first cell is
)

// spreadRow makes a byte of each of 64 cells.
func (g *asm) spreadRow(l columnLookup, spread [2]mem, row mem) (v [2]vec) {
	for i := range v {
		v[i] = g.YMM()
		g.VPBROADCASTQ(row, v[i])
		g.VPSHUFB(spread[i], v[i], v[i])
		g.VPAND(l.bit, v[i], v[i])
		g.VPMINUB(l.one, v[i], v[i])
	}
	return v
}

// side appends the outer cell of a row, bit 63 to the west (i = 0) and bit 0 to the
// east, to a column.
func (g *asm) side(i int, row mem, column gp) {
	t := g.GP64()
	g.MOVQ(row, t)
	if i == 0 {
		g.SHRQ(imm(63), t)
	} else {
		g.ANDQ(imm(1), t)
	}
	g.LEAQ(mem{Base: t, Index: column, Scale: 2}, column)
	g.ANDQ(imm(7), column)
}

// lookupRows256 writes a StepRows, or if sides a span of StepTile of 4 to 64 rows.
func (g *asm) lookupRows256(sides bool) {
	constants := g.columnConstants()
	spread := [2]mem{
		g.bytes("spreadWest", func(i int) int { return i / 8 % 4 }),
		g.bytes("spreadEast", func(i int) int { return i/8%4 + 4 }),
	}
	var cells gp
	var sidewards []gp // the columns to the west and east
	const rows = 8 * 66
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
	slots := g.slots(8 * slotBytes / 32).base
	dst, n := g.arg("dst"), g.arg("n")
	l := g.loadColumnLookup(constants)
	g.loadParts(l, g.arg("table"))
	slot := g.GP64()
	changed := g.GP64()
	g.XORQ(changed, changed)
	if sides {
		sidewards = []gp{g.GP64(), g.GP64()}
	} else {
		for i := range 8 {
			g.MOVB(changed.As8(), at(slots, slotBytes*i+slotCells-1))
			g.MOVB(changed.As8(), at(slots, slotBytes*i+slotCells+64))
		}
	}
	sideRow := func(i, row int) mem { return at(cells, (i+1)*rows+8*row) }
	// columns grow to the south; at first they hold the north row and the first.
	column := g.spreadRow(l, spread, at(cells, 0))
	first := g.spreadRow(l, spread, at(cells, 8))
	for i := range column {
		g.VPADDB(column[i], column[i], column[i])
		g.VPADDB(first[i], column[i], column[i])
		if sides {
			g.MOVQ(operand.U32(0), sidewards[i])
			g.side(i, sideRow(i, 0), sidewards[i])
			g.side(i, sideRow(i, 1), sidewards[i])
		}
	}
	count, left, eight := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(operand.U32(8), eight)
	g.Label("block")
	g.MOVQ(n, count)
	g.CMPQ(count, eight)
	g.CMOVQGT(eight, count)
	g.MOVQ(slots, slot)
	g.MOVQ(count, left)
	g.Label("make")
	v := g.spreadRow(l, spread, at(cells, 16))
	for i := range v {
		g.southward(l, column[i], v[i], at(slot, slotCells+32*i))
		if sides {
			g.side(i, sideRow(i, 2), sidewards[i])
			g.MOVB(sidewards[i].As8(), at(slot, slotCells-1+65*i))
		}
	}
	g.ADDQ(imm(8), cells)
	g.ADDQ(operand.I32(slotBytes), slot)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("make"))
	g.MOVQ(slots, slot)
	g.SUBQ(count, n)
	g.Label("look")
	var half [2]gp
	for i := range half {
		half[i] = g.GP64()
		found, pick := g.found(l, at(slot, slotCells+32*i))
		g.VPAND(pick, found, found)
		g.VPCMPEQB(pick, found, found)
		g.VPMOVMSKB(found, half[i].As32())
	}
	g.SHLQ(imm(32), half[1])
	g.ORQ(half[1], half[0])
	if sides {
		g.MOVQ(at(dst, 0), half[1])
		g.XORQ(half[0], half[1])
		g.ORQ(half[1], changed)
	}
	g.MOVQ(half[0], at(dst, 0))
	g.ADDQ(imm(8), dst)
	g.ADDQ(operand.I32(slotBytes), slot)
	g.DECQ(count)
	g.JNZ(operand.LabelRef("look"))
	g.TESTQ(n, n)
	g.JNZ(operand.LabelRef("block"))
	if sides {
		g.Store(changed, g.ReturnIndex(0))
	}
	g.end()
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
