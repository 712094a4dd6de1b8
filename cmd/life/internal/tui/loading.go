package tui

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golife/life"
)

// loadTick is the time between two looks at how far a file has been read.
const loadTick = 200 * time.Millisecond

// loading is a pattern that is being read on a goroutine of its own, so that the
// present one stays, plays and can be edited until then. There is one at a time: the
// newest.
type loading struct {
	name, doing string // of the pattern, and the command
	cancel      context.CancelFunc
	told        time.Time // when a frame last showed how far it is
	done        chan struct{}
	isDone      bool // done was seen
	read, total atomic.Int64

	// What came of it, when done is closed.
	pattern *life.Pattern
	engine  life.Engine // with the pattern in it; nil when none was wanted
	err     error
	then    func(*sim, *loading) error
}

// progress says how far it is, for the status line.
func (l *loading) progress() string {
	if l == nil {
		return ""
	}
	if total := l.total.Load(); total > 0 {
		return fmt.Sprintf("opening %d%%", 100*min(l.read.Load(), total)/total)
	}
	return "opening"
}

// load reads a pattern in the background. Then then is called, on the simulation's
// goroutine and between two generations; withEngine says that it wants an engine
// that holds the pattern.
func (m *model) load(name string, withEngine bool, then func(*sim, *loading) error) {
	host, doing := m.host, m.doing
	m.message = "opening " + printable(name) + "…"
	m.order(false, func(s *sim) error {
		s.stopLoading()
		l := &loading{name: name, doing: doing, told: time.Now(), done: make(chan struct{}), then: then}
		var ctx context.Context
		ctx, l.cancel = context.WithCancel(context.Background())
		s.loading = l
		go func() {
			defer close(l.done)
			s.guard(func() { l.run(ctx, host, s.remake, withEngine) })
		}()
		return nil
	})
}

// run reads the pattern, and makes its engine.
func (l *loading) run(ctx context.Context, host Host, remake maker, withEngine bool) {
	l.err = errPanicked
	l.pattern, l.err = host.Load(ctx, l.name, func(read, total int64) {
		l.read.Store(read)
		l.total.Store(total)
	})
	if l.err != nil || !withEngine || remake == nil || ctx.Err() != nil {
		return
	}
	if l.engine, l.err = remake(l.pattern); l.err == nil {
		l.err = l.engine.Load(l.pattern)
	}
}

// stopLoading gives up what is being loaded, and reports whether something was.
func (s *sim) stopLoading() bool {
	if s.loading == nil {
		return false
	}
	l := s.loading
	l.cancel()
	s.loading = nil
	go func() {
		<-l.done
		closeEngine(l.engine)
	}()
	return true
}

// loaded returns what to wait for, if anything.
func (s *sim) loaded() chan struct{} {
	if s.loading == nil || s.loading.isDone {
		return nil
	}
	return s.loading.done
}

// takeLoaded takes on what has been loaded as soon as the engine is free for it.
func (s *sim) takeLoaded() {
	if s.loading == nil || !s.loading.isDone || s.job != nil {
		return
	}
	l := s.loading
	s.loading = nil
	l.cancel()
	err := l.err
	if err == nil {
		err = l.then(s, l)
	}
	if err != nil {
		if !errors.Is(err, errPanicked) { // that one is on its way to the user
			s.fail(fmt.Errorf("%s: %w", l.doing, err))
		}
		closeEngine(l.engine)
	}
	s.look()
}

// closeEngine ends the goroutines of an engine that has some.
func closeEngine(e life.Engine) {
	if c, ok := e.(interface{ Close() }); ok {
		c.Close()
	}
}

// loadTime returns when to show again how far the loading is; ok is false for never.
func (s *sim) loadTime() (_ time.Time, ok bool) {
	if s.loaded() == nil {
		return time.Time{}, false
	}
	return s.loading.told.Add(loadTick), true
}

// tellLoading shows how far the loading is when it is time to.
func (s *sim) tellLoading(now time.Time) {
	if at, ok := s.loadTime(); ok && !now.Before(at) {
		s.loading.told = now
		f := *s.last
		s.send(&f)
	}
}
