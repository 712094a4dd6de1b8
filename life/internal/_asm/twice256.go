package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// StepTwice with 256-bit registers: four rows to a register. The first generation
// runs up to eight rows ahead of the second and hands its rows over in registers:
// with one permutation and one alignment, two registers in succession are the
// north, middle and south rows of four rows. Nothing goes through memory between
// the generations, and the cells change in place.

// twiceParameters are those of a class beyond those of all.
var twiceParameters = map[string]string{"Life": "", "Total": ", p *uint64", "Subset": ", p, masks *uint64", "Letters": ", p *uint64"}

// nextLife256 is Life by its neighbours alone: 19 operations and four shifts. x + 2y
// are the two above and below, t0 + 2·t1 the units of all; of the twos exactly one
// must be set.
func (g *asm) nextLife256(n, c, s operand.Op, next vec) {
	north, ok := n.(vec)
	if !ok {
		north = g.ymm(n)
	}
	x, y := g.xor(north, s), g.and(north, s)
	ones, twos := g.xor(x, c), g.and(x, c)
	g.VPOR(y, twos, twos)
	west, east := g.shiftLeft(ones), g.shiftRight(ones)
	t0, t1 := g.xor(west, east), g.and(west, east)
	u := g.and(t0, x)
	g.VPXOR(x, t0, t0)
	g.VPOR(u, t1, t1)
	west, east = g.shiftLeft(twos), g.shiftRight(twos)
	odd, two := g.xor(west, east), g.and(west, east)
	v := g.and(y, t1)
	g.VPXOR(y, t1, t1)
	g.VPXOR(t1, odd, odd)
	g.VPOR(v, two, two)
	g.VPANDN(odd, two, odd)
	g.VPOR(c, t0, t0)
	g.VPAND(odd, t0, next)
}

// threeRows are the rows of a register and those to their north and south.
type threeRows struct{ n, c, s operand.Op }

// nexts256 returns the next states of the cells c of one register or two; the second
// may be those of another generation.
func (g *asm) nexts256(k kind, masks gp, of ...threeRows) (next []vec) {
	if k == lettersKind {
		next = make([]vec, len(of))
		g.nextsLetters256(of, func(i int, v reg.VecPhysical) { next[i] = g.ymm(v) })
		return next
	}
	for i, r := range of {
		if k.name == "Life" {
			next = append(next, g.YMM())
			g.nextLife256(r.n, r.c, r.s, next[i])
		} else {
			g.lane(i, g.sumDown256(r.n, r.c, r.s, masks), r.c)
		}
	}
	if k.name == "Life" {
		return next
	}
	g.decideTwo()
	for i := range of {
		r := g.YMM()
		g.VMOVDQA(both[i].v, r)
		next = append(next, r)
	}
	return next
}

// Offsets in a kernel.Visit.
const (
	visitSite, visitGroups              = 0, 8
	visitRows, visitColumns, visitSides = 16, 24, 32
	visitID, visitBytes                 = 40, 48
)

// twice256 writes the visits of StepTwice. Only a visit's own tile is read and
// written, so that the end of one visit overlaps with the beginning of the next.
func (g *asm) twice256(k kind) {
	g.Function("twice" + k.name + "AVX2")
	if k != lettersKind { // whose frame is large
		g.Attributes(nosplit)
	}
	g.SignatureExpr("func(visits *uint64, n int, notes *byte" + twiceParameters[k.name] + ")")
	visit, end := g.arg("visits"), g.arg("n")
	masks := g.rule256(k)
	g.LEAQ(mem{Base: end, Index: end, Scale: 2}, end)
	g.SHLQ(imm(4), end)
	g.ADDQ(visit, end)
	c := unchanged256{columns: g.YMM(), rows: g.GP64(), sides: g.GP64(), at: g.GP64()}
	if k.name == "Life" { // the others have no register to spare
		c.zero = g.zero256()
	}
	tile, groups := g.GP64(), g.GP64()
	g.Label("visit")
	g.MOVQ(at(visit, visitSite), tile)
	g.MOVQ(at(visit, visitGroups), groups)
	g.VPXOR(c.columns, c.columns, c.columns)
	for _, r := range []gp{c.rows, c.sides, c.at} {
		g.XORL(r.As32(), r.As32())
	}
	g.fetchNext256(visit, end)
	g.TESTQ(groups, groups)
	g.JEQ(operand.LabelRef("done"))
	g.twiceRuns256(k, masks, tile, groups, c)
	g.Label("done")
	g.storeChange256(c, visit)
	first := g.arg("visits")
	g.CMPQ(visit, first)
	g.JEQ(operand.LabelRef("noted"))
	g.Label("note")
	g.note256(visit)
	g.Label("noted")
	g.ADDQ(imm(visitBytes), visit)
	g.CMPQ(visit, end)
	g.JCS(operand.LabelRef("visit"))
	g.JEQ(operand.LabelRef("note"))
	g.end()
}

