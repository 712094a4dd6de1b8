package tui

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"

	"golife/life"
)

func TestStart(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 90, 20, func(r *rig) { r.golden("start") })
}

func TestGliderMoves(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 60, 16, func(r *rig) {
		r.press("+", "+", ".")
		r.golden("glider-4")
		r.press("+", "+", "n")
		r.shows("gen 20")
	})
}

func TestGunAtSeveralZooms(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		r.golden("gun-fit")
		r.press("+", "+", "+", "+", "+", "+", ".")
		r.press("Z")
		r.golden("gun-64-1to1")
		r.press("o", "o")
		r.golden("gun-64-1to4")
		r.press("Z", "Z", "Z", "Z")
		r.golden("gun-64-1to64")
		r.press("i", "z", "z", "z", "z", "z", "z")
		r.golden("gun-64-back")
	})
}

// TestDeepZoom goes out past 2^64 and comes back to the same picture.
func TestDeepZoom(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		before := r.text()
		for range 100 {
			r.press("Z")
		}
		r.shows("zoom 1:2^99")
		if n := strings.Count(strings.Split(r.text(), "\n")[11], "▀") + strings.Count(r.text(), "▄") + strings.Count(r.text(), "█"); n == 0 {
			t.Error("the gun has vanished:\n" + r.text())
		}
		for range 100 {
			r.press("z")
		}
		if after := r.text(); after != before {
			t.Errorf("not back where it was:\n%s\n%s", before, after)
		}
	})
}

func TestHelp(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 100, 40, func(r *rig) {
		r.press("?")
		r.golden("help")
		r.press("?")
		if strings.Contains(r.text(), "any other key closes this") {
			t.Error("the help is still there")
		}
		r.press("f1", "esc")
		if strings.Contains(r.text(), "any other key closes this") {
			t.Error("the help is still there")
		}
		r.resize(100, 24)
		r.press("?")
		r.golden("help-low")
	})
}

// TestSizes: no size panics or hangs, with and without help.
func TestSizes(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		for _, size := range [][2]int{{10, 3}, {1, 1}, {2, 2}, {1, 50}, {300, 1}, {5, 6}, {200, 60}, {10, 3}} {
			r.resize(size[0], size[1])
			r.press("?", "f", "Z", "z", "?", "c", "left", "down", "F", "F")
		}
		r.golden("tiny")
		r.resize(80, 24)
		r.press("f")
		r.shows("test pattern")
	})
}

func TestPlayAndPause(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press("space")
		r.shows("playing")
		r.wait(2 * time.Second)
		r.shows("gen 61") // one at once, then 30 a second
		r.shows("30.0 gen/s")
		r.press("space")
		r.shows("paused")
		if strings.Contains(r.text(), "gen/s") {
			t.Error("a speed while paused: " + r.status())
		}
		before := r.text()
		r.wait(time.Minute)
		if r.text() != before {
			t.Error("something went on while paused")
		}
	})
}

func TestStepExponent(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press("+", "]", "=")
		r.shows("step 8")
		r.press("space")
		r.wait(time.Second)
		r.shows("gen 248")
		r.press("space", "-", "_", "[", "-", "-")
		r.shows("step 1 slowed 4×")
		r.press("space")
		r.wait(time.Second)
		r.shows("7.50 gen/s")
		r.press(".")
		r.shows("paused")
	})
}

func TestReset(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press("space")
		r.wait(time.Second)
		r.press("r")
		r.shows("gen 0")
		r.shows("paused")
		r.shows("back to the first generation")
		r.press(".")
		r.shows("gen 1 ")
	})
}

// TestFitAfterReset: f fits the first generation even when it comes together
// with r, before any frame.
func TestFitAfterReset(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		r.press("+", "+", "+", "+", "+", "+", "+", "+", ".", "f")
		r.shows("zoom 1:2 ")
		r.sim.InjectKey(tcell.KeyRune, 'r', tcell.ModNone)
		r.sim.InjectKey(tcell.KeyRune, 'f', tcell.ModNone)
		synctest.Wait()
		r.shows("zoom 2:1 ")
	})
}

func TestDyingOutPauses(t *testing.T) {
	show(t, pattern("B3/S23", "OO"), nil, 80, 24, func(r *rig) {
		r.press("space")
		r.wait(time.Second)
		r.shows("paused")
		r.shows("gen 1 ")
		r.shows("the universe is empty")
		r.press("c", "f")
		r.shows("gen 1 ")
	})
}

func TestBackgroundOfB0(t *testing.T) {
	show(t, pattern("B0/S", gliderCells), nil, 40, 12, func(r *rig) {
		r.press(".")
		r.golden("b0-odd")
		r.press(".")
		r.golden("b0-even")
	})
}

