package tui

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/life/view"
)

// testModel returns a model without a simulation.
func testModel(t testing.TB) *model {
	m := newModel("test", pattern("B3/S23", gliderCells), testLooks(), 80, 24)
	m.host = testHost()
	return m
}

func TestCommandErrors(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"frobnicate":        "no such command",
		"s":                 "several commands: step, set, state, select, save, save!, size, screen",
		"goto":              "want a whole number",
		"goto -3":           "want a whole number",
		"step x":            "want a whole number",
		"exponent 99999":    "want a number from -5",
		"zoom -7":           "want a number from -6",
		"cell 1":            "found 1 numbers, want X Y",
		"hyper maybe":       `found "maybe", want on or off`,
		"jump":              "want the name of a mark",
		"jump x":            "there is none",
		"next":              "no mark that way",
		"mark a b":          "one name",
		"paste":             "nothing was copied",
		"copy":              "nothing is selected",
		"clear inside":      "nothing is selected",
		"random":            "nothing is selected",
		"select 1 2 0 4":    "found 0 by 4 cells",
		"rotate up":         "want left or right",
		"flip z":            "want x or y",
		"undo":              "nothing to undo",
		"redo":              "nothing to do again",
		"place":             "want a file or a name",
		"play now":          "want nothing behind it",
		"bind x":            "want a key and a command",
		"bind x frobnicate": "no such command",
		"size 0 4":          "want 1 to 1000",
		"wait long":         "want a time",
		"help frobnicate":   "help: frobnicate: no such command",
		"expect joy 1":      "want generation, population, digest or message",
		"expect message x":  `found "", want "x"`,
		"pick /no/folder":   "not a folder that can be read",
		"save a.b/c":        "extension",
		"toggle":            "found no cell",
	} {
		_, err := script(t, "auto", pattern("B3/S23", gliderCells), "# a comment", line)
		var at *ScriptError
		if !errors.As(err, &at) || at.Line != 2 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error of line 2 that contains %q", line, err, want)
		}
	}
}

func TestScriptEnds(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gliderCells)
	if _, err := script(t, "auto", p, "quit", "frobnicate"); err != nil {
		t.Errorf("after quit: %v", err)
	}
	_, err := script(t, "auto", p, "expect population 6")
	if !errors.Is(err, ErrExpect) {
		t.Errorf("%v, want ErrExpect", err)
	}
	out := mustScript(t, p, "size 40 8", "follow on", "exponent 3", "play", "wait 200ms", "pause", "screen")
	if strings.Count(out, "\n") != 8 || !strings.Contains(out, "paused") || strings.Contains(out, "gen 0 ") {
		t.Errorf("the screen is\n%s", out)
	}
	if out := mustScript(t, p, ":step 4", "press + + .", "expect generation 8", "fol on", "screen"); !strings.Contains(out, "step 4") {
		t.Error(out)
	}
}

func TestCommandLine(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 80, 24, func(r *rig) {
		r.press(":", "g", "o", "t")
		r.shows(":got")
		r.press("tab")
		r.shows(":goto")
		r.shows("goto GENERATION: go to a generation")
		r.press("1", "2", "left", "0", "home", "right", "right", "end", "backspace", "enter")
		r.shows("gen 10 ")
		r.press(":", "x", "esc")
		r.shows("gen 10 ")
		r.command("goto 3")
		r.press(":", "g", "up", "up")
		r.shows(":goto 10")
		r.press("down", "down")
		r.shows(":g")
		r.press("ctrl+u", "backspace")
		r.shows("? help")
		r.press(":", "o", "p", "e", "n", "space", "g", "l", "i", "d", "tab", "tab", "tab", "shift+tab")
		r.golden("completion")
		r.press("ctrl+w", "ctrl+u", "q", "u", "i", "t", "enter")
		r.quits()
	})
}

