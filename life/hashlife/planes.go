package hashlife

import (
	"math/bits"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/rule"
)

// planeCells is the layout of up to 16 states under a rule that planes of bits can be stepped
// by: 8×8 cells, whose codes of four bits are spread over the four words of a leaf, kernel
// octets.
type planeCells struct {
	net    *kernel.Network
	planes int        // that codes use
	code   [16]uint16 // by state; that of state 0 is 0
	state  [16]life.State
	first  uint // the code of the first dying state of a Generations rule
	age    func(c *planeCells, p *strips, rows int)
	nbhd   rule.Neighborhood // of a History rule
}

// Four base nodes, of 16×16 cells each, are stepped side by side in strips of 64 columns, one
// for each plane. What comes in at their sides, from others, is a column for each generation,
// and so stays out of the 8×8 cells in the middle.
type strips [4]strip

type strip [16]uint64

// newPlaneCells returns the layout of a rule, nil if there is none.
func newPlaneCells(r *rule.Rule) *planeCells {
	base, _ := r.Base()
	switch {
	case r.Family() == rule.Generations && r.States() <= 16:
		return newDecay(r)
	case r.Name() == "WireWorld":
		table, _ := rule.MustParse("B12/S").Table()
		c := &planeCells{net: kernel.Compile(&table), age: ageWireWorld}
		c.define(1, 2, 3)
		return c
	case base != nil && r.States() == 7:
		table := base.Phase(false)
		c := &planeCells{net: kernel.Compile(&table), age: ageHistory, nbhd: base.Neighborhood()}
		c.define(1, 2, 3, 4, 5, 6)
		return c
	}
	return nil
}

// newDecay returns the layout of a Generations rule. The code of state 1 is 1, and the last
// code of a dying cell is all ones, so that it is dead when its code overflows.
func newDecay(r *rule.Rule) *planeCells {
	table, _ := r.Table()
	c := &planeCells{net: kernel.Compile(&table), age: ageDecayFour}
	if r.States() <= 4 {
		c.age = ageDecayTwo
	}
	end := 1 << bits.Len(uint(r.States()-1))
	c.first = uint(end + 2 - r.States())
	codes := []uint16{1}
	for k := int(c.first); k < end; k++ {
		codes = append(codes, uint16(k))
	}
	c.define(codes...)
	return c
}

// define sets the codes of the states from 1 on.
func (c *planeCells) define(codes ...uint16) {
	for i, code := range codes {
		c.code[i+1] = code
		c.state[code] = life.State(i + 1)
		c.planes = max(c.planes, bits.Len16(code))
	}
}

func (*planeCells) level() int { return 3 }

func (*planeCells) centre(out, nw, ne, sw, se *kernel.Leaf) {
	const east = 0xF0F0_F0F0 // of four rows
	for k := range out {
		out[k] = nw[k]>>32&east>>4 | ne[k]>>32<<4&east | (sw[k]&east>>4|se[k]<<4&east)<<32
	}
}

func (c *planeCells) get(l *kernel.Leaf, x, y int64) life.State {
	bit := y&7<<3 | x&7
	return c.state[l[0]>>bit&1|l[1]>>bit&1<<1|l[2]>>bit&1<<2|l[3]>>bit&1<<3]
}

func (c *planeCells) set(l *kernel.Leaf, x, y int64, v life.State) {
	bit := y&7<<3 | x&7
	for k := range l {
		l[k] = l[k]&^(1<<bit) | uint64(c.code[v]>>k&1)<<bit
	}
}

func (*planeCells) filled(l *kernel.Leaf) kernel.Leaf {
	return kernel.Join(l[0]|l[1]|l[2]|l[3], 0, 0, 0)
}

func (c *planeCells) load(s *store, p *life.Pattern) []id {
	ids := make([]id, len(p.States()))
	for i := range ids {
		var l kernel.Leaf
		for j, v := range p.States()[i] {
			code := uint64(c.code[v])
			for k := range c.planes {
				l[k] |= code >> k & 1 << j
			}
		}
		ids[i] = s.findLeaf(&l)
	}
	return ids
}

func (c *planeCells) save(s *store, b *life.Builder, i id) life.NodeID {
	var states life.LeafStates
	l := s.leaf(i)
	for filled := l[0] | l[1] | l[2] | l[3]; filled != 0; filled &= filled - 1 {
		j := bits.TrailingZeros64(filled)
		states[j] = c.get(l, int64(j), int64(j>>3))
	}
	return b.LeafStates(&states)
}

func (c *planeCells) step(w *worker, n, gens int) {
	var p strips
	for first := 0; first < n; first += 4 {
		some := w.own[first:min(first+4, n)]
		c.gather(w, &p, some)
		for g := range gens {
			c.age(c, &p, 14-2*g)
		}
		c.scatter(&p, w.out[first:first+len(some)], 4-gens)
	}
}

