package rule

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

const lifeMAP = "MAPARYXfhZofugWaH7oaIDogBZofuhogOiAaIDogIAAgAAWaH7oaIDogGiA6ICAAIAAaIDogIAAgACAAIAAAAAAAA"

// canonical pairs spellings with the canonical rulestring; sources are the
// sections of facts/formats.md.
var canonical = []struct {
	section  int
	in, want string
}{
	{6, "B3/S23", "B3/S23"},
	{6, "b3s23", "B3/S23"},
	{6, " b 3 / s 2 3 ", "B3/S23"},
	{6, "B3\t/\r\nS23", "B3/S23"},
	{6, "S23/B3", "B3/S23"},
	{6, "S23B3", "B3/S23"},
	{6, "23/3", "B3/S23"},
	{6, "23_3", "B3/S23"},
	{6, "B33/S2323", "B3/S23"},
	{6, "B63/S32", "B36/S23"},
	{6, "B3", "B3/S"},
	{6, "B3/", "B3/S"},
	{6, "S23", "B/S23"},
	{6, "/3", "B3/S"},
	{6, "23/", "B/S23"},
	{6, "/", "B/S"},
	{6, "BS", "B/S"},
	{6, "B/S", "B/S"},
	{6, "bsv", "B/SV"},
	{6, "bh", "B/SH"},
	{6, "B0/S8", "B0/S8"},
	{6, "B2/S34H", "B2/S34H"},
	{6, "b2s34h", "B2/S34H"},
	{6, "34/2H", "B2/S34H"},
	{6, "B6/S6h", "B6/S6H"},
	{6, "B13/S024V", "B13/S024V"},
	{6, "24/13v", "B13/S24V"},
	{6, "W30", "W30"},
	{6, "w0110", "W110"},
	{6, "W255", "W255"},
	{6, lifeMAP, lifeMAP},
	{6, lifeMAP + "==", lifeMAP},
	{6, "map" + lifeMAP[3:], lifeMAP},
	{6, lifeMAP[:88] + "P", lifeMAP[:88] + "A"}, // four unused bits
	{6, "MAPAAAAAB", "MAPAAAAAA"},
	{6, "MAPABCDEw==", "MAPABCDEw"},
	{7, "B0123478/S01234678", "B0123478/S01234678"},
	{8, "345/2/4", "345/2/4"},
	{8, "345/2/4H", "345/2/4H"},
	{8, "34/2/4v", "34/2/4V"},
	{8, "B2/S/3", "/2/3"},
	{8, "S345/B2/4", "345/2/4"},
	{8, "B2/S/C3", "/2/3"},
	{8, "B2/S/G3", "/2/3"},
	{8, "G3/B2/S", "/2/3"},
	{8, "g3b2s", "/2/3"},
	{8, "G3B2/S", "/2/3"},
	{8, "C3/B2/S", "/2/3"},
	{8, "3/B2/S", "/2/3"},
	{8, "3/S/B2", "/2/3"},
	{8, "b2s345g4", "345/2/4"},
	{8, "B2S345/G4", "345/2/4"},
	{8, "/2/3", "/2/3"},
	{8, "2-a_3i_256", "2-a/3i/256"},
	{8, "B3/S23/2", "23/3/2"},
	{8, lifeMAP + "/4", lifeMAP + "/4"},
	{8, lifeMAP + "==/4", lifeMAP + "/4"},
	{8, lifeMAP + "/C4", lifeMAP + "/4"},
	{8, lifeMAP + "==/g4", lifeMAP + "/4"},
	{8, "MAPAAAAAB/17", "MAPAAAAAA/17"},
	{8, "MAPAAAAAB/3", "MAPAAAAAA/3"},
	{9, "R5,C0,M1,S34..58,B34..45,NM", "R5,C0,M1,S34..58,B34..45,NM"},
	{9, "r5, c2, m1, s34..58, b34..45, nm", "R5,C0,M1,S34..58,B34..45,NM"},
	{9, "R5,C1,M1,S34..58,B34..45,NM", "R5,C0,M1,S34..58,B34..45,NM"},
	{9, "5,34,45,34,58", "R5,C0,M1,S34..58,B34..45,NM"},
	{9, "r5b34t45s34t58", "R5,C0,M1,S34..58,B34..45,NM"},
	{9, "g6r5b15t25s31t43", "R5,C6,M1,S31..43,B15..25,NM"},
	{9, "R4,C0,M1,S41..81,B41..81,NM", "R4,C0,M1,S41..81,B41..81,NM"},
	{9, "R2,C0,S,B1", "R2,C0,S,B1"},
	{9, "R2,C2,S2-3,B3,NM", "R2,C0,S2-3,B3"},
	{9, "R2,C3,S3,2,5-7,6-8,B3,NN", "R2,C3,S2-3,5-8,B3,NN"},
	{9, "r2b000008s03ff00", "R2,C0,S9-18,B4"},
	{9, "r1b04s3az", "R1,C0,S0,2,4-6,B3"},
	{9, "R1,C0,S2,B1,N@A5", "R1,C0,S2,B1,N@a5"},
	{9, "R1,C0,S2,B1,N@A5h", "R1,C0,S2,B1,N@a5H"},
	{9, "R1,C2,S3,5,8,B4,6,8,NW323202323", "R1,C0,S3,5,8,B4,6,8,NW323202323"},
	{9, "R1,C3,S3,B4,NW3232023F3,012L", "R1,C3,S3,B4,NW3232023f3,012L"},
	{12, "B3/S23History", "LifeHistory"},
	{12, "LifeHistory", "LifeHistory"},
	{12, "lifehistory:t10", "LifeHistory:T10,10"},
	{12, "B3/S23HHistory", "B3/S23HHistory"},
	{12, "LifeHHistory", "B3/S23HHistory"},
	{12, "HighLifeHistory", "B36/S23History"},
	{12, "B36/S23 Super", "B36/S23Super"},
	{12, "LifeInvestigator", "LifeInvestigator"},
	{12, lifeMAP + "History", lifeMAP + "History"},
	{6, "b3s23|b36s23:t20", "B3/S23|B36/S23:T20,20"},
	{6, "Life | 2x2", "B3/S23|B36/S125"},
	{6, "W30|w110", "W30|W110"},
	{6, "Rule 30", "W30"},
	{6, "wolfram 110:T20", "W110:T20,20"},
	{6, "B3 / S23\u00A0|\u200BB36/S23", "B3/S23|B36/S23"},
	{6, "B0/S|b3/s23h", "B0/S|B3/S23H"},
	{6, "345/2/4|B2/S/G4", "345/2/4|/2/4"},
	{6, "r2,c0,s2-3,b3 | R2,C0,M1,S3..4,B3..3,NM:T20", "R2,C0,S2-3,B3|R2,C0,M1,S3..4,B3..3,NM:T20,20"},
	{6, "B2-a/S1|" + lifeMAP + "==", "B2-a/S1|" + lifeMAP},
	{12, "jvn29", "JvN29"},
	{12, "Nobili32", "Nobili32"},
	{12, "Hutton32", "Hutton32"},
	{12, "wireworld:T20,20", "WireWorld:T20,20"},
	{15, "B3 / S23", "B3/S23"},
}

