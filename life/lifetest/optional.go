package lifetest

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// checkEditor: Get tells what Set set, and the universe goes on as one that was
// loaded with the same cells. Skipped when the engine is not a life.Editor.
func checkEditor(t *testing.T, c lawCase) {
	s := c.soup(34)
	e, ok := c.engine(t, s.Pattern()).(life.Editor)
	if !ok {
		t.Skip("the engine is not a life.Editor")
	}
	cells := modelOf(s.Pattern())
	for round := range 6 {
		for range 40 {
			p := life.Point{X: c.rnd.Int64N(80) - 40, Y: c.rnd.Int64N(80) - 40}
			if round > 3 {
				p = p.Add(life.Point{X: -5000, Y: 100_000})
			}
			v := life.State(c.rnd.IntN(e.Rule().States()))
			err := e.Set(p, v)
			if c.Compact && errors.Is(err, life.ErrOutOfRange) && round > 3 {
				continue
			}
			if err != nil {
				t.Fatalf("%v: Set(%v, %d): %v", s, p, v, err)
			}
			cells[p] = v
			if got := e.Get(p); got != v {
				t.Fatalf("%v: Get(%v) is %d after Set to %d", s, p, got, v)
			}
		}
		want := patternOf(e, cells)
		c.compare(t, "after Set", s, e, want)
		for p := range cells {
			if got, want := e.Get(p), want.Get(p.X, p.Y); got != want {
				t.Fatalf("%v: Get(%v) is %d, want %d", s, p, got, want)
			}
		}
		loaded := c.engine(t, want)
		n := c.rnd.Int64N(9)
		Advance(t, e, n)
		Advance(t, loaded, n)
		c.compare(t, "went on after Set", s, e, loaded.Snapshot())
		cells = modelOf(e.Snapshot())
	}
	c.checkEditorErrors(t, s, e)
}

// checkEditorErrors: Set refuses states that the rule lacks, and places that the
// engine cannot hold, and changes nothing.
func (c lawCase) checkEditorErrors(t *testing.T, s Soup, e life.Editor) {
	t.Helper()
	before := e.Snapshot()
	if n := e.Rule().States(); n < 256 {
		if err := e.Set(life.Point{X: 2, Y: 2}, life.State(n)); !errors.Is(err, life.ErrState) {
			t.Errorf("Set to state %d of %d returns %v, want ErrState", n, n, err)
		}
		c.compare(t, "after a failed Set", s, e, before)
	}
	for _, p := range []life.Point{{X: 1<<62 + 5, Y: 3}, {X: 1<<63 - 1, Y: 1<<63 - 1}, {X: -1 << 63, Y: -1 << 63}, {X: 0, Y: -1 << 63}} {
		err := e.Set(p, 1)
		if err != nil && !errors.Is(err, life.ErrOutOfRange) {
			t.Errorf("Set(%v) returns %v, want nil or ErrOutOfRange", p, err)
		}
		want := life.State(1)
		if err != nil {
			want = 0
			c.compare(t, "after a Set out of range", s, e, before)
		}
		if got := e.Get(p); got != want {
			t.Errorf("Get(%v) is %d after Set returned %v", p, got, err)
		}
		if err == nil {
			if err := e.Set(p, 0); err != nil {
				t.Errorf("Set(%v) to 0 returns %v after Set to 1 returned nil", p, err)
			}
		}
	}
	c.compare(t, "after Sets out of range were undone", s, e, before)
}

// modelOf returns p's cells.
func modelOf(p *life.Pattern) map[life.Point]life.State {
	cells := map[life.Point]life.State{}
	for at, v := range p.Cells(life.Everywhere()) {
		cells[at] = v
	}
	return cells
}

// patternOf returns cells under e's rule at e's generation.
func patternOf(e life.Engine, cells map[life.Point]life.State) *life.Pattern {
	b := life.NewBuilder(e.Rule())
	b.SetGeneration(e.Generation())
	for at, v := range cells {
		b.Set(at.X, at.Y, v)
	}
	return b.Pattern()
}

