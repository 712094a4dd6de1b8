package engine

import (
	"math/big"
	"testing"

	"golife/life/lifetest"
)

// What is set aside counts as memory, and goes where it is of no more use, or memory is asked for.
func TestIdle(t *testing.T) {
	p, other := soup("B3/S23", lifetest.Seed(), 40), soup("B3/S23", lifetest.Seed()+1, 30)
	a := makeAuto(t, p.Rule(), Options{})
	a.options.Use.Generations = big.NewInt(100) // so that it is tile
	set := func(limit int64) universe {
		t.Helper()
		a.SetLimit(limit)
		if err := a.Load(p); err != nil {
			t.Fatal(err)
		}
		u, err := a.rival("hashlife", p, 0)
		if err != nil {
			t.Fatal(err)
		}
		a.retire(u)
		return u
	}
	for _, c := range []struct {
		name string
		do   func() bool
		goes bool
	}{
		{"nothing", func() bool { return true }, false},
		{"Advance", func() bool { advance(t, a, 7); return true }, false},
		{"Collect", func() bool { a.Collect(); return true }, true},
		{"SetLimit", func() bool { a.SetLimit(1 << 26); return true }, true},
		{"Load", func() bool { return a.Load(other) == nil }, true},
		{"no room", func() bool { return a.rescue(nil) && a.race.rescues == 0 && a.choice.Name == "tile" }, true},
	} {
		for _, limit := range []int64{0, 1 << 25} {
			u := set(limit)
			bytes := u.Bytes()
			if a.idle == nil || a.Bytes() != a.universe.Bytes()+bytes {
				t.Fatalf("%s, limit %d: %d bytes, of which %d are set aside: %v", c.name, limit, a.Bytes(), bytes, a.idle)
			}
			if !c.do() || (a.idle == nil) != c.goes || a.Bytes() != a.universe.Bytes()+a.idleBytes() {
				t.Errorf("%s, limit %d: set aside is %v, %d bytes of %d", c.name, limit, a.idle, a.Bytes(), a.universe.Bytes())
			}
		}
	}
	if set(1 << 18); a.idle != nil {
		t.Errorf("%d bytes are set aside of %d", a.idleBytes(), a.limit)
	}
	set(0)
	if u := a.recall(other); u == nil || a.idle != nil || !u.Snapshot().SameCells(other) {
		t.Errorf("recall of %d cells returns %v", other.Population(), u)
	}
	if u := a.recall(other); u != nil {
		t.Errorf("recall returns %v, want nothing", u)
	}
}
