package kernel

// Operation count per 64 cells: 2 shifts, 5 for the horizontal sum, 4+4 for the
// two vertical sums (a half adder of the two middle rows is shared by a pair of
// output rows), 7 for the decision: 22, and 4 for the columns to the west and east.
// Summing across first needs half the shifts of summing down first, where
// both bits of the column sums have to be shifted.

// decideLife is the next state of c when the sum of all nine cells is
// t0 + 2(c1 + u0) + 4·u1: alive at 3, and at 4 if alive. Of all sums, t0 = c1^u0
// leaves 0, 3, 4, 7 and 8, and (c1|u0)^u1 of these 3 and 4.
func decideLife(t0, c1, u0, u1, c uint64) uint64 {
	return (t0 | c) &^ (c1 ^ u0 ^ t0) & ((c1 | u0) ^ u1)
}

func lifeSpan(dst, c, w, e []uint64, north, south row) (changed uint64) {
	n := len(dst)
	c, w, e = c[:n], w[:n], e[:n]
	b := c[0]
	p0, p1 := across(north.c, north.w, north.e)
	q0, q1 := across(b, w[0], e[0])
	i := 0
	for ; i+2 < n; i += 2 {
		x, y := c[i+1], c[i+2]
		r0, r1 := across(x, w[i+1], e[i+1])
		s0, s1 := across(y, w[i+2], e[i+2])
		m0, m1 := q0^r0, q1^r1
		k0, k1 := q0&r0, q1&r1
		v := decideLife(m0^p0, k0|m0&p0, m1^p1, k1|m1&p1, b)
		changed |= v ^ dst[i]
		dst[i] = v
		v = decideLife(m0^s0, k0|m0&s0, m1^s1, k1|m1&s1, x)
		changed |= v ^ dst[i+1]
		dst[i+1] = v
		p0, p1, q0, q1, b = r0, r1, s0, s1, y
	}
	for ; i < n; i++ {
		next := south
		if i+1 < n {
			next = row{c[i+1], w[i+1], e[i+1]}
		}
		r0, r1 := across(next.c, next.w, next.e)
		t0, c1 := sum3(p0, q0, r0)
		u0, u1 := sum3(p1, q1, r1)
		v := decideLife(t0, c1, u0, u1, b)
		changed |= v ^ dst[i]
		dst[i] = v
		p0, p1, q0, q1, b = q0, q1, r0, r1, next.c
	}
	return changed
}

func lifeRows(dst, src []uint64) {
	n := len(dst)
	b := src[1]
	p0, p1 := across0(src[0])
	q0, q1 := across0(b)
	src = src[2:][:n]
	i := 0
	for ; i+1 < n; i += 2 {
		x := src[i]
		r0, r1 := across0(x)
		m0, m1 := q0^r0, q1^r1
		k0, k1 := q0&r0, q1&r1
		y := src[i+1] // before dst[i] is written: the two may share memory
		dst[i] = decideLife(m0^p0, k0|m0&p0, m1^p1, k1|m1&p1, b)
		q0, q1 = across0(y)
		dst[i+1] = decideLife(m0^q0, k0|m0&q0, m1^q1, k1|m1&q1, x)
		p0, p1, b = r0, r1, y
	}
	if i < n {
		r0, r1 := across0(src[i])
		t0, c1 := sum3(p0, q0, r0)
		u0, u1 := sum3(p1, q1, r1)
		dst[i] = decideLife(t0, c1, u0, u1, b)
	}
}
