package hashlife

import (
	"math"
	"math/big"
	"math/bits"
	"unsafe"

	"golife/life"
	"golife/life/internal/arena"
	"golife/life/internal/kernel"
)

// populations remembers populations of nodes, outside the nodes, until ids change.
type populations struct {
	small counts          // of levels up to smallLevel
	large map[id]*big.Int // of those above
	share map[id]float64  // of those above: population by area
}

// smallLevel is the highest level whose populations surely fit small.
const smallLevel = 31

func (p *populations) reset() {
	p.small.free()
	*p = populations{}
}

// prepare makes the maps on first use.
func (p *populations) prepare() {
	if p.large == nil {
		p.large, p.share = map[id]*big.Int{}, map[id]float64{}
	}
}

func (p *populations) bytes() int64 { return int64(len(p.small.slots)) * int64(unsafe.Sizeof(count{})) }

// counts is a map from nodes to numbers, off the Go heap: open addressing with
// linear probing, at most half full.
type counts struct {
	slots []count
	n     int
}

type count struct {
	node  id // 0 is an empty slot
	value uint64
}

func (c *counts) free() {
	arena.Free(c.slots)
	*c = counts{}
}

// slot returns the slot of a node, or the empty one where it belongs; nil before
// the first put.
func (c *counts) slot(i id) *count {
	if len(c.slots) == 0 {
		return nil
	}
	mask := len(c.slots) - 1
	for h := int(uint64(i) * 0x9E3779B97F4A7C15 >> 32); ; h++ {
		if s := &c.slots[h&mask]; s.node == i || s.node == 0 {
			return s
		}
	}
}

// put adds a node that is not in the map.
func (c *counts) put(i id, value uint64) {
	if 2*c.n >= len(c.slots) {
		old := c.slots
		c.slots = arena.Make[count](max(2*len(old), 64))
		for _, s := range old {
			if s.node != 0 {
				*c.slot(s.node) = s
			}
		}
		arena.Free(old)
	}
	*c.slot(i) = count{i, value}
	c.n++
}

// Population returns the number of non-zero cells. Cost: O(nodes not counted before).
func (e *Engine) Population() *big.Int {
	n := new(big.Int).Set(e.population(e.root, e.level))
	if s := e.step.store; s.limit > 0 && s.bytes() > s.limit {
		s.pops.reset()
	}
	return n
}

func (e *Engine) population(i id, level int) *big.Int {
	if level <= smallLevel {
		return new(big.Int).SetUint64(e.smallPopulation(i, level))
	}
	if i == 0 {
		return new(big.Int)
	}
	e.step.pops.prepare()
	if v, ok := e.step.pops.large[i]; ok {
		return v
	}
	sum := new(big.Int)
	for _, c := range e.step.quad(i) {
		sum.Add(sum, e.population(c, level-1))
	}
	e.step.pops.large[i] = sum
	return sum
}

func (e *Engine) smallPopulation(i id, level int) uint64 {
	switch {
	case i == 0:
		return 0
	case level < e.step.baseLevel:
		filled := e.step.cells.filled(e.step.leaf(i))
		return uint64(kernel.Population(&filled))
	}
	if s := e.step.pops.small.slot(i); s != nil && s.node == i {
		return s.value
	}
	sum := uint64(0)
	for _, c := range e.step.quad(i) {
		sum += e.smallPopulation(c, level-1)
	}
	e.step.pops.small.put(i, sum)
	return sum
}

// density returns the share of non-zero cells in a node.
func (e *Engine) density(i id, level int) float64 {
	if level <= smallLevel {
		return math.Ldexp(float64(e.smallPopulation(i, level)), -2*level)
	}
	if i == 0 {
		return 0
	}
	e.step.pops.prepare()
	if v, ok := e.step.pops.share[i]; ok {
		return v
	}
	sum := 0.0
	for _, c := range e.step.quad(i) {
		sum += e.density(c, level-1)
	}
	e.step.pops.share[i] = sum / 4
	return sum / 4
}

// shade turns a share of non-zero cells, of which there is at least one, into a byte.
func shade(share float64) uint8 { return uint8(1 + 254*min(share, 1)) }

