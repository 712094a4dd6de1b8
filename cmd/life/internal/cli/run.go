package cli

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"golife/life"
	"golife/life/engine"
	"golife/life/format"
	"golife/life/probe"
	"golife/life/record"
	"golife/life/rule"
)

// autoEngine stands for the engine that engine.Choose picks.
const autoEngine = "auto"

func runCommand() *command {
	return &command{
		name: "run", operands: "PATTERN… -g N", complete: "pattern",
		short: "Compute generations and report the result",
		long: `
Runs each PATTERN in turn: a file, '-' for the standard input, or a name of the
library. At least one of -g, -t and --until tells when to stop. A time limit or
a memory limit that is reached is no failure: what has been computed is reported
and saved, and the report says why the run stopped.

Numbers N are written 12345, 12_345, 1e12, 2^64 or 10^100, sizes 512M or 2G
(powers of 1024), durations 90, 1.5s, 10m or 2h.

With --json, one object a line and a pattern: pattern, rule, engine,
engine_reason, generation, population, bounds (null when empty), digest, stopped
(generations, timeout, memory, dead, stable, periodic, interrupted; null in a
report of --every), seconds, generations_per_second, peak_memory_bytes (of the
process so far), and where they apply period and background; engine_stats, the
engine's counters, with -v.

A probe looks at a box of cells at some generations, and hits when the box is as
in its picture. A FILE of --probe has one a line: a name, X,Y of the north-west
cell, generations START or START+PERIOD, and the picture: rows joined by '/' of
'.' dead, 'o' alive, A to X other states, '*' not dead, '?' any; or WxH for a
box with any cell in it. '!' before a picture turns it round, '#' begins a
comment:

  bit-0  1187,1035  0+11040  .o./..o/ooo   a glider is there: the bit is 1

A hit is reported as pattern, probe, generation, x, y and picture: what is there.`,
		examples: []string{
			"life run r-pentomino -g 1103  the R-pentomino until it settles",
			"life run gun.rle -g 1e12 --json  far, with a report for programs",
			"life run soup.rle --until periodic -g 1e6  how long until it repeats?",
			"life run glider -g 2^64 --expect population=5  check a known result",
			"life run big.rle -t 60 -o reached.rle.gz  as far as a minute goes",
			"life run glider -qg 60 --every 1 -o x.gif  draw a film",
		},
		setup: setupRun,
	}
}

// engineFlags are the flags of the commands that run an engine.
type engineFlags struct {
	rule    parsed[*rule.Rule]
	engine  parsed[string]
	memory  parsed[int64]
	threads parsed[int]
}

func (o *engineFlags) define(s *pflag.FlagSet) {
	o.rule = parsed[*rule.Rule]{parse: parseRule, kind: "rule"}
	s.VarP(&o.rule, "rule", "r", "use rule `R` instead of the pattern's")
	o.defineEngine(s)
}

// defineEngine is define for commands to which the rule is given.
func (o *engineFlags) defineEngine(s *pflag.FlagSet) {
	names := append([]string{autoEngine}, engine.Names()...)
	o.engine = parsed[string]{value: autoEngine, parse: oneOf(names...), kind: "engine"}
	o.memory = parsed[int64]{parse: parseSize, kind: "size"}
	o.threads = parsed[int]{parse: parseThreads, kind: "number"}
	s.VarP(&o.engine, "engine", "e", "`ENGINE` to use: "+strings.Join(names, ", "))
	s.VarP(&o.memory, "memory", "m", "bound the engine's memory to `SIZE`; hashlife takes half of what is free at most")
	s.VarP(&o.threads, "threads", "j", "let the engine use `N` threads")
	setWords(s, "engine", annotWords, names...)
}

// parseRule reads a rulestring; the flag's own error line names it already.
func parseRule(s string) (*rule.Rule, error) {
	r, err := rule.Parse(s)
	if x := (*rule.SyntaxError)(nil); errors.As(err, &x) {
		if x.Suggestion != "" {
			return nil, fmt.Errorf("col %d: %s%s", x.Col, x.Msg, didYouMean([]string{x.Suggestion}))
		}
		return nil, fmt.Errorf("col %d: %s", x.Col, x.Msg)
	}
	return r, err
}

