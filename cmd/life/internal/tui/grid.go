package tui

import (
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// gridRect returns the cells of a bounded grid; ok is false when a side is infinite.
func gridRect(r *rule.Rule) (_ life.BigRect, ok bool) {
	g, bounded := r.Grid()
	if !bounded || g.Width == 0 || g.Height == 0 {
		return life.BigRect{}, false
	}
	x, y := g.Origin()
	return life.BigRect{
		MinX: big.NewInt(x), MinY: big.NewInt(y), MaxX: big.NewInt(x + g.Width), MaxY: big.NewInt(y + g.Height),
	}, true
}

// wideGrid is how many times as wide as its pattern a grid may be to be shown as
// a whole, as a power of two: on wider ones a pattern would be lost.
const wideGrid = 6

// fitted returns what to fit to the screen: a bounded grid, unless the pattern is
// lost in it, else the pattern. ok is false when there is neither.
func fitted(r *rule.Rule, bounds life.BigRect, alive bool) (_ life.BigRect, ok bool) {
	grid, bounded := gridRect(r)
	if !bounded || alive && lost(bounds, grid) {
		return bounds, alive
	}
	return grid, true
}

func lost(bounds, grid life.BigRect) bool {
	size := func(r life.BigRect) int { return max(r.Width().BitLen(), r.Height().BitLen()) }
	return size(grid) > max(size(bounds), 4)+wideGrid
}
