// Package soup makes random patterns that anyone can make again: the same words give
// the same cells on any machine, for good.
//
// # What a soup is
//
// A soup is written WxH:DENSITY:SYMMETRY, and a seed is any text. Cells stand at
// (0, 0) to (W-1, H-1), or, under a rule with a bounded grid, in its middle. DENSITY is the share of cells that are not dead, 0.375 or 37.5%;
// without it, it is a half. Where the rule has more than two states, those are shared
// out evenly among the live ones. SYMMETRY is one of those names by which censuses go:
//
//	C1                      none; the default
//	C2_1 C2_2 C2_4          turned by 180°, about a cell, an edge's middle, a corner
//	C4_1 C4_4               turned by 90°, about a cell, a corner
//	D2_+1 D2_+2             mirrored left to right, along a column, between two
//	D2_x                    mirrored at a diagonal
//	D4_+1 D4_+2 D4_+4       mirrored left to right and top to bottom
//	D4_x1 D4_x4             mirrored at both diagonals
//	D8_1 D8_4               all of these
//
// The number says whether width and height are odd (1), one of them is even (2), or
// both are (4); a size that does not fit is refused.
//
// # How cells are drawn
//
// The key of a ChaCha8 generator (math/rand/v2) is the SHA-256 of the seed. Cells are
// visited row by row. One whose image under the symmetry came before takes its state;
// any other takes a draw: it is alive when the low 32 bits of Uint64 are below
// DENSITY·2^32, rounded; where there are n > 1 live states, it is state 1 plus the high
// 32 bits times n, over 2^32, of the same draw.
package soup

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/rule"
)

// MaxCells bounds the cells of a soup, dead ones included.
const MaxCells = 1 << 28

// Soup is a kind of soup. Parse makes one.
type Soup struct {
	Width, Height int     // cells, at least 1
	Density       float64 // 0 to 1
	Symmetry      string  // one of Symmetries
}

// image maps a cell of a w×h soup to another.
type image func(x, y, w, h int) (int, int)

func turnHalf(x, y, w, h int) (int, int)      { return w - 1 - x, h - 1 - y }
func turnLeft(x, y, w, _ int) (int, int)      { return y, w - 1 - x }
func turnRight(x, y, _, h int) (int, int)     { return h - 1 - y, x }
func mirrorX(x, y, w, _ int) (int, int)       { return w - 1 - x, y }
func mirrorY(x, y, _, h int) (int, int)       { return x, h - 1 - y }
func transpose(x, y, _, _ int) (int, int)     { return y, x }
func antiTranspose(x, y, w, h int) (int, int) { return h - 1 - y, w - 1 - x }

// symmetry is a group of images, without the identity, and the sizes it is for.
type symmetry struct {
	name   string
	images []image
	fits   func(w, h int) bool
	want   string
}

func anySize(w, h int) bool    { return true }
func bothOdd(w, h int) bool    { return w%2 == 1 && h%2 == 1 }
func oneEven(w, h int) bool    { return (w+h)%2 == 1 }
func bothEven(w, h int) bool   { return w%2 == 0 && h%2 == 0 }
func oddWidth(w, h int) bool   { return w%2 == 1 }
func evenWidth(w, h int) bool  { return w%2 == 0 }
func square(w, h int) bool     { return w == h }
func oddSquare(w, h int) bool  { return w == h && w%2 == 1 }
func evenSquare(w, h int) bool { return w == h && w%2 == 0 }

var (
	half     = []image{turnHalf}
	quarter  = []image{turnHalf, turnLeft, turnRight}
	mirrors  = []image{turnHalf, mirrorX, mirrorY}
	diagonal = []image{turnHalf, transpose, antiTranspose}
	all      = []image{turnHalf, turnLeft, turnRight, mirrorX, mirrorY, transpose, antiTranspose}
)

