package hashlife

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// soupEngine returns an engine, and a random square of the given side for it.
func soupEngine(t *testing.T, r *rand.Rand, rulestring string, side int64, opts ...Option) (*Engine, *life.Pattern) {
	t.Helper()
	b := life.NewBuilder(rule.MustParse(rulestring))
	for y := range side {
		for x := range side {
			if r.IntN(8) < 3 {
				b.Set(x, y, 1)
			}
		}
	}
	p := b.Pattern()
	e, err := New(p.Rule(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e, p
}

// A universe whose nodes or leaves become too many for packed nodes, on the way, is the same as
// another, with one worker and several, with room and without.
func TestWidening(t *testing.T) {
	r := seeded(t)
	for _, c := range []struct {
		nodes, leaves int
		limit         int64
		threads       int
	}{
		{5_000, maxPackedLeaves, 0, 1},
		{maxPacked, 1500, 0, 1},
		{7_000, maxPackedLeaves, 0, 3},
		{maxPacked, 2000, 0, 3},
		{7_000, maxPackedLeaves, 3 << 19, 1},
		{maxPacked, 2000, 3 << 19, 2},
	} {
		if testing.Short() && c.threads == 1 {
			continue
		}
		e, p := soupEngine(t, r, "B3/S23", 120, WithThreads(c.threads), WithMemory(c.limit))
		want, _ := soupEngine(t, r, "B3/S23", 1)
		e.step.most.nodes, e.step.most.leaves = c.nodes, c.leaves
		if c.limit == 0 {
			e.SetLimit(0)
		}
		if e.step.isWide {
			t.Skip("this processor has wide nodes only")
		}
		for _, u := range []*Engine{e, want} {
			if err := u.Load(p); err != nil {
				t.Fatal(err)
			}
			for _, n := range []int64{1024, 1, 500} {
				if err := u.Advance(context.Background(), big.NewInt(n)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if !e.Snapshot().SameCells(want.Snapshot()) {
			t.Errorf("%+v: another universe than with packed nodes", c)
		}
		if !e.step.isWide || want.step.isWide {
			t.Errorf("%+v: wide: %v, and of the other: %v; want true and false", c, e.step.isWide, want.step.isWide)
		}
	}
}

// Where packed nodes are as many as they can be, and wide ones do not fit the limit, a
// collection makes room as it does at the limit.
func TestCollectionWithoutNames(t *testing.T) {
	r := seeded(t)
	e, p := soupEngine(t, r, "B3/S23", 200, WithMemory(1_850_000))
	if e.step.isWide {
		t.Skip("this processor has wide nodes only")
	}
	e.step.most.nodes = 40_000
	for soups := 0; soups < 20 && e.step.counts.collections == 0; soups++ { // some settle too soon
		if err := e.Load(p); err != nil {
			t.Fatal(err)
		}
		if err := e.Advance(context.Background(), big.NewInt(4096)); err != nil {
			t.Fatal(err)
		}
		_, p = soupEngine(t, r, "B3/S23", 200)
	}
	made, collections := int64(0), e.step.counts.collections
	for _, w := range e.step.team.workers {
		made += w.made
	}
	if e.step.isWide || collections == 0 {
		t.Fatalf("wide: %v after %d collections, want false and some: the test tests nothing", e.step.isWide, collections)
	}
	if least := int64(40_000 / leastLeft / 2); made/collections < least {
		t.Errorf("%d nodes made and %d collections, want one for %d at most", made, collections, least)
	}
}

// There are more short steps than tags: no result of one may pass for that of another.
func TestMoreStepsThanTags(t *testing.T) {
	r := seeded(t)
	s := newStore(t, 1)
	i := tree(s, r, 2)
	seen := map[uint32]bool{}
	for k := range firstPending - firstSlow {
		tag := s.slowTag(slowStep{k, 0})
		if seen[tag] || tag < firstSlow || !isResult(tag) || isPending(tag) || s.slowTag(slowStep{k, 0}) != tag {
			t.Fatalf("step %d has tag %d", k, tag)
		}
		seen[tag] = true
	}
	full := s.find(join(i, i), 0)
	s.setMemo(i, firstSlow+5, i)
	s.setMemo(full, fullResult, i)
	if tag := s.slowTag(slowStep{7, 1}); tag != firstSlow {
		t.Errorf("tag %d after all have been used, want %d", tag, firstSlow)
	}
	if s.tag(i) != noResult || s.tag(full) != fullResult {
		t.Errorf("tags %d and %d are left of a short step and a full one", s.tag(i), s.tag(full))
	}
}

// What an abandoned computation left pending must not be waited for.
func TestAbandoned(t *testing.T) {
	r := seeded(t)
	e, p := soupEngine(t, r, "B3/S23", 300, WithThreads(2))
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	polls := 0
	if err := e.attempt(func() { e.pad(9) }); err != nil {
		t.Fatal(err)
	}
	e.step.poll = func() bool { polls++; return polls > 20 }
	e.step.setStep(9, 0, e.level)
	if _, why := e.step.compute(e.root, e.level); why != cancelled {
		t.Fatalf("the computation ended with %d, want it cancelled", why)
	}
	pending := 0
	for i := range id(e.step.taken.Load()) {
		if isPending(e.step.tag(i)) {
			pending++
		}
	}
	if pending == 0 {
		t.Fatal("nothing was pending: the test tests nothing")
	}
	if err := e.Advance(ctx, big.NewInt(1)); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	want, _ := soupEngine(t, r, "B3/S23", 1)
	if err := want.Load(p); err != nil {
		t.Fatal(err)
	}
	for _, u := range []*Engine{e, want} {
		if err := u.Advance(context.Background(), big.NewInt(512)); err != nil {
			t.Fatal(err)
		}
	}
	if !e.Snapshot().SameCells(want.Snapshot()) {
		t.Error("another universe than without the computation before")
	}
}

// At the limit, a result that served lately is worth more than one that did not.
func TestCollectionKeepsWhatServed(t *testing.T) {
	r := seeded(t)
	for range 20 {
		s := newStore(t, 1)
		s.limit = 1 << 17
		s.sizeNodes(4000, false)
		s.sizeLeaves(1200, false)
		if s.stamps == nil {
			t.Fatal("no stamps near the limit")
		}
		var with, without []id
		for k := range 20 {
			a := tree(s, r, 3)
			s.setMemo(a, fullResult, tree(s, r, 2))
			s.setStamp(a, s.epoch())
			if k%2 == 0 {
				with = append(with, a)
			} else {
				without = append(without, a)
			}
		}
		s.firstEpoch += 20
		for _, a := range with {
			s.setStamp(a, s.epoch())
		}
		m := s.newCollector(func(func(*id)) {}, true)
		for _, a := range with {
			for _, b := range without {
				if v, w := *m.worthOf(a), *m.worthOf(b); v <= w {
					t.Errorf("worth %d of what served lately, %d of what did not", v, w)
				}
			}
		}
		m.free()
	}
}
