package hashlife

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"sync/atomic"

	"golife/life"
)

// maxExp bounds the step, and with it the depth of the recursion. 2^16384 is far
// beyond any use; longer advances take more than one step.
const maxExp = 1 << 14

// maxBits is the length of the largest number of generations on a plane: a million of the
// longest steps take seconds, but there would be no end to more.
const maxBits = maxExp + 20

// CheckGenerations returns an error when there is no end to n generations on a plane.
func CheckGenerations(n *big.Int) error {
	if bits := n.BitLen(); bits > maxBits {
		return fmt.Errorf("hashlife: about 2^%d generations: want fewer than 2^%d", bits-1, maxBits)
	}
	return nil
}

// Advance computes exactly n generations, in steps that are powers of two, the
// smallest first. The universe moves on with each whole step; when ctx is done,
// or when memory runs out even for short steps, it stays at the last one.
func (e *Engine) Advance(ctx context.Context, n *big.Int) error {
	if n.Sign() < 0 {
		return fmt.Errorf("hashlife: %v generations: want none or more", n)
	}
	if e.torus == nil {
		if err := CheckGenerations(n); err != nil {
			return err
		}
	}
	var stop atomic.Bool
	defer context.AfterFunc(ctx, func() { stop.Store(true) })()
	e.step.poll = stop.Load
	left := new(big.Int).Set(n)
	if e.torus != nil {
		return e.advanceTorus(ctx, left)
	}
	return e.advance(ctx, left, maxExp)
}

// advance computes the generations that are left, in steps of up to 2^longest.
func (e *Engine) advance(ctx context.Context, left *big.Int, longest int) error {
	for limit := longest; left.Sign() > 0; {
		if err := ctx.Err(); err != nil {
			return err
		}
		exp := min(e.nextExp(left), limit)
		switch err := e.stepBy(exp); err {
		case nil:
			done := new(big.Int).Lsh(big.NewInt(1), uint(exp))
			e.generation.Add(e.generation, done)
			left.Sub(left, done)
			if e.step.collected == 0 {
				limit = min(limit+1, longest)
			}
			if e.torus != nil {
				e.noteStep(exp, left)
			}
		case errCancelled:
			return ctx.Err()
		default:
			if exp == 0 {
				return err
			}
			limit = exp - 1
		}
	}
	return nil
}

// nextExp returns the exponent of the largest step that may come next. Under a
// rule with two phases, steps longer than one generation begin at even ones.
func (e *Engine) nextExp(left *big.Int) int {
	if !e.rule.Alternates() {
		return int(min(left.TrailingZeroBits(), math.MaxInt32))
	}
	rest := new(big.Int).SetBit(left, 0, 0)
	if e.generation.Bit(0) == 1 || rest.Sign() == 0 {
		return 0
	}
	return int(min(rest.TrailingZeroBits(), math.MaxInt32))
}

// stepBy replaces the root by the one 2^exp generations later. On error the
// root is as before, though perhaps in a larger square.
func (e *Engine) stepBy(exp int) error {
	if e.torus != nil {
		return e.stepTorus(exp)
	}
	if err := e.attempt(func() { e.pad(exp) }); err != nil {
		return err
	}
	e.step.setStep(exp, e.phase(), e.level)
	root, why := e.step.compute(e.root, e.level)
	switch why {
	case 0:
		e.root, e.level = root, e.level-1
		return e.attempt(e.trim)
	case cancelled:
		return errCancelled
	}
	return life.ErrMemoryLimit
}

// phase returns which phase of the rule comes next, 0 if there is only one.
func (e *Engine) phase() int {
	if e.rule.Alternates() {
		return int(e.generation.Bit(0))
	}
	return 0
}

// pad widens the root until nothing can leave the centre of it within 2^exp
// generations: the cells lie in the middle quarter, and that quarter's half
// width is at least the step.
func (e *Engine) pad(exp int) {
	for e.level < exp+3 || !e.isCentred() {
		e.widen()
	}
}

// isCentred reports whether all cells lie in the central square a quarter as
// wide as the root.
func (e *Engine) isCentred() bool {
	if e.level < e.minLevel()+1 {
		return e.root == 0 && e.level >= e.minLevel()
	}
	s := e.step.store
	for i, c := range s.quad(e.root) {
		inner := s.quad(c)
		if onlyChild(s, c, 3-i) && onlyChild(s, inner[3-i], 3-i) {
			continue
		}
		return false
	}
	return true
}

// onlyChild reports whether the node n has no other non-empty child than i.
func onlyChild(s *store, n id, i int) bool {
	q := s.quad(n)
	q[i] = 0
	return q == [4]id{}
}

// widen makes the root the centre of one twice as wide.
func (e *Engine) widen() {
	e.root, e.level = e.step.widened(e.root), e.level+1
}

// widened returns the node whose centre is i, of level >= baseLevel.
func (s *store) widened(i id) id {
	q := s.quad(i)
	return s.find(
		join(s.find(0, join(0, q[0])), s.find(0, join(q[1], 0))),
		join(s.find(join(0, q[2]), 0), s.find(join(q[3], 0), 0)),
	)
}

// trim narrows the root while nothing lies outside its centre.
func (e *Engine) trim() {
	s := e.step.store
	for e.level > e.minLevel()+1 {
		var inner [4]id
		for i, c := range s.quad(e.root) {
			if !onlyChild(s, c, 3-i) {
				return
			}
			inner[i] = s.quad(c)[3-i]
		}
		e.root, e.level = s.find(join(inner[0], inner[1]), join(inner[2], inner[3])), e.level-1
	}
}
