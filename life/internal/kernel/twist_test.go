package kernel

import (
	"fmt"
	"slices"
	"testing"

	"golife/life/internal/impl"
)

// TestTwist: what Twist and Turn add to halos, cell by cell, and that they change nothing else.
func TestTwist(t *testing.T) {
	rnd := seeded(t)
	impl.TestAll(t, "kernel", func(t *testing.T) {
		for i := range 40 {
			width := 1 + i/2%9
			e := Edge{Width: width, Columns: 64 * width}
			if i%2 == 1 {
				e.Columns = 64*(width-1) + 1 + rnd.IntN(64)
			}
			const row0 = 3 // words before, and behind
			stride, rows := VectorWords*(width+2)+rnd.IntN(2)*VectorWords, turnedRows*width
			made := func(rows int) []uint64 {
				words := make([]uint64, rows*stride+2*row0)
				for i := range words {
					words[i] = rnd.Uint64()
				}
				e.Close(words[row0:], stride, rows)
				return words
			}
			cell := func(words []uint64, lane, row, x int) uint64 {
				c := e.Column(x)
				return words[row0+row*stride+c.Word+lane] >> c.Bit & 1
			}
			// beyond sets the cells to the west and east of a row.
			beyond := func(words []uint64, lane, row int, west, east uint64) {
				r := words[row0+row*stride:][:VectorWords*(width+2)]
				r[lane] |= west
				if e.Columns == 64*width {
					r[len(r)-VectorWords+lane] |= east << 63
					return
				}
				c := e.Column(e.Columns)
				r[c.Word+lane] |= east << c.Bit
				r[len(r)-VectorWords+lane] = r[VectorWords+lane] >> 1
			}
			for n := range 7 {
				dst, src := made(n), made(n)
				for _, from := range [][]uint64{src, dst} {
					got, want := slices.Clone(dst), slices.Clone(dst)
					for r := range n {
						for l := range VectorWords {
							beyond(want, l, r, cell(from, VectorWords-1-l, n-1-r, e.Columns-1), cell(from, VectorWords-1-l, n-1-r, 0))
						}
					}
					if &from[0] == &dst[0] {
						from = got
					}
					e.Twist(got[row0:], from[row0:], stride, n)
					compare(t, got, want, "Twist, width %d, %d rows", width, n)
				}
			}
			if i%2 == 1 {
				continue // Turn wants full rows
			}
			words, north, south := made(rows), made(1), made(1)
			got, want := slices.Clone(words), slices.Clone(words)
			gotN, gotS := slices.Clone(north), slices.Clone(south)
			for y := range VectorWords * rows {
				l, r, c := y/rows, y%rows, e.Column(y)
				beyond(want, l, r, cell(words, 0, 0, y), cell(words, VectorWords-1, rows-1, y))
				set := func(w *uint64, v uint64) { *w = *w&^(1<<c.Bit) | v<<c.Bit }
				set(&north[row0+c.Word+VectorWords-1], cell(words, l, r, 0))
				set(&south[row0+c.Word], cell(words, l, r, 64*width-1))
			}
			e.Turn(got[row0:], stride, gotN[row0:], gotS[row0:])
			// Only one word of each vector counts, and its halos.
			for l, pair := range map[int][2][]uint64{VectorWords - 1: {gotN, north}, 0: {gotS, south}} {
				e.Close(pair[1][row0:], stride, 1)
				for i := l; i < VectorWords*(width+2); i += VectorWords {
					if g, w := pair[0][row0+i], pair[1][row0+i]; g != w {
						t.Fatalf("Turn, width %d, word %d: got %x, want %x", width, i, g, w)
					}
				}
			}
			compare(t, got, want, "Turn, width %d", width)
		}
	})
}

// compare fails where the first words differ.
func compare(t *testing.T, got, want []uint64, format string, args ...any) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s: word %d is %x, want %x", fmt.Sprintf(format, args...), i, got[i], want[i])
		}
	}
}
