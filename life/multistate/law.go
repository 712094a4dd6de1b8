package multistate

import (
	"math/bits"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/rule"
)

// law is a rule as the engine runs it. A cell is a code of one bit from each plane: bit
// 0 from live, bit 1+i from plane i of more. The code of state 0 is 0.
type law struct {
	// look is nil, or what the law has in place of net, age and starts: then, no code but 0
	// and 1 means anything, and tiles have cells.
	look   *lookup
	nets   [2]*kernel.Network // of the cells in state 1, at even and odd generations
	planes int                // beside live
	// alternates says that the nets differ: what stays at one generation may change at the next.
	alternates bool
	// isRooted says that nothing is born where all cells are in state 0.
	isRooted bool
	code     [256]uint16     // by state
	state    [512]life.State // by code
	// age gives next, in which net has put the next generation of old, the cells that
	// are in state 1 then, and brings the other planes of the tile there.
	age func(l *law, more []kernel.Tile, old, next *kernel.Tile) outcome
	// starts has a word for each plane of a counter: all ones where its bit is set in the
	// number that a cell gets when it begins to die.
	starts [8]uint64
}

// outcome is what ageing a tile has found out.
type outcome struct {
	columns uint64 // those in which cells came to be in state 1 or ceased to be
	busy    uint64 // not 0 where cells changed that were not in state 1 and are not now
	any     uint64 // not 0 where cells are not in state 0
	asked   uint64 // of no meaning
	looked  int    // cells that were looked up
}

// check returns why the engine does not run r, or "".
func check(r *rule.Rule) string {
	_, isLocal := r.Local()
	switch r.Family() {
	case rule.TwoState:
		isLocal = r.IsBounded()
	case rule.Generations:
		isLocal = !r.HasB0()
	}
	if !isLocal {
		return "only rules of range 1 with more than two states, tables, and two states on grids are supported"
	}
	g, _ := r.Grid()
	return checkGrid(g)
}

const (
	wireWorldName = "WireWorld"
	// wireWorldBirth is what makes a wire a head: one or two heads around it.
	wireWorldBirth = "B12/S"
)

// newLaw returns the law of a rule that check has found fit.
func newLaw(r *rule.Rule) *law {
	if r.Name() == wireWorldName {
		return newWireWorld()
	}
	if r.Family() != rule.Generations && r.Family() != rule.TwoState {
		l := &law{look: newLookup(r)}
		for s := 1; s < r.States(); s++ {
			l.code[s] = 1
		}
		return l
	}
	even, odd := r.Phase(false), r.Phase(true)
	l := newNets(&even)
	if l.alternates = r.Alternates(); l.alternates {
		l.nets[1] = kernel.Compile(&odd)
	}
	l.define(1, 1)
	// The last number of a counter is all ones, so that a cell is dead when its counter
	// overflows, and nothing has to be compared.
	dying := r.States() - 2
	l.planes = bits.Len(uint(dying))
	first := 1<<l.planes - dying
	for i := range dying {
		l.define(life.State(2+i), uint16(first+i)<<1)
	}
	for i := range l.planes {
		l.starts[i] = -uint64(first >> i & 1)
	}
	l.age = ageMany
	if ages := [...]func(*law, []kernel.Tile, *kernel.Tile, *kernel.Tile) outcome{ageNone, ageOne, ageTwo, ageThree, ageFour}; l.planes < len(ages) {
		l.age = ages[l.planes]
	}
	return l
}

// newNets returns a law with one net for all generations.
func newNets(table *rule.Table) *law {
	net := kernel.Compile(table)
	return &law{nets: [2]*kernel.Network{net, net}}
}

// newWireWorld returns the law of WireWorld: its planes are the tails, and all that
// conducts: heads, tails and wires, which never changes.
func newWireWorld() *law {
	table, _ := rule.MustParse(wireWorldBirth).Table()
	l := newNets(&table)
	l.planes, l.isRooted, l.age = 2, true, ageWireWorld
	l.define(1, 0b101)
	l.define(2, 0b110)
	l.define(3, 0b100)
	return l
}

func (l *law) define(s life.State, code uint16) {
	l.code[s] = code
	l.state[code] = s
}

// ageNone is age for two states.
func ageNone(_ *law, _ []kernel.Tile, old, next *kernel.Tile) outcome {
	var columns, any uint64
	for y, x := range next {
		columns |= x ^ old[y]
		any |= x
	}
	return outcome{columns: columns, any: any}
}

