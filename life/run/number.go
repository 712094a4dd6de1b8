package run

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxExponent bounds counts to 10^maxExponent. Beyond it, arithmetic alone would
// take longer than any use of the number is worth.
const maxExponent = 1_000_000

var errTooLarge = fmt.Errorf("too large, want at most 10^%d", maxExponent)

const wantCount = "want a whole number such as 12345, 12_345, 1e12, 2^64 or 10^100"

// ParseCount reads a number that is whole and not negative: digits with single
// underscores between them, BASE^EXPONENT, or a decimal fraction with an
// exponent that makes it whole (1.5e3).
func ParseCount(s string) (*big.Int, error) {
	switch {
	case s == "":
		return nil, errors.New("found nothing, " + wantCount)
	case strings.HasPrefix(s, "-"):
		return nil, errors.New("found a negative number, want 0 or more")
	}
	if base, exponent, ok := strings.Cut(s, "^"); ok {
		return parsePower(base, exponent)
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return parseScientific(s[:i], s[i+1:])
	}
	if strings.Contains(s, ".") {
		return parseScientific(s, "0")
	}
	return parseDigits(s)
}

// parseDigits reads digits with single underscores between them.
func parseDigits(s string) (*big.Int, error) {
	clean, err := cleanDigits(s)
	if err != nil {
		return nil, err
	}
	if len(clean) > maxExponent+1 {
		return nil, errTooLarge
	}
	n, ok := new(big.Int).SetString(clean, 10)
	if !ok {
		return nil, fmt.Errorf("found %q, %s", clean, wantCount)
	}
	return n, checkCount(n)
}

// cleanDigits checks s and returns it without underscores.
func cleanDigits(s string) (string, error) {
	if s == "" {
		return "", errors.New("found no digits, " + wantCount)
	}
	for i, c := range s {
		isInner := i > 0 && i < len(s)-1 && s[i-1] != '_'
		if c != '_' && (c < '0' || c > '9') || c == '_' && !isInner {
			return "", fmt.Errorf("found %q, %s", c, wantCount)
		}
	}
	return strings.ReplaceAll(s, "_", ""), nil
}

// largestCount returns 10^maxExponent.
var largestCount = sync.OnceValue(func() *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(maxExponent), nil)
})

// checkCount returns an error for numbers above the limit.
func checkCount(n *big.Int) error {
	if n.BitLen() > 3*maxExponent && n.Cmp(largestCount()) > 0 {
		return errTooLarge
	}
	return nil
}

// parsePower reads BASE^EXPONENT.
func parsePower(base, exponent string) (*big.Int, error) {
	b, err := parseDigits(base)
	if err != nil {
		return nil, err
	}
	x, err := parseDigits(exponent)
	if err != nil {
		return nil, err
	}
	if b.BitLen() <= 1 { // 0 or 1
		if x.Sign() == 0 {
			return big.NewInt(1), nil
		}
		return b, nil
	}
	// The result has at least this many bits, per unit of the exponent.
	if atLeast := int64(b.BitLen() - 1); !x.IsInt64() || x.Int64() > 4*maxExponent/atLeast {
		return nil, errTooLarge
	}
	b.Exp(b, x, nil)
	return b, checkCount(b)
}

// parseScientific reads a mantissa with an optional fraction, and an exponent.
func parseScientific(mantissa, exponent string) (*big.Int, error) {
	whole, fraction, hasPoint := strings.Cut(mantissa, ".")
	whole, err := cleanDigits(whole)
	if err != nil {
		return nil, err
	}
	if hasPoint {
		if fraction, err = cleanDigits(fraction); err != nil {
			return nil, err
		}
		fraction = strings.TrimRight(fraction, "0")
	}
	n, err := parseDigits(whole + fraction)
	if err != nil {
		return nil, err
	}
	x, err := parseDigits(strings.TrimPrefix(exponent, "+"))
	if err != nil {
		return nil, err
	}
	if n.Sign() == 0 {
		return n, nil
	}
	// The mantissa comes from a command line, so that its length is an int64.
	if x.Cmp(big.NewInt(int64(len(fraction)))) < 0 {
		return nil, errors.New("found a fraction, " + wantCount)
	}
	x.Sub(x, big.NewInt(int64(len(fraction))))
	if x.Cmp(big.NewInt(maxExponent)) > 0 {
		return nil, errTooLarge
	}
	n.Mul(n, x.Exp(big.NewInt(10), x, nil))
	return n, checkCount(n)
}

// ParsePositive is ParseCount without 0.
func ParsePositive(s string) (*big.Int, error) {
	if strings.HasPrefix(s, "-") {
		return nil, errors.New("found a negative number, want 1 or more")
	}
	n, err := ParseCount(s)
	if err == nil && n.Sign() == 0 {
		return nil, errors.New("found 0, want 1 or more")
	}
	return n, err
}

// ParseSize reads a number of bytes, as GNU tools do: 512M and 512MiB are 512·2^20
// bytes, 512MB is 512·10^6. Letter case does not matter, and fractions are allowed.
func ParseSize(s string) (int64, error) {
	end := strings.IndexFunc(s, func(c rune) bool { return (c < '0' || c > '9') && c != '.' })
	if end < 0 {
		end = len(s)
	}
	v, err := strconv.ParseFloat(s[:end], 64)
	unit, ok := sizeUnit(strings.ToLower(s[end:]))
	if err != nil || !ok {
		return 0, errors.New("want a size such as 512M, 2G or 1.5GiB")
	}
	switch v *= unit; {
	case v < 1:
		return 0, errors.New("want 1 byte or more")
	case v >= math.MaxInt64:
		return 0, errors.New("too large, want less than 8E")
	}
	return int64(v), nil
}

// sizeUnit returns the bytes of a unit in lower case.
func sizeUnit(unit string) (float64, bool) {
	if unit == "" || unit == "b" {
		return 1, true
	}
	power := strings.IndexByte("kmgtpe", unit[0]) + 1
	switch unit[1:] {
	case "", "i", "ib":
		return math.Pow(1024, float64(power)), power > 0
	case "b":
		return math.Pow(1000, float64(power)), power > 0
	}
	return 0, false
}

// ParseDuration reads a Go duration (1m30s) or a number of seconds (1.5).
func ParseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		d, err = time.ParseDuration(s + "s")
	}
	if err != nil {
		return 0, errors.New("want seconds, or a duration such as 90s, 1m30s or 2h")
	}
	if d <= 0 {
		return 0, errors.New("want more than 0 seconds")
	}
	return d, nil
}
