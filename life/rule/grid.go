package rule

import (
	"fmt"
	"strings"
)

// GridKind is the topology of a bounded universe.
type GridKind uint8

// The kinds of grid, with the letter each has in a rulestring.
const (
	Infinite     GridKind = iota // no bounds
	Plane                        // P: everything outside is dead
	Torus                        // T: opposite edges are joined
	Klein                        // K: one pair of edges is joined with a twist
	CrossSurface                 // C: both pairs of edges are joined with a twist
	Sphere                       // S: a square, adjacent edges are joined
)

// gridLetters holds the letter of each kind at its number.
const gridLetters = " PTKCS"

// String returns the name of the topology in lower case.
func (k GridKind) String() string {
	names := [...]string{"infinite", "plane", "torus", "Klein bottle", "cross-surface", "sphere"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}

// MaxGridSize is the largest width or height of a grid, in cells. It is Golly's.
const MaxGridSize = 2_000_000_000

// Grid describes a bounded universe. The zero Grid is unbounded.
//
// A cell that leaves the top or the bottom edge comes back at the other one with
// its x moved by ShiftX, or mirrored when TwistX is set; ShiftY and TwistY do the
// same to y at the left and right edges. Going over the top a shift is
// subtracted (x−ShiftX), over the bottom it is added; going over the left it is
// subtracted (y−ShiftY), over the right added.
//
// Source: Golly Help, "Bounded Grids"; Golly, lifealgo.cpp, setgridsize and
// canonicalsuffix.
type Grid struct {
	Kind           GridKind
	Width, Height  int64 // cells; 0 is infinite, for Plane and Torus only
	ShiftX, ShiftY int64 // at most one is not 0; |ShiftX| < Width, |ShiftY| < Height; on a Klein bottle 0 or 1
	TwistX, TwistY bool  // exactly one for Klein, both for CrossSurface
}

// Origin returns the top-left cell of the grid: −(Width div 2), −(Height div 2).
// An infinite side gives 0.
func (g Grid) Origin() (x, y int64) { return -(g.Width / 2), -(g.Height / 2) }

// String returns the suffix of a rulestring, such as ":T30,20" or ":K40*,20", or
// "" for the zero Grid.
func (g Grid) String() string {
	if g.Kind == Infinite || int(g.Kind) >= len(gridLetters) {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, ":%c", gridLetters[g.Kind])
	side := func(size, shift int64, twist bool) {
		fmt.Fprint(&b, size)
		if twist && g.Kind == Klein {
			b.WriteByte('*')
		}
		if shift != 0 {
			fmt.Fprintf(&b, "%+d", shift)
		}
	}
	side(g.Width, g.ShiftX, g.TwistX)
	if g.Kind != Sphere {
		b.WriteByte(',')
		side(g.Height, g.ShiftY, g.TwistY)
	}
	return b.String()
}

// canonical returns the one Grid that stands for g and all its equals, or says
// what is wrong.
func (g Grid) canonical() (Grid, string) {
	if g.Kind == Infinite || (g.Kind == Plane || g.Kind == Torus) && g.Width == 0 && g.Height == 0 {
		return Grid{}, ""
	}
	isOpen := g.Kind == Plane || g.Kind == Torus
	hasShift := g.ShiftX != 0 || g.ShiftY != 0
	switch {
	case g.Kind > Sphere:
		return g, "unknown topology, want a plane, torus, Klein bottle, cross-surface or sphere"
	case g.Width < 0 || g.Width > MaxGridSize || g.Height < 0 || g.Height > MaxGridSize:
		return g, fmt.Sprintf("size %d by %d, want 0 to %d", g.Width, g.Height, int64(MaxGridSize))
	case !isOpen && (g.Width == 0 || g.Height == 0):
		return g, fmt.Sprintf("%v with an infinite side, want only a plane or torus with one", g.Kind)
	case g.Kind == Sphere && g.Width != g.Height:
		return g, fmt.Sprintf("sphere of %d by %d, want a square", g.Width, g.Height)
	case hasShift && g.Kind != Torus && g.Kind != Klein:
		return g, fmt.Sprintf("%v with a shift, want one only on a torus or Klein bottle", g.Kind)
	case g.ShiftX != 0 && g.ShiftY != 0:
		return g, "shifts on both sides, want one"
	case hasShift && (g.Width == 0 || g.Height == 0):
		return g, "shift with an infinite side, want both sides finite"
	}
	if g.Kind == Klein {
		return g.canonicalKlein()
	}
	g.TwistX, g.TwistY = g.Kind == CrossSurface, g.Kind == CrossSurface
	if g.Kind == Torus {
		g.ShiftX, g.ShiftY = modulo(g.ShiftX, g.Width), modulo(g.ShiftY, g.Height)
	}
	return g, ""
}

// modulo takes a shift modulo a size and keeps its sign.
func modulo(shift, size int64) int64 {
	if size == 0 {
		return 0
	}
	return shift % size
}

// canonicalKlein settles the twisted side and the shift, which has an effect
// only as +1 and only on a side of even length.
func (g Grid) canonicalKlein() (Grid, string) {
	if !g.TwistX && !g.TwistY {
		g.TwistY = true
	}
	switch {
	case g.TwistX && g.TwistY:
		return g, "Klein bottle twisted on both sides, want one (both is a cross-surface)"
	case g.ShiftX != 0 && !g.TwistX || g.ShiftY != 0 && !g.TwistY:
		return g, "Klein bottle shifted on its plain side, want the shift beside the *"
	}
	one := func(shift, size int64) int64 {
		if modulo(shift, size) != 0 && size%2 == 0 {
			return 1
		}
		return 0
	}
	g.ShiftX, g.ShiftY = one(g.ShiftX, g.Width), one(g.ShiftY, g.Height)
	return g, ""
}

// ParseGrid reads the suffix of a rulestring that bounds the universe, without its colon:
// "T30,20". The zero Grid stands for "" and other spellings of no bounds. The error is a
// *SyntaxError.
func ParseGrid(suffix string) (Grid, error) { return parseGrid(newSource(suffix).lower()) }

// parseGrid reads what follows the colon: a letter, a width and a height. src is
// in lower case.
func parseGrid(src source) (Grid, error) {
	if src.s == "" {
		return Grid{}, nil
	}
	k := strings.IndexByte(strings.ToLower(gridLetters), src.s[0])
	if k < 1 {
		return Grid{}, src.errorf(0, "unknown topology %s, want P, T, K, C or S", src.quote(0))
	}
	g := Grid{Kind: GridKind(k)}
	if len(src.s) == 1 {
		return Grid{}, nil // the letter alone is unbounded, as in Golly
	}
	p := gridParser{src: src, at: 1, kind: g.Kind}
	g.Width, g.ShiftX, g.TwistX = p.side()
	switch {
	case p.at == len(src.s):
		g.Height = g.Width
	case src.s[p.at] == ',' && g.Kind == Sphere:
		p.fail("sphere with a height, want one size")
	case src.s[p.at] == ',':
		p.at++
		g.Height, g.ShiftY, g.TwistY = p.side()
	}
	if p.at < len(src.s) {
		p.fail("unexpected %s in the grid, want for example :T30,20", src.quote(p.at))
	}
	if p.err != nil {
		return Grid{}, p.err
	}
	canon, msg := g.canonical()
	if msg != "" {
		return Grid{}, src.errorf(0, "%s", msg)
	}
	return canon, nil
}

// gridParser reads the sides of a grid. The first error stays.
type gridParser struct {
	src  source
	at   int
	kind GridKind
	err  error
}

func (p *gridParser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = p.src.errorf(p.at, format, args...)
	}
}

