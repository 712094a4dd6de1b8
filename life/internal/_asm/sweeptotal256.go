package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Sweeps of outer-totalistic rules: two vectors at a time are added up into the
// registers that decideTwo wants.

// sum are the four bits of a sum, t0 + 2(c1+u0) + 4·u1, in registers that are given.
type sum struct{ t0, c1, u0, u1 operand.Op }

// split makes p, q of lane i out of a sum, whose t0 and u0 must be the lane's t and p,
// and stores u1.
func (g *asm) split(i int, n sum) {
	l := both[i]
	g.VMOVDQA(n.u1, at(ofSums, sumsBytes/2*i))
	g.VPAND(n.c1, l.p, l.q)
	g.VPXOR(n.c1, l.p, l.p)
	g.VPXOR(n.u1, l.q, l.q)
}

// totalRow steps one row, two vectors at a time and then what is left.
func (w *sweeper) totalRow(width gp) {
	left := w.GP64()
	w.XORQ(w.at, w.at)
	w.MOVQ(width, left)
	start, sums := w.mooreStart, w.moore
	switch w.kind.sums {
	case sumsSubset:
		start, sums = w.westStart, w.subset
	case sumsHexagonal:
		start, sums = w.westStart, w.hexagonal
	case sumsVonNeumann:
		start, sums = func() {}, w.vonNeumann
	}
	start()
	w.SUBQ(operand.U32(64), left)
	w.JLT(operand.LabelRef("rest"))
	w.Label("two")
	sums(2)
	w.decideAt(2)
	w.ADDQ(operand.U32(64), w.at)
	w.SUBQ(operand.U32(64), left)
	w.JGE(operand.LabelRef("two"))
	w.Label("rest")
	w.TESTQ(operand.U32(32), left)
	w.JZ(operand.LabelRef("done"))
	sums(1)
	w.decideAt(1)
	w.Label("done")
}

// decideAt steps the first vectors whose sums are made. What it does with the second
// lane when there is one vector is of no matter.
func (w *sweeper) decideAt(n int) {
	for i, l := range both {
		if i < n {
			w.VMOVDQU(w.place(w.b, 32+32*i), l.c)
		}
	}
	if w.kind.letters {
		w.lettersAt(n)
		return
	}
	w.decideTwo()
	for i, l := range both[:n] {
		if w.kind.isMasked {
			w.VPAND(at(w.maskRow, 0), l.v, l.v)
		}
		w.VMOVDQU(l.v, w.place(w.a, 32+32*i))
	}
}

// Letters need what the cells to the west in row a were, and a place for the second vector while
// they look at what is there, and for the register of those carried that they overwrite.
const oldWest, newSecond, oldCarried = spillOffset, spillOffset + 32, spillOffset + 64

// lettersAt is decideAt for an isotropic rule.
func (w *sweeper) lettersAt(n int) {
	result := func(v operand.Op, to mem) {
		if w.kind.isMasked {
			w.VPAND(at(w.maskRow, 0), v, v)
		}
		w.VMOVDQU(v, to)
	}
	w.VMOVDQA(carried[0], at(ofSums, oldCarried))
	w.lettersTwo(n, func(i int) {
		for _, row := range []struct {
			in   gp
			name string
		}{{w.a, "n"}, {w.b, ""}, {w.c, "s"}} {
			for k, side := range []string{"w", "", "e"} {
				from := w.place(row.in, 32*(i+k))
				if i == 0 && row.name == "n" && side == "w" {
					from = at(ofSums, oldWest)
				}
				if name := row.name + side; name != "" {
					w.VMOVDQU(from, neighbour[name])
				}
			}
		}
	}, func(i int, v reg.VecPhysical) {
		if i == 1 {
			result(v, at(ofSums, newSecond))
		} else {
			result(v, w.place(w.a, 32))
		}
	})
	if n == 2 {
		w.VMOVDQU(w.place(w.a, 64), carried[0])
		w.VMOVDQA(carried[0], at(ofSums, oldWest))
		w.VMOVDQA(at(ofSums, newSecond), carried[0])
		w.VMOVDQU(carried[0], w.place(w.a, 64))
	}
	w.VMOVDQA(at(ofSums, oldCarried), carried[0])
}

// column3 adds up three cells above each other.
func (w *sweeper) column3(offset int, s, k, x operand.Op) {
	w.VMOVDQU(w.place(w.b, offset), k)
	w.VPXOR(w.place(w.c, offset), k, x)
	w.VPAND(w.place(w.c, offset), k, k)
	w.VPXOR(w.place(w.a, offset), x, s)
	w.VPAND(w.place(w.a, offset), x, x)
	w.VPOR(x, k, k)
}

// carried are registers that live from vector to vector.
var carried = [4]reg.VecPhysical{reg.Y12, reg.Y13, reg.Y14, reg.Y15}

func (w *sweeper) mooreStart() {
	if w.kind.letters {
		w.VMOVDQU(w.place(w.a, 0), carried[0])
		w.VMOVDQA(carried[0], at(ofSums, oldWest))
	}
	w.column3(0, carried[0], carried[1], reg.Y0)
	w.column3(32, carried[2], carried[3], reg.Y0)
}

