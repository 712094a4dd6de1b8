package kernel

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
	"golife/life/rule"
)

// totalistic returns the rule with the given birth and survival counts (as bit
// sets) on the given neighbours.
func totalistic(neighbours, birth, survival int) *rule.Table {
	var t rule.Table
	for i := range 512 {
		set := birth
		if i&rule.C != 0 {
			set = survival
		}
		t.Set(i, uint8(set>>bits.OnesCount(uint(i&neighbours))&1))
	}
	return &t
}

// where returns the table that f gives.
func where(f func(i int) bool) *rule.Table {
	var t rule.Table
	for i := range 512 {
		if f(i) {
			t.Set(i, 1)
		}
	}
	return &t
}

const (
	hexagonal  = rule.NW | rule.N | rule.W | rule.E | rule.S | rule.SE
	vonNeumann = rule.N | rule.W | rule.E | rule.S
	corners    = rule.NW | rule.NE | rule.SW | rule.SE
	wolfram    = rule.NW | rule.N | rule.NE
)

func randomTable(r *rand.Rand) *rule.Table {
	var t rule.Table
	for i := range t {
		t[i] = r.Uint64()
	}
	return &t
}

// symmetric returns a random isotropic table.
func symmetric(r *rand.Rand) *rule.Table {
	t := randomTable(r)
	turn := func(i int) int { // a quarter turn
		j := 0
		for y := range 3 {
			for x := range 3 {
				j |= i >> (3*y + x) & 1 << (3*x + 2 - y)
			}
		}
		return j
	}
	flip := func(i int) int { return i>>6 | i&0o70 | i&7<<6 }
	return where(func(i int) bool {
		least := i
		for range 4 {
			i = turn(i)
			least = min(least, i, flip(i))
		}
		return t.Next(least) == 1
	})
}

type namedTable struct {
	name  string
	class Class
	t     *rule.Table
}

// tables returns rules of every class: fixed ones and random ones.
func tables(r *rand.Rand, random int) []namedTable {
	all := []namedTable{
		{"B3/S23", ClassLife, totalistic(moore, 1<<3, 1<<2|1<<3)},
		{"empty", ClassTotal, totalistic(moore, 0, 0)},
		{"full", ClassTotal, totalistic(moore, 0x1ff, 0x1ff)},
		{"still", ClassTotal, totalistic(moore, 0, 0x1ff)},
		{"not", ClassTotal, totalistic(moore, 0x1ff, 0)},
		{"B36/S23", ClassTotal, totalistic(moore, 1<<3|1<<6, 1<<2|1<<3)},
		{"B0123478/S01234678", ClassTotal, totalistic(moore, 0x19f, 0x1df)},
		{"parityV", ClassSubset, totalistic(vonNeumann, 0xa, 0x15)},
		{"B2/S34H", ClassSubset, totalistic(hexagonal, 4, 0x18)},
		{"north", ClassSubset, totalistic(rule.N, 2, 2)},
		{"W110", ClassLookup, where(func(i int) bool {
			return i&rule.C != 0 || 110>>(i>>6&7)&1 != 0
		})},
		{"tlife", ClassLookup, tlife},
	}
	for k := range 9 {
		all = append(all,
			namedTable{fmt.Sprintf("B%d/S", k), ClassTotal, totalistic(moore, 1<<k, 0)},
			namedTable{fmt.Sprintf("B/S%d", k), ClassTotal, totalistic(moore, 0, 1<<k)})
	}
	for k := range random {
		b, s := r.IntN(512), r.IntN(512)
		all = append(all,
			namedTable{fmt.Sprintf("B%03x/S%03x", b, s), ClassTotal, totalistic(moore, b, s)},
			namedTable{fmt.Sprintf("hex%d", k), ClassSubset, totalistic(hexagonal, r.IntN(126)+1, r.IntN(126)+1)},
			namedTable{fmt.Sprintf("von%d", k), ClassSubset, totalistic(vonNeumann, r.IntN(30)+1, r.IntN(30)+1)},
			namedTable{fmt.Sprintf("corners%d", k), ClassSubset, totalistic(corners, r.IntN(30)+1, r.IntN(30)+1)},
			namedTable{fmt.Sprintf("any%d", k), ClassSubset, totalistic(r.IntN(512)&moore, r.IntN(512), r.IntN(512))},
			namedTable{fmt.Sprintf("row%d", k), ClassSubset, totalistic(wolfram, r.IntN(16), r.IntN(16))},
			namedTable{fmt.Sprintf("MAP%d", k), ClassLookup, randomTable(r)},
			namedTable{fmt.Sprintf("isotropic%d", k), ClassLookup, symmetric(r)})
	}
	return all
}

