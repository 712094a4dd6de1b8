package rule

import "testing"

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
