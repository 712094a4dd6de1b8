package tui

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/engine"
	"golife/life/view"
)

// Options are what the viewer is started with.
type Options struct {
	Pattern *life.Pattern
	Name    string       // of the pattern, for the status line
	Engine  string       // by name; "" or "auto" lets the viewer choose
	Memory  int64        // bytes the engine may use; 0 is its default
	Threads int          // workers; 0 is the engine's default
	Screen  tcell.Screen // nil is the terminal
	Glyphs  view.Glyphs  // Auto chooses by the terminal
	Theme   *view.Theme  // nil is the default
	Machine bool         // Pattern is Rendell's Turing machine: show a panel that reads it
	Host    Host         // what the program around does: files, numbers
	Choose  bool         // begin with the list of patterns to choose from
	File    bool         // Name is a file
}

// The run loop's patience.
const (
	staleTime = 20 * time.Millisecond // to wait for a frame of the new place before the old one is drawn moved
	quitTime  = time.Second           // to wait for the engine at the end
)

// Run shows a pattern until the user quits, and returns nil then. It returns
// ctx.Err() when ctx is done, and context.Canceled after SIGTERM, SIGHUP or
// SIGINT; the terminal is restored in any case, also when something panics.
func Run(ctx context.Context, o Options) error {
	e, err := o.engineFor(o.Pattern)
	if err != nil {
		return err
	}
	return o.show(ctx, e)
}

// show is Run with the engine made.
func (o Options) show(ctx context.Context, e life.Engine) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	scr, err := newScreen(o.Screen)
	if err != nil {
		return fmt.Errorf("terminal %q: %w", os.Getenv("TERM"), err)
	}
	return run(ctx, o, e, o.chosen, scr)
}

// chosen says which engine e is now, and why.
func (o Options) chosen(e life.Engine) engine.Choice {
	c := engine.Chosen(e)
	if c.Name == o.Engine {
		c.Reason = "" // it was asked for
	}
	return c
}

// engineFor makes the engine that runs p: the one asked for, where it can.
func (o Options) engineFor(p *life.Pattern) (life.Engine, error) {
	if o.Engine == "" {
		o.Engine = engine.Auto
	}
	return engine.New(o.Engine, p.Rule(), engine.Options{
		Memory: o.Memory, Threads: o.Threads, Use: engine.Use{Interactive: true},
	})
}

// run is Run with everything made.
func run(ctx context.Context, o Options, e life.Engine, choiceOf func(life.Engine) engine.Choice, scr screen) error {
	m, s := o.parts(e, choiceOf, scr)
	if o.Choose {
		m.execute("pick")
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.guard(func() { s.run(ctx) })
	}()
	defer func() { // after the screen is closed
		cancel()
		select {
		case <-done:
		case <-time.After(quitTime):
		}
	}()
	defer scr.Close()
	defer m.endFilm()
	return loop(ctx, m, s, scr)
}

// parts makes the model and the simulation.
func (o Options) parts(e life.Engine, choiceOf func(life.Engine) engine.Choice, scr screen) (*model, *sim) {
	columns, rows := scr.Size()
	m := newModel(printable(o.Name), o.Pattern, newLooks(o.Glyphs, o.Theme, scr), columns, rows)
	m.host = o.Host
	if o.Machine {
		m.showMachine()
	}
	if o.File {
		m.file = o.Name
	}
	m.isOwn = o.Theme != nil
	m.configure()
	m.obeyAuthor(o.Pattern)
	s := newSim(e, o.Pattern, choiceOf, m.want)
	s.name, s.remake = m.name, o.engineFor
	if o.Machine {
		s.machine = new(watcher)
	}
	return m, s
}

// loop is the interface's goroutine: it waits for events and frames, and draws.
func loop(ctx context.Context, m *model, s *sim, scr screen) error {
	d := newDrawer(scr, m.pattern.Rule())
	d.draw(m)
	sent := m.want
	var late <-chan time.Time
	for {
		isLate := false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case p := <-s.panics:
			scr.Close()
			panic(p)
		case e, open := <-scr.Events():
			if !open || !handleAll(m, e, scr) {
				return nil
			}
		case f := <-s.frames:
			if f.err != nil {
				return f.err
			}
			m.take(f)
		case <-late:
			isLate = true
		}
		if m.copied != "" {
			scr.Copy(m.copied)
			m.copied = ""
		}
		if !m.want.equal(sent) {
			sent = m.want
			post(s.wants, sent)
		}
		if m.stale() && !isLate {
			if late == nil {
				late = time.After(staleTime)
			}
			continue
		}
		late = nil
		d.draw(m)
	}
}

// handleAll handles e and the events that already wait behind it. It returns
// false when the user wants to quit.
func handleAll(m *model, e event, scr screen) bool {
	for range 256 {
		if _, ok := e.(resize); ok {
			m.setSize(scr.Size())
			m.redraw = true
		}
		m.handle(e)
		if m.quit {
			return false
		}
		if m.suspend {
			m.suspend = false
			suspend(scr)
			m.redraw = true
		}
		var open bool
		select {
		case e, open = <-scr.Events():
			if !open {
				return false
			}
			continue
		default:
		}
		break
	}
	if m.redraw {
		m.redraw = false
		m.setSize(scr.Size())
		scr.Redraw()
	}
	return true
}
