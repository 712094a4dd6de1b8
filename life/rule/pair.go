package rule

import "strings"

// cutPair finds the bar between two rules that take turns, as in B3/S23|B36/S23. ok is false
// where there is none, and for a bar in the place of a slash, as in B3|S23.
func cutPair(src source) (even, odd source, ok bool) {
	bar := strings.IndexByte(src.s, '|')
	if bar < 0 {
		return src, src, false
	}
	even, odd = src.part(0, bar), src.from(bar+1)
	first := even.lower().s
	isWhole := strings.ContainsAny(first, "/_,") || strings.Contains(first, "b") && strings.Contains(first, "s")
	_, isName := lookup(even.s)
	return even, odd, first != "" && (isWhole || isName || !looksLifelike(first))
}

// parsePair reads the rules of the even and of the odd generations.
//
// Source: LifeViewer, patterns.js and iterator.c.
func parsePair(evenSrc, oddSrc source, opt Options) (*Rule, error) {
	even, err := parseTurn(evenSrc, opt)
	if err != nil {
		return nil, err
	}
	odd, err := parseTurn(oddSrc, opt)
	if err != nil {
		return nil, err
	}
	if even.nbhd != odd.nbhd {
		return nil, oddSrc.errorf(0, "%v neighbourhood after the %v one, want two rules of one neighbourhood", odd.nbhd, even.nbhd)
	}
	return &Rule{
		family: TwoState,
		states: 2,
		nbhd:   even.nbhd,
		table:  even.table,
		odd:    &odd.table,
		name:   even.name + "|" + odd.name,
	}, nil
}

// parseTurn reads one of two rules that take turns.
func parseTurn(src source, opt Options) (*Rule, error) {
	r, err := parseBody(src, opt)
	switch {
	case err != nil:
		return nil, err
	case !r.hasTable || r.family != TwoState:
		return nil, src.errorf(0, "%s in turn with another rule, want two-state rules of range 1", r.name)
	case r.HasB0():
		return nil, src.errorf(0, "birth on 0 neighbours in turn with another rule, want rules without B0")
	}
	return r, nil
}