// checkSampler: the samples of a view are what its cells say. Skipped when the
// engine is not a life.Sampler.
func checkSampler(t *testing.T, c lawCase) {
	s := c.soup(66)
	e := c.engine(t, s.Pattern())
	sampler, ok := e.(life.Sampler)
	if !ok {
		t.Skip("the engine is not a life.Sampler")
	}
	for range 2 {
		cells := modelOf(e.Snapshot())
		for level := range 7 {
			side := int64(1) << level
			for range 4 {
				v := view(c.rnd.Int64N(9)-6, c.rnd.Int64N(9)-6, level, 1+c.rnd.IntN(40), 1+c.rnd.IntN(40))
				c.checkView(t, s, sampler, v, cells)
			}
			// Off to the side, and about the whole.
			c.checkView(t, s, sampler, view(1<<20, -1<<20, level, 9, 5), cells)
			c.checkView(t, s, sampler, view(-300/side-1, -300/side-1, level, int(700/side)+2, int(700/side)+2), cells)
		}
		for _, level := range []int{8, 16, 31, 32, 33, 48, 61} {
			c.checkView(t, s, sampler, view(-2, -2, level, 4, 4), cells)
		}
		c.checkHugeView(t, s, sampler, len(cells) > 0 && e.Population().Sign() > 0)
		Advance(t, e, 11)
	}
}

// view returns the view whose corner is the square (x, y) of its level.
func view(x, y int64, level, width, height int) life.View {
	return life.View{
		X: new(big.Int).Lsh(big.NewInt(x), uint(level)), Y: new(big.Int).Lsh(big.NewInt(y), uint(level)),
		Level: level, Width: width, Height: height,
	}
}

// checkView compares a sample with the cells, to one step of density.
func (c lawCase) checkView(t *testing.T, s Soup, e life.Sampler, v life.View, cells map[life.Point]life.State) {
	t.Helper()
	dst := make([]uint8, v.Width*v.Height)
	for i := range dst {
		dst[i] = 0xA5 // Sample must write all of it
	}
	e.Sample(v, dst)
	count := make([]float64, len(dst))
	want := make([]uint8, len(dst))
	x0 := new(big.Int).Rsh(v.X, uint(v.Level)).Int64()
	y0 := new(big.Int).Rsh(v.Y, uint(v.Level)).Int64()
	for p, state := range cells {
		x, y := p.X>>v.Level-x0, p.Y>>v.Level-y0
		if state == 0 || x < 0 || y < 0 || x >= int64(v.Width) || y >= int64(v.Height) {
			continue
		}
		i := int(y)*v.Width + int(x)
		count[i]++
		want[i] = uint8(state)
		if v.Level > 0 {
			want[i] = uint8(1 + 254*count[i]/float64(uint64(1)<<v.Level)/float64(uint64(1)<<v.Level))
		}
	}
	for i, got := range dst {
		isWrong := got != want[i]
		if v.Level > 0 && want[i] != 0 {
			isWrong = got == 0 || max(got, want[i])-min(got, want[i]) > 1
		}
		if isWrong {
			t.Fatalf("%v: view %+v: sample %d,%d is %d, want %d", s, v, i%v.Width, i/v.Width, got, want[i])
		}
	}
}

// checkHugeView: a view of squares larger than the int64 plane shows the four
// squares about the origin.
func (c lawCase) checkHugeView(t *testing.T, s Soup, e life.Sampler, isAny bool) {
	t.Helper()
	for _, level := range []int{63, 64, 65, 100, 1000} {
		dst := []uint8{9: 0xA5, 0: 0xA5, 15: 0xA5}
		e.Sample(view(-2, -2, level, 4, 4), dst)
		var total int
		for i, v := range dst {
			if v > 1 || v != 0 && i != 5 && i != 6 && i != 9 && i != 10 {
				t.Fatalf("%v: level %d: sample %d is %d", s, level, i, v)
			}
			total += int(v)
		}
		if (total > 0) != isAny {
			t.Fatalf("%v: level %d: samples %v, want some above 0: %v", s, level, dst, isAny)
		}
	}
}

