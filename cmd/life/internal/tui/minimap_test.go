package tui

import (
	"math/big"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
	"golife/life/view"
)

// TestMap shows the map with the screen at a corner of a gun, and where there is
// hardly room for it.
func TestMap(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		r.command("zoom -3")
		r.command("cell 30 3")
		r.press("N")
		r.shows("the map shows where life is")
		r.golden("map-gun")
		r.resize(40, 10)
		r.golden("map-40x10")
		r.resize(30, 6)
		r.press("N", "N")
		r.shows("no room for the map")
		r.resize(80, 24)
		r.command("map off")
		if strings.Contains(r.text(), "┌") {
			t.Errorf("the map is not off:\n%s", r.text())
		}
	})
}

// TestMapOfCorners: guns in the corners of a square of side 2^100, one of them on
// the screen.
func TestMapOfCorners(t *testing.T) {
	show(t, corners(100), newHashlife(t), 80, 24, func(r *rig) {
		r.command("map on")
		edge := new(big.Int).Lsh(big.NewInt(-1), 99).String()
		r.command("cell " + edge + " " + edge)
		r.command("zoom 0")
		r.golden("map-corners")
		r.command("zoom 99")
		r.golden("map-corners-far")
	})
}

func TestMapOfNothing(t *testing.T) {
	show(t, life.NewBuilder(rule.MustParse("B3/S23")).Pattern(), nil, 40, 12, func(r *rig) {
		r.press("N")
		r.command("cell " + new(big.Int).Lsh(big.NewInt(1), 200).String() + " 0")
		r.golden("map-empty")
	})
}

func TestMapOfTorus(t *testing.T) {
	show(t, pattern("B3/S23:T60,30", gliderCells), nil, 80, 24, func(r *rig) {
		r.command("zoom -2")
		r.press("N")
		r.golden("map-torus")
	})
}

func TestMapWithoutColors(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	showOn(t, "US-ASCII", pattern("B3/S23", gunCells), nil, 60, 16, func(r *rig) {
		r.command("zoom -1")
		r.press("N", "H", "H")
		r.golden("map-ascii")
	})
}

// TestBeyond checks what the arrows at the edges say, on the east side; the numbers
// are columns.
func TestBeyond(t *testing.T) {
	for _, tt := range []struct {
		minX, maxX, edge int64 // of life, and of the screen, half-open
		want             string
	}{
		{0, 10, 10, "<nil>"},
		{0, 11, 10, "1"},
		{0, 1000, 10, "990"},
		{10, 20, 10, "10"}, // it begins behind the last column: nothing lies between
		{11, 20, 10, "1"},
		{500, 1000, 10, "490"},
		{-20, -10, 10, "<nil>"},
	} {
		if got := beyond(big.NewInt(tt.maxX), big.NewInt(tt.minX), big.NewInt(tt.edge), 1); got.String() != tt.want {
			t.Errorf("life in [%d, %d), edge %d: %v, want %s", tt.minX, tt.maxX, tt.edge, got, tt.want)
		}
		if got := beyond(big.NewInt(-tt.maxX), big.NewInt(-tt.minX), big.NewInt(-tt.edge), -1); got.String() != tt.want {
			t.Errorf("mirrored, life in [%d, %d), edge %d: %v, want %s", tt.minX, tt.maxX, tt.edge, got, tt.want)
		}
	}
}

// TestShown compares with the dots of cameras one by one.
func TestShown(t *testing.T) {
	for _, zoom := range []int{-3, -1, 0, 1, 5} {
		c := view.NewCamera(21, 13).ZoomBy(zoom).Pan(3, -5)
		got := shown(c)
		x, y := c.ToCell(20, 12)
		for _, v := range []*big.Int{x, y} {
			if zoom > 0 {
				v.Add(v, new(big.Int).Lsh(big.NewInt(1), uint(zoom)))
			} else {
				v.Add(v, big.NewInt(1))
			}
		}
		if got.MaxX.Cmp(x) != 0 || got.MaxY.Cmp(y) != 0 {
			t.Errorf("zoom %d: ends at %v,%v, want %v,%v", zoom, got.MaxX, got.MaxY, x, y)
		}
	}
}
