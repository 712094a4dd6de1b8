package main

import "github.com/mmcloughlin/avo/operand"

// Offsets in a kernel.Site, and four of its neighbours.
const (
	siteChanged, siteNear      = 512, 520
	siteIsQueued, siteIsAsleep = 558, 559
	toN, toW, toE, toS         = 1, 3, 4, 6
)

// Offsets in a kernel.Notes, of lists, and in a list.
const (
	notesNext                = 0
	notesNorth, notesSouth   = 32, 64
	notesWest, notesEast     = 96, 128
	notesCorners, notesStill = 160, 192
	notesSample              = 224
	notesClock, notesGroups  = 256, 264
	listEntries, listN       = 0, 24
	idBytes, linkBytes       = 4, 8
	diagonalsBytes           = 8
	sideBytes                = 16
	sampleEvery              = 16
)

// note256 adds the visit before this one to the notes, unless there are none. What it
// changed is known by now, while this one keeps the vector units busy: so that the rest
// of the processor does not have to wait, nor they for it.
func (g *asm) note256(visit gp) {
	notes, id, tile := g.GP64(), g.GP64(), g.GP64()
	g.Load(g.Param("notes"), notes)
	g.TESTQ(notes, notes)
	g.JEQ(operand.LabelRef("noted"))
	rows, sides, groups := g.GP64(), g.GP64(), g.GP64()
	before := func(offset int) mem { return at(visit, offset-visitBytes) }
	g.POPCNTQ(before(visitGroups), groups)
	g.ADDQ(groups, at(notes, notesGroups))
	g.MOVQ(before(visitSite), tile)
	g.MOVQ(before(visitRows), rows)
	g.MOVL(before(visitID), id.As32())
	g.MOVQ(rows, at(tile, siteChanged))
	g.TESTQ(rows, rows)
	g.JNE(operand.LabelRef("changed"))
	putID := func(list int) {
		entry := g.listed(notes, list, idBytes)
		g.MOVL(id.As32(), entry)
	}
	putID(notesStill)
	g.INCQ(at(notes, notesStill+listN))
	g.JMP(operand.LabelRef("noted"))

	g.Label("changed")
	putID(notesNext)
	g.INCQ(at(notes, notesNext+listN))
	put := func(list, size, direction int, isThere gp) {
		entry := g.listed(notes, list, size)
		g.MOVL(id.As32(), entry)
		to := g.GP32()
		g.MOVL(at(tile, siteNear+4*direction), to)
		entry.Disp += 4
		g.MOVL(to, entry)
		if entry.Disp += 4; size == sideBytes {
			g.MOVQ(sides, entry)
		}
		g.ADDQ(isThere, at(notes, list+listN))
	}
	north, south := g.lowHigh(rows)
	put(notesNorth, linkBytes, toN, north)
	put(notesSouth, linkBytes, toS, south)
	columns := g.GP64()
	g.MOVQ(before(visitSides), sides)
	g.MOVQ(before(visitColumns), columns)
	west, east := g.lowHigh(columns)
	put(notesWest, sideBytes, toW, west)
	put(notesEast, sideBytes, toE, east)
	g.TESTQ(sides, g.constant64("corners", edgeColumns))
	g.JEQ(operand.LabelRef("inside"))
	g.noteCorners(notes, id, sides, west, east)
	g.Label("inside")
	turn := g.GP32()
	g.MOVL(at(notes, notesClock), turn)
	g.ADDL(id.As32(), turn)
	g.TESTL(operand.U32(sampleEvery-1), turn)
	g.JNE(operand.LabelRef("noted"))
	putID(notesSample)
	g.INCQ(at(notes, notesSample+listN))
}

// listed returns where the next entry of a list goes.
func (g *asm) listed(notes gp, list, size int) mem {
	entries, n := g.GP64(), g.GP64()
	g.MOVQ(at(notes, list+listEntries), entries)
	g.MOVQ(at(notes, list+listN), n)
	if size > 8 {
		g.ADDQ(n, n)
		size /= 2
	}
	return mem{Base: entries, Index: n, Scale: uint8(size)}
}

// lowHigh returns kernel.atLow and kernel.atHigh.
func (g *asm) lowHigh(m gp) (low, high gp) {
	low, high = g.GP64(), g.GP64()
	g.MOVQ(m, high)
	g.SHRQ(imm(1), high)
	g.ORQ(m, high)
	g.MOVQ(high, low)
	g.SHRQ(imm(2), low)
	g.SHRQ(imm(60), high)
	g.ANDL(imm(1), low.As32())
	g.ANDL(imm(1), high.As32())
	return low, high
}

// noteCorners adds the site to the list of corners.
func (g *asm) noteCorners(notes, id, sides, west, east gp) {
	north, south := g.lowHigh(sides)
	ends := g.GP64()
	g.LEAQ(mem{Base: west, Index: east, Scale: 4}, ends)
	g.NEGL(north.As32())
	g.ANDL(ends.As32(), north.As32())
	g.SHLL(imm(5), ends.As32())
	g.NEGL(south.As32())
	g.ANDL(ends.As32(), south.As32())
	g.ORL(south.As32(), north.As32())
	entry := g.listed(notes, notesCorners, diagonalsBytes)
	g.MOVL(id.As32(), entry)
	entry.Disp += 4
	g.MOVL(north.As32(), entry)
	g.CMPL(north.As32(), imm(1)) // carry: none
	g.SBBQ(operand.I8(-1), at(notes, notesCorners+listN))
}