func parseThreads(s string) (int, error) {
	n, err := parsePositive(s)
	if err != nil {
		return 0, err
	}
	if n.Cmp(big.NewInt(1<<16)) > 0 {
		return 0, errors.New("too many, want at most 65536")
	}
	return int(n.Int64()), nil
}

// options returns what engine.New is to be told.
func (o *engineFlags) options() engine.Options {
	return engine.Options{Memory: o.memory.value, Threads: o.threads.value}
}

// runFlags are the flags of life run.
type runFlags struct {
	engineFlags
	generations parsed[*big.Int]
	timeout     parsed[time.Duration]
	until       parsed[string]
	every       parsed[*big.Int]
	output      parsed[string]
	probes      parsed[probe.Schedule]
	expect      expectations
	pictures    pictureFlags
	isJSON      bool
	isQuiet     bool
	isVerbose   bool
}

func setupRun(f *flags) runFunc {
	o := &runFlags{
		generations: parsed[*big.Int]{parse: parseCount, kind: "number"},
		timeout:     parsed[time.Duration]{parse: parseDuration, kind: "duration"},
		until:       parsed[string]{parse: oneOf(untilWords...), kind: "event"},
		every:       parsed[*big.Int]{parse: parsePositive, kind: "number"},
		output:      parsed[string]{parse: checkKeep, kind: "file"},
		probes:      parsed[probe.Schedule]{parse: readProbes, kind: "file"},
	}
	s := f.section("How far")
	s.VarP(&o.generations, "generations", "g", "advance `N` generations from the pattern's own")
	s.VarP(&o.timeout, "timeout", "t", "stop each pattern after a `DURATION` of computing")
	s.Var(&o.until, "until", "stop at the first generation that is `EVENT`: dead (no cells), "+
		"stable (the next one is equal) or periodic (it comes again within -g)")
	s = f.section("How")
	o.define(s)
	s = f.section("Results")
	s.VarP(&o.output, "output", "o", "save the last generation as `FILE` ("+strings.Join(format.Extensions(), ", ")+
		"), or draw it ("+strings.Join(record.Extensions(), ", ")+"); '-' is RLE on stdout, the report then goes to stderr")
	s.Var(&o.every, "every", "also report every `N` generations and, with -o a/b.rle, save "+
		"them as a/b.GENERATION.rle; .gif and .cast are films of them all")
	s.Var(&o.probes, "probe", "report each time a probe of `FILE` hits, as a JSON object a line; "+
		"see below")
	s.Var(&o.expect, "expect", "exit with 3 unless the result has `KEY=VALUE`: generation, "+
		"population, bounds (X,Y,WIDTH,HEIGHT or empty), digest, stopped or period; repeatable")
	s.BoolVar(&o.isJSON, "json", false, "report as JSON, one object a line")
	s.BoolVarP(&o.isQuiet, "quiet", "q", false, "no report but JSON, no warnings, no progress")
	s.BoolVarP(&o.isVerbose, "verbose", "v", false, "also report the engine's counters")
	o.pictures.define(f.section("Pictures"))
	setWords(f.sections[0].set, "until", annotWords, untilWords...)
	setWords(s, "output", annotFiles)
	setWords(s, "probe", annotFiles)
	return o.run
}

// check returns an error when the flags do not go together.
func (o *runFlags) check(args []string) error {
	isStdout := o.output.value == "-"
	switch {
	case len(args) == 0:
		return usagef("found no PATTERN, want a file, '-' or a name such as glider")
	case !o.generations.isSet && !o.timeout.isSet && !o.until.isSet:
		return usagef("found nothing that says when to stop, want -g N, -t DURATION or --until EVENT")
	case o.until.value == "periodic" && o.every.isSet:
		return usagef("--until periodic looks back in time, so that it does not go with --every")
	case o.until.value == "periodic" && o.probes.isSet:
		return usagef("--until periodic looks back in time, so that it does not go with --probe")
	case isStdout && o.probes.isSet:
		return usagef("--output - and --probe both want the standard output")
	case o.output.isSet && len(args) > 1:
		return usagef("--output names one file, but there are %d patterns", len(args))
	case isStdout && o.isJSON:
		return usagef("--output - and --json both want the standard output")
	case isStdout && o.every.isSet:
		return usagef("--output - holds one pattern, so that it does not go with --every")
	}
	return nil
}

