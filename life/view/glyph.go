package view

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Glyphs is a way to pack dots into characters.
type Glyphs uint8

// The ways to pack dots. A character is about twice as high as wide, so that
// dots are about square in FullCells, HalfBlocks, Octants, Braille and ASCII; in
// Quadrants they are twice as high as wide, in Sextants a third higher.
const (
	HalfBlocks Glyphs = iota // ▀ ▄ █: 1 × 2 dots, each with its own colour
	FullCells                // ██: a dot is two characters wide
	Quadrants                // ▖ ▞ ▙: 2 × 2 dots in two colours
	Sextants                 // 🬀 🬞 🬺: 2 × 3 dots in two colours (Unicode 13)
	Octants                  // 2 × 4 dots in two colours (Unicode 16)
	Braille                  // ⠁ ⠶ ⣿: 2 × 4 dots in one colour
	ASCII                    // ' . : 1 × 2 dots in one colour
	Auto                     // what For chooses
)

// packing is what a way to pack dots consists of.
type packing struct {
	name    string
	about   string
	columns int    // that a character's dots are wide on the screen
	w, h    int    // dots of a character
	isBlock bool   // dots that are off can have a colour too
	chars   string // by the dots that are on: dot (x, y) is bit y·w+x; "" where they are computed
	greys   string // from empty to full, for densities without colours; "": dots are dithered

	runes, shades []rune // chars and greys, in drawn
}

// packings is in the order of the constants. The linker lays it out: most runs of a
// program draw nothing.
var packings = [...]packing{
	HalfBlocks: {"half", "half blocks: 1 × 2 cells a character", 1, 1, 2, true, " ▀▄█", " ░▒▓█", nil, nil},
	FullCells:  {"full", "full cells: a cell is two characters wide", 2, 1, 1, true, " █", " ░▒▓█", nil, nil},
	Quadrants:  {"quadrant", "quadrants: 2 × 2 cells a character", 1, 2, 2, true, " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█", "", nil, nil},
	Sextants:   {"sextant", "sextants: 2 × 3 cells a character", 1, 2, 3, true, "", "", nil, nil},
	Octants:    {"octant", "octants: 2 × 4 cells a character, in new fonts", 1, 2, 4, true, "", "", nil, nil},
	Braille:    {"braille", "braille: 2 × 4 cells a character", 1, 2, 4, false, "", "", nil, nil},
	ASCII:      {"ascii", "ASCII: 1 × 2 cells a character", 1, 1, 2, false, " '.:", " .:+#", nil, nil},
}

// drawn is packings with all characters, for who draws.
var drawn = sync.OnceValue(func() *[len(packings)]packing {
	t := packings
	for i := range t {
		t[i].runes = []rune(t[i].chars)
		if t[i].greys != "" {
			t[i].shades = []rune(t[i].greys)
		}
	}
	t[Sextants].runes, t[Octants].runes, t[Braille].runes = sextants(), octants(), braille()
	return &t
})

// maxDots is the largest number of dots of a character.
const maxDots = 8

// sextants returns the characters of 2 × 3 dots. Source: The Unicode Standard
// 13.0, "Symbols for Legacy Computing": U+1FB00 on in the order of the dots as a
// binary number, without the four that were there before.
func sextants() []rune {
	known := map[int]rune{0: ' ', 0b010101: '▌', 0b101010: '▐', 0b111111: '█'}
	return inOrder(64, 0x1FB00, known)
}

// octants returns the characters of 2 × 4 dots. Source: The Unicode Standard
// 16.0, "Symbols for Legacy Computing Supplement": U+1CD00 on, in the same way.
func octants() []rune {
	known := map[int]rune{
		0x00: ' ', 0xFF: '█', 0x0F: '▀', 0xF0: '▄', 0x55: '▌', 0xAA: '▐', // halves
		0x05: '▘', 0x0A: '▝', 0x50: '▖', 0xA0: '▗', 0xA5: '▚', 0x5A: '▞', // quadrants
		0x5F: '▛', 0xAF: '▜', 0xF5: '▙', 0xFA: '▟',
		0xC0: '▂', 0xFC: '▆', 0x03: '\U0001FB82', 0x3F: '\U0001FB85', // quarters
		0x01: '\U0001CEA8', 0x02: '\U0001CEAB', 0x40: '\U0001CEA3', 0x80: '\U0001CEA0', // corners
		0x14: '\U0001FBE6', 0x28: '\U0001FBE7', // middle quarters of a side
	}
	return inOrder(256, 0x1CD00, known)
}

func inOrder(n int, next rune, known map[int]rune) []rune {
	runes := make([]rune, n)
	for i := range runes {
		if c, ok := known[i]; ok {
			runes[i] = c
			continue
		}
		runes[i] = next
		next++
	}
	return runes
}

// braille returns the characters of 2 × 4 dots of the block Braille Patterns,
// whose bits count down the columns, the lowest row last.
func braille() []rune {
	bits := [8]rune{0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80}
	runes := make([]rune, 256)
	for i := range runes {
		for dot, b := range bits {
			if i>>dot&1 != 0 {
				runes[i] |= b
			}
		}
		runes[i] += 0x2800
	}
	runes[0] = ' '
	return runes
}

// pack returns the packing; Auto is drawn as HalfBlocks.
func (g Glyphs) pack() *packing {
	if g == Auto {
		g = HalfBlocks
	}
	return &drawn()[g]
}

// For returns the glyphs to use on a terminal: ASCII when its characters are not
// those of Unicode, HalfBlocks for Auto, since all fonts have them and their dots
// are square with a colour each; else g.
func (g Glyphs) For(isUnicode bool) Glyphs {
	switch {
	case !isUnicode:
		return ASCII
	case g == Auto:
		return HalfBlocks
	}
	return g
}

// GlyphNames returns the names that ParseGlyphs takes.
func GlyphNames() []string {
	names := []string{"auto"}
	for _, p := range packings {
		names = append(names, p.name)
	}
	return names
}

// ParseGlyphs returns the glyphs of a name.
func ParseGlyphs(name string) (Glyphs, error) {
	if name == "auto" {
		return Auto, nil
	}
	i := slices.IndexFunc(packings[:], func(p packing) bool { return p.name == name })
	if i < 0 {
		return 0, fmt.Errorf("glyphs %q are not known, want %s", name, strings.Join(GlyphNames(), ", "))
	}
	return Glyphs(i), nil
}

// String returns the name.
func (g Glyphs) String() string {
	if g == Auto {
		return "auto"
	}
	return packings[g].name
}

// About says in a few words what the glyphs are.
func (g Glyphs) About() string { return g.pack().about }

// Next returns the glyphs after g, ASCII followed by the first.
func (g Glyphs) Next() Glyphs { return (g + 1) % Glyphs(len(packings)) }

// Dots returns how many dots a screen of columns × rows characters has, one at least.
func (g Glyphs) Dots(columns, rows int) (w, h int) {
	p := g.pack()
	return max(columns/p.columns, 1) * p.w, max(rows, 1) * p.h
}

// Dot returns the north-west dot of the character at (column, row).
func (g Glyphs) Dot(column, row int) (x, y int) {
	p := g.pack()
	return floorDiv(column, p.columns) * p.w, row * p.h
}

// Character returns the first character that shows dot (x, y).
func (g Glyphs) Character(x, y int) (column, row int) {
	p := g.pack()
	return floorDiv(x, p.w) * p.columns, floorDiv(y, p.h)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
