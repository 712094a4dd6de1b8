package record

import (
	"image"
	"image/color"
	"image/png"
	"slices"

	"golife/life/view"
)

// maxColors is how many colours an indexed image holds.
const maxColors = 256

// dots paints a picture.
func dots(o *Options, p *view.Picture) []view.Color {
	d := make([]view.Color, p.Window.W*p.Window.H)
	o.Painter.PaintDots(d, p)
	return d
}

// indexed returns the rectangle r of dots, w of them a row, as an image of which each
// dot is a square of scale pixels. Beyond maxColors colours the rarer are replaced
// by the nearest of the others.
func indexed(d []view.Color, w int, r image.Rectangle, scale int) *image.Paletted {
	counts := map[view.Color]int{}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, c := range d[y*w+r.Min.X : y*w+r.Max.X] {
			counts[c]++
		}
	}
	table := make([]view.Color, 0, len(counts))
	for c := range counts {
		table = append(table, c)
	}
	slices.SortFunc(table, func(a, b view.Color) int {
		if n := counts[b] - counts[a]; n != 0 {
			return n
		}
		return int(a - b)
	})
	index := map[view.Color]uint8{}
	for i, c := range table {
		if i < maxColors {
			index[c] = uint8(i)
		} else {
			index[c] = nearest(table[:maxColors], c)
		}
	}
	img := image.NewPaletted(image.Rect(0, 0, r.Dx()*scale, r.Dy()*scale), paletteOf(table[:min(len(table), maxColors)]))
	for y := range r.Dy() {
		row := img.Pix[y*scale*img.Stride:][:img.Stride]
		for x := range r.Dx() {
			i := index[d[(r.Min.Y+y)*w+r.Min.X+x]]
			for k := range scale {
				row[x*scale+k] = i
			}
		}
		for k := 1; k < scale; k++ {
			copy(img.Pix[(y*scale+k)*img.Stride:], row)
		}
	}
	return img
}

func nearest(table []view.Color, c view.Color) (at uint8) {
	best := 1 << 30
	for i, t := range table {
		if d := view.Distance(t, c); d < best {
			best, at = d, uint8(i)
		}
	}
	return at
}

func paletteOf(table []view.Color) (p color.Palette) {
	for _, c := range table {
		r, g, b, _ := c.RGB()
		p = append(p, color.RGBA{r, g, b, 255})
	}
	return p
}

func writePNG(s *still, p *view.Picture) error {
	w := p.Window.W
	img := indexed(dots(&s.Options, p), w, image.Rect(0, 0, w, p.Window.H), s.Scale)
	return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(s, img)
}
