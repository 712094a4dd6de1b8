package loader

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golife/life/rule"
)

// Finder finds the files of rules. The zero Finder knows those that come with the
// program. Its methods may be called from any goroutine while its fields do not change.
type Finder struct {
	Dirs []string // folders, the first one that has the file wins
	// Files are rule files by name, such as those of an archive: they win over Dirs.
	Files map[string][]byte
}

//go:embed rules/*.rule
var embedded embed.FS

// extensions are those of rule files, in the order in which they are tried.
var extensions = []string{".rule", ".table", ".tree"}

// UnknownError says that a name is neither a rule's that rule.Parse knows nor one of a
// file.
type UnknownError struct {
	Rule   string
	Looked []string // in which folders
	Err    error    // of rule.Parse
}

// Error tells where a file was looked for.
func (e *UnknownError) Error() string {
	where := "among those that come with it"
	if len(e.Looked) > 0 {
		where = "in " + strings.Join(e.Looked, ", ")
	}
	return fmt.Sprintf("%v; and found no file %s%s %s", e.Err, fileName(e.Rule), extensions[0], where)
}

// Unwrap returns the error of rule.Parse.
func (e *UnknownError) Unwrap() error { return e.Err }

// IsPath reports whether text is meant as the path of a rule file rather than as a rule:
// it ends as one, a grid behind it aside.
func IsPath(text string) bool {
	path, _ := cutGrid(text)
	x := strings.ToLower(filepath.Ext(path))
	for _, known := range extensions {
		if x == known {
			return true
		}
	}
	return false
}

// cutGrid splits a rulestring at its last colon, unless that is that of a Windows drive.
func cutGrid(text string) (name, grid string) {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, ':'); i > 1 || i == 1 && !strings.ContainsAny(text, `\/`) {
		return text[:i], text[i+1:]
	}
	return text, ""
}

// Parse returns the rule of a rulestring: what rule.Parse makes of it, or the rule of a
// file for what it does not take, or of which it knows only the name, or which is a nickname
// that one of Files has; or, where
// text is the path of a file (IsPath), the rule in that. A grid may follow either. Errors
// are those of rule.Parse, *SyntaxError, those of reading a file, or *UnknownError.
func (f *Finder) Parse(text string) (*rule.Rule, error) {
	if IsPath(text) {
		path, grid := cutGrid(text)
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, reason(err))
		}
		r, err := f.load(path, data, "", os.DirFS(filepath.Dir(path)))
		return onGrid(r, grid, err)
	}
	known, err := rule.Parse(text)
	name, grid := cutGrid(text)
	isOwn := err == nil && f.isOwn(name, known)
	if err == nil && !isNameOnly(known) && !isOwn {
		return known, nil
	}
	if err != nil && !MayBeFile(text) {
		return nil, err
	}
	if err == nil && !isOwn {
		name = known.Name()
	}
	r, fileErr := f.find(name)
	switch {
	case isOwn && errors.Is(fileErr, errNoTable):
		return known, nil // it only tells how that is to look
	case fileErr == nil:
		return onGrid(r, grid, nil)
	case !errors.Is(fileErr, fs.ErrNotExist):
		return nil, fileErr
	case err == nil:
		return known, nil
	case !isUnknown(err):
		return nil, err
	}
	return nil, &UnknownError{Rule: name, Looked: f.Dirs, Err: err}
}

// MayBeFile reports whether a Finder looks for a file when rule.Parse does not know text:
// where it is a path, or may be a name.
func MayBeFile(text string) bool {
	if IsPath(text) {
		return true
	}
	_, err := rule.Parse(text)
	x := (*rule.SyntaxError)(nil)
	return errors.As(err, &x) && isName(text)
}

// isUnknown reports whether rule.Parse took a text for a name rather than for a notation.
func isUnknown(err error) bool {
	x := (*rule.SyntaxError)(nil)
	return errors.As(err, &x) && strings.HasPrefix(x.Msg, "unknown rule")
}

// isNameOnly reports whether of a rule nothing is known but its name.
func isNameOnly(r *rule.Rule) bool {
	_, ok := r.Local()
	return r.Family() == rule.Named && !ok
}

// isName reports whether text may be the name of a file, with a grid.
func isName(text string) bool {
	name, _ := cutGrid(text)
	return name != "" && len(name) < 200 && !strings.ContainsAny(name, " \t\r\n:*?\"<>|\x00") && !strings.HasPrefix(name, ".")
}

