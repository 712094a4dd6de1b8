package macrocell_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"golife/life/format/macrocell"
)

// weaver writes a file and counts its nodes.
type weaver struct {
	strings.Builder
	n int
}

// node writes a line and returns the node's number.
func (w *weaver) node(format string, args ...any) int {
	fmt.Fprintf(w, format+"\n", args...)
	w.n++
	return w.n
}

// row joins squares of a level, a power of two of them, side by side in one. They
// touch its south side, or its north side.
func (w *weaver) row(level int, squares []int, isSouth bool) (int, int) {
	format := "%d %d %d 0 0"
	if isSouth {
		format = "%d 0 0 %d %d"
	}
	for ; len(squares) > 1; level++ {
		next := squares[:0:0]
		for i := 0; i < len(squares); i += 2 {
			next = append(next, w.node(format, level+1, squares[i], squares[i+1]))
		}
		squares = next
	}
	return level, squares[0]
}

// repeat joins n times the same square.
func (w *weaver) repeat(level, square, n int, isSouth bool) (int, int) {
	for ; n > 1; n /= 2 {
		level, square = w.row(level, []int{square, square}, isSouth)
	}
	return level, square
}

// weave returns a file of O(n·log n) lines with n² different squares once it is
// moved by a row, n being a power of two up to 2^15. There are n squares that
// differ in their last row: in the north they follow each other, n times, and below
// them stand n of the first, n of the second and so on.
func weave(n int) string {
	w := &weaver{}
	w.WriteString("[M2]\n")
	squares := make([]int, n)
	for i := range squares {
		var leaves [2]int
		for j, part := range [2]int{i & 0xFF, i >> 8} {
			digits := strings.NewReplacer("0", ".", "1", "*").Replace(fmt.Sprintf("%08b", part))
			leaves[j] = w.node("*$$$$$$$%s$", digits)
		}
		_, squares[i] = w.row(3, leaves[:], true)
	}
	level, turn := w.row(4, squares, true)
	level, north := w.repeat(level, turn, n, true)
	bands := make([]int, n)
	var below int
	for i, s := range squares {
		below, bands[i] = w.repeat(4, s, n, false)
	}
	_, south := w.row(below, bands, false)
	w.node("%d %d 0 %d 0", level+1, north, south)
	return w.String()
}

// TestTooManyNodes stops where a pattern would grow by a power when it is moved.
func TestTooManyNodes(t *testing.T) {
	t.Parallel()
	small := weave(16)
	if _, _, err := read(small); err != nil {
		t.Fatal(err)
	}
	_, _, err := read(small, macrocell.WithMaxNodes(300))
	if want := "more than 300 nodes: too many nodes"; !errors.Is(err, macrocell.ErrTooManyNodes) || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	big := weave(2048)
	start := time.Now()
	_, _, err = read(big)
	if !errors.Is(err, macrocell.ErrTooManyNodes) {
		t.Errorf("got %v from a file of %d bytes, want %v", err, len(big), macrocell.ErrTooManyNodes)
	}
	t.Logf("refused %d bytes in %v", len(big), time.Since(start))
}

// hungryFiles returns files of about size bytes each.
func hungryFiles(size int) []struct{ name, in string } {
	r := rand.New(rand.NewPCG(1, 2))
	repeat := func(line func(i int) string) string {
		var b strings.Builder
		b.WriteString("[M2]\n*\n4 0 0 0 1\n")
		for i := 3; b.Len() < size; i++ {
			b.WriteString(line(i))
		}
		return b.String()
	}
	return []struct{ name, in string }{
		{"leaves", repeat(func(int) string { return "*\n" })},
		{"empty leaves", repeat(func(int) string { return "$\n" })},
		{"nodes", repeat(func(int) string { return "4 0 0 0 1\n" })},
		{"chain", repeat(func(i int) string { return fmt.Sprintf("%d 0 0 0 %d\n", i+2, i-1) })},
		{"full chain", repeat(func(i int) string { return fmt.Sprintf("%d %d %[2]d %[2]d %[2]d\n", i+2, i-1) })},
		{"random pictures", repeat(func(i int) string {
			if i%9 < 8 {
				return strings.Repeat(strings.Repeat("*", r.IntN(8))+"$", r.IntN(7)) + "*\n"
			}
			return fmt.Sprintf("4 %d %d %d %d\n", i-1, i-2, i-3, i-4)
		})},
		{"comments", repeat(func(int) string { return "#\n" })},
		{"rules", repeat(func(int) string { return "#R B\n" })},
		{"generations", repeat(func(int) string { return "#G 9\n" })},
		{"frames", "[M2]\n#FRAMES 1 0 1\n" + repeat(func(i int) string { return fmt.Sprintf("#FRAME %d 2\n", i-3) })[5:]},
		{"blank lines", repeat(func(int) string { return "\n" })},
		{"weave", weave(512)},
		{"two states", strings.Replace(repeat(func(int) string { return "1 0 0 0 1\n" }), "*\n4 0 0 0 1\n", "", 1)},
		{"many states", strings.Replace(repeat(func(i int) string {
			if i%3 == 0 {
				return "1 7 0 0 1\n"
			}
			return fmt.Sprintf("%d %d 0 0 %[2]d\n", i%3+1, i-3)
		}), "*\n4 0 0 0 1\n", "#R /2/9\n", 1)},
	}
}

// TestDecodeMemory holds Decode to the bound in the package documentation, with
// input made to need much. It runs alone, as it measures all allocations.
func TestDecodeMemory(t *testing.T) {
	const perByte, constant, size = 1 << 10, 16 << 20, 60_000
	for _, tt := range hungryFiles(size) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, _, err := read(tt.in)
		runtime.ReadMemStats(&after)
		if err != nil && !errors.Is(err, macrocell.ErrTooManyNodes) {
			t.Errorf("%s: %v", tt.name, err)
		}
		got := after.TotalAlloc - before.TotalAlloc
		t.Logf("%s: %d bytes allocated a byte, %v, %v", tt.name, got/uint64(len(tt.in)), time.Since(start).Round(time.Millisecond), err)
		if got > uint64(perByte*len(tt.in)+constant) {
			t.Errorf("%s: %d bytes allocated for %d bytes of input, want at most %d a byte", tt.name, got, len(tt.in), perByte)
		}
	}
}

// TestDecodePrefixes cuts files short everywhere: what is left is a file of fewer
// nodes, or an error on its last line but for what only the whole tells.
func TestDecodePrefixes(t *testing.T) {
	t.Parallel()
	for _, in := range append(seeds, weave(8)) {
		for n := range len(in) {
			p, _, err := read(in[:n])
			var s *macrocell.SyntaxError
			switch {
			case err == nil && p == nil || err != nil && p != nil:
				t.Fatalf("%q: pattern %v, error %v", in[:n], p, err)
			case errors.As(err, &s) && (s.Line < 1 || s.Line > 1+strings.Count(in[:n], "\n")+strings.Count(in[:n], "\r") || s.Col < 1):
				t.Fatalf("%q: %v", in[:n], err)
			}
		}
	}
}
