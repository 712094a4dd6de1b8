package rule

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// plainCounts writes the set bits of m as digits.
func plainCounts(m int) string {
	s := ""
	for n := range 9 {
		if m>>n&1 == 1 {
			s += fmt.Sprint(n)
		}
	}
	return s
}

// checkOuterTotalistic compares one rule given by count masks with a direct
// reading of what B and S mean.
func checkOuterTotalistic(t *testing.T, suffix string, neighbours, birth, survive int) {
	t.Helper()
	want := "B" + plainCounts(birth) + "/S" + plainCounts(survive) + suffix
	r, err := Parse(plainCounts(survive) + "/" + plainCounts(birth) + strings.ToLower(suffix))
	if err != nil || r.String() != want {
		t.Fatalf("%v, %v, want %s", r, err, want)
	}
	for i := range 512 {
		n := popcount(i & neighbours)
		live := birth >> n & 1
		if i&C != 0 {
			live = survive >> n & 1
		}
		if int(r.table.Next(i)) != live {
			t.Fatalf("%s: index %d is %d, want %d", want, i, r.table.Next(i), live)
		}
	}
	b0, smax := birth&1 == 1, survive>>popcount(neighbours)&1 == 1
	if r.HasB0() != b0 || r.Alternates() != (b0 && !smax) {
		t.Fatalf("%s: B0 %v, alternates %v", want, r.HasB0(), r.Alternates())
	}
	if b, s, ok := r.Totalistic(); suffix == "" && (!ok || int(b) != birth || int(s) != survive) {
		t.Fatalf("%s: totalistic %b %b %v", want, b, s, ok)
	}
}

// TestOuterTotalistic takes every von Neumann rule and a sample of the others.
func TestOuterTotalistic(t *testing.T) {
	t.Parallel()
	for k := range 1 << 10 {
		checkOuterTotalistic(t, "V", N|E|S|W, k>>5, k&31)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 5))
	for range 1500 {
		checkOuterTotalistic(t, "H", 511&^(C|NE|SW), rng.IntN(1<<7), rng.IntN(1<<7))
		checkOuterTotalistic(t, "", 511&^C, rng.IntN(1<<9), rng.IntN(1<<9))
	}
}

// picture reads rows of . and o on a w×h torus, at (x, y).
func picture(w, h, x, y int, rows ...string) board {
	b := newBoard(w, h, func(int, int) uint8 { return 0 })
	for dy, row := range rows {
		for dx, c := range row {
			b[y+dy][x+dx] = uint8(boolInt(c == 'o'))
		}
	}
	return b
}

// TestKnownPatterns runs patterns whose fate is common knowledge (LifeWiki) under
// several spellings of their rules.
func TestKnownPatterns(t *testing.T) {
	t.Parallel()
	glider := []string{".o.", "..o", "ooo"}
	for _, tt := range []struct {
		name  string
		rules []string
		from  board
		gens  int
		to    board
	}{
		{"glider", []string{"B3/S23", "23/3", "Life", lifeMAP, "B3aceijknqry/S23", "HighLife"},
			picture(12, 12, 2, 2, glider...), 4, picture(12, 12, 3, 3, glider...)},
		{"block", []string{"Life", "Day & Night", "B/S3"},
			picture(8, 8, 3, 3, "oo", "oo"), 7, picture(8, 8, 3, 3, "oo", "oo")},
		{"blinker", []string{"Life", "HighLife", "DryLife"},
			picture(8, 8, 2, 3, "ooo"), 1, picture(8, 8, 3, 2, "o", "o", "o")},
		{"one cell replicates", []string{"Replicator", "1357/1357"},
			picture(12, 12, 5, 5, "o"), 2, picture(12, 12, 3, 3, "o.o.o", ".....", "o...o", ".....", "o.o.o")},
		{"parity of four", []string{"Parity", "B13/S13V"},
			picture(12, 12, 5, 5, "o"), 2, picture(12, 12, 3, 3, "..o..", ".....", "o...o", ".....", "..o..")},
		{"hexagonal growth", []string{"B1/SH"},
			picture(8, 8, 3, 3, "o"), 1, picture(8, 8, 2, 2, "oo.", "o.o", ".oo")},
		{"rule 30", []string{"W30"},
			picture(16, 4, 7, 0, "o"), 3, picture(16, 4, 4, 0, "...o...", "..ooo..", ".oo..o.", "oo.oooo")},
		{"rule 90", []string{"W90"},
			picture(16, 4, 7, 0, "o"), 3, picture(16, 4, 4, 0, "...o...", "..o.o..", ".o...o.", "o.o.o.o")},
		{"only the pair of neighbours side by side", []string{"B2a/S"},
			picture(8, 8, 3, 3, "oo"), 1, picture(8, 8, 3, 2, "oo", "..", "oo")},
		{"only the pair on a line through the centre", []string{"B2i/S"},
			picture(8, 8, 3, 3, "o.o"), 1, picture(8, 8, 3, 3, ".o.")},
	} {
		for _, s := range tt.rules {
			r := MustParse(s)
			b := tt.from
			for gen := range tt.gens {
				b = b.step(r.Phase(gen%2 == 1))
			}
			if !b.equal(tt.to) {
				t.Errorf("%s under %s: after %d generations %v, want %v", tt.name, s, tt.gens, b, tt.to)
			}
		}
	}
}

