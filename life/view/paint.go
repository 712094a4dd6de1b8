package view

import "math/bits"

// Cell is one character of the screen.
type Cell struct {
	Rune   rune
	Fg, Bg Color
}

// Painter draws pictures as characters.
type Painter struct {
	Palette *Palette
	Glyphs  Glyphs
	Grid    bool // lines between cells that are large enough, where there are colours; see GridScale
}

// Size returns how many characters a window fills.
func (p Painter) Size(w *Window) (columns, rows int) {
	g := p.Glyphs.pack()
	return w.W / g.w * g.columns, w.H / g.h
}

// Paint writes the picture into dst, row-major, as many cells as Size says. It
// leaves dead dots to the background, so that the characters alone tell the
// picture too. Cost: O(screen), no allocation.
func (p Painter) Paint(dst []Cell, pic *Picture) {
	g := p.Glyphs.pack()
	columns, rows := p.Size(&pic.Window)
	grid := p.grid(&pic.Window)
	isShaded := p.Palette.depth == Mono && pic.Window.Level > 0
	var dots, before [maxDots]code
	var c Cell
	for y := range rows {
		line := dst[y*columns : (y+1)*columns]
		for x := 0; x < columns; x += g.columns {
			collect(dots[:g.w*g.h], g, pic, x/g.columns*g.w, y*g.h, &grid)
			switch {
			case dots == before && x > 0: // most often so: the character is that of its dots alone
			case !isShaded:
				c = p.character(g, dots[:g.w*g.h])
			case g.shades != nil:
				c = shade(g, dots[:g.w*g.h])
			default:
				c = dither(g, dots[:g.w*g.h])
			}
			before = dots
			for i := range g.columns {
				line[x+i] = c
			}
		}
	}
}

// collect finds what the dots of the character at dot (x, y) show.
func collect(dots []code, g *packing, pic *Picture, x, y int, grid *grid) {
	w := &pic.Window
	shift := bits.TrailingZeros(uint(w.Scale))
	for j := range g.h {
		row := (w.OffY + y + j) >> shift * w.Width
		for i := range g.w {
			dot := &dots[j*g.w+i]
			*dot = pic.code(row + (w.OffX+x+i)>>shift)
			if grid.isOn {
				if c, ok := grid.at(w, x+i, y+j); ok {
					*dot = c
				}
			}
		}
	}
}

// character draws dots in two colours.
func (p Painter) character(g *packing, dots []code) Cell {
	if len(dots) == 2 && g.isBlock && dots[0].isOn() && dots[1].isOn() {
		return p.pair(g, p.Palette.colors[dots[0]], p.Palette.colors[dots[1]])
	}
	return p.glyph(g, dots)
}

// glyph is character for any dots.
func (p Painter) glyph(g *packing, dots []code) Cell {
	on, all := 0, 1<<len(dots)-1
	for i, c := range dots {
		if c.isOn() {
			on |= 1 << i
		}
	}
	background := p.Palette.Background()
	switch {
	case on == 0:
		return p.dead(g, dots)
	case on < all && g.isBlock:
		return Cell{g.runes[on], p.blend(dots, on), p.blend(dots, all&^on)}
	case on < all || !g.isBlock:
		return Cell{g.runes[on], p.blend(dots, on), background}
	}
	first := p.split(dots)
	if first != all {
		c := Cell{g.runes[first], p.blend(dots, first), p.blend(dots, all&^first)}
		if c.Fg != c.Bg {
			return c
		}
	}
	return Cell{g.runes[all], p.blend(dots, all), background}
}

// pair draws two dots that are on: what glyph does, but at once, as
// most of a wide view of a dense universe are such.
func (p Painter) pair(g *packing, first, second Color) Cell {
	if first == second {
		return Cell{g.runes[3], first, p.Palette.Background()}
	}
	return Cell{g.runes[1], first, second}
}

// dead draws dots none of which is on, but which may show traces or grid lines.
func (p Painter) dead(g *packing, dots []code) Cell {
	background := p.Palette.Background()
	marks := 0
	for i, c := range dots {
		if p.Palette.colors[c] != background {
			marks |= 1 << i
		}
	}
	switch {
	case marks == 0:
		return Cell{' ', background, background}
	case !g.isBlock:
		return Cell{g.runes[marks], p.blend(dots, marks), background}
	}
	first := p.split(dots) & marks
	if first == 0 {
		first = marks
	}
	rest := (1<<len(dots) - 1) &^ first
	if rest == 0 {
		c := p.blend(dots, first)
		return Cell{' ', c, c}
	}
	return Cell{g.runes[first], p.blend(dots, first), p.blend(dots, rest)}
}

