package batch

import (
	"context"
)

// Transport is where workers come from: goroutines, processes, and one day a message
// broker.
type Transport interface {
	// Worker returns a new worker, the n-th of some number from 0 that work at the same
	// time. An error says that there is none to be had.
	Worker(n int) (Worker, error)
}

// Worker does one job after another, for one goroutine.
type Worker interface {
	// Do gives the worker some jobs, each a line of JSON without its end that ParseJob
	// reads, and calls answer for each. An answer is a Status and the result, a line with
	// its end, valid until the next call; answers come in the order of the jobs. A worker
	// whose job takes long may hand back the last ones of those that it has not begun:
	// each such answer is Returned alone, for the last job that has none yet.
	//
	// An error says that the worker is lost, and why; it must then be closed. The jobs
	// without an answer may have been begun. When ctx is done before all jobs are, the
	// worker is lost, too.
	Do(ctx context.Context, jobs [][]byte, answer func([]byte)) error
	// Close ends the worker and gives back what it holds.
	Close()
}

// InProcess is a Transport whose workers are in this process: fast, and safe from jobs
// that panic in their own goroutine, but from nothing worse.
type InProcess struct {
	// Executor returns the Executor of a new worker.
	Executor func() *Executor
}

// Worker implements Transport.
func (t InProcess) Worker(int) (Worker, error) { return inProcess{t.Executor()}, nil }

type inProcess struct{ x *Executor }

// Do does the jobs, each in a goroutine of its own. When one does not end after ctx has
// ended, it is left behind.
func (w inProcess) Do(ctx context.Context, jobs [][]byte, answer func([]byte)) error {
	type reply struct {
		data []byte
		err  error
	}
	for _, job := range jobs {
		done := make(chan reply, 1)
		go func() {
			data, err := w.x.reply(ctx, job, nil)
			done <- reply{data, err}
		}()
		select {
		case r := <-done:
			if r.err != nil {
				return r.err
			}
			answer(r.data)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// Close implements Worker.
func (inProcess) Close() {}
