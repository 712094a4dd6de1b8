package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"golife/life"
	"golife/life/engine"
	"golife/life/turing"
)

func turingCommand() *command {
	return &command{
		name: "turing", operands: "run | table | build | view | picture | programs",
		short: "Rendell's Turing machine: run, check and program it",
		long: `
The library's rendell-turing-machine is a Turing machine built in Life: a tape of
gliders in two stacks, and a transition table of gliders in nine memory cells. A
step takes 11,040 generations. These commands read it while it runs, compare it
with an interpreter, and write other programs and tapes into it.

A tape is written 1,1,[],2: symbols from 0 to 2 in reading order, [] is the blank
cell under the head, which is at the right end if left out. The machine holds six
cells on either side of the head, and its first step is to move left.`,
		examples: []string{
			"life turing run  double two ones, each step checked",
			"life turing run --tape 1,1,1  three ones",
			"life turing run -p busy-beaver  six ones from a blank tape",
			"life turing view  watch it, tape and table beside it",
		},
		setup: setupTuring,
		subs: []*command{
			turingRunCommand(),
			{
				name: "table", operands: "[PATTERN]", complete: "pattern",
				short: "Print the transition table that is in a machine",
				long: `
Reads the table from the gliders in the machine's memory cells: those of PATTERN,
or of the machine with a --program in it. A pattern between two steps is advanced
to the next one first.`,
				examples: []string{
					"life turing table  of the shipped machine",
					"life turing table saved.rle --json  of a pattern, for programs",
				},
				setup: setupTuringTable,
			},
			{
				name: "build", operands: "-o FILE", short: "Write a machine with a program and a tape in it",
				long:     "Saves the machine at generation 0, for any program that runs Life. What does not\nfit is an error: three states, three symbols, six cells a side.",
				examples: []string{"life turing build --program invert -o invert.rle  then: life view invert.rle"},
				setup:    setupTuringBuild,
			},
			turingViewCommand(),
			{
				name: "picture", operands: "-o FILE.svg [PATTERN]", complete: "pattern",
				short: "Draw the machine, each cell coloured by what it is read as",
				long: `
Writes an SVG of the machine with its parts, the symbols on the tape and the
entries of the table beside them: of PATTERN, or after some --cycles of a
--program.`,
				examples: []string{"life turing picture --cycles 12 -o machine.svg  in the midst of its work"},
				setup:    setupTuringPicture,
			},
			{
				name: "programs", operands: "[NAME]", short: "List the programs on board, or print one",
				long: `
The format of programs, as NAME prints one and --program reads it from a file:

  name  doubler                 all three of these lines may be left out
  about doubles a row of ones
  tape  1 1 []                  the tape without --tape
  0 1 -> 1 2 R                  in state 0 on symbol 1: go to state 1, write 2,
  2 0 -> halt                   move right; # begins a comment`,
				examples: []string{"life turing programs invert > mine.tm  a program to change"},
				setup:    func(*flags) runFunc { return runTuringPrograms },
			},
		},
	}
}

// setupTuring is for "life turing" alone, which only tells what there is.
func setupTuring(*flags) runFunc {
	return func(_ context.Context, _ *env, _ []string) error {
		return usagef("found no command, want one of run, table, build, view, picture, programs")
	}
}

// machineFlags say which machine is meant.
type machineFlags struct {
	program string
	tape    parsed[turing.Tape]
}

func (o *machineFlags) define(s *pflag.FlagSet) {
	o.tape = parsed[turing.Tape]{parse: turing.ParseTape, kind: "tape"}
	s.StringVarP(&o.program, "program", "p", "", "put `PROGRAM` into the machine: a file, '-', or one of "+
		strings.Join(turing.ProgramNames(), ", "))
	s.Var(&o.tape, "tape", "put `SYMBOLS` on the tape, such as 1,1,[],2, instead of the program's own")
	setWords(s, "program", annotWords, turing.ProgramNames()...)
	setWords(s, "program", annotFiles)
}

// machine is a pattern with a machine in it.
type machine struct {
	*life.Pattern
	name string
}

// machine returns what the flags and the operands ask for.
func (o *machineFlags) machine(e *env, args []string) (machine, error) {
	isBuilt := o.program != "" || o.tape.isSet
	switch {
	case len(args) > 1:
		return machine{}, usagef("found %d patterns, want one at most", len(args))
	case len(args) == 1 && isBuilt:
		return machine{}, usagef("--program and --tape make a machine, so that they do not go with the pattern %s", args[0])
	case len(args) == 1:
		l, err := e.load(args[0], false, nil)
		if err != nil {
			return machine{}, err
		}
		return machine{l.Pattern, args[0]}, nil
	}
	p, err := o.load(e)
	if err != nil {
		return machine{}, err
	}
	tape := p.Tape
	if o.tape.isSet {
		tape = o.tape.value
	}
	q, err := turing.Build(p, tape)
	if err != nil {
		return machine{}, fmt.Errorf("turing: %w", err)
	}
	return machine{q, "turing machine: " + p.Name}, nil
}

