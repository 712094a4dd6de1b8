package life

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// interner makes quadtree nodes so that equal squares of one level get equal
// ids, one table a level. Ids count up from 1; 0 is the empty square.
type interner struct {
	multi  bool
	bits   []uint64
	states []LeafStates
	leafT  table
	levels [][]Quad // levels[i] is level LeafLevel+1+i
	nodeT  []table
}

func (t *interner) init(multi bool) {
	*t = interner{multi: multi, bits: make([]uint64, 1), states: make([]LeafStates, 1)}
}

// table is an open-addressing index of ids; the keys stand in the node store. What a
// search looks at first, the tags, takes a byte a slot and so stays near in the caches.
type table struct {
	tags   []uint8  // by slot: see tagOf; 0 is a free one
	ids    []NodeID // by slot
	hashes []uint32 // by id less 1, of its key
	used   int

	touched uint8 // keeps touch from being no work at all
}

// tagOf returns bits of a hash other than those that tell the slot of a small table.
func tagOf(hash uint32) uint8 { return uint8(hash>>24) | 1 }

// find returns the id of key, whose hash is h, in a table of the given store; it
// appends key to the store when it is not there.
func find[K comparable](t *table, store *[]K, h uint64, key *K) NodeID {
	if t.used*3 >= len(t.tags)*2 {
		t.grow()
	}
	hash := uint32(h)
	tags, tag := t.tags, tagOf(hash)
	mask := uint32(len(tags) - 1)
	i := hash & mask
	for ; tags[i] != 0; i = (i + 1) & mask {
		if tags[i] == tag {
			if id := t.ids[i]; (*store)[id] == *key {
				return id
			}
		}
	}
	id := NodeID(len(*store))
	tags[i], t.ids[i] = tag, id
	t.hashes = append(t.hashes, hash)
	t.used++
	*store = append(*store, *key)
	return id
}

// touch looks at the place of a key whose hash is h. Before several calls of find it
// has memory answer for all of them at once, not one after the other.
func (t *table) touch(h uint64) {
	if mask := uint32(len(t.tags) - 1); len(t.tags) > 0 {
		t.touched ^= t.tags[uint32(h)&mask]
	}
}

func (t *table) grow() { t.resize(max(16, 2*len(t.tags))) }

// reset empties the table.
func (t *table) reset() {
	clear(t.tags)
	t.hashes, t.used = t.hashes[:0], 0
}

// reserve makes room for n more ids at once.
func (t *table) reserve(n int) {
	if size := 1 << bits.Len(uint((t.used+n)*3/2)); size > len(t.tags) {
		t.resize(size)
	}
	t.hashes = slices.Grow(t.hashes, n)
}

// resize moves the ids to a table of another size, a power of two.
func (t *table) resize(size int) {
	t.tags, t.ids = make([]uint8, size), make([]NodeID, size)
	mask := uint32(size - 1)
	for k, hash := range t.hashes {
		i := hash & mask
		for t.tags[i] != 0 {
			i = (i + 1) & mask
		}
		t.tags[i], t.ids[i] = tagOf(hash), NodeID(k+1)
	}
}

// mix is the finaliser of MurmurHash3 (Austin Appleby, 2011).
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xFF51AFD7ED558CCD
	h = (h ^ h>>33) * 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}

func hashQuad(q Quad) uint64 {
	a, b := uint64(q[0])|uint64(q[1])<<32, uint64(q[2])|uint64(q[3])<<32
	return mix(a*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(b*0xC2B2AE3D27D4EB4F, 31))
}

func hashStates(s *LeafStates) uint64 {
	var raw [64]byte
	for i, v := range s {
		raw[i] = byte(v)
	}
	var h uint64
	for i := 0; i < 64; i += 8 {
		h = mix(h + 0x9E3779B97F4A7C15 ^ binary.LittleEndian.Uint64(raw[i:]))
	}
	return h
}

func (t *interner) leaf(b uint64) NodeID {
	if t.multi {
		panic("life: two-state leaf in a multi-state pattern")
	}
	if b == 0 {
		return 0
	}
	return find(&t.leafT, &t.bits, mix(b), &b)
}

// atOnce is how many keys are touched before they are looked for.
const atOnce = 64

// leaves is leaf for many.
func (t *interner) leaves(cells []uint64, ids []NodeID) {
	if t.multi {
		panic("life: two-state leaves in a multi-state pattern")
	}
	var hash [atOnce]uint64
	for len(cells) > 0 {
		n := min(atOnce, len(cells))
		for i, b := range cells[:n] {
			if b != 0 {
				hash[i] = mix(b)
				t.leafT.touch(hash[i])
			}
		}
		for i := range n {
			if ids[i] = 0; cells[i] != 0 {
				ids[i] = find(&t.leafT, &t.bits, hash[i], &cells[i])
			}
		}
		cells, ids = cells[n:], ids[n:]
	}
}

func (t *interner) leafStates(s *LeafStates) NodeID {
	if !t.multi {
		panic("life: multi-state leaf in a two-state pattern")
	}
	if *s == (LeafStates{}) {
		return 0
	}
	return find(&t.leafT, &t.states, hashStates(s), s)
}

func (t *interner) node(level int, q Quad) NodeID {
	if q == (Quad{}) {
		return 0
	}
	i := t.index(level)
	return find(&t.nodeT[i], &t.levels[i], hashQuad(q), &q)
}

