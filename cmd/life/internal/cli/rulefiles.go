package cli

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/pflag"

	"golife/life/rule"
	"golife/life/rule/loader"
)

// rulesVariable is the environment variable that lists folders of rule files.
const rulesVariable = "GOLIFE_RULES"

// ruleFlags are the flags of the commands that read patterns: under which rule, and where
// the files of rules are.
type ruleFlags struct {
	rule ruleFlag
	dirs []string
}

// ruleFlag is the value of --rule. What may be the name of a file is looked up when all
// flags are known.
type ruleFlag struct {
	value *rule.Rule
	text  string // as given
	isSet bool
}

// Set reads the flag's value; it implements pflag.Value.
func (f *ruleFlag) Set(s string) error {
	r, err := rule.Parse(s)
	if err != nil && !loader.MayBeFile(s) {
		return ruleError(err)
	}
	f.value, f.text, f.isSet = r, s, true
	return nil
}

// String returns the value as it was given; it implements pflag.Value.
func (f *ruleFlag) String() string { return f.text }

// Type implements pflag.Value.
func (f *ruleFlag) Type() string { return "rule" }

// ruleError is what is wrong with a rulestring, without what the flag's own error line
// has already.
func ruleError(err error) error {
	x := (*rule.SyntaxError)(nil)
	if !errors.As(err, &x) {
		return err
	}
	line := *x
	text := strings.TrimPrefix(err.Error(), line.Error())
	line.Rule = ""
	return errors.New(strings.TrimPrefix(line.Error(), `rule: "" `) + text)
}

func (o *ruleFlags) define(s *pflag.FlagSet) {
	s.VarP(&o.rule, "rule", "r", "use rule `R` instead of the pattern's: a rulestring, or a .rule file")
	o.defineDirs(s)
}

// defineDirs is define for commands that take the rule from their patterns.
func (o *ruleFlags) defineDirs(s *pflag.FlagSet) {
	s.StringArrayVar(&o.dirs, "rules", nil, "look for .rule files in the folder `DIR` first; repeatable; see 'life help rules'")
	setWords(s, "rules", annotFiles)
}

// apply makes the folders known to e, and finds the rule of the flag, which is a file.
func (o *ruleFlags) apply(e *env) error {
	for _, dir := range o.dirs {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return usagef("--rules %q: found no such folder", dir)
		}
	}
	e.ruleDirs = o.dirs
	if !o.rule.isSet {
		return nil
	}
	r, err := e.finder("").Parse(o.rule.text)
	if err != nil {
		return usagef("--rule %q: %w", o.rule.text, ruleError(err))
	}
	o.rule.value = r
	return nil
}

// finder returns a finder of rule files, also of those beside a pattern file, unless that
// is "".
func (e *env) finder(pattern string) *loader.Finder {
	f := &loader.Finder{Files: map[string][]byte{}}
	add := func(dirs ...string) {
		for _, dir := range dirs {
			if info, err := os.Stat(dir); dir != "" && err == nil && info.IsDir() {
				f.Dirs = append(f.Dirs, dir)
			}
		}
	}
	add(e.ruleDirs...)
	add(filepath.SplitList(os.Getenv(rulesVariable))...)
	if pattern != "" {
		add(filepath.Dir(pattern))
	}
	if dir, err := os.UserConfigDir(); err == nil {
		add(filepath.Join(dir, "golife", "rules"))
	}
	for _, dir := range dataDirs() {
		add(filepath.Join(dir, "golife", "rules"), filepath.Join(dir, "golly", "Rules"))
	}
	return f
}

// dataDirs returns the folders in which programs of the system have their data.
func dataDirs() []string {
	if dirs := os.Getenv("XDG_DATA_DIRS"); dirs != "" || runtime.GOOS == "windows" {
		return filepath.SplitList(dirs)
	}
	return []string{"/usr/local/share", "/usr/share"}
}
