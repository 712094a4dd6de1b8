package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"golife/life"
	"golife/life/batch"
	"golife/life/engine"
	"golife/life/format"
	"golife/life/probe"
	"golife/life/record"
	"golife/life/run"
	"golife/life/soup"
)

func runCommand() *command {
	return &command{
		name: "run", operands: "PATTERN… -g N", complete: "pattern",
		short: "Compute generations and report the result",
		long: `
Runs each PATTERN in turn: a file, '-' for the standard input, or a name of the
library; or, with --soup, random cells. At least one of -g, -t and --until tells
when to stop. A time limit or a memory limit that is reached is no failure: what
has been computed is reported and saved, and the report says why the run stopped.
So it is for SIGINT and SIGTERM, with exit code 130.

A FILE of -o may have {name}, {index} and {generation} in its name, also padded
with zeros: frame-{generation:6}.rle. See 'life help numbers' for how N, SIZE and
DURATION are written, 'life help json' for what --json and --csv print, and
'life help checkpoints' for runs that survive a crash.`,
		examples: []string{
			"life run r-pentomino -g 1103  the R-pentomino until it settles",
			"life run gun.rle -g 1e12 --json  far, with a report for programs",
			"life run soup.rle --until periodic -g 1e6  how long until it repeats?",
			"life run glider -g 2^64 --expect population=5  check a known result",
			"life run big.rle -t 60 -o reached.rle.gz  as far as a minute goes",
			"life run --soup 32x32:0.4 --seed 7 -g 1e4  random cells, the same each time",
			"life run a.mc -g 1e9 --checkpoint c --resume  begin, or go on after a crash",
			"life run glider -qg 60 --every 1 -o x.gif  draw a film",
		},
		setup: setupRun,
	}
}

// engineFlags are the flags of the commands that run an engine.
type engineFlags struct {
	ruleFlags
	engine  parsed[string]
	memory  parsed[int64]
	threads parsed[int]
}

func (o *engineFlags) define(s *pflag.FlagSet) {
	o.ruleFlags.define(s)
	o.defineEngine(s)
}

