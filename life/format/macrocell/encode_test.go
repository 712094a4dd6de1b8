package macrocell_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/life/rule"
)

var update = flag.Bool("update", false, "rewrite golden files")

// encode returns p as text.
func encode(t testing.TB, p *life.Pattern) string {
	t.Helper()
	var b bytes.Buffer
	if err := macrocell.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// roundTrip writes p, reads it strictly and compares.
func roundTrip(t testing.TB, p *life.Pattern) string {
	t.Helper()
	text := encode(t, p)
	q, err := macrocell.Decode(strings.NewReader(text), macrocell.WithStrict())
	if err != nil {
		t.Fatalf("%v in %.1000q", err, text)
	}
	if !q.Equal(p) {
		t.Fatalf("another pattern comes back from %.1000q", text)
	}
	if again := encode(t, q); len(p.Comments()) == 0 && again != text {
		t.Fatalf("written again %.1000q, want %.1000q", again, text)
	}
	return text
}

// cellsOf returns a Builder with cells x, y, state.
func cellsOf(rs string, cells ...[3]int64) *life.Builder {
	b := life.NewBuilder(rule.MustParse(rs))
	for _, c := range cells {
		b.Set(c[0], c[1], life.State(c[2]))
	}
	return b
}

// goldens returns patterns by the names of their files, which end in the population.
func goldens(t *testing.T) map[string]*life.Pattern {
	t.Helper()
	far := cellsOf("B3/S23")
	for i := range int64(5) {
		far.Set(i*1_000_000_007-1<<62, i<<60, 1)
	}
	far.SetGeneration(new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil))
	glider := cellsOf("B3/S23", [3]int64{1, 0, 1}, [3]int64{2, 1, 1}, [3]int64{0, 2, 1}, [3]int64{1, 2, 1}, [3]int64{2, 2, 1})
	for _, c := range []life.Comment{{Key: 'N', Text: "Glider"}, {Key: 'C', Text: "two\nlines"}, {Key: '!', Text: ""}} {
		glider.AddComment(c)
	}
	rows := cellsOf("B36/S23")
	for y := range int64(3) {
		if err := rows.SetRun(-1e12, 100*y, 2e12, 1); err != nil {
			t.Fatal(err)
		}
	}
	states := cellsOf("/2/256")
	for i := range int64(300) {
		states.Set(i%20-10, i/20-5, life.State(i%256))
	}
	return map[string]*life.Pattern{
		"empty-0": cellsOf("B3/S23:T30,20").Pattern(), "glider-5": glider.Pattern(), "far-5": far.Pattern(),
		"rows-6e12": rows.Pattern(), "states-298": states.Pattern(),
		"wireworld-4": cellsOf("WireWorld", [3]int64{0, 0, 1}, [3]int64{1, 0, 2}, [3]int64{8, 8, 3}, [3]int64{-9, 1, 3}).Pattern(),
	}
}

// TestGolden compares what Encode writes with files of which bgolly 3.3 has found
// the population that is in their names.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, p := range goldens(t) {
		text := roundTrip(t, p)
		file := filepath.Join("testdata", name+".mc")
		if *update {
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// randomPattern returns clusters of cells and runs at random places, up to
// 2^reach from the origin.
func randomPattern(rnd *rand.Rand, rulestring string, reach int) *life.Pattern {
	r := rule.MustParse(rulestring)
	b := life.NewBuilder(r)
	b.SetGeneration(new(big.Int).Lsh(big.NewInt(rnd.Int64()), uint(rnd.IntN(100))))
	place := func() int64 { return rnd.Int64() >> (62 - rnd.IntN(reach+1)) * int64(1-2*rnd.IntN(2)) }
	for range 1 + rnd.IntN(4) {
		x, y, side := place(), place(), 1+rnd.Int64N(20)
		for range rnd.IntN(200) {
			b.Set(x+rnd.Int64N(side), y+rnd.Int64N(side), life.State(1+rnd.IntN(r.States()-1)))
		}
		if rnd.IntN(3) == 0 {
			b.SetRun(x, y, place(), life.State(1+rnd.IntN(r.States()-1)))
		}
	}
	return b.Pattern()
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(4, 8))
	n := 600
	if testing.Short() {
		n = 60
	}
	for i := range n {
		rs := []string{"B3/S23", "B0/S", "B36/S23:T0,0", "/2/3", "/2/256", "WireWorld"}[i%6]
		p := randomPattern(rnd, rs, []int{4, 8, 20, 61}[i%4])
		roundTrip(t, p)
		if i%10 == 0 { // beyond int64
			far := func() *big.Int { return new(big.Int).Lsh(big.NewInt(rnd.Int64()-1<<62), uint(rnd.IntN(300))) }
			roundTrip(t, p.Translate(far(), far()))
		}
	}
}

// TestRoundTripRows moves every single row and column of a square.
func TestRoundTripRows(t *testing.T) {
	t.Parallel()
	for _, rs := range []string{"B3/S23", "/2/7"} {
		for x := int64(-18); x <= 18; x++ {
			for y := int64(-18); y <= 18; y++ {
				b := life.NewBuilder(rule.MustParse(rs))
				b.Set(x, y, 1)
				b.Set(3*x, -y, 1)
				roundTrip(t, b.Pattern())
			}
		}
	}
}

