package view

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life/rule"
)

// named returns the dots whose numbers, counted in rows from 1, are given.
func named(numbers string) (mask int) {
	for _, c := range numbers {
		mask |= 1 << (c - '1')
	}
	return mask
}

// TestCharactersOfUnicode checks the tables by names of the standard. Source: The
// Unicode Standard 16.0, NamesList: BLOCK SEXTANT-…, BLOCK OCTANT-…, and BRAILLE
// PATTERN DOTS-…, whose dots are numbered 1 2 3 7 and 4 5 6 8 down the columns.
func TestCharactersOfUnicode(t *testing.T) {
	for _, tt := range []struct {
		g       Glyphs
		numbers string
		want    rune
	}{
		{Sextants, "1", 0x1FB00}, {Sextants, "15", 0x1FB10}, {Sextants, "236", 0x1FB24},
		{Sextants, "56", 0x1FB2D}, {Sextants, "23456", 0x1FB3B}, {Sextants, "135", '▌'},
		{Octants, "3", 0x1CD00}, {Octants, "23", 0x1CD01}, {Octants, "123", 0x1CD02}, {Octants, "4", 0x1CD03},
		{Octants, "1245", 0x1CD13}, {Octants, "237", 0x1CD3B}, {Octants, "1278", 0x1CDAE},
		{Octants, "1235678", 0x1CDE0}, {Octants, "2345678", 0x1CDE5}, {Octants, "13", '▘'},
		{Braille, "1", 0x2801}, {Braille, "3", 0x2802}, {Braille, "2", 0x2808}, {Braille, "7", 0x2840},
		{Braille, "8", 0x2880}, {Braille, "12345678", 0x28FF},
		{Quadrants, "14", '▚'}, {Quadrants, "24", '▐'}, {Quadrants, "234", '▟'},
	} {
		if got := tt.g.pack().runes[named(tt.numbers)]; got != tt.want {
			t.Errorf("%v, dots %s: %U, want %U", tt.g, tt.numbers, got, tt.want)
		}
	}
	for g := range Auto {
		p := g.pack()
		if n := 1 << (p.w * p.h); len(p.runes) != n || p.w*p.h > maxDots {
			t.Fatalf("%v: %d characters, want %d", g, len(p.runes), n)
		}
		seen := map[rune]bool{}
		for i, c := range p.runes {
			if seen[c] || (c == ' ') != (i == 0) {
				t.Errorf("%v: dots %b are %q again", g, i, c)
			}
			seen[c] = true
		}
	}
}

// render is the slow twin of Paint for cells in two states: each dot of the screen
// is looked up by the camera, and written as on or off.
func render(c Camera, live func(x, y int64) bool) string {
	var b strings.Builder
	for y := range c.h {
		for x := range c.w {
			cx, cy := c.ToCell(x, y)
			if live(cx.Int64(), cy.Int64()) {
				b.WriteByte('#')
			} else {
				b.WriteByte('.')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// unpack turns characters back into dots.
func unpack(g Glyphs, cells []Cell, columns int) string {
	p := g.pack()
	var b strings.Builder
	for y := 0; y < len(cells); y += columns {
		for j := range p.h {
			for x := 0; x < columns; x += p.columns {
				mask := strings.IndexRune(string(p.runes), cells[y+x].Rune)
				mask = len([]rune(string(p.runes)[:mask]))
				for i := range p.w {
					b.WriteByte(".#"[mask>>(j*p.w+i)&1])
				}
			}
		}
		b.WriteByte('\n')
	}
	return strings.ReplaceAll(b.String(), "\n", "")
}

// TestPaintShowsTheCells compares what is painted, without colours, with the cells
// of random soups under random cameras, in all glyphs.
func TestPaintShowsTheCells(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 3))
		g := Glyphs(rng.IntN(int(Auto)))
		columns, rows := 2+2*rng.IntN(20), 1+rng.IntN(12)
		e := soup(t, []string{"B3/S23", "B03/S23"}[rng.IntN(2)], 1+rng.IntN(60), seed)
		c := NewCamera(g.Dots(columns, rows)).Pan(rng.IntN(40)-20, rng.IntN(40)-20).ZoomBy(-rng.IntN(4))
		pic := Take(e, c)
		p := Painter{Palette: NewPalette(Mono, e.Rule()), Glyphs: g, Grid: true}
		n, m := p.Size(&pic.Window)
		cells := make([]Cell, n*m)
		p.Paint(cells, &pic)
		if n != columns || m != rows {
			t.Fatalf("seed %d: %d × %d characters, want %d × %d", seed, n, m, columns, rows)
		}
		alive := map[[2]int64]bool{}
		for p := range e.Cells(cellRect(pic.Window.View)) {
			alive[[2]int64{p.X, p.Y}] = true
		}
		want := render(c, func(x, y int64) bool { return alive[[2]int64{x, y}] != pic.Inverted })
		if got := unpack(g, cells, columns); got != strings.ReplaceAll(want, "\n", "") {
			t.Fatalf("seed %d, %v, zoom %d:\n%s\nwant\n%s", seed, g, c.Zoom(), got, want)
		}
	}
}

// TestColorsAreThoseOfTheDots: with colours, a half block shows each dot exactly,
// and other glyphs only colours that a dot of the character has.
func TestColorsAreThoseOfTheDots(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 4))
		g := Glyphs(rng.IntN(int(Auto)))
		e := soup(t, []string{"B3/S23", "/2/3", "/2/30"}[rng.IntN(3)], 40, seed)
		c := NewCamera(g.Dots(30, 8)).ZoomBy(-rng.IntN(3))
		var h History
		pic := Take(e, c)
		if rng.IntN(2) == 0 {
			h.Add(&pic, e.Generation())
		}
		p := Painter{Palette: NewPalette(TrueColor, e.Rule()), Glyphs: g}
		n, m := p.Size(&pic.Window)
		cells := make([]Cell, n*m)
		p.Paint(cells, &pic)
		for i, cell := range cells {
			checkColors(t, p, &pic, i%n, i/n, cell)
			if t.Failed() {
				t.Fatalf("seed %d, %v, zoom %d, character %d, %d", seed, g, c.Zoom(), i%n, i/n)
			}
		}
	}
}