func TestComplete(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"apple.rle", "apricot.mc", "sub/x.rle"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	m := testModel(t)
	for line, want := range map[string][]string{
		"unfo":          nil,
		"hyp":           {"hyper"},
		"save ap":       {"save apple.rle", "save apricot.mc"},
		"save s":        {"save sub/"},
		"save sub/":     {"save sub/x.rle"},
		"open gosper-g": {"open gosper-glider-gun"},
		"paste 1 2 x":   {"paste 1 2 xor"},
		"random 5% D2":  {"random 5% D2-", "random 5% D2|"},
		"goto 1":        nil,
	} {
		if d := cmp.Diff(want, m.complete(line)); d != "" {
			t.Errorf("%q (-want +got):\n%s", line, d)
		}
	}
}

// TestCommandsAreWellFormed: names differ, each has a help that fits the screen and
// none begins another's name by accident of the table's order.
func TestCommandsAreWellFormed(t *testing.T) {
	t.Parallel()
	var names []string
	for _, c := range makeCommands() {
		names = append(names, c.name)
		if line := c.name + " " + c.args + ": " + c.help; len(line) > 110 || c.help == "" || c.group == "" || c.do == nil {
			t.Errorf("command %q: %q", c.name, line)
		}
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("a name comes twice: %v", names)
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(text string) *model {
		if err := os.WriteFile(filepath.Join(dir, configFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		m := testModel(t)
		m.host.Folder = dir
		m.configure()
		return m
	}
	m := write("# mine\nexponent 5\nbind x exponent 7\nbind space exponent 8\n")
	if m.failed != nil || m.exp != 5 {
		t.Fatalf("%v, exponent %d", m.failed, m.exp)
	}
	m.press("x")
	if m.exp != 7 {
		t.Errorf("x: exponent %d, want 7", m.exp)
	}
	m.press("space")
	if m.exp != 8 || m.playing {
		t.Error("space still plays")
	}
	m = write("exponent 5\nfrobnicate\nexponent 6\n")
	if m.failed == nil || !strings.HasPrefix(m.message, "view.conf:2: frobnicate: no such command") {
		t.Errorf("message %q", m.message)
	}
	if m = write("bind x press x\n"); m.failed != nil {
		t.Fatal(m.failed)
	}
	if m.press("x"); m.failed == nil {
		t.Error("a key that presses itself")
	}
}

func TestHistoryAndRecentAreKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "golife")
	m := testModel(t)
	m.host.Folder = dir
	for i := range maxHistory + 5 {
		m.line = newLineEditor(fmt.Sprintf("exponent %d", i))
		m.press("enter")
	}
	m.opened("r-pentomino", m.pattern)
	m.opened("glider", m.pattern)
	m.opened("r-pentomino", m.pattern)
	m = testModel(t)
	m.host.Folder = dir
	m.configure()
	if len(m.history) != maxHistory || m.history[maxHistory-1] != fmt.Sprintf("exponent %d", maxHistory+4) {
		t.Errorf("%d lines of history", len(m.history))
	}
	if d := cmp.Diff([]string{"r-pentomino", "glider"}, m.recent); d != "" {
		t.Error(d)
	}
}

func TestPicker(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Mkdir("mine", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeFile("mine/blinker.rle", pattern("B3/S23", "OOO")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("broken.rle", []byte("?"), 0o644); err != nil {
		t.Fatal(err)
	}
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 80, 20, func(r *rig) {
		r.press("O", "r", "p", "e", "n", "t")
		r.golden("picker")
		r.press("enter")
		r.shows("r-pentomino")
		r.shows("pop 5")
		r.press("O", "m", "i", "n", "e", "enter", "enter")
		r.shows("pop 3")
		r.press("O", "b", "r", "o", "k", "e", "n", "down", "up", "enter")
		r.shows("pop 3")
		r.shows("open")
		r.press("O", "end", "home", "pgdn", "pgup", "x", "x", "x", "enter", "backspace", "ctrl+u", "esc")
		r.shows("pop 3")
	})
}

func TestMatch(t *testing.T) {
	t.Parallel()
	better := func(filter, a, b string) {
		t.Helper()
		x, ok := match(filter, a)
		y, other := match(filter, b)
		if !ok || other && y <= x {
			t.Errorf("%q: %q scores %d, %q %d", filter, a, x, b, y)
		}
	}
	better("gun", "Gun", "Gosper glider gun")
	better("gun", "Gosper glider gun", "Big unit")
	better("ggg", "Gosper glider gun", "Glider")
}

func TestHyperspeed(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 100, 24, func(r *rig) {
		r.press("*", "space")
		r.wait(2 * time.Second)
		r.shows("hyper")
		r.shows("step 2^") // steps take no time in the bubble
		r.press("space", "-")
		if strings.Contains(r.text(), " hyper ") {
			t.Error("- does not end hyperspeed:\n" + r.status())
		}
	})
}

func TestHyperspeedSlowsDown(t *testing.T) {
	viewSlow(t, false, func(r *rig) { // 10 ms a generation
		r.press("*", "space")
		r.wait(20 * time.Second)
		for _, s := range []string{"step 8 ", "step 16 ", "step 32 ", "step 64 "} {
			if strings.Contains(r.status(), s) {
				return
			}
		}
		t.Error(r.status())
	})
}

// TestTrack: a glider that has flown away is still in the middle.
func TestTrack(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 80, 24, func(r *rig) {
		before := strings.Split(r.text(), "\n")[:22]
		r.press("V")
		r.command("step 4000")
		if after := strings.Split(r.text(), "\n")[:22]; !slices.Equal(before, after) {
			t.Error("the glider is not where it was:\n" + r.text())
		}
		r.press("Z")
		r.shows("track")
		r.press("left")
		r.shows("tracking is off")
	})
}

