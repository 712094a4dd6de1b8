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

// isIn reports whether t has all states of s.
func (s *stateSet) isIn(t *stateSet) bool {
	return s[0]&^t[0]|s[1]&^t[1]|s[2]&^t[2]|s[3]&^t[3] == 0
}

// add adds the states of t.
func (s *stateSet) add(t *stateSet) {
	for i, word := range t {
		s[i] |= word
	}
}

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
	// takesRest says that the item takes whatever the cells of its level and those below
	// are but for the centre, which must be of the set centre where it is not above.
	takesRest bool
	centre    int32
}

// step is the set and the next item of an item, or permutedSet: what most items are asked
// for, and most often.
type step struct{ set, next int32 }

// permutedSet is the set of the step of a permuted item.
const permutedSet int32 = -1

// share is a set of states and how many neighbours it is to take.
type share struct{ set, count int32 }

// compiler makes a rule.Tree of transitions.
type compiler struct {
	states int
	sets   []stateSet
	setIDs map[stateSet]int32
	items  [rule.TreeLevels + 1][]item
	steps  [rule.TreeLevels + 1][]step             // of each item
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
	used  []bool   // sets, in representatives
	takes [][]bool // of each state, which sets have it

	members [][]uint8 // of each set

	byCentre [maxStates][]int32 // the items of a list that take a centre

	next [rule.TreeLevels][]int32 // room for the list of a child of the node at hand
	key  []byte                   // room for that of a list
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
		k.item(rule.TreeLevels, item{next: int32(i), takesRest: true, centre: allStates})
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
	st := step{i.set, i.next}
	if i.permuted != nil {
		st.set = permutedSet
	}
	k.steps[level] = append(k.steps[level], st)
	return int32(len(k.items[level]) - 1)
}

// add adds a transition: the numbers of the sets that it takes for each place of a
// square, and the next state.
func (k *compiler) add(square *[rule.TreeLevels]int32, next uint8) {
	id, centre, takesRest := int32(next), allStates, true
	for level := rule.TreeLevels - 1; level >= 0; level-- {
		set := square[rule.TreeCell(level)]
		if rule.TreeCell(level) == c {
			centre = set
		} else {
			takesRest = takesRest && set == allStates
		}
		id = k.item(level, item{set: set, next: id, takesRest: takesRest, centre: centre})
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
	takesRest := true
	for _, s := range shares {
		takesRest = takesRest && s.set == allStates
	}
	return k.item(level, item{set: centre, next: int32(next), permuted: shares, takesRest: takesRest, centre: centre})
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
	k.spread()
	root, err := k.node(0, k.list(0, k.roots))
	if err != nil {
		return nil, err
	}
	return k.b.Tree(root), nil
}

// spread makes tables of the sets, which are all known now.
func (k *compiler) spread() {
	k.takes, k.members = make([][]bool, k.states), make([][]uint8, len(k.sets))
	for state := range k.takes {
		k.takes[state] = make([]bool, len(k.sets))
		for set := range k.sets {
			if k.sets[set].has(state) {
				k.takes[state][set] = true
				k.members[set] = append(k.members[set], uint8(state))
			}
		}
	}
}

// list removes from items of a level, in place, those that are there twice or whose centres
// are all taken, whatever else there is, by those before them.
func (k *compiler) list(level int, items []int32) []int32 {
	k.lists++
	out, seen := items[:0], k.seen[level]
	var taken stateSet // centres
	for _, i := range items {
		if seen[i] == k.lists {
			continue
		}
		seen[i] = k.lists
		it := &k.items[level][i]
		centre := &k.sets[it.centre]
		if centre.isIn(&taken) {
			continue
		}
		out = append(out, i)
		if !it.takesRest {
			continue
		}
		if taken.add(centre); k.sets[allStates].isIn(&taken) {
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
	k.key = k.key[:0]
	for _, i := range list {
		k.key = binary.LittleEndian.AppendUint32(k.key, uint32(i))
	}
	if id, ok := k.nodes[level][string(k.key)]; ok {
		return id, nil
	}
	key := string(k.key)
	if k.size += len(list); k.size > maxLists {
		return 0, fmt.Errorf("%w: lists of what fits hold more than %d entries", rule.ErrTreeSize, maxLists)
	}
	children := make([]uint32, k.states)
	rep := k.representatives(level, list)
	isCentre := rule.TreeCell(level) == c
	if isCentre {
		k.splitByCentre(level, list, rep)
	}
	for state := range children {
		if int(rep[state]) < state {
			children[state] = children[rep[state]]
			continue
		}
		if isCentre {
			list = k.byCentre[state]
		}
		k.next[level] = k.follow(k.next[level][:0], level, list, state)
		var err error
		if children[state], err = k.node(level+1, k.list(level+1, k.next[level])); err != nil {
			return 0, err
		}
	}
	id, err := k.b.Node(level, children)
	k.nodes[level][key] = id
	return id, err
}

// splitByCentre makes the lists byCentre of representatives, at the centre's level: most items take
// few centres, and would be passed over for all others.
func (k *compiler) splitByCentre(level int, list []int32, rep []uint8) {
	for i := range k.byCentre {
		k.byCentre[i] = k.byCentre[i][:0]
	}
	for _, i := range list {
		for _, state := range k.members[k.items[level][i].set] {
			if rep[state] == state {
				k.byCentre[state] = append(k.byCentre[state], i)
			}
		}
	}
}

// representatives gives for each state the first one that no item of a list tells from it.
func (k *compiler) representatives(level int, list []int32) []uint8 {
	k.used = slices.Grow(k.used[:0], len(k.sets))[:len(k.sets)]
	clear(k.used)
	rep := make([]uint8, k.states) // at first the number of a class, the first state of which is not known
	count := 1
	size := [maxStates]int{k.states} // of each class
	var inside [maxStates]int        // how many of each class the set at hand has
	var into [maxStates]uint8        // the class that these become; 0 is none
	var met []uint8                  // classes that the set has some of
	split := func(set int32) {
		if k.used[set] || set == allStates || count == k.states {
			return
		}
		k.used[set] = true
		met = met[:0]
		for _, state := range k.members[set] {
			class := rep[state]
			if inside[class]++; inside[class] == 1 {
				met = append(met, class)
			}
		}
		for _, state := range k.members[set] {
			class := rep[state]
			if inside[class] == size[class] {
				continue
			}
			if into[class] == 0 {
				into[class] = uint8(count)
				size[count] = inside[class]
				count++
			}
			rep[state] = into[class]
		}
		for _, class := range met {
			if into[class] > 0 {
				size[class] -= inside[class]
			}
			inside[class], into[class] = 0, 0
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

// follow appends to next the items of the next level to which a state of a level's cell
// leads, in order.
func (k *compiler) follow(next []int32, level int, list []int32, state int) []int32 {
	place, steps, takes := rule.TreeCell(level), k.steps[level], k.takes[state]
	for _, id := range list {
		if st := steps[id]; st.set != permutedSet {
			if takes[st.set] {
				next = append(next, st.next)
			}
			continue
		}
		it := &k.items[level][id]
		switch {
		case place == c:
			if takes[it.set] {
				next = append(next, k.permuted(level+1, allStates, it.permuted, uint8(it.next)))
			}
		case !k.around[place]:
			next = append(next, k.permuted(level+1, it.set, it.permuted, uint8(it.next)))
		default:
			for i, s := range it.permuted {
				if takes[s.set] {
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