// Sample draws a view; see life.Sampler. Cost: O(squares of the view), plus the
// populations of nodes not counted before.
func (e *Engine) Sample(v life.View, dst []uint8) {
	clear(dst[:v.Width*v.Height])
	p := painter{e: e, v: v, dst: dst}
	x0 := new(big.Int).Neg(new(big.Int).Rsh(v.X, uint(v.Level)))
	y0 := new(big.Int).Neg(new(big.Int).Rsh(v.Y, uint(v.Level)))
	level := e.level - 1
	for k, c := range e.step.quad(e.root) {
		if level < v.Level {
			p.part(c, level, x0, y0, k)
			continue
		}
		side := new(big.Int).Lsh(big.NewInt(1), uint(level-v.Level))
		x, y := new(big.Int).Set(x0), new(big.Int).Set(y0)
		if k&1 == 0 {
			x.Sub(x, side)
		}
		if k&2 == 0 {
			y.Sub(y, side)
		}
		p.far(c, level, x, y)
	}
}

// painter draws nodes. Places are counted in squares from the view's corner.
type painter struct {
	e   *Engine
	v   life.View
	dst []uint8
}

// part draws child k of a root that is no larger than two squares: each child
// lies in a square of its own, at the origin (x, y).
func (p *painter) part(i id, level int, x, y *big.Int, k int) {
	if i == 0 || !x.IsInt64() || !y.IsInt64() {
		return
	}
	share := math.Ldexp(p.e.density(i, level), 2*(level-p.v.Level))
	p.put(x.Int64()-int64(1-k&1), y.Int64()-int64(1-k>>1), shade(share))
}

// far draws a node whose place may not fit int64.
func (p *painter) far(i id, level int, x, y *big.Int) {
	side := new(big.Int).Lsh(big.NewInt(1), uint(level-p.v.Level))
	misses := func(at *big.Int, size int) bool {
		return at.Cmp(big.NewInt(int64(size))) >= 0 || new(big.Int).Add(at, side).Sign() <= 0
	}
	if i == 0 || misses(x, p.v.Width) || misses(y, p.v.Height) {
		return
	}
	if level-p.v.Level < 62 {
		p.near(i, level, x.Int64(), y.Int64())
		return
	}
	side.Rsh(side, 1)
	for k, c := range p.e.step.quad(i) {
		cx, cy := new(big.Int).Set(x), new(big.Int).Set(y)
		if k&1 == 1 {
			cx.Add(cx, side)
		}
		if k&2 == 2 {
			cy.Add(cy, side)
		}
		p.far(c, level-1, cx, cy)
	}
}

// near draws a node at (x, y) whose side is less than 2^62 squares.
func (p *painter) near(i id, level int, x, y int64) {
	side := int64(1) << max(level-p.v.Level, 0)
	switch {
	case i == 0 || x >= int64(p.v.Width) || y >= int64(p.v.Height) || x+side <= 0 || y+side <= 0:
	case level == p.v.Level:
		p.put(x, y, shade(p.e.density(i, level)))
	case level < p.e.step.baseLevel:
		p.leaf(p.e.step.leaf(i), x, y)
	default:
		for k, c := range p.e.step.quad(i) {
			p.near(c, level-1, x+int64(k&1)*side/2, y+int64(k>>1)*side/2)
		}
	}
}

// leaf draws a leaf in squares smaller than itself.
func (p *painter) leaf(l *kernel.Leaf, x, y int64) {
	w, side := 1<<p.v.Level, 1<<(p.e.step.baseLevel-1) // cells a square, and a leaf
	mask := uint64(1)<<w - 1
	filled := p.e.step.cells.filled(l)
	for sy := 0; sy < side; sy += w {
		for sx := 0; sx < side; sx += w {
			n := 0
			for r := sy; r < sy+w; r++ {
				n += bits.OnesCount64(filled[r>>2] >> (r&3<<4 | sx) & mask)
			}
			switch {
			case n == 0:
			case w == 1:
				p.put(x+int64(sx), y+int64(sy), uint8(p.e.step.cells.get(l, int64(sx), int64(sy))))
			default:
				p.put(x+int64(sx/w), y+int64(sy/w), shade(float64(n)/float64(w*w)))
			}
		}
	}
}

// put draws one square if it is in view. Two nodes share a square only when the
// view's squares are larger than a quarter of the universe; the denser one shows.
func (p *painter) put(x, y int64, v uint8) {
	if x < 0 || y < 0 || x >= int64(p.v.Width) || y >= int64(p.v.Height) {
		return
	}
	d := &p.dst[y*int64(p.v.Width)+x]
	*d = max(*d, v)
}
