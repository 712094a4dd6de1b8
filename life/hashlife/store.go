package hashlife

import (
	"math/bits"
	"sync"
	"sync/atomic"
	"unsafe"

	"golife/life/internal/arena"
	"golife/life/internal/kernel"
	"golife/life/internal/lookup"
)

// id names a node or a leaf. 0 is the empty square of every level; a leaf has
// leafBit set. Equal squares of one level have equal ids. Ids are given in order:
// with one worker, those of children are smaller than those of their parents.
type id = uint32

const leafBit id = 1 << 31

// node is a square of level baseLevel or more: 24 bytes, no pointers. A node
// without children is a gap, which no id names.
type node struct {
	north uint64 // ids of the nw and, in the high half, the ne child
	south uint64 // ids of the sw and, in the high half, the se child
	res   id     // the memoised centre, if tag says so
	tag   uint32 // noResult or which result res is: see tagOf, stampShift, pendingBit
}

// noResult is the tag of a node that has no memoised result.
const noResult = 0

func (n *node) nw() id { return id(n.north) }
func (n *node) ne() id { return id(n.north >> 32) }
func (n *node) sw() id { return id(n.south) }
func (n *node) se() id { return id(n.south >> 32) }

// quad returns the children in the order nw, ne, sw, se.
func (n *node) quad() [4]id { return [4]id{n.nw(), n.ne(), n.sw(), n.se()} }

// children returns a node with n's children only, which never change.
func (n *node) children() node { return node{north: n.north, south: n.south} }

// hasResult reports whether n has a memoised result, of whatever step.
func (n *node) hasResult() bool { return n.tag != noResult && n.tag&pendingBit == 0 }

func (n *node) isGap() bool { return n.north|n.south == 0 }

// join packs two ids into one half of a node.
func join(west, east id) uint64 { return uint64(west) | uint64(east)<<32 }

// store holds all nodes and leaves of a universe, off the Go heap.
type store struct {
	view
	nodes  arena.Region[node]        // by id; 0 is not used
	leaves arena.Region[kernel.Leaf] // by id less leafBit; leaf 0 is empty

	taken, leavesTaken atomic.Int64 // entries given to cursors, with entry 0

	// An epoch ends each time so many nodes were made as are a 64th of the table, once
	// that is near the limit. Results that serve are stamped with the present one.
	firstEpoch uint32 // number of the epoch that began when
	epochStart int64  // so many nodes were taken, since when
	epochNodes int64  // epochs are so long

	cursors []*cursor // of all workers; the first is the owner's
	isBusy  bool      // workers are under way: tables must not grow
	limit   int64     // bytes that the tables may use; 0 is none
	counts  tableCounts

	pops   populations
	ghosts ghosts
}

// tableCounts says what happened to the tables.
type tableCounts struct{ grows, collections int64 }

// view is what look-ups need of the store. Each worker has a copy, since what is
// reached through fewer pointers is reached sooner.
type view struct {
	nodeBase, leafBase   unsafe.Pointer
	nodeIndex, leafIndex lookup.Index
}

// cursor is one worker's way into the store: a claim on nodes and leaves that it
// alone may fill.
type cursor struct {
	view
	s                 *store
	stamp, newStamp   uint32 // what results that serve and new ones are stamped with
	isSolo            bool   // there is one worker: no need to swap atomically
	next, end         id
	nextLeaf, endLeaf id
	lookups, made     int64 // squares looked up, and how many of them were new
}

// Sizes of a new store, and bytes of an entry with its share of the index.
const (
	firstNodes  = 1 << 12
	firstLeaves = 1 << 10
	maxBlock    = 1024

	worthSharing = 1 << 14 // entries that are added to an index
	nodeBytes    = int64(unsafe.Sizeof(node{})) + lookup.EntryBytes
	leafBytes    = int64(unsafe.Sizeof(kernel.Leaf{})) + lookup.EntryBytes
)

// init makes an empty store for a number of workers.
func (s *store) init(workers int) {
	for range workers {
		s.cursors = append(s.cursors, &cursor{s: s, isSolo: workers == 1})
	}
	s.nodes = arena.NewRegion[node](reserved)
	s.leaves = arena.NewRegion[kernel.Leaf](reserved)
	s.taken.Store(1)
	s.leavesTaken.Store(1)
	s.sizeNodes(firstNodes)
	s.sizeLeaves(firstLeaves)
}

// Address space is set aside for this many nodes and leaves, 2^30 where there is
// enough of it. Tables that outgrow it move.
const reserved = 1 << (20 + 10*(bits.UintSize/64))

// maxEntries is the number of nodes, and of leaves, that ids can name.
const maxEntries = 1<<31 - 1

// nodeRoom and leafRoom are how many nodes and leaves fit before the tables grow.
func (s *store) nodeRoom() int { return len(s.nodes.Slice()) }
func (s *store) leafRoom() int { return len(s.leaves.Slice()) }

