package engine_test

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/lifetest"
	"golife/life/rule"
)

func soup(t testing.TB, rulestring string, side int64) *life.Pattern {
	t.Helper()
	b := life.NewBuilder(rule.MustParse(rulestring))
	r := rand.New(rand.NewPCG(1, 2))
	for y := range side {
		for x := range side {
			b.Set(x, y, life.State(r.IntN(2)))
		}
	}
	return b.Pattern()
}

// Each name makes an engine, which agrees with the plainest.
func TestEveryNameMakesAnEngine(t *testing.T) {
	names := engine.Names()
	if !slices.IsSorted(names) || len(names) < 3 {
		t.Fatalf("Names() = %v, want at least three, sorted", names)
	}
	for _, name := range append(names, engine.Auto) {
		rulestring := "B3/S23"
		switch name {
		case "multistate":
			rulestring = "345/2/4"
		case "wide":
			rulestring = "R2,C0,S6-11,B6-9,NN"
		}
		p := soup(t, rulestring, 20)
		var made [2]life.Engine
		for i, name := range []string{name, "naive"} {
			e, err := engine.New(name, p.Rule(), engine.Options{Memory: 64 << 20, Threads: 2})
			if err != nil {
				t.Fatalf("New(%s): %v", name, err)
			}
			if err := e.Load(p); err != nil {
				t.Fatalf("%s: Load: %v", name, err)
			}
			if err := e.Advance(context.Background(), big.NewInt(50)); err != nil {
				t.Fatalf("%s: Advance: %v", name, err)
			}
			made[i] = e
		}
		lifetest.Compare(t, made[0], made[1])
	}
}

func TestNewNamesTheEnginesThereAre(t *testing.T) {
	e, err := engine.New("warp", rule.MustParse("B3/S23"), engine.Options{})
	if e != nil || err == nil || !strings.Contains(err.Error(), "hashlife") {
		t.Errorf("New(warp) = %v, %v, want an error that lists the names", e, err)
	}
}

// A nil engine in a non-nil interface would be called by mistake.
func TestNewReturnsNilOnError(t *testing.T) {
	for _, name := range append(engine.Names(), engine.Auto) {
		e, err := engine.New(name, rule.MustParse("Codd"), engine.Options{})
		if e != nil || !errors.Is(err, life.ErrUnsupportedRule) {
			t.Errorf("New(%s, Codd) = %v, %v, want nil and ErrUnsupportedRule", name, e, err)
		}
	}
}

// Where no engine runs a rule, the error is about the rule and about no engine.
func TestNoEngine(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("Codd"))
	b.Set(0, 0, 5)
	c := engine.Choose(b.Pattern(), engine.Use{})
	_, err := engine.New(c.Name, b.Rule(), engine.Options{})
	const want = "rule Codd: no engine runs it: what its states do is not known"
	if c.Name != engine.Auto || err == nil || err.Error() != want {
		t.Errorf("the choice %+v returns %v, want %s", c, err, want)
	}
}

