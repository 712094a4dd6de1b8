package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// shells are the shells that completion knows.
var shells = []string{"bash", "zsh", "fish"}

func completionCommand() *command {
	return &command{
		name: "completion", operands: "bash | zsh | fish", complete: "shell",
		short: "Print a script that makes a shell complete life's commands",
		long: `
The script completes commands, flags, their values, and names of the library,
which it asks of 'life patterns list --names'. To load it in every new shell:

  bash   echo 'source <(life completion bash)' >> ~/.bashrc
  zsh    echo 'source <(life completion zsh)' >> ~/.zshrc   (after compinit)
  fish   life completion fish > ~/.config/fish/completions/life.fish`,
		examples: []string{"source <(life completion bash)  for this shell only"},
		setup:    func(*flags) runFunc { return runCompletion },
	}
}

func runCompletion(_ context.Context, e *env, args []string) error {
	if len(args) != 1 {
		return usagef("found %d operands, want one of %s", len(args), strings.Join(shells, ", "))
	}
	script := map[string]func([]*command) string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}[args[0]]
	if script == nil {
		return usagef("unknown shell %q, want one of %s", args[0], strings.Join(shells, ", "))
	}
	fmt.Fprint(e.stdout, script(commands()))
	return nil
}

// leaf is a command as completion sees it: a full name and its flags.
type leaf struct {
	*command
	flags []*pflag.Flag
}

// leaves returns all commands, those with subcommands before these.
func leaves(table []*command) (out []leaf) {
	for _, c := range table {
		f := &flags{}
		c.setup(f)
		l := leaf{command: c}
		f.section("Help").BoolP("help", "h", false, "tell about this command")
		for _, s := range f.sections {
			s.set.VisitAll(func(f *pflag.Flag) { l.flags = append(l.flags, f) })
		}
		out = append(out, l)
		out = append(out, leaves(c.subs)...)
	}
	return out
}

// words returns the fixed words that the operands of c can be.
func (l leaf) words(table []*command) (words []string) {
	switch l.complete {
	case "command":
		for _, c := range table {
			words = append(words, c.name)
		}
		for _, t := range topics() {
			words = append(words, t.name)
		}
	case "shell":
		words = shells
	}
	for _, s := range l.subs {
		words = append(words, s.name)
	}
	return words
}

// switches returns the flags as they are typed.
func (l leaf) switches() (out []string) {
	for _, f := range l.flags {
		if f.Shorthand != "" {
			out = append(out, "-"+f.Shorthand)
		}
		out = append(out, "--"+f.Name)
	}
	return out
}

// takesValue reports whether f is followed by a value.
func takesValue(f *pflag.Flag) bool { return f.NoOptDefVal == "" }

// summaryLine returns what f's help begins with.
func summaryLine(f *pflag.Flag) string {
	_, usage := pflag.UnquoteUsage(f)
	if i := strings.IndexAny(usage, ":;("); i > 0 {
		usage = usage[:i]
	}
	return strings.TrimSpace(usage)
}
