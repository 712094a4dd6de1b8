package lifetest

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// law is a property of every engine, tested under one rule.
type law struct {
	name  string
	check func(t *testing.T, c lawCase)
}

// lawCase is a configuration, a rule, and randomness of its own.
type lawCase struct {
	Config
	rule string
	rnd  *rand.Rand
}

var laws = []law{
	{"split", checkSplit},
	{"translation", checkTranslation},
	{"symmetry", checkSymmetry},
	{"load and snapshot", checkLoadSnapshot},
	{"ownership", checkOwnership},
	{"empty", checkEmpty},
	{"zero generations", checkZero},
	{"iteration stops", checkIteration},
	{"change of rule", checkChangeRule},
	{"failed load", checkFailedLoad},
	{"cancellation", checkCancelled},
	{"far away", checkFar},
	{"editor", checkEditor},
	{"sampler", checkSampler},
	{"marker", checkMarker},
	{"memory", checkMemory},
	{"stater", checkStater},
}

// lawRules are the rules under which each law is tested.
var lawRules = []string{
	"B3/S23", "B2-a/S12", "B13/S012V", "B2/S34H", "W110", "B0123478/S01234678",
	randomMAP(rand.New(rand.NewPCG(7, 7)), false),
}

// runLaws checks all laws under some rules.
func runLaws(t *testing.T, cfg Config) {
	rules := slices.Clone(lawRules)
	if cfg.Alternating {
		rules = append(rules, "B0/S", "B02-a/S1c4")
	}
	if cfg.Rules != nil {
		rules = cfg.Rules[:min(len(cfg.Rules), 6)]
	}
	if testing.Short() {
		rules = rules[:min(len(rules), 3)]
	}
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			for _, s := range rules {
				t.Run(s, func(t *testing.T) {
					t.Parallel()
					l.check(t, lawCase{cfg, s, rand.New(rand.NewPCG(Seed(), hash(l.name+s)))})
				})
			}
		})
	}
	if cfg.Hashing {
		t.Run("huge", func(t *testing.T) { runHuge(t, cfg) })
	}
}

// soup returns a random soup of sides up to maxSide.
func (c lawCase) soup(maxSide int64) Soup { return randomSoup(c.rnd, c.rule, maxSide) }

// compare stops the test when e is not p.
func (c lawCase) compare(t *testing.T, what string, s Soup, e life.Engine, p *life.Pattern) {
	t.Helper()
	if d := Diff(e, p); d != "" {
		t.Fatalf("%s: %v: %s", what, s, d)
	}
}

// checkSplit: advance(a+b) = advance(a); advance(b).
func checkSplit(t *testing.T, c lawCase) {
	for range 3 {
		s, a, b := c.soup(34), c.rnd.Int64N(40), c.rnd.Int64N(40)
		whole, parts := c.engine(t, s.Pattern()), c.engine(t, s.Pattern())
		Advance(t, whole, a+b)
		Advance(t, parts, a)
		Advance(t, parts, b)
		if d := Diff(parts, whole.Snapshot()); d != "" {
			t.Fatalf("%v: %d generations, then %d, are not %d: %s", s, a, b, a+b, d)
		}
	}
}

// checkTranslation: a moved universe goes on as the universe moved.
func checkTranslation(t *testing.T, c lawCase) {
	for _, bits := range []uint{1, 3, 4, 6, 8, 13, 20, 31, 32, 33, 40} {
		s := c.soup(18)
		dx := big.NewInt(c.rnd.Int64N(2<<bits) - 1<<bits)
		dy := big.NewInt(c.rnd.Int64N(2<<bits) - 1<<bits)
		here, there := c.engine(t, s.Pattern()), c.engine(t, s.Pattern().Translate(dx, dy))
		n := c.rnd.Int64N(35)
		Advance(t, here, n)
		Advance(t, there, n)
		if d := Diff(there, here.Snapshot().Translate(dx, dy)); d != "" {
			t.Fatalf("%v moved by (%v, %v), %d generations: %s", s, dx, dy, n, d)
		}
	}
}

// checkSymmetry: a universe turned, under the rule turned alike, goes on as the
// universe turned.
func checkSymmetry(t *testing.T, c lawCase) {
	r := rule.MustParse(c.rule)
	table, hasTable := r.Table()
	if r.Family() != rule.TwoState && (!table.IsIsotropic() || !isIsotropic(r)) {
		t.Skip("no notation for the turned rule")
	}
	for _, sym := range life.Symmetries() {
		s := c.soup(34)
		turned := r
		if even, odd := r.Phase(false), r.Phase(true); !hasTable && r.Family() == rule.TwoState {
			turned = rule.MustParse(MAP(transformTable(even, sym)) + "|" + MAP(transformTable(odd, sym)))
		} else if !table.IsIsotropic() {
			turned = rule.MustParse(MAP(transformTable(table, sym)))
		}
		q, err := s.Pattern().Transform(sym).WithRule(turned)
		if err != nil {
			t.Fatal(err)
		}
		a, b := c.engine(t, s.Pattern()), c.engine(t, q)
		n := c.rnd.Int64N(35)
		Advance(t, a, n)
		Advance(t, b, n)
		want := must[*life.Pattern](t)(a.Snapshot().Transform(sym).WithRule(turned))
		if d := Diff(b, want); d != "" {
			t.Fatalf("%v turned by symmetry %d, %d generations: %s", s, sym, n, d)
		}
	}
}

