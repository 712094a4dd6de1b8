package life

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"golife/life/rule"
)

// Builder makes a Pattern, from cells, from runs of cells or from quadtree
// nodes, in any mixture and order; what lies on top of each other is united.
// Where states differ, a run of 128 cells or more wins over shorter ones and
// single cells, these win over trees, and among equals the later one wins.
//
// Cells are gathered in pages of 64×64; runs longer than a page row stay
// symbolic until Pattern shares their squares, so that memory grows with the
// number of calls and never with the length of a run: for each, a few KiB at most.
type Builder struct {
	rule       *rule.Rule
	generation *big.Int
	comments   []Comment
	multi      bool

	tree  interner
	root  NodeID
	level int

	pageT table
	keys  []pageKey   // of pages; entry 0 is none
	pages []page      // as keys
	last  NodeID      // the page used last; 0 before the first
	bits  [][8]uint64 // two-state: eight rows of a page, of 64 cells each; bit 0 is the west-most
	index [][8]int32  // multi-state leaf rows: entries of cells, 0 is none
	cells []LeafStates
	spans []span
}

// pageKey is the number of a 64×64 page, counted from the corner of the int64 plane.
type pageKey struct{ x, y uint64 }

func (k pageKey) hash() uint64 {
	return mix(k.x*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(k.y*0xC2B2AE3D27D4EB4F, 31))
}

// page maps its rows of eight leaves to entries of Builder.bits or Builder.index;
// 0 is none.
type page [8]int32

// span is a long horizontal run of cells in one state, kept symbolic.
type span struct {
	x, y, n uint64 // from the corner of the int64 plane
	state   State
}

// longRun is the shortest run that is kept as a span. Shorter ones touch at
// most three pages.
const longRun = 128

// corner is the distance from the int64 plane's corner to the origin.
const corner = 1 << 63

// planeLevel is the level of the square that holds all int64 coordinates.
const planeLevel = 64

// NewBuilder returns a Builder for a pattern under rule r. The pattern is
// two-state when the rule has two states.
func NewBuilder(r *rule.Rule) *Builder {
	b := &Builder{
		rule: r, generation: new(big.Int), multi: r.States() != 2,
		level: LeafLevel + 1, keys: make([]pageKey, 1), pages: make([]page, 1),
		bits: make([][8]uint64, 1), index: make([][8]int32, 1), cells: make([]LeafStates, 1),
	}
	b.tree.init(b.multi)
	return b
}

// Rule returns the rule given to NewBuilder.
func (b *Builder) Rule() *rule.Rule { return b.rule }

// SetGeneration sets the pattern's generation; the default is 0.
func (b *Builder) SetGeneration(g *big.Int) { b.generation.Set(g) }

// AddComment appends a comment line.
func (b *Builder) AddComment(c Comment) { b.comments = append(b.comments, c) }

// Set gives the cell at (x, y) the state s. State 0 clears what Set and short
// SetRun calls have set. Cost: O(1).
func (b *Builder) Set(x, y int64, s State) {
	b.checkState(s)
	if b.multi {
		b.leafCells(x, y)[y&7<<3|x&7] = s
		return
	}
	w := b.rowBits(x, y)
	*w = *w&^(1<<(x&63)) | uint64(s)<<(x&63)
}

// rowBits returns the two-state page row that holds (x, y), valid until the next call.
func (b *Builder) rowBits(x, y int64) *uint64 {
	r := &b.page(x, y)[y>>3&7]
	if *r == 0 {
		*r = int32(len(b.bits))
		b.bits = append(b.bits, [8]uint64{})
	}
	return &b.bits[*r][y&7]
}

// leafCells returns the multi-state leaf that holds (x, y), valid until the next call.
func (b *Builder) leafCells(x, y int64) *LeafStates {
	r := &b.page(x, y)[y>>3&7]
	if *r == 0 {
		*r = int32(len(b.index))
		b.index = append(b.index, [8]int32{})
	}
	l := &b.index[*r][x>>3&7]
	if *l == 0 {
		*l = int32(len(b.cells))
		b.cells = append(b.cells, LeafStates{})
	}
	return &b.cells[*l]
}

// SetRun gives the n cells from (x, y) eastward the state s > 0; none when
// n <= 0. It returns ErrOutOfRange, and has set nothing, when the run leaves the
// int64 coordinates. Cost: O(min(n, 128)).
func (b *Builder) SetRun(x, y, n int64, s State) error {
	b.checkState(s)
	if s == 0 {
		panic("life: SetRun wants a state above 0")
	}
	if n <= 0 {
		return nil
	}
	if x > math.MaxInt64-(n-1) {
		return fmt.Errorf("run of %d cells at x=%d: %w", n, x, ErrOutOfRange)
	}
	if n >= longRun {
		b.spans = append(b.spans, span{uint64(x) + corner, uint64(y) + corner, uint64(n), s})
		return nil
	}
	b.setShortRun(x, y, n, s)
	return nil
}

