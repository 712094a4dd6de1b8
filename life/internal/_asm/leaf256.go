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
	return &slots{base: g.room(32*n, 32)}
}

// room allocates bytes on the stack, aligned to 32 or 64.
func (g *asm) room(bytes, align int) gp {
	room, base := g.AllocLocal(bytes+align), g.GP64()
	g.LEAQ(room.Offset(align-1), base)
	g.ANDQ(operand.I8(-align), base)
	return base
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

// count counts in three rows, given the halves of two and the third.
func (g *asm) count(h halves, beside rowPair) (n count) {
	n.t0, n.c1 = g.plus(h.s, beside.s)
	n.u0, n.u1 = g.plus(h.k, beside.k)
	return n
}

// leafLife256 writes Step32 of Life. The sums of the three first registers stay in
// registers.
func (g *asm) leafLife256(north, south mem) {
	g.Function("step32LifeAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(" + leafSignature + ")")
	c := g.loadRows()
	gens := g.arg("gens")
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
			sums[3] = s.takePair()
			g.VMOVDQA(s0, sums[3].s)
			g.VMOVDQA(s1, sums[3].k)
		}
	}
	step := func(i int, n, s rowPair) {
		h := g.halves(sums[i], sums[i+1])
		for k, beside := range []rowPair{n, s} {
			g.VMOVDQA(g.life256(cells[i+k], g.count(h, beside)), c[i+k])
		}
	}
	first := g.turned256(g.ymm(south), sums[0])
	step(0, last, sums[2])
	step(2, sums[1], first)
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeRows(c)
	g.end()
}

func (g *asm) leaf256() {
	north, south := g.turns()
	g.leafLife256(north, south)
	g.leafTotal256(north, south)
	g.leafSubset256(north, south)
	g.leafLetters256(north, south)
}

// leafPairs is a generation of a rule that counts all neighbours. It adds up rows -1 to 4, of which
// sides brings what is to the west and east, and calls pair for rows i and i+1, whose cells it may
// replace. What the second pair needs waits in later.
func (g *asm) leafPairs(c [4]vec, north, south mem, later func(row int) rowPair, sides func(row int, c vec) (west, east vec), pair func(i int, n [2]count)) {
	var sums [6]rowPair
	add := func(row int, c vec) {
		west, east := sides(row, c)
		s, k := g.sum3(west, east, c)
		sums[1+row] = rowPair{s, k}
		if row > 0 {
			g.VMOVDQA(s, later(row).s)
			g.VMOVDQA(k, later(row).k)
		}
	}
	turned := func(turn mem, c vec) vec {
		r := g.YMM()
		g.VPERMD(c, g.ymm(turn), r)
		return r
	}
	add(3, c[3])
	add(4, turned(south, c[0]))
	add(-1, turned(north, c[3]))
	for i := range 3 {
		add(i, c[i])
	}
	for i := 0; i < 4; i += 2 {
		h := g.halves(sums[1+i], sums[2+i])
		pair(i, [2]count{g.count(h, sums[i]), g.count(h, sums[3+i])})
		for row := 1; row < 5; row++ {
			sums[1+row] = later(row)
		}
	}
}

// leafLast is the last generation, which makes rows 8 to 23 alone, one half of each register: these
// become two, for rows of even and of odd numbers. See leafPairs.
func (g *asm) leafLast(c [4]vec, sides func(row int, c vec) (west, east vec), pair func(i int, n [2]count)) {
	inner := func(a, b vec) vec { // the rows in turn
		low, high := g.YMM(), g.YMM()
		g.VPUNPCKLDQ(b, a, low)
		g.VPUNPCKHDQ(b, a, high)
		g.VPERM2I128(imm(0x21), high, low, low)
		return low
	}
	moved := func(name string, by int, c vec, in, lane int, from vec) vec {
		turn := g.ymm(g.bytes(name, func(i int) int { return (i/4 + by) & 7 >> (8 * (i % 4)) }))
		r := g.YMM()
		g.VPERMD(c, turn, turn)
		g.VPSHUFD(imm(0x55*lane), from, r) // to all places
		g.VPBLENDD(imm(in), r, turn, r)
		return r
	}
	even, odd := inner(c[0], c[2]), inner(c[1], c[3])
	rows := [4]vec{moved("moveSouth", 7, odd, 1<<0, 1, c[3]), even, odd, moved("moveNorth", 1, even, 1<<7, 2, c[0])}
	var sums [4]rowPair
	for i, c := range rows {
		west, east := sides(i-1, c)
		s, k := g.sum3(west, east, c)
		sums[i] = rowPair{s, k}
	}
	h := g.halves(sums[1], sums[2])
	pair(0, [2]count{g.count(h, sums[0]), g.count(h, sums[3])})
	g.VPSRLD(imm(8), c[0], c[0])
	g.VPSLLD(imm(8), c[1], c[1])
	g.VPBLENDW(imm(0xaa), c[1], c[0], c[0])
	g.VMOVDQU(c[0], at(g.arg("out"), 0))
}

