package naive_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
	"golife/life/topology"
)

// truth is a universe of true states as the definition has it: for each cell a loop over
// all cells that it sees. at returns a cell, inside the grid or not.
type truth struct {
	rule *rule.Rule
	rect life.Rect // the cells looked at
	at   func(life.Point) life.State

	isOdd bool // the generation
}

// next returns the true next state of the cell at p.
func (u truth) next(p life.Point) life.State {
	s := u.at(p)
	if _, ok := u.rule.Wide(); ok {
		turn, second, isPair := strings.Cut(u.rule.Name(), "|")
		if isPair && u.isOdd {
			turn = second
		}
		w, _ := rule.MustParse(turn).Wide()
		return u.nextWide(w, p, s)
	}
	var near [3][3]life.State
	for dy := range int64(3) {
		for dx := range int64(3) {
			near[dy][dx] = u.at(p.Add(life.Point{X: dx - 1, Y: dy - 1}))
		}
	}
	switch base, _ := u.rule.Base(); {
	case u.rule.Name() == "WireWorld":
		heads := strings.Count(fmt.Sprint(near), "1")
		return map[life.State]life.State{0: 0, 1: 2, 2: 3, 3: map[bool]life.State{true: 1, false: 3}[heads == 1 || heads == 2]}[s]
	case base != nil && u.rule.States() == 7:
		return nextHistory(base, near)
	case base != nil: // package rule's tests have what their states do
		next, _ := u.rule.Local()
		var square [9]uint8
		for k := range square {
			square[k] = uint8(near[k/3][k%3])
		}
		return life.State(next(&square))
	}
	table, ok := u.rule.Table()
	if !ok { // two that take turns
		first, second, _ := strings.Cut(u.rule.Name(), "|")
		if u.isOdd {
			first = second
		}
		table, _ = rule.MustParse(first).Table()
	}
	return decay(s, lookUp(table, near, []life.State{1}), u.rule.States())
}

// lookUp returns what a table says of a square of cells, those in some states being live.
func lookUp(table rule.Table, near [3][3]life.State, live []life.State) bool {
	index := 0
	for _, row := range near {
		for _, s := range row {
			index *= 2
			if slices.Contains(live, s) {
				index++
			}
		}
	}
	return table.Next(index) == 1
}

func decay(s life.State, isLive bool, states int) life.State {
	if s < 2 && isLive {
		return 1
	}
	if s > 0 && int(s)+1 < states {
		return s + 1
	}
	return 0
}

// nextHistory follows the comments of Golly's LifeHistory.rule.
func nextHistory(base *rule.Rule, near [3][3]life.State) life.State {
	s, table := near[1][1], rule.Table{}
	table, _ = base.Table()
	isLive := lookUp(table, near, []life.State{1, 3, 5})
	switch base.Neighborhood() { // cells that are not seen are no walls
	case rule.VonNeumann:
		near[0][0], near[0][2], near[2][0], near[2][2] = 0, 0, 0, 0
	case rule.Hexagonal:
		near[0][2], near[2][0] = 0, 0
	}
	isWalled := strings.Contains(fmt.Sprint(near), "6")
	born, died := [7]life.State{1, 0, 1, 0, 3}, [7]life.State{1: 2, 3: 4, 5: 4}
	switch {
	case s == 6:
		return 6
	case s%2 == 0 && isLive:
		return born[s]
	case s%2 == 1 && (!isLive || isWalled):
		return died[s]
	}
	return s
}

func (u truth) nextWide(w *rule.Wide, p life.Point, s life.State) life.State {
	rx, ry := w.Reach()
	count := 0
	for dy := -ry; dy <= ry; dy++ {
		for dx := -rx; dx <= rx; dx++ {
			v := int(u.at(p.Add(life.Point{X: int64(dx), Y: int64(dy)})))
			switch {
			case w.StateWeights != nil:
				v = int(w.StateWeights[v])
			case v != 1:
				v = 0
			}
			count += v * w.Weight(dx, dy, (p.X+p.Y)%2 != 0)
		}
	}
	list := w.Births
	if s == 1 {
		list = w.Survivals
		if w.Middle {
			count++
		}
	}
	isLive := slices.ContainsFunc(list, func(v rule.Interval) bool { return v.Min <= count && count <= v.Max })
	return decay(s, isLive, u.rule.States())
}

