package rule

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// odd are the live states of History and Super rules.
const odd = "\x01\x03\x05\x07\x09\x0b\x0d\x0f\x11\x13\x15\x17\x19"

// around returns the states that a cell sees, and its own place left out.
func around(r *Rule, square []byte) []byte {
	places := map[Neighborhood][]int{Moore: {0, 1, 2, 3, 5, 6, 7, 8}, Hexagonal: {0, 1, 3, 5, 7, 8}, VonNeumann: {1, 3, 5, 7}}
	var near []byte
	for _, k := range places[r.Neighborhood()] {
		near = append(near, square[k])
	}
	return near
}

// wantHistory follows the description in the LifeWiki, "LifeHistory".
func wantHistory(r *Rule, square []byte) byte {
	base, _ := r.Base()
	s, isLive := square[4], lives(base, square, "\x01\x03\x05")
	isWalled := bytes.IndexByte(around(base, square), 6) >= 0
	born, died := []byte{1, 0, 1, 0, 3, 0}, []byte{0, 2, 0, 4, 0, 4}
	switch {
	case s == 6:
		return 6
	case s%2 == 0 && isLive:
		return born[s]
	case s%2 == 1 && (!isLive || isWalled):
		return died[s]
	}
	return s
}

// wantSuper follows the table of states in Golly's Help, "Super".
func wantSuper(r *Rule, square []byte) byte {
	base, _ := r.Base()
	s, near := square[4], around(base, square)
	isLive, sees := lives(base, square, odd), func(states string) bool { return bytes.ContainsAny(near, states) }
	if sees("\x06") {
		switch {
		case s == 7 || s == 8 || s > 12:
			return 0
		case s%2 == 1:
			isLive = false
		}
	}
	after := map[byte]byte{1: 2, 3: 4, 5: 4, 7: 8, 9: 10, 11: 12}
	switch {
	case s%2 == 1 && isLive, s == 6:
		return s
	case s%2 == 1:
		return after[s]
	case isLive && (s == 4 || s == 8):
		return s - 1
	case isLive:
		return wantHeir(near)
	case s == 14:
		return 0
	case s == 16 && sees(odd+"\x0e"):
		return 14
	case s == 18 && sees("\x16"):
		return 22
	case s == 20 && sees("\x12"):
		return 18
	case s == 22 && sees("\x14"):
		return 20
	case s == 24 && sees(odd+"\x0e\x12"):
		return 18
	}
	return s
}

