package hashlife_test

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"golife/life"
	"golife/life/hashlife"
	"golife/life/lifetest"
	"golife/life/rule"
)

func config(opts ...hashlife.Option) lifetest.Config {
	return lifetest.Config{
		New: func(r *rule.Rule) (life.Engine, error) {
			e, err := hashlife.New(r, opts...)
			if err != nil {
				return nil, err
			}
			return e, nil
		},
		Alternating: true,
		Hashing:     true,
		Name:        "hashlife",
	}
}

func TestConformance(t *testing.T) { lifetest.Run(t, config()) }

func TestConformanceOfWorkers(t *testing.T) {
	cfg := config(hashlife.WithThreads(2))
	cfg.Rules = []string{"B3/S23", "B2n3/S23-q", "B0/S8"}
	lifetest.Run(t, cfg)
}

// Workers that meet in the same table must leave what one alone leaves, through
// growth, collection and changes of step. More workers than processors make for
// odd interleavings.
func TestWorkersAgree(t *testing.T) {
	for _, rulestring := range []string{"B3/S23", "B36/S23", "B0123478/S01234678", "B0/S8"} {
		p := soup(t, rulestring, 100, 17)
		alone := loaded(t, p)
		many := loaded(t, p, hashlife.WithThreads(4))
		for _, n := range []int64{1, 256, 333, 2, 512} {
			if testing.Short() && n > 256 {
				continue
			}
			advance(t, alone, n)
			advance(t, many, n)
			if !lifetest.Compare(t, many, alone) {
				t.Fatalf("rule %s, after %d generations", rulestring, n)
			}
		}
		many.Collect()
		lifetest.Compare(t, many, alone)
	}
}

// soup returns a random square of the given side around the origin.
func soup(t testing.TB, rulestring string, side int64, seed uint64) *life.Pattern {
	t.Helper()
	b := life.NewBuilder(rule.MustParse(rulestring))
	r := rand.New(rand.NewPCG(seed, 0))
	for y := -side / 2; y < side/2; y++ {
		for x := -side / 2; x < side/2; x++ {
			if r.IntN(8) < 3 {
				b.Set(x, y, 1)
			}
		}
	}
	return b.Pattern()
}

