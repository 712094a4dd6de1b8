package rule

import "math/bits"

// hutton is the transition of T. Hutton's automaton, Nobili's with other ways to write: the end of
// an ordinary wire is excited for a 1 and becomes an excited special cell for a 0, what is written
// takes its direction from it, and the wire can draw back.
//
// Sources: T. Hutton, comments of the pattern Hutton-replicator in Golly's collection, for what it
// is meant to do; what bgolly 3.3 does with each of 240,000 neighbourhoods, for the rest.
func hutton(square *[9]uint8) uint8 {
	s, p := square[atC], pulsesAt(square)
	if s < ordinary {
		return huttonSensitized(s, p)
	}
	if s >= confluent {
		return huttonConfluent(s, p)
	}
	d := (s - ordinary) & 3
	output := square[[4]int{atE, atN, atW, atS}[d]]
	if s < special {
		return huttonOrdinary(d, s >= ordinary+4, output, p)
	}
	return huttonSpecial(d, s >= special+4, output, p)
}

// huttonIdle is what the ground and sensitized states become where nothing writes.
var huttonIdle = [ordinary]uint8{0, 2, 4, 6, 8, 7, special, ordinary + 6, 8}

// huttonSensitized is for the ground and sensitized states. Excited ordinary cells write a 1, excited
// special ones a 0 where there is no 1. The direction of what is written is that of
// the writer, turned, the one to the east first.
func huttonSensitized(s uint8, p pulses) uint8 {
	writers := p.ordinary | p.special
	if writers == 0 {
		return huttonIdle[s]
	}
	isOne := p.ordinary != 0
	from := writers>>2 | writers&3<<2 // the directions of the writers, as bits
	d := uint8(bits.TrailingZeros8(from))
	turned := func(left uint8) uint8 { return (d + left) & 3 }
	switch {
	case s == 0 && isOne:
		return 1
	case s == 0:
		return ordinary + d
	case s <= 3:
		return 2*s + uint8(boolInt(isOne))
	case s == 4 && isOne:
		return ordinary + turned(2)
	case s == 4:
		return 8
	case s == 5 && isOne:
		// A special writer that comes first makes a confluent or a crossing cell.
		return special + d + 8*(p.special>>(d^2)&1)
	case s == 5:
		return ordinary + turned(3)
	case s == 6:
		return special + turned(1+uint8(boolInt(isOne)))
	case s == 7 && isOne:
		return confluent
	case s == 7:
		return special + turned(3)
	}
	return ordinary + turned(uint8(boolInt(isOne)))
}

// huttonConfluent is for confluent states. Quiet ones let signals cross where there are two wires in
// and two out, at whatever sides; so do crossing ones anyhow.
func huttonConfluent(s uint8, p pulses) uint8 {
	isCrossed := bits.OnesCount8(p.wired|p.aimed) == 2 && bits.OnesCount8(p.leaving) == 2
	switch {
	case p.special != 0:
		return 0
	case s > crossing || s == confluent && isCrossed:
		return cross(p)
	}
	will := (s - confluent) & 1
	isAll := p.wired != 0 && p.wired == p.ordinary
	return confluent + 2*will + uint8(boolInt(isAll))
}

// huttonOrdinary is for ordinary transmission cells of a direction.
func huttonOrdinary(d uint8, isExcited bool, output uint8, p pulses) uint8 {
	isOne := (p.ordinary|p.confluent)&^(1<<d) != 0
	switch {
	case p.special != 0:
		return 0
	case isExcited && output == 7: // about to become a confluent cell, or special
		return uint8(boolInt(isOne))
	case isOne && (output == 8 || isExcited && output == 4 || !isExcited && output == 5 || special <= output && output < special+4):
		return 0
	case isOne:
		return ordinary + 4 + d
	case isExcited && output < 4:
		return special + 4 + d
	}
	return ordinary + d
}

// huttonSpecial is for special transmission cells of a direction, of which excited ones before a sensitized
// cell are the end of an ordinary wire that leads to them.
func huttonSpecial(d uint8, isExcited bool, output uint8, p pulses) uint8 {
	isOne := (p.special|p.confluent)&^(1<<d) != 0
	isWriter := isExcited && output < ordinary && p.wired&^(1<<d) != 0
	switch {
	case isExcited && output == 0:
		isOne = p.special != 0
	case isWriter && p.ordinary == 0 && output <= 4:
		isOne = true
	case isWriter && p.ordinary == 0:
		return ordinary + d
	case isWriter && output <= 4:
		return ordinary + 4 + d
	case p.ordinary != 0:
		return 0
	}
	return special + d + 4*uint8(boolInt(isOne))
}
