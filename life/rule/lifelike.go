package rule

import (
	"fmt"
	"strings"
)

// parseLifelike reads B/S notation in all its spellings: B3/S23, S23/B3, 23/3,
// b3s23, B2-a/S12, B2o/S2m34H, with an optional H or V at the end. src is in lower case.
func parseLifelike(src source) (*Rule, error) {
	src, nb := cutNeighborhood(src)
	birth, survive, err := parseParts(src, nb)
	if err != nil {
		return nil, err
	}
	return &Rule{
		family:   TwoState,
		states:   2,
		nbhd:     nb,
		table:    tableOf(&birth, &survive, nb),
		hasTable: true,
		name:     lifelikeName(&birth, &survive, nb),
	}, nil
}

// lifelikeName returns the canonical B/S name.
func lifelikeName(birth, survive *countSet, nb Neighborhood) string {
	return "B" + birth.string(nb) + "/S" + survive.string(nb) + nb.suffix()
}

// cutNeighborhood takes the H or V off the end of src.
func cutNeighborhood(src source) (source, Neighborhood) {
	if n := len(src.s); n > 0 {
		switch src.s[n-1] {
		case 'h':
			return src.part(0, n-1), Hexagonal
		case 'v':
			return src.part(0, n-1), VonNeumann
		}
	}
	return src, Moore
}

// parseParts reads a birth and a survival part in either order. Without B and S
// survival comes first.
func parseParts(src source, nb Neighborhood) (birth, survive countSet, err error) {
	first, second, err := splitParts(src, nb)
	if err != nil {
		return birth, survive, err
	}
	b, s := second, first
	if strings.HasPrefix(first.s, "b") || strings.HasPrefix(second.s, "s") {
		b, s = first, second
	}
	if err := parseCounts(unlabel(b), nb, &birth); err != nil {
		return birth, survive, err
	}
	if err := parseCounts(unlabel(s), nb, &survive); err != nil {
		return birth, survive, err
	}
	return birth, survive, nil
}

// unlabel takes the leading B or S off a part.
func unlabel(p source) source {
	if p.s != "" && (p.s[0] == 'b' || p.s[0] == 's') {
		return p.from(1)
	}
	return p
}

// splitParts cuts src at its separator, or before its second letter, and checks
// that B and S are each at the front of a part of their own.
func splitParts(src source, nb Neighborhood) (first, second source, err error) {
	cut, next, last := -1, -1, -1 // last is the last B or S
	seen := map[byte]bool{}
	for i := range len(src.s) {
		switch c := src.s[i]; {
		case c == 'b' || c == 's':
			if seen[c] {
				return first, second, src.errorf(i, "second %c, want at most one", c-'a'+'A')
			}
			seen[c], last = true, i
		case c == '/' || c == '_':
			if cut >= 0 {
				return first, second, src.errorf(i, "second separator %q, want at most one", c)
			}
			cut, next = i, i+1
		case c == 'h' || c == 'v':
			return first, second, src.errorf(i, "neighbourhood letter %c in the middle, want it last", c-'a'+'A')
		case !isDigit(c) && c != '-' && !nb.hasLetter(c):
			return first, second, src.errorf(i, "unexpected %s, want a count, B, S or a slash", src.quote(i))
		}
	}
	if cut < 0 {
		if last < 0 {
			return first, second, src.errorf(len(src.s), "no B, S or slash, want for example B3/S23")
		}
		cut = last
		if last == 0 {
			cut = len(src.s) // one part alone
		}
		next = cut
	}
	first, second = src.part(0, cut), src.from(next)
	return first, second, checkLabels(src, first, second, next)
}

// checkLabels reports a B or S that is not at the front of its part, and a
// part without a letter beside one that has it.
func checkLabels(src, first, second source, next int) error {
	for _, p := range [2]struct {
		s  string
		at int
	}{{first.s, 0}, {second.s, next}} {
		if i := strings.LastIndexAny(p.s, "bs"); i > 0 {
			return src.errorf(p.at+i, "%c after its counts, want it before them", p.s[i]-'a'+'A')
		}
	}
	isBare := func(s string) bool { return s != "" && s[0] != 'b' && s[0] != 's' }
	hasLabel := func(s string) bool { return s != "" && !isBare(s) }
	switch {
	case hasLabel(first.s) && isBare(second.s):
		return src.errorf(next, "second part has no letter but the first has, want both or neither")
	case isBare(first.s) && hasLabel(second.s):
		return src.errorf(0, "first part has no letter but the second has, want both or neither")
	}
	return nil
}

