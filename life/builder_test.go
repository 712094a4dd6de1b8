package life_test

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// TestBuilderModel runs random programs against a model made of maps.
func TestBuilderModel(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 60
	}
	for seed := range uint64(n) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			p := newProgram(t, randomProgram(seed, 10+int(seed%7)*50))
			pattern, cells := p.run(), p.m.cells()
			checkPattern(t, pattern, cells)
			checkRebuilt(t, pattern, cells, seed)
		})
	}
}

// FuzzBuilder fuzzes the same programs.
func FuzzBuilder(f *testing.F) {
	for seed := range uint64(6) {
		f.Add(randomProgram(seed, 80))
	}
	f.Add([]byte{0, 5, 3, 0, 1, 0, 1, 0, 255})
	f.Add([]byte{2, 6, 3, 200, 1, 1, 1, 0, 255, 5, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, code []byte) {
		if len(code) > 400 {
			t.Skip("a longer program finds nothing new")
		}
		p := newProgram(t, code)
		pattern := p.run()
		checkPattern(t, pattern, p.m.cells())
	})
}

// checkRebuilt checks that a pattern does not depend on how it was made: cell by
// cell, in random order.
func checkRebuilt(t *testing.T, p *life.Pattern, cells map[life.Point]life.State, seed uint64) {
	t.Helper()
	b := life.NewBuilder(p.Rule())
	rnd := rand.New(rand.NewPCG(seed, 4))
	for at := range cells { // noise first, to be cleared
		if rnd.IntN(3) == 0 {
			b.Set(at.X, at.Y^1, 1)
			b.Set(at.X, at.Y^1, 0)
		}
	}
	for at, s := range cells {
		b.Set(at.X, at.Y, s)
	}
	q := b.Pattern()
	if !q.Equal(p) || !p.SameCells(q) || q.Digest() != p.Digest() {
		t.Fatalf("the same cells in another order give another pattern")
	}
}

// TestSetClears: state 0 clears cells and short runs, but neither trees nor long runs.
func TestSetClears(t *testing.T) {
	b := newBuilder("B3/S23")
	b.Set(3, 3, 1)
	must(t, b.SetRun(100, 3, 20, 1))
	must(t, b.SetRun(0, 50, 600, 1))
	b.AddTree(life.LeafLevel, b.Leaf(1)) // the cell (−4, −4)
	for _, p := range []life.Point{{X: 3, Y: 3}, {X: 105, Y: 3}, {X: 5, Y: 50}, {X: -4, Y: -4}} {
		b.Set(p.X, p.Y, 0)
	}
	p := b.Pattern()
	for _, tt := range []struct {
		at   life.Point
		want life.State
	}{
		{life.Point{X: 3, Y: 3}, 0}, {life.Point{X: 104, Y: 3}, 1}, {life.Point{X: 105, Y: 3}, 0},
		{life.Point{X: 106, Y: 3}, 1}, {life.Point{X: 5, Y: 50}, 1}, {life.Point{X: -4, Y: -4}, 1},
	} {
		if got := p.Get(tt.at.X, tt.at.Y); got != tt.want {
			t.Errorf("cell %v is %d, want %d", tt.at, got, tt.want)
		}
	}
}

// TestSetRunEdges checks runs of all lengths about the ends of leaves, pages and
// the symbolic runs, and the ends of int64.
func TestSetRunEdges(t *testing.T) {
	const lo, hi = math.MinInt64, math.MaxInt64
	for _, tt := range []struct {
		name   string
		x, y   int64
		n      int64
		isFine bool
	}{
		{"negative", 5, 5, -1, true},
		{"none", 5, 5, 0, true},
		{"none at the end", hi, 0, 0, true},
		{"one at the end", hi, hi, 1, true},
		{"two past the end", hi, hi, 2, false},
		{"last 127", hi - 126, lo, 127, true},
		{"last 128", hi - 127, lo, 128, true},
		{"129 from there", hi - 127, lo, 129, false},
		{"first 600", lo, lo, 600, true},
		{"the west half", lo, 7, hi, true},
		{"the east half", 0, -7, hi, true},
		{"one too many from 1", 1, -7, hi, true},
		{"one too many from 2", 2, -7, hi, false},
		{"across the origin", -1 << 61, 0, 1<<62 + 3, true},
	} {
		for _, s := range []string{"B3/S23", "/2/3"} {
			t.Run(tt.name+" "+strings.ReplaceAll(s, "/", "_"), func(t *testing.T) { checkRun(t, s, tt.x, tt.y, tt.n, tt.isFine) })
		}
	}
	for _, n := range []int64{1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 510, 511, 512, 513, 575, 576, 1023, 1024, 1025} {
		for x := int64(-70); x <= 70; x += 5 {
			checkRun(t, "B3/S23", x, -x, n, true)
			checkRun(t, "3/2/4", x, x, n, true)
		}
	}
}

