package hashlife

import (
	"encoding/binary"
	"math/bits"
	"unsafe"

	"golife/life/internal/arena"
)

// collector finds how much each node and leaf is worth to keep, and moves those
// together, in place, that are worth enough. What is worth keeping makes its
// children worth as much. Since children are older than their parents, with few
// exceptions where workers met, one pass from the youngest node down tells; it
// reads memory in order and takes no stack.
//
// What an entry is worth and whether it is kept lies in tables by its id, leaves below 0
// and nodes above:
//
//	│ … leaf 2 │ leaf 1 │ empty │ node 1 │ node 2 … │
//
// What these tables are asked for is as good as random, and so are the answers; so the
// passes over all nodes decide without branches. They read nodes a word of marks at a time.
type collector struct {
	s                *store
	count, leafCount int // of entries, with entry 0
	leafWords        int // of the tables, 64 entries each, before the word of entry 0
	worth            []uint8
	marks            []markWord
	isInIndex        bool // worth and marks lie where the index of nodes was
	kept, keptLeaves int
	late             []id // to be passed over again
	nodes            nodeBlock
}

// markWord tells which of 64 entries are kept, and what the ids of those become: they
// follow each other.
type markWord struct {
	bits  uint64
	first id // the new id of the first one that is kept
}

// Worth of an entry. Between the two lies that of results and what they need: less
// for each epoch since the result last served.
const (
	worthless = 0
	rooted    = 255
)

// oldest is the most epochs that a result is old: those that are older count as this old. Until
// the next collection all grow older by 64 at most, so that the number of an epoch tells.
const oldest = 190

// visitor calls f with the address of each id that outlives a collection.
type visitor func(f func(*id))

// newCollector finds the worth of all entries; without the roots nothing is
// kept yet. withResults says that results are worth something, not the roots only; spoils, that the
// index of nodes may be overwritten, so that the collector takes no memory.
func (s *store) newCollector(roots visitor, withResults, spoils bool) *collector {
	m := &collector{s: s, count: int(s.taken.Load()), leafCount: int(s.leavesTaken.Load())}
	m.leafWords = (m.leafCount + 63) / 64
	m.makeTables(m.leafWords+(m.count+63)/64, spoils)
	if withResults {
		m.valueResults()
	}
	roots(func(r *id) { m.raise(*r, rooted) })
	m.pass()
	*m.worthOf(0) = worthless // raised for every square that is empty
	return m
}

// makeTables makes tables for some words of 64 entries each.
func (m *collector) makeTables(words int, spoils bool) {
	if spoils {
		if b := m.s.nodeIndex.Scratch(words * (64 + int(unsafe.Sizeof(markWord{})))); b != nil {
			m.worth, m.isInIndex = b[:64*words], true
			m.marks = unsafe.Slice((*markWord)(unsafe.Pointer(&b[64*words])), words)
			return
		}
	}
	m.worth, m.marks = arena.Make[uint8](64*words), arena.Make[markWord](words)
}

// worthOf returns where the worth of an entry is.
func (m *collector) worthOf(i id) *uint8 { return offset(m.origin(), i) }

// origin returns where the worth of entry 0 is.
func (m *collector) origin() *uint8 { return &m.worth[m.leafWords*64] }

// offset returns the element of a table that is i further than another.
func offset[T any](at *T, i id) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(at), int(int32(i))*int(unsafe.Sizeof(*at))))
}

// raise makes an entry worth w at least.
func (m *collector) raise(i id, w uint8) { raise(m.origin(), i, uint32(w)) }

// raise makes what is i further than at worth w at least.
func raise(at *uint8, i id, w uint32) {
	p := offset(at, i)
	v := uint32(*p)
	if v < w {
		v = w
	}
	*p = uint8(v)
}

// valueResultsGo gives nodes that have results, and the results, their worth. It is valueResults
// in plain Go, as passFromGo is passFrom.
func (m *collector) valueResultsGo() {
	s, at, now := m.s, m.origin(), m.s.epoch()
	for i := range id(m.count) {
		tag, res := s.memo(i)
		if !isResult(tag) {
			continue
		}
		w := uint32(rooted - 1)
		if s.stamps != nil {
			w -= min(uint32(now-s.stampOf(i)), oldest)
		}
		raise(at, i, w)
		raise(at, res, w)
	}
}

// pass makes the children of all nodes worth what they are themselves.
func (m *collector) pass() {
	for i := m.passFrom(id(m.count)); i != 0; i = m.passFrom(i) {
		m.passLate(i)
	}
}

