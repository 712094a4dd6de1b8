//go:build !noasm && amd64

package kernel

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
	"golife/life/rule"
)

// classOf returns the neighbourhoods of a letter.
func classOf(letter int) map[int]bool {
	all, m := map[int]bool{}, letterMember(letter)
	for range 4 {
		m = turned(m)
		all[m], all[mirrored(m)] = true, true
	}
	return all
}

// withLetters returns a random outer-totalistic rule but for some letters, each for one
// centre: letter 2·l+c is letter l with centre c.
func withLetters(r *rand.Rand, letters ...int) *rule.Table {
	return exceptLetters(totalistic(moore, r.IntN(512), r.IntN(512)), letters...)
}

func exceptLetters(total *rule.Table, letters ...int) *rule.Table {
	return where(func(i int) bool {
		next := total.Next(i) == 1
		for _, l := range letters {
			if i&rule.C/rule.C == l&1 && classOf(l >> 1)[i&moore] {
				next = !next
			}
		}
		return next
	})
}

// TestLetterClasses checks that the letters part the neighbourhoods of 1 to 7 live cells.
func TestLetterClasses(t *testing.T) {
	seen := map[int]int{}
	for l := range letters {
		for m := range classOf(l) {
			if other, ok := seen[m]; ok {
				t.Errorf("neighbourhood %d has letters %d and %d", m, other, l)
			}
			seen[m] = l
		}
	}
	if len(seen) != 254 {
		t.Errorf("%d neighbourhoods have a letter, want 254", len(seen))
	}
}

// TestLetters runs the fragment of each letter and centre, alone and with others.
func TestLetters(t *testing.T) { impl.TestAll(t, "kernel", testLetters) }

func testLetters(t *testing.T) {
	r := seeded(t)
	for l := range 2 * letters {
		name := fmt.Sprintf("letter %d, centre %d", l>>1, l&1)
		n := Compile(withLetters(r, l))
		if n.letters == nil {
			t.Fatalf("%s: no code", name)
		}
		checkLetters(t, r, name, n)
		others := r.Perm(2 * letters)[:1+r.IntN(12)]
		checkLetters(t, r, fmt.Sprint("letters ", others), Compile(withLetters(r, others...)))
	}
}

// checkLetters compares all entry points with StepNaive.
func checkLetters(t *testing.T, r *rand.Rand, name string, n *Network) {
	t.Helper()
	table, density := n.Table(), r.IntN(3)
	h, cells := hood(r, density)
	y0 := r.IntN(60)
	want := StepNaive(&table, cells, 66, 66)
	checkTile(t, name, n, h, want, 0, 64)
	checkTile(t, name, n, h, want, y0, min(64, y0+4+r.IntN(60)))
	checkTwice(t, r, name, n, n, density, AllGroups)
	l, cells := leaves(r, density)
	gens := 1 + r.IntN(8)
	for k := range gens {
		cells = StepNaive(&table, cells, 32-2*k, 32-2*k)
	}
	var out Leaf
	n.Step32(&out, &l[0], &l[1], &l[2], &l[3], gens)
	checkLeaf(t, &out, cells, 32-2*gens, fmt.Sprintf("%s, %d gens", name, gens))
}

// TestNoLetters checks that rules which are not isotropic, or have many letters, have no code.
func TestNoLetters(t *testing.T) {
	r := seeded(t)
	var many []int
	for l := range letters {
		if live := bits.OnesCount(uint(letterMember(l))); 3 <= live && live <= 5 && l%2 == 0 {
			many = append(many, 2*l)
		}
	}
	for name, table := range map[string]*rule.Table{
		"random MAP":         randomTable(r),
		"one neighbourhood":  where(func(i int) bool { return i == rule.N }),
		"every other letter": withLetters(r, many...),
	} {
		if n := Compile(table); n.letters != nil {
			t.Errorf("%s: code, want none", name)
		}
	}
	if n := Compile(withLetters(r, many[:1]...)); n.letters == nil {
		t.Error("one letter: no code")
	}
}

// TestLookupSweeps compares sweeps with any letters, and of any table, in assembly and in Go.
func TestLookupSweeps(t *testing.T) {
	if !canSweepLookups() {
		t.Skip("no assembly")
	}
	r := seeded(t)
	some := func() *rule.Table {
		if r.IntN(3) == 0 {
			return randomTable(r)
		}
		var of []int
		for range r.IntN(4) {
			of = append(of, r.IntN(2*letters))
		}
		return withLetters(r, of...)
	}
	for range 120 {
		even := some()
		odd := even
		if r.IntN(3) == 0 {
			odd = some()
		}
		s, ok := NewSweeper(even, odd)
		if !ok {
			continue
		}
		w, isOdd := randomSweep(r), r.IntN(2) == 0
		for _, name := range impl.List("kernel") {
			impl.Select("kernel", name)
			compareSweeper(t, s, even, odd, w, isOdd, name)
		}
		impl.Reset("kernel")
	}
}

// FuzzLetters compares every entry point with StepNaive for any outer-totalistic rule and
// letters, one a byte; seed makes cells.
func FuzzLetters(f *testing.F) {
	f.Add(uint64(1), uint16(1<<3), uint16(1<<3), []byte{2*5 + 1})
	f.Add(uint64(2), uint16(1<<2), uint16(3<<1), []byte{2 * 4})
	f.Fuzz(func(t *testing.T, seed uint64, birth, survival uint16, text []byte) {
		var of []int
		for _, b := range text[:min(len(text), maxLetters)] {
			of = append(of, int(b)%(2*letters))
		}
		r := rand.New(rand.NewPCG(seed, 0))
		table := exceptLetters(totalistic(moore, int(birth&511), int(survival&511)), of...)
		w := randomSweep(r)
		for _, name := range impl.List("kernel") {
			impl.Select("kernel", name)
			for _, n := range forced(table) {
				checkLetters(t, r, name, n)
			}
			compareSweep(t, table, table, w, seed&1 != 0, name)
		}
		impl.Reset("kernel")
	})
}
