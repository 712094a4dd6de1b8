package dense

import (
	"math/bits"
	"unsafe"

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
	// westFrom and eastFrom are where the rows are that go on there, by word of west and
	// of east: numbers of words of right and left, any one for rows outside the grid.
	westFrom, eastFrom []int32
	entries            []int32 // by row: the number of its word
	turned             []int32 // on a sphere, the same for the rows that eight columns of a vector go on in; -1 is none
	atLeft, atRight    []kernel.Column
	atWest, atEast     []kernel.Column
	north, south       [][]uint64 // on a sphere, lanes of rows k and h-1-k; or rows beyond the grid, with halos
}

func newSides(f *field) (s sides) {
	if f.isTurned || f.isTwisted {
		s.north, s.south = [][]uint64{f.newRow()}, [][]uint64{f.newRow()}
	}
	if !f.isWide {
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
	s.entries = make([]int32, f.h)
	for y := range s.entries {
		strip := y / f.rows
		s.entries[y] = int32((strip/lanes*f.rows+y%f.rows)*lanes + strip%lanes)
	}
	if f.isSphere() {
		s.turned = make([]int32, 64*f.Width)
		for i := range s.turned {
			s.turned[i] = -1
			if y := i/8%f.Width + f.Width*(i/8/f.Width*8+i%8); y < f.h {
				s.turned[i] = s.entries[y]
			}
		}
		for range f.depth {
			s.north = append(s.north, make([]uint64, lanes*f.Width))
			s.south = append(s.south, make([]uint64, lanes*f.Width))
		}
		return s
	}
	s.westFrom, s.eastFrom = make([]int32, lanes*n), make([]int32, lanes*n)
	for y := range f.h {
		_, left, _ := f.grid.Inside(-1, int64(y))
		_, right, _ := f.grid.Inside(int64(f.w), int64(y))
		s.westFrom[s.entries[y]] = s.entries[left]
		s.eastFrom[s.entries[y]] = s.entries[right]
	}
	return s
}

func (s *sides) bytes() int64 {
	return int64(len(s.left))*5*8*lanes + 4*int64(len(s.entries))
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
		from, to := lanes*first, lanes*(first+f.rows)
		gather(flat(s.west)[from:to], flat(s.right), s.westFrom[from:to])
		gather(flat(s.east)[from:to], flat(s.left), s.eastFrom[from:to])
	}
	words := b.words[b.top*f.stride:]
	kernel.PutColumns(words, f.stride, s.west[first:][:f.rows], s.atWest[:n])
	kernel.PutColumns(words, f.stride, s.east[first:][:f.rows], s.atEast[:n])
	f.Close(words, f.stride, f.rows)
}

// twist makes what is beyond the rows of a band, where they go on upside down.
func (f *field) twist(b *band, _ int) {
	from := f.bands[len(f.bands)-1-b.first/lanes]
	f.Twist(b.words[b.top*f.stride:], from.words[from.top*f.stride:], f.stride, f.rows)
}

// twistEnds makes the rows beyond the first and the last of the grid after twist. They are rows
// of the grid, which may be mirrored, and so is what is beyond them.
func (f *field) twistEnds() {
	s, last := &f.sides, len(f.bands)-1
	top, bottom := f.row(f.bands[0], 0), f.row(f.bands[last], f.rows-1)
	if !f.grid.Grid().TwistX {
		s.north[0], s.south[0] = bottom, top
		return
	}
	f.mirror(s.north[0], bottom, lanes-1)
	f.mirror(s.south[0], top, 0)
}

// mirror makes a lane of a row, with what is beyond it, the mirror image of that of another.
func (f *field) mirror(dst, src []uint64, lane int) {
	if f.Columns == 64*f.Width {
		for i := lane; i < len(dst); i += lanes {
			dst[i] = bits.Reverse64(src[len(dst)-lanes-i+2*lane])
		}
		return
	}
	apply(dst[lanes+lane:], src[lanes+lane:], f.overTop)
	f.Close(dst, len(dst), 1)
	behind := f.Column(f.w)
	dst[lane] |= src[behind.Word+lane] >> behind.Bit & 1
	dst[behind.Word+lane] |= src[lane] & 1 << behind.Bit
	if behind.Word == lanes {
		dst[len(dst)-lanes+lane] |= src[lane] & 1 << (behind.Bit - 1)
	}
}