// moore adds up all neighbours. Two neighbouring vectors have two of their three
// columns in common, and half an adder of these.
func (w *sweeper) moore(n int) {
	a, b := both[0], both[1]
	ls, lk, ms, mk := carried[0], carried[1], carried[2], carried[3]
	rs, rk := b.v, b.x
	w.column3(64, rs, rk, a.t)
	h0, h1, h2, h3 := b.t, b.q, b.p, b.c
	w.VPXOR(ms, rs, h0)
	w.VPAND(ms, rs, h1)
	w.VPXOR(mk, rk, h2)
	w.VPAND(mk, rk, h3)
	w.VPXOR(h0, ls, a.t)
	w.VPAND(h0, ls, ls)
	w.VPXOR(h2, lk, a.p)
	w.VPAND(h2, lk, lk)
	w.VPOR(h1, ls, ls)
	w.VPOR(h3, lk, lk)
	w.split(0, sum{a.t, ls, a.p, lk})
	if n == 1 {
		return
	}
	w.VMOVDQA(rs, ls)
	w.VMOVDQA(rk, lk)
	w.column3(96, ms, mk, a.v)
	w.VPAND(h0, ms, a.v)
	w.VPAND(h2, mk, a.x)
	w.VPXOR(h0, ms, b.t)
	w.VPXOR(h2, mk, b.p)
	w.VPOR(h1, a.v, a.v)
	w.VPOR(h3, a.x, a.x)
	w.split(1, sum{b.t, a.v, b.p, a.x})
}

// full adds up three bits: k may be a, s may be b or c; x is scratch.
func (w *sweeper) full(a reg.VecPhysical, b, c operand.Op, s, k, x operand.Op) {
	w.VPXOR(b, a, x)
	w.VPAND(b, a, k)
	w.VPXOR(c, x, s)
	w.VPAND(c, x, x)
	w.VPOR(x, k, k)
}

// The cells to the west of the next vector in row a, as they were: the vector before is
// overwritten by then.
func (w *sweeper) westStart() { w.VMOVDQU(w.place(w.a, 0), carried[0]) }

// each calls add for the first n lanes, with the cells to the west in row a. The
// second lane's may use what the first one's do, but for a lane's t, p and q.
func (w *sweeper) each(n int, add func(i, offset int, west operand.Op)) {
	for i := range n {
		west := operand.Op(carried[0])
		if i > 0 {
			west = w.place(w.a, 32)
		}
		add(i, 32*i, west)
	}
	if n == 2 {
		w.VMOVDQU(w.place(w.a, 64), carried[0])
	}
}

// subset adds up neighbours through masks, row by row.
func (w *sweeper) subset(n int) {
	w.each(n, func(i, offset int, west operand.Op) {
		l := both[i]
		north, south := wideMasks, wideMasks+6*32
		if w.kind.isUp {
			north, south = south, north
		}
		row := func(s, k, x operand.Op, masks int, west, c, east operand.Op) {
			w.VMOVDQU(west, s)
			w.VPAND(at(ofRule, masks), s, s)
			w.VMOVDQU(c, x)
			w.VPAND(at(ofRule, masks+32), x, x)
			w.VPAND(s, x, k)
			w.VPXOR(s, x, x)
			w.VMOVDQU(east, s)
			w.VPAND(at(ofRule, masks+64), s, s)
			w.VPXOR(s, x, l.c)
			w.VPAND(s, x, x)
			w.VPOR(x, k, k)
			w.VMOVDQA(l.c, s)
		}
		at3 := func(row gp) (west, c, east operand.Op) {
			return w.place(row, offset), w.place(row, offset+32), w.place(row, offset+64)
		}
		_, c, east := at3(w.a)
		row(l.t, l.p, l.q, north, west, c, east)
		west, c, east = at3(w.b)
		row(carried[1], carried[2], l.q, wideMasks+3*32, west, c, east)
		west, c, east = at3(w.c)
		row(l.v, l.x, l.q, south, west, c, east)
		w.full(carried[1], l.t, l.v, l.t, carried[1], l.q)
		w.full(carried[2], l.p, l.x, l.p, carried[2], l.q)
		w.split(i, sum{l.t, carried[1], l.p, carried[2]})
	})
}

// hexagonal adds up all but the cells to the north-east and south-west.
func (w *sweeper) hexagonal(n int) {
	w.each(n, func(i, offset int, west operand.Op) {
		l := both[i]
		// two cells of row a, two of row c: the outer one is to the west of the centre in the northern row
		ax, cx := west, w.place(w.c, offset+64)
		if w.kind.isUp {
			ax, cx = w.place(w.a, offset+64), w.place(w.c, offset)
		}
		half := func(a, b, s, k operand.Op) {
			w.VMOVDQU(a, k)
			w.VPXOR(b, k, s)
			w.VPAND(b, k, k)
		}
		half(ax, w.place(w.a, offset+32), l.t, l.p)
		half(cx, w.place(w.c, offset+32), l.v, l.x)
		w.VMOVDQU(w.place(w.b, offset+32), carried[1])
		w.full(carried[1], w.place(w.b, offset), w.place(w.b, offset+64), carried[2], carried[1], l.q)
		w.full(carried[2], l.t, l.v, l.t, carried[2], l.q)
		w.full(carried[1], l.p, l.x, l.p, carried[1], l.q)
		w.split(i, sum{l.t, carried[2], l.p, carried[1]})
	})
}

// vonNeumann adds up the cells to the north, west, east and south.
func (w *sweeper) vonNeumann(n int) {
	for i := range n {
		l, offset := both[i], 32*i
		w.VMOVDQU(w.place(w.b, offset), carried[0])
		w.VPAND(w.place(w.b, offset+64), carried[0], carried[1])
		w.VPXOR(w.place(w.b, offset+64), carried[0], carried[0])
		w.column3(offset+32, l.t, l.p, l.q)
		w.VPAND(l.t, carried[0], carried[2])
		w.VPXOR(l.t, carried[0], l.t)
		w.VPAND(l.p, carried[1], carried[3])
		w.VPXOR(l.p, carried[1], l.p)
		w.split(i, sum{l.t, carried[2], l.p, carried[3]})
	}
}
