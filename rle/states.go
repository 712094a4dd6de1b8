package rle

import (
	"sync"

	"golife/life"
)

// A stateStep is what two bytes mean where a token of a multi-state pattern begins with the
// first of them: from the low bit, 8 bits for the state, 4 for the number of cells, and
// then the number of bytes. Line ends have no cells. 0 is for what is none.
type stateStep uint16

const (
	stateCount = 8 // shifts
	stateBytes = 12
)

// maxStep is the most cells of a stateStep.
const maxStep = 9

// stateSteps maps two bytes, the first one being the high one, to a step. Few of its
// pages are ever touched.
var stateSteps = sync.OnceValue(func() *[1 << 16]stateStep {
	t := new([1 << 16]stateStep)
	t['\r'<<8|'\n'] = 1 << stateBytes
	for second := range 256 {
		t['\n'<<8|second] = 1 << stateBytes
	}
	for c := range byte('y' + 1) {
		state, size := stateOf([]byte{c})
		if size == 0 {
			continue
		}
		for second := range 256 {
			t[int(c)<<8|second] = stateStep(state | 1<<stateCount | 1<<stateBytes)
		}
		for n := 1; n <= maxStep; n++ {
			t[('0'+n)<<8|int(c)] = stateStep(state | n<<stateCount | 2<<stateBytes)
		}
	}
	for first := byte('p'); first <= 'y'; first++ {
		for second := byte('A'); second <= 'X'; second++ {
			if state := pairState(first, second); state < 256 {
				t[int(first)<<8|int(second)] = stateStep(state | 1<<stateCount | 2<<stateBytes)
			}
		}
	}
	return t
})

// stateOf returns the state that buf begins with, and the size of its token, 0 when there is
// none.
func stateOf(buf []byte) (state, size int) {
	switch c := buf[0]; {
	case c == '.' || c == 'b':
		return 0, 1
	case c == 'o':
		return 1, 1
	case 'A' <= c && c <= 'X':
		return int(c-'A') + 1, 1
	case 'p' <= c && c <= 'y' && len(buf) > 1 && 'A' <= buf[1] && buf[1] <= 'X':
		return pairState(c, buf[1]), 2
	}
	return 0, 0
}

// stripStates is how many cells a stateStrip may have.
const stripStates = 1024

// stateStrip is part of a row of multi-state cells, on its way to the Builder.
type stateStrip struct {
	at    int64 // column of cells[0], a multiple of 64
	n     int   // cells that are there; what follows is left from before
	most  int   // cells up to the limit, at most stripStates
	cells [stripStates]life.State
}

// begin makes an empty strip that starts at column x, after cells of the same page that
// are none. Cells at limit and beyond are not for it.
func (r *stateStrip) begin(x, limit int64) {
	r.at, r.n = x&^63, int(x&63)
	r.most = int(min(stripStates, uint64(limit)-uint64(r.at)))
	clear(r.cells[:r.n])
}

// singles takes single steps from buf[i:] until one is none or might leave the strip.
func (d *decoder) singles(buf []byte, i int) int {
	steps, r, states := d.stateSteps, &d.stateStrip, stateStep(d.states)
	n := r.n
	for i+1 < len(buf) && n+maxStep <= r.most {
		s := steps[uint16(buf[i])<<8|uint16(buf[i+1])]
		v := s & 0xFF
		if s == 0 || v >= states {
			break
		}
		putNine(r.cells[n:n+maxStep], v) // the next step overwrites what is too much
		n += int(s >> stateCount & 15)
		i += int(s >> stateBytes)
	}
	r.n = n
	d.x = r.at + int64(n)
	return i
}

// putNine gives nine cells the state v. The compiler makes two stores of it.
func putNine(c []life.State, v stateStep) {
	w := uint64(v) * 0x0101010101010101
	_ = c[8]
	c[0], c[1], c[2], c[3] = life.State(w), life.State(w>>8), life.State(w>>16), life.State(w>>24)
	c[4], c[5], c[6], c[7] = life.State(w>>32), life.State(w>>40), life.State(w>>48), life.State(w>>56)
	c[8] = life.State(v)
}

// flushStates passes the cells of the strip on.
func (d *decoder) flushStates() {
	r := &d.stateStrip
	n := r.n
	for n > 0 && r.cells[n-1] == 0 {
		n--
	}
	if n > 0 {
		d.east, d.south = max(d.east, r.at+int64(n)), d.y+1
		d.b.SetStates(r.at, d.y, r.cells[:n])
	}
}

// runStates adds n cells.
func (d *decoder) runStates(n int64, v life.State) {
	r := &d.stateStrip
	at := d.x
	d.x += n
	if n < 128 && r.n+int(n) <= stripStates {
		for i := range r.cells[r.n:][:n] {
			r.cells[r.n+i] = v
		}
		r.n += int(n)
		return
	}
	d.flush()
	if v > 0 {
		d.setRun(at, n, v)
	}
}
