package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// StepRows and StepTile with 512-bit registers: eight rows of 64 cells to a
// register. Neighbouring rows are neighbouring lanes: VALIGNQ moves them over from
// the register before or after. Rows at the end are loaded and stored through a
// mask. Each compute below is emitted twice, as masked stores, which cannot be
// forwarded to a load soon after, are only used for the last register.

// kind is how a class of rules is computed from sums.
type kind struct {
	name       string
	parameters string // beyond those of all
	masked     bool   // sums go through masks
}

var lettersKind = kind{"Letters", ", p *uint64", false}

var kinds = []kind{{"Life", "", false}, {"Total", ", p *uint64", false}, {"Subset", ", p, masks *uint64", true}}

// rules returns the decision of a kind, and the pointer to its masks.
func (g *asm) rules512(k kind) (decision, gp) {
	if k.name == "Life" {
		return g.life512(), nil
	}
	decide := g.total512(g.arg("p"))
	if k.masked {
		return decide, g.arg("masks")
	}
	return decide, nil
}

// low returns a mask of the n low lanes, 0 ≤ n ≤ 8.
func (g *asm) low(n gp) reg.OpmaskVirtual {
	m, k := g.GP32(), g.K()
	g.MOVL(operand.I32(-1), m)
	g.BZHIL(n.As32(), m, m)
	g.KMOVB(m, k)
	return k
}

// shifted are the cells to the west and east of each, in rows of 64.
func (g *asm) shifted512(c vec) (west, east vec) {
	west, east = g.ZMM(), g.ZMM()
	g.VPSLLQ(imm(1), c, west)
	g.VPSRLQ(imm(1), c, east)
	return west, east
}

// rowLanes returns lanes n to n+7 of the 16 in a and b.
func (g *asm) rowLanes(n int, a, b vec) vec {
	r := g.ZMM()
	g.VALIGNQ(imm(n), a, b, r)
	return r
}

// sumDown adds up the three rows n, c, s and then across. It is the cheaper way
// round where no cells come from the sides.
func (g *asm) sumDown(n, c, s vec, masks gp) count {
	if masks == nil {
		x, k := g.add3(g.zmm(n), c, s)
		across := func(x vec) (vec, vec) {
			west, east := g.shifted512(x)
			return g.add3(west, east, x)
		}
		t0, c1 := across(x)
		u0, u1 := across(k)
		return count{t0, c1, u0, u1}
	}
	column := func(x int) (vec, vec) {
		and := func(v vec, y int) vec {
			r := g.ZMM()
			g.VPANDQ_BCST(at(masks, 24*y+8*x), v, r)
			return r
		}
		b := c
		if x != 1 {
			b = and(c, 1)
		}
		return g.add3(and(n, 0), b, and(s, 2))
	}
	shift := func(left bool, v ...vec) {
		for _, x := range v {
			if left {
				g.VPSLLQ(imm(1), x, x)
			} else {
				g.VPSRLQ(imm(1), x, x)
			}
		}
	}
	w0, w1 := column(0)
	c0, c1 := column(1)
	e0, e1 := column(2)
	shift(true, w0, w1)
	shift(false, e0, e1)
	return g.count3(pair{w0, w1}, pair{c0, c1}, pair{e0, e1})
}

// rows512 writes a StepRows.
func (g *asm) rows512(k kind) {
	g.Function("rows" + k.name + "AVX512")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src *uint64, n int" + k.parameters + ")")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	decide, masks := g.rules512(k)
	seven, zero := g.GP64(), g.GP64()
	g.XORQ(zero, zero)
	g.MOVQ(operand.U32(8), seven)
	// load reads the rows at an offset from src of which some exist.
	load := func(offset int, to vec) {
		rest := g.GP64()
		g.LEAQ(at(n, 2-offset/8), rest)
		g.CMPQ(rest, seven)
		g.CMOVQGT(seven, rest)
		g.CMPQ(rest, zero)
		g.CMOVQLT(zero, rest)
		g.VMOVDQU64_Z(at(src, offset), g.low(rest), to)
	}
	cur, next := g.ZMM(), g.ZMM()
	load(0, cur)
	compute := func() vec {
		c := g.rowLanes(1, cur, next)
		decide(c, g.sumDown(cur, c, g.rowLanes(2, cur, next), masks))
		return c
	}
	g.Label("block")
	g.CMPQ(n, imm(8))
	g.JLE(operand.LabelRef("last"))
	g.CMPQ(n, imm(14))
	g.JL(operand.LabelRef("partial"))
	g.VMOVDQU64(at(src, 64), next)
	g.JMP(operand.LabelRef("loaded"))
	g.Label("partial")
	load(64, next)
	g.Label("loaded")
	g.VMOVDQU64(compute(), at(dst, 0))
	g.VMOVDQA64(next, cur)
	g.ADDQ(imm(64), src)
	g.ADDQ(imm(64), dst)
	g.SUBQ(imm(8), n)
	g.JMP(operand.LabelRef("block"))
	g.Label("last")
	load(64, next)
	g.VMOVDQU64(compute(), g.low(n), at(dst, 0))
	g.end()
}

const spanSignature = "dst, c, w, e *uint64, n int, north, south *uint64"

// triple is a row and the rows to its west and east, or eight of each.
type triple struct{ c, w, e vec }

func (g *asm) triple() triple { return triple{g.ZMM(), g.ZMM(), g.ZMM()} }

