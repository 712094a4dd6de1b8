package hashlife_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/hashlife"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

// randomTorus returns the suffix of a torus of up to 2^most cells a side.
func randomTorus(rnd *rand.Rand, most int) string {
	return fmt.Sprintf(":T%d,%d", 1<<rnd.IntN(most+1), 1<<rnd.IntN(most+1))
}

// torusSoup returns a soup that fills part of the torus of a rule.
func torusSoup(rnd *rand.Rand, rulestring string) *life.Pattern {
	g, _ := rule.MustParse(rulestring).Grid()
	x, y := g.Origin()
	w, h := 1+rnd.Int64N(g.Width), 1+rnd.Int64N(g.Height)
	return lifetest.Soup{
		Rule: rulestring, Seed: rnd.Uint64(),
		Rect:    life.Rt(x+rnd.Int64N(g.Width-w+1), y+rnd.Int64N(g.Height-h+1), w, h),
		Density: []int{20, 80, 96, 128, 200}[rnd.IntN(5)], Generation: rnd.Int64N(2),
	}.Pattern()
}

// reference returns a naive engine to compare with.
func reference(t testing.TB, p *life.Pattern) life.Engine {
	t.Helper()
	e, err := naive.New(p.Rule())
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestTori compares thousands of soups on small tori, of all sides that are powers of
// two and under rules of all kinds, with package naive. Package lifetest has larger ones.
func TestTori(t *testing.T) {
	rnd := rand.New(rand.NewPCG(lifetest.Seed(), 1))
	n := 400
	if testing.Short() {
		n = 50
	}
	for i := range n {
		name := "B3/S23"
		if i%2 == 1 {
			name = lifetest.RandomRule(rnd, true)
		}
		name += randomTorus(rnd, 6)
		p := torusSoup(rnd, name)
		e, want := loaded(t, p, hashlife.WithThreads(1+rnd.IntN(2))), reference(t, p)
		for k := range 6 {
			if k%2 == 0 {
				p = torusSoup(rnd, name)
				must(t, e.Load(p))
				must(t, want.Load(p))
			}
			gens := rnd.Int64N(1 << rnd.IntN(6))
			advance(t, e, gens)
			advance(t, want, gens)
			d := lifetest.DiffPatterns(e.Snapshot(), want.Snapshot())
			if k == 5 && d == "" {
				d = lifetest.Diff(e, want.Snapshot())
			}
			if d != "" {
				t.Fatalf("GOLIFE_SEED=%d: case %d, rule %s, generation %v: %s", lifetest.Seed(), i, name, e.Generation(), d)
			}
		}
		e.Close()
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// history returns all states of a universe until one comes again, and the number of
// the first that does; nil when that takes too long. A generation of another phase is
// another state.
func history(t *testing.T, p *life.Pattern) (states []*life.Pattern, first int) {
	t.Helper()
	e := reference(t, p)
	seen := map[string]int{}
	for len(states) < 3000 {
		s := e.Snapshot()
		key := s.Digest()
		if p.Rule().Alternates() && s.Generation().Bit(0) == 1 {
			key += "odd"
		}
		if first, ok := seen[key]; ok {
			return states, first
		}
		seen[key] = len(states)
		states = append(states, s)
		advance(t, e, 1)
	}
	return nil, 0
}

// TestAgars: generation 10^12, and those after it, of a universe that comes back every
// p generations are those that naive reaches at 10^12 mod p.
func TestAgars(t *testing.T) {
	rnd := rand.New(rand.NewPCG(lifetest.Seed(), 2))
	rules := []string{"B3/S23", "B36/S23", "B0/S8", "B0123/S01", "B02/S3H", "B1357/S1357", "B2-a/S12"}
	n := 120
	if testing.Short() {
		n = 84
	}
	periods := map[int]bool{}
	for i := range n {
		name := rules[i%len(rules)]
		if i%2 == 1 {
			name = lifetest.RandomRule(rnd, true)
		}
		p := torusSoup(rnd, name+randomTorus(rnd, 4))
		if i < 4 { // gliders, that go round in 32 to 256 generations
			p = lifetest.Cells(fmt.Sprintf("B3/S23:T%d,16", 8<<i), "bo$2bo$3o!", 0, 0)
		}
		states, first := history(t, p)
		if states == nil {
			continue
		}
		period := len(states) - first
		periods[period] = true
		e := loaded(t, p)
		done := new(big.Int)
		for range 4 {
			more := big.NewInt(1_000_000_000_000 + rnd.Int64N(1<<rnd.IntN(20)))
			done.Add(done, more)
			must(t, e.Advance(context.Background(), more))
			k := new(big.Int).Sub(done, big.NewInt(int64(first)))
			k.Mod(k, big.NewInt(int64(period)))
			want := states[first+int(k.Int64())]
			want = want.WithGeneration(new(big.Int).Add(p.Generation(), done))
			if d := lifetest.Diff(e, want); d != "" {
				t.Fatalf("GOLIFE_SEED=%d: case %d, rule %s, period %d from %d: %s", lifetest.Seed(), i, p.Rule(), period, first, d)
			}
		}
		e.Close()
	}
	if !periods[1] || !periods[2] || !periods[256] || len(periods) < 7 {
		t.Errorf("only the periods %v: the test tests little", periods)
	}
}

// TestGliderOnATorus: in 4·side generations a glider goes round a torus; 10^12 and 10^30
// leave what the remainder says.
func TestGliderOnATorus(t *testing.T) {
	for _, grid := range []string{":T64,64", ":T1024,1024", ":T1048576,1048576", ":T64,4096", ":T8192,16"} {
		p := lifetest.Cells("B3/S23"+grid, "bo$2bo$3o!", 0, 0)
		g, _ := p.Rule().Grid()
		for _, n := range []string{"1000000000000", "1000000000000000000000000000003"} {
			gens, _ := new(big.Int).SetString(n, 10)
			e := loaded(t, p)
			must(t, e.Advance(context.Background(), gens))
			want := loaded(t, p)
			must(t, want.Advance(context.Background(), new(big.Int).Mod(gens, big.NewInt(4*max(g.Width, g.Height)))))
			if d := lifetest.Diff(e, want.Snapshot().WithGeneration(gens)); d != "" {
				t.Errorf("%s, %s generations: %s", grid, n, d)
			}
			if e.Population().Int64() != 5 {
				t.Errorf("%s, %s generations: %v cells, want a glider", grid, n, e.Population())
			}
		}
	}
}

// fullTorus returns a soup that fills the torus of a rule.
func fullTorus(rnd *rand.Rand, rulestring string) *life.Pattern {
	g, _ := rule.MustParse(rulestring).Grid()
	x, y := g.Origin()
	return lifetest.Soup{Rule: rulestring, Seed: rnd.Uint64(), Rect: life.Rt(x, y, g.Width, g.Height), Density: 96}.Pattern()
}

// TestTorusMemory: below a limit that makes for collections and short steps, a torus
// goes on as without; below what it needs, it stops at a whole generation.
func TestTorusMemory(t *testing.T) {
	rnd := rand.New(rand.NewPCG(lifetest.Seed(), 3))
	collected, ended := 0, 0
	for i := range 24 {
		name := fmt.Sprintf("%s:T%d,%d", []string{"B3/S23", "B34/S34"}[i&1], 1<<(5+rnd.IntN(6)), 1<<(5+rnd.IntN(6)))
		p, limit := torusSoup(rnd, name), 3<<14+rnd.Int64N(3<<(13+i%6))
		switch i % 6 {
		case 0: // too much for any of the limits
			p = fullTorus(rnd, "B34/S34:T1024,512")
		case 1:
			p, limit = fullTorus(rnd, "B3/S23:T256,256"), 3<<16
		}
		want := loaded(t, p)
		e := loaded(t, p, hashlife.WithThreads(1+i/2%2))
		e.SetLimit(limit)
		err := e.Advance(context.Background(), big.NewInt(81))
		if err != nil && !errors.Is(err, life.ErrMemoryLimit) {
			t.Fatal(err)
		}
		done := new(big.Int).Sub(e.Generation(), p.Generation()).Int64()
		if done < 0 || done > 81 || err == nil && done != 81 {
			t.Fatalf("Advance(81) returned %v after %d generations", err, done)
		}
		advance(t, want, done)
		if d := lifetest.Diff(e, want.Snapshot()); d != "" {
			t.Fatalf("GOLIFE_SEED=%d: case %d, rule %s: %s", lifetest.Seed(), i, name, d)
		}
		e.SetLimit(0)
		advance(t, e, 101-done)
		advance(t, want, 101-done)
		if d := lifetest.Diff(e, want.Snapshot()); d != "" {
			t.Fatalf("GOLIFE_SEED=%d: case %d, rule %s, without a limit: %s", lifetest.Seed(), i, name, d)
		}
		if err != nil {
			ended++
		} else if stat(e, "collections") > 0 {
			collected++
		}
		e.Close()
	}
	if collected < 3 || ended < 3 {
		t.Errorf("%d runs collected and %d ended: the test tests little", collected, ended)
	}
}

func TestNewRefusesOtherGrids(t *testing.T) {
	for _, grid := range []string{
		":P16,16", ":T16,24", ":T30", ":T16,0", ":T0,16", ":T16+1,16", ":T16,16-3", ":K16*,16", ":K16,16*+1", ":C16,16", ":S16",
	} {
		r := rule.MustParse("B3/S23" + grid)
		var u *life.UnsupportedRuleError
		if _, err := hashlife.New(r); !errors.As(err, &u) || u.Engine != "hashlife" || !u.Rule.Equal(r) {
			t.Errorf("New(%s) = %v, want an UnsupportedRuleError of hashlife", r, err)
		}
	}
}

func TestConformanceOnTori(t *testing.T) {
	cfg := config(hashlife.WithThreads(2))
	lifetest.RunGrids(t, cfg, ":T64,64", ":T1,1", ":T128,8", ":T2,256")
}

func FuzzOpsOnTori(f *testing.F) {
	cfg := config()
	for i, s := range []string{"B3/S23", "B36/S23", "B0/S", "B02/S3H", "B0123478/S01234678", "W110"} {
		for _, grid := range []string{":T64,64", ":T8,32", ":T256,2", ":T1,1", ":T16,128"}[i%2:] {
			cfg.Rules = append(cfg.Rules, s+grid)
		}
	}
	lifetest.FuzzOps(f, cfg)
}
