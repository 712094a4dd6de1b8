package rule

import (
	"errors"
	"strings"
)

// Options changes how ParseWith reads ambiguous notations.
type Options struct {
	// GollyHexMAP reads a hexagonal MAP the way Golly's QuickLife and HashLife
	// (3.3 and 5.0) do: the cells weigh S SE W C E NW N from high to low, not NW N
	// W C E S SE. It does not apply to Generations, where Golly too reads them in
	// reading order. The canonical name is always in reading order.
	GollyHexMAP bool
}

// Parse reads a rulestring in any notation described in the package
// documentation. Letter case does not matter (but in a MAP) and blanks are
// ignored anywhere. The error is a *SyntaxError, with a suggestion when there is
// a likely one.
// Cost: some microseconds; for neighbourhoods given cell by cell, linear in the
// length of s.
func Parse(s string) (*Rule, error) { return ParseWith(s, Options{}) }

// ParseWith is Parse with options.
func ParseWith(s string, opt Options) (*Rule, error) {
	src := newSource(s)
	r, err := parse(src, opt)
	if err != nil {
		var se *SyntaxError
		if errors.As(err, &se) && se.Suggestion == "" {
			se.Suggestion = suggest(src)
		}
		return nil, err
	}
	return r, nil
}

// MustParse is Parse for rulestrings known to be right; it panics on others.
func MustParse(s string) *Rule {
	r, err := Parse(s)
	if err != nil {
		panic("rule: MustParse: " + err.Error())
	}
	return r
}

// parse reads the rule and its grid.
func parse(src source, opt Options) (*Rule, error) {
	body, colon := src, strings.IndexByte(src.s, ':')
	if colon >= 0 {
		body = src.part(0, colon)
	}
	r, err := parseBody(body, opt)
	if err != nil || colon < 0 {
		return r, err
	}
	suffix := src.from(colon + 1)
	g, err := parseGrid(suffix.lower())
	if err != nil {
		return nil, err
	}
	bounded, msg := r.onGrid(g)
	if msg != "" {
		return nil, suffix.errorf(0, "%s", msg)
	}
	return bounded, nil
}

// parseBody reads a rule without a grid, notation by notation.
func parseBody(src source, opt Options) (*Rule, error) {
	if src.s == "" {
		return nil, src.errorf(0, "no rule, want for example B3/S23")
	}
	if r, ok := lookup(src.s); ok {
		return r, nil
	}
	if even, odd, ok := cutPair(src); ok {
		return parsePair(even, odd, opt)
	}
	lower := src.lower()
	if kind, at := foreign(lower.s); kind != "" {
		return nil, src.errorf(at, "%s rules are not supported", kind)
	}
	if base, kind, ok := cutDerived(lower); ok {
		return parseDerived(src.part(0, len(base.s)), kind, opt)
	}
	switch s := lower.s; {
	case strings.HasPrefix(s, "map"):
		return parseMAP(src, opt)
	case s[0] == 'w' && (len(s) == 1 || isDigit(s[1])):
		return parseWolfram(lower)
	case isNumbered(s, "rule"):
		return parseWolfram(lower.from(len("rule") - 1))
	case isNumbered(s, "wolfram"):
		return parseWolfram(lower.from(len("wolfram") - 1))
	case isWide(s):
		return parseWide(lower)
	case !looksLifelike(s):
		return nil, src.errorf(0, "unknown rule %q, want a notation such as B3/S23 or a known name", clip(src.s))
	}
	if r, ok, err := parseGenerations(lower); ok {
		return r, err
	}
	return parseLifelike(lower)
}

// foreign tells of a rulestring, in lower case, what kind of rule it is of those that other
// programs run and Parse does not, and where that shows; "" of all others.
func foreign(s string) (kind string, at int) {
	digit := strings.IndexAny(s, "0123456789")
	suffix := strings.LastIndexByte(s, 'l')
	switch {
	case strings.HasPrefix(s, "2pca"):
		return "PCA", 0
	case strings.HasPrefix(s, "ms,d"), digit == 1 && s[0] == 'm' && strings.Contains(s, ","), strings.HasSuffix(s, "margolus"):
		return "Margolus", 0
	case strings.HasSuffix(s, "ht") && looksLifelike(s):
		return "hexagonal tripod", len(s) - len("ht")
	case isWide(s) && strings.Contains(s, ",p"):
		return "probabilistic", strings.Index(s, ",p") + 1
	case suffix > 1 && suffix >= len(s)-2 && strings.Trim(s[:suffix], "0123456789bsgxyz/_-") == "" && looksLifelike(s):
		return "triangular", suffix
	}
	return "", 0
}

// isNumbered reports whether s is a word and a number, such as rule110.
func isNumbered(s, word string) bool {
	number, ok := strings.CutPrefix(s, word)
	return ok && number != "" && digits(number) == len(number)
}

// looksLifelike reports whether s, in lower case, is more likely B/S or
// Generations notation than a name.
func looksLifelike(s string) bool {
	if isDigit(s[0]) || s[0] == '/' || s[0] == '_' || prefixedNumber(s, "gc") > 0 {
		return true
	}
	rest := strings.TrimLeft(s, "bs")
	if n := len(s) - len(rest); n < 1 || n > 2 {
		return false
	}
	return rest == "" || rest == "h" || rest == "v" || isDigit(rest[0]) || strings.IndexByte("/_-", rest[0]) >= 0
}
