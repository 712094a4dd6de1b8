package multistate

import (
	"fmt"
	"math/big"

	"golife/life"
)

// Load replaces universe, generation and rule by the pattern's. It returns a
// *life.UnsupportedRuleError, life.ErrOutOfRange when a cell lies beyond ±2^62, or
// life.ErrMemoryLimit, and has then changed nothing. Cost: O(leaves in the pattern, each
// counted as often as it occurs).
func (e *Engine) Load(p *life.Pattern) error {
	if err := Check(p.Rule()); err != nil {
		return err
	}
	l, g := e.law, e.u.grid
	if !e.rule.Equal(p.Rule()) {
		l = newLaw(p.Rule())
		g = newGrid(p.Rule(), l)
	}
	if b, ok := p.Bounds(); ok {
		r, ok := b.Rect()
		if !ok || min(r.Min.X, r.Min.Y) < -limit || max(r.Max.X, r.Max.Y) > limit ||
			!g.has(r.Min) || !g.has(life.Point{X: r.Max.X - 1, Y: r.Max.Y - 1}) {
			return fmt.Errorf("multistate: pattern of %v, want it within ±2^62 and the grid of rule %s: %w", b, p.Rule(), life.ErrOutOfRange)
		}
	}
	loader := newLoader(p, newUniverse(l, g), e.limit)
	if !loader.isSmall() || !p.EachLeaf(loader.leaf) {
		return fmt.Errorf("multistate: pattern of %v cells needs more than %d bytes: %w", p.Population(), loader.limit, life.ErrMemoryLimit)
	}
	loader.u.touchAll()
	e.rule, e.law, e.u, e.generation = p.Rule(), l, loader.u, p.Generation()
	e.load++
	return nil
}

// touchAll queues all tiles and what is next to them, as if all of their cells had changed.
func (u *universe) touchAll() {
	for t := range u.all {
		u.enqueue(t)
	}
	for t := range u.all {
		u.move(t)
		if t.cells() != nil {
			*u.changing(t) = *u.now(t)
		}
		is, columns := u.now(t), uint64(0)
		for _, row := range is {
			columns |= row
		}
		u.touch(t, edges(is[0], columns, is[lastLine]))
	}
}

// loader copies a pattern into an empty universe.
type loader struct {
	p     *life.Pattern
	u     *universe
	limit int64
	last  *tile // the one used last
	// planes are those of the leaves of p, bit 8y+x for each cell, of each leaf as many as
	// a tile has.
	planes []uint64
}

// unlimited is what a universe may need when there is no limit: more than any machine has.
const unlimited = 1 << 46

func newLoader(p *life.Pattern, u *universe, limit int64) *loader {
	l, law := &loader{p: p, u: u, limit: limit}, u.law
	if limit == 0 {
		l.limit = unlimited
	}
	if !p.IsMultiState() {
		l.planes = p.Leaves()
		return l
	}
	n := 1 + law.planes
	l.planes = make([]uint64, n*len(p.States()))
	for id := range p.States() {
		planes := l.planes[id*n:][:n]
		for i, s := range &p.States()[id] {
			code := uint64(law.code[s])
			for k := range planes {
				planes[k] |= code >> k & 1 << i
			}
		}
	}
	return l
}

// isSmall refuses a pattern by its population, since going through the tree of one with
// 10^18 cells would take years.
func (l *loader) isSmall() bool {
	least := l.p.Population()
	least.Div(least, big.NewInt(side*side))
	least.Mul(least, big.NewInt(planeBytes))
	return least.Cmp(big.NewInt(l.limit)) <= 0
}

// leaf adds 8×8 cells, all of which lie on one tile, and returns false at the limit.
func (l *loader) leaf(k life.NodeID, x, y int64) bool {
	at, dx, dy := locate(life.Point{X: x, Y: y})
	if l.last == nil || l.last.at != at {
		if l.last = l.u.index[at]; l.last == nil {
			l.last = l.u.create(at)
			if l.u.bytes() > l.limit {
				return false
			}
		}
	}
	if l.last.cells() != nil {
		l.states(k, dx, dy)
	}
	planes := l.planes[int(k)*(1+len(l.last.more)):]
	for y := range 8 {
		l.u.now(l.last)[dy+y] |= planes[0] >> (8 * y) & 0xFF << dx
		for i := range l.last.more {
			l.last.more[i][dy+y] |= planes[1+i] >> (8 * y) & 0xFF << dx
		}
	}
	return true
}

// states copies the states of a leaf to the cells of the last tile, from column x and row
// y on.
func (l *loader) states(k life.NodeID, x, y int) {
	dst := &l.last.cells().state[l.u.clock&1]
	for i := range 64 {
		var s life.State
		if l.p.IsMultiState() {
			s = l.p.States()[k][i]
		} else {
			s = life.State(l.p.Leaves()[k] >> i & 1)
		}
		if s != 0 {
			dst[(y+i>>3)<<sideLog|(x+i&7)] = uint8(s)
		}
	}
}