// load returns the program that --program names, the doubler without it.
func (o *machineFlags) load(e *env) (*turing.Program, error) {
	name := o.program
	if name == "" {
		name = turing.ProgramNames()[0]
	}
	text, isFile, err := e.programText(name)
	switch {
	case err != nil:
		return nil, err
	case !isFile:
		p, err := turing.Lookup(name)
		if err != nil {
			return nil, fmt.Errorf("turing: no file and %w%s", err, didYouMean(suggest(name, turing.ProgramNames())))
		}
		return p, nil
	}
	p, err := turing.ParseProgram(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if p.Name == "" {
		p.Name = name
	}
	return p, nil
}

// programText returns the text of a program; isFile is false where there is no
// such file.
func (e *env) programText(name string) (text io.Reader, isFile bool, err error) {
	if name == "-" {
		in, err := e.open("-")
		return in, true, err
	}
	info, err := os.Stat(name)
	if err != nil || info.IsDir() && slices.Contains(turing.ProgramNames(), name) {
		return nil, false, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, true, fmt.Errorf("%s: %w", name, reason(err))
	}
	return bytes.NewReader(data), true, nil
}

// start loads the machine into an engine, and advances it to a generation at which
// it can be read.
func (m machine) start(ctx context.Context, o *engineFlags) (life.Engine, string, error) {
	name := o.engine.value
	if name == engine.Auto {
		name = turingEngine
	}
	eng, err := engine.New(name, m.Rule(), o.options())
	if err == nil {
		err = eng.Load(m.Pattern)
	}
	if err == nil {
		cycle := big.NewInt(turing.Cycle)
		if late := new(big.Int).Mod(eng.Generation(), cycle); late.Sign() > 0 {
			err = eng.Advance(ctx, late.Sub(cycle, late))
		}
	}
	if err != nil {
		return nil, name, fmt.Errorf("%s: %w", m.name, err)
	}
	return eng, name, nil
}

// turingEngine is the engine that runs the machine fastest: 177,000 generations,
// and 17 readings, take 0.2 seconds on hashlife and 3 on tile.
const turingEngine = "hashlife"

// read reads the machine in eng.
func (m machine) read(eng life.Engine) (*turing.Reading, error) {
	r, err := turing.Read(eng)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.name, err)
	}
	return r, nil
}

func setupTuringBuild(f *flags) runFunc {
	o := &machineFlags{}
	output := parsed[string]{parse: checkOutput, kind: "file"}
	s := f.section("Flags")
	o.define(s)
	s.VarP(&output, "output", "o", "save the machine as `FILE`; '-' is RLE on stdout")
	setWords(s, "output", annotFiles)
	return func(_ context.Context, e *env, args []string) error {
		switch {
		case len(args) > 0:
			return usagef("found %q, want no operands", args[0])
		case !output.isSet:
			return usagef("found nothing that says where to, want -o FILE")
		}
		m, err := o.machine(e, nil)
		if err != nil {
			return err
		}
		return e.save(output.value, m.Pattern)
	}
}

func runTuringPrograms(_ context.Context, e *env, args []string) error {
	switch len(args) {
	case 0:
		for _, p := range turing.Programs() {
			fmt.Fprintf(e.stdout, "%-12s %s\n", p.Name, p.About)
		}
		return nil
	case 1:
		text, err := turing.Source(args[0])
		if err != nil {
			return fmt.Errorf("turing: %w%s", err, didYouMean(suggest(args[0], turing.ProgramNames())))
		}
		fmt.Fprint(e.stdout, text)
		return nil
	}
	return usagef("found %d operands, want one NAME", len(args))
}

// entryJSON is an entry of a transition table. The order of the fields is that of
// the JSON.
type entryJSON struct {
	State  int    `json:"state"`
	Symbol int    `json:"symbol"`
	Kind   string `json:"kind"` // step, halt or undefined
	Next   *int   `json:"next,omitempty"`
	Write  *int   `json:"write,omitempty"`
	Move   string `json:"move,omitempty"`
}

func newEntryJSON(state, symbol int, x turing.Entry) entryJSON {
	j := entryJSON{State: state, Symbol: symbol, Kind: "undefined"}
	switch x.Kind {
	case turing.Halt:
		j.Kind = "halt"
	case turing.Step:
		j.Kind, j.Next, j.Write, j.Move = "step", &x.Next, &x.Write, x.Move.String()
	}
	return j
}

func setupTuringTable(f *flags) runFunc {
	o, eo := &machineFlags{}, &engineFlags{}
	s := f.section("Flags")
	o.define(s)
	eo.defineEngine(s)
	isJSON := s.Bool("json", false, "print one JSON object")
	return func(ctx context.Context, e *env, args []string) error {
		m, err := o.machine(e, args)
		if err != nil {
			return err
		}
		eng, _, err := m.start(ctx, eo)
		if errors.Is(err, context.Canceled) {
			return exit(ExitInterrupted)
		}
		if err != nil {
			return err
		}
		r, err := m.read(eng)
		if err != nil {
			return err
		}
		if *isJSON {
			return writeJSON(e.stdout, newTableJSON(m, eng, r))
		}
		return writeTable(e.stdout, r)
	}
}

// tableJSON is what life turing table tells.
type tableJSON struct {
	Pattern    string      `json:"pattern"`
	Generation *big.Int    `json:"generation"`
	Entries    []entryJSON `json:"entries"`
}

func newTableJSON(m machine, eng life.Engine, r *turing.Reading) tableJSON {
	t := tableJSON{Pattern: m.name, Generation: eng.Generation()}
	for s, row := range r.Table.Table {
		for y, x := range row {
			t.Entries = append(t.Entries, newEntryJSON(s, y, x))
		}
	}
	return t
}

// writeTable writes the transition table for people.
func writeTable(w io.Writer, r *turing.Reading) error {
	var b strings.Builder
	b.WriteString("state \\ symbol")
	for y := range turing.MaxSymbols {
		fmt.Fprintf(&b, "  %-7d", y)
	}
	b.WriteString("\n")
	for s, row := range r.Table.Table {
		fmt.Fprintf(&b, "%-14d", s)
		for _, x := range row {
			fmt.Fprintf(&b, "  %-7v", x)
		}
		b.WriteString("\n")
	}
	b.WriteString("\nnext state, symbol to write, move; - is undefined\n")
	_, err := io.WriteString(w, trimLines(b.String()))
	return err
}

// trimLines takes the blanks at the ends of lines away.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}