// sizeNodes makes room for n nodes, fewer than which are in use. Ids stay. Cost:
// some 5 ns a node where the room doubles, else 30.
func (s *store) sizeNodes(n int) {
	doubles := n == 2*s.nodeRoom()
	s.nodes.Resize(n)
	s.nodeBase = unsafe.Pointer(unsafe.SliceData(s.nodes.Slice()))
	s.firstEpoch, s.epochStart, s.epochNodes = s.epoch(), s.taken.Load(), s.epochLength(n)
	nodes := s.nodes.Slice()[:s.taken.Load()]
	nodes[0] = node{}
	if doubles {
		s.nodeIndex.Double(len(s.cursors), func(i uint32) uint64 { return lookup.Hash(nodes[i].north, nodes[i].south) },
			func(ids []uint32) uint32 { return lookup.Prefetch24(s.nodeBase, ids) })
	} else {
		s.nodeIndex.Reset(n)
		s.fill(&s.nodeIndex, len(nodes), func(i uint32) (uint64, bool) {
			n := &nodes[i]
			return lookup.Hash(n.north, n.south), !n.isGap()
		})
	}
	s.refresh()
}

// sizeLeaves makes room for n leaves, fewer than which are in use. Ids stay.
func (s *store) sizeLeaves(n int) {
	doubles := n == 2*s.leafRoom()
	s.leaves.Resize(n)
	s.leafBase = unsafe.Pointer(unsafe.SliceData(s.leaves.Slice()))
	leaves := s.leaves.Slice()[:s.leavesTaken.Load()]
	leaves[0] = kernel.Leaf{}
	if doubles {
		s.leafIndex.Double(len(s.cursors), func(i uint32) uint64 { return hashLeaf(&leaves[i]) },
			func(ids []uint32) uint32 { return lookup.Prefetch32(s.leafBase, ids) })
	} else {
		s.leafIndex.Reset(n)
		s.fill(&s.leafIndex, len(leaves), func(i uint32) (uint64, bool) {
			return hashLeaf(&leaves[i]), leaves[i] != kernel.Leaf{}
		})
	}
	s.refresh()
}

// fill adds n entries to an index, with as many goroutines as there are workers, all
// of which wait now.
func (s *store) fill(x *lookup.Index, n int, hash func(i uint32) (uint64, bool)) {
	parts := len(s.cursors)
	if parts == 1 || n < worthSharing {
		x.Fill(0, n, true, hash)
		return
	}
	var group sync.WaitGroup
	for k := range parts {
		group.Go(func() { x.Fill(n*k/parts, n*(k+1)/parts, false, hash) })
	}
	group.Wait()
}

// refresh gives the workers the present tables.
func (s *store) refresh() {
	for _, c := range s.cursors {
		c.view = s.view
		c.date()
	}
}

// date sets c's stamps to the present epoch.
func (c *cursor) date() {
	e := c.s.epoch()
	c.stamp, c.newStamp = e<<stampShift, (e-headStart)%epochs<<stampShift
}

// epochLength returns how many nodes are made in an epoch when the table has room
// for n. While it can still grow nothing will be dropped, and stamps would cost
// without use.
func (s *store) epochLength(n int) int64 {
	if s.limit == 0 || growth*int64(n)*nodeBytes < s.limit {
		return maxEntries
	}
	return int64(n/64 + 1)
}

// epoch returns the number of the present epoch, which wraps around.
func (s *store) epoch() uint32 {
	if s.epochNodes == 0 {
		return 0
	}
	return (s.firstEpoch + uint32((s.taken.Load()-s.epochStart)/s.epochNodes)) % epochs
}

// block is how many entries of a table with room for n a cursor claims at once.
func (s *store) block(n int) int { return max(1, min(maxBlock, n/(64*len(s.cursors)))) }

// claim gives c more nodes to fill. While workers are under way there is room,
// see worker.reserve; else the table grows, or claim panics with full.
func (c *cursor) claim() {
	s := c.s
	n := s.block(s.nodeRoom())
	if int(s.taken.Load())+n > s.nodeRoom() && (s.isBusy || !s.growNodes()) {
		panic(full)
	}
	c.end = id(s.taken.Add(int64(n)))
	c.next = c.end - id(n)
	clear(s.nodes.Slice()[c.next:c.end]) // what is not filled is a gap
	c.date()
}

// claimLeaves is claim for leaves.
func (c *cursor) claimLeaves() {
	s := c.s
	n := s.block(s.leafRoom())
	if int(s.leavesTaken.Load())+n > s.leafRoom() && (s.isBusy || !s.growLeaves()) {
		panic(full)
	}
	c.endLeaf = id(s.leavesTaken.Add(int64(n)))
	c.nextLeaf = c.endLeaf - id(n)
	clear(s.leaves.Slice()[c.nextLeaf:c.endLeaf])
}

// used returns the number of nodes.
func (s *store) used() int {
	n := int(s.taken.Load()) - 1
	for _, c := range s.cursors {
		n -= int(c.end - c.next)
	}
	return n
}

