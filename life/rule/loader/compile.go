package loader

import (
	"encoding/binary"
	"fmt"
	"slices"

	"golife/life/rule"
)

// stateSet is a set of states: bit s of word s>>6.
type stateSet [4]uint64

func (s *stateSet) has(state int) bool { return s[state>>6]>>(state&63)&1 == 1 }

// allStates is the number of the set of all states in compiler.sets.
const allStates int32 = 0

// item is what is left of a transition at a level of the diagram: it takes some states of
// the level's cell, each of which leads to items of the next level. At the level behind
// the last one, an item is a next state.
type item struct {
	set  int32 // of states that it takes; of the centre where it is a permuted one
	next int32 // at the level below, but for a permuted one
	// permuted is nil, or how many neighbours each set is still to take, by its number,
	// sorted; and then, next is the next state.
	permuted []share
	// takesAll says that the item takes whatever the cells of its level and those below
	// are.
	takesAll bool
}

// share is a set of states and how many neighbours it is to take.
type share struct{ set, count int32 }

// compiler makes a rule.Tree of transitions.
type compiler struct {
	states int
	sets   []stateSet
	setIDs map[stateSet]int32
	items  [rule.TreeLevels + 1][]item
	itemOf [rule.TreeLevels + 1]map[string]int32   // permuted ones
	plain  [rule.TreeLevels + 1]map[[2]int32]int32 // others, by set and next
	roots  []int32                                 // items of level 0, in the order of the transitions
	isRoot map[int32]bool
	around [rule.TreeLevels]bool // places that permuted neighbours have, of the one neighbourhood

	b     *rule.TreeBuilder
	nodes [rule.TreeLevels]map[string]uint32 // by the list of their items
	size  int                                // of all lists
	seen  [rule.TreeLevels + 1][]int         // of each item: the last list that it was put on
	lists int
	used  []bool // sets, in representatives
}

func newCompiler(states int) *compiler {
	k := &compiler{states: states, setIDs: map[stateSet]int32{}, isRoot: map[int32]bool{}, b: rule.NewTreeBuilder(states)}
	for i := range k.itemOf {
		k.itemOf[i], k.plain[i] = map[string]int32{}, map[[2]int32]int32{}
	}
	for i := range k.nodes {
		k.nodes[i] = map[string]uint32{}
	}
	all := make([]int, states)
	for i := range all {
		all[i] = i
	}
	k.set(all)
	for i := range states {
		k.item(rule.TreeLevels, item{next: int32(i), takesAll: true})
	}
	return k
}

// set returns the number of a set of states.
func (k *compiler) set(states []int) int32 {
	var s stateSet
	for _, state := range states {
		s[state>>6] |= 1 << (state & 63)
	}
	id, ok := k.setIDs[s]
	if !ok {
		id = int32(len(k.sets))
		k.setIDs[s] = id
		k.sets = append(k.sets, s)
	}
	return id
}

// item returns the number of an item of a level.
func (k *compiler) item(level int, i item) int32 {
	if i.permuted == nil {
		key := [2]int32{i.set, i.next}
		id, ok := k.plain[level][key]
		if !ok {
			id = k.addItem(level, i)
			k.plain[level][key] = id
		}
		return id
	}
	key := binary.LittleEndian.AppendUint32(nil, uint32(i.set))
	key = binary.LittleEndian.AppendUint32(key, uint32(i.next))
	for _, s := range i.permuted {
		key = binary.LittleEndian.AppendUint32(key, uint32(s.set))
		key = binary.LittleEndian.AppendUint32(key, uint32(s.count))
	}
	id, ok := k.itemOf[level][string(key)]
	if !ok {
		id = k.addItem(level, i)
		k.itemOf[level][string(key)] = id
	}
	return id
}

func (k *compiler) addItem(level int, i item) int32 {
	k.items[level] = append(k.items[level], i)
	k.seen[level] = append(k.seen[level], 0)
	return int32(len(k.items[level]) - 1)
}

// add adds a transition: the numbers of the sets that it takes for each place of a
// square, and the next state.
func (k *compiler) add(square *[rule.TreeLevels]int32, next uint8) {
	id := int32(next)
	takesAll := true
	for level := rule.TreeLevels - 1; level >= 0; level-- {
		set := square[rule.TreeCell(level)]
		takesAll = takesAll && set == allStates
		id = k.item(level, item{set: set, next: id, takesAll: takesAll})
	}
	k.addRoot(id)
}

// addPermuted adds a transition whose neighbours, at the places of the ring, may stand in
// any order.
func (k *compiler) addPermuted(ring []int, centre int32, neighbours []int32, next uint8) {
	for _, place := range ring {
		k.around[place] = true
	}
	count := map[int32]int32{}
	for _, set := range neighbours {
		count[set]++
	}
	shares := []share{}
	for set, n := range count {
		shares = append(shares, share{set, n})
	}
	slices.SortFunc(shares, func(a, b share) int { return int(a.set - b.set) })
	k.addRoot(k.permuted(0, centre, shares, next))
}

// permuted returns the item of a level that still takes the centre, unless that is above,
// and neighbours.
func (k *compiler) permuted(level int, centre int32, shares []share, next uint8) int32 {
	if level == rule.TreeLevels {
		return int32(next)
	}
	takesAll := centre == allStates
	for _, s := range shares {
		takesAll = takesAll && s.set == allStates
	}
	return k.item(level, item{set: centre, next: int32(next), permuted: shares, takesAll: takesAll})
}

