package cli

import (
	"fmt"

	"golife/life/format"
	"golife/life/rule"
	"golife/life/soup"
)

// loadSoup makes the soup of a name that begins with soup.Prefix, under rule r, or Life.
func loadSoup(name string, r *rule.Rule) (*loaded, error) {
	if r == nil {
		r = rule.MustParse("B3/S23")
	}
	s, seed, err := soup.ParseName(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p, err := s.Pattern(r, seed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &loaded{Pattern: p, source: "generator", info: format.Info{Format: "soup"}}, nil
}
