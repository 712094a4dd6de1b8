// Package team shares the work of one step of an engine out among goroutines, many times a
// second: they wait for the next piece without letting go of their processor for a while, as to wake a
// thread takes some 10 µs.
package team

import "sync/atomic"

// Team is the goroutines of an engine. From the first Do until End they wait for more. Only one goroutine
// may call its methods.
type Team struct {
	// At most so many work, the one that calls Do included; below 1 counts as 1. It is not to be changed between a Do and End.
	Threads int

	helpers []*helper
	pending atomic.Int32
	rest    sleeper // of the one that shares out
}

// helper is one goroutine of a team.
type helper struct {
	work  atomic.Pointer[func()]
	sleep sleeper
}

// sleeper waits for a condition that somebody else makes true.
type sleeper struct {
	isAsleep atomic.Bool
	wake     chan struct{}
}

// spins is how often a condition is looked at before the goroutine sleeps: some 30 µs.
const spins = 20_000

// until returns when isTrue says so. Whoever makes it true calls rouse then.
func (s *sleeper) until(isTrue func() bool) {
	for range spins {
		if isTrue() {
			return
		}
	}
	for {
		s.isAsleep.Store(true)
		if isTrue() && s.isAsleep.CompareAndSwap(true, false) {
			return
		}
		<-s.wake // also when somebody was about to rouse us
		if isTrue() {
			return
		}
	}
}

// rouse wakes the goroutine if it sleeps.
func (s *sleeper) rouse() {
	if s.isAsleep.CompareAndSwap(true, false) {
		s.wake <- struct{}{}
	}
}

// quit is the work of a helper that is not needed any more.
var quit = func() {}

// begin starts the helpers.
func (t *Team) begin() {
	t.rest.wake = make(chan struct{}, 1)
	for range t.Threads - 1 {
		h := &helper{sleep: sleeper{wake: make(chan struct{}, 1)}}
		t.helpers = append(t.helpers, h)
		go h.run(t)
	}
}

// End stops the goroutines that wait. Do may be called again.
func (t *Team) End() {
	for _, h := range t.helpers {
		h.give(&quit)
	}
	t.helpers = nil
}

func (h *helper) give(work *func()) {
	h.work.Store(work)
	h.sleep.rouse()
}

func (h *helper) run(t *Team) {
	for {
		h.sleep.until(func() bool { return h.work.Load() != nil })
		work := h.work.Swap(nil)
		switch work {
		case nil: // it was taken back
			continue
		case &quit:
			return
		}
		(*work)()
		if t.pending.Add(-1) == 0 {
			t.rest.rouse()
		}
	}
}

// Do calls part for 0 ≤ i < n, and returns when all are done. Where n is more than there are
// goroutines, or some of these have no processor at present, one does several. Cost: 1 to 2 µs while they
// have waited for less than some 30 µs.
func (t *Team) Do(n int, part func(i int)) {
	used := min(n, t.Threads) - 1
	if used > 0 && t.helpers == nil {
		t.begin()
	}
	if used <= 0 {
		for i := range n {
			part(i)
		}
		return
	}
	var next atomic.Int32
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			part(i)
		}
	}
	t.pending.Store(int32(used))
	for _, h := range t.helpers[:used] {
		h.give(&work)
	}
	work()
	for _, h := range t.helpers[:used] { // who has not begun, for want of a processor, need not
		if h.work.CompareAndSwap(&work, nil) {
			t.pending.Add(-1)
		}
	}
	t.rest.until(func() bool { return t.pending.Load() == 0 })
}
