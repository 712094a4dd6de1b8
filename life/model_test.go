package life_test

import (
	"iter"
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// layers of a Builder, from the lowest: later ones win.
const (
	layerTree = iota
	layerCell
	layerSpan
	layers
)

// model is a Builder made of maps.
type model struct {
	layer [layers]map[life.Point]life.State
	multi bool
}

func newModel(multi bool) *model {
	m := &model{multi: multi}
	for i := range m.layer {
		m.layer[i] = map[life.Point]life.State{}
	}
	return m
}

// cells returns the united cells.
func (m *model) cells() map[life.Point]life.State {
	out := map[life.Point]life.State{}
	for _, l := range m.layer {
		for p, s := range l {
			if s != 0 {
				out[p] = s
			}
		}
	}
	return out
}

// corners are where programs build, so that all signs and ends are met.
var corners = []life.Point{
	{X: 0, Y: 0},
	{X: -3, Y: 1000},
	{X: 1 << 31, Y: -1 << 31},
	{X: -1 << 40, Y: 1<<40 - 1},
	{X: 1 << 62, Y: -1 << 62},
	{X: math.MinInt64, Y: math.MinInt64},
	{X: math.MaxInt64, Y: math.MaxInt64},
	{X: math.MinInt64, Y: math.MaxInt64},
	{X: 0, Y: math.MinInt64},
	{X: math.MaxInt64, Y: 0},
}

// program is a sequence of Builder calls as bytes; a model does the same.
type program struct {
	t    testing.TB
	code []byte
	b    *life.Builder
	m    *model
	base life.Point
}

// testRules are the rules of a program: two states and more.
var testRules = []string{"B3/S23", "B2-a/S12", "/2/3", "3/2/256"}

// newProgram starts a program; its first two bytes choose rule and place.
func newProgram(t testing.TB, code []byte) *program {
	p := &program{t: t, code: code}
	r := rule.MustParse(testRules[int(p.next())%len(testRules)])
	p.b, p.m = life.NewBuilder(r), newModel(r.States() != 2)
	p.base = corners[int(p.next())%len(corners)]
	return p
}

// run does all calls and returns the pattern.
func (p *program) run() *life.Pattern {
	for len(p.code) > 0 {
		p.step()
	}
	return p.b.Pattern()
}

func (p *program) next() byte {
	if len(p.code) == 0 {
		return 0
	}
	c := p.code[0]
	p.code = p.code[1:]
	return c
}

// near returns a coordinate around v, inside int64.
func (p *program) near(v int64) int64 {
	d := int64(int8(p.next()))
	if c := p.next(); c&3 == 0 {
		d *= int64(c >> 2)
	}
	if sum := v + d; (sum > v) == (d > 0) {
		return sum
	}
	return v - d
}

// state returns a state above 0.
func (p *program) state() life.State {
	return life.State(1 + int(p.next())%(p.b.Rule().States()-1))
}

func (p *program) step() {
	op := p.next()
	switch op % 8 {
	case 0:
		x, y, s := p.near(p.base.X), p.near(p.base.Y), p.state()
		p.b.Set(x, y, s)
		p.m.layer[layerCell][life.Point{X: x, Y: y}] = s
	case 1:
		x, y := p.near(p.base.X), p.near(p.base.Y)
		p.b.Set(x, y, 0)
		p.m.layer[layerCell][life.Point{X: x, Y: y}] = 0
	case 2:
		p.run1(layerCell, int64(p.next()&127))
	case 3:
		p.run1(layerSpan, 128+5*int64(p.next()))
	case 4:
		p.row64()
	case 5:
		p.tree()
	case 6:
		p.row()
	case 7:
		p.states()
	}
}

// run1 makes one run; it fails when it leaves int64.
func (p *program) run1(layer int, n int64) {
	x, y, s := p.near(p.base.X), p.near(p.base.Y), p.state()
	err := p.b.SetRun(x, y, n, s)
	if isTooFar := n > 0 && x > math.MaxInt64-n+1; isTooFar != (err != nil) {
		p.t.Fatalf("SetRun(%d, %d, %d, %d) returns %v, want an error: %v", x, y, n, s, err, isTooFar)
	}
	for i := int64(0); i < n && err == nil; i++ {
		p.m.layer[layer][life.Point{X: x + i, Y: y}] = s
	}
}

// row64 sets a row of 64 cells, in a two-state pattern.
func (p *program) row64() {
	x, y := p.near(p.base.X)&^63, p.near(p.base.Y)
	bits := p.word()
	if p.m.multi {
		return
	}
	p.b.SetRow64(x, y, bits)
	p.setWord(x, y, bits)
}

// row sets up to three words of a row, some of them empty, in a two-state pattern.
func (p *program) row() {
	x, y := p.near(p.base.X)&^63, p.near(p.base.Y)
	words := make([]uint64, min(uint64(p.next()&3), (math.MaxInt64-uint64(x))/64+1))
	for i := range words {
		if p.next()&3 > 0 {
			words[i] = p.word()
		}
	}
	if p.m.multi {
		return
	}
	p.b.SetRow(x, y, words)
	for i, bits := range words {
		p.setWord(x+64*int64(i), y, bits)
	}
}

// states sets up to 31 cells of a row, some of them dead, in a multi-state pattern.
func (p *program) states() {
	x, y := p.near(p.base.X)&^7, p.near(p.base.Y)
	states := make([]life.State, min(uint64(p.next()&31), math.MaxInt64-uint64(x)+1))
	for i := range states {
		if p.next()&1 > 0 {
			states[i] = p.state()
		}
	}
	if !p.m.multi {
		return
	}
	p.b.SetStates(x, y, states)
	for i, s := range states {
		if s != 0 {
			p.m.layer[layerCell][life.Point{X: x + int64(i), Y: y}] = s
		}
	}
}

func (p *program) word() uint64 {
	return uint64(p.next())<<56 | uint64(p.next())<<23 | uint64(p.next())
}

// setWord tells the model of 64 cells.
func (p *program) setWord(x, y int64, bits uint64) {
	for i := range int64(64) {
		if bits>>i&1 == 1 {
			p.m.layer[layerCell][life.Point{X: x + i, Y: y}] = 1
		}
	}
}

// tree adds a tree about the origin whose four corners are one leaf.
func (p *program) tree() {
	levels := int(p.next() % 4)
	var s life.LeafStates
	var bits uint64
	for range 5 {
		i := p.next() & 63
		s[i], bits = p.state(), bits|1<<i
	}
	var id life.NodeID
	if p.m.multi {
		id = p.b.LeafStates(&s)
	} else {
		id = p.b.Leaf(bits)
	}
	level := life.LeafLevel
	for ; level < life.LeafLevel+levels; level++ {
		q := life.Quad{id, id, id, id}
		if level > life.LeafLevel { // only the outer corners go on
			empty := p.b.Node(level, life.Quad{})
			q = life.Quad{id, empty, empty, id}
		}
		id = p.b.Node(level+1, q)
	}
	p.b.AddTree(level, id)
	p.treeCells(level, -1<<(level-1), -1<<(level-1), &s)
}

// treeCells puts the tree's cells into the model.
func (p *program) treeCells(level int, x, y int64, s *life.LeafStates) {
	if level == life.LeafLevel {
		for i, v := range s {
			if at := (life.Point{X: x + int64(i&7), Y: y + int64(i>>3)}); v != 0 {
				p.m.layer[layerTree][at] = v
			}
		}
		return
	}
	h := int64(1) << (level - 1)
	p.treeCells(level-1, x, y, s)
	p.treeCells(level-1, x+h, y+h, s)
	if level == life.LeafLevel+1 {
		p.treeCells(level-1, x+h, y, s)
		p.treeCells(level-1, x, y+h, s)
	}
}

// randomProgram returns the bytes of a program from a seed.
func randomProgram(seed uint64, n int) []byte {
	rnd := rand.New(rand.NewPCG(seed, 3))
	code := make([]byte, n)
	for i := range code {
		code[i] = byte(rnd.Uint32())
	}
	return code
}

// checkPattern compares everything a pattern tells with its cells in a map.
func checkPattern(t testing.TB, p *life.Pattern, cells map[life.Point]life.State) {
	t.Helper()
	checkCanonical(t, p)
	if got := p.Population(); got.Cmp(big.NewInt(int64(len(cells)))) != 0 {
		t.Fatalf("population %v, want %d", got, len(cells))
	}
	checkBounds(t, p, cells)
	for at, s := range cells {
		for _, d := range []life.Point{{}, {X: 1}, {X: -1}, {Y: 1}, {Y: -1}, {X: 64}, {Y: -8}} {
			q := at.Add(d)
			if got := p.Get(q.X, q.Y); got != cells[q] {
				t.Fatalf("Get(%d, %d) is %d, want %d", q.X, q.Y, got, cells[q])
			}
		}
		_ = s
	}
	checkCells(t, p, cells, life.Everywhere())
	for at := range cells { // three windows somewhere
		checkCells(t, p, cells, life.Rect{Min: at, Max: life.Everywhere().Max})
		checkCells(t, p, cells, life.Rect{Min: life.Everywhere().Min, Max: at})
		checkCells(t, p, cells, life.Rect{Min: at, Max: at.Add(life.Point{X: 9, Y: 17})})
		break
	}
}

// checkBounds compares Bounds with the cells.
func checkBounds(t testing.TB, p *life.Pattern, cells map[life.Point]life.State) {
	t.Helper()
	got, ok := p.Bounds()
	if ok != (len(cells) > 0) {
		t.Fatalf("Bounds says %v of %d cells", ok, len(cells))
	}
	if !ok {
		return
	}
	lo, hi := life.Point{X: math.MaxInt64, Y: math.MaxInt64}, life.Point{X: math.MinInt64, Y: math.MinInt64}
	for at := range cells {
		lo = life.Point{X: min(lo.X, at.X), Y: min(lo.Y, at.Y)}
		hi = life.Point{X: max(hi.X, at.X), Y: max(hi.Y, at.Y)}
	}
	end := func(v int64) *big.Int { return new(big.Int).Add(big.NewInt(v), big.NewInt(1)) }
	want := life.BigRect{MinX: big.NewInt(lo.X), MinY: big.NewInt(lo.Y), MaxX: end(hi.X), MaxY: end(hi.Y)}
	if !got.Equal(want) {
		t.Fatalf("bounds %v, want %v", got, want)
	}
}

// checkCells compares Cells and Runs inside r with the cells.
func checkCells(t testing.TB, p *life.Pattern, cells map[life.Point]life.State, r life.Rect) {
	t.Helper()
	n := 0
	for at := range cells {
		if r.Contains(at) {
			n++
		}
	}
	last := life.Point{X: math.MinInt64, Y: math.MinInt64}
	for at, s := range p.Cells(r) {
		isOrdered := last.Y < at.Y || last.Y == at.Y && last.X < at.X || at == last && at.X == math.MinInt64
		if !isOrdered || !r.Contains(at) || cells[at] != s {
			t.Fatalf("Cells(%v): %v in state %d after %v, want state %d", r, at, s, last, cells[at])
		}
		last = at
		n--
	}
	if n != 0 {
		t.Fatalf("Cells(%v): %d cells are missing", r, n)
	}
	if !p.IsMultiState() {
		checkWords(t, p, r)
	}
	var before life.Run
	for run := range p.Runs(r) {
		if run.N <= 0 || run.Y == before.Y && run.State == before.State && run.X == before.X+before.N {
			t.Fatalf("Runs(%v): %+v after %+v is not as long as it can be", r, run, before)
		}
		before = run
	}
}

// checkWords compares Words inside r with Runs.
func checkWords(t testing.TB, p *life.Pattern, r life.Rect) {
	t.Helper()
	next, stop := iter.Pull(p.Runs(r))
	defer stop()
	var run life.Run // what is left of it
	isFirst, last := true, life.Word{}
	for w := range p.Words(r) {
		isOrdered := isFirst || last.Y < w.Y || last.Y == w.Y && last.X+64*(last.N-1) < w.X
		if !isOrdered || w.X&63 != 0 || w.Bits == 0 || w.N < 1 || w.N > 1 && w.Bits != math.MaxUint64 {
			t.Fatalf("Words(%v): %+v after %+v", r, w, last)
		}
		for x, left := w.X, w.Bits; left != 0; {
			gap := bits.TrailingZeros64(left)
			n := int64(bits.TrailingZeros64(^(left >> gap)))
			if left == math.MaxUint64 {
				n *= w.N
			}
			if run.N == 0 {
				run, _ = next()
			}
			if run.X != x+int64(gap) || run.Y != w.Y || run.N < n {
				t.Fatalf("Words(%v): a run of %d at %d in %+v, want %+v", r, n, x+int64(gap), w, run)
			}
			run.X, run.N = run.X+n, run.N-n
			left &^= 1<<min(n+int64(gap), 64) - 1
		}
		isFirst, last = false, w
	}
	if _, ok := next(); ok || run.N > 0 {
		t.Fatalf("Words(%v): cells are missing: %+v", r, run)
	}
	for range p.Words(r) {
		break // which panics when it goes on all the same
	}
}

// checkCanonical checks what the documentation of Pattern says of its tables.
func checkCanonical(t testing.TB, p *life.Pattern) {
	t.Helper()
	if p.IsEmpty() != (p.Root() == 0) || p.Root() > 1 || p.Level() <= life.LeafLevel {
		t.Fatalf("root %d of level %d, empty %v", p.Root(), p.Level(), p.IsEmpty())
	}
	below := len(p.Leaves()) + len(p.States())
	for level := life.LeafLevel + 1; level <= p.Level(); level++ {
		seen := map[life.Quad]bool{}
		next := life.NodeID(1) // children are numbered as they are met
		for i, q := range p.Nodes(level) {
			if seen[q] || (q == life.Quad{}) != (i == 0) {
				t.Fatalf("level %d: node %d, %v, is empty or there twice", level, i, q)
			}
			seen[q] = true
			for _, c := range q {
				if c > next || int(c) >= below {
					t.Fatalf("level %d: node %d, %v, has a child out of order, want up to %d", level, i, q, next)
				}
				if c == next {
					next++
				}
			}
		}
		if int(next) != below {
			t.Fatalf("level %d: %d children are met, want %d", level, next, below)
		}
		below = len(p.Nodes(level))
	}
	if want := min(2, 1+int(p.Root())); below != want {
		t.Fatalf("%d nodes at the root's level, want %d", below, want)
	}
	if p.IsEmpty() {
		if p.Level() != life.LeafLevel+1 {
			t.Fatalf("an empty pattern of level %d", p.Level())
		}
		return
	}
	checkTight(t, p)
}

// checkTight checks that the root is the smallest square that will do, and that
// leaves are all different.
func checkTight(t testing.TB, p *life.Pattern) {
	t.Helper()
	half := new(big.Int).Lsh(big.NewInt(1), uint(p.Level()-2)) // of the next smaller square
	b, _ := p.Bounds()
	minus := new(big.Int).Neg(half)
	isIn := b.MinX.Cmp(minus) >= 0 && b.MinY.Cmp(minus) >= 0 && b.MaxX.Cmp(half) <= 0 && b.MaxY.Cmp(half) <= 0
	if isIn && p.Level() > life.LeafLevel+1 {
		t.Fatalf("level %d for bounds %v, want less", p.Level(), b)
	}
	leaves := slices.Clone(p.Leaves())
	slices.Sort(leaves)
	if len(slices.Compact(leaves)) != len(p.Leaves()) {
		t.Fatal("two equal leaves")
	}
	seen := map[life.LeafStates]bool{}
	for _, s := range p.States() {
		if seen[s] {
			t.Fatal("two equal leaves of states")
		}
		seen[s] = true
	}
}
