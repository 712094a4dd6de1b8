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
type nodeTable struct {
	nodeBase unsafe.Pointer
	formOf
	stamps unsafe.Pointer // an epoch for each node, see store; nil is none
}

// form is how nodes lie in memory. Most universes fit packed ones. When there are more nodes than
// those can name, or more leaves, all take the next form.
type form uint8

const (
	packed   form = iota // lookup.Packed
	packed25             // lookup.Packed25: ids of 25 bits, and room for tags of few short steps
	wide                 // wideNode
)

// wideNode is a node of 24 bytes.
type wideNode struct {
	north, south uint64
	res          id
	tag          uint32
}

// formOf is how nodes of a form lie in memory. Each has a word with its tag: the upper number of
// it, and beside it in packed forms the result.
type formOf struct {
	form     form
	size, at uintptr // bytes of a node, and those before its word
	word     lookup.Word
}

// entries are numbers of nodes and of leaves.
type entries struct{ nodes, leaves int }

// forms are all there are; formRoom is how many nodes and leaves each can name.
var (
	forms = [...]formOf{
		packed:   {packed, unsafe.Sizeof(lookup.Packed{}), lookup.WordAt, lookup.Word24},
		packed25: {packed25, unsafe.Sizeof(lookup.Packed25{}), lookup.WordAt, lookup.Word25},
		wide:     {wide, unsafe.Sizeof(wideNode{}), unsafe.Offsetof(wideNode{}.tag), lookup.Word{Upper: 1<<32 - 1}},
	}
	formRoom = [...]entries{
		packed:   {lookup.MaxPacked, lookup.MaxPackedBelow},
		packed25: {lookup.Max25, lookup.Max25Below},
		wide:     {maxEntries, maxEntries},
	}
)

// bytes returns what a node of a form takes with its share of the index, and a stamp.
func (f form) bytes() int64 { return int64(forms[f].size) + lookup.EntryBytes + 1 }

// nodeWords returns how many words of 64 bits a node takes.
func (f *formOf) nodeWords() int { return int(f.size / 8) }

// wordOf is where a node has its tag.
func (t *nodeTable) wordOf(i id) *uint32 {
	return (*uint32)(unsafe.Add(t.nodeBase, uintptr(i)*t.size+t.at))
}

func (t *nodeTable) wide(i id) *wideNode {
	return (*wideNode)(unsafe.Add(t.nodeBase, uintptr(i)*unsafe.Sizeof(wideNode{})))
}

func (t *nodeTable) packed(i id) *lookup.Packed {
	return (*lookup.Packed)(unsafe.Add(t.nodeBase, uintptr(i)*unsafe.Sizeof(lookup.Packed{})))
}

func (t *nodeTable) packed25(i id) *lookup.Packed25 {
	return (*lookup.Packed25)(unsafe.Add(t.nodeBase, uintptr(i)*unsafe.Sizeof(lookup.Packed25{})))
}

// square returns a node's children: those of north are nw and, in the high half, ne, those
// of south sw and se.
func (t *nodeTable) square(i id) (north, south uint64) {
	switch t.form {
	case packed:
		return t.packed(i).Get()
	case packed25:
		return t.packed25(i).Get()
	}
	n := t.wide(i)
	return n.north, n.south
}

// setSquare sets the children of a new node, which never change.
func (t *nodeTable) setSquare(i id, north, south uint64) {
	switch t.form {
	case packed:
		t.packed(i).Set(north, south)
	case packed25:
		t.packed25(i).Set(north, south)
	default:
		n := t.wide(i)
		n.north, n.south = north, south
	}
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
		if t.form == packed {
			n, s = t.packed(items[k].node).Get()
		} else {
			n, s = t.square(items[k].node)
		}
		list[k] = [4]uint32{-id(n), -id(n >> 32), -id(s), -id(s >> 32)}
	}
}

// isGap reports whether a node is one that has not been filled.
func (t *nodeTable) isGap(i id) bool {
	switch t.form {
	case packed:
		return t.packed(i).IsGap()
	case packed25:
		return t.packed25(i).IsGap()
	}
	n := t.wide(i)
	return n.north|n.south == 0
}

// clearNode makes a node a gap.
func (t *nodeTable) clearNode(i id) {
	clear(unsafe.Slice((*uint64)(unsafe.Add(t.nodeBase, uintptr(i)*t.size)), t.nodeWords()))
}

// memo returns a node's tag, and the result that it speaks of, while no worker is under way.
func (t *nodeTable) memo(i id) (tag uint32, res id) { return t.tag(i), t.result(i) }

// resultOf returns the result of a node, if it is one of the given tag.
func (t *nodeTable) resultOf(i id, tag uint32) (res id, ok bool) {
	is, res := t.word.Split(atomic.LoadUint32(t.wordOf(i)))
	if is != tag {
		return 0, false
	}
	if t.form == wide {
		res = t.wide(i).res
	}
	return res, true
}

// result returns the result of a node whose tag has been seen to speak of one.
func (t *nodeTable) result(i id) id {
	if t.form == wide {
		return t.wide(i).res
	}
	return atomic.LoadUint32(t.wordOf(i))&t.word.Rest - t.word.Bias
}

