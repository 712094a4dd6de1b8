package main

import "github.com/mmcloughlin/avo/operand"

// count is the number of live cells in a 3×3 square, t0 + 2(c1+u0) + 4·u1.
type count struct{ t0, c1, u0, u1 vec }

// pair is the number of live cells in a row of three, s + 2k.
type pair struct{ s, k vec }

// count3 adds up three rows; it overwrites the first.
func (g *asm) count3(a, b, c pair) count {
	t0, c1 := g.add3(a.s, b.s, c.s)
	u0, u1 := g.add3(a.k, b.k, c.k)
	return count{t0, c1, u0, u1}
}

// decision overwrites the cells c with their next state. It may overwrite n.
type decision func(c vec, n count)

// life512 is the decision for B3/S23 in three operations, found by exhaustive
// search. Where t0 is set the sum must be 3: c1^u0 and no u1. Where it is not, it
// must be 4, with c: c1&u0 without u1 or u1 without the two. A sum of 0 cannot
// have c set, which lets x stand for both: not u1 in the first case, c in the other.
func (g *asm) life512() decision {
	fx := ternary(func(c, t0, u1 bool) bool { return t0 && !u1 || !t0 && !c })
	fy := ternary(func(c1, u0, u1 bool) bool { return c1 == u0 && !(c1 && u1) })
	fz := ternary(func(x, y, t0 bool) bool { return t0 && x && !y || !t0 && !x && y })
	return func(c vec, n count) {
		g.tern(fx, c, n.t0, n.u1)
		g.tern(fy, n.c1, n.u0, n.u1)
		g.tern(fz, c, n.c1, n.t0)
	}
}

// Offsets of the factors in poly.
const (
	polyZero, polyOne, polyTwo, polyThree, polyFour = 0, 24, 56, 88, 120
)

// total512 is the decision by the polynomial at p.
func (g *asm) total512(p gp) decision {
	return func(c vec, n count) {
		q, s1, s2, s3 := g.ZMM(), g.ZMM(), g.zmm(n.u1), g.zmm(n.u1)
		g.VPANDQ(n.t0, c, q)
		g.VPXORQ(n.c1, n.u0, s1)
		g.tern(xorAnd, s2, n.c1, n.u0)
		g.tern(and3, s3, n.c1, n.u0)
		// term is a coefficient's offset and what it multiplies. What is known first
		// comes first, to keep the last chain of operations short.
		type term struct {
			offset int
			of     vec
		}
		factor := func(one int, terms ...term) vec {
			r := g.ZMM()
			g.VPBROADCASTQ(at(p, one), r)
			for _, t := range terms {
				g.ternEach(xorAnd, r, t.of, at(p, t.offset))
			}
			return r
		}
		full := func(at int) vec {
			return factor(at, term{at + 16, c}, term{at + 8, n.t0}, term{at + 24, q})
		}
		four := factor(polyFour, term{polyFour + 8, c}, term{polyFour + 16, q})
		zero := factor(polyZero, term{polyZero + 8, n.t0}, term{polyZero + 16, q})
		g.tern(xorAnd, zero, s3, four)
		one := full(polyOne)
		g.tern(xorAnd, zero, s1, one)
		three := full(polyThree)
		two := full(polyTwo)
		g.tern(xorAnd, two, s1, three)
		g.VMOVDQA64(zero, c)
		g.tern(xorAnd, c, s2, two)
	}
}

// masked512 adds the cells west, c and east of a row where the three masks at m and
// offset allow. centre says that the mask of c is known to be set.
func (g *asm) masked512(m gp, offset int, west, c, east vec, centre bool) pair {
	a, b, d := g.ZMM(), c, g.ZMM()
	g.VPANDQ_BCST(at(m, offset), west, a)
	if !centre {
		b = g.ZMM()
		g.VPANDQ_BCST(at(m, offset+8), c, b)
	}
	g.VPANDQ_BCST(at(m, offset+16), east, d)
	s, k := g.add3(a, b, d)
	return pair{s, k}
}

// imm is an immediate operand.
func imm(v int) operand.U8 { return operand.U8(v) }