func TestEncodeComments(t *testing.T) {
	t.Parallel()
	p := life.NewBuilder(rule.MustParse("B3/S23")).Pattern().WithComments([]life.Comment{
		{Key: 'N', Text: "Name"}, {Key: 'C', Text: "a\r\nb\rc\n"}, {Key: 'R', Text: "B36/S23"}, {Key: 'G', Text: "5"},
		{Key: '!', Text: "after"}, {Key: 'c', Text: " x "}, {Key: 'F', Text: "RAMES 1 0 1"}, {Key: 'Q'}, {Key: 200, Text: "NUL \x00"},
	})
	want := "[M2] (golife)\n#R B3/S23\n#N Name\n#C a\n#C b\n#C c\n#C\n#C B36/S23\n#C 5\n#C after\n#C  x \n#F RAMES 1 0 1\n#Q\n#C NUL \uFFFD\n"
	if diff := cmp.Diff(want, roundTrip(t, p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEncodeError(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	r := rand.New(rand.NewPCG(1, 1))
	for _, rulestring := range []string{"B3/S23", "/2/4"} {
		b := life.NewBuilder(rule.MustParse(rulestring))
		for range 40_000 { // far more than a buffer
			b.Set(r.Int64N(600), r.Int64N(600), 1)
		}
		p := b.Pattern()
		for _, room := range []int{0, 1, 5_000, 70_000} {
			if err := macrocell.Encode(&failing{room, full}, p); !errors.Is(err, full) {
				t.Errorf("rule %s, room for %d bytes: got %v, want %v", rulestring, room, err, full)
			}
		}
	}
}

// failing is a writer with little room.
type failing struct {
	room int
	err  error
}

func (w *failing) Write(b []byte) (int, error) {
	n := min(w.room, len(b))
	if w.room -= n; n < len(b) {
		return n, w.err
	}
	return n, nil
}

// TestReference compares Decode with a reader that lists the cells one by one, on
// files of random nodes, of which many are equal or empty.
func TestReference(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(15, 16))
	n := 400
	if testing.Short() {
		n = 50
	}
	for range n {
		r := rule.MustParse([]string{"B3/S23", "/2/4"}[rnd.IntN(2)])
		text, want := randomFile(rnd, r)
		p, _, err := read(text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if !p.SameCells(want) {
			t.Fatalf("got %s, want %s, from\n%s", body(t, p), body(t, want), text)
		}
		roundTrip(t, p)
	}
}

// square is a node of a random file: its cells, row-major.
type square struct {
	level int
	cells []life.State
}

// randomFile returns a file and its pattern, made from cells alone.
func randomFile(rnd *rand.Rand, r *rule.Rule) (string, *life.Pattern) {
	var text strings.Builder
	fmt.Fprintf(&text, "[M2] random\n#R %s\n", r)
	squares := []square{{}}
	for range 1 + rnd.IntN(60) {
		s := square{level: 3}
		if r.States() == 2 && rnd.IntN(3) > 0 || rnd.IntN(30) == 0 {
			s.cells = randomPicture(rnd, &text)
		} else {
			s = randomNode(rnd, &text, squares, r.States())
		}
		squares = append(squares, s)
	}
	last := squares[len(squares)-1]
	b := life.NewBuilder(r)
	side := int64(1) << last.level
	for i, v := range last.cells {
		b.Set(int64(i)%side-side/2, int64(i)/side-side/2+1, v)
	}
	return text.String(), b.Pattern()
}

// randomPicture writes a leaf and returns its cells.
func randomPicture(rnd *rand.Rand, text *strings.Builder) []life.State {
	cells := make([]life.State, 64)
	for y := range rnd.IntN(9) {
		for x := range rnd.IntN(9) {
			cells[8*y+x] = life.State(rnd.IntN(2))
			text.WriteByte(".*"[cells[8*y+x]])
		}
		text.WriteByte('$')
	}
	if !strings.HasSuffix(text.String(), "$") {
		text.WriteByte('$') // an empty leaf
	}
	text.WriteByte('\n')
	return cells
}

// randomNode writes a node on some of the squares and returns its cells.
func randomNode(rnd *rand.Rand, text *strings.Builder, squares []square, states int) square {
	level := squares[rnd.IntN(len(squares))].level + 1
	if level > 8 {
		level = 1
	}
	s := square{level, make([]life.State, 1<<(2*level))}
	fmt.Fprint(text, level)
	for i := range 4 {
		if level == 1 {
			s.cells[i] = life.State(rnd.IntN(states))
			fmt.Fprint(text, " ", s.cells[i])
			continue
		}
		n := rnd.IntN(len(squares))
		if squares[n].level != level-1 {
			n = 0
		}
		fmt.Fprint(text, " ", n)
		half := 1 << (level - 1)
		for j, v := range squares[n].cells {
			if n > 0 {
				s.cells[(i>>1*half+j/half)*2*half+i&1*half+j%half] = v
			}
		}
	}
	text.WriteByte('\n')
	return s
}
