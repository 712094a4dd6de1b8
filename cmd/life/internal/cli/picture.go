package cli

import (
	"cmp"
	"os"
	"strings"

	"golife/life"
)

// The largest pattern that picture draws.
const (
	pictureWidth  = 60
	pictureHeight = 40
)

// hasBlocks reports whether the locale's characters are UTF-8.
func hasBlocks() bool {
	locale := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG"))
	locale = strings.ToLower(locale)
	return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
}

// picture draws the cells of a small pattern, or returns "" for an empty or a
// larger one. With letters a cell is one character, as in plaintext and RLE;
// without, two rows of a two-state pattern share a line of half blocks.
func picture(p *life.Pattern, asLetters bool) string {
	big, ok := p.Bounds()
	if !ok {
		return ""
	}
	r, ok := big.Rect()
	w, h := r.Max.X-r.Min.X, r.Max.Y-r.Min.Y
	if !ok || w > pictureWidth || h > pictureHeight {
		return ""
	}
	var b strings.Builder
	if asLetters || p.IsMultiState() {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			drawRow(&b, w, func(x int64) rune { return letter(p.Get(r.Min.X+x, y), p.IsMultiState()) })
		}
		return b.String()
	}
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		drawRow(&b, w, func(x int64) rune {
			top, bottom := p.Get(r.Min.X+x, y), p.Get(r.Min.X+x, y+1)
			return []rune(" ▀▄█")[top|bottom<<1]
		})
	}
	return b.String()
}

// drawRow writes an indented line of w characters.
func drawRow(b *strings.Builder, w int64, at func(x int64) rune) {
	row := make([]rune, w)
	for x := range row {
		row[x] = at(int64(x))
	}
	b.WriteString("  " + strings.TrimRight(string(row), " ") + "\n")
}

// letter returns the character of a state: as in plaintext for two states, as in
// RLE for up to 24, '#' beyond.
func letter(s life.State, isMulti bool) rune {
	switch {
	case s == 0:
		return '.'
	case !isMulti:
		return 'O'
	case s > 24:
		return '#'
	}
	return 'A' + rune(s) - 1
}
