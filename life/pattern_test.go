package life_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// points returns a two-state Life pattern of the given cells.
func points(at ...life.Point) *life.Pattern {
	b := newBuilder("B3/S23")
	for _, p := range at {
		b.Set(p.X, p.Y, 1)
	}
	return b.Pattern()
}

// glider returns a glider whose bounding box begins at (x, y).
func glider(x, y int64) *life.Pattern {
	var at []life.Point
	for _, p := range []life.Point{{X: 1, Y: 0}, {X: 2, Y: 1}, {X: 0, Y: 2}, {X: 1, Y: 2}, {X: 2, Y: 2}} {
		at = append(at, p.Add(life.Point{X: x, Y: y}))
	}
	return points(at...)
}

// exp returns base^e.
func exp(base, e int64) *big.Int { return new(big.Int).Exp(big.NewInt(base), big.NewInt(e), nil) }

// full returns a pattern of the given level with all cells live, but not canonical
// by hand: one node a level.
func full(rulestring string, level int) *life.Pattern {
	b := newBuilder(rulestring)
	var id life.NodeID
	if b.Rule().States() == 2 {
		id = b.Leaf(^uint64(0))
	} else {
		var s life.LeafStates
		for i := range s {
			s[i] = life.State(b.Rule().States() - 1)
		}
		id = b.LeafStates(&s)
	}
	for l := life.LeafLevel + 1; l <= level; l++ {
		id = b.Node(l, life.Quad{id, id, id, id})
	}
	b.AddTree(level, id)
	return b.Pattern()
}

// TestDigestByHand computes the digest of one cell at the origin from its definition.
func TestDigestByHand(t *testing.T) {
	sum := func(b []byte) []byte { s := sha256.Sum256(b); return s[:16] }
	leaf := sum([]byte{1, 0, 0, 0, 0, 0, 0, 0})
	root := sum(append(make([]byte, 48), leaf...))
	want := hex.EncodeToString(sum(append(root, 4, 0, 0, 0, 0, 0, 0, 0)))
	if got := points(life.Point{}).Digest(); got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
	// State 5 has bits 0 and 2: three planes, the second empty.
	b := newBuilder("/2/9")
	b.Set(0, 0, 5)
	leaf = sum(append(append([]byte{1, 7: 0}, make([]byte, 8)...), 1, 0, 0, 0, 0, 0, 0, 0))
	root = sum(append(make([]byte, 48), leaf...))
	want = hex.EncodeToString(sum(append(root, 4, 0, 0, 0, 0, 0, 0, 0)))
	if got := b.Pattern().Digest(); got != want {
		t.Errorf("digest of state 5 is %s, want %s", got, want)
	}
}