// gather puts up to four base nodes into strips, side by side.
func (c *planeCells) gather(w *worker, p *strips, some [][4]uint32) {
	for k := range c.planes {
		var north, south [8]uint64 // octets, then rows
		for i := range some {
			q := &some[i]
			north[2*i&7], north[(2*i+1)&7] = w.leafNumber(q[0])[k], w.leafNumber(q[1])[k]
			south[2*i&7], south[(2*i+1)&7] = w.leafNumber(q[2])[k], w.leafNumber(q[3])[k]
		}
		kernel.TransposeBytes(&north)
		kernel.TransposeBytes(&south)
		copy(p[k][:8], north[:])
		copy(p[k][8:], south[:])
	}
}

// scatter takes the 8×8 cells in the middle of each base node out of strips that begin with so
// many rows above them.
func (c *planeCells) scatter(p *strips, out []kernel.Leaf, above int) {
	clear(out)
	for k := range c.planes {
		var rows [8]uint64
		for y, row := range p[k][above:][:8] {
			rows[y] = row >> 4
		}
		kernel.TransposeBytes(&rows)
		for i := range out {
			out[i][k] = rows[2*i&7]
		}
	}
}

// nextLive steps the cells of a plane that count as live into the rows of the next generation.
func (c *planeCells) nextLive(next, live *strip, rows int) {
	c.net.StepRows(next[:rows], live[:rows+2])
}

// ageWireWorld steps rows+2 rows to the rows between them: heads, wires and tails are 1, 3 and 2.
func ageWireWorld(c *planeCells, p *strips, rows int) {
	var heads, next strip
	for y := range rows + 2 {
		heads[y] = p[0][y] &^ p[1][y]
	}
	c.nextLive(&next, &heads, rows)
	for y := range rows {
		a, b := p[0][y+1], p[1][y+1]
		p[0][y] = b
		p[1][y] = (a | b) &^ (next[y] & a & b)
	}
}

// ageDecayTwo is for Generations rules of three or four states.
func ageDecayTwo(c *planeCells, p *strips, rows int) {
	var live, next strip
	for y := range rows + 2 {
		live[y] = p[0][y] &^ p[1][y]
	}
	c.nextLive(&next, &live, rows)
	first0, first1 := -uint64(c.first&1), -uint64(c.first>>1&1)
	for y := range rows {
		d0, dying := p[0][y+1], p[1][y+1]
		isLive := next[y] &^ dying
		fresh := live[y+1] &^ isLive
		d0 &= dying
		p[0][y] = dying&^d0 | isLive | fresh&first0
		p[1][y] = d0 ^ dying | fresh&first1
	}
}

// ageDecayFour is for those of up to 16.
func ageDecayFour(c *planeCells, p *strips, rows int) {
	var live, next strip
	for y := range rows + 2 {
		live[y] = p[0][y] &^ (p[1][y] | p[2][y] | p[3][y])
	}
	c.nextLive(&next, &live, rows)
	var first [4]uint64
	for k := range first {
		first[k] = -uint64(c.first >> k & 1)
	}
	for y := range rows {
		d0, d1, d2, d3 := p[0][y+1], p[1][y+1], p[2][y+1], p[3][y+1]
		dying := d1 | d2 | d3
		isLive := next[y] &^ dying
		fresh := live[y+1] &^ isLive
		d0 &= dying
		carry := d0 & d1
		p[0][y] = dying&^d0 | isLive | fresh&first[0]
		p[1][y] = d0 ^ d1 | fresh&first[1]
		p[2][y] = carry ^ d2 | fresh&first[2]
		p[3][y] = carry&d2 ^ d3 | fresh&first[3]
	}
	// Codes of three planes overflow into the next one.
	if c.planes < len(p) {
		clear(p[c.planes][:rows])
	}
}

// beside returns the cells that see one of a row, or of those above and below it.
func (c *planeCells) beside(above, row, below uint64) uint64 {
	near := above | row<<1 | row>>1 | below
	switch c.nbhd {
	case rule.VonNeumann:
		return near
	case rule.Hexagonal:
		return near | above<<1 | below>>1
	}
	return near | (above|below)<<1 | (above|below)>>1
}

// ageHistory is for History rules: bit 0 is set in live states, and walls are 6.
func ageHistory(c *planeCells, p *strips, rows int) {
	var walls, next strip
	walled := uint64(0)
	for y := range rows + 2 {
		walls[y] = p[1][y] & p[2][y] &^ p[0][y]
		walled |= walls[y]
	}
	c.nextLive(&next, &p[0], rows)
	for y := range rows {
		a, b, d := p[0][y+1], p[1][y+1], p[2][y+1]
		wall := walls[y+1]
		near := uint64(0)
		if walled != 0 {
			near = c.beside(walls[y], wall, walls[y+2])
		}
		isLive := next[y] &^ (a&near | wall)
		born, died := isLive&^a, a&^isLive
		still := ^(born | died)
		p[0][y] = isLive
		p[1][y] = b&still | born&d | died&^(b|d)
		p[2][y] = d&still | died&(b|d)
	}
}
