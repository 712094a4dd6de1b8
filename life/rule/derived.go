package rule

import "math/bits"

// The states of rules that are made of a two-state one.
const (
	historyStates      = 7
	superStates        = 26
	investigatorStates = 21
)

// derived returns the transition of a rule of so many states that is made of base. With B0 and
// survival in a full neighbourhood, it is the cells unlike the background that are live (see Phase).
func derived(base *Rule, states int) Local {
	switch states {
	case historyStates:
		return history(base)
	case superStates:
		return super(base)
	default:
		return investigator(base)
	}
}

// stateSet is a set of states below 32: bit s for state s.
type stateSet uint32

func setOf(states ...uint8) (set stateSet) {
	for _, s := range states {
		set |= 1 << s
	}
	return set
}

func (a stateSet) has(s uint8) bool { return a>>s&1 != 0 }

// only returns the one state in a set; ok is false where there are more, or none.
func (a stateSet) only() (s uint8, ok bool) {
	return uint8(bits.TrailingZeros32(uint32(a))), bits.OnesCount32(uint32(a)) == 1
}

// flags returns the set for liveIn.
func (a stateSet) flags() (live [maxStates]uint8) {
	for s := range uint8(32) {
		live[s] = uint8(a >> s & 1)
	}
	return live
}

// neighbors returns where in a square the neighbours of the middle are.
func (n Neighborhood) neighbors() (cells []int) {
	for k := range 9 {
		if n.mask()<<k&NW != 0 {
			cells = append(cells, k)
		}
	}
	return cells
}

// seen returns the states of some cells of a square.
func seen(square *[9]uint8, cells []int) (set stateSet) {
	for _, k := range cells {
		set |= 1 << square[k]
	}
	return set
}

// The states of History and Super rules, beside 0. The odd ones are live.
const (
	liveTrail  = 1 // leaves trail
	trail      = 2 // was live
	markedLive = 3 // live at a mark
	mark       = 4
	wall       = 6 // stays for ever, and kills what touches it
)

// oddStates are the live states of History and Super rules.
const oddStates stateSet = 0xAAAA_AAAA

// diesTo are the states that live ones leave when they die: others leave none.
var diesTo = [superStates]uint8{liveTrail: trail, markedLive: mark, 5: mark, gate: offGate, 9: 10, 11: 12}

// history returns the transition of the History rule that is made of base.
func history(base *Rule) Local {
	table, cells, live := base.Phase(false), base.nbhd.neighbors(), oddStates.flags()
	return func(square *[9]uint8) uint8 {
		s := square[atC]
		isLive := table.Next(liveIn(square, &live)) == 1
		switch wasLive := oddStates.has(s); {
		case s == wall:
			return s
		case wasLive && (!isLive || seen(square, cells).has(wall)):
			return diesTo[s]
		case wasLive || !isLive:
			return s
		case s == mark:
			return markedLive
		}
		return liveTrail
	}
}

// More states of Super rules.
const (
	gate    = 7 // live at a mark behind which nothing leaves a trail
	offGate = 8 // that mark
	noTrail = 13
	gone    = 14 // a label in its last generation
)

// The live states that are handed on to cells that are born: with trails, and without.
var (
	otherTrails = setOf(9, 11)
	noTrails    = setOf(noTrail, 15, 17, 19, 21, 23, 25)
)

// labels are the dead states of Super rules that change when there is one of some states
// among their neighbours, and what to.
var labels = [superStates]struct {
	when stateSet
	to   uint8
}{
	gone: {^stateSet(0), 0},
	16:   {oddStates | setOf(gone), gone},
	18:   {setOf(22), 22},
	20:   {setOf(18), 18},
	22:   {setOf(20), 20},
	24:   {oddStates | setOf(gone, 18), 18},
}

// super returns the transition of the Super rule that is made of base. It does with the
// states of History rules as these do.
func super(base *Rule) Local {
	table, cells, live := base.Phase(false), base.nbhd.neighbors(), oddStates.flags()
	return func(square *[9]uint8) uint8 {
		s, near := square[atC], seen(square, cells)
		isLive, wasLive := table.Next(liveIn(square, &live)) == 1, oddStates.has(s)
		switch {
		case near.has(wall) && (s == gate || s == offGate || s >= noTrail):
			return 0
		case wasLive && (!isLive || near.has(wall)):
			return diesTo[s]
		case wasLive:
			return s
		case isLive:
			return superBirth(s, near&oddStates)
		case near&labels[s].when != 0:
			return labels[s].to
		}
		return s
	}
}

// superBirth returns what a dead cell becomes that is born among neighbours in some live
// states: a mark shows that it is live, and others take after their neighbours. Where these
// have one state, that is handed on, marks being overlooked among neighbours without trails
// and gates among those with one; else the cell leaves a trail if one of them does.
func superBirth(s uint8, parents stateSet) uint8 {
	switch s {
	case wall:
		return wall
	case mark:
		return markedLive
	case offGate:
		return gate
	}
	heirs := parents & (otherTrails | noTrails)
	others := parents &^ heirs
	heir, isOne := heirs.only()
	switch {
	case isOne && (others == 0 || others == setOf(markedLive) && noTrails.has(heir) || others == setOf(gate) && otherTrails.has(heir)):
		return heir
	case parents&^(noTrails|setOf(gate)) == 0:
		return noTrail
	}
	return liveTrail
}

// What the states of Investigator rules, from 2 on, do to cells in state 0 or 1 beside them.
var (
	killers   = setOf(2, 3, 6, 7, 14, 16)                    // state 1 becomes 0
	eggs      = setOf(8, 9, 12, 13, 14)                      // state 0 becomes 1
	catalysts = setOf(15, 16)                                // state 0 becomes 1 only beside a 1
	forBirth  = setOf(1, 2, 4, 6, 8, 10, 12, 15, 16, 17, 19) // count as live for state 0
	forDeath  = forBirth&^setOf(17, 19) | setOf(18, 20)      // and for state 1
)

// turnsInto has what the states of Investigator rules from 2 on become.
var turnsInto = [investigatorStates]uint8{
	2: 2, 3: 3, 4: 4, 5: 5, 6: 7, 7: 6, 8: 8, 9: 9, 10: 11, 11: 10, 12: 13, 13: 12,
	14: 14, 15: 15, 16: 16, 17: 17, 18: 18, 19: 20, 20: 19,
}

// investigator returns the transition of the Investigator rule that is made of base.
func investigator(base *Rule) Local {
	table, cells := base.Phase(false), base.nbhd.neighbors()
	live := [2][maxStates]uint8{forBirth.flags(), forDeath.flags()}
	return func(square *[9]uint8) uint8 {
		s := square[atC]
		if s > 1 {
			return turnsInto[s]
		}
		switch near := seen(square, cells); {
		case s == 1 && near&killers != 0:
			return 0
		case s == 1:
		case near&eggs != 0:
			return 1
		case near&catalysts != 0 && !near.has(1):
			return 0
		}
		return table.Next(liveIn(square, &live[s]))
	}
}
