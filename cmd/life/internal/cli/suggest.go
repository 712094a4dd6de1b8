package cli

import (
	"cmp"
	"slices"
	"strings"
)

// suggest returns up to three of words that s may be a misspelling of, the
// nearest first.
func suggest(s string, words []string) []string {
	type candidate struct {
		word string
		far  int
	}
	var near []candidate
	s = strings.ToLower(s)
	for _, w := range words {
		far := distance(s, w)
		if len(s) > 1 && strings.HasPrefix(w, s) {
			far = min(far, 1)
		}
		if far <= max(1, len(s)/3) {
			near = append(near, candidate{w, far})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var out []string
	for _, c := range near[:min(3, len(near))] {
		out = append(out, c.word)
	}
	return out
}

// distance returns the number of insertions, deletions, changes and swaps of
// neighbouring bytes between a and b (optimal string alignment).
func distance(a, b string) int {
	prev2, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, prev[j+1]+1, prev[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], prev2[j-1]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}

// didYouMean returns the end of an error line that offers words, or "".
func didYouMean(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return "; did you mean " + words[0] + "?"
	}
	last := len(words) - 1
	return "; did you mean " + strings.Join(words[:last], ", ") + " or " + words[last] + "?"
}
