package kernel

import (
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
)

func TestCopyEdges(t *testing.T) { impl.TestAll(t, "kernel", testCopyEdges) }

// testCopyEdges compares with copies cell by cell, also of no rows and of rows that do
// not count.
func testCopyEdges(t *testing.T) {
	r := seeded(t)
	for range 2000 {
		src, _ := sheet(r, r.IntN(3))
		rows := someRows(r)
		checkCopy(t, "west", CopyWest, r, &src, rows, 62, 2)
		checkCopy(t, "east", CopyEast, r, &src, rows, 0, 60)
	}
}

// checkCopy calls f with a tile whose columns to and to+1 have, but for some cells of
// the given rows, what src has in columns from and from+1.
func checkCopy(t *testing.T, name string, f func(q, t *Tile, rows uint64) uint64, r *rand.Rand, src *Tile, rows uint64, to, from int) {
	t.Helper()
	q, _ := sheet(r, r.IntN(3))
	want := q
	var changed uint64
	for y := 2; y < 62; y++ {
		for i := range 2 {
			bit := src[y] >> (from + i) & 1
			want[y] = want[y]&^(1<<(to+i)) | bit<<(to+i)
			if isOther := rows>>y&1 == 1 && r.IntN(2) == 0; isOther {
				bit ^= 1
				changed |= 1 << y
			}
			q[y] = q[y]&^(1<<(to+i)) | bit<<(to+i)
		}
	}
	if got := f(&q, src, rows); got != changed {
		t.Fatalf("%s, rows %064b: %064b, want %064b", name, rows, got, changed)
	}
	if q != want {
		t.Fatalf("%s, rows %064b: cells differ", name, rows)
	}
}

// someRows returns rows of a tile: few, many or runs of them.
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
