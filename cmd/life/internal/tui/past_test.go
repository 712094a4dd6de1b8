package tui

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
	"golife/life/rule/loader"
	"golife/patterns"
)

// testHost reads and writes files for real.
func testHost() Host {
	return Host{
		LoadPattern: func(_ context.Context, name string, _ func(read, total int64)) (*life.Pattern, error) {
			if e, ok := patterns.Lookup(name); ok {
				return e.Pattern()
			}
			return readFile(name)
		},
		SavePattern: writeFile,
		ParseRule: func(s, beside string, files map[string][]byte) (*rule.Rule, error) {
			f := loader.Finder{Files: files}
			if beside != "" {
				f.Dirs = []string{filepath.Dir(beside)}
			}
			return f.Parse(s)
		},
	}
}

// script runs lines on an engine, and returns what they print.
func script(t *testing.T, engine string, p *life.Pattern, lines ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := RunScript(t.Context(), Options{Pattern: p, Name: "test pattern", Engine: engine, Host: testHost()}, lines, &out)
	return out.String(), err
}

// mustScript is script without errors.
func mustScript(t *testing.T, p *life.Pattern, lines ...string) string {
	t.Helper()
	out, err := script(t, "auto", p, lines...)
	if err != nil {
		t.Fatalf("%v, in:\n%s", err, strings.Join(lines, "\n"))
	}
	return out
}

// past is the oracle of the timeline: all states are kept, and all others are
// computed from them by the naive engine.
type past struct {
	t      *testing.T
	now    *life.Pattern
	edits  []*life.Pattern // by generation; the first state is one of them
	done   [][2]*life.Pattern
	undone [][2]*life.Pattern
	marks  map[string]*life.Pattern
}

func (p *past) advance(q *life.Pattern, n int64) *life.Pattern {
	e := newNaive(p.t, q.Rule())
	if err := e.Load(q); err != nil {
		p.t.Fatal(err)
	}
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		p.t.Fatal(err)
	}
	return e.Snapshot()
}

func gen(q *life.Pattern) int64 { return q.Generation().Int64() }

// enter makes q the state at its generation.
func (p *past) enter(q *life.Pattern) {
	p.edits = slices.DeleteFunc(p.edits, func(e *life.Pattern) bool { return gen(e) >= gen(q) })
	p.edits = append(p.edits, q)
	p.now = q
}

func (p *past) edit(q *life.Pattern) {
	p.done, p.undone = append(p.done, [2]*life.Pattern{p.now, q}), nil
	p.enter(q)
}

func (p *past) goTo(g int64) {
	from := p.edits[0]
	for _, e := range p.edits {
		if gen(e) <= g {
			from = e
		}
	}
	p.now = p.advance(from, g-gen(from))
}

// step does a random command, and returns it.
func (p *past) step(rng *rand.Rand) string {
	first, here := gen(p.edits[0]), gen(p.now)
	switch n := rng.Int64N(40); rng.IntN(12) {
	case 0, 1:
		p.edits = slices.DeleteFunc(p.edits, func(e *life.Pattern) bool { return gen(e) > here })
		p.now = p.advance(p.now, n)
		return fmt.Sprintf("step %d", n)
	case 2:
		p.goTo(first + n)
		return fmt.Sprintf("goto %d", first+n)
	case 3:
		if here == first {
			return "# back"
		}
		p.goTo(max(first, here-n))
		return fmt.Sprintf("back %d", n)
	case 4, 5, 6:
		x, y := rng.Int64N(12)-6, rng.Int64N(12)-6
		p.edit(withCell(p.now, x, y, 1-p.now.Get(x, y)))
		return fmt.Sprintf("toggle %d %d", x, y)
	case 7, 8:
		return p.undo()
	case 9:
		if last := len(p.undone) - 1; last >= 0 {
			d := p.undone[last]
			p.undone, p.done = p.undone[:last], append(p.done, d)
			p.enter(d[1])
			return "redo"
		}
	case 10:
		name := fmt.Sprint(rng.IntN(3))
		if q := p.marks[name]; q != nil && rng.IntN(2) == 0 {
			p.enter(q)
			return "jump " + name
		}
		p.marks[name] = p.now
		return "mark " + name
	case 11:
		p.now = p.edits[0]
		return "reset"
	}
	return "fit"
}

