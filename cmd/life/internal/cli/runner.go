package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"golife/life"
	"golife/life/checkpoint"
	"golife/life/rule"
	"golife/life/run"
)

const defaultCheckpointEvery = time.Minute

// runOutput is where the reports of life run go.
type runOutput struct {
	*runFlags
	env      *env
	equal    *life.Pattern // of --expect-equal; nil is none
	isBroken bool          // stdout takes no more
	hasNames bool          // the first line of CSV is written
}

// job is one pattern under way.
type job struct {
	*runOutput
	*run.Runner
	arg      string
	index    int           // on the command line, from 1
	pattern  *life.Pattern // as loaded
	progress *progress     // nil is none
	last     *run.Report
	keepErr  error // of the last checkpoint
	album    *album
}

// errStdout says that stdout takes no more.
var errStdout = errors.New("standard output")

// runOne runs one pattern, prints its report and its errors, and returns the
// exit code.
func (o *runOutput) runOne(ctx context.Context, arg string, index int) int {
	j, err := o.prepare(arg, index)
	if err != nil {
		return o.env.fail(runCommand(), err)
	}
	defer j.album.drop()
	err = j.drive(ctx)
	if saved := j.finish(err); err == nil {
		err = saved
	}
	switch {
	case errors.Is(err, errStdout):
		o.isBroken = true
		return o.env.fail(nil, err)
	case err != nil:
		return o.env.fail(nil, fmt.Errorf("%s: %w", arg, err))
	}
	code := j.check()
	if j.keepErr != nil {
		code = worse(code, ExitFailed)
	}
	if j.Stopped() == run.Interrupted {
		code = ExitInterrupted
	}
	return code
}

// check compares the result with what was expected and returns the exit code.
func (j *job) check() int {
	code := ExitDone
	miss := func(text string) {
		if text != "" {
			j.env.errorf("%s: expectation failed: %s", j.arg, text)
			code = ExitMismatch
		}
	}
	for _, x := range j.expect {
		miss(x.Check(j.final()))
	}
	if j.equal != nil {
		if d := run.Difference(j.Engine().Snapshot(), j.equal); d != "" {
			miss(fmt.Sprintf("%s: %s", j.runFlags.equal, d))
		}
	}
	return code
}

// prepare loads the pattern, or how far it has come, into its engine.
func (o *runOutput) prepare(arg string, index int) (*job, error) {
	l, err := o.env.load(arg, o.isQuiet, o.rule.value)
	if err != nil {
		return nil, err
	}
	for _, x := range o.probes.value {
		if err := x.Check(l.Pattern.Rule().States()); err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
	}
	j := &job{runOutput: o, arg: arg, index: index, pattern: l.Pattern}
	var from *run.State
	if o.isResumed {
		if from, err = j.resume(); err != nil {
			return nil, err
		}
	}
	if j.Runner, err = run.New(l.Pattern, o.spec(), from); err != nil {
		return nil, fmt.Errorf("%s: %w", arg, err)
	}
	if j.album, err = o.pictures.open(arg, o.output.value, j.Engine(), o.every.isSet); err != nil {
		return nil, fmt.Errorf("%s: %w", arg, err)
	}
	j.OnEvery, j.OnHit = j.report, j.printHit
	if o.checkpoint != "" {
		j.KeepEvery, j.Keep = o.checkpointEvery.value, j.keep
		o.env.catch()
	}
	if o.env.showsLive && !o.isQuiet {
		j.progress = newProgress(o.env.stderr, arg)
		j.Watcher = j.progress
	}
	return j, nil
}