// TestSpellingVariants rewrites canonical rules in ways that must not matter.
func TestSpellingVariants(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 6))
	for range 500 {
		r := MustParse(randomRule(rng))
		isMAP := strings.HasPrefix(r.Name(), "MAP")
		for range 4 {
			var b strings.Builder
			for _, c := range r.String() {
				if !isMAP && rng.IntN(2) == 0 {
					c = lowerASCII(c)
				}
				b.WriteRune(c)
				if rng.IntN(4) == 0 {
					all := []rune(blanks)
					b.WriteRune(all[rng.IntN(len(all))])
				}
			}
			if v, err := Parse(b.String()); err != nil || !v.Equal(r) || v.String() != r.String() {
				t.Fatalf("seed %d: Parse(%q) = %v, %v, want %s", seed, b.String(), v, err, r)
			}
		}
	}
}

// TestMutations damages rulestrings: every outcome is a rule that reads back, or
// a SyntaxError that points into the string and suggests something valid.
func TestMutations(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 7))
	const alphabet = "0123456789bshvBSGRCMNacekinyqjrtwz/_-:,.@*+#TPK= \x00\xc3"
	for range 4000 {
		s := []byte(canonical[rng.IntN(len(canonical))].in)
		for range 1 + rng.IntN(3) {
			k, c := rng.IntN(len(s)+1), alphabet[rng.IntN(len(alphabet))]
			switch {
			case rng.IntN(3) == 0 || k == len(s):
				s = append(s[:k:k], append([]byte{c}, s[k:]...)...)
			case rng.IntN(2) == 0:
				s = append(s[:k:k], s[k+1:]...)
			default:
				s[k] = c
			}
		}
		r, err := Parse(string(s))
		if err == nil {
			checkRoundTrip(t, r)
			continue
		}
		var se *SyntaxError
		if !errors.As(err, &se) || se.Col < 1 || se.Col > len(s)+1 || se.Msg == "" {
			t.Fatalf("seed %d: Parse(%q): %v", seed, s, err)
		}
		if se.Suggestion != "" {
			checkRoundTrip(t, MustParse(se.Suggestion))
		}
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"B3/23:T30":        "B3/S23:T30",
		"B3/23:Q30":        "B3/S23", // the grid is past help
		"b3/23h":           "B3/S23H",
		"23B/3S":           "B23/S3",
		"S23,B3":           "B3/S23",
		"23,3":             "B3/S23",
		"B3;S23":           "B3/S23",
		"B3\\S23":          "B3/S23",
		"B3+S23":           "B3/S23",
		"(B3)(S23)":        "B3/S23",
		"B:3/S23":          "",
		"B2-a/12":          "B2-a/S12",
		"B2t/12":           "", // no such letter: nothing to guess
		"seads":            "Seeds",
		"sedes":            "Seeds",
		"HighLife 2":       "HighLife",
		"Conways Live":     "Conway's Life",
		"Brians Brian":     "Brian's Brain",
		"Day & Nigth":      "Day & Night",
		"Diamoba":          "Diamoeba",
		"JvN2":             "JvN29",
		"abc":              "",
		"qqqqqqqqqqqqqqqq": "",
		"B3/S23:T30x":      "",
	} {
		_, err := Parse(in)
		var se *SyntaxError
		if !errors.As(err, &se) || se.Suggestion != want {
			t.Errorf("Parse(%q): %v, want suggestion %q", in, err, want)
		}
	}
	if _, err := Parse("B3/23" + strings.Repeat("3", 1000)); strings.Contains(err.Error(), "did you mean") {
		t.Error("suggestion for a string over the limit")
	}
}

// TestLongInput reads strings far over Golly's 2,000 characters.
func TestLongInput(t *testing.T) {
	t.Parallel()
	if r := MustParse("B" + strings.Repeat("3", 100_000) + "/S23"); r.String() != "B3/S23" {
		t.Errorf("reads as %s", r)
	}
	const radius = 60
	digits := strings.Repeat("f", radius*(radius+1))
	w, ok := MustParse(fmt.Sprintf("R%d,C0,S1,B1,N@%s", radius, digits)).Wide()
	if !ok || w.MaxCount() != 4*radius*(radius+1) {
		t.Errorf("a full neighbourhood of range %d counts %d", radius, w.MaxCount())
	}
	for _, s := range []string{strings.Repeat("9", 1_000_000), "W" + strings.Repeat("0", 100_000) + "256", "R" + strings.Repeat("1", 100_000) + ",C0", "345/2/" + strings.Repeat("4", 100_000)} {
		if _, err := Parse(s); err == nil || len(err.Error()) > 300 {
			t.Errorf("%.10s…: %.100v", s, err)
		}
	}
}