// defineEngine is define for commands to which the rule is given.
func (o *engineFlags) defineEngine(s *pflag.FlagSet) {
	names := append([]string{run.Auto}, engine.Names()...)
	o.engine = parsed[string]{value: run.Auto, parse: oneOf(names...), kind: "engine"}
	o.memory = parsed[int64]{parse: parseSize, kind: "size"}
	o.threads = parsed[int]{parse: parseThreads, kind: "number"}
	s.VarP(&o.engine, "engine", "e", "`ENGINE` to use: "+strings.Join(names, ", "))
	s.VarP(&o.memory, "memory", "m", "bound the engine's memory to `SIZE`; half of what is free without it")
	s.VarP(&o.threads, "threads", "j", "let the engine use `N` threads")
	setWords(s, "engine", annotWords, names...)
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

// options returns what engine.New is to be told. Without --memory there is a bound, too,
// as a small file can hold a pattern that fills any memory.
func (o *engineFlags) options() engine.Options {
	opts := engine.Options{Memory: o.memory.value, Threads: o.threads.value}
	if opts.Memory == 0 {
		opts.Memory = batch.MemoryShare(1)
	}
	return opts
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
	equal       string
	expect      expectations
	soup        parsed[soup.Soup]
	seeds       []string
	pictures    pictureFlags

	checkpoint      string
	checkpointEvery parsed[time.Duration]
	isResumed       bool

	isJSON, isCSV, isDigest, isQuiet, isVerbose bool
}

func setupRun(f *flags) runFunc {
	o := &runFlags{
		generations:     parsed[*big.Int]{parse: parseCount, kind: "number"},
		timeout:         parsed[time.Duration]{parse: parseDuration, kind: "duration"},
		until:           parsed[string]{parse: oneOf(run.Events()...), kind: "event"},
		every:           parsed[*big.Int]{parse: parsePositive, kind: "number"},
		output:          parsed[string]{parse: checkKeep, kind: "file"},
		probes:          parsed[probe.Schedule]{parse: readProbes, kind: "file"},
		soup:            parsed[soup.Soup]{parse: soup.Parse, kind: "soup"},
		checkpointEvery: parsed[time.Duration]{value: defaultCheckpointEvery, parse: parseDuration, kind: "duration"},
	}
	s := f.section("What")
	s.Var(&o.soup, "soup", "run random cells, `SOUP` being WIDTHxHEIGHT, or with :DENSITY, or with "+
		":DENSITY:SYMMETRY after it; Life without -r")
	s.StringArrayVar(&o.seeds, "seed", nil, "make the soup of `TEXT`, the same each time; repeatable, one soup each")
	s = f.section("How far")
	s.VarP(&o.generations, "generations", "g", "advance `N` generations from the pattern's own")
	s.VarP(&o.timeout, "timeout", "t", "stop each pattern after a `DURATION` of computing")
	s.Var(&o.until, "until", "stop at the first generation that is `EVENT`: dead (no cells), "+
		"stable (the next one is equal) or periodic (it comes again within -g)")
	setWords(s, "until", annotWords, run.Events()...)
	s = f.section("How")
	o.define(s)
	o.defineResults(f.section("Results"))
	o.pictures.define(f.section("Pictures"))
	s = f.section("Checkpoints")
	s.StringVar(&o.checkpoint, "checkpoint", "", "save in `FILE` how far the run has come")
	s.Var(&o.checkpointEvery, "checkpoint-every", "do so each `DURATION`, 60s without it, and at the end")
	s.BoolVar(&o.isResumed, "resume", false, "go on from the checkpoint, where there is one")
	setWords(s, "checkpoint", annotFiles)
	return o.run
}

func (o *runFlags) defineResults(s *pflag.FlagSet) {
	s.VarP(&o.output, "output", "o", "save the last generation as `FILE` ("+strings.Join(format.Extensions(), ", ")+", each also with .gz or .zst)"+
		", or draw it ("+strings.Join(record.Extensions(), ", ")+"); '-' is RLE on stdout, the report then goes to stderr")
	s.Var(&o.every, "every", "also report every `N` generations and, with -o a/b.rle, save "+
		"them as a/b.GENERATION.rle; .gif and .cast are films of them all")
	s.Var(&o.probes, "probe", "report each time a probe of `FILE` hits, as a JSON object a line; "+
		"see 'life help probes'")
	s.Var(&o.expect, "expect", "exit with 3 unless the result has `KEY=VALUE`: generation, "+
		"population, bounds (X,Y,WIDTH,HEIGHT or empty), digest, stopped or period; repeatable")
	s.StringVar(&o.equal, "expect-equal", "", "exit with 3 unless the result has the cells of `PATTERN`")
	s.BoolVar(&o.isJSON, "json", false, "report as JSON, one object a line")
	s.BoolVar(&o.isCSV, "csv", false, "report as comma-separated values, the names first")
	s.BoolVar(&o.isDigest, "digest", false, "also report the digest; JSON and CSV have it anyhow")
	s.BoolVarP(&o.isQuiet, "quiet", "q", false, "no report but JSON and CSV, no warnings, no progress")
	s.BoolVarP(&o.isVerbose, "verbose", "v", false, "also report the engine's counters")
	setWords(s, "output", annotFiles)
	setWords(s, "probe", annotFiles)
	setWords(s, "expect-equal", annotFiles)
}

// check returns an error when the flags do not go together.
func (o *runFlags) check(args []string) error {
	isStdout := o.output.value == "-"
	switch {
	case len(args) == 0:
		return usagef("found no PATTERN, want a file, '-' or a name such as glider")
	case !o.generations.isSet && !o.timeout.isSet && !o.until.isSet:
		return usagef("found nothing that says when to stop, want -g N, -t DURATION or --until EVENT")
	case o.until.value == run.Periodic && o.every.isSet:
		return usagef("--until periodic looks back in time, so that it does not go with --every")
	case o.until.value == run.Periodic && o.probes.isSet:
		return usagef("--until periodic looks back in time, so that it does not go with --probe")
	case isStdout && o.probes.isSet:
		return usagef("--output - and --probe both want the standard output")
	case o.isCSV && o.probes.isSet:
		return usagef("--csv and --probe both want the standard output")
	case o.isJSON && o.isCSV:
		return usagef("--json and --csv both want the standard output")
	case isStdout && (o.isJSON || o.isCSV):
		return usagef("--output - and --json or --csv both want the standard output")
	case isStdout && len(args) > 1:
		return usagef("--output names one file, but there are %d patterns", len(args))
	case isStdout && o.every.isSet:
		return usagef("--output - holds one pattern, so that it does not go with --every")
	}
	if err := o.checkCheckpoint(len(args)); err != nil {
		return err
	}
	return o.checkNames(args)
}

// checkCheckpoint looks for an old checkpoint, which is not to be lost.
func (o *runFlags) checkCheckpoint(patterns int) error {
	switch {
	case o.checkpoint == "" && (o.isResumed || o.checkpointEvery.isSet):
		return usagef("found no --checkpoint FILE, which --resume and --checkpoint-every want")
	case o.checkpoint == "":
		return nil
	case patterns > 1:
		return usagef("--checkpoint holds one run, but there are %d patterns; 'life batch' runs many", patterns)
	}
	if err := checkFolder(o.checkpoint); err != nil {
		return usagef("--checkpoint %q: %w", o.checkpoint, err)
	}
	_, err := os.Lstat(o.checkpoint)
	switch {
	case err == nil && !o.isResumed:
		return usagef("--checkpoint: %s is there already, want --resume to go on from it, or another name", o.checkpoint)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", o.checkpoint, reason(err))
	}
	return nil
}

// checkNames returns an error when two patterns would be saved as one file.
func (o *runFlags) checkNames(args []string) error {
	if !o.output.isSet {
		return nil
	}
	seen := map[string]string{}
	for i, arg := range args {
		name := template(o.output.value).fill(arg, i+1, new(big.Int))
		if other, ok := seen[name]; ok {
			return usagef("--output names one file, but there are %d patterns: %s and %s would both be %s; "+
				"want {name} or {index} in it", len(args), other, arg, name)
		}
		seen[name] = arg
	}
	return nil
}

// patterns returns the operands, or the soups in their place.
func (o *runFlags) patterns(args []string) ([]string, error) {
	switch {
	case !o.soup.isSet && len(o.seeds) > 0:
		return nil, usagef("--seed wants --soup WIDTHxHEIGHT beside it")
	case !o.soup.isSet:
		return args, nil
	case len(args) > 0:
		return nil, usagef("found %q, want no PATTERN with --soup", args[0])
	case len(o.seeds) == 0:
		o.seeds = []string{rand.Text()}
	}
	for _, seed := range o.seeds {
		args = append(args, o.soup.value.Name(seed))
	}
	return args, nil
}

// run runs all patterns in order; one that fails does not keep the others.
func (o *runFlags) run(ctx context.Context, e *env, args []string) error {
	args, err := o.patterns(args)
	if err == nil {
		err = o.check(args)
	}
	if err == nil {
		err = o.apply(e)
	}
	var equal *life.Pattern
	if err == nil && o.equal != "" {
		equal, err = e.expected(o.equal, o.isQuiet)
	}
	if err != nil {
		return err
	}
	ignoreBrokenPipe()
	out := &runOutput{runFlags: o, env: e, equal: equal}
	code := ExitDone
	for i, arg := range args {
		if ctx.Err() != nil || out.isBroken {
			break
		}
		code = worse(code, out.runOne(ctx, arg, i+1))
	}
	return exit(code)
}

// spec returns what the flags ask of a run.
func (o *runFlags) spec() run.Spec {
	s := run.Spec{
		Engine: o.engine.value, Options: o.options(), Until: o.until.value,
		Timeout: o.timeout.value, Every: o.every.value, Probes: o.probes.value,
	}
	if o.generations.isSet {
		s.Generations = o.generations.value
	}
	return s
}
