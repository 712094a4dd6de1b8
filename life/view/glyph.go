package view

// Cell is one character of the screen.
type Cell struct {
	Rune   rune
	Fg, Bg Color
}

// Glyphs is a way to pack dots into characters. Characters are 1 × 2 dots.
type Glyphs uint8

// The ways to pack dots.
const (
	HalfBlocks Glyphs = iota // ▀ ▄ █, and ░ ▒ ▓ for densities without colours
	ASCII                    // ' . : and, for densities without colours, . : + #
)

// DotsX and DotsY are a character's width and height in dots.
const (
	DotsX = 1
	DotsY = 2
)

// packing holds the characters of a way to pack dots: indexed by 1 when the
// upper dot is on plus 2 when the lower is; and shades from empty to full.
type packing struct {
	dots   [4]rune
	shades []rune
}

var packings = [...]packing{
	HalfBlocks: {[4]rune{' ', '▀', '▄', '█'}, []rune(" ░▒▓█")},
	ASCII:      {[4]rune{' ', '\'', '.', ':'}, []rune(" .:+#")},
}

// Picture is a sampled window.
type Picture struct {
	Window   Window
	Samples  []uint8 // Window.Len() of them, as life.Sampler wrote them
	Inverted bool    // the background is live: samples tell what differs from it
}

// Painter draws pictures as characters.
type Painter struct {
	Palette *Palette
	Glyphs  Glyphs
}

// Size returns how many characters a window fills.
func (Painter) Size(w *Window) (columns, rows int) { return w.W / DotsX, w.H / DotsY }

// Paint writes the picture into dst, row-major, as many cells as Size says.
// Cost: O(screen), no allocation.
func (p Painter) Paint(dst []Cell, pic *Picture) {
	columns, rows := p.Size(&pic.Window)
	shaded := p.Palette.depth == Mono && pic.Window.Level > 0
	for y := range rows {
		for x := range columns {
			upper := pic.Samples[pic.Window.index(x, DotsY*y)]
			lower := pic.Samples[pic.Window.index(x, DotsY*y+1)]
			if shaded {
				dst[y*columns+x] = p.shade(upper, lower, pic.Inverted)
			} else {
				dst[y*columns+x] = p.pair(upper, lower, pic.Window.Level, pic.Inverted)
			}
		}
	}
}

// pair draws two dots. Where it can it leaves dead dots to the background, so
// that the characters alone tell the picture too.
func (p Painter) pair(upper, lower uint8, level int, inverted bool) Cell {
	up, upOn := p.Palette.dot(upper, level, inverted)
	low, lowOn := p.Palette.dot(lower, level, inverted)
	c := Cell{Fg: up, Bg: p.Palette.Background()}
	dots := &packings[p.Glyphs].dots
	switch {
	case !upOn && !lowOn:
		c.Rune, c.Fg = dots[0], c.Bg
	case !lowOn:
		c.Rune = dots[1]
	case !upOn:
		c.Rune, c.Fg = dots[2], low
	case up == low || p.Glyphs == ASCII:
		c.Rune = dots[3]
	default:
		c.Rune, c.Bg = dots[1], low
	}
	return c
}

// shade draws the density of two dots together, without colours.
func (p Painter) shade(upper, lower uint8, inverted bool) Cell {
	if inverted {
		upper, lower = 255-upper, 255-lower
	}
	shades := packings[p.Glyphs].shades
	t := (brightness(int(upper)) + brightness(int(lower))) / 2
	i := 0
	if t > 0 {
		i = 1 + min(int(t*float64(len(shades)-1)), len(shades)-2)
	}
	return Cell{Rune: shades[i], Fg: Default, Bg: Default}
}
