package naive

import (
	"fmt"

	"golife/life"
	"golife/life/rule"
	"golife/life/topology"
)

// window is a rectangle of cells that are to be computed, with those around that they see.
type window struct {
	rect   life.Rect    // the cells to be computed
	dx, dy int          // how many columns and rows there are on each side of it
	stride int          // of cells
	cells  []life.State // from column rect.Min.X-dx and row rect.Min.Y-dy on
	filled []int        // how many of the rows before each have cells that are not 0
}

// newWindow returns a window for blocks of so many columns and rows.
func newWindow(side, dx, dy int) *window {
	rows := side + 2*dy
	return &window{dx: dx, dy: dy, stride: side + 2*dx, cells: make([]life.State, rows*(side+2*dx)), filled: make([]int, rows+1)}
}

// isQuiet reports whether the cells of row y see nothing but cells in state 0.
func (w *window) isQuiet(y int) bool { return w.filled[y] == w.filled[y+2*w.dy+1] }

// count fills in filled.
func (w *window) count() {
	for y := range len(w.filled) - 1 {
		w.filled[y+1] = w.filled[y]
		for _, s := range w.cells[y*w.stride:][:w.stride] {
			if s != 0 {
				w.filled[y+1]++
				break
			}
		}
	}
}

// transition computes cells of the next generation.
type transition interface {
	// reach returns how far from a cell those lie that it sees, in columns and rows.
	reach() (dx, dy int)
	// row writes the next states of row y of w, from its top, into dst. odd says that
	// the present generation is odd. A cell in state 0 that sees no other stays so.
	row(dst []life.State, w *window, y int, odd bool)
}

// preparer is a transition that looks at a window before its rows.
type preparer interface{ prepare(w *window, odd bool) }

// blockLog returns the size of blocks for a reach: 32 cells, or so many that what lies
// around a block is not much more than the block.
func blockLog(t transition) uint {
	dx, dy := t.reach()
	log := uint(5)
	for 1<<log < 2*max(dx, dy) {
		log++
	}
	return log
}

// next returns the cells of the next generation. It returns life.ErrOutOfRange for a cell
// beyond ±2^62 and life.ErrMemoryLimit for too many.
func (e *Engine) next() (*plane, error) {
	dx, dy := e.law.reach()
	side := e.cells.side()
	w := newWindow(side, dx, dy)
	out := make(block, side*side)
	next := newPlane(e.cells.log)
	odd := e.generation.Bit(0) == 1
	for b := range e.candidates() {
		whole := e.cells.rect(b)
		w.rect = intersection(whole, gridRect(e.grid))
		e.fill(w)
		if p, ok := e.law.(preparer); ok {
			p.prepare(w, odd)
		}
		clear(out)
		x, n := int(w.rect.Min.X-whole.Min.X), int(w.rect.Max.X-w.rect.Min.X)
		for y := range int(w.rect.Max.Y - w.rect.Min.Y) {
			if w.isQuiet(y) {
				continue
			}
			from := (y+int(w.rect.Min.Y-whole.Min.Y))*side + x
			e.law.row(out[from:from+n], w, y, odd)
		}
		next.add(b, out)
		if _, ok := next.blocks[b]; ok && !inRange(whole.Min) {
			at := next.bounds(b).Min
			return nil, fmt.Errorf("naive: cell at %d,%d, want it within ±2^62: %w", at.X, at.Y, life.ErrOutOfRange)
		}
		if err := next.check(); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// candidates returns the blocks with cells that can change: those that a non-zero cell
// can be seen from. On a grid, what lies beyond its edges stands for cells inside.
func (e *Engine) candidates() map[life.Point]bool {
	found := map[life.Point]bool{}
	dx, dy := e.law.reach()
	grid := gridRect(e.grid)
	for b := range e.cells.blocks {
		r := inflated(e.cells.bounds(b), int64(dx), int64(dy))
		e.cells.overlaps(intersection(r, grid), func(b life.Point) { found[b] = true })
		e.outside(r, func(_, inside life.Point) {
			b, _ := e.cells.index(inside)
			found[b] = true
		})
	}
	return found
}

// fill copies the present cells into w.
func (e *Engine) fill(w *window) {
	clear(w.cells)
	whole := inflated(w.rect, int64(w.dx), int64(w.dy))
	e.cells.copyTo(w.cells, w.stride, whole, intersection(whole, gridRect(e.grid)))
	e.outside(whole, func(at, inside life.Point) {
		w.cells[int(at.Y-whole.Min.Y)*w.stride+int(at.X-whole.Min.X)] = e.cells.get(inside)
	})
	w.count()
}

// outside calls f for each cell of r that lies outside the grid and stands for one inside.
func (e *Engine) outside(r life.Rect, f func(at, inside life.Point)) {
	if g := e.grid.Grid(); g.Kind == rule.Infinite || g.Kind == rule.Plane {
		return
	}
	grid := gridRect(e.grid)
	x0, y0 := e.grid.Grid().Origin()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		isRow := grid.Min.Y <= y && y < grid.Max.Y
		for x := r.Min.X; x < r.Max.X; x++ {
			if isRow && grid.Min.X <= x && x < grid.Max.X {
				x = min(grid.Max.X, r.Max.X) - 1 // the rest of the row inside
				continue
			}
			if ix, iy, ok := e.grid.Inside(x-x0, y-y0); ok {
				f(life.Point{X: x, Y: y}, life.Point{X: ix + x0, Y: iy + y0})
			}
		}
	}
}

// gridOf returns the map of r's grid; that of the unbounded plane if there is none.
func gridOf(r *rule.Rule) topology.Map {
	g, _ := r.Grid()
	return topology.New(g)
}

// gridRect returns the cells of a grid: all there are on a side that is infinite.
func gridRect(m topology.Map) life.Rect {
	g, r := m.Grid(), life.Everywhere()
	x, y := g.Origin()
	if g.Width > 0 {
		r.Min.X, r.Max.X = x, x+g.Width
	}
	if g.Height > 0 {
		r.Min.Y, r.Max.Y = y, y+g.Height
	}
	return r
}