// leafTotal256 writes Step32 of an outer-totalistic rule.
func (g *asm) leafTotal256(north, south mem) {
	g.Function("step32TotalAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b *uint64)")
	c := g.loadRows()
	gens := g.arg("gens")
	g.Load(g.Param("a"), ofRule)
	other := g.arg("b")
	g.roomForSums()
	s := g.slots(4 + 2*4)
	place := func(i int) mem { return at(s.base, 32*i) }
	later := func(row int) rowPair { return rowPair{place(2 + 2*row), place(3 + 2*row)} }
	sides := func(row int, c vec) (west, east vec) {
		if row >= 0 && row < 4 {
			g.VMOVDQA(c, place(row))
		}
		return g.sides256(c)
	}
	pair := func(i int, n [2]count) {
		for k := range n {
			g.lane(k, n[k], place(i+k))
		}
		g.decideTwo()
		for k := range n {
			g.VMOVDQA(both[k].v, c[i+k])
		}
	}
	g.leafGenerations(gens, func() {
		g.leafPairs(c, north, south, later, sides, pair)
		g.XCHGQ(other, ofRule)
	}, func() { g.leafLast(c, sides, pair) })
	g.end()
}

// leafGenerations makes all generations but the last, and then that.
func (g *asm) leafGenerations(gens gp, each, last func()) {
	g.DECQ(gens)
	g.JZ(operand.LabelRef("last"))
	g.Label("generation")
	each()
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.Label("last")
	last()
}

// leafSubset256 writes Step32 of an outer-totalistic rule on some of the neighbours. It
// sums each row in three ways, as the north, middle and south row of a square, each through
// masks of its own.
func (g *asm) leafSubset256(north, south mem) {
	g.Function("step32SubsetAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b, masks *uint64)")
	c := g.loadRows()
	gens := g.arg("gens")
	g.Load(g.Param("a"), ofRule)
	other, masks := g.arg("b"), g.arg("masks")
	g.roomForSums()
	s := g.slots(4 + 8*3)
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
			s, k := g.masked256(masks, 24*j, west, c[i], east, j == 1)
			g.VMOVDQA(s, sums[i][j].s)
			g.VMOVDQA(k, sums[i][j].k)
		}
	}
	row := func(i, j int) rowPair {
		switch p := sums[i&3][j]; i {
		case -1:
			return g.turned256(g.ymm(north), p)
		case 4:
			return g.turned256(g.ymm(south), p)
		default:
			return p
		}
	}
	for i := 0; i < 4; i += 2 {
		var n [2]count
		for k := range n {
			n[k] = g.count256(row(i+k-1, 0), row(i+k, 1), row(i+k+1, 2))
		}
		for k := range n {
			g.lane(k, n[k], cells[i+k])
		}
		g.decideTwo()
		for k := range n {
			g.VMOVDQA(both[k].v, c[i+k])
		}
	}
	g.XCHGQ(other, ofRule)
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeRows(c)
	g.end()
}

// count256 counts in three rows.
func (g *asm) count256(n, c, s rowPair) (t count) {
	load := func(v operand.Op) vec {
		if r, ok := v.(vec); ok {
			return r
		}
		return g.ymm(v)
	}
	t.t0, t.c1 = g.sum3(load(n.s), c.s, s.s)
	t.u0, t.u1 = g.sum3(load(n.k), c.k, s.k)
	return t
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
