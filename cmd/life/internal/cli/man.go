package cli

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/pflag"
)

func manCommand() *command {
	return &command{
		name:  "man",
		short: "Print the manual page, for man(1)",
		long: `
The page has all commands, flags and topics of 'life help'. To install it:

  life man > /usr/local/share/man/man1/life.1`,
		examples: []string{"life man | man -l -  read it now"},
		setup:    func(*flags) runFunc { return runMan },
	}
}

func runMan(_ context.Context, e *env, args []string) error {
	if len(args) > 0 {
		return usagef("found %q, want no operands", args[0])
	}
	fmt.Fprint(e.stdout, manPage())
	return nil
}

// roff writes a manual page in the language of man(7).
type roff struct{ strings.Builder }

// beyondASCII finds what roff wants by its number.
var beyondASCII = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\x00-\x7F]`) })

// escape makes text one that roff prints as it is: no line begins with a request, and
// hyphens are those of a command line.
func (r *roff) escape(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	text = beyondASCII().ReplaceAllStringFunc(text, func(s string) string {
		return fmt.Sprintf(`\[u%04X]`, []rune(s)[0])
	})
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}

// request writes a line for roff; args are quoted.
func (r *roff) request(name string, args ...string) {
	r.WriteString("." + name)
	for _, a := range args {
		r.WriteString(` "` + strings.ReplaceAll(r.escape(a), `"`, `\(dq`) + `"`)
	}
	r.WriteByte('\n')
}

// block writes text with its own line ends and blanks, as the help is written.
func (r *roff) block(text string) {
	r.WriteString(".nf\n" + r.escape(strings.TrimSpace(text)) + "\n.fi\n")
}

// manPage returns the manual page: the command table and the topics.
func manPage() string {
	r := &roff{}
	r.request("TH", "LIFE", "1", "", buildVersion(), "User Commands")
	r.request("SH", "NAME")
	r.WriteString("life \\- run and show cellular automata\n")
	r.request("SH", "SYNOPSIS")
	r.WriteString(".B life\n.I COMMAND\n[FLAGS] [OPERANDS]\n")
	r.request("SH", "COMMANDS")
	for _, l := range leaves(commands()) {
		r.command(l)
	}
	for _, t := range topics() {
		r.request("SH", strings.ToUpper(t.name))
		r.block(t.text())
	}
	r.request("SH", "EXIT STATUS")
	for _, x := range [][2]string{
		{"0", "Done; a time or memory limit that is reached is no failure."}, {"1", "The request failed."},
		{"2", "Bad usage."}, {"3", "A check or an expectation failed."}, {"130", "Interrupted."},
	} {
		r.request("TP")
		r.WriteString(".B " + x[0] + "\n" + x[1] + "\n")
	}
	return r.String()
}

// command writes the section of a command.
func (r *roff) command(l leaf) {
	r.request("SS", strings.TrimSpace("life "+l.path()+" "+l.operands))
	r.WriteString(r.escape(l.short) + ".\n.PP\n")
	if l.long != "" {
		r.block(l.long)
	}
	for _, f := range l.flags {
		r.flag(f)
	}
	if len(l.examples) == 0 {
		return
	}
	r.WriteString(".PP\nExamples:\n")
	var b strings.Builder
	l.writeExamples(&b)
	r.WriteString(".nf\n" + r.escape(strings.TrimRight(b.String(), "\n")) + "\n.fi\n")
}

// flag writes a flag and what it does.
func (r *roff) flag(f *pflag.Flag) {
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	value, usage := pflag.UnquoteUsage(f)
	r.request("TP")
	if takesValue(f) {
		r.request("BI", name+" ", value)
	} else {
		r.request("B", name)
	}
	r.WriteString(r.escape(usage) + "\n")
}
