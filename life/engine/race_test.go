package engine

import (
	"context"
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"golife/life"
	"golife/life/rule"
)

// clock is the time that fake engines spend.
type clock struct{ time.Time }

// nanoseconds are the costs of fakes, which step a tile in each.
var nanoseconds = costs{visit: 1}

// fake is an engine whose work is nothing but time. It has no cells.
type fake struct {
	universe // nil: what is not below is not to be used
	clock    *clock
	pattern  *life.Pattern
	done     int64
	fresh    int64                                    // generations since it was loaded
	step     func(done, fresh, n int64) time.Duration // what n generations take
	stats    func(done, fresh int64) map[string]int64 // what it counts on the way
	counts   map[string]int64
	grows    int64 // so many cells, one a generation
	keeps    bool  // what it knows when it is loaded
}

func (f *fake) Generation() *big.Int { return big.NewInt(f.done) }

func (f *fake) Snapshot() *life.Pattern { return f.pattern.WithGeneration(f.Generation()) }

func (f *fake) Load(p *life.Pattern) error {
	if !f.keeps {
		f.fresh = 0
	}
	f.pattern, f.done, f.counts = p, p.Generation().Int64(), map[string]int64{}
	f.clock.Time = f.clock.Add(50 * time.Microsecond)
	return nil
}

func (f *fake) Advance(ctx context.Context, n *big.Int) error {
	took := f.step(f.done, f.fresh, n.Int64())
	if w, ok := ctx.(*within); ok && took > time.Duration(w.most) {
		f.clock.Time = f.clock.Add(time.Duration(w.most))
		f.counts["tiles_stepped"] += int64(w.most)
		return context.DeadlineExceeded
	}
	f.clock.Time = f.clock.Add(took)
	f.counts["tiles_stepped"] += int64(took)
	f.done, f.fresh = f.done+n.Int64(), f.fresh+n.Int64()
	for name, v := range f.stats(f.fresh, n.Int64()) {
		f.counts[name] += v
	}
	return nil
}

// Population is that of a universe that grows for a while.
func (f *fake) Population() *big.Int { return big.NewInt(1000 + min(f.done, f.grows)) }

// Bounds says that there is nothing to sweep.
func (f *fake) Bounds() (life.BigRect, bool) { return life.BigRect{}, false }

func (f *fake) Bytes() int64 { return 10_000 }

func (f *fake) SetLimit(int64) {}

func (f *fake) Stats() (out []life.Stat) {
	for name, v := range f.counts {
		out = append(out, life.Stat{Name: name, Value: v})
	}
	return out
}

// linear takes the same time for each generation.
func linear(each time.Duration) func(_, _, n int64) time.Duration {
	return func(_, _, n int64) time.Duration { return time.Duration(n) * each }
}

// growing is as linear for the first generations, and then with another time for each.
func growing(each time.Duration, first int64, then time.Duration) func(done, _, n int64) time.Duration {
	return func(done, _, n int64) time.Duration {
		cheap := max(0, min(n, first-done))
		return time.Duration(cheap)*each + time.Duration(n-cheap)*then
	}
}

// memoising is as linear until it has come so far, and then takes the same time for
// each doubling.
func memoising(each time.Duration, until int64, doubling time.Duration) func(_, fresh, n int64) time.Duration {
	return func(_, fresh, n int64) time.Duration {
		if fresh < until {
			return time.Duration(min(n, until-fresh)) * each
		}
		return doubling
	}
}

// chaos and order are what an engine that memoises counts.
func chaos(_, n int64) map[string]int64 {
	return map[string]int64{"lookups": 20 * n, "hits": 12 * n, "leaf_steps": 4 * n}
}

func order(until int64) func(fresh, n int64) map[string]int64 {
	return func(fresh, n int64) map[string]int64 {
		if fresh <= until {
			return chaos(fresh, n)
		}
		return map[string]int64{"lookups": 1000, "hits": 900}
	}
}

func none(_, _ int64) map[string]int64 { return nil }

