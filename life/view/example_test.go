package view_test

import (
	"fmt"
	"math/big"
	"strings"

	"golife/life"
	"golife/life/rule"
	"golife/life/view"
)

// A glider is put where the camera sees it, and painted as characters.
func Example() {
	camera := view.NewCamera(12, 8).CenterOn(big.NewInt(1), big.NewInt(1))
	w := camera.Window()
	samples := make([]uint8, w.Len()) // as life.Sampler fills them
	for _, p := range []life.Point{{X: 1, Y: 0}, {X: 2, Y: 1}, {X: 0, Y: 2}, {X: 1, Y: 2}, {X: 2, Y: 2}} {
		x, y, _ := camera.ToScreen(big.NewInt(p.X), big.NewInt(p.Y))
		samples[y*w.Width+x] = 1
	}

	painter := view.Painter{Palette: view.NewPalette(view.Mono, rule.MustParse("B3/S23"))}
	columns, rows := painter.Size(&w)
	cells := make([]view.Cell, columns*rows)
	painter.Paint(cells, &view.Picture{Window: w, Samples: samples})
	fmt.Println("------------")
	for y := 1; y < rows-1; y++ {
		var line strings.Builder
		for _, c := range cells[y*columns : (y+1)*columns] {
			line.WriteRune(c.Rune)
		}
		fmt.Println(strings.TrimRight(line.String(), " "))
	}
	fmt.Println("------------")
	// Output:
	// ------------
	//       ▄
	//      ▄▄█
	// ------------
}
