package loader_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golife/life/rule"
	"golife/life/rule/loader"
)

// place is where a neighbour stands: columns to the east and rows to the south.
type place struct{ x, y int }

var (
	neumann = []place{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}
	moore   = []place{{0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}}
	hexagon = []place{{0, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 0}, {-1, -1}}
	row     = []place{{-1, 0}, {1, 0}}
)

// The generators of symmetries: where what stands at a place goes.
func quarter(_ []place, p place) place { return place{-p.y, p.x} }
func mirror(_ []place, p place) place  { return place{-p.x, p.y} }
func half(_ []place, p place) place    { return place{-p.x, -p.y} }
func swap(_ []place, p place) place    { return place{p.y, p.x} }

// next turns a ring by one.
func next(ring []place, p place) place { return ring[(slices.Index(ring, p)+1)%len(ring)] }

func third(ring []place, p place) place { return next(ring, next(ring, p)) }

type generator = func([]place, place) place

// symmetries lists those that there are, with generators; permute has none.
var symmetries = []struct {
	hood, name string
	places     []place
	generators []generator
}{
	{"vonNeumann", "none", neumann, nil},
	{"vonNeumann", "rotate4", neumann, []generator{quarter}},
	{"vonNeumann", "rotate4reflect", neumann, []generator{quarter, mirror}},
	{"vonNeumann", "reflect_horizontal", neumann, []generator{mirror}},
	{"vonNeumann", "permute", neumann, nil},
	{"Moore", "none", moore, nil},
	{"Moore", "rotate4", moore, []generator{quarter}},
	{"Moore", "rotate8", moore, []generator{next}},
	{"Moore", "rotate4reflect", moore, []generator{quarter, mirror}},
	{"Moore", "rotate8reflect", moore, []generator{next, mirror}},
	{"Moore", "reflect_horizontal", moore, []generator{mirror}},
	{"Moore", "permute", moore, nil},
	{"hexagonal", "none", hexagon, nil},
	{"hexagonal", "rotate2", hexagon, []generator{half}},
	{"hexagonal", "rotate3", hexagon, []generator{third}},
	{"hexagonal", "rotate6", hexagon, []generator{next}},
	{"hexagonal", "rotate6reflect", hexagon, []generator{next, swap}},
	{"hexagonal", "permute", hexagon, nil},
	{"oneDimensional", "none", row, nil},
	{"oneDimensional", "reflect", row, []generator{mirror}},
	{"oneDimensional", "permute", row, nil},
}

// images returns all orders of the places that generators make.
func images(places []place, generators []generator) [][]place {
	all := [][]place{places}
	for i := 0; i < len(all); i++ {
		for _, g := range generators {
			var image []place
			for _, p := range all[i] {
				image = append(image, g(places, p))
			}
			if !slices.ContainsFunc(all, func(o []place) bool { return slices.Equal(o, image) }) {
				all = append(all, image)
			}
		}
	}
	return all
}

// table is a random table: words are states or variables.
type table struct {
	states, kind int
	vars         map[string][]int
	lines        [][]string
	images       [][]place
}

// randomTable makes a table in which no line says two things of one square: the next state
// is a state, or that of the centre.
func randomTable(rng *rand.Rand) *table {
	t := &table{states: 2 + rng.IntN(7), kind: rng.IntN(len(symmetries)), vars: map[string][]int{}}
	if rng.IntN(2) == 0 && len(symmetries[t.kind].places) == 2 {
		t.states = 256 - rng.IntN(60)
	}
	t.images = images(symmetries[t.kind].places, symmetries[t.kind].generators)
	names := []string{"a", "b", "c", "any"}[:rng.IntN(5)]
	for _, name := range names {
		values := rng.Perm(t.states)
		t.vars[name] = values[:1+rng.IntN(t.states)]
		if name == "any" {
			t.vars[name] = values
		}
	}
	word := func() string {
		if len(names) > 0 && rng.IntN(2) == 0 {
			return names[rng.IntN(len(names))]
		}
		return fmt.Sprint(rng.IntN(t.states))
	}
	for range rng.IntN(12) {
		var l []string
		for range len(symmetries[t.kind].places) + 1 {
			l = append(l, word())
		}
		out := fmt.Sprint(rng.IntN(t.states))
		if rng.IntN(4) == 0 {
			out = l[0]
		}
		t.lines = append(t.lines, append(l, out))
	}
	return t
}

