package batch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"golife/life/engine"
	"golife/life/rule"
	"golife/life/run"
	"golife/life/soup"
)

// Job is one pattern to run. The zero value of a field is none, or the default that
// Defaults gives.
type Job struct {
	ID      string // unique among the jobs
	Pattern string // a file or a name of the library; "" with Soup
	Soup    string // as soup.Parse reads it
	Seed    string // of the soup

	Rule        string // "" is the pattern's own
	Generations *big.Int
	Until       string // one of run.Events
	Expect      []run.Expectation
	ExpectEqual string // a pattern to have the cells of

	Engine  string // "" is run.Auto
	Threads int
	Timeout time.Duration // of computing
	Memory  int64         // bytes, for the engine
	Output  string        // file for the last generation
	Stats   bool          // report the engine's counters
}

// line is a Job as JSON. Numbers are numbers or strings, in any notation of package run.
type line struct {
	ID          text              `json:"id,omitempty"`
	Pattern     string            `json:"pattern,omitempty"`
	Soup        string            `json:"soup,omitempty"`
	Seed        text              `json:"seed,omitempty"`
	Rule        string            `json:"rule,omitempty"`
	Generations text              `json:"generations,omitempty"`
	Until       string            `json:"until,omitempty"`
	Expect      map[string]expect `json:"expect,omitempty"`
	ExpectEqual string            `json:"expect_equal,omitempty"`
	Engine      string            `json:"engine,omitempty"`
	Threads     int               `json:"threads,omitempty"`
	Timeout     text              `json:"timeout,omitempty"`
	Memory      text              `json:"memory,omitempty"`
	Output      string            `json:"output,omitempty"`
	Stats       bool              `json:"stats,omitempty"`
}

// Fields returns what a line of a manifest may hold.
func Fields() []string {
	return strings.Fields("id pattern soup seed rule generations until expect expect_equal engine threads timeout " +
		"memory output stats")
}

// text is a string or a number, whose digits it holds.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	var s string
	if len(b) > 0 && b[0] == '"' {
		err := json.Unmarshal(b, &s)
		*t = text(s)
		return err
	}
	var n json.Number
	err := json.Unmarshal(b, &n)
	*t = text(n)
	return err
}

// expect is the value of an expectation: a string, a number, null for no bounds, or
// bounds in the form of a report.
type expect string

// UnmarshalJSON implements json.Unmarshaler.
func (x *expect) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "null":
		*x = "empty"
		return nil
	case len(b) > 0 && b[0] == '{':
		var r run.Box
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if r.X == nil || r.Y == nil || r.Width == nil || r.Height == nil {
			return errors.New("found bounds without x, y, width or height")
		}
		*x = expect(fmt.Sprintf("%v,%v,%v,%v", r.X, r.Y, r.Width, r.Height))
		return nil
	}
	return (*text)(x).UnmarshalJSON(b)
}

// RuleParser turns a rulestring into a rule, as rule.Parse does.
type RuleParser func(string) (*rule.Rule, error)

// ParseJob reads a job from one line of JSON, {"id":"a","pattern":"glider",
// "generations":1000}; Fields lists what there may be. Everything is checked that can be
// without a pattern: names of fields, numbers, rules by parseRule, engines, events,
// soups. The error says what was found and what was wanted.
func ParseJob(data []byte, parseRule RuleParser) (Job, error) {
	l, err := parseLine(data)
	if err != nil {
		return Job{}, err
	}
	if l.Rule != "" {
		if _, err := parseRule(l.Rule); err != nil {
			return Job{}, err
		}
	}
	return l.job()
}

// parseLine reads the JSON of a job.
func parseLine(data []byte) (*line, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var l line
	if err := d.Decode(&l); err != nil {
		return nil, jsonError(data, err)
	}
	if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
		return nil, fmt.Errorf("found %.20q after the object, want one object a line", rest)
	}
	return &l, nil
}

// UnknownFieldError says that a job has a field that there is not.
type UnknownFieldError struct{ Field string }

func (e *UnknownFieldError) Error() string {
	return fmt.Sprintf("unknown field %q, want one of %s", e.Field, strings.Join(Fields(), " "))
}

// jsonError says in our words what is wrong with a line of JSON.
func jsonError(data []byte, err error) error {
	var (
		syntax *json.SyntaxError
		kind   *json.UnmarshalTypeError
	)
	trimmed := bytes.TrimSpace(data)
	switch {
	case len(trimmed) == 0 || trimmed[0] != '{':
		return fmt.Errorf("found %.20q, want an object such as {\"pattern\":\"glider\"}", trimmed)
	case errors.As(err, &syntax):
		return fmt.Errorf("col %d: %w", syntax.Offset, err)
	case errors.As(err, &kind):
		want := kind.Type.String()
		switch want {
		case "json.Number":
			want = "string or a number"
		case "int":
			want = "whole number"
		}
		return fmt.Errorf("%s: found a %s, want a %s", kind.Field, kind.Value, want)
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return &UnknownFieldError{strings.Trim(name, `"`)}
	}
	if err.Error() == "unexpected EOF" {
		return errors.New("the object does not end on this line")
	}
	return err
}

