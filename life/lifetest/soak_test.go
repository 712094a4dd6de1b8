package lifetest_test

import (
	"context"
	"errors"
	"math/big"
	"os"
	"strconv"
	"testing"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/lifetest"
)

// TestSoak runs random jobs on hashlife, each third one on an engine that chooses, and
// compares it, bit for bit, with tile or naive: soups, collisions and known patterns, under rules of all kinds, with
// one to four threads and memory limits from tiny to none. Each job advances in
// one or several calls, with marks, rewinds, collections and loads of other
// patterns in between.
//
// GOLIFE_SOAK is how many jobs of full size to run, beginning with the one that
// GOLIFE_SEED names. A failed job prints both for itself alone.
func TestSoak(t *testing.T) {
	jobs, isSmall := 60, true
	if testing.Short() {
		jobs = 10
	}
	if n, err := strconv.Atoi(os.Getenv("GOLIFE_SOAK")); err == nil && n > 0 {
		jobs, isSmall = n, false
	}
	var at soakLimits
	for i := range jobs {
		seed := lifetest.Seed() + uint64(i)
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			j := newSoakJob(t, seed, isSmall)
			t.Logf("GOLIFE_SOAK=1 GOLIFE_SEED=%d go test ./life/lifetest -run TestSoak (small: %v)\n%v", seed, isSmall, j)
			runSoakJob(t, j, &at)
		})
	}
	t.Logf("%d jobs from GOLIFE_SEED=%d; %d made room, %d times there was none, %d times that took too long",
		jobs, lifetest.Seed(), at.collected, at.ended, at.slow)
}

// soakLimits counts how often a memory limit mattered.
type soakLimits struct{ collected, ended, slow int }

// soak is a job under way.
type soak struct {
	*testing.T
	got    life.Engine
	want   life.Engine
	other  *life.Pattern
	limit  int64
	inUse  int64 // bytes when the limit was set, perhaps more than it
	marks  []life.Mark
	marked []*life.Pattern
	at     *soakLimits
}

// runSoakJob does all operations of j.
func runSoakJob(t *testing.T, j *soakJob, at *soakLimits) {
	s := &soak{T: t, other: j.other, at: at}
	name := "hashlife"
	if j.seed%3 == 0 {
		name = engine.Auto
	}
	s.got = s.engine(name, j.pattern, engine.Options{Memory: j.limit, Threads: j.threads})
	s.want = s.engine(referenceOf(j), j.pattern, engine.Options{})
	s.setLimit(j.limit)
	s.load(j.pattern)
	for _, op := range j.ops {
		switch op.name {
		case "advance":
			s.advance(big.NewInt(op.n))
		case "mark":
			s.marks = append(s.marks, s.got.(life.Marker).Mark())
			s.marked = append(s.marked, s.want.Snapshot())
		case "rewind":
			s.rewind(int(op.n))
		case "load":
			s.detour()
		case "collect":
			s.got.(life.MemoryUser).Collect()
		case "limit":
			s.setLimit(op.n)
		}
		s.compare(op.name)
		if s.Failed() {
			s.FailNow()
		}
	}
	if d := lifetest.Diff(s.got, s.want.Snapshot()); d != "" {
		t.Fatalf("in the end: %s", d)
	}
	for _, c := range s.got.(life.Stater).Stats() {
		if c.Name == "collections" && c.Value > 0 {
			at.collected++
		}
	}
}

// referenceOf returns the engine to compare with: naive, the plainest, where it
// is quick enough.
func referenceOf(j *soakJob) string {
	var generations float64
	for _, op := range j.ops {
		if op.name == "advance" {
			generations += float64(op.n)
		}
	}
	w, h := extent(j.pattern)
	side := float64(max(w, h)) + 2*generations
	if side*side*generations < 300_000 {
		return "naive"
	}
	return "tile"
}

// engine returns an empty engine for the job's rule.
func (s *soak) engine(name string, p *life.Pattern, o engine.Options) life.Engine {
	s.Helper()
	e, err := engine.New(name, p.Rule(), o)
	if err != nil {
		s.Fatal(err)
	}
	if c, ok := e.(interface{ Close() }); ok {
		s.Cleanup(c.Close)
	}
	return e
}

