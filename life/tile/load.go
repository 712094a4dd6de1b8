package tile

import (
	"fmt"
	"math/big"
	"math/bits"

	"golife/life"
)

// Load replaces universe, generation and rule by the pattern's. It returns a
// *life.UnsupportedRuleError, life.ErrOutOfRange when a cell lies beyond ±2^62, or
// life.ErrMemoryLimit, and has then changed nothing. Cost: O(leaves in the
// pattern, each counted as often as it occurs).
func (e *Engine) Load(p *life.Pattern) error {
	if err := check(p.Rule()); err != nil {
		return err
	}
	if b, ok := p.Bounds(); ok {
		r, ok := b.Rect()
		if !ok || min(r.Min.X, r.Min.Y) < -limit || max(r.Max.X, r.Max.Y) > limit {
			return fmt.Errorf("tile: pattern of %v, want it within ±2^62: %w", b, life.ErrOutOfRange)
		}
	}
	l := loader{p: p, u: newUniverse(p.Generation()), limit: e.limit}
	if err := l.checkSize(); err != nil {
		return err
	}
	if !l.root() {
		return fmt.Errorf("tile: pattern of %v cells needs more than %d bytes: %w", p.Population(), l.limit, life.ErrMemoryLimit)
	}
	if err := e.setRule(p.Rule()); err != nil {
		return err
	}
	e.replace(l.u)
	e.load++
	e.pyramid, e.kinds = pyramid{}, nil
	return nil
}

// loader copies a pattern into an empty universe.
type loader struct {
	p      *life.Pattern
	u      *universe
	limit  int64
	lx, ly int64 // the tile that was used last
	last   id
}

// unlimited is what a universe may need when there is no limit: more than any
// machine has.
const unlimited = 1 << 46

// checkSize refuses a pattern by its population, since going through the tree of
// one with 10^18 cells would take years.
func (l *loader) checkSize() error {
	if l.limit == 0 {
		l.limit = unlimited
	}
	least := l.p.Population()
	least.Div(least, big.NewInt(inner*inner))
	least.Mul(least, big.NewInt(slotBytes))
	if least.Cmp(big.NewInt(l.limit)) > 0 {
		return fmt.Errorf("tile: pattern of %v cells needs %v bytes, the limit is %d: %w",
			l.p.Population(), least, l.limit, life.ErrMemoryLimit)
	}
	return nil
}

// root adds the pattern's squares; it stops and returns false at the limit.
func (l *loader) root() bool {
	isWhole := l.p.EachLeaf(func(k life.NodeID, x, y int64) bool {
		l.leaf(k, x, y)
		return l.u.bytes() <= l.limit
	})
	if !isWhole || !l.surround() {
		return false
	}
	for k, t := range l.u.all {
		l.u.fillRim(t)
		l.u.change(k, t, ^uint64(0))
	}
	return true
}

// leaf adds 8×8 cells, which may lie on up to four tiles.
func (l *loader) leaf(k life.NodeID, x, y int64) {
	cells := leafBits(l.p, k)
	tx, dx := split(x)
	ty, dy := split(y)
	const column = 0x0101010101010101
	west := uint64(column * 0xFF)
	if n := inner - dx; n < 8 {
		west = column * (1<<n - 1)
	}
	north := ^uint64(0)
	if n := inner - dy; n < 8 {
		north = 1<<(8*n) - 1
	}
	l.add(tx, ty, dx, dy, cells&west&north)
	l.add(tx+1, ty, dx-inner, dy, cells&^west&north)
	l.add(tx, ty+1, dx, dy-inner, cells&west&^north)
	l.add(tx+1, ty+1, dx-inner, dy-inner, cells&^west&^north)
}

// add sets cells of a leaf, the north-west corner of which is at (dx, dy) of the own cells
// of a tile, and makes that tile. All of these cells lie on it.
func (l *loader) add(tx, ty int64, dx, dy int, cells uint64) {
	if cells == 0 {
		return
	}
	rows := &l.u.at(l.tile(tx, ty)).Rows
	for i := bits.TrailingZeros64(cells) / 8; i < 8; i++ {
		row := cells >> (8 * i) & 0xFF
		if row == 0 {
			continue
		}
		if dx >= 0 {
			row <<= rim + dx
		} else {
			row = row << rim >> -dx
		}
		rows[rim+dy+i] |= row
	}
}

// surround makes the neighbours that have cells on their rim; it stops and returns false
// at the limit.
func (l *loader) surround() bool {
	for _, t := range l.u.all {
		for d, q := range t.Near {
			if q == 0 && isLiveAt(&t.Rows, d) {
				l.u.create(t.x+offset[d].x, t.y+offset[d].y)
			}
		}
		if l.u.bytes() > l.limit {
			return false
		}
	}
	return true
}

// isSeen reports whether cells of own row y are on the rim of neighbour d.
func isSeen(cells uint64, y, d int) bool {
	cols := ownBits
	switch d {
	case toNW, toW, toSW:
		cols = lowEdge
	case toNE, toE, toSE:
		cols = highEdge
	}
	return cells&cols != 0 && (d > toNE || y < rim) && (d < toSW || y >= inner-rim)
}

func (l *loader) tile(tx, ty int64) id {
	if l.last == 0 || l.lx != tx || l.ly != ty {
		if l.last = l.u.find(tx, ty); l.last == 0 {
			l.last = l.u.create(tx, ty)
		}
		l.lx, l.ly = tx, ty
	}
	return l.last
}

// split returns the tile of a coordinate and the place among its own cells.
func split(v int64) (tile int64, at int) {
	tile = v / inner
	r := v - tile*inner
	if r < 0 {
		return tile - 1, int(r + inner)
	}
	return tile, int(r)
}

// leafBits returns which cells of a leaf are live.
func leafBits(p *life.Pattern, k life.NodeID) (b uint64) {
	if !p.IsMultiState() {
		return p.Leaves()[k]
	}
	for i, v := range p.States()[k] {
		if v != 0 {
			b |= 1 << i
		}
	}
	return b
}
