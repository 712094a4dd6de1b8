package run

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"golife/life"
	"golife/life/rule"
)

// errCrash ends a run in the place of a kill.
var errCrash = errors.New("crash")

// crashing is an engine that fails after some calls of Advance.
type crashing struct {
	life.Engine
	calls int
}

func (c *crashing) Advance(ctx context.Context, n *big.Int) error {
	if c.calls--; c.calls < 0 {
		return errCrash
	}
	return c.Engine.Advance(ctx, n)
}

// outcome is what must not depend on crashes.
type outcome struct{ stopped, generation, period, digest string }

func outcomeOf(r *Runner) outcome {
	rep := r.Report("", Detail{Digest: true})
	o := outcome{r.Stopped(), rep.Generation.String(), "", rep.Digest}
	if rep.Period != nil {
		o.period = rep.Period.String()
	}
	return o
}

// TestResume crashes runs at every call of the engine, goes on from the last state that
// was kept, and compares with runs that were left alone: with and without an event to
// look for, on soups under several rules.
func TestResume(t *testing.T) {
	t.Parallel()
	const seed = 11
	rnd := rand.New(rand.NewPCG(seed, seed))
	rules := []*rule.Rule{rule.MustParse("B3/S23"), rule.MustParse("B01/S0"), rule.MustParse("B2/S"), rule.MustParse("B36/S23")}
	resumed, soups := 0, 8
	if testing.Short() {
		soups = 3
	}
	for i := range soups {
		p := randomPattern(rnd, rules[i%len(rules)])
		for _, until := range append(Events(), "") {
			for _, name := range []string{"naive", "hashlife", "tile"} {
				spec := Spec{Engine: name, Until: until, Generations: big.NewInt(int64(rnd.IntN(80)))}
				whole, err := New(p, spec, nil)
				if err == nil {
					err = whole.Run(context.Background())
				}
				if err != nil {
					t.Fatal(err)
				}
				want := outcomeOf(whole)
				got, crashes := withCrashes(t, p, spec, rnd)
				resumed += crashes
				if got != want {
					t.Errorf("soup %d of seed %d, rule %v, %s until %q within %v, %d crashes: %+v, want %+v",
						i, seed, p.Rule(), name, until, spec.Generations, crashes, got, want)
				}
			}
		}
	}
	if resumed < 25*soups {
		t.Errorf("%d crashes say little", resumed)
	}
}

// withCrashes runs p to its end through many crashes.
func withCrashes(t *testing.T, p *life.Pattern, spec Spec, rnd *rand.Rand) (outcome, int) {
	t.Helper()
	var kept *State
	for crashes := 0; ; crashes++ {
		r, err := New(p, spec, kept)
		if err != nil {
			t.Fatal(err)
		}
		calls := 1 + rnd.IntN(12) + crashes // so that it ends
		r.eng = &crashing{r.eng, calls}
		r.KeepEvery, r.Keep = time.Nanosecond, func(s State) { kept = &s }
		switch err := r.Run(context.Background()); {
		case err == nil:
			return outcomeOf(r), crashes
		case !errors.Is(err, errCrash):
			t.Fatal(err)
		}
	}
}

// TestKeep checks on a clock of its own that states come about as often as they should,
// and that a step which takes very long is broken off for one.
func TestKeep(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		exp         uint // of the first step: 2^exp generations, a millisecond each
		every, most time.Duration
	}{
		{"short steps", 0, 20 * time.Millisecond, 30 * time.Millisecond},
		{"long steps", 0, 5 * time.Second, 7 * time.Second},
		{"a step that is too long", 16, 5 * time.Second, 16 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { testKeep(t, tt.exp, tt.every, tt.most) }) })
	}
}

func testKeep(t *testing.T, exp uint, every, most time.Duration) {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	r, err := New(b.Pattern(), Spec{Engine: "naive", Timeout: 20 * every}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.eng, r.pace.exp = slow{r.eng}, exp
	last := time.Now()
	n, widest := 0, time.Duration(0)
	r.KeepEvery = every
	r.Keep = func(State) {
		widest = max(widest, time.Since(last))
		n, last = n+1, time.Now()
	}
	if err := r.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n < 10 || widest > most {
		t.Errorf("%d states in %v, at most %v apart, want %v at most", n, 20*every, widest, most)
	}
}

// slow takes a millisecond a generation, and counts none that it cannot finish.
type slow struct{ life.Engine }

func (s slow) Advance(ctx context.Context, n *big.Int) error {
	for range n.Int64() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
		if err := s.Engine.Advance(context.Background(), one); err != nil {
			return err
		}
	}
	return nil
}
