package naive_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

// config has few rules, as the suite would compare the engine with itself; the
// facts and TestPhases are what it is judged by.
var config = lifetest.Config{
	New:            func(r *rule.Rule) (life.Engine, error) { return naive.New(r) },
	Rules:          []string{"B3/S23", "B2-a/S12", "W110", "B0123478/S01234678", "B02/S3H", "B0/S"},
	Alternating:    true,
	MaxGenerations: 1200,
	Name:           "naive",
}

func TestConformance(t *testing.T) { lifetest.Run(t, config) }

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, config) }

// brain is Brian's Brain (Brian Silverman).
const brain = "/2/3"

func TestGenerationsConformance(t *testing.T) {
	generations := config
	generations.MaxGenerations = 30 // of the facts, which are two-state
	generations.Rules = []string{brain, "345/2/4", "12/34/9", "2-a/34c/5", "3/2/6V", "/2/256"}
	lifetest.Run(t, generations)
}

// TestGenerations follows two live cells of Brian's Brain by hand: a domino has
// births at its long sides (each of those four cells sees both), then dies.
func TestGenerations(t *testing.T) {
	e := newEngine(t, brain)
	set(t, e, 1, life.Point{X: 0, Y: 0}, life.Point{X: 1, Y: 0})
	for _, want := range []map[life.Point]life.State{
		{
			{X: 0, Y: -1}: 1, {X: 1, Y: -1}: 1,
			{X: 0, Y: 0}: 2, {X: 1, Y: 0}: 2,
			{X: 0, Y: 1}: 1, {X: 1, Y: 1}: 1,
		},
		{
			{X: 0, Y: -2}: 1, {X: 1, Y: -2}: 1,
			{X: 0, Y: -1}: 2, {X: 1, Y: -1}: 2,
			{X: -1, Y: 0}: 1, {X: 2, Y: 0}: 1,
			{X: 0, Y: 1}: 2, {X: 1, Y: 1}: 2,
			{X: 0, Y: 2}: 1, {X: 1, Y: 2}: 1,
		},
	} {
		advance(t, e, 1)
		checkCells(t, e, want)
	}
}

// TestPhases runs B0 rules against their definition: true states on a torus
// that is too large for its edges to be felt.
func TestPhases(t *testing.T) {
	for _, s := range []string{"B0/S", "B03/S23", "B0123478/S01234678", "B0/S8", "B02/S3H", "B013/S2V", "W1", "W30"} {
		for start := range int64(2) {
			soup := lifetest.Soup{Rule: s, Seed: 5, Rect: life.Rt(-3, -2, 7, 6), Density: 128, Generation: start}
			checkPhases(t, soup)
		}
	}
}

// checkPhases compares 8 generations with a torus of true states.
func checkPhases(t *testing.T, soup lifetest.Soup) {
	t.Helper()
	const side = 32
	e := newEngine(t, soup.Rule)
	if err := e.Load(soup.Pattern()); err != nil {
		t.Fatal(err)
	}
	table, _ := e.Rule().Table()
	background := func() uint8 { return e.Rule().Background(e.Generation().Bit(0) == 1) }
	truth := func(x, y int) uint8 {
		return uint8(e.Get(life.Point{X: int64((x+side/2)&(side-1)) - side/2, Y: int64((y+side/2)&(side-1)) - side/2})) ^ background()
	}
	for range 8 {
		var want [side][side]uint8
		for y := range side {
			for x := range side {
				i := 0
				for k := range 9 {
					i |= int(truth(x+1-k%3, y+1-k/3)) << k
				}
				want[y][x] = table.Next(i)
			}
		}
		advance(t, e, 1)
		for y := range side {
			for x := range side {
				if got := truth(x, y); got != want[y][x] {
					t.Fatalf("%v, generation %v: cell %d,%d is %d, want %d", soup, e.Generation(), x, y, got, want[y][x])
				}
			}
		}
	}
}

