package view

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"
)

// exactBits bounds the numbers whose leading digits are found by writing all digits.
const exactBits = 4096

// Number formats n ≥ 0 or < 0 with all its digits, in groups of three, when
// there are at most the given number of them, and else rounded as 1.234e30.
// Cost: O(1) in the size of large numbers.
func Number(n *big.Int, digits int) string {
	if n.Sign() < 0 {
		return "-" + Number(new(big.Int).Neg(n), digits)
	}
	if n.BitLen() <= 64 || n.BitLen() <= digits*10/3 {
		if s := n.String(); len(s) <= digits {
			return group(s)
		}
	}
	mantissa, exp := scientific(n)
	return fmt.Sprintf("%d.%03de%d", mantissa/1000, mantissa%1000, exp)
}

// group puts a comma before each three digits.
func group(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// scientific returns n > 0 as mantissa/1000 × 10^exp with 1000 <= mantissa < 10000.
func scientific(n *big.Int) (mantissa, exp int) {
	if n.BitLen() <= exactBits {
		s := n.String()
		for i := range 5 { // four digits and one to round
			mantissa *= 10
			if i < len(s) {
				mantissa += int(s[i] - '0')
			}
		}
		mantissa, exp = (mantissa+5)/10, len(s)-1
	} else {
		// float64 keeps about ten digits of the logarithm's fraction here.
		drop := n.BitLen() - 64
		top, _ := new(big.Float).SetInt(new(big.Int).Rsh(n, uint(drop))).Float64()
		whole, frac := math.Modf(math.Log10(top) + float64(drop)*math.Log10(2))
		mantissa, exp = int(math.Round(1000*math.Pow(10, frac))), int(whole)
	}
	if mantissa == 10000 {
		return 1000, exp + 1
	}
	return mantissa, exp
}

// units are the suffixes of thousand, million and so on.
var units = []string{"", "k", "M", "G", "T", "P"}

// Rate formats n ≥ 0 things in d > 0 as a number a second of about three
// digits: 0.25, 12.3, 456, 7.89k, 1.234e30.
func Rate(n *big.Int, d time.Duration) string {
	f := new(big.Float).SetInt(n)
	f.Quo(f.Mul(f, big.NewFloat(1e9)), big.NewFloat(float64(max(d, 1))))
	v, _ := f.Float64()
	if v >= 1e18 {
		i, _ := f.Int(nil)
		return Number(i, 6)
	}
	u := 0
	for ; v >= 999.5 && u < len(units)-1; u++ {
		v /= 1000
	}
	if v >= 999.5 {
		return Number(big.NewInt(int64(v*1e15)), 6)
	}
	places := 2
	for limit := 9.995; v >= limit && places > 0; limit *= 10 {
		places--
	}
	return fmt.Sprintf("%.*f%s", places, v, units[u])
}

// Pow2 formats 2^k: as a number while it is short, else as 2^k.
func Pow2(k int) string {
	if k < 14 {
		return fmt.Sprint(1 << k)
	}
	return fmt.Sprintf("2^%d", k)
}
