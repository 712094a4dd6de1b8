package tui

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
)

// loadedSim returns a simulation with a pattern in it, without its goroutine.
func loadedSim(t *testing.T, name string, p *life.Pattern) *sim {
	t.Helper()
	e, err := engine.New(name, p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	m := testModel(t)
	s := newSim(e, p, func(life.Engine) engine.Choice { return engine.Choice{Name: name} }, m.want)
	s.now = p
	s.timeline.begin(p)
	t.Cleanup(s.attic.close)
	return s
}

// advance computes n generations as a step of the user does.
func (s *sim) advance(t *testing.T, n int64) {
	t.Helper()
	s.settle()
	s.tip, s.now = noTip, nil
	s.timeline.leave(s.engine.Generation())
	if err := s.engine.Advance(t.Context(), big.NewInt(n)); err != nil {
		t.Fatal(err)
	}
}

// TestManyEdits undoes and redoes 100,000 edits of a soup of a million cells, which
// take little memory.
func TestManyEdits(t *testing.T) {
	t.Parallel()
	n := 100_000
	if testing.Short() {
		n = 2_000
	}
	start := bigSoup(1024)
	s := loadedSim(t, "tile", start)
	rng := rand.New(rand.NewPCG(8, 3))
	for i := range n {
		at := life.Point{X: rng.Int64N(1024), Y: rng.Int64N(1024)}
		if err := s.setCells("set", 0, []cell{{at, life.State(rng.IntN(2))}}); err != nil {
			t.Fatal(err)
		}
		if i == n/2 {
			s.advance(t, 10)
		}
	}
	end := s.present()
	if sum, _ := s.countDeeds(); sum > 64<<20 || len(s.deeds) != n {
		t.Errorf("%d deeds take %d bytes", len(s.deeds), sum)
	}
	repeat(t, s.undo)
	if !s.present().Equal(start) {
		t.Error("undoing all does not lead to the start")
	}
	s.advance(t, 1) // redo and undo know the way from anywhere
	repeat(t, s.redo)
	if !s.present().Equal(end) || len(s.deeds) != n {
		t.Errorf("redoing all does not lead to the end; %d deeds", len(s.deeds))
	}
}

// repeat does f until there is nothing more to do.
func repeat(t *testing.T, f func() error) {
	t.Helper()
	for range 1 << 20 {
		switch err := f(); {
		case err == nil:
		case err.Error() == "there is nothing to undo", err.Error() == "there is nothing to do again":
			return
		default:
			t.Fatal(err)
		}
	}
}

// stained returns random cells of a rule with comments.
func stained(rulestring string, seed uint64) *life.Pattern {
	rng := rand.New(rand.NewPCG(seed, 0))
	r := rule.MustParse(rulestring)
	b := life.NewBuilder(r)
	for range 3000 {
		b.Set(rng.Int64N(100)-50, rng.Int64N(100)-50, life.State(1+rng.IntN(r.States()-1)))
	}
	b.SetGeneration(big.NewInt(int64(seed)))
	return b.Pattern().WithComments([]life.Comment{{Key: 'C', Text: " [[ T 1\ntwo"}})
}

// TestDeedsInFiles: when whole states take too much memory, they go to files and come
// back the same; the files are removed at the end.
func TestDeedsInFiles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, rulestring := range []string{"B3/S23", "B3/S23:T200,150", "345/2/4", "B0/S8"} {
		first := stained(rulestring, 0)
		s := loadedSim(t, "naive", first)
		s.deedLimit = 100_000
		states := []*life.Pattern{first}
		for i := range uint64(30) {
			p := stained(rulestring, i+1)
			if err := s.replace("clear", p); err != nil {
				t.Fatal(err)
			}
			if err := s.setCells("set", 0, []cell{{life.Point{X: 7, Y: 7}, 1}}); err != nil {
				t.Fatal(err)
			}
			s.settle()
			states = append(states, p, s.present())
		}
		s.attic.wg.Wait()
		if files, _ := filepath.Glob(filepath.Join(s.attic.folder, "*.mc")); len(files) < 10 {
			t.Errorf("%s: %d files", rulestring, len(files))
		}
		if sum, _ := s.countDeeds(); sum > 2*s.deedLimit {
			t.Errorf("%s: %d bytes in memory, want at most %d", rulestring, sum, 2*s.deedLimit)
		}
		for i := len(states) - 2; i >= 0; i-- {
			if err := s.undo(); err != nil {
				t.Fatalf("%s: state %d: %v", rulestring, i, err)
			}
			if got := s.present(); !got.Equal(states[i]) || !got.Rule().Equal(states[i].Rule()) {
				t.Fatalf("%s: state %d has come back as another one", rulestring, i)
			}
		}
		s.attic.close()
		if _, err := os.Stat(s.attic.folder); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v, want that the folder is removed", rulestring, err)
		}
	}
}

// TestKeptComments: a state that comes back from a file is the same with its comments.
func TestKeptComments(t *testing.T) {
	t.Parallel()
	p := stained("345/2/4", 5)
	k := &kept{pattern: p}
	k.move(filepath.Join(t.TempDir(), "x"), func() bool { return false })
	if k.bytes() != 0 {
		t.Error("it is still in memory")
	}
	q, err := k.get()
	if err != nil || !q.Equal(p) || q.Comments()[0] != p.Comments()[0] {
		t.Errorf("%v, comments %q", err, q.Comments())
	}
}

// TestNoRoomForDeeds: without a folder for files the oldest edits are forgotten, and
// the user is told so; what is left can be undone.
func TestNoRoomForDeeds(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	s := loadedSim(t, "naive", stained("B3/S23", 0))
	s.deedLimit = 100_000
	for i := range uint64(30) {
		if err := s.replace("clear", stained("B3/S23", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if s.note == "" || len(s.deeds) == 0 || len(s.deeds) >= 30 {
		t.Errorf("%d deeds, note %q", len(s.deeds), s.note)
	}
	repeat(t, s.undo)
}
