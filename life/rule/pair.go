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
	ground, ok := groundOf(even, odd)
	if !ok {
		return nil, oddSrc.errorf(0, "%s after %s: the background would have period 4, want at most 2", odd.name, even.name)
	}
	pair := &Rule{states: even.states, ground: ground, name: even.name + "|" + odd.name}
	switch isWide := even.wide != nil; {
	case isWide != (odd.wide != nil), isWide && !even.wide.seesLike(odd.wide):
		return nil, oddSrc.errorf(0, "%s in turn with %s, want rules of the same large neighbourhood", odd.name, even.name)
	case isWide:
		pair.family, pair.wide, pair.oddWide = max(even.family, odd.family), even.wide, odd.wide
	default:
		// A Generations rule of two states may follow a two-state one.
		pair.family, pair.nbhd = min(even.family, odd.family), even.nbhd.with(odd.nbhd)
		pair.table, pair.odd = even.table, &odd.table
	}
	return pair, nil
}

// groundOf returns the background at even and odd generations under two rules in turn:
// dead at even ones, if it is so again after both, else live. ok is false where neither is.
func groundOf(even, odd *Rule) (ground [2]uint8, ok bool) {
	for s := range uint8(2) {
		next := even.ofLike(s)
		if odd.ofLike(next) == s {
			return [2]uint8{s, next}, true
		}
	}
	return ground, false
}

// ofLike returns what a cell in state s becomes among nothing but its like, under a rule that
// is no pair.
func (r *Rule) ofLike(s uint8) uint8 {
	if s == 0 {
		return uint8(boolInt(r.HasB0()))
	}
	return uint8(boolInt(r.hasSmax()))
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
	if r.isPair() || !r.hasTable && r.wide == nil {
		return nil, src.errorf(0, "%s in turn with another rule, want two rules in two-state, Generations, Larger than Life or HROT notation", r.name)
	}
	return r, nil
}