func loaded(t testing.TB, p *life.Pattern, opts ...hashlife.Option) *hashlife.Engine {
	t.Helper()
	e, err := hashlife.New(p.Rule(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

func advance(t testing.TB, e life.Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatalf("Advance(%d): %v", n, err)
	}
}

func stat(e *hashlife.Engine, name string) int64 {
	for _, s := range e.Stats() {
		if s.Name == name {
			return s.Value
		}
	}
	return -1
}

// A run whose table grows again and again must end like one that starts large
// enough never to grow, and like any sequence of steps.
func TestGrowthAndCollectionKeepTheUniverse(t *testing.T) {
	const seed = 7
	p := soup(t, "B3/S23", 200, seed)
	grown := loaded(t, p)
	advance(t, grown, 3000)
	if stat(grown, "grows") == 0 {
		t.Fatal("the table never grew: the test tests nothing")
	}
	stepped := loaded(t, p)
	for range 6 {
		advance(t, stepped, 499)
		stepped.Collect()
		advance(t, stepped, 1)
	}
	if stat(stepped, "collections") != 6 {
		t.Errorf("collections = %d, want 6", stat(stepped, "collections"))
	}
	lifetest.Compare(t, stepped, grown)
	advance(t, grown, 1000)
	advance(t, stepped, 1000)
	lifetest.Compare(t, stepped, grown)
}

// At the limit the engine collects and shortens its steps; the result is the same.
func TestMemoryLimitHoldsAndKeepsTheResult(t *testing.T) {
	p := soup(t, "B3/S23", 256, 11)
	free := loaded(t, p)
	advance(t, free, 4096)
	const limit = 5 << 19
	tight := loaded(t, p, hashlife.WithMemory(limit))
	advance(t, tight, 4096)
	if stat(tight, "collections") == 0 {
		t.Errorf("no collection below a limit of %d bytes; without one, %d are used", limit, free.Bytes())
	}
	if got := tight.Bytes(); got > limit {
		t.Errorf("%d bytes in use, limit %d", got, limit)
	}
	lifetest.Compare(t, tight, free)
}

func TestMemoryLimitBelowThePatternFails(t *testing.T) {
	p := soup(t, "B3/S23", 600, 3)
	e, err := hashlife.New(p.Rule(), hashlife.WithMemory(1<<16))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(p); !errors.Is(err, life.ErrMemoryLimit) {
		t.Fatalf("Load = %v, want ErrMemoryLimit", err)
	}
	if e.Population().Sign() != 0 || e.Generation().Sign() != 0 {
		t.Error("a failed Load changed the universe")
	}
}

// The universe after ErrMemoryLimit is a whole generation of the same history.
func TestAdvanceAtTheLimitStopsAtAWholeGeneration(t *testing.T) {
	p := soup(t, "B3/S0123", 40, 8) // grows for ever, and without order
	tight := loaded(t, p, hashlife.WithMemory(1<<18))
	err := tight.Advance(context.Background(), big.NewInt(1<<40))
	if !errors.Is(err, life.ErrMemoryLimit) {
		t.Fatalf("Advance = %v, want ErrMemoryLimit", err)
	}
	free := loaded(t, p)
	if err := free.Advance(context.Background(), tight.Generation()); err != nil {
		t.Fatal(err)
	}
	lifetest.Compare(t, tight, free)
}

func TestMarksSurviveGrowthAndCollection(t *testing.T) {
	e := loaded(t, soup(t, "B3/S23", 100, 5))
	type kept struct {
		mark   life.Mark
		digest string
	}
	var all []kept
	for range 5 {
		all = append(all, kept{e.Mark(), e.Snapshot().Digest()})
		advance(t, e, 300)
		e.Collect()
	}
	for _, k := range all {
		if err := e.Rewind(k.mark); err != nil {
			t.Fatal(err)
		}
		if got := e.Snapshot().Digest(); got != k.digest {
			t.Errorf("generation %v: digest %s, want %s", k.mark.Generation(), got, k.digest)
		}
		if e.Generation().Cmp(k.mark.Generation()) != 0 {
			t.Errorf("generation %v, want %v", e.Generation(), k.mark.Generation())
		}
	}
}

func TestMarksEndWithLoad(t *testing.T) {
	p := soup(t, "B3/S23", 20, 1)
	e := loaded(t, p)
	m := e.Mark()
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	if err := e.Rewind(m); err == nil {
		t.Error("Rewind to a mark of before Load did not fail")
	}
}

// Marks that nobody holds must not keep their nodes.
func TestUnreachableMarksAreDropped(t *testing.T) {
	e := loaded(t, soup(t, "B3/S23", 200, 2))
	_ = e.Mark()
	if err := e.Load(life.NewBuilder(rule.MustParse("B3/S23")).Pattern()); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	e.Collect()
	if n := stat(e, "nodes"); n != 0 {
		t.Errorf("%d nodes are left of an empty universe", n)
	}
}

func TestCancelDuringAHugeStep(t *testing.T) {
	p := soup(t, "B3/S23", 400, 9)
	e := loaded(t, p)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err := e.Advance(ctx, new(big.Int).Lsh(big.NewInt(1), 60))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Advance = %v, want the deadline", err)
	}
	if e.Generation().Sign() != 0 || !e.Snapshot().SameCells(p) {
		t.Error("a cancelled step changed the universe")
	}
	advance(t, e, 64)
	other := loaded(t, p)
	advance(t, other, 64)
	lifetest.Compare(t, e, other)
}

// Results at full speed must serve after a change of step: going on by an odd
// number and back to a power of two computes little anew.
func TestResultsSurviveAChangeOfStep(t *testing.T) {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for i, row := range []string{ // Gosper glider gun, 1970
		"........................O...........",
		"......................O.O...........",
		"............OO......OO............OO",
		"...........O...O....OO............OO",
		"OO........O.....O...OO..............",
		"OO........O...O.OO....O.O...........",
		"..........O.....O.......O...........",
		"...........O...O....................",
		"............OO......................",
	} {
		for x, c := range row {
			if c == 'O' {
				b.Set(int64(x), int64(i), 1)
			}
		}
	}
	gun := b.Pattern()
	e := loaded(t, gun)
	advance(t, e, 1<<20)
	first := stat(e, "results")
	if err := e.Load(gun); err != nil {
		t.Fatal(err)
	}
	advance(t, e, 1)
	if err := e.Load(gun); err != nil {
		t.Fatal(err)
	}
	advance(t, e, 1<<20)
	if again := stat(e, "results") - first; again > first/4 {
		t.Errorf("the second run computed %d results, the first %d", again, first)
	}
}

func TestNewRefusesWhatItCannotRun(t *testing.T) {
	for _, s := range []string{"B3/S23:T30,20", "345/2/4:P32,32", "WireWorld:T64,16", "R5,C2,M1,S34..58,B34..45,NM", "Codd", "B0/SHistory", "B0/SSuper"} {
		var u *life.UnsupportedRuleError
		if _, err := hashlife.New(rule.MustParse(s)); !errors.As(err, &u) || u.Engine != "hashlife" {
			t.Errorf("New(%s) = %v, want an UnsupportedRuleError of hashlife", s, err)
		}
	}
}

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, config()) }

func BenchmarkAdvance(b *testing.B) {
	for _, c := range []struct {
		name string
		p    *life.Pattern
		k    uint
	}{
		{"engine=hashlife/pattern=soup/rule=B3S23/size=256/k=12", soup(b, "B3/S23", 256, 1), 12},
		{"engine=hashlife/pattern=soup/rule=B36S23/size=256/k=12", soup(b, "B36/S23", 256, 1), 12},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			gens := new(big.Int).Lsh(big.NewInt(1), c.k)
			for b.Loop() {
				e := loaded(b, c.p)
				if err := e.Advance(context.Background(), gens); err != nil {
					b.Fatal(err)
				}
				e.Close()
			}
			b.ReportMetric(float64(gens.Int64())*float64(b.N)/b.Elapsed().Seconds(), "gens/s")
		})
	}
}

// More generations than there are hours for are refused, and change nothing.
func TestAdvanceRefusesWhatNeverEnds(t *testing.T) {
	p := soup(t, "B3/S23", 10, 3)
	e := loaded(t, p)
	n := new(big.Int).Exp(big.NewInt(10), big.NewInt(1_000_000), nil)
	if err := e.Advance(t.Context(), n); err == nil || e.Generation().Sign() != 0 || !e.Snapshot().SameCells(p) {
		t.Errorf("Advance = %v, at generation %v", err, e.Generation())
	}
	if err := hashlife.CheckGenerations(new(big.Int).Lsh(big.NewInt(1), 16403)); err != nil {
		t.Error(err)
	}
}