var symmetries = []symmetry{
	{"C1", nil, anySize, ""},
	{"C2_1", half, bothOdd, "odd width and height"},
	{"C2_2", half, oneEven, "one odd side and an even one"},
	{"C2_4", half, bothEven, "even width and height"},
	{"C4_1", quarter, oddSquare, "a square with odd sides"},
	{"C4_4", quarter, evenSquare, "a square with even sides"},
	{"D2_+1", []image{mirrorX}, oddWidth, "an odd width"},
	{"D2_+2", []image{mirrorX}, evenWidth, "an even width"},
	{"D2_x", []image{transpose}, square, "a square"},
	{"D4_+1", mirrors, bothOdd, "odd width and height"},
	{"D4_+2", mirrors, oneEven, "one odd side and an even one"},
	{"D4_+4", mirrors, bothEven, "even width and height"},
	{"D4_x1", diagonal, oddSquare, "a square with odd sides"},
	{"D4_x4", diagonal, evenSquare, "a square with even sides"},
	{"D8_1", all, oddSquare, "a square with odd sides"},
	{"D8_4", all, evenSquare, "a square with even sides"},
}

// Symmetries returns the names of the symmetries.
func Symmetries() []string {
	var names []string
	for _, s := range symmetries {
		names = append(names, s.name)
	}
	return names
}

// Parse reads WxH, WxH:DENSITY or WxH:DENSITY:SYMMETRY.
func Parse(text string) (Soup, error) {
	s := Soup{Density: 0.5, Symmetry: "C1"}
	parts := strings.Split(text, ":")
	w, h, ok := strings.Cut(parts[0], "x")
	if !ok || len(parts) > 3 {
		return Soup{}, errors.New("want WIDTHxHEIGHT:DENSITY:SYMMETRY, such as 16x16 or 32x32:0.4:C4_4")
	}
	var err error
	if s.Width, err = parseSide(w); err == nil {
		s.Height, err = parseSide(h)
	}
	if err == nil && s.Width > MaxCells/s.Height {
		err = fmt.Errorf("found %s cells, want at most %d", parts[0], MaxCells)
	}
	if err == nil && len(parts) > 1 {
		s.Density, err = parseDensity(parts[1])
	}
	if err == nil && len(parts) > 2 {
		s.Symmetry = parts[2]
		err = s.check()
	}
	if err != nil {
		return Soup{}, err
	}
	return s, nil
}

func parseSide(text string) (int, error) {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("found a side of %q cells, want a number from 1", text)
	}
	return int(n), nil
}

func parseDensity(text string) (float64, error) {
	number, isPercent := strings.CutSuffix(text, "%")
	d, err := strconv.ParseFloat(number, 64)
	if isPercent {
		d /= 100
	}
	if err != nil || !(d >= 0 && d <= 1) {
		return 0, fmt.Errorf("found a density of %q, want 0 to 1, or 0%% to 100%%", text)
	}
	return d, nil
}

// check returns an error when the symmetry is unknown or does not fit the size.
func (s Soup) check() error {
	g := s.group()
	switch {
	case g == nil:
		return fmt.Errorf("unknown symmetry %q, want one of %s", s.Symmetry, strings.Join(Symmetries(), " "))
	case !g.fits(s.Width, s.Height):
		return fmt.Errorf("symmetry %s and size %dx%d do not go together, want %s", s.Symmetry, s.Width, s.Height, g.want)
	}
	return nil
}

// group returns the symmetry, or nil when it is unknown.
func (s Soup) group() *symmetry {
	i := slices.IndexFunc(symmetries, func(g symmetry) bool { return g.name == s.Symmetry })
	if i < 0 {
		return nil
	}
	return &symmetries[i]
}

// String returns the soup in the form that Parse reads.
func (s Soup) String() string {
	return fmt.Sprintf("%dx%d:%s:%s", s.Width, s.Height, strconv.FormatFloat(s.Density, 'g', -1, 64), s.Symmetry)
}

// Name returns the soup's name with a seed, from which ParseName makes both again:
// soup:WxH:DENSITY:SYMMETRY:SEED.
func (s Soup) Name(seed string) string { return Prefix + s.String() + ":" + seed }

// Prefix begins the name of each soup.
const Prefix = "soup:"

// ParseName reads what Name returns. The seed may hold anything.
func ParseName(name string) (s Soup, seed string, err error) {
	rest, ok := strings.CutPrefix(name, Prefix)
	parts := strings.SplitN(rest, ":", 4)
	if !ok || len(parts) < 4 {
		return Soup{}, "", fmt.Errorf("want %sWIDTHxHEIGHT:DENSITY:SYMMETRY:SEED", Prefix)
	}
	s, err = Parse(strings.Join(parts[:3], ":"))
	return s, parts[3], err
}

