package view

import (
	"math"
	"testing"
)

// blindness holds what a colour looks like to whom one kind of cone is missing,
// as matrices on linear RGB. Source: G. Machado, M. Oliveira, L. Fernandes, "A
// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009.
var blindness = map[string][3][3]float64{
	"nobody":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopes":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopes": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopes":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab returns the CIE L*a*b* coordinates (D65) of a colour seen through m.
func lab(rgb int32, m [3][3]float64) (l [3]float64) {
	var lin, seen [3]float64
	for i := range lin {
		v := float64(rgb>>(16-8*i)&0xFF) / 255
		if lin[i] = v / 12.92; v > 0.04045 {
			lin[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	for i := range seen {
		for j := range lin {
			seen[i] += m[i][j] * lin[j]
		}
		seen[i] = min(max(seen[i], 0), 1)
	}
	f := func(x float64) float64 {
		if x > 216./24389 {
			return math.Cbrt(x)
		}
		return (24389./27*x + 16) / 116
	}
	x := f((0.4124*seen[0] + 0.3576*seen[1] + 0.1805*seen[2]) / 0.9505)
	y := f(0.2126*seen[0] + 0.7152*seen[1] + 0.0722*seen[2])
	z := f((0.0193*seen[0] + 0.1192*seen[1] + 0.9505*seen[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// TestColorBlindSafeThemes: in the themes that say so, colours that mean different
// things look different to all. A difference of 2.3 in L*a*b* can just be noticed.
func TestColorBlindSafeThemes(t *testing.T) {
	const wanted = 8
	for _, name := range []string{"viridis", "cividis", "contrast"} {
		th, err := ThemeByName(name)
		if err != nil {
			t.Fatal(err)
		}
		sets := map[string][]int32{
			"densities":   {th.dead, th.faint, th.mid, th.live},
			"Generations": {th.dead, th.live, th.young, th.old},
			"ages":        {th.dead, th.born, th.aged, th.ash},
			"hues":        append([]int32{th.dead, th.live}, th.hues...),
		}
		for what, set := range sets {
			for who, m := range blindness {
				for i, a := range set {
					for _, b := range set[:i] {
						p, q := lab(a, m), lab(b, m)
						if d := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); d < wanted {
							t.Errorf("%s, %s: %06x and %06x differ by %.1f to %s", name, what, a, b, d, who)
						}
					}
				}
			}
		}
	}
}
