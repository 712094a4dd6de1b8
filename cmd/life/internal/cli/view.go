package cli

import (
	"context"
	"errors"
	"fmt"

	"golife/cmd/life/internal/tui"
)

// firstPattern is what someone sees who does not know what to ask for.
const firstPattern = "gosper-glider-gun"

func viewCommand() *command {
	return &command{
		name: "view", operands: "[PATTERN]", complete: "pattern",
		short: "Watch a pattern in the terminal",
		long: `
Shows PATTERN: a file, '-' for the standard input, or a name of the library;
without one, the Gosper glider gun. In the viewer, '?' tells the keys and 'q'
leaves. Colours are those that the terminal says it has (COLORTERM); NO_COLOR
turns them off.`,
		examples: []string{
			"life view gosper-glider-gun  a gun that fires gliders",
			"life view soup.rle --rule B36/S23  the same cells under another rule",
			"life view gosper-glider-gun --glyphs braille  eight cells a character",
		},
		setup: setupView,
	}
}

func setupView(f *flags) runFunc {
	o, look := &engineFlags{}, &lookFlags{}
	s := f.section("Flags")
	o.define(s)
	look.define(s)
	return func(ctx context.Context, e *env, args []string) error {
		name := firstPattern
		switch len(args) {
		case 0:
		case 1:
			name = args[0]
		default:
			return usagef("found %d patterns, want one", len(args))
		}
		l, err := e.load(name, false, o.rule.value)
		if err != nil {
			return err
		}
		p := l.Pattern
		if !e.isTerminal {
			return errors.New("view: standard output is not a terminal; 'life run' works without one")
		}
		err = tui.Run(ctx, tui.Options{
			Pattern: p, Name: name, Engine: o.engine.value,
			Memory: o.memory.value, Threads: o.threads.value,
			Glyphs: look.glyphs.value, Theme: look.theme.value,
		})
		if ctx.Err() != nil || errors.Is(err, context.Canceled) {
			return exit(ExitInterrupted)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if len(args) == 0 {
			fmt.Fprintf(e.stderr, "That was 'life view %s'. 'life patterns list' names more.\n", name)
		}
		return nil
	}
}