// twistRows makes the rows before and behind the strips of a band, with what is beyond them.
func (f *field) twistRows(b *band, _ int) {
	i, north, south := b.first/lanes, f.sides.north[0], f.sides.south[0]
	if i > 0 {
		north = f.row(f.bands[i-1], f.rows-1)
	}
	if i < len(f.bands)-1 {
		south = f.row(f.bands[i+1], 0)
	}
	kernel.StripsNorth(f.row(b, -1), f.row(b, f.rows-1), north)
	kernel.StripsSouth(f.row(b, f.rows), f.row(b, 0), south)
}

// turnOne is what comes before a sweep of one generation on a sphere: it makes what is beyond the
// rows, and with it the rows before and behind the strips. At the corners the grid goes on with
// the cell in its corner.
func (f *field) turnOne() {
	b, last := f.bands[0], lanes*f.Width
	north, south := f.sides.north[0], f.sides.south[0]
	f.Turn(b.words[b.top*f.stride:], f.stride, north, south)
	top, bottom := f.row(b, 0), f.row(b, f.rows-1)
	north[lanes-1] |= top[lanes] & 1
	north[last+2*lanes-1] |= top[last] >> 63 << 63
	south[0] |= bottom[2*lanes-1] & 1
	south[last+lanes] |= bottom[last+lanes-1] >> 63 << 63
	kernel.StripsNorth(f.row(b, -1), bottom, north)
	kernel.StripsSouth(f.row(b, f.rows), top, south)
}

// newRow returns an empty row.
func (f *field) newRow() []uint64 { return make([]uint64, lanes*(f.Width+2)) }

// flat returns the words of rows, one after the other.
func flat(rows [][lanes]uint64) []uint64 {
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(rows))), lanes*len(rows))
}

// gather makes dst[i] src[from[i]].
func gather(dst, src []uint64, from []int32) {
	for i, k := range from {
		dst[i] = src[k]
	}
}

// turn makes the rows and columns beyond the edges of a sphere. Row -1-k is column k,
// and column -1-k is row k; so it is at the other two edges. What is eight columns in
// a row is eight words of sides, and goes from one to the other as a square of 8×8
// cells on its side.
func (f *field) turn(n int) {
	s := &f.sides
	left, right, west, east := flat(s.left), flat(s.right), flat(s.west), flat(s.east)
	var inNorth, inSouth [maxDepth][]uint64
	for k := range n {
		inNorth[k], inSouth[k] = f.lane(k), f.lane(f.h-1-k)
	}
	for v := range min(f.Width, f.w) {
		at := lanes * v
		var north, south [maxDepth]uint64 // a row each
		var fromLeft, fromRight [8]uint64 // eight columns each, on their side
		for k := range n {
			north[k], south[k] = inNorth[k][at], inSouth[k][at]
		}
		for i := 0; i < 8 && v+8*f.Width*i < f.w; i++ {
			fromNorth, fromSouth := transpose(bytesAt(&north, 8*i)), transpose(bytesAt(&south, 8*i))
			for j, e := range s.turned[8*(f.Width*i+v):][:8] {
				if e < 0 {
					break
				}
				j *= 8
				fromLeft[i] |= left[e] & 0xff << j
				fromRight[i] |= right[e] & 0xff << j
				west[e], east[e] = fromNorth>>j&0xff, fromSouth>>j&0xff
			}
			fromLeft[i], fromRight[i] = transpose(fromLeft[i]), transpose(fromRight[i])
		}
		for k := range n {
			s.north[k][at], s.south[k][at] = bytesAt(&fromLeft, 8*k), bytesAt(&fromRight, 8*k)
		}
	}
}

// bytesAt gathers the eight bits from shift on of eight words.
func bytesAt(w *[maxDepth]uint64, shift int) uint64 {
	s := uint(shift) & 63
	return w[0]>>s&0xff | w[1]>>s&0xff<<8 | w[2]>>s&0xff<<16 | w[3]>>s&0xff<<24 |
		w[4]>>s&0xff<<32 | w[5]>>s&0xff<<40 | w[6]>>s&0xff<<48 | w[7]>>s<<56
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
	f.fillNorth(b, n)
	f.fillSouth(b, n)
}

