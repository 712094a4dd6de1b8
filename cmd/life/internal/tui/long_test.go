package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/engine"
)

// viewSlow is show with an engine that takes 10 ms a generation.
func viewSlow(t *testing.T, whole bool, test func(r *rig)) {
	t.Helper()
	p := pattern("B3/S23", "OOO")
	e := &slowEngine{Engine: newNaive(t, p.Rule()), perGeneration: 10 * time.Millisecond, whole: whole}
	show(t, p, e, 90, 20, test)
}

// step1024 starts a step that takes ten seconds.
func (r *rig) step1024() {
	for range 10 {
		r.press("+")
	}
	r.press(".")
}

func TestLongStepSaysWorking(t *testing.T) {
	viewSlow(t, false, func(r *rig) {
		r.step1024()
		r.wait(100 * time.Millisecond)
		r.shows("paused")
		r.wait(300 * time.Millisecond)
		r.shows("working, esc cancels")
		r.wait(3 * time.Second)
		r.shows("working 3s, esc cancels")
		r.wait(8 * time.Second)
		r.shows("paused")
		r.shows("gen 1,024")
	})
}

func TestLongStepShowsProgress(t *testing.T) {
	viewSlow(t, false, func(r *rig) {
		r.step1024()
		last := ""
		for range 5 {
			r.wait(500 * time.Millisecond)
			if s := r.status(); s == last {
				t.Errorf("no progress in half a second: %s", s)
			} else {
				last = s
			}
		}
	})
}

func TestEscapeCancelsALongStep(t *testing.T) {
	viewSlow(t, false, func(r *rig) {
		r.step1024()
		r.wait(2 * time.Second)
		r.press("esc")
		r.wait(20 * time.Millisecond)
		r.shows("paused")
		r.shows("cancelled at generation ")
		before := r.text()
		r.wait(time.Minute)
		if r.text() != before {
			t.Error("the step went on")
		}
		r.press("esc")
		r.quits()
	})
}

func TestEscapeWhilePlayingLongSteps(t *testing.T) {
	viewSlow(t, true, func(r *rig) {
		for range 5 { // steps of 320 ms
			r.press("+")
		}
		r.press("space")
		r.wait(670 * time.Millisecond) // early in a step, but the last one was long
		r.press("esc")
		r.wait(time.Millisecond)
		r.shows("paused")
		r.shows("cancelled at generation 64")
	})
}

func TestCancelledWholeStepLeavesTheState(t *testing.T) {
	viewSlow(t, true, func(r *rig) {
		r.step1024()
		r.wait(time.Second)
		r.press("esc")
		r.wait(time.Millisecond)
		r.shows("cancelled at generation 0")
		r.shows("gen 0 ")
	})
}

func TestLookingAroundDuringALongStep(t *testing.T) {
	for _, whole := range []bool{false, true} {
		viewSlow(t, whole, func(r *rig) {
			r.step1024()
			r.wait(time.Second)
			before := r.text()
			r.press("left")
			r.wait(staleTime)
			if r.text() == before {
				t.Error("the picture has not moved")
			}
			r.wait(100 * time.Millisecond)
			r.press("Z", "Z")
			r.wait(100 * time.Millisecond)
			r.shows("zoom 1:1")
			r.shows("working")
			r.wait(10 * time.Second)
			r.shows("gen 1,024")
		})
	}
}

func TestPauseFinishesALongStep(t *testing.T) {
	viewSlow(t, true, func(r *rig) {
		for range 7 {
			r.press("+")
		}
		r.press("space")
		r.wait(time.Second)
		r.press("space")
		r.shows("finishing this step")
		r.wait(time.Second)
		r.shows("gen 128")
		r.shows("paused")
	})
}

func TestResetDuringALongStep(t *testing.T) {
	viewSlow(t, false, func(r *rig) {
		r.step1024()
		r.wait(time.Second)
		r.press("r")
		r.wait(20 * time.Millisecond)
		r.shows("gen 0 ")
		r.shows("back to the first generation")
		if strings.Contains(r.text(), "cancelled") {
			t.Error(r.text())
		}
	})
}

func TestSingleStepsQueue(t *testing.T) {
	viewSlow(t, false, func(r *rig) {
		r.press("+", "+", ".", ".", ".")
		r.wait(time.Second)
		r.shows("gen 12 ")
	})
}

func TestFailedStepPauses(t *testing.T) {
	p := pattern("B3/S23", gliderCells)
	e := &slowEngine{Engine: newNaive(t, p.Rule()), advanceErr: fmt.Errorf("hashlife: %w", life.ErrMemoryLimit)}
	show(t, p, e, 100, 20, func(r *rig) {
		r.press("space")
		r.wait(time.Second)
		r.shows("paused")
		r.shows("the memory limit is reached")
	})
}

// TestPanicRestoresTheTerminal: a panic of the engine comes out of run, after
// the screen is closed.
func TestPanicRestoresTheTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pattern("B3/S23", gliderCells)
		sim := tcell.NewSimulationScreen("UTF-8")
		scr, err := newScreen(sim)
		if err != nil {
			t.Fatal(err)
		}
		got := make(chan any)
		go func() {
			defer func() { got <- recover() }()
			e := &slowEngine{Engine: newNaive(t, p.Rule()), panics: true}
			_ = run(context.Background(), Options{Pattern: p}, e, func(life.Engine) engine.Choice { return engine.Choice{} }, scr)
		}()
		synctest.Wait()
		sim.InjectKey(tcell.KeyRune, ' ', tcell.ModNone)
		if s := fmt.Sprint(<-got); !strings.Contains(s, "broken engine") || !strings.Contains(s, "Advance") {
			t.Errorf("recovered %s", s)
		}
		if _, w, _ := sim.GetContents(); w != 0 {
			t.Error("the screen is not closed")
		}
	})
}
