package cli

import (
	"fmt"
	"io"
	"math/big"
	"sync"
	"time"

	"golife/life"
	"golife/life/run"
)

const (
	progressDelay = time.Second            // shorter runs show nothing
	progressEvery = 250 * time.Millisecond // between two drawings
	longWait      = 1e8                    // seconds left that are not worth telling
)

// progress draws one line about a run under way; it is a run.Watcher. All methods may be called on
// nil, and then do nothing.
type progress struct {
	w      io.Writer
	name   string
	from   *big.Int
	target *big.Int // nil is none
	begin  time.Time
	done   chan struct{}
	ended  sync.WaitGroup

	mu      sync.Mutex
	now     *big.Int  // generation
	seen    time.Time // when it was reached
	isDrawn bool
}

// newProgress returns a progress line on w.
func newProgress(w io.Writer, name string) *progress { return &progress{w: w, name: name} }

// Start begins to draw, after progressDelay.
func (p *progress) Start(from, target *big.Int) {
	if p == nil {
		return
	}
	p.from, p.now, p.target = from, from, target
	p.begin = time.Now()
	p.seen = p.begin
	p.done = make(chan struct{})
	p.ended.Go(func() {
		wait := time.NewTimer(progressDelay)
		for {
			select {
			case <-p.done:
				return
			case <-wait.C:
				p.draw(time.Now())
				wait.Reset(progressEvery)
			}
		}
	})
}

// At takes note of the engine's generation.
func (p *progress) At(e life.Engine) {
	if p == nil {
		return
	}
	p.mu.Lock()
	p.now, p.seen = e.Generation(), time.Now()
	p.mu.Unlock()
}

// Stop ends the drawing and removes the line.
func (p *progress) Stop() {
	if p == nil {
		return
	}
	close(p.done)
	p.ended.Wait()
	p.clear()
}

// clear removes the line, until the next drawing.
func (p *progress) clear() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isDrawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.isDrawn = false
	}
}

func (p *progress) draw(t time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(p.w, "\r\x1b[K%s", p.line(t))
	p.isDrawn = true
}

// line returns what is drawn at time t, at most 78 characters.
func (p *progress) line(t time.Time) string {
	done := new(big.Int).Sub(p.now, p.from)
	s := fmt.Sprintf("%.20s: generation %s", p.name, short(p.now))
	rate := run.Ratio(done, p.seen.Sub(p.begin).Seconds())
	if done.Sign() > 0 {
		s += fmt.Sprintf("  %s/s", short(whole(rate)))
	}
	s += "  " + t.Sub(p.begin).Round(time.Second).String()
	if p.target != nil && done.Sign() > 0 {
		left := run.Ratio(new(big.Int).Sub(p.target, p.now), rate) - t.Sub(p.seen).Seconds()
		if left < longWait {
			s += ", " + time.Duration(max(left, 0)*1e9).Round(time.Second).String() + " left"
		}
	}
	if r := []rune(s); len(r) > 78 {
		s = string(r[:78])
	}
	return s
}

// whole returns f without its fraction.
func whole(f float64) *big.Int {
	n, _ := big.NewFloat(f).Int(nil)
	return n
}
