package dense

import (
	"math/bits"

	"golife/life/internal/kernel"
	"golife/life/rule"
)

// Before a sweep of n generations the n cells beyond every edge of every strip
// are filled with what is there on the unfolded grid (package topology). First
// the columns to the west and east of the grid's rows, then the rows
// to the north and south of the strips.

// sides holds the cells near the left and right edge, one byte a row, for grids
// whose edges are not joined row by row: bit k is the cell k columns from the
// edge.
type sides struct {
	left, right      []uint8
	inWest, inEast   [maxDepth]cell // columns k and w-1-k
	outWest, outEast [maxDepth]cell // columns -1-k and w+k
	rowWest, rowEast []int          // the row that continues row y beyond its ends
	north, south     [][]uint64     // on a sphere, lanes of rows k and h-1-k
}

// cell is where a column is in a row.
type cell struct {
	word int // of lane 0
	bit  uint
}

func newSides(f *field) (s sides) {
	if f.isExact {
		return s
	}
	s.left, s.right = make([]uint8, f.h), make([]uint8, f.h)
	at := func(x int) cell {
		word, bit := f.place(x)
		return cell{lanes + word, bit}
	}
	for k := range f.depth {
		s.inWest[k], s.inEast[k] = at(k), at(f.w-1-k)
		s.outWest[k], s.outEast[k] = at(-1-k), at(f.w+k)
	}
	if f.isSphere() {
		for range f.depth {
			s.north = append(s.north, make([]uint64, lanes*f.width))
			s.south = append(s.south, make([]uint64, lanes*f.width))
		}
		return s
	}
	s.rowWest, s.rowEast = make([]int, f.h), make([]int, f.h)
	for y := range f.h {
		_, left, _ := f.grid.Inside(-1, int64(y))
		_, right, _ := f.grid.Inside(int64(f.w), int64(y))
		s.rowWest[y], s.rowEast[y] = int(left), int(right)
	}
	return s
}

func (s *sides) bytes() int64 { return int64(len(s.left) + len(s.right) + 16*len(s.rowEast)) }

func (s *shape) isSphere() bool { return s.grid.Grid().Kind == rule.Sphere }

// copyEnds keeps the rows of a sphere that its columns continue as.
func (f *field) copyEnds(n int) {
	for k := range n {
		copyLane(f.sides.north[k], f.lane(k), f.width)
		copyLane(f.sides.south[k], f.lane(f.h-1-k), f.width)
	}
}

// gather reads the cells near the edges of a band's rows.
func (f *field) gather(b *band, n int) {
	s := &f.sides
	for r := range f.rows {
		row := f.row(b, r)
		var left, right [lanes]uint8
		for k := range n {
			i, j := s.inWest[k], s.inEast[k]
			p, q := row[i.word:][:lanes], row[j.word:][:lanes]
			for l := range lanes {
				left[l] |= uint8(p[l]>>i.bit&1) << k
				right[l] |= uint8(q[l]>>j.bit&1) << k
			}
		}
		for l := range lanes {
			if y := (b.first+l)*f.rows + r; y < f.h {
				s.left[y], s.right[y] = left[l], right[l]
			}
		}
	}
}

// scatter writes the cells beyond the edges of a band's rows.
func (f *field) scatter(b *band, n int) {
	s := &f.sides
	for r := range f.rows {
		row := f.row(b, r)
		var west, east [lanes]uint8
		for l := range lanes {
			if y := (b.first+l)*f.rows + r; y < f.h {
				west[l], east[l] = f.beyond(y, n)
			}
		}
		for k := range n {
			i, j := s.outWest[k], s.outEast[k]
			p, q := row[i.word:][:lanes], row[j.word:][:lanes]
			for l := range lanes {
				p[l] = p[l]&^(1<<i.bit) | uint64(west[l]>>k&1)<<i.bit
			}
			for l := range lanes {
				q[l] = q[l]&^(1<<j.bit) | uint64(east[l]>>k&1)<<j.bit
			}
		}
		kernel.Halos(row, f.width, true)
	}
}

// beyond returns the cells to the west and east of row y.
func (f *field) beyond(y, n int) (west, east uint8) {
	s := &f.sides
	if s.rowEast != nil {
		return s.right[s.rowWest[y]], s.left[s.rowEast[y]]
	}
	word, bit := f.place(y) // on a sphere columns continue as rows
	for k := range n {
		west |= uint8(s.north[k][word]>>bit&1) << k
		east |= uint8(s.south[k][word]>>bit&1) << k
	}
	return west, east
}

// fillRows fills the rows beyond the strips of a band, n of them on either side.
func (f *field) fillRows(b *band, n int) {
	for r := -n; r < f.rows+n; r++ {
		isOwn := r >= 0 && r < f.rows
		if isOwn && (b.first+lanes)*f.rows <= f.h {
			r = f.rows - 1 // no row of the strips is outside the grid
			continue
		}
		row := f.row(b, r)
		for l := range lanes {
			y := (b.first+l)*f.rows + r
			if isOwn && y < f.h {
				continue
			}
			f.fillRow(row[lanes+l:lanes*(f.width+1)], y, n)
		}
		kernel.Halos(row, f.width, !f.isDeadX)
	}
}

// fillRow fills a lane with row y of the unfolded grid.
func (f *field) fillRow(dst []uint64, y, n int) {
	switch {
	case y >= 0 && y < f.h:
		copyLane(dst, f.lane(y), f.width)
	case f.isDeadY || y < -n || y >= f.h+n:
		clearLane(dst, f.width)
	case f.isSphere():
		f.fillTurned(dst, y, n)
	default:
		f.fillJoined(dst, y, n)
	}
}

