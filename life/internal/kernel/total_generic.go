package kernel

func totalSpan(f *poly, dst, c, w, e []uint64, north, south row) (changed uint64) {
	n := len(dst)
	c, w, e = c[:n], w[:n], e[:n]
	b := c[0]
	p0, p1 := across(north.c, north.w, north.e)
	q0, q1 := across(b, w[0], e[0])
	for i := range dst {
		next := south
		if i+1 < n {
			next = row{c[i+1], w[i+1], e[i+1]}
		}
		r0, r1 := across(next.c, next.w, next.e)
		t0, c1 := sum3x(q0, p0, r0)
		u0, u1 := sum3x(q1, p1, r1)
		v := f.at(t0, c1, u0, u1, b)
		changed |= v ^ dst[i]
		dst[i] = v
		p0, p1, q0, q1, b = q0, q1, r0, r1, next.c
	}
	return changed
}

func totalRows(f *poly, dst, src []uint64) {
	b := src[1]
	p0, p1 := across0(src[0])
	q0, q1 := across0(b)
	src = src[2:]
	dst = dst[:len(src)]
	for i, x := range src {
		r0, r1 := across0(x)
		t0, c1 := sum3x(q0, p0, r0)
		u0, u1 := sum3x(q1, p1, r1)
		dst[i] = f.at(t0, c1, u0, u1, b)
		p0, p1, q0, q1, b = q0, q1, r0, r1, x
	}
}