func checkColors(t *testing.T, p Painter, pic *Picture, column, row int, cell Cell) {
	t.Helper()
	g := p.Glyphs.pack()
	x0, y0 := p.Glyphs.Dot(column, row)
	has := map[Color]bool{p.Palette.Background(): true}
	for j := range g.h {
		for i := range g.w {
			c := p.Palette.colors[pic.code(pic.Window.index(x0+i, y0+j))]
			has[c] = true
			shown := cell.Bg
			if mask := []rune(string(g.runes)); strings.ContainsRune(string(mask), cell.Rune) {
				for k, r := range mask {
					if r == cell.Rune && k>>(j*g.w+i)&1 != 0 {
						shown = cell.Fg
					}
				}
			}
			if g.w*g.h <= 2 && g.isBlock && shown != c {
				t.Errorf("dot %d, %d is %x, want %x", i, j, shown, c)
			}
		}
	}
	if !has[cell.Fg] || !has[cell.Bg] {
		t.Errorf("%v has colours of no dot", cell)
	}
}

func TestDitheringKeepsLoneCells(t *testing.T) {
	for _, g := range []Glyphs{Quadrants, Sextants, Octants, Braille} {
		w, h := g.Dots(1, 1)
		samples := make([]uint8, w*h)
		if got := text(paint(Mono, g, 9, 1, 1, false, samples...)); got != " " {
			t.Errorf("%v: nothing is %q", g, got)
		}
		last := 0
		for v := 1; v < 256; v++ {
			for i := range samples {
				samples[i] = uint8(v)
			}
			c := []rune(text(paint(Mono, g, 9, 1, 1, false, samples...)))[0]
			on := strings.Count(unpack(g, []Cell{{Rune: c}}, 1), "#")
			if on < max(last, 1) || v == 255 && on != w*h {
				t.Errorf("%v: %d dots for density %d, after %d", g, on, v, last)
			}
			last = on
		}
		clear(samples)
		samples[len(samples)-1] = 1
		if got := text(paint(Mono, g, 9, 1, 1, false, samples...)); got != string(g.pack().runes[1<<(w*h-1)]) {
			t.Errorf("%v: a lone cell is %q", g, got)
		}
	}
}

func TestGrid(t *testing.T) {
	for g := range Auto {
		scale := g.GridScale()
		c := NewCamera(g.Dots(120, 60))
		for c.Window().Scale < scale {
			c = c.ZoomBy(-1)
		}
		pic := Take(soup(t, "B3/S23", 1, 1), c)
		clear(pic.Samples)
		p := Painter{Palette: NewPalette(TrueColor, conway), Glyphs: g, Grid: true}
		n, m := p.Size(&pic.Window)
		cells := make([]Cell, n*m)
		p.Paint(cells, &pic)
		lines := map[Color]int{}
		for _, cell := range cells {
			lines[cell.Fg]++
		}
		hasLines := lines[p.Palette.colors[codeLine]] > 0 && lines[p.Palette.colors[codeTenth]] > 0
		if hasLines != g.pack().isBlock {
			t.Errorf("%v: lines %v", g, hasLines)
		}
		wider := c.ZoomBy(1).Window()
		if p.grid(&wider).isOn {
			t.Errorf("%v: lines where there is no room", g)
		}
	}
}

