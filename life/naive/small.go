package naive

import (
	"golife/life"
	"golife/life/rule"
)

// local is the transition of other rules of range 1.
type local struct{ next rule.Local }

func (local) reach() (dx, dy int) { return 1, 1 }

func (l local) row(dst []life.State, w *window, y int, _ bool) {
	var square [9]uint8
	for k := range 3 {
		row := w.cells[(y+k)*w.stride:]
		square[3*k+1], square[3*k+2] = uint8(row[0]), uint8(row[1])
	}
	north, here, south := w.cells[y*w.stride+2:], w.cells[(y+1)*w.stride+2:], w.cells[(y+2)*w.stride+2:]
	for x := range dst {
		square = [9]uint8{
			square[1], square[2], uint8(north[x]),
			square[4], square[5], uint8(here[x]),
			square[7], square[8], uint8(south[x]),
		}
		dst[x] = life.State(l.next(&square))
	}
}

// boolInt returns 1 for true.
func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

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
