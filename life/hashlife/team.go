package hashlife

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// team is the workers that share the bursts of a frame. The owner of the engine
// is the first worker; the others are goroutines that live from the first job worth
// sharing until stop.
type team struct {
	workers []*worker
	job     atomic.Pointer[job]
	posted  sync.Cond // a job was posted, or the team is stopped
	mu      sync.Mutex
	asleep  atomic.Int32
	started bool
	stopped atomic.Bool
	group   sync.WaitGroup
}

// job is one pass over the items of a frame.
type job struct {
	do     func(*worker, []item, int)
	items  []item
	level  int
	next   atomic.Int64 // first item that nobody has taken
	active atomic.Int32 // workers that may have taken some
	why    atomic.Uint32
}

const (
	shared = 8 * burst // fewer items are not worth sharing
	spins  = 200000    // looks for a job before a worker sleeps

	spinsBeforeYield = 2000
)

// init makes a worker for each cursor of s.
func (t *team) init(s *stepper) {
	t.posted.L = &t.mu
	t.workers = t.workers[:0]
	for _, c := range s.cursors {
		t.workers = append(t.workers, &worker{cursor: c, step: s})
	}
}

// start lets the workers look for jobs until stop.
func (t *team) start() {
	t.started = true
	t.stopped.Store(false)
	for _, w := range t.workers[1:] {
		t.group.Add(1)
		go func() {
			defer t.group.Done()
			t.serve(w)
		}()
	}
}

// stop ends the workers, if there are any, and returns when they are gone.
func (t *team) stop() {
	if !t.started {
		return
	}
	t.started = false
	t.stopped.Store(true)
	t.wake()
	t.group.Wait()
}

// run passes all items of f to do, a burst at a time, and gathers in f.need what
// the workers found missing. An interrupt of any of them goes on from here.
func (t *team) run(f *frame, level int, do func(*worker, []item, int)) {
	f.need = f.need[:0]
	if len(t.workers) == 1 || len(f.items) < shared {
		w := t.workers[0]
		w.need, f.need = f.need, nil
		for items := f.items; len(items) > 0; items = items[min(burst, len(items)):] {
			do(w, items[:min(burst, len(items))], level)
		}
		w.need, f.need = nil, w.need
		return
	}
	for _, w := range t.workers {
		w.need = w.need[:0]
	}
	t.share(&job{do: do, items: f.items, level: level})
	for _, w := range t.workers {
		f.need = append(f.need, w.need...)
	}
}

// share does a job with all workers that come to it.
func (t *team) share(j *job) {
	if !t.started {
		t.start()
	}
	t.job.Store(j)
	if t.asleep.Load() > 0 {
		t.wake()
	}
	j.work(t.workers[0])
	t.job.Store(nil)
	for j.active.Load() > 0 {
		runtime.Gosched()
	}
	if why := interrupt(j.why.Load()); why != 0 {
		panic(why)
	}
}

// work takes bursts until none are left.
func (j *job) work(w *worker) {
	j.active.Add(1)
	defer j.active.Add(-1)
	why := run(func() {
		for j.why.Load() == 0 {
			end := int(j.next.Add(burst))
			if end-burst >= len(j.items) {
				return
			}
			j.do(w, j.items[end-burst:min(end, len(j.items))], j.level)
		}
	})
	if why != 0 {
		j.why.Store(uint32(why))
	}
}

// serve works on jobs as they are posted. Between them it looks around for a
// while, since the next is never far when there is enough to do, and then sleeps.
func (t *team) serve(w *worker) {
	for idle := 0; !t.stopped.Load(); idle++ {
		if j := t.job.Load(); j != nil && j.next.Load() < int64(len(j.items)) {
			j.work(w)
			idle = 0
			continue
		}
		if idle < spins {
			if idle%spinsBeforeYield == spinsBeforeYield-1 {
				runtime.Gosched() // there may be fewer processors than workers
			}
			continue
		}
		t.sleep()
		idle = 0
	}
}

// sleep returns when wake is called.
func (t *team) sleep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asleep.Add(1)
	if t.job.Load() == nil && !t.stopped.Load() {
		t.posted.Wait()
	}
	t.asleep.Add(-1)
}

func (t *team) wake() {
	t.mu.Lock()
	t.posted.Broadcast()
	t.mu.Unlock()
}
