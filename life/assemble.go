package life

import (
	"math/bits"
	"slices"
)

// pageTree returns the tree of all cells in pages, centred, and its level, which
// is that of the smallest such square: small patterns are read in little time.
func (b *Builder) pageTree() (level int, id NodeID) {
	row := make([]placed, 0, len(b.pages)-1)
	level = pageLevel + 1
	var before [pageLevel]int
	for level := LeafLevel; level < pageLevel; level++ {
		before[level] = b.tree.count(level)
	}
	for i := range b.pages[1:] {
		if i == len(b.pages)/8 {
			b.reserveAsFor(before, i, len(b.pages)-i)
		}
		id, key := b.pageNode(&b.pages[i+1]), b.keys[i+1]
		if id == 0 {
			continue
		}
		row = append(row, placed{key, id})
		level = max(level, pageLevel+1+fromCentre(key.x), pageLevel+1+fromCentre(key.y))
	}
	first := uint64(centrePage) - 1<<(level-pageLevel-1)
	for i := range row {
		row[i].key.x -= first
		row[i].key.y -= first
	}
	slices.SortFunc(row, compareMorton)
	for l := pageLevel + 1; l <= level; l++ {
		row = b.pairUp(l, row)
	}
	if len(row) == 0 {
		return level, 0
	}
	return level, row[0].id
}

// reserveAsFor makes room for the nodes of more pages by what the first done ones, which
// began with so many nodes a level, have needed: tables need not grow bit by bit.
func (b *Builder) reserveAsFor(before [pageLevel]int, done, more int) {
	for level := LeafLevel; level < pageLevel && done > 0; level++ {
		b.tree.reserve(level, int(int64(b.tree.count(level)-before[level])*int64(more)/int64(done)))
	}
}

// pageLevel is the level of a page.
const pageLevel = 6

// centrePage is the number of the page that begins at the origin, in x and in y.
const centrePage = corner >> pageLevel

// fromCentre returns how many bits the distance of a page from the origin has, in
// one coordinate: a centred square of 2·2^bits pages holds it.
func fromCentre(page uint64) int {
	d := int64(page - centrePage)
	return bits.Len64(uint64(d ^ d>>63))
}

// placed is a node and its place among the nodes of its level.
type placed struct {
	key pageKey
	id  NodeID
}

// compareMorton orders keys so that the children of one node are neighbours at
// every level (Morton, 1966).
func compareMorton(p, q placed) int {
	dx, dy := p.key.x^q.key.x, p.key.y^q.key.y
	if bits.Len64(dx) > bits.Len64(dy) {
		if p.key.x < q.key.x {
			return -1
		}
		return 1
	}
	switch {
	case p.key.y < q.key.y:
		return -1
	case p.key.y > q.key.y:
		return 1
	}
	return 0
}

// pairUp joins nodes in Morton order into those of the given level.
func (b *Builder) pairUp(level int, row []placed) []placed {
	out := row[:0]
	for i := 0; i < len(row); {
		key := pageKey{row[i].key.x >> 1, row[i].key.y >> 1}
		var q Quad
		for ; i < len(row) && row[i].key.x>>1 == key.x && row[i].key.y>>1 == key.y; i++ {
			q[row[i].key.x&1|row[i].key.y&1<<1] = row[i].id
		}
		out = append(out, placed{key, b.tree.node(level, q)})
	}
	return out
}

// pageNode returns the node of level 6 for a page.
func (b *Builder) pageNode(p *page) NodeID {
	var ids [64]NodeID
	if b.multi {
		b.pageStates(p, &ids)
	} else {
		b.pageLeaves(p, &ids)
	}
	var quads [16]Quad
	for level, w := LeafLevel+1, 4; w > 0; level, w = level+1, w/2 {
		for y := range w {
			for x := range w {
				i := 4*w*y + 2*x
				quads[w*y+x] = Quad{ids[i], ids[i+1], ids[i+2*w], ids[i+2*w+1]}
			}
		}
		b.tree.nodes(level, quads[:w*w], ids[:])
	}
	return ids[0]
}

// pageLeaves writes the leaves of a two-state page into ids.
func (b *Builder) pageLeaves(p *page, ids *[64]NodeID) {
	var cells [64]uint64
	for y, r := range p {
		if r == 0 {
			continue
		}
		leaves := b.bits[r]
		swapRowsAndLeaves(&leaves)
		copy(cells[8*y:], leaves[:])
	}
	b.tree.leaves(cells[:], ids[:])
}

// pageStates writes the leaves of a multi-state page into ids.
func (b *Builder) pageStates(p *page, ids *[64]NodeID) {
	for y, r := range p {
		if r == 0 {
			continue
		}
		for x, i := range b.index[r] {
			ids[8*y+x] = b.tree.leafStates(&b.cells[i])
		}
	}
}

