package rule

import "math/bits"

// The states of von Neumann's automaton of 29 states, beside 0, the ground. Where there
// are four of a kind they point to the east, north, west and south.
//
// Sources: J. von Neumann, "Theory of Self-Reproducing Automata", ed. A. W. Burks, 1966,
// chapter 2, for what they do; Golly for their numbers.
const (
	sensitized = 1 // to 8: S, S0, S1, S00, S01, S10, S11, S000
	ordinary   = 9 // ordinary transmission, quiescent, and then excited
	special    = ordinary + 8
	confluent  = special + 8 // plus 1 when it will be excited, plus 2 when it is

	// In Nobili's automaton, confluent cells that pass signals straight on.
	crossing = confluent + 4 - 1 // plus 1 for one from west or east, 2 for one from north or south
)

// horizontal and vertical are sides as bits of pulses.
const horizontal, vertical = 0b0101, 0b1010

// grown is what a sensitized state becomes without a pulse, and with one.
var grown = [ordinary][2]uint8{
	{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, ordinary + 2}, {ordinary + 3, special},
	{special + 1, special + 2}, {special + 3, confluent}, {ordinary, ordinary + 1},
}

// pulses are what reaches a cell from its four neighbours: a bit for each side, in the
// order of directions.
type pulses struct {
	wired             uint8 // from ordinary transmission cells that point here
	ordinary, special uint8 // from excited transmission cells that point here
	confluent         uint8 // from excited confluent cells
	aimed             uint8 // from quiet special transmission cells that point here
	leaving           uint8 // sides with transmission cells that do not point here
}

// crossed gives the sides on which crossing signals leave a cell.
var crossed = [4]uint8{0, horizontal, vertical, horizontal | vertical}

// pulsesAt returns what reaches the cell in the middle of a square.
func pulsesAt(square *[9]uint8) (p pulses) {
	for side, at := range [4]int{atE, atN, atW, atS} {
		if n := square[at]; n >= ordinary {
			p.add(n, side)
		}
	}
	return p
}

// add adds what a neighbour in state n gives.
func (p *pulses) add(n uint8, side int) {
	bit, back := uint8(1)<<side, uint8(side^2) // back is the direction from there to here
	isHere := (n-ordinary)&3 == back           // for both kinds of transmission cells
	switch {
	case n > crossing:
		p.confluent |= bit & crossed[n-crossing]
	case n >= confluent+2:
		p.confluent |= bit
	case n >= confluent:
	case !isHere:
		p.leaving |= bit
	case n >= special+4:
		p.special |= bit
	case n >= special:
		p.aimed |= bit
	case n >= ordinary+4:
		p.wired |= bit
		p.ordinary |= bit
	default:
		p.wired |= bit
	}
}

// cross returns what a confluent cell becomes where signals cross.
func cross(p pulses) uint8 {
	way := boolInt(p.ordinary&horizontal != 0) + 2*boolInt(p.ordinary&vertical != 0)
	if way == 0 {
		return confluent
	}
	return crossing + uint8(way)
}

// vonNeumann is the transition of von Neumann's automaton.
func vonNeumann(square *[9]uint8) uint8 {
	s, p := square[atC], pulsesAt(square)
	switch {
	case s < ordinary:
		isPulsed := p.ordinary|p.special != 0
		return grown[s][boolInt(isPulsed)]
	case s >= confluent:
		if p.special != 0 {
			return 0
		}
		if s > crossing {
			s = confluent
		}
		will := (s - confluent) & 1
		isAll := p.wired != 0 && p.wired == p.ordinary
		return confluent + 2*will + uint8(boolInt(isAll))
	}
	kind, kills := uint8(ordinary), p.special
	excites := p.ordinary | p.confluent
	if s >= special {
		kind, kills, excites = special, p.ordinary, p.special|p.confluent
	}
	if kills != 0 {
		return 0
	}
	direction := (s - kind) & 3
	isExcited := excites&^(1<<direction) != 0
	return kind + direction + 4*uint8(boolInt(isExcited))
}

// nobili is the transition of R. Nobili and U. Pesavento's automaton, von Neumann's with
// crossings: at a confluent cell with two wires in at right angles, and two wires out. A
// confluent cell without a wire out stays as it is until it is excited anew.
//
// Source: what bgolly 3.3 does with each of 150,000 neighbourhoods of such a cell.
func nobili(square *[9]uint8) uint8 {
	s, p := square[atC], pulsesAt(square)
	isExcited := p.wired != 0 && p.wired == p.ordinary
	switch {
	case s < confluent || p.special != 0:
		return vonNeumann(square)
	case p.wired|p.leaving == horizontal|vertical &&
		bits.OnesCount8(p.wired&horizontal) == 1 && bits.OnesCount8(p.wired&vertical) == 1:
		return cross(p)
	case p.leaving == 0 && !isExcited && s <= crossing:
		return s
	}
	return vonNeumann(square)
}