// checkRun checks a pattern of one run.
func checkRun(t *testing.T, rulestring string, x, y, n int64, isFine bool) {
	t.Helper()
	b := newBuilder(rulestring)
	s := life.State(b.Rule().States() - 1)
	err := b.SetRun(x, y, n, s)
	if (err == nil) != isFine || err != nil && !errors.Is(err, life.ErrOutOfRange) {
		t.Fatalf("SetRun(%d, %d, %d) returns %v, want an error: %v", x, y, n, err, !isFine)
	}
	p := b.Pattern()
	checkCanonical(t, p)
	if err != nil || n <= 0 {
		if !p.IsEmpty() {
			t.Fatalf("SetRun(%d, %d, %d) has set cells", x, y, n)
		}
		return
	}
	if got := p.Population(); got.Cmp(big.NewInt(n)) != 0 {
		t.Fatalf("population %v, want %d", got, n)
	}
	bounds, _ := p.Bounds()
	if bounds.MinX.Cmp(big.NewInt(x)) != 0 || bounds.MinY.Cmp(big.NewInt(y)) != 0 ||
		bounds.Width().Cmp(big.NewInt(n)) != 0 || bounds.Height().Int64() != 1 {
		t.Fatalf("bounds %v, want %dx1 at %d,%d", bounds, n, x, y)
	}
	if p.Get(x, y) != s || p.Get(x+n-1, y) != s || x > math.MinInt64 && p.Get(x-1, y) != 0 {
		t.Fatalf("run of %d at %d,%d has wrong ends", n, x, y)
	}
	if n > 1<<20 || y == math.MaxInt64 || x+n-1 == math.MaxInt64 {
		return
	}
	for run := range p.Runs(life.Everywhere()) {
		if run != (life.Run{X: x, Y: y, N: n, State: s}) {
			t.Fatalf("Runs yields %+v, want one run of %d at %d,%d", run, n, x, y)
		}
	}
}

// TestSpanMemory: the nodes of a long run do not grow with its length.
func TestSpanMemory(t *testing.T) {
	b := newBuilder("B3/S23")
	for y := range int64(200) {
		must(t, b.SetRun(-1<<60+y, y, 1<<61, 1))
	}
	p := b.Pattern()
	if p.NodeCount() > 200*200 {
		t.Errorf("%d nodes for 200 runs, want a few thousand", p.NodeCount())
	}
	want := new(big.Int).Mul(big.NewInt(200), big.NewInt(1<<61))
	if got := p.Population(); got.Cmp(want) != 0 {
		t.Errorf("population %v, want %v", got, want)
	}
}