// closeRows closes the rows that fillRows has written. It writes to words that other
// bands read while they are filled.
func (f *field) closeRows(b *band, n int) {
	f.closeNorth(b, n)
	f.closeSouth(b, n)
}

// fillNorth fills the n rows before the strips.
func (f *field) fillNorth(b *band, n int) {
	for r := -1; r >= -n; r-- {
		row := f.row(b, r)[lanes : lanes*(f.Width+1)]
		if f.isSparse(b, n) {
			f.fillLanes(b, row, r, n)
			continue
		}
		y := b.first*f.rows + r
		beyond, ok := f.beside(y, lanes-1)
		if kernel.StripsNorth(row, f.row(b, f.rows+r)[lanes:], beyond); !ok {
			f.fillRow(row, y, n)
		}
	}
}

// fillSouth fills the n rows behind the strips, and those behind the last one of the grid.
func (f *field) fillSouth(b *band, n int) {
	for r := f.fullRows(b); r < f.rows+n; r++ {
		row := f.row(b, r)[lanes : lanes*(f.Width+1)]
		if f.isSparse(b, n) {
			f.fillLanes(b, row, r, n)
			continue
		}
		y := (b.first+lanes-1)*f.rows + r
		beyond, ok := f.beside(y, 0)
		if kernel.StripsSouth(row, f.row(b, r-f.rows)[lanes:], beyond); !ok {
			f.fillRow(row[lanes-1:], y, n)
		}
	}
}

// beside returns the row that has row y of the unfolded grid in a lane, as it is; nil when
// that row is dead, and ok is false when it is anywhere else.
func (f *field) beside(y, lane int) (row []uint64, ok bool) {
	if y < 0 || y >= f.h {
		if f.isDeadY || f.isSphere() || f.beyond(y) != nil {
			return nil, f.isDeadY
		}
		y = (y + f.h) % f.h
	}
	b, l, r := f.strip(y)
	if l != lane {
		return nil, false
	}
	return f.row(b, r)[lanes:], true
}

func (f *field) closeNorth(b *band, n int) {
	f.Close(b.words[(b.top-n)*f.stride:], f.stride, n)
}

func (f *field) closeSouth(b *band, n int) {
	full := f.fullRows(b)
	f.Close(b.words[(b.top+full)*f.stride:], f.stride, f.rows+n-full)
}

// isSparse reports whether not all strips of a band are full.
func (f *field) isSparse(b *band, n int) bool {
	return (b.first+lanes)*f.rows > f.h || f.rows < n
}

// fullRows returns how many rows of a band lie in the grid in all of its strips.
func (f *field) fullRows(b *band) int {
	return min(max(0, f.h-(b.first+lanes-1)*f.rows), f.rows)
}

// fillLanes fills row r of a band in all strips where it is not one of the grid's in its
// place.
func (f *field) fillLanes(b *band, row []uint64, r, n int) {
	for l := range lanes {
		y := (b.first+l)*f.rows + r
		if r < 0 || r >= f.rows || y >= f.h {
			f.fillRow(row[l:], y, n)
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
		f.fillTurned(dst, y)
	default:
		f.fillJoined(dst, y)
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
func (f *field) fillJoined(dst []uint64, y int) {
	src := f.lane((y + f.h) % f.h)
	if moves := f.beyond(y); moves != nil {
		apply(dst, src, moves)
	} else {
		copyLane(dst, src, f.Width)
	}
}

// fillTurned fills a lane with a row beyond the top or bottom of a sphere: a column,
// and at its ends corners turned by half.
func (f *field) fillTurned(dst []uint64, y int) {
	src := -1 - y
	if y < 0 {
		copyLane(dst, f.sides.north[-1-y], f.Width)
	} else {
		copyLane(dst, f.sides.south[y-f.h], f.Width)
		src = 2*f.h - 1 - y
	}
	apply(dst, f.lane(src), f.beyond(y))
}