// swapRowsAndLeaves turns eight rows of 64 cells into the eight leaves that hold them,
// from west to east, and leaves into rows: byte x of row y is byte y of leaf x. It is the
// transposition of a matrix in three steps, each of which swaps off-diagonal blocks (Warren,
// Hacker's Delight, 2nd ed. 2013, section 7-3).
func swapRowsAndLeaves(w *[8]uint64) {
	for i := range 4 {
		swapBytes(&w[i], &w[i+4], 32, 0x00000000FFFFFFFF)
	}
	for _, i := range [4]int{0, 1, 4, 5} {
		swapBytes(&w[i], &w[i+2], 16, 0x0000FFFF0000FFFF)
	}
	for i := 0; i < 8; i += 2 {
		swapBytes(&w[i], &w[i+1], 8, 0x00FF00FF00FF00FF)
	}
}

// swapBytes swaps what mask selects of a, shifted down, with what it selects of b.
func swapBytes(a, b *uint64, shift int, mask uint64) {
	d := (*a>>shift ^ *b) & mask
	*a, *b = *a^d<<shift, *b^d
}

// piece is a node of any level and its place among the nodes of that level.
type piece struct {
	placed
	level int
}

// spanTree returns the tree of level planeLevel of all spans.
func (b *Builder) spanTree(s []span) NodeID {
	if len(s) == 0 {
		return 0
	}
	u := uniter{t: &b.tree, memo: map[uniteKey]NodeID{}}
	p := b.spanPiece(&u, s)
	return b.lift(p, planeLevel).id
}

// spanPiece returns the smallest square that holds all spans of a list that is
// not empty. It halves the list, so that each node is united O(log) times, and
// neighbours are united in small squares.
func (b *Builder) spanPiece(u *uniter, s []span) piece {
	if len(s) == 1 {
		x, y := s[0].x, s[0].y
		level := max(LeafLevel, bits.Len64(x^(x+s[0].n-1)))
		t := spanner{b: b, span: s[0]}
		id := t.node(level, x>>level<<level, y>>level<<level)
		return piece{placed{pageKey{x >> level, y >> level}, id}, level}
	}
	p, q := b.spanPiece(u, s[:len(s)/2]), b.spanPiece(u, s[len(s)/2:])
	level := max(p.level, q.level)
	px, py := p.key.x>>(level-p.level), p.key.y>>(level-p.level)
	qx, qy := q.key.x>>(level-q.level), q.key.y>>(level-q.level)
	level += max(bits.Len64(px^qx), bits.Len64(py^qy))
	p, q = b.lift(p, level), b.lift(q, level)
	if len(u.memo) > maxUniteMemo {
		clear(u.memo)
	}
	p.id = u.unite(level, p.id, q.id)
	return p
}

// maxUniteMemo bounds the memory that unions of spans share, in entries.
const maxUniteMemo = 1 << 14

// lift returns the node of a higher level that holds p and nothing else.
func (b *Builder) lift(p piece, level int) piece {
	for ; p.level < level; p.level++ {
		var q Quad
		q[p.key.x&1|p.key.y&1<<1] = p.id
		p.id = b.tree.node(p.level+1, q)
		p.key = pageKey{p.key.x >> 1, p.key.y >> 1}
	}
	return p
}

// spanner builds the tree of one span. full holds, for each level, the node that
// the span crosses from side to side: all of them are equal.
type spanner struct {
	b *Builder
	span
	full [planeLevel + 1]NodeID
}

// node returns the part of the span inside the square of the given level with
// its corner at (x, y). Cost: two nodes a level, for the ends, and a full one.
func (s *spanner) node(level int, x, y uint64) NodeID {
	side := uint64(1)<<level - 1 // less one, as 2^64 does not fit
	first, last := s.x, s.x+s.n-1
	if last < x || first > x+side || s.y < y || s.y > y+side {
		return 0
	}
	isFull := first <= x && last >= x+side
	if isFull && s.full[level] != 0 {
		return s.full[level]
	}
	var id NodeID
	if level == LeafLevel {
		id = s.leaf(max(first, x)-x, min(last, x+side)-x, s.y-y)
	} else {
		h := uint64(1) << (level - 1)
		id = s.b.tree.node(level, Quad{
			s.node(level-1, x, y), s.node(level-1, x+h, y),
			s.node(level-1, x, y+h), s.node(level-1, x+h, y+h),
		})
	}
	if isFull {
		s.full[level] = id
	}
	return id
}

// leaf returns the leaf with the cells first..last of row y set.
func (s *spanner) leaf(first, last, y uint64) NodeID {
	if !s.b.multi {
		return s.b.tree.leaf((1<<(last-first+1) - 1) << first << (8 * y))
	}
	var l LeafStates
	for x := first; x <= last; x++ {
		l[8*y+x] = s.state
	}
	return s.b.tree.leafStates(&l)
}