func TestChoose(t *testing.T) {
	blocks := life.NewBuilder(rule.MustParse("B3/S23"))
	for i := range int64(400) {
		x, y := i%20*16, i/20*16
		blocks.Set(x, y, 1)
		blocks.Set(x+1, y, 1)
		blocks.Set(x, y+1, 1)
		blocks.Set(x+1, y+1, 1)
	}
	regular := blocks.Pattern()
	far := regular.Translate(new(big.Int).Lsh(big.NewInt(1), 100), new(big.Int))
	wall := life.NewBuilder(rule.MustParse("B3/S23"))
	for at := range soup(t, "B3/S23", 80).Cells(life.Everywhere()) {
		for i := range int64(25) {
			wall.Set(at.X+i%5*80, at.Y+i/5*80, 1)
		}
	}
	machine := life.NewBuilder(rule.MustParse("B3/S23"))
	for i := range int64(100) {
		x, y := i%10*8, i/10*8
		machine.Set(x+i%8, y, 1)
		machine.Set(x+i/8%8, y+1, 1)
		machine.Set(x+i/64, y+3, 1)
	}
	line := life.NewBuilder(rule.MustParse("B3/S23"))
	if err := line.SetRun(0, 0, 1e11, 1); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		p    *life.Pattern
		use  engine.Use
		want string
	}{
		{"a short run", regular, engine.Use{Generations: big.NewInt(100)}, "tile"},
		{"a long run", regular, engine.Use{Generations: big.NewInt(5000)}, "hashlife"},
		{"an unknown run", regular, engine.Use{}, "hashlife"},
		{"a soup", soup(t, "B3/S23", 200), engine.Use{Generations: big.NewInt(5000)}, "tile"},
		{"a soup for long", soup(t, "B3/S23", 200), engine.Use{Generations: big.NewInt(1e9)}, "tile"},
		{"a soup for no one knows how long", soup(t, "B3/S23", 200), engine.Use{}, "tile"},
		{"a small soup", soup(t, "B3/S23", 20), engine.Use{Generations: big.NewInt(5000)}, "tile"},
		{"many things, all different", machine.Pattern(), engine.Use{Generations: big.NewInt(5000)}, "hashlife"},
		{"a soup like a wallpaper", wall.Pattern(), engine.Use{Generations: big.NewInt(10)}, "hashlife"},
		{"a line that fills any memory", line.Pattern(), engine.Use{Generations: big.NewInt(2)}, "hashlife"},
		{"a viewer", soup(t, "B3/S23", 200), engine.Use{Interactive: true}, "hashlife"},
		{"beyond int64", far, engine.Use{Generations: big.NewInt(1)}, "hashlife"},
		{"a grid", soup(t, "B3/S23:K300,200", 90), engine.Use{}, "dense"},
		{"a torus of other sides", soup(t, "B3/S23:T1000,1024", 90), engine.Use{Generations: big.NewInt(1e12)}, "dense"},
		{"a torus for a short time", soup(t, "B3/S23:T1024,1024", 90), engine.Use{Generations: big.NewInt(1000)}, "dense"},
		{"a soup on a torus", soup(t, "B3/S23:T1024,1024", 200), engine.Use{Generations: big.NewInt(1e12)}, "dense"},
		{"a soup on a torus, watched", soup(t, "B3/S23:T4096,4096", 200), engine.Use{Interactive: true}, "dense"},
		{"a soup on a large torus", soup(t, "B3/S23:T4096,4096", 200), engine.Use{Generations: big.NewInt(1e6)}, "dense"},
		{"a small torus", soup(t, "B3/S23:T16,64", 8), engine.Use{Generations: big.NewInt(1e12)}, "hashlife"},
		{"a small soup on a torus", soup(t, "B3/S23:T1024,1024", 20), engine.Use{Generations: big.NewInt(1e6)}, "dense"},
		{"a vast torus", soup(t, "B3/S23:T100000,30000", 90), engine.Use{Generations: big.NewInt(1e6)}, "multistate"},
		{"a vast plane", soup(t, "B0/S1:P100000,100000", 90), engine.Use{Interactive: true}, "multistate"},
		{"a vast plane that is full", soup(t, "B3/S23:P17000,17000", 4400), engine.Use{Generations: big.NewInt(1000)}, "dense"},
		{"a torus with longer edges", soup(t, "B3/S23:T1000000,1000000", 90), engine.Use{}, "naive"},
		{"a long narrow grid", soup(t, "B3/S23:C10000000,100", 90), engine.Use{}, "dense"},
		{"a torus that fills no memory", soup(t, "B3/S23:T1073741824,1073741824", 90), engine.Use{Generations: big.NewInt(1)}, "hashlife"},
		{"Generations", soup(t, "345/2/4", 10), engine.Use{}, "hashlife"},
		{"Generations, watched", soup(t, "2-a/34c/256", 10), engine.Use{Interactive: true}, "hashlife"},
		{"Generations for a short time", soup(t, "345/2/4", 10), engine.Use{Generations: big.NewInt(100)}, "multistate"},
		{"a soup of many states", soup(t, "345/2/4", 200), engine.Use{Generations: big.NewInt(5000)}, "multistate"},
		{"Generations on a torus", soup(t, "345/2/4:T64,64", 20), engine.Use{Generations: big.NewInt(1e9)}, "multistate"},
		{"WireWorld on the plane", soup(t, "WireWorld", 10), engine.Use{}, "hashlife"},
		{"von Neumann's automaton", soup(t, "JvN29", 10), engine.Use{Generations: big.NewInt(5)}, "hashlife"},
		{"von Neumann's automaton on a grid", soup(t, "JvN29:P30,30", 10), engine.Use{}, "multistate"},
		{"History on the plane", soup(t, "LifeHistory", 200), engine.Use{}, "hashlife"},
		{"Super on the plane", soup(t, "LifeSuper", 10), engine.Use{}, "hashlife"},
		{"Super on a grid", soup(t, "LifeSuper:T40,20", 10), engine.Use{}, "multistate"},
		{"Investigator", soup(t, "B36/S23Investigator", 10), engine.Use{}, "hashlife"},
		{"Larger than Life", soup(t, "R5,C0,M1,S34..58,B34..45,NM:T40,40", 10), engine.Use{}, "wide"},
		{"HROT", soup(t, "R2,C2,S6-11,B6-9,NN", 10), engine.Use{}, "wide"},
		{"WireWorld on a grid", soup(t, "WireWorld:P30,20", 10), engine.Use{}, "multistate"},
		{"WireWorld on an endless torus", soup(t, "WireWorld:T30,0", 10), engine.Use{}, "naive"},
		{"History", soup(t, "B36/S23History:K40*,20", 10), engine.Use{}, "multistate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := engine.Choose(c.p, c.use)
			if got.Name != c.want || got.Reason == "" {
				t.Errorf("Choose = %+v, want %s and a reason", got, c.want)
			}
			if _, err := engine.New(got.Name, c.p.Rule(), engine.Options{}); err != nil {
				t.Errorf("the choice does not run the rule: %v", err)
			}
		})
	}
}
