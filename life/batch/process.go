package batch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
)

// Processes is a Transport whose workers are processes that run Serve.
type Processes struct {
	// Command returns the command of a new worker. Its standard input, output and error
	// are used.
	Command func() *exec.Cmd
}

// process is a worker in a process.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr tail
}

// Worker implements Transport.
func (t Processes) Worker(int) (Worker, error) {
	p := &process{cmd: t.Command()}
	p.cmd.Stderr = &p.stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("worker not started: %w", err)
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 1<<16)
	if hello, _ := p.out.ReadString('\n'); hello != greeting {
		return nil, fmt.Errorf("worker not started: %w", p.obituary())
	}
	return p, nil
}

// Do implements Worker. When ctx ends first, the process is killed.
func (p *process) Do(ctx context.Context, job []byte) ([]byte, error) {
	stop := context.AfterFunc(ctx, func() { p.cmd.Process.Kill() })
	defer stop()
	_, err := p.in.Write(append(job, '\n'))
	var reply []byte
	if err == nil {
		reply, err = p.out.ReadBytes('\n')
	}
	switch {
	case err == nil:
		return reply, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, p.obituary()
}

// obituary says why the process ended.
func (p *process) obituary() error {
	p.in.Close()
	io.Copy(io.Discard, p.out)
	err := p.cmd.Wait()
	state := "it ended"
	if x := (*exec.ExitError)(nil); errors.As(err, &x) {
		state = x.ProcessState.String()
	} else if err != nil {
		state = err.Error()
	}
	if why := p.stderr.reason(); why != "" {
		return fmt.Errorf("%s (%s)", why, state)
	}
	if strings.Contains(state, "killed") {
		state += ", perhaps for want of memory"
	}
	return errors.New(state)
}

// Close implements Worker.
func (p *process) Close() {
	p.in.Close()
	p.cmd.Process.Kill()
	io.Copy(io.Discard, p.out)
	p.cmd.Wait() // an error says that it was killed
}

// tail keeps the first bytes that a worker writes to its standard error.
type tail struct {
	mu   sync.Mutex
	data []byte
}

const maxTail = 8 << 10

// Write implements io.Writer.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, b[:min(len(b), maxTail-len(t.data))]...)
	return len(b), nil
}

// reason returns the line that says why a process ended: that of a panic or a fatal
// error, or the first one.
func (t *tail) reason() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	first := ""
	for line := range bytes.Lines(t.data) {
		line = bytes.TrimSpace(line)
		if first == "" {
			first = string(line)
		}
		if bytes.HasPrefix(line, []byte("panic: ")) || bytes.HasPrefix(line, []byte("fatal error: ")) {
			return string(line)
		}
	}
	return strings.TrimPrefix(first, "life: ")
}

// greeting is what a worker says when it is ready for jobs; the number is the version of
// what goes to and fro.
const greeting = "golife worker 1\n"

// Serve is the worker's side of Processes: it does the jobs that it reads from in, a
// line each, and writes a Status and a line of results for each to out. It returns at
// the end of in. When that comes during a job, whoever wanted it is gone: orphaned is
// called, which should end the process.
func Serve(in io.Reader, out io.Writer, x *Executor, orphaned func()) error {
	if _, err := out.Write([]byte(greeting)); err != nil {
		return err
	}
	r := &reader{in: bufio.NewReaderSize(in, 1<<16), jobs: make(chan []byte), orphaned: orphaned}
	go r.run()
	w := newWatch()
	for line := range r.jobs {
		reply, err := x.reply(context.Background(), line, w.guard)
		if err == nil {
			r.isBusy.Store(false)
			_, err = out.Write(reply)
		}
		if err != nil {
			return err
		}
	}
	return r.err
}

// reader reads ahead of a worker, to see the end of its input at once.
type reader struct {
	in       *bufio.Reader
	jobs     chan []byte
	isBusy   atomic.Bool
	orphaned func()
	err      error
}

func (r *reader) run() {
	defer close(r.jobs)
	for {
		line, err := r.in.ReadBytes('\n')
		if err != nil {
			if err != io.EOF {
				r.err = err
			}
			if r.isBusy.Load() {
				r.orphaned()
			}
			return
		}
		r.isBusy.Store(true)
		r.jobs <- line
	}
}