func (p *past) undo() string {
	last := len(p.done) - 1
	if last < 0 {
		return "# undo"
	}
	d := p.done[last]
	p.done, p.undone = p.done[:last], append(p.undone, d)
	p.enter(d[0])
	return "undo"
}

// withCell returns q with a cell changed.
func withCell(q *life.Pattern, x, y int64, st life.State) *life.Pattern {
	b := life.NewBuilder(q.Rule())
	b.SetGeneration(q.Generation())
	for c, s := range q.Cells(life.Everywhere()) {
		b.Set(c.X, c.Y, s)
	}
	b.Set(x, y, st)
	return b.Pattern()
}

// TestPastIsExact: any sequence of steps, edits, undo and travels through time shows
// what the oracle computes.
func TestPastIsExact(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"hashlife", "tile"} {
		for seed := range uint64(25) {
			rng := rand.New(rand.NewPCG(seed, 7))
			start := pattern("B3/S23", gliderCells).WithGeneration(big.NewInt(int64(seed % 3 * 5)))
			p := &past{t: t, now: start, edits: []*life.Pattern{start}, marks: map[string]*life.Pattern{}}
			var lines []string
			for range 40 {
				lines = append(lines, p.step(rng),
					fmt.Sprintf("expect generation %d", gen(p.now)), "expect digest "+p.now.Digest())
			}
			if _, err := script(t, name, start, lines...); err != nil {
				t.Fatalf("engine %s, seed %d: %v\n%s", name, seed, err, strings.Join(lines, "\n"))
			}
		}
	}
}

// TestRewind: from generation 10^9 back to one that no moment is kept of.
func TestRewind(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gunCells)
	e, err := engine.New("hashlife", p.Rule(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	if err := e.Advance(t.Context(), big.NewInt(12345)); err != nil {
		t.Fatal(err)
	}
	mustScript(t, p, "goto 1000000000", "expect generation 1000000000", "goto 12345",
		"expect digest "+e.Snapshot().Digest(), "back 12345", "expect digest "+p.Digest(), "expect generation 0")
}

func TestBeforeTheFirstGeneration(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gliderCells).WithGeneration(big.NewInt(100))
	for _, line := range []string{"goto 99", "back"} {
		if _, err := script(t, "hashlife", p, line); err == nil || !strings.Contains(err.Error(), "first") {
			t.Errorf("%s: %v, want an error about the first generation", line, err)
		}
	}
}

// TestTimelineThins: however long it goes on, there are few moments, the first and
// those after edits among them, and they are denser near the present.
func TestTimelineThins(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gliderCells)
	tl := timeline{limit: pastBytes}
	tl.begin(p)
	for g := int64(1); g <= 5000; g++ {
		q := p.WithGeneration(big.NewInt(g))
		if g == 2000 {
			tl.edited(q)
		}
		tl.keep(q)
	}
	if n := len(tl.moments); n > maxMoments || n < maxMoments/2 {
		t.Fatalf("%d moments", n)
	}
	if g := gen(tl.moments[0].pattern); g != 0 {
		t.Errorf("the first moment is at generation %d", g)
	}
	has := func(g int64) bool {
		m, ok := tl.before(big.NewInt(g))
		return ok && gen(m.pattern) == g
	}
	if !has(2000) || !has(5000) {
		t.Error("the moment of the edit, or the present one, is gone")
	}
	for back := int64(1); back < 5000; back *= 2 {
		m, _ := tl.before(big.NewInt(5000 - back))
		if far := 5000 - back - gen(m.pattern); far > back+64 {
			t.Errorf("%d generations ago, the way to replay is %d", back, far)
		}
	}
}

func TestMemoryOfTheTimelineIsBounded(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gunCells)
	tl := timeline{limit: 5 * patternBytes(p)}
	tl.begin(p)
	for g := range int64(20) {
		tl.keep(p.WithGeneration(big.NewInt(g + 1)))
	}
	if n := len(tl.moments); n != 6 {
		t.Errorf("%d moments, want 6: the first, and 5 that fit", n)
	}
}
