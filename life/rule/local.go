package rule

// Local is the transition of a rule whose cells see the 3×3 square around them: it
// returns the next state of the cell in the middle. Rows run from the north-west:
//
//	0 1 2      nw n ne
//	3 4 5      w  c  e
//	6 7 8      sw s se
//
// States are below the rule's number of states. A square of cells in state 0 gives 0. A
// Local may be called from any goroutine, and does not keep or change the square.
type Local func(square *[9]uint8) uint8

// Where the cells of a square are.
const (
	atN = 1
	atW = 3
	atC = 4
	atE = 5
	atS = 7
)

// Local returns the transition of r; false for rules that see farther, for rules with
// B0, whose background changes (see Phase), and where what the states do is not known.
// Cost: a call of a Local takes some 10 ns.
func (r *Rule) Local() (Local, bool) {
	switch {
	case r.hasTable && !r.HasB0():
		return decaying(r.table, r.states), true
	case r.tree != nil:
		return r.tree.Next, true
	case r.base != nil && !r.base.Alternates():
		return derived(r.base, r.states), true
	case r.family != Named:
		return nil, false
	}
	next, ok := map[string]Local{"JvN29": vonNeumann, "Nobili32": nobili, "Hutton32": hutton, "WireWorld": wireWorld}[r.name]
	return next, ok
}

// liveIn returns the index into a Table of a square in which some states are live.
func liveIn(square *[9]uint8, isLive *[maxStates]uint8) (index int) {
	for _, s := range square {
		index = index<<1 | int(isLive[s])
	}
	return index
}

// decaying returns the transition of a Generations rule, or of a two-state one.
func decaying(table Table, states int) Local {
	live := [maxStates]uint8{1: 1}
	return func(square *[9]uint8) uint8 {
		s := square[atC]
		switch {
		case s <= 1 && table.Next(liveIn(square, &live)) == 1:
			return 1
		case s == 0 || int(s)+1 == states:
			return 0
		}
		return s + 1
	}
}

// wireWorld is Brian Silverman's WireWorld: 1 is the head of an electron, 2 its tail, 3
// a wire, which becomes a head beside one or two of them.
func wireWorld(square *[9]uint8) uint8 {
	switch square[atC] {
	case 0:
		return 0
	case 1:
		return 2
	case 2:
		return 3
	}
	heads := 0
	for _, s := range square {
		if s == 1 {
			heads++
		}
	}
	if heads == 1 || heads == 2 {
		return 1
	}
	return 3
}