func TestParseCanonical(t *testing.T) {
	t.Parallel()
	for _, tt := range canonical {
		r, err := Parse(tt.in)
		if err != nil {
			t.Errorf("§%d: Parse(%q): %v", tt.section, tt.in, err)
			continue
		}
		if got := r.String(); got != tt.want {
			t.Errorf("§%d: Parse(%q) prints as %s, want %s", tt.section, tt.in, got, tt.want)
		}
		checkRoundTrip(t, r)
	}
}

// checkRoundTrip checks that the canonical string reads back to an equal rule
// with the same string.
func checkRoundTrip(t *testing.T, r *Rule) {
	t.Helper()
	back, err := Parse(r.String())
	if err != nil {
		t.Fatalf("Parse(%q): %v", r, err)
	}
	if !back.Equal(r) || !r.Equal(back) || back.String() != r.String() {
		t.Fatalf("%q reads back as %q", r, back)
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in         string
		col        int
		msg        string // a part of the message
		suggestion string
	}{
		{"", 1, "no rule", ""},
		{"   ", 1, "no rule", ""},
		{"B9/S23", 2, "neighbour count 9, want 0 to 8", ""},
		{"B 9 / S23", 3, "neighbour count 9, want 0 to 8", ""},
		{"B7/S2H", 2, "neighbour count 7, want 0 to 6", ""},
		{"B1/S5V", 5, "neighbour count 5, want 0 to 4", ""},
		{"B3/23", 4, "second part has no letter", "B3/S23"},
		{"23/B3", 1, "first part has no letter", "B3/S23"},
		{"3/S23", 1, "first part has no letter", "B3/S23"},
		{"3/23B", 5, "B after its counts", "B23/S3"},
		{"23S/3B", 3, "S after its counts", "B3/S23"},
		{"23S3B", 3, "S after its counts", ""},
		{"B3/B23", 4, "second B", "B3/S23"},
		{"S23/S3", 5, "second S", "B3/S23"},
		{"B3/_S23", 5, "number of states", "B3/S23"},
		{"B3,S23", 3, "unexpected ','", "B3/S23"},
		{"B3 | S 23", 4, "unexpected '|'", "B3/S23"},
		{"B3/S23x", 7, "unexpected 'x'", ""},
		{"B3/S23Ä", 7, "unexpected 'Ä'", ""},
		{"B3H/S23", 3, "neighbourhood letter H", ""},
		{"23", 3, "no B, S or slash", ""},
		{"B2x/S", 3, "unexpected 'x'", ""},
		{"B5t/S", 3, `letter 't' after count 5, want some of aceijknqry`, ""},
		{"B0c/S", 3, "letter 'c' after count 0, want none", ""},
		{"B2-/S", 4, "no letters after the minus", ""},
		{"B2a-c/S", 4, "minus after letters", ""},
		{"B2a2/S", 4, "both with and without letters", ""},
		{"B2aV", 3, "want none in the von Neumann neighbourhood", ""},
		{"B2aH", 3, "letter 'a' after count 2, want some of omp", ""},
		{"B2o/S5oH", 7, "letter 'o' after count 5, want none", ""},
		{"B2o/S2m34", 3, "unexpected 'o'", "B2o/S2m34H"},
		{"B-a/S", 2, "'-' without a count", ""},
		{"W256", 2, `Wolfram number "256", want 0 to 255`, ""},
		{"W", 2, `Wolfram number "", want 0 to 255`, ""},
		{"W30H", 4, "unexpected 'H'", ""},
		{"MAPAAAA", 8, "MAP of 4 characters, want 86", ""},
		{"MAP" + strings.Repeat("A", 85) + "!", 89, "'!' in a MAP", ""},
		{"345/2/1", 7, `number of states "1", want 2 to 256`, ""},
		{"345/2/257", 7, "want 2 to 256", ""},
		{"345/02/4", 1, "birth on 0 neighbours with 4 states", ""},
		{"B3/S23/", 8, `number of states ""`, "B3/S23"},
		{"R0,C0,S,B1", 2, "range 0, want 1 to 500", ""},
		{"R501,C0,S,B1", 2, "range 501, want 1 to 500", ""},
		{"R251,C0,S,B1,NL", 15, "range 251 with NL, want 1 to 250", ""},
		{"R51,C0,S,B1,NG", 14, "range 51 with NG, want 1 to 50", ""},
		{"R1,C257,S,B1", 5, "number of states 257, want 0 to 256", ""},
		{"R1,C0,S9,B1", 8, "survival count 9, want 0 to 8", ""},
		{"R1,C0,M0,S1..8,B9..9,NM", 17, "birth count 9, want 0 to 8", ""},
		{"R1,C0,M0,S8..1,B1..1,NM", 14, "survival count 1, want 8 to", ""},
		{"R1,C0,S1,B1,NQ", 14, "neighbourhood 'Q', want one of", ""},
		{"R1,C0,S1,B1,N@A", 15, "N@ with 1 hexadecimal digits, want 2", ""},
		{"R1,C0,S1,B1,NW12", 15, "want 9 or 18", ""},
		{"R1,C3,S1,B1,NW123456789,01", 25, "2 state weights, want 3", ""},
		{"R1,C0,S1,B1,NMx", 15, "unexpected 'x' after the rule", ""},
		{"R1,C3,S1,B0", 11, "birth on 0 neighbours with 3 states", ""},
		{"5,34,45,34", 11, `found the end, want ","`, ""},
		{"r2b08s03ff00", 4, "2 hexadecimal digits, want 6", ""},
		{"B3/S23:Q3", 8, "unknown topology 'Q'", ""},
		{"HighLive", 1, "unknown rule", "HighLife"},
		{"hihg life", 1, "unknown rule", "HighLife"},
		{"Day an Night", 1, "unknown rule", "Day & Night"},
		{"WireWrld:T9", 1, "unknown rule", "WireWorld:T9"},
		{"LifeHistroy", 1, "unknown rule", "LifeHistory"},
		{"Langtons-Loops", 1, "unknown rule", ""},
		{"BBM-Margolus-emulated", 1, "unknown rule", ""},
		{"Brian", 1, "unknown rule", ""},
		{"Sticky", 1, "unknown rule", "Sticks"},
		{"W30History", 1, "History of W30", ""},
		{"345/2/4Super", 1, "Super of 345/2/4", ""},
		{"M0,8,4,3,2,5,9,7,1,6,10,11,12,13,14,15", 1, "Margolus rules are not supported", ""},
		{"MS,D0;8;4;3;2;5;9;7;1;6;10;11;12;13;14;15", 1, "Margolus rules are not supported", ""},
		{"2PCA4,0,2,4,6,8,10,12,14,1,3,5,7,9,11,13,15", 1, "PCA rules are not supported", ""},
		{"B03/S23|B3/S238", 9, "B3/S238 after B03/S23: the background would have period 4", ""},
		{"B3/S23|345/2/4", 8, "345/2/4 of 4 states in turn with B3/S23 of 2, want as many", ""},
		{"345/2/4|345/2/5", 9, "345/2/5 of 5 states in turn with 345/2/4 of 4", ""},
		{"345/2/4|345/02/4", 9, "birth on 0 neighbours with 4 states", ""},
		{"R2,C2,S2-3,B3|B3/S23", 15, "B3/S23 in turn with R2,C0,S2-3,B3, want rules of the same large neighbourhood", ""},
		{"R2,C2,S2-3,B3|R2,C2,S2-3,B3,NN", 15, "want rules of the same large neighbourhood", ""},
		{"R2,C2,S2-3,B3|R3,C2,S2-3,B3", 15, "want rules of the same large neighbourhood", ""},
		{"R2,C2,S2-3,B0|R2,C2,S24,B3", 15, "the background would have period 4", ""},
		{"B3/S23|B36/S23|B2/S", 8, "in turn with another rule", ""},
		{"B3/S23|", 8, "no rule", "B3/S23"},
		{"B3/S23|Highlive", 8, "unknown rule", ""},
		{"B3/S23|B36/S23History", 8, "B36/S23History in turn with another rule", ""},
		{"B2/S1HT", 6, "hexagonal tripod rules are not supported", ""},
		{"R2,C2,S2-3,B3,NM,P50", 18, "probabilistic rules are not supported", ""},
		{"Rule 256", 6, "Wolfram number \"256\", want 0 to 255", ""},
		{"B45/S34L", 8, "triangular rules are not supported", ""},
		{"B4z/SzLE", 7, "triangular rules are not supported", ""},
		{"2/3/4LV", 6, "triangular rules are not supported", ""},
		{"B3/S23Level", 7, "unexpected 'L'", ""},
	} {
		r, err := Parse(tt.in)
		var se *SyntaxError
		if !errors.As(err, &se) {
			t.Errorf("Parse(%q) = %v, %v, want a SyntaxError", tt.in, r, err)
			continue
		}
		if se.Rule != tt.in || se.Col != tt.col || !strings.Contains(se.Msg, tt.msg) || se.Suggestion != tt.suggestion {
			t.Errorf("Parse(%q): %v; want col %d, %q, suggestion %q", tt.in, se, tt.col, tt.msg, tt.suggestion)
		}
	}
}

