package dense

import (
	"slices"
	"sync"
	"sync/atomic"

	"golife/life/internal/kernel"
	"golife/life/internal/team"
)

// relay takes the bands of a field through some sweeps. No band waits for all others:
// it may begin a sweep when the bands beside it have come as far as it has, which they
// show by being joined to it. So a goroutine that has lost its processor for a while, or
// has a slow one, holds up nobody: the others take more of the bands.
//
// Edge i lies between band i and the next one, or the first.
type relay struct {
	field   *field
	sweeper *kernel.Sweeper
	depth   int // generations of a sweep
	sweeps  int
	isOdd   bool // the generation before
	// isBack is called after each sweep of a band, by who made it.
	isBack func(b *band, sweeps int) bool

	mu      sync.Mutex
	swept   []int  // by band: sweeps that it has made
	joined  []int  // by edge: sweeps for which the bands beside it are joined
	isTaken []bool // by band: somebody works on it
	left    int    // sweeps of bands that nobody has begun
	back    []int  // by sweep: bands that were back after it
	// changes counts what others may wait for; sleepers are who wait so long that they sleep.
	changes  atomic.Int64
	sleepers int
	awake    sync.Cond
}

// canRelay reports whether bands may go through sweeps of n generations one by one: what
// is beyond the first and the last rows of a band is in the bands beside it.
func (f *field) canRelay(n int) bool {
	bands := len(f.bands)
	return bands > 1 && f.isPlain && f.h-(lanes*bands-1)*f.rows >= n
}

// relay is run for bands of which canRelay is true.
func (f *field) relay(s *kernel.Sweeper, t *team.Team, n, sweeps int, isOdd bool, isBack func(b *band, sweeps int) bool) int {
	bands := len(f.bands)
	r := relay{
		field: f, sweeper: s, depth: n, sweeps: sweeps, isOdd: isOdd, isBack: isBack, left: bands * sweeps,
		swept: make([]int, bands), joined: make([]int, bands), isTaken: make([]bool, bands), back: make([]int, sweeps),
	}
	r.awake.L = &r.mu
	t.Do(t.Threads, func(i int) { r.work(i * bands / t.Threads) })
	return slices.Index(r.back, bands) + 1
}

// work makes joins and sweeps until none is left to begin. Of those that are possible it
// takes the first from a band on: so bands mostly stay with one processor.
func (r *relay) work(first int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.left > 0 {
		if !r.join() && !r.sweep(first) {
			r.wait()
		}
	}
}

// next returns the band to the south of band i.
func (r *relay) next(i int) int { return (i + 1) % len(r.swept) }

// join joins two bands, if there are any to be joined. r is locked, but not all the time.
func (r *relay) join() bool {
	for i, n := range r.joined {
		k := r.next(i)
		if n == r.sweeps || r.swept[i] != n || r.swept[k] != n || r.isTaken[i] || r.isTaken[k] {
			continue
		}
		north, south := r.field.bands[i], r.field.bands[k]
		r.do(func() {
			r.field.fillSouth(north, r.depth)
			r.field.fillNorth(south, r.depth)
			r.field.closeSouth(north, r.depth)
			r.field.closeNorth(south, r.depth)
		}, i, k)
		r.joined[i]++
		return true
	}
	return false
}

// sweep sweeps a band, one that is behind the others if there is a choice.
func (r *relay) sweep(first int) bool {
	best := -1
	for i := range r.swept {
		i = (i + first) % len(r.swept)
		n := r.swept[i]
		north := r.joined[(i+len(r.joined)-1)%len(r.joined)]
		if !r.isTaken[i] && n < r.sweeps && north > n && r.joined[i] > n && (best < 0 || n < r.swept[best]) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	b, n, isBack := r.field.bands[best], r.swept[best], false
	r.left--
	r.do(func() {
		r.field.sweep(r.sweeper, b, r.depth, r.isOdd != (r.depth*n%2 != 0))
		isBack = r.isBack(b, n+1)
	}, best)
	if isBack {
		r.back[n]++
	}
	r.swept[best]++
	return true
}

// do does some work on bands, without the lock.
func (r *relay) do(work func(), bands ...int) {
	for _, i := range bands {
		r.isTaken[i] = true
	}
	r.mu.Unlock()
	work()
	r.mu.Lock()
	for _, i := range bands {
		r.isTaken[i] = false
	}
	if r.changes.Add(1); r.sleepers > 0 {
		r.awake.Broadcast()
	}
}

// wait waits until somebody has done something.
func (r *relay) wait() {
	seen := r.changes.Load()
	r.mu.Unlock()
	for i := 0; i < relaySpins && r.changes.Load() == seen; i++ {
	}
	r.mu.Lock()
	if r.changes.Load() == seen {
		r.sleepers++
		r.awake.Wait()
		r.sleepers--
	}
}

// relaySpins is how often who waits for a band looks whether it is swept before it sleeps: some 150 µs.
const relaySpins = 100_000
