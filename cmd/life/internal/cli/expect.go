package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golife/life"
	"golife/life/run"
)

// expectations is the value of the flag --expect.
type expectations []run.Expectation

// Set adds one KEY=VALUE; it implements pflag.Value.
func (x *expectations) Set(s string) error {
	key, want, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("want KEY=VALUE, such as population=5")
	}
	if keys := run.ExpectKeys(); !slices.Contains(keys, key) {
		return fmt.Errorf("unknown key, want %s%s", strings.Join(keys, ", "), didYouMean(suggest(key, keys)))
	}
	e, err := run.NewExpectation(key, want)
	if err != nil {
		return err
	}
	*x = append(*x, e)
	return nil
}

// String implements pflag.Value.
func (x *expectations) String() string { return "" }

// Type implements pflag.Value.
func (x *expectations) Type() string { return "key=value" }

// wants reports whether a key is asked for.
func (x expectations) wants(key string) bool {
	return slices.ContainsFunc(x, func(e run.Expectation) bool { return e.Key == key })
}

// expected reads the pattern of --expect-equal.
func (e *env) expected(name string, isQuiet bool) (*life.Pattern, error) {
	l, err := e.load(name, isQuiet, nil)
	if err != nil {
		return nil, err
	}
	return l.Pattern, nil
}
