package macrocell

import (
	"slices"

	"golife/life"
)

// tree holds nodes by level, children first. Entry 0 of each level is empty.
// Equal squares may have several entries.
type tree struct {
	two    [][4]life.State   // level 1, nw ne sw se
	four   [][16]life.State  // level 2, row-major
	bits   []uint64          // level 3, when not isWide
	cells  []life.LeafStates // level 3, when isWide
	isWide bool              // leaves are of states, not of bits
	levels [][]life.Quad     // levels[i] is level LeafLevel+1+i
}

func (t *tree) init() {
	*t = tree{two: make([][4]life.State, 1), four: make([][16]life.State, 1), bits: make([]uint64, 1)}
}

// push appends v to a table of unknown size. A full one is doubled: append grows
// by a quarter, and leaves four times as much behind.
func push[T any](s []T, v T) []T {
	if len(s) == cap(s) {
		s = slices.Grow(s, len(s))
	}
	return append(s, v)
}

// addTwo appends a node of level 1 and returns its number.
func (t *tree) addTwo(s [4]life.State) life.NodeID {
	if s == [4]life.State{} {
		return 0
	}
	t.two = append(t.two, s)
	return life.NodeID(len(t.two) - 1)
}

// addBits appends a leaf of two states.
func (t *tree) addBits(cells uint64) life.NodeID {
	switch {
	case cells == 0:
		return 0
	case t.isWide:
		t.cells = push(t.cells, spread(cells))
		return life.NodeID(len(t.cells) - 1)
	}
	t.bits = push(t.bits, cells)
	return life.NodeID(len(t.bits) - 1)
}

// add appends a node of level > 1 whose children are there, and returns its number.
func (t *tree) add(level uint32, q life.Quad) life.NodeID {
	switch {
	case q == life.Quad{}:
		return 0
	case level == 2:
		return t.addFour(q)
	case level == life.LeafLevel:
		return t.addCells(q)
	}
	// A child that is not empty has a level of its own in the table.
	i := int(level) - life.LeafLevel - 1
	if i == len(t.levels) {
		t.levels = append(t.levels, make([]life.Quad, 1))
	}
	t.levels[i] = push(t.levels[i], q)
	return life.NodeID(len(t.levels[i]) - 1)
}

// addFour appends a node of level 2.
func (t *tree) addFour(q life.Quad) life.NodeID {
	var s [16]life.State
	for i, id := range q {
		for j, v := range t.two[id] {
			s[i>>1<<3|j>>1<<2|i&1<<1|j&1] = v
		}
	}
	t.four = append(t.four, s)
	return life.NodeID(len(t.four) - 1)
}

// addCells appends a leaf made of four nodes of level 2.
func (t *tree) addCells(q life.Quad) life.NodeID {
	var s life.LeafStates
	isWide := t.isWide
	for i, id := range q {
		for j, v := range t.four[id] {
			s[i>>1<<5|j>>2<<3|i&1<<2|j&3] = v
			isWide = isWide || v > 1
		}
	}
	if !isWide {
		return t.addBits(gather(&s))
	}
	t.widen()
	t.cells = push(t.cells, s)
	return life.NodeID(len(t.cells) - 1)
}

// widen makes leaves of states out of leaves of bits.
func (t *tree) widen() {
	if t.isWide {
		return
	}
	t.isWide, t.cells = true, make([]life.LeafStates, len(t.bits))
	for i, b := range t.bits {
		t.cells[i] = spread(b)
	}
	t.bits = nil
}

// narrow makes leaves of bits out of leaves of the states 0 and 1.
func (t *tree) narrow() {
	if !t.isWide {
		return
	}
	t.isWide, t.bits = false, make([]uint64, len(t.cells))
	for i := range t.cells {
		t.bits[i] = gather(&t.cells[i])
	}
	t.cells = nil
}

// spread turns 64 bits into 64 cells.
func spread(bits uint64) (s life.LeafStates) {
	for i := range s {
		s[i] = life.State(bits >> i & 1)
	}
	return s
}

// gather turns 64 cells in state 0 or 1 into bits.
func gather(s *life.LeafStates) (bits uint64) {
	for i, v := range s {
		bits |= uint64(v) << i
	}
	return bits
}

// treeOf returns the tree of a pattern, which it shares.
func treeOf(p *life.Pattern) *tree {
	t := &tree{bits: p.Leaves(), cells: p.States(), isWide: p.IsMultiState()}
	for level := life.LeafLevel + 1; level <= p.Level(); level++ {
		t.levels = append(t.levels, p.Nodes(level))
	}
	return t
}
