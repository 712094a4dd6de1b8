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

// store holds all nodes and leaves of a universe, off the Go heap.
type store struct {
	view
	nodes  arena.Region[uint64]      // by number; node 0 is the empty one
	room   int                       // of nodeIndex
	most   [len(formRoom)]entries    // formRoom
	leaves arena.Region[kernel.Leaf] // by number; leaf 0 is empty

	taken, leavesTaken atomic.Int64 // entries given to cursors, with entry 0

	// An epoch ends each time so many nodes were made as are a 64th of the table, once
	// that is near the limit. From then on nodes that serve are stamped with the present one.
	firstEpoch uint8 // number of the epoch that began when
	epochStart int64 // so many nodes were taken, since when
	epochNodes int64 // epochs are so long; 0 is no epochs
	stampTable arena.Region[uint8]

	cursors []*cursor // of all workers; the first is the owner's
	isBusy  bool      // workers are under way: tables must not grow
	slow    []slowStep
	limit   int64 // bytes that the tables may use; 0 is none
	counts  tableCounts

	pops   populations
	ghosts ghosts
}

// tableCounts says what happened to the tables.
type tableCounts struct{ grows, collections int64 }

// view is what look-ups need of the store. Each worker has a copy, since what is
// reached through fewer pointers is reached sooner.
type view struct {
	nodeTable
	leafBase             unsafe.Pointer
	nodeIndex, leafIndex lookup.Index
}

// cursor is one worker's way into the store: a claim on nodes and leaves that it
// alone may fill.
type cursor struct {
	view
	s                 *store
	stamp, newStamp   uint8 // of nodes that serve, and of new results
	isSolo            bool  // there is one worker: no need to swap atomically
	next, end         id
	nextLeaf, endLeaf id
	lookups, made     int64 // squares looked up, and how many of them were new
}

// Sizes of a new store, and bytes of a leaf with its share of the index.
const (
	firstNodes  = 5 << 10
	firstLeaves = 1 << 10
	maxBlock    = 1024

	worthSharing = 1 << 14 // entries that are added to an index
	leafBytes    = int64(unsafe.Sizeof(kernel.Leaf{})) + lookup.EntryBytes
)

// init makes an empty store for a number of workers.
func (s *store) init(workers int) {
	for range workers {
		s.cursors = append(s.cursors, &cursor{s: s, isSolo: workers == 1})
	}
	first := packed
	if !lookup.Packs() {
		first = wide
	}
	s.formOf = forms[first]
	s.most = formRoom
	s.nodes = arena.NewRegion[uint64](forms[wide].nodeWords() * reserved)
	s.stampTable = arena.NewRegion[uint8](reserved)
	s.leaves = arena.NewRegion[kernel.Leaf](reserved)
	s.taken.Store(1)
	s.leavesTaken.Store(1)
	s.sizeNodes(firstNodes, false)
	s.sizeLeaves(firstLeaves, false)
}

// Address space is set aside for this many nodes and leaves, 2^30 where there is
// enough of it. Tables that outgrow it move.
const reserved = 1 << (20 + 10*(bits.UintSize/64))

// maxEntries is the number of nodes, and of leaves, that ids can name.
const maxEntries = 1<<31 - 1

// nodeRoom and leafRoom are how many nodes and leaves fit before the tables grow.
func (s *store) nodeRoom() int { return min(s.room, s.most[s.form].nodes) }

func (s *store) leafRoom() int { return min(len(s.leaves.Slice()), s.most[s.form].leaves) }

// sizeNodes makes room for n nodes, fewer than which are in use. Ids stay. Cost:
// some 5 ns a node where the room doubles and the index still tells where they are, else 30.
func (s *store) sizeNodes(n int, doubles bool) {
	s.room = n
	s.resizeNodes()
	s.firstEpoch, s.epochStart, s.epochNodes = s.epoch(), s.taken.Load(), s.epochLength(n)
	s.sizeStamps()
	hash := func(i uint32) uint64 { return lookup.Hash(s.square(i)) }
	if doubles {
		s.nodeIndex.Double(len(s.cursors), hash, s.prefetchNodes)
		s.refresh()
	} else {
		s.fillNodeIndex()
	}
}

// fillNodeIndex makes the index of nodes anew.
func (s *store) fillNodeIndex() {
	s.nodeIndex.Reset(s.room)
	s.fill(int(s.taken.Load()), s.indexNodes)
	s.refresh()
}

// resizeNodes gives the table of nodes memory for its room.
func (s *store) resizeNodes() {
	s.nodes.Resize(s.nodeRoom() * s.nodeWords())
	s.nodeBase = unsafe.Pointer(unsafe.SliceData(s.nodes.Slice()))
	s.setSquare(0, 0, 0)
	s.setMemo(0, noResult, 0)
}

// sizeStamps makes room for stamps, if there are epochs. Those of a new table are of the present
// epoch.
func (s *store) sizeStamps() {
	if s.epochNodes == 0 {
		s.stampTable.Resize(0)
		s.stamps = nil
		return
	}
	before := len(s.stampTable.Slice())
	s.stampTable.Resize(s.nodeRoom())
	s.stamps = unsafe.Pointer(unsafe.SliceData(s.stampTable.Slice()))
	for i := before; i < int(s.taken.Load()); i++ {
		s.setStamp(id(i), s.firstEpoch)
	}
}

// widen gives nodes another form, in place: from the last one, since they may become larger.
func (s *store) widen(to form) {
	from := s.nodeTable
	s.formOf = forms[to]
	s.nodes.Resize(s.nodeRoom() * s.nodeWords())
	s.nodeBase = unsafe.Pointer(unsafe.SliceData(s.nodes.Slice()))
	from.nodeBase = s.nodeBase
	for i := id(s.taken.Load()); i > 0; {
		i--
		if from.isGap(i) {
			s.clearNode(i)
			continue
		}
		north, south := from.square(i)
		tag, res := from.memo(i)
		s.setSquare(i, north, south)
		if isPending(tag) {
			s.setPending(i, tag)
		} else {
			s.setMemo(i, tag, res)
		}
	}
	s.sizeStamps()
	s.refresh()
}

