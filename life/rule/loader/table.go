package loader

import (
	"slices"
	"strconv"
	"strings"

	"golife/life/rule"
)

// hood is a neighbourhood of tables: the places of its cells in a square, after the
// centre clockwise from the north, and what symmetries it has. A symmetry is a list of
// images: for each neighbour, which one of the transition stands there.
type hood struct {
	name  string
	ring  []int
	image map[string][][]int
}

// The places in a square.
const (
	nw, n, ne = 0, 1, 2
	w, c, e   = 3, 4, 5
	sw, s, se = 6, 7, 8
)

// permute is the symmetry under which neighbours stand in any order.
const permute = "permute"

// hoods are the neighbourhoods of tables.
var hoods = []hood{
	{"vonNeumann", []int{n, e, s, w}, map[string][][]int{
		"none": turns(4, 4, false), "rotate4": turns(4, 1, false), "rotate4reflect": turns(4, 1, true),
		"reflect_horizontal": turns(4, 4, true), permute: nil,
	}},
	{"Moore", []int{n, ne, e, se, s, sw, w, nw}, map[string][][]int{
		"none": turns(8, 8, false), "rotate4": turns(8, 2, false), "rotate8": turns(8, 1, false),
		"rotate4reflect": turns(8, 2, true), "rotate8reflect": turns(8, 1, true),
		"reflect_horizontal": turns(8, 8, true), permute: nil,
	}},
	{"hexagonal", []int{n, e, se, s, w, nw}, map[string][][]int{
		"none": turns(6, 6, false), "rotate2": turns(6, 3, false), "rotate3": turns(6, 2, false),
		"rotate6": turns(6, 1, false), "rotate6reflect": turns(6, 1, true), permute: nil,
	}},
	{"oneDimensional", []int{w, e}, map[string][][]int{
		"none": turns(2, 2, false), "reflect": turns(2, 1, false), permute: nil,
	}},
}

// turns returns the images of a ring of size neighbours under turns by step, each, if it
// isReflected, with the mirror image that leaves the first neighbour in its place.
func turns(size, step int, isReflected bool) (images [][]int) {
	for by := 0; by < size; by += step {
		turned, mirrored := make([]int, size), make([]int, size)
		for i := range size {
			turned[i] = (i + size - by) % size
			mirrored[i] = (2*size - by - i) % size
		}
		images = append(images, turned)
		if isReflected {
			images = append(images, mirrored)
		}
	}
	return images
}

// table is a @TABLE as it is read.
type table struct {
	*section
	states int
	hood   *hood
	images [][]int // of the symmetry; nil for permute
	vars   map[string][]int
	c      *compiler // nil before the first variable or transition

	hasSymmetry bool
}

// readTable reads a @TABLE.
func readTable(sec *section) (*rule.Tree, error) {
	t := &table{section: sec, vars: map[string][]int{}}
	last := sec.line
	for _, l := range sec.lines {
		text, _, _ := strings.Cut(l.text, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		last = l.number
		if err := t.readLine(l.number, text); err != nil {
			return nil, err
		}
	}
	if err := t.begin(last); err != nil {
		return nil, err
	}
	tree, err := t.c.tree()
	if err != nil {
		return nil, sec.errorf(sec.line, "%v", err)
	}
	return tree, nil
}

// readLine reads a line that is not empty.
func (t *table) readLine(at int, text string) error {
	key, value, isHead := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "n_states":
		return t.readHead(at, func() (err error) {
			t.states, err = t.number(at, "n_states", value, 2, maxStates)
			return err
		})
	case "neighborhood":
		return t.readHead(at, func() error { return t.readHood(at, value) })
	case "symmetries":
		return t.readHead(at, func() error { return t.readSymmetries(at, value) })
	}
	if isHead {
		return t.errorf(at, "found %s, want n_states, neighborhood or symmetries before a colon", quote(key))
	}
	if err := t.begin(at); err != nil {
		return err
	}
	if rest, isVar := strings.CutPrefix(text, "var"); isVar && strings.TrimLeft(rest, " \t") != rest {
		return t.readVariable(at, rest)
	}
	return t.readTransition(at, text)
}

// readHead does what a line of the head asks for, unless it comes too late.
func (t *table) readHead(at int, read func() error) error {
	if t.c != nil {
		return t.errorf(at, "found a line of the head, want it before variables and transitions")
	}
	return read()
}

func (t *table) readHood(at int, value string) error {
	var names []string
	for i := range hoods {
		if strings.EqualFold(hoods[i].name, value) {
			t.hood = &hoods[i]
			return nil
		}
		names = append(names, hoods[i].name)
	}
	return t.errorf(at, "found neighborhood %s, want one of %s", quote(value), strings.Join(names, ", "))
}

