package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"golife/life"
	"golife/life/batch"
	"golife/life/checkpoint"
	"golife/life/engine"
	"golife/life/rule"
	"golife/life/run"
)

func batchCommand() *command {
	return &command{
		name: "batch", operands: "JOBS… -o RESULTS", complete: "file",
		short: "Run many patterns at a time, resumably",
		long: `
Runs the patterns in a folder or of a glob, or the jobs of a manifest, which has a
JSON object a line: {"id":"a","pattern":"glider","generations":1000}. See
'life help manifests' for its fields, and 'life help json' for the results, which
are objects a line, too. Flags are for the jobs that do not say otherwise.

Each worker is a process of its own. A job that fails, crashes or hangs is
reported as failed and harms no other; a crash of the whole loses no result, and
--resume does what is missing.`,
		examples: []string{
			"life batch soups/ -g 1e4 -o r.jsonl  all pattern files in a folder",
			"life batch jobs.jsonl -o r.jsonl --resume  begin, or go on",
			"life batch jobs.jsonl --shard 1/4 -o r1.jsonl  a quarter of it",
		},
		setup: setupBatch, isMixed: true,
		subs: []*command{
			{
				name: "merge", operands: "RESULTS…", complete: "file",
				short: "Put the results of shards together",
				long: `
Prints the results of several files, or saves them with -o. Results of the same
job must agree in all but times, memory and engines. With --jobs they come in its
order, and the exit code is 1 when some job has no result.`,
				examples: []string{"life batch merge r1.jsonl r2.jsonl -o r.jsonl  the halves together"},
				setup:    setupMerge,
			},
			{
				name:  "worker",
				short: "Do jobs from standard input: what 'life batch' starts",
				setup: setupWorker,
			},
		},
	}
}

// batchFlags are the flags of life batch.
type batchFlags struct {
	jobFlags
	workers   parsed[int]
	output    string
	order     parsed[string]
	isResumed bool
	isRetried bool
	isQuiet   bool
	isVerbose bool
}

// jobFlags are the defaults of jobs.
type jobFlags struct {
	ruleFlags
	engine      parsed[string]
	memory      parsed[int64]
	threads     parsed[int]
	generations parsed[*big.Int]
	timeout     parsed[time.Duration]
	until       parsed[string]
	expect      expectations
	shard       parsed[batch.Shard]
}

// Values of --order.
const (
	orderCompleted = "completed"
	orderInput     = "input"
)

func (o *jobFlags) define(f *flags) {
	names := append([]string{run.Auto}, engine.Names()...)
	o.engine = parsed[string]{parse: oneOf(names...), kind: "engine"}
	o.memory = parsed[int64]{parse: parseSize, kind: "size"}
	o.threads = parsed[int]{value: 1, parse: parseThreads, kind: "number"}
	o.shard = parsed[batch.Shard]{parse: parseShard, kind: "shard"}
	s := f.section("Which jobs")
	s.Var(&o.shard, "shard", "only the K-th of N equal parts, `K/N` from 1/N to N/N; auto takes it from "+
		"a Slurm array or a Kubernetes indexed job")
	o.defineGoal(f)
	s = f.section("How")
	s.VarP(&o.engine, "engine", "e", "`ENGINE` to use: "+strings.Join(names, ", "))
	s.VarP(&o.memory, "memory", "m", "bound the memory of each job to `SIZE`; without it, the workers share half "+
		"of what is free")
	s.Var(&o.threads, "threads", "let each engine use `N` threads; 1 without it")
	setWords(s, "engine", annotWords, names...)
}

// defineGoal defines the flags on which results depend.
func (o *jobFlags) defineGoal(f *flags) {
	o.generations = parsed[*big.Int]{parse: parseCount, kind: "number"}
	o.timeout = parsed[time.Duration]{parse: parseDuration, kind: "duration"}
	o.until = parsed[string]{parse: oneOf(run.Events()...), kind: "event"}
	s := f.section("How far each job goes")
	s.VarP(&o.generations, "generations", "g", "advance `N` generations from the pattern's own")
	s.VarP(&o.timeout, "timeout", "t", "stop after a `DURATION` of computing; a worker that does not answer "+
		"10 seconds later is killed")
	s.Var(&o.until, "until", "stop at the first generation that is `EVENT`: "+strings.Join(run.Events(), ", "))
	o.ruleFlags.define(s)
	s.Var(&o.expect, "expect", "exit with 3 unless each result has `KEY=VALUE`; see 'life help run'")
	setWords(s, "until", annotWords, run.Events()...)
}

