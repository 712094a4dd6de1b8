package turing

import (
	"context"
	"fmt"
	"iter"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/probe"
)

// isSoak says that there is time for everything.
var isSoak = os.Getenv("GOLIFE_SOAK") != ""

// soak returns one of two amounts of work.
func soak(always, withTime int) int {
	if isSoak {
		return withTime
	}
	return always
}

func build(t testing.TB, p *Program, v Tape) *life.Pattern {
	t.Helper()
	q, err := Build(p, v)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func read(t testing.TB, e life.Engine) *Reading {
	t.Helper()
	r, err := Read(e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestShippedMachine builds what the library has.
func TestShippedMachine(t *testing.T) {
	p, err := Lookup("doubler")
	if err != nil {
		t.Fatal(err)
	}
	if !build(t, p, p.Tape).SameCells(library(t)) {
		t.Error("the doubler with two ones is not the library's pattern")
	}
}

// follow runs a machine beside the interpreter, each step compared, and returns
// the last reading.
func follow(t testing.TB, e life.Engine, it *Interpreter, steps int) *Reading {
	t.Helper()
	r := read(t, e)
	if r.Phase != Ready || r.Steps != 0 || !r.Table.SameTable(it.Program) {
		t.Fatalf("at first: %+v", r)
	}
	for k := 1; k <= steps; k++ {
		advance(t, e, Cycle)
		r = read(t, e)
		if err := Compare(r, it); err != nil {
			t.Fatalf("cycle %d of\n%v%v", k, it.Program.Format(), err)
		}
		if !r.Table.SameTable(it.Program) || r.Cycle != int64(k) || (r.Phase == Halted) != (it.Entry().Kind == Halt) {
			t.Fatalf("cycle %d of\n%v%+v", k, it.Program.Format(), r)
		}
		if k < steps {
			if err := it.Step(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return r
}

// TestProgramsInLife runs every program on board to its end, and the machine on
// after it has halted: nothing changes any more.
func TestProgramsInLife(t *testing.T) {
	for _, c := range []struct{ name, tape string }{
		{"doubler", "1"}, {"doubler", "1 1 1"},
		{"busy-beaver", ""}, {"increment", "2 1 2 2"}, {"invert", "1 2 2 1 2"}, {"adder", "1 1 0 1 1 1"}, {"bounce", "2 0 0 0 0 [] 2"},
	} {
		t.Run(c.name+" on "+c.tape, func(t *testing.T) {
			if testing.Short() && c.name != "invert" {
				t.Skip("takes a second")
			}
			t.Parallel()
			p, err := Lookup(c.name)
			if err != nil {
				t.Fatal(err)
			}
			v := tape(t, c.tape)
			o := Predict(Start(p, v), soak(30, 200))
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			e := load(t, "hashlife", build(t, p, v))
			last := follow(t, e, Start(p, v), o.Steps)
			if !o.Halts {
				return
			}
			if !last.Config.Equal(o.Final) {
				t.Errorf("ends with %v, want %v", last.Config, o.Final)
			}
			for _, cycles := range []int64{1, 6, 1_000_000_000} {
				advance(t, e, cycles*Cycle)
				r := read(t, e)
				if r.Phase != Halted || r.Steps != int64(o.Steps) || !r.Config.Equal(o.Final) {
					t.Errorf("%d cycles later: %+v", cycles, r)
				}
			}
		})
	}
}

// TestRandomPrograms runs random programs on random tapes.
func TestRandomPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range soak(4, 60) {
		p := randomProgram(r, MaxStates, MaxSymbols)
		v := randomTape(r, Depth, MaxSymbols)
		for Fits(p, v) != nil {
			p = randomProgram(r, MaxStates, MaxSymbols)
		}
		o := Predict(Start(p, v), 12)
		follow(t, load(t, "hashlife", build(t, p, v)), Start(p, v), o.Steps)
	}
}

// populations of the shipped machine, every Cycle generations.
var populations = []int64{
	36549, 36658, 36757, 36678, 36698, 36843, 36868, 36843, 36758, 36773, 36793, 36783, 36942, 36957, 36970, 36995, 37006, 36814, 36814,
}

// TestPopulations wants the known populations, of the universe and of the machine
// alone, and after the halt a period of exactly 240.
func TestPopulations(t *testing.T) {
	e := load(t, "hashlife", library(t))
	for k, want := range populations {
		if got := e.Population().Int64(); got != want {
			t.Errorf("cycle %d: population %d, want %d", k, got, want)
		}
		if n := len(points(readGrid(e), newGrid())); (n == 36549) != (k == 0 || k >= 17) {
			t.Errorf("cycle %d: population %d of the machine", k, n)
		}
		advance(t, e, Cycle)
	}
	first := readGrid(e)
	for g, last := int64(1), int64(0); g <= 240; g++ {
		if 240%g != 0 {
			continue
		}
		advance(t, e, g-last)
		last = g
		if _, differs := first.difference(readGrid(e)); differs != (g < 240) {
			t.Errorf("%d generations after the halt the machine is another one: %v", g, differs)
		}
	}
}

// TestOverflow: of a symbol that is pushed on a full stack, nothing is left.
func TestOverflow(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	p, _ := Lookup("doubler")
	v := tape(t, "1 1 1 1")
	o := Predict(Start(p, v), 100)
	e := load(t, "hashlife", build(t, p, v))
	last := follow(t, e, Start(p, v), o.Steps)
	advance(t, e, Cycle)
	r, err := Read(e)
	if err != nil {
		t.Logf("after the overflow: %v", err)
		return
	}
	if len(trim(last.Config.Tape.Left)) != Depth || len(r.Config.Tape.Left) > Depth {
		t.Errorf("step %d: %v, then %v", o.Steps, last.Config, r.Config)
	}
	it := &Interpreter{Program: p, Config: last.Config, Steps: o.Steps}
	if err := it.Step(); err != nil {
		t.Fatal(err)
	}
	if Compare(r, it) == nil {
		t.Error("step 29 of four ones needs seven cells, and the machine has done it")
	}
}

// TestEveryEngine reads the machine on every engine, after as many cycles as
// there is time for on it.
func TestEveryEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	p, _ := Lookup("doubler")
	for _, c := range []struct {
		name   string
		rule   string // a bounded plane, where the engine wants one
		cycles int
	}{
		{"hashlife", "", 16},
		{"tile", "", soak(1, 16)},
		{"dense", "B3/S23:P4800,4800", soak(0, 2)},
		{"naive", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, err := engine.New(c.name, library(t).Rule(), engine.Options{})
			if c.rule != "" {
				e, err = engine.New(c.name, mustRule(t, c.rule), engine.Options{})
			}
			if err != nil {
				t.Fatal(err)
			}
			q := library(t)
			if c.rule != "" {
				if q, err = q.WithRule(e.Rule()); err != nil {
					t.Fatal(err)
				}
			}
			if err := e.Load(q); err != nil {
				t.Fatal(err)
			}
			follow(t, e, Start(p, p.Tape), c.cycles)
		})
	}
	for k, q := range snapshots(t, 4) { // naive is too slow to run, but not to read
		e := load(t, "naive", q)
		if r := read(t, e); int(r.Steps) != k {
			t.Errorf("naive: %+v, want step %d", r, k)
		}
	}
}

// snapshots returns the shipped machine after 0 to n cycles.
func snapshots(t testing.TB, n int) (all []*life.Pattern) {
	t.Helper()
	e := load(t, "hashlife", library(t))
	for k := range n + 1 {
		if k > 0 {
			advance(t, e, Cycle)
		}
		all = append(all, e.Snapshot())
	}
	return all
}

// TestProbes reads the machine by probes alone, at generations of their own, and
// wants what Read finds.
func TestProbes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, name := range []string{"doubler", "busy-beaver", "invert"}[:soak(1, 3)] {
		p, _ := Lookup(name)
		e := load(t, "hashlife", build(t, p, p.Tape))
		reader := load(t, "hashlife", build(t, p, p.Tape))
		seen := map[string]uint{} // by name without the bit, the bits that hit
		cycles := int64(soak(3, 20))
		for k := range cycles {
			want := read(t, reader)
			checkProbes(t, name, seen, want)
			clear(seen)
			end := new(big.Int).Add(e.Generation(), big.NewInt(Cycle-1))
			err := probe.Schedule(Probes()).Run(context.Background(), e, end, func(r probe.Reading) bool {
				note(t, seen, r)
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
			// What the tape's probes see is the tape at the cycle's beginning; the
			// trace tells of the next cycle.
			checkTape(t, fmt.Sprintf("%s, cycle %d", name, k), seen, want)
			advance(t, e, 1)
			advance(t, reader, Cycle)
		}
	}
}

// note takes note of a reading: a glider or nothing, for all but the traces.
func note(t testing.TB, seen map[string]uint, r probe.Reading) {
	t.Helper()
	name, bit, _ := strings.Cut(r.Probe.Name, ".")
	isTrace := name == "state" || name == "symbol"
	if isEmpty := strings.Trim(r.Picture(), "./") == ""; r.Hit == isEmpty && !isTrace {
		t.Errorf("%s at generation %v: found %s, neither a glider nor nothing", r.Probe.Name, r.Generation, r.Picture())
	}
	if r.Hit && bit == "marker" {
		seen[name] |= 1 << 16
	} else if r.Hit {
		seen[name] |= 1 << (bit[0] - '0')
	}
}

// checkTape compares what the probes of tape and table saw.
func checkTape(t testing.TB, when string, seen map[string]uint, want *Reading) {
	t.Helper()
	for cell := range Depth {
		if a := int(seen[fmt.Sprintf("A%d", cell+1)]); a != at(want.Config.Tape.Right, cell) {
			t.Errorf("%s: A%d is %d, want %v", when, cell+1, a, want.Config)
		}
		if b := int(seen[fmt.Sprintf("B%d", cell+1)]); b != at(want.Config.Tape.Left, cell) {
			t.Errorf("%s: B%d is %d, want %v", when, cell+1, b, want.Config)
		}
	}
	for s := range MaxStates {
		for y := range MaxSymbols {
			if got := decode(seen[fmt.Sprintf("T%d%d", s, y)]); got != want.Table.Entry(s, y) {
				t.Errorf("%s: entry %d, %d is %v, want %v", when, s, y, got, want.Table.Entry(s, y))
			}
		}
	}
}

// checkProbes compares what the probes of the traces saw in the cycle before.
func checkProbes(t testing.TB, name string, seen map[string]uint, want *Reading) {
	t.Helper()
	if want.Phase == Ready {
		return
	}
	const marker = 1 << 16
	isOn := want.Steps == want.Cycle
	if (seen["state"]&marker != 0) != isOn || (seen["symbol"]&marker != 0) != isOn {
		t.Errorf("%s, cycle %d: markers %v, want %v", name, want.Cycle, seen, isOn)
	}
	if isOn && (int(seen["state"]&^marker) != want.Config.State || int(seen["symbol"]&^marker) != want.Config.Symbol) {
		t.Errorf("%s, cycle %d: the traces tell %v, want state %d, symbol %d", name, want.Cycle, seen, want.Config.State, want.Config.Symbol)
	}
}

// still is a universe of given cells, for reading only: a machine, and cells of
// the space around it.
type still struct {
	life.Engine // nil: nothing else may be asked for
	inside      grid
	around      map[life.Point]bool
	generation  int64
}

func (s *still) Generation() *big.Int { return big.NewInt(s.generation) }

func (s *still) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	return func(yield func(life.Point, life.State) bool) {
		if r == frameBox {
			for i, w := range s.inside {
				for ; w != 0; w &= w - 1 {
					if !yield(s.inside.point(i, bits.TrailingZeros64(w)), 1) {
						return
					}
				}
			}
			return
		}
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				p := life.Point{X: x, Y: y}
				isLive := s.around[p]
				if frameBox.Contains(p) {
					isLive = s.inside.has(p)
				}
				if isLive && !yield(p, 1) {
					return
				}
			}
		}
	}
}

// takeStill copies a universe.
func takeStill(p *life.Pattern) *still {
	s := &still{inside: readGrid(p), around: map[life.Point]bool{}, generation: p.Generation().Int64()}
	for q := range p.Cells(life.Everywhere()) {
		if !frameBox.Contains(q) {
			s.around[q] = true
		}
	}
	return s
}