func TestSyntaxErrorText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"B9/S23": `rule: "B9/S23" col 2: neighbour count 9, want 0 to 8`,
		"B3/23":  `rule: "B3/23" col 4: second part has no letter but the first has, want both or neither; did you mean "B3/S23"?`,
	} {
		if _, err := Parse(in); err == nil || err.Error() != want {
			t.Errorf("Parse(%q): %v, want %s", in, err, want)
		}
	}
	if _, err := Parse(strings.Repeat("x", 10000)); len(err.Error()) > 250 {
		t.Errorf("message of %d bytes for a long rule", len(err.Error()))
	}
}

func TestMustParsePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if got := fmt.Sprint(recover()); !strings.HasPrefix(got, "rule: MustParse: ") {
			t.Errorf("MustParse panics with %q", got)
		}
	}()
	MustParse("B9")
}

// randomRule returns a random rulestring of some notation, not canonical.
func randomRule(rng *rand.Rand) string {
	k := max(0, rng.IntN(6)-3)
	nb := []Neighborhood{Moore, Hexagonal, VonNeumann}[k]
	counts := func(limit int, hasZero, hasLetters bool) string {
		var b strings.Builder
		for n := boolInt(!hasZero); n <= limit; n++ {
			if rng.IntN(2) == 0 {
				continue
			}
			fmt.Fprint(&b, n)
			letters := nb.letters(n)
			if !hasLetters || letters == "" || rng.IntN(3) == 0 {
				continue
			}
			if rng.IntN(2) == 0 {
				b.WriteByte('-')
			}
			for range 1 + rng.IntN(14) {
				b.WriteByte(letters[rng.IntN(len(letters))])
			}
		}
		return b.String()
	}
	suffixes := []string{"", "H", "V"}
	limits := []int{8, 6, 4}
	hasLetters := rng.IntN(3) > 0
	switch rng.IntN(6) {
	case 0:
		return counts(limits[k], true, hasLetters) + "/" + counts(limits[k], false, hasLetters) + fmt.Sprintf("/%d", 2+rng.IntN(255)) + suffixes[k]
	case 1:
		return "S" + counts(limits[k], true, hasLetters) + "/b" + counts(limits[k], true, hasLetters) + suffixes[k]
	case 2:
		digits := make([]byte, mapSizes[k].chars)
		for i := range digits {
			digits[i] = base64[rng.IntN(64)]
		}
		return "MAP" + string(digits)
	case 3:
		r := 1 + rng.IntN(20)
		s := shapes[rng.IntN(len(shapes)-2)]
		lo := rng.IntN(3)
		return fmt.Sprintf("r%d,c%d,s%d-%d,%d,b1-%d,n%c", r, rng.IntN(257), lo, lo+rng.IntN(3*r-1), rng.IntN(3*r), 1+rng.IntN(3*r), s)
	}
	return "b" + counts(limits[k], true, hasLetters) + "s" + counts(limits[k], true, hasLetters) + strings.ToLower(suffixes[k])
}

