package lifetest

import (
	"fmt"
	"iter"
	"math/big"
	"testing"

	"golife/life"
)

// Compare fails t when two engines are not in the same state: rule, generation,
// population, bounds, cells and digest. Both universes must fit int64
// coordinates. It reports whether they are the same.
func Compare(t testing.TB, got, want life.Engine) bool {
	t.Helper()
	if d := Diff(got, want.Snapshot()); d != "" {
		t.Error(d)
		return false
	}
	return true
}

// Diff tells in a few lines how e's universe differs from p; it returns "" when
// they are the same. All of e's ways to show the universe are compared: Rule,
// Generation, Population, Bounds, Snapshot and, for up to a million cells, Cells.
func Diff(e life.Engine, p *life.Pattern) string {
	pop := p.Population()
	gotBounds, gotAny := e.Bounds()
	bounds, isAny := p.Bounds()
	snap := e.Snapshot()
	switch {
	case !e.Rule().Equal(p.Rule()):
		return fmt.Sprintf("rule is %s, want %s", e.Rule(), p.Rule())
	case e.Generation().Cmp(p.Generation()) != 0:
		return fmt.Sprintf("generation is %v, want %v", e.Generation(), p.Generation())
	case DiffPatterns(snap, p) != "":
		return "snapshot: " + DiffPatterns(snap, p)
	case e.Population().Cmp(pop) != 0:
		return fmt.Sprintf("population is %v, want %v", e.Population(), pop)
	case gotAny != isAny:
		return fmt.Sprintf("Bounds says that there are cells: %v, want %v", gotAny, isAny)
	case isAny && !gotBounds.Equal(bounds):
		return fmt.Sprintf("bounds are %v, want %v", gotBounds, bounds)
	}
	if isLarge(p) {
		return ""
	}
	for _, r := range windows(p) {
		if d := diffCells(e.Cells(r), p.Cells(r)); d != "" {
			return fmt.Sprintf("Cells(%v): %s", r, d)
		}
	}
	return ""
}

// windows returns rectangles in which to look at p: all, the bounds, some that
// cut through them, and some with nothing in them.
func windows(p *life.Pattern) []life.Rect {
	all := []life.Rect{life.Everywhere(), life.Rt(-8, -8, 16, 16), life.Rt(0, 0, 0, 0), life.Rt(1, 1, -1, 5)}
	bounds, ok := p.Bounds()
	if !ok {
		return all
	}
	b, ok := bounds.Rect()
	if !ok {
		return all
	}
	w, h := b.Max.X-b.Min.X, b.Max.Y-b.Min.Y
	return append(all, b,
		life.Rt(b.Min.X+w/3, b.Min.Y+h/3, w/3+1, h/3+1),
		life.Rt(b.Min.X, b.Min.Y+h/2, w, 1),
		life.Rt(b.Min.X+w/2, b.Min.Y, 1, h),
		life.Rt(b.Max.X, b.Min.Y, 5, h),
		life.Rt(b.Min.X-3, b.Min.Y-3, 4, 4))
}

// DiffPatterns tells how got differs from want in rule, generation or cells; it
// returns "" when they are the same. Comments are not compared.
func DiffPatterns(got, want *life.Pattern) string {
	switch {
	case !got.Rule().Equal(want.Rule()):
		return fmt.Sprintf("rule is %s, want %s", got.Rule(), want.Rule())
	case got.Generation().Cmp(want.Generation()) != 0:
		return fmt.Sprintf("generation is %v, want %v", got.Generation(), want.Generation())
	case got.SameCells(want) != (got.Digest() == want.Digest()):
		return fmt.Sprintf("same cells: %v, but digests %s and %s", got.SameCells(want), got.Digest(), want.Digest())
	case got.SameCells(want):
		return ""
	}
	d := fmt.Sprintf("%v cells, want %v", got.Population(), want.Population())
	if isLarge(got) || isLarge(want) {
		return d
	}
	cells := diffCells(got.Cells(life.Everywhere()), want.Cells(life.Everywhere()))
	if cells == "" {
		cells = "the cells differ beyond int64 coordinates"
	}
	return d + ": " + cells
}

// isLarge reports whether p has too many cells to list.
func isLarge(p *life.Pattern) bool { return p.Population().Cmp(big.NewInt(1e6)) > 0 }

// diffCells tells where two sequences of cells part; it returns "" when they
// are the same.
func diffCells(got, want iter.Seq2[life.Point, life.State]) string {
	next, stop := iter.Pull2(want)
	defer stop()
	n := 0
	for p, s := range got {
		q, v, ok := next()
		switch {
		case !ok:
			return fmt.Sprintf("cell %d is %v in state %d, want no more cells", n, p, s)
		case p != q || s != v:
			return fmt.Sprintf("cell %d is %v in state %d, want %v in state %d", n, p, s, q, v)
		}
		n++
	}
	if q, v, ok := next(); ok {
		return fmt.Sprintf("no more cells after %d, want %v in state %d", n, q, v)
	}
	return ""
}
