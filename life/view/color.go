package view

import "math"

// Color is a colour of a character: the terminal's own (Default), one of a
// numbered palette (Indexed), or red, green and blue (RGB).
type Color int32

// Default is the terminal's own foreground or background.
const Default Color = -1

const indexed Color = 1 << 24

// RGB returns the colour 0xRRGGBB.
func RGB(rgb int32) Color { return Color(rgb & 0xFFFFFF) }

// Indexed returns colour i of the terminal's 16 or 256.
func Indexed(i uint8) Color { return indexed | Color(i) }

// Index returns the number of an Indexed colour; ok is false for others.
func (c Color) Index() (i uint8, ok bool) { return uint8(c), c >= indexed }

// RGB returns the parts of a colour made by RGB; ok is false for others.
func (c Color) RGB() (r, g, b uint8, ok bool) {
	return uint8(c >> 16), uint8(c >> 8), uint8(c), c >= 0 && c < indexed
}

// Depth is how many colours a terminal has.
type Depth uint8

// The depths, from none to all.
const (
	Mono Depth = iota
	Colors16
	Colors256
	TrueColor
)

// DepthOf returns the depth for a number of colours as terminals report it.
func DepthOf(colors int) Depth {
	switch {
	case colors >= 1<<24:
		return TrueColor
	case colors >= 256:
		return Colors256
	case colors >= 8:
		return Colors16
	}
	return Mono
}

// At returns the nearest colour to c, which RGB made, that the depth has.
func (d Depth) At(c Color) Color {
	switch d {
	case TrueColor:
		return c
	case Colors256:
		return nearest256(c)
	case Colors16:
		return nearest(c, ansi16[:])
	}
	return Default
}

// ansi16 is the palette of the VGA text mode, which most terminals resemble.
var ansi16 = [16]int32{
	0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
	0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
}

func nearest(c Color, palette []int32) Color {
	best, at := math.MaxInt, 0
	for i, p := range palette {
		if d := Distance(c, RGB(p)); d < best {
			best, at = d, i
		}
	}
	return Indexed(uint8(at))
}

// Distance tells how far apart two colours made by RGB are, for comparisons. It
// weighs green over red over blue, roughly as the eye does.
func Distance(a, b Color) int {
	ar, ag, ab, _ := a.RGB()
	br, bg, bb, _ := b.RGB()
	r, g, bl := int(ar)-int(br), int(ag)-int(bg), int(ab)-int(bb)
	return 2*r*r + 4*g*g + bl*bl
}

// nearest256 looks in xterm's colour cube (16 to 231) and grey ramp (232 to 255).
func nearest256(c Color) Color {
	r, g, b, _ := c.RGB()
	cube := func(v uint8) int { // the cube's levels are 0, 95, 135, …, 255
		if v < 48 {
			return 0
		}
		return max(1, (int(v)-35)/40)
	}
	level := func(i int) int32 {
		if i == 0 {
			return 0
		}
		return int32(55 + 40*i)
	}
	cr, cg, cb := cube(r), cube(g), cube(b)
	inCube := RGB(level(cr)<<16 | level(cg)<<8 | level(cb))
	grey := min(max((int(r)+int(g)+int(b))/3-3, 0)/10, 23)
	inRamp := RGB(int32(8+10*grey) * 0x010101)
	if Distance(c, inRamp) < Distance(c, inCube) {
		return Indexed(uint8(232 + grey))
	}
	return Indexed(uint8(16 + 36*cr + 6*cg + cb))
}

// mix returns the colour a share t of the way from a to b.
func mix(a, b Color, t float64) Color {
	ar, ag, ab, _ := a.RGB()
	br, bg, bb, _ := b.RGB()
	part := func(x, y uint8) int32 { return int32(math.Round(float64(x) + t*(float64(y)-float64(x)))) }
	return RGB(part(ar, br)<<16 | part(ag, bg)<<8 | part(ab, bb))
}
