package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golife/bench"
	"golife/life/engine"
)

func benchCommand() *command {
	return &command{
		name: "bench", operands: "[compare OLD NEW]",
		short: "Measure the engines on fixed workloads, every result checked",
		long: `
Without flags, runs a quick set in less than half a minute and prints a table.
Every result is compared with a known one: an engine that is wrong gets no
figure, and the exit code is 3. Each workload is timed cold (a new process, from
its start to the result) and warm (again, in a process that has done it before).

Rates marked "eff." count cells that the engine could skip, too.`,
		examples: []string{
			"life bench  how fast is this machine?",
			"life bench --peers  and how fast is bgolly on the same files?",
			"life bench --only soup -e tile  a part of it",
			"life bench --save old.json  keep the samples, to compare later",
			"life bench compare old.json new.json  what has changed, or is it chance?",
		},
		setup: setupBench,
		subs: []*command{{
			name: "compare", operands: "OLD NEW", short: "Compare two files of life bench --save",
			long: `
Prints the medians of both files and their difference, or "~" where it may be
chance: where the Mann-Whitney U test of the samples gives p >= 0.05. Five samples
on each side are the least that can tell anything.`,
			setup: setupBenchCompare,
		}},
	}
}

// benchFlags are the flags of life bench.
type benchFlags struct {
	only    parsed[*regexp.Regexp]
	engine  parsed[string]
	threads parsed[int]
	budget  parsed[time.Duration]
	save    string

	isFull, isPeers, isList, isJSON, isBenchfmt bool
}

func setupBench(f *flags) runFunc {
	names := append([]string{engine.Auto}, engine.Names()...)
	o := &benchFlags{
		only:    parsed[*regexp.Regexp]{parse: regexp.Compile, kind: "regexp"},
		engine:  parsed[string]{parse: oneOf(names...), kind: "engine"},
		threads: parsed[int]{parse: parseThreads, kind: "number"},
		budget:  parsed[time.Duration]{parse: parseDuration, kind: "duration"},
	}
	s := f.section("What")
	s.BoolVar(&o.isFull, "full", false, "all workloads and engines: takes up to an hour")
	s.Var(&o.only, "only", "only workloads whose name matches `REGEXP`, quick or not")
	s.VarP(&o.engine, "engine", "e", "only `ENGINE`: "+strings.Join(names, ", "))
	s.VarP(&o.threads, "threads", "j", "let engines and batches use `N` threads")
	s.BoolVar(&o.isPeers, "peers", false, "run bgolly beside the engines, where it is installed")
	s.VarP(&o.budget, "time", "t", "repeat for a `DURATION` in all; peers take as much again")
	s.BoolVar(&o.isList, "list", false, "list the workloads and run nothing")
	setWords(s, "engine", annotWords, names...)
	s = f.section("Results")
	s.BoolVar(&o.isJSON, "json", false, "print all samples as JSON instead of a table")
	s.BoolVar(&o.isBenchfmt, "benchfmt", false, "print all samples in Go's benchmark format, for benchstat")
	s.StringVar(&o.save, "save", "", "also save all samples as JSON in `FILE`")
	setWords(s, "save", annotFiles)
	return o.run
}

