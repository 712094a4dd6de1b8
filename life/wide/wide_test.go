package wide

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/internal/impl"
	"golife/life/lifetest"
	"golife/life/rule"
)

// bosco is Kellie Evans' rule of bugs.
const bosco = "R5,C0,M1,S34..58,B34..45,NM"

// rules has each family, background, size of count and kind of neighbourhood; the first
// six are symmetric.
var rules = []string{
	bosco, "R2,C0,S6-11,B9-11,NN", "R3,C0,M0,S0..28,B0..20,NC", "R2,C5,S2,5-9,B4-7,15,NG",
	"R1,C0,M1,S1..1,B1..1,NN", "R8,C0,M0,S163..223,B74..252,NM",
	"R2,C0,M1,S0..9,B0..4,NM", "R3,C4,M1,S3..9,B5..8,N3", "R2,C0,S8-14,B6-9,NL", "R4,C0,S3,5-9,B0,4-7,NX",
	"R3,C0,M0,S0..28,B12..20,NC|R3,C0,S8-17,B9-14,NC", "R2,C3,S2-5,B3,NN|R2,C3,S,B2-4,NN", "R2,C0,S5-9,B0,NM|R2,C0,M1,S3..24,B6..8,NM",
	"R1,C3,S1-3,B2,NW12321f4f1,013", "R1,C2,S0-9,B0-7,NW123210421,03", "R2,C0,S2,3,B3,N@891891H",
}

var conformance = lifetest.Config{
	New:            func(r *rule.Rule) (life.Engine, error) { return New(r) },
	Rules:          rules,
	Alternating:    true,
	MaxGenerations: 30,
	Name:           "wide",
}

func TestConformance(t *testing.T) {
	impl.TestAll(t, "wide", func(t *testing.T) { lifetest.Run(t, conformance) })
}

func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, conformance) }

// TestGridConformance is the suite on grids.
func TestGridConformance(t *testing.T) {
	for _, s := range []string{bosco + ":T64,64", "R2,C5,S2,5-9,B4-7,15,NG:P17,70", "R3,C0,M0,S0..28,B0..20,NC:T9+3,40"} {
		t.Run(s, func(t *testing.T) { lifetest.RunGrid(t, conformance, s) })
	}
}

// TestPairs runs soups under two rules in turn, and compares each generation.
func TestPairs(t *testing.T) {
	rnd, seed := random(17)
	for n := 0; n < 40; {
		name := randomPair(rnd)
		if _, err := rule.Parse(name); err != nil { // another neighbourhood, or a background of period 4
			continue
		}
		n++
		w, _ := rule.MustParse(name).Wide()
		grid := []string{"", ":T40,50", ":P60,33"}[n%3]
		name += grid
		rect := life.Rt(-9, -8, 17, 15)
		soup := lifetest.Soup{Rule: name, Seed: rnd.Uint64(), Rect: rect, Density: 20 + rnd.IntN(200), Generation: int64(n % 2)}
		e, m := lifetest.Loaded(t, soup.Pattern(), New), lifetest.Naive(t, soup.Pattern())
		for range 8 {
			lifetest.Advance(t, e, 1)
			lifetest.Advance(t, m, 1)
			if d := lifetest.Diff(e, m.Snapshot()); d != "" {
				t.Fatalf("%s: %v, range %d, generation %v: %s", seed, soup, w.Range, e.Generation(), d)
			}
		}
	}
}

// randomPair returns two rules of one neighbourhood.
func randomPair(rnd *rand.Rand) string {
	letter := "MNC2BD+X*#HA3LG"[rnd.IntN(15)]
	first := randomRule(rnd, letter, 1+rnd.IntN(3))
	r, _ := rule.MustParse(first).Wide()
	return first + "|" + randomRule(rnd, letter, r.Range)
}

// random returns a generator and, for messages, its seed.
func random(stream uint64) (*rand.Rand, string) {
	return rand.New(rand.NewPCG(lifetest.Seed(), stream)), fmt.Sprintf("GOLIFE_SEED=%d", lifetest.Seed())
}

// counts returns up to n intervals of numbers from lo to hi, as a list for a rulestring.
func counts(rnd *rand.Rand, n, lo, hi int) string {
	var list []string
	if rnd.IntN(5) == 0 { // more than are looked through one by one
		n *= 9
	}
	for range rnd.IntN(n + 1) {
		from := lo + rnd.IntN(hi-lo+1)
		to := min(hi, from+rnd.IntN(1+(hi-lo)/4))
		list = append(list, fmt.Sprintf("%d-%d", from, to))
	}
	return strings.Join(list, ",")
}