// job checks all of l but its rule.
func (l *line) job() (Job, error) {
	j := Job{
		ID: string(l.ID), Pattern: l.Pattern, Soup: l.Soup, Seed: string(l.Seed), Rule: l.Rule, Until: l.Until,
		ExpectEqual: l.ExpectEqual, Engine: l.Engine, Threads: l.Threads, Output: l.Output, Stats: l.Stats,
	}
	switch {
	case (j.Pattern == "") == (j.Soup == ""):
		return Job{}, errors.New("want either a pattern or a soup")
	case j.Output == "-":
		return Job{}, errors.New("output: found -, want a file name: the standard output is for results")
	}
	var errs []error
	try := func(field string, given bool, check func() error) {
		if given {
			if err := check(); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", field, err))
			}
		}
	}
	try("soup", l.Soup != "", func() error { _, err := soup.Parse(l.Soup); return err })
	try("generations", l.Generations != "", func() (err error) {
		j.Generations, err = run.ParseCount(string(l.Generations))
		return err
	})
	try("timeout", l.Timeout != "", func() (err error) {
		j.Timeout, err = run.ParseDuration(string(l.Timeout))
		return err
	})
	try("memory", l.Memory != "", func() (err error) { j.Memory, err = run.ParseSize(string(l.Memory)); return err })
	try("until", l.Until != "", func() error { return oneOf(l.Until, run.Events()) })
	try("engine", l.Engine != "", func() error { return oneOf(l.Engine, append(engine.Names(), run.Auto)) })
	try("threads", l.Threads != 0, func() error {
		if l.Threads < 0 || l.Threads > 1<<16 {
			return fmt.Errorf("found %d, want 1 to %d", l.Threads, 1<<16)
		}
		return nil
	})
	for _, key := range run.ExpectKeys() {
		value, ok := l.Expect[key]
		try("expect", ok, func() error {
			x, err := run.NewExpectation(key, string(value))
			j.Expect = append(j.Expect, x)
			delete(l.Expect, key)
			return err
		})
	}
	for key := range l.Expect {
		errs = append(errs, fmt.Errorf("expect: unknown key %q, want %s", key, strings.Join(run.ExpectKeys(), ", ")))
	}
	if len(errs) > 0 {
		return Job{}, errs[0]
	}
	return j, nil
}

func oneOf(word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	return fmt.Errorf("unknown %q, want one of %s", word, strings.Join(words, ", "))
}

// Name returns what the job runs: its pattern, or the name of its soup.
func (j *Job) Name() string {
	if j.Soup == "" {
		return j.Pattern
	}
	s, err := soup.Parse(j.Soup)
	if err != nil {
		return j.Soup
	}
	return s.Name(j.Seed)
}

// appendJSON appends the job as a line that ParseJob reads, without a line end.
func (j *Job) appendJSON(b []byte) []byte {
	l := line{
		ID: text(j.ID), Pattern: j.Pattern, Soup: j.Soup, Seed: text(j.Seed), Rule: j.Rule, Until: j.Until,
		ExpectEqual: j.ExpectEqual, Engine: j.Engine, Threads: j.Threads, Output: j.Output, Stats: j.Stats,
	}
	if j.Generations != nil {
		l.Generations = text(j.Generations.String())
	}
	if j.Timeout > 0 {
		l.Timeout = text(j.Timeout.String())
	}
	if j.Memory > 0 {
		l.Memory = text(fmt.Sprint(j.Memory))
	}
	for _, x := range j.Expect {
		if l.Expect == nil {
			l.Expect = map[string]expect{}
		}
		l.Expect[x.Key] = expect(x.Want)
	}
	out, err := json.Marshal(&l)
	if err != nil {
		panic("batch: " + err.Error())
	}
	return append(b, out...)
}

// Fingerprint returns 16 hexadecimal digits that tell this job from others by what its
// result depends on: pattern, soup, seed, rule, generations, until and expectations. The
// content of files is not looked at. How it is run (engine, threads, limits, output) and
// its ID do not matter.
func (j *Job) Fingerprint() string {
	k := Job{
		Pattern: j.Pattern, Soup: j.Soup, Seed: j.Seed, Rule: j.Rule, Generations: j.Generations, Until: j.Until,
		Expect: j.Expect, ExpectEqual: j.ExpectEqual,
	}
	sum := sha256.Sum256(k.appendJSON(nil))
	return hex.EncodeToString(sum[:8])
}

// stops reports whether anything says when to stop.
func (j *Job) stops() bool { return j.Generations != nil || j.Until != "" || j.Timeout > 0 }

// Defaults gives j what it lacks of d.
func (j *Job) Defaults(d *Job) {
	if !j.stops() {
		j.Generations, j.Until = d.Generations, d.Until
	}
	if j.Rule == "" {
		j.Rule = d.Rule
	}
	if j.Engine == "" {
		j.Engine = d.Engine
	}
	if j.Threads == 0 {
		j.Threads = d.Threads
	}
	if j.Timeout == 0 {
		j.Timeout = d.Timeout
	}
	if j.Memory == 0 {
		j.Memory = d.Memory
	}
	if j.Expect == nil {
		j.Expect = d.Expect
	}
	j.Stats = j.Stats || d.Stats
}
