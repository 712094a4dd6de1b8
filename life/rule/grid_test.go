package rule

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// gridCases pairs suffixes, without the colon, with the canonical suffix or a
// part of the error: facts/formats.md §10.
var gridCases = []struct{ in, want, err string }{
	{in: "T30,20", want: ":T30,20"},
	{in: "t30", want: ":T30,30"},
	{in: "", want: ""},
	{in: "T", want: ""},
	{in: "T0,0", want: ""},
	{in: "P0", want: ""},
	{in: "S", want: ""},
	{in: "T0,20", want: ":T0,20"},
	{in: "T30,0", want: ":T30,0"},
	{in: "T30,", want: ":T30,0"},
	{in: "T,20", want: ":T0,20"},
	{in: "P10,20", want: ":P10,20"},
	{in: "p7", want: ":P7,7"},
	{in: "T9+3,7", want: ":T9+3,7"},
	{in: "T9-2,7", want: ":T9-2,7"},
	{in: "T9+12,7", want: ":T9+3,7"},
	{in: "T9-12,7", want: ":T9-3,7"},
	{in: "T9+9,7", want: ":T9,7"},
	{in: "T9,7+2", want: ":T9,7+2"},
	{in: "T9,7-9", want: ":T9,7-2"},
	{in: "T9+1", want: ":T9+1,9"},
	{in: "T9+9,7+2", err: "shifts on both sides"},
	{in: "T9+1,7+2", err: "shifts on both sides"},
	{in: "T9+1,0", err: "shift with an infinite side"},
	{in: "T0+1,9", err: "shift with an infinite side"},
	{in: "T9+,9", err: "shift without a number"},
	{in: "T9*,9", err: "twist on a torus"},
	{in: "K10,20", want: ":K10,20*"},
	{in: "K10", want: ":K10,10*"},
	{in: "K9*,7", want: ":K9*,7"},
	{in: "K9,7*", want: ":K9,7*"},
	{in: "K8*+1,7", want: ":K8*+1,7"},
	{in: "K8*+5,7", want: ":K8*+1,7"},
	{in: "K8*-3,7", want: ":K8*+1,7"},
	{in: "K8*+8,7", want: ":K8*,7"},
	{in: "K9*+1,7", want: ":K9*,7"},
	{in: "K9,8*+1", want: ":K9,8*+1"},
	{in: "K8+1,7*", err: "shifted on its plain side"},
	{in: "K8+1,7", err: "shifted on its plain side"},
	{in: "K8*,7*", err: "twisted on both sides"},
	{in: "K8,0", err: "infinite side"},
	{in: "C9,7", want: ":C9,7"},
	{in: "c9", want: ":C9,9"},
	{in: "C9+1,7", err: "cross-surface with a shift"},
	{in: "C0,7", err: "infinite side"},
	{in: "S8", want: ":S8"},
	{in: "S8,8", err: "sphere with a height"},
	{in: "S0", err: "infinite side"},
	{in: "S8+1", err: "sphere with a shift"},
	{in: "P8+1,9", err: "plane with a shift"},
	{in: "T2000000000", want: ":T2000000000,2000000000"},
	{in: "T2000000001", err: "over the limit"},
	{in: "T99999999999999999999", err: "over the limit"},
	{in: "X9", err: "unknown topology 'X'"},
	{in: "T9x", err: "unexpected 'x'"},
	{in: "T9,9,9", err: "unexpected ','"},
	{in: "T9:T9", err: "unexpected ':'"},
}

func TestGrid(t *testing.T) {
	t.Parallel()
	for _, tt := range gridCases {
		r, err := Parse("b3s23:" + tt.in)
		if tt.err != "" {
			var se *SyntaxError
			if !errors.As(err, &se) || !strings.Contains(se.Msg, tt.err) || se.Col < 7 {
				t.Errorf(":%s: %v, %v, want %q", tt.in, r, err, tt.err)
			}
			continue
		}
		if err != nil {
			t.Errorf(":%s: %v", tt.in, err)
			continue
		}
		g, ok := r.Grid()
		if r.String() != "B3/S23"+tt.want || g.String() != tt.want || ok != (tt.want != "") || ok != r.IsBounded() {
			t.Errorf(":%s prints as %s, want %s", tt.in, r, tt.want)
		}
		checkRoundTrip(t, r)
		if r.Name() != "B3/S23" || r.Unbounded().IsBounded() || !r.Unbounded().Equal(MustParse("Life")) {
			t.Errorf("%s: the rule without the grid is %s", r, r.Unbounded())
		}
	}
}

func TestGridFields(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Grid{
		"B3/S23":         {},
		"B3/S23:P9,7":    {Kind: Plane, Width: 9, Height: 7},
		"B3/S23:T9-2,7":  {Kind: Torus, Width: 9, Height: 7, ShiftX: -2},
		"B3/S23:T9,7+2":  {Kind: Torus, Width: 9, Height: 7, ShiftY: 2},
		"345/2/4:K9*,7":  {Kind: Klein, Width: 9, Height: 7, TwistX: true},
		"W30:K9,8*+1":    {Kind: Klein, Width: 9, Height: 8, TwistY: true, ShiftY: 1},
		"WireWorld:C9,7": {Kind: CrossSurface, Width: 9, Height: 7, TwistX: true, TwistY: true},
		lifeMAP + ":S8":  {Kind: Sphere, Width: 8, Height: 8},
	} {
		if got, _ := MustParse(in).Grid(); got != want {
			t.Errorf("%s: %+v, want %+v", in, got, want)
		}
	}
	if x, y := (Grid{Kind: Torus, Width: 9, Height: 8}).Origin(); x != -4 || y != -4 {
		t.Errorf("origin %d,%d", x, y)
	}
}

// TestWithGrid gives random grids to a rule: an accepted one reads back the same.
func TestWithGrid(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 4))
	for range 2000 {
		g := Grid{
			Kind: GridKind(rng.IntN(7)), Width: rng.Int64N(6) - 1, Height: rng.Int64N(6) - 1,
			ShiftX: max(0, rng.Int64N(30)-20), ShiftY: min(0, 20-rng.Int64N(30)),
			TwistX: rng.IntN(2) == 0, TwistY: rng.IntN(2) == 0,
		}
		r, err := MustParse("B36/S23").WithGrid(g)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "rule: grid of B36/S23: ") {
				t.Fatalf("%+v: %v", g, err)
			}
			continue
		}
		canon, _ := r.Grid()
		again, err := r.WithGrid(canon)
		if err != nil || !again.Equal(r) {
			t.Fatalf("seed %d: %+v is not canonical: %v, %v", seed, canon, again, err)
		}
		checkRoundTrip(t, r)
	}
}

func TestWideGrid(t *testing.T) {
	t.Parallel()
	const bugs = "R5,C0,M1,S34..58,B34..45,NM"
	for in, want := range map[string]string{
		":T400,300": ":T400,300",
		":P200":     ":P200,200",
		":T3,30":    ":T10,30",
		":T0,3":     ":T0,10",
	} {
		if r, err := Parse(bugs + in); err != nil || r.String() != bugs+want {
			t.Errorf("%s: %v, %v, want %s", in, r, err, want)
		}
	}
	for _, in := range []string{":K20", ":C20,20", ":S20"} {
		if r, err := Parse(bugs + in); err == nil {
			t.Errorf("%s: accepted as %s", in, r)
		}
	}
}
