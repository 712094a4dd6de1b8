package rule

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestLocalRules compares transitions with what the rules' authors say, on random squares.
func TestLocalRules(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 8))
	for _, tt := range []struct {
		rule string
		want func(r *Rule, square []byte) byte
	}{
		{"WireWorld", wantWireWorld},
		{"B3/S23", wantDecay},
		{"B24/S3H", wantDecay},
		{"W110", wantDecay},
		{"/2/3", wantDecay},
		{"345/2/4", wantDecay},
		{"2-a/34c/5", wantDecay},
		{"/2/256", wantDecay},
		{"LifeHistory", wantHistory},
		{"B36/S23History", wantHistory},
		{"B2/S34HHistory", wantHistory},
		{"B3/S12VHistory", wantHistory},
		{"LifeSuper", wantSuper},
		{"B345/S4567Super", wantSuper},
		{"B2/S34HSuper", wantSuper},
		{"B13/S12VSuper", wantSuper},
		{"LifeInvestigator", wantInvestigator},
		{"B2-a/S12Investigator", wantInvestigator},
		{"B24/S135HInvestigator", wantInvestigator},
		{"B13/S12VInvestigator", wantInvestigator},
	} {
		r := MustParse(tt.rule)
		next, ok := r.Local()
		if !ok {
			t.Errorf("%s has no transition", tt.rule)
			continue
		}
		for range 3000 {
			square := randomSquare(rng, r.States())
			if got, want := next(&square), tt.want(r, square[:]); got != want {
				t.Fatalf("%s: %v becomes %d, want %d", tt.rule, square, got, want)
			}
		}
	}
}

// randomSquare has each of the lower states more often than chance would have it.
func randomSquare(rng *rand.Rand, states int) (square [9]uint8) {
	least := 1 + rng.IntN(states)
	for k := range square {
		square[k] = uint8(rng.IntN(least))
	}
	return square
}

func wantWireWorld(_ *Rule, square []byte) byte {
	heads := bytes.Count(square, []byte{1})
	return map[byte]byte{0: 0, 1: 2, 2: 3, 3: map[bool]byte{true: 1, false: 3}[heads == 1 || heads == 2]}[square[4]]
}

// lives says what the table has for a square in which some states are live.
func lives(r *Rule, square []byte, live string) bool {
	i := 0
	for k, s := range square {
		if bytes.IndexByte([]byte(live), s) >= 0 {
			i += NW >> k
		}
	}
	return r.table.Next(i) == 1
}

func wantDecay(r *Rule, square []byte) byte {
	s := square[4]
	if s < 2 && lives(r, square, "\x01") {
		return 1
	}
	if s > 0 && int(s)+1 < r.States() {
		return s + 1
	}
	return 0
}

// TestLocalNeumann follows a signal and the making of a cell in the automata of von Neumann, Nobili and Hutton.
func TestLocalNeumann(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n, w, c, e, s, want uint8
		nobili, hutton      uint8
	}{
		{c: 9, want: 9, nobili: 9, hutton: 9},                                // a quiet wire to the east
		{w: 13, c: 9, want: 13, nobili: 13, hutton: 13},                      // passes a signal from the west on,
		{e: 13, c: 9, want: 9, nobili: 9, hutton: 9},                         // but not one that leads away
		{e: 15, c: 9, want: 9, nobili: 9, hutton: 9},                         // or comes from where it points
		{n: 16, c: 9, want: 13, nobili: 13, hutton: 13},                      // from the north
		{w: 21, c: 9, want: 0, nobili: 0, hutton: 0},                         // a special signal kills it
		{w: 13, c: 17, want: 0, nobili: 0, hutton: 0},                        // and the other way round
		{w: 13, c: 0, want: 1, nobili: 1, hutton: 1},                         // the ground is sensitized
		{c: 1, want: 2, nobili: 2, hutton: 2},                                // and grows
		{w: 13, c: 8, want: 10, nobili: 10, hutton: 10},                      // to the north
		{c: 8, want: 9, nobili: 9, hutton: 8},                                // or the east
		{w: 13, c: 25, want: 26, nobili: 26, hutton: 26},                     // a confluent cell
		{c: 26, want: 27, nobili: 26, hutton: 27},                            // delays a signal, but with no wire out not in Nobili's,
		{c: 27, want: 25, nobili: 27, hutton: 25},                            // and forgets it, the same there
		{w: 13, n: 12, c: 25, e: 9, s: 12, want: 25, nobili: 29, hutton: 29}, // two wires must agree, or cross
		{w: 13, n: 16, c: 25, e: 9, s: 12, want: 26, nobili: 31, hutton: 31}, // both at once
		{w: 21, n: 16, c: 26, e: 9, s: 12, want: 0, nobili: 0, hutton: 0},    // killed all the same
		{w: 27, c: 17, want: 21, nobili: 21, hutton: 21},                     // a confluent cell excites both kinds
		{c: 27, e: 9, want: 25, nobili: 25, hutton: 25},                      // with one
		{w: 21, c: 0, want: 1, nobili: 1, hutton: 9},                         // Hutton's special signals write wires
		{c: 13, e: 2, want: 9, nobili: 9, hutton: 21},                        // and stand for a 0 at the end of a wire
		{w: 13, c: 13, e: 7, want: 13, nobili: 13, hutton: 1},                // which draws back
	} {
		square := [9]uint8{1: tt.n, 3: tt.w, 4: tt.c, 5: tt.e, 7: tt.s}
		for name, want := range map[string]uint8{"JvN29": tt.want, "Nobili32": tt.nobili, "Hutton32": tt.hutton} {
			next, ok := MustParse(name).Local()
			if !ok {
				t.Fatalf("%s has no transition", name)
			}
			if got := next(&square); got != want {
				t.Errorf("%s: %v becomes %d, want %d", name, square, got, want)
			}
		}
	}
}

// TestLocalBounds has transitions stay among the states, and nothing come of nothing.
func TestLocalBounds(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 9))
	for _, s := range []string{"WireWorld", "JvN29", "Nobili32", "Hutton32", "LifeHistory", "B12/SSuper", "B12/SInvestigator", "B3/S23", "345/2/4", "/2/256", "12/34/2"} {
		r := MustParse(s)
		next, ok := r.Local()
		if !ok || next(new([9]uint8)) != 0 {
			t.Errorf("%s: no transition, or one that makes something of nothing", s)
			continue
		}
		for range 2000 {
			square := randomSquare(rng, r.States())
			before := square
			if got := next(&square); int(got) >= r.States() || square != before {
				t.Fatalf("%s: %v becomes %v around, %d", s, before, square, got)
			}
		}
	}
}

// TestNoLocal lists rules without a transition.
func TestNoLocal(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"B0/S", "B0123478/S01234678", "B0/SHistory", "B0/SInvestigator", "Codd", "R2,C0,S2-3,B3,NM", "R5,C0,M1,S34..58,B34..45,NM", "W1"} {
		if _, ok := MustParse(s).Local(); ok {
			t.Errorf("%s has a transition", s)
		}
	}
}
