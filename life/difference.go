package life

import "golife/life/rule"

// Difference returns the cells in which p and q differ, as the live cells of a
// two-state pattern under B3/S23. Rules, generations and comments do not matter.
// Squares that are equal are not looked into. Cost: O(NodeCount) of both, and one
// step for each pair of different squares that meet.
func (p *Pattern) Difference(q *Pattern) *Pattern {
	d := differ{out: NewBuilder(rule.MustParse("B3/S23")), memo: map[uniteKey]NodeID{}}
	// One table for both, so that equal squares have equal ids.
	in := &Builder{rule: p.rule, multi: p.IsMultiState() || q.IsMultiState()}
	if q.rule.States() > p.rule.States() {
		in.rule = q.rule // it must have the states of both
	}
	in.tree.init(in.multi)
	d.in = &in.tree
	level := max(p.Level(), q.Level())
	d.out.AddTree(level, d.differ(level, in.raised(p, level), in.raised(q, level)))
	return d.out.Pattern()
}

// raised copies p's tree into b and returns its root in the middle of a square of a
// level that is not below p's.
func (b *Builder) raised(p *Pattern, level int) NodeID {
	id, err := b.graftTree(p)
	if err != nil {
		panic("life: a pattern has states that its rule lacks: " + err.Error())
	}
	for l := p.Level(); l < level; l++ {
		id = b.tree.expand(l, id)
	}
	return id
}

// differ makes a tree of the cells in which two trees of one table differ.
type differ struct {
	in   *interner
	out  *Builder
	memo map[uniteKey]NodeID
}

// differ returns the node for two nodes of a level.
func (d *differ) differ(level int, a, b NodeID) NodeID {
	switch {
	case a == b:
		return 0
	case level == LeafLevel:
		return d.out.tree.leaf(d.in.leafDifference(a, b))
	}
	k := uniteKey{level, a, b}
	if id, ok := d.memo[k]; ok {
		return id
	}
	p, q := d.in.children(level, a), d.in.children(level, b)
	for i := range p {
		p[i] = d.differ(level-1, p[i], q[i])
	}
	id := d.out.tree.node(level, p)
	d.memo[k] = id
	return id
}

// leafDifference returns the cells in which two leaves differ, bit 8y+x.
func (t *interner) leafDifference(a, b NodeID) (bits uint64) {
	if !t.multi {
		return t.bits[a] ^ t.bits[b]
	}
	p, q := &t.states[a], &t.states[b]
	for i := range p {
		if p[i] != q[i] {
			bits |= 1 << i
		}
	}
	return bits
}