// split returns those of dots that are to share a colour with the first one: for
// densities, those on its side of the mean; else, those of the commonest colour,
// or of any other, as the first one is.
func (p Painter) split(dots []code) (first int) {
	isSide := func(c code) bool { return p.Palette.colors[c] == p.Palette.colors[dots[0]] }
	if dots[0]&0xFF00 == classShade {
		sum := 0
		for _, c := range dots {
			sum += int(c & 0xFF)
		}
		isSide = func(c code) bool {
			return (int(c&0xFF)*len(dots) >= sum) == (int(dots[0]&0xFF)*len(dots) >= sum)
		}
	} else if common := p.commonest(dots, 1<<len(dots)-1); common != p.Palette.colors[dots[0]] {
		isSide = func(c code) bool { return p.Palette.colors[c] != common }
	}
	for i, c := range dots {
		if isSide(c) {
			first |= 1 << i
		}
	}
	return first
}

// blend returns one colour for some of the dots: that of the mean density, or the
// commonest.
func (p Painter) blend(dots []code, which int) Color {
	if dots[0]&0xFF00 != classShade {
		return p.commonest(dots, which)
	}
	sum, n := 0, bits.OnesCount(uint(which))
	for i, c := range dots {
		if which>>i&1 != 0 {
			sum += int(c & 0xFF)
		}
	}
	return p.Palette.colors[classShade|code((sum+n/2)/n)]
}

// commonest returns the colour that most of some dots have; of several, the first.
func (p Painter) commonest(dots []code, which int) (best Color) {
	best = p.Palette.colors[dots[bits.TrailingZeros(uint(which))]]
	most := 0
	for i, c := range dots {
		// One that is like the best has been counted with it.
		if which>>i&1 == 0 || most > 0 && p.Palette.colors[c] == best {
			continue
		}
		n := 0
		for j, d := range dots[i:] {
			if which>>(i+j)&1 != 0 && p.Palette.colors[d] == p.Palette.colors[c] {
				n++
			}
		}
		if n > most {
			most, best = n, p.Palette.colors[c]
		}
	}
	return best
}

// shade draws the density of all dots together, without colours.
func shade(g *packing, dots []code) Cell {
	t := 0.0
	for _, c := range dots {
		t += brightness(int(c & 0xFF))
	}
	t /= float64(len(dots))
	i := 0
	if t > 0 {
		i = 1 + min(int(t*float64(len(g.shades)-1)), len(g.shades)-2)
	}
	return Cell{Rune: g.shades[i], Fg: Default, Bg: Default}
}

// thresholds order the dots of a character, two a row, so that those that are on
// are spread: a Bayer matrix.
var thresholds = [maxDots]float64{1. / 16, 9. / 16, 13. / 16, 5. / 16, 3. / 16, 11. / 16, 15. / 16, 7. / 16}

// dither draws densities by how many dots are on, without colours. Where there is
// a cell, one dot is.
func dither(g *packing, dots []code) Cell {
	on, brightest := 0, 0
	for i, c := range dots {
		if brightness(int(c&0xFF)) > thresholds[i] {
			on |= 1 << i
		}
		if c&0xFF > dots[brightest]&0xFF {
			brightest = i
		}
	}
	if on == 0 && dots[brightest]&0xFF != 0 {
		on = 1 << brightest
	}
	return Cell{Rune: g.runes[on], Fg: Default, Bg: Default}
}

// PaintDots writes the colour of each dot of the picture into dst, row-major, as
// many as the window has. The glyphs do not matter, but for where the grid
// begins. Cost: O(dots), no allocation.
func (p Painter) PaintDots(dst []Color, pic *Picture) {
	w := &pic.Window
	grid := p.grid(w)
	shift := bits.TrailingZeros(uint(w.Scale))
	for y := range w.H {
		row := (w.OffY + y) >> shift * w.Width
		for x := range w.W {
			c := pic.code(row + (w.OffX+x)>>shift)
			if grid.isOn {
				if line, ok := grid.at(w, x, y); ok {
					c = line
				}
			}
			dst[y*w.W+x] = p.Palette.colors[c]
		}
	}
}