// checkDirect compares some generations of a soup with the definition, on the soup's grid
// or on the part of the plane that it can reach. Odd shapes under rules that are not the
// same turned or mirrored have no definition beyond one step outside of a grid.
func checkDirect(t *testing.T, soup lifetest.Soup, gens int) {
	t.Helper()
	r := rule.MustParse(soup.Rule)
	e := newEngine(t, soup.Rule)
	if err := e.Load(soup.Pattern()); err != nil {
		t.Fatalf("%v: %v", soup, err)
	}
	g, isBounded := r.Grid()
	m := topology.New(g)
	x0, y0 := g.Origin()
	dx, dy := int64(1), int64(1)
	if w, ok := r.Wide(); ok {
		rx, ry := w.Reach()
		dx, dy = int64(rx), int64(ry)
	}
	u := truth{rule: r, rect: life.Rect{
		Min: life.Point{X: soup.Rect.Min.X - int64(gens)*dx, Y: soup.Rect.Min.Y - int64(gens)*dy},
		Max: life.Point{X: soup.Rect.Max.X + int64(gens)*dx, Y: soup.Rect.Max.Y + int64(gens)*dy},
	}}
	if isBounded {
		u.rect = life.Rt(x0, y0, g.Width, g.Height)
	}
	background := func() life.State { return life.State(r.Background(e.Generation().Bit(0) == 1)) }
	u.at = func(p life.Point) life.State {
		x, y, ok := m.Inside(p.X-x0, p.Y-y0)
		if !ok {
			return background()
		}
		return e.Get(life.Point{X: x + x0, Y: y + y0}) ^ background()
	}
	for range gens {
		u.isOdd = e.Generation().Bit(0) == 1
		want := map[life.Point]life.State{}
		for y := u.rect.Min.Y; y < u.rect.Max.Y; y++ {
			for x := u.rect.Min.X; x < u.rect.Max.X; x++ {
				want[life.Point{X: x, Y: y}] = u.next(life.Point{X: x, Y: y})
			}
		}
		advance(t, e, 1)
		for p := range want {
			if want[p] ^= background(); want[p] == 0 {
				delete(want, p)
			}
		}
		if n := e.Population().Int64(); n != int64(len(want)) {
			t.Fatalf("%v, generation %v: population %d, want %d", soup, e.Generation(), n, len(want))
		}
		for p, s := range e.Cells(life.Everywhere()) {
			if want[p] != s {
				t.Fatalf("%v, generation %v: cell %v is %d, want %d", soup, e.Generation(), p, s, want[p])
			}
		}
	}
}

// randomGrid returns the suffix of a grid of a topology; at is a letter of those of
// rule.GridKind, with small sides.
func randomGrid(rnd *rand.Rand, letter byte, least, most int) string {
	w, h := least+rnd.IntN(most-least+1), least+rnd.IntN(most-least+1)
	switch letter {
	case 'S':
		return fmt.Sprintf(":S%d", w)
	case 'K':
		twist := [2]string{"*", ""}
		if i := rnd.IntN(2); i == 1 {
			twist = [2]string{"", "*"}
		}
		if rnd.IntN(2) == 1 {
			for i := range twist {
				twist[i] = strings.Replace(twist[i], "*", "*+1", 1)
			}
		}
		return fmt.Sprintf(":K%d%s,%d%s", w, twist[0], h, twist[1])
	case 'T':
		switch rnd.IntN(3) {
		case 0:
			return fmt.Sprintf(":T%d%+d,%d", w, rnd.IntN(9)-4, h)
		case 1:
			return fmt.Sprintf(":T%d,%d%+d", w, h, rnd.IntN(9)-4)
		}
	}
	return fmt.Sprintf(":%c%d,%d", letter, w, h)
}

// randomWide returns a rule of a large range, or two in turn.
func randomWide(rnd *rand.Rand) string {
	const shapes = "MNC2BD+X*#HA3LG@W"
	shape := shapes[rnd.IntN(len(shapes))]
	r, states := 1+rnd.IntN(4), 2+rnd.IntN(2)*rnd.IntN(5)
	if rnd.IntN(8) == 0 {
		r = 5 + rnd.IntN(6)
	}
	hood := string(shape)
	digits := func(n int, of string) {
		for range n {
			hood += string(of[rnd.IntN(len(of))])
		}
	}
	switch shape {
	case '@':
		digits(r*(r+1), "0123456789abcdef")
	case 'W':
		digits((2*r+1)*(2*r+1), "00112239a")
		hood = hood[:1] + "1" + hood[2:] // so that there is a count
		if rnd.IntN(2) == 0 {
			hood += ",0"
			digits(states-1, "0123")
		}
	}
	if (shape == '@' || shape == 'W') && rnd.IntN(3) == 0 {
		hood += string("HL"[rnd.IntN(2)])
	}
	first, err := rule.Parse(fmt.Sprintf("R%d,C%d,M0,S0..0,B1..1,N%s", r, states, hood))
	if err != nil {
		return randomWide(rnd) // weights that nothing is born of
	}
	probe, _ := first.Wide()
	most := max(1, probe.MaxCount())
	interval := func(sep string) string {
		lo := rnd.IntN(1 + most/2)
		if states > 2 && lo == 0 {
			lo = 1
		}
		return fmt.Sprint(lo, sep, min(most, lo+rnd.IntN(1+most/2)))
	}
	one := func() string {
		if rnd.IntN(2) == 0 {
			return strings.ReplaceAll(fmt.Sprintf("R%d,C%d,M%d,S%s,B%s,N%s", r, states, rnd.IntN(2), interval(".."), interval(".."), hood), " ", "")
		}
		return strings.ReplaceAll(fmt.Sprintf("R%d,C%d,S%s,%s,B%s,N%s", r, states, interval("-"), interval("-"), interval("-"), hood), " ", "")
	}
	if rnd.IntN(3) == 0 {
		if pair := one() + "|" + one(); isRule(pair) { // the background comes again
			return pair
		}
	}
	return one()
}

