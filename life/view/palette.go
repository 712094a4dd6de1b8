package view

import (
	"math"

	"golife/life/rule"
)

// gamma lifts low densities: one live cell in a huge square must not vanish.
const gamma = 0.45

// code is what a dot shows: a class and a value in it.
type code uint16

// The classes.
const (
	classState code = iota << 8 // of the cell, at level 0
	classShade                  // of the square's density, above
	classAge                    // of History
	classLine                   // of the grid

	codeLine  = classLine
	codeTenth = classLine | 1
	allCodes  = 4 << 8
)

// Palette gives colours to what dots show. It is immutable.
type Palette struct {
	depth  Depth
	colors [allCodes]Color
}

// NewPalette returns the palette of the default theme for rule r on a terminal of
// depth d.
func NewPalette(d Depth, r *rule.Rule) *Palette { return DefaultTheme().Palette(d, r) }

// Depth returns the depth that the palette was made for.
func (p *Palette) Depth() Depth { return p.depth }

// Background returns the colour of dead cells.
func (p *Palette) Background() Color { return p.colors[classState] }

// State returns the colour of state s.
func (p *Palette) State(s uint8) Color { return p.colors[classState|code(s)] }

// isOn reports whether a dot is drawn as a part of a glyph rather than of its
// background.
func (c code) isOn() bool {
	v := c & 0xFF
	switch c & 0xFF00 {
	case classAge:
		return v != 0 && v <= maxAge
	case classLine:
		return false
	}
	return v != 0
}

// code returns what the square at place i of the samples shows.
func (p *Picture) code(i int) code {
	v := p.Samples[i]
	if p.Window.Level > 0 {
		if p.Inverted {
			v = 255 - v
		}
		return classShade | code(v)
	}
	if p.Inverted && v < 2 {
		v ^= 1
	}
	if p.Ages != nil && v < 2 {
		return classAge | code(p.Ages[i])
	}
	return classState | code(v)
}

// brightness returns how bright a density sample is drawn, 0 to 1.
func brightness(v int) float64 {
	if v == 0 {
		return 0
	}
	return 0.12 + 0.88*math.Pow(float64(v-1)/254, gamma)
}
