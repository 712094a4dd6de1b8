package view

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
)

func pow2(k int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(k)) }

func rect(x, y, w, h *big.Int) life.BigRect {
	return life.BigRect{MinX: x, MinY: y, MaxX: new(big.Int).Add(x, w), MaxY: new(big.Int).Add(y, h)}
}

func rt(x, y, w, h int64) life.BigRect {
	return rect(big.NewInt(x), big.NewInt(y), big.NewInt(w), big.NewInt(h))
}

// randomCamera returns a camera up to 2^200 cells away at a zoom of up to 150.
func randomCamera(rng *rand.Rand) Camera {
	c := NewCamera(1+rng.IntN(200), 1+rng.IntN(100))
	c.x = new(big.Int).Rand(randSource(rng), pow2(rng.IntN(200)))
	c.y = new(big.Int).Rand(randSource(rng), pow2(rng.IntN(200)))
	if rng.IntN(2) == 0 {
		c.x.Neg(c.x)
	}
	if rng.IntN(2) == 0 {
		c.y.Neg(c.y)
	}
	c.zoom = MinZoom + rng.IntN(150)
	return c
}

func forCameras(t *testing.T, check func(t *testing.T, c Camera, x, y int, rng *rand.Rand)) {
	t.Helper()
	t.Parallel()
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 1))
		c := randomCamera(rng)
		check(t, c, rng.IntN(c.w), rng.IntN(c.h), rng)
		if t.Failed() {
			t.Fatalf("seed %d, zoom %d, %d × %d dots", seed, c.zoom, c.w, c.h)
		}
	}
}

func TestZoomInUndoesZoomOut(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, x, y int, rng *rand.Rand) {
		by := rng.IntN(80)
		if back := c.ZoomAt(x, y, by).ZoomAt(x, y, -by); !back.Equal(c) {
			t.Errorf("out and in by %d at (%d, %d) moved the camera", by, x, y)
		}
	})
}

func TestZoomAtKeepsTheCellUnderThePointer(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, x, y int, rng *rand.Rand) {
		by := rng.IntN(80)
		out := c.ZoomAt(x, y, by)
		cx, cy := c.ToCell(x, y)
		if dx, dy, ok := out.ToScreen(cx, cy); out.zoom >= 0 && (!ok || dx != x || dy != y) {
			t.Errorf("cell %v, %v went from dot (%d, %d) to (%d, %d), %v", cx, cy, x, y, dx, dy, ok)
		}
		ox, oy := out.ToCell(x, y)
		if out.zoom <= 0 && (ox.Cmp(cx) != 0 || oy.Cmp(cy) != 0) {
			t.Errorf("the cell at dot (%d, %d) was %v, %v and is %v, %v", x, y, cx, cy, ox, oy)
		}
	})
}

func TestToScreenInvertsToCell(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, x, y int, _ *rand.Rand) {
		cx, cy := c.ToCell(x, y)
		dx, dy, ok := c.ToScreen(cx, cy)
		if c.zoom >= 0 {
			if !ok || dx != x || dy != y {
				t.Errorf("dot (%d, %d) is cell %v, %v, which is dot (%d, %d), %v", x, y, cx, cy, dx, dy, ok)
			}
			return
		}
		if n := 1 << -c.zoom; ok && (dx > x || dx <= x-n || dy > y || dy <= y-n) {
			t.Errorf("dot (%d, %d) is in the cell whose first dot is (%d, %d)", x, y, dx, dy)
		}
	})
}

func TestPanMovesByDots(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, x, y int, rng *rand.Rand) {
		dx, dy := rng.IntN(500)-250, rng.IntN(500)-250
		ax, ay := c.ToCell(x+dx, y+dy)
		bx, by := c.Pan(dx, dy).ToCell(x, y)
		if ax.Cmp(bx) != 0 || ay.Cmp(by) != 0 {
			t.Errorf("after Pan(%d, %d) dot (%d, %d) is %v, %v, want %v, %v", dx, dy, x, y, bx, by, ax, ay)
		}
	})
}

