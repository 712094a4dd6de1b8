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
	// or sets eight cells from (x, y) eastward where cells has a bit. x and y may lie
	// outside if no such bit does.
	or(x, y int, cells uint8)
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
// rows to the south of where they are there.
func copyPlane(to, from plane, dx, dy int) {
	w, h := from.size()
	line := make([]uint64, (w+63)/64)
	for y := range h {
		from.line(y, line)
		for i, word := range line {
			for k := 0; word != 0; k, word = k+8, word>>8 {
				if word&0xff != 0 {
					to.or(64*i+k+dx, y+dy, uint8(word))
				}
			}
		}
	}
}