func setupBatch(f *flags) runFunc {
	o := &batchFlags{
		workers: parsed[int]{value: runtime.GOMAXPROCS(0), parse: parseThreads, kind: "number"},
		order:   parsed[string]{value: orderCompleted, parse: oneOf(orderCompleted, orderInput), kind: "order"},
	}
	o.define(f)
	s := f.section("Workers and results")
	s.VarP(&o.workers, "jobs", "j", "do `N` jobs at the same time; as many as there are processors without it")
	s.StringVarP(&o.output, "output", "o", "", "append the results to `RESULTS`; without it, or with '-', print them")
	s.Var(&o.order, "order", "`ORDER` of the results: completed, or input, which a file gets when all is done")
	s.BoolVar(&o.isResumed, "resume", false, "go on with RESULTS: skip the jobs that are in it")
	s.BoolVar(&o.isRetried, "retry", false, "go on with RESULTS, and do again the jobs that failed")
	s.BoolVarP(&o.isQuiet, "quiet", "q", false, "no progress, no summary")
	s.BoolVarP(&o.isVerbose, "verbose", "v", false, "report the engines that ran, why, and their counters, too")
	setWords(s, "order", annotWords, orderCompleted, orderInput)
	setWords(s, "output", annotFiles)
	return o.run
}

// parseShard reads K/N or auto.
func parseShard(s string) (batch.Shard, error) {
	if s == "auto" {
		return batch.ShardFromEnv(os.Getenv)
	}
	return batch.ParseShard(s)
}

// defaults returns what the flags say of each job.
func (o *jobFlags) defaults() *batch.Job {
	d := &batch.Job{
		Engine: o.engine.value, Threads: o.threads.value, Until: o.until.value, Timeout: o.timeout.value,
		Memory: o.memory.value, Expect: o.expect,
	}
	if o.generations.isSet {
		d.Generations = o.generations.value
	}
	if o.rule.isSet {
		d.Rule = o.rule.text
	}
	return d
}

// gather returns the jobs of the operands and the flags.
func (o *jobFlags) gather(e *env, args []string, d *batch.Job) ([]batch.Job, error) {
	if len(args) == 0 {
		return nil, usagef("found no JOBS, want a folder, a manifest, patterns or globs")
	}
	if err := o.apply(e); err != nil {
		return nil, err
	}
	jobs, err := batch.Gather(args, e.stdin, d, e.finder("").Parse)
	if x := (*batch.UnknownFieldError)(nil); errors.As(err, &x) {
		return nil, fmt.Errorf("%w%s", err, didYouMean(suggest(x.Field, batch.Fields())))
	}
	return o.shard.value.Of(jobs), err
}

func (o *batchFlags) run(ctx context.Context, e *env, args []string) error {
	toFile := o.output != "" && o.output != "-"
	switch {
	case !toFile && (o.isResumed || o.isRetried):
		return usagef("found no --output RESULTS, which --resume and --retry want")
	case o.workers.value > 1<<10:
		return usagef("--jobs: found %d, want at most %d", o.workers.value, 1<<10)
	}
	d := o.defaults()
	d.Stats = o.isVerbose
	if d.Memory == 0 {
		d.Memory = batch.MemoryShare(o.workers.value)
	}
	jobs, err := o.gather(e, args, d)
	if err != nil {
		return err
	}
	for i := range jobs {
		if name := jobs[i].Output; name != "" {
			if err := checkFile(name); err != nil {
				return fmt.Errorf("job %s: output %q: %w", jobs[i].ID, name, err)
			}
		}
	}
	e.catch()
	ignoreBrokenPipe()
	b := &batch.Batch{Jobs: jobs, Transport: batch.Processes{Command: func() *exec.Cmd { return workerCommand(o.dirs) }}, Workers: o.workers.value}
	b.Workers = min(b.Workers, max(1, len(jobs)))
	t := newTally(e, b, o.isQuiet)
	if !toFile {
		return o.stream(ctx, e, b, t)
	}
	return o.file(ctx, e, b, t)
}

// stream prints the results.
func (o *batchFlags) stream(ctx context.Context, e *env, b *batch.Batch, t *tally) error {
	s := batch.NewStream(flushing{e.stdout}, o.order.value == orderInput)
	b.Sink = s
	err := t.run(ctx)
	if flushed := s.Flush(); err == nil {
		err = flushed
	}
	if err != nil && ctx.Err() == nil {
		e.hasToldLoss = true
		err = fmt.Errorf("standard output: %w", reason(err))
	}
	return t.end(ctx, err)
}

