package dense

import (
	"math/bits"

	"golife/life/internal/arena"
	"golife/life/internal/kernel"
	"golife/life/internal/team"
	"golife/life/rule"
	"golife/life/topology"
)

// lanes is the number of strips side by side in a band: the words of a vector.
const lanes = kernel.VectorWords

// maxDepth is the most generations of one sweep. A byte holds the cells of a row
// that are within it of an edge.
const maxDepth = 8

// shape is the size of a field and how its edges are joined.
type shape struct {
	w, h int
	grid topology.Map
	// isDeadX says that the columns beyond the edges are dead, as on a plane;
	// isDeadY says it of the rows.
	isDeadX, isDeadY bool
}

// newShape returns the shape of a grid whose infinite sides are cut off at w × h.
func newShape(g rule.Grid, w, h int) shape {
	isPlane := g.Kind == rule.Infinite || g.Kind == rule.Plane
	return shape{w, h, topology.New(g), isPlane || g.Width == 0, isPlane || g.Height == 0}
}

// isPlainX reports whether a step over the left or right edge stays in its row.
func (s *shape) isPlainX() bool {
	g := s.grid.Grid()
	return g.Kind != rule.Sphere && !g.TwistY && g.ShiftY == 0
}

// canTwist reports whether rows go on upside down on the other side, and strips of so many bands
// have as many rows as the grid has. Bands that see to what is beyond their rows at once must not have
// columns for it.
func (s *shape) canTwist(bands int) bool {
	g := s.grid.Grid()
	return g.TwistY && g.ShiftX == 0 && g.ShiftY == 0 && !s.isDeadX && !s.isDeadY &&
		(s.w%64 == 0 || bands <= 1) && s.h%(lanes*max(1, bands)) == 0
}

// canTurn reports whether a sphere is one band whose strips have as many rows as fit in a part of
// a column; see kernel.Edge.Turn.
func (s *shape) canTurn(bands int) bool { return s.isSphere() && s.w%64 == 0 && bands <= 1 }

// field is all cells of one generation. See the package documentation.
type field struct {
	shape
	kernel.Edge
	stride  int // words from a row to the next
	rows    int // of a strip
	depth   int // most generations of a sweep
	margin  int // rows before and after those of the strips, for sweeps to move in
	lag     int
	room    int  // words that a sweep wants
	isPlain bool // rows end in themselves, or in dead cells: what Edge says is all
	// With one generation to a sweep halos have room for what is beyond rows that go on upside
	// down, see twist, or as columns, see turnOne; isWide says that rows have columns for it.
	isTwisted, isTurned, isWide bool
	bands                       []*band
	sides                       sides
	columns                     []uint64 // by vector, the bits that are columns of the grid
	// overTop and overBottom are how rows come over the edges; see beyond.
	overTop, overBottom []move
	isStale             bool // cells were changed without making the halos of their rows
}

// band is lanes strips below each other, which lie side by side in memory.
type band struct {
	words []uint64
	first int // number of its first strip
	top   int // the row of words that holds row 0 of each strip
	// masks has the rows outside the grid, where those are dead, from the north, and
	// flipped the same from the south; whole is the first and last row with all
	// strips inside, as if there were no others when masks is nil.
	masks, flipped [][lanes]uint64
	whole          [2]int
	room           []uint64 // of field.room words, once it was swept
}

// newField returns an empty field of up to the given number of bands, to be swept by sweeper.
func newField(s shape, bands, depth int, sweeper *kernel.Sweeper) *field {
	f := &field{shape: s, depth: max(1, min(depth, maxDepth, s.w, s.h))}
	f.isPlain = s.isDeadX || s.isPlainX()
	f.isTwisted = f.depth == 1 && s.canTwist(bands)
	f.isTurned = f.depth == 1 && s.canTurn(bands)
	f.isWide = !f.isPlain && !f.isTwisted && !f.isTurned
	f.Edge = kernel.Edge{Width: (s.w + 63) / 64, Columns: s.w, Wraps: f.isPlain && !s.isDeadX || f.isWide}
	if f.isWide {
		f.Width = (s.w + 2*f.depth + 63) / 64
		f.Columns = 64 * f.Width
	}
	f.lag, f.room = 2, sweeper.Room(f.depth, f.Width)
	if f.room == 0 && f.Width < 32 {
		f.lag = 3 // shorter rows are done before their halos are ready
	}
	f.columns = f.newColumns()
	f.stride = lanes * (f.Width + 2)
	if f.stride/lanes%2 == 0 {
		f.stride += lanes // an odd number of vectors spreads the rows over the cache
	}
	strips := lanes * max(1, bands)
	f.rows = (s.h + strips - 1) / strips
	f.margin = (f.lag+3)*f.depth + 2
	f.bands = f.newBands(strips / lanes)
	f.sides = newSides(f)
	f.overTop, f.overBottom = f.joins(-1), f.joins(f.h)
	return f
}

