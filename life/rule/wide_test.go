package rule

import (
	"fmt"
	"reflect"
	"testing"
)

// sumAll adds up the weights of every cell but, if asked, the centre.
func sumAll(w *Wide, isUp bool) int {
	rx, ry := w.Reach()
	sum := 0
	for dy := -ry - 1; dy <= ry+1; dy++ {
		for dx := -rx - 1; dx <= rx+1; dx++ {
			sum += w.Weight(dx, dy, isUp)
		}
	}
	return sum
}

// TestShapeSizes compares the formulas of facts/formats.md §9, MaxCount and the
// sum over all cells.
func TestShapeSizes(t *testing.T) {
	t.Parallel()
	formulas := map[Shape]func(r int) int{
		'M': func(r int) int { return (2*r+1)*(2*r+1) - 1 },
		'N': func(r int) int { return 2 * r * (r + 1) },
		'C': nil,
		'2': nil,
		'B': func(r int) int { return ((2*r+1)*(2*r+1) - 1) / 2 },
		'D': func(r int) int { return ((2*r+1)*(2*r+1) - 1) / 2 },
		'+': func(r int) int { return 4 * r },
		'X': func(r int) int { return 4 * r },
		'*': func(r int) int { return 8 * r },
		'#': func(r int) int { return 8 * r },
		'H': func(r int) int { return 3 * r * (r + 1) },
		'A': func(r int) int { return 6 * r },
		'3': func(r int) int { return 3 * r },
		'L': func(r int) int { return 6 * r * (r + 1) },
		'G': func(r int) int { return (r + 1) * (r + 1) * (r + 1) * (r + 1) },
	}
	for shape, formula := range formulas {
		for r := 1; r <= 12; r++ {
			w := &Wide{Range: r, Shape: shape}
			got, down, up := w.MaxCount(), sumAll(w, false), sumAll(w, true)
			if got != down || got != up || formula != nil && got != formula(r) {
				t.Errorf("N%c range %d: MaxCount %d, sums %d and %d", shape, r, got, down, up)
			}
			if centre := w.Weight(0, 0, false); (centre != 0) != shape.countsCentre() {
				t.Errorf("N%c range %d: the centre weighs %d", shape, r, centre)
			}
		}
	}
	if n := len(formulas) + 2; n != len(shapes) {
		t.Errorf("%d shapes tested, want %d", n, len(shapes))
	}
	// Sizes counted by hand: the circle of range 2 has the 5×5 square without its corners.
	for _, tt := range []struct {
		shape Shape
		r, n  int
	}{{'C', 1, 8}, {'C', 2, 20}, {'2', 1, 4}, {'2', 2, 12}, {'L', 2, 36}} {
		if got := (&Wide{Range: tt.r, Shape: tt.shape}).MaxCount(); got != tt.n {
			t.Errorf("N%c range %d: %d cells, want %d", tt.shape, tt.r, got, tt.n)
		}
	}
}

// TestShapePictures draws the neighbourhoods that sizes alone do not settle.
func TestShapePictures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		shape Shape
		isUp  bool
		rows  []string
	}{
		{'N', false, []string{"..#..", ".###.", "##.##", ".###.", "..#.."}},
		{'C', false, []string{".###.", "#####", "##.##", "#####", ".###."}},
		{'2', false, []string{"..#..", ".###.", "##.##", ".###.", "..#.."}},
		{'B', false, []string{".#.#.", "#.#.#", ".#.#.", "#.#.#", ".#.#."}},
		{'D', false, []string{"#.#.#", ".#.#.", "#...#", ".#.#.", "#.#.#"}},
		{'X', false, []string{"#...#", ".#.#.", ".....", ".#.#.", "#...#"}},
		{'#', false, []string{".#.#.", "#####", ".#.#.", "#####", ".#.#."}},
		{'H', false, []string{"###..", "####.", "##.##", ".####", "..###"}},
		{'A', false, []string{"#.#..", ".##..", "##.##", "..##.", "..#.#"}},
		{'3', false, []string{"..#..", "..#..", "##...", "...#.", "....#"}},
		{'L', false, []string{".#######.", "#########", "####.####", ".#######.", "..#####.."}},
		{'L', true, []string{"..#####..", ".#######.", "####.####", "#########", ".#######."}},
	} {
		w := &Wide{Range: 2, Shape: tt.shape}
		rx, ry := w.Reach()
		for y, want := range tt.rows {
			got := ""
			for x := range 2*rx + 1 {
				got += string(".#"[w.Weight(x-rx, y-ry, tt.isUp)])
			}
			if got != want {
				t.Errorf("N%c up=%v row %d: %s, want %s", tt.shape, tt.isUp, y, got, want)
			}
		}
	}
}

