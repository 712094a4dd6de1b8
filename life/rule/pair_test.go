package rule

import (
	"strings"
	"testing"
)

// TestGround has what the background is at even and odd generations.
func TestGround(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]uint8{
		"B3/S23|B36/S125": {0, 0}, "B3/S23|B3/S238": {0, 0}, "B0/S|B0/S": {0, 1}, "B03/S23|B3/S23": {0, 1},
		"B3/S23|B0/S8": {1, 0}, "B0/S8|B0/S8": {1, 1}, "B3/S8|B0/S8": {1, 1}, "B0/S8|B3/S8": {1, 1},
		"B0/S4V|B3/S23H": {0, 1}, "345/2/4|2/2/4": {0, 0},
	} {
		r := MustParse(s)
		for odd, turn := range strings.Split(s, "|") {
			now, next := r.Background(odd == 1), r.Background(odd == 0)
			if now != want[odd] {
				t.Errorf("%s: background %d in turn %d, want %d", s, now, odd, want[odd])
			}
			table, phase := MustParse(turn).table, r.Phase(odd == 1)
			for i := range 512 {
				if stored := i ^ 511*int(now); phase.Next(stored) != table.Next(i)^next {
					t.Fatalf("%s: turn %d: entry %d of the stored cells is %d, want that of %d", s, odd, stored, phase.Next(stored), i)
				}
			}
			if phase.Next(0) != 0 || r.HasB0() != (want != [2]uint8{}) || !r.Alternates() {
				t.Errorf("%s: turn %d: the stored background does not stay dead", s, odd)
			}
		}
	}
	for s, want := range map[string]Neighborhood{
		"B3/S23H|B1/S1V": Hexagonal, "B1/S1V|B3/S23H": Hexagonal, "B3/S23|B1/S1V": Moore, "W30|W110": Row, "W30|B1/S1V": Moore, "B1/S1V|B2/SV": VonNeumann,
	} {
		if n := MustParse(s).Neighborhood(); n != want {
			t.Errorf("%s: %v, want %v", s, n, want)
		}
	}
}

func TestPair(t *testing.T) {
	t.Parallel()
	r, even, odd := MustParse("B3/S23|B36/S125"), MustParse("B3/S23"), MustParse("B36/S125")
	if r.Phase(false) != even.table || r.Phase(true) != odd.table {
		t.Error("the first rule is not that of even generations, or the second not that of odd ones")
	}
	if _, ok := r.Table(); ok || !r.Alternates() || r.HasB0() || r.Background(true) != 0 || r.States() != 2 || r.Family() != TwoState {
		t.Errorf("%v has one table, or a background that changes", r)
	}
	if _, ok := r.Local(); ok {
		t.Errorf("%v has a transition", r)
	}
	if _, _, ok := r.Totalistic(); ok || r.IsIsotropic() {
		t.Errorf("%v is totalistic or isotropic, which one table tells", r)
	}
	for s, want := range map[string]bool{
		"B3/S23|" + MustParse("2x2").Name(): true, "Life|2x2": true, lifeMAP + "|B36/S125": true,
		"2x2|Life": false, "Life|Life": false, "Life": false, "Life|2x2:T9": false,
	} {
		if o := MustParse(s); r.Equal(o) != want || o.Equal(r) != want {
			t.Errorf("%v is %v: %v, want %v", r, o, r.Equal(o), want)
		}
	}
}
