package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// command is one row of the command table.
type command struct {
	name     string
	operands string   // what follows the name and the flags, such as "PATTERN…"
	short    string   // one line, without a full stop
	long     string   // paragraphs
	examples []string // command line, two blanks, what it does

	// setup defines the flags on f and returns what runs once they are parsed.
	setup func(f *flags) runFunc
	// complete tells what operands are: "pattern", "name", "file", "command", "shell" or "".
	complete string

	subs   []*command
	parent *command
	// isMixed says that operands which name no subcommand are the command's own.
	isMixed bool
}

// runFunc runs a command on its operands.
type runFunc func(ctx context.Context, e *env, args []string) error

// commands returns the command table, in the order of the help.
func commands() []*command {
	table := []*command{
		viewCommand(), runCommand(), batchCommand(), infoCommand(), convertCommand(), diffCommand(),
		patternsCommand(), turingCommand(), benchCommand(),
		helpCommand(), versionCommand(), completionCommand(), manCommand(),
	}
	for _, c := range table {
		for _, s := range c.subs {
			s.parent = c
		}
	}
	return table
}

// path returns the command's full name, such as "patterns list".
func (c *command) path() string {
	if c.parent != nil {
		return c.parent.path() + " " + c.name
	}
	return c.name
}

// find returns the command that args begins with, and what follows it. On error
// the command is the one in which the search ended, nil at the top.
func find(args []string) (*command, []string, error) {
	var c *command
	table := commands()
	for {
		next := slices.IndexFunc(table, func(t *command) bool { return t.name == args[0] })
		if next < 0 && c != nil && c.isMixed {
			return c, args, nil
		}
		if next < 0 {
			return c, nil, unknownCommand(c, args, table)
		}
		c, args = table[next], args[1:]
		table = c.subs
		isSub := len(args) > 0 && !strings.HasPrefix(args[0], "-")
		if len(table) == 0 || !isSub {
			return c, args, nil
		}
	}
}

func unknownCommand(c *command, args []string, table []*command) error {
	var names []string
	for _, t := range table {
		names = append(names, t.name)
	}
	prefix := "life "
	if c != nil {
		prefix += c.path() + " "
	}
	if strings.HasPrefix(args[0], "-") {
		return usagef("unknown flag %s, want a command first, as in 'life run %s'", args[0], args[0])
	}
	near := suggest(args[0], names)
	for i, n := range near {
		near[i] = prefix + n
	}
	if len(near) == 0 {
		return usagef("unknown command %q, want one of %s", args[0], strings.Join(names, ", "))
	}
	return usagef("unknown command %q%s", args[0], didYouMean(near))
}

// execute parses the flags and runs the command.
func (c *command) execute(ctx context.Context, e *env, args []string) error {
	f := &flags{}
	run := c.setup(f)
	set := f.merged()
	isHelp := set.BoolP("help", "h", false, "")
	if err := set.Parse(args); err != nil {
		return flagError(set, err)
	}
	if *isHelp {
		fmt.Fprint(e.stdout, c.help())
		return nil
	}
	if len(c.subs) > 0 && set.NArg() > 0 && !c.isMixed {
		return usagef("found %q after a flag, want 'life %s COMMAND' before the flags", set.Arg(0), c.path())
	}
	return run(ctx, e, set.Args())
}

// flags gathers the flags of a command under headings.
type flags struct{ sections []section }

type section struct {
	title string
	set   *pflag.FlagSet
}

// section starts a heading and returns the set for its flags.
func (f *flags) section(title string) *pflag.FlagSet {
	set := pflag.NewFlagSet(title, pflag.ContinueOnError)
	set.SortFlags = false
	f.sections = append(f.sections, section{title, set})
	return set
}

// merged returns all flags in one set.
func (f *flags) merged() *pflag.FlagSet {
	all := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.SortFlags = false
	all.Usage = func() {}
	for _, s := range f.sections {
		all.AddFlagSet(s.set)
	}
	return all
}

// flagError turns an error of pflag into ours.
func flagError(set *pflag.FlagSet, err error) error {
	var (
		unknown *pflag.NotExistError
		value   *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
	)
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(set, unknown)
	case errors.As(err, &value):
		// "-gen" is read as -g with the value "en".
		typed := value.GetFlag().Shorthand + value.GetValue()
		if f := longFlag(set, typed); f != nil && len(typed) > len(value.GetValue()) {
			return usagef("unknown flag -%s; did you mean --%s?", typed, f.Name)
		}
		if inner := value.Unwrap(); inner != nil {
			err = inner
		}
		return usagef("--%s %q: %w", value.GetFlag().Name, value.GetValue(), err)
	case errors.As(err, &missing):
		return usagef("--%s: found no value, want %s", missing.GetFlag().Name, valueName(missing.GetFlag()))
	}
	return usagef("%w", err)
}

func unknownFlag(set *pflag.FlagSet, x *pflag.NotExistError) error {
	name := x.GetSpecifiedName()
	if short := x.GetSpecifiedShortnames(); short != "" {
		// "-gen" is read as -g, -e, -n; a long flag with one hyphen was meant.
		if f := longFlag(set, short); f != nil {
			return usagef("unknown flag -%s; did you mean --%s?", short, f.Name)
		}
		return usagef("unknown flag -%s", name)
	}
	var names []string
	set.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := suggest(name, names)
	for i, n := range near {
		near[i] = "--" + n
	}
	return usagef("unknown flag --%s%s", name, didYouMean(near))
}

// longFlag returns the flag whose long name is s or begins with it, or nil.
func longFlag(set *pflag.FlagSet, s string) (found *pflag.Flag) {
	s, _, _ = strings.Cut(s, "=")
	set.VisitAll(func(f *pflag.Flag) {
		if found == nil && len(s) > 1 && strings.HasPrefix(f.Name, s) {
			found = f
		}
	})
	return found
}

// valueName returns what the help calls the flag's value.
func valueName(f *pflag.Flag) string {
	name, _ := pflag.UnquoteUsage(f)
	return name
}

// parsed is a flag whose value is read by a function.
type parsed[T any] struct {
	value T
	text  string // as given
	isSet bool
	parse func(string) (T, error)
	kind  string // how pflag calls the type
}

// Set reads the flag's value; it implements pflag.Value.
func (p *parsed[T]) Set(s string) error {
	v, err := p.parse(s)
	if err != nil {
		return err
	}
	p.value, p.text, p.isSet = v, s, true
	return nil
}

// String returns the value as it was given; it implements pflag.Value.
func (p *parsed[T]) String() string { return p.text }

// Type implements pflag.Value.
func (p *parsed[T]) Type() string { return p.kind }

// oneOf returns a flag parser that accepts the given words.
func oneOf(words ...string) func(string) (string, error) {
	return func(s string) (string, error) {
		if slices.Contains(words, s) {
			return s, nil
		}
		return "", fmt.Errorf("unknown, want %s%s", strings.Join(words, ", "), didYouMean(suggest(s, words)))
	}
}

// annotation keys that shell completion reads.
const (
	annotWords = "words" // the values a flag takes
	annotFiles = "files" // the flag takes a file name
)

// setWords tells shell completion the values of a flag.
func setWords(set *pflag.FlagSet, flag, key string, words ...string) {
	if err := set.SetAnnotation(flag, key, words); err != nil {
		panic("cli: " + err.Error())
	}
}
