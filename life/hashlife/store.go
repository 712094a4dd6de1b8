package hashlife

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"golife/life/internal/arena"
	"golife/life/internal/kernel"
)

// id names a node or a leaf. 0 is the empty square of every level; a leaf has
// leafBit set; else it is the node's slot in the table. Equal squares of one
// level have equal ids.
type id = uint32

const leafBit id = 1 << 31

// node is one entry of the node table: 24 bytes, no pointers.
type node struct {
	north uint64 // ids of the nw and, in the high half, the ne child
	south uint64 // ids of the sw and, in the high half, the se child
	res   id     // the memoised centre, if tag says so
	tag   uint32 // 0 in an empty slot, else which result res is: see tagOf
}

// Tags that are not of a result; see also pendingBit.
const (
	noResult = 1 // the node has no memoised result
	busy     = 2 // another worker fills the slot
)

func (n *node) nw() id { return id(n.north) }
func (n *node) ne() id { return id(n.north >> 32) }
func (n *node) sw() id { return id(n.south) }
func (n *node) se() id { return id(n.south >> 32) }

// quad returns the children in the order nw, ne, sw, se.
func (n *node) quad() [4]id { return [4]id{n.nw(), n.ne(), n.sw(), n.se()} }

// join packs two ids into one half of a node.
func join(west, east id) uint64 { return uint64(west) | uint64(east)<<32 }

// Sizes of a new store, and how full its tables may become. Linear probing
// stays short up to the load; beyond it, doubling is cheaper than searching.
const (
	firstSlots     = 1 << 12
	firstLeaves    = 1 << 9
	loadNum        = 5
	loadDen        = 8
	leafEntryBytes = int64(unsafe.Sizeof(kernel.Leaf{})) + 2*int64(unsafe.Sizeof(leafSlot(0)))
	nodeBytes      = int64(unsafe.Sizeof(node{})) + idBytes*loadNum/loadDen
	idBytes        = int64(unsafe.Sizeof(id(0)))
)

// store holds all nodes and leaves of a universe, off the Go heap.
type store struct {
	view
	nodes []node       // open addressing, linear probing; slot 0 stays empty
	order []id         // the occupied slots, roughly oldest first; 0 is a gap
	taken atomic.Int64 // entries of order given to cursors

	leaves      []kernel.Leaf // leaf i is leaves[i]; leaves[0] is empty, as gaps are
	leavesTaken atomic.Int64  // entries of leaves given to cursors, with leaves[0]
	index       []leafSlot    // open addressing; twice as long as leaves

	cursors []*cursor // of all workers; the first is the owner's

	pops populations
}

// view is what a look-up needs of the node table.
type view struct {
	base  unsafe.Pointer
	shift uint // a hash's high bits, shifted down, are the slot
	mask  id   // slots less one
}

// cursor is one worker's way into the store: a claim on entries of order and of
// leaves that it alone may fill, and its own copy of the view, since what is
// reached through fewer pointers is reached sooner.
type cursor struct {
	view
	s                 *store
	isSolo            bool // there is one worker: no need to swap atomically
	next, end         int
	nextLeaf, endLeaf int
}

// leafSlot is an entry of the leaf index: the leaf's number without leafBit, 0 in
// an empty slot, and above it half of the hash, so that a look-up seldom reads a
// leaf in vain.
type leafSlot = uint64

// interrupt is what a computation panics with when it cannot go on; see
// Engine.attempt.
type interrupt uint8

const (
	nodesFull interrupt = iota + 1
	leavesFull
	cancelled
)

func (s *store) init(slots, leaves, workers int) {
	for range workers {
		s.cursors = append(s.cursors, &cursor{s: s, isSolo: workers == 1})
	}
	s.setNodes(slots)
	s.leaves = arena.Make[kernel.Leaf](leaves)
	s.index = arena.Make[leafSlot](2 * leaves)
	s.leavesTaken.Store(1)
}