func TestUnsupported(t *testing.T) {
	for _, s := range []string{"Codd", "B03/S23History", "B0/SSuper", "B08/S7Investigator", "R1,C2,M0,S2..3,B3..3,NW111101111,12"} {
		r, err := rule.Parse(s)
		if err != nil {
			t.Errorf("rule %s: %v", s, err)
			continue
		}
		var unsupported *life.UnsupportedRuleError
		if _, err := naive.New(r); !errors.As(err, &unsupported) || unsupported.Engine != "naive" {
			t.Errorf("New(%s) returns %v, want an UnsupportedRuleError", s, err)
		}
	}
}

// TestEdge: a universe that would leave its coordinates stops before.
func TestEdge(t *testing.T) {
	const limit = 1 << 62
	for _, tt := range []struct {
		name string
		at   life.Point
		dx   int64
		dy   int64
	}{
		{"east", life.Point{X: limit - 1, Y: 0}, 0, -1},
		{"west", life.Point{X: -limit, Y: 0}, 0, -1},
		{"south", life.Point{X: 0, Y: limit - 1}, -1, 0},
		{"north", life.Point{X: 0, Y: -limit}, -1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// A blinker along the edge turns across it.
			e := newEngine(t, "B3/S23")
			for i := range int64(3) {
				set(t, e, 1, life.Point{X: tt.at.X - i*tt.dx, Y: tt.at.Y - i*tt.dy})
			}
			before := e.Snapshot()
			if err := e.Advance(t.Context(), big.NewInt(3)); !errors.Is(err, life.ErrOutOfRange) {
				t.Fatalf("Advance returns %v, want ErrOutOfRange", err)
			}
			if d := lifetest.Diff(e, before); d != "" {
				t.Fatalf("after a failed Advance: %s", d)
			}
		})
	}
}

func TestStats(t *testing.T) {
	e := newEngine(t, "B3/S23")
	set(t, e, 1, life.Point{X: 1, Y: 1})
	advance(t, e, 3)
	for _, s := range e.Stats() {
		want := map[string]int64{"cells": 0, "steps": 3}[s.Name]
		if s.Value != want {
			t.Errorf("counter %s is %d, want %d", s.Name, s.Value, want)
		}
	}
}

func newEngine(t testing.TB, rulestring string) *naive.Engine {
	t.Helper()
	e, err := naive.New(rule.MustParse(rulestring))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func set(t testing.TB, e *naive.Engine, s life.State, at ...life.Point) {
	t.Helper()
	for _, p := range at {
		if err := e.Set(p, s); err != nil {
			t.Fatal(err)
		}
	}
}

func advance(t testing.TB, e *naive.Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatal(err)
	}
}

func checkCells(t *testing.T, e *naive.Engine, want map[life.Point]life.State) {
	t.Helper()
	got := map[life.Point]life.State{}
	for p, s := range e.Cells(life.Everywhere()) {
		got[p] = s
	}
	for p := range got {
		if want[p] != got[p] {
			t.Errorf("generation %v: cell %v is %d, want %d", e.Generation(), p, got[p], want[p])
		}
	}
	if len(got) != len(want) {
		t.Errorf("generation %v: %d cells, want %d", e.Generation(), len(got), len(want))
	}
}

// Rule 30, from one cell, down the page.
func Example() {
	e, err := naive.New(rule.MustParse("W30"))
	if err != nil {
		panic(err)
	}
	if err := e.Set(life.Point{}, 1); err != nil {
		panic(err)
	}
	if err := e.Advance(context.Background(), big.NewInt(3)); err != nil {
		panic(err)
	}
	for y := range int64(4) {
		row := []byte(".......")
		for p := range e.Cells(life.Rt(-3, y, 7, 1)) {
			row[p.X+3] = 'o'
		}
		fmt.Println(string(row))
	}
	// Output:
	// ...o...
	// ..ooo..
	// .oo..o.
	// oo.oooo
}
