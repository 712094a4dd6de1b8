package tui

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golife/life"
	"golife/life/view"
)

// What the past may cost.
const (
	maxMoments    = 96                     // states kept to replay from
	pastBytes     = 256 << 20              // for them and for what can be undone, each
	momentPause   = 250 * time.Millisecond // between two of them
	momentShare   = 50                     // the time that keeping takes, as 1 to it
	nodeBytes     = 20                     // of a pattern's node, about
	multiNodeByte = 68
)

// moment is a state to return to. Moments are patterns, not the marks of an
// engine: they outlive it, and do not bind an engine that is chosen during the run.
type moment struct {
	pattern *life.Pattern
	epoch   int // of the edit that it comes after
}

func (m moment) generation() *big.Int { return m.pattern.Generation() }

// patternBytes estimates the memory of a pattern.
func patternBytes(p *life.Pattern) int64 {
	if p.IsMultiState() {
		return int64(p.NodeCount()) * multiNodeByte
	}
	return int64(p.NodeCount()) * nodeBytes
}

// timeline is the past that can be returned to: moments by generation, the first
// being what `reset` goes to. Any generation after it is replayed from the moment
// before it. An edit makes a new epoch: what was computed beyond it is no more.
type timeline struct {
	moments []moment
	limit   int64 // of bytes in all moments but the first
	epoch   int   // of the present state
	epochs  int   // how many there have been
	taken   time.Time
	cost    time.Duration // of the last moment
}

// begin makes p the first moment.
func (t *timeline) begin(p *life.Pattern) {
	t.newEpoch()
	t.moments = []moment{{p, t.epoch}}
	t.taken = time.Now()
}

// edited makes p the state at its generation, and forgets what came after.
func (t *timeline) edited(p *life.Pattern) {
	t.newEpoch()
	t.cut(p.Generation())
	t.moments = append(t.moments, moment{p, t.epoch})
}

func (t *timeline) newEpoch() {
	t.epochs++
	t.epoch = t.epochs
}

// cut forgets the moments at generation g and later.
func (t *timeline) cut(g *big.Int) {
	t.moments = slices.DeleteFunc(t.moments, func(m moment) bool { return m.generation().Cmp(g) >= 0 })
}

// before returns the last moment at or before generation g.
func (t *timeline) before(g *big.Int) (_ moment, ok bool) {
	for _, m := range slices.Backward(t.moments) {
		if m.generation().Cmp(g) <= 0 {
			return m, true
		}
	}
	return moment{}, false
}

// leave is called before new generations are computed from g on: moments that come
// after an edit which this way leaves out are no more.
func (t *timeline) leave(g *big.Int) {
	t.moments = slices.DeleteFunc(t.moments, func(m moment) bool {
		return m.epoch != t.epoch && m.generation().Cmp(g) > 0
	})
}

// isDue reports whether a moment may be kept now without taking much of the time.
func (t *timeline) isDue(now time.Time) bool {
	return now.Sub(t.taken) >= max(momentPause, momentShare*t.cost)
}

// keep adds a state that was computed.
func (t *timeline) keep(p *life.Pattern) {
	g := p.Generation()
	i, there := slices.BinarySearchFunc(t.moments, g, func(m moment, g *big.Int) int { return m.generation().Cmp(g) })
	if !there {
		t.moments = slices.Insert(t.moments, i, moment{p, t.epoch})
	}
	for t.isFull() {
		t.thin()
	}
}

func (t *timeline) isFull() bool {
	var sum int64
	for _, m := range t.moments[1:] {
		sum += patternBytes(m.pattern)
	}
	return len(t.moments) > maxMoments || len(t.moments) > 2 && sum > t.limit
}

// thin drops the moment whose loss makes the shortest way to replay, seen from the
// newest: what is long ago is kept in wider steps. The first moment and those that
// follow an edit stay, as nothing leads to them.
func (t *timeline) thin() {
	last := len(t.moments) - 1
	newest := t.moments[last].generation()
	drop, best := last, 0
	for i := 1; i < last; i++ {
		if t.moments[i].epoch != t.moments[i-1].epoch {
			continue
		}
		from := t.moments[i-1].generation()
		gap := new(big.Int).Sub(t.moments[i+1].generation(), from)
		ago := from.Sub(newest, from)
		if cost := gap.BitLen() - ago.BitLen(); drop == last || cost < best {
			drop, best = i, cost
		}
	}
	t.moments = slices.Delete(t.moments, drop, drop+1)
}

