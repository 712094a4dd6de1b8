package hashlife

import (
	"math/bits"
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

// noResult is the tag of a node without a memoised result.
const noResult = 1

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
	leafEntryBytes = int64(unsafe.Sizeof(kernel.Leaf{})) + 2*int64(unsafe.Sizeof(leafSlot{}))
	nodeBytes      = int64(unsafe.Sizeof(node{})) + idBytes*loadNum/loadDen
	idBytes        = int64(unsafe.Sizeof(id(0)))
)

// store holds all nodes and leaves of a universe, off the Go heap.
type store struct {
	nodes []node // open addressing, linear probing; slot 0 stays empty
	base  unsafe.Pointer
	shift uint // a hash's high bits, shifted down, are the slot
	order []id // the occupied slots, oldest first: children before parents
	used  int  // how many there are; at most len(order)

	leaves   []kernel.Leaf // leaf i is leaves[i]; leaves[0] is empty
	leafUsed int           // leaves in use, with leaves[0]
	index    []leafSlot    // open addressing; twice as long as leaves

	pops populations
}

// leafSlot is an entry of the leaf index. Half of the hash stands beside the id,
// so that a look-up seldom reads a leaf in vain.
type leafSlot struct {
	hash uint32
	id   id // without leafBit; 0 in an empty slot
}

// interrupt is what a computation panics with when it cannot go on; see
// Engine.attempt.
type interrupt uint8

const (
	nodesFull interrupt = iota + 1
	leavesFull
	cancelled
)

func (s *store) init(slots, leaves int) {
	s.setNodes(slots)
	s.leaves = arena.Make[kernel.Leaf](leaves)
	s.index = arena.Make[leafSlot](2 * leaves)
	s.leafUsed = 1
}

func (s *store) setNodes(slots int) {
	s.nodes = arena.Make[node](slots)
	s.base = unsafe.Pointer(unsafe.SliceData(s.nodes))
	s.shift = uint(64 - bits.TrailingZeros(uint(slots)))
	s.order, s.used = arena.Make[id](slots/loadDen*loadNum), 0
}

func (s *store) free() {
	arena.Free(s.nodes)
	arena.Free(s.order)
	arena.Free(s.leaves)
	arena.Free(s.index)
	s.pops.reset()
	*s = store{}
}

// bytes returns the size of all tables.
func (s *store) bytes() int64 {
	return int64(len(s.nodes))*nodeBytes + int64(len(s.leaves))*leafEntryBytes + s.pops.bytes()
}

// at returns the node in a slot.
func (s *store) at(i id) *node {
	return (*node)(unsafe.Add(s.base, uintptr(i)*unsafe.Sizeof(node{})))
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

// find returns the node with the given children, and makes it if it is new.
func (s *store) find(north, south uint64) id {
	return s.findHashed(hash(north, south), north, south)
}

// findHashed is find for callers that know the hash already. It panics with
// nodesFull when there is no room for a new node.
func (s *store) findHashed(h, north, south uint64) id {
	if north|south == 0 {
		return 0
	}
	i := id(h >> s.shift)
	for {
		n := s.at(i)
		if n.north == north && n.south == south {
			return i
		}
		if n.tag == 0 && i != 0 {
			break
		}
		i = (i + 1) & id(len(s.nodes)-1)
	}
	if s.used == len(s.order) {
		panic(nodesFull)
	}
	s.order[s.used] = i
	s.used++
	*s.at(i) = node{north: north, south: south, tag: noResult}
	return i
}

// findLeaf returns the leaf with the given cells, and makes it if it is new. It
// panics with leavesFull when there is no room for it.
func (s *store) findLeaf(l *kernel.Leaf) id {
	if l[0]|l[1]|l[2]|l[3] == 0 {
		return 0
	}
	h := hashLeaf(l)
	mask := uint32(len(s.index) - 1)
	i := uint32(h>>32) & mask
	for ; s.index[i].id != 0; i = (i + 1) & mask {
		if e := s.index[i]; e.hash == uint32(h) && s.leaves[e.id] == *l {
			return e.id | leafBit
		}
	}
	if s.leafUsed == len(s.leaves) {
		panic(leavesFull)
	}
	n := id(s.leafUsed)
	s.leafUsed++
	s.leaves[n] = *l
	s.index[i] = leafSlot{uint32(h), n}
	return n | leafBit
}

// leafHome returns where in the index the search for a leaf begins.
func (s *store) leafHome(l *kernel.Leaf) uint32 {
	return uint32(hashLeaf(l)>>32) & uint32(len(s.index)-1)
}

func hashLeaf(l *kernel.Leaf) uint64 {
	x := l[0]*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(l[1]*0xC2B2AE3D27D4EB4F, 31)
	y := l[2]*0xD6E8FEB86659FD93 ^ bits.RotateLeft64(l[3]*0xA0761D6478BD642F, 31)
	h := (x ^ bits.RotateLeft64(y, 29)) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// growLeaves doubles the leaf table; leaves keep their ids.
func (s *store) growLeaves() {
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
	for n := 1; n < s.leafUsed; n++ {
		h := hashLeaf(&s.leaves[n])
		i := uint32(h>>32) & mask
		for s.index[i].id != 0 {
			i = (i + 1) & mask
		}
		s.index[i] = leafSlot{uint32(h), id(n)}
	}
}