// text returns the table as a file.
func (t *table) text() string {
	var b strings.Builder
	s := symmetries[t.kind]
	fmt.Fprintf(&b, "@RULE Random\n@TABLE\nn_states:%d\nneighborhood:%s\nsymmetries:%s\n", t.states, s.hood, s.name)
	for name, values := range t.vars {
		fmt.Fprintf(&b, "var %s={%s}\n", name, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(values)), ","), "[]"))
	}
	sep := ","
	if len(t.vars) == 0 && t.states <= 10 {
		sep = ""
	}
	for _, l := range t.lines {
		b.WriteString(strings.Join(l, sep) + " # comment\n")
	}
	return b.String()
}

// fit reports whether states fit words, given what variables that occur twice are.
func (t *table) fit(words []string, states []int, bound map[string]int) bool {
	known := map[string]int{}
	for i, w := range words {
		values, isVar := t.vars[w]
		switch {
		case !isVar && w != fmt.Sprint(states[i]):
			return false
		case !isVar:
			continue
		case !slices.Contains(values, states[i]):
			return false
		}
		if before, ok := known[w]; ok && before != states[i] && bound[w] > 1 {
			return false
		}
		known[w] = states[i]
	}
	return true
}

// next returns the next state of the centre of a square as the definition has it: of the
// first line, one of whose images fits. With a background that turns, ok is false.
func (t *table) next(square *[9]uint8) int {
	s := symmetries[t.kind]
	at := func(p place) int { return int(square[4+p.x+3*p.y]) }
	centre := at(place{})
	for _, l := range t.lines {
		bound := map[string]int{}
		for _, w := range l {
			bound[w]++
		}
		words := l[:len(l)-1]
		isFit := false
		if s.name == "permute" {
			isFit = t.fitPermuted(words, []int{centre}, s.places, at, bound)
		}
		for _, image := range t.images {
			if isFit {
				break
			}
			states := []int{centre}
			for _, p := range image {
				states = append(states, at(p))
			}
			isFit = t.fit(words, states, bound)
		}
		if !isFit {
			continue
		}
		out := l[len(l)-1]
		if _, isVar := t.vars[out]; isVar {
			return centre
		}
		n := 0
		fmt.Sscan(out, &n)
		return n
	}
	return centre
}

// fitPermuted tries all orders of the places that are left.
func (t *table) fitPermuted(words []string, states []int, left []place, at func(place) int, bound map[string]int) bool {
	if !t.fit(words[:len(states)], states, bound) {
		return false
	}
	if len(left) == 0 {
		return true
	}
	tried := map[int]bool{}
	for i, p := range left {
		if tried[at(p)] {
			continue
		}
		tried[at(p)] = true
		rest := slices.Delete(slices.Clone(left), i, i+1)
		if t.fitPermuted(words, append(slices.Clone(states), at(p)), rest, at, bound) {
			return true
		}
	}
	return false
}

// TestRandomTables compares rules of random tables with the definition.
func TestRandomTables(t *testing.T) {
	t.Parallel()
	const rounds = 120
	kinds, births := map[int]int{}, 0
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 11))
		want := randomTable(rng)
		r, err := loader.Parse("Random.rule", []byte(want.text()))
		if want.next(&[9]uint8{}) != 0 {
			if err == nil {
				t.Errorf("seed %d: birth among cells in state 0 was taken", seed)
			}
			births++
			continue
		}
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, want.text())
		}
		kinds[want.kind]++
		next, ok := r.Local()
		if !ok {
			t.Fatalf("seed %d: no Local", seed)
		}
		for range 40 {
			var square [9]uint8
			few := 1 + rng.IntN(want.states)
			for i := range square {
				square[i] = uint8(rng.IntN(few))
			}
			if got := int(next(&square)); got != want.next(&square) {
				t.Fatalf("seed %d: %v becomes %d, want %d\n%s", seed, square, got, want.next(&square), want.text())
			}
		}
	}
	if len(kinds) < len(symmetries) || births == 0 {
		t.Errorf("%d of %d symmetries, %d births on nothing: want all of them and some", len(kinds), len(symmetries), births)
	}
}