func TestGlyphGeometry(t *testing.T) {
	for g := range Auto {
		w, h := g.Dots(80, 24)
		for _, p := range [][2]int{{0, 0}, {79, 23}, {40, 7}, {-1, -1}, {-7, 3}} {
			x, y := g.Dot(p[0], p[1])
			c, r := g.Character(x, y)
			if d := p[0] - c; d < 0 || d >= g.pack().columns || r != p[1] {
				t.Errorf("%v: character %v is dot %d, %d, which is character %d, %d", g, p, x, y, c, r)
			}
		}
		if x, y := g.Dot(79, 23); x >= w || y >= h {
			t.Errorf("%v: the last character is outside", g)
		}
		if w, h := g.Dots(0, 0); w < 1 || h < 1 {
			t.Errorf("%v: no dots", g)
		}
		if again, err := ParseGlyphs(g.String()); err != nil || again != g {
			t.Errorf("%v: its name gives %v, %v", g, again, err)
		}
	}
	if _, err := ParseGlyphs("runes"); err == nil {
		t.Error("no error for unknown glyphs")
	}
	if g, err := ParseGlyphs("auto"); err != nil || g.For(true) != HalfBlocks || g.For(false) != ASCII || Braille.For(true) != Braille {
		t.Error("auto is not half blocks or ASCII")
	}
}

// TestHistory follows a blinker: its centre grows older, its ends die and come
// again; what it leaves fades, and moves with the camera.
func TestHistory(t *testing.T) {
	e := soup(t, "B3/S23", 1, 1)
	c := NewCamera(5, 5)
	var h History
	gen := e.Generation()
	show := func(states string, c Camera) []uint8 {
		pic := Take(e, c)
		for i, s := range states {
			pic.Samples[i] = uint8(s - '0')
		}
		h.Add(&pic, gen)
		return pic.Ages
	}
	next := func() { gen.Add(gen, pow2(0)) }
	const row, column = "0000000000011100000000000", "0000000100001000010000000"
	if a := show(row, c); a[12] != 1 || a[11] != 1 || a[7] != 0 {
		t.Errorf("first: %v", a)
	}
	show(row, c)
	next()
	if a := show(column, c); a[12] != 2 || a[11] != justDied || a[7] != 1 {
		t.Errorf("second: %v", a)
	}
	next()
	if a := show(row, c); a[12] != 3 || a[11] != 1 || a[7] != justDied {
		t.Errorf("third: %v", a)
	}
	empty := strings.Repeat("0", 25)
	for range 200 {
		next()
		show(empty, c)
	}
	if a := show(empty, c); a[12] != longDead || a[0] != 0 {
		t.Errorf("long after: %v", a)
	}
	if a := show(empty, c.Pan(1, 0)); a[11] != longDead || a[0] != 0 {
		t.Errorf("after a move: %v", a)
	}
	gen.Sub(gen, pow2(3))
	if a := show(row, c); a[12] != 1 || a[7] != 0 {
		t.Errorf("after going back: %v", a)
	}
	wide := Take(e, c.ZoomBy(2))
	if h.Add(&wide, gen); wide.Ages != nil || h.generation != nil {
		t.Error("ages where no cells are visible")
	}
}

// TestThemes: what must be told apart differs in all depths with colours.
func TestThemes(t *testing.T) {
	generations := rule.MustParse("/2/3")
	for _, name := range ThemeNames() {
		theme, err := ThemeByName(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []Depth{Colors16, Colors256, TrueColor} {
			p := theme.Palette(d, generations)
			for _, v := range []uint8{1, 2} {
				if p.State(v) == p.Background() {
					t.Errorf("%s, depth %d: state %d looks dead", name, d, v)
				}
			}
			for v := 1; v < 256; v++ {
				if p.colors[classShade|code(v)] == p.Background() {
					t.Errorf("%s, depth %d: density %d looks like nothing", name, d, v)
				}
			}
			if p.colors[classAge|1] == p.Background() || p.colors[classAge|maxAge] == p.Background() {
				t.Errorf("%s, depth %d: an age looks dead", name, d)
			}
		}
	}
	if n := len(ThemeNames()); n < 6 {
		t.Errorf("%d themes", n)
	}
	seen := map[*Theme]bool{}
	for theme := DefaultTheme(); !seen[theme]; theme = theme.Next() {
		seen[theme] = true
	}
	if len(seen) != len(themes) {
		t.Errorf("Next goes through %d themes of %d", len(seen), len(themes))
	}
	if _, err := ThemeByName("none"); err == nil {
		t.Error("no error for an unknown theme")
	}
}

// TestPairsAreGlyphs: two dots that are on are drawn as in general, whatever they show.
func TestPairsAreGlyphs(t *testing.T) {
	t.Parallel()
	for _, depth := range []Depth{TrueColor, Colors256, Colors16, Mono} {
		p := Painter{Palette: DefaultTheme().Palette(depth, rule.MustParse("345/2/5")), Glyphs: HalfBlocks}
		g := p.Glyphs.pack()
		n := 0
		for _, class := range []code{classState, classShade, classAge} {
			for a := range code(256) {
				for b := range code(256) {
					dots := []code{class | a, class | b}
					if !dots[0].isOn() || !dots[1].isOn() {
						continue
					}
					n++
					if got, want := p.character(g, dots), p.glyph(g, dots); got != want {
						t.Fatalf("depth %v, dots %x: %+v, want %+v", depth, dots, got, want)
					}
				}
			}
		}
		if n < 100_000 {
			t.Errorf("%d pairs", n)
		}
	}
}