// randomRule returns the rulestring of a random rule of some range with the neighbourhood
// of a letter.
func randomRule(rnd *rand.Rand, letter byte, r int) string {
	states := 0
	if rnd.IntN(2) == 0 {
		states = 3 + rnd.IntN(9)
		if rnd.IntN(4) == 0 {
			states = 3 + rnd.IntN(253)
		}
	}
	hood := string(letter) + randomHood(rnd, letter, r, &states)
	for {
		base, err := rule.Parse(fmt.Sprintf("R%d,C%d,S,B1,N%s", r, states, hood))
		if err != nil {
			panic(err) // a rule of no birth but on 1 is one for all neighbourhoods
		}
		w, _ := base.Wide()
		most := w.MaxCount()
		if most == 0 {
			continue
		}
		text := fmt.Sprintf("R%d,C%d,S%s,B%s,N%s", r, states, counts(rnd, 3, 0, most), counts(rnd, 3, 1, most), hood)
		switch rnd.IntN(4) {
		case 0: // birth without neighbours
			if states == 0 {
				text = fmt.Sprintf("R%d,C0,S%s,B0-%d,N%s", r, counts(rnd, 3, 0, most), rnd.IntN(most+1), hood)
			}
		case 1:
			lo := 1 + rnd.IntN(most)
			s := rnd.IntN(most + 1)
			text = fmt.Sprintf("R%d,C%d,M%d,S%d..%d,B%d..%d,N%s", r, states, rnd.IntN(2), s, s+rnd.IntN(most-s+1), lo, lo+rnd.IntN(most-lo+1), hood)
		}
		if _, err := rule.Parse(text); err == nil {
			return text
		}
	}
}

// randomHood returns what follows the letter of a neighbourhood, and may set the number of
// states.
func randomHood(rnd *rand.Rand, letter byte, r int, states *int) string {
	digits := func(n int, of string) string {
		text := make([]byte, n)
		for i := range text {
			text[i] = of[rnd.IntN(len(of))]
		}
		return string(text)
	}
	cells := (2*r + 1) * (2*r + 1)
	tiling := []string{"", "H", "L"}[rnd.IntN(3)]
	switch letter {
	case '@':
		return "f" + digits((cells-1)/4-1, "0123456789abcdef") + tiling
	case 'W':
		weights := "7" + digits(cells-1, "0123456789abcdef")
		if rnd.IntN(2) == 0 {
			weights = "07" + digits(2*cells-2, "012389abf")
		}
		if rnd.IntN(2) == 0 && *states < 20 {
			*states = max(*states, 2)
			weights += ",0" + digits(1, "123") + digits(*states-2, "0123")
		}
		return weights + tiling
	}
	return ""
}

// soup returns random cells of a rectangle, of which density in 256 are not in state 0;
// half of these are in state 1.
func soup(rnd *rand.Rand, rulestring string, r life.Rect, density int) *life.Pattern {
	b := life.NewBuilder(rule.MustParse(rulestring))
	states := b.Rule().States()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if rnd.IntN(256) >= density {
				continue
			}
			s := 1
			if rnd.IntN(2) == 0 {
				s += rnd.IntN(states - 1)
			}
			b.Set(x, y, life.State(s))
		}
	}
	return b.Pattern()
}

func loaded(t testing.TB, p *life.Pattern, opts ...Option) *Engine {
	t.Helper()
	return lifetest.Loaded(t, p, New, opts...)
}

