package kernel

import (
	"fmt"
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

// someGroups returns groups to step: runs and gaps of all lengths.
func someGroups(r *rand.Rand) (groups uint64) {
	for i := 0; i < 15; {
		n := 1 + r.IntN(1<<r.IntN(4))
		if r.IntN(2) == 0 {
			groups |= (1<<(4*n) - 1) << (4 * i)
		}
		i += n
	}
	return groups & AllGroups
}

// TestGroups compares Groups with its definition.
func TestGroups(t *testing.T) {
	r := seeded(t)
	for range 1000 {
		changed := ^uint64(0)
		for range r.IntN(7) {
			changed &= r.Uint64()
		}
		var want uint64
		for i := range 15 {
			if changed>>(4*i)&0xff != 0 {
				want |= 1 << (4 * i)
			}
		}
		if got := Groups(changed); got != want {
			t.Fatalf("Groups(%064b) = %064b, want %064b", changed, got, want)
		}
	}
}

// twiceNaive is StepTwice cell by cell.
func twiceNaive(a, b *Network, s *Tile, cells []uint8, groups uint64) (c Change) {
	p, q := a.Table(), b.Table()
	cells = StepNaive(&q, StepNaive(&p, cells, 64, 64), 62, 62)
	for y := 2; y < 62; y++ {
		if groups>>((y-2)/4*4)&1 == 0 {
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
			checkTwice(t, r, c.name, n, n, i, AllGroups)
			for range 2 {
				checkTwice(t, r, c.name, n, n, i, someGroups(r), someGroups(r), 0, someGroups(r))
			}
		}
		other := Compile(all[r.IntN(len(all))].t)
		checkTwice(t, r, c.name+" and another", Compile(c.t), other, i, someGroups(r))
	}
	n := Compile(all[0].t)
	StepTwice(n, n, nil, nil)
}

// checkTwice makes one call with a visit for each of groups.
func checkTwice(t *testing.T, r *rand.Rand, name string, a, b *Network, density int, groups ...uint64) {
	t.Helper()
	var visits, want []Visit
	for _, g := range groups {
		s, cells := sheet(r, density)
		if r.IntN(3) == 0 { // few changes, so that masks are sparse
			s, cells = Tile{}, make([]uint8, 64*64)
			x, y := r.IntN(64), r.IntN(64)
			s[y], cells[64*y+x] = 1<<x, 1
		}
		next := s
		want = append(want, Visit{&Site{Rows: next}, g, twiceNaive(a, b, &next, cells, g), 0})
		want[len(want)-1].Site.Rows = next
		visits = append(visits, Visit{&Site{Rows: s}, g, Change{r.Uint64(), r.Uint64(), r.Uint64()}, 0})
	}
	StepTwice(a, b, visits, nil)
	for i, v := range visits {
		what := fmt.Sprintf("%s, %v and %v, visit %d of %d, groups %064b", name, a.class, b.class, i, len(visits), groups[i])
		if v.Groups != groups[i] || v.Change != want[i].Change {
			t.Fatalf("%s: %x, want %x", what, v.Change, want[i].Change)
		}
		for y, row := range v.Site.Rows {
			if row != want[i].Site.Rows[y] {
				t.Fatalf("%s: row %d is %064b, want %064b", what, y, row, want[i].Site.Rows[y])
			}
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
			visits := []Visit{{Site: &Site{Rows: s}, Groups: someGroups(r)}}
			if a := testing.AllocsPerRun(3, func() { StepTwice(n, n, visits, nil) }); a != 0 {
				t.Errorf("%s: %v allocations", c.name, a)
			}
		}
	})
}
