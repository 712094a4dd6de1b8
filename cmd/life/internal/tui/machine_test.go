package tui

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/engine"
	"golife/life/turing"
)

// doubler returns Rendell's Turing machine as it is shipped.
func doubler(t testing.TB) *life.Pattern {
	t.Helper()
	p, err := turing.Lookup("doubler")
	if err != nil {
		t.Fatal(err)
	}
	q, err := turing.Build(p, p.Tape)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// showMachine runs a test on a viewer of a Turing machine.
func showMachine(t *testing.T, charset string, p *life.Pattern, columns, rows int, test func(r *rig)) {
	t.Helper()
	t.Setenv("NO_COLOR", "")
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, sim: tcell.NewSimulationScreen(charset), done: make(chan error, 1)}
		scr, err := newScreen(r.sim)
		if err != nil {
			t.Fatal(err)
		}
		r.screen = &recorder{tcellScreen: scr, sim: r.sim}
		r.sim.SetSize(columns, rows)
		scr.Redraw()
		e, err := engine.New("hashlife", p.Rule(), engine.Options{Threads: 1, Memory: 64 << 20})
		if err != nil {
			t.Fatal(err)
		}
		var ctx context.Context
		ctx, r.stop = context.WithCancel(t.Context())
		go func() {
			o := Options{Pattern: p, Name: "machine", Machine: true}
			r.done <- run(ctx, o, e, func(life.Engine) engine.Choice { return engine.Choice{Name: "hashlife"} }, r.screen)
		}()
		synctest.Wait()
		test(r)
		r.stop()
		if err := <-r.done; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("run: %v", err)
		}
	})
}

func TestMachine(t *testing.T) {
	showMachine(t, "UTF-8", doubler(t), 110, 36, func(r *rig) {
		r.golden("machine-start")
		r.press("5")
		r.shows("no entry of the table is in force yet")
		r.press("t", "enter", "t")
		r.golden("machine-3")
		r.press("5")
		r.golden("machine-entry")
		r.press("1")
		r.shows("stack A, the tape right of the head")
		r.press("2")
		r.shows("stack B, the tape left of the head")
		r.press("3")
		r.shows("the transition table: a column for each symbol")
		r.press("4")
		r.shows("the control of the stacks")
		r.press("w", "m")
		if strings.Contains(r.text(), "┌") {
			t.Error("m does not take the marks away:\n" + r.text())
		}
		r.press("r")
		r.shows("state  start")
		for range 16 {
			r.press("t")
		}
		r.shows("state  2, halted after 16 steps")
		r.shows("result 1 1 1 1")
		r.shows("the interpreter agrees")
		for range 20 {
			r.press("+")
		}
		r.press(".")
		r.shows("gen 1,225,216")
		r.shows("cycle 110 + 10816 of 11040")
		r.shows("state  2, halted after 16 steps")
	})
}

// TestMachineStepsBetween: a step of any length ends with a reading that is less
// than a cycle old.
func TestMachineStepsBetween(t *testing.T) {
	showMachine(t, "UTF-8", doubler(t), 110, 36, func(r *rig) {
		for range 15 {
			r.press("+")
		}
		r.press(".") // 32768 = 2·11040 + 10688
		r.shows("cycle 2 + 10688 of 11040")
		r.shows("tape  0 0 0 0 1 2 [0] 0 0 0 0 0 0")
		r.press("t")
		r.shows("gen 33,120")
		r.shows("tape  0 0 0 0 0 1 [2] 2 0 0 0 0 0")
	})
}

func TestMachineOnOtherScreens(t *testing.T) {
	showMachine(t, "UTF-8", doubler(t), 60, 20, func(r *rig) {
		if strings.Contains(r.text(), "Rendell") {
			t.Error("there is no room for the panel here:\n" + r.text())
		}
		r.press("t")
		r.resize(80, 12)
		r.shows("cycle 1 + 0 of 11040")
		r.resize(80, 1)
		r.resize(8, 4)
		r.resize(1, 1)
	})
	showMachine(t, "US-ASCII", doubler(t), 100, 30, func(r *rig) {
		r.press("t", "w")
		r.golden("machine-ascii")
		for _, c := range r.text() {
			if c > 126 {
				t.Fatalf("found %q on an ASCII screen:\n%s", c, r.text())
			}
		}
	})
}

func TestMachineHelp(t *testing.T) {
	showMachine(t, "UTF-8", doubler(t), 100, 30, func(r *rig) {
		r.press("?")
		r.shows("Turing machine")
		r.shows("one step of the machine")
	})
	show(t, pattern("B3/S23", gliderCells), nil, 100, 40, func(r *rig) {
		r.press("t")
		r.shows("t does nothing here")
		r.press("?")
		if strings.Contains(r.text(), "Turing") {
			t.Error("help of the machine where there is none")
		}
	})
}

// TestNoMachine: what is not the machine is said to be none.
func TestNoMachine(t *testing.T) {
	showMachine(t, "UTF-8", pattern("B3/S23", gliderCells), 100, 30, func(r *rig) {
		r.shows("it cannot be read")
		r.press("t", "5", "+", ".")
		r.shows("cycle 1 + 2 of 11040")
		r.shows("it cannot be read")
	})
	late := doubler(t).WithGeneration(big.NewInt(5))
	showMachine(t, "UTF-8", late, 100, 30, func(r *rig) {
		r.shows("it is read at the next multiple")
	})
}

// TestWatcher follows a machine forth and back.
func TestWatcher(t *testing.T) {
	var none *watcher
	none.observe(nil)
	if none.last() != nil || none.pause(big.NewInt(3), big.NewInt(90_000)).Int64() != 89_997 {
		t.Error("a watcher of nothing does something")
	}
	w := new(watcher)
	for _, c := range []struct{ from, target, want int64 }{
		{0, 100, 100}, {0, 11040, 11040}, {0, 11041, 11040}, {5, 11041, 11035}, {11040, 11041, 1}, {11039, 30000, 11041}, {11041, 22079, 11038},
	} {
		if got := w.pause(big.NewInt(c.from), big.NewInt(c.target)).Int64(); got != c.want {
			t.Errorf("from %d to %d: a pause after %d, want %d", c.from, c.target, got, c.want)
		}
	}
	if got := untilCycle(big.NewInt(11040)).Int64(); got != 11040 {
		t.Errorf("until the cycle after 11040: %d", got)
	}
}
