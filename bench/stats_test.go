package bench

import (
	"math"
	"testing"
)

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		in   []float64
		want float64
	}{
		{[]float64{3}, 3},
		{[]float64{3, 1}, 2},
		{[]float64{9, 1, 2}, 2},
		{[]float64{4, 1, 3, 2}, 2.5},
	} {
		if got := median(tt.in); got != tt.want {
			t.Errorf("median(%v) = %v, want %v", tt.in, got, tt.want)
		}
	}
	if !math.IsNaN(median(nil)) {
		t.Error("the median of nothing is a number")
	}
}

func TestSpread(t *testing.T) {
	// Deviations from 10 are 1, 0, 1, 2, 0: their median is 1.
	if got := spread([]float64{9, 10, 11, 12, 10}); math.Abs(got-0.14826) > 1e-9 {
		t.Errorf("spread = %v, want 0.14826", got)
	}
	if !math.IsNaN(spread([]float64{1})) {
		t.Error("one value has a spread")
	}
}

// TestMannWhitney compares with R 4, wilcox.test(a, b), and with tables.
func TestMannWhitney(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b []float64
		want float64
	}{
		// 2/choose(10,5): complete separation, the least p of 5 and 5.
		{"separated 5+5", []float64{1, 2, 3, 4, 5}, []float64{6, 7, 8, 9, 10}, 2.0 / 252},
		{"separated 3+3", []float64{4, 5, 6}, []float64{1, 2, 3}, 0.1},
		{"separated 4+4", []float64{1, 2, 3, 4}, []float64{5, 6, 7, 8}, 2.0 / 70},
		// W = 35, p-value = 0.1272: example of help(wilcox.test), the
		// permeability constants of Hollander and Wolfe (1973), 69f, two-sided.
		{
			"Hollander and Wolfe",
			[]float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46},
			[]float64{1.15, 0.88, 0.90, 0.74, 1.21},
			0.254412,
		},
		{"all equal", []float64{1, 1, 1}, []float64{1, 1, 1}, 1},
		{"none", nil, []float64{1}, 1},
		// With ties: the normal approximation with both corrections. Ranks of a
		// are 1.5, 1.5, 3.5, 5, so U = 1.5; sigma² = 16/12·(9-12/56).
		{"ties", []float64{1, 1, 2, 3}, []float64{2, 4, 5, 6}, 0.0796},
	} {
		for _, swapped := range []bool{false, true} {
			a, b := tt.a, tt.b
			if swapped {
				a, b = b, a
			}
			if got := mannWhitney(a, b); math.Abs(got-tt.want) > 1e-4 {
				t.Errorf("%s: p = %.6f, want %.6f", tt.name, got, tt.want)
			}
		}
	}
}

// TestMannWhitneyExactMeetsNormal checks that the two ways agree where both hold.
func TestMannWhitneyExactMeetsNormal(t *testing.T) {
	for _, shift := range []float64{0, 2.5, 5.5, 9.5} {
		var a, b []float64
		for i := range 30 {
			a = append(a, float64(i))
			b = append(b, float64(i)+0.25+shift)
		}
		u, _ := rankSum(a, b)
		u -= 30 * 31 / 2
		exact, normal := exactU(30, 30, int(u)), normalU(30, 30, u, 0)
		if math.Abs(exact-normal) > 0.005 {
			t.Errorf("shift %v: exact %.4f, normal %.4f", shift, exact, normal)
		}
	}
}

func TestIsSteady(t *testing.T) {
	sample := func(walls ...float64) (s []Sample) {
		for _, w := range walls {
			s = append(s, Sample{Wall: w})
		}
		return s
	}
	if isSteady(sample(1, 1, 1, 1)) {
		t.Error("four samples are enough")
	}
	if !isSteady(sample(1, 1, 1, 1, 1)) {
		t.Error("five equal samples are not enough")
	}
	if isSteady(sample(1, 2, 3, 4, 5)) {
		t.Error("five very different samples are enough")
	}
	if !isSteady(make([]Sample, maxSamples)) {
		t.Error("the most samples are not enough")
	}
}
