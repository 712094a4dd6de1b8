// Package view turns a universe into a grid of coloured characters: a camera
// with coordinates and zoom of any size, palettes, and glyphs. It knows no
// terminal and no engine, and draws nothing itself.
//
// # Dots
//
// A character is split into dots, as the Glyphs say: with the half blocks ▀ and ▄
// it is one dot wide and two dots high, which makes dots about square. All screen
// positions in this package are in dots, (0, 0) north-west.
//
// # Zoom
//
// Zoom z > 0 shows 2^z × 2^z cells as one dot; z = 0 one cell as one dot; z < 0
// one cell as 2^-z × 2^-z dots. Zoom changes in powers of two, so that squares
// of cells are quadtree nodes and an engine can tell their density in O(screen).
//
//	z = -1   z = 0   z = 1          z = 40
//	██       ▀       density of     density of
//	██               2 × 2 cells    2^40 × 2^40 cells
//
// # From engine to screen
//
//	Camera --Window--> life.View --Sampler--> samples --Painter--> []Cell
//
// A Window is what the camera sees, as squares that a life.Sampler takes. A
// Painter colours the samples by a Palette and packs dots into Glyphs.
//
// # Limits
//
// Coordinates are *big.Int without limit; zoom runs from MinZoom to MaxZoom.
package view
