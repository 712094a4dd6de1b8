package rule

import (
	"fmt"
	"slices"
	"strings"
)

// namedRules lists the rules that are known by name alone.
var namedRules = []struct {
	name   string
	states int
}{
	{"Codd", 8},
	{"Codd2", 8},
	{"Hutton32", 32},
	{"JvN29", 29},
	{"Nobili32", 32},
	{"WireWorld", 4},
}

// derivedKinds lists the endings that make a multi-state rule of a two-state one, and the
// colours by state that patterns under it are known by (Golly's Help, "Super"); the
// background is whatever it is elsewhere.
var derivedKinds = []struct {
	suffix string
	states int
	colors []int32
}{
	{"History", historyStates, []int32{
		-1, 0x00FF00, 0x000080, 0xD8FFD8, 0xFF0000, 0xFFFF00, 0x606060,
	}},
	{"Super", superStates, []int32{
		-1, 0x00FF00, 0x0000A0, 0xFFD8FF, 0xFF0000, 0xFFFF00, 0x606060, 0xFF69B4, 0x800080,
		0x00BFFF, 0x004080, 0x40E0D0, 0x008040, 0xFFFFFF, 0xFF6347, 0xFA8072, 0xDB7093, 0xFFA500,
		0xF5DEB3, 0x00FFFF, 0xC0C0C0, 0xC0FF80, 0xFFB6C1, 0x00FF7F, 0x010101, 0xFF007F,
	}},
	{"Investigator", investigatorStates, []int32{
		-1, 0x00EC5B, 0x00C0FE, 0xFE0000, 0xFEFEFE, 0x4B4B4B, 0xEF29FE, 0x400080, 0xFEE600,
		0x968000, 0x82C800, 0x007828, 0xFE8C00, 0x8C4600, 0x0000FE, 0xC0C0C0, 0x808080, 0xFE708C,
		0xAE00A8, 0x00987F, 0x00493B,
	}},
}

// cutDerived splits a rule such as B36/S23History. kind indexes derivedKinds. A
// MAP that only happens to end in such letters is left alone.
func cutDerived(lower source) (base source, kind int, ok bool) {
	for kind, d := range derivedKinds {
		n := len(lower.s) - len(d.suffix)
		if n <= 0 || !strings.HasSuffix(lower.s, strings.ToLower(d.suffix)) {
			continue
		}
		base = lower.part(0, n)
		if strings.HasPrefix(base.s, "map") && !slices.Contains([]int{86, 22, 6, 88, 24, 8}, n-len("map")) {
			continue
		}
		return base, kind, true
	}
	return lower, 0, false
}

// parseDerived reads the two-state rule that a derived one is made of.
func parseDerived(src source, kind int, opt Options) (*Rule, error) {
	d := derivedKinds[kind]
	base, err := parseBody(src, opt)
	if err != nil {
		return nil, err
	}
	if !base.hasTable || base.family != TwoState || base.nbhd == Row {
		return nil, src.errorf(0, "%s of %s, want a two-state rule that is not a Wolfram rule", d.suffix, base.name)
	}
	name := base.name
	if name == "B3/S23" {
		name = "Life"
	}
	return &Rule{family: Named, states: d.states, name: name + d.suffix, base: base, legend: &Legend{Colors: d.colors}}, nil
}

// Base returns the two-state rule that a rule such as LifeHistory or
// B36/S23Super is made of; ok is false for all other rules.
func (r *Rule) Base() (base *Rule, ok bool) { return r.base, r.base != nil }

// BaseState returns what a cell in state s of a rule that has a Base is under that: 1 if it
// counts as live, else 0. Of Investigator rules that is state 1 alone.
func (r *Rule) BaseState(s uint8) uint8 {
	isLive := oddStates.has(s)
	if r.states == investigatorStates {
		isLive = s == 1
	}
	return uint8(boolInt(isLive))
}

// NewNamed returns a Named rule for an automaton that is defined elsewhere, such
// as in a .rule file. The name is kept as it is; Parse does not know it, so the
// String of the rule reads back only through whoever holds the definition. The
// error says what is wrong: a name must have no blanks and no colon, states are 2
// to 256.
func NewNamed(name string, states int) (*Rule, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	if states < 2 || states > maxStates {
		return nil, fmt.Errorf("rule: %s with %d states, want 2 to %d", name, states, maxStates)
	}
	return &Rule{family: Named, states: states, name: name}, nil
}
