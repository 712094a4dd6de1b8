package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"golife/cmd/life/internal/tui"
	"golife/life"
	"golife/life/rule"
)

// firstPattern is what someone sees behind the list of patterns to choose from.
const firstPattern = "gosper-glider-gun"

func viewCommand() *command {
	return &command{
		name: "view", operands: "[PATTERN]", complete: "pattern",
		short: "Watch and edit a pattern in the terminal",
		long: `
Shows PATTERN: a file, '-' for the standard input, or a name of the library;
without one, a list to choose from. In the viewer, '?' tells the keys, ':' takes
commands, and 'q' leaves.

With --script the lines of FILE are done as commands, without a terminal; the
first that fails ends it. Commands at the start of every session, such as
'bind X goto 1000', go into view.conf in the folder golife of the system's
configuration folder. Colours are those that the terminal says it has
(COLORTERM); NO_COLOR turns them off.`,
		examples: []string{
			"life view gosper-glider-gun  a gun that fires gliders",
			"life view soup.rle --rule B36/S23  the same cells under another rule",
			"life view gosper-glider-gun --glyphs braille  eight cells a character",
			"life view rabbits --script demo.txt  commands such as 'goto 17331'",
		},
		setup: setupView,
	}
}

// viewFlags are the flags of life view.
type viewFlags struct {
	engineFlags
	look   lookFlags
	script string
	clean  bool
}

func (o *viewFlags) define(s *pflag.FlagSet) {
	o.engineFlags.define(s)
	o.look.define(s)
	s.StringVar(&o.script, "script", "", "do the commands in `FILE` without a terminal; - is the standard input")
	s.BoolVar(&o.clean, "clean", false, "leave configuration, history, recent files alone")
	setWords(s, "script", annotFiles)
}

func setupView(f *flags) runFunc {
	o := &viewFlags{}
	o.define(f.section("Flags"))
	return func(ctx context.Context, e *env, args []string) error {
		name := firstPattern
		switch len(args) {
		case 0:
		case 1:
			name = args[0]
		default:
			return usagef("found %d patterns, want one", len(args))
		}
		if err := o.apply(e); err != nil {
			return err
		}
		l, err := e.load(name, false, o.rule.value)
		if err != nil {
			return err
		}
		to := tui.Options{
			Pattern: l.Pattern, Name: name, Engine: o.engine.value, Memory: o.memory.value, Threads: o.threads.value,
			Glyphs: o.look.glyphs.value, Theme: o.look.theme.value,
			Host: e.viewHost(o), File: l.source == "file", Choose: len(args) == 0,
		}
		if o.script != "" {
			return e.viewScript(ctx, o.script, to)
		}
		if !e.isTerminal {
			return errors.New("view: standard output is not a terminal; 'life run' and --script work without one")
		}
		err = tui.Run(ctx, to)
		if ctx.Err() != nil || errors.Is(err, context.Canceled) {
			return exit(ExitInterrupted)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
}

// viewScript does the commands of a file.
func (e *env) viewScript(ctx context.Context, name string, o tui.Options) error {
	o.Choose, o.Host.Folder = false, "" // the same on every machine
	in := io.NopCloser(e.stdin)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, reason(err))
		}
		in = f
	} else if e.stdinUsed {
		return usagef("'-' twice, but the standard input can be read only once")
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	err = tui.RunScript(ctx, o, strings.Split(string(text), "\n"), e.stdout)
	switch {
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		return exit(ExitInterrupted)
	case errors.Is(err, tui.ErrExpect):
		e.errorf("%s: %v", name, err)
		return exit(ExitMismatch)
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// viewHost is what the viewer may have done for it. Deviations of files that it
// opens are not shown: there is no room for them.
func (e *env) viewHost(o *viewFlags) tui.Host {
	h := tui.Host{
		LoadPattern: func(ctx context.Context, name string, progress func(read, total int64)) (*life.Pattern, error) {
			if name == "-" {
				return nil, errors.New("the standard input is not to be read now")
			}
			var total int64
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				total = info.Size()
			}
			l, err := e.read(ctx, name, loading{isQuiet: true, onRead: func(n int64) { progress(n, total) }})
			if err != nil {
				return nil, err
			}
			return l.Pattern, nil
		},
		SavePattern: func(name string, p *life.Pattern) error {
			if name == "-" {
				return errors.New("found '-', want a file name")
			}
			if _, err := checkOutput(name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return e.save(name, p)
		},
		ParseRule: func(s, beside string, files map[string][]byte) (*rule.Rule, error) {
			f := e.finder(beside)
			f.Files = files
			return f.Parse(s)
		},
		ParseCount: func(s string) (*big.Int, error) { return parseCount(s) },
		Suggest:    func(word string, among []string) string { return didYouMean(suggest(word, among)) },
	}
	if dir, err := os.UserConfigDir(); err == nil && !o.clean {
		h.Folder = filepath.Join(dir, "golife")
	}
	return h
}