func isRule(s string) bool {
	_, err := rule.Parse(s)
	return err == nil
}

// randomSmall returns a rule of range 1 of any family.
func randomSmall(rnd *rand.Rand) string {
	name := lifetest.RandomRule(rnd, true)
	r := rule.MustParse(name)
	switch rnd.IntN(5) {
	case 0:
		return "WireWorld"
	case 1:
		if r.HasB0() || r.Alternates() || r.Neighborhood() == rule.Row {
			name = "Life"
		}
		return name + []string{"History", "History", "Super", "Investigator"}[rnd.IntN(4)]
	case 2:
		states := 3 + rnd.IntN(9)
		one := func() string { return fmt.Sprintf("23%d/%d3/%d", rnd.IntN(9), 1+rnd.IntN(8), states) }
		if rnd.IntN(2) == 0 {
			return one() + "|" + one()
		}
		return one()
	}
	return name
}

// TestDirect compares random rules of all families on the plane and on small grids of all
// topologies with the definition.
func TestDirect(t *testing.T) {
	rnd := rand.New(rand.NewPCG(lifetest.Seed(), 7))
	t.Logf("GOLIFE_SEED=%d", lifetest.Seed())
	n := 60
	if testing.Short() {
		n = 4
	}
	seen := map[string]int{}
	for i := range n * 6 {
		letter := "-PTKCS"[i%6]
		name, least, gens := randomSmall(rnd), 1, 4
		if isOpen := letter == '-' || letter == 'P' || letter == 'T'; isOpen && i/6%3 == 0 {
			name, gens = randomWide(rnd), 1+rnd.IntN(2)
			if w, _ := rule.MustParse(name).Wide(); w != nil {
				least = 2 * w.Range // smaller sides are raised
			}
		}
		rect := life.Rt(rnd.Int64N(80)-40, rnd.Int64N(80)-40, 1+rnd.Int64N(20), 1+rnd.Int64N(20))
		if letter != '-' {
			name += randomGrid(rnd, letter, least, max(20, least+5))
			g, _ := rule.MustParse(name).Grid()
			x, y := g.Origin()
			rect = life.Rt(x, y, g.Width, g.Height)
		}
		r := rule.MustParse(name)
		seen[fmt.Sprint(r.Family(), " ", string(letter))]++
		soup := lifetest.Soup{Rule: name, Seed: rnd.Uint64(), Rect: rect, Density: 30 + rnd.IntN(100), Generation: int64(rnd.IntN(2))}
		checkDirect(t, soup, gens)
	}
	for _, family := range []rule.Family{rule.TwoState, rule.Generations, rule.LargerThanLife, rule.HROT, rule.Named} {
		for _, letter := range "-PTKCS" {
			isPossible := family != rule.LargerThanLife && family != rule.HROT || strings.ContainsRune("-PT", letter)
			if key := fmt.Sprint(family, " ", string(letter)); isPossible && seen[key] == 0 && !testing.Short() {
				t.Errorf("no case of %s", key)
			}
		}
	}
}

// TestLargeRange has blocks of more than 32 cells, and cells at their edges.
func TestLargeRange(t *testing.T) {
	for _, s := range []string{"R20,C2,M1,S300..900,B280..700,NM", "R17,C3,M0,S90..400,B80..300,NC:T36,41", "R20,C2,S20-90,B40-120,NN:P50,44"} {
		checkDirect(t, lifetest.Soup{Rule: s, Seed: 3, Rect: life.Rt(-18, -15, 10, 9), Density: 200}, 1)
	}
}
