package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golife/life/format"
)

func convertCommand() *command {
	return &command{
		name: "convert", operands: "IN… [OUT]", complete: "pattern",
		short: "Write patterns in another format",
		long: `
Reads the pattern IN, in whatever format it is, and writes it to the file OUT, the
last operand or that of -o, in the format that OUT's extension tells, or --to. IN
is a file, '-' for the standard input, a name of the library, a file in a zip
archive as ARCHIVE:NAME, or an apgcode; OUT may be '-' for the standard output,
which is RLE unless --to says more. With --to, OUT may also be a folder, and there
may be several INs: each is written there under its own name.

What the new format cannot keep, such as a generation, is told on stderr; cells
that it cannot hold are an error, and nothing is written. 'life help formats'
tells what there is.`,
		examples: []string{
			"life convert gun.rle gun.mc.gz  as macrocell, compressed",
			"life convert old.lif -  as RLE on the standard output",
			"life convert old.lif -o new.cells  OUT by a flag",
			"life convert *.cells --to rle.gz out/  many at once",
			"life convert glider - --to apgcode  its name: xq4_153",
			"life convert Flow6.zip:Features.mc features.rle  out of an archive",
		},
		setup: setupConvert,
	}
}

// convertFlags are the flags of life convert.
type convertFlags struct {
	to     parsed[string] // an extension
	output string         // "" is the last operand
	ruleFlags
	loading
}

func setupConvert(f *flags) runFunc {
	o := &convertFlags{
		to: parsed[string]{parse: format.ExtensionFor, kind: "format"},
	}
	var names []string
	for _, d := range format.Describe() {
		if d.IsWritten {
			names = append(names, string(d.Name))
		}
	}
	s := f.section("Flags")
	s.StringVarP(&o.output, "output", "o", "", "write to `OUT`, in place of the last operand")
	s.Var(&o.to, "to", "write as `FORMAT` whatever the name of OUT: "+strings.Join(names, ", ")+", or an extension such as rle.gz")
	o.define(s)
	s.BoolVar(&o.isStrict, "strict", false, "refuse files that deviate from their format")
	s.BoolVarP(&o.isQuiet, "quiet", "q", false, "no warnings")
	setWords(s, "output", annotFiles)
	setWords(s, "to", annotWords, names...)
	return o.run
}

// cutOut tells the operands apart: what is to be read, and what written.
func (o *convertFlags) cutOut(args []string) (ins []string, out string, err error) {
	switch n := len(args); {
	case o.output != "" && n < 1:
		return nil, "", usagef("found -o %s and no operand, want IN", o.output)
	case o.output != "":
		return args, o.output, nil
	case n < 2:
		return nil, "", usagef("found %d operands, want IN and OUT, or -o OUT", n)
	default:
		return args[:n-1], args[n-1], nil
	}
}

// run converts all patterns; one that fails does not keep the others.
func (o *convertFlags) run(ctx context.Context, e *env, args []string) error {
	ins, out, err := o.cutOut(args)
	if err != nil {
		return err
	}
	if err := o.apply(e); err != nil {
		return err
	}
	o.loading.rule, o.isAnyRule = o.ruleFlags.rule.value, true
	info, err := os.Stat(out)
	isFolder := err == nil && info.IsDir()
	switch {
	case isFolder && !o.to.isSet:
		return usagef("%s is a folder, want --to FORMAT with it, or a file name", out)
	case !isFolder && len(ins) > 1 && o.output != "":
		return usagef("found %d operands and -o %s, which is no folder, want IN alone: OUT is either an operand or that of -o", len(ins), out)
	case !isFolder && len(ins) > 1:
		return usagef("found %d patterns and %s, which is no folder, want one pattern", len(ins), out)
	case !isFolder:
		return o.convert(ctx, e, ins[0], out)
	}
	return o.convertAll(ctx, e, ins, out)
}

// convertAll converts patterns into a folder, each under its own name.
func (o *convertFlags) convertAll(ctx context.Context, e *env, ins []string, folder string) error {
	outs, taken := make([]string, len(ins)), map[string]string{}
	for i, in := range ins {
		outs[i] = filepath.Join(folder, ownName(in)+o.to.value)
		if other, ok := taken[outs[i]]; ok {
			return usagef("%s and %s would both be %s, want one pattern of each name", other, in, outs[i])
		}
		taken[outs[i]] = in
	}
	code := ExitDone
	for i, in := range ins {
		if ctx.Err() != nil {
			return exit(ExitInterrupted)
		}
		if err := o.convert(ctx, e, in, outs[i]); err != nil {
			code = worse(code, e.fail(convertCommand(), err))
		}
	}
	return exit(code)
}

// ownName returns the name that a pattern has in a folder, without extension.
func ownName(in string) string {
	if in == "-" {
		return "stdin"
	}
	name := filepath.Base(in)
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	for {
		x := filepath.Ext(name)
		isKnown := x == ".zip"
		for _, d := range format.Describe() {
			for _, known := range slices.Concat(d.Extensions, format.Packings()) {
				isKnown = isKnown || strings.EqualFold(x, known)
			}
		}
		if !isKnown || len(x) == len(name) {
			return name
		}
		name = strings.TrimSuffix(name, x)
	}
}

// convert reads in and writes out.
func (o *convertFlags) convert(ctx context.Context, e *env, in, out string) error {
	as := o.to.value
	switch {
	case o.to.isSet:
	case out == "-":
		as = ".rle"
	default:
		if err := checkFile(out); err != nil {
			if errors.Is(err, format.ErrExtension) {
				return usagef("%w; or say --to FORMAT", err)
			}
			return fmt.Errorf("%s: %w", out, err)
		}
		as = out
	}
	l, err := e.read(ctx, in, o.loading)
	if err != nil {
		return err
	}
	if err := e.saveAs(ctx, out, as, l.Pattern); err != nil {
		if ctx.Err() != nil {
			return exit(ExitInterrupted)
		}
		if out == "-" {
			return fmt.Errorf("%s: %w", in, err)
		}
		return err
	}
	if !o.isQuiet {
		e.warnLoss(out, as, l.Pattern)
	}
	return nil
}