// side reads a size with its optional * and shift.
func (p *gridParser) side() (size, shift int64, twist bool) {
	size = p.number("grid size")
	if p.at < len(p.src.s) && p.src.s[p.at] == '*' {
		if p.kind != Klein {
			p.fail("twist on a %v, want it only on a Klein bottle", p.kind)
		}
		twist = true
		p.at++
	}
	if p.at < len(p.src.s) && (p.src.s[p.at] == '+' || p.src.s[p.at] == '-') {
		isMinus := p.src.s[p.at] == '-'
		p.at++
		if digits(p.src.s[p.at:]) == 0 {
			p.fail("shift without a number")
		}
		shift = p.number("shift")
		if isMinus {
			shift = -shift
		}
	}
	return size, shift, twist
}

// number reads digits; none stand for 0.
func (p *gridParser) number(what string) int64 {
	n := digits(p.src.s[p.at:])
	v := number(p.src.s[p.at:p.at+n], MaxGridSize)
	if v > MaxGridSize {
		p.fail("%s over the limit, want 0 to %d", what, MaxGridSize)
	}
	p.at += n
	return int64(v)
}

// Grid returns the bounded universe of the rule; the second result is false when
// the rule is unbounded.
func (r *Rule) Grid() (Grid, bool) { return r.grid, r.IsBounded() }

// IsBounded reports whether the rule has a bounded grid.
func (r *Rule) IsBounded() bool { return r.grid.Kind != Infinite }

// Unbounded returns the same rule without a grid.
func (r *Rule) Unbounded() *Rule {
	if !r.IsBounded() {
		return r
	}
	u := *r
	u.grid = Grid{}
	return &u
}

// WithGrid returns the same rule on grid g, canonicalised: a shift is taken
// modulo its side, a Klein bottle without a twist is twisted in its height, and
// so on. LargerThanLife and HROT rules take only planes and tori, and sides
// below twice the range are raised to it. The error says what is wrong with g.
func (r *Rule) WithGrid(g Grid) (*Rule, error) {
	b, msg := r.onGrid(g)
	if msg != "" {
		return nil, fmt.Errorf("rule: grid of %s: %s", r.name, msg)
	}
	return b, nil
}

// onGrid is WithGrid with a bare message for an error.
func (r *Rule) onGrid(g Grid) (*Rule, string) {
	g, msg := g.canonical()
	if msg == "" && r.wide != nil {
		g, msg = r.wide.fit(g)
	}
	if msg != "" {
		return nil, msg
	}
	b := *r
	b.grid = g
	return &b, ""
}
