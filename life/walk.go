package life

import (
	"iter"
	"math"
	"math/bits"
	"sync"
)

// Run is a row of N equal non-zero cells that begins at (X, Y) and goes east.
type Run struct {
	X, Y, N int64
	State   State
}

// Runs yields the non-zero cells inside r as runs in row-major order, as long as
// they can be; only runs of 2^63 cells and more come in parts. Cost:
// O(NodeCount) in the first call for these cells, then O(levels) for each run at
// most: neither empty space nor the length of a run costs anything. Memory: one
// byte a node, kept with the pattern, and the squares of one row at each level.
func (p *Pattern) Runs(r Rect) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		if r.IsEmpty() || p.root == 0 {
			return
		}
		level, row := p.topRow()
		w := walker{p: p, clip: r, yield: yield, even: p.even.of(p)}
		w.walk(level, row)
	}
}

// Cells yields the non-zero cells inside r in row-major order.
func (p *Pattern) Cells(r Rect) iter.Seq2[Point, State] {
	return func(yield func(Point, State) bool) {
		for run := range p.Runs(r) {
			for i := range run.N {
				if !yield(Point{run.X + i, run.Y}, run.State) {
					return
				}
			}
		}
	}
}

// Word is 64 cells of a row from (X, Y) eastward, X being a multiple of 64, or N such
// words side by side: bit i is the cell at X+i, and at X+64+i and so on.
type Word struct {
	X, Y, N int64
	Bits    uint64
}

// Words yields the live cells of a two-state pattern inside r as words in row-major
// order. No word is 0, and N is 1 unless all cells are alive. Cost: O(levels) for
// each leaf inside r at most, counted as often as it occurs outside of large squares of
// full rows, which cost nothing by their width. Memory: as Runs.
func (p *Pattern) Words(r Rect) iter.Seq[Word] {
	if p.IsMultiState() {
		panic("life: Words wants a two-state pattern")
	}
	return func(yield func(Word) bool) {
		if r.IsEmpty() || p.root == 0 {
			return
		}
		level, row := p.topRow()
		w := walker{p: p, clip: r, yieldWord: yield, even: p.even.of(p)}
		w.walk(level, row)
	}
}

// EachLeaf calls f with each leaf that is not empty, as often as it occurs, and its
// north-west cell, until f returns false; it reports whether f never did. Leaves beyond int64
// coordinates are left out. Cost: O(levels) for each leaf at most.
func (p *Pattern) EachLeaf(f func(leaf NodeID, x, y int64) bool) bool {
	level := p.Level()
	if level <= 63 {
		c := int64(-1) << (level - 1)
		return p.eachLeaf(level, p.root, c, c, f)
	}
	for i, k := range p.Nodes(level)[p.root] {
		// The squares that touch the origin hold all int64 coordinates.
		for d := level - 1; d > 63; d-- {
			k = p.Nodes(d)[k][3-i]
		}
		if !p.eachLeaf(63, k, int64(i&1-1)<<63, int64(i>>1-1)<<63, f) {
			return false
		}
	}
	return true
}

// eachLeaf is EachLeaf for a square of a level whose north-west cell is (x, y).
func (p *Pattern) eachLeaf(level int, k NodeID, x, y int64, f func(leaf NodeID, x, y int64) bool) bool {
	if k == 0 {
		return true
	}
	if level == LeafLevel {
		return f(k, x, y)
	}
	half := int64(1) << (level - 1)
	for i, c := range p.Nodes(level)[k] {
		if !p.eachLeaf(level-1, c, x+int64(i&1)*half, y+int64(i>>1)*half, f) {
			return false
		}
	}
	return true
}

// Everywhere is the rectangle of all cells with int64 coordinates that a
// half-open Rect can hold.
func Everywhere() Rect {
	return Rect{Point{math.MinInt64, math.MinInt64}, Point{math.MaxInt64, math.MaxInt64}}
}

// evenLevel is the highest level at which nodes are looked at as even: the
// length of their runs still fits int64.
const evenLevel = 62

// evenNodes tells of each node up to evenLevel whether it is even: no row of it
// has cells in different states. The first index is the level less LeafLevel. It
// is made when first wanted, and shared by patterns with the same tree.
type evenNodes struct {
	once sync.Once
	even [][]bool
}

// of returns the table, which is made from p if need be.
func (e *evenNodes) of(p *Pattern) [][]bool {
	e.once.Do(func() { e.even = p.findEven() })
	return e.even
}

func (p *Pattern) findEven() [][]bool {
	leaves := make([]bool, max(len(p.leaves), len(p.states)))
	for i := range leaves {
		leaves[i] = p.isEvenLeaf(NodeID(i))
	}
	even := [][]bool{leaves}
	for level := LeafLevel + 1; level <= min(p.Level(), evenLevel); level++ {
		below := even[level-LeafLevel-1]
		here := make([]bool, len(p.Nodes(level)))
		for i, q := range p.Nodes(level) {
			here[i] = q[0] == q[1] && q[2] == q[3] && below[q[0]] && below[q[2]]
		}
		even = append(even, here)
	}
	return even
}

