package life

import (
	"math/big"
	"slices"

	"golife/life/rule"
)

// LeafLevel is the level of a Pattern's leaves: squares of 8×8 cells.
const LeafLevel = 3

// NodeID names a quadtree node of a Pattern or Builder within its level.
// NodeID 0 is the empty square of every level.
type NodeID uint32

// Quad holds the four children of a quadtree node in the order nw, ne, sw, se.
type Quad [4]NodeID

// LeafStates is a multi-state leaf: 64 cells, row-major.
type LeafStates [64]State

// Comment is one line of text that came with a pattern.
type Comment struct {
	// Key tells what the line is, by RLE custom: 'N' name, 'O' author and date,
	// 'C' free text, '!' text that followed the end of the cells.
	Key  byte
	Text string
}

// Pattern is an immutable universe at one generation, and the exchange value
// between engines, files and checkpoints. It may be of any size.
//
// The cells are a quadtree without duplicates. The root has side 2^Level and is
// centred: its se child begins with cell (0, 0). Each level numbers its nodes
// from 1 in the order in which a scan of the level above meets them, so that two
// patterns hold the same cells exactly when their tables are equal.
//
// All methods may be called from any goroutine.
type Pattern struct {
	rule       *rule.Rule
	generation *big.Int
	comments   []Comment

	leaves []uint64     // two-state leaves, bit 8y+x; entry 0 is empty
	states []LeafStates // multi-state leaves; entry 0 is empty
	levels [][]Quad     // levels[i] holds the nodes of level LeafLevel+1+i; entry 0 is empty
	root   NodeID
	even   *evenNodes // for Runs
}

// Rule returns the rule the pattern is meant for; it is never nil.
func (p *Pattern) Rule() *rule.Rule { return p.rule }

// Generation returns the pattern's generation. The caller owns it.
func (p *Pattern) Generation() *big.Int { return new(big.Int).Set(p.generation) }

// Comments returns the pattern's comment lines. The caller must not change them.
func (p *Pattern) Comments() []Comment { return p.comments }

// Comment returns the text of the first comment with the given key, or "".
func (p *Pattern) Comment(key byte) string {
	for _, c := range p.comments {
		if c.Key == key {
			return c.Text
		}
	}
	return ""
}

// Background returns the true state of the cells that the pattern does not
// list: 1 under rules with B0 at the generations where the background is live,
// else 0. See rule.Rule.Background.
func (p *Pattern) Background() State {
	return State(p.rule.Background(p.generation.Bit(0) == 1))
}

// IsMultiState reports whether the leaves hold states (LeafStates) rather than bits.
func (p *Pattern) IsMultiState() bool { return p.states != nil }

// IsEmpty reports whether all cells are in state 0.
func (p *Pattern) IsEmpty() bool { return p.root == 0 }

// Level returns the level of the root, at least LeafLevel+1: the root's side is 2^Level.
func (p *Pattern) Level() int { return LeafLevel + len(p.levels) }

// Root returns the root node, of level Level; it is 0 for an empty pattern.
func (p *Pattern) Root() NodeID { return p.root }

// Nodes returns the nodes of one level, LeafLevel < level <= Level, indexed by
// NodeID. Entry 0 is the empty node. The caller must not change them.
func (p *Pattern) Nodes(level int) []Quad { return p.levels[level-LeafLevel-1] }

// Leaves returns the two-state leaves, indexed by NodeID: bit 8y+x is the cell
// (x, y) of the leaf. It is nil for a multi-state pattern. The caller must not
// change them.
func (p *Pattern) Leaves() []uint64 { return p.leaves }

// States returns the multi-state leaves, indexed by NodeID; nil for a two-state
// pattern. The caller must not change them.
func (p *Pattern) States() []LeafStates { return p.states }

// NodeCount returns the number of distinct nodes and leaves.
func (p *Pattern) NodeCount() int {
	n := max(len(p.leaves), len(p.states)) - 1
	for _, l := range p.levels {
		n += len(l) - 1
	}
	return n
}

// Get returns the state of the cell at (x, y). Cost: O(Level).
func (p *Pattern) Get(x, y int64) State {
	level := p.Level() - 1
	if level < 63 && (x < -1<<level || x >= 1<<level || y < -1<<level || y >= 1<<level) {
		return 0
	}
	i := 3
	if x < 0 {
		i ^= 1
	}
	if y < 0 {
		i ^= 2
	}
	id := p.Nodes(level + 1)[p.root][i]
	// The squares that touch the origin hold all int64 coordinates.
	for ; level > 63; level-- {
		id = p.Nodes(level)[id][3-i]
	}
	for ; level > LeafLevel; level-- {
		id = p.Nodes(level)[id][uint64(x)>>(level-1)&1|uint64(y)>>(level-1)&1<<1]
	}
	return p.leafCell(id, int(x&7), int(y&7))
}

func (p *Pattern) leafCell(id NodeID, x, y int) State {
	if p.states != nil {
		return p.states[id][8*y+x]
	}
	return State(p.leaves[id] >> (8*y + x) & 1)
}

// WithRule returns the same cells under another rule. Under one of two states, those of a
// rule that is made of such a one, such as LifeHistory, are the cells that are live. It returns
// ErrState when the rule has fewer states than the pattern holds. Cost: O(NodeCount).
func (p *Pattern) WithRule(r *rule.Rule) (*Pattern, error) {
	b, cells := NewBuilder(r), p
	if _, ok := p.rule.Base(); ok && r.States() == 2 {
		cells = p.liveCells()
	}
	if err := b.graft(cells); err != nil {
		return nil, err
	}
	b.SetGeneration(p.generation)
	b.comments = slices.Clone(p.comments)
	return b.Pattern(), nil
}

// liveCells returns the cells that are live under the rule of which p's is made, in state 1. Nodes
// may be there twice, or be empty.
func (p *Pattern) liveCells() *Pattern {
	q := *p
	q.states = slices.Clone(p.states)
	for i := range q.states {
		for k, s := range q.states[i] {
			q.states[i][k] = State(p.rule.BaseState(uint8(s)))
		}
	}
	return &q
}

// WithGeneration returns the same pattern at generation g.
func (p *Pattern) WithGeneration(g *big.Int) *Pattern {
	q := *p
	q.generation = new(big.Int).Set(g)
	return &q
}

// WithComments returns the same pattern with other comment lines.
func (p *Pattern) WithComments(c []Comment) *Pattern {
	q := *p
	q.comments = slices.Clone(c)
	return &q
}

// SameCells reports whether p and q hold the same cells at the same places;
// rule, generation and comments may differ. A two-state and a multi-state
// pattern never have the same cells by this measure; compare their Digest.
func (p *Pattern) SameCells(q *Pattern) bool {
	return p.root == q.root && slices.Equal(p.leaves, q.leaves) && slices.Equal(p.states, q.states) &&
		slices.EqualFunc(p.levels, q.levels, slices.Equal[[]Quad])
}

// Equal reports whether p and q are the same cells, rule and generation.
func (p *Pattern) Equal(q *Pattern) bool {
	return p.SameCells(q) && p.rule.Equal(q.rule) && p.generation.Cmp(q.generation) == 0
}
