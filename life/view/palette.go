package view

import (
	"math"

	"golife/life/rule"
)

// The default colours: a dark background of our own, so that light and dark
// terminals show the same; bone-white live cells; densities from blue to white.
const (
	deadRGB  = 0x0B0E14
	faintRGB = 0x2A5C8A
	midRGB   = 0x58B4DC
	liveRGB  = 0xF2EFE2
	oldRGB   = 0x6B1420 // the last dying state of a Generations rule
	youngRGB = 0xFFB020 // the first
)

// gamma lifts low densities: one live cell in a huge square must not vanish.
const gamma = 0.45

// Palette gives colours to samples. It is immutable.
type Palette struct {
	depth Depth
	state [256]Color // by state, at level 0
	shade [256]Color // by density, above
}

// NewPalette returns the default palette for rule r on a terminal of depth d.
// Two states are white on black; dying states of Generations rules fade from
// amber to dark red; the states of other families get hues far apart.
func NewPalette(d Depth, r *rule.Rule) *Palette {
	return NewStatePalette(d, func(s int) Color { return defaultState(r, s) })
}

// NewStatePalette returns a palette whose states have the given colours, made by RGB.
func NewStatePalette(d Depth, state func(s int) Color) *Palette {
	p := &Palette{depth: d}
	for i := range 256 {
		p.state[i] = d.At(state(i))
		p.shade[i] = d.At(density(i))
	}
	return p
}

func defaultState(r *rule.Rule, s int) Color {
	switch n := r.States(); {
	case s == 0:
		return RGB(deadRGB)
	case s == 1:
		return RGB(liveRGB)
	case r.Family() == rule.Generations && n > 2:
		return mix(RGB(youngRGB), RGB(oldRGB), float64(s-2)/float64(max(n-3, 1)))
	}
	return hue(s)
}

// hue returns one of a sequence of colours in which neighbours differ: steps of
// the golden angle around the colour wheel.
func hue(i int) Color {
	h := math.Mod(float64(i)*0.61803398875+0.35, 1) * 6
	part := func(offset float64) int32 {
		k := math.Mod(offset+h, 6)
		return int32(255 * (1 - 0.75*max(0, min(k, 4-k, 1))))
	}
	return RGB(part(5)<<16 | part(3)<<8 | part(1))
}

// brightness returns how bright a density sample is drawn, 0 to 1.
func brightness(v int) float64 {
	if v == 0 {
		return 0
	}
	return 0.12 + 0.88*math.Pow(float64(v-1)/254, gamma)
}

func density(v int) Color {
	switch t := brightness(v); {
	case v == 0:
		return RGB(deadRGB)
	case t < 0.5:
		return mix(RGB(faintRGB), RGB(midRGB), 2*t)
	default:
		return mix(RGB(midRGB), RGB(liveRGB), 2*t-1)
	}
}

// Depth returns the depth that the palette was made for.
func (p *Palette) Depth() Depth { return p.depth }

// Background returns the colour of dead cells.
func (p *Palette) Background() Color { return p.state[0] }

// State returns the colour of state s.
func (p *Palette) State(s uint8) Color { return p.state[s] }

// dot returns the colour of a sample, and whether it is drawn as a glyph rather
// than left as background. inverted says that the universe's background is live.
func (p *Palette) dot(v uint8, level int, inverted bool) (_ Color, on bool) {
	switch {
	case level == 0 && inverted && v < 2:
		v ^= 1
	case level > 0 && inverted:
		v = 255 - v
	}
	if level == 0 {
		return p.state[v], v != 0
	}
	return p.shade[v], v != 0
}
