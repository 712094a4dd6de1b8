package probe

import (
	"context"
	"math/big"

	"golife/life"
)

// Schedule knows when probes are due. It holds no state: the engine's generation
// is the only clock.
type Schedule []Probe

// Next returns the first generation at or after g at which a probe looks, or nil
// when none will any more. The caller owns it. Cost: O(probes).
func (s Schedule) Next(g *big.Int) *big.Int {
	var next *big.Int
	for i := range s {
		if at := s[i].next(g); at != nil && (next == nil || at.Cmp(next) < 0) {
			next = at
		}
	}
	return next
}

// next returns the first generation at or after g at which p looks, or nil.
func (p *Probe) next(g *big.Int) *big.Int {
	if g.Cmp(p.Start) <= 0 {
		return new(big.Int).Set(p.Start)
	}
	if p.Period == nil {
		return nil
	}
	late := new(big.Int).Sub(g, p.Start)
	late.Mod(late, p.Period)
	if late.Sign() == 0 {
		return new(big.Int).Set(g)
	}
	return late.Sub(p.Period, late).Add(late, g)
}

// isDue reports whether p looks at generation g.
func (p *Probe) isDue(g *big.Int) bool {
	at := p.next(g)
	return at != nil && at.Cmp(g) == 0
}

// Read returns the readings that are due at the engine's generation, in the
// order of the probes.
func (s Schedule) Read(e life.Engine) []Reading {
	g := e.Generation()
	var all []Reading
	for i := range s {
		if s[i].isDue(g) {
			all = append(all, s[i].Read(e))
		}
	}
	return all
}

// Run advances e up to generation end and hands every reading on the way, that
// at end included, to see, until see returns false. It returns the errors of
// e.Advance; e then stands at the last whole generation.
func (s Schedule) Run(ctx context.Context, e life.Engine, end *big.Int, see func(Reading) bool) error {
	for {
		for _, r := range s.Read(e) {
			if !see(r) {
				return nil
			}
		}
		g := e.Generation()
		if g.Cmp(end) >= 0 {
			return nil
		}
		next := s.Next(new(big.Int).Add(g, one))
		if next == nil || next.Cmp(end) > 0 {
			next = new(big.Int).Set(end)
		}
		if err := e.Advance(ctx, next.Sub(next, g)); err != nil {
			return err
		}
	}
}

var one = big.NewInt(1)
