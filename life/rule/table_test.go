package rule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// board is a small torus for checking tables cell by cell.
type board [][]uint8

func newBoard(w, h int, cell func(x, y int) uint8) board {
	b := make(board, h)
	for y := range b {
		b[y] = make([]uint8, w)
		for x := range b[y] {
			b[y][x] = cell(x, y)
		}
	}
	return b
}

func (b board) at(x, y int) int {
	h, w := len(b), len(b[0])
	return int(b[(y+h)%h][(x+w)%w])
}

// step applies t, with the weights of the package documentation written out.
func (b board) step(t Table) board {
	return newBoard(len(b[0]), len(b), func(x, y int) uint8 {
		i := 256*b.at(x-1, y-1) + 128*b.at(x, y-1) + 64*b.at(x+1, y-1) +
			32*b.at(x-1, y) + 16*b.at(x, y) + 8*b.at(x+1, y) +
			4*b.at(x-1, y+1) + 2*b.at(x, y+1) + b.at(x+1, y+1)
		return t.Next(i)
	})
}

func (b board) flipped(bg uint8) board {
	return newBoard(len(b[0]), len(b), func(x, y int) uint8 { return b[y][x] ^ bg })
}

func (b board) equal(o board) bool {
	return slices.EqualFunc(b, o, func(p, q []uint8) bool { return slices.Equal(p, q) })
}

func TestTableLayout(t *testing.T) {
	t.Parallel()
	tab, ok := MustParse("B3/S23").Table()
	if !ok {
		t.Fatal("no table")
	}
	for i := range 512 {
		n := popcount(i)
		want := n == 3 || n == 2 && i&16 != 0
		if (tab.Next(i) == 1) != want {
			t.Errorf("Life: index %d is %d", i, tab.Next(i))
		}
	}
	tab.Set(511, 1)
	tab.Set(NW|N|NE, 0)
	if tab.Next(511) != 1 || tab.Next(NW|N|NE) != 0 {
		t.Error("Set does not take")
	}
}

func TestNeighborhoods(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule    string
		nbhd    Neighborhood
		outside int // cells that must not matter
	}{
		{"B1/S", Moore, 0},
		{"B1/SV", VonNeumann, NW | NE | SW | SE},
		{"B1/SH", Hexagonal, NE | SW},
		{"W2", Row, W | E | SW | S | SE},
	} {
		r := MustParse(tt.rule)
		tab, _ := r.Table()
		if r.Neighborhood() != tt.nbhd {
			t.Errorf("%s: neighbourhood %v", tt.rule, r.Neighborhood())
		}
		for i := range 512 {
			if tab.Next(i) != tab.Next(i&^tt.outside) || tab.Next(i) != tab.Next(i|tt.outside) {
				t.Errorf("%s: index %d depends on cells outside the neighbourhood", tt.rule, i)
			}
		}
		for w := 1; w <= NW; w <<= 1 {
			isNeighbour := w != C && w&tt.outside == 0
			if tt.nbhd != Row && (tab.Next(w) == 1) != isNeighbour {
				t.Errorf("%s: the cell of weight %d is no neighbour or wrongly one", tt.rule, w)
			}
		}
	}
}

func TestWolfram(t *testing.T) {
	t.Parallel()
	for n := range 256 {
		r := MustParse(fmt.Sprintf("w%d", n))
		if r.String() != fmt.Sprintf("W%d", n) || r.States() != 2 || r.Family() != TwoState {
			t.Errorf("W%d reads as %v", n, r)
		}
		checkRoundTrip(t, r)
		tab, _ := r.Table()
		for i := range 512 {
			want := uint8(n >> (4*(i>>8&1) + 2*(i>>7&1) + i>>6&1) & 1)
			if i&C != 0 {
				want = 1
			}
			if tab.Next(i) != want {
				t.Fatalf("W%d: index %d is %d, want %d", n, i, tab.Next(i), want)
			}
		}
		if r.HasB0() != (n%2 == 1) || r.Alternates() {
			t.Errorf("W%d: B0 %v, alternates %v", n, r.HasB0(), r.Alternates())
		}
	}
}

