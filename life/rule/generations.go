package rule

import (
	"strconv"
	"strings"
)

// maxStates is the largest number of cell states of any rule.
const maxStates = 256

func itoa(n int) string { return strconv.Itoa(n) }

// cutStates finds the number of states of a Generations rule: behind the last
// slash (S/B/C, …/C3, …/G3), at the end as g3, or in front as G3/… , g3… or 3/B…/S….
// ok is false when src has none and so is no Generations rule. src is in lower
// case, without H or V.
func cutStates(src source) (rest, states source, ok bool) {
	s := src.s
	isSep := func(i int) bool { return i < len(s) && (s[i] == '/' || s[i] == '_') }
	if n := prefixedNumber(s, "gc"); n > 0 {
		rest = src.from(n)
		if isSep(n) {
			rest = src.from(n + 1)
		}
		return rest, src.part(1, n), true
	}
	tail := len(s)
	for tail > 0 && isDigit(s[tail-1]) {
		tail--
	}
	if tail > 0 && tail < len(s) && s[tail-1] == 'g' {
		end := tail - 1
		if end > 0 && isSep(end-1) {
			end--
		}
		return src.part(0, end), src.from(tail), true
	}
	first := strings.IndexAny(s, "/_")
	last := strings.LastIndexAny(s, "/_")
	if first == last {
		return src, src, false
	}
	if n := digits(s); n == first && n > 0 && strings.ContainsAny(s[first+1:last], "bs") && strings.ContainsAny(s[last:], "bs") {
		return src.from(first + 1), src.part(0, first), true
	}
	states = src.from(last + 1)
	if strings.HasPrefix(states.s, "c") {
		states = states.from(1)
	}
	return src.part(0, last), states, true
}

// prefixedNumber returns the length of a number with one of letters before it at
// the start of s, or 0.
func prefixedNumber(s, letters string) int {
	if s == "" || strings.IndexByte(letters, s[0]) < 0 {
		return 0
	}
	if n := digits(s[1:]); n > 0 {
		return 1 + n
	}
	return 0
}

// parseGenerations reads a survival part, a birth part and a number of states.
// src is in lower case; ok is false when it has no number of states.
func parseGenerations(src source) (r *Rule, ok bool, err error) {
	src, nb := cutNeighborhood(src)
	rest, states, ok := cutStates(src)
	if !ok {
		return nil, false, nil
	}
	birth, survive, err := parseParts(rest, nb)
	if err != nil {
		return nil, true, err
	}
	r = &Rule{
		nbhd:     nb,
		table:    tableOf(&birth, &survive, nb),
		hasTable: true,
		name:     survive.string(nb) + "/" + birth.string(nb),
	}
	r, err = withStates(r, states, rest)
	if err != nil {
		return nil, true, err
	}
	r.name += nb.suffix()
	return r, true, nil
}

// withStates makes r a Generations rule with the number of states that states
// spells, and adds it to the name. An error about births is reported at the
// start of body.
func withStates(r *Rule, states, body source) (*Rule, error) {
	n := number(states.s[:digits(states.s)], maxStates)
	if states.s == "" || digits(states.s) < len(states.s) || n < 2 || n > maxStates {
		return nil, states.errorf(0, "number of states %q, want 2 to %d", clip(states.s), maxStates)
	}
	if r.table.Next(0) == 1 {
		return nil, body.errorf(0, "birth on 0 neighbours with %d states, want B0 only in two-state rules", n)
	}
	r.family, r.states = Generations, n
	r.name += "/" + itoa(n)
	return r, nil
}

// clip shortens s for a message.
func clip(s string) string {
	if len(s) > 16 {
		return s[:16] + "…"
	}
	return s
}
