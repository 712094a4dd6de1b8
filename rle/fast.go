package rle

import (
	"bytes"
	"math"

	"golife/life"
)

// fast reads buffered bytes up to the first that needs a second look: anything but
// plain cells within the grid, counts, row ends and line ends. It does what token would
// do, which the tests compare it with.
func (d *decoder) fast() {
	if d.count != 0 || !d.isInside() {
		return
	}
	if d.states == 2 {
		d.wordSteps = wordSteps()
	} else {
		d.stateSteps = stateSteps()
	}
	s := d.src
	i := s.i
	d.beginStrip()
	for {
		if i = d.steps(s.buf, i); d.isFull() {
			d.flush()
			continue
		}
		n, v, size := d.longToken(s.buf[i:])
		if size == 0 {
			break
		}
		if v == rowEnd {
			if d.y >= math.MaxInt64-n {
				break
			}
			d.flush()
			d.down(n)
			d.x = d.left
			d.beginStrip()
		} else if v != lineEnd && !d.run(n, v) {
			break
		}
		i += size
		if v == rowEnd && !d.isInside() {
			break
		}
	}
	d.flush()
	read := s.buf[s.i:i]
	s.i = i
	if n := bytes.LastIndexByte(read, '\n') + 1; n > 0 {
		s.line += bytes.Count(read, []byte("\n"))
		s.start = s.offset() - int64(len(read)-n)
	}
}

// What longToken tells of tokens that are no cells, in the place of a state.
const (
	rowEnd  = -1
	lineEnd = -2
)

// longToken returns count and state of the token or line end that buf begins with, and
// its size. The size is 0 when that is none for fast or goes on beyond buf.
func (d *decoder) longToken(buf []byte) (n int64, state, size int) {
	i := 0
	for i < len(buf) && isDigit(buf[i]) && n < math.MaxInt64/10 {
		n = 10*n + int64(buf[i]-'0')
		i++
	}
	if i == len(buf) || i > 0 && buf[0] == '0' {
		return 0, 0, 0
	}
	switch c := buf[i]; {
	case c == 'b' || c == 'o':
		return max(n, 1), int(c & 1), i + 1
	case c == '$':
		return max(n, 1), rowEnd, i + 1
	case c == '\n' && i == 0:
		return 0, lineEnd, 1
	case d.states == 2:
		return 0, 0, 0
	}
	if state, size = stateOf(buf[i:]); size == 0 || state >= d.states {
		return 0, 0, 0
	}
	return max(n, 1), state, i + size
}

// steps takes plain tokens from buf[i:], as far as it can, and returns where it stops.
func (d *decoder) steps(buf []byte, i int) int {
	if d.states == 2 {
		return d.groups(buf, i)
	}
	return d.singles(buf, i)
}

// beginStrip makes an empty strip that starts at the next cell.
func (d *decoder) beginStrip() {
	if d.states == 2 {
		d.strip.begin(d.x, d.limit)
	} else {
		d.stateStrip.begin(d.x, d.limit)
	}
}

// isFull reports whether the strip has to be flushed before more cells.
func (d *decoder) isFull() bool {
	return d.strip.n+1 >= stripWords || d.stateStrip.n+maxStep > stripStates
}

// flush passes the strip on and begins another at the next cell.
func (d *decoder) flush() {
	if d.states == 2 {
		d.flushWords()
	} else {
		d.flushStates()
	}
	d.beginStrip()
}

// run adds n cells, and reports false when they reach beyond the limit.
func (d *decoder) run(n int64, state int) bool {
	if uint64(n) > uint64(d.limit)-uint64(d.x) {
		return false
	}
	if d.states == 2 {
		d.runWords(n, state == 1)
	} else {
		d.runStates(n, life.State(state))
	}
	return true
}

// isInside reports whether the next cell is one that fast may set.
func (d *decoder) isInside() bool {
	c := d.clip
	return d.x <= d.limit && (c == nil || d.x >= c.Min.X && d.y >= c.Min.Y && d.y < c.Max.Y)
}
