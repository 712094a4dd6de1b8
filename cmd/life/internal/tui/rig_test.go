package tui

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/life/engine"
	"golife/life/naive"
	"golife/life/rule"
)

var update = flag.Bool("update", false, "rewrite golden files")

const gliderCells = `
.O.
..O
OOO`

const gunCells = `
........................O...........
......................O.O...........
............OO......OO............OO
...........O...O....OO............OO
OO........O.....O...OO..............
OO........O...O.OO....O.O...........
..........O.....O.......O...........
...........O...O....................
............OO......................`

// pattern reads plaintext cells.
func pattern(rulestring, cells string) *life.Pattern {
	b := life.NewBuilder(rule.MustParse(rulestring))
	for y, line := range strings.Split(strings.TrimPrefix(cells, "\n"), "\n") {
		for x, c := range line {
			if c == 'O' {
				b.Set(int64(x), int64(y), 1)
			}
		}
	}
	return b.Pattern()
}

// rig is a viewer on a simulated screen, inside a synctest bubble: time passes
// only in wait, and press returns when all is drawn.
type rig struct {
	t      *testing.T
	sim    tcell.SimulationScreen
	screen *recorder
	stop   context.CancelFunc
	done   chan error
	loader Loader // nil reads files at once
}

// show runs a test on a viewer of a screen of the given size.
func show(t *testing.T, p *life.Pattern, e life.Engine, columns, rows int, test func(r *rig)) {
	t.Helper()
	t.Setenv("NO_COLOR", "")
	showOn(t, "UTF-8", p, e, columns, rows, test)
}

// showOn is show on a terminal with the given character set, and with NO_COLOR
// as it is.
func showOn(t *testing.T, charset string, p *life.Pattern, e life.Engine, columns, rows int, test func(r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, sim: tcell.NewSimulationScreen(charset), done: make(chan error, 1)}
		scr, err := newScreen(r.sim)
		if err != nil {
			t.Fatal(err)
		}
		r.screen = &recorder{tcellScreen: scr, sim: r.sim}
		r.sim.SetSize(columns, rows)
		scr.Redraw()
		if e == nil {
			e = newNaive(t, p.Rule())
		}
		choice := engine.Choice{Name: "naive", Reason: "it is a test"}
		if slow, ok := e.(*slowEngine); ok && slow.whole {
			choice.Name = "hashlife"
		}
		var ctx context.Context
		ctx, r.stop = context.WithCancel(t.Context())
		o := Options{Pattern: p, Name: "test pattern", Host: testHost()}
		o.Host.LoadPattern = func(ctx context.Context, name string, progress func(read, total int64)) (*life.Pattern, error) {
			if r.loader != nil {
				return r.loader(ctx, name, progress)
			}
			return testHost().LoadPattern(ctx, name, progress)
		}
		go func() {
			r.done <- run(ctx, o, e, func(life.Engine) engine.Choice { return choice }, r.screen)
		}()
		synctest.Wait()
		test(r)
		r.stop()
		if err := <-r.done; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("run: %v", err)
		}
	})
}

func newNaive(t testing.TB, r *rule.Rule) life.Engine {
	t.Helper()
	e, err := naive.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func newHashlife(t testing.TB) life.Engine {
	t.Helper()
	e, err := engine.New("hashlife", rule.MustParse("B3/S23"), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// command types a command line.
func (r *rig) command(line string) {
	r.t.Helper()
	r.press(":")
	for _, c := range line {
		r.press(string(c))
	}
	r.press("enter")
}

// press types keys by the names of the action table, and waits until all is drawn.
func (r *rig) press(keys ...string) {
	r.t.Helper()
	for _, k := range keys {
		code, char, mod := tcellKey(key(k))
		r.sim.InjectKey(code, char, mod)
		synctest.Wait()
	}
}

func tcellKey(k key) (tcell.Key, rune, tcell.ModMask) {
	s, mod := string(k), tcell.ModNone
	if after, ok := strings.CutPrefix(s, "shift+"); ok {
		s, mod = after, tcell.ModShift
	}
	if after, ok := strings.CutPrefix(s, "ctrl+"); ok {
		return tcell.KeyCtrlA + tcell.Key(after[0]-'a'), 0, tcell.ModCtrl
	}
	for code, name := range keyNames() {
		if name == s {
			return code, 0, mod
		}
	}
	if s == "space" {
		s = " "
	}
	return tcell.KeyRune, []rune(s)[0], mod
}

// mouse sends a mouse event.
func (r *rig) mouse(x, y int, b tcell.ButtonMask) {
	r.sim.InjectMouse(x, y, b, tcell.ModNone)
	synctest.Wait()
}

// wait lets time pass.
func (r *rig) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// resize changes the size of the terminal.
func (r *rig) resize(columns, rows int) {
	r.sim.SetSize(columns, rows)
	if err := r.sim.PostEvent(tcell.NewEventResize(columns, rows)); err != nil {
		r.t.Error(err)
	}
	synctest.Wait()
}

// recorder is a screen that keeps what it showed last as text: the simulated
// screen's own content cannot be read without a race.
type recorder struct {
	*tcellScreen
	sim  tcell.SimulationScreen
	mu   sync.Mutex
	last string
	clip string // what was copied last
}

func (c *recorder) Copy(text string) { c.clip = text }

func (c *recorder) Show() {
	c.tcellScreen.Show()
	text := screenText(c.sim)
	c.mu.Lock()
	c.last = text
	c.mu.Unlock()
}

// text returns what the screen shows, without blanks at the ends of lines.
func (r *rig) text() string {
	r.screen.mu.Lock()
	defer r.screen.mu.Unlock()
	return r.screen.last
}

// status returns the status line.
func (r *rig) status() string {
	lines := strings.Split(strings.TrimSuffix(r.text(), "\n"), "\n")
	return lines[len(lines)-1]
}

// shows fails the test when the screen does not hold s.
func (r *rig) shows(s string) {
	r.t.Helper()
	if !strings.Contains(r.text(), s) {
		r.t.Errorf("the screen does not show %q:\n%s", s, r.text())
	}
}

// quits fails the test when the viewer is still running.
func (r *rig) quits() {
	r.t.Helper()
	select {
	case err := <-r.done:
		if err != nil {
			r.t.Error(err)
		}
		r.done <- nil
	default:
		r.t.Error("still running")
	}
}

// golden compares the screen with testdata/name.golden.
func (r *rig) golden(name string) {
	r.t.Helper()
	compareGolden(r.t, name, r.text())
}

// testdata is absolute, as tests may go to other folders.
var testdata, _ = filepath.Abs("testdata")

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join(testdata, name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", path, d)
	}
}
