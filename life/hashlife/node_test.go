package hashlife

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/internal/lookup"
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

// A universe whose nodes or leaves become too many for their form, on the way, is the same as
// another, with one worker and several, with room and without.
func TestWidening(t *testing.T) {
	r := seeded(t)
	all := formRoom[packed]
	for _, c := range []struct {
		most, most25 entries
		limit        int64
		threads      int
		want         form
	}{
		{entries{5_000, all.leaves}, all, 0, 1, packed25},
		{entries{all.nodes, 1500}, all, 0, 1, packed25},
		{entries{7_000, all.leaves}, all, 0, 3, packed25},
		{entries{all.nodes, 2000}, all, 0, 3, packed25},
		{entries{5_000, all.leaves}, entries{9_000, all.leaves}, 0, 1, wide},
		{entries{all.nodes, 1500}, entries{all.nodes, 2500}, 0, 1, wide},
		{entries{5_000, all.leaves}, entries{5_000, 1500}, 0, 3, wide},
		{entries{7_000, all.leaves}, entries{8_000, all.leaves}, 3 << 19, 1, wide},
		{entries{all.nodes, 2000}, all, 3 << 19, 2, packed25},
	} {
		if testing.Short() && c.threads == 1 {
			continue
		}
		e, p := soupEngine(t, r, "B3/S23", 120, WithThreads(c.threads), WithMemory(c.limit))
		want, _ := soupEngine(t, r, "B3/S23", 1)
		e.step.most[packed], e.step.most[packed25] = c.most, c.most25
		if c.limit == 0 {
			e.SetLimit(0)
		}
		if e.step.form == wide {
			t.Skip("this processor has wide nodes only")
		}
		for _, u := range []*Engine{e, want} {
			if err := u.Load(p); err != nil {
				t.Fatal(err)
			}
		}
		// 500 takes more short steps than form packed25 can tell apart.
		for _, n := range []struct {
			generations []int64
			form        form
		}{{[]int64{1024, 1, 512}, c.want}, {[]int64{500}, wide}} {
			for _, u := range []*Engine{e, want} {
				for _, g := range n.generations {
					if err := u.Advance(context.Background(), big.NewInt(g)); err != nil {
						t.Fatal(err)
					}
				}
			}
			if !e.Snapshot().SameCells(want.Snapshot()) {
				t.Errorf("%+v: another universe than with packed nodes", c)
			}
			if e.step.form != n.form && c.limit == 0 || e.step.form == packed || want.step.form != packed {
				t.Errorf("%+v: form %v after %d, and %v of the other; want %v and %v", c, e.step.form, n.generations, want.step.form, n.form, packed)
			}
		}
	}
}

// Nodes of every form are what they were in the one before, those that are pending too.
func TestWiden(t *testing.T) {
	r := seeded(t)
	s := newStore(t, 1)
	if s.form == wide {
		t.Skip("this processor has wide nodes only")
	}
	nodes := randomWide(r, 3000, packed, lookup.MaxPacked, lookup.MaxPackedBelow-1)
	for k := range nodes {
		if n := &nodes[k]; isPending(n.tag) {
			n.res = 0
		} else {
			n.tag %= firstSlow + most25
		}
	}
	nodes[0] = wideNode{}
	s.taken.Store(int64(len(nodes)))
	s.setNodes(0, nodes)
	s.clearNode(7)
	for _, f := range []form{packed25, wide} {
		s.widen(f)
		for i, n := range nodes[1:] {
			i := id(i + 1)
			if i == 7 {
				if !s.isGap(i) {
					t.Errorf("form %v: node %d is no gap", f, i)
				}
				continue
			}
			north, south := s.square(i)
			tag, res := s.memo(i)
			if north != n.north || south != n.south || tag != n.tag || s.tag(i) != tag || !isPending(tag) && res != n.res {
				t.Errorf("form %v: node %d became %x %x %d %x, want %+v", f, i, north, south, tag, res, n)
			}
		}
	}
}

// Where there are more short steps than nodes of 25 bits can tell apart, they become wide; and if
// those do not fit the limit, no result of one step passes for that of another.
func TestMoreStepsThanTagsOf25(t *testing.T) {
	for _, isLimited := range []bool{false, true} {
		s := newStore(t, 1)
		if s.form == wide {
			t.Skip("this processor has wide nodes only")
		}
		s.widen(packed25)
		i := tree(s, seeded(t), 2)
		for k := range most25 {
			s.setMemo(i, s.slowTag(slowStep{k, 0}), i)
		}
		if isLimited {
			s.limit = s.bytes()
		}
		tag, want := s.slowTag(slowStep{most25, 0}), uint32(firstSlow+most25)
		if isLimited {
			want = firstSlow
		}
		if _, ok := s.resultOf(i, tag); ok || tag != want || (s.form == wide) == isLimited {
			t.Errorf("limited: %v: form %v, tag %d, want %d; another's result: %v", isLimited, s.form, tag, want, ok)
		}
	}
}

// Where packed nodes are as many as they can be, and wide ones do not fit the limit, a
// collection makes room as it does at the limit.
func TestCollectionWithoutNames(t *testing.T) {
	r := seeded(t)
	e, p := soupEngine(t, r, "B3/S23", 200, WithMemory(1_850_000))
	if e.step.form == wide {
		t.Skip("this processor has wide nodes only")
	}
	e.step.most[packed].nodes, e.step.most[packed25].nodes = 40_000, 40_000
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
	if e.step.form == wide || collections == 0 {
		t.Fatalf("form %v after %d collections, want another than %v and some: the test tests nothing", e.step.form, collections, wide)
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
		m := s.newCollector(func(func(*id)) {}, true, false)
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