// isIsotropic reports whether the transition of a rule is the same for some squares turned and
// mirrored: the states of JvN29 have directions. It is true where there is none.
func isIsotropic(r *rule.Rule) bool {
	next, ok := r.Local()
	rnd := rand.New(rand.NewPCG(Seed(), 3))
	for range 2000 {
		var square, turned, mirrored [9]uint8
		for k := range square {
			square[k] = uint8(rnd.IntN(r.States()))
		}
		for k, s := range square {
			turned[3*(k%3)+2-k/3], mirrored[k-k%3+2-k%3] = s, s
		}
		if ok && (next(&turned) != next(&square) || next(&mirrored) != next(&square)) {
			return false
		}
	}
	return true
}

// transformTable returns the rule that acts on a turned universe as t does on
// the universe.
func transformTable(t rule.Table, sym life.Symmetry) (out rule.Table) {
	// Bit k of an index is the cell at offset (1−k%3, 1−k/3), so SE is 1.
	zero := sym.Apply(life.Point{})
	var to [9]int
	for k := range int64(9) {
		p := sym.Apply(life.Point{X: 1 - k%3, Y: 1 - k/3})
		to[k] = int(3*(1-(p.Y-zero.Y)) + 1 - (p.X - zero.X))
	}
	for i := range 512 {
		j := 0
		for k, b := range to {
			j |= i >> k & 1 << b
		}
		out.Set(j, t.Next(i))
	}
	return out
}

// checkLoadSnapshot: load∘snapshot = identity, and a snapshot stands while the
// universe goes on.
func checkLoadSnapshot(t *testing.T, c lawCase) {
	for range 3 {
		s := c.soup(66)
		s.Generation = c.rnd.Int64N(1000)
		e := c.engine(t, s.Pattern())
		c.compare(t, "loaded", s, e, s.Pattern())
		Advance(t, e, c.rnd.Int64N(20))
		snap := e.Snapshot()
		digest, pop := snap.Digest(), snap.Population()
		again := c.engine(t, snap)
		c.compare(t, "loaded a snapshot", s, again, snap)
		Advance(t, e, 5)
		Advance(t, again, 5)
		c.compare(t, "went on from a snapshot", s, again, e.Snapshot())
		if snap.Digest() != digest || snap.Population().Cmp(pop) != 0 {
			t.Fatalf("%v: the snapshot changed when the universe went on", s)
		}
	}
}

// checkOwnership: what the engine gave away or took is the caller's to change.
func checkOwnership(t *testing.T, c lawCase) {
	s := c.soup(34)
	e := c.engine(t, s.Pattern())
	n := big.NewInt(3)
	if err := e.Advance(context.Background(), n); err != nil {
		t.Fatal(err)
	}
	if n.Cmp(big.NewInt(3)) != 0 {
		t.Errorf("Advance changed its argument to %v", n)
	}
	n.SetInt64(77)
	before := e.Snapshot()
	e.Generation().SetInt64(99)
	e.Population().SetInt64(99)
	c.compare(t, "after changing results", s, e, before)
	p := s.Pattern()
	digest := p.Digest()
	e = c.engine(t, p)
	Advance(t, e, 3)
	if p.Digest() != digest || p.Generation().Sign() != 0 {
		t.Errorf("%v: Advance changed the loaded pattern", s)
	}
}

// checkEmpty: nothing comes of nothing, but time passes.
func checkEmpty(t *testing.T, c lawCase) {
	r := rule.MustParse(c.rule)
	e, err := c.New(r)
	if err != nil {
		t.Fatal(err)
	}
	empty := life.NewBuilder(r).Pattern()
	if d := Diff(e, empty); d != "" {
		t.Fatalf("new universe under %s: %s", r, d)
	}
	Advance(t, e, 1001)
	if d := Diff(e, empty.WithGeneration(big.NewInt(1001))); d != "" {
		t.Fatalf("empty universe under %s after 1001 generations: %s", r, d)
	}
	s := c.soup(34)
	Advance(t, e, 1)
	if err := e.Load(s.Pattern()); err != nil {
		t.Fatal(err)
	}
	c.compare(t, "loaded over an empty universe", s, e, s.Pattern())
	if err := e.Load(empty); err != nil {
		t.Fatal(err)
	}
	c.compare(t, "loaded an empty universe over it", s, e, empty)
}