// same stops the test when e is not want, or not fit to go on.
func same(t testing.TB, e *Engine, want life.Engine, what string) {
	t.Helper()
	if d := lifetest.DiffPatterns(e.Snapshot(), want.Snapshot()); d != "" {
		t.Fatalf("%s: %s", what, d)
	}
	if err := e.u.verify(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// verify checks what the package comment says of a universe.
func (u *universe) verify() error {
	queued, filled := map[*tile]bool{}, 0
	for _, t := range u.queue {
		if queued[t] || t.todo.IsEmpty() || u.index[t.at] != t {
			return fmt.Errorf("tile %v is on the queue twice, or without cells to be computed, or not in the index", t.at)
		}
		queued[t] = true
	}
	for at, t := range u.index {
		if t.at != at || t.fresh[0] != nil || !t.diff.IsEmpty() || intersection(t.todo, intersection(u.rect(at), u.grid.rect)) != t.todo {
			return fmt.Errorf("tile %v is elsewhere, or a pass has not ended", t.at)
		}
		if t.cells[0] == nil {
			if !queued[t] {
				return fmt.Errorf("tile %v has no cells and is not on the queue", t.at)
			}
			continue
		}
		filled++
		if n := int64(population(u.now(t))); t.count >= 0 && t.count != n {
			return fmt.Errorf("tile %v has %d cells, counted %d", t.at, n, t.count)
		}
		r := u.rect(at)
		for i := range t.cells[0] {
			p := r.Min.Add(life.Point{X: int64(i & (u.side() - 1)), Y: int64(i >> u.log)})
			if t.cells[0][i] != t.cells[1][i] && !t.todo.Contains(p) {
				return fmt.Errorf("cell %v differs and is not to be computed", p)
			}
		}
	}
	if filled != u.filled || u.taken != 2*filled+len(u.pool) {
		return fmt.Errorf("%d tiles with cells, counted %d; %d squares, %d of them not used", filled, u.filled, u.taken, len(u.pool))
	}
	for _, cells := range u.pool {
		if !isEmpty(cells) {
			return errors.New("cells that are not used are not empty")
		}
	}
	return nil
}

// place returns a coordinate that is near the edge of a tile, most often.
func place(rnd *rand.Rand, e *Engine) int64 {
	return int64(e.u.side())*(rnd.Int64N(4)-2) + rnd.Int64N(9) - 4
}

// edit sets some cells near edges of tiles, in both universes.
func edit(t *testing.T, rnd *rand.Rand, e *Engine, m life.Editor) bool {
	t.Helper()
	return lifetest.Edit(t, rnd, 1+rnd.IntN(5), e, m, func() life.Point { return life.Point{X: place(rnd, e), Y: place(rnd, e)} })
}

// letters are those of all neighbourhoods.
const letters = "MNC2BD+X*#HA3LG@W"

// TestModel runs soups at the edges of tiles under rules of all neighbourhoods, with edits on
// the way, and compares each generation.
func TestModel(t *testing.T) {
	rnd, seed := random(1)
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	impl.TestAll(t, "wide", func(t *testing.T) {
		for range rounds {
			for i := range letters {
				r := 1 + rnd.IntN(3)
				if rnd.IntN(2) == 0 {
					r = 1 + rnd.IntN(12)
				}
				name := randomRule(rnd, letters[i], r)
				checkModel(t, rnd, seed+" rule "+name, name, 50, 5)
			}
		}
	})
}

// TestLargeRanges is TestModel for ranges that are larger than most neighbourhoods in use, and
// for counts that take 32 bits.
func TestLargeRanges(t *testing.T) {
	rnd, seed := random(2)
	names := []string{"R130,C0,M1,S2000..9000,B1000..4000,NM", "R20,C4,S9000-90000,B4000-50000,NG", "R60,C0,M0,S10..4000,B0..9,NC"}
	names = append(names, randomRule(rnd, "MNC2BD+X*#HA3L"[rnd.IntN(14)], 40+rnd.IntN(20)))
	if testing.Short() {
		names = names[:1]
	}
	impl.TestAll(t, "wide", func(t *testing.T) {
		for _, name := range names {
			checkModel(t, rnd, seed+" rule "+name, name, 100, 2)
		}
	})
}

// checkModel runs a soup of some size at the edges of tiles, with edits on the way, and
// compares each generation.
func checkModel(t *testing.T, rnd *rand.Rand, what, name string, size int64, generations int) {
	t.Helper()
	e, err := New(rule.MustParse(name))
	if err != nil {
		t.Fatal(err)
	}
	p := soup(rnd, name, life.Rt(place(rnd, e), place(rnd, e), 1+rnd.Int64N(size), 1+rnd.Int64N(size)), 20+rnd.IntN(200))
	e, m := loaded(t, p), lifetest.Naive(t, p)
	edit := func() bool { return rnd.IntN(3) == 0 && edit(t, rnd, e, m) }
	lifetest.Duel(t, e, m, generations, edit, func(when string) { same(t, e, m, what+" "+when) })
}

// TestIntegrals: each integral gives the right counts for each neighbourhood, also where
// another one is chosen.
func TestIntegrals(t *testing.T) {
	rnd, seed := random(3)
	for i := range letters {
		name := randomRule(rnd, letters[i], 1+rnd.IntN(5))
		w, _ := rule.MustParse(name).Wide()
		for _, factors := range menu {
			impl.TestAll(t, "wide", func(t *testing.T) {
				p := soup(rnd, name, life.Rt(-20, -20, 40, 40), 128)
				e, m := loaded(t, p), lifetest.Naive(t, p)
				centre := []int{e.u.law.centre} // the decisions were made for that one
				e.u.law.integral = integralBy(factors, hoodsOf(w), centre)
				for range 2 {
					lifetest.Advance(t, e, 1)
					lifetest.Advance(t, m, 1)
					same(t, e, m, fmt.Sprintf("%s rule %s, summed %v", seed, name, factors))
				}
			})
		}
	}
}

// TestIntegralChosen: few terms are enough for the common neighbourhoods, however large.
func TestIntegralChosen(t *testing.T) {
	for _, c := range []struct {
		letter string
		most   int
	}{{"M", 4}, {"N", 8}, {"B", 8}, {"D", 8}, {"G", 16}, {"+", 8}, {"#", 28}, {"X", 8}, {"H", 12}, {"C", 82}, {"2", 82}, {"L", 20}, {"3", 24}} {
		w, _ := rule.MustParse("R20,C0,S,B1,N" + c.letter).Wide()
		in := newIntegral(w)
		n := 0
		for _, v := range in.terms[0] {
			n += max(v.n, -v.n)
		}
		if n > c.most {
			t.Errorf("N%s: %d terms by %v, want at most %d", c.letter, n, in.factors, c.most)
		}
	}
}
