package multistate

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
	rulefiles "golife/life/rule/loader"
)

// randomTabular returns a rule of a random tree of some states that sees some cells of the square, a bit
// each.
func randomTabular(t *testing.T, rnd *rand.Rand, states, sees int) *rule.Rule {
	t.Helper()
	b := rule.NewTreeBuilder(states)
	var last []uint32
	for level := rule.TreeLevels - 1; level >= 0; level-- {
		var nodes []uint32
		for n := range 6 {
			children := make([]uint32, states)
			for i := range children {
				switch {
				case level == rule.TreeLevels-1:
					children[i] = uint32(rnd.IntN(states) * rnd.IntN(2))
				case i > 0 && sees>>rule.TreeCell(level)&1 == 0:
					children[i] = children[0]
				default:
					children[i] = last[rnd.IntN(len(last))]
				}
			}
			if n == 0 { // where all is in state 0
				children[0] = 0
				if level < rule.TreeLevels-1 {
					children[0] = last[0]
				}
				if sees>>rule.TreeCell(level)&1 == 0 {
					for i := range children {
						children[i] = children[0]
					}
				}
			}
			id, err := b.Node(level, children)
			if err != nil {
				t.Fatal(err)
			}
			nodes = append(nodes, id)
		}
		last = nodes
	}
	r, err := rule.NewTabular("Random", b.Tree(last[0]), rule.Legend{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// cellRules returns rules whose cells are looked up: of each kind of row.
func cellRules(t *testing.T, rnd *rand.Rand) (rules []*rule.Rule) {
	t.Helper()
	for _, name := range []string{"JvN29", "Nobili32", "B2/S34HHistory", "B3/S12VHistory", "LifeSuper", "B2/S34HSuper", "B13/S12VInvestigator", "Langtons-Loops", "Byl-Loop"} {
		r, err := new(rulefiles.Finder).Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, r)
	}
	for range 12 {
		sees := 1 + rnd.IntN(511)
		if rnd.IntN(3) == 0 {
			sees = 0b010111010
		}
		rules = append(rules, randomTabular(t, rnd, 2+rnd.IntN(12), sees))
	}
	return append(rules, randomTabular(t, rnd, 64, 511)) // too many columns
}

// stateSoup returns a rectangle of cells in any states.
func stateSoup(rnd *rand.Rand, r *rule.Rule, rect life.Rect, density int) *life.Pattern {
	b := life.NewBuilder(r)
	for y := rect.Min.Y; y < rect.Max.Y; y++ {
		for x := rect.Min.X; x < rect.Max.X; x++ {
			if rnd.IntN(256) < density {
				b.Set(x, y, life.State(rnd.IntN(r.States())))
			}
		}
	}
	return b.Pattern()
}

// TestCells runs soups at the edges of tiles under rules whose cells are looked up, with
// edits and collections on the way, and compares each generation.
func TestCells(t *testing.T) {
	rnd, seed := random(3)
	rows := map[string]int{}
	for _, r := range cellRules(t, rnd) {
		l := newLookup(r)
		rows[fmt.Sprint(l.seesCorners, l.cross != nil, l.columns != nil, len(l.steps) > 0)]++
		for range 2 {
			rect := life.Rt(place(rnd), place(rnd), 1+rnd.Int64N(70), 1+rnd.Int64N(70))
			p := stateSoup(rnd, r, rect, 20+rnd.IntN(230))
			e, m := loaded(t, p, WithThreads(1+rnd.IntN(3))), lifetest.Naive(t, p)
			what := fmt.Sprintf("%s rule %s soup %v", seed, r, rect)
			edit := func() bool {
				if rnd.IntN(4) == 0 {
					e.Collect()
				}
				return rnd.IntN(4) == 0 && edit(t, rnd, e, m)
			}
			lifetest.Duel(t, e, m, 12, edit, func(when string) { same(t, e, m, what+" "+when) })
		}
	}
	for _, kind := range []string{"true false false false", "true false true true", "true false false true", "false true true true"} {
		if rows[kind] == 0 {
			t.Errorf("kinds of look-up (sees corners, cross, columns, tree): %v, want %s", rows, kind)
		}
	}
}

// TestCellThreads wants the same of one thread and of several, of more tiles than one
// thread takes.
func TestCellThreads(t *testing.T) {
	rnd, seed := random(4)
	for _, r := range cellRules(t, rnd)[3:7] {
		p := stateSoup(rnd, r, life.Rt(-700, -500, 1400, 1000), 200)
		e, m := loaded(t, p), loaded(t, p, WithThreads(3))
		lifetest.Advance(t, e, 6)
		lifetest.Advance(t, m, 6)
		same(t, e, m, fmt.Sprintf("%s rule %s, three threads", seed, r))
	}
}

// TestCellGrids is TestGrids for rules whose cells are looked up.
func TestCellGrids(t *testing.T) {
	rnd, seed := random(5)
	all := cellRules(t, rnd)
	for i, suffix := range grids {
		g, err := rule.ParseGrid(suffix[1:])
		if err != nil {
			t.Fatal(err)
		}
		for k := range 3 {
			r, err := all[(3*i+k)%len(all)].WithGrid(g)
			if err != nil {
				t.Fatal(err)
			}
			rect := lifetest.RandomOnGrid(rnd, r, 200)
			p := stateSoup(rnd, r, rect, 20+rnd.IntN(230))
			e, m := loaded(t, p), lifetest.Naive(t, p)
			what := fmt.Sprintf("%s rule %s soup %v", seed, r, rect)
			edit := func() bool { return editOnGrid(t, rnd, e, m) }
			lifetest.Duel(t, e, m, 10, edit, func(when string) { same(t, e, m, what+" "+when) })
		}
	}
}

// TestCellRest wants tiles where nothing changes not to be visited.
func TestCellRest(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("LifeHistory"))
	for _, p := range []life.Point{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 0, Y: 1}, {X: 1, Y: 1}} {
		b.Set(p.X+62, p.Y+62, 3)
	}
	block := b.Pattern()
	e := loaded(t, block)
	lifetest.Advance(t, e, 3)
	if n := len(e.u.queue); n > 0 {
		t.Errorf("%d tiles of a block are on the queue", n)
	}
	if got := e.Population().Int64(); got != 4 {
		t.Errorf("%d cells of 4", got)
	}
	if d := lifetest.DiffPatterns(e.Snapshot().WithGeneration(new(big.Int)), block); d != "" {
		t.Error(d)
	}
}
