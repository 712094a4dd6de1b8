package hashlife

import "golife/life/internal/kernel"

// unfold makes the square of the unfolded universe that the root stands for: where
// the root is empty, since the grid is smaller, there are more copies of the grid.
// Cost: none when nothing has changed since the last step, or the grid fills the
// root; else O(nodes near the middle of the root).
func (e *Engine) unfold() {
	t := e.torus
	if t.isUnfolded {
		return
	}
	i := e.root
	for axis := range t.exps {
		if t.exps[axis] < t.level {
			i = newFolder(e.step.store, axis, t.exps[axis]).unfold(i, t.level)
		}
	}
	t.unfolded, t.isUnfolded = i, true
	t.cycle = cycle{kept: i, limit: 1}
}

// fold makes the root from the square of the unfolded universe.
func (e *Engine) fold() {
	t := e.torus
	i := t.unfolded
	for axis := range t.exps {
		if t.exps[axis] < t.level {
			i = newFolder(e.step.store, axis, t.exps[axis]).fold(i, t.level)
		}
	}
	e.root = i
}

// folder folds and unfolds along one axis. All that it does is written for the
// first, from west to east; for the second, rows and columns change places.
//
//	              west of the origin        east of it
//	folded        │             ▒▒▒▒▒▒│░░░░░░             │
//	unfolded      │░░▒▒▒▒▒▒░░░░░░▒▒▒▒▒▒│░░░░░░▒▒▒▒▒▒░░░░░░▒▒│
type folder struct {
	s          *store
	axis       int
	exp        int // the grid has 2^exp columns
	west, east int // of them, this many on either side of the origin
	memo       map[[2]id]id
}

func newFolder(s *store, axis, exp int) *folder {
	size := 1 << exp
	return &folder{s, axis, exp, size / 2, size - size/2, map[[2]id]id{}}
}

// quad returns the children of a node, transposed for the second axis.
func (f *folder) quad(i id) [4]id {
	q := f.s.quad(i)
	if f.axis == 1 {
		q[1], q[2] = q[2], q[1]
	}
	return q
}

// find returns the node with the given children.
func (f *folder) find(nw, ne, sw, se id) id {
	if f.axis == 1 {
		ne, sw = sw, ne
	}
	return f.s.find(join(nw, ne), join(sw, se))
}

// unfold returns a root of a level above f.exp filled with copies of its grid.
func (f *folder) unfold(root id, level int) id {
	q := f.quad(root)
	n, s := f.filled(q[0], q[1], level-1), f.filled(q[2], q[3], level-1)
	return f.find(n, n, s, s)
}

// filled returns the square of the unfolded universe in place of the node e of a
// level from f.exp on. w and e meet at the origin.
func (f *folder) filled(w, e id, level int) id {
	if w|e == 0 {
		return 0
	}
	if v, ok := f.memo[[2]id{w, e}]; ok {
		return v
	}
	var v id
	if level == leastExp-1 {
		v = f.filledLeaf(w, e)
	} else {
		a, b := f.quad(w), f.quad(e)
		if level == f.exp {
			v = f.find(b[0], a[1], b[2], a[3])
		} else {
			n, s := f.filled(a[1], b[0], level-1), f.filled(a[3], b[2], level-1)
			v = f.find(n, n, s, s)
		}
	}
	f.memo[[2]id{w, e}] = v
	return v
}

// fold returns a root of a level above f.exp without the copies of its grid.
func (f *folder) fold(root id, level int) id {
	q := f.quad(root)
	return f.find(f.kept(q[0], 1, level-1), f.kept(q[1], 0, level-1), f.kept(q[2], 1, level-1), f.kept(q[3], 0, level-1))
}

// kept returns the part of a node inside the grid. Its west edge is at the origin or,
// with isWest 1, its east edge.
func (f *folder) kept(i, isWest id, level int) id {
	if i == 0 || level < f.exp {
		return i
	}
	if v, ok := f.memo[[2]id{i, isWest}]; ok {
		return v
	}
	var v id
	if level == leastExp-1 {
		v = f.keptLeaf(i, isWest)
	} else if q := f.quad(i); isWest == 1 {
		v = f.find(0, f.kept(q[1], 1, level-1), 0, f.kept(q[3], 1, level-1))
	} else {
		v = f.find(f.kept(q[0], 0, level-1), 0, f.kept(q[2], 0, level-1), 0)
	}
	f.memo[[2]id{i, isWest}] = v
	return v
}

// filledLeaf is filled for leaves, and f.exp < leastExp.
func (f *folder) filledLeaf(w, e id) id {
	a, b := rowsOf(f.s.leaf(w)), rowsOf(f.s.leaf(e))
	var out [16]uint16
	size := f.west + f.east
	for y := range out {
		if f.axis == 1 {
			if k := y % size; k < f.east {
				out[y] = b[k]
			} else {
				out[y] = a[16-size+k]
			}
			continue
		}
		out[y] = b[y]&(1<<f.east-1) | a[y]>>(16-f.west)<<f.east
		for k := size; k < 16; k *= 2 {
			out[y] |= out[y] << k
		}
	}
	return f.findRows(&out)
}

// keptLeaf is kept for leaves.
func (f *folder) keptLeaf(i, isWest id) id {
	rows := rowsOf(f.s.leaf(i))
	for y := range rows {
		isKept := y < f.east
		columns := uint16(1<<f.east - 1)
		if isWest == 1 {
			isKept, columns = y >= 16-f.west, ^uint16(0)<<(16-f.west)
		}
		switch {
		case f.axis == 0:
			rows[y] &= columns
		case !isKept:
			rows[y] = 0
		}
	}
	return f.findRows(&rows)
}

// findRows returns the leaf with the given rows.
func (f *folder) findRows(rows *[16]uint16) id {
	var l kernel.Leaf
	for y, r := range rows {
		l[y>>2] |= uint64(r) << (y & 3 << 4)
	}
	return f.s.findLeaf(&l)
}

// rowsOf returns the rows of a leaf.
func rowsOf(l *kernel.Leaf) (rows [16]uint16) {
	for y := range rows {
		rows[y] = uint16(l[y>>2] >> (y & 3 << 4))
	}
	return rows
}
