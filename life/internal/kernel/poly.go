package kernel

import (
	"math/bits"

	"golife/life/rule"
)

// poly is a function of a sum S of live cells, centre included (0 ≤ S ≤ 9), and
// the centre c, as a polynomial over GF(2) in the four bits of S and c:
//
//	f = zero ^ s1·one ^ s2·(two ^ s1·three) ^ s3·four
//
// where each factor is itself a polynomial in s0 and c, and q = s0·c. S = 0
// with a live centre and S = 9 with a dead one cannot be, which saves the c
// term of zero and the s0 term of four. Coefficients are words of all zeros or
// all ones, so that evaluating costs the same for every rule: 35 operations.
// This is the positive-polarity Reed–Muller expansion (D. E. Muller, "Application
// of Boolean Algebra to Switching Circuit Design and to Error Detection", 1954).
type poly struct {
	zero  [3]uint64 // 1, s0, q
	one   [4]uint64 // 1, s0, c, q
	two   [4]uint64
	three [4]uint64
	four  [3]uint64 // 1, c, q
	// decision is the same function as code.
	decision decision
}

// newPoly expands t, which must be totalistic on the given neighbours.
func newPoly(t *rule.Table, neighbours int) poly {
	return polyOf(sumTable(t, neighbours))
}

// polyOf expands next states by sum and centre.
func polyOf(f [10][2]uint64) poly {
	d := newDecision(f)
	f[0][1] = f[0][0]
	var g [5][2][2]uint64 // factor, s0, c
	for s0 := range 2 {
		for c := range 2 {
			g[0][s0][c] = f[s0][c]
			g[1][s0][c] = f[2+s0][c] ^ f[s0][c]
			g[2][s0][c] = f[4+s0][c] ^ f[s0][c]
			g[3][s0][c] = f[6+s0][c] ^ f[4+s0][c] ^ f[2+s0][c] ^ f[s0][c]
			g[4][s0][c] = f[8+s0][c] ^ f[s0][c]
		}
	}
	g[4][1][0] = g[4][0][0]
	var a [5][4]uint64
	for k := range g {
		h := &g[k]
		a[k] = [4]uint64{
			-h[0][0],
			-(h[0][0] ^ h[1][0]),
			-(h[0][0] ^ h[0][1]),
			-(h[0][0] ^ h[0][1] ^ h[1][0] ^ h[1][1]),
		}
	}
	return poly{
		zero:  [3]uint64{a[0][0], a[0][1], a[0][3]},
		one:   a[1],
		two:   a[2],
		three: a[3],
		four:  [3]uint64{a[4][0], a[4][2], a[4][3]},

		decision: d,
	}
}

// sumTable lists the next state (0 or 1) by sum, centre included, and centre.
func sumTable(t *rule.Table, neighbours int) (f [10][2]uint64) {
	for i := range 512 {
		c := i & rule.C / rule.C
		f[bits.OnesCount(uint(i&neighbours))+c][c] = uint64(t.Next(i))
	}
	return f
}

// at3 and at4 evaluate one factor.
func at3(m *[3]uint64, x, q uint64) uint64 { return m[0] ^ m[1]&x ^ m[2]&q }

func at4(m *[4]uint64, s0, c, q uint64) uint64 {
	return m[0] ^ m[1]&s0 ^ m[2]&c ^ m[3]&q
}

// at evaluates p for S = t0 + 2(c1 + u0) + 4·u1 and centre c. It is too big to be
// inlined, which is as well: a call for every word was faster than the same code
// within the loop, where the compiler runs out of registers.
func (p *poly) at(t0, c1, u0, u1, c uint64) uint64 {
	q := t0 & c
	s1, k := c1^u0, c1&u0
	s2, s3 := u1^k, u1&k
	return at3(&p.zero, t0, q) ^
		s1&at4(&p.one, t0, c, q) ^
		s2&(at4(&p.two, t0, c, q)^s1&at4(&p.three, t0, c, q)) ^
		s3&at3(&p.four, c, q)
}
