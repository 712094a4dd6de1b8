package cli

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"golife/life"
	"golife/life/turing"
)

// Bounds of the cycles of life turing run.
const (
	defaultCycles = 100       // for a program that does not halt before
	maxCycles     = 1_000_000 // that can be asked for
)

func turingRunCommand() *command {
	return &command{
		name: "run", operands: "[PATTERN]", complete: "pattern",
		short: "Run the machine, each cycle read from the pattern and checked",
		long: `
Runs the machine in Life, and prints a line for each of its cycles: generation,
state, tape with the head between brackets, the entry of the table that is in
force, and population. All of it is read from the pattern and compared with an
interpreter that runs the same program; the exit code is 3 where they differ.
Without --cycles it runs until the machine halts, or for 100 cycles.

A run that needs more tape than the machine has, or comes to an undefined entry,
is refused before it begins, unless --cycles ends it earlier.

With --json, one object a line and a cycle: cycle, generation, phase (ready,
running or halted), state, symbol, tape (in reading order; head is the place of
the symbol under the head in it), entry, population, and equal.`,
		examples: []string{
			"life turing run  the shipped machine: two ones become four",
			"life turing run --tape 1,1,1 --json  three ones, for programs",
			"life turing run -p bounce --cycles 40  a program that never halts",
			"life turing run -p mine.tm -e tile  your own, on another engine",
		},
		setup: setupTuringRun,
	}
}

// turingRun are the flags of life turing run.
type turingRun struct {
	machineFlags
	engineFlags
	cycles parsed[int]
	isJSON bool
}

func setupTuringRun(f *flags) runFunc {
	o := &turingRun{cycles: parsed[int]{parse: parseCycles, kind: "number"}}
	s := f.section("What")
	o.machineFlags.define(s)
	s.Var(&o.cycles, "cycles", "stop after `N` cycles, the start-up cycle included")
	s = f.section("How")
	o.engineFlags.defineEngine(s)
	s = f.section("Results")
	s.BoolVar(&o.isJSON, "json", false, "report as JSON, one object a line")
	return o.run
}

func parseCycles(s string) (int, error) {
	n, err := parseCount(s)
	switch {
	case err != nil:
		return 0, err
	case n.Cmp(big.NewInt(maxCycles)) > 0:
		return 0, fmt.Errorf("too many, want at most %d", maxCycles)
	}
	return int(n.Int64()), nil
}

func (o *turingRun) run(ctx context.Context, e *env, args []string) error {
	m, err := o.machine(e, args)
	if err != nil {
		return err
	}
	begin := time.Now()
	eng, engineName, err := m.start(ctx, &o.engineFlags)
	if err != nil {
		return interruptedOr(err)
	}
	r, err := m.read(eng)
	if err != nil {
		return err
	}
	first := r.Steps
	t, err := newTuringJob(e, o, eng, r)
	if err != nil {
		return fmt.Errorf("%s: %w", m.name, err)
	}
	if err := t.drive(ctx); err != nil {
		return interruptedOr(turingError(m.name, err))
	}
	if !o.isJSON {
		done := big.NewInt(t.seen.Steps - first)
		fmt.Fprintf(e.stdout, "\n%s\n%v %s on %s, all equal to the interpreter, in %s\n",
			t.verdict(), done, plural(done, "cycle"), engineName, shortTime(time.Since(begin)))
	}
	return nil
}

