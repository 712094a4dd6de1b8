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
	"time"
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
	buf    []byte
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
func (p *process) Do(ctx context.Context, jobs [][]byte, answer func([]byte)) error {
	stop := context.AfterFunc(ctx, func() { p.cmd.Process.Kill() })
	defer stop()
	p.buf = p.buf[:0]
	for _, job := range jobs {
		p.buf = append(append(p.buf, job...), '\n')
	}
	_, err := p.in.Write(p.buf)
	for left := len(jobs); left > 0 && err == nil; left-- {
		var reply []byte
		if reply, err = p.out.ReadBytes('\n'); err == nil {
			answer(reply)
		}
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return p.obituary()
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
// line each, and writes an answer for each to out. It returns at the end of in. When
// that comes before all jobs are done, whoever wanted them is gone: orphaned is called,
// which should end the process.
func Serve(in io.Reader, out io.Writer, x *Executor, orphaned func()) error {
	if _, err := out.Write([]byte(greeting)); err != nil {
		return err
	}
	s := &server{in: bufio.NewReaderSize(in, 1<<16), out: bufio.NewWriterSize(out, 1<<16), orphaned: orphaned}
	s.more.L = &s.mu
	go s.read()
	w := newWatch(s.tick)
	for {
		job := s.next()
		if job == nil {
			return s.err
		}
		reply, err := x.reply(context.Background(), job, w.guard)
		if err != nil {
			return err
		}
		s.answer(reply)
	}
}

// server is what a worker has to do and has done.
type server struct {
	in       *bufio.Reader
	orphaned func()

	mu     sync.Mutex
	more   sync.Cond // jobs or isOver has changed
	jobs   [][]byte  // not begun
	isBusy bool      // one is under way
	isOver bool      // no more come
	begun  time.Time // when the first of those that came together was begun
	out    *bufio.Writer
	err    error // the first one
}

// read reads ahead of the worker, to see the end of its input at once.
func (s *server) read() {
	for {
		line, err := s.in.ReadBytes('\n')
		s.mu.Lock()
		if err != nil {
			if err != io.EOF {
				s.err = err
			}
			if s.isBusy || len(s.jobs) > 0 {
				s.orphaned()
			}
			s.isOver = true
		} else {
			s.jobs = append(s.jobs, line)
		}
		s.mu.Unlock()
		s.more.Signal()
		if err != nil {
			return
		}
	}
}

// next waits for a job; nil is the end. Before it waits, all answers are sent.
func (s *server) next() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.isBusy = false; len(s.jobs) == 0 && !s.isOver && s.err == nil; s.more.Wait() {
		s.flush()
		s.begun = time.Time{}
	}
	if len(s.jobs) == 0 || s.err != nil {
		s.flush()
		return nil
	}
	job := s.jobs[0]
	s.jobs = s.jobs[1:]
	s.isBusy = true
	if s.begun.IsZero() {
		s.begun = time.Now()
	}
	return job
}

// answer keeps an answer until there is nothing else to do, or until the next tick.
func (s *server) answer(reply []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.Write(reply) // the error stays with the buffer
}

func (s *server) flush() {
	if err := s.out.Flush(); err != nil && s.err == nil {
		s.err = err
	}
}

// holdTime is how long jobs may wait for one before them. Whoever gave them has others
// who can do them.
const holdTime = 100 * time.Millisecond

// tick is called now and then. It sends the answers there are, and hands jobs back that
// have waited for long.
func (s *server) tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isBusy && len(s.jobs) > 0 && time.Since(s.begun) > holdTime {
		for range s.jobs {
			s.out.Write([]byte{byte(Returned), '\n'})
		}
		s.jobs = nil
	}
	if s.out.Buffered() > 0 {
		s.flush()
	}
}