// wantHeir returns the state of a cell that is born where nothing is marked.
func wantHeir(near []byte) byte {
	kinds := map[byte]bool{}
	for _, n := range near {
		if n%2 == 1 {
			kinds[n] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(kinds))
	last := sorted[len(sorted)-1]
	switch {
	case len(sorted) == 1 && last > 8,
		len(sorted) == 2 && sorted[0] == 3 && last > 12,
		len(sorted) == 2 && sorted[0] == 7 && last < 12:
		return last
	case bytes.ContainsAny(sorted, "\x01\x03\x05\x09\x0b"):
		return 1
	}
	return 13
}

// wantInvestigator follows the table of states in Golly's Help, "Super", and a letter a state:
// D kills, L gives birth, 1 counts, c counts and wants a 1, b counts for births, d for deaths.
func wantInvestigator(r *Rule, square []byte) byte {
	does := []string{
		"", "1", "D1", "D", "1", "", "D1", "D", "L1", "L", "1", "", "L1", "L", "DL", "1c", "D1c", "b", "d", "b", "d",
	}
	base, _ := r.Base()
	sees := func(letter string) bool {
		return slices.ContainsFunc(around(base, square), func(s byte) bool { return bytes.Contains([]byte(does[s]), []byte(letter)) })
	}
	live := func(letters string) (all []byte) {
		for s, d := range does {
			if bytes.ContainsAny([]byte(d), letters) {
				all = append(all, byte(s))
			}
		}
		return all
	}
	next := func(letters string) byte {
		if lives(base, square, string(live(letters))) {
			return 1
		}
		return 0
	}
	switch s := square[4]; {
	case s == 6 || s == 10 || s == 12 || s == 19:
		return s + 1
	case s == 7 || s == 11 || s == 13 || s == 20:
		return s - 1
	case s > 1:
		return s
	case s == 1 && sees("D"):
		return 0
	case s == 1:
		return next("1d")
	case sees("L"):
		return 1
	case sees("c") && bytes.IndexByte(around(base, square), 1) < 0:
		return 0
	}
	return next("1b")
}

// TestDerived has a case for each thing that states do.
func TestDerived(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule   string
		square [9]uint8
		want   uint8
	}{
		{"LifeHistory", [9]uint8{1, 3, 5, 0, 2}, 1},
		{"LifeHistory", [9]uint8{1, 3, 5, 0, 4}, 3},
		{"LifeHistory", [9]uint8{1, 3, 5, 0, 6}, 6},
		{"LifeHistory", [9]uint8{1, 1, 0, 0, 5}, 5},
		{"LifeHistory", [9]uint8{1, 0, 0, 0, 5}, 4},
		{"LifeHistory", [9]uint8{1, 1, 6, 0, 1}, 2},                // a wall kills,
		{"LifeHistory", [9]uint8{1, 1, 6, 1, 0}, 1},                // and lets be born;
		{"B3/S12VHistory", [9]uint8{6, 1, 6, 0, 1, 0, 6, 0, 6}, 1}, // only the cells that see it
		{"B3/S12VHistory", [9]uint8{0, 1, 0, 6, 1}, 2},
		{"B2/S34HHistory", [9]uint8{1, 1, 6, 1, 1, 0, 6}, 1},
		{"B2/S34HHistory", [9]uint8{1, 1, 0, 1, 1, 0, 0, 0, 6}, 2},

		{"LifeSuper", [9]uint8{9, 9, 9}, 9}, // births take after their neighbours
		{"LifeSuper", [9]uint8{11, 11, 11, 0, 2}, 11},
		{"LifeSuper", [9]uint8{25, 25, 25, 0, 10}, 25},
		{"LifeSuper", [9]uint8{13, 15, 17}, 13}, // when they differ
		{"LifeSuper", [9]uint8{9, 9, 11}, 1},
		{"LifeSuper", [9]uint8{9, 9, 13}, 1},
		{"LifeSuper", [9]uint8{13, 13, 1}, 1},
		{"LifeSuper", [9]uint8{3, 15, 15}, 15}, // marks and gates among them
		{"LifeSuper", [9]uint8{3, 15, 17}, 1},
		{"LifeSuper", [9]uint8{3, 9, 9}, 1},
		{"LifeSuper", [9]uint8{7, 9, 9}, 9},
		{"LifeSuper", [9]uint8{7, 9, 11}, 1},
		{"LifeSuper", [9]uint8{7, 15, 15}, 13},
		{"LifeSuper", [9]uint8{7, 7, 7}, 13},
		{"LifeSuper", [9]uint8{3, 3, 3}, 1},
		{"LifeSuper", [9]uint8{5, 5, 5}, 1},
		{"LifeSuper", [9]uint8{19, 19, 19, 0, 4}, 3}, // on marks, gates, walls and labels
		{"LifeSuper", [9]uint8{19, 19, 19, 0, 8}, 7},
		{"LifeSuper", [9]uint8{19, 19, 19, 0, 6}, 6},
		{"LifeSuper", [9]uint8{19, 19, 19, 0, 24}, 19},
		{"LifeSuper", [9]uint8{4: 1}, 2}, // deaths
		{"LifeSuper", [9]uint8{4: 3}, 4},
		{"LifeSuper", [9]uint8{4: 5}, 4},
		{"LifeSuper", [9]uint8{4: 7}, 8},
		{"LifeSuper", [9]uint8{4: 9}, 10},
		{"LifeSuper", [9]uint8{4: 11}, 12},
		{"LifeSuper", [9]uint8{4: 13}, 0},
		{"LifeSuper", [9]uint8{4: 25}, 0},
		{"LifeSuper", [9]uint8{9, 9, 6, 0, 11}, 12}, // at a wall
		{"LifeSuper", [9]uint8{9, 9, 6, 0, 7}, 0},
		{"LifeSuper", [9]uint8{9, 9, 6, 0, 21}, 0},
		{"LifeSuper", [9]uint8{6, 0, 0, 0, 8}, 0},
		{"LifeSuper", [9]uint8{6, 0, 0, 0, 18}, 0},
		{"LifeSuper", [9]uint8{6, 0, 0, 0, 12}, 12},
		{"LifeSuper", [9]uint8{6, 9, 9, 9, 4}, 3},
		{"LifeSuper", [9]uint8{4: 14}, 0}, // labels
		{"LifeSuper", [9]uint8{4: 16}, 16},
		{"LifeSuper", [9]uint8{14, 0, 0, 0, 16}, 14},
		{"LifeSuper", [9]uint8{23, 0, 0, 0, 16}, 14},
		{"LifeSuper", [9]uint8{20, 0, 0, 0, 18}, 18},
		{"LifeSuper", [9]uint8{22, 0, 0, 0, 18}, 22},
		{"LifeSuper", [9]uint8{18, 0, 0, 0, 20}, 18},
		{"LifeSuper", [9]uint8{20, 0, 0, 0, 22}, 20},
		{"LifeSuper", [9]uint8{22, 0, 0, 0, 24}, 24},
		{"LifeSuper", [9]uint8{18, 0, 0, 0, 24}, 18},
		{"LifeSuper", [9]uint8{14, 0, 0, 0, 24}, 18},
		{"LifeSuper", [9]uint8{1, 0, 0, 0, 24}, 18},
		{"B1/SVSuper", [9]uint8{13, 9, 13}, 9}, // only the cells that see it
		{"B3/S12VSuper", [9]uint8{1, 0, 1, 0, 16}, 16},

		{"LifeInvestigator", [9]uint8{1, 2, 4}, 1}, // what counts
		{"LifeInvestigator", [9]uint8{6, 10, 4}, 1},
		{"LifeInvestigator", [9]uint8{1, 3, 5, 7, 0, 11}, 0},
		{"LifeInvestigator", [9]uint8{1, 4, 0, 0, 1}, 1},
		{"LifeInvestigator", [9]uint8{1, 1, 2, 0, 1}, 0}, // killers
		{"LifeInvestigator", [9]uint8{1, 1, 7, 0, 1}, 0},
		{"LifeInvestigator", [9]uint8{13}, 1}, // eggs
		{"LifeInvestigator", [9]uint8{9}, 1},
		{"LifeInvestigator", [9]uint8{14}, 1}, // an inverter
		{"LifeInvestigator", [9]uint8{1, 1, 14, 0, 1}, 0},
		{"LifeInvestigator", [9]uint8{15, 15, 15}, 0}, // catalysts
		{"LifeInvestigator", [9]uint8{15, 16, 1}, 1},
		{"LifeInvestigator", [9]uint8{15, 15, 0, 0, 1}, 1},
		{"LifeInvestigator", [9]uint8{15, 16, 0, 0, 1}, 0},
		{"LifeInvestigator", [9]uint8{17, 19, 1}, 1}, // for births or deaths alone
		{"LifeInvestigator", [9]uint8{17, 19, 0, 0, 1}, 0},
		{"LifeInvestigator", [9]uint8{18, 20, 1}, 0},
		{"LifeInvestigator", [9]uint8{18, 20, 0, 0, 1}, 1},
		{"LifeInvestigator", [9]uint8{1, 1, 1, 0, 6}, 7}, // which change by themselves
		{"LifeInvestigator", [9]uint8{1, 1, 1, 0, 7}, 6},
		{"LifeInvestigator", [9]uint8{4: 10}, 11},
		{"LifeInvestigator", [9]uint8{4: 13}, 12},
		{"LifeInvestigator", [9]uint8{4: 19}, 20},
		{"LifeInvestigator", [9]uint8{4: 5}, 5},
		{"B3/S12VInvestigator", [9]uint8{9, 0, 3, 0, 0}, 0}, // only the cells that see it
		{"B3/S12VInvestigator", [9]uint8{3, 1, 3, 0, 1}, 1},
	} {
		next, ok := MustParse(tt.rule).Local()
		if !ok {
			t.Fatalf("%s has no transition", tt.rule)
		}
		if got := next(&tt.square); got != tt.want {
			t.Errorf("%s: %v becomes %d, want %d", tt.rule, tt.square, got, tt.want)
		}
	}
}

// TestDerivedOfB0 has rules do on a live background what their twins do on a dead one.
func TestDerivedOfB0(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 12))
	for _, suffix := range []string{"History", "Super", "Investigator"} {
		twin, _ := MustParse("Life" + suffix).Local()
		next, ok := MustParse("B0123478/S01234678" + suffix).Local()
		if !ok {
			t.Errorf("no transition of %s", suffix)
			continue
		}
		for range 1000 {
			square := randomSquare(rng, 7)
			if got, want := next(&square), twin(&square); got != want {
				t.Fatalf("%s: %v becomes %d, want %d", suffix, square, got, want)
			}
		}
	}
}
