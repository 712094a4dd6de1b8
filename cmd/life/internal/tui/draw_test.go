package tui

import (
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"

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
	s := newSim(newNaive(b, p.Rule()), p, false, m.want)
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
