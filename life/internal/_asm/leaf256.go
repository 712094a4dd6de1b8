package main

import "github.com/mmcloughlin/avo/operand"

// Step32 with 256-bit registers. Register r of four holds in its eight lanes the
// rows 4l+r: rows 0-2 of each four have their neighbour to the south in the same
// lane of the next register, and only between rows 3 and 4 a lane must be moved.
// What is not needed at once lives in slots on the stack.

// ymm loads a 256-bit register.
func (g *asm) ymm(v operand.Op) vec {
	r := g.YMM()
	if _, ok := v.(mem); ok {
		g.VMOVDQU(v, r)
	} else {
		g.VMOVDQA(v, r)
	}
	return r
}

// xor, and, or return a new register; b may be memory.
func (g *asm) xor(a vec, b operand.Op) vec {
	r := g.YMM()
	g.VPXOR(b, a, r)
	return r
}

func (g *asm) and(a vec, b operand.Op) vec {
	r := g.YMM()
	g.VPAND(b, a, r)
	return r
}

func (g *asm) or(a vec, b operand.Op) vec {
	r := g.YMM()
	g.VPOR(b, a, r)
	return r
}

// sum3 adds three bits a lane: a+b+c = s+2k.
func (g *asm) sum3(a vec, b, c operand.Op) (s, k vec) {
	x, y := g.xor(a, b), g.and(a, b)
	s = g.xor(x, c)
	g.VPAND(c, x, x)
	g.VPOR(x, y, y)
	return s, y
}

// slots is memory for 256-bit values, aligned.
type slots struct {
	base gp
	next int
}

func (g *asm) slots(n int) *slots {
	room := g.AllocLocal(32*n + 32)
	s := &slots{base: g.GP64()}
	g.LEAQ(room.Offset(31), s.base)
	g.ANDQ(operand.I8(-32), s.base)
	return s
}

func (s *slots) take() mem {
	m := at(s.base, s.next)
	s.next += 32
	return m
}

// rowPair is the sum of the three cells of each row, in memory or registers.
type rowPair struct{ s, k operand.Op }

func (s *slots) takePair() rowPair { return rowPair{s.take(), s.take()} }

// places says which rows are in a lane: after loading, lanes hold l in this order.
var places = [8]int{0, 1, 4, 5, 2, 3, 6, 7}

// turns defines the lane permutations that bring row 4l-1 (north) or 4(l+1) (south).
func (g *asm) turns() (north, south mem) {
	var lane [8]int
	for p, l := range places {
		lane[l] = p
	}
	turn := func(by int) func(i int) int {
		return func(i int) int { return lane[(places[i/4%8]+by)&7] >> (8 * (i % 4)) }
	}
	return g.bytes("turnNorth", turn(7)), g.bytes("turnSouth", turn(1))
}

func (g *asm) loadRows() (c [4]vec) {
	half := func(west, east string) (lo, hi vec) {
		w, e := g.ymm(at(g.arg(west), 0)), g.ymm(at(g.arg(east), 0))
		lo, hi = g.YMM(), g.YMM()
		g.VPUNPCKLWD(e, w, lo)
		g.VPUNPCKHWD(e, w, hi)
		return lo, hi
	}
	n0, n1 := half("nw", "ne")
	s0, s1 := half("sw", "se")
	var t [4]vec
	for i := range t {
		t[i], c[i] = g.YMM(), g.YMM()
	}
	g.VPUNPCKLDQ(n1, n0, t[0])
	g.VPUNPCKHDQ(n1, n0, t[1])
	g.VPUNPCKLDQ(s1, s0, t[2])
	g.VPUNPCKHDQ(s1, s0, t[3])
	g.VPUNPCKLQDQ(t[2], t[0], c[0])
	g.VPUNPCKHQDQ(t[2], t[0], c[1])
	g.VPUNPCKLQDQ(t[3], t[1], c[2])
	g.VPUNPCKHQDQ(t[3], t[1], c[3])
	return c
}

