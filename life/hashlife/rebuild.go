package hashlife

import "golife/life/internal/arena"

// mover copies nodes into a table of another size. Since an id is a slot, every
// id changes: children are moved before the nodes that name them, which the
// order of creation nearly sees to.
type mover struct {
	s       *store
	old     []node
	order   []id     // old ids that are kept, and gaps
	orders  []id     // the block that order is in
	forward []id     // new id of each old one; 0 is not moved
	marked  []uint64 // bit set of the nodes to keep while collecting
	leaves  []id     // new number of each leaf while collecting; nil while growing
	touched uint32   // keeps look-ahead loads from being optimised away
}

// resize moves all nodes, with their results, to a table of the given number of
// slots. roots are updated. Cost: some 100 ns a node.
func (s *store) resize(slots int, roots []*id) {
	m := s.startMove(slots)
	m.moveAll()
	m.finish(roots)
}

// collect keeps only what roots reach through children; of the results, those
// that are kept on another's account. roots are updated.
func (s *store) collect(slots int, roots []*id) {
	m := s.startMove(slots)
	m.leaves = make([]id, len(s.leaves))
	m.marked = make([]uint64, (len(m.old)+63)/64)
	for _, r := range roots {
		m.mark(*r)
	}
	kept := m.order[:0]
	for _, i := range m.order {
		if m.marked[i>>6]>>(i&63)&1 != 0 {
			kept = append(kept, i)
		}
	}
	m.order = kept
	m.packLeaves()
	m.moveAll()
	m.finish(roots)
}

func (s *store) startMove(slots int) *mover {
	s.pops.reset() // they are kept by id
	m := &mover{s: s, old: s.nodes, orders: s.order, forward: arena.Make[id](len(s.nodes))}
	m.order = s.order[:min(int(s.taken.Load()), len(s.order))]
	s.setNodes(slots)
	return m
}

// mark marks a node or leaf and all below it. The recursion is as deep as the tree.
func (m *mover) mark(i id) {
	switch {
	case i == 0:
	case i&leafBit != 0:
		m.leaves[i&^leafBit] = 1
	case m.marked[i>>6]>>(i&63)&1 == 0:
		m.marked[i>>6] |= 1 << (i & 63)
		for _, c := range m.old[i].quad() {
			m.mark(c)
		}
	}
}

// packLeaves drops the leaves that are not marked and numbers the others anew.
func (m *mover) packLeaves() {
	s := m.s
	kept := id(1)
	for n := range m.leaves {
		if m.leaves[n] == 0 {
			continue
		}
		s.leaves[kept] = s.leaves[n]
		m.leaves[n] = kept
		kept++
	}
	clear(s.leaves[kept:min(int(s.leavesTaken.Load()), len(s.leaves))])
	s.leavesTaken.Store(int64(kept))
	for _, c := range s.cursors {
		c.nextLeaf, c.endLeaf = 0, 0
	}
	s.reindex()
}

// moveAll moves the nodes of order. Each batch is read first, then the new ids
// of its children, so that the cache misses of a batch overlap.
func (m *mover) moveAll() {
	var nodes [2 * burst]node
	for order := m.order; len(order) > 0; {
		ids := order[:min(len(nodes), len(order))]
		order = order[len(ids):]
		for k, i := range ids {
			nodes[k] = m.old[i]
		}
		for k := range ids {
			n := &nodes[k]
			m.look(n.nw())
			m.look(n.ne())
			m.look(n.sw())
			m.look(n.se())
		}
		for k, i := range ids {
			if i != 0 && m.forward[i] == 0 {
				m.move(i, &nodes[k])
			}
		}
	}
}

// move moves one node and returns its new id.
func (m *mover) move(i id, n *node) id {
	to := node{
		north: join(m.child(n.nw()), m.child(n.ne())),
		south: join(m.child(n.sw()), m.child(n.se())),
		res:   n.res, tag: n.tag,
	}
	m.forward[i] = m.s.insert(&to)
	return m.forward[i]
}

// child returns the new id of a child that is kept. Where workers made nodes side
// by side, a child may stand behind its parent in order and is moved now.
func (m *mover) child(i id) id {
	if c := m.moved(i); c != 0 || i == 0 {
		return c
	}
	return m.move(i, &m.old[i])
}

// look touches the forwarding entry of an id ahead of its use.
func (m *mover) look(i id) {
	if i&leafBit == 0 {
		m.touched += m.forward[i]
	}
}

// moved returns the new id of an old one, which is 0 when it was not kept.
func (m *mover) moved(i id) id {
	switch {
	case i&leafBit == 0:
		return m.forward[i]
	case m.leaves == nil:
		return i
	}
	n := m.leaves[i&^leafBit]
	if n == 0 {
		return 0
	}
	return n | leafBit
}

// insert adds a node that is not in the table and returns its id.
func (s *store) insert(n *node) id {
	i := id(hash(n.north, n.south) >> s.shift)
	for i == 0 || s.at(i).tag != 0 {
		i = (i + 1) & s.mask
	}
	*s.at(i) = *n
	c := s.cursors[0]
	if c.next == c.end {
		c.claim()
	}
	s.order[c.next] = i
	c.next++
	return i
}

// finish turns results and roots to new ids and frees the old table.
func (m *mover) finish(roots []*id) {
	s := m.s
	for _, i := range s.order[:min(int(s.taken.Load()), len(s.order))] {
		n := s.at(i)
		if n.tag&pendingBit != 0 {
			n.res, n.tag = 0, noResult
		}
		if n.tag <= noResult || n.res == 0 {
			continue
		}
		if n.res = m.moved(n.res); n.res == 0 {
			n.tag = noResult
		}
	}
	for _, r := range roots {
		*r = m.moved(*r)
	}
	arena.Free(m.old)
	arena.Free(m.orders)
	arena.Free(m.forward)
}