// TestTorus: the whole grid is shown with its edge, and a glider comes back.
func TestTorus(t *testing.T) {
	show(t, pattern("B3/S23:T20,16", gliderCells), nil, 80, 24, func(r *rig) {
		r.golden("torus")
		r.command("step 40")
		r.golden("torus-40")
		r.press("F")
		r.command("step 41")
		r.press("L", "f")
		r.shows("zoom 2:1")
	})
}

func TestWideGridShowsThePattern(t *testing.T) {
	m := newModel("test", pattern("B3/S23:T100000,100000", gliderCells), testLooks(), 80, 24)
	if z := m.camera.Zoom(); z > 0 {
		t.Errorf("zoom %d: the glider is lost", z)
	}
}

func TestArrowsToLife(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), nil, 60, 16, func(r *rig) {
		for _, c := range []struct{ keys, arrow string }{{"L", "◀"}, {"H", "▶"}, {"J", "▲"}, {"K", "▼"}} {
			r.press("f", c.keys, c.keys)
			if n := strings.Count(r.text(), c.arrow); n != 1 {
				t.Errorf("%s: %d arrows %s\n%s", c.keys, n, c.arrow, r.text())
			}
		}
		r.press("f")
		if strings.ContainsAny(r.text(), "◀▶▲▼") {
			t.Error(r.text())
		}
	})
}

func TestMarks(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gunCells)
	mustScript(t, p, "step 10", "mark a", "step 20", "mark b", "goto 5", "next", "expect generation 10", "next",
		"expect generation 30", "previous", "expect generation 10", "jump b", "expect message mark b",
		"expect generation 30", "rule B36/S23", "jump a", "rule", "expect message the rule is B3/S23")
}

// author returns a glider with comments.
func author(text ...string) *life.Pattern {
	var list []life.Comment
	for _, s := range text {
		list = append(list, life.Comment{Key: 'C', Text: s})
	}
	return pattern("B3/S23", gliderCells).WithComments(list)
}

func TestAuthorsWords(t *testing.T) {
	t.Parallel()
	m := testModel(t)
	m.obeyAuthor(author("[[ ZOOM 16 X 100", "y -50 STEP 8 LOOP 400 STOP 90 ]] ZOOM 1", "[[AUTOSTART T 10 ZOOM 2 X 7 GRID COLOR]]"))
	x, y := m.camera.Center()
	if m.camera.Zoom() != -1 || x.Int64() != 101 || y.Int64() != -49 || m.exp != 3 || !m.playing {
		t.Errorf("zoom %d at %v,%v, exponent %d, playing %v", m.camera.Zoom(), x, y, m.exp, m.playing)
	}
	if m.loopAt.Int64() != 400 || m.stopAt.Int64() != 90 {
		t.Errorf("loop %v, stop %v", m.loopAt, m.stopAt)
	}
	m.obeyAuthor(author("[[ AUTOFIT ZOOM GPS 7 ZOOM 0 ZOOM 1e300 ]]"))
	if !m.follow || m.exp != -3 || m.camera.Zoom() != -1 || m.stopAt != nil {
		t.Errorf("follow %v, exponent %d, zoom %d", m.follow, m.exp, m.camera.Zoom())
	}
}

