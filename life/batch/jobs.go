package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golife/life/format"
)

// LineError says what is wrong with a line of a manifest.
type LineError struct {
	Name string // of the manifest
	Line int    // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("%s: line %d: %v", e.Name, e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *LineError) Unwrap() error { return e.Err }

// Gather returns the jobs of some operands, in their order, each with the defaults d:
//
//   - a manifest on stdin
//     a folder  the pattern files in it and below, by name, hidden ones left out
//     a file    a manifest when it begins with { or is called .jsonl, else a pattern
//     a glob    what it matches, by name
//
// A manifest has an object a line, which ParseJob reads, rules by parseRule; blank lines do not count. Its
// jobs are known by "id", or by the number of their line; files by their names. Nothing
// is left out in silence: the first thing that is wrong is the error, a *LineError where
// it is in a manifest. Memory: some 300 bytes a job.
func Gather(operands []string, stdin io.Reader, d *Job, parseRule RuleParser) ([]Job, error) {
	g := &gatherer{defaults: d, ids: map[string]bool{}, parseRule: parseRule}
	for _, arg := range operands {
		if err := g.operand(arg, stdin); err != nil {
			return nil, err
		}
	}
	if len(g.jobs) == 0 {
		return nil, fmt.Errorf("%s: found no jobs", strings.Join(operands, " "))
	}
	return g.jobs, nil
}

type gatherer struct {
	defaults  *Job
	parseRule RuleParser
	ids       map[string]bool
	jobs      []Job
}

func (g *gatherer) operand(arg string, stdin io.Reader) error {
	if arg == "-" {
		return g.manifest("-", stdin)
	}
	info, err := os.Stat(arg)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?["):
		return g.glob(arg)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: no such file, want a folder, a manifest, a pattern or a glob", arg)
	case err != nil:
		return pathError(arg, err)
	case info.IsDir():
		return g.folder(arg)
	}
	return g.file(arg)
}

// pathError returns an error of the file system without the name of the system call.
func pathError(name string, err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (g *gatherer) glob(pattern string) error {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return fmt.Errorf("%s: %w", pattern, err)
	}
	if len(names) == 0 {
		return fmt.Errorf("%s: matches nothing", pattern)
	}
	for _, name := range names {
		if isHidden(name) && !isHidden(pattern) {
			continue
		}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			continue
		}
		if err := g.pattern(name); err != nil {
			return err
		}
	}
	return nil
}

// isHidden reports whether the last part of a name begins with a dot.
func isHidden(name string) bool { return strings.HasPrefix(filepath.Base(name), ".") }

func (g *gatherer) folder(root string) error {
	before := len(g.jobs)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return pathError(name, err)
		case d.IsDir() && isHidden(name) && name != root:
			return filepath.SkipDir
		case d.IsDir() || isHidden(name):
			return nil
		}
		if !format.IsPattern(name) {
			return nil
		}
		return g.pattern(name)
	})
	if err == nil && len(g.jobs) == before {
		err = fmt.Errorf("%s: found no pattern files, want names in %s", root, strings.Join(append(format.Extensions(), ".mcl"), " "))
	}
	return err
}

func (g *gatherer) pattern(name string) error {
	id := filepath.ToSlash(name)
	return g.add(Job{ID: id, Pattern: name})
}

// file adds a manifest or a pattern.
func (g *gatherer) file(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return pathError(name, err)
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	start, _ := in.Peek(1 << 12)
	start = bytes.TrimLeft(start, " \t\r\n\xEF\xBB\xBF")
	if len(start) > 0 && start[0] == '{' || strings.EqualFold(filepath.Ext(name), ".jsonl") {
		return g.manifest(name, in)
	}
	return g.pattern(name)
}

func (g *gatherer) manifest(name string, r io.Reader) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return pathError(name, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xEF\xBB\xBF"))
		}
		if len(bytes.TrimSpace(line)) > 0 {
			j, err := ParseJob(line, g.parseRule)
			if err == nil {
				if j.ID == "" {
					j.ID = strconv.Itoa(n)
				}
				err = g.add(j)
			}
			if err != nil {
				return &LineError{name, n, err}
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// add adds a job, with the defaults.
func (g *gatherer) add(j Job) error {
	j.Defaults(g.defaults)
	if !j.stops() {
		return errors.New(`nothing says when to stop, want "generations", "timeout" or "until", or a flag for all`)
	}
	if g.ids[j.ID] {
		return fmt.Errorf("found id %q twice, want another one for each job", j.ID)
	}
	g.ids[j.ID] = true
	g.jobs = append(g.jobs, j)
	return nil
}
