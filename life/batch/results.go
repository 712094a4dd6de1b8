package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golife/life/checkpoint"
)

// Sink takes results.
type Sink interface {
	// Append adds the result of the job with an index: a line with its end. Any goroutine
	// may call it.
	Append(index int, line []byte) error
}

// span is where a line is in a file.
type span struct {
	at     int64
	length int32 // with its end; 0 is none
}

// Results is a Sink in a file, which it extends and never changes otherwise: see the
// package comment.
type Results struct {
	name string
	jobs []Job

	mu      sync.Mutex
	f       *os.File
	size    int64
	lines   []span // by job
	isDirty bool   // not all is on disk
	err     error  // the first one
	ended   chan struct{}
	syncer  sync.WaitGroup

	// Before says how the jobs ended that had a result when the file was opened.
	Before Counts
	// Torn is how many bytes of an unfinished line were cut off then.
	Torn int64
}

// Reopen says what OpenResults does with a file that is there.
type Reopen int

// The values of Reopen.
const (
	Refuse Reopen = iota // an error, unless it is empty
	Resume               // keep its results; they must be of the very jobs
	Retry                // as Resume, but drop the failures
)

// syncEvery is how long results may stay off the disk.
const syncEvery = time.Second

// OpenResults opens the file name for the results of jobs, and makes it where there is
// none. It is locked against a second batch, where the system has locks.
func OpenResults(name string, jobs []Job, how Reopen) (*Results, error) {
	r := &Results{name: name, jobs: jobs}
	if err := r.open(how); err != nil {
		if r.f != nil {
			r.close()
		}
		return nil, err
	}
	r.ended = make(chan struct{})
	r.syncer.Go(r.keepSynced)
	return r, nil
}

func (r *Results) open(how Reopen) (err error) {
	if r.f, err = os.OpenFile(r.name, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return err
	}
	if err := lock(r.f); err != nil {
		return fmt.Errorf("%s: another batch is writing to it", r.name)
	}
	info, err := r.f.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: found no regular file, want one for results", r.name)
	case info.Size() > 0 && how == Refuse:
		return fmt.Errorf("%s: is there already, want --resume to go on from it, or another name", r.name)
	}
	if err := r.scan(); err != nil {
		return err
	}
	if how == Retry && r.Before.Failed > 0 {
		return r.dropFailures()
	}
	if r.Torn > 0 {
		if err := r.f.Truncate(r.size); err != nil {
			return err
		}
	}
	checkpoint.SyncFolder(filepath.Dir(r.name))
	return nil
}

// scan reads what is in the file.
func (r *Results) scan() error {
	index := make(map[string]int, len(r.jobs))
	for i := range r.jobs {
		index[r.jobs[i].ID] = i
	}
	r.lines, r.size, r.Before, r.Torn = make([]span, len(r.jobs)), 0, Counts{}, 0
	in := bufio.NewReaderSize(io.NewSectionReader(r.f, 0, 1<<62), 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if err == io.EOF || isBlank(line) {
			// What a crash has cut, or, where the system lost power, has not filled.
			rest, err := io.Copy(io.Discard, in)
			r.Torn = int64(len(line)) + rest
			return err
		}
		if err := r.note(index, n, line); err != nil {
			return err
		}
	}
}

// isBlank reports whether a line begins with a NUL, which no result does.
func isBlank(line []byte) bool { return len(line) > 0 && line[0] == 0 }

// note takes note of line n.
func (r *Results) note(index map[string]int, n int, line []byte) error {
	result, err := ParseResult(line)
	if err != nil {
		return fmt.Errorf("%s: line %d: found no result of a batch (%v)", r.name, n, err)
	}
	i, ok := index[result.ID]
	switch {
	case !ok:
		return fmt.Errorf("%s: line %d: found job %q, which is not among the %d jobs", r.name, n, result.ID, len(r.jobs))
	case r.lines[i].length > 0:
		return fmt.Errorf("%s: line %d: found job %q twice", r.name, n, result.ID)
	case result.Job != r.jobs[i].Fingerprint():
		return fmt.Errorf("%s: line %d: found job %q with other settings (%s, now %s)", r.name, n, result.ID, result.Job, r.jobs[i].Fingerprint())
	}
	r.lines[i] = span{r.size, int32(len(line))}
	r.size += int64(len(line))
	r.Before.add(result.Status())
	return nil
}