// seeded returns a generator whose seed is printed when the test fails.
func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0))
}

// sparse returns a word whose bits are set with probability 1/2, 1/4 or 3/4.
func sparse(r *rand.Rand, density int) uint64 {
	switch density % 3 {
	case 0:
		return r.Uint64()
	case 1:
		return r.Uint64() & r.Uint64()
	default:
		return r.Uint64() | r.Uint64()
	}
}

// unpack lays row words out as cells, n to the word.
func unpack(cells []uint8, row uint64, n int) []uint8 {
	for x := range n {
		cells = append(cells, uint8(row>>x&1))
	}
	return cells
}

// pack is the inverse of unpack for up to 64 cells.
func pack(cells []uint8) (row uint64) {
	for x, c := range cells {
		row |= uint64(c) << x
	}
	return row
}

func TestClass(t *testing.T) {
	for _, c := range tables(seeded(t), 0) {
		n := Compile(c.t)
		if n.Class() != c.class {
			t.Errorf("%s: class %v, want %v", c.name, n.Class(), c.class)
		}
		if n.Table() != *c.t {
			t.Errorf("%s: table changed", c.name)
		}
	}
}

// forced returns every kernel that can run t, not only the one Compile chooses.
func forced(t *rule.Table) []*Network {
	n := Compile(t)
	all := []*Network{n}
	if isTotalOn(t, moore) {
		all = append(all,
			&Network{table: *t, class: ClassTotal, flips: n.flips, poly: newPoly(t, moore), bytes: n.bytes, columns: n.columns},
			&Network{table: *t, class: ClassSubset, flips: n.flips, poly: newPoly(t, moore), subset: newSubset(moore), bytes: n.bytes, columns: n.columns})
	}
	if n.letters != nil {
		byLookUp := *n
		byLookUp.letters = nil
		all = append(all, &byLookUp)
	}
	if n.squares == nil {
		all = append(all, &Network{table: *t, class: ClassLookup, flips: n.flips, squares: newSquares(t), bytes: n.bytes, columns: n.columns, pairs: newPairTable(t)})
	}
	return all
}

// TestNeighbourhoods runs each of the 512 neighbourhoods through each kernel.
func TestNeighbourhoods(t *testing.T) { impl.TestAll(t, "kernel", testNeighbourhoods) }

func testNeighbourhoods(t *testing.T) {
	for _, c := range tables(seeded(t), 2) {
		for _, n := range forced(c.t) {
			for i := range 512 {
				for _, x := range []int{1, 30, 31, 62} {
					src := [3]uint64{}
					for y := range 3 {
						src[y] = bits.Reverse64(uint64(i>>(6-3*y)&7)) >> 61 << (x - 1)
					}
					var dst [1]uint64
					n.StepRows(dst[:], src[:])
					if got, want := uint8(dst[0]>>x&1), c.t.Next(i); got != want {
						t.Fatalf("%s, %v: neighbourhood %d at column %d: %d, want %d", c.name, n.class, i, x, got, want)
					}
				}
			}
		}
	}
}

// hood returns nine random tiles and the 66×66 cells that StepTile looks at.
func hood(r *rand.Rand, density int) (*Hood, []uint8) {
	var t [9]Tile
	for i := range t {
		for y := range t[i] {
			t[i][y] = sparse(r, density)
		}
	}
	h := &Hood{&t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7], &t[8]}
	return h, hoodCells(h)
}

func hoodCells(h *Hood) (cells []uint8) {
	line := func(w, c, e uint64) {
		cells = append(cells, uint8(w>>63))
		cells = append(unpack(cells, c, 64), uint8(e&1))
	}
	line(h.NW[63], h.N[63], h.NE[63])
	for y := range 64 {
		line(h.W[y], h.C[y], h.E[y])
	}
	line(h.SW[0], h.S[0], h.SE[0])
	return cells
}

func TestStepTile(t *testing.T) { impl.TestAll(t, "kernel", testStepTile) }

func testStepTile(t *testing.T) {
	r := seeded(t)
	for i, c := range tables(r, 6) {
		h, cells := hood(r, i)
		want := StepNaive(c.t, cells, 66, 66)
		for _, n := range forced(c.t) {
			checkTile(t, c.name, n, h, want, 0, 64)
			for range 20 {
				y0 := r.IntN(65)
				checkTile(t, c.name, n, h, want, y0, y0+r.IntN(65-y0))
			}
		}
	}
}