func TestParseStringIdentity(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 0))
	last, pairs := "", 0
	for range 4000 {
		s := randomRule(rng)
		r, err := Parse(s)
		if err != nil {
			t.Fatalf("seed %d: Parse(%q): %v", seed, s, err)
		}
		checkRoundTrip(t, r)
		if pair, err := Parse(last + "|" + s); err == nil {
			checkRoundTrip(t, pair)
			pairs++
		}
		last = s
		if m, ok := r.MAP(); ok {
			if twin := MustParse(m); !twin.Equal(r) || twin.Neighborhood() != r.Neighborhood() {
				t.Fatalf("seed %d: %s is not %s", seed, m, s)
			}
		}
	}
	if pairs < 100 {
		t.Errorf("seed %d: %d pairs of rules, want at least 100", seed, pairs)
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"B3/S23", "23/3", true},
		{"B3/S23", lifeMAP, true},
		{"B3/S23", "B3/S23:T30", false},
		{"B3/S23:T30", "B3/S23:T30,30", true},
		{"B3/S23", "B3/S23H", false},
		{"B3/S23", "23/3/2", false},
		{"345/2/4", "345/2/5", false},
		{"R5,C0,M1,S34..58,B34..45,NM", "Bosco's Rule", true},
		{"LifeHistory", "LifeSuper", false},
		{"JvN29", "jvn29", true},
	} {
		if got := MustParse(tt.a).Equal(MustParse(tt.b)); got != tt.want {
			t.Errorf("%s equal to %s: %v", tt.a, tt.b, got)
		}
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in     string
		states int
		base   string
	}{
		{"LifeHistory", 7, "B3/S23"},
		{"B36/S23Super", 26, "B36/S23"},
		{"B2-a/S12Investigator", 21, "B2-a/S12"},
		{"WireWorld", 4, ""},
		{"Codd", 8, ""},
		{"Codd2", 8, ""},
		{"JvN29", 29, ""},
		{"Nobili32", 32, ""},
		{"Hutton32", 32, ""},
	} {
		r := MustParse(tt.in)
		base, ok := r.Base()
		for s := range tt.states {
			if _, hasColor := r.Color(s); hasColor != (ok && s > 0) {
				t.Errorf("%s: a colour of its own for state %d: %v", tt.in, s, hasColor)
			}
		}
		if r.Family() != Named || r.States() != tt.states || ok != (tt.base != "") || ok && base.String() != tt.base {
			t.Errorf("%s: family %v, %d states, base %v", tt.in, r.Family(), r.States(), base)
		}
		if _, ok := r.Table(); ok || r.HasB0() || r.Phase(true) != (Table{}) {
			t.Errorf("%s has a table", tt.in)
		}
	}
}