// sums512 is what a row adds to the squares it is in: as their north, middle and
// south row. Without masks all three are the same.
type sums512 [3]pair

// moveSums copies sums.
func (g *asm) moveSums(from, to sums512, rows ...int) {
	for _, i := range rows {
		g.VMOVDQA64(from[i].s, to[i].s)
		g.VMOVDQA64(from[i].k, to[i].k)
	}
}

// span512 writes a span of StepTile.
func (g *asm) span512(k kind) {
	g.Function("span" + k.name + "AVX512")
	g.Attributes(nosplit)
	g.SignatureExpr("func(" + spanSignature + k.parameters + ") uint64")
	dst, c, w, e, n := g.arg("dst"), g.arg("c"), g.arg("w"), g.arg("e"), g.arg("n")
	decide, masks := g.rules512(k)
	sum := func(t triple) sums512 {
		g.VPSHLDQ(imm(1), t.w, t.c, t.w)
		g.VPSHRDQ(imm(1), t.e, t.c, t.e)
		if masks == nil {
			s, k := g.add3(t.w, t.e, t.c)
			return sums512{{s, k}, {s, k}, {s, k}}
		}
		return sums512{
			g.masked512(masks, 0, t.w, t.c, t.e, false),
			g.masked512(masks, 24, t.w, t.c, t.e, true),
			g.masked512(masks, 48, t.w, t.c, t.e, false),
		}
	}
	// lone loads one row into all lanes.
	lone := func(name string) triple {
		p, t := g.arg(name), g.triple()
		for i, v := range []vec{t.c, t.w, t.e} {
			g.VPBROADCASTQ(at(p, 8*i), v)
		}
		return t
	}
	// load reads the eight rows at an offset; if there are only left < 8, the
	// row to the south comes behind them.
	labels := 0
	load := func(offset int, left gp) triple {
		t := g.triple()
		labels++
		full, done := fmt.Sprint("full", labels), fmt.Sprint("done", labels)
		g.CMPQ(left, imm(8))
		g.JGE(operand.LabelRef(full))
		m, low, bit, south := g.GP32(), g.K(), g.K(), g.arg("south")
		g.MOVL(operand.U32(1), m)
		g.SHLXL(left.As32(), m, m)
		g.KMOVB(m, bit)
		g.DECL(m)
		g.KMOVB(m, low)
		for i, row := range []gp{c, w, e} {
			v := []vec{t.c, t.w, t.e}[i]
			g.VMOVDQU64_Z(at(row, offset), low, v)
			g.VPBROADCASTQ(at(south, 8*i), bit, v)
		}
		g.JMP(operand.LabelRef(done))
		g.Label(full)
		for i, row := range []gp{c, w, e} {
			g.VMOVDQU64(at(row, offset), []vec{t.c, t.w, t.e}[i])
		}
		g.Label(done)
		return t
	}
	changed := g.ZMM()
	g.VPXORQ(changed, changed, changed)
	above := sum(lone("north"))
	here := load(0, n)
	cells := g.zmm(here.c)
	middle := sum(here)
	// compute steps the rows with the sums middle into cells.
	compute := func(below sums512) {
		north := pair{g.rowLanes(7, above[0].s, middle[0].s), g.rowLanes(7, above[0].k, middle[0].k)}
		south := pair{g.rowLanes(1, middle[2].s, below[2].s), g.rowLanes(1, middle[2].k, below[2].k)}
		decide(cells, g.count3(north, middle[1], south))
	}
	g.Label("block")
	g.CMPQ(n, imm(8))
	g.JLE(operand.LabelRef("last"))
	g.SUBQ(imm(8), n)
	next := load(64, n)
	keep := g.zmm(next.c)
	below := sum(next)
	compute(below)
	g.tern(orXor, changed, cells, at(dst, 0))
	g.VMOVDQU64(cells, at(dst, 0))
	g.VMOVDQA64(keep, cells)
	if k.masked {
		g.moveSums(middle, above, 0)
		g.moveSums(below, middle, 0, 1, 2)
	} else {
		g.moveSums(middle, above, 0)
		g.moveSums(below, middle, 0)
	}
	for _, p := range []gp{dst, c, w, e} {
		g.ADDQ(imm(64), p)
	}
	g.JMP(operand.LabelRef("block"))
	g.Label("last")
	compute(sum(lone("south")))
	low := g.low(n)
	g.VPTERNLOGQ(orXor, at(dst, 0), cells, low, changed)
	g.VMOVDQU64(cells, low, at(dst, 0))
	g.returnOr(changed)
	g.end()
}

// returnOr returns the OR of the lanes of v.
func (g *asm) returnOr(v vec) {
	x, r := g.YMM(), g.GP64()
	g.VEXTRACTI64X4(imm(1), v, x)
	g.VPOR(v.AsY(), x, x)
	g.returnOr256(x, r)
}

func (g *asm) returnOr256(y vec, r gp) {
	g.orLanes256(y, r)
	g.Store(r, g.ReturnIndex(0))
}

// orLanes256 puts the OR of the lanes of y into r. It overwrites y.
func (g *asm) orLanes256(y vec, r gp) {
	t := g.YMM()
	g.VPERM2I128(imm(1), y, y, t)
	g.VPOR(y, t, t)
	g.VPUNPCKHQDQ(t, t, y)
	g.VPOR(y, t, t)
	g.VMOVQ(t.AsX(), r)
}
