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

// Worker does one job after another for one goroutine.
type Worker interface {
	// Do does a job, which is a line of JSON that ParseJob reads, and returns the Status
	// and the result, a line with its end. An error says that the worker is lost, and why;
	// it must then be closed. When ctx is done before the job is, the worker is lost, too.
	Do(ctx context.Context, job []byte) ([]byte, error)
	// Close ends the worker and gives back what it holds.
	Close()
}

// InProcess is a Transport whose workers are in this process: fast, and safe from jobs
// that panic in their own goroutine, but from nothing worse.
type InProcess struct{ Executor *Executor }

// Worker implements Transport.
func (t InProcess) Worker(int) (Worker, error) { return inProcess{t.Executor}, nil }

type inProcess struct{ x *Executor }

// Do does the job in a goroutine of its own. When it does not end after ctx has ended,
// it is left behind.
func (w inProcess) Do(ctx context.Context, job []byte) ([]byte, error) {
	type answer struct {
		reply []byte
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		reply, err := w.x.reply(ctx, job, nil)
		done <- answer{reply, err}
	}()
	select {
	case a := <-done:
		return a.reply, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close implements Worker.
func (inProcess) Close() {}
