package tui

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
)

// Host is what the program around the viewer does for it. What is nil is missing:
// commands that need it say so.
type Host struct {
	LoadPattern Loader                                       // a file or a name of the library
	SavePattern func(name string, p *life.Pattern) error     // as the extension says, whole or not at all
	ParseCount  func(s string) (*big.Int, error)             // "1e12"
	ParseRule   RuleParser                                   // nil is rule.Parse
	Suggest     func(word string, among []string) (s string) // "; did you mean …?", or ""
	Folder      string                                       // of configuration, recent files and history; "" keeps nothing
}

// Loader reads a pattern until ctx is done. It calls progress with how many bytes have
// been read, of how many; 0 is not known.
type Loader func(ctx context.Context, name string, progress func(read, total int64)) (*life.Pattern, error)

// RuleParser reads a rulestring, also the name of a rule file: one of files, by their names,
// or one beside the pattern file of that name, "" for none, or one that is known anyhow.
type RuleParser func(s, beside string, files map[string][]byte) (*rule.Rule, error)

// The files in Host.Folder.
const (
	configFile  = "view.conf"
	recentFile  = "recent"
	historyFile = "history"
)

var errNoHost = errors.New("this program cannot")

// Load reads a pattern.
func (h Host) Load(ctx context.Context, name string, progress func(read, total int64)) (*life.Pattern, error) {
	if h.LoadPattern == nil {
		return nil, errNoHost
	}
	return h.LoadPattern(ctx, name, progress)
}

// Save writes a pattern.
func (h Host) Save(name string, p *life.Pattern) error {
	if h.SavePattern == nil {
		return errNoHost
	}
	return h.SavePattern(name, p)
}

// Count reads a whole number that is not negative.
func (h Host) Count(s string) (*big.Int, error) {
	if h.ParseCount != nil {
		return h.ParseCount(s)
	}
	if n, ok := new(big.Int).SetString(s, 10); ok && n.Sign() >= 0 {
		return n, nil
	}
	return nil, errors.New("want a whole number")
}

// Rule reads a rulestring as a RuleParser does.
func (h Host) Rule(s, beside string, files map[string][]byte) (*rule.Rule, error) {
	if h.ParseRule == nil {
		return rule.Parse(s)
	}
	return h.ParseRule(s, beside, files)
}

func (h Host) didYouMean(word string, among []string) string {
	if h.Suggest == nil {
		return ""
	}
	return h.Suggest(word, among)
}

// lines reads a file of the folder; one that cannot be read has none.
func (h Host) lines(name string) []string {
	if h.Folder == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(h.Folder, name))
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimRight(string(data), "\n"), "\n")
}

// keep writes a file of the folder. What cannot be kept is no reason to disturb.
func (h Host) keep(name string, lines []string) {
	if h.Folder == "" || os.MkdirAll(h.Folder, 0o755) != nil {
		return
	}
	_ = os.WriteFile(filepath.Join(h.Folder, name), []byte(strings.Join(lines, "\n")+"\n"), 0o600)
}

// readPattern reads a pattern. Parse is given the rule files that come with it.
func readPattern(r io.Reader, parse func(s string, files map[string][]byte) (*rule.Rule, error)) (*life.Pattern, error) {
	files := map[string][]byte{}
	p, _, err := format.Read(r,
		format.WithRuleFiles(func(name string, data []byte) { files[name] = data }),
		format.WithRuleParser(func(s string) (*rule.Rule, error) { return parse(s, files) }))
	return p, err
}

// isThere reports whether a file exists.
func isThere(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