func TestWideParameters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in     string
		family Family
		states int
		want   Wide
	}{
		{"R5,C0,M1,S34..58,B34..45,NM", LargerThanLife, 2,
			Wide{Range: 5, Shape: ShapeMoore, Middle: true, Births: []Interval{{34, 45}}, Survivals: []Interval{{34, 58}}}},
		{"R7,C4,M0,S1..2,B3..4,N+", LargerThanLife, 4,
			Wide{Range: 7, Shape: ShapeCross, Births: []Interval{{3, 4}}, Survivals: []Interval{{1, 2}}}},
		{"g3r2b4t4s10t19", LargerThanLife, 3,
			Wide{Range: 2, Shape: ShapeMoore, Middle: true, Births: []Interval{{4, 4}}, Survivals: []Interval{{10, 19}}}},
		{"R2,C0,S,B1,3-5,NN", HROT, 2,
			Wide{Range: 2, Shape: ShapeVonNeumann, Births: []Interval{{1, 1}, {3, 5}}}},
		{"R1,C0,S1,B1,N@81", HROT, 2,
			Wide{Range: 1, Shape: ShapeCustom, Births: []Interval{{1, 1}}, Survivals: []Interval{{1, 1}}, Weights: []int8{1, 0, 0, 0, 0, 0, 0, 0, 1}}},
		{"R1,C3,S1,B1,NW1234567f9,01aL", HROT, 3,
			Wide{Range: 1, Shape: ShapeWeighted, Births: []Interval{{1, 1}}, Survivals: []Interval{{1, 1}}, Weights: []int8{1, 2, 3, 4, 5, 6, 7, -7, -1}, StateWeights: []uint8{0, 1, 10}, Tiling: 'L'}},
		{"R1,C0,S1,B1,NW0102037f7f00ff8081", HROT, 2,
			Wide{Range: 1, Shape: ShapeWeighted, Births: []Interval{{1, 1}}, Survivals: []Interval{{1, 1}}, Weights: []int8{1, 2, 3, 127, 127, 0, -127, 0, -1}}},
	} {
		r := MustParse(tt.in)
		w, ok := r.Wide()
		if !ok || r.Family() != tt.family || r.States() != tt.states {
			t.Errorf("%s: family %v, %d states", tt.in, r.Family(), r.States())
			continue
		}
		w.hood = ""
		if !reflect.DeepEqual(*w, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.in, *w, tt.want)
		}
	}
	if _, ok := MustParse("B3/S23").Wide(); ok {
		t.Error("B3/S23 has Wide parameters")
	}
}

// TestWideIsACopy changes what Wide returns and looks at the rule again.
func TestWideIsACopy(t *testing.T) {
	t.Parallel()
	r := MustParse("R1,C0,S1,B1,N@81")
	w, _ := r.Wide()
	w.Births[0].Max, w.Weights[0], w.Range = 7, 7, 9
	if again, _ := r.Wide(); again.Births[0].Max != 1 || again.Weights[0] != 1 || again.Range != 1 {
		t.Error("the rule changed with the copy")
	}
}

// TestLifelibHROT checks the example that introduced the notation: LtL counts the
// centre, HROT does not.
func TestLifelibHROT(t *testing.T) {
	t.Parallel()
	ltl, _ := MustParse("r2b4t4s10t19").Wide()
	hrot, _ := MustParse("r2b000008s03ff00").Wide()
	for n := range 26 {
		if contains(ltl.Births, n) != contains(hrot.Births, n) || contains(ltl.Survivals, n+1) != contains(hrot.Survivals, n) {
			t.Errorf("count %d differs", n)
		}
	}
}

// TestWideLife compares range-1 spellings of Life with the truth table.
func TestWideLife(t *testing.T) {
	t.Parallel()
	life, _ := MustParse("Life").Table()
	cells := [9][2]int{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {0, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}
	for _, s := range []string{"R1,C0,M0,S2..3,B3..3,NM", "R1,C0,M1,S3..4,B3..3,NM", "1,3,3,3,4", "R1,C0,S2-3,B3", "R1,C0,S2-3,B3,N@ff", "R1,C0,S2-3,B3,NW111101111", "r1b04s06"} {
		w, _ := MustParse(s).Wide()
		for i := range 512 {
			n := 0
			for k, c := range cells {
				n += i >> (8 - k) & 1 * w.Weight(c[0], c[1], false)
			}
			next := contains(w.Births, n)
			if i&C != 0 {
				next = contains(w.Survivals, n+boolInt(w.Middle))
			}
			if next != (life.Next(i) == 1) {
				t.Fatalf("%s: index %d gives %v", s, i, next)
			}
		}
	}
}

func TestWideB0(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in             string
		b0, alternates bool
	}{
		{"R2,C0,S1,B1", false, false},
		{"R2,C0,S1,B0-3", true, true},
		{"R2,C0,S24,B0", true, false},
		{"R2,C0,M1,S25..25,B0..1,NM", true, false},
		{"R2,C0,M1,S24..24,B0..1,NM", true, true},
		{"R1,C0,S3,B0,NWf1112111f", true, true},
	} {
		r := MustParse(tt.in)
		if r.HasB0() != tt.b0 || r.Alternates() != tt.alternates {
			t.Errorf("%s: B0 %v, alternates %v", tt.in, r.HasB0(), r.Alternates())
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	got := fmt.Sprint(TwoState, Generations, LargerThanLife, HROT, Named, Family(9), Moore, VonNeumann, Hexagonal, Row, Neighborhood(9), Infinite, Plane, Torus, Klein, CrossSurface, Sphere, GridKind(9))
	want := "two-state Generations Larger than Life HROT named unknown Moore von Neumann hexagonal row above unknown infinite plane torus Klein bottle cross-surface sphere unknown"
	if got != want {
		t.Errorf("names: %s", got)
	}
}
