package kernel

import (
	"math/bits"
	"unsafe"

	"golife/life/rule"
)

// A plane for Sweep is cut into four strips of equal height, one for each word of
// a vector of four words, and its columns are dealt out over Width vectors: cell
// (x, y) of a strip is bit x div Width of the strip's word in vector x mod Width of
// row y. The cells to the west and east of a word's are then in the same word
// of the vectors before and after it, and no row needs a shift but in its two
// halos, which stand before its first vector and after its last:
//
//	row   | halo | vector 0 | vector 1 | … | vector Width-1 | halo |
//
//	word  bit 0           bit 1                 bit 63
//	vector 0   column 0   column Width    …     column 63·Width
//	vector 1   column 1   column Width+1  …     column 63·Width+1
//
// The halo before vector 0 is vector Width-1 moved up by a bit: it holds columns
// -1, Width-1, …; the one after the last is vector 0 moved down by a bit. A row need
// not fill its vectors: behind its last column stands then one that is dead, or a
// copy of column 0, and nothing of use. That cells are dealt out so is an old trick of bit-sliced simulation;
// what it saves in this one is in KERNELS.md.

// VectorWords is the number of words in a vector, and of strips in a plane.
const VectorWords = 4

// Edge says where rows end, and what is there.
type Edge struct {
	Width   int // vectors, at least 1
	Columns int // 1 to 64·Width
	// Wraps says that the first and the last column are neighbours. Otherwise the cells
	// beyond both are dead.
	Wraps bool
}

// Sweep advances the rows of a plane in place. The zero Sweep is of no use.
//
// Rows are Stride words long and stand one below the other in Words. Level by
// level, one generation each, a sweep goes over the rows; each new row is
// stored in the place of its northern neighbour, which nothing needs any more, so
// that level k finds row y of its generation k-1 places north of where level 1
// found it, and may follow level 1 at a distance of Lag places at once. All
// levels' rows stay in the cache until the last is done with them: that is what a
// sweep is for.
//
// At each of Steps steps level 1 reads the three rows from Row on, stores one row at
// Row, and Row moves on by one; level 2 does the same Lag places behind it, and so
// on. With IsUp set all is the other way round: rows are read from Row upward, and
// new ones stored in the place of their southern neighbours.
type Sweep struct {
	Words  []uint64
	Stride int // words from a row to the next, at least VectorWords·(Width+2), a multiple of VectorWords
	Row    int // number of the row that is read first and overwritten first
	IsUp   bool
	Levels int // generations, at least 1
	Steps  int // at least 1
	Lag    int // at least 2
	Edge
	// Masks, when not nil, has 0 for the cells of new rows that are kept dead: entry
	// MaskAt is for the row that level 1 stores first. The next step's entry is the
	// next, the next level's is Lag-1 entries before. A sweep that wants Room takes whole words, 0 or all ones.
	Masks  [][VectorWords]uint64
	MaskAt int
	// Room is for the sweep alone: as many words as [Sweeper.Room] says, whatever they hold.
	Room []uint64
}

// sweepArgs is what the assembly is given; life/internal/_asm knows its layout.
type sweepArgs struct {
	row                          *uint64
	stride, width, lag           int                 // bytes; negative strides and lags go up
	levels, steps, padAt, lastAt int                 // at: bytes from the start of a row; padAt is 0 in full rows
	pad                          [VectorWords]uint64 // clears the column behind the last
	first, firstShift            [VectorWords]uint64 // picks column 0 and moves it there
	last, lastShift              [VectorWords]uint64 // moves the last column to the first halo and picks it
	around                       [VectorWords]uint64 // picks the bit of column 0 for the last halo
	mask                         *[VectorWords]uint64
	maskStride, maskLag          int
	rules                        unsafe.Pointer // the level or letterCode of the first level
	rulesStep                    int            // bytes from one level's to the next
	aheadStep                    int            // bytes of the next row to be fetched for each three vectors of a level
}

// Sweeper runs the rule of even and that of odd generations over a plane. It is
// immutable. Make one with [NewSweeper].
type Sweeper struct {
	class  Class
	levels [2][]level // by the parity of the first generation
	polys  [2]poly
	masks  [2]subset
	sums   sums

	// ClassLookup: the code as levels, and the neighbourhoods where polys are wrong
	letters    [2][]letterCode
	exceptions [2][]int

	// ClassLookup without letters; polys are zero, and exceptions all that live on
	looks *looks
}