// randomTree returns a @TREE of random nodes, and what it makes of a square.
func randomTree(rng *rand.Rand) (text string, next func(*[9]uint8) uint8) {
	states, neighbours := 2+rng.IntN(5), 4
	order := []int{1, 3, 5, 7, 4}
	if rng.IntN(2) == 0 {
		neighbours, order = 8, []int{0, 2, 6, 8, 1, 3, 5, 7, 4}
	}
	var nodes [][]int
	var lines []string
	first := 0
	for depth := range neighbours + 1 {
		begin, count := len(nodes), 1+rng.IntN(4)
		if depth == neighbours {
			count = 1
		}
		for range count {
			node := make([]int, states)
			for i := range node {
				if node[i] = rng.IntN(states); depth > 0 {
					node[i] = first + rng.IntN(begin-first)
				}
			}
			if depth == 0 && len(nodes) == 0 {
				node[0] = 0
			}
			if depth > 0 && len(nodes) == begin {
				node[0] = first // so that nothing comes of nothing
			}
			nodes = append(nodes, node)
			lines = append(lines, fmt.Sprint(depth+1, " ", strings.Trim(fmt.Sprint(node), "[]")))
		}
		first = begin
	}
	text = fmt.Sprintf("@RULE Random\n@TREE\nnum_states=%d\nnum_neighbors=%d\nnum_nodes=%d\n%s\n", states, neighbours, len(nodes), strings.Join(lines, "\n"))
	return text, func(square *[9]uint8) uint8 {
		at := len(nodes) - 1
		for _, place := range order {
			at = nodes[at][square[place]]
		}
		return uint8(at)
	}
}

// TestRandomTrees compares rules of random trees with a walk through their nodes.
func TestRandomTrees(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 12))
		text, want := randomTree(rng)
		r, err := loader.Parse("Random.rule", []byte(text))
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		tree, _ := r.Tree()
		for range 300 {
			var square [9]uint8
			for i := range square {
				square[i] = uint8(rng.IntN(r.States()))
			}
			if got := tree.Next(&square); got != want(&square) {
				t.Fatalf("seed %d: %v becomes %d, want %d\n%s", seed, square, got, want(&square), text)
			}
		}
	}
}

// TestTreeOfTable wants a tree and a table that say the same to be equal rules.
func TestTreeOfTable(t *testing.T) {
	t.Parallel()
	const head = "@RULE X\n"
	table := head + "@TABLE\nn_states:2\nneighborhood:vonNeumann\nsymmetries:none\nvar a={0,1}\nvar b={0,1}\nvar c={0,1}\nvar d={0,1}\n" +
		"a,1,b,c,d,1\na,0,b,c,d,0\n" // a copy of the northern cell
	tree := head + "@TREE\nnum_states=2\nnum_neighbors=4\nnum_nodes=9\n1 0 0\n1 1 1\n2 0 0\n2 1 1\n3 2 2\n3 3 3\n4 4 4\n4 5 5\n5 6 7\n"
	var rules [2]*rule.Rule
	for i, text := range []string{table, tree} {
		r, err := loader.Parse("X.rule", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		rules[i] = r
	}
	if !rules[0].Equal(rules[1]) {
		t.Error("not equal")
	}
	other, err := loader.Parse("X.rule", []byte(strings.Replace(table, "1,b,c,d,1", "1,b,c,d,0", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if rules[0].Equal(other) {
		t.Error("a rule that does something else is equal")
	}
}