// setNodes gives the store an empty node table.
func (s *store) setNodes(slots int) {
	s.nodes = arena.Make[node](slots)
	s.view = view{
		base:  unsafe.Pointer(unsafe.SliceData(s.nodes)),
		shift: uint(64 - bits.TrailingZeros(uint(slots))),
		mask:  id(slots - 1),
	}
	s.order = arena.Make[id](slots / loadDen * loadNum)
	s.taken.Store(0)
	for _, c := range s.cursors {
		c.view, c.next, c.end = s.view, 0, 0
	}
}

// claim gives c more entries of order to fill; it panics with nodesFull when
// none are left.
func (c *cursor) claim() {
	s := c.s
	n := max(1, min(1024, len(s.order)/64))
	c.end = int(s.taken.Add(int64(n)))
	c.next, c.end = c.end-n, min(c.end, len(s.order))
	if c.next >= c.end {
		c.next = c.end
		panic(nodesFull)
	}
}

// claimLeaves is claim for leaves; it panics with leavesFull.
func (c *cursor) claimLeaves() {
	s := c.s
	n := max(1, min(256, len(s.leaves)/64))
	c.endLeaf = int(s.leavesTaken.Add(int64(n)))
	c.nextLeaf, c.endLeaf = c.endLeaf-n, min(c.endLeaf, len(s.leaves))
	if c.nextLeaf >= c.endLeaf {
		c.nextLeaf = c.endLeaf
		panic(leavesFull)
	}
}

// used returns the number of nodes.
func (s *store) used() int {
	n := min(int(s.taken.Load()), len(s.order))
	for _, c := range s.cursors {
		n -= c.end - c.next
	}
	return n
}

// leafCount returns the number of leaves that are not empty.
func (s *store) leafCount() int {
	n := min(int(s.leavesTaken.Load()), len(s.leaves)) - 1
	for _, c := range s.cursors {
		n -= c.endLeaf - c.nextLeaf
	}
	return n
}

func (s *store) free() {
	arena.Free(s.nodes)
	arena.Free(s.order)
	arena.Free(s.leaves)
	arena.Free(s.index)
	s.nodes, s.order, s.leaves, s.index = nil, nil, nil, nil
	s.pops.reset()
}

// bytes returns the size of all tables.
func (s *store) bytes() int64 {
	return int64(len(s.nodes))*nodeBytes + int64(len(s.leaves))*leafEntryBytes + s.pops.bytes()
}

// at returns the node in a slot.
func (v *view) at(i id) *node {
	return (*node)(unsafe.Add(v.base, uintptr(i)*unsafe.Sizeof(node{})))
}

// leaf returns the cells of a leaf; the empty one for 0. It is valid until the
// tables grow.
func (s *store) leaf(i id) *kernel.Leaf { return &s.leaves[i&^leafBit] }

// hash mixes four ids. Its high bits are the slot (multiplicative hashing: Knuth,
// The Art of Computer Programming 3, 6.4).
func hash(north, south uint64) uint64 {
	x := north * 0x9E3779B97F4A7C15
	y := south * 0xC2B2AE3D27D4EB4F
	return (x ^ bits.RotateLeft64(y, 29)) * 0xD6E8FEB86659FD93
}

// find returns the node with the given children, and makes it if it is new. It
// is for the owner, while no worker is under way.
func (s *store) find(north, south uint64) id {
	return s.cursors[0].findHashed(hash(north, south), north, south)
}