// turingError puts the name of the machine before an error, and keeps its exit code.
func turingError(name string, err error) error {
	if x := (*exitError)(nil); errors.As(err, &x) {
		return &exitError{x.code, fmt.Errorf("%s: %w", name, x.err)}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// interruptedOr returns the exit for an interrupt, or err.
func interruptedOr(err error) error {
	if errors.Is(err, context.Canceled) {
		return exit(ExitInterrupted)
	}
	return err
}

// turingJob is a machine under way, with the interpreter beside it.
type turingJob struct {
	*env
	*turingRun
	eng  life.Engine
	seen *turing.Reading     // the last reading
	want *turing.Interpreter // at the step of seen; at the first one while seen is Ready
	view turing.Outlook
	last int64 // the step to end at
	at   int   // place of the head, 0 where it was at first
	lo   int   // the first place of the tape that is shown
	hi   int   // the last
}

// newTuringJob returns a job on the machine that r is read from, or an error when
// it cannot do what is asked for.
func newTuringJob(e *env, o *turingRun, eng life.Engine, r *turing.Reading) (*turingJob, error) {
	t := &turingJob{env: e, turingRun: o, eng: eng, seen: r}
	if r.Phase == turing.Ready {
		t.want = turing.Start(&r.Table, r.Config.Tape)
	} else {
		t.want = &turing.Interpreter{Program: &r.Table, Config: r.Config, Steps: int(r.Steps)}
	}
	cycles := defaultCycles
	if o.cycles.isSet {
		cycles = o.cycles.value
	}
	limit := int(r.Steps) + cycles
	t.view = turing.Predict(t.want, limit)
	if err := t.view.Err; err != nil && t.view.Steps < limit {
		return nil, fmt.Errorf("%w; --cycles %d ends before it", err, t.view.Steps-int(r.Steps))
	}
	t.last = int64(min(limit, t.view.Steps))
	first := 0
	if r.Phase == turing.Ready {
		first = -1 // the start-up step
	}
	t.lo = min(-len(r.Config.Tape.Left), first+t.view.Lo, 0)
	t.hi = max(len(r.Config.Tape.Right), first+t.view.Hi, 0)
	return t, nil
}

// drive prints the machine as it is, and then one cycle after the other.
func (t *turingJob) drive(ctx context.Context) error {
	if !t.isJSON {
		fmt.Fprintf(t.stdout, "cycle  generation  state  %-*s  entry  population\n", 3*(t.hi-t.lo+1), " tape")
	}
	if err := t.print(t.seen, true); err != nil {
		return err
	}
	t.catch()
	for t.seen.Steps < t.last && t.seen.Phase != turing.Halted {
		if err := t.eng.Advance(ctx, big.NewInt(turing.Cycle)); err != nil {
			return err
		}
		r, err := turing.Read(t.eng)
		if err != nil {
			return &exitError{ExitMismatch, err}
		}
		if t.seen.Entry().Move == turing.Left {
			t.at--
		} else {
			t.at++
		}
		if t.seen.Phase != turing.Ready {
			if err := t.want.Step(); err != nil {
				return &exitError{ExitMismatch, fmt.Errorf("cycle %d: found step %d, but the interpreter: %w", r.Cycle, r.Steps, err)}
			}
		}
		differs := turing.Compare(r, t.want)
		if err := t.print(r, differs == nil); err != nil {
			return err
		}
		if differs != nil {
			return &exitError{ExitMismatch, fmt.Errorf("cycle %d: %w", r.Cycle, differs)}
		}
		t.seen = r
	}
	return nil
}

// cycleJSON is a cycle of the machine. The order of the fields is that of the JSON.
type cycleJSON struct {
	Cycle      int64     `json:"cycle"`
	Generation *big.Int  `json:"generation"`
	Phase      string    `json:"phase"`
	State      *int      `json:"state"` // null before the start-up step
	Symbol     int       `json:"symbol"`
	Tape       []int     `json:"tape"`
	Head       int       `json:"head"`
	Entry      entryJSON `json:"entry"`
	Population *big.Int  `json:"population"`
	Equal      bool      `json:"equal"`
}

// print prints one cycle.
func (t *turingJob) print(r *turing.Reading, isEqual bool) error {
	c, entry := r.Config, r.Entry()
	if t.isJSON {
		left := slices.Clone(c.Tape.Left)
		slices.Reverse(left)
		j := cycleJSON{
			Cycle: r.Cycle, Generation: t.eng.Generation(), Phase: r.Phase.String(), State: &c.State, Symbol: c.Symbol,
			Tape: append(append(left, c.Symbol), c.Tape.Right...), Head: len(left),
			Entry: newEntryJSON(c.State, c.Symbol, entry), Population: t.eng.Population(), Equal: isEqual,
		}
		if r.Phase == turing.Ready {
			j.State = nil
		}
		if err := writeJSON(t.stdout, j); err != nil {
			return err
		}
		return t.stdout.Flush()
	}
	state := fmt.Sprint(c.State)
	if r.Phase == turing.Ready {
		state = "start"
	}
	fmt.Fprintf(t.stdout, "%5d  %10v  %5s  %s  %-5v  %10v\n", r.Cycle, t.eng.Generation(), state, t.tape(c), entry, t.eng.Population())
	return t.stdout.Flush()
}

// tape writes the tape so that it stands still and the head moves.
func (t *turingJob) tape(c turing.Config) string {
	var b strings.Builder
	for x := t.lo; x <= t.hi; x++ {
		switch {
		case x == t.at:
			fmt.Fprintf(&b, "[%d]", c.Symbol)
		case x < t.at:
			fmt.Fprintf(&b, " %d ", symbolAt(c.Tape.Left, t.at-x-1))
		default:
			fmt.Fprintf(&b, " %d ", symbolAt(c.Tape.Right, x-t.at-1))
		}
	}
	return b.String()
}

// symbolAt returns symbol i of a side of a tape.
func symbolAt(side []int, i int) int {
	if i < len(side) {
		return side[i]
	}
	return 0
}

// verdict says how it ended.
func (t *turingJob) verdict() string {
	why := "not halted"
	if t.seen.Phase == turing.Halted {
		why = "halted"
	}
	words := []string{"blank"}
	if symbols := t.seen.Config.Symbols(); len(symbols) > 0 {
		words = nil
		for _, v := range symbols {
			words = append(words, fmt.Sprint(v))
		}
	}
	return fmt.Sprintf("%s: state %d, symbol %d, tape %s", why, t.seen.Config.State, t.seen.Config.Symbol, strings.Join(words, " "))
}