// setLimit changes the memory limit.
func (s *soak) setLimit(bytes int64) {
	s.got.(life.MemoryUser).SetLimit(bytes)
	s.limit = bytes
	s.inUse = s.got.(life.MemoryUser).Bytes()
}

// load loads p into both engines; memory may end in the one under test, which
// then stands where it stood, and takes p once it has more.
func (s *soak) load(p *life.Pattern) {
	s.Helper()
	err := s.got.Load(p)
	if errors.Is(err, life.ErrMemoryLimit) {
		s.compare("refused load")
		s.lift("Load", p)
		err = s.got.Load(p)
	}
	if err == nil {
		err = s.want.Load(p)
	}
	if err != nil {
		s.Fatalf("Load: %v", err)
	}
	s.marks, s.marked = nil, nil
}

// detour loads another pattern, advances it and comes back.
func (s *soak) detour() {
	s.Helper()
	here := s.want.Snapshot()
	s.load(s.other)
	s.advance(big.NewInt(37))
	s.compare("detour")
	s.load(here)
}

// soakPatience is how long an engine may make room again and again, below a limit
// that is just not too small, before it gets more.
const soakPatience = 3 * time.Second

// advance advances both engines by n. Where memory ends, or patience, the universe
// must be the last whole one, and the engine must go on from there when it has more.
func (s *soak) advance(n *big.Int) {
	s.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	if s.limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, soakPatience)
	}
	defer cancel()
	from := s.got.Generation()
	err := s.got.Advance(ctx, n)
	done := new(big.Int).Sub(s.got.Generation(), from)
	if done.Sign() < 0 || done.Cmp(n) > 0 || err == nil && done.Cmp(n) != 0 {
		s.Fatalf("Advance(%v) returned %v after %v generations", n, err, done)
	}
	s.follow(done)
	if err == nil {
		return
	}
	s.compare("advance that ended early")
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		s.at.slow++
		s.setLimit(0)
	case errors.Is(err, life.ErrMemoryLimit):
		s.lift("Advance", s.want.Snapshot())
	default:
		s.Fatalf("Advance(%v): %v", n, err)
	}
	rest := new(big.Int).Sub(n, done)
	if err := s.got.Advance(context.Background(), rest); err != nil {
		s.Fatalf("Advance(%v) without a limit: %v", rest, err)
	}
	s.follow(rest)
}

// follow advances the reference.
func (s *soak) follow(n *big.Int) {
	s.Helper()
	if err := s.want.Advance(context.Background(), n); err != nil {
		s.Fatalf("reference: Advance(%v): %v", n, err)
	}
}

// An engine may use soakBase whatever its limit. A limit may end a run when it is
// below soakBase and soakPerNode for each distinct node of the pattern; with more,
// some way on must be found.
const (
	soakBase    = 1 << 20
	soakPerNode = 256
)

// lift takes the limit away that p was too large for, if it was.
func (s *soak) lift(what string, p *life.Pattern) {
	s.Helper()
	enough := soakBase + soakPerNode*int64(p.NodeCount())
	if s.limit == 0 || s.limit > enough {
		s.Errorf("%s: memory ended at a limit of %d bytes, %d are enough for %d nodes", what, s.limit, enough, p.NodeCount())
	}
	s.at.ended++
	s.setLimit(0)
}

// rewind goes back to a mark.
func (s *soak) rewind(i int) {
	s.Helper()
	if i >= len(s.marks) {
		return
	}
	if err := s.got.(life.Marker).Rewind(s.marks[i]); err != nil {
		s.Fatalf("Rewind: %v", err)
	}
	if err := s.want.Load(s.marked[i]); err != nil {
		s.Fatal(err)
	}
}

// compare fails the job when the engines are not in the same state, or when one
// uses more memory than it may.
func (s *soak) compare(after string) {
	s.Helper()
	if d := lifetest.DiffPatterns(s.got.Snapshot(), s.want.Snapshot()); d != "" {
		s.Fatalf("after %s: %s", after, d)
	}
	if got, want := s.got.Population(), s.want.Population(); got.Cmp(want) != 0 {
		s.Fatalf("after %s: population %v, want %v", after, got, want)
	}
	if got := s.got.(life.MemoryUser).Bytes(); s.limit > 0 && got > max(s.limit, s.inUse, soakBase) {
		s.Errorf("after %s: %d bytes in use, limit %d", after, got, s.limit)
	}
}
