package macrocell

import (
	"bytes"
	"math"
	"strconv"

	"golife/life"
	"golife/life/format/codec"
)

// place is where a node of the file went: its level and its number there, 0 for
// an empty one.
type place struct {
	level uint32
	id    life.NodeID
}

// nodes is what the decoder knows of the file's nodes.
type nodes struct {
	loc       []place // by number in the file; entry 0 is the empty square of any level
	largest   int     // the number of the node with the highest level, the last such
	rootAt    position
	maxState  uint32   // the highest state in a leaf of 2×2 states
	maxAt     position // its line
	isPicture bool     // a picture was seen
	isSmall   bool     // a leaf of 2×2 states was seen
}

// maxCount is the most nodes a file may have.
const maxCount = math.MaxUint32

// add notes a node of level > 0 whose children, or states, are q. It reports
// false, and has done nothing, when something is wrong with them.
func (d *decoder) add(level uint32, q [4]uint32) bool {
	if level == 1 {
		return d.addStates(q)
	}
	d.loc[0].level = level - 1 // so that 0 has the right level, too
	var ids life.Quad
	for i, c := range q {
		if uint64(c) >= uint64(len(d.loc)) {
			return false
		}
		at := d.loc[c]
		if at.level != level-1 {
			return false
		}
		ids[i] = at.id
	}
	d.push(level, d.tree.add(level, ids))
	return true
}

// addStates notes a leaf of 2×2 states.
func (d *decoder) addStates(q [4]uint32) bool {
	m := max(q[0], q[1], q[2], q[3])
	if m >= d.states || !d.isSmall {
		return false
	}
	if m > d.maxState {
		d.maxState, d.maxAt = m, d.at
	}
	d.push(1, d.addTwo([4]life.State{life.State(q[0]), life.State(q[1]), life.State(q[2]), life.State(q[3])}))
	return true
}

// push appends a node to those of the file.
func (d *decoder) push(level uint32, id life.NodeID) {
	if level >= d.loc[d.largest].level || d.largest == 0 {
		d.largest = len(d.loc)
	}
	d.loc = push(d.loc, place{level, id})
	d.rootAt, d.isLater = d.at, true
}

// checkCount returns an error when there is no room for one more node.
func (d *decoder) checkCount() error {
	if uint64(len(d.loc)) > maxCount {
		return d.at.errorf(ErrTooManyNodes, "more than %d nodes", uint64(maxCount))
	}
	return nil
}

// childNames names the children of a node for messages.
var childNames = [4]string{"nw", "ne", "sw", "se"}

// nodeLine reads a line of numbers: level nw ne sw se. A sixth number is ignored.
func (d *decoder) nodeLine(text []byte) error {
	var v [6]uint64
	var at [6]position
	n, i := 0, 0
	for ; n < len(v); n++ {
		i += codec.Blanks(text[i:])
		if i == len(text) {
			break
		}
		at[n] = d.at.right(i)
		size, err := d.number(&v[n], at[n], text[i:], n)
		if err != nil {
			return err
		}
		if size == 0 {
			break
		}
		i += size
	}
	if n < 5 {
		return d.at.errorf(nil, "found %d numbers, want 5: level nw ne sw se", n)
	}
	if i += codec.Blanks(text[i:]); i < len(text) {
		if err := d.deviation(d.at.right(i), "%s after the node, ignored", quoteWord(text[i:])); err != nil {
			return err
		}
	}
	return d.node([5]uint64(v[:5]), [5]position(at[:5]))
}

// number reads a number that a blank or the end of the text follows, and returns
// its length. Its value is at most MaxUint32+1. When it is the sixth on the line
// it may be something else, and its length is 0 then.
func (d *decoder) number(v *uint64, at position, text []byte, i int) (int, error) {
	n := 0
	for n < len(text) && codec.IsDigit(text[n]) {
		*v = min(*v*10+uint64(text[n]-'0'), math.MaxUint32+1)
		n++
	}
	switch {
	case n > 0 && (n == len(text) || codec.IsBlank(text[n])):
		return n, nil
	case i == 5:
		return 0, nil
	}
	return 0, at.errorf(nil, "found %s, want a number", quoteWord(text))
}