// run runs all patterns in order; one that fails does not keep the others.
func (o *runFlags) run(ctx context.Context, e *env, args []string) error {
	if err := o.check(args); err != nil {
		return err
	}
	code := ExitDone
	for _, arg := range args {
		if ctx.Err() != nil {
			break
		}
		code = worse(code, o.runOne(ctx, e, arg))
	}
	return exit(code)
}

// runOne runs one pattern, prints its report and its errors, and returns the
// exit code.
func (o *runFlags) runOne(ctx context.Context, e *env, arg string) int {
	j, err := o.prepare(e, arg)
	if err != nil {
		return e.fail(runCommand(), err)
	}
	defer j.album.drop()
	if err := j.drive(ctx); err != nil {
		return e.fail(nil, fmt.Errorf("%s: %w", arg, err))
	}
	if err := j.finish(); err != nil {
		return e.fail(nil, fmt.Errorf("%s: %w", arg, err))
	}
	code := ExitDone
	for _, x := range o.expect {
		if miss := x.check(j.final()); miss != "" {
			e.errorf("%s: expectation failed: %s", arg, miss)
			code = ExitMismatch
		}
	}
	if j.stopped == stoppedInterrupted {
		code = ExitInterrupted
	}
	return code
}

// prepare loads the pattern into its engine.
func (o *runFlags) prepare(e *env, arg string) (*job, error) {
	l, err := e.load(arg, o.isQuiet, o.rule.value)
	if err != nil {
		return nil, err
	}
	p := l.Pattern
	choice := engine.Choice{Name: o.engine.value, Reason: "asked for with --engine"}
	if choice.Name == autoEngine {
		choice = engine.Choose(p, engine.Use{Generations: o.generations.value})
	}
	eng, err := engine.New(choice.Name, p.Rule(), o.options())
	if err == nil {
		err = eng.Load(p)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", arg, err)
	}
	j := &job{runFlags: o, env: e, arg: arg, pattern: p, choice: choice}
	for _, x := range o.probes.value {
		if err := x.Check(p.Rule().States()); err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
	}
	j.runner = newRunner(eng, choice.Name, o)
	if j.album, err = o.pictures.open(arg, o.output.value, eng, o.every.isSet); err != nil {
		return nil, fmt.Errorf("%s: %w", arg, err)
	}
	if e.showsLive && !o.isQuiet {
		j.progress = newProgress(os.Stderr, arg)
	}
	return j, nil
}

// job is one pattern under way.
type job struct {
	*runFlags
	*runner
	env     *env
	arg     string
	pattern *life.Pattern // as loaded
	choice  engine.Choice
	last    *report
	album   *album // draws the output; nil when it is no picture
}

// drive computes, and reports on the way.
func (j *job) drive(ctx context.Context) error {
	j.onEvery = func() error {
		j.env.catch()
		r := j.measure()
		if j.output.isSet {
			if err := j.keepOnTheWay(r.Generation); err != nil {
				return err
			}
		}
		return j.print(r)
	}
	j.onHit = j.printHit
	if err := j.album.begin(); err != nil {
		return err
	}
	return j.runner.run(ctx)
}

// finish saves and reports the last generation. Where there is no report, nothing
// is counted for one.
func (j *job) finish() error {
	if j.output.isSet {
		if err := j.keepLast(); err != nil {
			j.env.stderr.Write(j.final().text()) // what was computed is not to be lost with it
			return err
		}
	}
	if j.isQuiet && !j.isJSON {
		j.progress.clear()
		return j.env.stdout.Flush()
	}
	return j.print(j.final())
}

// snapshot returns the present generation with the comments of the input.
func (j *job) snapshot() *life.Pattern {
	return j.eng.Snapshot().WithComments(j.pattern.Comments())
}

// final returns the report of the last generation.
func (j *job) final() *report {
	if j.last == nil {
		j.last = j.measure()
	}
	return j.last
}

// print prints a report where the flags want it.
func (j *job) print(r *report) error {
	j.progress.clear()
	out := j.env.stdout
	switch {
	case j.isJSON:
		if err := r.writeJSON(out); err != nil {
			return err
		}
	case j.isQuiet:
	case j.output.value == "-":
		_, err := j.env.stderr.Write(r.text())
		return err
	default:
		out.Write(r.text()) // the error stays with the buffer
	}
	return out.Flush()
}