// present returns the universe as a pattern, without comments.
func (s *sim) present() *life.Pattern {
	if s.now == nil {
		s.now = s.engine.Snapshot()
	}
	return s.now
}

// remember keeps the present state if it is time to.
func (s *sim) remember() {
	start := time.Now()
	if !s.timeline.isDue(start) {
		return
	}
	s.timeline.keep(s.present())
	s.timeline.taken = time.Now()
	s.timeline.cost = s.timeline.taken.Sub(start)
}

// become replaces the universe by p, by another engine if p's rule wants one. On
// error nothing has changed.
func (s *sim) become(p *life.Pattern) error {
	e := s.engine
	if s.remake != nil && !p.Rule().Equal(e.Rule()) {
		var err error
		if e, err = s.remake(p); err != nil {
			return err
		}
	}
	if err := e.Load(p); err != nil {
		return err
	}
	s.use(e, p)
	return nil
}

// use makes e, which holds p, the engine.
func (s *sim) use(e life.Engine, p *life.Pattern) {
	if e != s.engine {
		closeEngine(s.engine)
	}
	s.engine = e
	s.now, s.chunkExp, s.numbers, s.meter, s.tip = p, 0, numbers{}, meter{}, noTip
	s.machine.observe(e)
}

// restore goes to a moment.
func (s *sim) restore(m moment) error {
	if err := s.become(m.pattern); err != nil {
		return err
	}
	s.timeline.epoch = m.epoch
	return nil
}

// maker makes the engine for a pattern.
type maker func(*life.Pattern) (life.Engine, error)

// goTo goes to a generation, by replay when it is in the past.
func (s *sim) goTo(target *big.Int) error {
	s.settle()
	first := s.timeline.moments[0].generation()
	if target.Cmp(first) < 0 {
		return fmt.Errorf("generation %v: the first one is %v", target, first)
	}
	here := s.engine.Generation()
	if m, ok := s.timeline.before(target); ok && (here.Cmp(target) > 0 || m.generation().Cmp(here) > 0) {
		if err := s.restore(m); err != nil {
			return err
		}
		here = m.generation()
	}
	if here.Cmp(target) < 0 {
		s.going, s.travels = new(big.Int).Set(target), true
	}
	return nil
}

// back goes back by n generations, or to the first.
func (s *sim) back(n *big.Int) error {
	here, first := s.engine.Generation(), s.timeline.moments[0].generation()
	if s.settle(); here.Cmp(first) == 0 {
		return errors.New("this is the first generation")
	}
	target := new(big.Int).Sub(here, n)
	if target.Cmp(first) < 0 {
		target = first
	}
	return s.goTo(target)
}

// bookmark is a state with a name.
type bookmark struct {
	name    string
	pattern *life.Pattern
}

func (b bookmark) generation() *big.Int { return b.pattern.Generation() }

// mark gives the present state a name.
func (s *sim) mark(name string) error {
	s.settle()
	p := s.present()
	s.bookmarks = slices.DeleteFunc(s.bookmarks, func(b bookmark) bool { return b.name == name })
	s.bookmarks = append(s.bookmarks, bookmark{name, p})
	slices.SortStableFunc(s.bookmarks, func(a, b bookmark) int { return a.generation().Cmp(b.generation()) })
	s.tell(fmt.Sprintf("mark %s is at generation %s", name, view.Number(p.Generation(), exactDigits)))
	return nil
}

// jump goes to the state of a mark, whatever was edited since. What was computed
// after that generation is no more, as after an edit.
func (s *sim) jump(name string) error {
	i := slices.IndexFunc(s.bookmarks, func(b bookmark) bool { return b.name == name })
	if i < 0 {
		return fmt.Errorf("mark %s: there is none; :mark %s sets it", name, name)
	}
	return s.goToMark(s.bookmarks[i])
}

// jumpBy goes to the next mark, or with by < 0 to the last one, from here.
func (s *sim) jumpBy(by int) error {
	here, found := s.engine.Generation(), -1
	for i, b := range s.bookmarks {
		switch c := b.generation().Cmp(here); {
		case by < 0 && c < 0:
			found = i
		case by > 0 && c > 0 && found < 0:
			found = i
		}
	}
	if found < 0 {
		return errors.New("there is no mark that way; :mark sets one")
	}
	return s.goToMark(s.bookmarks[found])
}

func (s *sim) goToMark(b bookmark) error {
	s.settle()
	if err := s.become(b.pattern); err != nil {
		return err
	}
	s.timeline.edited(b.pattern)
	s.tell("mark " + b.name)
	return nil
}
