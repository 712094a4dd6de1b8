package cli

import (
	"errors"
	"regexp"
	"strings"
	"sync"

	"golife/life/rule"
)

// ruleName is what the name of a rule looks like that is defined elsewhere.
var ruleName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][\w.+-]*$`) })

// parseAnyRule is parse for those who do not run a pattern: a name that it does
// not know is taken for a rule of 256 states that is defined elsewhere, and warn is
// told of it. A grid behind the name is kept.
func parseAnyRule(parse func(string) (*rule.Rule, error), warn func(name string)) func(string) (*rule.Rule, error) {
	return func(s string) (*rule.Rule, error) {
		r, err := parse(s)
		x := (*rule.SyntaxError)(nil)
		if !errors.As(err, &x) || !strings.HasPrefix(x.Msg, "unknown rule") {
			return r, err
		}
		name, suffix, isBounded := strings.Cut(strings.TrimSpace(s), ":")
		if !ruleName().MatchString(name) {
			return nil, err
		}
		named, nameErr := rule.NewNamed(name, 256)
		if nameErr != nil {
			return nil, err
		}
		if isBounded {
			grid, gridErr := rule.ParseGrid(suffix)
			if gridErr != nil {
				return nil, err
			}
			if named, nameErr = named.WithGrid(grid); nameErr != nil {
				return nil, err
			}
		}
		warn(name)
		return named, nil
	}
}
