package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// start runs a child on an assignment and calls each with every message and the
// time since the process was started. It returns the child's own error.
func (r *run) start(ctx context.Context, a *assignment, each func(message, time.Duration)) error {
	job, err := json.Marshal(a)
	if err != nil {
		return err
	}
	cmd, err := r.command(ctx)
	if err != nil {
		return err
	}
	cmd.Env = append(append(os.Environ(), r.Env...), jobVar+"="+string(job))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	told := receive(bufio.NewReader(out), begin, each)
	if err := cmd.Wait(); told == nil && err != nil {
		told = fmt.Errorf("%w: %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	return told
}

// receive reads messages to the end, or to the first error.
func receive(in *bufio.Reader, begin time.Time, each func(message, time.Duration)) error {
	for {
		line, err := in.ReadBytes('\n')
		at := time.Since(begin)
		if len(line) == 0 {
			return nil
		}
		var m message
		if err := json.Unmarshal(line, &m); err != nil {
			return fmt.Errorf("bench: found %.40q from the process, want JSON", line)
		}
		switch {
		case m.IsMissing:
			return missingError(m.Error)
		case m.Error != "":
			return errors.New(m.Error)
		}
		each(m, at)
		if err != nil {
			return nil
		}
	}
}

// missingError is an ErrMissing that another process told.
type missingError string

func (e missingError) Error() string { return string(e) }

// Unwrap returns ErrMissing.
func (e missingError) Unwrap() error { return ErrMissing }

// command returns the process to start, without environment and streams.
func (r *run) command(ctx context.Context) (*exec.Cmd, error) {
	if len(r.Command) > 0 {
		return exec.CommandContext(ctx, r.Command[0], r.Command[1:]...), nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, os.Args[1:min(2, len(os.Args))]...)
	cmd.Args[0] = filepath.Base(os.Args[0])
	return cmd, nil
}

// assign returns what a child is to do for a contestant.
func (c *contestant) assign() *assignment {
	return &assignment{setup: setup{
		Workload: *c.workload, Engine: c.row.Engine, File: c.file, Threads: c.row.Threads,
	}}
}

// makeFile writes the workload's pattern file. A child does it, so that this
// process stays small: what it starts inherits its peak memory in the books of
// the kernel.
func (r *run) makeFile(ctx context.Context, w *Workload, file string) error {
	a := &assignment{setup: setup{Workload: *w, File: file}, IsMaker: true}
	return r.start(ctx, a, func(message, time.Duration) {})
}

// coldEngine makes one repetition in a fresh process.
func (r *run) coldEngine(ctx context.Context, c *contestant) {
	var s Sample
	err := r.start(ctx, c.assign(), func(m message, at time.Duration) {
		if m.Sample != nil {
			s = *m.Sample
			s.Wall = at.Seconds()
		}
		r.verify(c, m)
	})
	if err != nil {
		c.refuse(false, err.Error())
		return
	}
	c.row.Cold = append(c.row.Cold, s)
}

// verify checks and notes what a child found.
func (r *run) verify(c *contestant, m message) {
	golden := r.Goldens[c.row.Workload]
	if m.Outcome != nil {
		c.row.Population, c.row.Work, c.row.Stats = m.Outcome.Population, m.Outcome.Work, m.Outcome.Stats
		c.row.Computed, c.row.Curve = computed(c.workload.family(), m.Outcome.Stats), m.Outcome.Curve
	}
	if wrong := golden.check(c.row.Population, m.Digest); wrong != "" {
		c.refuse(true, wrong)
	}
	if m.Digest != "" {
		c.row.Digest = m.Digest
	}
}

// warm makes the repetitions in one process.
func (r *run) warm(ctx context.Context, c *contestant, budget time.Duration) {
	a := c.assign()
	a.IsWarm, a.Budget = true, budget
	err := r.start(ctx, a, func(m message, _ time.Duration) {
		r.verify(c, m)
		if m.Sample != nil {
			c.row.Warm = append(c.row.Warm, *m.Sample)
		}
	})
	if err != nil {
		c.refuse(false, err.Error())
	}
}
