package view

import (
	"iter"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// Picture is a sampled window. It is immutable once it has been passed on.
type Picture struct {
	Window   Window
	Samples  []uint8 // Window.Len() of them, as life.Sampler wrote them
	Ages     []uint8 // as many, by History.Add; nil for none
	Inverted bool    // the background is live: samples tell what differs from it
}

// Source is what can be sampled: a life.Engine, or a *life.Pattern.
type Source interface {
	Rule() *rule.Rule
	Generation() *big.Int
	Cells(life.Rect) iter.Seq2[life.Point, life.State]
}

// Take returns what c sees of e. Cost: that of the engine's Sampler; for a
// source without, that of its Cells.
func Take(e Source, c Camera) Picture {
	w := c.Window()
	p := Picture{
		Window:   w,
		Samples:  make([]uint8, w.Len()),
		Inverted: e.Rule().Background(e.Generation().Bit(0) == 1) != 0,
	}
	if s, ok := e.(life.Sampler); ok {
		s.Sample(w.View, p.Samples)
	} else {
		sampleCells(e, w.View, p.Samples)
	}
	return p
}

// Project returns the picture of another window as far as it is known from p: a
// stand-in until the window itself is sampled. What is unknown is dead.
func (p *Picture) Project(w Window) Picture {
	q := Picture{Window: w, Inverted: p.Inverted, Samples: w.Project(&p.Window, p.Samples)}
	if p.Ages != nil && w.Level == 0 {
		q.Ages = w.Project(&p.Window, p.Ages)
	}
	return q
}

// sampleCells does the work of a life.Sampler by the cells of e.
func sampleCells(e Source, v life.View, dst []uint8) {
	counts := make([]uint64, len(dst))
	x0, y0 := new(big.Int).Rsh(v.X, uint(v.Level)), new(big.Int).Rsh(v.Y, uint(v.Level))
	if !x0.IsInt64() || !y0.IsInt64() {
		return // beyond the coordinates of Cells
	}
	for p, st := range e.Cells(cellRect(v)) {
		i := int(p.Y>>v.Level-y0.Int64())*v.Width + int(p.X>>v.Level-x0.Int64())
		counts[i]++
		dst[i] = uint8(st)
	}
	if v.Level == 0 {
		return
	}
	for i, n := range counts {
		dst[i] = life.Density(n, v.Level)
	}
}

// cellRect returns the cells that v shows, cut to the coordinates that a Rect has.
func cellRect(v life.View) life.Rect {
	end := func(first *big.Int, n int) *big.Int {
		e := big.NewInt(int64(n))
		return e.Add(first, e.Lsh(e, uint(v.Level)))
	}
	return life.BigRect{MinX: v.X, MinY: v.Y, MaxX: end(v.X, v.Width), MaxY: end(v.Y, v.Height)}.Clip()
}