// newBands returns n bands. No vector of theirs straddles two cache lines.
func (f *field) newBands(n int) []*band {
	const line = 8 // words
	size := ((f.rows+2*f.margin)*f.stride + line - 1) / line * line
	words := arena.Words(n * size)
	bands := make([]*band, n)
	for i := range bands {
		b := &band{words: words[i*size:][:size:size], first: i * lanes, top: f.margin, whole: [2]int{-f.margin, f.rows + f.margin - 1}}
		if f.isDeadY {
			f.mask(b)
		}
		bands[i] = b
	}
	return bands
}

// mask makes the masks of a band that has rows outside the grid.
func (f *field) mask(b *band) {
	masks := make([][lanes]uint64, f.rows+2*f.margin)
	first, last := len(masks), -1
	for i := range masks {
		isWhole := true
		for k := range lanes {
			if y := (b.first+k)*f.rows + i - f.margin; y >= 0 && y < f.h {
				masks[i][k] = ^uint64(0)
			} else {
				isWhole = false
			}
		}
		if isWhole {
			first, last = min(first, i), i
		}
	}
	if first == 0 && last == len(masks)-1 {
		return
	}
	b.masks, b.flipped, b.whole = masks, make([][lanes]uint64, len(masks)), [2]int{first - f.margin, last - f.margin}
	for i, m := range masks {
		b.flipped[len(masks)-1-i] = m
	}
}

// roomOf returns the room for sweeps of a band, which copies of fields that are not swept do without.
func (f *field) roomOf(b *band) []uint64 {
	if b.room == nil && f.room > 0 {
		b.room = arena.Words(f.room)
	}
	return b.room
}

// bytes returns the memory of the field.
func (f *field) bytes() (n int64) {
	for _, b := range f.bands {
		n += 16*lanes*int64(len(b.masks)) + arena.WordsBytes(len(b.room))
	}
	n += 8 * int64(len(f.columns))
	return n + arena.WordsBytes(len(f.bands)*len(f.bands[0].words)) + f.sides.bytes()
}

// row returns a row of a band, halos included: row 0 is the first of its strips.
func (f *field) row(b *band, r int) []uint64 {
	return b.words[(b.top+r)*f.stride:][:lanes*(f.Width+2)]
}

// strip returns the band, the lane and the row of row y of the grid.
func (f *field) strip(y int) (b *band, lane, r int) {
	i := y / f.rows
	return f.bands[i/lanes], i % lanes, y % f.rows
}

// lane returns the words of one row y of the grid: every fourth word, from the
// first, is a vector's.
func (f *field) lane(y int) []uint64 {
	b, k, r := f.strip(y)
	return f.row(b, r)[lanes+k : lanes*(f.Width+1)]
}

// place returns where column x is in a lane. x may be negative, for a column to the
// west of the grid.
func (f *field) place(x int) (word int, bit uint64) {
	c := f.Column(x)
	return c.Word - lanes, c.Bit
}

func (f *field) size() (w, h int) { return f.w, f.h }

func (f *field) get(x, y int) bool {
	word, bit := f.place(x)
	return f.lane(y)[word]>>bit&1 != 0
}

func (f *field) set(x, y int, isLive bool) {
	word, bit := f.place(x)
	p := &f.lane(y)[word]
	*p &^= 1 << bit
	if isLive {
		*p |= 1 << bit
	}
	f.isStale = true
}

func (f *field) or(y int, line []uint64) {
	f.isStale = true
	lane := f.lane(y)
	for v := 0; v < f.Width; v += 64 {
		var m [64]uint64
		isEmpty := true
		for j := range m {
			at := v + f.Width*j
			if at >= f.w {
				break
			}
			m[j] = cellsAt(line, at)
			isEmpty = isEmpty && m[j] == 0
		}
		if isEmpty {
			continue
		}
		kernel.Transpose(&m)
		for i, word := range m[:min(64, f.Width-v)] {
			lane[lanes*(v+i)] |= word
		}
	}
}

// cellsAt returns the 64 cells of a line from column x on, as far as there are.
func cellsAt(line []uint64, x int) uint64 {
	i, o := x>>6, x&63
	word := line[i] >> o
	if i+1 < len(line) {
		word |= line[i+1] << 1 << (63 - o)
	}
	return word
}

// newColumns returns, for all vectors, the bits that are columns of the grid.
func (f *field) newColumns() []uint64 {
	masks := make([]uint64, f.Width)
	for v := range masks {
		masks[v] = ^uint64(0)
		if n := (f.w - v + f.Width - 1) / f.Width; n < 64 {
			masks[v] = 1<<max(0, n) - 1
		}
	}
	return masks
}

