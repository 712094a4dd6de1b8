package tui

import (
	"io"
	"math/big"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/engine"
	"golife/life/view"
)

// counter is a terminal without keys that keeps what it is sent.
type counter struct {
	columns, rows int
	mu            sync.Mutex
	sent          strings.Builder
	closed        chan struct{}
}

func (c *counter) Start() error { return nil }

func (c *counter) Stop() error { return nil }

func (c *counter) Drain() error {
	close(c.closed)
	return nil
}

func (c *counter) NotifyResize(func()) {}

func (c *counter) WindowSize() (tcell.WindowSize, error) {
	return tcell.WindowSize{Width: c.columns, Height: c.rows}, nil
}

func (c *counter) Read([]byte) (int, error) {
	<-c.closed
	return 0, io.EOF
}

func (c *counter) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sent.Write(p)
}

func (c *counter) Close() error { return nil }

// take returns what was sent since the last call.
func (c *counter) take() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.sent.String()
	c.sent.Reset()
	return s
}

// terminal returns a drawer on a terminal of a kind, and a model with a gun.
func terminal(t *testing.T, kind, colorterm, noColor string) (*counter, *drawer, *model, *sim) {
	t.Helper()
	for name, value := range map[string]string{
		"TERM": kind, "COLORTERM": colorterm, "NO_COLOR": noColor, "LC_ALL": "C.UTF-8", "TCELL_TRUECOLOR": "",
	} {
		t.Setenv(name, value)
	}
	tty := &counter{columns: 100, rows: 30, closed: make(chan struct{})}
	s, err := tcell.NewTerminfoScreenFromTty(tty)
	if err != nil {
		t.Fatal(err)
	}
	scr, err := newScreen(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(scr.Close)
	p := pattern("B3/S23", gunCells)
	m := newModel("gun", p, newLooks(view.Auto, nil, scr), 100, 30)
	e := newNaive(t, p.Rule())
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	return tty, newDrawer(scr, p.Rule()), m, newSim(e, p, func(life.Engine) engine.Choice { return engine.Choice{} }, m.want)
}

// TestOnlyChangesAreSent: a frame like the last one sends nothing to speak of, and
// a generation of the gun little, all in one piece where the terminal can.
func TestOnlyChangesAreSent(t *testing.T) {
	tty, d, m, s := terminal(t, "tmux-256color", "", "")
	frame := func() string {
		s.look()
		m.take(<-s.frames)
		tty.take()
		d.draw(m)
		return tty.take()
	}
	if n := len(frame()); n < 2000 {
		t.Fatalf("the first frame has %d bytes", n)
	}
	if text := frame(); len(text) > 40 {
		t.Errorf("%d bytes for an unchanged frame: %q", len(text), text)
	}
	if err := s.engine.Advance(t.Context(), big.NewInt(1)); err != nil {
		t.Fatal(err)
	}
	text := frame()
	if len(text) > 2000 || len(text) < 100 {
		t.Errorf("%d bytes for a generation of the gun", len(text))
	}
	if strings.Contains(text, "\x1b[2J") || strings.Contains(text, "\x1b[H\x1b[J") {
		t.Error("the screen was cleared")
	}
	if begin, end := strings.Index(text, "\x1b[?2026h"), strings.LastIndex(text, "\x1b[?2026l"); begin != 0 || end < 0 {
		t.Errorf("not in one piece: %q", text)
	}
}

// colorKinds finds the ways to select a colour, the richest first.
var colorKinds = []struct {
	depth view.Depth
	sgr   *regexp.Regexp
}{
	{view.TrueColor, regexp.MustCompile(`\x1b\[([0-9;]*;)?[34]8;2;[0-9;]*m`)},
	{view.Colors256, regexp.MustCompile(`\x1b\[([0-9;]*;)?[34]8;5;[0-9;]*m`)},
	{view.Colors16, regexp.MustCompile(`\x1b\[([0-9;]*;)?(3|4|9|10)[0-7](;[0-9]+)*m`)},
}

// TestColorsOfTerminals looks for the colours that are sent. tcell does not forget
// that a kind of terminal has had all colours, so that none comes with fewer.
func TestColorsOfTerminals(t *testing.T) {
	for _, tt := range []struct {
		kind, colorterm, noColor string
		want                     view.Depth
	}{
		{"xterm-256color", "truecolor", "", view.TrueColor},
		{"xterm-256color", "24bit", "", view.TrueColor},
		{"tmux-256color", "", "", view.Colors256},
		{"xterm", "", "", view.Colors16},
		{"vt100", "", "", view.Mono},
		{"xterm-256color", "truecolor", "1", view.Mono},
	} {
		t.Run(tt.kind+","+tt.colorterm+","+tt.noColor, func(t *testing.T) {
			tty, d, m, s := terminal(t, tt.kind, tt.colorterm, tt.noColor)
			if got := d.screen.Depth(); got != tt.want {
				t.Errorf("depth %d, want %d", got, tt.want)
			}
			s.look()
			m.take(<-s.frames)
			d.draw(m)
			text := tty.take()
			has := view.Mono
			for _, k := range colorKinds {
				if has == view.Mono && k.sgr.MatchString(text) {
					has = k.depth
				}
			}
			if has != tt.want {
				t.Errorf("colours of depth %d are sent, want %d: %.300q", has, tt.want, text)
			}
		})
	}
}
