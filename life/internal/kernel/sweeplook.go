package kernel

import "golife/life/rule"

// Sweeps of rules that are looked up keep a byte a cell from level to level: its column, which is
// what stood in the last three rows. life/internal/_asm knows the bits of it. A row of columns has
// byteVectors vectors for each of the plane's, one for each bit of its bytes, halos included and one more,
// which makes pairs of an odd number of vectors.

// byteVectors is how many vectors of bytes a vector of bits is.
const byteVectors = 8

// byteWords is the words of these.
const byteWords = byteVectors * VectorWords

// lookTable is a rule by columns for a pair of cells, the even one's first. With columns v and o of the
// pair, and x to the west of the even or to the east of the odd one, the next state is bit v of entry
// 16(o>>1) + 8(o&1) + x, where the row that a sweep reads last is bit 0 of a column.
type lookTable [2][64]uint8

// newLookTable returns the table for sweeps that go down, or up.
func newLookTable(t *rule.Table, isUp bool) (table lookTable) {
	turned := func(c int) int {
		if isUp {
			return c>>2 | c&2 | c&1<<2
		}
		return c
	}
	at := func(o, x int) int {
		// the tables are in the order of the older two, the oldest first
		return 16*(o>>1) + o&1<<3 + x
	}
	for i := range 512 {
		w, c, e := turned(column(i, 2)), turned(column(i, 1)), turned(column(i, 0))
		table[0][at(e, w)] |= t.Next(i) << c
		table[1][at(c, e)] |= t.Next(i) << w
	}
	return table
}

// looks are the tables by direction and parity of the generation.
type looks [2][2]lookTable

func newLooks(tables [2]*rule.Table) *looks {
	l := new(looks)
	for up := range l {
		for i, t := range tables {
			l[up][i] = newLookTable(t, up == 1)
		}
	}
	return l
}

// newLookSweeper is NewSweeper of any tables.
func newLookSweeper(tables [2]*rule.Table) *Sweeper {
	s := &Sweeper{class: ClassLookup, looks: newLooks(tables)}
	for i, t := range tables {
		s.polys[i] = polyOf([10][2]uint64{})
		for k := range 512 {
			if t.Next(k) != 0 {
				s.exceptions[i] = append(s.exceptions[i], k)
			}
		}
	}
	return s
}

// lookRow is the words of a row of columns.
func lookRow(width int) int { return byteWords * (width + 3) }

// Room returns how many words of w.Room a sweep of so many levels over rows of so many vectors wants.
func (s *Sweeper) Room(levels, width int) int {
	if s.looks == nil {
		return 0
	}
	return levels*lookRow(width) + VectorWords
}