func TestMouse(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 40, 12, func(r *rig) {
		before := r.text()
		r.mouse(20, 5, tcell.Button1)
		r.mouse(25, 7, tcell.Button1)
		r.mouse(15, 4, tcell.ButtonNone)
		r.golden("dragged")
		r.mouse(25, 7, tcell.Button1)
		r.mouse(20, 5, tcell.Button1)
		r.mouse(20, 5, tcell.ButtonNone)
		if r.text() != before {
			t.Error("dragging back does not lead back:\n" + r.text())
		}
		r.mouse(22, 6, tcell.WheelDown)
		r.mouse(22, 6, tcell.WheelDown)
		r.golden("wheel-out")
		r.mouse(22, 6, tcell.WheelUp)
		r.mouse(22, 6, tcell.WheelUp)
		if r.text() != before {
			t.Error("the wheel does not lead back:\n" + r.text())
		}
	})
}

func TestPanKeys(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		before := r.text()
		for _, way := range []string{"left right", "h l", "up down", "k j", "shift+left shift+right", "H L", "shift+up shift+down", "K J"} {
			there, back, _ := strings.Cut(way, " ")
			r.press(there)
			if r.text() == before {
				t.Errorf("%s does nothing", there)
			}
			r.press(back)
			if r.text() != before {
				t.Errorf("%s does not undo %s", back, there)
			}
		}
		r.press("0", "L", "J", "c")
		if r.text() != before {
			t.Error("c does not centre on the pattern")
		}
	})
}

func TestAutoFit(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		r.press("F", "+", "+", "+", "+", "+", "+", "+", "+", ".")
		r.shows("zoom 1:2 auto")
		r.press("left")
		r.shows("auto-fit is off")
		r.press("F")
		r.shows("auto-fit is on")
		r.press("F")
		r.shows("auto-fit is off")
	})
}

func TestQuitKeys(t *testing.T) {
	for _, k := range []string{"q", "esc", "ctrl+c"} {
		show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
			r.press("space", k)
			r.wait(time.Second)
			r.quits()
		})
	}
}

func TestContextEndsTheViewer(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press("space")
		r.stop()
		if err := <-r.done; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		r.done <- nil
	})
}

func TestUnknownKeySaysWhatToPress(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press("x")
		r.shows("x does nothing here; press ? for help")
	})
}

func TestLoadErrorEndsTheViewer(t *testing.T) {
	fail := errors.New("no room")
	e := &slowEngine{Engine: newNaive(t, pattern("B3/S23", gliderCells).Rule()), loadErr: fail}
	show(t, pattern("B3/S23", gliderCells), e, 80, 24, func(r *rig) {
		if err := <-r.done; !errors.Is(err, fail) {
			t.Errorf("got %v", err)
		}
		r.done <- nil
	})
}

// TestHintsNameKeysThatExist: hints are written by hand for short, and must keep
// to the table.
func TestHintsNameKeysThatExist(t *testing.T) {
	for _, h := range hints(actions()) {
		for k := range strings.SplitSeq(h.keys, "/") {
			if keyTable()[key(k)] == nil && k != "arrows" {
				t.Errorf("hint %q: no action on %q", h.keys+" "+h.words, k)
			}
		}
	}
}

func TestPatternOutsideTheScreenIsSaid(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press("L", "L")
		r.shows("f fits it")
		r.press("f")
		if strings.Contains(r.text(), "f fits it") {
			t.Error(r.text())
		}
	})
}

func TestWindowTitleNameIsHarmless(t *testing.T) {
	if got := printable("a\x1b]0;b\a\nü"); got != "a?]0;b??ü" {
		t.Errorf("%q", got)
	}
}

// slowEngine takes time over each generation, in the bubble's clock.
type slowEngine struct {
	life.Engine
	perGeneration time.Duration
	loadErr       error
	advanceErr    error
	panics        bool
	whole         bool // as hashlife: cancelled steps make no progress that shows
	credit        time.Duration
}

func (e *slowEngine) Load(p *life.Pattern) error {
	if e.loadErr != nil {
		return e.loadErr
	}
	return e.Engine.Load(p)
}

func (e *slowEngine) Advance(ctx context.Context, n *big.Int) error {
	switch {
	case e.panics:
		panic("broken engine")
	case e.advanceErr != nil:
		return e.advanceErr
	case e.whole:
		start := time.Now()
		select {
		case <-ctx.Done():
			e.credit += time.Since(start) // what is memoised is not lost
			return ctx.Err()
		case <-time.After(time.Duration(n.Int64())*e.perGeneration - e.credit):
			e.credit = 0
			return e.Engine.Advance(ctx, n)
		}
	}
	for range n.Int64() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(e.perGeneration):
			if err := e.Engine.Advance(ctx, big.NewInt(1)); err != nil {
				return err
			}
		}
	}
	return nil
}