// The time of a run is near that of the engine one would have picked.
func TestRace(t *testing.T) {
	const µs, ms = time.Microsecond, time.Millisecond
	for _, c := range []struct {
		name        string
		start       string
		generations int64
		tile        func(done, fresh, n int64) time.Duration
		hash        func(done, fresh, n int64) time.Duration
		counts      func(fresh, n int64) map[string]int64
		want        string
		most        time.Duration // that the whole may take
		grows       int64
	}{
		{"chaos, well started", "tile", 30_000, linear(5 * µs), linear(20 * µs), chaos, "tile", 180 * ms, 0},
		{"chaos, not known at first", "hashlife", 30_000, linear(1 * µs), linear(4 * µs), chaos, "tile", 37 * ms, 0},
		{"chaos, short", "hashlife", 900, linear(1 * µs), linear(4 * µs), chaos, "hashlife", 4 * ms, 0},
		{"order from the start", "hashlife", 1 << 30, linear(1 * µs), memoising(4*µs, 64, 100*µs), order(64), "hashlife", 4 * ms, 0},
		{"order after 512 generations", "hashlife", 1 << 30, linear(20 * µs), memoising(100*µs, 512, ms), order(512), "hashlife", 80 * ms, 0},
		{"order after 8,000 generations", "hashlife", 1 << 30, linear(1 * µs), memoising(4*µs, 8000, ms), order(8000), "hashlife", 60 * ms, 0},
		{"order after doubt", "hashlife", 1 << 30, linear(1 * µs), memoising(4*µs, 10_000, ms), order(10_000), "hashlife", 1100 * ms, 0},
		{"order taken for chaos", "tile", 1 << 30, linear(1 * µs), memoising(4*µs, 500, 100*µs), order(500), "hashlife", 60 * ms, 0},
		{"cheap for 500 generations, then not", "tile", 1 << 14, growing(10*time.Nanosecond, 500, ms), linear(2 * µs), none, "hashlife", 320 * ms, 0},
		{"a machine taken for chaos", "hashlife", 1 << 30, linear(2 * µs), memoising(4*µs, 50_000, ms), order(50_000), "hashlife", 280 * ms, 1 << 30},
		{"chaos that grows at first", "hashlife", 100_000, linear(1 * µs), linear(4 * µs), chaos, "tile", 130 * ms, 2_000},
		{"growth that ends soon", "hashlife", 16_000, linear(1 * µs), linear(3 * µs), chaos, "tile", 26 * ms, 1 << 30},
		{"growth that does not", "hashlife", 1 << 18, linear(1 * µs), memoising(3*µs, 10_000, ms), chaos, "hashlife", 60 * ms, 1 << 30},
		{"a methuselah", "hashlife", 30_000, linear(1 * µs), linear(2500), chaos, "tile", 36 * ms, 3_000},
		{"built, with long periods", "hashlife", 1 << 14, linear(1 * µs), memoising(3*µs, 2_500, 100*µs), order(2_500), "hashlife", 11 * ms, 0},
		{"chaos in a short run", "hashlife", 2048, linear(20 * µs), linear(80 * µs), chaos, "tile", 90 * ms, 0},
		{"nearly equal", "tile", 1 << 20, linear(1 * µs), linear(1 * µs), chaos, "tile", 1160 * ms, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := &clock{time.Now().Add(time.Hour)}
			p := life.NewBuilder(rule.MustParse("B3/S23")).Pattern()
			a := makeAuto(t, p.Rule(), Options{})
			a.options.Use.Generations = big.NewInt(c.generations)
			a.start(new(big.Int))
			a.costs = nanoseconds
			a.make = func(name string, r *rule.Rule, o Options) (universe, error) {
				if name == "tile" {
					return &fake{clock: at, step: c.tile, stats: none}, nil
				}
				return &fake{clock: at, step: c.hash, stats: c.counts, grows: c.grows}, nil
			}
			first, _ := a.make(c.start, p.Rule(), Options{})
			if err := first.Load(p); err != nil {
				t.Fatal(err)
			}
			a.install(first, Choice{c.start, "it is a test"})
			begin := at.Time
			if err := a.Advance(context.Background(), big.NewInt(c.generations)); err != nil {
				t.Fatal(err)
			}
			if took := at.Sub(begin); took > c.most || a.choice.Name != c.want || a.Generation().Int64() != c.generations {
				t.Errorf("generation %v of %d in %+v after %v, want %s within %v", a.Generation(), c.generations, a.choice, took, c.want, c.most)
			}
		})
	}
}

