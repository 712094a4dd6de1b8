package hashlife

import (
	"math/bits"

	"golife/life"
	"golife/life/internal/columns"
	"golife/life/internal/kernel"
	"golife/life/rule"
)

// byteCells is the layout of up to 256 states: 4×4 cells of a byte, row by row, in the first
// two words of a leaf.
type byteCells struct {
	next    rule.Local
	columns *rule.Columns // nil for what has none
}

func newByteCells(r *rule.Rule) *byteCells {
	next, _ := r.Local()
	c := &byteCells{next: next}
	if t, ok := r.Tree(); ok {
		c.columns = t.Columns()
	}
	return c
}

func (*byteCells) level() int { return 2 }

const low32 = 1<<32 - 1

func (*byteCells) centre(out, nw, ne, sw, se *kernel.Leaf) {
	out[0] = middle(nw[1], ne[1])
	out[1] = middle(sw[0], se[0])
}

// middle returns the eastern half of two rows, and the western half of those to their east.
func middle(west, east uint64) uint64 {
	const left = 0x0000_FFFF_0000_FFFF
	return west>>16&left | east&left<<16
}

// at returns which word a cell is in, and its place in that.
func (*byteCells) at(x, y int64) (word, shift int64) { return y >> 1 & 1, y&1<<5 | x&3<<3 }

func (c *byteCells) get(l *kernel.Leaf, x, y int64) life.State {
	word, shift := c.at(x, y)
	return life.State(l[word] >> shift)
}

func (c *byteCells) set(l *kernel.Leaf, x, y int64, v life.State) {
	word, shift := c.at(x, y)
	l[word] = l[word]&^(0xFF<<shift) | uint64(v)<<shift
}

func (*byteCells) filled(l *kernel.Leaf) (f kernel.Leaf) {
	n, s := uint64(columns.Nonzero(l[0])), uint64(columns.Nonzero(l[1]))
	f[0] = n&15 | n>>4<<16 | s&15<<32 | s>>4<<48
	return f
}

func (*byteCells) load(s *store, p *life.Pattern) []id {
	ids := make([]id, len(p.States()))
	for i := range ids {
		var q [4]id
		for k := range q {
			var l kernel.Leaf
			for j := range 16 {
				v := p.States()[i][8*(k>>1*4+j>>2)+k&1*4+j&3]
				l[j>>3] |= uint64(v) << (j & 7 << 3)
			}
			q[k] = s.findLeaf(&l)
		}
		ids[i] = s.find(join(q[0], q[1]), join(q[2], q[3]))
	}
	return ids
}

func (c *byteCells) save(s *store, b *life.Builder, i id) life.NodeID {
	var states life.LeafStates
	for k, leaf := range s.quad(i) {
		l := s.leaf(leaf)
		for j := range 16 {
			states[8*(k>>1*4+j>>2)+k&1*4+j&3] = life.State(l[j>>3] >> (j & 7 << 3))
		}
	}
	return b.LeafStates(&states)
}

// step makes the cells of a base node, 8×8, four at a time: the next states of the 2×2 cells in
// the middle of each 4×4 are looked up in a worker's memo.
func (c *byteCells) step(w *worker, n, gens int) {
	if c.columns != nil {
		c.stepColumns(w, n, gens)
		return
	}
	if w.blocks == nil {
		w.blocks = new(blockMemo)
	}
	for k := range n {
		rows := w.bytesOf(k)
		if gens == 2 {
			c.shrink(w.blocks, &rows, 3)
		} else {
			for y := range 6 {
				rows[y] = rows[y+1] >> 8
			}
		}
		c.shrink(w.blocks, &rows, 2)
		w.out[k] = kernel.Leaf{rows[0] | rows[1]<<32, rows[2] | rows[3]<<32}
	}
}

// shrink replaces rows, of which there are 2n+2 of as many cells, by the 2n in their middle, a
// generation later.
func (c *byteCells) shrink(m *blockMemo, rows *[8]uint64, n int) {
	for y := 0; y < 2*n; y += 2 {
		a, b, d, e := rows[y], rows[y+1], rows[y+2], rows[y+3]
		var north, south uint64
		for x := 0; x < 2*n; x += 2 {
			shift := 8 * x & 63
			next := m.next(c.next, a>>shift&low32|b>>shift<<32, d>>shift&low32|e>>shift<<32)
			north |= next & 0xFFFF << shift
			south |= next >> 16 << shift
		}
		rows[y], rows[y+1] = north, south
	}
}

// blockMemo remembers what became of squares of 4×4 cells, laid out as leaves are: of those
// that fall into the same slot, the last one.
type blockMemo struct {
	slots [1 << blockBits]struct {
		north, south uint64
		next         uint64 // the 2×2 cells in the middle
	}
	square [9]uint8 // here, since it would have to be allocated
}

// blockBits makes for a memo of 384 KiB, which fits a second cache.
const blockBits = 14

// next returns the next states of the 2×2 cells in the middle of a square, a byte each.
func (m *blockMemo) next(next rule.Local, north, south uint64) uint64 {
	if north|south == 0 {
		return 0
	}
	h := (north*0x9E37_79B9_7F4A_7C15 ^ bits.RotateLeft64(south*0xC2B2_AE3D_27D4_EB4F, 31)) * 0xD6E8_FEB8_6659_FD93
	e := &m.slots[h>>(64-blockBits)]
	if e.north != north || e.south != south {
		e.north, e.south = north, south
		e.next = m.compute(next, north, south)
	}
	return e.next
}

// compute returns what next does, which it does not remember.
func (m *blockMemo) compute(next rule.Local, north, south uint64) (out uint64) {
	rows := [4]uint32{uint32(north), uint32(north >> 32), uint32(south), uint32(south >> 32)}
	for k := range 4 {
		q := &m.square
		for j := range 3 {
			row := rows[k>>1+j] >> (8 * (k & 1))
			q[3*j], q[3*j+1], q[3*j+2] = uint8(row), uint8(row>>8), uint8(row>>16)
		}
		if q[4] == 0 && *q == [9]uint8{} {
			continue
		}
		out |= uint64(next(q)) << (8 * k)
	}
	return out
}
