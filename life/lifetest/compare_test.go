package lifetest_test

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

func TestDiffPatterns(t *testing.T) {
	glider := lifetest.Cells("B3/S23", "bo$2bo$3o!", 0, 0)
	high, err := glider.WithRule(rule.MustParse("B36/S23"))
	if err != nil {
		t.Fatal(err)
	}
	far := new(big.Int).Lsh(big.NewInt(1), 90)
	for _, tt := range []struct {
		name string
		got  *life.Pattern
		want string
	}{
		{"same", lifetest.Cells("B3/S23", "bo$2bo$3o!", 0, 0), ""},
		{"moved", lifetest.Cells("B3/S23", "bo$2bo$3o!", 1, 0), "5 cells, want 5: cell 0 is {2 0} in state 1, want {1 0} in state 1"},
		{"one less", lifetest.Cells("B3/S23", "bo$2bo$2o!", 0, 0), "4 cells, want 5: no more cells after 4, want {2 2} in state 1"},
		{"one more", lifetest.Cells("B3/S23", "bo$2bo$4o!", 0, 0), "6 cells, want 5: cell 5 is {3 2} in state 1, want no more cells"},
		{"rule", high, "rule is B36/S23, want B3/S23"},
		{"generation", glider.WithGeneration(big.NewInt(3)), "generation is 3, want 0"},
		{"beyond int64", glider.Translate(far, far), "5 cells, want 5: no more cells after 0, want {1 0} in state 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lifetest.DiffPatterns(tt.got, glider); got != tt.want {
				t.Errorf("DiffPatterns is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	var engines [2]*naive.Engine
	for i := range engines {
		e, err := naive.New(rule.MustParse("B3/S23"))
		if err != nil {
			t.Fatal(err)
		}
		engines[i] = e
	}
	if !lifetest.Compare(t, engines[0], engines[1]) {
		t.Error("two empty universes differ")
	}
	if err := engines[0].Set(life.Point{}, 1); err != nil {
		t.Fatal(err)
	}
	if d := lifetest.Diff(engines[0], engines[1].Snapshot()); !strings.Contains(d, "1 cells, want 0") {
		t.Errorf("Diff is %q, want it to tell of one cell", d)
	}
}

// TestRandomRule checks that random rules parse and have B0 as asked.
func TestRandomRule(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	kinds := map[rule.Neighborhood]int{}
	var b0, alternating int
	for i := range 3000 {
		isAllowed := i%2 == 0
		s := lifetest.RandomRule(rnd, isAllowed)
		r, err := rule.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if r.Alternates() && !isAllowed {
			t.Fatalf("rule %s alternates", s)
		}
		kinds[r.Neighborhood()]++
		if r.HasB0() {
			b0++
		}
		if r.Alternates() {
			alternating++
		}
	}
	for _, n := range []rule.Neighborhood{rule.Moore, rule.VonNeumann, rule.Hexagonal, rule.Row} {
		if kinds[n] < 300 {
			t.Errorf("%d of 3000 rules have the %v neighbourhood, want at least 300", kinds[n], n)
		}
	}
	if b0 < 500 || alternating < 200 {
		t.Errorf("%d rules have B0, %d of them alternate; want at least 500 and 200", b0, alternating)
	}
}

// TestMAP checks the notation against Golly's name for Life (Golly Help, "QuickLife").
func TestMAP(t *testing.T) {
	table, _ := rule.MustParse("B3/S23").Table()
	const want = "MAPARYXfhZofugWaH7oaIDogBZofuhogOiAaIDogIAAgAAWaH7oaIDogGiA6ICAAIAAaIDogIAAgACAAIAAAAAAAA"
	if got := lifetest.MAP(table); got != want {
		t.Errorf("MAP of Life is %s, want %s", got, want)
	}
}

// TestSoup: equal seeds give equal cells, in the rectangle, of about the density.
func TestSoup(t *testing.T) {
	s := lifetest.Soup{Rule: "B3/S23", Seed: 9, Rect: life.Rt(-70, 5, 100, 100), Density: 64, Generation: 3}
	p := s.Pattern()
	if !p.Equal(s.Pattern()) {
		t.Error("the same soup twice is not equal")
	}
	n := 0
	for at := range p.Cells(life.Everywhere()) {
		if !s.Rect.Contains(at) {
			t.Errorf("cell %v outside %v", at, s.Rect)
		}
		n++
	}
	if n < 2200 || n > 2800 {
		t.Errorf("%d of 10000 cells live, want about a quarter", n)
	}
	if p.Generation().Int64() != 3 {
		t.Errorf("generation %v, want 3", p.Generation())
	}
}
