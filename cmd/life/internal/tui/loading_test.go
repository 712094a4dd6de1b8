package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golife/life"
)

// slowLoader reads a gun in ten seconds, with progress, until it is stopped.
func slowLoader(ctx context.Context, name string, progress func(read, total int64)) (*life.Pattern, error) {
	for i := range int64(10) {
		progress(100*i, 1000)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
	if name == "bad.rle" {
		return nil, errors.New("bad.rle: line 1 col 1: it is bad")
	}
	return pattern("B3/S23", gunCells), nil
}

// showLoading runs a test on a viewer whose files take ten seconds to read.
func showLoading(t *testing.T, e life.Engine, test func(r *rig)) {
	t.Helper()
	show(t, pattern("B3/S23", gliderCells), e, 80, 24, func(r *rig) {
		r.loader = slowLoader
		test(r)
	})
}

// TestOpeningInBackground: what is there plays, and can be edited, until the new
// pattern is ready.
func TestOpeningInBackground(t *testing.T) {
	showLoading(t, nil, func(r *rig) {
		r.command("open big.rle")
		r.wait(3500 * time.Millisecond)
		r.shows("opening 30%, esc cancels")
		r.shows("pop 5")
		r.golden("loading")
		r.command("set 50 50 1")
		r.shows("pop 6")
		r.press("space")
		r.wait(2 * time.Second)
		if strings.Contains(r.status(), "gen 0 ") {
			t.Errorf("it does not play while a file is read: %s", r.status())
		}
		r.shows("opening 50%")
		r.wait(6 * time.Second)
		r.shows("gen 0 ")
		r.shows("pop 36")
		r.shows("paused")
		r.press("u")
		r.shows("undone: opening big.rle")
		r.press("u")
		r.shows("pop 5")
	})
}

func TestOpeningIsCancelled(t *testing.T) {
	showLoading(t, nil, func(r *rig) {
		r.command("open big.rle")
		r.wait(time.Second)
		r.press("esc")
		r.shows("opening big.rle is cancelled")
		r.shows("paused")
		r.wait(20 * time.Second)
		r.shows("pop 5")

		r.command("open bad.rle")
		r.wait(11 * time.Second)
		r.shows("open: bad.rle: line 1 col 1: it is bad")
		r.shows("pop 5")

		r.command("open first.rle")
		r.wait(5 * time.Second)
		r.command("open second.rle") // the newest wins
		r.wait(6300 * time.Millisecond)
		r.shows("opening 60%")
		r.wait(5 * time.Second)
		r.shows("second.rle")

		r.command("place big.rle")
		r.wait(5300 * time.Millisecond)
		r.shows("opening 50%")
		r.command("new") // what is there at once does not wait
		r.wait(20 * time.Second)
		r.shows("pop 0")
	})
}

// TestOpeningDuringAStep: a long step is given up for the pattern that has come.
func TestOpeningDuringAStep(t *testing.T) {
	for _, whole := range []bool{false, true} {
		e := &slowEngine{Engine: newNaive(t, pattern("B3/S23", gliderCells).Rule()), perGeneration: time.Millisecond, whole: whole}
		showLoading(t, e, func(r *rig) {
			r.command("step 1000000")
			r.wait(time.Second)
			r.shows("working")
			r.command("open big.rle")
			r.wait(4 * time.Second)
			r.shows("opening")
			r.wait(10 * time.Second)
			r.shows("gen 0 ")
			r.shows("pop 36")
		})
	}
}

// TestPanicOfALoader is shown to the user like any other.
func TestPanicOfALoader(t *testing.T) {
	t.Parallel()
	m := testModel(t)
	m.host.LoadPattern = func(context.Context, string, func(read, total int64)) (*life.Pattern, error) { panic("boom") }
	s := loadedSim(t, "naive", pattern("B3/S23", gliderCells))
	m.execute("open x")
	s.want = m.want
	s.obey()
	if text := <-s.panics; !strings.Contains(text, "boom") {
		t.Error(text)
	}
	<-s.loading.done
	s.loading.isDone = true
	s.takeLoaded()
	if len(s.replies) != 0 {
		t.Error("the panic is shown as a message, too")
	}
}
