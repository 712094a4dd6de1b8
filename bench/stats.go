package bench

import (
	"cmp"
	"math"
	"slices"
)

// median returns the middle value, the mean of the two middle ones for an even
// number, NaN for none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(v))
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}

// madScale makes the median absolute deviation of normally distributed values an
// estimate of their standard deviation.
const madScale = 1.4826

// spread returns the scaled median absolute deviation as a share of the median:
// half of the values are nearer to it than two thirds of that. It is NaN below
// two values.
func spread(v []float64) float64 {
	m := median(v)
	if len(v) < 2 || m == 0 {
		return math.NaN()
	}
	d := make([]float64, len(v))
	for i, x := range v {
		d[i] = math.Abs(x - m)
	}
	return madScale * median(d) / m
}

// When repetitions end before the budget does.
const (
	minSamples   = 5
	maxSamples   = 40
	steadySpread = 0.005 // of the median itself, which is steadier than one sample
)

// isSteady reports whether more samples would tell little.
func isSteady(s []Sample) bool {
	if len(s) < minSamples {
		return false
	}
	return len(s) >= maxSamples || spread(walls(s))/math.Sqrt(float64(len(s))) <= steadySpread
}

// walls returns the wall times of samples.
func walls(s []Sample) []float64 { return values(s, func(x Sample) float64 { return x.Wall }) }

// values returns one figure of each sample.
func values(s []Sample, of func(Sample) float64) []float64 {
	v := make([]float64, len(s))
	for i, x := range s {
		v[i] = of(x)
	}
	return v
}

// exactLimit is the most samples on a side for which mannWhitney counts.
const exactLimit = 40

// mannWhitney returns the probability that two samples from one distribution
// differ in rank at least as much as a and b do, two-sided (Mann and Whitney,
// "On a Test of Whether one of Two Random Variables is Stochastically Larger than
// the Other", Annals of Mathematical Statistics 18, 1947). Without ties and up to
// 40 values a side it is exact, else the normal approximation with corrections
// for ties and continuity. It is 1 when a side is empty.
func mannWhitney(a, b []float64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 1
	}
	u, ties := rankSum(a, b)
	u -= float64(len(a)*(len(a)+1)) / 2
	if ties == 0 && len(a) <= exactLimit && len(b) <= exactLimit {
		return exactU(len(a), len(b), int(u))
	}
	return normalU(float64(len(a)), float64(len(b)), u, ties)
}

// rankSum returns the sum of a's ranks among all values, equal ones sharing their
// mean rank, and the sum of t³-t over the groups of t equal values.
func rankSum(a, b []float64) (sum, ties float64) {
	type ranked struct {
		value float64
		isA   bool
	}
	var all []ranked
	for _, x := range a {
		all = append(all, ranked{x, true})
	}
	for _, x := range b {
		all = append(all, ranked{x, false})
	}
	slices.SortFunc(all, func(x, y ranked) int { return cmp.Compare(x.value, y.value) })
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].value == all[i].value {
			j++
		}
		for _, x := range all[i:j] {
			if x.isA {
				sum += float64(i+1+j) / 2
			}
		}
		t := float64(j - i)
		ties += t*t*t - t
		i = j
	}
	return sum, ties
}

// exactU returns the two-sided probability of U under the hypothesis of no
// difference: the share of the orderings of n and m values that are as extreme.
func exactU(n, m, u int) float64 {
	// ways[i][v] counts the orderings of i values of the one side among those of
	// the other, taken in one by one, in which U is v.
	ways := make([][]float64, n+1)
	for i := range ways {
		ways[i] = make([]float64, n*m+1)
	}
	ways[0][0] = 1
	for i := 1; i <= n; i++ {
		ways[i][0] = 1
	}
	for j := 1; j <= m; j++ {
		for i := 1; i <= n; i++ {
			// The last in order is one of the first side, beating j of the other,
			// or one of the second side.
			for v := i * j; v >= j; v-- {
				ways[i][v] += ways[i-1][v-j]
			}
		}
	}
	u = min(u, n*m-u)
	var total, tail float64
	for v, c := range ways[n] {
		total += c
		if v <= u {
			tail += c
		}
	}
	return min(1, 2*tail/total)
}

// normalU is exactU for many values, or with ties.
func normalU(n, m, u, ties float64) float64 {
	all := n + m
	variance := n * m / 12 * (all + 1 - ties/(all*(all-1)))
	if variance <= 0 {
		return 1
	}
	z := max(0, math.Abs(u-n*m/2)-0.5) / math.Sqrt(variance)
	return min(1, math.Erfc(z/math.Sqrt2))
}