// isEvenLeaf reports whether no row of a leaf has cells in different states.
func (p *Pattern) isEvenLeaf(id NodeID) bool {
	if p.states == nil {
		const west = 0x0101010101010101
		return p.leaves[id] == p.leaves[id]&west*0xFF
	}
	s := &p.states[id]
	for i, v := range s {
		if v != s[i&^7] {
			return false
		}
	}
	return true
}

// square is a node and its north-west cell. An even node stands for 2^stretch
// equal ones side by side.
type square struct {
	x, y    int64
	id      NodeID
	stretch uint8
}

// topRow returns the squares of the highest level <= 63 whose corners are int64:
// the root, or the four squares at the origin of a taller tree, as two rows.
func (p *Pattern) topRow() (int, [][]square) {
	level := p.Level()
	if level <= 63 {
		c := int64(-1) << (level - 1)
		return level, [][]square{{{x: c, y: c, id: p.root}}}
	}
	var rows [][]square
	for i, id := range p.Nodes(level)[p.root] {
		for l := level - 1; l > 63; l-- {
			id = p.Nodes(l)[id][3-i]
		}
		s := square{id: id}
		if i&1 == 0 {
			s.x = math.MinInt64
		}
		if i&2 == 0 {
			s.y = math.MinInt64
		}
		if i&1 == 0 {
			rows = append(rows, nil)
		}
		if id != 0 {
			rows[i>>1] = append(rows[i>>1], s)
		}
	}
	return 63, rows
}

// walker goes down the tree by whole rows of squares, so that cells come out
// row by row. Even squares stay one square all the way down.
type walker struct {
	p     *Pattern
	clip  Rect
	yield func(Run) bool
	even  [][]bool
	rows  [64][]square // room for a row of each level
	strip []strip      // a row of two-state leaves
	run   Run          // not yet yielded; N is 0 when there is none

	yieldWord func(Word) bool // nil for runs
}

func (w *walker) walk(level int, rows [][]square) {
	for _, row := range rows {
		if !w.row(level, row) {
			return
		}
	}
	w.flush()
}

// row yields the cells of squares of one level that have the same y.
func (w *walker) row(level int, row []square) bool {
	if len(row) == 0 || w.misses(row[0].y, level, w.clip.Min.Y, w.clip.Max.Y) {
		return true
	}
	if level == LeafLevel {
		return w.leaves(row)
	}
	for south := range int64(2) {
		next := w.rows[level-1][:0]
		for _, s := range row {
			next = w.split(next, level, s, south)
		}
		w.rows[level-1] = next
		if !w.row(level-1, next) {
			return false
		}
	}
	return true
}

// split appends the north or south half of a square to a row of the level below.
func (w *walker) split(next []square, level int, s square, south int64) []square {
	q := w.p.Nodes(level)[s.id]
	half := int64(1) << (level - 1)
	y := s.y + south*half
	if level <= evenLevel && w.even[level-LeafLevel][s.id] {
		if id := q[south*2]; id != 0 {
			next = append(next, square{s.x, y, id, s.stretch + 1})
		}
		return next
	}
	for east := range int64(2) {
		x := s.x + east*half
		if id := q[south*2+east]; id != 0 && !w.misses(x, level-1, w.clip.Min.X, w.clip.Max.X) {
			next = append(next, square{x, y, id, 0})
		}
	}
	return next
}

// misses reports whether the 2^level cells from v lie outside [lo, hi).
func (w *walker) misses(v int64, level int, lo, hi int64) bool {
	last := uint64(v) + 1<<level - 1
	return v >= hi || int64(last) < lo
}

// leaves yields the cells of a row of leaves.
func (w *walker) leaves(row []square) bool {
	if w.p.states == nil {
		w.strip = w.p.strips(w.strip[:0], row)
	}
	for y := range int64(8) {
		at := row[0].y + y
		if at < w.clip.Min.Y || at >= w.clip.Max.Y {
			continue
		}
		if w.p.states == nil {
			if !w.stripRow(at, y) {
				return false
			}
			continue
		}
		for _, s := range row {
			if !w.leafRow(s, y) {
				return false
			}
		}
	}
	return true
}

// strip is up to eight two-state leaves side by side, as rows of 64 cells from a
// multiple of 64 on; or, when even.stretch is not 0, an even leaf that stands for
// whole words.
type strip struct {
	even square
	x    int64
	rows [8]uint64
}

// strips appends the strips of a row of leaves.
func (p *Pattern) strips(to []strip, row []square) []strip {
	for i, k := 0, 0; i < len(row); { // leaf k of those that row[i] stands for
		if row[i].stretch >= wordStretch {
			to = append(to, strip{even: row[i]})
			i++
			continue
		}
		s := strip{x: row[i].at(k) &^ 63}
		for i < len(row) && row[i].stretch < wordStretch && row[i].at(k)&^63 == s.x {
			s.rows[row[i].at(k)>>3&7] = p.leaves[row[i].id]
			if k++; k == 1<<row[i].stretch {
				i, k = i+1, 0
			}
		}
		swapRowsAndLeaves(&s.rows)
		to = append(to, s)
	}
	return to
}

