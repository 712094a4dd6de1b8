package view

import (
	"math/big"
	"testing"
	"time"
)

func num(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		panic(s)
	}
	return n
}

func tenTo(k int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(k), nil) }

func TestNumber(t *testing.T) {
	tests := []struct {
		n      *big.Int
		digits int
		want   string
	}{
		{num("0"), 15, "0"},
		{num("999"), 15, "999"},
		{num("1000"), 15, "1,000"},
		{num("-1234567"), 15, "-1,234,567"},
		{num("999999999999999"), 15, "999,999,999,999,999"},
		{num("1000000000000000"), 15, "1.000e15"},
		{num("9999499999999999"), 15, "9.999e15"},
		{num("9999500000000000"), 15, "1.000e16"},
		{num("1234499"), 6, "1.234e6"},
		{num("1234500"), 6, "1.235e6"},
		{pow2(64), 20, "18,446,744,073,709,551,616"},
		{pow2(64), 19, "1.845e19"},
		{pow2(100), 15, "1.268e30"},
		{tenTo(1000), 15, "1.000e1000"},
		{tenTo(5000), 15, "1.000e5000"},
		{new(big.Int).Sub(tenTo(5000), big.NewInt(1)), 15, "1.000e5000"},
		{new(big.Int).Mul(tenTo(5000), big.NewInt(1234)), 15, "1.234e5003"},
		{pow2(1_000_000), 15, "9.901e301029"}, // 2^1000000 = 9.9006…e301029
	}
	for _, tt := range tests {
		if got := Number(tt.n, tt.digits); got != tt.want {
			t.Errorf("%d bits, %d digits: %s, want %s", tt.n.BitLen(), tt.digits, got, tt.want)
		}
	}
}

// TestNumberAgreesAcrossMethods compares the two ways to find leading digits.
func TestNumberAgreesAcrossMethods(t *testing.T) {
	for k := exactBits - 40; k < exactBits+40; k += 7 {
		exact := new(big.Int).Mul(pow2(k), big.NewInt(12347))
		long := new(big.Int).Mul(exact, tenTo(100))
		m1, e1 := scientific(exact)
		m2, e2 := scientific(long)
		if m1 != m2 || e1+100 != e2 {
			t.Errorf("k=%d: %d e%d and %d e%d", k, m1, e1, m2, e2)
		}
	}
}

func TestRate(t *testing.T) {
	tests := []struct {
		n    *big.Int
		d    time.Duration
		want string
	}{
		{num("0"), time.Second, "0.00"},
		{num("1"), 4 * time.Second, "0.25"},
		{num("30"), time.Second, "30.0"},
		{num("9996"), 1000 * time.Second, "10.0"},
		{num("456"), time.Second, "456"},
		{num("7890"), time.Second, "7.89k"},
		{num("999499"), time.Second, "999k"},
		{num("999600"), time.Second, "1.00M"},
		{num("12"), time.Microsecond, "12.0M"},
		{num("123456789012345678"), time.Second, "123P"},
		{pow2(100), time.Second, "1.268e30"},
		{tenTo(400), time.Second, "1.000e400"},
	}
	for _, tt := range tests {
		if got := Rate(tt.n, tt.d); got != tt.want {
			t.Errorf("%v in %v: %s, want %s", tt.n, tt.d, got, tt.want)
		}
	}
}

func TestPow2(t *testing.T) {
	for k, want := range map[int]string{0: "1", 3: "8", 13: "8192", 14: "2^14", 5000: "2^5000"} {
		if got := Pow2(k); got != want {
			t.Errorf("%d: %s, want %s", k, got, want)
		}
	}
}