// onGrid puts a rule on the grid that a suffix tells.
func onGrid(r *rule.Rule, suffix string, err error) (*rule.Rule, error) {
	if err != nil || suffix == "" {
		return r, err
	}
	g, err := rule.ParseGrid(suffix)
	if err != nil {
		return nil, err
	}
	return r.WithGrid(g)
}

// fileName returns the name of a rule's file without its extension.
func fileName(name string) string { return strings.NewReplacer("/", "_", `\`, "_").Replace(name) }

// find returns the rule of a name. The error wraps fs.ErrNotExist where no file has one.
func (f *Finder) find(name string) (*rule.Rule, error) {
	base := fileName(name)
	for _, x := range extensions {
		if file, ok := f.fileNamed(base + x); ok {
			return f.load(file, f.Files[file], base, nil)
		}
	}
	for _, dir := range f.Dirs {
		found := os.DirFS(dir)
		for _, x := range extensions {
			file, data, err := read(found, base+x)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			path := filepath.Join(dir, file)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, reason(err))
			}
			r, err := f.load(path, data, strings.TrimSuffix(file, x), found)
			if errors.Is(err, errNoTable) {
				continue // as one that only tells how a supplied rule is to look
			}
			return r, err
		}
	}
	inside, err := fs.Sub(embedded, "rules")
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(inside, base+extensions[0])
	if err != nil {
		return nil, err
	}
	return f.load(base+extensions[0], data, base, inside)
}

// isOwn reports whether a name, which stands for a known rule as a nickname, is that of one of
// Files: what a pattern brings along is meant.
func (f *Finder) isOwn(name string, known *rule.Rule) bool {
	_, ok := f.fileNamed(fileName(name) + extensions[0])
	return ok && known.Family() != rule.Named && !strings.EqualFold(known.Name(), name)
}

// fileNamed returns the name of a file among Files: a name itself, or the first that differs in
// case alone.
func (f *Finder) fileNamed(name string) (file string, ok bool) {
	if _, ok := f.Files[name]; ok {
		return name, true
	}
	for other := range f.Files {
		if strings.EqualFold(other, name) && (!ok || other < file) {
			file, ok = other, true
		}
	}
	return file, ok
}

// read reads the file of a folder with a name, or else the one whose name differs in
// case alone.
func read(dir fs.FS, name string) (string, []byte, error) {
	data, err := fs.ReadFile(dir, name)
	if !errors.Is(err, fs.ErrNotExist) {
		return name, data, err
	}
	all, dirErr := fs.ReadDir(dir, ".")
	if dirErr != nil {
		return name, nil, fs.ErrNotExist // as a folder that is not there has no files
	}
	for _, x := range all {
		if strings.EqualFold(x.Name(), name) {
			data, err = fs.ReadFile(dir, x.Name())
			return x.Name(), data, err
		}
	}
	return name, nil, err
}

// load reads a rule from the text of a file, which lies in dir, or nil, and is to have the
// name, or "" for any.
func (f *Finder) load(path string, text []byte, name string, dir fs.FS) (*rule.Rule, error) {
	parsed, err := parse(path, string(text))
	if err != nil {
		return nil, err
	}
	if name != "" && !strings.EqualFold(fileName(parsed.name), name) {
		return nil, &SyntaxError{path, 1, fmt.Sprintf("found @RULE %s, want %s as the file is called", parsed.name, name)}
	}
	var shared *file
	if i := strings.LastIndexByte(parsed.name, '-'); i > 0 && (parsed.look.colors == nil || parsed.look.names == nil) {
		shared = f.shared(fileName(parsed.name[:i])+"-shared"+extensions[0], dir)
	}
	return parsed.rule(parsed.name, shared)
}

// shared returns the file that tells how rules of one kind look, nil where there is none
// that can be read.
func (f *Finder) shared(name string, dir fs.FS) *file {
	data, ok := f.Files[name]
	if !ok && dir != nil {
		var err error
		data, err = fs.ReadFile(dir, name)
		ok = err == nil
	}
	if !ok {
		return nil
	}
	parsed, err := parse(name, string(data))
	if err != nil {
		return nil
	}
	return parsed
}

// reason takes the operation and the path off an error of the file system.
func reason(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Embedded returns the names of the rules that come with the program.
func Embedded() (names []string) {
	all, _ := fs.ReadDir(embedded, "rules") // a folder that is part of the program
	for _, x := range all {
		names = append(names, strings.TrimSuffix(x.Name(), extensions[0]))
	}
	return names
}
