package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"

	"golife/life/turing"
)

func setupTuringPicture(f *flags) runFunc {
	o, eo := &machineFlags{}, &engineFlags{}
	cycles := parsed[int]{parse: parseCycles, kind: "number"}
	output := parsed[string]{parse: checkPicture, kind: "file"}
	s := f.section("Flags")
	o.define(s)
	s.Var(&cycles, "cycles", "draw the machine `N` cycles later")
	s.VarP(&output, "output", "o", "save the picture as `FILE`, a name that ends in .svg; '-' is stdout")
	eo.defineEngine(s)
	setWords(s, "output", annotFiles)
	return func(ctx context.Context, e *env, args []string) error {
		if !output.isSet {
			return usagef("found nothing that says where to, want -o FILE.svg")
		}
		m, err := o.machine(e, args)
		if err != nil {
			return err
		}
		eng, _, err := m.start(ctx, eo)
		if err == nil {
			err = eng.Advance(ctx, big.NewInt(int64(cycles.value)*turing.Cycle))
		}
		if err != nil {
			return interruptedOr(err)
		}
		var svg bytes.Buffer
		if err := turing.Picture(&svg, eng); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if output.value == "-" {
			_, err := e.stdout.Write(svg.Bytes())
			return err
		}
		if err := os.WriteFile(output.value, svg.Bytes(), 0o666); err != nil {
			return fmt.Errorf("%s: %w", output.value, reason(err))
		}
		return nil
	}
}

// checkPicture returns an error for a name that is not one of an SVG.
func checkPicture(name string) (string, error) {
	if name != "-" && !strings.HasSuffix(name, ".svg") {
		return "", errors.New("want a name that ends in .svg")
	}
	return name, nil
}