// TestAddTree places a leaf and a node, by hand.
func TestAddTree(t *testing.T) {
	for _, tt := range []struct {
		name  string
		add   func(b *life.Builder)
		cells []life.Point
	}{
		{"leaf", func(b *life.Builder) {
			b.AddTree(life.LeafLevel, b.Leaf(1|1<<63|1<<27))
		}, []life.Point{{X: -4, Y: -4}, {X: 3, Y: 3}, {X: -1, Y: -1}}},
		{"empty leaf", func(b *life.Builder) { b.AddTree(life.LeafLevel, b.Leaf(0)) }, nil},
		{"empty node", func(b *life.Builder) { b.AddTree(90, 0) }, nil},
		{"four leaves", func(b *life.Builder) {
			b.AddTree(4, b.Node(4, life.Quad{b.Leaf(1), b.Leaf(2), b.Leaf(1 << 8), b.Leaf(1 << 9)}))
		}, []life.Point{{X: -8, Y: -8}, {X: 1, Y: -8}, {X: -8, Y: 1}, {X: 1, Y: 1}}},
		{"small after large", func(b *life.Builder) {
			n := b.Node(4, life.Quad{3: b.Leaf(1)})
			b.AddTree(5, b.Node(5, life.Quad{3: n}))
			b.AddTree(life.LeafLevel, b.Leaf(1<<63))
		}, []life.Point{{X: 8, Y: 8}, {X: 3, Y: 3}}},
		{"large after small", func(b *life.Builder) {
			b.AddTree(life.LeafLevel, b.Leaf(1<<63))
			b.AddTree(5, b.Node(5, life.Quad{0: b.Node(4, life.Quad{0: b.Leaf(1)})}))
		}, []life.Point{{X: 3, Y: 3}, {X: -16, Y: -16}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBuilder("B3/S23")
			tt.add(b)
			want := map[life.Point]life.State{}
			for _, p := range tt.cells {
				want[p] = 1
			}
			checkPattern(t, b.Pattern(), want)
		})
	}
}

// TestReserve wants the same pattern with room made before, and in between.
func TestReserve(t *testing.T) {
	for _, rs := range []string{"B3/S23", "/2/3"} {
		build := func(reserve func(*life.Builder)) *life.Pattern {
			b := life.NewBuilder(rule.MustParse(rs))
			reserve(b)
			for i := range int64(300) {
				b.Set(i*i, -7*i, 1)
				if i%100 == 0 {
					reserve(b)
				}
			}
			return b.Pattern()
		}
		want := build(func(*life.Builder) {})
		got := build(func(b *life.Builder) {
			for level, n := range []int{3: 1000, 4: 0, 5: 17, 6: 1, 70: 3} {
				if level >= life.LeafLevel {
					b.Reserve(level, n)
				}
			}
		})
		if !got.SameCells(want) {
			t.Errorf("rule %s: other cells", rs)
		}
	}
}

// TestLayers: which of two states wins where they meet.
func TestLayers(t *testing.T) {
	b := newBuilder("/2/5")
	var s life.LeafStates
	for i := range s {
		s[i] = 1
	}
	must(t, b.SetRun(0, 0, 600, 4))
	b.Set(0, 0, 2)
	b.Set(0, 1, 3)
	b.Set(0, 1, 2)
	b.AddTree(life.LeafLevel, b.LeafStates(&s))
	must(t, b.SetRun(2, 0, 600, 3))
	p := b.Pattern()
	for _, tt := range []struct {
		at   life.Point
		want life.State
	}{
		{life.Point{X: -1, Y: 0}, 1}, {life.Point{X: 0, Y: 0}, 4}, {life.Point{X: 0, Y: 1}, 2},
		{life.Point{X: 2, Y: 0}, 3}, {life.Point{X: 601, Y: 0}, 3}, {life.Point{X: 1, Y: 1}, 1},
	} {
		if got := p.Get(tt.at.X, tt.at.Y); got != tt.want {
			t.Errorf("cell %v is %d, want %d", tt.at, got, tt.want)
		}
	}
}

// TestEvenRoot has patterns the whole square of which is even, or nearly so.
func TestEvenRoot(t *testing.T) {
	t.Parallel()
	for level := 3; level < 10; level++ {
		half := int64(1) << level
		for missing := range 3 {
			b := newBuilder("B3/S23")
			cells := map[life.Point]life.State{}
			for _, y := range []int64{-half, -1, 0, 5, half - 1} {
				for x := -half; x < half; x++ {
					if missing == 0 || missing == 1 && x > 8-half || missing == 2 && y != 0 {
						b.Set(x, y, 1)
						cells[life.Point{X: x, Y: y}] = 1
					}
				}
			}
			p := b.Pattern()
			checkPattern(t, p, cells)
			for _, r := range []life.Rect{life.Rt(-3, -9, 5, 30), life.Rt(3, 0, 600, 6), life.Rt(-600, -1, 580, 1), life.Rt(half, 0, 9, 9), life.Rt(-half-9, 0, 9, 9), life.Rt(1-half, 0, 2*half-2, 1)} {
				checkCells(t, p, cells, r)
			}
		}
	}
}

