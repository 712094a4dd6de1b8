package cli

import (
	"fmt"
	"sync"

	"golife/life/format"
	"golife/life/rule"
	"golife/life/soup"
)

// loadSoup makes the soup of a name that begins with soup.Prefix, under rule r, or Life.
func loadSoup(name string, r *rule.Rule) (*loaded, error) {
	if r == nil {
		r = conway()
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

// conway returns the rule of soups without one.
var conway = sync.OnceValue(func() *rule.Rule { return rule.MustParse("B3/S23") })
