package cli

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// expectKeys are what --expect can ask for.
var expectKeys = []string{"generation", "population", "bounds", "digest", "stopped", "period"}

// expectation is one KEY=VALUE, with VALUE in its canonical form.
type expectation struct{ key, want string }

// expectations is the value of the flag --expect.
type expectations []expectation

// Set adds one KEY=VALUE; it implements pflag.Value.
func (x *expectations) Set(s string) error {
	key, want, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("want KEY=VALUE, such as population=5")
	}
	if !slices.Contains(expectKeys, key) {
		return fmt.Errorf("unknown key, want %s%s", strings.Join(expectKeys, ", "), didYouMean(suggest(key, expectKeys)))
	}
	want, err := canonicalValue(key, want)
	if err != nil {
		return err
	}
	*x = append(*x, expectation{key, want})
	return nil
}

// String implements pflag.Value.
func (x *expectations) String() string { return "" }

// Type implements pflag.Value.
func (x *expectations) Type() string { return "key=value" }

// canonicalValue writes a value in the way in which results are.
func canonicalValue(key, v string) (string, error) {
	switch key {
	case "generation", "population", "period":
		n, err := parseCount(v)
		if err != nil {
			return "", err
		}
		return n.String(), nil
	case "bounds":
		return canonicalBounds(v)
	case "digest":
		v = strings.ToLower(v)
		if len(v) != 32 || strings.Trim(v, "0123456789abcdef") != "" {
			return "", errors.New("want 32 hexadecimal digits")
		}
		return v, nil
	}
	words := append([]string{stoppedGenerations, stoppedTimeout, stoppedMemory}, untilWords...)
	return oneOf(words...)(v)
}

func canonicalBounds(v string) (string, error) {
	if v == "empty" || v == "null" {
		return "empty", nil
	}
	parts := strings.Split(v, ",")
	for i, s := range parts {
		n, ok := new(big.Int).SetString(strings.TrimSpace(s), 10)
		if !ok || len(parts) != 4 {
			return "", errors.New("want X,Y,WIDTH,HEIGHT or empty")
		}
		parts[i] = n.String()
	}
	return strings.Join(parts, ","), nil
}

// wants reports whether a key is asked for.
func (x expectations) wants(key string) bool {
	return slices.ContainsFunc(x, func(e expectation) bool { return e.key == key })
}

// check returns what r does not meet, or "".
func (x expectation) check(r *report) string {
	if found := r.value(x.key); found != x.want {
		return fmt.Sprintf("%s: found %s, wanted %s", x.key, found, x.want)
	}
	return ""
}

// value returns the result for a key of expectKeys.
func (r *report) value(key string) string {
	switch key {
	case "generation":
		return r.Generation.String()
	case "population":
		return r.Population.String()
	case "digest":
		return r.Digest
	case "stopped":
		return *r.Stopped
	case "period":
		if r.Period == nil {
			return "none"
		}
		return r.Period.String()
	}
	if b := r.Bounds; b != nil {
		return fmt.Sprintf("%v,%v,%v,%v", b.X, b.Y, b.Width, b.Height)
	}
	return "empty"
}