func copyLane(dst, src []uint64, width int) {
	for i := 0; i < lanes*width; i += lanes {
		dst[i] = src[i]
	}
}

func clearLane(dst []uint64, width int) {
	for i := 0; i < lanes*width; i += lanes {
		dst[i] = 0
	}
}

// fillJoined fills a lane with a row beyond the top or bottom of a grid whose rows
// continue as rows: moved, or mirrored.
func (f *field) fillJoined(dst []uint64, y, n int) {
	sx, sy, _ := f.grid.Inside(0, int64(y))
	src, x := f.lane(int(sy)), int(sx)
	isMirrored := f.grid.Grid().TwistX
	if f.isPlainX() || f.isDeadX {
		if x == 0 && !isMirrored {
			copyLane(dst, src, f.width)
			return
		}
		low, high := 0, f.w
		if !f.isExact {
			low, high = -n, f.w+n
		}
		for by := -2 * f.w; by <= 2*f.w; by += f.w {
			if isMirrored {
				f.copyMirrored(dst, src, x+by, max(low, x+by-f.w+1), min(high, x+by+1))
			} else {
				f.copyMoved(dst, src, x+by, max(low, -x-by), min(high, f.w-x-by))
			}
		}
		return
	}
	// The columns beyond the edges come from those of the row itself.
	if isMirrored {
		f.copyMirrored(dst, src, f.w-1, -n, f.w+n)
	} else {
		copyLane(dst, src, f.width)
	}
}

// fillTurned fills a lane with a row beyond the top or bottom of a sphere: a column,
// and at its ends corners turned by half.
func (f *field) fillTurned(dst []uint64, y, n int) {
	from, k := f.sides.left, -1-y
	if y >= f.h {
		from, k = f.sides.right, y-f.h
	}
	for v := range f.width {
		var word uint64
		for x, bit := v, 0; x < f.w; x, bit = x+f.width, bit+1 {
			word |= uint64(from[x]>>k&1) << bit
		}
		dst[lanes*v] = word
	}
	src := f.lane(k)
	if y >= f.h {
		src = f.lane(f.h - 1 - k)
	}
	f.copyMirrored(dst, src, -1, -n, 0)
	f.copyMirrored(dst, src, 2*f.w-1, f.w, f.w+n)
}

// copyMoved gives columns low ≤ x < high of dst the cells of columns x+by of src.
func (f *field) copyMoved(dst, src []uint64, by, low, high int) {
	f.pieces(low, high, func(low, high int) {
		// The same for the columns of src, which are stored modulo 64·width as well.
		f.split(low+by, high+by, func(from, to int) {
			f.copyPiece(dst, src, f.stored(low)+from-(low+by), to-from, f.stored(from), false)
		})
	})
}

// copyMirrored gives columns low ≤ x < high of dst the cells of columns sum-x of src.
func (f *field) copyMirrored(dst, src []uint64, sum, low, high int) {
	f.pieces(low, high, func(low, high int) {
		f.split(sum-high+1, sum-low+1, func(from, to int) {
			f.copyPiece(dst, src, f.stored(low)+(sum-to+1)-low, to-from, f.stored(from), true)
		})
	})
}

// stored returns the number of column x as it is stored.
func (f *field) stored(x int) int {
	if x < 0 {
		return x + 64*f.width
	}
	return x
}

// pieces calls do for the parts of low ≤ x < high that are stored side by side.
func (f *field) pieces(low, high int, do func(low, high int)) {
	if low < high {
		f.split(low, high, do)
	}
}

// split is pieces for a range that is not empty.
func (f *field) split(low, high int, do func(low, high int)) {
	if low < 0 {
		do(low, min(high, 0))
	}
	if high > 0 {
		do(max(low, 0), high)
	}
}

// copyPiece gives the n stored columns of dst from at on the cells of the n stored
// columns of src from from on, in reverse order if isMirrored. Both stay within
// 64·width. Cost: O(width).
func (f *field) copyPiece(dst, src []uint64, at, n, from int, isMirrored bool) {
	w := f.width
	first, firstRest := at/w, at%w
	last, lastRest := (at+n)/w, (at+n)%w
	// Column v + w·bit of dst is column c ± (v + w·bit) of src.
	c := from - at
	if isMirrored {
		c = from + n - 1 + at
	}
	for v := range w {
		low, high := first, last // bits below are before, bits from there on behind
		if v < firstRest {
			low++
		}
		if v < lastRest {
			high++
		}
		if low >= high {
			continue
		}
		mask := ^uint64(0) >> (64 - high) &^ (1<<low - 1)
		var word uint64
		if isMirrored {
			q, i := floorDiv(c-v, w)
			word = shift(bits.Reverse64(src[lanes*i]), 63-q)
		} else {
			q, i := floorDiv(c+v, w)
			word = shift(src[lanes*i], q)
		}
		dst[lanes*v] = dst[lanes*v]&^mask | word&mask
	}
}

// shift moves bits down, or up when by is negative.
func shift(word uint64, by int) uint64 {
	if by < 0 {
		return word << -by
	}
	return word >> by
}

// floorDiv returns a div b and a mod b, rounded down.
func floorDiv(a, b int) (quotient, rest int) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		return quotient - 1, rest + b
	}
	return quotient, rest
}
