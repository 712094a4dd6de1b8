package naive

import (
	"golife/life"
	"golife/life/rule"
)

// near is the transition of rules of range 1: it returns the next state of cells[i],
// where a row has stride cells.
type near func(cells []life.State, i, stride int) life.State

func (near) reach() (dx, dy int) { return 1, 1 }

func (f near) row(dst []life.State, w *window, y int, _ bool) {
	for x := range dst {
		dst[x] = f(w.cells, (y+1)*w.stride+x+1, w.stride)
	}
}

// wireWorld is Brian Silverman's WireWorld: 1 is the head of an electron, 2 its tail, 3
// a wire, which becomes a head beside one or two of them.
func wireWorld(cells []life.State, i, stride int) life.State {
	switch cells[i] {
	case 0:
		return 0
	case 1:
		return 2
	case 2:
		return 3
	}
	heads := 0
	for _, n := range around(stride) {
		if cells[i+n] == 1 {
			heads++
		}
	}
	if heads == 1 || heads == 2 {
		return 1
	}
	return 3
}

// boolInt returns 1 for true.
func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// around returns where the eight neighbours of a cell are, in rows of stride cells.
func around(stride int) [8]int {
	return [8]int{-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1}
}

// The states of a History rule, beside 0. The odd ones are live.
const (
	historyStates = 7
	historyWas    = 2 // was live
	historyMarked = 3 // live at a mark
	historyMark   = 4 // a mark
	historyWall   = 6 // stays for ever, and kills what touches it
)

// history returns the transition of the History rule that is made of base.
func history(base *rule.Rule) near {
	table, _ := base.Table()
	return func(cells []life.State, i, stride int) life.State {
		s := cells[i]
		if s == historyWall {
			return s
		}
		index := int(s&1) * rule.C
		isWalled := false
		for k, n := range around(stride) {
			index |= int(cells[i+n]&1) * weights[k]
			isWalled = isWalled || cells[i+n] == historyWall
		}
		isLive := table.Next(index) == 1
		if s&1 == 1 {
			isLive = isLive && !isWalled
		}
		switch {
		case isLive == (s&1 == 1):
			return s
		case isLive && s == historyMark:
			return historyMarked
		case isLive:
			return 1
		case s == 1:
			return historyWas
		}
		return historyMark
	}
}

// weights are those of the neighbours in the order of around.
var weights = [8]int{rule.NW, rule.N, rule.NE, rule.W, rule.E, rule.SW, rule.S, rule.SE}

// lifelike is the transition of two-state rules of range 1, and of Generations rules.
type lifelike struct {
	even, odd rule.Table
	states    int
}

func (*lifelike) reach() (dx, dy int) { return 1, 1 }

func (l *lifelike) row(dst []life.State, w *window, y int, odd bool) {
	table := &l.even
	if odd {
		table = &l.odd
	}
	north := w.cells[y*w.stride:][:len(dst)+2]
	here := w.cells[(y+1)*w.stride:][:len(dst)+2]
	south := w.cells[(y+2)*w.stride:][:len(dst)+2]
	index := 0
	for x := range here {
		index = index&^(rule.NW|rule.W|rule.SW)<<1 | live(north[x])*rule.NE | live(here[x])*rule.E | live(south[x])*rule.SE
		if x >= 2 {
			dst[x-2] = nextState(here[x-1], table.Next(index) == 1, l.states)
		}
	}
}

// live returns 1 for a cell that counts.
func live(s life.State) int {
	return boolInt(s == 1)
}

// nextState returns what a cell in state s becomes when the rule says that it is live,
// which is birth for a dead cell and survival for a live one. The states from 2 on are
// dying: they count up and then are dead.
func nextState(s life.State, isLive bool, states int) life.State {
	switch {
	case s <= 1 && isLive:
		return 1
	case s == 0 || int(s)+1 == states:
		return 0
	}
	return s + 1
}