// ageOne is age for three states.
func ageOne(_ *law, more []kernel.Tile, old, next *kernel.Tile) outcome {
	p := &more[0]
	var columns, busy, any uint64
	for y := range next {
		a, dying := old[y], p[y]
		x := next[y] &^ dying
		fresh := a &^ x
		next[y], p[y] = x, fresh
		columns |= x ^ a
		busy |= dying
		any |= x | fresh
	}
	return outcome{columns: columns, busy: busy, any: any}
}

// ageTwo is age for four or five states.
func ageTwo(l *law, more []kernel.Tile, old, next *kernel.Tile) outcome {
	p, q := &more[0], &more[1]
	startP, startQ := l.starts[0], l.starts[1]
	var columns, busy, any uint64
	for y := range next {
		a, b, c := old[y], p[y], q[y]
		dying := b | c
		x := next[y] &^ dying
		fresh := a &^ x
		b, c = dying&^b|fresh&startP, b^c|fresh&startQ
		next[y], p[y], q[y] = x, b, c
		columns |= x ^ a
		busy |= dying
		any |= x | b | c
	}
	return outcome{columns: columns, busy: busy, any: any}
}

// ageThree is age for six to nine states.
func ageThree(l *law, more []kernel.Tile, old, next *kernel.Tile) outcome {
	p, q, r := &more[0], &more[1], &more[2]
	startP, startQ, startR := l.starts[0], l.starts[1], l.starts[2]
	var columns, busy, any uint64
	for y := range next {
		a, b, c, d := old[y], p[y], q[y], r[y]
		dying := b | c | d
		x := next[y] &^ dying
		fresh := a &^ x
		b, c, d = dying&^b|fresh&startP, b^c|fresh&startQ, b&c^d|fresh&startR
		next[y], p[y], q[y], r[y] = x, b, c, d
		columns |= x ^ a
		busy |= dying
		any |= x | b | c | d
	}
	return outcome{columns: columns, busy: busy, any: any}
}

// ageFour is age for 10 to 17 states.
func ageFour(l *law, more []kernel.Tile, old, next *kernel.Tile) outcome {
	planes := (*[4]kernel.Tile)(more)
	starts := (*[4]uint64)(l.starts[:])
	var columns, busy, any uint64
	for y := range next {
		a, b, c, d, e := old[y], planes[0][y], planes[1][y], planes[2][y], planes[3][y]
		dying := b | c | d | e
		x := next[y] &^ dying
		fresh := a &^ x
		next[y] = x
		columns |= x ^ a
		busy |= dying
		any |= x
		carry := b & c
		b, c = dying&^b|fresh&starts[0], b^c|fresh&starts[1]
		d, e = carry^d|fresh&starts[2], carry&d^e|fresh&starts[3]
		planes[0][y], planes[1][y], planes[2][y], planes[3][y] = b, c, d, e
		any |= b | c | d | e
	}
	return outcome{columns: columns, busy: busy, any: any}
}

// ageMany is age for any number of states from three.
func ageMany(l *law, more []kernel.Tile, old, next *kernel.Tile) outcome {
	var carry, fresh kernel.Tile
	var columns, busy, any uint64
	for i := range more {
		for y, b := range &more[i] {
			carry[y] |= b
		}
	}
	for y := range next {
		a, x := old[y], next[y]&^carry[y]
		next[y], fresh[y] = x, a&^x
		columns |= x ^ a
		busy |= carry[y]
		any |= x
	}
	for i := range more {
		p, start := &more[i], l.starts[i&7]
		for y, b := range p {
			z := b ^ carry[y] | fresh[y]&start
			carry[y] &= b
			p[y] = z
			any |= z
		}
	}
	return outcome{columns: columns, busy: busy, any: any}
}

// ageWireWorld is age for WireWorld. A tile that is still but for tails needs no further visit:
// what makes a head of a wire changes itself.
func ageWireWorld(_ *law, more []kernel.Tile, old, next *kernel.Tile) outcome {
	tails, metal := &more[0], &more[1]
	var columns, any uint64
	for y := range next {
		a, m := old[y], metal[y]
		x := next[y] & m &^ (a | tails[y])
		next[y], tails[y] = x, a
		columns |= x ^ a
		any |= m
	}
	return outcome{columns: columns, any: any}
}
