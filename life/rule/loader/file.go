package loader

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golife/life/rule"
)

// SyntaxError says what is wrong with a line of a file.
type SyntaxError struct {
	File string
	Line int    // from 1
	Msg  string // what was found and what was wanted
}

// Error returns a line such as `X.rule:7: found state 9, want 0 to 7`.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// file is what a rule file says.
type file struct {
	path string
	name string     // behind @RULE
	tree *rule.Tree // nil where it has none
	line int        // of the section that the tree is from
	look look
}

// line is one line of a file, without its end.
type line struct {
	number int
	text   string
}

// section is a part of a file.
type section struct {
	file  string
	title string // in upper case, such as "@TABLE"
	rest  string // what follows it on its line
	line  int
	lines []line
}

// errorf returns a SyntaxError at a line of the section's file.
func (s *section) errorf(line int, format string, args ...any) error {
	return &SyntaxError{s.file, line, fmt.Sprintf(format, args...)}
}

// split returns the lines of text. They end as on any system.
func split(text string) []line {
	text = strings.TrimPrefix(text, "\uFEFF")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var all []line
	for i, t := range strings.Split(text, "\n") {
		all = append(all, line{i + 1, t})
	}
	return all
}

// sections cuts a file at lines that begin with @. What is before the first one is
// dropped.
func sections(path string, lines []line) (all []*section) {
	for _, l := range lines {
		if strings.HasPrefix(l.text, "@") {
			title, rest, _ := strings.Cut(strings.TrimSpace(l.text), " ")
			all = append(all, &section{file: path, title: strings.ToUpper(title), rest: strings.TrimSpace(rest), line: l.number})
		} else if len(all) > 0 {
			last := all[len(all)-1]
			last.lines = append(last.lines, l)
		}
	}
	return all
}

// Parse reads a rule from the text of a file. path names the file in errors; its
// extension tells the older kinds, .table and .tree, which hold no name: that of the
// file counts. The error is a *SyntaxError, or says that there is neither table nor tree.
// Cost: a few milliseconds for a table of hundreds of transitions.
func Parse(path string, text []byte) (*rule.Rule, error) {
	f, err := parse(path, string(text))
	if err != nil {
		return nil, err
	}
	return f.rule(f.name, nil)
}

// baseName returns the name of a file without folder and extension.
func baseName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// parse reads a file.
func parse(path, text string) (*file, error) {
	f := &file{path: path, line: 1}
	lines := split(text)
	var all []*section
	switch x := strings.ToLower(filepath.Ext(path)); x {
	case ".table", ".tree":
		f.name = baseName(path)
		all = []*section{{file: path, title: "@" + strings.ToUpper(x[1:]), line: 1, lines: lines}}
	default:
		all = sections(path, lines)
		if first := firstText(lines); len(all) == 0 || all[0].title != "@RULE" || all[0].line != first.number {
			return nil, &SyntaxError{path, first.number, fmt.Sprintf("found %s, want @RULE NAME", quote(first.text))}
		}
		f.name = all[0].rest
		if strings.ContainsAny(f.name, " \t:") || f.name == "" {
			return nil, all[0].errorf(all[0].line, "found the name %q, want one without blanks and colons", f.name)
		}
	}
	var seen []string
	for _, s := range all {
		if slices.Contains(seen, s.title) {
			continue // the first one counts
		}
		seen = append(seen, s.title)
		if err := f.read(s); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// firstText returns the first line that is not blank.
func firstText(lines []line) line {
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "" {
			return l
		}
	}
	return lines[0]
}

// read reads a section.
func (f *file) read(s *section) (err error) {
	switch {
	case s.title == "@TABLE" && f.tree == nil:
		f.tree, err = readTable(s)
		f.line = s.line
	case s.title == "@TREE" && f.tree == nil:
		f.tree, err = readTree(s)
		f.line = s.line
	case s.title == "@COLORS":
		err = f.look.readColors(s)
	case s.title == "@NAMES":
		err = f.look.readNames(s)
	}
	return err
}

// errNoTable says that a file tells at most how a rule looks.
var errNoTable = errors.New("found neither @TABLE nor @TREE, want one")

// rule returns the rule of the file under a name. What the file does not say of how it
// looks, shared does, unless that is nil.
func (f *file) rule(name string, shared *file) (*rule.Rule, error) {
	if f.tree == nil {
		return nil, fmt.Errorf("%s: %w", f.path, errNoTable)
	}
	look := f.look
	if shared != nil {
		look = look.or(&shared.look)
	}
	r, err := rule.NewTabular(name, f.tree, look.legend(f.tree.States()))
	if err != nil {
		return nil, &SyntaxError{f.path, f.line, strings.TrimPrefix(err.Error(), "rule: ")}
	}
	return r, nil
}

// quote returns text in quotes, shortened.
func quote(text string) string {
	const most = 40
	if text = strings.TrimSpace(text); text == "" {
		return "nothing"
	}
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return strconv.Quote(text)
}

// number reads a number from lo to hi; what names it in an error.
func (s *section) number(line int, what, text string, lo, hi int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < lo || n > hi {
		return 0, s.errorf(line, "found %s %s, want %d to %d", what, quote(text), lo, hi)
	}
	return n, nil
}
