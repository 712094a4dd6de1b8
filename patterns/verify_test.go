package patterns

import (
	"cmp"
	"errors"
	"maps"
	"math/big"
	"slices"
	"testing"

	"golife/life"
	"golife/life/engine"
)

// universe is an engine with the pattern it runs; errors end the test.
type universe struct {
	life.Engine
	t *testing.T
}

// run loads e into an engine that steps by single generations: tile, on a bounded grid
// dense, else naive.
// It skips the test when no engine knows the rule yet.
func run(t *testing.T, e Entry) (universe, *life.Pattern) {
	t.Helper()
	p, err := e.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	name := "tile"
	if p.Rule().IsBounded() {
		name = "dense"
	}
	u, err := engine.New(name, p.Rule(), engine.Options{})
	if err != nil {
		u, err = engine.New("naive", p.Rule(), engine.Options{})
	}
	return start(t, u, err, p), p
}

// leap is run with hashlife, for long ways.
func leap(t *testing.T, e Entry) (universe, *life.Pattern) {
	t.Helper()
	p, err := e.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	u, err := engine.New("hashlife", p.Rule(), engine.Options{Memory: 1 << 30})
	if err != nil {
		return run(t, e)
	}
	return start(t, u, err, p), p
}

func start(t *testing.T, engine life.Engine, err error, p *life.Pattern) universe {
	t.Helper()
	var unsupported *life.UnsupportedRuleError
	if errors.As(err, &unsupported) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Load(p); err != nil {
		t.Fatal(err)
	}
	return universe{engine, t}
}

// advance goes to generation g, which must not be in the past.
func (u universe) advance(g int64) {
	u.t.Helper()
	if err := u.Advance(u.t.Context(), new(big.Int).Sub(big.NewInt(g), u.Generation())); err != nil {
		u.t.Fatal(err)
	}
}

// population returns the present population.
func (u universe) population() int64 { return u.Population().Int64() }

// divisors returns the divisors of n, ascending.
func divisors(n int) []int {
	var d []int
	for i := 1; i <= n; i++ {
		if n%i == 0 {
			d = append(d, i)
		}
	}
	return d
}

// largestDivisors returns n and the quotients of n by its prime factors,
// ascending: what repeats after any proper divisor of n repeats after one of these.
func largestDivisors(n int) []int {
	d := []int{n}
	for _, q := range divisors(n)[1:] {
		if big.NewInt(int64(q)).ProbablyPrime(0) {
			d = append(d, n/q)
		}
	}
	slices.Sort(d)
	return d
}

// isMachine reports whether e adds to the plane as it runs, so that only a part
// of it, a window, is periodic.
func (e Entry) isMachine() bool {
	return e.Kind == "guns" || e.Kind == "puffers" || e.Settle != 0 || e.window != nil || e.Growth != 0
}

// isHeavy reports whether -short leaves e out.
func (e Entry) isHeavy() bool { return e.Kind == "giants" }

// each runs f for every pattern that is wanted.
func each(t *testing.T, isWanted func(Entry) bool, f func(t *testing.T, e Entry)) {
	for _, e := range All() {
		if !isWanted(e) || e.isHeavy() && testing.Short() {
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			f(t, e)
		})
	}
}

// TestPeriods checks that still lifes, oscillators and spaceships come back after
// exactly their period, displaced by (DX, DY), and after no divisor of it anywhere.
func TestPeriods(t *testing.T) {
	each(t, func(e Entry) bool { return e.Period > 0 && !e.isMachine() }, func(t *testing.T, e Entry) {
		u, p := run(t, e)
		if e.Period > 10_000 {
			u, p = leap(t, e)
		}
		population := p.Population()
		for _, d := range largestDivisors(e.Period) {
			u.advance(int64(d))
			var dx, dy int64
			isSame := u.Population().Cmp(population) == 0 // the cheap half first
			if isSame {
				dx, dy, isSame = displacement(p, u.Snapshot())
			}
			switch {
			case isSame && d < e.Period:
				t.Errorf("repeats already after %d generations, displaced by (%d, %d); wanted period %d", d, dx, dy, e.Period)
			case d == e.Period && !isSame:
				t.Errorf("does not repeat after %d generations", d)
			case d == e.Period && (dx != int64(e.DX) || dy != int64(e.DY)):
				t.Errorf("displaced by (%d, %d) after %d generations, wanted (%d, %d)", dx, dy, d, e.DX, e.DY)
			}
		}
	})
}