// at returns the column of leaf k of those that a square stands for.
func (s *square) at(k int) int64 { return s.x + 8*int64(k) }

// wordStretch is the least stretch of an even leaf that stands for whole words. Eight
// leaves are not enough: they may be the root, which begins 32 columns west of the origin.
const wordStretch = 4

// evenRow adds row y of an even leaf that stands for whole words.
func (w *walker) evenRow(s square, y int64) bool {
	if w.yieldWord == nil || w.p.leaves[s.id]>>(8*y)&1 == 0 {
		return w.leafRow(s, y)
	}
	first, last := max(s.x, w.clip.Min.X), min(s.x+(8<<s.stretch-1), w.clip.Max.X-1)
	if first > last {
		return true
	}
	const all = math.MaxUint64
	first, last = first&^63, last&^63
	head, tail := w.clipWord(first, all), w.clipWord(last, all)
	if first == last {
		return w.yieldWord(Word{first, s.y + y, 1, head})
	}
	if head != all {
		if !w.yieldWord(Word{first, s.y + y, 1, head}) {
			return false
		}
		first += 64
	}
	if tail != all {
		last -= 64
	}
	if first <= last && !w.yieldWord(Word{first, s.y + y, (last-first)/64 + 1, all}) {
		return false
	}
	return tail == all || w.yieldWord(Word{last + 64, s.y + y, 1, tail})
}

// stripRow adds row y, which is at the given coordinate, of the strips.
func (w *walker) stripRow(at, y int64) bool {
	for i := range w.strip {
		s := &w.strip[i]
		if s.even.stretch > 0 {
			if !w.evenRow(s.even, y) {
				return false
			}
			continue
		}
		word := w.clipWord(s.x, s.rows[y])
		if word == 0 {
			continue
		}
		if w.yieldWord != nil {
			if !w.yieldWord(Word{s.x, at, 1, word}) {
				return false
			}
		} else if !w.addWord(s.x, at, word) {
			return false
		}
	}
	return true
}

// clipWord takes the cells outside the clip away from the 64 from x on.
func (w *walker) clipWord(x int64, word uint64) uint64 {
	if lo := w.clip.Min.X; x < lo {
		word = word >> min(uint64(lo)-uint64(x), 64) << min(uint64(lo)-uint64(x), 64)
	}
	if hi := w.clip.Max.X; x > hi-64 || hi < math.MinInt64+64 {
		n := 64 - min(uint64(max(hi, x))-uint64(x), 64)
		word = word << n >> n
	}
	return word
}

// addWord is add for the live cells of a word, the first of which is at x.
func (w *walker) addWord(x, y int64, word uint64) bool {
	r := &w.run
	for at := x; word != 0; {
		gap := bits.TrailingZeros64(word)
		word >>= gap
		n := bits.TrailingZeros64(^word)
		word >>= n
		at += int64(gap)
		switch {
		case r.N > 0 && r.X+r.N == at && r.Y == y && r.N <= math.MaxInt64-64:
			r.N += int64(n)
		default:
			if r.N > 0 && !w.yield(*r) {
				return false
			}
			*r = Run{at, y, int64(n), 1}
		}
		at += int64(n)
	}
	return true
}

// leafRow adds row y of a leaf: of an even one that stands for several, or of one
// of many states.
func (w *walker) leafRow(s square, y int64) bool {
	if w.p.states == nil {
		return w.add(s.x, s.y+y, 8<<s.stretch, State(w.p.leaves[s.id]>>(8*y)&1))
	}
	row := w.p.states[s.id][8*y:][:8]
	if s.stretch > 0 {
		return w.add(s.x, s.y+y, 8<<s.stretch, row[0])
	}
	for x := 0; x < len(row); {
		v, first := row[x], x
		for x++; x < len(row) && row[x] == v; x++ {
		}
		if v != 0 && !w.add(s.x+int64(first), s.y+y, int64(x-first), v) {
			return false
		}
	}
	return true
}

// add adds n cells in state v to the pending run, or yields that and begins
// another.
func (w *walker) add(x, y, n int64, v State) bool {
	if v == 0 {
		return true
	}
	end := x + (n - 1) // the last cell: one more may not fit int64
	x, end = max(x, w.clip.Min.X), min(end, w.clip.Max.X-1)
	if x > end {
		return true
	}
	n = end - x + 1
	r := &w.run
	if r.N > 0 && r.State == v && r.Y == y && r.X+r.N == x && r.N <= math.MaxInt64-n {
		r.N += n
		return true
	}
	if !w.flush() {
		return false
	}
	w.run = Run{x, y, n, v}
	return true
}

// flush yields the pending run.
func (w *walker) flush() bool {
	r := w.run
	w.run = Run{}
	return r.N == 0 || w.yield(r)
}
