package view

import (
	"strings"
	"testing"

	"golife/life/rule"
)

var conway = rule.MustParse("B3/S23")

// paint draws samples at a level on a screen of the given characters.
func paint(d Depth, g Glyphs, level, columns, rows int, inverted bool, samples ...uint8) []Cell {
	w := Window{Scale: 1}
	w.W, w.H = g.Dots(columns, rows)
	w.Width, w.Height, w.Level = w.W, w.H, level
	p := Painter{Palette: NewPalette(d, conway), Glyphs: g}
	dst := make([]Cell, columns*rows)
	p.Paint(dst, &Picture{Window: w, Samples: samples, Inverted: inverted})
	return dst
}

func text(cells []Cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteRune(c.Rune)
	}
	return b.String()
}

func TestHalfBlocks(t *testing.T) {
	states := []uint8{0, 1, 0, 1 /* lower: */, 0, 0, 1, 1}
	for _, d := range []Depth{Mono, Colors16, Colors256, TrueColor} {
		if got := text(paint(d, HalfBlocks, 0, 4, 1, false, states...)); got != " ▀▄█" {
			t.Errorf("depth %d: %q", d, got)
		}
		if got := text(paint(d, ASCII, 0, 4, 1, false, states...)); got != " '.:" {
			t.Errorf("depth %d: ASCII %q", d, got)
		}
		if got := text(paint(d, HalfBlocks, 0, 4, 1, true, states...)); got != "█▄▀ " {
			t.Errorf("depth %d: inverted %q", d, got)
		}
	}
}

func TestColorsOfAPair(t *testing.T) {
	p := NewPalette(TrueColor, conway)
	cells := paint(TrueColor, HalfBlocks, 3, 4, 1, false, 0, 200, 0, 200, 0, 0, 100, 100)
	want := []Cell{
		{' ', p.Background(), p.Background()},
		{'▀', p.colors[classShade|200], p.Background()},
		{'▄', p.colors[classShade|100], p.Background()},
		{'▀', p.colors[classShade|200], p.colors[classShade|100]},
	}
	for i, c := range cells {
		if c != want[i] {
			t.Errorf("cell %d: %v, want %v", i, c, want[i])
		}
	}
	if c := paint(Mono, HalfBlocks, 0, 1, 1, false, 1, 0)[0]; c.Fg != Default || c.Bg != Default {
		t.Errorf("colours in monochrome: %v", c)
	}
}

func TestMonochromeShades(t *testing.T) {
	got := text(paint(Mono, HalfBlocks, 9, 6, 1, false, 0, 1, 40, 120, 255, 1, 0, 0, 40, 120, 255, 1))
	if got != " ░▒▓█░" {
		t.Errorf("%q", got)
	}
	if got := text(paint(Mono, ASCII, 9, 2, 1, false, 0, 255, 0, 255)); got != " #" {
		t.Errorf("ASCII %q", got)
	}
	if got := text(paint(Mono, HalfBlocks, 9, 2, 1, true, 0, 255, 0, 255)); got != "█ " {
		t.Errorf("inverted %q", got)
	}
}

// TestFaintCellsAreVisible: the lowest density differs from the background, and
// brightness grows with density.
func TestFaintCellsAreVisible(t *testing.T) {
	for _, d := range []Depth{Colors16, Colors256, TrueColor} {
		p := NewPalette(d, conway)
		if p.colors[classShade|1] == p.Background() {
			t.Errorf("depth %d: density 1 looks like nothing", d)
		}
	}
	for v := 1; v < 256; v++ {
		if brightness(v) <= brightness(v-1) {
			t.Errorf("density %d is not brighter than %d", v, v-1)
		}
	}
}

func TestScaledSquaresFillTheirDots(t *testing.T) {
	// One live cell, at zoom -2 with a camera whose first square is cut.
	c := NewCamera(12, 16).ZoomBy(-2)
	w := c.Window()
	x, y, ok := c.ToScreen(pow2(0), pow2(0)) // cell 1, 1
	if !ok || w.Scale != 4 {
		t.Fatalf("dot (%d, %d), %v, scale %d", x, y, ok, w.Scale)
	}
	samples := make([]uint8, w.Len())
	samples[w.index(x, y)] = 1
	dst := make([]Cell, 12*8)
	Painter{Palette: NewPalette(Mono, conway)}.Paint(dst, &Picture{Window: w, Samples: samples})
	if n := strings.Count(text(dst), "█") + strings.Count(text(dst), "▀") + strings.Count(text(dst), "▄"); n != 8 {
		t.Errorf("cell 1,1 covers %d characters:\n%q", n, text(dst))
	}
}

func TestPaintDoesNotAllocate(t *testing.T) {
	w := NewCamera(120, 80).Window()
	pic := &Picture{Window: w, Samples: make([]uint8, w.Len())}
	p, dst := Painter{Palette: NewPalette(TrueColor, conway)}, make([]Cell, 120*40)
	if n := testing.AllocsPerRun(10, func() { p.Paint(dst, pic) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
