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

// sides holds the cells near the left and right edge, for grids whose rows do not end
// in themselves: bit k is the cell k columns from the edge. There is an entry for each
// row of each band, with a word for each strip.
type sides struct {
	left, right [][lanes]uint64 // columns k and w-1-k
	west, east  [][lanes]uint64 // columns -1-k and w+k
	// westFrom and eastFrom are where the rows are that go on there: numbers of words
	// of right and left. They are -1 for rows outside the grid.
	westFrom, eastFrom [][lanes]int32
	atLeft, atRight    []kernel.Column
	atWest, atEast     []kernel.Column
	north, south       [][]uint64 // on a sphere, lanes of rows k and h-1-k
}

func newSides(f *field) (s sides) {
	if f.isPlain {
		return s
	}
	n := len(f.bands) * f.rows
	for _, p := range []*[][lanes]uint64{&s.left, &s.right, &s.west, &s.east} {
		*p = make([][lanes]uint64, n)
	}
	for k := range f.depth {
		s.atLeft, s.atRight = append(s.atLeft, f.Column(k)), append(s.atRight, f.Column(f.w-1-k))
		s.atWest, s.atEast = append(s.atWest, f.Column(-1-k)), append(s.atEast, f.Column(f.w+k))
	}
	if f.isSphere() {
		for range f.depth {
			s.north = append(s.north, make([]uint64, lanes*f.Width))
			s.south = append(s.south, make([]uint64, lanes*f.Width))
		}
		return s
	}
	s.westFrom, s.eastFrom = make([][lanes]int32, n), make([][lanes]int32, n)
	for i := range lanes * n {
		s.westFrom[i/lanes][i%lanes], s.eastFrom[i/lanes][i%lanes] = -1, -1
	}
	for y := range f.h {
		_, left, _ := f.grid.Inside(-1, int64(y))
		_, right, _ := f.grid.Inside(int64(f.w), int64(y))
		i, l := f.entry(y)
		j, m := f.entry(int(left))
		s.westFrom[i][l] = int32(lanes*j + m)
		j, m = f.entry(int(right))
		s.eastFrom[i][l] = int32(lanes*j + m)
	}
	return s
}

// entry returns where row y is in sides.
func (f *field) entry(y int) (i, lane int) {
	strip := y / f.rows
	return strip/lanes*f.rows + y%f.rows, strip % lanes
}

func (s *sides) bytes() int64 {
	return int64(len(s.left)) * 6 * 8 * lanes
}

func (s *shape) isSphere() bool { return s.grid.Grid().Kind == rule.Sphere }

// pick reads the cells near the edges of a band's rows.
func (f *field) pick(b *band, n int) {
	s, first := &f.sides, b.first/lanes*f.rows
	words := b.words[b.top*f.stride:]
	kernel.PickColumns(s.left[first:][:f.rows], words, f.stride, s.atLeft[:n])
	kernel.PickColumns(s.right[first:][:f.rows], words, f.stride, s.atRight[:n])
}

// put writes the cells beyond the edges of a band's rows.
func (f *field) put(b *band, n int) {
	s, first := &f.sides, b.first/lanes*f.rows
	if !f.isSphere() {
		for i := first; i < first+f.rows; i++ {
			for l := range lanes {
				if j, k := s.westFrom[i][l], s.eastFrom[i][l]; j >= 0 {
					s.west[i][l], s.east[i][l] = s.right[j/lanes][j%lanes], s.left[k/lanes][k%lanes]
				}
			}
		}
	}
	words := b.words[b.top*f.stride:]
	kernel.PutColumns(words, f.stride, s.west[first:][:f.rows], s.atWest[:n])
	kernel.PutColumns(words, f.stride, s.east[first:][:f.rows], s.atEast[:n])
	f.Close(words, f.stride, f.rows)
}

// turn makes the rows and columns beyond the edges of a sphere. Row -1-k is column k,
// and column -1-k is row k; so it is at the other two edges. What is eight columns in
// a row is eight words of sides, and goes from one to the other as a square of 8×8
// cells on its side.
func (f *field) turn(n int) {
	s := &f.sides
	var inNorth, inSouth [maxDepth][]uint64
	for k := range n {
		inNorth[k], inSouth[k] = f.lane(k), f.lane(f.h-1-k)
		clearLane(s.north[k], f.Width)
		clearLane(s.south[k], f.Width)
	}
	for v := range min(f.Width, f.w) {
		for shift := 0; v+f.Width*shift < f.w; shift += 8 {
			at := lanes * v
			var fromLeft, fromRight, fromNorth, fromSouth uint64
			for k := range n {
				fromNorth |= inNorth[k][at] >> shift & 0xff << (8 * k)
				fromSouth |= inSouth[k][at] >> shift & 0xff << (8 * k)
			}
			fromNorth, fromSouth = transpose(fromNorth), transpose(fromSouth)
			for j, y := 0, v+f.Width*shift; j < 8 && y < f.h; j, y = j+1, y+f.Width {
				i, l := f.entry(y)
				fromLeft |= s.left[i][l] & 0xff << (8 * j)
				fromRight |= s.right[i][l] & 0xff << (8 * j)
				s.west[i][l], s.east[i][l] = fromNorth>>(8*j)&0xff, fromSouth>>(8*j)&0xff
			}
			fromLeft, fromRight = transpose(fromLeft), transpose(fromRight)
			for k := range n {
				s.north[k][at] |= fromLeft >> (8 * k) & 0xff << shift
				s.south[k][at] |= fromRight >> (8 * k) & 0xff << shift
			}
		}
	}
}

