package wide

import (
	"fmt"
	"math/big"
	"math/bits"

	"golife/life"
)

// Load replaces universe, generation and rule by the pattern's. It returns a
// *life.UnsupportedRuleError, life.ErrOutOfRange when a cell lies beyond ±2^62 or the grid of
// the rule, or life.ErrMemoryLimit, and has then changed nothing. Cost: O(leaves in the
// pattern, each counted as often as it occurs).
func (e *Engine) Load(p *life.Pattern) error {
	if err := Check(p.Rule()); err != nil {
		return err
	}
	l, g := e.u.law, e.u.grid
	if !e.rule.Equal(p.Rule()) {
		l, g = newLaw(p.Rule()), gridOf(p.Rule())
	}
	if b, ok := p.Bounds(); ok {
		r, ok := b.Rect()
		if !ok || min(r.Min.X, r.Min.Y) < -limit || max(r.Max.X, r.Max.Y) > limit || intersection(r, g.rect) != r {
			return fmt.Errorf("wide: pattern of %v, want it within ±2^62 and the grid of rule %s: %w", b, p.Rule(), life.ErrOutOfRange)
		}
	}
	u := newUniverse(l, g)
	u.limit = e.u.limit
	if err := u.load(p); err != nil {
		return err
	}
	e.rule, e.u, e.generation = p.Rule(), u, p.Generation()
	return nil
}

// unlimited is what a universe may need when there is no limit: more than any machine has.
const unlimited = 1 << 46

// load copies a pattern into an empty universe.
func (u *universe) load(p *life.Pattern) error {
	most := u.limit
	if most == 0 {
		most = unlimited
	}
	// Going through the tree of a pattern with 10^18 cells would take years.
	if p.Population().Cmp(big.NewInt(most)) > 0 {
		return fmt.Errorf("wide: pattern of %v cells needs more than %d bytes: %w", p.Population(), most, life.ErrMemoryLimit)
	}
	var err error
	p.EachLeaf(func(k life.NodeID, x, y int64) bool {
		at := life.Point{X: x, Y: y}
		var cells []uint8
		if cells, err = u.cellsAt(u.tileOf(at)); err != nil {
			return false
		}
		to := cells[u.offset(at):]
		if p.IsMultiState() {
			for i, s := range &p.States()[k] {
				to[i>>3<<u.log|i&7] = uint8(s)
			}
			return true
		}
		for m := p.Leaves()[k]; m != 0; m &= m - 1 {
			i := bits.TrailingZeros64(m)
			to[i>>3<<u.log|i&7] = 1
		}
		return true
	})
	u.touchAll()
	return err
}
