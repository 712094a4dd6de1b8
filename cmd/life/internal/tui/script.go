package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/gdamore/tcell/v2"
)

// ScriptError says which line of a script failed, and why.
type ScriptError struct {
	Line int // 1-based
	Err  error
}

func (e *ScriptError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns Err.
func (e *ScriptError) Unwrap() error { return e.Err }

// ErrExpect says that an expectation of a script was not met.
var ErrExpect = errors.New("expectation not met")

// The screen of a script, unless it asks for another size.
const scriptColumns, scriptRows = 80, 24

// RunScript does the lines of a script, which are commands, on a viewer without a
// terminal. Each line is done with all that follows from it before the next, except
// that what plays goes on. The command screen prints to out. It returns a
// *ScriptError for the first line that fails, which wraps ErrExpect when it is an
// expectation, and ctx.Err() or context.Canceled when it is ended.
func RunScript(ctx context.Context, o Options, lines []string, out io.Writer) error {
	e, err := o.engineFor(o.Pattern)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	sim := tcell.NewSimulationScreen("UTF-8")
	scr, err := newScreen(sim)
	if err != nil {
		return err
	}
	defer scr.Close()
	sim.SetSize(scriptColumns, scriptRows)
	scr.Redraw()
	m, s := o.parts(e, o.chosen, scr)
	defer m.endFilm()
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.guard(func() { s.run(ctx) })
	}()
	defer func() { cancel(); <-done }()
	r := &scriptRunner{m: m, s: s, sim: sim, screen: scr, drawer: newDrawer(scr, m.pattern.Rule()), out: out}
	return r.run(ctx, lines)
}

// scriptRunner does the lines of a script.
type scriptRunner struct {
	m      *model
	s      *sim
	sim    tcell.SimulationScreen
	screen *tcellScreen
	drawer *drawer
	out    io.Writer
}

func (r *scriptRunner) run(ctx context.Context, lines []string) error {
	m := r.m
	if m.failed != nil {
		return m.failed // of the configuration
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !strings.HasPrefix(line, "expect message") {
			m.message = ""
		}
		m.execute(strings.TrimPrefix(line, ":"))
		if err := r.settle(ctx); err != nil {
			return err
		}
		if err := r.outside(ctx); err != nil {
			return err
		}
		if m.failed != nil {
			return &ScriptError{i + 1, m.failed}
		}
		if m.quit {
			return nil
		}
	}
	return nil
}

// settle waits until the simulation has done what is wanted. What follows from its
// answers is wanted, too.
func (r *scriptRunner) settle(ctx context.Context) error {
	m := r.m
	for {
		m.echoes++
		post(r.s.wants, m.want)
		f, err := r.settled(ctx)
		if err != nil || m.want.equal(f.want) {
			return err
		}
	}
}

// settled takes frames until one shows that what was posted last is done.
func (r *scriptRunner) settled(ctx context.Context) (*frame, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case p := <-r.s.panics:
			panic(p)
		case f := <-r.s.frames:
			if f.err != nil {
				return nil, f.err
			}
			r.m.take(f)
			if f.isIdle && f.want.echoes == r.m.echoes {
				return f, nil
			}
		}
	}
}

// outside does what a command wants of the world around the viewer.
func (r *scriptRunner) outside(ctx context.Context) error {
	m := r.m
	if size := m.newSize; size != [2]int{} {
		m.newSize = [2]int{}
		r.sim.SetSize(size[0], size[1])
		m.setSize(size[0], size[1])
		r.screen.Redraw()
		if err := r.settle(ctx); err != nil {
			return err
		}
	}
	if d := m.waitFor; d > 0 {
		m.waitFor = 0
		if err := r.wait(ctx, d); err != nil {
			return err
		}
	}
	if x := m.expected; x != nil {
		m.expected = nil
		if x.what == "message" && m.failed == nil && m.message != x.want {
			m.failed = fmt.Errorf("expect: message: found %q, want %q", m.message, x.want)
		}
		if m.failed != nil {
			m.failed = fmt.Errorf("%w: %w", ErrExpect, m.failed)
		}
	}
	if m.print {
		m.print = false
		r.drawer.draw(m)
		_, err := io.WriteString(r.out, screenText(r.sim))
		return err
	}
	return nil
}

// wait lets the simulation play.
func (r *scriptRunner) wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return r.settle(ctx)
		case p := <-r.s.panics:
			panic(p)
		case f := <-r.s.frames:
			if f.err != nil {
				return f.err
			}
			r.m.take(f)
		}
	}
}

// screenText returns what a screen shows, without blanks at the ends of lines.
func screenText(s tcell.SimulationScreen) string {
	cells, w, h := s.GetContents()
	var b strings.Builder
	for y := range h {
		var line strings.Builder
		for _, c := range cells[y*w : y*w+w] {
			line.WriteString(string(c.Runes))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