// TestSetStates has all states on top of all others.
func TestSetStates(t *testing.T) {
	t.Parallel()
	b := newBuilder("/2/256")
	row := make([]life.State, 256)
	for y := range int64(256) {
		for x := range row {
			b.Set(int64(x), y, life.State(y))
			row[x] = life.State(x)
		}
		b.SetStates(0, y, row)
	}
	p := b.Pattern()
	for y := range int64(256) {
		for x := range int64(256) {
			want := life.State(x)
			if x == 0 {
				want = life.State(y)
			}
			if got := p.Get(x, y); got != want {
				t.Fatalf("state %d on top of %d gives %d", x, y, got)
			}
		}
	}
}

// TestBuilderPanics: a caller's mistakes do not pass in silence.
func TestBuilderPanics(t *testing.T) {
	for _, tt := range []struct {
		name, rule string
		call       func(b *life.Builder)
	}{
		{"state 2 of 2", "B3/S23", func(b *life.Builder) { b.Set(0, 0, 2) }},
		{"run of state 3 of 3", "/2/3", func(b *life.Builder) { _ = b.SetRun(0, 0, 1, 3) }},
		{"run of state 0", "B3/S23", func(b *life.Builder) { _ = b.SetRun(0, 0, 1, 0) }},
		{"row at 63", "B3/S23", func(b *life.Builder) { b.SetRow64(63, 0, 1) }},
		{"row of many states", "/2/3", func(b *life.Builder) { b.SetRow64(0, 0, 1) }},
		{"rows at 63", "B3/S23", func(b *life.Builder) { b.SetRow(63, 0, nil) }},
		{"rows of many states", "/2/3", func(b *life.Builder) { b.SetRow(0, 0, nil) }},
		{"states at 4", "/2/3", func(b *life.Builder) { b.SetStates(4, 0, nil) }},
		{"states of two", "B3/S23", func(b *life.Builder) { b.SetStates(0, 0, nil) }},
		{"too high a state", "/2/3", func(b *life.Builder) { b.SetStates(0, 0, []life.State{0, 3}) }},
		{"states past the end", "/2/3", func(b *life.Builder) { b.SetStates(math.MaxInt64-7, 0, make([]life.State, 9)) }},
		{"rows past the end", "B3/S23", func(b *life.Builder) { b.SetRow(math.MaxInt64-63, 0, make([]uint64, 2)) }},
		{"leaf of many states", "/2/3", func(b *life.Builder) { b.Leaf(1) }},
		{"leaves of many states", "/2/3", func(b *life.Builder) { b.Leaves([]uint64{1}, make([]life.NodeID, 1)) }},
		{"leaf of states", "B3/S23", func(b *life.Builder) { b.LeafStates(&life.LeafStates{1}) }},
		{"leaf of wrong states", "/2/3", func(b *life.Builder) { b.LeafStates(&life.LeafStates{3}) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if r, ok := recover().(string); !ok || !strings.HasPrefix(r, "life: ") {
					t.Errorf("panic with %v, want one that begins with life:", r)
				}
			}()
			tt.call(newBuilder(tt.rule))
		})
	}
}

// TestBuilderGeneration: the builder copies the number.
func TestBuilderGeneration(t *testing.T) {
	b := newBuilder("B3/S23")
	g := new(big.Int).Lsh(big.NewInt(1), 100)
	b.SetGeneration(g)
	g.SetInt64(3)
	if got := b.Pattern().Generation(); got.BitLen() != 101 {
		t.Errorf("generation %v, want 2^100", got)
	}
}

func newBuilder(rulestring string) *life.Builder { return life.NewBuilder(rule.MustParse(rulestring)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
