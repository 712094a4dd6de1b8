package main

import "github.com/mmcloughlin/avo/operand"

// StepRows and StepTile with 256-bit registers: four rows of 64 cells to a
// register, and at least four rows. Rows above and below are loaded from memory,
// eight bytes away. The last register may overlap the one before.

// rule256 loads the rule and the masks of a kind; Life has neither.
func (g *asm) rule256(k kind) (masks gp) {
	if k.name == "Life" {
		return nil
	}
	if k == lettersKind {
		g.roomForLetters()
	} else {
		g.roomForSums()
	}
	g.Load(g.Param("p"), ofRule)
	if k.masked {
		masks = g.arg("masks")
	}
	return masks
}

// fours calls body for each four of n rows, with 8·i in a register: i = 0, 4, …,
// n-4, where the last step may be shorter.
func (g *asm) fours(name string, n gp, body func(i gp)) {
	i, last := g.GP64(), g.GP64()
	g.XORQ(i, i)
	g.LEAQ(at(n, -4), last)
	g.Label(name)
	body(i)
	g.CMPQ(i, last)
	g.JEQ(operand.LabelRef(name + "Done"))
	g.ADDQ(imm(4), i)
	g.CMPQ(i, last)
	g.CMOVQGT(last, i)
	g.JMP(operand.LabelRef(name))
	g.Label(name + "Done")
}

// groups calls body as fours does; but for each two fours, unless the kind is Life.
func (g *asm) groups(name string, k kind, n gp, body func(i []gp)) {
	if k.name == "Life" {
		g.fours(name, n, func(i gp) { body([]gp{i}) })
		return
	}
	i, j, last := g.GP64(), g.GP64(), g.GP64()
	g.XORQ(i, i)
	g.LEAQ(at(n, -4), last)
	g.Label(name)
	g.LEAQ(at(i, 4), j)
	g.CMPQ(j, last)
	g.CMOVQGT(last, j)
	body([]gp{i, j})
	g.ADDQ(imm(8), i)
	g.CMPQ(j, last)
	g.JEQ(operand.LabelRef(name + "Done"))
	g.CMPQ(i, last)
	g.CMOVQGT(last, i)
	g.JMP(operand.LabelRef(name))
	g.Label(name + "Done")
}

// decide256 steps the cells at c, one register or two, given their sums, and calls done
// for each.
func (g *asm) decide256(k kind, c []mem, n func(i int) count, done func(i int, v operand.Op)) {
	if k.name == "Life" {
		done(0, g.life256(c[0], n(0)))
		return
	}
	for i := range c {
		g.lane(i, n(i), c[i])
	}
	g.decideTwo()
	for i := range c {
		done(i, both[i].v)
	}
}

func (g *asm) shiftLeft(x vec) vec {
	r := g.YMM()
	g.VPSLLQ(imm(1), x, r)
	return r
}

func (g *asm) shiftRight(x vec) vec {
	r := g.YMM()
	g.VPSRLQ(imm(1), x, r)
	return r
}

// maskedBy returns v where a mask in memory allows.
func (g *asm) maskedBy(masks gp, offset int, v operand.Op) vec {
	r := g.YMM()
	g.VPBROADCASTQ(at(masks, offset), r)
	g.VPAND(v, r, r)
	return r
}

// sumDown256 adds up the three rows north, c and south and then across.
func (g *asm) sumDown256(north, c, south operand.Op, masks gp) (t count) {
	if masks == nil {
		n, ok := north.(vec)
		if !ok {
			n = g.ymm(north)
		}
		s, k := g.sum3(n, c, south)
		t.t0, t.c1 = g.sum3(g.shiftLeft(s), s, g.shiftRight(s))
		t.u0, t.u1 = g.sum3(g.shiftLeft(k), k, g.shiftRight(k))
		return t
	}
	column := func(x int) (vec, vec) {
		b := c
		if x != 1 {
			b = g.maskedBy(masks, 24+8*x, c)
		}
		return g.sum3(g.maskedBy(masks, 8*x, north), g.maskedBy(masks, 48+8*x, south), b)
	}
	ws, wk := column(0)
	cs, ck := column(1)
	es, ek := column(2)
	t.t0, t.c1 = g.sum3(g.shiftLeft(ws), cs, g.shiftRight(es))
	t.u0, t.u1 = g.sum3(g.shiftLeft(wk), ck, g.shiftRight(ek))
	return t
}