func TestAuthorStopsAndLoops(t *testing.T) {
	show(t, author("[[ AUTOSTART STOP 50 STEP 4 ]]"), newHashlife(t), 90, 24, func(r *rig) {
		r.wait(10 * time.Second)
		r.shows("gen 50 ")
		r.shows("author stops here")
		r.press("space")
		r.wait(time.Second)
		r.shows("playing")
	})
	show(t, author("[[ AUTOSTART LOOP 20 ]]"), newHashlife(t), 90, 24, func(r *rig) {
		for range 30 {
			r.wait(150 * time.Millisecond)
			var g int
			if _, err := fmt.Sscanf(r.status()[strings.Index(r.status(), "gen "):], "gen %d", &g); err != nil || g > 20 {
				t.Fatalf("%v: %s", err, r.status())
			}
		}
		r.shows("playing")
	})
}

// TestAuthorsNumbers reads numbers as LifeViewer writes them.
func TestAuthorsNumbers(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]float64{"2": 2, "-4": -4, "0.25": 0.25, "1/4": 0.25, "-1/2": -0.5} {
		if got, ok := authorNumber(s); !ok || got != want {
			t.Errorf("%s: %v %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "x", "1/0", "0/0", "1/", "/2", "1e300", "NaN", "1/2/3"} {
		if got, ok := authorNumber(s); ok {
			t.Errorf("%s: %v", s, got)
		}
	}
}

// TestAuthorsThemes: all of LifeViewer's numbers have a theme of ours, until the user
// chooses one.
func TestAuthorsThemes(t *testing.T) {
	t.Parallel()
	m := testModel(t)
	for i, like := range authorThemes {
		if _, err := view.ThemeByName(like.name); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	usual := m.theme
	m.obeyAuthor(author("[[ THEME 6 ]]"))
	if m.theme.Name != "paper" || m.ages {
		t.Errorf("6: theme %s, ages %v", m.theme.Name, m.ages)
	}
	m.obeyAuthor(author("[[ THEME 2 GRID ]]"))
	if m.theme.Name != "ember" || !m.ages || !m.grid {
		t.Errorf("2: theme %s, ages %v, grid %v", m.theme.Name, m.ages, m.grid)
	}
	m.obeyAuthor(author("[[ THEME 99 ]]"))
	if m.theme != usual || m.ages {
		t.Errorf("the theme of the last author is left: %s, ages %v", m.theme.Name, m.ages)
	}
	m.execute("theme amber")
	m.obeyAuthor(author("[[ THEME 6 ]]"))
	if m.theme.Name != "amber" {
		t.Errorf("the author's theme goes before the user's: %s", m.theme.Name)
	}
}

// TestAuthorsTour checks cameras between waypoints, which are given out of order.
func TestAuthorsTour(t *testing.T) {
	t.Parallel()
	m := testModel(t)
	m.obeyAuthor(author("[[ X 0 Y 0 ZOOM 8 GPS 15 T 200 X -50 T 100 X 100 Y 10 ZOOM 2 STEP 16 THEME 6 PAUSE 2.5 ]]"))
	if m.tour == nil || len(m.tour.points) != 3 {
		t.Fatalf("tour %+v", m.tour)
	}
	for _, tt := range []struct{ g, x, y, zoom int64 }{
		{0, 0, 0, 0}, {50, 50, 5, 1}, {100, 100, 10, 2}, {150, 25, 5, 1}, {200, -50, 0, 0}, {1000, -50, 0, 0},
	} {
		c := m.tour.camera(m.camera, big.NewInt(tt.g))
		x, y := c.Center()
		x.Sub(x, m.tour.midX)
		y.Sub(y, m.tour.midY)
		isThere := func(v *big.Int, want int64) bool { return max(want-v.Int64(), v.Int64()-want) < 1<<tt.zoom } // the same dot
		if !isThere(x, tt.x) || !isThere(y, tt.y) || int64(c.Zoom()) != tt.zoom {
			t.Errorf("generation %d: at %v,%v, zoom %d, want %+v", tt.g, x, y, c.Zoom(), tt)
		}
	}
	if m.exp != 3 || m.theme.Name != "paper" {
		t.Errorf("on the way to 100: exponent %d, theme %s", m.exp, m.theme.Name)
	}
	m.travel(big.NewInt(100))
	if m.exp != -1 {
		t.Errorf("on the way to 200: exponent %d", m.exp)
	}
	if d := m.tour.rest(big.NewInt(100)); d != 2500*time.Millisecond || m.tour.rest(big.NewInt(99)) != 0 {
		t.Errorf("rests %v", d)
	}
}

// TestTourIsPlayed: the camera goes to the author's places at their generations,
// rests there, and stays where the user takes it.
func TestTourIsPlayed(t *testing.T) {
	show(t, author("[[ AUTOSTART X 0 Y 0 ZOOM 8 STEP 4 T 30 X 500 ZOOM 1 PAUSE 3 T 60 X 0 ]]"), newHashlife(t), 90, 24, func(r *rig) {
		r.wait(2 * time.Second)
		r.shows("gen 30 ")
		r.shows("zoom 1:8")
		r.shows("◀")
		r.wait(3 * time.Second)
		r.press("space")
		r.press("0")
		r.shows("off the way")
		r.press("r")
		r.shows("zoom 1:8") // it is left for good
	})
}

func TestLookCommands(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gunCells)
	lines := []string{"edit"}
	for _, g := range view.GlyphNames() {
		lines = append(lines, "glyphs "+g, "screen")
	}
	out := mustScript(t, p, lines...)
	if n := len(view.GlyphNames()); n < 5 || !strings.ContainsAny(out, "⣿⡇⠛⠉⠁⢸") {
		t.Errorf("%d kinds of glyphs, or no braille:\n%s", n, out)
	}
	for _, name := range view.ThemeNames() {
		mustScript(t, p, "theme "+name, "grid off", "ages on", "zoom -4", "screen")
	}
}

func TestInfoAndHelpCommands(t *testing.T) {
	t.Parallel()
	mustScript(t, author("one", "two"), "info", "expect message 1/2 one", "info", "expect message 2/2 two", "info", "expect message 1/2 one",
		"help zoom", "expect message zoom K: show 2^K by 2^K cells as a dot; below 0 cells are larger", "help")
}

// TestGlyphsOfATerminal: a terminal that is not Unicode's is not sent what it cannot
// show, and auto chooses by the terminal.
func TestGlyphsOfATerminal(t *testing.T) {
	showOn(t, "US-ASCII", pattern("B3/S23", gliderCells), nil, 100, 20, func(r *rig) {
		r.press("g")
		r.shows("not those of Unicode")
		r.command("glyphs octant")
		r.shows("glyphs: found octant, want ascii")
		r.command("glyphs auto")
		r.shows(":")
	})
	show(t, pattern("B3/S23", gliderCells), nil, 100, 20, func(r *rig) {
		r.command("glyphs braille")
		r.shows("⣿")
		r.command("glyphs auto")
		r.shows("█")
	})
}

// TestPickerFind types the beginning of a name: the pattern of that name comes first.
func TestPickerFind(t *testing.T) {
	t.Parallel()
	p := &picker{all: libraryItems()}
	for filter, want := range map[string]string{
		"": p.all[0].name, "gli": "glider", "glid": "glider", "block": "block", "toad": "toad", "gosp": "gosper-glider-gun",
	} {
		p.filter = filter
		if p.find(); len(p.shown) == 0 || p.shown[0].name != want {
			t.Errorf("%q: the first is %+v, want %s", filter, p.shown[0].name, want)
		}
	}
}

// TestErrorNamesCommandOnce: the error of a rule says "rule" by itself.
func TestErrorNamesCommandOnce(t *testing.T) {
	t.Parallel()
	m := testModel(t)
	if m.execute("rule nonsense"); !strings.HasPrefix(m.message, `rule: "nonsense" col 1`) {
		t.Errorf("message %q", m.message)
	}
}
