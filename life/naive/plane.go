package naive

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"golife/life"
)

// maxBytes bounds the blocks of a universe.
const maxBytes = 1 << 31

// block holds side × side cells, row-major.
type block []life.State

// plane holds the non-zero cells: blocks by their column and row, which are those of
// their cells divided by side. A block that is there has a cell.
type plane struct {
	log        uint // of side
	blocks     map[life.Point]block
	population int64
}

func newPlane(log uint) *plane { return &plane{log: log, blocks: map[life.Point]block{}} }

func (p *plane) side() int { return 1 << p.log }

// index returns the block of a cell, and which of its cells that is.
func (p *plane) index(at life.Point) (life.Point, int) {
	low := int64(p.side() - 1)
	return life.Point{X: at.X >> p.log, Y: at.Y >> p.log}, int((at.Y&low)<<p.log | at.X&low)
}

// rect returns the cells of a block.
func (p *plane) rect(b life.Point) life.Rect {
	side := int64(p.side())
	return life.Rt(b.X<<p.log, b.Y<<p.log, side, side)
}

func (p *plane) get(at life.Point) life.State {
	b, i := p.index(at)
	if cells, ok := p.blocks[b]; ok {
		return cells[i]
	}
	return 0
}

func (p *plane) set(at life.Point, s life.State) {
	b, i := p.index(at)
	cells, ok := p.blocks[b]
	if !ok {
		if s == 0 {
			return
		}
		cells = make(block, p.side()*p.side())
		p.blocks[b] = cells
	}
	if cells[i] != 0 {
		p.population--
	}
	if s != 0 {
		p.population++
	}
	cells[i] = s
	if s == 0 && cells.population() == 0 {
		delete(p.blocks, b)
	}
}

// add copies a block into the plane, which must not have it, unless it is empty.
func (p *plane) add(b life.Point, cells block) {
	if n := cells.population(); n > 0 {
		p.blocks[b] = slices.Clone(cells)
		p.population += n
	}
}

// check returns life.ErrMemoryLimit when the blocks are too many.
func (p *plane) check() error {
	if bytes := int64(len(p.blocks)) << (2 * p.log); bytes > maxBytes {
		return fmt.Errorf("naive: %d cells in %d blocks of %d bytes, want at most %d bytes: %w",
			p.population, len(p.blocks), p.side()*p.side(), int64(maxBytes), life.ErrMemoryLimit)
	}
	return nil
}

func (c block) population() (n int64) {
	for _, s := range c {
		if s != 0 {
			n++
		}
	}
	return n
}

// bounds returns the smallest rectangle around the cells of a block of the plane.
func (p *plane) bounds(b life.Point) life.Rect {
	r := p.rect(b)
	lo, hi := life.Point{X: r.Max.X, Y: r.Max.Y}, r.Min
	for i, s := range p.blocks[b] {
		if s != 0 {
			x, y := r.Min.X+int64(i&(p.side()-1)), r.Min.Y+int64(i>>p.log)
			lo = life.Point{X: min(lo.X, x), Y: min(lo.Y, y)}
			hi = life.Point{X: max(hi.X, x+1), Y: max(hi.Y, y+1)}
		}
	}
	return life.Rect{Min: lo, Max: hi}
}

// copyTo copies the cells of part into dst, which holds those of whole, row-major with
// a stride. part lies in whole.
func (p *plane) copyTo(dst []life.State, stride int, whole, part life.Rect) {
	p.overlaps(part, func(b life.Point) {
		cells, ok := p.blocks[b]
		if !ok {
			return
		}
		r := p.rect(b)
		c := intersection(r, part)
		n := int(c.Max.X - c.Min.X)
		for y := c.Min.Y; y < c.Max.Y; y++ {
			from := int(y-r.Min.Y)<<p.log + int(c.Min.X-r.Min.X)
			to := int(y-whole.Min.Y)*stride + int(c.Min.X-whole.Min.X)
			copy(dst[to:to+n], cells[from:])
		}
	})
}

// overlaps calls f for every block, whether it has cells or not, that shares a cell
// with r.
func (p *plane) overlaps(r life.Rect, f func(b life.Point)) {
	if r.IsEmpty() {
		return
	}
	for y := r.Min.Y >> p.log; y<<p.log < r.Max.Y; y++ {
		for x := r.Min.X >> p.log; x<<p.log < r.Max.X; x++ {
			f(life.Point{X: x, Y: y})
		}
	}
}

// intersection returns the cells that r and o share; its size is 0 where there are none.
func intersection(r, o life.Rect) life.Rect {
	lo := life.Point{X: max(r.Min.X, o.Min.X), Y: max(r.Min.Y, o.Min.Y)}
	return life.Rect{Min: lo, Max: life.Point{X: max(lo.X, min(r.Max.X, o.Max.X)), Y: max(lo.Y, min(r.Max.Y, o.Max.Y))}}
}

// inflated returns r with dx columns and dy rows more on each side.
func inflated(r life.Rect, dx, dy int64) life.Rect {
	return life.Rect{Min: life.Point{X: r.Min.X - dx, Y: r.Min.Y - dy}, Max: life.Point{X: r.Max.X + dx, Y: r.Max.Y + dy}}
}

// all yields the non-zero cells in row-major order.
func (p *plane) all() iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		blocks := slices.SortedFunc(maps.Keys(p.blocks), func(a, b life.Point) int {
			return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X))
		})
		for len(blocks) > 0 {
			n := 1 // blocks in the same row
			for n < len(blocks) && blocks[n].Y == blocks[0].Y {
				n++
			}
			for y := range p.side() {
				for _, b := range blocks[:n] {
					at := p.rect(b).Min.Add(life.Point{Y: int64(y)})
					for x, s := range p.blocks[b][y<<p.log:][:p.side()] {
						if s != 0 && !yield(life.Point{X: at.X + int64(x), Y: at.Y}, s) {
							return
						}
					}
				}
			}
			blocks = blocks[n:]
		}
	}
}