// level is what the assembly is told of the rule of one generation: the decision, and for
// each neighbour, row by row, a vector that is zero if it does not count. life/internal/_asm
// knows its layout.
type level struct {
	decision decision
	_        uint64
	masks    [9][VectorWords]uint64
}

func newLevel(p *poly, m *subset) (l level) {
	l.decision = p.decision
	for i := range l.masks {
		v := m[i/3][i%3]
		l.masks[i] = [VectorWords]uint64{v, v, v, v}
	}
	return l
}

// sums says which way of adding up neighbours the assembly has for both rules.
type sums int

const (
	sumsMoore sums = iota
	sumsVonNeumann
	sumsHexagonal
	sumsSubset
)

// sumsOn returns the way for a set of neighbours.
func sumsOn(neighbours int) sums {
	switch neighbours {
	case moore:
		return sumsMoore
	case rule.N | rule.W | rule.E | rule.S:
		return sumsVonNeumann
	case rule.NW | rule.N | rule.W | rule.E | rule.S | rule.SE:
		return sumsHexagonal
	}
	return sumsSubset
}

// MaxLevels is the most generations that one Sweep may make.
const MaxLevels = 16

// NewSweeper compiles the tables of the even and the odd generations. ok is false
// when a table is of ClassLookup, and there is no assembly for those.
// Cost: some ten microseconds.
func NewSweeper(even, odd *rule.Table) (s *Sweeper, ok bool) {
	s = &Sweeper{}
	tables := [2]*rule.Table{even, odd}
	neighbours := [2]int{moore, moore}
	for i, t := range tables {
		n, ok := totalOn(t)
		if !ok {
			return newLetterSweeper(tables)
		}
		neighbours[i] = n
	}
	if isLife(even) && isLife(odd) {
		return s, true
	}
	s.class = ClassTotal
	for i, t := range tables {
		if neighbours[i] != moore {
			s.class = ClassSubset
		}
		s.polys[i], s.masks[i] = newPoly(t, neighbours[i]), newSubset(neighbours[i])
	}
	if s.sums = sumsSubset; neighbours[0] == neighbours[1] {
		s.sums = sumsOn(neighbours[0])
	}
	if *even == *odd {
		s.levels[0] = []level{newLevel(&s.polys[0], &s.masks[0])}
		s.levels[1] = s.levels[0]
		return s, true
	}
	for first := range s.levels {
		for k := range MaxLevels {
			i := (first + k) & 1
			s.levels[first] = append(s.levels[first], newLevel(&s.polys[i], &s.masks[i]))
		}
	}
	return s, true
}

// newLetterSweeper is NewSweeper of tables of ClassLookup: by letters if there are few enough.
func newLetterSweeper(tables [2]*rule.Table) (*Sweeper, bool) {
	if !canSweepLookups() {
		return nil, false
	}
	s, code := &Sweeper{class: ClassLookup}, [2]*letterCode{}
	for i, t := range tables {
		var sums [10][2]uint64
		if code[i], sums = newLetterCode(t); code[i] == nil {
			return newLookSweeper(tables), true
		}
		s.polys[i] = polyOf(sums)
		for k := range 512 {
			if c := k & rule.C / rule.C; uint64(t.Next(k)) != sums[bits.OnesCount(uint(k))][c] {
				s.exceptions[i] = append(s.exceptions[i], k)
			}
		}
	}
	for first := range s.letters {
		for k := range MaxLevels {
			s.letters[first] = append(s.letters[first], *code[(first+k)&1])
		}
	}
	return s, true
}

// Class returns the class of the rules.
func (s *Sweeper) Class() Class { return s.class }

// Sweep advances the plane; odd says whether the generation before is odd. It
// panics when the sweep leaves w.Words. Cost: see KERNELS.md; no allocation.
func (s *Sweeper) Sweep(w *Sweep, odd bool) {
	s.check(w)
	parity := 0
	if odd {
		parity = 1
	}
	if !s.sweepAsm(w, parity) {
		s.sweep(w, parity)
	}
}