// dropFailures rewrites the file without failed jobs, and opens it again.
func (r *Results) dropFailures() error {
	err := r.rewrite(func(line []byte) bool {
		result, err := ParseResult(line)
		return err == nil && result.Status() != Failed
	})
	if err != nil {
		return err
	}
	return r.open(Resume)
}

// rewrite replaces the file by its lines in input order, without those that keep does
// not want. The old one is closed then, as Windows replaces no open file.
func (r *Results) rewrite(keep func([]byte) bool) error {
	err := checkpoint.WriteFile(r.name, func(w io.Writer) error {
		out := bufio.NewWriterSize(w, 1<<16)
		for _, s := range r.lines {
			if s.length == 0 {
				continue
			}
			line := make([]byte, s.length)
			if _, err := r.f.ReadAt(line, s.at); err != nil {
				return err
			}
			if keep(line) {
				out.Write(line)
			}
		}
		return errors.Join(out.Flush(), r.f.Close())
	})
	r.f.Close() // again, where there was an error before
	return err
}

// IsFinished reports whether a job had a result when the file was opened, or has now.
func (r *Results) IsFinished(index int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lines[index].length > 0
}

// Append implements Sink. After an error there is nothing of the line in the file, as
// far as the system lets it be undone, and all further calls fail.
func (r *Results) Append(index int, line []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	if _, err := r.f.WriteAt(line, r.size); err != nil {
		r.err = err
		r.f.Truncate(r.size) // WriteAt does not tell what it has written
		return err
	}
	r.lines[index] = span{r.size, int32(len(line))}
	r.size += int64(len(line))
	r.isDirty = true
	return nil
}

// keepSynced puts results on disk until Close.
func (r *Results) keepSynced() {
	t := time.NewTicker(syncEvery)
	defer t.Stop()
	for {
		select {
		case <-r.ended:
			return
		case <-t.C:
			r.sync()
		}
	}
}

// sync puts the results on disk. Others may append meanwhile.
func (r *Results) sync() error {
	r.mu.Lock()
	isDirty := r.isDirty
	r.isDirty = false
	r.mu.Unlock()
	if !isDirty {
		return nil
	}
	err := r.f.Sync()
	if err != nil {
		r.mu.Lock()
		r.err = cmpErr(r.err, err)
		r.mu.Unlock()
	}
	return err
}

func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// Close puts all on disk and closes the file.
func (r *Results) Close() error {
	close(r.ended)
	r.syncer.Wait()
	return errors.Join(r.sync(), r.close())
}

func (r *Results) close() error {
	unlock(r.f)
	return r.f.Close()
}

// CloseInOrder is Close; the file then has its lines in the order of the jobs.
func (r *Results) CloseInOrder() error {
	close(r.ended)
	r.syncer.Wait()
	if err := r.sync(); err != nil {
		return errors.Join(err, r.close())
	}
	return r.rewrite(func([]byte) bool { return true })
}

// Stream is a Sink that writes to w at once, or in input order as far as results are
// there.
type Stream struct {
	mu      sync.Mutex
	w       io.Writer
	ordered bool
	next    int
	waiting map[int][]byte
}

// NewStream returns a Stream to w. Ordered results are held back until all before them
// are there: in memory.
func NewStream(w io.Writer, ordered bool) *Stream {
	return &Stream{w: w, ordered: ordered, waiting: map[int][]byte{}}
}

// Append implements Sink.
func (s *Stream) Append(index int, line []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ordered {
		_, err := s.w.Write(line)
		return err
	}
	s.waiting[index] = bytes.Clone(line)
	for {
		line, ok := s.waiting[s.next]
		if !ok {
			return nil
		}
		if _, err := s.w.Write(line); err != nil {
			return err
		}
		delete(s.waiting, s.next)
		s.next++
	}
}

// Flush writes what is held back, in order.
func (s *Stream) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.waiting) > 0 {
		if line, ok := s.waiting[s.next]; ok {
			if _, err := s.w.Write(line); err != nil {
				return err
			}
			delete(s.waiting, s.next)
		}
		s.next++
	}
	return nil
}
