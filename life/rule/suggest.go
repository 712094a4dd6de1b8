package rule

import "strings"

// maxSuggest bounds the length of a rulestring that suggest looks at.
const maxSuggest = 80

// suggest returns a rulestring that Parse accepts and that the writer of src may
// have meant, or "".
func suggest(src source) string {
	if len(src.s) > maxSuggest {
		return ""
	}
	body, grid, hasGrid := strings.Cut(src.s, ":")
	if hasGrid {
		grid = ":" + grid
	}
	if _, err := parse(newSource(body), Options{}); err == nil {
		return "" // only the grid is wrong
	}
	for _, guess := range []string{repairParts(body), nearestName(body), body + "H"} {
		if guess == "" {
			continue
		}
		for _, s := range []string{guess + grid, guess} {
			if _, err := parse(newSource(s), Options{}); err == nil {
				return s
			}
		}
	}
	return ""
}

// nearestName returns the nickname or name closest to s in spelling, if it is
// close enough to be a slip: one edit in every three letters, at most two.
func nearestName(s string) string {
	key := nickKey(s)
	best, bestDist := "", min(2, len(key)/3)+1
	try := func(name string) {
		if d := editDistance(key, nickKey(name), bestDist); d < bestDist {
			best, bestDist = name, d
		}
	}
	for _, n := range nicknames {
		try(n.Name)
	}
	for _, n := range namedRules {
		try(n.name)
	}
	for _, d := range derivedKinds {
		try("Life" + d.suffix)
	}
	return best
}

// editDistance returns the number of insertions, deletions, substitutions and
// swaps of neighbours that turn a into b, or some number ≥ limit when it is not
// below limit.
//
// Source: optimal string alignment; R. A. Wagner and R. Lowrance, "An extension
// of the string-to-string correction problem", J. ACM 22, 1975.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		old[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			row[j+1] = min(old[j+1]+1, row[j]+1, old[j]+boolInt(a[i] != b[j]))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
		older, old, row = old, row, older
	}
	return old[len(b)]
}

// repairParts sorts out a two-state rule whose letters or separators are
// misplaced, such as B3/23, 23S/3B or B3,S23: two runs of counts, each with the
// B or S nearest to it. It returns "" when there is nothing to be made of s.
func repairParts(s string) string {
	src, nb := cutNeighborhood(newSource(s).lower())
	runs, ok := labelledRuns(src.s, nb)
	if !ok || len(runs) != 2 {
		return ""
	}
	first, second := runs[0], runs[1]
	if first.label == 0 {
		first.label = 's' // survival first, as in 23/3
		if second.label == 's' {
			first.label = 'b'
		}
	}
	if first.label == 's' {
		first, second = second, first
	}
	r, err := parseLifelike(newSource("b" + first.counts + "/s" + second.counts + strings.ToLower(nb.suffix())))
	if err != nil {
		return ""
	}
	return r.String()
}

type labelledRun struct {
	label  byte // b, s or 0
	counts string
}

// labelledRuns cuts s into runs of counts and gives each the letter before it,
// or else the one after it. ok is false when s has anything but counts, letters
// and punctuation, or a letter to spare.
func labelledRuns(s string, nb Neighborhood) (runs []labelledRun, ok bool) {
	pending := byte(0)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case isDigit(c):
			end := i
			for end < len(s) && (isDigit(s[end]) || s[end] == '-' || nb.hasLetter(s[end])) {
				end++
			}
			runs = append(runs, labelledRun{pending, s[i:end]})
			pending = 0
			i = end
			continue
		case c == 'b' || c == 's':
			isBefore := i+1 < len(s) && isDigit(s[i+1])
			if n := len(runs); n > 0 && runs[n-1].label == 0 && !isBefore {
				runs[n-1].label = c
			} else {
				pending = c
			}
		case strings.IndexByte(`/_,;|\.+&()[]`, c) < 0:
			return nil, false
		}
		i++
	}
	return runs, pending == 0
}
