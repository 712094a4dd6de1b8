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
// What an entry is worth and whether it is kept lies in tables by its place: that of a node
// is its id, leaves come after all nodes. What these tables are asked for is as good as random,
// and so are the answers; so the passes over all nodes decide without branches.
type collector struct {
	s                *store
	count, leafCount int // of entries, with entry 0
	leafPlace        uint
	worth            []uint8    // by place
	marks            []markWord // what is kept, by place
	kept, keptLeaves int
	late             []id // to be passed over again
}

// markWord tells which of 64 entries are kept, and numbers them.
type markWord struct {
	bits   uint64
	before uint64 // kept nodes, or leaves, of the words before, entry 0 among them
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
// kept yet. withResults says that results are worth something, not the roots only.
func (s *store) newCollector(roots visitor, withResults bool) *collector {
	m := &collector{s: s, count: int(s.taken.Load()), leafCount: int(s.leavesTaken.Load())}
	m.leafPlace = uint(m.count+63) &^ 63
	m.worth = arena.Make[uint8]((int(m.leafPlace) + m.leafCount + 63) &^ 63)
	if withResults {
		m.valueResults()
	}
	roots(func(r *id) { m.raise(*r, rooted) })
	m.pass()
	m.worth[0], m.worth[m.leafPlace] = worthless, worthless // raised for every square that is empty
	return m
}

// place returns where the tables have an entry.
func (m *collector) place(i id) uint {
	sign := uint32(int32(i) >> 31) // all ones for a leaf, or none
	return uint(i^sign-sign) + uint(sign)&m.leafPlace
}

// raise makes an entry worth w at least.
func (m *collector) raise(i id, w uint32) {
	p := (*uint8)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(m.worth)), m.place(i)))
	v := uint32(*p)
	if v < w {
		v = w
	}
	*p = uint8(v)
}

// valueResults gives nodes that have results, and the results, their worth.
func (m *collector) valueResults() {
	w := uint32(rooted - 1)
	nodes, now := m.s.nodeTable, m.s.epoch()
	for i := id(0); i < id(m.count); i++ {
		tag, res := nodes.memo(i)
		if !isResult(tag) {
			continue
		}
		if nodes.stamps != nil {
			w = rooted - 1 - min(uint32(now-nodes.stampOf(i)), oldest)
		}
		m.raise(i, w)
		m.raise(res, w)
	}
}

// pass makes the children of all nodes worth what they are themselves.
func (m *collector) pass() {
	for i := id(m.count) - 1; i > 0; i-- {
		w := uint32(m.worth[i])
		if w == worthless { // nearly all, or nearly none
			continue
		}
		north, south := m.s.square(i)
		nw, ne, sw, se := id(north), id(north>>32), id(south), id(south>>32)
		if max(int32(nw), int32(ne), int32(sw), int32(se)) > int32(i) { // leaves are below 0
			m.passLate(i)
			continue
		}
		m.raise(nw, w)
		m.raise(ne, w)
		m.raise(sw, w)
		m.raise(se, w)
	}
}

// passLate is pass for a node, and all below it that the pass has left behind.
func (m *collector) passLate(at id) {
	m.late = append(m.late[:0], at)
	for len(m.late) > 0 {
		i := m.late[len(m.late)-1]
		m.late = m.late[:len(m.late)-1]
		w := m.worth[i]
		for _, c := range m.s.quad(i) {
			if int32(c) > int32(at) && m.worth[c] < w {
				m.late = append(m.late, c)
			}
			m.raise(c, uint32(w))
		}
	}
}

// tally returns how many nodes and leaves are worth just so much.
func (m *collector) tally() (nodes, leaves [rooted + 1]int) {
	return histogram(m.worth[:m.leafPlace]), histogram(m.worth[m.leafPlace:])
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
	m.marks = arena.Make[markWord](len(m.worth) / 64)
	nodes := m.marks[:m.leafPlace/64]
	m.kept = markKept(nodes, m.worth, least)
	m.keptLeaves = markKept(m.marks[len(nodes):], m.worth[m.leafPlace:], least)
}