func TestNewNamed(t *testing.T) {
	t.Parallel()
	r, err := NewNamed("Langtons-Loops", 8)
	if err != nil || r.Family() != Named || r.States() != 8 || r.Name() != "Langtons-Loops" {
		t.Errorf("%v, %v", r, err)
	}
	if r, err = r.WithGrid(Grid{Kind: Torus, Width: 20, Height: 10}); err != nil || r.String() != "Langtons-Loops:T20,10" {
		t.Errorf("%v, %v", r, err)
	}
	for _, tt := range []struct {
		name   string
		states int
	}{{"", 2}, {"a b", 2}, {"a:b", 2}, {"a", 1}, {"a", 257}} {
		if r, err := NewNamed(tt.name, tt.states); err == nil {
			t.Errorf("NewNamed(%q, %d) = %v", tt.name, tt.states, r)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range canonical {
		f.Add(tt.in)
	}
	for _, tt := range gridCases {
		f.Add("B3/S23:" + tt.in)
	}
	f.Add("B3/23")
	f.Add("R500,C0,S1,B1,N@\xff")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := Parse(s)
		if err == nil {
			checkRoundTrip(t, r)
			return
		}
		var se *SyntaxError
		if !errors.As(err, &se) {
			t.Fatalf("Parse(%q): %v is no SyntaxError", s, err)
		}
		if se.Col < 1 || se.Col > len(s)+1 {
			t.Errorf("Parse(%q): column %d", s, se.Col)
		}
		if se.Suggestion != "" {
			MustParse(se.Suggestion)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"B3/S23", "B2-a3i/S12", lifeMAP, "345/2/4"} {
		b.Run("rule="+s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func ExampleParse() {
	r, err := Parse("b3 / s23 :t 30")
	fmt.Println(r, err)
	_, err = Parse("B3/23")
	fmt.Println(err)
	// Output:
	// B3/S23:T30,30 <nil>
	// rule: "B3/23" col 4: second part has no letter but the first has, want both or neither; did you mean "B3/S23"?
}