// check panics when a row that is read lies outside w.Words.
func (s *Sweeper) check(w *Sweep) {
	behind := w.Lag * (w.Levels - 1)
	first, last := w.Row-behind, w.Row+w.Steps-1+2
	if w.IsUp {
		first, last = w.Row-(w.Steps-1)-2, w.Row+behind
	}
	switch {
	case first < 0 || (last+1)*w.Stride > len(w.Words):
		panic("kernel: Sweep: rows outside Words")
	case w.Width < 1 || w.Stride < VectorWords*(w.Width+2) || w.Stride%VectorWords != 0:
		panic("kernel: Sweep: row does not fit its stride")
	case w.Levels < 1 || w.Levels > MaxLevels || w.Steps < 1 || w.Lag < 2:
		panic("kernel: Sweep: levels, steps or lag out of range")
	case w.Columns < 1 || w.Columns > 64*w.Width:
		panic("kernel: Sweep: Columns out of range")
	case len(w.Room) < s.Room(w.Levels, w.Width):
		panic("kernel: Sweep: Room too short")
	case w.Masks != nil && (w.MaskAt-(w.Lag-1)*(w.Levels-1) < 0 || w.MaskAt+w.Steps > len(w.Masks)):
		panic("kernel: Sweep: rows outside Masks")
	}
}

// args translates w for the assembly.
func (w *Sweep) args() (a sweepArgs) {
	sign := 1
	if w.IsUp {
		sign = -1
	}
	a = sweepArgs{
		row: &w.Words[w.Row*w.Stride], stride: sign * 8 * w.Stride, lag: sign * 8 * w.Stride * w.Lag,
		width: 8 * VectorWords * w.Width, levels: w.Levels, steps: w.Steps,
		aheadStep: (3*8*VectorWords + w.Levels - 1) / w.Levels,
	}
	w.Edge.args(&a)
	if w.Masks != nil {
		a.mask, a.maskStride, a.maskLag = &w.Masks[w.MaskAt], 8*VectorWords, 8*VectorWords*(w.Lag-1)
	}
	return a
}

// args translates e for the assembly.
func (e *Edge) args(a *sweepArgs) {
	every := func(v uint64) [VectorWords]uint64 { return [VectorWords]uint64{v, v, v, v} }
	at := func(column int) (offset int, bit uint64) {
		return 8 * VectorWords * (1 + column%e.Width), uint64(column / e.Width)
	}
	var lastBit, padBit uint64
	a.lastAt, lastBit = at(e.Columns - 1)
	a.lastShift = every(lastBit)
	isFull := e.Columns == 64*e.Width
	if !isFull {
		a.padAt, padBit = at(e.Columns)
		a.pad, a.firstShift = every(^(uint64(1) << padBit)), every(padBit)
	}
	if !e.Wraps {
		return
	}
	a.last = every(1)
	if isFull {
		a.around = every(1 << 63)
	} else {
		a.first = every(1)
	}
}

// Close makes the halos of rows that are stride words long, and the column behind
// the last one.
func (e *Edge) Close(words []uint64, stride, rows int) {
	if rows == 0 || e.closeAsm(words[:(rows-1)*stride+VectorWords*(e.Width+2)], stride, rows) {
		return
	}
	for i := range rows {
		e.close(words[i*stride:][:VectorWords*(e.Width+2)])
	}
}

func (e *Edge) close(row []uint64) {
	pad := row[VectorWords*(1+e.Columns%e.Width):]
	last := row[VectorWords*(1+(e.Columns-1)%e.Width):]
	first, end := row[VectorWords:], row[VectorWords*e.Width:]
	isFull := e.Columns == 64*e.Width
	for k := range VectorWords {
		var beyond uint64
		if e.Wraps {
			beyond = first[k] & 1
		}
		if !isFull {
			bit := e.Columns / e.Width
			pad[k] = pad[k]&^(1<<bit) | beyond<<bit
		}
		row[k] = end[k] << 1
		if e.Wraps {
			row[k] |= last[k] >> ((e.Columns - 1) / e.Width) & 1
		}
		end[VectorWords+k] = first[k] >> 1
		if isFull {
			end[VectorWords+k] |= beyond << 63
		}
	}
}
