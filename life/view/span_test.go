package view

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
)

// TestSpan: a dot is in the span of a rectangle exactly when a cell of it is there,
// by ToCell.
func TestSpan(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 3))
		c := NewCamera(1+rng.IntN(40), 1+rng.IntN(40))
		c = c.Pan(rng.IntN(200)-100, rng.IntN(200)-100).ZoomAt(rng.IntN(9), rng.IntN(9), rng.IntN(9)-4)
		x, y := c.ToCell(rng.IntN(60)-10, rng.IntN(60)-10)
		r := rt(x.Int64(), y.Int64(), 1+rng.Int64N(40), 1+rng.Int64N(40))
		x0, y0, x1, y1 := c.Span(r)
		side := int64(1)
		if c.zoom > 0 {
			side <<= c.zoom
		}
		for dy := range c.h {
			for dx := range c.w {
				cx, cy := c.ToCell(dx, dy)
				want := meets(r, life.Rt(cx.Int64(), cy.Int64(), side, side))
				if got := x0 <= dx && dx < x1 && y0 <= dy && dy < y1; got != want {
					t.Fatalf("seed %d, zoom %d, %v: dot %d,%d in the span is %v, want %v", seed, c.zoom, r, dx, dy, got, want)
				}
			}
		}
	}
}

func meets(r life.BigRect, s life.Rect) bool {
	q, _ := r.Rect()
	return q.Min.X < s.Max.X && s.Min.X < q.Max.X && q.Min.Y < s.Max.Y && s.Min.Y < q.Max.Y
}

func TestSpanFarAway(t *testing.T) {
	c := NewCamera(80, 44)
	far := new(big.Int).Lsh(big.NewInt(1), 300)
	r := life.BigRect{MinX: new(big.Int).Neg(far), MinY: new(big.Int), MaxX: far, MaxY: far}
	if x0, y0, x1, y1 := c.Span(r); x0 != 0 || x1 != 80 || y0 != 22 || y1 != 44 {
		t.Errorf("Span = %d %d %d %d, want 0 22 80 44", x0, y0, x1, y1)
	}
	r.MinX = new(big.Int).Sub(far, big.NewInt(1))
	if x0, _, x1, _ := c.Span(r); x0 < x1 {
		t.Errorf("columns %d to %d of what is not on the screen", x0, x1)
	}
}
