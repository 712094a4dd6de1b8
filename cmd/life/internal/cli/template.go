package cli

import (
	"fmt"
	"math/big"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golife/life/format"
	"golife/life/record"
	"golife/life/soup"
)

// template is the value of --output: a file name with fields in it.
type template string

// Fields of a template.
const (
	fieldName       = "name"       // of the pattern, without folder and extension
	fieldIndex      = "index"      // of the pattern on the command line, from 1
	fieldGeneration = "generation" // that is saved
)

// templateField finds {FIELD} and {FIELD:WIDTH}.
var templateField = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{([a-z]+)(?::([0-9]{1,4}))?\}`)
})

// check returns an error for a field that is unknown, or in a folder's name.
func (t template) check() error {
	if templateField().MatchString(filepath.Dir(string(t))) {
		return fmt.Errorf("found a field in the name of a folder, want fields in the file's name alone")
	}
	for _, m := range templateField().FindAllStringSubmatch(string(t), -1) {
		switch m[1] {
		case fieldName, fieldIndex, fieldGeneration:
		default:
			return fmt.Errorf("unknown field %s, want {%s}, {%s} or {%s}", m[0], fieldName, fieldIndex, fieldGeneration)
		}
	}
	return nil
}

// has reports whether a field occurs.
func (t template) has(field string) bool {
	for _, m := range templateField().FindAllStringSubmatch(string(t), -1) {
		if m[1] == field {
			return true
		}
	}
	return false
}

// fill returns the name for a generation of the pattern arg, the index-th.
func (t template) fill(arg string, index int, generation *big.Int) string {
	return templateField().ReplaceAllStringFunc(string(t), func(field string) string {
		m := templateField().FindStringSubmatch(field)
		value := ""
		switch m[1] {
		case fieldName:
			return baseName(arg)
		case fieldIndex:
			value = strconv.Itoa(index)
		default:
			value = generation.String()
		}
		width, _ := strconv.Atoi(m[2]) // "" is 0
		return strings.Repeat("0", max(0, width-len(value))) + value
	})
}

// numbered returns the template for reports on the way: with {generation}, before the
// extension where there is none yet.
func (t template) numbered() template {
	if t.has(fieldGeneration) {
		return t
	}
	x, err := format.Extension(string(t))
	switch {
	case record.Is(string(t)):
		x = filepath.Ext(string(t))
	case err != nil:
		return t
	}
	return template(strings.TrimSuffix(string(t), x)) + ".{" + fieldGeneration + "}" + template(x)
}

// baseName returns a pattern's name without folder and extension, fit for a file name.
func baseName(arg string) string {
	if arg == "-" {
		return "stdin"
	}
	if strings.HasPrefix(arg, soup.Prefix) {
		return strings.NewReplacer(":", "-", "/", "-", `\`, "-", "%", "").Replace(arg)
	}
	name := filepath.Base(filepath.FromSlash(arg))
	if x, err := format.Extension(name); err == nil {
		name = strings.TrimSuffix(name, x)
	} else {
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	return name
}
