package view

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"golife/life/rule"
)

// Theme is a set of colours that go together. It is immutable.
type Theme struct {
	Name  string
	About string // in a few words

	dead, live  int32   // of two-state rules
	faint, mid  int32   // low and middle densities; the full one is live
	young, old  int32   // the first and the last dying state of a Generations rule
	born, aged  int32   // cells by age: in their first generation, and after many
	ash, trace  int32   // where cells were: just now, and long ago
	line, tenth int32   // grid lines, and each tenth of them
	hues        []int32 // states of other families from 2 on, in turn; nil: around the colour wheel
}

// okabeIto are colours that all can tell apart, without the yellow, which is too
// near to that of live cells. Source: M. Okabe, K. Ito, Color Universal Design, 2008.
var okabeIto = []int32{0xE69F00, 0x56B4E9, 0x009E73, 0x0072B2, 0xD55E00, 0xCC79A7}

// themes begins with the default.
var themes = []*Theme{
	{
		Name: "night", About: "bone white on blue black",
		dead: 0x0B0E14, live: 0xF2EFE2, faint: 0x2A5C8A, mid: 0x58B4DC, young: 0xFFB020, old: 0x6B1420,
		born: 0x8CF5B0, aged: 0x3F8FD8, ash: 0x6A3F58, trace: 0x171D2A, line: 0x1B2330, tenth: 0x33415A,
	},
	{
		Name: "paper", About: "ink on paper, for light rooms",
		dead: 0xFAF7F0, live: 0x14181F, faint: 0xB4C2D2, mid: 0x5F7A96, young: 0xC92A2A, old: 0xF3CDB8,
		born: 0x0B7A5B, aged: 0x243A8F, ash: 0xE7B79F, trace: 0xEFE9DC, line: 0xE7E2D6, tenth: 0xC9C1AF,
		hues: []int32{0xB35900, 0x1B6FA8, 0x00684A, 0x8A7A00, 0x004A75, 0xA83F00, 0x97457A},
	},
	{
		Name: "amber", About: "an amber terminal",
		dead: 0x140B00, live: 0xFFC65A, faint: 0x6B4200, mid: 0xC07A08, young: 0xE08A10, old: 0x4A2600,
		born: 0xFFF0C0, aged: 0xC98412, ash: 0x6A3C08, trace: 0x241500, line: 0x261700, tenth: 0x46300A,
	},
	{
		Name: "phosphor", About: "a green terminal",
		dead: 0x00120A, live: 0x9CFFB4, faint: 0x0E5C34, mid: 0x2FB566, young: 0x5CE08A, old: 0x0C4A2A,
		born: 0xE6FFE9, aged: 0x2FAE62, ash: 0x14683C, trace: 0x04210F, line: 0x06220F, tenth: 0x104427,
	},
	{
		Name: "ember", About: "purple, orange, yellow on black",
		dead: 0x050308, live: 0xFCF6A8, faint: 0x5A176E, mid: 0xE2582F, young: 0xFB9B06, old: 0x4A0C6B,
		born: 0xFCFFA4, aged: 0xC43C4E, ash: 0x5A1668, trace: 0x170C22, line: 0x1A1222, tenth: 0x382648,
	},
	{
		Name: "viridis", About: "blue, green, yellow; safe for the colour-blind",
		dead: 0x08080F, live: 0xFDE725, faint: 0x3B528B, mid: 0x21918C, young: 0x5EC962, old: 0x46327E,
		born: 0xFDE725, aged: 0x2A788E, ash: 0x482878, trace: 0x15101F, line: 0x16161F, tenth: 0x2E2E40,
		hues: okabeIto,
	},
	{
		Name: "cividis", About: "blue, grey, yellow; safe for the colour-blind",
		dead: 0x00122B, live: 0xFFEA46, faint: 0x35456C, mid: 0x7C7B78, young: 0xBCAF6F, old: 0x2A3F6D,
		born: 0xFFEA46, aged: 0x8A8678, ash: 0x3B496C, trace: 0x071D3A, line: 0x0B2140, tenth: 0x23375A,
		hues: okabeIto,
	},
	{
		Name: "contrast", About: "white and yellow on black, for poor screens and eyes",
		dead: 0x000000, live: 0xFFFFFF, faint: 0x7A7A7A, mid: 0xB8B8B8, young: 0xFFFF00, old: 0x6060C0,
		born: 0xFFFFFF, aged: 0xFFD000, ash: 0x5050B0, trace: 0x202030, line: 0x303030, tenth: 0x606060,
		hues: okabeIto,
	},
}

// DefaultTheme returns the theme of who has not chosen one.
func DefaultTheme() *Theme { return themes[0] }

// ThemeNames returns the names that ThemeByName takes.
func ThemeNames() []string {
	var names []string
	for _, t := range themes {
		names = append(names, t.Name)
	}
	return names
}

// ThemeByName returns a theme.
func ThemeByName(name string) (*Theme, error) {
	i := slices.IndexFunc(themes, func(t *Theme) bool { return t.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("theme %q is not known, want %s", name, strings.Join(ThemeNames(), ", "))
	}
	return themes[i], nil
}

// Next returns the theme after t, the last followed by the first.
func (t *Theme) Next() *Theme {
	return themes[(slices.Index(themes, t)+1)%len(themes)]
}

// Palette returns the theme's palette for rule r on a terminal of depth d. Dying
// states, of Generations rules and of large ranges, fade from young to old; the states of
// other rules get hues far apart. The default theme leaves the states that the rule itself
// has colours for as they are there.
func (t *Theme) Palette(d Depth, r *rule.Rule) *Palette {
	return t.StatePalette(d, func(s int) Color { return t.state(r, s) })
}

// StatePalette returns the theme's palette with other colours of the states,
// made by RGB, such as a rule file gives.
func (t *Theme) StatePalette(d Depth, state func(s int) Color) *Palette {
	p := &Palette{depth: d}
	for i := range 256 {
		p.colors[classState|code(i)] = d.At(state(i))
		p.colors[classShade|code(i)] = d.At(t.density(i))
		p.colors[classAge|code(i)] = d.At(t.age(uint8(i)))
		p.colors[classLine|code(i)] = d.At(RGB(t.line))
	}
	p.colors[codeTenth] = d.At(RGB(t.tenth))
	return p
}

func (t *Theme) state(r *rule.Rule, s int) Color {
	own, hasOwn := r.Color(s)
	switch n := r.States(); {
	case hasOwn && t == DefaultTheme():
		return RGB(own)
	case s == 0:
		return RGB(t.dead)
	case s == 1:
		return RGB(t.live)
	case r.Family() != rule.Named && r.Family() != rule.Tabular && n > 2: // dying
		return mix(RGB(t.young), RGB(t.old), float64(s-2)/float64(max(n-3, 1)))
	case t.hues != nil:
		return RGB(t.hues[(s-2)%len(t.hues)])
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

func (t *Theme) density(v int) Color {
	switch b := brightness(v); {
	case v == 0:
		return RGB(t.dead)
	case b < 0.5:
		return mix(RGB(t.faint), RGB(t.mid), 2*b)
	default:
		return mix(RGB(t.mid), RGB(t.live), 2*b-1)
	}
}

// age returns the colour of an age of History.
func (t *Theme) age(a uint8) Color {
	switch {
	case a == 0:
		return RGB(t.dead)
	case a <= maxAge:
		return mix(RGB(t.born), RGB(t.aged), min(math.Log2(float64(a))/6, 1))
	case a == longDead:
		return RGB(t.trace)
	}
	return mix(RGB(t.trace), RGB(t.ash), float64(a-longDead)/float64(justDied-longDead))
}