func TestCenter(t *testing.T) {
	x, y := pow2(100), new(big.Int).Neg(pow2(90))
	for zoom := MinZoom; zoom <= 0; zoom++ {
		c := NewCamera(81, 40).ZoomBy(zoom).CenterOn(x, y)
		if cx, cy := c.Center(); cx.Cmp(x) != 0 || cy.Cmp(y) != 0 {
			t.Errorf("zoom %d: centre is %v, %v", zoom, cx, cy)
		}
		d := c.Resize(200, 100)
		if cx, cy := d.Center(); cx.Cmp(x) != 0 || cy.Cmp(y) != 0 {
			t.Errorf("zoom %d: centre is %v, %v after a resize", zoom, cx, cy)
		}
	}
}

func TestZoomStopsAtItsLimits(t *testing.T) {
	c := NewCamera(80, 48)
	if z := c.ZoomBy(-100).Zoom(); z != MinZoom {
		t.Errorf("closest zoom is %d", z)
	}
	if z := c.ZoomBy(MaxZoom + 1).Zoom(); z != MaxZoom {
		t.Errorf("farthest zoom is %d", z)
	}
}

func TestFit(t *testing.T) {
	tests := []struct {
		name string
		r    life.BigRect
		w, h int
		want int
	}{
		{"glider", rt(0, 0, 3, 3), 80, 44, FitZoom},
		{"gun", rt(0, 0, 36, 9), 80, 44, -1},
		{"exact", rt(-40, -22, 80, 44), 80, 44, 0},
		{"one too many", rt(-40, -22, 81, 44), 80, 44, 1},
		{"far away", rect(pow2(120), pow2(130), pow2(10), pow2(4)), 80, 44, 4},
		{"huge", rect(new(big.Int).Neg(pow2(99)), new(big.Int).Neg(pow2(99)), pow2(100), pow2(100)), 80, 44, 95},
		{"wide", rect(new(big.Int), new(big.Int), pow2(5000), big.NewInt(1)), 80, 44, 4994},
		{"one dot of screen", rt(-3, -3, 5, 5), 1, 2, 3},
	}
	for _, tt := range tests {
		c := NewCamera(tt.w, tt.h).Fit(tt.r)
		if c.Zoom() != tt.want {
			t.Errorf("%s: zoom %d, want %d", tt.name, c.Zoom(), tt.want)
		}
		if tt.w > 2 && !c.Shows(tt.r) {
			t.Errorf("%s: not all of it is on the screen", tt.name)
		}
	}
}

func TestFitIsTheClosestThatShowsAll(t *testing.T) {
	forCameras(t, func(t *testing.T, c Camera, _, _ int, rng *rand.Rand) {
		src := randSource(rng)
		size := func() *big.Int { return new(big.Int).Add(big.NewInt(1), new(big.Int).Rand(src, pow2(rng.IntN(150)))) }
		r := rect(c.x, c.y, size(), size())
		f := c.Fit(r)
		if f.w > 2 && f.h > 2 && !f.Shows(r) {
			t.Errorf("%v is not all on the screen", r)
		}
		if closer := f.ZoomBy(-1); f.zoom > FitZoom && closer.Shows(r) {
			t.Errorf("%v also fits one zoom closer", r)
		}
		limit := MinZoom + rng.IntN(150)
		if g := c.FitFrom(r, limit); g.zoom < limit || g.zoom != max(c.FitFrom(r, MinZoom).zoom, limit) {
			t.Errorf("%v fits at zoom %d, not closer than %d", r, g.zoom, limit)
		}
	})
}

func TestFollowMovesOnlyWhenItMust(t *testing.T) {
	c := NewCamera(80, 44).Fit(rt(0, 0, 36, 9))
	if got := c.Follow(rt(1, 1, 36, 9)); !got.Equal(c) {
		t.Error("moved although the pattern is on the screen")
	}
	if got := c.Follow(rt(100, 0, 36, 9)); got.Equal(c) || !got.Shows(rt(100, 0, 36, 9)) {
		t.Error("lost the pattern")
	}
	if got := c.ZoomBy(2).Follow(rt(0, 0, 36, 9)); got.Zoom() != c.Zoom() {
		t.Errorf("zoom %d, want %d", got.Zoom(), c.Zoom())
	}
}
