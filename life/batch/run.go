package batch

import (
	"context"
	"errors"
	"fmt"
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

	mu     sync.Mutex
	next   int
	counts Counts
	stop   context.CancelCauseFunc
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

// take returns the next job to do, or false at the end.
func (b *Batch) take(ctx context.Context) (int, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ctx.Err() == nil && b.next < len(b.Jobs) {
		i := b.next
		b.next++
		if b.Skip == nil || !b.Skip(i) {
			b.counts.Running++
			return i, true
		}
	}
	return 0, false
}

// work does jobs by the n-th worker. The error is the Transport's.
func (b *Batch) work(ctx context.Context, n int) error {
	var w Worker
	defer func() {
		if w != nil {
			w.Close()
		}
	}()
	var line []byte
	for {
		if w == nil {
			if !b.hasMore() {
				return nil
			}
			var err error
			if w, err = b.Transport.Worker(n); err != nil {
				return err
			}
		}
		i, ok := b.take(ctx)
		if !ok {
			return nil
		}
		j := &b.Jobs[i]
		line = j.appendJSON(line[:0])
		reply, err := b.do(ctx, w, j, line)
		if ctx.Err() != nil && err != nil {
			return nil // it is done again another time
		}
		if err != nil {
			w.Close()
			w = nil
			r := failure(j, fmt.Errorf("its worker died: %w", err))
			reply = r.appendLine([]byte{byte(Failed)})
		}
		b.finish(i, reply)
	}
}

// hasMore reports whether there may be jobs left.
func (b *Batch) hasMore() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.next < len(b.Jobs)
}

// do gives a job to a worker, for no longer than the job may take.
func (b *Batch) do(ctx context.Context, w Worker, j *Job, line []byte) ([]byte, error) {
	if j.Timeout == 0 {
		return w.Do(ctx, line)
	}
	limited, cancel := context.WithTimeout(ctx, j.Timeout+b.Grace)
	defer cancel()
	reply, err := w.Do(limited, line)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("no answer %v after the time limit of %v", b.Grace, j.Timeout)
	}
	return reply, err
}

// finish hands on a reply.
func (b *Batch) finish(i int, reply []byte) {
	s, line := Status(reply[0]), reply[1:]
	if err := b.Sink.Append(i, s, line); err != nil {
		b.stop(err)
		return
	}
	b.mu.Lock()
	b.counts.Running--
	b.counts.add(s)
	b.mu.Unlock()
	if s != Done && b.OnFailure != nil {
		b.OnFailure(line)
	}
}