func (g *asm) rows256(k kind) {
	g.Function("rows" + k.name + "AVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src *uint64, n int" + k.parameters + ")")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	masks := g.rule256(k)
	g.groups("four", k, n, func(i []gp) {
		var c []mem
		for _, i := range i {
			c = append(c, at8(src, i, 8))
		}
		g.decide256(k, c,
			func(k int) count { return g.sumDown256(at8(src, i[k], 0), c[k], at8(src, i[k], 16), masks) },
			func(k int, v operand.Op) { g.VMOVDQU(v, at8(dst, i[k], 0)) })
	})
	g.end()
}

// withSides256 moves cells west and east, given the words to their west and east, which it
// overwrites.
func (g *asm) withSides256(c, w, e vec) (west, east vec) {
	west, east = g.YMM(), g.YMM()
	g.VPSRLQ(imm(63), w, w)
	g.VPSLLQ(imm(1), c, west)
	g.VPOR(w, west, west)
	g.VPSLLQ(imm(63), e, e)
	g.VPSRLQ(imm(1), c, east)
	g.VPOR(e, east, east)
	return west, east
}

// lone256 loads the row to the north or south of a span: cells, and words to the west and east.
func (g *asm) lone256(name string) (t [3]vec) {
	p := g.arg(name)
	for i := range t {
		t[i] = g.YMM()
		g.VPBROADCASTQ(at(p, 8*i), t[i])
	}
	return t
}

// span256 writes a span of StepTile, of at most 64 rows: the sums across go to the
// stack, and are added up from there.
func (g *asm) span256(k kind) {
	g.Function("span" + k.name + "AVX2")
	g.SignatureExpr("func(" + spanSignature + k.parameters + ") uint64")
	dst, c, w, e, n := g.arg("dst"), g.arg("c"), g.arg("w"), g.arg("e"), g.arg("n")
	masks := g.rule256(k)
	const rows = 8 * 66
	kinds := 1
	if masks != nil {
		kinds = 3
	}
	room := g.AllocLocal(2 * kinds * rows)
	// sum stores the sums across of rows as numbers i+at and up.
	sum := func(c, w, e vec, store func(v vec, plane int)) {
		west, east := g.withSides256(c, w, e)
		for i := range kinds {
			var s, k vec
			if masks == nil {
				s, k = g.sum3(west, east, c)
			} else {
				s, k = g.masked256(masks, 24*i, west, c, east, i == 1)
			}
			store(s, 2*i)
			store(k, 2*i+1)
		}
	}
	lone := func(name string, offset mem) {
		t := g.lone256(name)
		sum(t[0], t[1], t[2], func(v vec, plane int) { g.VMOVQ(v.AsX(), offset.Offset(plane*rows)) })
	}
	place := func(i gp, row, plane int) mem { return at8(room.Base, i, room.Disp+8*row+plane*rows) }
	lone("north", room)
	g.fours("sum", n, func(i gp) {
		sum(g.ymm(at8(c, i, 0)), g.ymm(at8(w, i, 0)), g.ymm(at8(e, i, 0)),
			func(v vec, plane int) { g.VMOVDQU(v, place(i, 1, plane)) })
	})
	lone("south", place(n, 1, 0))
	changed := g.YMM()
	g.VPXOR(changed, changed, changed)
	g.groups("step", k, n, func(i []gp) {
		middle, south := 0, 0
		if masks != nil {
			middle, south = 2, 4
		}
		var cells []mem
		for _, i := range i {
			cells = append(cells, at8(c, i, 0))
		}
		g.decide256(k, cells, func(k int) count {
			pair := func(row, plane int) rowPair { return rowPair{place(i[k], row, plane), place(i[k], row, plane+1)} }
			return g.count256(pair(0, 0), pair(1, middle), pair(2, south))
		}, func(k int, v operand.Op) {
			d := g.YMM()
			g.VPXOR(at8(dst, i[k], 0), v, d)
			g.VPOR(d, changed, changed)
			g.VMOVDQU(v, at8(dst, i[k], 0))
		})
	})
	g.returnOr256(changed, g.GP64())
	g.end()
}