// clone returns a copy that shares no cells with f.
func (f *field) clone() plane { return f.copyTo(nil, &team.Team{Threads: 1}) }

// copyTo makes c, a field of the same layout, equal to f and returns it; nil makes a
// new one.
func (f *field) copyTo(c *field, t *team.Team) *field {
	if c == nil {
		c = new(field)
		*c = *f
		c.sides = newSides(f)
		c.bands = f.newBands(len(f.bands))
	}
	c.isStale = f.isStale
	each(t, f.bands, func(b *band) {
		to := c.bands[b.first/lanes]
		to.top = b.top
		copy(to.words, b.words)
	})
	return c
}

// equalRow reports whether two fields of one layout have the same cells in row y.
func (f *field) equalRow(g *field, y int) bool {
	a, b := f.lane(y), g.lane(y)
	for v := range f.Width {
		if d := a[lanes*v] ^ b[lanes*v]; d != 0 && d&f.columns[v] != 0 {
			return false
		}
	}
	return true
}

// changes says how much differs between two fields of one layout: squares of 64 rows and at most 64 columns,
// of so many, and rows of such squares.
type changes struct{ squares, rows, of int }

// share returns the share of squares that differ.
func (c changes) share() float64 { return float64(c.squares) / float64(max(1, c.of)) }

// changesFrom compares f with a field of one layout. Cost: O(cells).
func (f *field) changesFrom(g *field) (c changes) {
	for first := 0; first < len(f.columns); first += 64 {
		masks := f.columns[first:min(first+64, len(f.columns))]
		c.of += (f.h + 63) / 64 * bits.OnesCount64(masks[0])
		for y := 0; y < f.h; y += 64 {
			var square uint64 // by the bit that a column has
			for i := y; i < min(y+64, f.h); i++ {
				a, b := f.lane(i)[lanes*first:], g.lane(i)[lanes*first:]
				var row uint64
				for v, m := range masks {
					row |= (a[lanes*v] ^ b[lanes*v]) & m
				}
				square |= row
				c.rows += bits.OnesCount64(row)
			}
			c.squares += bits.OnesCount64(square)
		}
	}
	return c
}

// isEmptyRow reports whether row y has no live cells.
func (f *field) isEmptyRow(y int) bool {
	lane := f.lane(y)
	for v := range f.Width {
		if lane[lanes*v]&f.columns[v] != 0 {
			return false
		}
	}
	return true
}

// line writes row y into dst, 64 cells to the word from west to east. It costs
// O(width).
func (f *field) line(y int, dst []uint64) {
	clear(dst)
	lane := f.lane(y)
	for v := 0; v < f.Width; v += 64 {
		var m [64]uint64
		any, n := uint64(0), min(64, f.Width-v)
		for i := range n {
			m[i] = lane[lanes*(v+i)] & f.columns[v+i]
			any |= m[i]
		}
		if any == 0 {
			continue
		}
		kernel.Transpose(&m)
		for j := 0; any>>j != 0; j++ {
			at := v + f.Width*j
			if low := m[j] << (at & 63); low != 0 {
				dst[at>>6] |= low
			}
			if high := m[j] >> 1 >> (^at & 63); high != 0 {
				dst[at>>6+1] |= high
			}
		}
	}
}

// population returns the number of live cells.
func (f *field) population() (n uint64) {
	masks := f.columns
	for y := range f.h {
		lane := f.lane(y)
		for v, m := range masks {
			n += uint64(bits.OnesCount64(lane[lanes*v] & m))
		}
	}
	return n
}

// bounds returns the smallest rectangle that holds all live cells, half-open; ok
// is false when there are none.
func (f *field) bounds() (x0, y0, x1, y1 int, ok bool) {
	y0, y1 = 0, f.h
	for y0 < f.h && f.isEmptyRow(y0) {
		y0++
	}
	if y0 == f.h {
		return 0, 0, 0, 0, false
	}
	for f.isEmptyRow(y1 - 1) {
		y1--
	}
	all := make([]uint64, f.Width)
	for y := y0; y < y1; y++ {
		lane := f.lane(y)
		for v := range all {
			all[v] |= lane[lanes*v]
		}
	}
	x0, x1 = f.w, 0
	for v, m := range all {
		if m &= f.columns[v]; m != 0 {
			x0 = min(x0, v+f.Width*bits.TrailingZeros64(m))
			x1 = max(x1, v+f.Width*(63-bits.LeadingZeros64(m))+1)
		}
	}
	return x0, y0, x1, y1, true
}
