package topology

import (
	"fmt"
	"testing"

	"golife/life/rule"
)

func grid(t *testing.T, s string) Map {
	t.Helper()
	g, ok := rule.MustParse("B3/S23" + s).Grid()
	if !ok {
		t.Fatalf("%s is not bounded", s)
	}
	return New(g)
}

// stepOver returns what a cell one step outside is, literally as the edges are
// described: one edge after the other.
func stepOver(g rule.Grid, x, y int64) (int64, int64, bool) {
	w, h := g.Width, g.Height
	isCorner := (x < 0 || x >= w) && (y < 0 || y >= h)
	clamp := func() (int64, int64, bool) { return min(max(x, 0), w-1), min(max(y, 0), h-1), true }
	wrap := func(v, size int64) int64 { return ((v % size) + size) % size }
	switch g.Kind {
	case rule.Plane:
		return 0, 0, false
	case rule.Sphere:
		switch {
		case isCorner:
			return clamp()
		case y < 0:
			return 0, x, true
		case x < 0:
			return y, 0, true
		case x >= w:
			return y, w - 1, true
		}
		return w - 1, x, true
	case rule.CrossSurface:
		if isCorner {
			return clamp()
		}
	}
	if y < 0 || y >= h {
		sign := int64(1)
		if y < 0 {
			sign = -1
		}
		y = wrap(y, h)
		if g.TwistX {
			x = w - 1 - g.ShiftX - x
		} else {
			x += sign * g.ShiftX
		}
	}
	if x < 0 || x >= w {
		over := x < 0 && !g.TwistX || x < 0
		x = wrap(x, w)
		switch {
		case g.TwistY:
			y = wrap(h-1-g.ShiftY-y, h)
		case over:
			y = wrap(y-g.ShiftY, h)
		default:
			y = wrap(y+g.ShiftY, h)
		}
	}
	return x, y, true
}

var grids = []string{
	":P9,7", ":T9,7", ":T9+3,7", ":T9-2,7", ":T9,7+2", ":T9,7-3", ":K9*,7", ":K9,7*", ":K8*+1,7", ":K9,8*+1",
	":C9,7", ":C8,8", ":S8", ":S9", ":T1", ":T1,5+2", ":K1*,1", ":C1,1", ":C1,4", ":S1", ":S2", ":P1,1", ":T2,3-1",
}

// TestOneStep compares all cells one step outside with the edges as described.
func TestOneStep(t *testing.T) {
	for _, s := range grids {
		m := grid(t, s)
		g := m.Grid()
		for y := int64(-1); y <= g.Height; y++ {
			for x := int64(-1); x <= g.Width; x++ {
				if m.Contains(x, y) {
					continue
				}
				ix, iy, ok := m.Inside(x, y)
				wx, wy, want := stepOver(g, x, y)
				if ok != want || ok && (ix != wx || iy != wy) {
					t.Errorf("%s: (%d,%d) is (%d,%d) %v, want (%d,%d) %v", s, x, y, ix, iy, ok, wx, wy, want)
				}
			}
		}
	}
}

// TestUnfolded: far outside, the cells around a cell are those around the cell
// that it stands for: an engine may compute there as if it were inside.
func TestUnfolded(t *testing.T) {
	around := func(m Map, x, y int64) string {
		cells := map[[2]int64]int{}
		for dy := int64(-1); dy <= 1; dy++ {
			for dx := int64(-1); dx <= 1; dx++ {
				ix, iy, _ := m.Inside(x+dx, y+dy)
				cells[[2]int64{ix, iy}]++
			}
		}
		return fmt.Sprint(cells)
	}
	for _, s := range grids[1:] {
		m := grid(t, s)
		if m.Grid().Kind == rule.Plane {
			continue
		}
		for y := int64(-20); y < 30; y += 3 {
			for x := int64(-20); x < 30; x++ {
				ix, iy, ok := m.Inside(x, y)
				if !ok || !m.Contains(ix, iy) {
					t.Fatalf("%s: (%d,%d) is (%d,%d), %v", s, x, y, ix, iy, ok)
				}
				if got, want := around(m, x, y), around(m, ix, iy); got != want {
					t.Fatalf("%s: around (%d,%d), which is (%d,%d), are %s, want %s", s, x, y, ix, iy, got, want)
				}
			}
		}
	}
}

// TestInfiniteSide: a side of 0 has no edges.
func TestInfiniteSide(t *testing.T) {
	const far = 1 << 40
	m := grid(t, ":T5,0")
	if x, y, ok := m.Inside(-1, -far); x != 4 || y != -far || !ok {
		t.Errorf("(-1, -2^40) of :T5,0 is (%d,%d) %v", x, y, ok)
	}
	m = grid(t, ":P0,5")
	if _, _, ok := m.Inside(far, 5); ok || !m.Contains(-far, 4) {
		t.Errorf(":P0,5 holds row 5, or not row 4")
	}
	if x, y, ok := (Map{}).Inside(far, -far); x != far || y != -far || !ok {
		t.Errorf("the unbounded plane moves cells")
	}
}