// An engine that memoises begins where its last probe ended: what it learns in all of them counts.
func TestProbesAddUp(t *testing.T) {
	const µs, ms = time.Microsecond, time.Millisecond
	for _, keeps := range []bool{false, true} {
		at := &clock{time.Now().Add(time.Hour)}
		p := life.NewBuilder(rule.MustParse("B3/S23")).Pattern()
		a := makeAuto(t, p.Rule(), Options{})
		a.options.Use.Generations = big.NewInt(1 << 20)
		a.start(new(big.Int))
		a.costs = nanoseconds
		a.make = func(string, *rule.Rule, Options) (universe, error) {
			return &fake{clock: at, step: memoising(4*µs, 10_000, ms), stats: order(10_000), keeps: keeps}, nil
		}
		a.install(&fake{clock: at, pattern: p, step: linear(1 * µs), stats: none, counts: map[string]int64{}}, Choice{"tile", "it is a test"})
		begin := at.Time
		if err := a.Advance(context.Background(), big.NewInt(1<<20)); err != nil {
			t.Fatal(err)
		}
		if took := at.Sub(begin); keeps != (took < 500*ms) || keeps != (a.choice.Name == "hashlife") {
			t.Errorf("keeps what it knows %v: %v in %+v", keeps, took, a.choice)
		}
	}
}

// A probe ends at its time and leaves the universe where it was.
func TestProbeIsBounded(t *testing.T) {
	at := &clock{time.Now().Add(time.Hour)}
	p := life.NewBuilder(rule.MustParse("B3/S23")).Pattern()
	a := makeAuto(t, p.Rule(), Options{})
	a.costs = nanoseconds
	a.make = func(string, *rule.Rule, Options) (universe, error) {
		return &fake{clock: at, step: linear(time.Second), stats: none}, nil
	}
	a.install(&fake{clock: at, pattern: p, step: linear(time.Microsecond), stats: none, counts: map[string]int64{}}, Choice{"tile", "it is a test"})
	if err := a.Advance(context.Background(), big.NewInt(1_000_000)); err != nil {
		t.Fatal(err)
	}
	if a.counts.probes < 3 || a.race.spent > 1150e6 {
		t.Errorf("%d probes took %v of %v", a.counts.probes, time.Duration(a.race.spent)-time.Second, time.Duration(a.race.spent))
	}
}

// A context that ends during a probe ends Advance at a whole generation.
func TestCancelledProbe(t *testing.T) {
	at := &clock{time.Now().Add(time.Hour)}
	p := life.NewBuilder(rule.MustParse("B3/S23")).Pattern()
	ctx, cancel := context.WithCancel(context.Background())
	a := makeAuto(t, p.Rule(), Options{})
	a.costs = nanoseconds
	a.make = func(string, *rule.Rule, Options) (universe, error) {
		cancel()
		return heeding{&fake{clock: at, step: linear(time.Nanosecond), stats: none}}, nil
	}
	a.install(heeding{&fake{clock: at, pattern: p, step: linear(time.Microsecond), stats: none, counts: map[string]int64{}}}, Choice{"tile", "it is a test"})
	err := a.Advance(ctx, big.NewInt(1_000_000))
	if g := a.Generation().Int64(); !errors.Is(err, context.Canceled) || g == 0 || g == 1_000_000 {
		t.Errorf("Advance returns %v at generation %d, want Canceled on the way", err, g)
	}
}

// heeding looks at the context before it advances.
type heeding struct{ universe }

func (h heeding) Advance(ctx context.Context, n *big.Int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return h.universe.Advance(ctx, n)
}

