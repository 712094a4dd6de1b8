package kernel

import "golife/life/rule"

// subset holds a mask (all zeros or all ones) for each neighbour of the
// neighbourhood: rows north to south, cells west, centre, east. The centre's
// own mask is all ones, as sums include it.
type subset [3][3]uint64

func newSubset(neighbours int) (m subset) {
	for i := range 9 {
		if (neighbours|rule.C)>>(8-i)&1 != 0 {
			m[i/3][i%3] = ^uint64(0)
		}
	}
	return m
}

func masked(m *[3]uint64, west, c, east uint64) (s, k uint64) {
	return sum3x(west&m[0], c&m[1], east&m[2])
}

func subsetSpan(f *poly, m *subset, dst, c, w, e []uint64, north, south row) (changed uint64) {
	n := len(dst)
	c, w, e = c[:n], w[:n], e[:n]
	b := c[0]
	p0, p1 := masked(&m[0], north.west(), north.c, north.east())
	at := row{b, w[0], e[0]}
	q0, q1 := masked(&m[1], at.west(), b, at.east())
	n0, n1 := masked(&m[0], at.west(), b, at.east())
	for i := range dst {
		next := south
		if i+1 < n {
			next = row{c[i+1], w[i+1], e[i+1]}
		}
		west, east := next.west(), next.east()
		r0, r1 := masked(&m[2], west, next.c, east)
		t0, c1 := sum3x(q0, p0, r0)
		u0, u1 := sum3x(q1, p1, r1)
		v := f.at(t0, c1, u0, u1, b)
		changed |= v ^ dst[i]
		dst[i] = v
		p0, p1, b = n0, n1, next.c
		q0, q1 = masked(&m[1], west, b, east)
		n0, n1 = masked(&m[0], west, b, east)
	}
	return changed
}

func subsetRows(f *poly, m *subset, dst, src []uint64) {
	n := len(dst)
	b := src[1]
	p0, p1 := masked(&m[0], src[0]<<1, src[0], src[0]>>1)
	q0, q1 := masked(&m[1], b<<1, b, b>>1)
	n0, n1 := masked(&m[0], b<<1, b, b>>1)
	src = src[2:][:n]
	dst = dst[:len(src)]
	for i, x := range src {
		r0, r1 := masked(&m[2], x<<1, x, x>>1)
		t0, c1 := sum3x(p0, q0, r0)
		u0, u1 := sum3x(p1, q1, r1)
		dst[i] = f.at(t0, c1, u0, u1, b)
		p0, p1, b = n0, n1, x
		q0, q1 = masked(&m[1], x<<1, x, x>>1)
		n0, n1 = masked(&m[0], x<<1, x, x>>1)
	}
}
