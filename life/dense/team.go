package dense

import "sync/atomic"

// team shares work out among goroutines. From the first work until end these wait for
// more, for a while without letting go of their processor: phases of a sweep take some
// 100 µs, and to wake a thread takes a tenth of that.
type team struct {
	threads int
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

// relaySpins is the same for who waits for a band to be swept, which takes longer.
const relaySpins = 5 * spins

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
func (t *team) begin() {
	t.rest.wake = make(chan struct{}, 1)
	for range t.threads - 1 {
		h := &helper{sleep: sleeper{wake: make(chan struct{}, 1)}}
		t.helpers = append(t.helpers, h)
		go h.run(t)
	}
}

// end stops them.
func (t *team) end() {
	for _, h := range t.helpers {
		h.give(&quit)
	}
	t.helpers = nil
}

func (h *helper) give(work *func()) {
	h.work.Store(work)
	h.sleep.rouse()
}

func (h *helper) run(t *team) {
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

// do calls part for 0 ≤ i < n, and returns when all are done. If there are too few
// helpers, one goroutine does several.
func (t *team) do(n int, part func(i int)) {
	used := min(n, t.threads) - 1
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

// each calls do for each band.
func (t *team) each(bands []*band, do func(*band)) {
	t.do(len(bands), func(i int) { do(bands[i]) })
}

// shareTiles is the fewest tiles that are worth a goroutine: some 20 µs of work.
const shareTiles = 256

// share calls do for parts of 0 ≤ i < n.
func (t *team) share(n int, do func(from, to int)) {
	parts := max(1, min(t.threads, n/shareTiles))
	t.do(parts, func(i int) { do(i*n/parts, (i+1)*n/parts) })
}
