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
func (g *asm) nextLife256(n, c, s operand.Op) vec {
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
	return g.and(t0, odd)
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
			next = append(next, g.nextLife256(r.n, r.c, r.s))
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

// twice256 writes a StepTwice of the groups of four rows, counted from row 2 on, for
// which bit 4i of groups is set; there must be one.
func (g *asm) twice256(k kind) {
	g.Function("twice" + k.name + "AVX2")
	if k != lettersKind { // whose frame is large
		g.Attributes(nosplit)
	}
	g.SignatureExpr("func(t *uint64, groups uint64" + twiceParameters[k.name] + ") (changed, columns, sides uint64)")
	rows, groups := g.arg("t"), g.arg("groups")
	masks := g.rule256(k)
	c := g.change256()
	// skip goes to the next group that is set.
	distance := g.GP64()
	skip := func(rowsAway int) {
		g.BSFQ(groups, distance)
		g.SHRXQ(distance, groups, groups)
		g.LEAQ(mem{Base: rows, Index: distance, Scale: 8, Disp: 8 * rowsAway}, rows)
		g.LEAQ(mem{Base: c.at, Index: distance, Scale: 1, Disp: rowsAway}, c.at)
	}
	zero := func() { // letters overwrite it
		if k == lettersKind {
			g.VPXOR(c.zero, c.zero, c.zero)
		}
	}
	g.XORQ(c.at, c.at)
	skip(2)
	// Of the first register only the two southern rows are needed, nor is there
	// memory for more.
	half := func(row int) vec {
		zero()
		r := g.YMM()
		g.VINSERTI128(imm(1), at(rows, 8*row), c.zero, r)
		return r
	}
	first := func(row int) threeRows {
		return threeRows{at(rows, 8*(row-1)), at(rows, 8*row), at(rows, 8*(row+1))}
	}
	g.Label("run")
	begun := g.nexts256(k, masks, threeRows{half(-2), half(-1), half(0)}, first(1))
	before, now := begun[0], begun[1]
	second := func() threeRows {
		north, middle := g.YMM(), g.YMM()
		g.VPERM2I128(imm(0x21), now, before, north)
		g.VPALIGNR(imm(8), north, now, middle)
		return threeRows{north, middle, now}
	}
	g.BTQ(imm(4), groups)
	g.JCC(operand.LabelRef("last"))
	g.Label("four")
	next := g.nexts256(k, masks, first(5), second())
	zero()
	g.replace256(next[1], at(rows, 0), c)
	g.VMOVDQA(now, before)
	g.VMOVDQA(next[0], now)
	g.ADDQ(imm(32), rows)
	g.ADDQ(imm(4), c.at)
	g.SHRQ(imm(4), groups)
	g.BTQ(imm(4), groups)
	g.JCS(operand.LabelRef("four"))
	g.Label("last")
	next = g.nexts256(k, masks, second())
	zero()
	g.replace256(next[0], at(rows, 0), c)
	g.SHRQ(imm(4), groups)
	g.JEQ(operand.LabelRef("done"))
	skip(4)
	g.JMP(operand.LabelRef("run"))
	g.Label("done")
	g.returnChange256(c)
}

// change256 is where what changed is gathered.
type change256 struct {
	columns, zero vec
	rows, sides   gp
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

// returnChange256 returns what was gathered.
func (g *asm) returnChange256(c change256) {
	columns := g.GP64()
	g.orLanes256(c.columns, columns)
	for i, r := range []gp{c.rows, columns, c.sides} {
		g.Store(r, g.ReturnIndex(i))
	}
	g.end()
}

// replace256 puts the own columns of d into four rows, and notes what that changes.
func (g *asm) replace256(d vec, rows mem, c change256) {
	old := g.ymm(rows)
	g.VPXOR(old, d, d)
	g.VPAND(g.constant64("own", columns(2, 62)), d, d)
	g.VPXOR(old, d, old)
	g.VMOVDQU(old, rows)
	g.VPOR(d, c.columns, c.columns)
	collect := func(bits gp) {
		z, m := g.YMM(), g.GP64()
		g.VPCMPEQQ(c.zero, d, z)
		g.VMOVMSKPD(z, m.As32())
		g.XORL(imm(15), m.As32())
		g.SHLXQ(c.at, m, m)
		g.ORQ(m, bits)
	}
	collect(c.rows)
	g.VPAND(g.constant64("edges", columns(2, 4)|columns(60, 62)), d, d)
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
	g.returnChange256(c)
}

// columns returns a row with the cells from ≤ x < to.
func columns(from, to int) uint64 { return uint64(1)<<to - 1<<from }

// constant64 defines a constant that fills a register.
func (g *asm) constant64(name string, v uint64) mem {
	return g.bytes(name, func(i int) int { return int(v >> (8 * (i % 8)) & 0xff) })
}