// passFromGo is pass from the node before end down. It stops before one that has a younger child,
// and returns it; else 0.
func (m *collector) passFromGo(end id) (late id) {
	at := m.origin()
	for i := end - 1; i > 0; i-- {
		w := uint32(*offset(at, i))
		if w == worthless { // nearly all, or nearly none
			continue
		}
		c := m.s.quad(i)
		if max(int32(c[0]), int32(c[1]), int32(c[2]), int32(c[3])) > int32(i) { // leaves are below 0
			return i
		}
		for _, child := range c {
			raise(at, child, w)
		}
	}
	return 0
}

// passLate is pass for a node, and all below it that the pass has left behind.
func (m *collector) passLate(at id) {
	m.late = append(m.late[:0], at)
	for len(m.late) > 0 {
		i := m.late[len(m.late)-1]
		m.late = m.late[:len(m.late)-1]
		w := *m.worthOf(i)
		for _, c := range m.s.quad(i) {
			if int32(c) > int32(at) && *m.worthOf(c) < w {
				m.late = append(m.late, c)
			}
			m.raise(c, w)
		}
	}
}

// tally returns how many nodes and leaves are worth just so much.
func (m *collector) tally() (nodes, leaves [rooted + 1]int) {
	return histogram(m.worth[m.leafWords*64:]), histogram(m.worth[:m.leafWords*64])
}

// histogram counts in four tables, since an entry is mostly worth what the last one is,
// and its count still on the way to memory.
func histogram(worth []uint8) (n [rooted + 1]int) {
	var counts [4][rooted + 1]int
	for ; len(worth) >= 4; worth = worth[4:] {
		counts[0][worth[0]]++
		counts[1][worth[1]]++
		counts[2][worth[2]]++
		counts[3][worth[3]]++
	}
	for _, w := range worth {
		n[w]++
	}
	for _, c := range &counts {
		for w, k := range &c {
			n[w] += k
		}
	}
	return n
}

// keep decides to keep what is worth least at least.
func (m *collector) keep(least uint8) {
	m.mark(least)
	m.marks[m.leafWords].bits |= 1 // the empty square
	n := 0
	for k := range m.marks {
		if k == m.leafWords {
			m.keptLeaves, n = n, 0
		}
		m.marks[k].first = id(n)
		n += bits.OnesCount64(m.marks[k].bits)
	}
	m.kept = n - 1
	for k := range m.marks[:m.leafWords] {
		m.marks[k].first -= id(m.keptLeaves)
	}
}

// mark marks what is worth least at least.
func (m *collector) mark(least uint8) {
	for k := range m.marks {
		worth := m.worth[64*k : 64*k+64]
		for j := range 8 {
			m.marks[k].bits |= atLeast(binary.LittleEndian.Uint64(worth[8*j:]), least) << (8 * j)
		}
	}
}

// atLeast returns a bit for each of eight bytes: whether it is t at least.
func atLeast(v uint64, t uint8) uint64 {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	low := (v | high) - ones*uint64(t&0x7F) // no byte borrows from the next
	if t < 0x80 {
		low |= v
	} else {
		low &= v
	}
	return low & high >> 7 * 0x0102040810204080 >> 56
}

// word returns the marks of 64 entries, entry i among them.
func (m *collector) word(i id) *markWord {
	return offset(&m.marks[m.leafWords], id(int32(i)>>6))
}

// isKept returns 1 for an entry that is kept, else 0.
func (m *collector) isKept(i id) uint64 { return m.word(i).bits >> (i & 63) & 1 }

// moved returns the new id of an entry that is kept.
func (m *collector) moved(i id) id {
	w := m.word(i)
	return w.first + id(bits.OnesCount64(w.bits&(1<<(i&63)-1)))
}

// movedTwo is moved for both halves of a square.
func (m *collector) movedTwo(half uint64) uint64 {
	return join(m.moved(id(half)), m.moved(id(half>>32)))
}

// finish moves what is kept, turns the roots to new ids and gives the tables room
// for the given numbers of entries.
func (m *collector) finish(roots visitor, room, leafRoom int) {
	s := m.s
	s.pops.reset() // they are kept by id
	m.moveNodes()
	m.moveLeaves()
	roots(func(r *id) { *r = m.moved(*r) })
	s.firstEpoch, s.epochStart = s.epoch(), int64(m.kept)+1
	s.taken.Store(int64(m.kept) + 1)
	s.leavesTaken.Store(int64(m.keptLeaves) + 1)
	for _, c := range s.cursors {
		c.next, c.end, c.nextLeaf, c.endLeaf = 0, 0, 0, 0
	}
	s.counts.collections++
	m.free()
	s.sizeNodes(room, false)
	s.sizeLeaves(leafRoom, false)
}

// free gives back what the collector has taken, but for the index.
func (m *collector) free() {
	if !m.isInIndex {
		arena.Free(m.worth)
		arena.Free(m.marks)
	}
	m.worth, m.marks = nil, nil
}

