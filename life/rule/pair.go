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
	if even.states != odd.states {
		return nil, oddSrc.errorf(0, "%s of %d states in turn with %s of %d, want as many", odd.name, odd.states, even.name, even.states)
	}
	ground, ok := groundOf(&even.table, &odd.table)
	if !ok {
		return nil, oddSrc.errorf(0, "%s after %s: the background would have period 4, want at most 2", odd.name, even.name)
	}
	return &Rule{
		family: min(even.family, odd.family), // a Generations rule of two states may follow a two-state one
		states: even.states,
		nbhd:   even.nbhd.with(odd.nbhd),
		table:  even.table,
		odd:    &odd.table,
		ground: ground,
		name:   even.name + "|" + odd.name,
	}, nil
}

// groundOf returns the background at even and odd generations under two tables in turn:
// dead at even ones, if it is so again after both, else live. ok is false where neither is.
func groundOf(even, odd *Table) (ground [2]uint8, ok bool) {
	full := [2]int{0, 511} // a square of nothing else
	for s := range uint8(2) {
		next := even.Next(full[s])
		if odd.Next(full[next]) == s {
			return [2]uint8{s, next}, true
		}
	}
	return ground, false
}

// with returns the smallest neighbourhood that has the cells of both.
func (n Neighborhood) with(o Neighborhood) Neighborhood {
	for _, all := range []Neighborhood{n, o, Hexagonal} {
		if all.mask()&(n.mask()|o.mask()) == n.mask()|o.mask() {
			return all
		}
	}
	return Moore
}

// parseTurn reads one of two rules that take turns.
func parseTurn(src source, opt Options) (*Rule, error) {
	r, err := parseBody(src, opt)
	if err != nil {
		return nil, err
	}
	if !r.hasTable {
		return nil, src.errorf(0, "%s in turn with another rule, want two rules in two-state or Generations notation", r.name)
	}
	return r, nil
}
