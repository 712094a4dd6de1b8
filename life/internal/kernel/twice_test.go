package kernel

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
)

// sheet returns random cells, and those of its first generations that follow from
// them alone: 62×62 and 60×60.
func sheet(r *rand.Rand, density int) (s Tile, cells []uint8) {
	for y := range s {
		s[y] = sparse(r, density)
	}
	for _, row := range s {
		cells = unpack(cells, row, 64)
	}
	return s, cells
}

// someRows returns rows to step: runs and gaps of all lengths.
func someRows(r *rand.Rand) (rows uint64) {
	for y := 0; y < 64; {
		n := 1 + r.IntN(1<<r.IntN(6))
		if r.IntN(2) == 0 {
			rows |= (1<<n - 1) << y
		}
		y += n
	}
	return rows
}

// twiceNaive is StepTwice cell by cell.
func twiceNaive(a, b *Network, s *Tile, cells []uint8, rows uint64) (c Change) {
	p, q := a.Table(), b.Table()
	cells = StepNaive(&q, StepNaive(&p, cells, 64, 64), 62, 62)
	for y := 2; y < 62; y++ {
		group := (y-2)/4*4 + 2
		if rows>>group&15 == 0 {
			continue
		}
		d := (pack(cells[60*(y-2):60*(y-1)])<<2 ^ s[y]) & OwnColumns
		s[y] ^= d
		c.Columns |= d
		if d != 0 {
			c.Rows |= 1 << y
		}
		if d&EdgeColumns != 0 {
			c.Sides |= 1 << y
		}
	}
	return c
}

func TestStepTwice(t *testing.T) { impl.TestAll(t, "kernel", testStepTwice) }

func testStepTwice(t *testing.T) {
	r := seeded(t)
	all := tables(r, 4)
	for i, c := range all {
		for _, n := range forced(c.t) {
			checkTwice(t, r, c.name, n, n, i, ^uint64(0))
			for range 8 {
				checkTwice(t, r, c.name, n, n, i, someRows(r))
			}
		}
		other := Compile(all[r.IntN(len(all))].t)
		checkTwice(t, r, c.name+" and another", Compile(c.t), other, i, someRows(r))
	}
}

func checkTwice(t *testing.T, r *rand.Rand, name string, a, b *Network, density int, rows uint64) {
	t.Helper()
	got, cells := sheet(r, density)
	if r.IntN(3) == 0 { // few changes, so that masks are sparse
		got, cells = Tile{}, make([]uint8, 64*64)
		x, y := r.IntN(64), r.IntN(64)
		got[y], cells[64*y+x] = 1<<x, 1
	}
	want := got
	changed := twiceNaive(a, b, &want, cells, rows)
	if c := StepTwice(a, b, &got, rows); c != changed {
		t.Fatalf("%s, %v and %v, rows %064b: %x, want %x", name, a.class, b.class, rows, c, changed)
	}
	for y := range got {
		if got[y] != want[y] {
			t.Fatalf("%s, %v and %v, rows %064b: row %d is %064b, want %064b", name, a.class, b.class, rows, y, got[y], want[y])
		}
	}
}

// TestMerge compares merge with the same, cell by cell.
func TestMerge(t *testing.T) { impl.TestAll(t, "kernel", testMerge) }

func testMerge(t *testing.T) {
	r := seeded(t)
	for n := range 61 {
		var dst, src, want [60]uint64
		var c Change
		for y := range n {
			dst[y] = r.Uint64()
			if src[y] = dst[y]; r.IntN(2) == 0 {
				src[y] ^= 1 << r.IntN(64)
			}
			want[y] = dst[y]&^OwnColumns | src[y]&OwnColumns
			d := (dst[y] ^ src[y]) & OwnColumns
			c.Columns |= d
			c.Rows |= uint64(bits.OnesCount64(d)&1) << y
			c.Sides |= uint64(bits.OnesCount64(d&EdgeColumns)&1) << y
		}
		if got := merge(dst[:n], src[:n]); got != c || dst != want {
			t.Fatalf("merge of %d rows: %x, want %x", n, got, c)
		}
	}
}

func TestStepTwiceDoesNotAllocate(t *testing.T) {
	impl.TestAll(t, "kernel", func(t *testing.T) {
		r := seeded(t)
		s, _ := sheet(r, 0)
		for _, c := range tables(r, 1) {
			n := Compile(c.t)
			if a := testing.AllocsPerRun(3, func() { StepTwice(n, n, &s, someRows(r)) }); a != 0 {
				t.Errorf("%s: %v allocations", c.name, a)
			}
		}
	})
}