func TestSliceOf(t *testing.T) {
	for _, left := range []int64{1, 2, 3, 64, 100, 1000, 99999, 1 << 20} {
		rest := big.NewInt(left)
		for exp := uint(0); rest.Sign() > 0; exp++ {
			n := sliceOf(rest, exp)
			if n.Sign() <= 0 || n.Cmp(rest) > 0 || n.Cmp(new(big.Int).Lsh(one, exp)) > 0 {
				t.Fatalf("%v of %v at exponent %d", n, rest, exp)
			}
			rest.Sub(rest, n)
			if rest.Sign() > 0 && rest.TrailingZeroBits() < exp {
				t.Errorf("%d: %v are left after exponent %d, want a multiple", left, rest, exp)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		name         string
		sizes        []size
		settles      bool
		change, done float64
	}{
		{"nothing known", nil, false, 0, 0},
		{"one size", []size{{64, 10}}, false, 1, 64},
		{"too early to tell", []size{{64, 100}, {128, 110}}, false, 1.1, 128},
		{"as many as before", []size{{64, 100}, {128, 110}, {256, 90}}, true, 0.9, 256},
		{"half as many", []size{{64, 100}, {256, 50}}, true, 0.5, 256},
		{"twice as many, slowly", []size{{64, 100}, {256, 200}}, true, 2, 256},
		{"as the generations", []size{{64, 100}, {128, 200}, {256, 400}}, false, 4, 256},
		{"steady for long", []size{{64, 100}, {1 << 12, 100}}, true, 1, 1 << 12},
		{"only of late", []size{{64, 10}, {512, 100}, {1024, 101}, {2048, 102}}, true, 10.2, 2048},
		{"died and came back", []size{{64, 0}, {512, 100}}, false, 100, 512},
	} {
		r := race{sizes: c.sizes}
		if settles := r.settles(tuned.growth); settles != c.settles || math.Abs(r.change()-c.change) > 1e-9 || r.done() != c.done {
			t.Errorf("%s: settles %v, %v times as many after %v, want %v, %v, %v", c.name, settles, r.change(), r.done(), c.settles, c.change, c.done)
		}
	}
}

// What is left to do is less where an engine that steps gets faster, but not more where it gets slower.
func TestEffortToEnd(t *testing.T) {
	for _, c := range []struct {
		engine string
		trend  float64
		want   float64
	}{
		{"tile", 0, 7e6}, {"tile", 1, 7e6}, {"tile", -0.5, 2 * (math.Sqrt(8) - 1) * 1e6},
		{"tile", -3, 10 * (math.Pow(8, 0.1) - 1) * 1e6}, {"hashlife", -0.5, 7e6},
	} {
		a := makeAuto(t, rule.MustParse("B3/S23"), Options{})
		p := life.NewBuilder(a.Rule()).Pattern().WithGeneration(big.NewInt(1000))
		if err := a.Load(p); err != nil {
			t.Fatal(err)
		}
		a.choice.Name, a.race.trend, a.race.rate = c.engine, c.trend, 1e6 // generations a second, so 1,000 ns each
		a.race.since, a.race.end = new(big.Int), big.NewInt(8000)
		if got := a.effortToEnd(); math.Abs(float64(got)/c.want-1) > 1e-9 {
			t.Errorf("%s, with the power %v: %v, want %v", c.engine, c.trend, got, c.want)
		}
	}
}

// How fast another engine must be depends on what the cells look like, and what is left to do.
func TestGainToLeave(t *testing.T) {
	built, long := []size{{64, 100}, {1024, 90}}, []size{{64, 100}, {1024, 90}, {1 << 14, 110}}
	methuselah, grows, shrinks := []size{{64, 50}, {512, 500}, {2048, 510}}, []size{{64, 100}, {512, 800}}, []size{{64, 100}, {512, 30}}
	for _, c := range []struct {
		name  string
		sizes []size
		left  effort // times what was spent; 0 is unknown
		want  float64
	}{
		{"built, end unknown", built, 0, 4}, {"built, end near", built, 1, 4}, {"built, end far", built, 110, 20},
		{"built long ago, end unknown", long, 0, 1.5}, {"built long ago, end near", long, 1, 1.5}, {"built long ago, end far", long, 110, 20},
		{"methuselah, end unknown", methuselah, 0, 1.5}, {"methuselah, end far", methuselah, 100, 1.5},
		{"grows, end unknown", grows, 0, 4}, {"grows, end near", grows, 1, 1.5}, {"grows, on its way", grows, 11, 2}, {"grows, end far", grows, 100, 4},
		{"shrinks, end near", shrinks, 1, 1.5}, {"shrinks, end far", shrinks, 100, 4},
		{"explodes, end near", []size{{64, 100}, {512, 2000}}, 1, 4}, {"explodes, end unknown", []size{{64, 100}, {512, 2000}}, 0, 4},
		{"nothing known", nil, 11, 2},
	} {
		a := makeAuto(t, rule.MustParse("B3/S23"), Options{})
		a.race.sizes, a.race.spent, a.race.rate = c.sizes, 1e6, 1e9
		if c.left > 0 {
			a.race.end = big.NewInt(int64(1e6 * c.left))
		}
		if got := a.gainToLeave(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		a.race.misses = true
		if got := a.gainToLeave(); got != 1.5 {
			t.Errorf("%s, and hardly a look-up hits: %v, want 1.5", c.name, got)
		}
	}
	a := makeAuto(t, rule.MustParse("B3/S23"), Options{})
	a.race.spent, a.race.rate = 1e6, 1e9
	for _, c := range []struct {
		name   string
		sizes  []size
		slower float64
		end    int64
		want   float64
	}{
		{"built long ago, as fast as ever", long, 1, 1e6, 1.5}, {"built long ago, gets faster", long, 0.9, 1e6, 3},
		{"methuselah, gets faster", methuselah, 0.9, 1e6, 1.5},
		{"built, a short run", built, 1, 4096, 1.5}, {"built, not so short", built, 1, 4097, 4},
	} {
		a.race.sizes, a.race.slower, a.race.end = c.sizes, c.slower, big.NewInt(c.end)
		if got := a.gainToLeave(); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A probe of an engine that memoises may take more than a tenth of the effort so far where much is to
// come, but all of them no more than a small share of the whole.
func TestStake(t *testing.T) {
	a := makeAuto(t, rule.MustParse("B3/S23"), Options{})
	a.choice.Name = "tile"
	for _, c := range []struct{ spent, left, probed, want effort }{
		{32e6, 0, 0, 3.2e6}, {32e6, 32e6, 0, 3.2e6}, {32e6, 928e6, 0, 20e6}, {32e6, 928e6, 15e6, 5e6}, {32e6, 928e6, 19e6, 3.2e6}, {32e6, 48e9, 0, 32e6},
	} {
		a.race.spent, a.race.probed, a.race.rate = c.spent, c.probed, 1e9
		a.race.end = big.NewInt(int64(c.left))
		if got := a.stake(); math.Abs(float64(got-c.want)) > 1 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// A universe that grows takes more at the end of a slice than on its average.
func TestFollow(t *testing.T) {
	for _, c := range []struct {
		name   string
		power  float64 // of the generations, what one of them takes
		want   float64
		within float64
	}{
		{"the same for ever", 0, 1, 1e-9}, {"linear growth", 1, 4. / 3, 0.01}, {"quadratic growth", 2, 12. / 7, 0.1},
		{"faster and faster", -0.5, 0.854, 0.05}, {"explosion", 9, 2, 1e-9}, {"rest", -9, 0.5, 1e-9},
	} {
		r := race{slower: 1}
		all := func(n float64) float64 { return math.Pow(n, c.power+1) } // up to generation n
		if c.power < -1 {
			all = func(n float64) float64 { return -math.Pow(n, c.power+1) }
		}
		for done := 256.0; done <= 2048; done *= 2 {
			r.rate = done / 2 / (all(done) - all(done/2))
			if r.follow(done, done/2); done == 256 && r.slower != 1 {
				t.Errorf("%s: %v times slower after one slice, want 1 as nothing is known", c.name, r.slower)
			}
		}
		if math.Abs(r.slower-c.want) > c.within {
			t.Errorf("%s: %v times slower at the end of a slice, want %v", c.name, r.slower, c.want)
		}
	}
}

// A probe of an engine that memoises begins with as many generations as its leaf steps make.
func TestFirstExp(t *testing.T) {
	for rulestring, want := range map[string]uint{"B3/S23": 3, "345/2/4": 2, "LifeHistory": 2, "JvN29": 1, "3457/2/99": 1} {
		a := makeAuto(t, rule.MustParse(rulestring), Options{})
		a.race.rate = 1e9
		if got := a.firstExp(32, false); got != want {
			t.Errorf("%s: it begins with 2^%d generations, want 2^%d", rulestring, got, want)
		}
		if short, long := a.firstExp(32, true), a.firstExp(32<<10, false); short != 0 || long != 10 {
			t.Errorf("%s: it begins with 2^%d and 2^%d generations, want 2^0 and 2^10", rulestring, short, long)
		}
	}
}

// There is no time for a long trial in a short run, unless little is left to do.
func TestNearsEnd(t *testing.T) {
	for _, c := range []struct {
		since, end int64 // from generation 0; 0 is unknown
		each       time.Duration
		want       bool
	}{
		{-100, 0, time.Millisecond, false}, {-100, 301, time.Millisecond, false}, {-100, 300, time.Millisecond, true},
		{-100, 300, time.Microsecond, false}, {-10_000, 20_000, time.Microsecond, true}, {-1, 300, time.Millisecond, false},
	} {
		a := makeAuto(t, rule.MustParse("B3/S23"), Options{})
		a.race.since, a.race.rate = big.NewInt(c.since), 1/c.each.Seconds()
		if c.end > 0 {
			a.race.end = big.NewInt(c.end)
		}
		if got := a.nearsEnd(); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// BenchmarkSmallJobs is what choosing costs where there is hardly anything to do: soups
// of 16×16 cells, 200 generations each.
func BenchmarkSmallJobs(b *testing.B) {
	p := soup("B3/S23", 1, 16)
	n := big.NewInt(200)
	for _, name := range []string{"tile", Auto} {
		b.Run("engine="+name, func(b *testing.B) {
			e, err := New(name, p.Rule(), Options{Use: Use{Generations: n}})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := e.Load(p); err != nil {
					b.Fatal(err)
				}
				if err := e.Advance(context.Background(), n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