func (k *compiler) addRoot(id int32) {
	if !k.isRoot[id] {
		k.isRoot[id] = true
		k.roots = append(k.roots, id)
	}
}

// maxItems bounds the items of all levels, and maxLists the numbers on all lists: some
// hundred MiB.
const maxItems, maxLists = 1 << 21, 1 << 24

// check returns an error when there are too many items.
func (k *compiler) check(s *section, at int) error {
	n := 0
	for _, items := range k.items {
		n += len(items)
	}
	if n > maxItems {
		return s.errorf(at, "found transitions for more than %d sets of squares, want fewer", maxItems)
	}
	return nil
}

// tree returns the tree of the transitions added so far, and of one behind them for each
// state, which cells keep when nothing fits.
func (k *compiler) tree() (*rule.Tree, error) {
	var square [rule.TreeLevels]int32
	for i := range square {
		square[i] = allStates
	}
	for state := range k.states {
		square[c] = k.set([]int{state})
		k.add(&square, uint8(state))
	}
	root, err := k.node(0, k.list(0, k.roots))
	if err != nil {
		return nil, err
	}
	return k.b.Tree(root), nil
}

// list returns items of a level without those that are there twice or come behind one
// that takes all.
func (k *compiler) list(level int, items []int32) []int32 {
	k.lists++
	out := items[:0:0]
	for _, i := range items {
		if k.seen[level][i] == k.lists {
			continue
		}
		k.seen[level][i] = k.lists
		out = append(out, i)
		if k.items[level][i].takesAll {
			break
		}
	}
	return out
}

// node returns the node of a level at which a list of items is left.
func (k *compiler) node(level int, list []int32) (uint32, error) {
	if level == rule.TreeLevels {
		return uint32(list[0]), nil
	}
	key := make([]byte, 0, 4*len(list))
	for _, i := range list {
		key = binary.LittleEndian.AppendUint32(key, uint32(i))
	}
	if id, ok := k.nodes[level][string(key)]; ok {
		return id, nil
	}
	if k.size += len(list); k.size > maxLists {
		return 0, fmt.Errorf("%w: lists of what fits hold more than %d entries", rule.ErrTreeSize, maxLists)
	}
	children := make([]uint32, k.states)
	rep := k.representatives(level, list)
	for state := range children {
		if int(rep[state]) < state {
			children[state] = children[rep[state]]
			continue
		}
		var err error
		if children[state], err = k.node(level+1, k.list(level+1, k.follow(level, list, state))); err != nil {
			return 0, err
		}
	}
	id, err := k.b.Node(level, children)
	k.nodes[level][string(key)] = id
	return id, err
}

// representatives gives for each state the first one that no item of a list tells from it.
func (k *compiler) representatives(level int, list []int32) []uint8 {
	k.used = slices.Grow(k.used[:0], len(k.sets))[:len(k.sets)]
	clear(k.used)
	rep := make([]uint8, k.states) // at first the number of a class, the first state of which is not known
	count := 1
	size := [maxStates]int{k.states} // of each class
	split := func(set int32) {
		if k.used[set] || set == allStates || count == k.states {
			return
		}
		k.used[set] = true
		var inside [maxStates]int // how many of each class the set has
		for state, class := range rep {
			if k.sets[set].has(state) {
				inside[class]++
			}
		}
		var into [maxStates]uint8 // the class that these become; 0 is none
		for state, class := range rep {
			if !k.sets[set].has(state) || inside[class] == size[class] {
				continue
			}
			if into[class] == 0 {
				into[class] = uint8(count)
				size[count] = inside[class]
				count++
			}
			rep[state] = into[class]
		}
		for class, to := range into {
			if to > 0 {
				size[class] -= inside[class]
			}
		}
	}
	for _, i := range list {
		it := &k.items[level][i]
		if it.permuted == nil || rule.TreeCell(level) == c {
			split(it.set)
			continue
		}
		for _, s := range it.permuted {
			split(s.set)
		}
	}
	var first [maxStates]int // state of each class, plus 1
	for state, class := range rep {
		if first[class] == 0 {
			first[class] = state + 1
		}
		rep[state] = uint8(first[class] - 1)
	}
	return rep
}

// follow returns the items of the next level to which a state of a level's cell leads,
// in order.
func (k *compiler) follow(level int, list []int32, state int) (next []int32) {
	place := rule.TreeCell(level)
	for _, id := range list {
		it := k.items[level][id]
		switch {
		case it.permuted == nil:
			if k.sets[it.set].has(state) {
				next = append(next, it.next)
			}
		case place == c:
			if k.sets[it.set].has(state) {
				next = append(next, k.permuted(level+1, allStates, it.permuted, uint8(it.next)))
			}
		case !k.around[place]:
			next = append(next, k.permuted(level+1, it.set, it.permuted, uint8(it.next)))
		default:
			for i, s := range it.permuted {
				if k.sets[s.set].has(state) {
					next = append(next, k.permuted(level+1, it.set, without(it.permuted, i), uint8(it.next)))
				}
			}
		}
	}
	return next
}

// without returns shares with one neighbour less for share i.
func without(shares []share, i int) []share {
	out := slices.Clone(shares)
	if out[i].count--; out[i].count == 0 {
		out = slices.Delete(out, i, i+1)
	}
	return out
}
