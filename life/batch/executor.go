package batch

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
	"golife/life/run"
)

// Result is what came of a job: the report of the run and its place in the batch, or
// an error. It is one line of the results. Unless Job.Stats is set, its engine is the one
// that was asked for: two results of a job then differ in times and memory alone, but
// for what a time limit ends.
type Result struct {
	ID      string   `json:"id"`
	Job     string   `json:"job"`              // Job.Fingerprint
	Error   string   `json:"error,omitempty"`  // why there is no report
	Missed  []string `json:"missed,omitempty"` // expectations that the report does not meet
	Pattern string   `json:"pattern"`
	*run.Report
}

// Status is how a job ended.
type Status byte

// The values of Status, as they go over the wire.
const (
	Done   Status = 'd' // as expected
	Missed Status = 'm' // done, but an expectation was not met
	Failed Status = 'f'
	// Returned says that a job was not begun; see Worker.
	Returned Status = 'r'
)

// Status returns how the job of r ended.
func (r *Result) Status() Status {
	switch {
	case r.Error != "":
		return Failed
	case len(r.Missed) > 0:
		return Missed
	}
	return Done
}

// appendLine appends r as a line of JSON.
func (r *Result) appendLine(b []byte) []byte {
	w := bytes.NewBuffer(b)
	if err := run.WriteJSON(w, r); err != nil {
		panic("batch: " + err.Error())
	}
	return w.Bytes()
}

// failure returns the result of a job that failed.
func failure(j *Job, err error) *Result {
	return &Result{ID: j.ID, Job: j.Fingerprint(), Pattern: j.Name(), Error: err.Error()}
}

// Executor does jobs, one at a time: it is for one goroutine.
type Executor struct {
	// Load reads a pattern, under rule r unless it is nil; Save writes one.
	Load func(name string, r *rule.Rule) (*life.Pattern, error)
	Save func(name string, p *life.Pattern) error
	// ParseRule turns the rulestring of a job into its rule; nil is rule.Parse.
	ParseRule RuleParser

	rules map[string]*rule.Rule // that have been parsed, up to maxRules
	pool  run.Pool
}

// maxRules bounds the rules that an Executor keeps: most batches have few, and parsing
// one takes as long as a small job.
const maxRules = 1000

// rule parses a rulestring; "" is nil.
func (x *Executor) rule(text string) (*rule.Rule, error) {
	if r, ok := x.rules[text]; ok || text == "" {
		return r, nil
	}
	parse := x.ParseRule
	if parse == nil {
		parse = rule.Parse
	}
	r, err := parse(text)
	if err != nil {
		return nil, err
	}
	if x.rules == nil || len(x.rules) >= maxRules {
		x.rules = map[string]*rule.Rule{}
	}
	x.rules[text] = r
	return r, nil
}

// errInterrupted says that a job was broken off and is to be done again.
var errInterrupted = errors.New("interrupted")

// Do does a job. A panic is the job's failure. When ctx is cancelled the error wraps
// errInterrupted, and there is no result.
func (x *Executor) Do(ctx context.Context, j *Job) (r *Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			r, err = failure(j, fmt.Errorf("panic: %v, at %s", p, panicPlace(debug.Stack()))), nil
		}
	}()
	r, err = x.do(ctx, j)
	if errors.Is(err, errInterrupted) {
		return nil, err
	}
	if err != nil {
		return failure(j, err), nil
	}
	return r, nil
}

func (x *Executor) do(ctx context.Context, j *Job) (*Result, error) {
	rl, err := x.rule(j.Rule)
	if err != nil {
		return nil, err
	}
	p, err := x.Load(j.Name(), rl)
	if err != nil {
		return nil, err
	}
	runner, err := run.New(p, run.Spec{
		Engine: j.Engine, Options: engine.Options{Memory: j.Memory, Threads: j.Threads},
		Pool:        &x.pool,
		Generations: j.Generations, Until: j.Until, Timeout: j.Timeout,
	}, nil)
	if err != nil {
		return nil, err
	}
	if err := runner.Run(ctx); err != nil {
		runner.Close()
		return nil, err
	}
	if runner.Stopped() == run.Interrupted {
		runner.Close()
		return nil, errInterrupted
	}
	r, err := x.judge(j, p, runner)
	x.pool.Keep(runner) // not after a panic
	return r, err
}

// judge reports the end of a run of p, compares it with what was expected, and saves it.
func (x *Executor) judge(j *Job, p *life.Pattern, runner *run.Runner) (*Result, error) {
	r := &Result{ID: j.ID, Job: j.Fingerprint(), Pattern: j.Name()}
	r.Report = runner.Report(r.Pattern, run.Detail{Digest: true, Memory: true, Stats: j.Stats})
	if !j.Stats {
		// What auto has come to goes by the clock, and results of the same job are to be equal.
		r.Report.Engine, r.Report.Reason = cmp.Or(j.Engine, run.Auto), ""
	}
	for _, e := range j.Expect {
		if miss := e.Check(r.Report); miss != "" {
			r.Missed = append(r.Missed, miss)
		}
	}
	if j.ExpectEqual == "" && j.Output == "" {
		return r, nil
	}
	end := runner.Engine().Snapshot()
	if j.ExpectEqual != "" {
		want, err := x.Load(j.ExpectEqual, nil)
		if err != nil {
			return nil, fmt.Errorf("expect_equal: %w", err)
		}
		if d := run.Difference(end, want); d != "" {
			r.Missed = append(r.Missed, j.ExpectEqual+": "+d)
		}
	}
	if j.Output != "" {
		if err := x.Save(j.Output, end.WithComments(p.Comments())); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// panicPlace finds in a stack the first function of ours below the panic.
func panicPlace(stack []byte) string {
	_, below, _ := bytes.Cut(stack, []byte("panic("))
	for line := range bytes.Lines(below) {
		if name, _, ok := bytes.Cut(line, []byte("(")); ok && bytes.HasPrefix(name, []byte("golife/")) {
			return string(name)
		}
	}
	return "an unknown place"
}

// reply does a job, a line of JSON, and returns what a worker sends for it: a Status and
// a line of results. guard, unless it is nil, is called with the job before it begins,
// and what it returns after its end.
func (x *Executor) reply(ctx context.Context, data []byte, guard func(*Job) func()) ([]byte, error) {
	l, err := parseLine(data)
	var j Job
	if err == nil {
		j, err = l.job()
	}
	if err != nil {
		return nil, fmt.Errorf("batch: a worker got a job that it cannot read: %w", err)
	}
	if guard != nil {
		defer guard(&j)()
	}
	r, err := x.Do(ctx, &j)
	if err != nil {
		return nil, err
	}
	return r.appendLine([]byte{byte(r.Status())}), nil
}

// ParseResult reads a line of results.
func ParseResult(data []byte) (*Result, error) {
	var r Result
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, err
	}
	if r.ID == "" || len(r.Job) != 16 {
		return nil, errors.New("it has no id or no job")
	}
	return &r, nil
}