// leafCount returns the number of leaves that are not empty.
func (s *store) leafCount() int {
	n := int(s.leavesTaken.Load()) - 1
	for _, c := range s.cursors {
		n -= int(c.endLeaf - c.nextLeaf)
	}
	return n
}

func (s *store) free() {
	s.nodes.Free()
	s.leaves.Free()
	s.nodeIndex.Free()
	s.leafIndex.Free()
	s.pops.reset()
	s.ghosts.free()
}

// bytes returns the bytes of all tables: of the entries as far as they have been
// given out, since memory beyond is not touched.
func (s *store) bytes() int64 {
	return s.taken.Load()*int64(unsafe.Sizeof(node{})) + s.leavesTaken.Load()*int64(unsafe.Sizeof(kernel.Leaf{})) +
		s.nodeIndex.Bytes() + s.leafIndex.Bytes() + s.pops.bytes() + s.ghosts.bytes()
}

// at returns a node.
func (v *view) at(i id) *node { return entry(v.nodeBase, i) }

// entry returns a node of the table at base.
func entry(base unsafe.Pointer, i id) *node {
	return (*node)(unsafe.Add(base, uintptr(i)*unsafe.Sizeof(node{})))
}

// leaf returns the cells of a leaf; the empty one for 0. It is valid until the
// tables grow.
func (v *view) leaf(i id) *kernel.Leaf {
	return (*kernel.Leaf)(unsafe.Add(v.leafBase, uintptr(i&^leafBit)*unsafe.Sizeof(kernel.Leaf{})))
}

// hashLeaf mixes the cells of a leaf.
func hashLeaf(l *kernel.Leaf) uint64 {
	x := l[0]*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(l[1]*0xC2B2AE3D27D4EB4F, 31)
	y := l[2]*0xD6E8FEB86659FD93 ^ bits.RotateLeft64(l[3]*0xA0761D6478BD642F, 31)
	h := (x ^ bits.RotateLeft64(y, 29)) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// find returns the node with the given children, and makes it if it is new. It
// is for the owner, while no other worker is under way; see claim.
func (s *store) find(north, south uint64) id { return s.cursors[0].find(north, south) }

// find is store.find for any worker.
func (c *cursor) find(north, south uint64) id {
	c.lookups++
	slot, print := c.nodeIndex.Home(lookup.Hash(north, south))
	return c.findFrom(slot, print, north, south)
}

// findFrom is find for a print that is known, when the slots from its home to the
// given one are known not to hold the node.
//
// Workers share the table without locks: a worker fills a node that it has claimed
// and then swaps it into an empty slot. If another was faster, the search goes on
// from that slot, and the node stays claimed. Children never change.
func (c *cursor) findFrom(slot, print uint32, north, south uint64) id {
	if north|south == 0 {
		return 0
	}
	for {
		var i id
		if slot, i = c.nodeIndex.Candidate(print, slot); i != 0 {
			if n := c.at(i); n.north == north && n.south == south {
				return i
			}
			slot = c.nodeIndex.Next(slot)
			continue
		}
		if c.next == c.end {
			c.claim()
			slot, print = c.nodeIndex.Home(lookup.Hash(north, south)) // the index may be another now
			continue
		}
		n := c.at(c.next)
		n.north, n.south = north, south
		home, _ := c.nodeIndex.Home(lookup.Hash(north, south))
		if c.nodeIndex.Put(slot, home, print, c.next, c.isSolo) {
			c.next++
			c.made++
			return c.next - 1
		}
		n.north, n.south = 0, 0
	}
}

// findLeaf returns the leaf with the given cells, and makes it if it is new. It
// is for the owner, while no other worker is under way; see claimLeaves.
func (s *store) findLeaf(l *kernel.Leaf) id { return s.cursors[0].findLeaf(l) }

// findLeaf is store.findLeaf for any worker.
func (c *cursor) findLeaf(l *kernel.Leaf) id {
	c.lookups++
	slot, print := c.leafIndex.Home(hashLeaf(l))
	return c.findLeafFrom(slot, print, l)
}

// findLeafFrom is findFrom for leaves.
func (c *cursor) findLeafFrom(slot, print uint32, l *kernel.Leaf) id {
	if *l == (kernel.Leaf{}) {
		return 0
	}
	for {
		var i id
		if slot, i = c.leafIndex.Candidate(print, slot); i != 0 {
			if *c.leaf(i) == *l {
				return i | leafBit
			}
			slot = c.leafIndex.Next(slot)
			continue
		}
		if c.nextLeaf == c.endLeaf {
			c.claimLeaves()
			slot, print = c.leafIndex.Home(hashLeaf(l))
			continue
		}
		*c.leaf(c.nextLeaf) = *l
		home, _ := c.leafIndex.Home(hashLeaf(l))
		if c.leafIndex.Put(slot, home, print, c.nextLeaf, c.isSolo) {
			c.nextLeaf++
			c.made++
			return c.nextLeaf - 1 | leafBit
		}
		*c.leaf(c.nextLeaf) = kernel.Leaf{}
	}
}
