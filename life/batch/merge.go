package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrConflict says that two results of one job do not agree.
var ErrConflict = errors.New("results do not agree")

// Merged is what Merge found.
type Merged struct {
	Counts
	Same    int      // results that were there before, with equal findings, and are left out
	Torn    int      // files with an unfinished last line, which is left out
	Missing []string // ids of jobs without a result, in input order
}

// place is where a result is.
type place struct {
	file   int
	line   int
	text   []byte
	result *Result
}

// Merge writes the results in some files to w: in the order of jobs, or, when jobs is
// nil, in the order in which they come. Two results of one job must agree in all but
// times, memory and engines; one is kept. The error wraps ErrConflict, or says which
// line of which file is no result, or belongs to no job. Memory: that of all lines.
func Merge(w io.Writer, files []string, jobs []Job) (*Merged, error) {
	m := &merger{found: map[string]place{}, files: files, jobs: map[string]*Job{}}
	for i := range jobs {
		m.jobs[jobs[i].ID] = &jobs[i]
	}
	for i := range files {
		if err := m.read(i); err != nil {
			return nil, err
		}
	}
	ids := m.order
	if jobs != nil {
		ids = nil
		for i := range jobs {
			if _, ok := m.found[jobs[i].ID]; ok {
				ids = append(ids, jobs[i].ID)
			} else {
				m.out.Missing = append(m.out.Missing, jobs[i].ID)
			}
		}
	}
	b := bufio.NewWriterSize(w, 1<<16)
	for _, id := range ids {
		p := m.found[id]
		m.out.add(p.result.Status())
		b.Write(p.text)
	}
	return &m.out, b.Flush()
}

type merger struct {
	files []string
	jobs  map[string]*Job // empty when all are welcome
	found map[string]place
	order []string
	out   Merged
}

// read reads a file.
func (m *merger) read(file int) error {
	f, err := os.Open(m.files[file])
	if err != nil {
		return pathError(m.files[file], err)
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		switch {
		case err != nil && err != io.EOF:
			return pathError(m.files[file], err)
		case err == io.EOF || isBlank(line):
			if len(line) > 0 {
				m.out.Torn++
			}
			return nil
		}
		if err := m.add(place{file: file, line: n, text: line}); err != nil {
			return fmt.Errorf("%s: line %d: %w", m.files[file], n, err)
		}
	}
}

func (m *merger) add(p place) (err error) {
	if p.result, err = ParseResult(p.text); err != nil {
		return fmt.Errorf("found no result of a batch (%w)", err)
	}
	id := p.result.ID
	if j := m.jobs[id]; len(m.jobs) > 0 {
		if j == nil {
			return fmt.Errorf("found job %q, which is not among the %d jobs", id, len(m.jobs))
		}
		if p.result.Job != j.Fingerprint() {
			return fmt.Errorf("found job %q with other settings (%s, now %s)", id, p.result.Job, j.Fingerprint())
		}
	}
	other, isThere := m.found[id]
	if !isThere {
		m.found[id] = p
		m.order = append(m.order, id)
		return nil
	}
	if !bytes.Equal(findings(p.result), findings(other.result)) {
		return fmt.Errorf("job %q: %w: another one is in line %d of %s", id, ErrConflict, other.line, m.files[other.file])
	}
	m.out.Same++
	return nil
}

// findings returns what a result says, without what is new in each run.
func findings(r *Result) []byte {
	c := *r
	if r.Report != nil {
		report := *r.Report
		report.Seconds, report.Rate, report.PeakMemory, report.Stats = "0", "0", 0, nil
		report.Engine, report.Reason = "", ""
		c.Report = &report
	}
	out, err := json.Marshal(&c)
	if err != nil {
		panic("batch: " + err.Error())
	}
	return out
}