// fetchNext256 brings the tile of the next visit, if there is one, into the nearest cache.
func (g *asm) fetchNext256(visit, end gp) {
	next := g.GP64()
	g.LEAQ(at(visit, visitBytes), next)
	g.CMPQ(next, end)
	g.CMOVQEQ(visit, next)
	g.MOVQ(at(next, visitSite), next)
	for line := range 8 {
		g.PREFETCHT0(at(next, 64*line))
	}
}

// twiceRuns256 steps the groups of four rows, counted from row 2 on, for which bit 4i of
// groups is set; there must be one.
func (g *asm) twiceRuns256(k kind, masks, tile, groups gp, c unchanged256) {
	// row is a row of a group, and around it, as cells in memory.
	row := func(n int) mem { return at8(tile, c.at, 8*(n+2)) }
	// Of the first register only the two southern rows are needed, nor is there
	// memory for more.
	half := func(n int) vec {
		r := g.zero256()
		g.VINSERTI128(imm(1), row(n), r, r)
		return r
	}
	first := func(n int) threeRows { return threeRows{row(n - 1), row(n), row(n + 1)} }
	n, last := g.GP64(), g.GP64()
	g.Label("run")
	g.TZCNTQ(groups, n)
	g.SHRXQ(n, groups, groups)
	g.ADDQ(n, c.at)
	g.MOVQ(operand.U64(0x1111111111111111), last)
	g.ANDNQ(last, groups, last)
	g.TZCNTQ(last, n)
	g.SHRXQ(n, groups, groups)
	g.LEAQ(mem{Base: c.at, Index: n, Scale: 1, Disp: -4}, last)
	begun := g.nexts256(k, masks, threeRows{half(-2), half(-1), half(0)}, first(1))
	before, now := begun[0], begun[1]
	isLate := k != lettersKind // they leave no register for changes
	var changes vec
	if isLate {
		changes = g.zero256()
	}
	second := func() threeRows { return g.between256(before, now) }
	g.CMPQ(c.at, last)
	g.JEQ(operand.LabelRef("last"))
	g.Label("four")
	if k.name == "Life" {
		g.twoGroups256(first(5), row(0), before, now, changes, last, c)
	} else {
		next := g.nexts256(k, masks, first(5), second())
		if isLate {
			g.collect256(changes, c)
		}
		g.put256(next[1], row(0), c.columns)
		if isLate {
			g.VMOVDQA(next[1], changes)
		}
		g.VMOVDQA(now, before)
		g.VMOVDQA(next[0], now)
		g.ADDQ(imm(4), c.at)
		if !isLate {
			g.collect256(next[1], c)
		}
		g.CMPQ(c.at, last)
		g.JNE(operand.LabelRef("four"))
	}
	g.Label("last")
	next := g.nexts256(k, masks, second())
	if isLate {
		g.collect256(changes, c)
	}
	g.put256(next[0], row(0), c.columns)
	g.ADDQ(imm(4), c.at)
	g.collect256(next[0], c)
	g.TESTQ(groups, groups)
	g.JNE(operand.LabelRef("run"))
}

// between256 returns the rows between those of two registers in succession.
func (g *asm) between256(before, now vec) threeRows {
	north, middle := g.YMM(), g.YMM()
	g.VPERM2I128(imm(0x21), now, before, north)
	g.VPALIGNR(imm(8), north, now, middle)
	return threeRows{north, middle, now}
}

// twoGroups256 is the loop of twiceRuns256 for Life. Two groups a turn, before and now
// exchange their roles and nothing is copied.
func (g *asm) twoGroups256(first threeRows, row mem, before, now, changes vec, last gp, c unchanged256) {
	others := g.YMM()
	group := func(before, now, changes, others vec) {
		second := g.between256(before, now)
		g.nextLife256(first.n, first.c, first.s, before)
		g.nextLife256(second.n, second.c, second.s, others)
		g.collect256(changes, c)
		g.put256(others, row, c.columns)
		g.ADDQ(imm(4), c.at)
		g.CMPQ(c.at, last)
	}
	group(before, now, changes, others)
	g.JEQ(operand.LabelRef("odd"))
	group(now, before, others, changes)
	g.JNE(operand.LabelRef("four"))
	g.JMP(operand.LabelRef("last"))
	g.Label("odd")
	g.VMOVDQA(now, changes)
	g.VMOVDQA(before, now)
	g.VMOVDQA(changes, before)
	g.VMOVDQA(others, changes)
}

// unchanged256 is where a visit gathers what changed, and what did not: for rows and
// sides bit y+2 is set when row y was stepped and did not change. Others may be set too.
type unchanged256 struct {
	columns     vec
	zero        vec // or nil
	rows, sides gp
	at          gp // the number of the first row, less 2
}