// findHashed is find for any worker that knows the hash already. It panics with
// nodesFull when there is no room for a new node.
//
// Workers share the table without locks: a slot is won by swapping its tag from 0
// to busy, filled, and opened to the others by storing the tag. Children never
// change after that.
func (c *cursor) findHashed(h, north, south uint64) id {
	if north|south == 0 {
		return 0
	}
	for i := id(h >> c.shift); ; i = (i + 1) & c.mask {
		n := c.at(i)
		tag := atomic.LoadUint32(&n.tag)
		if tag == 0 {
			if i == 0 {
				continue
			}
			if c.next == c.end {
				c.claim()
			}
			if c.isSolo || atomic.CompareAndSwapUint32(&n.tag, 0, busy) {
				n.north, n.south = north, south
				storeRelease(&n.tag, noResult)
				c.s.order[c.next] = i
				c.next++
				return i
			}
			tag = busy
		}
		for tag == busy {
			tag = atomic.LoadUint32(&n.tag)
		}
		if n.north == north && n.south == south {
			return i
		}
	}
}

// findLeaf returns the leaf with the given cells, and makes it if it is new. It
// is for the owner, while no worker is under way.
func (s *store) findLeaf(l *kernel.Leaf) id { return s.cursors[0].findLeaf(l) }

// findLeaf is store.findLeaf for any worker. It panics with leavesFull when there is
// no room for a new leaf. Workers share the index as they share the node table:
// an entry is swapped in once its leaf is written.
func (c *cursor) findLeaf(l *kernel.Leaf) id { return c.findLeafHashed(hashLeaf(l), l) }

// findLeafHashed is findLeaf for callers that know the hash already.
func (c *cursor) findLeafHashed(h uint64, l *kernel.Leaf) id {
	if l[0]|l[1]|l[2]|l[3] == 0 {
		return 0
	}
	s := c.s
	mask := uint32(len(s.index) - 1)
	for i := s.leafHome(h); ; i = (i + 1) & mask {
		e := atomic.LoadUint64(&s.index[i])
		if e == 0 {
			if c.nextLeaf == c.endLeaf {
				c.claimLeaves()
			}
			n := id(c.nextLeaf)
			s.leaves[n] = *l
			if c.isSolo {
				s.index[i] = h<<32 | uint64(n)
				c.nextLeaf++
				return n | leafBit
			}
			if atomic.CompareAndSwapUint64(&s.index[i], 0, h<<32|uint64(n)) {
				c.nextLeaf++
				return n | leafBit
			}
			s.leaves[n] = kernel.Leaf{}
			e = atomic.LoadUint64(&s.index[i])
		}
		if uint32(e>>32) == uint32(h) && s.leaves[uint32(e)] == *l {
			return id(e) | leafBit
		}
	}
}

// leafHome returns where in the index the search for a leaf of hash h begins.
func (s *store) leafHome(h uint64) uint32 { return uint32(h>>32) & uint32(len(s.index)-1) }

func hashLeaf(l *kernel.Leaf) uint64 {
	x := l[0]*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(l[1]*0xC2B2AE3D27D4EB4F, 31)
	y := l[2]*0xD6E8FEB86659FD93 ^ bits.RotateLeft64(l[3]*0xA0761D6478BD642F, 31)
	h := (x ^ bits.RotateLeft64(y, 29)) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// growLeaves doubles the leaf table; leaves keep their ids.
func (s *store) growLeaves() {
	s.leavesTaken.Store(min(s.leavesTaken.Load(), int64(len(s.leaves))))
	old := s.leaves
	s.leaves = arena.Make[kernel.Leaf](2 * len(old))
	copy(s.leaves, old)
	arena.Free(old)
	s.reindex()
}

// reindex makes the leaf index anew.
func (s *store) reindex() {
	arena.Free(s.index)
	s.index = arena.Make[leafSlot](2 * len(s.leaves))
	mask := uint32(len(s.index) - 1)
	for n := range s.leaves[:min(int(s.leavesTaken.Load()), len(s.leaves))] {
		if s.leaves[n] == (kernel.Leaf{}) {
			continue
		}
		h := hashLeaf(&s.leaves[n])
		i := s.leafHome(h)
		for s.index[i] != 0 {
			i = (i + 1) & mask
		}
		s.index[i] = h<<32 | uint64(n)
	}
}
