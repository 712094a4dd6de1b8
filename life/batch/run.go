package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golife/life/internal/arena"
)

// Counts is how many jobs are where.
type Counts struct {
	Done    int // as expected
	Missed  int // done, an expectation was not met
	Failed  int
	Running int
}

// add counts a job that has ended.
func (c *Counts) add(s Status) {
	switch s {
	case Done:
		c.Done++
	case Missed:
		c.Missed++
	default:
		c.Failed++
	}
}

// Ended returns the number of jobs that have ended.
func (c Counts) Ended() int { return c.Done + c.Missed + c.Failed }

// MemoryShare returns the bytes that each of some workers may use for its engine: their
// share of half of what is free now; 0 where the system does not tell.
func MemoryShare(workers int) int64 { return arena.Available() / 2 / int64(workers) }

// Batch is many jobs under way.
type Batch struct {
	Jobs      []Job
	Transport Transport
	Workers   int // at least 1
	Sink      Sink
	// Skip, unless it is nil, says which jobs are not to be done.
	Skip func(index int) bool
	// Grace is how long after its time limit a job may answer; then its worker is
	// given up. 0 is DefaultGrace.
	Grace time.Duration
	// OnFailure, unless it is nil, is called with each result that is a failure or a
	// missed expectation: a line of JSON. Any goroutine may call it.
	OnFailure func(line []byte)

	mu       sync.Mutex
	changed  sync.Cond // what waiting workers look at
	next     int       // the first job that was never taken
	returned []int     // jobs that a worker has handed back
	suspects []int     // jobs of workers that died, to be done alone
	counts   Counts
	stop     context.CancelCauseFunc
}

// DefaultGrace is long enough to read a large pattern and to end a step.
const DefaultGrace = 10 * time.Second

// Counts returns how far the batch is. Any goroutine may call it.
func (b *Batch) Counts() Counts {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.counts
}

// Run does the jobs. What becomes of one is in its result, never in the error: that is
// ctx's, the Sink's, or the Transport's when it has no workers any more. The results
// that the Sink has taken then stand. It may be called once.
func (b *Batch) Run(ctx context.Context) error {
	if b.Grace == 0 {
		b.Grace = DefaultGrace
	}
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	b.stop = stop
	b.changed.L = &b.mu
	defer context.AfterFunc(inner, b.wake)()
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		lost    []error
	)
	for n := range b.Workers {
		workers.Go(func() {
			if err := b.work(inner, n); err != nil {
				mu.Lock()
				lost = append(lost, err)
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	switch {
	case inner.Err() != nil:
		return context.Cause(inner)
	case len(lost) == b.Workers: // else the others have done the rest
		return lost[0]
	}
	return nil
}

// wake makes all waiting workers look again.
func (b *Batch) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.changed.Broadcast()
}

// take returns the next jobs to do, at most a number of them, or none at the end. While
// there are none but others may hand some back, it waits.
func (b *Batch) take(ctx context.Context, most int) (jobs []int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ctx.Err() == nil {
		if n := len(b.suspects); n > 0 {
			jobs, b.suspects = append(jobs, b.suspects[n-1]), b.suspects[:n-1]
			break
		}
		left := len(b.Jobs) - b.next + len(b.returned)
		most = min(most, left/(2*b.Workers)+1) // so that all end at about the same time
		for len(jobs) < most && len(b.returned) > 0 {
			n := len(b.returned)
			jobs, b.returned = append(jobs, b.returned[n-1]), b.returned[:n-1]
		}
		for ; len(jobs) < most && b.next < len(b.Jobs); b.next++ {
			if b.Skip == nil || !b.Skip(b.next) {
				jobs = append(jobs, b.next)
			}
		}
		if len(jobs) > 0 || b.counts.Running == 0 {
			break
		}
		b.changed.Wait()
	}
	b.counts.Running += len(jobs)
	return jobs
}

// A worker is given as many jobs at a time as are likely to take this long, so that what
// it takes to hand them to and fro counts for little.
const (
	bundleTime = 20 * time.Millisecond
	maxBundle  = 256
)

// work does jobs by the n-th worker. The error is the Transport's.
func (b *Batch) work(ctx context.Context, n int) error {
	w, err := b.Transport.Worker(n)
	if err != nil {
		return err
	}
	size := 1
	for {
		jobs := b.take(ctx, size)
		if len(jobs) == 0 {
			w.Close()
			return nil
		}
		begin := time.Now()
		if err := b.do(ctx, w, jobs); err != nil {
			w.Close()
			if ctx.Err() != nil {
				return nil // they are done again another time
			}
			b.bury(jobs, err)
			if w, err = b.Transport.Worker(n); err != nil {
				return err
			}
			size = 1
			continue
		}
		each := max(time.Since(begin)/time.Duration(len(jobs)), 1)
		size = max(1, min(maxBundle, 2*size, int(bundleTime/each)))
	}
}

// do gives jobs to a worker, for no longer than they may take. Jobs that have an answer
// are set to -1 in jobs.
func (b *Batch) do(ctx context.Context, w Worker, jobs []int) error {
	limit := time.Duration(0)
	lines := make([][]byte, len(jobs))
	for k, i := range jobs {
		j := &b.Jobs[i]
		lines[k] = j.appendJSON(nil)
		if limit >= 0 && j.Timeout > 0 {
			limit += j.Timeout
		} else {
			limit = -1 // one of them has no limit
		}
	}
	limited := ctx
	if limit > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, limit+b.Grace)
		defer cancel()
	}
	first, last := 0, len(jobs) // of those without an answer
	err := w.Do(limited, lines, func(reply []byte) {
		if Status(reply[0]) == Returned {
			last--
			b.giveBack(jobs[last])
			jobs[last] = -1
			return
		}
		b.finish(jobs[first], reply)
		jobs[first] = -1
		first++
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer %v after the time limit of %v", b.Grace, limit)
	}
	return err
}

// giveBack makes a job one that is not taken.
func (b *Batch) giveBack(i int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.returned = append(b.returned, i)
	b.counts.Running--
	b.changed.Broadcast()
}

// bury sees to the jobs of a worker that died, those that are not -1. One that it had
// alone has failed; of several, none is known to be the cause, so each is done again,
// alone.
func (b *Batch) bury(jobs []int, why error) {
	given := len(jobs)
	jobs = slices.DeleteFunc(jobs, func(i int) bool { return i < 0 })
	if given == 1 && len(jobs) == 1 {
		r := failure(&b.Jobs[jobs[0]], fmt.Errorf("its worker died: %w", why))
		b.finish(jobs[0], r.appendLine([]byte{byte(Failed)}))
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.suspects = append(b.suspects, jobs...)
	b.counts.Running -= len(jobs)
	b.changed.Broadcast()
}

// finish hands on the answer for a job.
func (b *Batch) finish(i int, reply []byte) {
	s, line := Status(reply[0]), reply[1:]
	if err := b.Sink.Append(i, line); err != nil {
		b.stop(err)
		return
	}
	b.mu.Lock()
	b.counts.Running--
	b.counts.add(s)
	if b.counts.Running == 0 {
		b.changed.Broadcast()
	}
	b.mu.Unlock()
	if s != Done && b.OnFailure != nil {
		b.OnFailure(line)
	}
}
