package rule

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Tree is the transition of a rule of range 1 with any number of states: what a
// Tabular rule runs. It is immutable.
//
// It is made of a decision diagram (TreeBuilder): each level looks at one cell of
// the 3×3 square, column by column,
//
//	+---+---+---+
//	| 0 | 3 | 6 |
//	+---+---+---+
//	| 1 | 4 | 7 |
//	+---+---+---+
//	| 2 | 5 | 8 |
//	+---+---+---+
//
// and equal nodes of a level are one node, so that equal transitions have equal
// diagrams. For look-ups, states that no node of a level tells apart become one
// class, levels at which all states are one class are left out, and as many levels as
// a table of moderate size can hold are looked up at once:
//
//	place of the next node = table[place of this one + Σ code of each cell]
//
// A rule of 8 states that sees 4 neighbours is one table of 32 KiB.
type Tree struct {
	states  int
	steps   []TreeStep
	columns *Columns
	digest  [sha256.Size]byte // of the diagram
}

// TreeStep is one look-up of a Tree. The first one begins at 0; the sum of where it
// begins and of Codes[i][state of the cell Cells[i]] is an index into Next, where the
// next one begins, or, in the last one, into Out, the next state of the centre.
type TreeStep struct {
	Cells []uint8       // their places in a square: 0 to 8, row by row
	Codes [][256]uint32 // of as many cells; 0 for states that the rule lacks
	Next  []uint32      // nil in the last step
	Out   []uint8       // nil in all others
}

// treeCells gives the place in a square of the cell that each level looks at.
var treeCells = [9]uint8{0, 3, 6, 1, 4, 7, 2, 5, 8}

// Steps returns the look-ups of the tree. The caller must not change them.
func (t *Tree) Steps() []TreeStep { return t.steps }

// Columns returns the transition by columns of a square, or nil where there are too many of them. The
// caller must not change it.
func (t *Tree) Columns() *Columns { return t.columns }

// States returns the number of states.
func (t *Tree) States() int { return t.states }

// Next returns the next state of the centre of a square: nw n ne w c e sw s se. All
// must be states of the tree. Cost: 10 to 30 ns.
func (t *Tree) Next(square *[9]uint8) uint8 {
	at := uint32(0)
	for i := range t.steps {
		s := &t.steps[i]
		for k, c := range s.Cells {
			at += s.Codes[k][square[c]]
		}
		if s.Out != nil {
			return s.Out[at]
		}
		at = s.Next[at]
	}
	panic("rule: a Tree without a last step")
}

// ErrTreeSize says that a transition is too irregular for a Tree.
var ErrTreeSize = errors.New("the transition is too irregular")

// maxTreeSize bounds the entries of all nodes of a TreeBuilder.
const maxTreeSize = 1 << 24

// TreeBuilder makes a Tree from its last level up. Levels count from 0, the root's, to
// TreeLevels-1.
type TreeBuilder struct {
	states int
	size   int
	ids    [TreeLevels]map[string]uint32
	nodes  [TreeLevels][]uint32 // of each node, as many children as there are states
}

// TreeLevels is how many levels the diagram of a Tree has: one for each cell.
const TreeLevels = len(treeCells)

// TreeCell returns the place, in a square, of the cell that a level looks at.
func TreeCell(level int) int { return int(treeCells[level]) }

// NewTreeBuilder returns a builder for 2 to 256 states.
func NewTreeBuilder(states int) *TreeBuilder {
	b := &TreeBuilder{states: states}
	for i := range b.ids {
		b.ids[i] = map[string]uint32{}
	}
	return b
}

// Node returns the node of a level with these children, one for each state of the
// level's cell: nodes of the next level, or states in the last one. It returns
// ErrTreeSize when there is no room for another node.
func (b *TreeBuilder) Node(level int, children []uint32) (uint32, error) {
	key := make([]byte, 0, 4*len(children))
	for _, c := range children {
		key = binary.LittleEndian.AppendUint32(key, c)
	}
	if id, ok := b.ids[level][string(key)]; ok {
		return id, nil
	}
	if b.size += len(children); b.size > maxTreeSize {
		return 0, fmt.Errorf("%w: it needs more than %d entries", ErrTreeSize, maxTreeSize)
	}
	id := uint32(len(b.ids[level]))
	b.ids[level][string(key)] = id
	b.nodes[level] = append(b.nodes[level], children...)
	return id, nil
}

// diagram is what of a builder belongs to a root: nodes numbered as they are met level by
// level.
type diagram struct {
	states int
	levels [TreeLevels][]uint32
}

// Tree returns the tree whose diagram begins with the node root of level 0.
func (b *TreeBuilder) Tree(root uint32) *Tree {
	d := diagram{states: b.states}
	here := []uint32{root}
	for level := range TreeLevels {
		var next []uint32
		number := map[uint32]uint32{}
		for _, n := range here {
			for _, c := range b.nodes[level][int(n)*b.states:][:b.states] {
				if level < TreeLevels-1 {
					id, ok := number[c]
					if !ok {
						id = uint32(len(next))
						number[c], next = id, append(next, c)
					}
					c = id
				}
				d.levels[level] = append(d.levels[level], c)
			}
		}
		here = next
	}
	t := &Tree{states: b.states, digest: d.digest()}
	d.compile(t)
	return t
}

// digest returns a digest of the transition.
func (d *diagram) digest() (sum [sha256.Size]byte) {
	h := sha256.New()
	out := binary.LittleEndian.AppendUint32(nil, uint32(d.states))
	for _, nodes := range d.levels {
		for _, c := range nodes {
			out = binary.LittleEndian.AppendUint32(out, c)
		}
		h.Write(out)
		out = out[:0]
	}
	h.Sum(sum[:0])
	return sum
}

