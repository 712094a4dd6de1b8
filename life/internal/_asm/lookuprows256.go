package main

import "github.com/mmcloughlin/avo/operand"

// StepRows, StepTile and StepTwice of any rule with 256-bit registers. A row of 64 cells is 32
// pairs of an even cell and the odd one to its east. What lookup256.go says of marks and columns
// holds for the even cells of a row, which fill a register, and for the odd ones.
//
// Both next states of a pair depend on the pair's two columns; that of the even cell on the column
// to the west as well, that of the odd cell on the one to the east. The look-ups of the two have in
// common what is of the pair: the odd cells to the north and in the row blend what the four tables
// say, that to the south is bit 0 of the index, and the even column picks one of the eight next
// states. The third column is the rest of the index. So marks are kept of odd cells alone.
//
// Columns and marks of a row are made and stored some rows before it is looked up: a look-up loads
// columns one byte off, which must wait for the stores.

// A slot holds a row: the columns of its even and odd cells, and the marks of the latter. The columns
// beside the row, to the east of the even ones and to the west of the odd ones, are a byte each.
const (
	evenColumns = 0
	eastColumn  = evenColumns + 32
	westColumn  = oddColumns - 1
	oddColumns  = 96
	oddMarks    = 128
	slotBytes   = 192 // no load straddles two cache lines
)

// noneBeside is the column of three dead cells.
const noneBeside = 16

// pairLookup holds what look-ups of pairs need: a rule's kernel.pairTable, of which there are not
// always registers for all.
type pairLookup struct {
	table [8]operand.Op // those of the odd cells last; in registers, or in memory
	from  gp
	pick  vec // the bit for a column
}

// pairLookup has so many tables in registers.
func (g *asm) pairLookup(registers int) (l pairLookup) {
	l.from, l.pick = g.GP64(), g.ymm(g.pickColumn())
	for i := range l.table {
		if l.table[i] = at(l.from, 16*i); i < registers {
			l.table[i] = g.YMM()
		}
	}
	return l
}

// loadPairs loads the table of a rule.
func (g *asm) loadPairs(l pairLookup, table string) {
	g.Load(g.Param(table), l.from)
	for i, t := range l.table {
		if r, ok := t.(vec); ok {
			g.VBROADCASTI128(at(l.from, 16*i), r)
		}
	}
}

// lookPairs gives found the marks of the next generation of the even cells of the row in a slot,
// and then of the odd ones. It loads the marks to the south.
func (g *asm) lookPairs(l pairLookup, slot mem, b beside, found func(odd bool, v vec)) {
	g.VMOVDQA(slot.Offset(slotBytes+oddMarks), b.sw)
	bit := g.YMM()
	g.VPSHUFB(slot.Offset(evenColumns), l.pick, bit)
	for k, columns := range []int{westColumn, evenColumns + 1} {
		index := g.YMM()
		g.VPADDB(slot.Offset(columns), b.sw, index)
		found(k == 1, g.lookAmong(l, k, index, b.w, b.nw, bit))
	}
}

// lookAmong returns the marks of even or odd cells: what the four tables say of an index, of which the top bits of
// low and high choose one, and bit one of its bits.
func (g *asm) lookAmong(l pairLookup, odd int, index, low, high, bit vec) vec {
	table := func(i int) vec {
		r := g.YMM()
		t, ok := l.table[4*odd+i].(vec)
		if !ok {
			g.VBROADCASTI128(l.table[4*odd+i], r)
			t = r
		}
		g.VPSHUFB(index, t, r)
		return r
	}
	blend := func(a, b, by vec) vec {
		g.VPBLENDVB(by, b, a, a)
		return a
	}
	first := blend(table(0), table(1), low)
	v := blend(first, blend(table(2), table(3), low), high)
	g.VPAND(bit, v, v)
	g.VPCMPEQB(bit, v, v)
	return v
}

// spreader has the constants that make marks of a row.
type spreader struct {
	bytes mem    // which byte of the row has a pair
	bit   [2]mem // and which bits of it are its cells
}

func (g *asm) spreader() spreader {
	bit := func(odd int) func(i int) int { return func(i int) int { return 1 << (i%4*2 + odd) } }
	return spreader{
		g.bytes("spreadPairs", func(i int) int { return i / 4 % 8 }),
		[2]mem{g.bytes("evenBits", bit(0)), g.bytes("oddBits", bit(1))},
	}
}

// appendRow is southward for the even or odd cells of the row in a slot, whose columns of the row
// before it stores, and the marks of odd cells.
func (g *asm) appendRow(c [2]vec, odd bool, marks vec, cleans bool, slot mem) {
	k, to := 0, slot.Offset(evenColumns-slotBytes)
	if odd {
		k, to = 1, slot.Offset(oddColumns-slotBytes)
		g.VMOVDQA(marks, slot.Offset(oddMarks))
	}
	g.southward(g.turnColumn(), c[k], marks, cleans, to)
}

// anyColumns are what columns are made of before the first rows.
func (g *asm) anyColumns() [2]vec { return [2]vec{g.ymm(g.turnColumn()), g.ymm(g.turnColumn())} }