// Pattern returns the soup of a seed under rule r. The error is life.ErrOutOfRange
// when r is bounded and the soup does not fit its grid. It panics when s does not come
// from Parse. Cost: O(Width·Height).
func (s Soup) Pattern(r *rule.Rule, seed string) (*life.Pattern, error) {
	if err := s.check(); err != nil {
		panic("soup: " + err.Error())
	}
	grid, _ := r.Grid()
	left, top, err := s.place(grid)
	if err != nil {
		return nil, err
	}
	b := life.NewBuilder(r)
	d := newDrawing(s, r, seed)
	// Rows begin at a column where a word of the Builder does.
	west := left & 63
	row := make([]life.State, int(west)+s.Width)
	words := make([]uint64, (len(row)+63)/64)
	for y := range s.Height {
		d.row(y, row[west:])
		if r.States() == 2 {
			pack(words, row)
			b.SetRow(left-west, top+int64(y), words)
		} else {
			b.SetStates(left-west, top+int64(y), row)
		}
	}
	return b.Pattern(), nil
}

// drawing draws the cells of a soup, row by row.
type drawing struct {
	soup      Soup
	images    []image
	rnd       *rand.ChaCha8
	threshold uint64       // of the low half of a draw, for live cells
	live      uint64       // number of live states
	cells     []life.State // of the rows so far, where there are images to look up
}

func newDrawing(s Soup, r *rule.Rule, seed string) *drawing {
	d := &drawing{
		soup: s, images: s.group().images, rnd: rand.NewChaCha8(sha256.Sum256([]byte(seed))),
		threshold: uint64(math.Round(s.Density * (1 << 32))), live: uint64(max(1, r.States()-1)),
	}
	if len(d.images) > 0 {
		d.cells = make([]life.State, s.Width*s.Height)
	}
	return d
}

// row draws row y, the one after the last, into cells.
func (d *drawing) row(y int, cells []life.State) {
	rnd, threshold, live := d.rnd, d.threshold, d.live
	if d.cells == nil {
		for x := range cells {
			cells[x] = state(rnd.Uint64(), threshold, live)
		}
		return
	}
	for x := range cells {
		if from := d.soup.source(d.images, x, y); from >= 0 {
			cells[x] = d.cells[from]
		} else {
			cells[x] = state(rnd.Uint64(), threshold, live)
		}
		d.cells[y*d.soup.Width+x] = cells[x]
	}
}

// state returns the state of a cell. Whether it lives is as good as random, so that it takes no branch.
func state(draw, threshold, live uint64) life.State {
	isAlive := (draw&math.MaxUint32 - threshold) >> 63
	return life.State((1 + draw>>32*live>>32) * isAlive)
}

// pack sets words to the cells of a row, the first one in the lowest bit.
func pack(words []uint64, row []life.State) {
	for i := range words {
		var w uint64
		for k, v := range row[64*i : min(64*i+64, len(row))] {
			w |= uint64(v) << k
		}
		words[i] = w
	}
}

// place returns the first cell of the soup on a grid.
func (s Soup) place(g rule.Grid) (left, top int64, err error) {
	if g.Kind == rule.Infinite {
		return 0, 0, nil
	}
	w, h := int64(s.Width), int64(s.Height)
	if g.Width > 0 && w > g.Width || g.Height > 0 && h > g.Height {
		return 0, 0, fmt.Errorf("soup: found a soup of %dx%d cells, want one that fits the grid %s: %w", w, h, g, life.ErrOutOfRange)
	}
	left, top = g.Origin()
	if g.Width > 0 {
		left += (g.Width - w) / 2
	}
	if g.Height > 0 {
		top += (g.Height - h) / 2
	}
	return left, top, nil
}

// source returns the first cell before (x, y) that has the same state, or -1.
func (s Soup) source(images []image, x, y int) int {
	at := y*s.Width + x
	first := at
	for _, f := range images {
		ix, iy := f(x, y, s.Width, s.Height)
		first = min(first, iy*s.Width+ix)
	}
	if first == at {
		return -1
	}
	return first
}
