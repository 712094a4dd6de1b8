package run

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/lifetest"
	"golife/life/rule"
)

// history is what brute force finds out about a universe: all generations up to
// some limit, and the first event of each kind among them.
type history struct{ dead, stable, periodic, period int } // -1 is none

// look compares every generation with all before it.
func look(t *testing.T, p *life.Pattern, limit int) history {
	t.Helper()
	e, err := engine.New("naive", p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	h := history{-1, -1, -1, 0}
	var all []*life.Pattern
	step := 1
	if p.Rule().Alternates() {
		step = 2
	}
	for g := 0; g <= limit+step; g++ {
		now := e.Snapshot()
		if h.dead < 0 && now.IsEmpty() && g <= limit {
			h.dead = g
		}
		for back := step; back <= g && h.periodic < 0 && g <= limit; back += step {
			if all[g-back].SameCells(now) {
				h.periodic, h.period = g-back, back
			}
		}
		turns := step // that change nothing when it is stable
		isStable := h.stable < 0 && g >= turns && !p.Rule().HasB0()
		for back := 1; back <= turns && isStable; back++ {
			isStable = all[g-back].SameCells(now)
		}
		if isStable {
			h.stable = g - turns
		}
		all = append(all, now)
		if err := e.Advance(context.Background(), one); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// randomPattern returns a small soup whose own generation is not 0.
func randomPattern(r *rand.Rand, rl *rule.Rule) *life.Pattern {
	b := life.NewBuilder(rl)
	w, h := 1+r.Int64N(7), 1+r.Int64N(7)
	var left, top int64
	if g, ok := rl.Grid(); ok {
		left, top = g.Origin()
		w, h = min(w, g.Width), min(h, g.Height)
	}
	for y := range h {
		for x := range w {
			b.Set(left+x, top+y, life.State(r.IntN(rl.States())))
		}
	}
	b.SetGeneration(big.NewInt(r.Int64N(3)))
	return b.Pattern()
}

// TestUntil compares the searches with brute force: the reason, the generation,
// the period and the cells, on soups, for several rules, engines and limits.
func TestUntil(t *testing.T) {
	t.Parallel()
	const seed = 7
	r := rand.New(rand.NewPCG(seed, seed))
	rules := []*rule.Rule{
		rule.MustParse("B3/S23"), rule.MustParse("B36/S23"), rule.MustParse("B0/S"), rule.MustParse("B01/S0"),
		rule.MustParse("B013/S23"), rule.MustParse("B2/S"), rule.MustParse("B3/S2"),
		rule.MustParse("B3/S23|B36/S23"), rule.MustParse("B2/S|B3/S23"),
	}
	for _, g := range []string{":T8,8", ":T16,4", ":T7,9", ":P5,8", ":K6*,7", ":C8,8", ":S7"} {
		for _, s := range []string{"B3/S23", "B0/S", "B2/S"} {
			rules = append(rules, rule.MustParse(s+g))
		}
	}
	soups := 5 * len(rules)
	if testing.Short() {
		soups = len(rules)
	}
	for i := range soups {
		p := randomPattern(r, rules[i%len(rules)])
		limit := r.IntN(60)
		h := look(t, p, limit)
		for until, first := range map[string]int{
			Dead: h.dead, Stable: h.stable, Periodic: h.periodic,
		} {
			for _, name := range engine.Names() {
				if _, err := engine.New(name, p.Rule(), engine.Options{}); errors.Is(err, life.ErrUnsupportedRule) {
					continue
				}
				checkUntil(t, p, name, until, limit, first, h.period)
			}
		}
		if t.Failed() {
			t.Fatalf("soup %d of seed %d, rule %v", i, seed, p.Rule())
		}
	}
}

// checkUntil runs p until an event, which is to come at generation first, or not
// within limit when that is negative.
func checkUntil(t *testing.T, p *life.Pattern, name, until string, limit, first, period int) {
	t.Helper()
	run, err := New(p, Spec{Engine: name, Until: until, Generations: big.NewInt(int64(limit))}, nil)
	if err == nil {
		err = run.Run(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	e := run.eng
	want := until
	if first < 0 || first > limit {
		want, first = Generations, limit
	}
	end := new(big.Int).Add(p.Generation(), big.NewInt(int64(first)))
	if run.stopped != want || e.Generation().Cmp(end) != 0 {
		t.Errorf("%s until %s within %d: %s at generation %v, want %s at %v",
			name, until, limit, run.stopped, e.Generation(), want, end)
		return
	}
	if want == Periodic && run.period.Cmp(big.NewInt(int64(period))) != 0 {
		t.Errorf("%s: period %v, want %d", name, run.period, period)
	}
	if again := advanced(t, p, first); !again.SameCells(e.Snapshot()) {
		t.Errorf("%s until %s: not the cells of generation %v", name, until, end)
	}
}

// advanced returns p some generations later, by the naive engine.
func advanced(t *testing.T, p *life.Pattern, n int) *life.Pattern {
	t.Helper()
	return advancedBy(t, "naive", p, int64(n))
}

func advancedBy(t *testing.T, name string, p *life.Pattern, n int64) *life.Pattern {
	t.Helper()
	e, err := engine.New(name, p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err == nil {
		err = e.Advance(context.Background(), big.NewInt(n))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e.Snapshot()
}

// cutOff is an engine that is interrupted after some calls of Advance.
type cutOff struct {
	life.Engine
	calls  int
	cancel context.CancelFunc
}

func (c *cutOff) Advance(ctx context.Context, n *big.Int) error {
	if c.calls--; c.calls <= 0 {
		c.cancel()
	}
	return c.Engine.Advance(ctx, n)
}

// TestUntilInterrupted checks that a search which is interrupted anywhere leaves
// a generation of the universe, and no verdict.
func TestUntilInterrupted(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	if err := b.SetRun(0, 0, 10, 1); err != nil {
		t.Fatal(err)
	}
	p := b.Pattern() // a pentadecathlon after some generations
	for i, until := range append(Events(), Periodic) {
		name, step := "naive", 1
		if i == len(Events()) {
			name, step = jumpingEngine, 5
		}
		for calls := 1; ; calls += step {
			ctx, cancel := context.WithCancel(context.Background())
			run, err := New(p, Spec{Engine: name, Until: until, Generations: big.NewInt(40)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			e := run.eng
			run.eng = &cutOff{e, calls, cancel}
			err = run.Run(ctx)
			cancel()
			if err != nil {
				t.Fatal(err)
			}
			if run.stopped != Interrupted {
				break // it was over before
			}
			if run.period != nil {
				t.Errorf("%s until %s, interrupted in call %d: period %v", name, until, calls, run.period)
			}
			if n := int(e.Generation().Int64()); !advanced(t, p, n).SameCells(e.Snapshot()) {
				t.Errorf("%s until %s, interrupted in call %d: not the cells of generation %d", name, until, calls, n)
			}
		}
	}
}

// TestUntilFarAhead: an engine that jumps finds periods that take too long to follow,
// and none beyond the goal; so it does when the search is resumed.
func TestUntilFarAhead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule, cells      string
		limit, from, at  int64
		stopped, periods string
	}{
		{"B3/S23:T1048576,1048576", "bo$2bo$3o!", 1 << 22, 0, 0, Periodic, "4194304"},
		{"B3/S23:T1048576,1048576", "bo$2bo$3o!", 1 << 22, 1000, 0, Periodic, "4194304"},
		{"B3/S23:T1048576,1048576", "bo$2bo$3o!", 1<<22 - 1, 0, 1<<22 - 1, Generations, "<nil>"},
		// The glider goes round once and meets the rest.
		{"B3/S23:T65536,16", "bo$2bo$3o5$7o!", 1 << 40, 0, 262173, Periodic, "2"},
		{"B3/S23:T65536,16", "bo$2bo$3o5$7o!", 1 << 40, 5000, 262173, Periodic, "2"},
	} {
		p := lifetest.Cells(c.rule, c.cells, 0, -8)
		var resume *State
		if c.from > 0 {
			resume = &State{Present: advancedBy(t, jumpingEngine, p, c.from)}
		}
		run, err := New(p, Spec{Engine: jumpingEngine, Until: Periodic, Generations: big.NewInt(c.limit)}, resume)
		if err == nil {
			run.jumpTime = time.Minute // else a slow machine follows millions of generations one by one
			err = run.Run(context.Background())
		}
		if err != nil {
			t.Fatal(err)
		}
		if run.stopped != c.stopped || run.period.String() != c.periods || run.eng.Generation().Int64() != c.at {
			t.Errorf("%s %s within %d, from %d: %s at generation %v, period %v; want %s at %d, %s", c.rule, c.cells, c.limit,
				c.from, run.stopped, run.eng.Generation(), run.period, c.stopped, c.at, c.periods)
		}
	}
}
