package tui

import (
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/engine"
	"golife/life/view"
)

// BenchmarkDraw draws a frame of a large terminal in which nothing has changed.
func BenchmarkDraw(b *testing.B) {
	sim := tcell.NewSimulationScreen("UTF-8")
	scr, err := newScreen(sim)
	if err != nil {
		b.Fatal(err)
	}
	defer scr.Close()
	sim.SetSize(300, 100)
	scr.Redraw()
	p := pattern("B3/S23", gunCells)
	m := newModel("gun", p, newLooks(view.Auto, nil, scr), 300, 100)
	s := newSim(newNaive(b, p.Rule()), p, func(life.Engine) engine.Choice { return engine.Choice{} }, m.want)
	if err := s.engine.Load(p); err != nil {
		b.Fatal(err)
	}
	s.look()
	m.take(<-s.frames)
	d := newDrawer(scr, p.Rule())
	b.ReportAllocs()
	for b.Loop() {
		d.draw(m)
	}
}

// TestGlyphs draws the gun in all glyphs, one after the other: at two cells a
// dot, one, and two dots a cell.
func TestGlyphs(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 16, func(r *rig) {
		for range 7 {
			r.press("f", "g")
			name, _, _ := strings.Cut(lastMessage(r), ":")
			name = strings.ReplaceAll(strings.TrimSpace(name), " ", "-")
			var all strings.Builder
			for _, zoom := range []string{"1:2", "1:1", "2:1"} {
				for range 8 {
					r.press("z")
				}
				for range 20 {
					if strings.Contains(r.status(), "zoom "+zoom) {
						break
					}
					r.press("Z")
				}
				all.WriteString(r.text())
			}
			compareGolden(t, "glyphs-"+strings.ToLower(name), all.String())
		}
	})
}

// lastMessage returns the line of messages.
func lastMessage(r *rig) string {
	lines := strings.Split(strings.TrimSuffix(r.text(), "\n"), "\n")
	return lines[len(lines)-2]
}

// shownCells returns what a drawer has painted last.
func shownCells(d *drawer, m *model, s *sim) []view.Cell {
	s.want.camera = m.camera
	s.look()
	m.take(<-s.frames)
	d.draw(m)
	return slices.Clone(d.cells)
}

// colors returns the colours of characters that are not blank.
func colors(cells []view.Cell) map[view.Color]bool {
	seen := map[view.Color]bool{}
	for _, c := range cells {
		if c.Rune != ' ' {
			seen[c.Fg] = true
		}
	}
	return seen
}

// TestLooks presses the keys for colours and lines.
func TestLooks(t *testing.T) {
	_, d, m, s := terminal(t, "tmux-256color", "", "")
	for range 20 {
		shownCells(d, m, s)
		if err := s.engine.Advance(t.Context(), big.NewInt(1)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(colors(shownCells(d, m, s))); n != 1 {
		t.Errorf("%d colours of a two-state rule", n)
	}
	m.press("a")
	if n := len(colors(shownCells(d, m, s))); n < 4 {
		t.Errorf("%d colours of ages", n)
	}
	m.press("Z")
	m.press("Z")
	m.press("Z") // too wide for ages
	wide := colors(shownCells(d, m, s))
	m.press("a")
	if !maps.Equal(wide, colors(shownCells(d, m, s))) {
		t.Error("ages change densities")
	}
	m.camera = m.camera.ZoomBy(-3 - m.camera.Zoom())
	lines := len(colors(shownCells(d, m, s)))
	if m.press("#"); len(colors(shownCells(d, m, s))) >= lines {
		t.Error("there are as many colours without lines")
	}
	ground := d.painter.Palette.Background()
	m.press("T")
	if shownCells(d, m, s); d.painter.Palette.Background() == ground || m.theme.Name != "paper" {
		t.Error("the theme is the same")
	}
}

// TestAllGlyphsAtAllSizes: nothing panics, no character is left from before, and the
// mouse finds the cell under it.
func TestAllGlyphsAtAllSizes(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		for _, size := range [][2]int{{1, 1}, {2, 3}, {81, 25}, {7, 2}, {33, 9}} {
			r.resize(size[0], size[1])
			for range 7 {
				r.press("f", "g", "Z", "z", "a", "#", "T")
			}
		}
		r.resize(80, 24)
		r.press("f")
		before := r.text()
		r.resize(81, 24)
		r.resize(80, 24)
		for range 7 {
			r.press("g", "f")
		}
		if after := r.text(); strings.Split(after, "\n")[10] != strings.Split(before, "\n")[10] {
			t.Errorf("not as before:\n%s\n%s", before, after)
		}
	})
}