// TestWolfram110 grows rule 110 from one cell: facts/formats.md §16.
func TestWolfram110(t *testing.T) {
	t.Parallel()
	b := newBoard(9, 5, func(x, y int) uint8 { return uint8(boolInt(x == 6 && y == 0)) })
	tab := MustParse("W110").Phase(false)
	b = b.step(tab).step(tab)
	for y, want := range []string{"000000100", "000001100", "000011100"} {
		got := ""
		for _, v := range b[y] {
			got += fmt.Sprint(v)
		}
		if got != want {
			t.Errorf("row %d is %s, want %s", y, got, want)
		}
	}
}

func TestReverseNot(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 1))
	var tab Table
	for k := range tab {
		tab[k] = rng.Uint64()
	}
	rev, not := tab.Reverse(), tab.Not()
	for i := range 512 {
		if rev.Next(i) != tab.Next(511-i) || not.Next(i) != 1-tab.Next(i) {
			t.Fatalf("seed %d: index %d: table %d, reversed %d, complement %d", seed, i, tab.Next(i), rev.Next(i), not.Next(i))
		}
	}
}

// TestPhase runs truth and stored cells side by side: stored is truth XOR
// background at all times.
func TestPhase(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 2))
	rules := []string{"B3/S23", "B0/S", "B0/S8", "B0123478/S01234678", "B02/S34H", "B0/S6H", "B01/S4V", "B01/SV", "W1", "W255", "W110", "B01e/S8", "B014/S4V"}
	for range 60 {
		rules = append(rules, randomTwoState(rng))
	}
	for _, s := range rules {
		r := MustParse(s)
		truth := newBoard(11, 7, func(int, int) uint8 { return uint8(rng.IntN(2)) })
		for gen := range 8 {
			odd := gen%2 == 1
			stored := truth.flipped(r.Background(odd))
			truth = truth.step(r.table)
			if want := truth.flipped(r.Background(!odd)); !stored.step(r.Phase(odd)).equal(want) {
				t.Fatalf("seed %d: %s: stored cells leave the truth at generation %d", seed, s, gen+1)
			}
			if p := r.Phase(odd); p.Next(0) != 0 {
				t.Fatalf("%s: the stored background comes to life", s)
			}
		}
	}
}

func randomTwoState(rng *rand.Rand) string {
	for {
		s := randomRule(rng)
		if r := MustParse(s); r.Family() == TwoState {
			return s
		}
	}
}

// TestPhaseB0S follows one cell under B0/S: facts/formats.md §7 and §16.
func TestPhaseB0S(t *testing.T) {
	t.Parallel()
	r := MustParse("B0/S")
	if !r.HasB0() || !r.Alternates() || r.Background(false) != 0 || r.Background(true) != 1 {
		t.Error("B0/S: wrong kind of background")
	}
	cell := newBoard(9, 9, func(x, y int) uint8 { return uint8(boolInt(x == 4 && y == 4)) })
	block := newBoard(9, 9, func(x, y int) uint8 { return uint8(boolInt(abs(x-4) <= 1 && abs(y-4) <= 1)) })
	if got := cell.step(r.Phase(false)); !got.equal(block) {
		t.Error("one cell is stored as something else than a 3×3 block after one generation")
	}
	if got := block.step(r.Phase(true)); !got.equal(cell) {
		t.Error("one cell does not return after two generations")
	}
}

// TestAntiLife checks that Life on a live background is Life.
func TestAntiLife(t *testing.T) {
	t.Parallel()
	r, life := MustParse("AntiLife"), MustParse("Life")
	for _, odd := range []bool{false, true} {
		if r.Phase(odd) != life.Phase(odd) {
			t.Errorf("AntiLife at odd=%v does not run Life's table", odd)
		}
		if r.Background(odd) != 1 || life.Background(odd) != 0 {
			t.Errorf("wrong background at odd=%v", odd)
		}
	}
	if r.Alternates() || !r.HasB0() || life.HasB0() {
		t.Error("wrong B0 flags")
	}
}

