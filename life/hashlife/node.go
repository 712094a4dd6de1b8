package hashlife

import (
	"sync/atomic"
	"unsafe"

	"golife/life/internal/lookup"
)

// id names a node or a leaf: a node by its number, leaf k by -k. 0 is the empty square of
// every level. Equal squares of one level have equal ids. Ids are given in
// order: with one worker, the numbers of children are smaller than those of their parents.
type id = uint32

// leafID returns the id of leaf k.
func leafID(k uint32) id { return -k }

// join packs two ids into one half of a square.
func join(west, east id) uint64 { return uint64(west) | uint64(east)<<32 }

// nodeTable holds nodes, squares of level baseLevel or more, by their number: the ids of
// four children, the memoised centre, and a tag that says which result that is. A node whose
// children have not been set is a gap, which no id names.
//
// Most universes fit packed nodes. When there are more of them than 24 bits can name, or
// more leaves, all become wide ones.
type nodeTable struct {
	nodeBase unsafe.Pointer // of lookup.Packed, whose word is tag and result; or of wideNodes
	isWide   bool
	stamps   unsafe.Pointer // an epoch for each node, see store; nil is none
}

// wideNode is a node of 24 bytes.
type wideNode struct {
	north, south uint64
	res          id
	tag          uint32
}

// Numbers of nodes, and of leaves, that packed nodes can name, and words that a node takes.
const (
	maxPacked       = lookup.MaxPacked
	maxPackedLeaves = lookup.MaxPackedBelow

	packedWords = int(unsafe.Sizeof(lookup.Packed{})) / 8
	wideWords   = int(unsafe.Sizeof(wideNode{})) / 8
)

// nodeWords returns how many words a node takes.
func (t *nodeTable) nodeWords() int {
	if t.isWide {
		return wideWords
	}
	return packedWords
}

func (t *nodeTable) wide(i id) *wideNode {
	return (*wideNode)(unsafe.Add(t.nodeBase, uintptr(i)*unsafe.Sizeof(wideNode{})))
}

func (t *nodeTable) packed(i id) *lookup.Packed {
	return (*lookup.Packed)(unsafe.Add(t.nodeBase, uintptr(i)*unsafe.Sizeof(lookup.Packed{})))
}

// square returns a node's children: those of north are nw and, in the high half, ne, those
// of south sw and se.
func (t *nodeTable) square(i id) (north, south uint64) {
	if t.isWide {
		n := t.wide(i)
		return n.north, n.south
	}
	return t.packed(i).Get()
}

// setSquare sets a node's children, which never change.
func (t *nodeTable) setSquare(i id, north, south uint64) {
	if t.isWide {
		n := t.wide(i)
		n.north, n.south = north, south
		return
	}
	t.packed(i).Set(north, south)
}

// quad returns a node's children in the order nw, ne, sw, se.
func (t *nodeTable) quad(i id) [4]id {
	n, s := t.square(i)
	return [4]id{id(n), id(n >> 32), id(s), id(s >> 32)}
}

// leavesBelow lists the numbers of the leaves that base nodes consist of.
func (t *nodeTable) leavesBelow(items []item, list *[burst][4]uint32) {
	for k := range items {
		var n, s uint64
		if t.isWide {
			n, s = t.square(items[k].node)
		} else {
			n, s = t.packed(items[k].node).Get()
		}
		list[k] = [4]uint32{-id(n), -id(n >> 32), -id(s), -id(s >> 32)}
	}
}

// isGap reports whether a node is one that has not been filled.
func (t *nodeTable) isGap(i id) bool {
	if t.isWide {
		n := t.wide(i)
		return n.north|n.south == 0
	}
	return t.packed(i).IsGap()
}

// clearNode makes a node a gap.
func (t *nodeTable) clearNode(i id) {
	if t.isWide {
		*t.wide(i) = wideNode{}
	} else {
		*t.packed(i) = lookup.Packed{}
	}
}