// checkZero: Advance(0) does nothing.
func checkZero(t *testing.T, c lawCase) {
	s := c.soup(34)
	e := c.engine(t, s.Pattern())
	Advance(t, e, 0)
	c.compare(t, "Advance(0)", s, e, s.Pattern())
	Advance(t, e, 5)
	p := e.Snapshot()
	Advance(t, e, 0)
	c.compare(t, "Advance(5), Advance(0)", s, e, p)
}

// checkIteration: a loop over Cells may stop at any cell.
func checkIteration(t *testing.T, c lawCase) {
	e := c.engine(t, c.soup(34).Pattern())
	for stop := range 70 {
		n := 0
		for range e.Cells(life.Everywhere()) {
			if n == stop {
				break
			}
			n++
		}
		if n > stop {
			t.Fatalf("the loop went on for %d cells, want it to stop at %d", n, stop)
		}
	}
}

// checkChangeRule: Load brings the pattern's rule and generation.
func checkChangeRule(t *testing.T, c lawCase) {
	s := c.soup(34)
	e, err := c.New(rule.MustParse("B36/S23"))
	if errors.Is(err, life.ErrUnsupportedRule) {
		t.Skip("the engine does not run HighLife")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(Cells("B36/S23", gliderRLE, 3, 3)); err != nil {
		t.Fatal(err)
	}
	Advance(t, e, 9)
	s.Generation = 4
	if err := e.Load(s.Pattern()); err != nil {
		t.Fatal(err)
	}
	c.compare(t, "loaded under another rule", s, e, s.Pattern())
	Advance(t, e, 6)
	fresh := c.engine(t, s.Pattern())
	Advance(t, fresh, 6)
	c.compare(t, "went on under another rule", s, e, fresh.Snapshot())
}

// otherRules are rules that most engines refuse.
var otherRules = []string{
	"B3/S23:T30,20", "B3/S23:P9,7", "B3/S23:S8", "23/3/8", "R5,C0,M1,S34..58,B34..45,NM", "WireWorld",
	"B0/S", "B0/S:T10,10",
}

// checkFailedLoad: a pattern that cannot be loaded changes nothing.
func checkFailedLoad(t *testing.T, c lawCase) {
	s := c.soup(34)
	e := c.engine(t, s.Pattern())
	Advance(t, e, 3)
	before := e.Snapshot()
	for _, name := range otherRules {
		r, err := rule.Parse(name)
		if err != nil || r.States() == 0 {
			continue
		}
		if _, err := c.New(r); err == nil {
			continue
		}
		checkRefused(t, c.Config, name)
		b := life.NewBuilder(r)
		b.Set(1, 1, 1)
		if err := e.Load(b.Pattern()); !errors.Is(err, life.ErrUnsupportedRule) {
			t.Errorf("Load under %s returns %v, want ErrUnsupportedRule", name, err)
		}
		c.compare(t, "after a failed Load under "+name, s, e, before)
	}
	Advance(t, e, 3)
	again := c.engine(t, before)
	Advance(t, again, 3)
	c.compare(t, "went on after failed Loads", s, e, again.Snapshot())
}

// checkFar: at the ends of an engine's coordinates a universe is right or an
// error, never wrapped around.
func checkFar(t *testing.T, c lawCase) {
	s := c.soup(9)
	home := c.engine(t, s.Pattern())
	Advance(t, home, 24)
	want := home.Snapshot()
	one := big.NewInt(1)
	for _, k := range []uint{31, 32, 47, 53, 61, 62, 63, 64, 100} {
		for _, back := range []int64{-150, -20, 0, 20} {
			for _, sign := range []int64{1, -1} {
				d := new(big.Int).Lsh(one, k)
				d.Mul(d.Add(d, big.NewInt(back)), big.NewInt(sign))
				c.checkFarAt(t, s, want, d)
			}
		}
	}
}

func (c lawCase) checkFarAt(t *testing.T, s Soup, want *life.Pattern, d *big.Int) {
	t.Helper()
	e := c.engine(t, s.Pattern())
	p := s.Pattern().Translate(d, new(big.Int).Neg(d))
	if err := e.Load(p); err != nil {
		if !errors.Is(err, life.ErrOutOfRange) {
			t.Fatalf("%v moved by %v: Load: %v", s, d, err)
		}
		c.compare(t, "after a Load out of range", s, e, s.Pattern())
		return
	}
	if diff := Diff(e, p); diff != "" {
		t.Fatalf("%v loaded at %v: %s", s, d, diff)
	}
	if err := e.Advance(context.Background(), big.NewInt(24)); err != nil {
		if !errors.Is(err, life.ErrOutOfRange) {
			t.Fatalf("%v moved by %v: Advance: %v", s, d, err)
		}
		again := c.engine(t, s.Pattern())
		Advance(t, again, e.Generation().Int64())
		want = again.Snapshot()
	}
	if diff := Diff(e, want.Translate(d, new(big.Int).Neg(d))); diff != "" {
		t.Fatalf("%v moved by %v, 24 generations: %s", s, d, diff)
	}
}
