package kernel

// sweep is Sweep in Go: the four words of a vector one after the other.
func (s *Sweeper) sweep(w *Sweep, parity int) {
	w.each(func(a, b, c []uint64, level int, mask *[VectorWords]uint64) {
		s.stepRow(a, b, c, w.IsUp, (parity+level)&1)
		if mask == nil {
			return
		}
		for i := VectorWords; i < len(a)-VectorWords; i++ {
			a[i] &= mask[i%VectorWords]
		}
	})
}

// each calls step for each row b that is to be stepped into a, in order, and closes a.
// mask is nil if there are none.
func (w *Sweep) each(step func(a, b, c []uint64, level int, mask *[VectorWords]uint64)) {
	sign := 1
	if w.IsUp {
		sign = -1
	}
	row := func(i int) []uint64 { return w.Words[i*w.Stride:][:VectorWords*(w.Width+2)] }
	for i := range w.Steps {
		for level := range w.Levels {
			at := w.Row + sign*(i-w.Lag*level)
			var mask *[VectorWords]uint64
			if w.Masks != nil {
				mask = &w.Masks[w.MaskAt+i-(w.Lag-1)*level]
			}
			a := row(at)
			step(a, row(at+sign), row(at+2*sign), level, mask)
			w.close(a)
		}
	}
}

// stepRow steps row b into a, where a is to its north, or south if isUp.
func (s *Sweeper) stepRow(a, b, c []uint64, isUp bool, parity int) {
	for k := range VectorWords {
		switch s.class {
		case ClassLife:
			sweepLife(a[k:], b[k:], c[k:])
		case ClassTotal:
			sweepTotal(&s.polys[parity], a[k:], b[k:], c[k:])
		case ClassLookup:
			north, south := a, c
			if isUp {
				north, south = c, a
			}
			s.sweepLetters(parity, k, a, north, b, south)
		default:
			m := s.masks[parity]
			if isUp {
				m[0], m[2] = m[2], m[0]
			}
			sweepSubset(&s.polys[parity], &m, a[k:], b[k:], c[k:])
		}
	}
}

// sweepLife steps every fourth word of b between the halos; a, b, c are the rows
// in question, and a is overwritten. Two columns to the turn share half an adder.
func sweepLife(a, b, c []uint64) {
	n := len(a)
	b, c = b[:n], c[:n]
	p0, p1 := sum3(b[0], c[0], a[0])
	m := b[4]
	q0, q1 := sum3(m, c[4], a[4])
	i := 12
	for ; i < n; i += 8 {
		d, e := b[i-4], a[i-4]
		x, y := d^c[i-4], d&c[i-4]
		r0, r1 := x^e, y|x&e
		h0, h1, k0, k1 := q0^r0, q1^r1, q0&r0, q1&r1
		a[i-8] = decideLife(h0^p0, k0|h0&p0, h1^p1, k1|h1&p1, m)
		m, e = b[i], a[i]
		x, y = m^c[i], m&c[i]
		q0, q1 = x^e, y|x&e
		a[i-4] = decideLife(h0^q0, k0|h0&q0, h1^q1, k1|h1&q1, d)
		p0, p1 = r0, r1
	}
	if i -= 8; i+4 < n {
		r0, r1 := sum3(b[i+4], c[i+4], a[i+4])
		t0, c1 := sum3(q0, r0, p0)
		u0, u1 := sum3(q1, r1, p1)
		a[i] = decideLife(t0, c1, u0, u1, m)
	}
}

func sweepTotal(f *poly, a, b, c []uint64) {
	n := len(a)
	b, c = b[:n], c[:n]
	p0, p1 := sum3x(b[0], c[0], a[0])
	q0, q1 := sum3x(b[4], c[4], a[4])
	for i := 4; i+4 < n; i += 4 {
		r0, r1 := sum3x(b[i+4], c[i+4], a[i+4])
		t0, c1 := sum3x(q0, r0, p0)
		u0, u1 := sum3x(q1, r1, p1)
		a[i] = f.at(t0, c1, u0, u1, b[i])
		p0, p1, q0, q1 = q0, q1, r0, r1
	}
}

func sweepSubset(f *poly, m *subset, a, b, c []uint64) {
	n := len(a)
	b, c = b[:n], c[:n]
	west := a[0]
	for i := 4; i+4 < n; i += 4 {
		n0, n1 := masked(&m[0], west, a[i], a[i+4])
		c0, c1 := masked(&m[1], b[i-4], b[i], b[i+4])
		s0, s1 := masked(&m[2], c[i-4], c[i], c[i+4])
		west = a[i]
		t0, k := sum3x(n0, c0, s0)
		u0, u1 := sum3x(n1, c1, s1)
		a[i] = f.at(t0, k, u0, u1, b[i])
	}
}

// sweepLetters steps word k of each vector of b into dst, which is north or south: an
// outer-totalistic rule, inverted for each neighbourhood that is an exception. It is here to
// be compared with; the engines have it run in assembly or not at all.
func (s *Sweeper) sweepLetters(parity, k int, dst, north, b, south []uint64) {
	rows := [3][3]uint64{}
	for y, row := range [3][]uint64{north, b, south} {
		rows[y] = [3]uint64{0, row[k], row[k+VectorWords]}
	}
	for i := VectorWords + k; i+VectorWords < len(b); i += VectorWords {
		for y, row := range [3][]uint64{north, b, south} {
			rows[y] = [3]uint64{rows[y][1], rows[y][2], row[i+VectorWords]}
		}
		n0, n1 := sum3x(rows[0][1], rows[0][2], rows[0][0])
		c0, c1 := sum3x(rows[1][1], rows[1][2], rows[1][0])
		s0, s1 := sum3x(rows[2][1], rows[2][2], rows[2][0])
		t0, t1 := sum3x(n0, c0, s0)
		u0, u1 := sum3x(n1, c1, s1)
		next := s.polys[parity].at(t0, t1, u0, u1, b[i])
		for _, e := range s.exceptions[parity] {
			m := ^uint64(0)
			for j := range 9 {
				m &= rows[2-j/3][2-j%3] ^ (uint64(e>>j&1) - 1)
			}
			next ^= m
		}
		dst[i] = next
	}
}
