package wide

// integrate fills in sums. The summand of the first summation are the values of the cells
// seen; the last one writes to sums.
func (b *workbench[L]) integrate(l *law, f *frame) {
	left := l.factors
	b.isNegative = false
	clear(b.sums[:f.first*f.stride])
	switch l.start {
	case startArea:
		b.scan(l, f, true)
		left = left[2:]
	case startRows:
		b.scan(l, f, false)
		left = left[1:]
	default:
		b.mark(l, f)
	}
	below := b.sums[f.end*f.stride : f.rows*f.stride]
	if l.start == startArea && f.first < f.end {
		last := b.sums[(f.end-1)*f.stride:][:f.stride]
		for ; len(below) > 0; below = below[f.stride:] {
			copy(below, last)
		}
	}
	clear(below)
	for _, by := range left {
		b.sum(by, f)
	}
}

// mark writes how much each cell counts to sums.
func (b *workbench[L]) mark(l *law, f *frame) {
	if f.first == f.end || b.markAsm(l, f) {
		return
	}
	for i := f.first * f.stride; i < f.end*f.stride; i++ {
		b.sums[i] = L(l.values[b.seen[i]])
	}
}

// scan writes to sums how much the cells of the same row up to each one count, or with isArea
// those of all rows up to that.
func (b *workbench[L]) scan(l *law, f *frame, isArea bool) {
	if f.first == f.end || b.scanAsm(l, f, isArea) {
		return
	}
	for y := f.first; y < f.end; y++ {
		n, at := L(0), y*f.stride
		sums := b.sums[at:][:f.stride]
		seen := b.seen[at:][:f.stride]
		if !isArea || y == f.first {
			for i, s := range seen {
				n += L(l.values[s])
				sums[i] = n
			}
			continue
		}
		above := b.sums[at-f.stride:][:f.stride]
		for i, s := range seen {
			n += L(l.values[s])
			sums[i] = n + above[i]
		}
	}
}

// sum does a summation in place.
func (b *workbench[L]) sum(by factor, f *frame) {
	if b.sumAsm(by, f) {
		return
	}
	for y := max(f.first, by.dy); y < f.rows; y++ {
		row := b.sums[y*f.stride:][:f.stride]
		switch {
		case by.dy == 0:
			for i := by.dx; i < len(row); i++ {
				row[i] += row[i-by.dx]
			}
		case by.dx < 0:
			add(row[:f.stride+by.dx], b.sums[(y-by.dy)*f.stride-by.dx:])
		default:
			add(row[by.dx:], b.sums[(y-by.dy)*f.stride:])
		}
	}
}

// add adds a to dst, which lies after it.
func add[L lane](dst, a []L) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] += a[i]
	}
}

// decide fills in next.
func (b *workbench[L]) decide(l *law, j *job, f *frame, odd bool) {
	b.place(l, f)
	clear(b.changed[:f.across])
	d := l.decisions[0]
	if odd {
		d = l.decisions[1]
	}
	up := int(j.rect.Min.X+j.rect.Min.Y) & 1 // whether the first triangle points up
	if b.decideAsm(l, d, f, up) {
		return
	}
	for i := range b.count {
		if len(b.count[i]) < f.width {
			b.count[i] = make([]L, f.across)
		}
	}
	for y := range f.height {
		b.add(b.count[0][:f.width], &b.at[0], y*f.stride)
		counts := b.count[0][:f.width]
		if l.isTriangular {
			b.add(b.count[1][:f.width], &b.at[1], y*f.stride)
			for x := (up + y + 1) & 1; x < f.width; x += 2 {
				counts[x] = b.count[1][x]
			}
		}
		next, seen := b.next[y*f.across:][:f.width], b.seen[(f.y+y)*f.stride+f.x:][:f.width]
		decideRow(next, seen, counts, l, d)
		for i, s := range next {
			b.changed[i] |= s ^ seen[i]
		}
	}
}

// place finds where in sums the terms of a count lie.
func (b *workbench[L]) place(l *law, f *frame) {
	for i, list := range l.terms {
		at := &b.at[i]
		at.plus, at.minus = at.plus[:0], at.minus[:0]
		for _, t := range list {
			offset, n := (f.y+t.dy)*f.stride+f.x+t.dx, t.n
			if b.isNegative {
				n = -n
			}
			for range n {
				at.plus = append(at.plus, offset)
			}
			for range -n {
				at.minus = append(at.minus, offset)
			}
		}
	}
}

// add writes the counts of a row of cells, which begins at a place, to dst.
func (b *workbench[L]) add(dst []L, at *offsets, from int) {
	clear(dst)
	for _, o := range at.plus {
		for i, v := range b.sums[from+o:][:len(dst)] {
			dst[i] += v
		}
	}
	for _, o := range at.minus {
		for i, v := range b.sums[from+o:][:len(dst)] {
			dst[i] -= v
		}
	}
}

// decideRow writes the next states of cells, of which there are the counts and present
// states, to dst.
func decideRow[L lane](dst, seen []uint8, counts []L, l *law, d *decision) {
	seen, counts = seen[:len(dst)], counts[:len(dst)]
	if d.table == nil {
		for i, s := range seen {
			next := l.aged[s]
			// Counts may be below 0.
			if s <= 1 && isIn(d.live[s], int(int32(counts[i]))) {
				next = 1
			}
			dst[i] = next
		}
		return
	}
	for i, s := range seen {
		next := l.aged[s]
		if d.table[counts[i]]>>s&1 != 0 {
			next = 1
		}
		dst[i] = next
	}
}

// copyRows copies rows of n cells, which lie in memory with some stride.
func copyRows(dst []uint8, dstStride int, src []uint8, srcStride, n, rows int) {
	if copyRowsAsm(dst, dstStride, src, srcStride, n, rows) {
		return
	}
	for y := range rows {
		copy(dst[y*dstStride:][:n], src[y*srcStride:])
	}
}