// hasLetter reports whether a letter may be that of a class: those of other neighbourhoods
// are found out with their count.
func (n Neighborhood) hasLetter(c byte) bool {
	return strings.IndexByte(letters[4], c) >= 0 || n == Hexagonal && strings.IndexByte(hexLetters, c) >= 0
}

// parseCounts reads digits with optional class letters into set.
func parseCounts(p source, nb Neighborhood, set *countSet) error {
	for i := 0; i < len(p.s); {
		c := p.s[i]
		if !isDigit(c) {
			return p.errorf(i, "%q without a count before it", c)
		}
		n := int(c - '0')
		if n > nb.size() {
			return p.errorf(i, "neighbour count %d, want 0 to %d", n, nb.size())
		}
		end := i + 1
		for end < len(p.s) && !isDigit(p.s[end]) {
			end++
		}
		got, err := parseLetters(p.part(i, end), n, nb)
		if err != nil {
			return err
		}
		if old := set[n]; old != 0 && old != got && (old == allClasses(n, nb) || got == allClasses(n, nb)) {
			return p.errorf(i, "count %d both with and without letters, want one of them", n)
		}
		set[n] |= got
		i = end
	}
	return nil
}

// parseLetters returns the classes that p, a digit n with its letters, stands for.
func parseLetters(p source, n int, nb Neighborhood) (uint16, error) {
	full := allClasses(n, nb)
	if len(p.s) == 1 {
		return full, nil
	}
	letters := nb.letters(n)
	if nb == VonNeumann {
		return 0, p.errorf(1, "%q after a count, want none in the %v neighbourhood", p.s[1], nb)
	}
	start, isMinus := 1, p.s[1] == '-'
	if isMinus {
		start = 2
	}
	if start == len(p.s) {
		return 0, p.errorf(start, "no letters after the minus of count %d, want some of %s", n, letters)
	}
	var got uint16
	for i := start; i < len(p.s); i++ {
		switch k := strings.IndexByte(letters, p.s[i]); {
		case k >= 0:
			got |= 1 << k
		case p.s[i] == '-':
			return 0, p.errorf(i, "minus after letters of count %d, want it just after the count", n)
		case letters == "":
			return 0, p.errorf(i, "letter %q after count %d, want none", p.s[i], n)
		default:
			return 0, p.errorf(i, "letter %q after count %d, want some of %s", p.s[i], n, letters)
		}
	}
	if isMinus {
		got = full &^ got
	}
	return got, nil
}

// parseWolfram reads W0 to W255. src is in lower case and starts with w.
func parseWolfram(src source) (*Rule, error) {
	num := src.s[1:]
	if k := digits(num); k < len(num) {
		return nil, src.errorf(1+k, "unexpected %s after a Wolfram number", src.quote(1+k))
	}
	n := number(num, 255)
	if num == "" || n > 255 {
		return nil, src.errorf(1, "Wolfram number %q, want 0 to 255", clip(num))
	}
	r := &Rule{family: TwoState, states: 2, nbhd: Row, hasTable: true, name: fmt.Sprintf("W%d", n)}
	for i := range 512 {
		above := i >> 6 & 7 // NW, N and NE are the top three bits
		r.table.Set(i, uint8(n>>above&1|i>>4&1))
	}
	return r, nil
}

// Totalistic returns the birth and survival counts of a rule that is outer
// totalistic over the Moore neighbourhood: bit n is set when n live neighbours
// give life. ok is false for all other rules; any spelling of an
// outer-totalistic rule counts, also a MAP.
func (r *Rule) Totalistic() (birth, survive uint16, ok bool) {
	if r.family != TwoState || !r.hasTable {
		return 0, 0, false
	}
	var seen, live [2]uint16
	for i := range 512 {
		n := popcount(i)
		c := i >> 4 & 1
		v := uint16(r.table.Next(i))
		if seen[c]>>n&1 == 1 && live[c]>>n&1 != v {
			return 0, 0, false
		}
		seen[c] |= 1 << n
		live[c] |= v << n
	}
	return live[0], live[1], true
}