// file appends the results to a file.
func (o *batchFlags) file(ctx context.Context, e *env, b *batch.Batch, t *tally) error {
	how := batch.Refuse
	switch {
	case o.isRetried:
		how = batch.Retry
	case o.isResumed:
		how = batch.Resume
	}
	r, err := batch.OpenResults(o.output, b.Jobs, how)
	if err != nil {
		return nameError(o.output, err)
	}
	b.Sink, b.Skip, t.before = r, r.IsFinished, r.Before
	if r.Torn > 0 && !o.isQuiet {
		e.errorf("%s: cut off %d bytes of a line that a crash had left unfinished", o.output, r.Torn)
	}
	err = t.run(ctx)
	done := r.Close
	if o.order.value == orderInput && err == nil {
		done = r.CloseInOrder
	}
	if closed := done(); err == nil {
		err = closed
	}
	if err != nil && ctx.Err() == nil {
		err = nameError(o.output, err)
	}
	return t.end(ctx, err)
}

// nameError puts the name of the results before an error of the file system; others
// have it.
func nameError(name string, err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return err
}

// workerCommand returns the command of a worker that looks for rules in some folders: this
// program again.
func workerCommand(ruleDirs []string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	// The program is known by the name by which it was called.
	args := []string{os.Args[0], "batch", "worker"}
	for _, dir := range ruleDirs {
		args = append(args, "--rules", dir)
	}
	return &exec.Cmd{Path: self, Args: args}
}

func setupWorker(f *flags) runFunc {
	o := &ruleFlags{}
	o.defineDirs(f.section("Flags"))
	return o.runWorker
}

// runWorker does jobs until its standard input ends. Signals are for the batch, which
// ends its workers.
func (o *ruleFlags) runWorker(_ context.Context, e *env, args []string) error {
	if len(args) > 0 {
		return usagef("found %q, want no operands", args[0])
	}
	if err := o.apply(e); err != nil {
		return err
	}
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	batch.OfferToKiller()
	x := &batch.Executor{Load: e.loadJob, Save: e.save, ParseRule: e.finder("").Parse}
	return batch.Serve(e.stdin, flushing{e.stdout}, x, func() { os.Exit(ExitInterrupted) })
}

// loadJob reads the pattern of a job; standard input is not for patterns.
func (e *env) loadJob(name string, r *rule.Rule) (*life.Pattern, error) {
	if name == "-" {
		return nil, errors.New("-: the standard input is for jobs, want a file or a name of the library")
	}
	l, err := e.load(name, true, r)
	if err != nil {
		return nil, err
	}
	return l.Pattern, nil
}

// tally shows how far a batch is.
type tally struct {
	e       *env
	b       *batch.Batch
	isQuiet bool
	before  batch.Counts
	begin   time.Time

	mu      sync.Mutex // also guards stderr
	told    int        // failures
	isDrawn bool
}

// maxTold is how many failures are shown one by one.
const maxTold = 10

func newTally(e *env, b *batch.Batch, isQuiet bool) *tally {
	t := &tally{e: e, b: b, isQuiet: isQuiet, begin: time.Now()}
	b.OnFailure = t.failed
	return t
}

// run runs the batch, and draws a line about it where that can be seen.
func (t *tally) run(ctx context.Context) error {
	if t.isQuiet || !t.e.showsLive {
		return t.b.Run(ctx)
	}
	done := make(chan struct{})
	var drawing sync.WaitGroup
	drawing.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				t.mu.Lock()
				fmt.Fprintf(t.e.stderr, "\r\x1b[K%s", t.line(t.b.Counts(), time.Since(t.begin)))
				t.isDrawn = true
				t.mu.Unlock()
			}
		}
	})
	err := t.b.Run(ctx)
	close(done)
	drawing.Wait()
	t.mu.Lock()
	t.clear()
	t.mu.Unlock()
	return err
}

// clear removes the line.
func (t *tally) clear() {
	if t.isDrawn {
		fmt.Fprint(t.e.stderr, "\r\x1b[K")
		t.isDrawn = false
	}
}

// line returns what is drawn after some time.
func (t *tally) line(c batch.Counts, since time.Duration) string {
	total := len(t.b.Jobs)
	ended := t.before.Ended() + c.Ended()
	s := fmt.Sprintf("%d of %d jobs, %d running", ended, total, c.Running)
	if n := t.before.Failed + c.Failed; n > 0 {
		s += fmt.Sprintf(", %d failed", n)
	}
	if n := t.before.Missed + c.Missed; n > 0 {
		s += fmt.Sprintf(", %d not as expected", n)
	}
	if c.Ended() > 0 && since > 0 {
		rate := float64(c.Ended()) / since.Seconds()
		left := time.Duration(float64(total-ended) / rate * 1e9)
		s += fmt.Sprintf("  %s/s  %s left", shortRate(rate), max(left, 0).Round(time.Second))
	}
	return s
}

