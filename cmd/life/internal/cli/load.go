package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"golife/life"
	"golife/life/format"
	"golife/life/format/apgcode"
	"golife/life/rule"
	"golife/life/soup"
	"golife/patterns"
)

// maxWarnings is how many deviations of a file are shown one by one.
const maxWarnings = 5

// loaded is a pattern and where it came from.
type loaded struct {
	*life.Pattern
	source string      // "file", "library", "standard input" or "apgcode"
	info   format.Info // how it was written
}

// loading is how a pattern is to be read.
type loading struct {
	rule      *rule.Rule    // takes the place of the pattern's own unless it is nil
	isStrict  bool          // deviations are errors
	isQuiet   bool          // deviations are not shown
	isAnyRule bool          // a rule that is not known will do, as nothing is to run
	onRead    func(n int64) // is told how many bytes of the file have been read; nil is nobody
}

// load reads the pattern that arg names: a soup, "-", a file, a file in a zip archive,
// a name of the library, or an apgcode, in this order. Rule r, unless it is nil, takes
// the place of the pattern's own. Deviations are shown on stderr unless isQuiet.
func (e *env) load(arg string, isQuiet bool, r *rule.Rule) (*loaded, error) {
	return e.read(context.Background(), arg, loading{rule: r, isQuiet: isQuiet})
}

// read is load with more to say. It fails when ctx is done.
func (e *env) read(ctx context.Context, arg string, how loading) (*loaded, error) {
	if strings.HasPrefix(arg, soup.Prefix) {
		return loadSoup(arg, how.rule)
	}
	from, err := e.open(arg)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	warned := 0
	warn := func(w format.Warning) {
		if ctx.Err() != nil {
			return // the input ends because of that
		}
		if warned++; warned <= maxWarnings && !how.isQuiet {
			e.errorf("%s: warning: %v", arg, w)
		}
	}
	finder := e.finder(from.file)
	parse := finder.Parse
	opts := []format.Option{
		format.WithWarnings(warn), format.WithRule(how.rule), format.WithMember(from.member),
		format.WithRuleFiles(func(name string, data []byte) { finder.Files[name] = data }),
	}
	if how.isStrict {
		opts = append(opts, format.WithStrict())
	}
	if how.isAnyRule {
		parse = parseAnyRule(parse, func(name string) {
			if !how.isQuiet {
				e.errorf("%s: warning: unknown rule %s, taken for one of 256 states", arg, name)
			}
		})
	}
	opts = append(opts, format.WithRuleParser(parse))
	p, info, err := format.Read(&countReader{Reader: ctxReader{ctx, from}, tell: how.onRead}, opts...)
	if more := warned - maxWarnings; more > 0 && !how.isQuiet {
		e.errorf("%s: %d more warnings", arg, more)
	}
	if ctx.Err() != nil {
		return nil, exit(ExitInterrupted)
	}
	if err != nil && how.rule != nil && errors.Is(err, life.ErrState) {
		if l := e.readUnder(ctx, arg, how); l != nil {
			return l, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", arg, readError(err))
	}
	return &loaded{p, from.source, info}, nil
}

// readUnder reads a pattern that has states which the rule to read it by lacks under its own
// rule, and then puts it under that one: History patterns have live cells. It returns nil where
// that cannot be done.
func (e *env) readUnder(ctx context.Context, arg string, how loading) *loaded {
	own := how
	own.rule, own.isQuiet = nil, true
	l, err := e.read(ctx, arg, own)
	if err != nil {
		return nil
	}
	if l.Pattern, err = l.WithRule(how.rule); err != nil {
		return nil
	}
	return l
}

// countReader tells how much has been read.
type countReader struct {
	io.Reader
	n    int64
	tell func(n int64) // nil is nobody
}

// Read implements io.Reader.
func (r *countReader) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if r.n += int64(n); r.tell != nil {
		r.tell(r.n)
	}
	return n, err
}

// readError takes the parts away from a reader's error that the line has already,
// and adds how to name a file of an archive.
func readError(err error) error {
	if s := (*format.SyntaxError)(nil); errors.As(err, &s) {
		if s.Line == 0 {
			return fmt.Errorf("%s: %s", s.Format, s.Msg)
		}
		return fmt.Errorf("line %d col %d: %s", s.Line, s.Col, s.Msg)
	}
	if a := (*format.ArchiveError)(nil); errors.As(err, &a) && len(a.Members) > 1 {
		return fmt.Errorf("%w; write ARCHIVE:NAME", err)
	}
	return reason(err)
}

// input is an open pattern.
type input struct {
	io.ReadCloser
	source string // as in loaded
	member string // the file to read in an archive, or ""
	file   string // its name, or "" for what is no file
}

// open opens what arg names, and says what it is.
func (e *env) open(arg string) (*input, error) {
	switch arg {
	case "":
		return nil, usagef("found an empty PATTERN, want a file, '-' or a name")
	case "-":
		if e.stdinUsed {
			return nil, usagef("'-' twice, but the standard input can be read only once")
		}
		e.stdinUsed = true
		return &input{ReadCloser: io.NopCloser(e.stdin), source: "standard input"}, nil
	}
	name, member, isFolder, err := findFile(arg)
	if err == nil && !isFolder {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, reason(err))
		}
		return &input{f, "file", member, name}, nil
	}
	entry, isKnown := patterns.Lookup(arg)
	switch {
	case isKnown:
		data, err := entry.RLE()
		if err != nil {
			return nil, err
		}
		return &input{ReadCloser: io.NopCloser(bytes.NewReader(data)), source: "library"}, nil
	case err == nil:
		return nil, fmt.Errorf("%s: found a folder, want a pattern file", arg)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w", arg, reason(err))
	case apgcode.IsCode(arg):
		return &input{ReadCloser: io.NopCloser(strings.NewReader(arg)), source: "apgcode"}, nil
	}
	return nil, noPattern(arg)
}

// findFile finds the file that arg names: all of it, or what is before a colon when
// the rest names a file in that archive.
func findFile(arg string) (name, member string, isFolder bool, err error) {
	info, err := os.Stat(arg)
	if err == nil {
		return arg, "", info.IsDir(), nil
	}
	for i := range len(arg) - 1 {
		if arg[i] != ':' {
			continue
		}
		if info, err := os.Stat(arg[:i]); err == nil && info.Mode().IsRegular() {
			return arg[:i], arg[i+1:], false, nil
		}
	}
	return arg, "", false, err
}

// noPattern returns the error for what is neither a file nor a known name.
func noPattern(arg string) error {
	if apgcode.IsClass(arg) {
		return fmt.Errorf("%s: an apgcode of what an object does, want one that has its cells, such as xq4_153", arg)
	}
	if strings.ContainsAny(arg, `./\`) {
		return fmt.Errorf("%s: no such file", arg)
	}
	near := patterns.Suggest(arg)
	if len(near) == 0 {
		return fmt.Errorf("%s: no such file, and no such name in the library; see 'life patterns list'", arg)
	}
	return fmt.Errorf("%s: no such file or name in the library%s", arg, didYouMean(near))
}
