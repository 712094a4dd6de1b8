package dense

// plane is all cells of one generation, in one of two layouts: a field, which is
// fastest when all cells are to be computed, and a quilt, which computes only
// where something changes. Cells are counted from the top-left one, (0, 0); a cell
// that is asked for must be on the plane.
type plane interface {
	// size returns the number of columns and rows.
	size() (w, h int)
	get(x, y int) bool
	set(x, y int, isLive bool)
	// or sets the cells of row y where line, 64 cells to the word from west to east, has
	// a bit. Bits beyond the width must be 0.
	or(y int, line []uint64)
	// line writes row y into dst, 64 cells to the word from west to east.
	line(y int, dst []uint64)
	population() uint64
	// bounds returns the smallest rectangle that holds all live cells, half-open; ok
	// is false when there are none.
	bounds() (x0, y0, x1, y1 int, ok bool)
	clone() plane
	bytes() int64
}

var (
	_ plane = (*field)(nil)
	_ plane = (*quilt)(nil)
)

// copyPlane sets the cells of to that are alive in from, dx columns to the east and dy
// rows to the south of where they are there. All must lie in to.
func copyPlane(to, from plane, dx, dy int) {
	w, h := from.size()
	line, shifted := make([]uint64, (w+63)/64), newShiftedLine(to)
	for y := range h {
		from.line(y, line)
		shifted.reset()
		for i, word := range line {
			shifted.add(64*i+dx, word)
		}
		if shifted.isDirty {
			to.or(y+dy, shifted.line)
		}
	}
}

// shiftedLine is a row of a plane, made from words that begin at any column.
type shiftedLine struct {
	line    []uint64
	isDirty bool // there is something in line
}

func newShiftedLine(p plane) shiftedLine {
	w, _ := p.size()
	return shiftedLine{line: make([]uint64, (w+63)/64)}
}

// reset empties the line.
func (l *shiftedLine) reset() {
	if l.isDirty {
		clear(l.line)
		l.isDirty = false
	}
}

// add sets the cells from column x eastward where word has a bit. x may be below 0;
// bits outside the line must be 0.
func (l *shiftedLine) add(x int, word uint64) {
	if word == 0 {
		return
	}
	i := x >> 6
	l.isDirty = true
	if low := word << (x & 63); low != 0 {
		l.line[i] |= low
	}
	if high := word >> 1 >> (^x & 63); high != 0 {
		l.line[i+1] |= high
	}
}