func (o *benchFlags) run(ctx context.Context, e *env, args []string) error {
	if bench.IsChild() {
		if bench.Child(ctx, flushing{e.stdout}, nil) != nil {
			return exit(ExitFailed)
		}
		return nil
	}
	switch {
	case len(args) > 0:
		return usagef("found %q, want no operands", args[0])
	case o.isJSON && o.isBenchfmt:
		return usagef("--json and --benchfmt both want the standard output")
	}
	options, err := o.options()
	if err != nil {
		return err
	}
	if o.isList {
		for _, w := range options.Workloads {
			fmt.Fprintf(e.stdout, "%-18s %-20s %s\n", w.Name, strings.Join(w.Engines, ", "), w.About)
		}
		return nil
	}
	for _, p := range options.Peers {
		if !p.Installed() {
			return fmt.Errorf("bench: --peers: no %s in PATH; on Debian it comes with the package golly", p.Program)
		}
	}
	if e.showsLive {
		options.Progress = func(done, total int, what string) {
			fmt.Fprint(e.stderr, "\r\x1b[K")
			if what != "" {
				fmt.Fprintf(e.stderr, "%d of %d  %s", done+1, total, what)
			}
		}
	}
	r, err := bench.Run(ctx, options)
	if errors.Is(err, context.Canceled) && r != nil {
		if err := r.WriteTable(e.stderr); err != nil {
			return err
		}
		return &exitError{ExitInterrupted, errors.New("bench: interrupted, so that nothing is saved; above is what was done")}
	}
	if err != nil {
		return err
	}
	return o.report(e, r)
}

// options returns what bench.Run is to be told.
func (o *benchFlags) options() (bench.Options, error) {
	s := bench.Selection{Full: o.isFull, Only: o.only.value}
	if o.engine.isSet {
		s.Engines = []string{o.engine.value}
	}
	all := bench.Options{
		Workloads: bench.Select(bench.Workloads(), s), Threads: o.threads.value, Budget: o.budget.value,
	}
	if len(all.Workloads) == 0 {
		return all, errors.New("bench: no workload matches; life bench --full --list lists all")
	}
	if o.isPeers {
		all.Peers = bench.Peers()
	}
	switch {
	case o.budget.isSet:
	case o.isFull:
		all.Budget = bench.FullBudget
	default:
		all.Budget = bench.QuickBudget
		if !o.only.isSet {
			all.Limit = bench.QuickLimit
		}
	}
	return all, nil
}

// report prints and saves what was found, and returns the exit code for it.
func (o *benchFlags) report(e *env, r *bench.Report) (err error) {
	switch {
	case o.isJSON:
		err = r.WriteJSON(e.stdout)
	case o.isBenchfmt:
		err = r.WriteBenchfmt(e.stdout)
	default:
		err = r.WriteTable(e.stdout)
	}
	if err == nil && o.save != "" {
		err = r.Save(o.save)
	}
	if err != nil {
		return err
	}
	code := ExitDone
	for _, row := range r.Failed() {
		e.errorf("bench: %s on %s: %s", row.Workload, row.Engine, row.Refused)
		code = ExitFailed
	}
	for _, row := range r.Wrong() {
		e.errorf("bench: %s on %s: wrong result, so no figure: %s", row.Workload, row.Engine, row.Refused)
		code = ExitMismatch
	}
	return exit(code)
}

// flushing is a writer whose writes are seen at once.
type flushing struct{ *bufio.Writer }

func (w flushing) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	return n, errors.Join(err, w.Flush())
}

func setupBenchCompare(f *flags) runFunc {
	metric := parsed[string]{value: "wall", parse: oneOf(bench.Metrics()...), kind: "metric"}
	s := f.section("Flags")
	s.Var(&metric, "metric", "compare `METRIC`: "+strings.Join(bench.Metrics(), ", "))
	isJSON := s.Bool("json", false, "print the comparison as one JSON object")
	setWords(s, "metric", annotWords, bench.Metrics()...)
	return func(_ context.Context, e *env, args []string) error {
		if len(args) != 2 {
			return usagef("found %d operands, want OLD and NEW", len(args))
		}
		before, err := openBench(args[0])
		if err != nil {
			return err
		}
		after, err := openBench(args[1])
		if err != nil {
			return err
		}
		c, err := bench.Compare(before, after, metric.value)
		if err != nil {
			return err
		}
		if *isJSON {
			return writeJSON(e.stdout, c)
		}
		return c.WriteTable(e.stdout)
	}
}

// openBench opens a file of life bench --save.
func openBench(name string) (*bench.Report, error) {
	r, err := bench.Open(name)
	if r == nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	return r, nil
}