// sizeLeaves makes room for n leaves, fewer than which are in use. Ids stay.
func (s *store) sizeLeaves(n int, doubles bool) {
	s.leaves.Resize(n)
	s.leafBase = unsafe.Pointer(unsafe.SliceData(s.leaves.Slice()))
	leaves := s.leaves.Slice()[:s.leavesTaken.Load()]
	leaves[0] = kernel.Leaf{}
	if doubles {
		s.leafIndex.Double(len(s.cursors), func(i uint32) uint64 { return hashLeaf(&leaves[i]) },
			func(ids []uint32) uint32 { return lookup.Prefetch32(s.leafBase, ids) })
	} else {
		s.leafIndex.Reset(n)
		s.fill(len(leaves), s.indexLeaves)
	}
	s.refresh()
}

// fill adds n entries to an index, with as many goroutines as there are workers, all
// of which wait now. add adds some of them; see lookup.Index.Fill.
func (s *store) fill(n int, add func(first, end int, isSolo bool)) {
	parts := len(s.cursors)
	if parts == 1 || n < worthSharing {
		add(0, n, true)
		return
	}
	var group sync.WaitGroup
	for k := range parts {
		group.Go(func() { add(n*k/parts, n*(k+1)/parts, false) })
	}
	group.Wait()
}

// indexNodes adds nodes to their index.
func (s *store) indexNodes(first, end int, isSolo bool) {
	switch s.form {
	case packed:
		s.nodeIndex.FillPacked(first, end, isSolo, s.nodeBase)
	case packed25:
		s.nodeIndex.FillPacked25(first, end, isSolo, s.nodeBase)
	default:
		s.nodeIndex.Fill24(first, end, isSolo, s.nodeBase)
	}
}

// indexLeaves adds leaves to their index.
func (s *store) indexLeaves(first, end int, isSolo bool) {
	s.leafIndex.Fill(first, end, isSolo, s.hashLeaves)
}

// hashLeaves hashes up to 64 leaves; see lookup.Index.Fill.
func (s *store) hashLeaves(first uint32, hashes []uint64) (gaps uint64) {
	for k := range hashes {
		l := s.leafNumber(first + uint32(k))
		hashes[k] = hashLeaf(l)
		if *l == (kernel.Leaf{}) {
			gaps |= 1 << k
		}
	}
	return gaps
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
	c.stamp = c.s.epoch()
	c.newStamp = c.stamp - headStart
}

// epochLength returns how many nodes are made in an epoch when the table has room
// for n, 0 if there are none: while it can still grow nothing will be dropped, and stamps
// would cost without use.
func (s *store) epochLength(n int) int64 {
	if s.limit == 0 || growth*int64(n)*s.form.bytes() < s.limit {
		return 0
	}
	return int64(n/64 + 1)
}

// epoch returns the number of the present epoch, which wraps around.
func (s *store) epoch() uint8 {
	if s.epochNodes == 0 {
		return s.firstEpoch
	}
	return s.firstEpoch + uint8((s.taken.Load()-s.epochStart)/s.epochNodes)
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
	w := s.nodeWords()
	clear(s.nodes.Slice()[w*int(c.next) : w*int(c.end)]) // what is not filled is a gap
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
	s.stampTable.Free()
	s.leaves.Free()
	s.nodeIndex.Free()
	s.leafIndex.Free()
	s.pops.reset()
	s.ghosts.free()
}

// bytes returns the bytes of all tables: of the entries as far as they have been
// given out, since memory beyond is not touched.
func (s *store) bytes() int64 {
	return s.taken.Load()*8*int64(s.nodeWords()) + int64(len(s.stampTable.Slice())) + s.leavesTaken.Load()*int64(unsafe.Sizeof(kernel.Leaf{})) +
		s.nodeIndex.Bytes() + s.leafIndex.Bytes() + s.pops.bytes() + s.ghosts.bytes()
}

// leaf returns the cells of a leaf; the empty one for 0. It is valid until the
// tables grow.
func (v *view) leaf(i id) *kernel.Leaf { return v.leafNumber(-i) }

func (v *view) leafNumber(k uint32) *kernel.Leaf {
	return (*kernel.Leaf)(unsafe.Add(v.leafBase, uintptr(k)*unsafe.Sizeof(kernel.Leaf{})))
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
			if n, s := c.square(i); n == north && s == south {
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
		c.setSquare(c.next, north, south)
		home, _ := c.nodeIndex.Home(lookup.Hash(north, south))
		if c.nodeIndex.Put(slot, home, print, c.next, c.isSolo) {
			c.next++
			c.made++
			return c.next - 1
		}
		c.clearNode(c.next)
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
			if *c.leafNumber(i) == *l {
				return leafID(i)
			}
			slot = c.leafIndex.Next(slot)
			continue
		}
		if c.nextLeaf == c.endLeaf {
			c.claimLeaves()
			slot, print = c.leafIndex.Home(hashLeaf(l))
			continue
		}
		*c.leafNumber(c.nextLeaf) = *l
		home, _ := c.leafIndex.Home(hashLeaf(l))
		if c.leafIndex.Put(slot, home, print, c.nextLeaf, c.isSolo) {
			c.nextLeaf++
			c.made++
			return leafID(c.nextLeaf - 1)
		}
		*c.leafNumber(c.nextLeaf) = kernel.Leaf{}
	}
}