func TestStepTileRows(t *testing.T) { impl.TestAll(t, "kernel", testStepTileRows) }

func testStepTileRows(t *testing.T) {
	r := seeded(t)
	for i, c := range tables(r, 0)[:12] {
		h, cells := hood(r, i)
		want := StepNaive(c.t, cells, 66, 66)
		n := Compile(c.t)
		for y0 := range 65 {
			for y1 := y0; y1 <= 64; y1++ {
				checkTile(t, c.name, n, h, want, y0, y1)
			}
		}
	}
}

// checkTile steps rows y0 to y1 over a dst of known cells.
func checkTile(t *testing.T, name string, n *Network, h *Hood, want []uint8, y0, y1 int) {
	t.Helper()
	dst, diff := *h.E, uint64(0)
	changed := n.StepTile(&dst, h, y0, y1)
	for y, got := range dst {
		row := h.E[y]
		if y0 <= y && y < y1 {
			row = pack(want[64*y : 64*y+64])
			diff |= row ^ h.E[y]
		}
		if got != row {
			t.Fatalf("%s, %v, rows %d to %d: row %d is %064b, want %064b", name, n.class, y0, y1, y, got, row)
		}
	}
	if changed != diff {
		t.Fatalf("%s, %v, rows %d to %d: changed %064b, want %064b", name, n.class, y0, y1, changed, diff)
	}
}

// TestStepTileSides sets each of the 66·66 cells alone, sides and corners included.
func TestStepTileSides(t *testing.T) { impl.TestAll(t, "kernel", testStepTileSides) }

func testStepTileSides(t *testing.T) {
	north := totalistic(rule.N, 2, 2)
	tables := []*rule.Table{
		totalistic(moore, 0x1fe, 0x1ff), // any neighbour alive
		totalistic(hexagonal, 0x7e, 0x7f),
		north,
		where(func(i int) bool { return i&(rule.NW|rule.E) != 0 && i != rule.NW|rule.S }),
	}
	var zero, one Tile
	for _, table := range tables {
		for _, n := range forced(table) {
			for y := -1; y <= 64; y++ {
				for x := -1; x <= 64; x++ {
					if 1 < y && y < 62 && 1 < x && x < 62 {
						continue
					}
					h := &Hood{&zero, &zero, &zero, &zero, &zero, &zero, &zero, &zero, &zero}
					tiles := [9]**Tile{&h.NW, &h.N, &h.NE, &h.W, &h.C, &h.E, &h.SW, &h.S, &h.SE}
					*tiles[(y+64)/64*3+(x+64)/64] = &one
					one[y&63] = 1 << (x & 63)
					var dst Tile
					n.StepTile(&dst, h, 0, 64)
					checkSingle(t, n, &dst, x, y)
					one[y&63] = 0
				}
			}
		}
	}
}

// checkSingle compares dst with the next generation of a lone live cell at (x, y).
func checkSingle(t *testing.T, n *Network, dst *Tile, x, y int) {
	t.Helper()
	for v := range 64 {
		var want uint64
		for dx := -1; dx <= 1; dx++ {
			if u := x + dx; v-y >= -1 && v-y <= 1 && u >= 0 && u < 64 {
				i := 1 << (3*(v-y+1) + dx + 1) // SE of the cell to the north-west, and so on
				want |= uint64(n.table.Next(i)) << u
			}
		}
		if dst[v] != want {
			t.Fatalf("%v: cell (%d,%d): row %d is %064b, want %064b", n.class, x, y, v, dst[v], want)
		}
	}
}

func TestStepTilePanics(t *testing.T) { impl.TestAll(t, "kernel", testStepTilePanics) }

