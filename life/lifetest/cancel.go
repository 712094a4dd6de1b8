package lifetest

import (
	"context"
	"errors"
	"math/big"
	"sync"
	"testing"
	"time"
)

// countdown is a context that is cancelled at the n-th look at it.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
	done chan struct{}
}

func newCountdown(n int) *countdown {
	return &countdown{Context: context.Background(), left: n, done: make(chan struct{})}
}

// look counts one look, and reports whether the context is cancelled.
func (c *countdown) look() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left < 0 {
		return true
	}
	if c.left--; c.left < 0 {
		close(c.done)
	}
	return c.left < 0
}

func (c *countdown) Done() <-chan struct{} {
	c.look()
	return c.done
}

func (c *countdown) Err() error {
	if c.look() {
		return context.Canceled
	}
	return nil
}

// checkCancelled: when its context ends, Advance leaves a whole generation at or
// after the one it started from, and returns the context's error.
func checkCancelled(t *testing.T, c lawCase) {
	for _, looks := range []int{0, 1, 2, 3, 5, 9, 20, 60} {
		s := c.soup(34)
		e := c.engine(t, s.Pattern())
		Advance(t, e, 3)
		start := e.Snapshot()
		err := e.Advance(newCountdown(looks), big.NewInt(40))
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("%v: Advance returns %v, want context.Canceled", s, err)
		}
		c.checkWhole(t, s, e, start, 40, err)
		// The universe must be fit to go on.
		done := new(big.Int).Sub(e.Generation(), start.Generation()).Int64()
		Advance(t, e, 40-done)
		c.checkWhole(t, s, e, start, 40, nil)
	}
	c.checkDone(t)
	c.checkDeadline(t)
}

// checkDone: Advance under a context that is done does not go far.
func (c lawCase) checkDone(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := c.soup(34)
	e := c.engine(t, s.Pattern())
	n := new(big.Int).Lsh(big.NewInt(1), 200)
	if err := e.Advance(ctx, n); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v: Advance(2^200) under a cancelled context returns %v", s, err)
	}
	if g := e.Generation(); g.Cmp(big.NewInt(1000)) > 0 {
		t.Fatalf("%v: Advance under a cancelled context went to generation %v", s, g)
	}
	c.checkWhole(t, s, e, s.Pattern(), 1000, context.Canceled)
}

// checkDeadline: a context may end at any moment, by the clock.
func (c lawCase) checkDeadline(t *testing.T) {
	s := c.soup(66)
	for _, d := range []time.Duration{50 * time.Microsecond, time.Millisecond} {
		e := c.engine(t, s.Pattern())
		ctx, cancel := context.WithTimeout(context.Background(), d)
		err := e.Advance(ctx, big.NewInt(200))
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("%v: Advance returns %v, want context.DeadlineExceeded", s, err)
		}
		c.checkWhole(t, s, e, s.Pattern(), 200, err)
	}
}