// nodes is node for many.
func (t *interner) nodes(level int, q []Quad, ids []NodeID) {
	at := t.index(level)
	table, store := &t.nodeT[at], &t.levels[at]
	var hash [atOnce]uint64
	for len(q) > 0 {
		n := min(atOnce, len(q))
		for i, q := range q[:n] {
			if q != (Quad{}) {
				hash[i] = hashQuad(q)
				table.touch(hash[i])
			}
		}
		for i := range n {
			if ids[i] = 0; q[i] != (Quad{}) {
				ids[i] = find(table, store, hash[i], &q[i])
			}
		}
		q, ids = q[n:], ids[n:]
	}
}

// index returns the index of a level > LeafLevel in the tables, which it makes.
func (t *interner) index(level int) int {
	i := level - LeafLevel - 1
	for len(t.levels) <= i {
		t.levels = append(t.levels, make([]Quad, 1))
		t.nodeT = append(t.nodeT, table{})
	}
	return i
}

// count returns the number of nodes or leaves of a level.
func (t *interner) count(level int) int {
	if level == LeafLevel {
		return t.leafT.used
	}
	return t.nodeT[t.index(level)].used
}

// reserve makes room for n more nodes or leaves of a level.
func (t *interner) reserve(level, n int) {
	switch {
	case level > LeafLevel:
		i := t.index(level)
		t.levels[i] = slices.Grow(t.levels[i], n)
		t.nodeT[i].reserve(n)
	case t.multi:
		t.states = slices.Grow(t.states, n)
		t.leafT.reserve(n)
	default:
		t.bits = slices.Grow(t.bits, n)
		t.leafT.reserve(n)
	}
}

// children returns the children of a node of level > LeafLevel.
func (t *interner) children(level int, id NodeID) Quad {
	if id == 0 {
		return Quad{}
	}
	return t.levels[level-LeafLevel-1][id]
}

// expand returns the node of level+1 whose centre is id.
func (t *interner) expand(level int, id NodeID) NodeID {
	if id == 0 {
		return 0
	}
	if level == LeafLevel {
		return t.expandLeaf(id)
	}
	q := t.children(level, id)
	return t.node(level+1, Quad{
		t.node(level, Quad{3: q[0]}), t.node(level, Quad{2: q[1]}),
		t.node(level, Quad{1: q[2]}), t.node(level, Quad{0: q[3]}),
	})
}

// expandLeaf returns the node of level LeafLevel+1 whose centre is a leaf.
func (t *interner) expandLeaf(id NodeID) NodeID {
	var q Quad
	for i := range q {
		var around Quad
		around[3-i] = id
		q[i] = t.windowLeaf(around, 4, 4)
	}
	return t.node(LeafLevel+1, q)
}

// shrink returns the centre of a node and true when nothing lies outside it.
func (t *interner) shrink(level int, id NodeID) (NodeID, bool) {
	q := t.children(level, id)
	var inner Quad
	for i, c := range q {
		g := t.children(level-1, c)
		inner[i] = g[3-i]
		g[3-i] = 0
		if g != (Quad{}) {
			return 0, false
		}
	}
	return t.node(level-1, inner), true
}

// union returns the node with the cells of both; where both have one, b's wins.
func (t *interner) union(level int, a, b NodeID) NodeID {
	u := uniter{t: t, memo: map[uniteKey]NodeID{}}
	return u.unite(level, a, b)
}

type uniteKey struct {
	level int
	a, b  NodeID
}

type uniter struct {
	t    *interner
	memo map[uniteKey]NodeID
}

func (u *uniter) unite(level int, a, b NodeID) NodeID {
	switch {
	case a == 0 || a == b:
		return b
	case b == 0:
		return a
	case level == LeafLevel:
		return u.t.uniteLeaves(a, b)
	}
	k := uniteKey{level, a, b}
	if id, ok := u.memo[k]; ok {
		return id
	}
	p, q := u.t.children(level, a), u.t.children(level, b)
	for i := range p {
		p[i] = u.unite(level-1, p[i], q[i])
	}
	id := u.t.node(level, p)
	u.memo[k] = id
	return id
}

func (t *interner) uniteLeaves(a, b NodeID) NodeID {
	if !t.multi {
		return t.leaf(t.bits[a] | t.bits[b])
	}
	s := t.states[a]
	for i, v := range t.states[b] {
		if v != 0 {
			s[i] = v
		}
	}
	return t.leafStates(&s)
}

// extract moves what the root reaches into p, in a Pattern's canonical form.
func (t *interner) extract(p *Pattern, level int, root NodeID) {
	for level > LeafLevel+1 {
		id, ok := t.shrink(level, root)
		if !ok {
			break
		}
		level, root = level-1, id
	}
	p.levels = make([][]Quad, level-LeafLevel)
	want := []NodeID{0}
	p.root = 0
	if root != 0 {
		p.root, want = 1, append(want, root)
	}
	for ; level > LeafLevel; level-- {
		p.levels[level-LeafLevel-1], want = t.extractLevel(level, want)
	}
	if !t.multi {
		p.leaves = make([]uint64, len(want))
		for i, id := range want {
			p.leaves[i] = t.bits[id]
		}
		return
	}
	p.states = make([]LeafStates, len(want))
	for i, id := range want {
		p.states[i] = t.states[id]
	}
}

// extractLevel renumbers the nodes listed in want; it returns them and the
// children they want, in the order first met.
func (t *interner) extractLevel(level int, want []NodeID) ([]Quad, []NodeID) {
	below := len(t.bits) + len(t.states)
	if level > LeafLevel+1 {
		below = len(t.levels[level-LeafLevel-2])
	}
	number := make([]NodeID, below)
	next := make([]NodeID, 1, below)
	nodes := make([]Quad, len(want))
	for i, id := range want {
		for j, c := range t.children(level, id) {
			if c != 0 && number[c] == 0 {
				number[c] = NodeID(len(next))
				next = append(next, c)
			}
			nodes[i][j] = number[c]
		}
	}
	return nodes, next
}
