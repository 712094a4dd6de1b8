package hashlife

import (
	"math/bits"

	"golife/life/internal/arena"
)

// markSet is a set of entries of a table that also numbers its members, from 1.
type markSet struct {
	bits   []uint64
	before []uint32 // members in the words before each word, once counted
}

func newMarkSet(n int) markSet {
	words := n/64 + 1
	return markSet{arena.Make[uint64](words), arena.Make[uint32](words)}
}

func (m *markSet) free() {
	arena.Free(m.bits)
	arena.Free(m.before)
}

// add adds i and reports whether it is new.
func (m *markSet) add(i uint32) bool {
	w, bit := &m.bits[i>>6], uint64(1)<<(i&63)
	isNew := *w&bit == 0
	*w |= bit
	return isNew
}

// count prepares number and returns how many members there are.
func (m *markSet) count() int {
	n := uint32(0)
	for w, b := range m.bits {
		m.before[w] = n
		n += uint32(bits.OnesCount64(b))
	}
	return int(n)
}

// number returns which member i is, 0 when it is none.
func (m *markSet) number(i uint32) uint32 {
	b := m.bits[i>>6] >> (i & 63)
	if b&1 == 0 {
		return 0
	}
	return m.before[i>>6] + uint32(bits.OnesCount64(m.bits[i>>6]&(1<<(i&63)-1))) + 1
}

// collector finds what is reached through children from some roots, and moves it
// together in place. Since children are older than their parents, with few
// exceptions where workers met, one pass from the youngest node down finds all;
// it reads memory in order and takes no stack.
type collector struct {
	s             *store
	nodes, leaves markSet
	at            id   // the pass has come down to here
	late          []id // nodes above, to be passed over again
	kept          int  // nodes and leaves that were found
	keptLeaves    int
}

// visitor calls f with the address of each id that outlives a collection.
type visitor func(f func(*id))

// newCollector marks what is reached from the roots and, as if they were roots
// too, from more nodes and their results: those with ids from young on, and those
// below a certain age.
func (s *store) newCollector(roots visitor, young id, age uint8) *collector {
	m := &collector{s: s, nodes: newMarkSet(int(s.taken.Load())), leaves: newMarkSet(int(s.leavesTaken.Load()))}
	nodes := s.nodes.Slice()[:s.taken.Load()]
	m.at = id(len(nodes))
	for i := max(young, 1); i < id(len(nodes)); i++ {
		m.keep(i)
	}
	for i, a := range s.view.ages[:min(len(s.view.ages), int(m.at))] {
		if a < age {
			m.keep(id(i))
		}
	}
	roots(func(r *id) { m.mark(*r) })
	for w := len(m.nodes.bits) - 1; w >= 0; w-- {
		for rest := ^uint64(0); m.nodes.bits[w]&rest != 0; {
			k := bits.Len64(m.nodes.bits[w]&rest) - 1
			rest = 1<<k - 1
			m.pass(id(w<<6 + k))
		}
	}
	m.kept, m.keptLeaves = m.nodes.count(), m.leaves.count()
	return m
}

// keep marks a node on its own account, and its result.
func (m *collector) keep(i id) {
	n := m.s.at(i)
	if n.isGap() {
		return
	}
	m.nodes.add(i)
	if n.tag&pendingBit == 0 && n.tag != noResult {
		m.mark(n.res)
	}
}

// pass marks the children of node i, and all below those that the pass has
// already left behind.
func (m *collector) pass(i id) {
	m.at = i
	for {
		n := m.s.at(i)
		m.mark(n.nw())
		m.mark(n.ne())
		m.mark(n.sw())
		m.mark(n.se())
		if len(m.late) == 0 {
			return
		}
		i = m.late[len(m.late)-1]
		m.late = m.late[:len(m.late)-1]
	}
}

func (m *collector) mark(i id) {
	switch {
	case i == 0:
	case i&leafBit != 0:
		m.leaves.add(i &^ leafBit)
	case m.nodes.add(i) && i > m.at:
		m.late = append(m.late, i)
	}
}