// displacement returns how far q is p moved, and whether it is.
func displacement(p, q *life.Pattern) (dx, dy int64, isSame bool) {
	a, ok := p.Bounds()
	b, ok2 := q.Bounds()
	if !ok || !ok2 || p.Background() != q.Background() {
		return 0, 0, false
	}
	x, y := new(big.Int).Sub(b.MinX, a.MinX), new(big.Int).Sub(b.MinY, a.MinY)
	return x.Int64(), y.Int64(), p.Translate(x, y).SameCells(q)
}

// TestMachines checks guns, puffers and rakes. From generation Settle on, what is
// in their window is displaced by (DX, DY) in each period, and the population
// grows by Growth in each period, at every phase; and both are not so at any
// divisor of the period.
func TestMachines(t *testing.T) {
	each(t, func(e Entry) bool { return e.Period > 0 && e.isMachine() }, func(t *testing.T, e Entry) {
		u, p := run(t, e)
		w := e.machineWindow(t, p)
		u.advance(int64(e.Settle))
		shots := map[int]map[life.Point]life.State{0: u.cells(w)}
		populations := []int64{u.population()}
		for g := 1; g <= 2*e.Period; g++ {
			u.advance(int64(e.Settle + g))
			populations = append(populations, u.population())
			if e.DX*g%e.Period == 0 && e.DY*g%e.Period == 0 && (e.Period%g == 0 || g == 2*e.Period) {
				shots[g] = u.cells(w.moved(e.DX*g/e.Period, e.DY*g/e.Period))
			}
		}
		if len(shots[0]) == 0 || !maps.Equal(shots[0], shots[e.Period]) || !maps.Equal(shots[0], shots[2*e.Period]) {
			t.Errorf("the window %+v at generation %d does not repeat after %d generations at (%d, %d)", w, e.Settle, e.Period, e.DX, e.DY)
		}
		for g := range e.Period + 1 {
			if d := populations[g+e.Period] - populations[g]; e.Growth != 0 && d != int64(e.Growth) {
				t.Fatalf("grows by %d in the %d generations from %d, wanted %d", d, e.Period, e.Settle+g, e.Growth)
			}
		}
		for _, d := range divisors(e.Period) {
			if shot, ok := shots[d]; ok && d < e.Period && maps.Equal(shot, shots[0]) && growsEvenly(populations, d) {
				t.Errorf("has period %d, wanted %d", d, e.Period)
			}
		}
	})
}

// machineWindow returns the window of e at generation Settle: the listed one, or
// the pattern's bounding box moved on.
func (e Entry) machineWindow(t *testing.T, p *life.Pattern) window {
	t.Helper()
	if e.window != nil {
		return *e.window
	}
	if e.DX|e.DY != 0 && e.Settle%e.Period != 0 {
		t.Fatalf("settles at %d, wanted a multiple of the period %d or a window", e.Settle, e.Period)
	}
	b, _ := p.Bounds()
	r, _ := b.Rect()
	w := window{r.Min.X, r.Min.Y, r.Max.X - r.Min.X, r.Max.Y - r.Min.Y}
	return w.moved(e.DX*(e.Settle/e.Period), e.DY*(e.Settle/e.Period))
}

func (w window) moved(dx, dy int) window { return window{w.x + int64(dx), w.y + int64(dy), w.w, w.h} }