func testStepTilePanics(t *testing.T) {
	n := Compile(totalistic(moore, 8, 12))
	h := &Hood{&Empty, &Empty, &Empty, &Empty, &Empty, &Empty, &Empty, &Empty, &Empty}
	var dst Tile
	for name, f := range map[string]func(){
		"y0":   func() { n.StepTile(&dst, h, -1, 3) },
		"y1":   func() { n.StepTile(&dst, h, 0, 65) },
		"swap": func() { n.StepTile(&dst, h, 3, 2) },
		"rows": func() { n.StepRows(dst[:3], dst[3:7]) },
		"gens": func() { n.Step32(&Leaf{}, &Leaf{}, &Leaf{}, &Leaf{}, &Leaf{}, 9) },
		"neg":  func() { n.Step32(&Leaf{}, &Leaf{}, &Leaf{}, &Leaf{}, &Leaf{}, -1) },
		"pair": func() { NewPair(n, n).Step32(&Leaf{}, &Leaf{}, &Leaf{}, &Leaf{}, &Leaf{}, 9, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func TestStepRows(t *testing.T) { impl.TestAll(t, "kernel", testStepRows) }

func testStepRows(t *testing.T) {
	r := seeded(t)
	for i, c := range tables(r, 4) {
		for _, size := range []int{0, 1, 2, 3, 7, 16, 65} {
			src := make([]uint64, size+2)
			var cells []uint8
			for y := range src {
				src[y] = sparse(r, i)
				cells = append(unpack(append(cells, 0), src[y], 64), 0)
			}
			want := StepNaive(c.t, cells, 66, size+2)
			for _, n := range forced(c.t) {
				dst := make([]uint64, size)
				n.StepRows(dst, src)
				for y, got := range dst {
					if row := pack(want[64*y : 64*y+64]); got != row {
						t.Fatalf("%s, %v, %d rows: row %d is %064b, want %064b", c.name, n.class, size, y, got, row)
					}
				}
			}
		}
	}
}

// leaves returns four random leaves and their 32×32 cells.
func leaves(r *rand.Rand, density int) (l [4]Leaf, cells []uint8) {
	for i := range l {
		for k := range l[i] {
			l[i][k] = sparse(r, density)
		}
	}
	for y := range 32 {
		for x := range 32 {
			cells = append(cells, leafCell(&l[y/16*2+x/16], x&15, y&15))
		}
	}
	return l, cells
}

func leafCell(l *Leaf, x, y int) uint8 { return uint8(l[y/4] >> (y%4*16 + x) & 1) }

func checkLeaf(t *testing.T, got *Leaf, cells []uint8, w int, what string) {
	t.Helper()
	margin := (w - 16) / 2
	for y := range 16 {
		for x := range 16 {
			if g, want := leafCell(got, x, y), cells[(y+margin)*w+x+margin]; g != want {
				t.Fatalf("%s: cell (%d,%d) is %d, want %d", what, x, y, g, want)
			}
		}
	}
}

func TestStep32(t *testing.T) { impl.TestAll(t, "kernel", testStep32) }

func testStep32(t *testing.T) {
	r := seeded(t)
	for i, c := range tables(r, 5) {
		l, cells := leaves(r, i)
		for gens := 0; gens <= 8; gens++ {
			if gens > 0 {
				cells = StepNaive(c.t, cells, 34-2*gens, 34-2*gens)
			}
			for _, n := range forced(c.t) {
				var out Leaf
				n.Step32(&out, &l[0], &l[1], &l[2], &l[3], gens)
				checkLeaf(t, &out, cells, 32-2*gens, fmt.Sprintf("%s, %v, %d gens", c.name, n.class, gens))
			}
		}
	}
}

func TestPair(t *testing.T) { impl.TestAll(t, "kernel", testPair) }

func testPair(t *testing.T) {
	r := seeded(t)
	all := tables(r, 3)
	for i := range 3 * len(all) {
		a, b := all[r.IntN(len(all))], all[r.IntN(len(all))]
		p := NewPair(Compile(a.t), Compile(b.t))
		for first := range 2 {
			l, cells := leaves(r, i)
			for gens := 0; gens <= 8; gens++ {
				if gens > 0 {
					table := p.Phase(first + gens - 1).Table()
					cells = StepNaive(&table, cells, 34-2*gens, 34-2*gens)
				}
				var out Leaf
				p.Step32(&out, &l[0], &l[1], &l[2], &l[3], gens, first)
				checkLeaf(t, &out, cells, 32-2*gens, fmt.Sprintf("%s|%s, first %d, %d gens", a.name, b.name, first, gens))
			}
		}
	}
}

// TestNoAllocations holds for every class and entry point.
func TestNoAllocations(t *testing.T) { impl.TestAll(t, "kernel", testNoAllocations) }

func testNoAllocations(t *testing.T) {
	r := seeded(t)
	h, _ := hood(r, 0)
	l, _ := leaves(r, 0)
	var dst Tile
	var out Leaf
	for _, c := range tables(r, 1) {
		n := Compile(c.t)
		p := NewPair(n, n)
		if a := testing.AllocsPerRun(3, func() {
			n.StepTile(&dst, h, 0, 64)
			n.StepRows(dst[1:63], h.C[:])
			n.Step32(&out, &l[0], &l[1], &l[2], &l[3], 8)
			p.Step32(&out, &l[0], &l[1], &l[2], &l[3], 8, 1)
		}); a != 0 {
			t.Errorf("%s: %v allocations", c.name, a)
		}
	}
}