func TestIsIsotropic(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 3))
	for range 100 {
		s := randomTwoState(rng)
		r := MustParse(s)
		want := true
		for i := range 512 {
			want = want && r.table.Next(i) == r.table.Next(orbit(i))
		}
		if r.IsIsotropic() != want {
			t.Fatalf("seed %d: %s: isotropic %v, want %v", seed, s, !want, want)
		}
	}
	for s, want := range map[string]bool{"B3/S23": true, "B2-a/S12": true, "B1/S2V": true, "345/2/4": true, "B2/S34H": false, "W110": false, "WireWorld": false} {
		if got := MustParse(s).IsIsotropic(); got != want {
			t.Errorf("%s: isotropic %v", s, got)
		}
	}
}

func TestTotalistic(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in             string
		birth, survive uint16
		ok             bool
	}{
		{"B3/S23", 1 << 3, 1<<2 | 1<<3, true},
		{lifeMAP, 1 << 3, 1<<2 | 1<<3, true},
		{"B08/S08", 1 | 1<<8, 1 | 1<<8, true},
		{"B2aceikn/S", 1 << 2, 0, true},
		{"B/S", 0, 0, true},
		{"B2-a/S12", 0, 0, false},
		{"B3/S23H", 0, 0, false},
		{"B3/S23V", 0, 0, false},
		{"W30", 0, 0, false},
		{"345/2/4", 0, 0, false},
		{"LifeHistory", 0, 0, false},
	} {
		b, s, ok := MustParse(tt.in).Totalistic()
		if b != tt.birth || s != tt.survive || ok != tt.ok {
			t.Errorf("%s: %b %b %v", tt.in, b, s, ok)
		}
	}
}

func TestMAP(t *testing.T) {
	t.Parallel()
	if m, ok := MustParse("Life").MAP(); m != lifeMAP || !ok {
		t.Errorf("Life is %s", m)
	}
	if m, _ := MustParse("/2/3").MAP(); m[len(m)-2:] != "/3" {
		t.Errorf("Brian's Brain is %s", m)
	}
	if _, ok := MustParse("JvN29").MAP(); ok {
		t.Error("JvN29 has a MAP")
	}
	// Digit k holds bits 6k to 6k+5, highest first: one bit for each cell alone.
	for _, tt := range []struct {
		chars int
		opt   Options
		cells []int // from the highest weight down
	}{
		{86, Options{}, []int{NW, N, NE, W, C, E, SW, S, SE}},
		{6, Options{}, []int{N, W, C, E, S}},
		{22, Options{}, []int{NW, N, W, C, E, S, SE}},
		{22, Options{GollyHexMAP: true}, []int{S, SE, W, C, E, NW, N}},
		{86, Options{GollyHexMAP: true}, []int{NW, N, NE, W, C, E, SW, S, SE}},
	} {
		for k, cell := range tt.cells {
			bit := 1 << (len(tt.cells) - 1 - k)
			digits := slices.Repeat([]byte{'A'}, tt.chars)
			digits[bit/6] = base64[32>>(bit%6)]
			r, err := ParseWith("MAP"+string(digits), tt.opt)
			if err != nil {
				t.Fatal(err)
			}
			live := r.Neighborhood().mask() | C
			for i := range 512 {
				if (r.table.Next(i) == 1) != (i&live == cell) {
					t.Fatalf("%d digits, %+v: bit %d is not the cell of weight %d", tt.chars, tt.opt, bit, cell)
				}
			}
			checkRoundTrip(t, r)
		}
	}
	// Generations read a hexagonal MAP in reading order in any case.
	s := "MAPAAAAAAAAAACAAAAAAAAAAA/3"
	if a, b := MustParse(s), must(ParseWith(s, Options{GollyHexMAP: true})); !a.Equal(b) {
		t.Error("GollyHexMAP changes a Generations rule")
	}
}

func must(r *Rule, err error) *Rule {
	if err != nil {
		panic(err)
	}
	return r
}