func (g *asm) storeRows(c [4]vec) {
	for i := 0; i < 4; i += 2 {
		g.VPSRLD(imm(8), c[i], c[i])
		g.VPSLLD(imm(8), c[i+1], c[i+1])
		g.VPBLENDW(imm(0xaa), c[i+1], c[i], c[i])
	}
	g.VPUNPCKLDQ(c[2], c[0], c[1])
	g.VPUNPCKHDQ(c[2], c[0], c[3])
	g.VPERM2I128(imm(0x21), c[3], c[1], c[0])
	g.VMOVDQU(c[0], at(g.arg("out"), 0))
}

// decision256 returns the next state of the cells c.
type decision256 func(c operand.Op, n count) vec

// life256 is kernel.decideLife. It overwrites n.
func (g *asm) life256(c operand.Op, n count) vec {
	r := g.or(n.t0, c)
	x := g.xor(n.c1, n.u0)
	g.VPXOR(n.t0, x, x)
	g.VPANDN(r, x, r)
	g.VPOR(n.c1, n.u0, x)
	g.VPXOR(n.u1, x, x)
	g.VPAND(x, r, r)
	return r
}

// total256 is kernel.poly.at for the polynomial at p.
func (g *asm) total256(p gp) decision256 {
	return func(c operand.Op, n count) vec {
		q, s1, k := g.and(n.t0, c), g.xor(n.c1, n.u0), g.and(n.c1, n.u0)
		s2, s3 := g.xor(n.u1, k), g.and(n.u1, k)
		factor := func(one int, of ...operand.Op) vec {
			r, t := g.YMM(), g.YMM()
			g.VPBROADCASTQ(at(p, one), r)
			for i, x := range of {
				if x != nil {
					g.VPBROADCASTQ(at(p, one+8*i+8), t)
					g.VPAND(x, t, t)
					g.VPXOR(t, r, r)
				}
			}
			return r
		}
		r := factor(polyZero, n.t0, q)
		x := factor(polyFour, c, q)
		g.VPAND(s3, x, x)
		g.VPXOR(x, r, r)
		x = factor(polyOne, n.t0, c, q)
		g.VPAND(s1, x, x)
		g.VPXOR(x, r, r)
		x = factor(polyThree, n.t0, c, q)
		y := factor(polyTwo, n.t0, c, q)
		g.VPAND(s1, x, x)
		g.VPXOR(x, y, y)
		g.VPAND(s2, y, y)
		g.VPXOR(y, r, r)
		return r
	}
}

// across256 adds up the three cells of each row.
func (g *asm) across256(c vec) (s, k vec) {
	west, east := g.sides256(c)
	return g.sum3(west, east, c)
}

func (g *asm) sides256(c vec) (west, east vec) {
	west, east = g.YMM(), g.YMM()
	g.VPSLLD(imm(1), c, west)
	g.VPSRLD(imm(1), c, east)
	return west, east
}

// turned256 is a row with its lanes moved.
func (g *asm) turned256(turn vec, p rowPair) rowPair {
	s, k := g.YMM(), g.YMM()
	g.VPERMD(p.s, turn, s)
	g.VPERMD(p.k, turn, k)
	return rowPair{s, k}
}

// half is what two neighbouring rows have in common: m = a^b and k = a&b.
type half struct{ m, k vec }

func (g *asm) half(a, b operand.Op) half {
	t := g.ymm(a)
	h := half{m: g.xor(t, b)}
	g.VPAND(b, t, t)
	h.k = t
	return h
}

// plus adds a third row.
func (g *asm) plus(h half, c operand.Op) (s, k vec) {
	s, k = g.xor(h.m, c), g.and(h.m, c)
	g.VPOR(h.k, k, k)
	return s, k
}

// halves is what two neighbouring rows have in common in both bits of their sums.
type halves struct{ s, k half }

func (g *asm) halves(a, b rowPair) halves {
	return halves{g.half(a.s, b.s), g.half(a.k, b.k)}
}

// stepTwo steps two rows with the given halves, with n to their north and s to
// their south.
func (g *asm) stepTwo(decide decision256, h halves, n, s rowPair, ca, cb mem, a, b vec) {
	one := func(beside rowPair, c mem, to vec) {
		t0, c1 := g.plus(h.s, beside.s)
		u0, u1 := g.plus(h.k, beside.k)
		g.VMOVDQA(decide(c, count{t0, c1, u0, u1}), to)
	}
	one(n, ca, a)
	one(s, cb, b)
}