// node notes a node, with all checks.
func (d *decoder) node(v [5]uint64, at [5]position) error {
	if err := d.checkCount(); err != nil {
		return err
	}
	level := v[0]
	switch {
	case level == 0:
		return at[0].errorf(nil, "level 0, want 1 or more")
	case level > math.MaxInt32:
		return at[0].errorf(life.ErrOutOfRange, "level of more than %d", math.MaxInt32)
	case level == 1:
		return d.states2x2([4]uint64(v[1:]), [4]position(at[1:]))
	}
	var q [4]uint32
	for i, c := range v[1:] {
		if c >= uint64(len(d.loc)) {
			return d.undefined(at[i+1], childNames[i], c)
		}
		if child := d.loc[c].level; c > 0 && uint64(child) != level-1 {
			return at[i+1].errorf(nil, "%s is node %d of level %d, want one of level %d", childNames[i], c, child, level-1)
		}
		q[i] = uint32(c)
	}
	if !d.add(uint32(level), q) {
		panic("macrocell: a node that passed all checks was refused")
	}
	return nil
}

// undefined returns the error for a node that does not exist.
func (d *decoder) undefined(at position, name string, c uint64) error {
	have := "there is none before this line"
	if n := len(d.loc) - 1; n > 0 {
		have = "want one of the nodes 1 to " + strconv.Itoa(n) + " before this line, or 0"
	}
	if c > math.MaxUint32 {
		return at.errorf(nil, "%s is a node of a number over %d, %s", name, uint32(math.MaxUint32), have)
	}
	return at.errorf(nil, "%s is node %d, %s", name, c, have)
}

// states2x2 notes a leaf of 2×2 states, with all checks.
func (d *decoder) states2x2(v [4]uint64, at [4]position) error {
	if !d.isSmall && d.states == 2 && !d.isForced {
		if err := d.deviation(d.at, "leaf of 2x2 states under rule %s, want pictures of 8x8 cells", d.rule); err != nil {
			return err
		}
	}
	d.isSmall = true
	var q [4]uint32
	for i, s := range v {
		if s >= uint64(d.states) {
			return at[i].errorf(life.ErrState, "state %d under rule %s, want 0 to %d", s, d.rule, d.states-1)
		}
		q[i] = uint32(s)
	}
	if !d.addStates(q) {
		panic("macrocell: a leaf that passed all checks was refused")
	}
	return nil
}

// leafLine reads a picture of 8×8 cells.
func (d *decoder) leafLine(text []byte) error {
	if err := d.checkCount(); err != nil {
		return err
	}
	if !d.isPicture && d.states != 2 && !d.isForced {
		if err := d.deviation(d.at, "picture of 8x8 cells under rule %s, want leaves of 2x2 states", d.rule); err != nil {
			return err
		}
	}
	d.isPicture = true
	end := bytes.IndexFunc(text, func(r rune) bool { return r != '.' && r != '*' && r != '$' })
	if end < 0 {
		end = len(text)
	}
	cells, err := d.picture(text[:end])
	if err != nil {
		return err
	}
	n := end + codec.Blanks(text[end:])
	if end < len(text) && n == end {
		return d.at.right(end).errorf(nil, "found %s in a leaf, want . * or $", quoteWord(text[end:]))
	}
	if n < len(text) {
		if err := d.deviation(d.at.right(n), "%s after the leaf, ignored", quoteWord(text[n:])); err != nil {
			return err
		}
	}
	d.push(life.LeafLevel, d.addBits(cells))
	return nil
}

// picture reads the cells of a leaf. Dead ones may lie outside of it.
func (d *decoder) picture(text []byte) (cells uint64, err error) {
	x, y, isWide := 0, 0, false
	for i, c := range text {
		switch {
		case c == '$':
			x, y = 0, y+1
			continue
		case c == '*' && x > 7:
			return 0, d.at.right(i).errorf(nil, "cell %d of a row in a leaf, want at most 8", x+1)
		case c == '*' && y > 7:
			return 0, d.at.right(i).errorf(nil, "row %d of a leaf, want at most 8", y+1)
		case c == '*':
			cells |= 1 << (8*y + x)
		case (x > 7 || y > 7) && !isWide:
			isWide = true
			if err := d.deviation(d.at.right(i), "dead cell outside the 8x8 cells of a leaf, ignored"); err != nil {
				return 0, err
			}
		}
		x++
	}
	if y > 8 && !isWide {
		return cells, d.deviation(d.at, "%d rows in a leaf, want at most 8; the empty ones are ignored", y)
	}
	return cells, nil
}