// setShortRun sets the cells of a run, a page row or a leaf at a time.
func (b *Builder) setShortRun(x, y, n int64, s State) {
	for !b.multi && n > 0 {
		w := min(n, 64-x&63)
		*b.rowBits(x, y) |= math.MaxUint64 >> (64 - w) << (x & 63)
		x, n = x+w, n-w
	}
	for n > 0 {
		w := min(n, 8-x&7)
		row := b.leafCells(x, y)[y&7<<3:][x&7:]
		for i := range row[:w] {
			row[i] = s
		}
		x, n = x+w, n-w
	}
}

// SetRow64 unites the 64 cells of a two-state pattern from (x, y) eastward with
// bits, bit 0 being the west-most; x must be a multiple of 64.
func (b *Builder) SetRow64(x, y int64, bits uint64) {
	if b.multi || x&63 != 0 {
		panic("life: SetRow64 wants a two-state pattern and x a multiple of 64")
	}
	if bits != 0 {
		*b.rowBits(x, y) |= bits
	}
}

// SetRow is SetRow64 for consecutive words: words[i] is for the cells from
// (x+64i, y). It panics when these lie beyond the int64 coordinates. Cost: O(len(words)).
func (b *Builder) SetRow(x, y int64, words []uint64) {
	if n := int64(len(words)); b.multi || x&63 != 0 || n > 0 && x > math.MaxInt64-64*n+1 {
		panic("life: SetRow wants a two-state pattern, x a multiple of 64, and words within int64")
	}
	for i, bits := range words {
		if bits != 0 {
			*b.rowBits(x+64*int64(i), y) |= bits
		}
	}
}

// SetStates gives the cells from (x, y) eastward those of the states that are not 0, as Set
// does, in a multi-state pattern. x must be a multiple of 8. It panics when a cell lies
// beyond the int64 coordinates. Cost: O(len(states)).
func (b *Builder) SetStates(x, y int64, states []State) {
	if n := int64(len(states)); !b.multi || x&7 != 0 || n > 0 && x > math.MaxInt64-(n-1) {
		panic("life: SetStates wants a multi-state pattern, x a multiple of 8, and cells within int64")
	}
	b.checkState(maxState(states))
	for ; len(states) > 8; x, states = x+8, states[8:] {
		if w := getStates(states); w != 0 {
			uniteStates(b.leafCells(x, y)[y&7<<3:], w)
		}
	}
	for i, s := range states {
		if s != 0 {
			b.leafCells(x, y)[y&7<<3:][i] = s
		}
	}
}

// maxState returns the highest of some states, and 0 of none.
func maxState(states []State) (m State) {
	for _, s := range states {
		m = max(m, s)
	}
	return m
}

// getStates returns eight states as a word, the first one lowest.
func getStates(s []State) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// uniteStates puts those states of a word that are not 0 into s.
func uniteStates(s []State, w uint64) {
	if old := getStates(s); old != 0 {
		w |= old &^ (isState(w) * 0xFF)
	}
	s[0], s[1], s[2], s[3] = State(w), State(w>>8), State(w>>16), State(w>>24)
	s[4], s[5], s[6], s[7] = State(w>>32), State(w>>40), State(w>>48), State(w>>56)
}

// sealPages is how many pages Seal waits for: some megabytes.
const sealPages = 1 << 14

// Seal lets the Builder turn the cells set so far into nodes when they are many, so
// that a reader of a large file does not keep all of it cell by cell. What it has
// turned into nodes can be set again, but Set with state 0 does not clear it any
// more, and AddTree wins over it. Cost: none but for each so many pages.
func (b *Builder) Seal() {
	if len(b.keys) > sealPages {
		b.fold()
	}
}

// fold turns all pages into nodes.
func (b *Builder) fold() {
	if level, id := b.pageTree(); id != 0 {
		b.AddTree(level, id)
	}
	b.pageT.reset()
	b.keys, b.pages, b.last = b.keys[:1], b.pages[:1], 0
	b.bits, b.index, b.cells = b.bits[:1], b.index[:1], b.cells[:1]
}

func (b *Builder) checkState(s State) {
	if n := b.rule.States(); n != 0 && int(s) >= n {
		panic(fmt.Sprintf("life: state %d of a rule with %d states", s, n))
	}
}

// page returns the page that holds (x, y), valid until the next call.
func (b *Builder) page(x, y int64) *page {
	k := pageKey{(uint64(x) + corner) >> 6, (uint64(y) + corner) >> 6}
	if i := b.last; i > 0 && b.keys[i] == k {
		return &b.pages[i]
	}
	// Cells often come row by row, and then pages in the order they were made.
	if i := int(b.last) + 1; i < len(b.keys) && b.keys[i] == k {
		b.last++
		return &b.pages[i]
	}
	b.last = find(&b.pageT, &b.keys, k.hash(), &k)
	if int(b.last) == len(b.pages) {
		b.pages = append(b.pages, page{})
	}
	return &b.pages[b.last]
}

// Leaf returns the node of level LeafLevel with the given cells, bit 8y+x.
// The pattern must be two-state.
func (b *Builder) Leaf(bits uint64) NodeID { return b.tree.leaf(bits) }