// nodes returns the number of nodes of a level, of states behind the last one.
func (d *diagram) nodes(level int) int {
	if level == TreeLevels {
		return d.states
	}
	return len(d.levels[level]) / d.states
}

// classes groups the states of a level's cell that none of its nodes tells apart. Classes
// are numbered as their first states are.
func (d *diagram) classes(level int) (class []uint32, n int) {
	class = make([]uint32, d.states)
	hash := make([]uint64, d.states)
	for nodes := d.levels[level]; len(nodes) > 0; nodes = nodes[d.states:] {
		for s, c := range nodes[:d.states] {
			hash[s] = mix(hash[s], c)
		}
	}
	var first []int // state of each class
	for s := range class {
		i := slices.IndexFunc(first, func(f int) bool { return hash[f] == hash[s] && d.areAlike(level, f, s) })
		if i < 0 {
			i, first = len(first), append(first, s)
		}
		class[s] = uint32(i)
	}
	return class, len(first)
}

// mix returns a hash of what a hash is of, and one number more.
func mix(hash uint64, more uint32) uint64 {
	hash = (hash ^ uint64(more)) * 0x9E3779B97F4A7C15
	return hash ^ hash>>29
}

// areAlike reports whether no node of a level tells two states apart.
func (d *diagram) areAlike(level, s, o int) bool {
	for nodes := d.levels[level]; len(nodes) > 0; nodes = nodes[d.states:] {
		if nodes[s] != nodes[o] {
			return false
		}
	}
	return true
}

// maxStep bounds the table of a step that looks up more than one cell, in bytes: it is to
// stay in the cache.
const maxStep = 1 << 18

// compile makes the steps of a tree: as few as the bound on their tables allows, and of
// those that with the least of them.
func (d *diagram) compile(t *Tree) {
	var class [TreeLevels][]uint32
	var count, levels []int // of the levels that matter
	for level := range TreeLevels {
		c, n := d.classes(level)
		class[level] = c
		if n > 1 {
			count, levels = append(count, n), append(levels, level)
		}
	}
	t.columns = d.columns(&class)
	if len(levels) == 0 { // all cells become the same
		count, levels = []int{1}, []int{TreeLevels - 1}
	}
	// best[i] is the cheapest way to do the levels from i on: its steps, and where its
	// first one ends.
	type way struct {
		steps int
		bytes int64
		end   int
	}
	best := make([]way, len(levels)+1)
	for i := len(levels) - 1; i >= 0; i-- {
		best[i].steps = math.MaxInt
		size := int64(d.nodes(levels[i]))
		for end := i + 1; end <= len(levels) && (size <= maxStep || end == i+1); end++ {
			bytes := int64(4)
			if end == len(levels) {
				bytes = 1
			}
			size *= int64(count[end-1])
			w := way{1 + best[end].steps, size*bytes + best[end].bytes, end}
			if size*bytes > maxStep && end > i+1 {
				continue
			}
			if w.steps < best[i].steps || w.steps == best[i].steps && w.bytes < best[i].bytes {
				best[i] = w
			}
		}
	}
	for i := 0; i < len(levels); i = best[i].end {
		t.steps = append(t.steps, d.step(levels[i:best[i].end], class[:], best[i].end == len(levels)))
	}
	for i := range t.steps[:len(t.steps)-1] {
		width := uint32(t.steps[i+1].width())
		for k := range t.steps[i].Next {
			t.steps[i].Next[k] *= width
		}
	}
}

// width returns how many entries of the table belong to one node.
func (s *TreeStep) width() int {
	most := uint32(0)
	for i := range s.Codes {
		top := uint32(0)
		for _, c := range s.Codes[i] {
			top = max(top, c)
		}
		most += top
	}
	return int(most) + 1
}

// step tabulates some levels, by the classes of states. Next holds numbers of nodes.
func (d *diagram) step(levels []int, class [][]uint32, isLast bool) TreeStep {
	var s TreeStep
	first := make([][]int, len(levels)) // state of each class
	width := 1
	for i, level := range levels {
		for state, c := range class[level] {
			if int(c) == len(first[i]) {
				first[i] = append(first[i], state)
			}
		}
		width *= len(first[i])
		s.Cells = append(s.Cells, treeCells[level])
		s.Codes = append(s.Codes, [256]uint32{})
	}
	weight := width
	for i, level := range levels {
		weight /= len(first[i])
		for state, c := range class[level] {
			s.Codes[i][state] = c * uint32(weight)
		}
	}
	end := TreeLevels
	if !isLast {
		end = d.nextLevel(levels[len(levels)-1], class)
	}
	for n := range d.nodes(levels[0]) {
		s.fill(d, levels[0], end, uint32(n), levels, first, isLast)
	}
	return s
}

// nextLevel returns the first level behind one that matters.
func (d *diagram) nextLevel(level int, class [][]uint32) int {
	for level++; level < TreeLevels; level++ {
		for _, c := range class[level] {
			if c > 0 {
				return level
			}
		}
	}
	return level
}

// fill appends what lies at the end level under node n of a level.
func (s *TreeStep) fill(d *diagram, level, end int, n uint32, levels []int, first [][]int, isLast bool) {
	if level == end {
		if isLast {
			s.Out = append(s.Out, uint8(n))
		} else {
			s.Next = append(s.Next, n)
		}
		return
	}
	children := d.levels[level][int(n)*d.states:]
	if len(levels) == 0 || levels[0] != level { // one that does not matter
		s.fill(d, level+1, end, children[0], levels, first, isLast)
		return
	}
	for _, state := range first[0] {
		s.fill(d, level+1, end, children[state], levels[1:], first[1:], isLast)
	}
}