// leafMoore256 writes a Step32 of a rule that counts all eight neighbours. The
// sums of the three first registers stay in registers if inRegisters.
func (g *asm) leafMoore256(name, parameters string, inRegisters bool, north, south mem, load func() (decide decision256, swap func())) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(" + leafSignature + parameters + ")")
	c := g.loadRows()
	gens := g.arg("gens")
	decide, swap := load()
	s := g.slots(12)
	g.Label("generation")
	var cells [4]mem
	var sums [4]rowPair
	var last rowPair
	for i := range c {
		i = 3 - i
		cells[i] = s.take()
		g.VMOVDQA(c[i], cells[i])
		s0, s1 := g.across256(c[i])
		sums[i] = rowPair{s0, s1}
		if i == 3 {
			last = g.turned256(g.ymm(north), sums[3])
		}
		if !inRegisters || i == 3 {
			sums[i] = s.takePair()
			g.VMOVDQA(s0, sums[i].s)
			g.VMOVDQA(s1, sums[i].k)
		}
	}
	h := g.halves(sums[0], sums[1])
	first := g.turned256(g.ymm(south), sums[0])
	g.stepTwo(decide, h, last, sums[2], cells[0], cells[1], c[0], c[1])
	h = g.halves(sums[2], sums[3])
	g.stepTwo(decide, h, sums[1], first, cells[2], cells[3], c[2], c[3])
	swap()
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeRows(c)
	g.end()
}

func (g *asm) leaf256() {
	north, south := g.turns()
	g.leafMoore256("step32LifeAVX2", "", true, north, south, func() (decision256, func()) {
		return g.life256, func() {}
	})
	g.leafMoore256("step32TotalAVX2", ", a, b *uint64", false, north, south, func() (decision256, func()) {
		p := g.args("a", "b")
		return g.total256(p[0]), func() { g.XCHGQ(p[0], p[1]) }
	})
	g.leafSubset256(north, south)
}

// masked256 is masked512 for 256 bits.
func (g *asm) masked256(m gp, offset int, west, c, east vec, centre bool) (s, k vec) {
	mask := func(x vec, offset int) vec {
		t := g.YMM()
		g.VPBROADCASTQ(at(m, offset), t)
		g.VPAND(x, t, t)
		return t
	}
	b := c
	if !centre {
		b = mask(c, offset+8)
	}
	return g.sum3(mask(west, offset), b, mask(east, offset+16))
}

// leafSubset256 sums each row in three ways, as the north, middle and south row of
// a square, each through masks of its own.
func (g *asm) leafSubset256(north, south mem) {
	g.Function("step32SubsetAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b, masks *uint64)")
	c := g.loadRows()
	gens := g.arg("gens")
	p := g.args("a", "b", "masks")
	decide := g.total256(p[0])
	s := g.slots(28)
	var cells [4]mem
	var sums [4][3]rowPair
	for i := range cells {
		cells[i] = s.take()
		for j := range sums[i] {
			sums[i][j] = s.takePair()
		}
	}
	g.Label("generation")
	for i := range c {
		g.VMOVDQA(c[i], cells[i])
		west, east := g.sides256(c[i])
		for j := range sums[i] {
			s, k := g.masked256(p[2], 24*j, west, c[i], east, j == 1)
			g.VMOVDQA(s, sums[i][j].s)
			g.VMOVDQA(k, sums[i][j].k)
		}
	}
	for i := range c {
		var n, s rowPair
		if n = sums[(i+3)%4][0]; i == 0 {
			n = g.turned256(g.ymm(north), n)
		}
		if s = sums[(i+1)%4][2]; i == 3 {
			s = g.turned256(g.ymm(south), s)
		}
		m := sums[i][1]
		t0, c1 := g.sum3(g.ymm(m.s), n.s, s.s)
		u0, u1 := g.sum3(g.ymm(m.k), n.k, s.k)
		g.VMOVDQA(decide(cells[i], count{t0, c1, u0, u1}), c[i])
	}
	g.XCHGQ(p[0], p[1])
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeRows(c)
	g.end()
}