// makeRow stores the marks of a row of 64 cells in a slot, and the columns of the row before in the
// slot before; c are the columns before those.
func (g *asm) makeRow(s spreader, c [2]vec, row mem, cleans bool, slot mem) {
	word := g.YMM()
	g.VPBROADCASTQ(row, word)
	g.VPSHUFB(s.bytes, word, word)
	for k, bit := range s.bit {
		v := g.and(word, bit)
		g.VPCMPEQB(bit, v, v)
		g.appendRow(c, k == 1, v, cleans, slot)
	}
}

// loadMarks loads the marks of the row in a slot and of that to the north.
func (g *asm) loadMarks(slot mem) beside {
	return beside{g.ymm(slot.Offset(oddMarks - slotBytes)), g.ymm(slot.Offset(oddMarks)), g.YMM()}
}

// lookRows looks up three rows a turn, left of them, from a slot on, given the marks of the first
// and of that to its north: found gets even and odd cells, with the number of the row in its turn,
// and turned is called at the end of a turn. Marks go round three registers. If turns are whole,
// left is a multiple of three.
func (g *asm) lookRows(
	name string, l pairLookup, b beside, slot, left gp, found func(row int, odd bool, v vec), areWhole bool, turned func(),
) {
	g.Label(name)
	for row := range 3 {
		g.lookPairs(l, at(slot, 0), b, func(odd bool, v vec) { found(row, odd, v) })
		g.ADDQ(operand.I32(slotBytes), slot)
		b = b.next()
		if row < 2 && !areWhole {
			g.DECQ(left)
			g.JZ(operand.LabelRef(name + "Done"))
		}
	}
	turned()
	if areWhole {
		g.SUBQ(imm(3), left)
	} else {
		g.DECQ(left)
	}
	g.JNZ(operand.LabelRef(name))
	g.Label(name + "Done")
}

// runBytes is the room for a run of rows: row i is in slot i+1, and there is a slot after the last.
func runBytes(rows int) int { return (rows + 2) * slotBytes }

// lead is how many rows more than it needs are made before a row is looked up: those that
// were stored so long ago can be loaded one byte off.
const lead = 8

// makeAndLook makes the rows of cells, n of them and at least three, and looks up all but the
// first and the last of these; see lookRows. Making is bound by stores, looking up is not: they
// are done together, three rows a turn, after as many rows were made that what is left is a
// multiple of three. sides stores what is beside row i from cells on in a slot that has been
// made; without a slot it is told that i rows are done.
func (g *asm) makeAndLook(
	l pairLookup, base, cells, n, slot gp, sides func(made gp, i int), found func(row int, odd bool, v vec), turned func(),
) {
	made, together, left := g.GP64(), g.GP64(), g.GP64()
	s := g.spreader()
	g.LEAQ(at(base, slotBytes), made)
	g.XORQ(left, left)
	g.LEAQ(at(n, -lead-3), together)
	g.TESTQ(together, together)
	g.CMOVQLT(left, together)
	g.IMUL3Q(operand.U32(171), together, together) // a third, for less than 128
	g.SHRQ(imm(9), together)
	g.LEAQ(mem{Base: together, Index: together, Scale: 2}, together)
	makeRows := func(c [2]vec, rows int) {
		for i := range rows {
			g.makeRow(s, c, at(cells, 8*i), i == rows-1, at(made, i*slotBytes))
			sides(made, i)
		}
		g.ADDQ(imm(8*rows), cells)
		g.ADDQ(operand.I32(rows*slotBytes), made)
		sides(nil, rows)
	}
	g.MOVQ(n, left)
	g.SUBQ(together, left)
	c := g.anyColumns()
	g.Label("make")
	makeRows(c, 1)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("make"))

	g.LEAQ(at(base, 2*slotBytes), slot)
	g.LEAQ(at(n, -2), left)
	g.SUBQ(together, left)
	b := g.loadMarks(at(slot, 0))
	g.TESTQ(together, together)
	g.JZ(operand.LabelRef("rest"))
	g.lookRows("both", l, b, slot, together, found, true, func() {
		const before = -2 * slotBytes
		makeRows([2]vec{g.ymm(at(made, before+evenColumns)), g.ymm(at(made, before+oddColumns))}, 3)
		turned()
	})
	g.lookRows("rest", l, b, slot, left, found, false, turned)
}

// bitsTo returns what stores marks as words.
func (g *asm) bitsTo(words gp) (found func(row int, odd bool, v vec), turned func()) {
	even, bits, mask := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(operand.U64(0x5555555555555555), mask)
	return func(row int, odd bool, v vec) {
		if !odd {
			g.VPMOVMSKB(v, even.As32())
			g.PDEPQ(mask, even, even)
			return
		}
		g.VPMOVMSKB(v, bits.As32())
		g.PDEPQ(mask, bits, bits)
		g.LEAQ(mem{Base: even, Index: bits, Scale: 2}, bits)
		g.MOVQ(bits, at(words, 8*row))
	}, func() { g.ADDQ(imm(24), words) }
}