// markKept marks and numbers entries that are worth least at least, and entry 0. It returns how many
// they are without that one.
func markKept(marks []markWord, worth []uint8, least uint8) (n int) {
	for k := range marks {
		var b uint64
		for j := range 8 {
			b |= atLeast(binary.LittleEndian.Uint64(worth[64*k+8*j:]), least) << (8 * j)
		}
		if k == 0 {
			b |= 1
		}
		marks[k] = markWord{b, uint64(n)}
		n += bits.OnesCount64(b)
	}
	return n - 1
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

// isKept returns 1 for an entry that is kept, else 0.
func (m *collector) isKept(i id) uint64 {
	p := m.place(i)
	return m.word(p).bits >> (p & 63) & 1
}

func (m *collector) word(p uint) *markWord {
	return (*markWord)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(m.marks)), p/64*uint(unsafe.Sizeof(markWord{}))))
}

// number counts the kept entries, nodes or leaves, from an entry on that is kept down to
// the first. That of entry 0 is 0.
func (m *collector) number(i id) uint32 {
	p := m.place(i)
	w := m.word(p)
	return uint32(w.before) + uint32(bits.OnesCount64(w.bits&(1<<(p&63)-1)))
}

// moved returns the new id of an entry that is kept.
func (m *collector) moved(i id) id { return m.number(i) * (1 - i>>31*2) }

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

func (m *collector) free() {
	arena.Free(m.worth)
	arena.Free(m.marks)
	m.worth, m.marks = nil, nil
}

// moveNodes moves nodes together. A result is kept when its square is kept on
// another's account.
func (m *collector) moveNodes() {
	s := m.s
	now := s.epoch()
	to := id(0)
	for w := range m.marks[:m.leafPlace/64] {
		m.remember(w) // before nodes are moved to where these were
		for b := m.marks[w].bits; b != 0; b &= b - 1 {
			i := id(w<<6 + bits.TrailingZeros64(b))
			north, south := s.square(i)
			tag, res := s.memo(i)
			if isResult(tag) {
				stays := -uint32(m.isKept(res)) // all bits or none; a tag of none is noResult
				tag, res = tag&stays, m.moved(res)&stays
			}
			if s.stamps != nil {
				s.setStamp(to, now-min(now-s.stampOf(i), oldest))
			}
			s.setSquare(to, m.movedTwo(north), m.movedTwo(south))
			s.setMemo(to, tag, res)
			to++
		}
	}
}

// remember makes ghosts of some of the nodes of a word that are dropped: one in
// ghostShare, if all its children are kept, by their new ids.
func (m *collector) remember(w int) {
	if m.s.ghosts.bits == nil {
		return
	}
	const some = 0x0101010101010101
	for b := some &^ m.marks[w].bits; b != 0; b &= b - 1 {
		i := w<<6 + bits.TrailingZeros64(b)
		if i >= m.count {
			return
		}
		if m.s.isGap(id(i)) {
			continue
		}
		north, south := m.s.square(id(i))
		if m.isKept(id(north))&m.isKept(id(north>>32))&m.isKept(id(south))&m.isKept(id(south>>32)) != 0 {
			m.s.ghosts.add(m.movedTwo(north), m.movedTwo(south))
		}
	}
}

func (m *collector) moveLeaves() {
	leaves := m.s.leaves.Slice()
	to := 0
	for w, marks := range m.marks[m.leafPlace/64:] {
		for b := marks.bits; b != 0; b &= b - 1 {
			leaves[to] = leaves[w<<6+bits.TrailingZeros64(b)]
			to++
		}
	}
	clear(leaves[to:m.leafCount])
}

// collectAll keeps what the roots reach. The tables shrink to what that needs,
// and as much again.
func (s *store) collectAll(roots visitor) {
	s.ghosts.free()
	m := s.newCollector(roots, false)
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
	m := s.newCollector(roots, true)
	n, l := m.tally()
	room, leafRoom, ok := s.share(n[rooted], l[rooted], nodes, leaves, s.limit/minLeft)
	if !ok {
		m.free()
		return false
	}
	least := rooted
	for left := s.ghosts.left; left <= leastLeft && least == rooted; left++ {
		for kept, keptLeaves := n[rooted], l[rooted]; least > worthless+1; least-- {
			kept, keptLeaves = kept+n[least-1], keptLeaves+l[least-1]
			r, lr, ok := s.share(kept, keptLeaves, nodes, leaves, s.limit/left)
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
