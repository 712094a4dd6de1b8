package view

import "math/big"

// grid tells where there are lines between cells.
type grid struct {
	isOn bool
	x, y int // how far the first square is from the last tenth line, 0 to 9
}

// GridScale returns how many dots wide a cell must be for lines beside it: they
// take the room of a dot.
func (g Glyphs) GridScale() int {
	if g == FullCells {
		return 4
	}
	return 8
}

// grid returns the lines of a window. Lines need room and colours.
func (p Painter) grid(w *Window) grid {
	if !p.Grid || w.Scale < p.Glyphs.GridScale() || p.Palette.depth == Mono || !p.Glyphs.pack().isBlock {
		return grid{}
	}
	return grid{true, tenth(w.X), tenth(w.Y)}
}

func tenth(v *big.Int) int { return int(new(big.Int).Mod(v, big.NewInt(10)).Int64()) }

// at returns the line at dot (x, y); ok is false where there is none. Lines are the
// west-most and the north-most dots of a square.
func (g *grid) at(w *Window, x, y int) (c code, ok bool) {
	x, y = x+w.OffX, y+w.OffY
	mask := w.Scale - 1
	isX, isY := x&mask == 0, y&mask == 0
	switch {
	case isX && (g.x+x/w.Scale)%10 == 0, isY && (g.y+y/w.Scale)%10 == 0:
		return codeTenth, true
	case isX || isY:
		return codeLine, true
	}
	return 0, false
}
