//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/format"
	"golife/patterns"
)

// pane is a terminal of tmux in which the viewer runs.
type pane struct {
	t      *testing.T
	tmux   []string // the command line of a server of its own
	folder string
}

// newPane runs life with arguments in a terminal of 80 × 24. The test is skipped
// where there is no tmux. Such tests do not run beside others, whose time limits
// they would eat.
func newPane(t *testing.T, args string) *pane {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a real terminal and real time")
	}
	path, err := exec.LookPath("tmux")
	if err != nil {
		t.Skip("there is no tmux")
	}
	p := &pane{t: t, folder: t.TempDir()}
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, filepath.Join(p.folder, "life")) // TestMain goes by the name
	}
	if err != nil {
		t.Skip(err)
	}
	p.tmux = []string{path, "-S", filepath.Join(p.folder, "socket"), "-f", os.DevNull}
	t.Cleanup(func() { p.try("kill-server") })
	p.do("new-session", "-d", "-x", "80", "-y", "24", "-e", "XDG_CONFIG_HOME="+p.folder, "-e", "LC_ALL=C.UTF-8", "-e", "TERM=screen-256color",
		"cd '"+p.folder+"'; echo before; ./life view "+args+"; echo exit code $?; exec cat")
	p.waits("gen ")
	return p
}

func (p *pane) try(args ...string) (string, error) {
	c := exec.Command(p.tmux[0], append(p.tmux[1:len(p.tmux):len(p.tmux)], args...)...)
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := c.CombinedOutput()
	return string(out), err
}

// do runs a command of tmux.
func (p *pane) do(args ...string) string {
	p.t.Helper()
	out, err := p.try(args...)
	if err != nil {
		p.t.Fatalf("tmux %s: %v %s", strings.Join(args, " "), err, out)
	}
	return out
}

func (p *pane) screen() string {
	p.t.Helper()
	return p.do("capture-pane", "-p")
}

// waits fails the test unless the screen soon holds s. It returns the screen and
// how long that took.
func (p *pane) waits(s string) (screen string, took time.Duration) {
	p.t.Helper()
	start := time.Now()
	for time.Since(start) < 20*time.Second {
		if screen = p.screen(); strings.Contains(screen, s) {
			return screen, time.Since(start)
		}
		time.Sleep(2 * time.Millisecond)
	}
	p.t.Fatalf("the screen does not show %q:\n%s", s, screen)
	return "", 0
}

func (p *pane) keys(list ...string) {
	p.t.Helper()
	p.do(append([]string{"send-keys"}, list...)...)
}

func (p *pane) command(line string) {
	p.t.Helper()
	p.do("send-keys", "-l", ":"+line)
	p.keys("Enter")
}

// dots returns what the half blocks of the first rows of a screen show.
func dots(screen string, rows int) map[life.Point]bool {
	on := map[life.Point]bool{}
	for y, line := range strings.Split(screen, "\n")[:rows] {
		for x, c := range []rune(line) {
			if strings.ContainsRune("▀█", c) {
				on[life.Point{X: int64(x), Y: int64(2 * y)}] = true
			}
			if strings.ContainsRune("▄█", c) {
				on[life.Point{X: int64(x), Y: int64(2*y + 1)}] = true
			}
		}
	}
	return on
}

