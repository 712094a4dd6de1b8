package loader

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golife/life/rule"
)

// Places in a square in the order in which the nodes of a @TREE look at them.
var (
	treeOf4 = []int{n, w, e, s, c}
	treeOf8 = []int{nw, ne, sw, se, n, w, e, s, c}
)

// decision is a decision tree that looks at cells in any order. The nodes of a level have
// as many children as there are states, each the number of a node of the next level, or a
// state. Equal nodes are one, whatever their level.
type decision struct {
	states   int
	children [][]uint32
	ids      map[string]uint32
	fixed    map[fixing]uint32
	built    [rule.TreeLevels + 1]map[uint32]uint32
	b        *rule.TreeBuilder
}

// fixing is a node of which the cell some levels below is known to have a state.
type fixing struct {
	node  uint32
	below int
	state int
}

func newDecision(states int) *decision {
	d := &decision{states: states, ids: map[string]uint32{}, fixed: map[fixing]uint32{}, b: rule.NewTreeBuilder(states)}
	for i := range d.built {
		d.built[i] = map[uint32]uint32{}
	}
	return d
}

// node returns the number of a node.
func (d *decision) node(children []uint32) uint32 {
	key := make([]byte, 0, 4*len(children))
	for _, c := range children {
		key = binary.LittleEndian.AppendUint32(key, c)
	}
	id, ok := d.ids[string(key)]
	if !ok {
		id = uint32(len(d.children))
		d.ids[string(key)] = id
		d.children = append(d.children, children)
	}
	return id
}

// fix returns the node that is left of one when the cell some levels below it has a
// state.
func (d *decision) fix(node uint32, below, state int) uint32 {
	if below == 0 {
		return d.children[node][state]
	}
	key := fixing{node, below, state}
	if id, ok := d.fixed[key]; ok {
		return id
	}
	children := make([]uint32, d.states)
	for i, c := range d.children[node] {
		children[i] = d.fix(c, below-1, state)
	}
	id := d.node(children)
	d.fixed[key] = id
	return id
}

// maxDecision bounds the entries of a decision.
const maxDecision = 1 << 24

// build returns the node of a rule.Tree, of a level, for a node that looks at these
// places.
func (d *decision) build(level int, node uint32, places []int) (uint32, error) {
	if level == rule.TreeLevels {
		return node, nil // a state
	}
	if id, ok := d.built[level][node]; ok {
		return id, nil
	}
	children := make([]uint32, d.states)
	below := slices.Index(places, rule.TreeCell(level))
	rest := places
	if below >= 0 {
		rest = slices.Delete(slices.Clone(places), below, below+1)
	}
	for state := range children {
		child := node
		if below >= 0 {
			child = d.fix(node, below, state)
		} else if state > 0 { // the cell does not matter
			children[state] = children[0]
			continue
		}
		var err error
		if children[state], err = d.build(level+1, child, rest); err != nil {
			return 0, err
		}
	}
	if len(d.children)*d.states > maxDecision {
		return 0, fmt.Errorf("%w: it needs more than %d entries on the way", rule.ErrTreeSize, maxDecision)
	}
	id, err := d.b.Node(level, children)
	d.built[level][node] = id
	return id, err
}

// treeHead is what a @TREE says of itself.
type treeHead struct {
	states, neighbours, nodes int
	lines                     [3]int // where; 0 where it does not
}

// readTree reads a @TREE.
func readTree(sec *section) (*rule.Tree, error) {
	var head treeHead
	var d *decision
	var nodes []node
	last := sec.line
	for _, l := range sec.lines {
		text, _, _ := strings.Cut(l.text, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		last = l.number
		if key, value, ok := strings.Cut(text, "="); ok {
			if d != nil {
				return nil, sec.errorf(l.number, "found a line of the head, want it before the nodes")
			}
			if err := head.read(sec, l.number, strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
				return nil, err
			}
			continue
		}
		if d == nil {
			if err := head.check(sec, l.number); err != nil {
				return nil, err
			}
			d = newDecision(head.states)
		}
		if len(nodes) == head.nodes {
			return nil, sec.errorf(l.number, "found more than num_nodes=%d nodes", head.nodes)
		}
		depth, children, err := head.readNode(sec, l.number, text, nodes)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, node{depth, d.node(children)})
	}
	if err := head.check(sec, last); err != nil {
		return nil, err
	}
	if len(nodes) != head.nodes {
		return nil, sec.errorf(last, "found %d nodes, want num_nodes=%d", len(nodes), head.nodes)
	}
	root := nodes[len(nodes)-1]
	if root.depth != head.neighbours+1 {
		return nil, sec.errorf(last, "found a last node of depth %d, want %d", root.depth, head.neighbours+1)
	}
	places := treeOf8
	if head.neighbours == 4 {
		places = treeOf4
	}
	id, err := d.build(0, root.id, places)
	if err != nil {
		return nil, sec.errorf(sec.line, "%v", err)
	}
	return d.b.Tree(id), nil
}

// node is a node of a @TREE: at how many levels from the states, and its number in a
// decision.
type node struct {
	depth int
	id    uint32
}

// readNode reads the depth of a node and its children, which are states or some of the nodes
// before.
func (h *treeHead) readNode(s *section, at int, text string, nodes []node) (depth int, children []uint32, err error) {
	words := strings.FieldsFunc(text, isSeparator)
	if len(words) != h.states+1 {
		return 0, nil, s.errorf(at, "found %d numbers, want %d: the depth and a child for each state", len(words), h.states+1)
	}
	if depth, err = s.number(at, "depth", words[0], 1, h.neighbours+1); err != nil {
		return 0, nil, err
	}
	children = make([]uint32, h.states)
	for i, word := range words[1:] {
		if depth == 1 {
			v, err := s.number(at, "state", word, 0, h.states-1)
			if err != nil {
				return 0, nil, err
			}
			children[i] = uint32(v)
			continue
		}
		v, err := strconv.Atoi(word)
		if err != nil || v < 0 || v >= len(nodes) {
			return 0, nil, s.errorf(at, "found node %s, want one of the %d before", quote(word), len(nodes))
		}
		if nodes[v].depth != depth-1 {
			return 0, nil, s.errorf(at, "found node %d of depth %d, want depth %d", v, nodes[v].depth, depth-1)
		}
		children[i] = nodes[v].id
	}
	return depth, children, nil
}

// read reads a line of the head.
func (h *treeHead) read(s *section, at int, key, value string) (err error) {
	const maxNodes = 1 << 24
	switch strings.ToLower(key) {
	case "num_states":
		h.states, err = s.number(at, "num_states", value, 2, maxStates)
		h.lines[0] = at
	case "num_neighbors":
		if value != "4" && value != "8" {
			return s.errorf(at, "found num_neighbors %s, want 4 or 8", quote(value))
		}
		h.neighbours, err = strconv.Atoi(value)
		h.lines[1] = at
	case "num_nodes":
		h.nodes, err = s.number(at, "num_nodes", value, 1, maxNodes)
		h.lines[2] = at
	default:
		err = s.errorf(at, "found %s, want num_states, num_neighbors or num_nodes", quote(key))
	}
	return err
}

// check returns an error when a line of the head is missing.
func (h *treeHead) check(s *section, at int) error {
	for i, name := range []string{"num_states", "num_neighbors", "num_nodes"} {
		if h.lines[i] == 0 {
			return s.errorf(at, "found no %s, want it before the nodes", name)
		}
	}
	return nil
}
