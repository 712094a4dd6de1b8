package tui

import (
	"testing"

	"github.com/gdamore/tcell/v2"

	"golife/life/engine"
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
	m := newModel("gun", p, 300, 100)
	s := newSim(newNaive(b, p.Rule()), p, func() engine.Choice { return engine.Choice{} }, m.want)
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
