package probe_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/probe"
	"golife/life/rule"
)

// soup returns random cells around (0, 0) under a rule.
func soup(r *rand.Rand, rulestring string, side int64) *life.Pattern {
	rl := rule.MustParse(rulestring)
	b := life.NewBuilder(rl)
	for range side * side / 2 {
		b.Set(r.Int64N(side)-side/2, r.Int64N(side)-side/2, life.State(r.IntN(max(rl.States(), 2))))
	}
	return b.Pattern()
}

func load(t testing.TB, name string, p *life.Pattern) life.Engine {
	t.Helper()
	e, err := engine.New(name, p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func parse(t testing.TB, text string) probe.Schedule {
	t.Helper()
	s, err := probe.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// glider is the library's shape, with its north-west corner at (10, -5).
func glider() *life.Pattern {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for _, p := range []life.Point{{X: 11, Y: -5}, {X: 12, Y: -4}, {X: 10, Y: -3}, {X: 11, Y: -3}, {X: 12, Y: -3}} {
		b.Set(p.X, p.Y, 1)
	}
	return b.Pattern()
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		picture string
		at      string
		hit     bool
	}{
		{".o./..o/ooo", "10,-5", true},
		{".o./..o/ooo", "10,-4", false},
		{"!.o./..o/ooo", "10,-5", false},
		{"!.o./..o/ooo", "0,0", true},
		{".o./..o/oo.", "10,-5", false},
		{".o./..o/oo?", "10,-5", true},
		{".o./..*/oo?", "10,-5", true},
		{".o./.**/oo?", "10,-5", false},
		{".A./..A/AAA", "10,-5", true},
		{"?", "100,100", true},
		{"*", "100,100", false},
		{"o", "12,-3", true},
		{"3x3", "10,-5", true},
		{"1x1", "10,-5", false},
		{"!1x1", "10,-5", true},
		{"40x1", "-20,-3", true},
		{"1x40", "13,-30", false},
	} {
		s := parse(t, "p "+c.at+" 0 "+c.picture)
		for _, name := range engine.Names() {
			if name == "dense" || name == "multistate" || name == "wide" { // these want a bounded grid, more states, or a larger range
				continue
			}
			r := s[0].Read(load(t, name, glider()))
			if r.Hit != c.hit {
				t.Errorf("%s: %s at %s: hit %v, want %v; there is %s", name, c.picture, c.at, r.Hit, c.hit, r.Picture())
			}
		}
	}
}

// TestBoxIsTheCells compares boxes of random soups with the cells of the oracle,
// on every engine, over edges of tiles and the origin.
func TestBoxIsTheCells(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for _, c := range []struct{ name, rule string }{
		{"hashlife", "B3/S23"}, {"tile", "B3/S23"}, {"naive", "B3/S23"},
		{"dense", "B3/S23:T200,200"}, {"naive", "345/2/4"}, {"multistate", "345/2/4"}, {"wide", "R2,C0,S6-11,B6-9,NN"}, {"hashlife", "B0123478/S34678"}, {"tile", "B0123478/S34678"},
	} {
		p := soup(r, c.rule, 150)
		e, want := load(t, c.name, p), load(t, "naive", p)
		for range 3 {
			for range 15 {
				w, h := r.Int64N(70)+1, r.Int64N(20)+1
				box := life.Rt(r.Int64N(200)-100, r.Int64N(200)-100, w, h)
				cells := make([]life.State, w*h)
				for at, s := range want.Cells(box) {
					cells[(at.Y-box.Min.Y)*w+at.X-box.Min.X] = s
				}
				if got := probe.Box(e, box); !slices.Equal(got, cells) {
					t.Fatalf("%s under %s, generation %v: the box %v holds %v, want %v", c.name, c.rule, e.Generation(), box, got, cells)
				}
			}
			n := big.NewInt(r.Int64N(4))
			if err := errors.Join(e.Advance(context.Background(), n), want.Advance(context.Background(), n)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestNext compares Next with a search.
func TestNext(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 200 {
		var text strings.Builder
		due := map[int64]bool{}
		for i := range r.IntN(5) + 1 {
			start, period := r.Int64N(50), r.Int64N(20)
			fmt.Fprintf(&text, "p%d 0,0 %d", i, start)
			due[start] = true
			if period > 0 {
				fmt.Fprintf(&text, "+%d", period)
				for g := start; g < 200; g += period {
					due[g] = true
				}
			}
			text.WriteString(" o\n")
		}
		s := parse(t, text.String())
		for g := range int64(100) {
			want := g
			for want < 200 && !due[want] {
				want++
			}
			got := s.Next(big.NewInt(g))
			if want == 200 && got != nil || want < 200 && (got == nil || got.Int64() != want) {
				t.Fatalf("Next(%d) = %v, want %d (200 is none):\n%s", g, got, want, text.String())
			}
		}
	}
}

// TestRun wants exactly the readings that are due, on engines that jump and not.
func TestRun(t *testing.T) {
	const text = `
# the glider passes every four generations, a cell further
start  10,-5 0     .o./..o/ooo
later  11,-4 4     .o./..o/ooo
often  12,-3 0+4   .o./..o/ooo
never  12,-3 99    ?
`
	for _, name := range []string{"hashlife", "tile", "naive"} {
		var got []string
		e := load(t, name, glider())
		err := parse(t, text).Run(context.Background(), e, big.NewInt(13), func(r probe.Reading) bool {
			got = append(got, fmt.Sprintf("%s@%v:%v", r.Probe.Name, r.Generation, r.Hit))
			return true
		})
		want := []string{"start@0:true", "often@0:false", "later@4:true", "often@4:false", "often@8:true", "often@12:false"}
		if err != nil || !slices.Equal(got, want) || e.Generation().Int64() != 13 {
			t.Errorf("%s: %v, %v at generation %v, want %v at 13", name, got, err, e.Generation(), want)
		}
	}
	n := 0
	e := load(t, "tile", glider())
	if err := parse(t, "a 0,0 0+1 ?").Run(context.Background(), e, big.NewInt(9), func(probe.Reading) bool { n++; return n < 3 }); err != nil || n != 3 {
		t.Errorf("%d readings, %v, want to stop at the third", n, err)
	}
	if g := e.Generation().Int64(); g != 2 {
		t.Errorf("stopped at generation %d, want 2", g)
	}
}

func TestRunStopsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := parse(t, "a 0,0 5 ?").Run(ctx, load(t, "tile", glider()), big.NewInt(9), func(probe.Reading) bool { return true })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "line 1: found the end and no probe"},
		{"# nothing\n\n", "line 2: found the end and no probe"},
		{"a 0,0 0", "line 1: found 3 fields, want four"},
		{"a 0,0 0 o x", "line 1: found 5 fields, want four"},
		{"\na 0;0 0 o", `line 2: found the place "0;0", want X,Y`},
		{"a 1,9223372036854775808 0 o", `found the place`},
		{"a 9223372036854775807,0 0 o", "leaves room for 1 x 1 cells"},
		{"a 0,0 -1 o", `found the generations "-1"`},
		{"a 0,0 1+ o", `period of 1 or more`},
		{"a 0,0 1+0 o", `period of 1 or more`},
		{"a 0,0 1e3 o", `found the generations "1e3"`},
		{"a 0,0 0 oo/o", "found row 2 of 1 cells after rows of 2"},
		{"a 0,0 0 o/", "found row 2 of 0 cells"},
		{"a 0,0 0 !", "found an empty picture"},
		{"a 0,0 0 oy", `found 'y' in a picture`},
		{"a 0,0 0 0x3", `found the size "0x3"`},
		{"a 0,0 0 4097x1", `found the size "4097x1"`},
		{"a 0,0 0 4096x4096", `at most 1048576 cells`},
		{"a 0,0 0 3x3x3", `found the size "3x3x3"`},
		{"a 0,0 0 o\nb 0,0 0 o\na 0,0 1 o", `line 3: found a second probe "a", the first is on line 1`},
		{strings.Repeat(" ", 16<<20+1), "found more than"},
	} {
		s, err := probe.Parse(strings.NewReader(c.text))
		var x *probe.SyntaxError
		if !errors.As(err, &x) || !strings.Contains(err.Error(), c.want) || s != nil {
			t.Errorf("%.40q: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestCheck(t *testing.T) {
	s := parse(t, "a 0,0 0 .o?*\nb 0,0 0 O\nc 0,0 0 2x2")
	if err := s[0].Check(2); err != nil {
		t.Error(err)
	}
	if err := s[1].Check(2); err == nil || !strings.Contains(err.Error(), "probe b: found state 15") {
		t.Errorf("state 15 of two: %v", err)
	}
	if err := s[1].Check(16); err != nil {
		t.Error(err)
	}
	if err := s[2].Check(2); err != nil {
		t.Error(err)
	}
}

func TestReadingShowsStates(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("345/2/40"))
	for x, s := range []life.State{0, 1, 2, 24, 25} {
		b.Set(int64(x), 0, s)
	}
	r := parse(t, "a 0,0 0 5x2")[0].Read(load(t, "naive", b.Pattern()))
	if got := r.Picture(); got != ".oBX#/....." {
		t.Errorf("picture %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a 0,0 0+4 .o./..o/ooo\n# b\nb -3,4 7 !3x3")
	f.Add("x 1,1 99999999999999999999+1 ?*X")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := probe.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		var again strings.Builder
		for _, p := range s {
			if p.Box.IsEmpty() {
				t.Fatalf("%v has an empty box", p)
			}
			again.WriteString(p.String() + "\n")
		}
		u, err := probe.Parse(strings.NewReader(again.String()))
		if err != nil || len(u) != len(s) {
			t.Fatalf("written as %q: %v", again.String(), err)
		}
		for i := range s {
			if u[i].String() != s[i].String() || u[i].Box != s[i].Box {
				t.Fatalf("%v comes back as %v", s[i], u[i])
			}
		}
	})
}
