package run

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// ExpectKeys returns what an Expectation can be about.
func ExpectKeys() []string {
	return []string{"generation", "population", "bounds", "digest", "stopped", "period"}
}

// Expectation is a result that is wanted, in the form in which results are written.
type Expectation struct{ Key, Want string }

// NewExpectation returns the expectation that key, one of ExpectKeys, is value:
// a count as ParseCount reads it, bounds as X,Y,WIDTH,HEIGHT or empty, 32 hexadecimal
// digits of a digest, or one of Reasons.
func NewExpectation(key, value string) (Expectation, error) {
	if !slices.Contains(ExpectKeys(), key) {
		return Expectation{}, fmt.Errorf("unknown key %q, want %s", key, strings.Join(ExpectKeys(), ", "))
	}
	want, err := canonicalValue(key, value)
	return Expectation{key, want}, err
}

// canonicalValue writes a value in the way in which results are.
func canonicalValue(key, v string) (string, error) {
	switch key {
	case "generation", "population", "period":
		n, err := ParseCount(v)
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
	if !slices.Contains(Reasons(), v) {
		return "", fmt.Errorf("unknown reason to stop, want %s", strings.Join(Reasons(), ", "))
	}
	return v, nil
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

// Check returns what r does not meet, as "KEY: found X, wanted Y", or "".
func (x Expectation) Check(r *Report) string {
	if found := r.value(x.Key); found != x.Want {
		return fmt.Sprintf("%s: found %s, wanted %s", x.Key, found, x.Want)
	}
	return ""
}

// value returns the result for a key of ExpectKeys.
func (r *Report) value(key string) string {
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
