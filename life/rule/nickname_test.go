package rule

import (
	"slices"
	"strings"
	"testing"
)

func TestNicknames(t *testing.T) {
	t.Parallel()
	list := Nicknames()
	rules, keys := map[string]bool{}, map[string]bool{}
	for _, n := range list {
		r, err := Parse(n.Name)
		if err != nil {
			t.Errorf("%s: %v", n.Name, err)
			continue
		}
		if r.String() != n.Rulestring {
			t.Errorf("%s: rulestring %s is not canonical, want %s", n.Name, n.Rulestring, r)
		}
		rules[n.Rulestring] = true
		if k := nickKey(n.Name); keys[k] {
			t.Errorf("%s is there twice", n.Name)
		} else {
			keys[k] = true
		}
	}
	if len(rules) < 50 {
		t.Errorf("%d rules with nicknames, want 50 or more", len(rules))
	}
	if !slices.IsSortedFunc(list, func(a, b Nickname) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	}) {
		t.Error("not sorted")
	}
	list[0].Name = "changed"
	if Nicknames()[0].Name == "changed" {
		t.Error("the slice is not the caller's own")
	}
}

// TestNicknamesKnown checks rules that are common knowledge: LifeWiki, "List of
// Life-like rules" and "Generations".
func TestNicknamesKnown(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"life":                 "B3/S23",
		"CONWAY":               "B3/S23",
		"High Life":            "B36/S23",
		"day&night":            "B3678/S34678",
		"Day and Night":        "B3678/S34678",
		"DAY-NIGHT":            "B3678/S34678",
		"seeds":                "B2/S",
		"Life without Death":   "B3/S012345678",
		"replicator":           "B1357/S1357",
		"fredkin":              "B1357/S02468",
		"maze":                 "B3/S12345",
		"mazectric":            "B3/S1234",
		"diamoeba":             "B35678/S5678",
		"2x2":                  "B36/S125",
		"Morley":               "B368/S245",
		"Anneal":               "B4678/S35678",
		"coral":                "B3/S45678",
		"coagulations":         "B378/S235678",
		"gnarl":                "B1/S1",
		"LongLife":             "B345/S5",
		"Walled_Cities":        "B45678/S2345",
		"dry life":             "B37/S23",
		"pseudolife":           "B357/S238",
		"34life":               "B34/S34",
		"3-4 Life":             "B34/S34",
		"LiveFreeOrDie":        "B2/S0",
		"TLIFE":                "B3/S2-i34q",
		"justfriends":          "B2-a/S12",
		"snowlife":             "B3/S1237",
		"brians brain":         "/2/3",
		"CrossLife":            "B3/S234et",
		"burst 2":              "",
		"BurstII":              "235678/3468/9",
		"Brian’s Brain":        "",
		"star wars":            "345/2/4",
		"bosco's rule":         "R5,C0,M1,S34..58,B34..45,NM",
		"Brian's Brain:T30,20": "/2/3:T30,20",
	} {
		r, err := Parse(name)
		if want == "" {
			if err == nil {
				t.Errorf("%s: accepted as %s", name, r)
			}
			continue
		}
		if err != nil || r.String() != want {
			t.Errorf("%s: %v, %v, want %s", name, r, err, want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"maze", "maze", 0},
		{"maze", "mave", 1},
		{"maze", "mzae", 1},
		{"maze", "amze", 1},
		{"maze", "mazes", 1},
		{"maze", "aze", 1},
		{"maze", "", 4},
		{"highlife", "hilife", 2},
		{"abcd", "dcba", 3},
	} {
		for _, s := range [2][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			if got := editDistance(s[0], s[1], 9); got != tt.want {
				t.Errorf("%q to %q: %d, want %d", s[0], s[1], got, tt.want)
			}
		}
	}
	if got := editDistance("a", "abcdef", 3); got != 3 {
		t.Errorf("distance %d over the limit 3", got)
	}
}