// memo returns a node's tag, and the result that it speaks of, while no worker is under way.
func (t *nodeTable) memo(i id) (tag uint32, res id) {
	if t.isWide {
		n := t.wide(i)
		return n.tag, n.res
	}
	return lookup.UnpackWord(t.packed(i).Word)
}

// resultOf returns the result of a node, if it is one of the given tag.
func (t *nodeTable) resultOf(i id, tag uint32) (res id, ok bool) {
	if t.isWide {
		n := t.wide(i)
		if atomic.LoadUint32(&n.tag) != tag {
			return 0, false
		}
		return n.res, true
	}
	is, res := lookup.UnpackWord(atomic.LoadUint32(&t.packed(i).Word))
	return res, is == tag
}

// result returns the result of a node whose tag has been seen to speak of one.
func (t *nodeTable) result(i id) id {
	if t.isWide {
		return t.wide(i).res
	}
	return t.packed(i).Lower()
}

// tag returns a node's tag alone.
func (t *nodeTable) tag(i id) uint32 {
	if t.isWide {
		return atomic.LoadUint32(&t.wide(i).tag)
	}
	return atomic.LoadUint32(&t.packed(i).Word) >> 24
}

// setMemo stores a result and then its tag: whoever sees the tag also sees the result, and what
// was stored before.
func (t *nodeTable) setMemo(i id, tag uint32, res id) {
	if t.isWide {
		n := t.wide(i)
		n.res = res
		storeRelease(&n.tag, tag)
		return
	}
	storeRelease(&t.packed(i).Word, lookup.PackWord(tag, res))
}

// swapTag replaces the tag of a node without a result that counts, unless another worker was
// faster.
func (t *nodeTable) swapTag(i id, tag, next uint32) bool {
	if t.isWide {
		return atomic.CompareAndSwapUint32(&t.wide(i).tag, tag, next)
	}
	word := &t.packed(i).Word
	w := atomic.LoadUint32(word)
	return w>>24 == tag && atomic.CompareAndSwapUint32(word, w, next<<24)
}

// nodeBlock is room for some nodes that are not wide in the table.
type nodeBlock [64]wideNode

// nodesFrom returns n nodes from the first on, to be read, while no worker is under way. They may
// lie in b.
func (t *nodeTable) nodesFrom(b *nodeBlock, first id, n int) []wideNode {
	if t.isWide {
		return unsafe.Slice(t.wide(first), n)
	}
	unpack(b[:n], unsafe.Slice(t.packed(first), n))
	return b[:n]
}

// setNodes sets nodes from the first on.
func (t *nodeTable) setNodes(first id, nodes []wideNode) {
	if t.isWide {
		copy(unsafe.Slice(t.wide(first), len(nodes)), nodes)
		return
	}
	pack(unsafe.Slice(t.packed(first), len(nodes)), nodes)
}

// unpackGo and packGo are unpack and pack in plain Go.
func unpackGo(to []wideNode, from []lookup.Packed) {
	for k := range from {
		to[k].north, to[k].south = from[k].Get()
		to[k].tag, to[k].res = lookup.UnpackWord(from[k].Word)
	}
}

func packGo(to []lookup.Packed, from []wideNode) {
	for k := range from {
		to[k].Set(from[k].north, from[k].south)
		to[k].Word = lookup.PackWord(from[k].tag, from[k].res)
	}
}

// stampOf and setStamp are for nodes of tables that have stamps. Workers may stamp a node at the
// same time: any of their stamps will do.
func (t *nodeTable) stampOf(i id) uint8 { return *(*uint8)(unsafe.Add(t.stamps, uintptr(i))) }

//go:norace
func (t *nodeTable) setStamp(i id, stamp uint8) { *(*uint8)(unsafe.Add(t.stamps, uintptr(i))) = stamp }

// prefetchNodes asks for some nodes; see lookup.Prefetch16.
func (t *nodeTable) prefetchNodes(ids []id) uint32 {
	if t.isWide {
		return lookup.Prefetch24(t.nodeBase, ids)
	}
	return lookup.Prefetch16(t.nodeBase, ids)
}
