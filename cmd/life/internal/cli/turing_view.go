package cli

import (
	"context"
	"errors"
	"fmt"

	"golife/cmd/life/internal/tui"
)

func turingViewCommand() *command {
	return &command{
		name: "view", operands: "[PATTERN]", complete: "pattern",
		short: "Watch the machine, with its tape and table beside it",
		long: `
Opens the viewer on the machine. A panel tells the tape, the state and the entry
of the table that is in force, all read from the pattern, and marks in the
picture show where the parts of the machine are. 't' does one step of the
machine, '1' to '5' go to its parts, and '?' tells all keys.`,
		examples: []string{"life turing view -p increment  binary counting"},
		setup:    setupTuringView,
	}
}

func setupTuringView(f *flags) runFunc {
	o, eo := &machineFlags{}, &engineFlags{}
	s := f.section("Flags")
	o.define(s)
	eo.defineEngine(s)
	return func(ctx context.Context, e *env, args []string) error {
		m, err := o.machine(e, args)
		if err != nil {
			return err
		}
		if !e.isTerminal {
			return errors.New("turing view: standard output is not a terminal; 'life turing run' works without one")
		}
		err = tui.Run(ctx, tui.Options{
			Pattern: m.Pattern, Name: m.name, Engine: eo.engine.value,
			Memory: eo.memory.value, Threads: eo.threads.value, Machine: true,
			Host: e.viewHost(&viewFlags{clean: true}),
		})
		if ctx.Err() != nil || errors.Is(err, context.Canceled) {
			return exit(ExitInterrupted)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		return nil
	}
}
