package hashlife

import (
	"math/bits"

	"golife/life/internal/arena"
)

// markSet is a set of entries of a table that also numbers its members, from 1.
type markSet []markWord

// markWord is 64 entries of a markSet.
type markWord struct {
	bits   uint64
	before uint64 // members in the words before
}

// newMarkSet returns the set of the entries that are worth least at least, and
// how many they are.
func newMarkSet(worth []uint8, least uint8) (m markSet, n int) {
	m = arena.Make[markWord](len(worth)/64 + 1)
	for k := range m {
		w := &m[k]
		w.before = uint64(n)
		for j, v := range worth[64*k : min(64*k+64, len(worth))] {
			if v >= least {
				w.bits |= 1 << j
			}
		}
		n += bits.OnesCount64(w.bits)
	}
	return m, n
}

// number returns which member i is, 0 when it is none.
func (m markSet) number(i uint32) uint32 {
	w := &m[i>>6]
	if w.bits>>(i&63)&1 == 0 {
		return 0
	}
	return uint32(w.before) + uint32(bits.OnesCount64(w.bits&(1<<(i&63)-1))) + 1
}

// collector finds how much each node and leaf is worth to keep, and moves those
// together, in place, that are worth enough. What is worth keeping makes its
// children worth as much. Since children are older than their parents, with few
// exceptions where workers met, one pass from the youngest node down tells; it
// reads memory in order and takes no stack.
type collector struct {
	s                *store
	worth, leafWorth []uint8 // by id
	nodes, leaves    markSet // what is kept
	kept, keptLeaves int
	at               id   // the pass has come down to here
	late             []id // nodes above, to be passed over again
}

// Worth of an entry. Between the two lies that of results and what they need: less
// for each epoch since the result last served.
const (
	worthless = 0
	rooted    = 255
)

// visitor calls f with the address of each id that outlives a collection.
type visitor func(f func(*id))

// newCollector finds the worth of all entries; without the roots nothing is
// kept yet. withResults says that results are worth something, not the roots only.
func (s *store) newCollector(roots visitor, withResults bool) *collector {
	n := int(s.taken.Load())
	m := &collector{s: s, worth: arena.Make[uint8](n), leafWorth: arena.Make[uint8](int(s.leavesTaken.Load())), at: id(n)}
	if withResults {
		m.valueResults()
	}
	roots(func(r *id) { m.raise(*r, rooted) })
	for i := n - 1; i > 0; i-- {
		if m.worth[i] != worthless {
			m.pass(id(i))
		}
	}
	return m
}

// valueResults gives nodes that have results, and the results, their worth.
func (m *collector) valueResults() {
	now := m.s.epoch()
	for i, n := range m.s.nodes.Slice()[:len(m.worth)] {
		if n.hasResult() {
			w := rooted - 1 - uint8(min((now-n.tag>>stampShift)%epochs, rooted-2))
			m.raise(id(i), w)
			m.raise(n.res, w)
		}
	}
}

// pass makes the children of node i worth what it is, and all below those that
// the pass has already left behind.
func (m *collector) pass(i id) {
	m.at = i
	for {
		n, w := m.s.at(i), m.worth[i]
		m.raise(n.nw(), w)
		m.raise(n.ne(), w)
		m.raise(n.sw(), w)
		m.raise(n.se(), w)
		if len(m.late) == 0 {
			return
		}
		i = m.late[len(m.late)-1]
		m.late = m.late[:len(m.late)-1]
	}
}

// raise makes an entry worth w at least.
func (m *collector) raise(i id, w uint8) {
	switch {
	case i == 0:
	case i&leafBit != 0:
		m.leafWorth[i&^leafBit] = max(m.leafWorth[i&^leafBit], w)
	case m.worth[i] < w:
		m.worth[i] = w
		if i > m.at {
			m.late = append(m.late, i)
		}
	}
}

// tally returns how many entries are worth just so much.
func tally(worth []uint8) (n [rooted + 1]int) {
	for _, w := range worth {
		n[w]++
	}
	return n
}

// keep decides to keep what is worth least at least.
func (m *collector) keep(least uint8) {
	m.nodes, m.kept = newMarkSet(m.worth, least)
	m.leaves, m.keptLeaves = newMarkSet(m.leafWorth, least)
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
	s.firstEpoch, s.epochStart = s.epoch(), int64(m.kept)+1
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
	arena.Free(m.worth)
	arena.Free(m.leafWorth)
	arena.Free(m.nodes)
	arena.Free(m.leaves)
}

// moveNodes moves nodes together. A result is kept when its square is kept on
// another's account.
func (m *collector) moveNodes() {
	nodes := m.s.nodes.Slice()
	to := 0
	for w := range m.nodes {
		m.remember(w) // before nodes are moved to where these were
		for b := m.nodes[w].bits; b != 0; b &= b - 1 {
			i := w<<6 + bits.TrailingZeros64(b)
			n := nodes[i]
			n.north = join(m.moved(n.nw()), m.moved(n.ne()))
			n.south = join(m.moved(n.sw()), m.moved(n.se()))
			if n.hasResult() && n.res != 0 {
				if n.res = m.moved(n.res); n.res == 0 {
					n.tag = noResult
				}
			}
			to++
			nodes[to] = n
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
	for b := some &^ m.nodes[w].bits; b != 0; b &= b - 1 {
		i := w<<6 + bits.TrailingZeros64(b)
		if i >= len(m.worth) {
			return
		}
		n := m.s.at(id(i))
		var to [4]id
		ok := !n.isGap()
		for k, c := range n.quad() {
			to[k] = m.moved(c)
			ok = ok && (to[k] != 0 || c == 0)
		}
		if ok {
			m.s.ghosts.add(join(to[0], to[1]), join(to[2], to[3]))
		}
	}
}

func (m *collector) moveLeaves() {
	leaves := m.s.leaves.Slice()
	to := 0
	for w := range m.leaves {
		for b := m.leaves[w].bits; b != 0; b &= b - 1 {
			to++
			leaves[to] = leaves[w<<6+bits.TrailingZeros64(b)]
		}
	}
	clear(leaves[to+1 : m.s.leavesTaken.Load()])
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
	n, l := tally(m.worth), tally(m.leafWorth)
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
	s.ghosts.reset(len(m.worth), id(m.kept))
	m.finish(roots, room, leafRoom)
	return true
}
