package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// shortUsage is what someone sees who types "life" and nothing else.
const shortUsage = `life runs and shows cellular automata.

  life view gosper-glider-gun      watch a pattern; q leaves
  life run r-pentomino -g 1103     compute generations without watching
  life patterns list               the patterns that come with life

'life help' tells more.
`

func helpCommand() *command {
	return &command{
		name: "help", operands: "[COMMAND | TOPIC]", complete: "command",
		short:    "Tell about a command or a topic",
		long:     "Prints the help of a command, as 'life COMMAND --help' does, or of a topic, or the\nlist of them.",
		examples: []string{"life help run  all flags of life run", "life help formats  the pattern formats"},
		setup:    func(*flags) runFunc { return runHelp },
	}
}

func runHelp(_ context.Context, e *env, args []string) error {
	if len(args) == 0 {
		fmt.Fprint(e.stdout, overview())
		return nil
	}
	if t, ok := findTopic(args[0]); ok && len(args) == 1 {
		fmt.Fprint(e.stdout, t.text())
		return nil
	}
	c, rest, err := find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("found %q after %q, want one command", rest[0], c.path())
	}
	fmt.Fprint(e.stdout, c.help())
	return nil
}

// overview returns the help of the program.
func overview() string {
	var b strings.Builder
	b.WriteString("life runs and shows cellular automata: Conway's Life and its relatives.\n\nUsage:\n")
	b.WriteString("  life COMMAND [FLAGS] [OPERANDS]\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-12s %s\n", c.name, c.short)
	}
	b.WriteString("\nTopics, for 'life help TOPIC':\n")
	for _, t := range topics() {
		fmt.Fprintf(&b, "  %-12s %s\n", t.name, t.short)
	}
	b.WriteString(`
A PATTERN is a file, '-' for the standard input, or a name of the library
('life patterns list'). Numbers are written 12345, 12_345, 1e12, 2^64 or 10^100.

Exit codes: 0 done, 1 the request failed, 2 bad usage, 3 an expectation failed,
130 interrupted.

First steps:
  life view gosper-glider-gun
  life run r-pentomino -g 1103
  life help run
`)
	return b.String()
}

// help returns the help of a command.
func (c *command) help() string {
	var b strings.Builder
	f := &flags{}
	c.setup(f)
	usage := c.name
	if c.parent != nil {
		usage = c.path()
	}
	if len(f.sections) > 0 {
		usage += " [FLAGS]"
	}
	fmt.Fprintf(&b, "%s.\n\nUsage:\n  %s\n", c.short, strings.TrimSpace("life "+usage+" "+c.operands))
	if c.long != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(c.long))
	}
	if len(c.subs) > 0 {
		b.WriteString("\nCommands:\n")
		for _, s := range c.subs {
			fmt.Fprintf(&b, "  %-12s %s\n", s.name, s.short)
		}
	}
	for _, s := range f.sections {
		fmt.Fprintf(&b, "\n%s:\n", s.title)
		writeFlags(&b, s.set)
	}
	if len(c.examples) > 0 {
		b.WriteString("\nExamples:\n")
		c.writeExamples(&b)
	}
	return b.String()
}

func (c *command) writeExamples(b *strings.Builder) {
	width := 0
	for _, x := range c.examples {
		line, _, _ := strings.Cut(x, "  ")
		width = max(width, len(line))
	}
	for _, x := range c.examples {
		line, text, _ := strings.Cut(x, "  ")
		fmt.Fprintf(b, "  %-*s  %s\n", width, line, text)
	}
}

// helpWidth is how many columns the help of flags may take.
const helpWidth = 80

// writeFlags writes a line or more for each flag.
func writeFlags(b *strings.Builder, set *pflag.FlagSet) {
	labels, width := map[string]string{}, 0
	set.VisitAll(func(f *pflag.Flag) {
		short := "    "
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		label := "  " + short + "--" + f.Name
		if takesValue(f) {
			label += " " + valueName(f)
		}
		labels[f.Name] = label
		width = max(width, len(label)+2)
	})
	set.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		label := labels[f.Name]
		for _, line := range wrap(usage, helpWidth-width) {
			fmt.Fprintf(b, "%-*s%s\n", width, label, line)
			label = ""
		}
	})
}

// wrap cuts text into lines of at most width characters, at blanks.
func wrap(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
