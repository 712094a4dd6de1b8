package dense

import "math/bits"

// move gives the bits of a word in one lane that mask has those of a word in another,
// which is first reversed if isMirrored, and then shifted up or down.
type move struct {
	to, from   int
	mask       uint64
	up, down   int // less than 64
	isMirrored bool
}

// apply makes moves from src to dst.
func apply(dst, src []uint64, moves []move) {
	for i := range moves {
		m := &moves[i]
		word := src[m.from]
		if m.isMirrored {
			word = bits.Reverse64(word)
		}
		word = word << (m.up & 63) >> (m.down & 63)
		d := &dst[m.to]
		*d ^= (*d ^ word) & m.mask
	}
}

// beyond returns how a row y beyond the top or bottom comes from the row that it is on
// the grid; nil when it is the same. On a sphere it is only the corners that do.
func (f *field) beyond(y int) []move {
	if y < 0 {
		return f.overTop
	}
	return f.overBottom
}

// joins returns what beyond is to return for rows before the first or behind the last.
func (f *field) joins(y int) []move {
	var p movePlan
	p.width = f.Width
	sx, _, _ := f.grid.Inside(0, int64(y))
	x := int(sx)
	switch isMirrored := f.grid.Grid().TwistX; {
	case f.isDeadY || f.isTurned:
	case f.isSphere():
		p.mirrored(-1, -f.depth, 0)
		p.mirrored(2*f.w-1, f.w, f.w+f.depth)
	case f.isWide && isMirrored: // the columns beyond the edges come from those of the row itself
		p.mirrored(f.w-1, -f.depth, f.w+f.depth)
	case isMirrored: // the columns that lie behind an edge are those from the other one
		p.mirrored(x, 0, x+1)
		p.mirrored(x+f.w, x+1, f.w)
	case f.isPlain && x != 0:
		p.moved(x, 0, f.w-x)
		p.moved(x-f.w, f.w-x, f.w)
	}
	return p.moves
}

// movePlan gathers moves between rows of some vectors.
type movePlan struct {
	width int
	moves []move
}

// moved gives columns low ≤ x < high the cells of columns x+by.
func (p *movePlan) moved(by, low, high int) {
	p.pieces(low, high, func(low, high int) {
		// The same for the columns that they come from, which are stored modulo 64·width as well.
		p.split(low+by, high+by, func(from, to int) {
			p.piece(p.stored(low)+from-(low+by), to-from, p.stored(from), false)
		})
	})
}

// mirrored gives columns low ≤ x < high the cells of columns sum-x.
func (p *movePlan) mirrored(sum, low, high int) {
	p.pieces(low, high, func(low, high int) {
		p.split(sum-high+1, sum-low+1, func(from, to int) {
			p.piece(p.stored(low)+(sum-to+1)-low, to-from, p.stored(from), true)
		})
	})
}

// stored returns the number of column x as it is stored.
func (p *movePlan) stored(x int) int {
	if x < 0 {
		return x + 64*p.width
	}
	return x
}

// pieces calls do for the parts of low ≤ x < high that are stored side by side.
func (p *movePlan) pieces(low, high int, do func(low, high int)) {
	if low < high {
		p.split(low, high, do)
	}
}

// split is pieces for a range that is not empty.
func (p *movePlan) split(low, high int, do func(low, high int)) {
	if low < 0 {
		do(low, min(high, 0))
	}
	if high > 0 {
		do(max(low, 0), high)
	}
}

// piece gives the n stored columns from at on the cells of the n stored columns from
// from on, in reverse order if isMirrored. Both stay within 64·width.
func (p *movePlan) piece(at, n, from int, isMirrored bool) {
	w := p.width
	first, firstRest := at/w, at%w
	last, lastRest := (at+n)/w, (at+n)%w
	// Column v + w·bit is to be column c ± (v + w·bit) of the source.
	c := from - at
	if isMirrored {
		c = from + n - 1 + at
	}
	for v := range w {
		low, high := first, last // bits below are before, bits from there on behind
		if v < firstRest {
			low++
		}
		if v < lastRest {
			high++
		}
		if low >= high {
			continue
		}
		m := move{to: lanes * v, mask: ^uint64(0) >> (64 - high) &^ (1<<low - 1), isMirrored: isMirrored}
		q, i := floorDiv(c+v, w)
		if isMirrored {
			q, i = floorDiv(c-v, w)
			q = 63 - q
		}
		m.from, m.up, m.down = lanes*i, max(-q, 0), max(q, 0)
		p.moves = append(p.moves, m)
	}
}

// floorDiv returns a div b and a mod b, rounded down.
func floorDiv(a, b int) (quotient, rest int) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		return quotient - 1, rest + b
	}
	return quotient, rest
}
