package soup_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
	"golife/life/soup"
)

var conway = rule.MustParse("B3/S23")

func mustParse(t *testing.T, text string) soup.Soup {
	t.Helper()
	s, err := soup.Parse(text)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return s
}

func pattern(t *testing.T, text, rulestring, seed string) *life.Pattern {
	t.Helper()
	p, err := mustParse(t, text).Pattern(rule.MustParse(rulestring), seed)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSameForGood fails when a seed gives other cells than it gave before: results
// that people have published would no longer be those of their soups.
func TestSameForGood(t *testing.T) {
	for _, tt := range []struct{ soup, rule, seed, digest string }{
		{"16x16", "B3/S23", "1", "f9ba948e2be853fdb4f36188a21fb564"},
		{"33x31:37.5%:D4_+1", "B3/S23", "golife", "69d909fcb4a3da48bc3adf98449dd293"},
		{"20x20:0.25:C4_4", "/2/8", "", "0a02e7896e2c8128944dd078604f738f"},
	} {
		if got := pattern(t, tt.soup, tt.rule, tt.seed).Digest(); got != tt.digest {
			t.Errorf("%s of seed %q: digest %s, want %s", tt.soup, tt.seed, got, tt.digest)
		}
	}
}

// TestSymmetries checks each name against the symmetries of life.Pattern, which know
// nothing of this package: what the soup has, and no more.
func TestSymmetries(t *testing.T) {
	t.Parallel()
	// Of a square: how many of the eight symmetries leave it as it is.
	order := map[string]int{"C1": 1, "C2_1": 2, "C2_4": 2, "C4_1": 4, "C4_4": 4, "D2_+1": 2, "D2_+2": 2, "D2_x": 2,
		"D4_+1": 4, "D4_+4": 4, "D4_x1": 4, "D4_x4": 4, "D8_1": 8, "D8_4": 8, "C2_2": 2, "D4_+2": 4}
	for _, name := range soup.Symmetries() {
		fitted := 0
		for _, size := range []string{"12x12", "13x13", "12x13", "13x12", "1x1", "2x2"} {
			s, err := soup.Parse(size + ":0.4:" + name)
			if err != nil {
				continue
			}
			fitted++
			p, err := s.Pattern(conway, "seed of "+name)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, sym := range life.Symmetries() {
				if centred(p.Transform(sym)).SameCells(centred(p)) {
					n++
				}
			}
			if s.Width > 2 && n != order[name] {
				t.Errorf("%v: %d symmetries, want %d", s, n, order[name])
			}
		}
		if fitted == 0 {
			t.Errorf("%s fits no size", name)
		}
	}
}

// centred moves the bounding box of p to the origin; the pattern must reach all sides
// of its soup for that to say anything, which dense ones do.
func centred(p *life.Pattern) *life.Pattern {
	b, ok := p.Bounds()
	if !ok {
		return p
	}
	return p.Translate(new(big.Int).Neg(b.MinX), new(big.Int).Neg(b.MinY))
}

func TestDensity(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		density  string
		min, max int64
	}{
		{"0", 0, 0}, {"1", 10000, 10000}, {"100%", 10000, 10000}, {"0.5", 4700, 5300}, {"37.5%", 3450, 4050},
	} {
		n := pattern(t, "100x100:"+tt.density, "B3/S23", "7").Population().Int64()
		if n < tt.min || n > tt.max {
			t.Errorf("density %s: %d cells of 10000", tt.density, n)
		}
	}
}

// TestStates checks that all live states of a rule come, each as often.
func TestStates(t *testing.T) {
	t.Parallel()
	count := map[life.State]int{}
	p := pattern(t, "100x100:0.8", "345/2/5", "states")
	for _, s := range p.Cells(life.Everywhere()) {
		count[s]++
	}
	for s := life.State(1); s < 5; s++ {
		if count[s] < 1800 || count[s] > 2200 {
			t.Errorf("state %d comes %d times, want some 2000", s, count[s])
		}
	}
	if len(count) != 4 {
		t.Errorf("states %v, want 1 to 4", count)
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ rule, want string }{
		{"B3/S23", "0,0 4x4"},
		{"B3/S23:T4,4", "-2,-2 4x4"},
		{"B3/S23:T8,6", "-2,-2 4x4"},
		{"B3/S23:P0,4", "0,-2 4x4"},
	} {
		b, _ := pattern(t, "4x4:1", tt.rule, "x").Bounds()
		if got := fmt.Sprintf("%v,%v %vx%v", b.MinX, b.MinY, b.Width(), b.Height()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.rule, got, tt.want)
		}
	}
	if _, err := mustParse(t, "5x4").Pattern(rule.MustParse("B3/S23:T4,4"), ""); !errors.Is(err, life.ErrOutOfRange) {
		t.Errorf("a soup that does not fit its torus: %v", err)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"16x16": "16x16:0.5:C1", "3x7:25%": "3x7:0.25:C1", "1x1:0:C1": "1x1:0:C1", "4x4:1e-1:D8_4": "4x4:0.1:D8_4",
	} {
		if got := mustParse(t, in).String(); got != want {
			t.Errorf("Parse(%q) = %s, want %s", in, got, want)
		}
		if got := mustParse(t, want).String(); got != want {
			t.Errorf("Parse(%q) = %s", want, got)
		}
	}
	for in, want := range map[string]string{
		"":                 "want WIDTHxHEIGHT",
		"16":               "want WIDTHxHEIGHT",
		"0x4":              `side of "0"`,
		"-1x4":             `side of "-1"`,
		"4x99999999999":    "side of",
		"100000x100000":    "want at most",
		"4x4:2":            `density of "2"`,
		"4x4:NaN":          "density of",
		"4x4:150%":         "density of",
		"4x4:x":            "density of",
		"4x4:0.5:C3":       "unknown symmetry",
		"4x5:0.5:C4_4":     "want a square with even sides",
		"4x4:0.5:C4_1":     "want a square with odd sides",
		"4x4:0.5:C1:extra": "want WIDTHxHEIGHT",
		"2147483648x1":     "side of",
	} {
		if _, err := soup.Parse(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q): %v, want %q", in, err, want)
		}
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "16x32:25%")
	for _, seed := range []string{"", "7", "a:b:c", "é/ "} {
		got, gotSeed, err := soup.ParseName(s.Name(seed))
		if err != nil || got != s || gotSeed != seed {
			t.Errorf("%q becomes %v of %q, %v", s.Name(seed), got, gotSeed, err)
		}
	}
	for _, bad := range []string{"soup:16x16", "soup:16x16:0.5:C1", "16x16:0.5:C1:x", "soup:0x0:0.5:C1:x"} {
		if _, _, err := soup.ParseName(bad); err == nil {
			t.Errorf("ParseName(%q) has no error", bad)
		}
	}
}
