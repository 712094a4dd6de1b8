package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// grid3 is a 3×3 neighbourhood, rows from the north.
type grid3 [3][3]bool

func grid3Of(i int) (g grid3) {
	for k := range 9 {
		g[k/3][k%3] = i>>(8-k)&1 == 1
	}
	return g
}

func (g grid3) index() int {
	i := 0
	for k := range 9 {
		i <<= 1
		if g[k/3][k%3] {
			i |= 1
		}
	}
	return i
}

// orbit returns the smallest index among the eight images of i; it knows nothing
// of ring masks.
func orbit(i int) int {
	g, least := grid3Of(i), i
	for range 2 {
		for range 4 {
			var turned, mirrored grid3
			for y := range 3 {
				for x := range 3 {
					turned[x][2-y] = g[y][x]
					mirrored[y][2-x] = g[y][x]
				}
			}
			least = min(least, turned.index(), mirrored.index())
			g = turned
		}
		for y := range 3 {
			g[y][0], g[y][2] = g[y][2], g[y][0]
		}
	}
	return least
}

// compass is the list of representatives in facts/formats.md §6, typed anew.
var compass = []string{
	1: "c: SE · e: S",
	2: "c: SW SE · e: E S · a: S SE · i: W E · k: W SE · n: NE SW",
	3: "c: NE SW SE · e: W E S · a: E S SE · i: SW S SE · k: NE W S · n: E SW SE · j: E SW S · q: NE SW S · r: W E SE · y: NE W SE",
	4: "c: NW NE SW SE · e: N W E S · a: E SW S SE · i: W E SW SE · k: NE W S SE · n: NE SW S SE · j: NE W E S · q: NE W SW S · r: W E S SE · y: NE W SW SE · t: NE W E SE · w: NE E SW S · z: NE W E SW",
}

var weightOf = map[string]int{"NW": NW, "N": N, "NE": NE, "W": W, "E": E, "SW": SW, "S": S, "SE": SE}

// expectedClass gives for each count and letter the orbit of a representative.
func expectedClass(t *testing.T) map[string]int {
	t.Helper()
	const everyone = 511 &^ C
	class := map[string]int{}
	for n := 1; n <= 4; n++ {
		for _, item := range strings.Split(compass[n], " · ") {
			letter, points, _ := strings.Cut(item, ": ")
			i := 0
			for _, p := range strings.Fields(points) {
				i |= weightOf[p]
			}
			if popcount(i) != n {
				t.Fatalf("representative %d%s has %d neighbours", n, letter, popcount(i))
			}
			class[fmt.Sprint(n, letter)] = orbit(i)
			class[fmt.Sprint(8-n, letter)] = orbit(everyone &^ i) // at n = 4 overwritten below
		}
	}
	for _, item := range strings.Split(compass[4], " · ") {
		letter, points, _ := strings.Cut(item, ": ")
		i := 0
		for _, p := range strings.Fields(points) {
			i |= weightOf[p]
		}
		class[fmt.Sprint(4, letter)] = orbit(i)
	}
	return class
}

func TestHenselClasses(t *testing.T) {
	t.Parallel()
	class := expectedClass(t)
	if len(class) != 49 {
		t.Errorf("%d letter classes, want 49", len(class))
	}
	if distinct := slices.Compact(slices.Sorted(maps.Values(class))); len(distinct) != 49 {
		t.Errorf("%d distinct orbits, want 49", len(distinct))
	}
	total := 0
	for name, want := range class {
		n, letter := name[:1], name[1:]
		r := MustParse("B" + n + letter + "/S")
		if r.Name() != "B"+n+letter+"/S" {
			t.Errorf("B%s%s prints as %s", n, letter, r)
		}
		tab, _ := r.Table()
		for i := range 512 {
			isIn := i&C == 0 && orbit(i) == want
			if isIn {
				total++
			}
			if (tab.Next(i) == 1) != isIn {
				t.Errorf("%s: index %d is %d, want %v", r, i, tab.Next(i), isIn)
			}
		}
	}
	if total != 254 {
		t.Errorf("class sizes sum to %d, want 254", total)
	}
}