// blockRows is how many rows are in slots at once.
const blockRows = 64

// lookupRows256 writes StepRows.
func (g *asm) lookupRows256() {
	g.Function("rowsLookupAVX2")
	g.SignatureExpr("func(dst, src *uint64, n int, table *uint8)")
	room := g.room(runBytes(blockRows+2), 64)
	dst, cells, n := g.arg("dst"), g.arg("src"), g.arg("n")
	l := g.pairLookup(8)
	g.loadPairs(l, "table")
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
	g.makeAndLook(l, room, cells, count, g.GP64(), func(slot gp, i int) {
		if slot != nil {
			g.MOVB(operand.I8(noneBeside), at(slot, i*slotBytes+westColumn))
			g.MOVB(operand.I8(noneBeside), at(slot, i*slotBytes+eastColumn))
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
	slots := g.room(runBytes(66), 64)
	dst, n := g.arg("dst"), g.arg("n")
	west, east := g.sideRows(n, locals)
	l := g.pairLookup(8)
	g.loadPairs(l, "table")
	cells, words, count := g.GP64(), g.GP64(), g.GP64()
	g.LEAQ(locals, cells)
	g.LEAQ(locals.Offset(room), words)
	g.LEAQ(at(n, 2), count)
	found, turned := g.bitsTo(words)
	row, t := g.GP64(), g.GP32()
	g.XORQ(row, row)
	g.makeAndLook(l, slots, cells, count, g.GP64(), func(slot gp, i int) {
		if slot == nil {
			g.ADDQ(imm(i), row)
			return
		}
		g.MOVBLZX(west.Idx(row, 1).Offset(i), t)
		g.MOVB(t.As8(), at(slot, i*slotBytes+westColumn))
		g.MOVBLZX(east.Idx(row, 1).Offset(i), t)
		g.MOVB(t.As8(), at(slot, i*slotBytes+eastColumn))
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
// for what is beside each: the columns to the west and east.
func (g *asm) sideRows(n gp, copied mem) (west, east mem) {
	const north, room = 31, 128 // where the row to the north is
	locals := g.AllocLocal(4 * room)
	marks := [2]mem{locals.Offset(north), locals.Offset(room + north)}
	columns := [2]mem{locals.Offset(2 * room), locals.Offset(3 * room)}
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
	for k, side := range sides {
		word := g.YMM()
		g.VMOVQ(side, word.AsX())
		g.VPBROADCASTQ(word.AsX(), word)
		for i, name := range []string{"spreadWest", "spreadEast"} {
			half := g.bytes(name, func(b int) int { return b/8%4 + 4*i })
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
	for k, side := range marks {
		for i := range 2 {
			c := g.ymm(side.Offset(32 * i)) // of rows 32·i and up
			for k := 1; k < 3; k++ {
				g.VPADDB(c, c, c)
				g.VPADDB(side.Offset(32*i+k), c, c)
			}
			g.VPADDB(c, c, c)
			g.VPAND(g.bytes("columnBits", func(int) int { return 15 }), c, c)
			g.VPOR(g.bytes("noneBeside", func(int) int { return noneBeside }), c, c)
			g.VMOVDQU(c, columns[k].Offset(1+32*i))
		}
	}
	return columns[0], columns[1]
}

// lookupTwice256 writes a StepTwice, run by run of groups: the first generation takes the place of
// the marks and columns of its cells, before the second is looked up.
func (g *asm) lookupTwice256() {
	g.Function("twiceLookupAVX2")
	g.SignatureExpr("func(t *uint64, groups uint64, first, second *uint8) (changed, columns, sides uint64)")
	run := runBytes(64) // behind the slots are the words that are made of them
	room := g.room(run+8*60+32, 64)
	gathered := at(room, run+8*60) // c.columns, between runs
	rows, groups := g.arg("t"), g.arg("groups")
	c := g.change256()
	g.MOVQ(operand.U32(2), c.at)
	g.VMOVDQA(c.zero, gathered)
	g.ADDQ(imm(16), rows)
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
	l := g.pairLookup(5)
	g.loadPairs(l, "first")
	south := g.anyColumns()
	g.makeAndLook(l, room, cells, count, slot, func(gp, int) {}, func(row int, odd bool, v vec) {
		g.appendRow(south, odd, v, row == 2, at(slot, 0))
	}, func() {})

	l = g.pairLookup(8)
	g.loadPairs(l, "second")
	g.LEAQ(at(room, 3*slotBytes), slot)
	g.MOVQ(n, count)
	g.LEAQ(at(room, run), cells)
	found, turned := g.bitsTo(cells)
	g.lookRows("two", l, g.loadMarks(at(slot, 0)), slot, count, found, false, turned)

	g.SHRXQ(n, groups, groups)
	g.LEAQ(at(room, run), cells)
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
	stepped := g.arg("groups")
	g.SHLQ(imm(2), stepped)
	g.LEAQ(mem{Base: stepped, Index: stepped, Scale: 4}, stepped)
	g.LEAQ(mem{Base: stepped, Index: stepped, Scale: 2}, stepped) // 15 times
	g.returnChange256(c, stepped)
}
