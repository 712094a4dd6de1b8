package rule

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Legend is how the states of a rule look, and what they are called. Its lists may be
// shorter than the rule has states, or nil.
type Legend struct {
	Colors []int32  // 0xRRGGBB by state; below 0 where the rule does not say
	Names  []string // by state; "" where the rule does not say
}

// NewTabular returns a rule whose transition is a Tree, such as that of a .rule file. The
// name is kept as it is; Parse does not know it, so the String of the rule reads back
// only through whoever holds the definition. The error says what is wrong: a name must
// have no blanks and no colon, and cells in state 0 among their like must stay so.
func NewTabular(name string, t *Tree, l Legend) (*Rule, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	if s := t.Next(&[9]uint8{}); s != 0 {
		return nil, fmt.Errorf("rule: %s makes state %d of state 0 among its like, want 0: the plane is empty", name, s)
	}
	legend := &Legend{slices.Clone(l.Colors), slices.Clone(l.Names)}
	return &Rule{family: Tabular, states: t.states, name: name, tree: t, legend: legend}, nil
}

func checkName(name string) error {
	if name == "" || strings.ContainsAny(name, blanks+":") {
		return fmt.Errorf("rule: name %q, want one without blanks and colons", name)
	}
	return nil
}

// Tree returns the transition of a Tabular rule; ok is false for other families.
func (r *Rule) Tree() (t *Tree, ok bool) { return r.tree, r.tree != nil }

// TreeDigest returns 64 hexadecimal digits that depend on the transition of a Tabular
// rule alone, "" for other families, whose names say what they do.
func (r *Rule) TreeDigest() string {
	if r.tree == nil {
		return ""
	}
	return hex.EncodeToString(r.tree.digest[:])
}

// Color returns the colour 0xRRGGBB that the rule itself gives a state; ok is false where
// it gives none.
func (r *Rule) Color(state int) (rgb int32, ok bool) {
	if r.legend == nil || state < 0 || state >= len(r.legend.Colors) || r.legend.Colors[state] < 0 {
		return 0, false
	}
	return r.legend.Colors[state], true
}

// StateName returns what the rule itself calls a state, or "".
func (r *Rule) StateName(state int) string {
	if r.legend == nil || state < 0 || state >= len(r.legend.Names) {
		return ""
	}
	return r.legend.Names[state]
}