// moveNodes moves nodes together. A result is kept when its square is kept on
// another's account.
func (m *collector) moveNodes() {
	s := m.s
	var moved nodeBlock
	to := 0
	for w, marks := range m.marks[m.leafWords:] {
		first := 64 * w
		nodes := s.nodesFrom(&m.nodes, id(first), min(64, m.count-first))
		m.remember(nodes, id(first), ^marks.bits)
		m.move(&moved, nodes, marks.bits)
		m.moveStamps(to, first, marks.bits)
		n := bits.OnesCount64(marks.bits)
		s.setNodes(id(to), moved[:n])
		to += n
	}
}

// moveGo copies those of up to 64 nodes that are kept, with the new ids of what they name.
func (m *collector) moveGo(to *nodeBlock, from []wideNode, kept uint64) {
	for n := 0; kept != 0; n, kept = n+1, kept&(kept-1) {
		old, new := &from[bits.TrailingZeros64(kept)], &to[n]
		*new = wideNode{m.movedTwo(old.north), m.movedTwo(old.south), old.res, old.tag}
		if isResult(old.tag) {
			stays := -uint32(m.isKept(old.res)) // all bits or none; a tag of none is noResult
			new.tag, new.res = old.tag&stays, m.moved(old.res)&stays
		}
	}
}

// moveStamps moves the stamps of those nodes of a word that are kept.
func (m *collector) moveStamps(to, first int, kept uint64) {
	s := m.s
	if s.stamps == nil {
		return
	}
	now := s.epoch()
	for ; kept != 0; kept &= kept - 1 {
		age := now - s.stampOf(id(first+bits.TrailingZeros64(kept)))
		s.setStamp(id(to), now-min(age, oldest))
		to++
	}
}

// remember makes ghosts of some of the nodes of a word that are dropped: one in
// ghostShare, if all its children are kept, by their new ids.
func (m *collector) remember(nodes []wideNode, first id, dropped uint64) {
	if m.s.ghosts.bits == nil {
		return
	}
	const some = 0x0101010101010101
	for b := some & dropped; b != 0; b &= b - 1 {
		k := bits.TrailingZeros64(b)
		if k >= len(nodes) {
			return
		}
		if m.s.isGap(first + id(k)) {
			continue
		}
		north, south := nodes[k].north, nodes[k].south
		if m.isKept(id(north))&m.isKept(id(north>>32))&m.isKept(id(south))&m.isKept(id(south>>32)) != 0 {
			m.s.ghosts.add(m.movedTwo(north), m.movedTwo(south))
		}
	}
}

func (m *collector) moveLeaves() {
	leaves := m.s.leaves.Slice()
	to := 1
	for w := m.leafWords - 1; w >= 0; w-- { // leaf 1 has the highest id
		for b := m.marks[w].bits; b != 0; b &^= 1 << (bits.Len64(b) - 1) {
			leaves[to] = leaves[64*(m.leafWords-w)-bits.Len64(b)+1]
			to++
		}
	}
	clear(leaves[to:m.leafCount])
}

// collectAll keeps what the roots reach. The tables shrink to what that needs,
// and as much again.
func (s *store) collectAll(roots visitor) {
	s.ghosts.free()
	m := s.newCollector(roots, false, true)
	m.keep(rooted)
	m.finish(roots, max(firstNodes, min(s.nodeRoom(), 2*m.kept)), max(firstLeaves, min(s.leafRoom(), 2*m.keptLeaves)))
}

// collectFull makes room when a table is full and must not grow. Beside what the
// roots reach it keeps the results that served last, with what they need, as many as
// leave a sixth of the limit free, or up to half of it where what is dropped is seldom
// made again; the roots alone may leave a little less. It reports false, and changes
// nothing, when even they leave too little.
func (s *store) collectFull(roots visitor) bool {
	nodes, leaves := s.used(), s.leafCount()
	s.ghosts.adjust(s)
	m := s.newCollector(roots, true, true)
	n, l := m.tally()
	room, leafRoom, ok := s.share(n[rooted], l[rooted], nodes, leaves, minLeft)
	if !ok {
		m.free()
		s.fillNodeIndex()
		return false
	}
	least := rooted
	for left := s.ghosts.left; left <= leastLeft && least == rooted; left++ {
		for kept, keptLeaves := n[rooted], l[rooted]; least > worthless+1; least-- {
			kept, keptLeaves = kept+n[least-1], keptLeaves+l[least-1]
			r, lr, ok := s.share(kept, keptLeaves, nodes, leaves, left)
			if !ok {
				break
			}
			room, leafRoom = r, lr
		}
	}
	m.keep(uint8(least))
	s.ghosts.reset(m.count, id(m.kept))
	m.finish(roots, room, leafRoom)
	return true
}