// gunAt returns the Gosper glider gun at a generation.
func gunAt(t *testing.T, generation int64) *life.Pattern {
	t.Helper()
	entry, _ := patterns.Lookup("gosper-glider-gun")
	p, err := entry.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New("hashlife", p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err == nil {
		err = e.Advance(t.Context(), big.NewInt(generation))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e.Snapshot()
}

// TestTerminalShowsTheCells: after rewinding from generation 10^9 to 12,345 the
// screen holds exactly the cells around the gun.
func TestTerminalShowsTheCells(t *testing.T) {
	p := newPane(t, "gosper-glider-gun --engine hashlife")
	p.command("goto 1e9")
	p.waits("gen 1,000,000,000")
	p.command("goto 12345")
	p.waits("gen 12,345")
	p.command("zoom 0")
	p.command("cell 0 0")
	p.waits("zoom 1:1")
	want := gunAt(t, 12345)
	deadline := time.Now().Add(10 * time.Second)
	for {
		screen := p.screen()
		wrong, seen := compareDots(dots(screen, 22), want)
		if wrong == "" && seen > 40 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s; %d live cells are in sight\n%s", wrong, seen, screen)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// compareDots compares a picture of 80 × 44 dots with cell (0, 0) in its middle with
// the cells, but for the rim, where arrows point to what is outside. It returns what
// is wrong, and how many live cells are in sight.
func compareDots(got map[life.Point]bool, want *life.Pattern) (wrong string, seen int) {
	for y := int64(2); y < 42; y++ {
		for x := int64(1); x < 79; x++ {
			alive := want.Get(x-40, y-22) != 0
			if alive {
				seen++
			}
			if got[life.Point{X: x, Y: y}] != alive {
				wrong = fmt.Sprintf("cell %d,%d is shown alive: %v, want %v", x-40, y-22, !alive, alive)
			}
		}
	}
	return wrong, seen
}

func TestTerminalEditSaveReload(t *testing.T) {
	p := newPane(t, "glider")
	p.command("new B36/S23")
	p.waits("pop 0")
	p.keys("Space", "Right", "Space", "Right", "Down", "Space")
	p.waits("pop 3")
	p.command("save drawn.rle")
	p.waits("saved as drawn.rle")
	p.command("clear all")
	p.waits("pop 0")
	p.command("reload")
	before, _ := p.waits("pop 3")
	f, err := os.Open(filepath.Join(p.folder, "drawn.rle"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, _, err := format.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	b := life.NewBuilder(got.Rule())
	b.Set(0, 0, 1)
	b.Set(1, 0, 1)
	b.Set(2, 1, 1)
	if !got.SameCells(b.Pattern()) || got.Rule().String() != "B36/S23" {
		t.Errorf("saved %s with %v cells\n%s", got.Rule(), got.Population(), before)
	}
}

func TestTerminalPastesText(t *testing.T) {
	p := newPane(t, "glider")
	p.do("set-buffer", "x = 4, y = 1, rule = B3/S23\n4o!\n")
	p.do("paste-buffer", "-p")
	p.waits("pop 4")
	p.waits("pasted text")
}

func TestTerminalResizes(t *testing.T) {
	p := newPane(t, "glider")
	for _, size := range [][2]int{{40, 10}, {120, 40}, {80, 24}} {
		p.do("resize-window", "-x", strconv.Itoa(size[0]), "-y", strconv.Itoa(size[1]))
		deadline := time.Now().Add(20 * time.Second)
		for {
			lines := strings.Split(strings.TrimSuffix(p.screen(), "\n"), "\n")
			if len(lines) == size[1] && strings.Contains(lines[size[1]-1], "gen 0") {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%v:\n%s", size, p.screen())
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// TestTerminalIsRestored: by q, and by SIGTERM while a long step runs.
func TestTerminalIsRestored(t *testing.T) {
	for name, end := range map[string]func(p *pane) (code int){
		"quit": func(p *pane) int { p.keys("q"); return ExitDone },
		"SIGTERM": func(p *pane) int {
			p.command("goto 1e40")
			out, err := exec.Command("pgrep", "-P", strings.TrimSpace(p.do("display-message", "-p", "#{pane_pid}")), "life").Output()
			pid, convErr := strconv.Atoi(strings.TrimSpace(string(bytes.SplitN(out, []byte("\n"), 2)[0])))
			if err != nil || convErr != nil {
				p.t.Skipf("the viewer's process is not found: %v %v", err, convErr)
			}
			if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
				p.t.Fatal(err)
			}
			return ExitInterrupted
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPane(t, "gosper-glider-gun")
			code := end(p)
			screen, _ := p.waits(fmt.Sprintf("exit code %d", code))
			if !strings.HasPrefix(screen, "before\n") || strings.Contains(screen, "▀") {
				t.Errorf("the screen is not what it was:\n%s", screen)
			}
			if mode := p.do("display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"); mode != "0 0 1\n" {
				t.Errorf("alternate screen, mouse, cursor: %s", mode)
			}
		})
	}
}

// TestTerminalAnswersDuringALongStep: the command line opens at once.
func TestTerminalAnswersDuringALongStep(t *testing.T) {
	p := newPane(t, "glider --rule B2/S --engine hashlife --memory 256M") // it explodes, and nothing repeats
	p.command("exponent 30")
	p.command("step")
	p.waits("working")
	best := time.Hour
	for range 5 {
		p.keys(":")
		_, took := p.waits("\n:\n")
		best = min(best, took)
		p.keys("Escape")
		time.Sleep(200 * time.Millisecond)
	}
	t.Logf("the command line opened after %v at best, capturing included", best)
	if best > 250*time.Millisecond {
		t.Errorf("the command line opened after %v at best", best)
	}
	p.keys("Escape")
	p.waits("cancelled at generation 0")
	p.waits("pop 5 ")
	p.command("goto 4")
	p.waits("gen 4 ")
}
