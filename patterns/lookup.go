package patterns

import (
	"cmp"
	"slices"
	"strings"
)

// All returns all patterns, sorted by kind (in the order of Kinds) and name.
// The caller owns the slice.
func All() []Entry { return slices.Clone(load()) }

// Lookup finds a pattern by its name or one of its aliases; upper and lower case
// are the same, and so are spaces, underscores and hyphens. Cost: a scan of the
// index, of which only the pattern's own line is parsed; a program that wants one
// pattern starts in a fraction of the time that all entries take.
func Lookup(name string) (Entry, bool) {
	name = canonical(name)
	_, lines, _ := strings.Cut(index, "\n")
	for line := range strings.Lines(lines) {
		if line = strings.TrimSuffix(line, "\n"); name == "" || !isNamed(line, name) {
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			panic("patterns: index.tsv: " + err.Error())
		}
		return e, true
	}
	return Entry{}, false
}

// isNamed reports whether a line of the index is that of name, or of an alias.
func isNamed(line, name string) bool {
	if field(line, "name") == name {
		return true
	}
	for alias := range strings.SplitSeq(field(line, "aliases"), ",") {
		if alias == name {
			return true
		}
	}
	return false
}

// canonical writes a name as the index does.
func canonical(name string) string {
	return strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(strings.TrimSpace(name)))
}

// maxSuggestions is how many names Suggest returns.
const maxSuggestions = 3

// Suggest returns at most three names of patterns that someone who typed name
// may have meant, best first: those that begin with it, then those that contain
// it, then those within a few typing errors.
func Suggest(name string) []string {
	name = canonical(name)
	if name == "" {
		return nil
	}
	best := map[string]int{} // pattern -> lowest score
	for _, e := range load() {
		for _, known := range append([]string{e.Name}, e.Aliases...) {
			score, ok := similarity(name, known)
			if old, seen := best[e.Name]; ok && (!seen || score < old) {
				best[e.Name] = score
			}
		}
	}
	names := make([]string, 0, len(best))
	for n := range best {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(best[a], best[b]), strings.Compare(a, b))
	})
	return names[:min(len(names), maxSuggestions)]
}

// similarity scores how well known answers a search for name, lower is better;
// ok is false when it does not. One typing error in a whole name counts less
// than a prefix that leaves much untyped.
func similarity(name, known string) (score int, ok bool) {
	const perEdit, prefix, substring = 20, 20, 60
	score = 1 << 30
	if strings.HasPrefix(known, name) {
		score = prefix + len(known) - len(name)
	} else if len(name) > 2 && strings.Contains(known, name) {
		score = substring + len(known) - len(name)
	}
	if d := editDistance(name, known); d <= (len(name)+1)/3 {
		score = min(score, perEdit*d)
	}
	return score, score < 1<<30
}

// editDistance is the number of bytes to insert, remove, replace or swap with
// their neighbour to make b of a (optimal string alignment).
func editDistance(a, b string) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			replace := 1
			if a[i-1] == b[j-1] {
				replace = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
