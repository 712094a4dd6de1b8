package run

import (
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestParseCount(t *testing.T) {
	t.Parallel()
	power := func(b, x int64) string { return new(big.Int).Exp(big.NewInt(b), big.NewInt(x), nil).String() }
	for _, tt := range []struct{ in, want string }{
		{"0", "0"},
		{"12345", "12345"},
		{"12_345", "12345"},
		{"1_2_3", "123"},
		{"007", "7"},
		{"1e12", "1000000000000"},
		{"1E3", "1000"},
		{"1e+3", "1000"},
		{"1.5e3", "1500"},
		{"1.50e1", "15"},
		{"1.000", "1"},
		{"0.5e1", "5"},
		{"0e9999999", "0"},
		{"2^64", "18446744073709551616"},
		{"10^100", power(10, 100)},
		{"1_0^1_0", "10000000000"},
		{"0^0", "1"},
		{"0^5", "0"},
		{"1^99999999999999999999", "1"},
		{"7^0", "1"},
		{"18446744073709551616", "18446744073709551616"},
		{strings.Repeat("9", 1000), strings.Repeat("9", 1000)},
	} {
		n, err := ParseCount(tt.in)
		if err != nil || n.String() != tt.want {
			t.Errorf("ParseCount(%.40q) = %.40v, %v; want %.40s", tt.in, n, err, tt.want)
		}
	}
}

func TestParseCountLargest(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"10^1000000", "1e1000000", "0.001e1000003", "10^999999"} {
		n, err := ParseCount(in)
		if err != nil || n.BitLen() < 3*maxExponent {
			t.Errorf("ParseCount(%q): %v", in, err)
		}
	}
	if n, _ := ParseCount("10^1000000"); n.Cmp(largestCount()) != 0 {
		t.Error("10^1000000 is not the largest count")
	}
}

func TestParseCountRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"", "found nothing"},
		{"-1", "negative"},
		{"1,000", "found ','"},
		{"x", "found 'x'"},
		{"+5", "found '+'"},
		{"1 000", "found ' '"},
		{"_1", "found '_'"},
		{"1_", "found '_'"},
		{"1__0", "found '_'"},
		{"1e", "no digits"},
		{"e5", "no digits"},
		{"1e-3", "found '-'"},
		{"1.5", "fraction"},
		{"1.25e1", "fraction"},
		{".5e1", "no digits"},
		{"5.e1", "no digits"},
		{"1_.5e1", "found '_'"},
		{"1.2.3e9", "found '.'"},
		{"2^", "no digits"},
		{"^2", "no digits"},
		{"2^2^2", "found '^'"},
		{"2^1.5", "found '.'"},
		{"0x10", "found 'x'"},
		{"10^1000001", "too large"},
		{"11^1000000", "too large"},
		{"2^3321929", "too large"},
		{"2^99999999999999999999", "too large"},
		{"1e1000001", "too large"},
		{"2e1000000", "too large"},
		{"1e99999999999999999999", "too large"},
		{"٣", "found '٣'"},
	} {
		n, err := ParseCount(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseCount(%q) = %.40v, %v; want an error with %q", tt.in, n, err, tt.want)
		}
	}
	if _, err := ParsePositive("0"); err == nil {
		t.Error("ParsePositive accepts 0")
	}
	if _, err := ParsePositive("-2"); err == nil || err.Error() != "found a negative number, want 1 or more" {
		t.Errorf("ParsePositive of -2: %v", err)
	}
}

// FuzzParseCount checks that the parser ends, that what it accepts is in range,
// and that writing and reading are inverse.
func FuzzParseCount(f *testing.F) {
	for _, s := range []string{"0", "12_345", "1e12", "2^64", "10^100", "1.5e3", "1__0", "9^999999", "e", "^", "0.0e5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseCount(s)
		if err != nil {
			return
		}
		if n.Sign() < 0 || n.Cmp(largestCount()) > 0 {
			t.Fatalf("ParseCount(%q) is out of range", s)
		}
		if n.BitLen() > 1<<16 {
			return // decimal conversion would be all that is tested
		}
		if m, err := ParseCount(n.String()); err != nil || m.Cmp(n) != 0 {
			t.Fatalf("ParseCount(%q) = %v, read back %v, %v", s, n, m, err)
		}
	})
}

func TestParseSize(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want int64 // 0 is an error
	}{
		{"1", 1},
		{"100000", 100000},
		{"12B", 12},
		{"512M", 512 << 20},
		{"512MiB", 512 << 20},
		{"512Mi", 512 << 20},
		{"512MB", 512_000_000},
		{"2G", 2 << 30},
		{"2g", 2 << 30},
		{"1GiB", 1 << 30},
		{"1.5k", 1536},
		{"1T", 1 << 40},
		{"", 0}, {"0", 0}, {"G", 0}, {"-1", 0}, {"1X", 0}, {"1GG", 0}, {"1 G", 0}, {"1..5G", 0}, {"0.1", 0}, {"1e3", 0}, {"9E", 0}, {"50%", 0},
	} {
		n, err := ParseSize(tt.in)
		if n != tt.want || (err == nil) != (tt.want > 0) {
			t.Errorf("ParseSize(%q) = %d, %v; want %d", tt.in, n, err, tt.want)
		}
	}
}

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want time.Duration // 0 is an error
	}{
		{"1", time.Second},
		{"1.5", 1500 * time.Millisecond},
		{"90s", 90 * time.Second},
		{"1m30s", 90 * time.Second},
		{"2h", 2 * time.Hour},
		{"10ms", 10 * time.Millisecond},
		{"", 0}, {"0", 0}, {"0s", 0}, {"-1", 0}, {"x", 0}, {"1 s", 0}, {"1d", 0},
	} {
		d, err := ParseDuration(tt.in)
		if d != tt.want || (err == nil) != (tt.want > 0) {
			t.Errorf("ParseDuration(%q) = %v, %v; want %v", tt.in, d, err, tt.want)
		}
	}
}