// tag returns a node's tag alone.
func (t *nodeTable) tag(i id) uint32 {
	w := atomic.LoadUint32(t.wordOf(i))
	if t.form == packed25 {
		return tagOf25(w)
	}
	return w >> (t.word.Shift & 31)
}

// setMemo stores a result and then its tag, which is not that of a pending node: whoever sees the
// tag also sees the result, and what was stored before.
func (t *nodeTable) setMemo(i id, tag uint32, res id) {
	if t.form == wide {
		t.wide(i).res = res
	}
	p := t.wordOf(i)
	storeRelease(p, t.word.With(atomic.LoadUint32(p), tag, res))
}

// setPending gives a node the tag of a worker that will compute its result.
func (t *nodeTable) setPending(i id, tag uint32) {
	p := t.wordOf(i)
	storeRelease(p, t.pendingWord(atomic.LoadUint32(p), tag))
}

// pendingWord returns a node's word with the tag of a worker.
func (t *nodeTable) pendingWord(word, tag uint32) uint32 {
	if t.form == packed25 {
		return word&t.word.Kept | pending25<<t.word.Shift | (tag - firstPending)
	}
	return t.word.With(word, tag, 0)
}

// swapPending replaces the tag of a node without a result that counts by that of a worker, unless
// another was faster.
func (t *nodeTable) swapPending(i id, tag, pending uint32) bool {
	p := t.wordOf(i)
	w := atomic.LoadUint32(p)
	return t.tag(i) == tag && atomic.CompareAndSwapUint32(p, w, t.pendingWord(w, pending))
}

// Tags of form packed25, in 3 bits: those of results are what they are in others, and the highest is
// that of pending nodes, whose words have the number of the worker in place of a result.
const (
	pending25 = 7
	most25    = pending25 - firstSlow // short steps that are told apart
)

// tagOf25 returns the tag in a word, without a branch.
func tagOf25(w uint32) uint32 {
	tag := w >> 25 & pending25     // as lookup.Word25 splits it
	isPending := -((tag + 1) >> 3) // all bits or none
	return tag&^isPending | (firstPending+w%maxWorkers)&isPending
}

// nodeBlock is room for some nodes that are not wide in the table.
type nodeBlock [64]wideNode

// nodesFrom returns n nodes from the first on, to be read, while no worker is under way. They may
// lie in b. Their tags are for setNodes, and for isResult: all pending nodes of form packed25 have the
// same one, and their worker beside it.
func (t *nodeTable) nodesFrom(b *nodeBlock, first id, n int) []wideNode {
	switch t.form {
	case packed:
		unpack(b[:n], unsafe.Slice(t.packed(first), n))
	case packed25:
		unpack25(b[:n], unsafe.Slice(t.packed25(first), n))
	default:
		return unsafe.Slice(t.wide(first), n)
	}
	return b[:n]
}

// setNodes sets nodes from the first on.
func (t *nodeTable) setNodes(first id, nodes []wideNode) {
	switch t.form {
	case packed:
		pack(unsafe.Slice(t.packed(first), len(nodes)), nodes)
	case packed25:
		pack25(unsafe.Slice(t.packed25(first), len(nodes)), nodes)
	default:
		copy(unsafe.Slice(t.wide(first), len(nodes)), nodes)
	}
}

// unpackGo and packGo are unpack and pack in plain Go.
func unpackGo(to []wideNode, from []lookup.Packed) {
	for k := range from {
		to[k].north, to[k].south = from[k].Get()
		to[k].tag, to[k].res = lookup.Word24.Split(from[k].Word)
	}
}

func packGo(to []lookup.Packed, from []wideNode) {
	for k := range from {
		to[k].Set(from[k].north, from[k].south)
		to[k].Word = lookup.Word24.With(0, from[k].tag, from[k].res)
	}
}

// unpack25Go and pack25Go are unpack25 and pack25 in plain Go.
func unpack25Go(to []wideNode, from []lookup.Packed25) {
	for k := range from {
		to[k].north, to[k].south = from[k].Get()
		to[k].tag, to[k].res = lookup.Word25.Split(*from[k].Word())
		if to[k].tag == pending25 {
			to[k].tag |= firstPending
		}
	}
}

func pack25Go(to []lookup.Packed25, from []wideNode) {
	for k := range from {
		to[k].Set(from[k].north, from[k].south)
		*to[k].Word() = lookup.Word25.With(*to[k].Word(), from[k].tag%(pending25+1), from[k].res)
	}
}

// stampOf and setStamp are for nodes of tables that have stamps. Workers may stamp a node at the
// same time: any of their stamps will do.
func (t *nodeTable) stampOf(i id) uint8 { return *(*uint8)(unsafe.Add(t.stamps, uintptr(i))) }

//go:norace
func (t *nodeTable) setStamp(i id, stamp uint8) { *(*uint8)(unsafe.Add(t.stamps, uintptr(i))) = stamp }

// prefetchNodes asks for some nodes; see lookup.Prefetch16.
func (t *nodeTable) prefetchNodes(ids []id) uint32 {
	if t.form == wide {
		return lookup.Prefetch24(t.nodeBase, ids)
	}
	return lookup.Prefetch16(t.nodeBase, ids)
}