// TestDigestGolden keeps digests as they are: they are stored in files and
// reports, so that a change of them is a break of format.
func TestDigestGolden(t *testing.T) {
	for _, tt := range []struct {
		name string
		p    *life.Pattern
		want string
	}{
		{"empty", points(), "aefbdb1098288d5d43d21c8de390f928"},
		{"glider", glider(0, 0), "e26d80414cfdecb8cc1b11a68bb5c08b"},
		{"far glider", glider(math.MaxInt64-2, math.MinInt64), "a4d573c87379f10a7c10e8038a0a9028"},
		{"full 2^100", full("B3/S23", 100), "234bdaf4fe3e1df659a1b71df1607934"},
		{"full of state 7", full("/2/8", 100), "8acf68155315512d779a3549c0f1b424"},
	} {
		if got := tt.p.Digest(); got != tt.want {
			t.Errorf("digest of %s is %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestDigest: what digests depend on, and what not.
func TestDigest(t *testing.T) {
	p := glider(0, 0)
	seen := map[string]string{p.Digest(): "glider"}
	differs := func(name string, q *life.Pattern) {
		t.Helper()
		if before, ok := seen[q.Digest()]; ok {
			t.Errorf("%s has the digest of %s", name, before)
		}
		seen[q.Digest()] = name
	}
	for dx := int64(-20); dx <= 20; dx++ {
		for dy := int64(-20); dy <= 20; dy++ {
			if dx != 0 || dy != 0 {
				differs("a moved glider", glider(dx, dy))
			}
		}
	}
	differs("an empty pattern", points())
	for _, level := range []int{4, 5, 63, 64, 65, 200} {
		differs("a full square", full("B3/S23", level))
	}
	multi, err := p.WithRule(rule.MustParse("/2/3"))
	must(t, err)
	if multi.Digest() != p.Digest() {
		t.Error("the digest depends on the kind of leaves")
	}
	if multi.SameCells(p) || p.SameCells(multi) || multi.Equal(p) {
		t.Error("a two-state and a multi-state pattern say that they have the same cells")
	}
	q := p.WithGeneration(big.NewInt(7)).WithComments([]life.Comment{{Key: 'N', Text: "glider"}})
	if q.Digest() != p.Digest() || !q.SameCells(p) || q.Equal(p) {
		t.Error("generation or comments count in SameCells or Digest, or the generation does not in Equal")
	}
}

// TestSymmetryTable checks Apply against the group: products, inverses, and the
// names.
func TestSymmetryTable(t *testing.T) {
	all := life.Symmetries()
	if len(all) != 8 {
		t.Fatalf("%d symmetries, want 8", len(all))
	}
	p := life.Point{X: 2, Y: 5}
	for s, want := range map[life.Symmetry]life.Point{
		life.Identity: {X: 2, Y: 5}, life.Rotate90: {X: -6, Y: 2}, life.Rotate180: {X: -3, Y: -6},
		life.Rotate270: {X: 5, Y: -3}, life.FlipX: {X: -3, Y: 5}, life.FlipY: {X: 2, Y: -6},
		life.Transpose: {X: 5, Y: 2}, life.AntiTranspose: {X: -6, Y: -3},
	} {
		if got := s.Apply(p); got != want {
			t.Errorf("symmetry %d takes %v to %v, want %v", s, p, got, want)
		}
	}
	const i, r, u, l, x, y, d, a = life.Identity, life.Rotate90, life.Rotate180, life.Rotate270,
		life.FlipX, life.FlipY, life.Transpose, life.AntiTranspose
	// product[s][t] is first s, then t.
	product := [8][8]life.Symmetry{
		i: {i, r, u, l, x, y, d, a}, r: {r, u, l, i, d, a, y, x}, u: {u, l, i, r, y, x, a, d}, l: {l, i, r, u, a, d, x, y},
		x: {x, a, y, d, i, u, l, r}, y: {y, d, x, a, u, i, r, l}, d: {d, x, a, y, r, l, i, u}, a: {a, y, d, x, l, r, u, i},
	}
	q := soupOf(t, "B3/S23", 3)
	for _, s := range all {
		for _, u := range all {
			want := product[s][u]
			for _, p := range []life.Point{{X: 1, Y: 7}, {X: math.MinInt64, Y: math.MaxInt64}, {X: 0, Y: -1}} {
				if got := u.Apply(s.Apply(p)); got != want.Apply(p) {
					t.Errorf("symmetry %d then %d takes %v to %v, want that of %d, %v", s, u, p, got, want, want.Apply(p))
				}
			}
			if !q.Transform(s).Transform(u).Equal(q.Transform(want)) {
				t.Errorf("Transform(%d), Transform(%d) is not Transform(%d)", s, u, want)
			}
		}
	}
}

// soupOf returns the pattern of a random program under a rule.
func soupOf(t testing.TB, rulestring string, seed uint64) *life.Pattern {
	t.Helper()
	code := randomProgram(seed, 300)
	code[0], code[1] = byte(slices.Index(testRules, rulestring)), 0
	return newProgram(t, code).run()
}

// TestTransform checks each symmetry cell by cell.
func TestTransform(t *testing.T) {
	for _, s := range life.Symmetries() {
		for seed := range uint64(4) {
			for i := range testRules {
				code := randomProgram(seed, 200)
				code[0], code[1] = byte(i), byte(seed)
				p := newProgram(t, code)
				pattern, want := p.run(), map[life.Point]life.State{}
				for at, v := range p.m.cells() {
					want[s.Apply(at)] = v
				}
				checkPattern(t, pattern.Transform(s), want)
			}
		}
	}
}

// TestTranslate moves patterns cell by cell, and far away and back.
func TestTranslate(t *testing.T) {
	far := []*big.Int{
		new(big.Int), big.NewInt(1), big.NewInt(-1), big.NewInt(7), big.NewInt(8), big.NewInt(-9), big.NewInt(64),
		big.NewInt(math.MaxInt64), big.NewInt(math.MinInt64), exp(2, 64), new(big.Int).Neg(exp(2, 65)),
		new(big.Int).Add(exp(10, 40), big.NewInt(3)), new(big.Int).Neg(exp(3, 333)),
	}
	for i, dx := range far {
		dy := far[(i*5+3)%len(far)]
		for _, s := range testRules {
			p := soupOf(t, s, uint64(i)).WithGeneration(big.NewInt(5)).WithComments([]life.Comment{{Key: 'C', Text: "x"}})
			q := p.Translate(dx, dy)
			checkCanonical(t, q)
			b, _ := p.Bounds()
			c, _ := q.Bounds()
			if c.MinX.Cmp(new(big.Int).Add(b.MinX, dx)) != 0 || c.MaxY.Cmp(new(big.Int).Add(b.MaxY, dy)) != 0 {
				t.Fatalf("%v moved by (%v, %v) has bounds %v", b, dx, dy, c)
			}
			if q.Population().Cmp(p.Population()) != 0 || !q.Rule().Equal(p.Rule()) || q.Generation().Int64() != 5 || q.Comment('C') != "x" {
				t.Fatalf("Translate(%v, %v) changes population, rule, generation or comments", dx, dy)
			}
			if back := q.Translate(new(big.Int).Neg(dx), new(big.Int).Neg(dy)); !back.Equal(p) {
				t.Fatalf("moved by (%v, %v) and back is not the same", dx, dy)
			}
		}
	}
}

// TestTranslateCells compares small moves with the cells.
func TestTranslateCells(t *testing.T) {
	for dx := int64(-9); dx <= 9; dx += 3 {
		for _, dy := range []int64{-65, -8, 1, 63} {
			for _, s := range testRules[1:3] {
				p := soupOf(t, s, uint64(dx+100))
				want := map[life.Point]life.State{}
				for at, v := range p.Cells(life.Everywhere()) {
					want[at.Add(life.Point{X: dx, Y: dy})] = v
				}
				checkPattern(t, p.Translate(big.NewInt(dx), big.NewInt(dy)), want)
			}
		}
	}
}

// TestHuge: trees far beyond int64 are measured and moved at the cost of their nodes.
func TestHuge(t *testing.T) {
	for _, level := range []int{31, 32, 33, 62, 63, 64, 65, 66, 128, 200, 1000} {
		for _, s := range []string{"B3/S23", "/2/200"} {
			p := full(s, level)
			checkCanonical(t, p)
			if p.Level() != level || p.NodeCount() != level-life.LeafLevel+1 {
				t.Fatalf("level %d, %d nodes; want level %d, %d nodes", p.Level(), p.NodeCount(), level, level-life.LeafLevel+1)
			}
			if got := p.Population(); got.Cmp(exp(4, int64(level))) != 0 {
				t.Fatalf("level %d: population %v, want 4^%d", level, got, level)
			}
			half := exp(2, int64(level-1))
			checkBig(t, p, new(big.Int).Neg(half), half)
			for _, s := range life.Symmetries() {
				if !p.Transform(s).Equal(p) {
					t.Fatalf("level %d: a full square changes under symmetry %d", level, s)
				}
			}
			one := big.NewInt(1)
			q := p.Translate(one, one)
			checkCanonical(t, q)
			checkBig(t, q, new(big.Int).Sub(one, half), new(big.Int).Add(one, half))
			if q.Population().Cmp(p.Population()) != 0 {
				t.Fatalf("level %d: moved by one, population %v", level, q.Population())
			}
			checkCorners(t, p, level)
		}
	}
}

// checkBig checks that p's bounds are the square from lo to hi.
func checkBig(t *testing.T, p *life.Pattern, lo, hi *big.Int) {
	t.Helper()
	if b, ok := p.Bounds(); !ok || !b.Equal(life.BigRect{MinX: lo, MinY: lo, MaxX: hi, MaxY: hi}) {
		t.Fatalf("level %d: bounds %v, want %v to %v", p.Level(), b, lo, hi)
	}
}

// checkCorners looks at the corners of int64 in a full square.
func checkCorners(t *testing.T, p *life.Pattern, level int) {
	t.Helper()
	want := min(1, p.Get(0, 0))
	if want != 1 {
		t.Fatalf("level %d: Get(0, 0) is 0", level)
	}
	for _, x := range []int64{math.MinInt64, math.MaxInt64} {
		for _, y := range []int64{math.MinInt64, math.MaxInt64, -1, 0} {
			got := min(1, p.Get(x, y))
			if (got == 1) != (level >= 64) {
				t.Fatalf("level %d: Get(%d, %d) is %d", level, x, y, got)
			}
		}
	}
	if level < 64 {
		return
	}
	end := life.Rect{Min: life.Point{X: math.MaxInt64 - 2, Y: math.MaxInt64 - 2}, Max: life.Everywhere().Max}
	n := 0
	for range p.Cells(end) {
		n++
	}
	if n != 4 {
		t.Fatalf("level %d: %d cells in %v, want 4", level, n, end)
	}
}

// TestRunsClip looks at a full plane through small windows.
func TestRunsClip(t *testing.T) {
	p := full("B3/S23", 100)
	for _, r := range []life.Rect{
		life.Rt(0, 0, 1, 1), life.Rt(-1, -1, 2, 2), life.Rt(-100, 50, 201, 3), life.Rt(math.MinInt64, math.MinInt64, 9, 9),
		life.Rt(1<<62-5, -1<<62-3, 70, 2), {Min: life.Point{X: math.MaxInt64 - 70, Y: 3}, Max: life.Point{X: math.MaxInt64, Y: 5}},
	} {
		y := r.Min.Y
		for run := range p.Runs(r) {
			want := life.Run{X: r.Min.X, Y: y, N: r.Max.X - r.Min.X, State: 1}
			if run != want {
				t.Fatalf("Runs(%v) yields %+v, want %+v", r, run, want)
			}
			y++
		}
		if y != r.Max.Y {
			t.Fatalf("Runs(%v) ends at row %d", r, y)
		}
	}
	for _, r := range []life.Rect{life.Rt(0, 0, 0, 5), life.Rt(0, 0, 5, 0), life.Rt(5, 5, -3, 7), {}} {
		for run := range p.Runs(r) {
			t.Fatalf("Runs(%v) yields %+v, want none", r, run)
		}
	}
	n := 0
	for range p.Cells(life.Everywhere()) { // 2^128 cells: a loop must be able to stop
		if n++; n == 1000 {
			break
		}
	}
}

// TestRunsWide: a row of more than 2^63 cells comes in parts that fit int64.
func TestRunsWide(t *testing.T) {
	b := newBuilder("B3/S23")
	must(t, b.SetRun(math.MinInt64, 9, math.MaxInt64, 1))
	must(t, b.SetRun(-2, 9, math.MaxInt64, 1))
	p := b.Pattern()
	next := life.Point{X: math.MinInt64, Y: 9}
	for run := range p.Runs(life.Everywhere()) {
		if run.X != next.X || run.Y != 9 || run.N <= 0 || run.X > 0 && run.N > math.MaxInt64-run.X {
			t.Fatalf("Runs yields %+v, want it to begin at %v", run, next)
		}
		next.X += run.N
	}
	if next.X != math.MaxInt64-2 {
		t.Errorf("the runs end before %d, want %d", next.X, int64(math.MaxInt64-2))
	}
}

func TestUnion(t *testing.T) {
	a, b := soupOf(t, "3/2/256", 1), soupOf(t, "3/2/256", 2)
	want := map[life.Point]life.State{}
	for _, p := range []*life.Pattern{a, b} {
		for at, v := range p.Cells(life.Everywhere()) {
			want[at] = v // the second wins
		}
	}
	u, err := a.WithGeneration(big.NewInt(8)).Union(b)
	must(t, err)
	checkPattern(t, u, want)
	if u.Generation().Int64() != 8 {
		t.Errorf("generation %v, want the first pattern's, 8", u.Generation())
	}
	// Of two states and of many, either way round.
	two := soupOf(t, "B3/S23", 4)
	mixed, err := a.Union(two)
	must(t, err)
	if !mixed.IsMultiState() || mixed.Get(0, 0) != max(two.Get(0, 0), a.Get(0, 0)*(1-two.Get(0, 0))) {
		t.Error("a union with a two-state pattern lost cells")
	}
	if _, err := two.Union(a); !errors.Is(err, life.ErrState) {
		t.Errorf("Union of many states into two returns %v, want ErrState", err)
	}
	if same, err := a.Union(a); err != nil || !same.Equal(a) {
		t.Errorf("a union with itself is another pattern, or %v", err)
	}
	if same, err := a.Union(points()); err != nil || !same.Equal(a) {
		t.Errorf("a union with nothing is another pattern, or %v", err)
	}
	// Of sizes beyond int64.
	moved := glider(0, 0).Translate(exp(2, 100), exp(2, 90))
	far, err := moved.Union(glider(0, 0))
	must(t, err)
	checkCanonical(t, far)
	if far.Population().Int64() != 10 || far.Get(1, 0) != 1 {
		t.Errorf("population of two gliders is %v", far.Population())
	}
}

func TestWithRule(t *testing.T) {
	p := soupOf(t, "B2-a/S12", 9).WithGeneration(big.NewInt(3)).WithComments([]life.Comment{{Key: 'O', Text: "me"}})
	multi, err := p.WithRule(rule.MustParse("/2/3"))
	must(t, err)
	checkCanonical(t, multi)
	if !multi.IsMultiState() || multi.Generation().Int64() != 3 || multi.Comment('O') != "me" {
		t.Error("WithRule loses generation or comments, or the kind of leaves")
	}
	back, err := multi.WithRule(p.Rule())
	must(t, err)
	if !back.Equal(p) {
		t.Error("to three states and back is another pattern")
	}
	q := soupOf(t, "/2/3", 9)
	if _, err := q.WithRule(p.Rule()); !errors.Is(err, life.ErrState) {
		t.Errorf("WithRule from 3 states to 2 returns %v, want ErrState", err)
	}
	if _, err := soupOf(t, "3/2/256", 9).WithRule(rule.MustParse("/2/3")); !errors.Is(err, life.ErrState) {
		t.Errorf("WithRule from 256 states to 3 returns %v, want ErrState", err)
	}
}

// TestBackground: see rule.Rule.Background.
func TestBackground(t *testing.T) {
	for _, tt := range []struct {
		rule      string
		even, odd life.State
	}{
		{"B3/S23", 0, 0}, {"B0/S", 0, 1}, {"B0/S8", 1, 1}, {"/2/3", 0, 0}, {"B0123478/S01234678", 1, 1},
	} {
		p := newBuilder(tt.rule).Pattern()
		if got := p.Background(); got != tt.even {
			t.Errorf("rule %s: background %d at generation 0, want %d", tt.rule, got, tt.even)
		}
		odd := p.WithGeneration(new(big.Int).Add(exp(2, 99), big.NewInt(1)))
		if got := odd.Background(); got != tt.odd {
			t.Errorf("rule %s: background %d at generation 2^99+1, want %d", tt.rule, got, tt.odd)
		}
	}
}

// TestImmutable: nothing that goes in or comes out changes a pattern.
func TestImmutable(t *testing.T) {
	b := newBuilder("B3/S23")
	b.Set(1, 1, 1)
	b.AddComment(life.Comment{Key: 'N', Text: "dot"})
	p := b.Pattern()
	digest := p.Digest()
	p.Generation().SetInt64(9)
	p.Population().SetInt64(9)
	bounds, _ := p.Bounds()
	bounds.MinX.SetInt64(77)
	g := big.NewInt(4)
	q := p.WithGeneration(g)
	g.SetInt64(5)
	comments := []life.Comment{{Key: 'C', Text: "one"}}
	r := p.WithComments(comments)
	comments[0].Text = "two"
	_ = append(p.Comments(), life.Comment{Key: 'C', Text: "three"})
	dx, dy := big.NewInt(3), big.NewInt(-3)
	p.Translate(dx, dy)
	p.Transform(life.Rotate90)
	switch again, _ := p.Bounds(); {
	case p.Generation().Sign() != 0 || p.Digest() != digest || again.MinX.Int64() != 1 || p.Population().Int64() != 1:
		t.Error("the pattern has changed")
	case q.Generation().Int64() != 4:
		t.Error("WithGeneration keeps the caller's number")
	case r.Comment('C') != "one" || p.Comment('C') != "" || len(p.Comments()) != 1 || p.Comment('N') != "dot":
		t.Error("comments have changed")
	case dx.Int64() != 3 || dy.Int64() != -3:
		t.Error("Translate changes its arguments")
	}
}

// TestConcurrent: all methods from many goroutines, for the race detector.
func TestConcurrent(t *testing.T) {
	p := soupOf(t, "/2/3", 1)
	want := p.Digest()
	var wg sync.WaitGroup
	for i := range int64(8) {
		wg.Go(func() {
			q := p.Translate(big.NewInt(i), big.NewInt(-i)).Translate(big.NewInt(-i), big.NewInt(i))
			if q.Digest() != want || p.Transform(life.FlipX).Transform(life.FlipX).Digest() != want {
				t.Errorf("goroutine %d: another digest", i)
			}
			for range p.Runs(life.Everywhere()) {
				p.Get(i, i)
			}
		})
	}
	wg.Wait()
}

// Leaves are those that hold the cells, wherever in int64 coordinates, and no more are visited
// once one is refused.
func TestEachLeaf(t *testing.T) {
	for seed := range uint64(8) {
		b := newBuilder("B3/S23")
		r := rand.New(rand.NewPCG(seed, 0))
		want := map[life.Point]bool{}
		for range 1 + r.IntN(50) {
			shift := r.IntN(64) // from a soup to the ends of the plane
			x, y := int64(r.Uint64())>>shift, int64(r.Uint64())>>shift
			b.Set(x, y, 1)
			want[life.Point{X: x, Y: y}] = true
		}
		p := b.Pattern()
		got, leaves := map[life.Point]bool{}, 0
		all := p.EachLeaf(func(k life.NodeID, x, y int64) bool {
			leaves++
			for i := range int64(64) {
				if p.Leaves()[k]>>i&1 != 0 {
					got[life.Point{X: x + i%8, Y: y + i/8}] = true
				}
			}
			return true
		})
		if !all || !maps.Equal(got, want) {
			t.Errorf("seed %d: leaves of %v, want the cells %v; to the end: %v", seed, got, want, all)
		}
		seen, refused := 0, leaves/2+1
		all = p.EachLeaf(func(life.NodeID, int64, int64) bool { seen++; return seen < refused })
		if all || seen != refused {
			t.Errorf("seed %d: %d of %d leaves seen, the last one refused; to the end: %v; want %d", seed, seen, leaves, all, refused)
		}
	}
}

// TestWithBaseRule: of a History pattern, and its like, a two-state rule keeps what is live.
func TestWithBaseRule(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"LifeHistory": "[1 3 5]", "B36/S23Super": "[1 3 5 7 9 11 13 15 17 19 21 23 25]", "LifeInvestigator": "[1]",
	} {
		r := rule.MustParse(name)
		b := life.NewBuilder(r)
		b.SetGeneration(big.NewInt(7))
		for s := 1; s < r.States(); s++ {
			b.Set(int64(s), -int64(100*s), life.State(s))
		}
		own := b.Pattern()
		p, err := own.WithRule(rule.MustParse("B3/S23:P8000,8000"))
		if err != nil {
			t.Fatal(err)
		}
		var live []int64
		for at, s := range p.Cells(life.Everywhere()) {
			if s != 1 || at.Y != -100*at.X {
				t.Errorf("%s: cell %v in state %d", name, at, s)
			}
			live = append(live, at.X)
		}
		if slices.Sort(live); fmt.Sprint(live) != want || p.Generation().Int64() != 7 || p.IsMultiState() {
			t.Errorf("%s: %v are live at generation %v, want %s at 7", name, live, p.Generation(), want)
		}
		clean := life.NewBuilder(p.Rule())
		clean.SetGeneration(big.NewInt(7))
		for at := range p.Cells(life.Everywhere()) {
			clean.Set(at.X, at.Y, 1)
		}
		if !p.Equal(clean.Pattern()) {
			t.Errorf("%s: not the pattern of these cells", name)
		}
		if q, err := own.WithRule(rule.MustParse("23/3/30")); err != nil || q.Population().Int64() != int64(r.States()-1) {
			t.Errorf("%s under more states: %v, %v, want all cells", name, q, err)
		}
	}
}