// LeafStates returns the node of level LeafLevel with the given cells. The
// pattern must be multi-state.
func (b *Builder) LeafStates(s *LeafStates) NodeID {
	for _, v := range s {
		b.checkState(v)
	}
	return b.tree.leafStates(s)
}

// Node returns the node of the given level > LeafLevel with the given children,
// each of level-1 and made by this Builder.
func (b *Builder) Node(level int, q Quad) NodeID { return b.tree.node(level, q) }

// Leaves is Leaf for many, in less time: ids[i] becomes Leaf(bits[i]).
// len(ids) must be at least len(bits).
func (b *Builder) Leaves(bits []uint64, ids []NodeID) { b.tree.leaves(bits, ids) }

// Nodes is Node for many, in less time: ids[i] becomes Node(level, q[i]). len(ids) must be
// at least len(q).
func (b *Builder) Nodes(level int, q []Quad, ids []NodeID) { b.tree.nodes(level, q, ids) }

// Reserve makes room for n >= 0 more nodes of a level >= LeafLevel. One who knows
// how many follow saves moving them as tables grow; one who does not need not call
// it. Cost: up to 28 bytes a node, 76 for multi-state leaves.
func (b *Builder) Reserve(level, n int) { b.tree.reserve(level, n) }

// AddTree unites the pattern with a tree of the given level, centred on the
// origin like a Pattern's root.
func (b *Builder) AddTree(level int, id NodeID) {
	for ; b.level < level; b.level++ {
		b.root = b.tree.expand(b.level, b.root)
	}
	for ; level < b.level; level++ {
		id = b.tree.expand(level, id)
	}
	b.root = b.tree.union(level, b.root, id)
}

// Pattern returns the finished pattern. The Builder must not be used afterwards.
func (b *Builder) Pattern() *Pattern {
	b.fold()
	b.pageT, b.keys, b.pages, b.bits, b.index, b.cells = table{}, nil, nil, nil, nil, nil
	if id := b.spanTree(b.spans); id != 0 {
		b.AddTree(planeLevel, id)
	}
	p := &Pattern{rule: b.rule, generation: b.generation, comments: slices.Clip(b.comments), even: new(evenNodes)}
	b.tree.extract(p, b.level, b.root)
	return p
}

// graft adds p's cells to b, and fails when it holds states that b's rule lacks.
func (b *Builder) graft(p *Pattern) error {
	id, err := b.graftTree(p)
	if err == nil {
		b.AddTree(p.Level(), id)
	}
	return err
}

// graftTree copies p's tree into b and returns the root, of p's level. It fails as
// graft does.
func (b *Builder) graftTree(p *Pattern) (NodeID, error) {
	ids, err := b.graftLeaves(p)
	if err != nil {
		return 0, err
	}
	for level := LeafLevel + 1; level <= p.Level(); level++ {
		nodes := p.Nodes(level)
		up := make([]NodeID, len(nodes))
		for i, q := range nodes {
			up[i] = b.Node(level, Quad{ids[q[0]], ids[q[1]], ids[q[2]], ids[q[3]]})
		}
		ids = up
	}
	return ids[p.root], nil
}

// graftLeaves copies p's leaves into b and returns their new ids.
func (b *Builder) graftLeaves(p *Pattern) ([]NodeID, error) {
	ids := make([]NodeID, max(len(p.leaves), len(p.states)))
	for i, bits := range p.leaves {
		if b.multi {
			s := spread(bits)
			ids[i] = b.tree.leafStates(&s)
		} else {
			ids[i] = b.tree.leaf(bits)
		}
	}
	for i := range p.states {
		s := &p.states[i]
		if m := slices.Max(s[:]); b.rule.States() != 0 && int(m) >= b.rule.States() {
			return nil, fmt.Errorf("state %d under rule %s: %w", m, b.rule, ErrState)
		}
		if b.multi {
			ids[i] = b.tree.leafStates(s)
		} else {
			ids[i] = b.tree.leaf(gather(s))
		}
	}
	return ids, nil
}

// spread turns 64 bits into 64 cells.
func spread(bits uint64) (s LeafStates) {
	for i := range s {
		s[i] = State(bits >> i & 1)
	}
	return s
}

// gather turns the non-zero ones of 64 cells into bits.
func gather(s *LeafStates) (bits uint64) {
	for i := 0; i < len(s); i += 8 {
		bits |= gatherBits(isState(getStates(s[i:]))) << i
	}
	return bits
}

// lowBits has the lowest bit of each byte.
const lowBits = 0x0101010101010101

// isState returns the bytes of a word that are not 0 as 1, and the others as 0.
func isState(w uint64) uint64 {
	const low7 = 0x7F * lowBits
	return (w&low7 + low7 | w) >> 7 & lowBits
}

// gatherBits returns the lowest bits of the bytes of a word as a byte.
func gatherBits(w uint64) uint64 { return w & lowBits * 0x0102040810204080 >> 56 }