// collect256 notes which of the four rows before those at c.at changed: the changes d of
// a group are looked at while the next one is stepped, so that nothing waits for them.
func (g *asm) collect256(d vec, c unchanged256) {
	collect := func(bits gp) {
		zero, z, m := c.zero, g.YMM(), g.GP64()
		if zero == nil {
			zero = g.zero256()
		}
		g.VPCMPEQQ(zero, d, z)
		g.VMOVMSKPD(z, m.As32())
		g.SHLXQ(c.at, m, m)
		g.ORQ(m, bits)
	}
	collect(c.rows)
	g.VPAND(g.constant64("edges", edgeColumns), d, d)
	collect(c.sides)
}

// zero256 returns a register without bits.
func (g *asm) zero256() vec {
	r := g.YMM()
	g.VPXOR(r, r, r)
	return r
}

// storeChange256 stores what was gathered in a visit.
func (g *asm) storeChange256(c unchanged256, visit gp) {
	stepped, t := g.GP64(), g.GP64()
	g.MOVQ(at(visit, visitGroups), t)
	g.MOVQ(t, stepped)
	g.SHLQ(imm(8), stepped)
	g.SHLQ(imm(4), t)
	g.SUBQ(t, stepped)
	for _, r := range []struct {
		bits gp
		to   int
	}{{c.rows, visitRows}, {c.sides, visitSides}} {
		g.ANDNQ(stepped, r.bits, t)
		g.SHRQ(imm(2), t)
		g.MOVQ(t, at(visit, r.to))
	}
	g.orLanes256(c.columns, t)
	g.MOVQ(t, at(visit, visitColumns))
}

// change256 is where what changed is gathered, or did not.
type change256 struct {
	columns, zero vec
	rows, sides   gp // those that did not
	at            gp // the number of the first row
}

func (g *asm) change256() change256 {
	c := change256{columns: g.YMM(), zero: g.YMM(), rows: g.GP64(), sides: g.GP64(), at: g.GP64()}
	g.VPXOR(c.columns, c.columns, c.columns)
	g.VPXOR(c.zero, c.zero, c.zero)
	g.XORQ(c.rows, c.rows)
	g.XORQ(c.sides, c.sides)
	return c
}

// returnChange256 returns what was gathered of some rows.
func (g *asm) returnChange256(c change256, stepped gp) {
	columns := g.GP64()
	g.orLanes256(c.columns, columns)
	g.ANDNQ(stepped, c.rows, c.rows)
	g.ANDNQ(stepped, c.sides, c.sides)
	for i, r := range []gp{c.rows, columns, c.sides} {
		g.Store(r, g.ReturnIndex(i))
	}
	g.end()
}

// replace256 puts the own columns of d into four rows, and notes what that changes.
func (g *asm) replace256(d vec, rows mem, c change256) {
	g.put256(d, rows, c.columns)
	collect := func(bits gp) {
		z, m := g.YMM(), g.GP64()
		g.VPCMPEQQ(c.zero, d, z)
		g.VMOVMSKPD(z, m.As32())
		g.SHLXQ(c.at, m, m)
		g.ORQ(m, bits)
	}
	collect(c.rows)
	g.VPAND(g.constant64("edges", edgeColumns), d, d)
	collect(c.sides)
}

// merge256 writes kernel.merge for 4, 8, … rows.
func (g *asm) merge256() {
	g.Function("mergeAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src *uint64, n int) (changed, columns, sides uint64)")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	c := g.change256()
	g.XORQ(c.at, c.at)
	g.Label("four")
	g.replace256(g.ymm(at8(src, c.at, 0)), at8(dst, c.at, 0), c)
	g.ADDQ(imm(4), c.at)
	g.CMPQ(c.at, n)
	g.JLT(operand.LabelRef("four"))
	stepped := g.GP64()
	g.MOVQ(operand.I32(-1), stepped)
	g.BZHIQ(n, stepped, stepped)
	g.returnChange256(c, stepped)
}

// put256 puts the own columns of d into four rows; d and columns get what that changes.
func (g *asm) put256(d vec, rows mem, columns vec) {
	old := g.ymm(rows)
	g.VPXOR(old, d, d)
	g.VPAND(g.constant64("own", ownColumns), d, d)
	g.VPXOR(old, d, old)
	g.VMOVDQU(old, rows)
	g.VPOR(d, columns, columns)
}

// ownColumns are those that StepTwice replaces, edgeColumns are kernel.EdgeColumns.
var ownColumns, edgeColumns = columns(2, 62), columns(2, 4) | columns(60, 62)

// columns returns a row with the cells from ≤ x < to.
func columns(from, to int) uint64 { return uint64(1)<<to - 1<<from }

// constant64 defines a constant that fills a register.
func (g *asm) constant64(name string, v uint64) mem {
	return g.bytes(name, func(i int) int { return int(v >> (8 * (i % 8)) & 0xff) })
}
