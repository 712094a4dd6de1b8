package main

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"os"
	"strings"

	"golife/bench"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The size of a picture.
const width, height = 16 * vg.Centimeter, 9.5 * vg.Centimeter

// colors are told apart by the colour-blind too (Okabe and Ito, "Color Universal
// Design", 2002).
var colors = []color.Color{
	color.RGBA{0x00, 0x72, 0xB2, 0xFF},
	color.RGBA{0xD5, 0x5E, 0x00, 0xFF},
	color.RGBA{0x00, 0x9E, 0x73, 0xFF},
	color.RGBA{0xCC, 0x79, 0xA7, 0xFF},
	color.RGBA{0xE6, 0x9F, 0x00, 0xFF},
	color.RGBA{0x56, 0xB4, 0xE9, 0xFF},
}

// draw writes the picture as SVG.
func (c chart) draw(name string, lines []line, m bench.Machine) error {
	p := plot.New()
	style := font.Font{Typeface: "Liberation", Variant: "Sans"}
	for _, f := range []*font.Font{
		&p.Title.TextStyle.Font, &p.X.Label.TextStyle.Font, &p.Y.Label.TextStyle.Font,
		&p.X.Tick.Label.Font, &p.Y.Tick.Label.Font, &p.Legend.TextStyle.Font,
	} {
		size := f.Size
		*f = style
		f.Size = size
	}
	p.Title.Text = c.title + "\n" + m.CPU
	p.Title.TextStyle.Font.Size = vg.Points(11)
	p.Title.Padding = vg.Points(6)
	p.X.Label.Text, p.Y.Label.Text = c.x, c.y
	p.BackgroundColor = color.White
	lines = c.scale(p, lines)
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = color.Gray{0xE4}, color.Gray{0xE4}
	p.Add(grid)
	for i, l := range lines {
		if err := addLine(p, l, i); err != nil {
			return err
		}
	}
	c.fit(p)
	p.Legend.Top, p.Legend.Left = true, !c.falls
	p.Legend.Padding, p.Legend.YOffs, p.Legend.XOffs = vg.Points(3), -vg.Points(4), vg.Points(8)
	if c.falls {
		p.Legend.XOffs = -vg.Points(8)
	}
	return save(p, name)
}

// save writes the plot. Browsers seldom have the font that it is measured with;
// those named after it are as wide.
func save(p *plot.Plot, name string) error {
	w, err := p.WriterTo(width, height, "svg")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		return err
	}
	text := strings.ReplaceAll(b.String(), "font-family:Liberation Sans", "font-family:Liberation Sans,Arial,Helvetica,sans-serif")
	return os.WriteFile(name, []byte(text), 0o644)
}

// addLine adds a curve with points, dashed for what is not ours.
func addLine(p *plot.Plot, l line, i int) error {
	curve, points, err := plotter.NewLinePoints(l.points)
	if err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	curve.Color, curve.Width = colors[i%len(colors)], vg.Points(1.8)
	points.Color, points.Shape, points.Radius = curve.Color, draw.CircleGlyph{}, vg.Points(2.4)
	if l.isPeer {
		curve.Dashes, curve.Width = []vg.Length{vg.Points(5), vg.Points(3)}, vg.Points(1.3)
	}
	if len(l.points) > 20 {
		points.Radius = vg.Points(1.2)
	}
	p.Add(curve, points)
	p.Legend.Add(l.name, curve, points)
	return nil
}

// scale chooses the axes. Logarithms are taken here and not by the library, which
// then misplaces the label of the y axis.
func (c chart) scale(p *plot.Plot, lines []line) []line {
	if c.startsAtZero {
		p.X.Tick.Marker, p.Y.Tick.Marker = wholeTicks{}, siTicks{}
		return lines
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = logTicks{}, logTicks{}
	if c.ticksAtPoints {
		p.X.Tick.Marker = pointTicks(lines)
	}
	var out []line
	for _, l := range lines {
		points := make(plotter.XYs, len(l.points))
		for i, q := range l.points {
			points[i] = plotter.XY{X: math.Log10(q.X), Y: math.Log10(q.Y)}
		}
		out = append(out, line{l.name, points, l.isPeer})
	}
	return out
}

// headroom is what fit leaves above the curves for the legend, as a share of
// their height.
const headroom = 0.4

// fit widens the axes.
func (c chart) fit(p *plot.Plot) {
	if c.startsAtZero {
		p.X.Min, p.Y.Min = 0, 0
		p.X.Max *= 1.05
		p.Y.Max *= 1 + headroom
		return
	}
	high, wide := p.Y.Max-p.Y.Min, p.X.Max-p.X.Min
	p.Y.Min, p.Y.Max = p.Y.Min-high/12, p.Y.Max+headroom*high
	p.X.Min, p.X.Max = p.X.Min-wide/40, p.X.Max+wide/20
}

// pointTicks returns ticks of a logarithmic axis where the lines have points.
func pointTicks(lines []line) plot.ConstantTicks {
	var ticks []plot.Tick
	seen := map[float64]bool{}
	for _, l := range lines {
		for _, p := range l.points {
			if !seen[p.X] {
				seen[p.X] = true
				ticks = append(ticks, plot.Tick{Value: math.Log10(p.X), Label: plain(p.X)})
			}
		}
	}
	return ticks
}

// wholeTicks are at whole numbers.
type wholeTicks struct{}

// Ticks implements plot.Ticker.
func (wholeTicks) Ticks(_, to float64) (ticks []plot.Tick) {
	for v := 0.0; v <= to; v++ {
		ticks = append(ticks, plot.Tick{Value: v, Label: plain(v)})
	}
	return ticks
}

// siTicks are the library's ticks with labels such as 10 G.
type siTicks struct{ plot.DefaultTicks }

// Ticks implements plot.Ticker.
func (t siTicks) Ticks(from, to float64) []plot.Tick {
	ticks := t.DefaultTicks.Ticks(from, to)
	for i := range ticks {
		if ticks[i].Label != "" {
			ticks[i].Label = si(ticks[i].Value)
		}
	}
	return ticks
}

// logTicks are for an axis of decimal logarithms.
type logTicks struct{}

// Ticks implements plot.Ticker.
func (logTicks) Ticks(from, to float64) (ticks []plot.Tick) {
	for decade := math.Floor(from); decade <= to; decade++ {
		for i := 1.0; i < 10; i++ {
			v := decade + math.Log10(i)
			if v < from || v > to {
				continue
			}
			t := plot.Tick{Value: v}
			if i == 1 {
				t.Label = si(math.Pow(10, decade))
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// si writes a number with a prefix.
func si(v float64) string {
	for _, p := range []struct {
		from float64
		sign string
	}{{1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e3, " k"}} {
		if v >= p.from*0.999 {
			return fmt.Sprintf("%.4g%s", v/p.from, p.sign)
		}
	}
	return fmt.Sprintf("%.4g", v)
}
