package cli

import (
	"fmt"
	"strings"

	"golife/life/format"
	"golife/life/rule"
	"golife/life/soup"
)

// soupPrefix begins the name of a soup, which is soup:WxH:DENSITY:SYMMETRY:SEED.
const soupPrefix = "soup:"

// soupName returns the name by which load finds a soup again.
func soupName(s soup.Soup, seed string) string { return soupPrefix + s.String() + ":" + seed }

// loadSoup makes the soup of a name that begins with soupPrefix, under rule r, or Life.
func loadSoup(name string, r *rule.Rule) (*loaded, error) {
	parts := strings.SplitN(strings.TrimPrefix(name, soupPrefix), ":", 4)
	if len(parts) < 4 {
		return nil, fmt.Errorf("%s: want %sWIDTHxHEIGHT:DENSITY:SYMMETRY:SEED", name, soupPrefix)
	}
	s, err := soup.Parse(strings.Join(parts[:3], ":"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if r == nil {
		r = rule.MustParse("B3/S23")
	}
	p, err := s.Pattern(r, parts[3])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &loaded{Pattern: p, source: "generator", info: format.Info{Format: "soup"}}, nil
}