// resume reads the checkpoint; nil is none.
func (j *job) resume() (*run.State, error) {
	of, s, err := checkpoint.Read(j.checkpoint, j.parseRule)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w", j.checkpoint, reason(err))
	}
	if d := of.Difference(checkpoint.RunOf(j.pattern, j.until.value)); d != "" {
		return nil, fmt.Errorf("%s: a checkpoint of another run: %s", j.checkpoint, d)
	}
	at := s.Present.Generation()
	if end := j.spec().Generations; end != nil && at.Cmp(end.Add(end, of.From)) > 0 {
		return nil, fmt.Errorf("%s: found generation %v, want one up to -g, which is %v", j.checkpoint, at, end)
	}
	if !j.isQuiet {
		j.env.errorf("%s: resumed at generation %s", j.arg, short(at))
	}
	return &s, nil
}

// parseRule returns the rule of a checkpoint: the pattern's, which may be of a file beside
// it, if that is its name.
func (j *job) parseRule(text string) (*rule.Rule, error) {
	if r := j.pattern.Rule(); r.String() == text {
		return r, nil
	}
	return j.env.finder("").Parse(text)
}

// keep writes a checkpoint. One that cannot be written is no reason to stop: the next
// one may do, and the one before it stands.
func (j *job) keep(s run.State) {
	err := checkpoint.Write(j.checkpoint, checkpoint.RunOf(j.pattern, j.until.value), s)
	if err != nil && j.keepErr == nil {
		j.progress.clear()
		j.env.errorf("%s: checkpoint not written: %v; the run goes on", j.checkpoint, reason(err))
	}
	j.keepErr = err
}

// drive computes, and reports on the way.
func (j *job) drive(ctx context.Context) error {
	if err := j.album.begin(); err != nil {
		return err
	}
	return j.Run(ctx)
}

// report saves and prints a generation on the way.
func (j *job) report() error {
	j.env.catch()
	r := j.measure()
	if j.output.isSet {
		if err := j.keepOnTheWay(r.Generation); err != nil {
			return err
		}
	}
	return j.print(r)
}

// finish saves and reports the last generation; after an error on the way it only
// saves. Where there is no report, nothing is counted for one.
func (j *job) finish(failed error) error {
	if j.output.isSet {
		if err := j.keepLast(); err != nil {
			if failed == nil {
				j.env.stderr.Write(reportText(j.final())) // what was computed is not to be lost with it
			}
			return err
		}
	}
	if failed != nil {
		return nil
	}
	if j.isQuiet && !j.isJSON && !j.isCSV {
		j.progress.clear()
		return nil
	}
	return j.print(j.final())
}

// snapshot returns the present generation with the comments of the input.
func (j *job) snapshot() *life.Pattern {
	return j.Engine().Snapshot().WithComments(j.pattern.Comments())
}

// measure reports the present generation.
func (j *job) measure() *run.Report {
	isTable := j.isJSON || j.isCSV
	return j.Report(j.arg, run.Detail{
		Digest: isTable || j.isDigest || j.expect.wants("digest"),
		Memory: isTable || j.isVerbose,
		Stats:  j.isVerbose,
	})
}

// final returns the report of the last generation.
func (j *job) final() *run.Report {
	if j.last == nil {
		j.last = j.measure()
	}
	return j.last
}

// print prints a report where the flags want it.
func (j *job) print(r *run.Report) (err error) {
	j.progress.clear()
	out := j.env.stdout
	switch {
	case j.isJSON:
		err = writeJSON(out, r)
	case j.isCSV:
		err = j.printCSV(r)
	case j.isQuiet:
	case j.output.value == "-":
		_, err := j.env.stderr.Write(reportText(r))
		return err
	default:
		out.Write(reportText(r)) // the error stays with the buffer
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		j.env.hasToldLoss = true
		return fmt.Errorf("%w: %w", errStdout, reason(err))
	}
	return nil
}

// printCSV prints a report as a line of CSV, and the names before the first.
func (o *runOutput) printCSV(r *run.Report) error {
	w := csv.NewWriter(o.env.stdout)
	if !o.hasNames {
		o.hasNames = true
		w.Write(run.Columns())
	}
	w.Write(r.Row())
	w.Flush()
	return w.Error()
}