// failed tells of a job that failed, or whose result is not as expected.
func (t *tally) failed(line []byte) {
	r, err := batch.ParseResult(line)
	if err != nil {
		return // the summary counts it
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.told++; t.told > maxTold {
		return
	}
	t.clear()
	if r.Error != "" {
		t.e.errorf("job %s: %s", r.ID, r.Error)
		return
	}
	t.e.errorf("job %s: expectation failed: %s", r.ID, strings.Join(r.Missed, "; "))
}

// end prints the summary and returns the exit code, or err.
func (t *tally) end(ctx context.Context, err error) error {
	if more := t.told - maxTold; more > 0 {
		t.e.errorf("%d more jobs failed or were not as expected", more)
	}
	c := t.b.Counts()
	if !t.isQuiet {
		fmt.Fprintln(t.e.stderr, t.summary(c, time.Since(t.begin)))
	}
	switch {
	case ctx.Err() != nil:
		return exit(ExitInterrupted)
	case err != nil:
		return err
	case t.before.Failed+c.Failed > 0:
		return exit(ExitFailed)
	case t.before.Missed+c.Missed > 0:
		return exit(ExitMismatch)
	}
	return nil
}

// summary tells what has become of the jobs.
func (t *tally) summary(c batch.Counts, took time.Duration) string {
	jobs := len(t.b.Jobs)
	s := fmt.Sprintf("%d %s: %d done", jobs, plural(big.NewInt(int64(jobs)), "job"), t.before.Done+c.Done)
	if n := t.before.Missed + c.Missed; n > 0 {
		s += fmt.Sprintf(", %d not as expected", n)
	}
	if n := t.before.Failed + c.Failed; n > 0 {
		s += fmt.Sprintf(", %d failed", n)
	}
	if n := len(t.b.Jobs) - t.before.Ended() - c.Ended(); n > 0 {
		s += fmt.Sprintf(", %d to do", n)
	}
	if n := t.before.Ended(); n > 0 {
		s += fmt.Sprintf("; %d of them before", n)
	}
	return s + fmt.Sprintf("; %s, %s jobs/s", shortTime(took), shortRate(float64(c.Ended())/max(took.Seconds(), 1e-9)))
}

// shortRate writes a rate with three digits, or without a fraction.
func shortRate(r float64) string {
	if r >= 100 {
		return fmt.Sprintf("%.0f", r)
	}
	return fmt.Sprintf("%.3g", r)
}

// mergeFlags are the flags of life batch merge.
type mergeFlags struct {
	jobFlags
	output  string
	jobs    []string
	isQuiet bool
}

func setupMerge(f *flags) runFunc {
	o := &mergeFlags{}
	s := f.section("Flags")
	s.StringVarP(&o.output, "output", "o", "", "save the results as `FILE`; without it, or with '-', print them")
	s.StringArrayVar(&o.jobs, "jobs", nil, "compare with the jobs of `JOBS`: their order, and whether all are there; "+
		"needs the flags that they ran with; repeatable")
	s.BoolVarP(&o.isQuiet, "quiet", "q", false, "no summary")
	setWords(s, "output", annotFiles)
	setWords(s, "jobs", annotFiles)
	o.defineGoal(f)
	return o.run
}

func (o *mergeFlags) run(_ context.Context, e *env, args []string) error {
	if len(args) == 0 {
		return usagef("found no RESULTS, want the files of 'life batch -o'")
	}
	var jobs []batch.Job
	if len(o.jobs) > 0 {
		var err error
		if jobs, err = o.gather(e, o.jobs, o.defaults()); err != nil {
			return err
		}
	}
	var m *batch.Merged
	write := func(w io.Writer) (err error) {
		m, err = batch.Merge(w, args, jobs)
		return err
	}
	var err error
	switch {
	case o.output == "" || o.output == "-":
		err = write(e.stdout)
	default:
		if _, err := os.Lstat(o.output); err == nil {
			return fmt.Errorf("%s: is there already, want another name", o.output)
		}
		err = nameError(o.output, checkpoint.WriteFile(o.output, write))
	}
	switch {
	case errors.Is(err, batch.ErrConflict):
		return &exitError{ExitMismatch, err}
	case err != nil:
		return err
	}
	return o.summary(e, m, len(jobs))
}

// summary tells what was merged and returns the exit code.
func (o *mergeFlags) summary(e *env, m *batch.Merged, jobs int) error {
	if !o.isQuiet {
		fmt.Fprintf(e.stderr, "%d results: %d done, %d not as expected, %d failed; %d were there twice\n",
			m.Ended(), m.Done, m.Missed, m.Failed, m.Same)
	}
	if m.Torn > 0 {
		e.errorf("%d files end in an unfinished line, which is left out", m.Torn)
	}
	if n := len(m.Missing); n > 0 {
		return fmt.Errorf("%d of %d jobs have no result; the first is %s", n, jobs, m.Missing[0])
	}
	return nil
}