// checkMarker: Rewind brings back what Mark marked. Skipped when the engine is
// not a life.Marker.
func checkMarker(t *testing.T, c lawCase) {
	s := c.soup(34)
	e := c.engine(t, s.Pattern())
	m, ok := e.(life.Marker)
	if !ok {
		t.Skip("the engine is not a life.Marker")
	}
	var marks []life.Mark
	var states []*life.Pattern
	for range 5 {
		marks, states = append(marks, m.Mark()), append(states, e.Snapshot())
		Advance(t, e, c.rnd.Int64N(30))
	}
	for _, i := range []int{4, 0, 2, 2, 1, 3} {
		if marks[i].Generation().Cmp(states[i].Generation()) != 0 {
			t.Fatalf("%v: mark of generation %v, want %v", s, marks[i].Generation(), states[i].Generation())
		}
		if err := m.Rewind(marks[i]); err != nil {
			t.Fatalf("%v: Rewind: %v", s, err)
		}
		c.compare(t, "after Rewind", s, e, states[i])
		again := c.engine(t, states[i])
		Advance(t, e, 7)
		Advance(t, again, 7)
		c.compare(t, "went on after Rewind", s, e, again.Snapshot())
		if u, ok := e.(life.MemoryUser); ok {
			u.Collect()
		}
	}
	if err := e.Load(s.Pattern()); err != nil {
		t.Fatal(err)
	}
	// Stale marks may fail, but then nothing has changed.
	if err := m.Rewind(marks[3]); err != nil {
		c.compare(t, "after a failed Rewind", s, e, s.Pattern())
	}
}

// checkMemory: Collect changes no cell, and at its limit an engine stands at a
// whole generation and can go on. Skipped when the engine is not a
// life.MemoryUser.
func checkMemory(t *testing.T, c lawCase) {
	s := c.soup(130)
	e := c.engine(t, s.Pattern())
	u, ok := e.(life.MemoryUser)
	if !ok {
		t.Skip("the engine is not a life.MemoryUser")
	}
	Advance(t, e, 20)
	if u.Bytes() <= 0 && e.Population().Sign() > 0 {
		t.Errorf("%v: %d bytes in use, want some", s, u.Bytes())
	}
	before := e.Snapshot()
	u.Collect()
	c.compare(t, "after Collect", s, e, before)
	u.SetLimit(1)
	err := e.Advance(context.Background(), big.NewInt(60))
	if err != nil && !errors.Is(err, life.ErrMemoryLimit) {
		t.Fatalf("%v: Advance at the memory limit returns %v, want ErrMemoryLimit", s, err)
	}
	c.checkWhole(t, s, e, before, 60, err)
	u.SetLimit(0)
	rest := 60 - new(big.Int).Sub(e.Generation(), before.Generation()).Int64()
	Advance(t, e, rest)
	c.checkWhole(t, s, e, before, 60, nil)
}

// checkWhole: e stands at a whole generation of the universe that was start, up
// to n generations on, or just n when err is nil.
func (c lawCase) checkWhole(t *testing.T, s Soup, e life.Engine, start *life.Pattern, n int64, err error) {
	t.Helper()
	done := new(big.Int).Sub(e.Generation(), start.Generation()).Int64()
	if done < 0 || done > n || err == nil && done != n {
		t.Fatalf("%v: Advance(%d) returned %v after %d generations", s, n, err, done)
	}
	again := c.engine(t, start)
	Advance(t, again, done)
	c.compare(t, "after Advance ended early", s, e, again.Snapshot())
}

// checkStater: the counters have names of their own and keep their order.
// Skipped when the engine is not a life.Stater.
func checkStater(t *testing.T, c lawCase) {
	e, err := c.New(rule.MustParse(c.rule))
	if err != nil {
		t.Fatal(err)
	}
	st, ok := e.(life.Stater)
	if !ok {
		t.Skip("the engine is not a life.Stater")
	}
	names := func() (out []string) {
		for _, s := range st.Stats() {
			out = append(out, s.Name)
		}
		return out
	}
	before := names()
	if err := e.Load(c.soup(34).Pattern()); err != nil {
		t.Fatal(err)
	}
	Advance(t, e, 9)
	after := names()
	if !slices.Equal(before, after) {
		t.Errorf("counters are %v, then %v", before, after)
	}
	slices.Sort(after)
	if len(slices.Compact(after)) != len(before) {
		t.Errorf("counters %v are not all different", before)
	}
}