func (t *table) readSymmetries(at int, value string) error {
	if t.hood == nil {
		return t.errorf(at, "found symmetries, want neighborhood before it")
	}
	images, ok := t.hood.image[strings.ToLower(value)]
	if !ok {
		var names []string
		for name := range t.hood.image {
			names = append(names, name)
		}
		slices.Sort(names)
		return t.errorf(at, "found symmetries %s, want one of %s for %s", quote(value), strings.Join(names, ", "), t.hood.name)
	}
	t.images, t.hasSymmetry = images, true
	return nil
}

// begin makes ready for variables and transitions.
func (t *table) begin(at int) error {
	switch {
	case t.c != nil:
		return nil
	case t.states == 0:
		return t.errorf(at, "found no n_states, want it before variables and transitions")
	case t.hood == nil:
		return t.errorf(at, "found no neighborhood, want it before variables and transitions")
	case !t.hasSymmetry:
		return t.errorf(at, "found no symmetries, want it before variables and transitions")
	}
	t.c = newCompiler(t.states)
	return nil
}

// readVariable reads a line such as "var a={1,2,b}", after its first word.
func (t *table) readVariable(at int, text string) error {
	words := strings.FieldsFunc(text, isSeparator)
	if len(words) < 2 || !strings.ContainsAny(text, "={") {
		return t.errorf(at, "found %s, want a variable such as var a={1,2}", quote("var"+text))
	}
	if _, err := strconv.Atoi(words[0]); err == nil {
		return t.errorf(at, "found a variable of the name %s, want one that is no number", words[0])
	}
	var values []int
	for _, word := range words[1:] {
		v, err := t.values(at, word)
		if err != nil {
			return err
		}
		for _, s := range v {
			if !slices.Contains(values, s) {
				values = append(values, s)
			}
		}
	}
	t.vars[words[0]] = values
	return nil
}

// values returns the states that a word stands for.
func (t *table) values(at int, word string) ([]int, error) {
	if v, ok := t.vars[word]; ok {
		return v, nil
	}
	if _, err := strconv.Atoi(word); err != nil {
		return nil, t.errorf(at, "found %s, want a state or a variable", quote(word))
	}
	s, err := t.number(at, "state", word, 0, t.states-1)
	return []int{s}, err
}

// words cuts a transition into its states and variables: centre, neighbours, next state.
// What follows is dropped.
func (t *table) words(at int, text string) (words []string, err error) {
	count := len(t.hood.ring) + 2
	if t.states <= 10 && len(t.vars) == 0 && !strings.Contains(text, ",") {
		words = strings.Split(strings.Join(strings.Fields(text), ""), "")
	} else {
		words = strings.FieldsFunc(text, isSeparator)
	}
	if len(words) < count {
		return nil, t.errorf(at, "found %d states or variables in %s, want %d for %s: centre, neighbours, next state",
			len(words), quote(text), count, t.hood.name)
	}
	return words[:count], nil
}

// maxBound bounds how many combinations of values the variables of a line may have.
const maxBound = 1 << 16

// readTransition reads a transition and gives it to the compiler, once for each
// combination of values that its bound variables may have: those that occur twice.
func (t *table) readTransition(at int, text string) error {
	words, err := t.words(at, text)
	if err != nil {
		return err
	}
	values := make([][]int, len(words))
	var bound []string
	combinations := 1
	for i, word := range words {
		if values[i], err = t.values(at, word); err != nil {
			return err
		}
		if t.vars[word] != nil && slices.Index(words, word) < i && !slices.Contains(bound, word) {
			bound = append(bound, word)
			combinations *= len(values[i])
		}
		if combinations > maxBound {
			return t.errorf(at, "found more than %d combinations of values of variables, want fewer", maxBound)
		}
	}
	last := len(words) - 1
	if len(values[last]) > 1 && !slices.Contains(bound, words[last]) {
		return t.errorf(at, "found the next state %s, want a state, or a variable that occurs before", quote(words[last]))
	}
	slices.Sort(bound) // the first in the alphabet changes fastest, as in Golly
	choice := make([][]int, len(words))
	for k := range combinations {
		copy(choice, values)
		for _, name := range bound {
			v := t.vars[name]
			for i, word := range words {
				if word == name {
					choice[i] = v[k%len(v):][:1]
				}
			}
			k /= len(v)
		}
		t.add(choice)
	}
	return t.c.check(t.section, at)
}

// add gives the compiler a transition, with its images.
func (t *table) add(values [][]int) {
	sets := make([]int32, len(values)-1)
	for i := range sets {
		sets[i] = t.c.set(values[i])
	}
	next := uint8(values[len(values)-1][0])
	if t.images == nil {
		t.c.addPermuted(t.hood.ring, sets[0], sets[1:], next)
		return
	}
	var square [rule.TreeLevels]int32
	for i := range square {
		square[i] = allStates
	}
	square[c] = sets[0]
	for _, image := range t.images {
		for i, place := range t.hood.ring {
			square[place] = sets[1+image[i]]
		}
		t.c.add(&square, next)
	}
}