// moved returns the new id of an old one, 0 when it was not kept.
func (m *collector) moved(i id) id {
	if i&leafBit == 0 {
		return m.nodes.number(i)
	}
	if n := m.leaves.number(i &^ leafBit); n != 0 {
		return n | leafBit
	}
	return 0
}

// finish moves what is kept, turns the roots to new ids and gives the tables room
// for the given numbers of entries.
func (m *collector) finish(roots visitor, room, leafRoom int) {
	s := m.s
	s.pops.reset() // they are kept by id
	m.moveNodes()
	m.moveLeaves()
	roots(func(r *id) { *r = m.moved(*r) })
	s.taken.Store(int64(m.kept) + 1)
	s.leavesTaken.Store(int64(m.keptLeaves) + 1)
	for _, c := range s.cursors {
		c.next, c.end, c.nextLeaf, c.endLeaf = 0, 0, 0, 0
	}
	s.counts.collections++
	s.sizeNodes(room)
	s.sizeLeaves(leafRoom)
	m.free()
}

func (m *collector) free() {
	m.nodes.free()
	m.leaves.free()
}

// moveNodes moves nodes together. A result is kept when its square is kept on
// another's account.
func (m *collector) moveNodes() {
	nodes, ages := m.s.nodes.Slice(), m.s.view.ages
	to := 0
	for w, b := range m.nodes.bits {
		for ; b != 0; b &= b - 1 {
			i := w<<6 + bits.TrailingZeros64(b)
			n := nodes[i]
			n.north = join(m.moved(n.nw()), m.moved(n.ne()))
			n.south = join(m.moved(n.sw()), m.moved(n.se()))
			if n.tag&pendingBit == 0 && n.res != 0 {
				if n.res = m.moved(n.res); n.res == 0 {
					n.tag = noResult
				}
			}
			to++
			nodes[to] = n
			if ages != nil {
				ages[to] = min(ages[i]+1, oldest)
			}
		}
	}
}

func (m *collector) moveLeaves() {
	leaves := m.s.leaves.Slice()
	to := 0
	for w, b := range m.leaves.bits {
		for ; b != 0; b &= b - 1 {
			to++
			leaves[to] = leaves[w<<6+bits.TrailingZeros64(b)]
		}
	}
	clear(leaves[to+1 : m.s.leavesTaken.Load()])
}

// collectAll keeps what the roots reach. The tables shrink to what that needs,
// and as much again.
func (s *store) collectAll(roots visitor) {
	m := s.newCollector(roots, maxEntries, 0)
	m.finish(roots, max(firstNodes, min(s.nodeRoom(), 2*m.kept)), max(firstLeaves, min(s.leafRoom(), 2*m.keptLeaves)))
}

// Ages of nodes, in collections since their results served again.
const (
	fresh  = 2 // of new nodes, whose results have not yet had the time
	oldest = 9
)

// wishes are what to keep beside what the roots reach when the tables are full, the
// best first: the results that served lately, and the youngest nodes, which will be
// needed next.
var wishes = []struct {
	age   uint8 // of results, below
	young int   // the share of the nodes, in eighths
}{{5, 1}, {4, 1}, {3, 1}, {2, 1}, {1, 1}, {0, 4}, {0, 2}, {0, 1}, {0, 0}}

// collectFull makes room when a table is full and must not grow. It keeps the most
// that leaves an eighth of the limit free; the roots alone may leave a little less. It reports false, and changes nothing, when
// even what the roots reach leaves too little.
func (s *store) collectFull(roots visitor) bool {
	nodes, leaves := s.used(), s.leafCount()
	for i := max(0, s.wish-1); i < len(wishes); i++ {
		wish := wishes[i]
		if wish.age > 0 && len(s.view.ages) == 0 {
			continue
		}
		least := s.limit / 8
		if i == len(wishes)-1 {
			least = s.limit / minLeft
		}
		taken := int(s.taken.Load())
		m := s.newCollector(roots, id(taken-taken/8*wish.young), wish.age)
		if room, leafRoom, ok := s.share(m.kept, m.keptLeaves, nodes, leaves, least); ok {
			m.finish(roots, room, leafRoom)
			s.wish = i
			return true
		}
		m.free()
	}
	return false
}
