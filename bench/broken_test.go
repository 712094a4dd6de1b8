package bench

import (
	"context"
	"math/big"
	"os"

	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
)

// breakVar tells the child of a test to use broken engines, and how they are broken.
const breakVar = "GOLIFE_BENCH_BREAK"

// The ways in which an engine can be broken.
const (
	breaksCell  = "cell"  // one cell is flipped: the population is wrong
	breaksPlace = "place" // one cell is moved: the population is right, the cells are not
)

// childEngine returns what makes engines in a child: engine.New, unless breakVar
// is set.
func childEngine() NewEngine {
	how := os.Getenv(breakVar)
	if how == "" {
		return nil
	}
	return func(name string, r *rule.Rule, o engine.Options) (life.Engine, error) {
		e, err := engine.New(name, r, o)
		if err != nil {
			return nil, err
		}
		return &broken{e.(life.Editor), how}, nil
	}
}

// broken is an engine that is right but for one cell, at the end of each Advance.
type broken struct {
	life.Editor
	how string
}

func (b *broken) Advance(ctx context.Context, n *big.Int) error {
	if err := b.Editor.Advance(ctx, n); err != nil {
		return err
	}
	here := life.Point{X: 1, Y: 1}
	was := b.Get(here)
	if err := b.Set(here, 1-was); err != nil {
		return err
	}
	if b.how == breaksCell {
		return nil
	}
	for there := here; ; there.X++ {
		if there != here && b.Get(there) == 1-was {
			return b.Set(there, was)
		}
	}
}
