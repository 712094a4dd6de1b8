package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"golife/life/engine"
)

// jobVar is the environment variable that tells a process to measure one thing.
const jobVar = "GOLIFE_BENCH_JOB"

// assignment is what a child process is told in jobVar.
type assignment struct {
	setup
	IsMaker bool          `json:"maker"` // write the pattern file, no more
	IsWarm  bool          `json:"warm"`
	Budget  time.Duration `json:"budget"` // of a warm child, for all repetitions
}

// Sample is one timed repetition.
type Sample struct {
	Wall       float64 `json:"wall"` // seconds
	User       float64 `json:"user"` // seconds, all threads
	Sys        float64 `json:"sys"`
	Peak       int64   `json:"peak"`        // bytes resident at most, of the whole process so far
	Allocs     int64   `json:"allocs"`      // Go objects
	AllocBytes int64   `json:"alloc_bytes"` // bytes of those
}

// cpu returns user and system time together.
func (s Sample) cpu() float64 { return s.User + s.Sys }

// message is one line that a child writes.
type message struct {
	Sample  *Sample  `json:"sample,omitempty"` // absent for the warm-up
	Outcome *Outcome `json:"outcome,omitempty"`
	Digest  string   `json:"digest,omitempty"` // comes after the sample it belongs to

	Error     string `json:"error,omitempty"`
	IsMissing bool   `json:"missing,omitempty"` // the error is ErrMissing
}

// IsChild reports whether this process was started by a Runner to measure one
// thing. The program then calls Child and exits.
func IsChild() bool { return os.Getenv(jobVar) != "" }

// Child measures what the Runner that started this process wants and writes what
// it finds to w. A nil make is engine.New. It reports errors to the Runner too.
func Child(ctx context.Context, w io.Writer, make NewEngine) error {
	out := json.NewEncoder(w)
	err := child(ctx, out, make)
	if err != nil {
		_ = out.Encode(message{Error: err.Error(), IsMissing: errors.Is(err, ErrMissing)})
	}
	return err
}

func child(ctx context.Context, out *json.Encoder, make NewEngine) error {
	var a assignment
	if err := json.Unmarshal([]byte(os.Getenv(jobVar)), &a); err != nil {
		return fmt.Errorf("bench: %s: %w", jobVar, err)
	}
	if a.newEngine = make; make == nil {
		a.newEngine = engine.New
	}
	switch {
	case a.IsMaker:
		return a.Workload.write(a.File)
	case a.IsWarm:
		return a.warm(ctx, out)
	}
	return a.cold(ctx, out)
}

// cold makes one repetition, from the start of the process, and says at once
// when the population is known: the Runner's clock stops there.
func (a *assignment) cold(ctx context.Context, out *json.Encoder) error {
	t, err := a.trial()
	if err != nil {
		return err
	}
	if err := t.prepare(); err != nil {
		return err
	}
	if err := t.run(ctx); err != nil {
		return err
	}
	user, sys := usage()
	s := Sample{User: user.Seconds(), Sys: sys.Seconds(), Peak: peakMemory()}
	o := t.outcome()
	if err := out.Encode(message{Sample: &s, Outcome: &o}); err != nil {
		return err
	}
	d, err := t.digest()
	if err != nil {
		return err
	}
	return out.Encode(message{Digest: d})
}

// warm makes one repetition that is verified and not timed, and then timed ones
// until the spread is small or the budget is spent.
func (a *assignment) warm(ctx context.Context, out *json.Encoder) error {
	start := time.Now()
	var samples []Sample
	for i := 0; ; i++ {
		s, m, err := a.repeat(ctx, i == 0)
		if err != nil {
			return err
		}
		if i > 0 {
			m.Sample = &s
			samples = append(samples, s)
		}
		if err := out.Encode(m); err != nil {
			return err
		}
		perRun := time.Since(start) / time.Duration(i+1)
		if i > 0 && (isSteady(samples) || time.Since(start)+perRun > a.Budget) {
			return nil
		}
	}
}

// repeat makes one repetition in a process that may have made others before.
func (a *assignment) repeat(ctx context.Context, withDigest bool) (s Sample, m message, err error) {
	t, err := a.trial()
	if err != nil {
		return s, m, err
	}
	if err := t.prepare(); err != nil {
		return s, m, err
	}
	defer t.close()
	runtime.GC()
	if s, err = timed(func() error { return t.run(ctx) }); err != nil {
		return s, m, err
	}
	o := t.outcome()
	m.Outcome = &o
	if withDigest {
		m.Digest, err = t.digest()
	}
	return s, m, err
}

// timed measures f.
func timed(f func() error) (Sample, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	user, sys := usage()
	start := time.Now()
	err := f()
	wall := time.Since(start)
	user2, sys2 := usage()
	runtime.ReadMemStats(&after)
	return Sample{
		Wall: wall.Seconds(), User: (user2 - user).Seconds(), Sys: (sys2 - sys).Seconds(), Peak: peakMemory(),
		Allocs:     int64(after.Mallocs - before.Mallocs),
		AllocBytes: int64(after.TotalAlloc - before.TotalAlloc),
	}, err
}