// TestHenselEveryCount checks that the letters of a count split it without rest.
func TestHenselEveryCount(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 7; n++ {
		var sum Table
		for _, letter := range letters[n] {
			tab := MustParse(fmt.Sprintf("B%d%c/S", n, letter)).table
			minus := MustParse(fmt.Sprintf("B%d-%c/S", n, letter)).table
			whole := MustParse(fmt.Sprintf("B%d/S", n)).table
			for k := range sum {
				if sum[k]&tab[k] != 0 {
					t.Errorf("count %d: class %c overlaps another", n, letter)
				}
				sum[k] |= tab[k]
				if tab[k]^minus[k] != whole[k] {
					t.Errorf("count %d: -%c is not the rest of %c", n, letter, letter)
				}
			}
		}
		if whole := MustParse(fmt.Sprintf("B%d/S", n)).table; sum != whole {
			t.Errorf("the letters of %d do not make up the count", n)
		}
	}
}

func TestHenselCanonical(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"B2nic/S":       "B2cin/S",
		"B2ceikn/S":     "B2-a/S",
		"B4-qjrtwz/S":   "B4aceikny/S",
		"B4aceikny/S":   "B4aceikny/S",
		"B4aceiknyz/S":  "B4-jqrtw/S",
		"B2aceikn3/S":   "B23/S",
		"B2-aceikn3/S":  "B3/S",
		"B2-a/S12":      "B2-a/S12",
		"b2-as12":       "B2-a/S12",
		"B2-a_S12":      "B2-a/S12",
		"S12_B2-a":      "B2-a/S12",
		"12/2-a":        "B2-a/S12",
		"B3/S23-c":      "B3/S23-c",
		"B3ai/S2-i34q":  "B3ai/S2-i34q",
		"B2a2c/S":       "B2ac/S",
		"B1c/S1-c":      "B1c/S1e",
		"B7e/S5r":       "B7e/S5r",
		"B2cin/S2-cin":  "B2cin/S2aek",
		"B2ace/S2-ace":  "B2ace/S2ikn",
		"B3-ce/S3aijkq": "B3-ce/S3aijkq",
	} {
		if r, err := Parse(in); err != nil || r.String() != want {
			t.Errorf("Parse(%q) = %v, %v, want %s", in, r, err, want)
		}
	}
}

// TestHexLetters has one member of each class; the others are its turns and reflections.
func TestHexLetters(t *testing.T) {
	t.Parallel()
	around := []int{N, E, SE, S, W, NW}
	for _, tt := range []struct {
		class   string
		members int
		one     []int
	}{
		{"2o", 6, []int{N, E}},
		{"2m", 6, []int{N, SE}},
		{"2p", 3, []int{N, S}},
		{"3o", 6, []int{N, E, SE}},
		{"3m", 12, []int{N, E, S}},
		{"3p", 2, []int{N, SE, W}},
		{"4o", 6, []int{N, E, SE, S}},
		{"4m", 6, []int{N, E, SE, W}},
		{"4p", 3, []int{N, E, S, W}},
	} {
		want := map[int]bool{}
		for k := range 12 {
			i := 0
			for _, w := range tt.one {
				at := slices.Index(around, w) + k
				if k >= 6 {
					at = 2*k - at
				}
				i |= around[at%6]
			}
			want[i] = true
		}
		if len(want) != tt.members {
			t.Fatalf("%s: %d members, want %d", tt.class, len(want), tt.members)
		}
		r := MustParse("B" + tt.class + "/S" + tt.class + "H")
		if r.Name() != "B"+tt.class+"/S"+tt.class+"H" {
			t.Errorf("%s prints as %s", tt.class, r)
		}
		for i := range 512 {
			if is := r.table.Next(i) == 1; is != want[i&^(C|NE|SW)] {
				t.Errorf("%s: index %d is %v", tt.class, i, is)
			}
		}
		if all := MustParse("B" + tt.class[:1] + "omp/SH"); all.Name() != "B"+tt.class[:1]+"/SH" {
			t.Errorf("all of %s: %s", tt.class[:1], all)
		}
	}
	if r := MustParse("B2-p3-o/S4-oH"); r.Name() != "B2om3mp/S4mpH" {
		t.Errorf("letters that are left out: %s", r)
	}
}