// transpose exchanges bits 8i+j and 8j+i (H. S. Warren, "Hacker's Delight", 2nd ed.,
// 2012, section 7-3).
func transpose(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00aa00aa00aa00aa
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000cccc0000cccc
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000f0f0f0f0
	return x ^ t ^ t<<28
}

// fillRows fills the rows beyond the strips of a band, n of them on either side, but
// for what closeRows adds.
func (f *field) fillRows(b *band, n int) {
	if f.isSparse(b, n) {
		f.fillSparse(b, n)
	} else {
		// Three strips go on in the one beside them, so that a row is one moved by a word.
		first, end := lanes, lanes*(f.Width+1)
		for r := range n {
			y := b.first*f.rows - 1 - r
			north := f.row(b, -1-r)
			copy(north[first+1:end], f.row(b, f.rows-1-r)[first:])
			f.fillRow(north[first:end], y, n)
			y = (b.first+lanes)*f.rows + r
			south := f.row(b, f.rows+r)
			copy(south[first:end-1], f.row(b, r)[first+1:])
			f.fillRow(south[first+lanes-1:end], y, n)
		}
	}
}

// closeRows closes the rows that fillRows has written, n on either side. It writes to
// words that other bands read while they are filled.
func (f *field) closeRows(b *band, n int) {
	f.Close(b.words[(b.top-n)*f.stride:], f.stride, n)
	f.Close(b.words[(b.top+f.rows)*f.stride:], f.stride, n)
	if f.isSparse(b, n) {
		full := f.fullRows(b)
		f.Close(b.words[(b.top+full)*f.stride:], f.stride, f.rows-full)
	}
}

// isSparse reports whether not all strips of a band are full.
func (f *field) isSparse(b *band, n int) bool {
	return (b.first+lanes)*f.rows > f.h || f.rows < n
}

// fullRows returns how many rows of a band lie in the grid in all of its strips.
func (f *field) fullRows(b *band) int {
	return min(max(0, f.h-(b.first+lanes-1)*f.rows), f.rows)
}

// fillSparse is fillRows for strips that are not all full: rows of the last ones may be
// beyond the edge of the grid as well.
func (f *field) fillSparse(b *band, n int) {
	full := f.fullRows(b)
	for r := -n; r < f.rows+n; r++ {
		if r == 0 {
			r = full
		}
		row := f.row(b, r)
		for l := range lanes {
			y := (b.first+l)*f.rows + r
			if r < 0 || r >= f.rows || y >= f.h {
				f.fillRow(row[lanes+l:lanes*(f.Width+1)], y, n)
			}
		}
	}
}

// fillRow fills a lane with row y of the unfolded grid.
func (f *field) fillRow(dst []uint64, y, n int) {
	switch {
	case y >= 0 && y < f.h:
		copyLane(dst, f.lane(y), f.Width)
	case f.isDeadY || y < -n || y >= f.h+n:
		clearLane(dst, f.Width)
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
	if f.isPlain {
		switch { // the columns that lie behind an edge are those from the other one
		case isMirrored:
			f.copyMirrored(dst, src, x, 0, x+1)
			f.copyMirrored(dst, src, x+f.w, x+1, f.w)
		case x == 0:
			copyLane(dst, src, f.Width)
		default:
			f.copyMoved(dst, src, x, 0, f.w-x)
			f.copyMoved(dst, src, x-f.w, f.w-x, f.w)
		}
		return
	}
	// The columns beyond the edges come from those of the row itself.
	if isMirrored {
		f.copyMirrored(dst, src, f.w-1, -n, f.w+n)
	} else {
		copyLane(dst, src, f.Width)
	}
}

// fillTurned fills a lane with a row beyond the top or bottom of a sphere: a column,
// and at its ends corners turned by half.
func (f *field) fillTurned(dst []uint64, y, n int) {
	src := -1 - y
	if y < 0 {
		copyLane(dst, f.sides.north[-1-y], f.Width)
	} else {
		copyLane(dst, f.sides.south[y-f.h], f.Width)
		src = 2*f.h - 1 - y
	}
	f.copyMirrored(dst, f.lane(src), -1, -n, 0)
	f.copyMirrored(dst, f.lane(src), 2*f.w-1, f.w, f.w+n)
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
		return x + 64*f.Width
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
	w := f.Width
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
