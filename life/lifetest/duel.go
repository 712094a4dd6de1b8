package lifetest

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// Duel runs two engines side by side, a generation at a time. same compares them: before the first one,
// after each, and when edit, which is called after each and may be nil, reports that it has changed both.
func Duel(t testing.TB, e, m life.Engine, generations int, edit func() bool, same func(when string)) {
	t.Helper()
	same("as loaded")
	for g := range generations {
		Advance(t, e, 1)
		Advance(t, m, 1)
		same(fmt.Sprintf("generation %d", g+1))
		if edit != nil && edit() {
			same(fmt.Sprintf("edited at generation %d", g+1))
		}
	}
}

// Edit sets n cells in two engines, where place says, and gets them; it reports whether there were any.
func Edit(t testing.TB, rnd *rand.Rand, n int, e, m life.Editor, place func() life.Point) bool {
	t.Helper()
	for range n {
		at, s := place(), life.State(rnd.IntN(e.Rule().States()))
		for _, u := range []life.Editor{e, m} {
			if err := u.Set(at, s); err != nil || u.Get(at) != s {
				t.Fatalf("Set(%v, %d) under rule %v: %v, then Get is %d", at, s, e.Rule(), err, u.Get(at))
			}
		}
	}
	return n > 0
}

// DuelToEnd runs two engines side by side, up to some generations or until both come to an end of
// the coordinates, which it reports: each at the same generation as the other.
func DuelToEnd(t testing.TB, e, m life.Engine, generations int, same func(when string)) bool {
	t.Helper()
	one := big.NewInt(1)
	for g := range generations {
		got, want := e.Advance(context.Background(), one), m.Advance(context.Background(), one)
		if errors.Is(got, life.ErrOutOfRange) != errors.Is(want, life.ErrOutOfRange) || (got == nil) != (want == nil) {
			t.Fatalf("generation %d of rule %v: Advance returns %v, the other's %v", g+1, e.Rule(), got, want)
		}
		same(fmt.Sprintf("generation %d", g+1))
		if got != nil {
			return true
		}
	}
	return false
}

// CornerAtEnd returns a corner for a square of a side that lies at one or two ends of the coordinates,
// which are from -limit to below it; i says which.
func CornerAtEnd(rnd *rand.Rand, i int, limit, side int64) life.Point {
	corner := life.Point{X: rnd.Int64N(200) - 100, Y: rnd.Int64N(200) - 100}
	ends := []int64{-limit, limit - side}
	if i%3 != 0 {
		corner.X = ends[rnd.IntN(2)]
	}
	if i%3 != 1 {
		corner.Y = ends[rnd.IntN(2)]
	}
	return corner
}

// LoadTooLarge checks that an engine whose limit is a MiB refuses patterns that take more, a line of 10^15
// cells and a thousand cells far from each other, and is what it was.
func LoadTooLarge(t testing.TB, e life.Engine, r *rule.Rule) {
	t.Helper()
	before := e.Snapshot()
	line := life.NewBuilder(r)
	if err := line.SetRun(0, 0, 1e15, 1); err != nil {
		t.Fatal(err)
	}
	dots := life.NewBuilder(r)
	for i := range int64(1000) {
		dots.Set(200*i, 0, 1)
	}
	for _, p := range []*life.Pattern{line.Pattern(), dots.Pattern()} {
		if err := e.Load(p); !errors.Is(err, life.ErrMemoryLimit) {
			t.Errorf("Load of %v cells returns %v, want ErrMemoryLimit", p.Population(), err)
		}
		if d := Diff(e, before); d != "" {
			t.Error(d)
		}
	}
}