// cells returns the cells in w, relative to its corner.
func (u universe) cells(w window) map[life.Point]life.State {
	cells := map[life.Point]life.State{}
	for p, s := range u.Cells(life.Rt(w.x, w.y, w.w, w.h)) {
		cells[life.Point{X: p.X - w.x, Y: p.Y - w.y}] = s
	}
	return cells
}

// growsEvenly reports whether the population changes by one constant in any d
// generations.
func growsEvenly(populations []int64, d int) bool {
	for g := range len(populations) - d {
		if populations[g+d]-populations[g] != populations[d]-populations[0] {
			return false
		}
	}
	return true
}

// TestLifespans checks methuselahs: from generation Lifespan on the population
// has period 1 or 2, and not before. Where the last change does not change the
// population, lists give a lifespan one higher than this measure.
func TestLifespans(t *testing.T) {
	const after = 200 // generations watched from the lifespan on
	each(t, func(e Entry) bool { return e.Lifespan > 0 }, func(t *testing.T, e Entry) {
		if e.Lifespan > 6000 && testing.Short() {
			t.Skip("long")
		}
		u, _ := run(t, e)
		u.advance(int64(e.Lifespan - 3))
		populations := []int64{u.population()}
		for g := range after {
			u.advance(int64(e.Lifespan - 2 + g))
			populations = append(populations, u.population())
		}
		last := 0 // the last index from which two generations change the population
		for i := range len(populations) - 2 {
			if populations[i] != populations[i+2] {
				last = i
			}
		}
		if settled := e.Lifespan - 3 + last + 1; settled != e.Lifespan && settled != e.Lifespan-1 {
			t.Errorf("settles at generation %d, wanted %d", settled, e.Lifespan)
		}
		if final := min(populations[3], populations[4]); final != int64(e.FinalPopulation) {
			t.Errorf("settles at %d cells, wanted %d", final, e.FinalPopulation)
		}
	})
}

// TestChecks checks the known populations.
func TestChecks(t *testing.T) {
	each(t, func(e Entry) bool { return len(e.Checks) > 0 }, func(t *testing.T, e Entry) {
		checks := slices.SortedFunc(slices.Values(e.Checks), func(a, b Check) int { return cmp.Compare(a.Generation, b.Generation) })
		u, _ := leap(t, e)
		for _, c := range checks {
			if testing.Short() && c.Generation > 5000 {
				break
			}
			u.advance(c.Generation)
			if got := u.population(); got != c.Population {
				t.Errorf("%d cells at generation %d, wanted %d", got, c.Generation, c.Population)
			}
		}
	})
}

// TestGates counts the gliders that leave each gate on its output lane.
func TestGates(t *testing.T) {
	const glider = 5
	for _, c := range []struct {
		name       string
		generation int64
		output     life.Rect // holds the slots of the inputs and nothing else
		want       int
	}{
		{"and-gate", 700, life.Rt(0, 155, 100, 80), 1},
		{"or-gate", 900, life.Rt(20, 215, 50, 60), 3},
	} {
		e, _ := Lookup(c.name)
		u, _ := run(t, e)
		u.advance(c.generation)
		n := 0
		for range u.Cells(c.output) {
			n++
		}
		if n != c.want*glider {
			t.Errorf("%s: %d cells on the output lane, wanted %d gliders", c.name, n, c.want)
		}
	}
}

// TestPrimer reads the primes off the primer.
func TestPrimer(t *testing.T) {
	most := int64(150)
	if testing.Short() {
		most = 40
	}
	e, _ := Lookup("primer")
	u, _ := run(t, e)
	for n := int64(2); n <= most; n++ {
		u.advance(120 * n)
		isThere := len(u.cells(window{64, 295, 5, 5})) >= 9
		if want := big.NewInt(n).ProbablyPrime(0); isThere != want {
			t.Errorf("a spaceship stands there at generation 120·%d: %v, wanted %v", n, isThere, want)
		}
	}
}
