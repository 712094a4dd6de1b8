package cli

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"sync"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
	"golife/life/soup"
	"golife/patterns"
)

// maxWarnings is how many deviations of a file are shown one by one.
const maxWarnings = 5

// headSize is how much of a file is kept to look for its header.
const headSize = 64 << 10

// loaded is a pattern and where it came from.
type loaded struct {
	*life.Pattern
	source string      // "file", "library" or "standard input"
	info   format.Info // how it was written
	head   []byte      // the first bytes as they were read
}

// load reads the pattern that arg names: a soup, "-", a file, or a name of the library,
// in this order. Rule r, unless it is nil, takes the place of the pattern's own.
// Deviations are shown on stderr unless isQuiet.
func (e *env) load(arg string, isQuiet bool, r *rule.Rule) (*loaded, error) {
	if strings.HasPrefix(arg, soup.Prefix) {
		return loadSoup(arg, r)
	}
	in, source, err := e.open(arg)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	warned := 0
	warn := func(w format.Warning) {
		if warned++; warned <= maxWarnings && !isQuiet {
			e.errorf("%s: warning: %v", arg, w)
		}
	}
	head := &prefix{limit: headSize}
	p, info, err := format.Read(io.TeeReader(in, head), format.WithWarnings(warn), format.WithRule(r))
	if more := warned - maxWarnings; more > 0 && !isQuiet {
		e.errorf("%s: %d more warnings", arg, more)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", arg, readError(err))
	}
	return &loaded{p, source, info, head.data}, nil
}

// readError takes the parts away from a reader's error that the line has already.
func readError(err error) error {
	if s := (*format.SyntaxError)(nil); errors.As(err, &s) {
		return fmt.Errorf("line %d col %d: %s", s.Line, s.Col, s.Msg)
	}
	return reason(err)
}

// open opens what arg names, and says what it is.
func (e *env) open(arg string) (io.ReadCloser, string, error) {
	switch arg {
	case "":
		return nil, "", usagef("found an empty PATTERN, want a file, '-' or a name")
	case "-":
		if e.stdinUsed {
			return nil, "", usagef("'-' twice, but the standard input can be read only once")
		}
		e.stdinUsed = true
		return io.NopCloser(e.stdin), "standard input", nil
	}
	info, err := os.Stat(arg)
	if err == nil && !info.IsDir() {
		f, err := os.Open(arg)
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", arg, reason(err))
		}
		return f, "file", nil
	}
	entry, isKnown := patterns.Lookup(arg)
	switch {
	case isKnown:
		data, err := entry.RLE()
		if err != nil {
			return nil, "", err
		}
		return io.NopCloser(bytes.NewReader(data)), "library", nil
	case err == nil:
		return nil, "", fmt.Errorf("%s: found a folder, want a pattern file", arg)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, "", fmt.Errorf("%s: %w", arg, reason(err))
	}
	return nil, "", noPattern(arg)
}

// noPattern returns the error for what is neither a file nor a known name.
func noPattern(arg string) error {
	if strings.ContainsAny(arg, `./\`) {
		return fmt.Errorf("%s: no such file", arg)
	}
	near := patterns.Suggest(arg)
	if len(near) == 0 {
		return fmt.Errorf("%s: no such file, and no such name in the library; see 'life patterns list'", arg)
	}
	return fmt.Errorf("%s: no such file or name in the library%s", arg, didYouMean(near))
}

// prefix keeps the first limit bytes written to it.
type prefix struct {
	data  []byte
	limit int
}

func (p *prefix) Write(b []byte) (int, error) {
	p.data = append(p.data, b[:min(len(b), p.limit-len(p.data))]...)
	return len(b), nil
}

// headerLine finds the size in an RLE header.
var headerLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?mi)^[ \t]*x[ \t]*=[ \t]*(\d+)[ \t]*,[ \t]*y[ \t]*=[ \t]*(\d+)`)
})

// headerSize returns the width and the height that the file's header claims, as
// decimal digits; ok is false when it has no header.
func (l *loaded) headerSize() (width, height string, ok bool) {
	text := l.head
	if l.info.Format != format.RLE {
		return "", "", false
	}
	if l.info.IsGzip {
		z, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			return "", "", false
		}
		// The compressed text may be cut: what comes before the cut will do.
		text, _ = io.ReadAll(io.LimitReader(z, headSize))
	}
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	m := headerLine().FindSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return string(m[1]), string(m[2]), true
}
