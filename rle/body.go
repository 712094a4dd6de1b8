package rle

import (
	"bufio"
	"encoding/binary"
	"math/bits"
	"strconv"
	"sync"

	"golife/life"
)

// writeBody writes the cells in box and the final !. Lines end before the given
// width, 0 being without limit.
func writeBody(w *bufio.Writer, p *life.Pattern, box life.Rect, width int) {
	t := tokens{w: w, width: width, buf: make([]byte, 0, bufferSize)}
	t.body(p, box)
}

// body writes the cells in box and the final !.
func (t *tokens) body(p *life.Pattern, box life.Rect) {
	if p.IsMultiState() {
		t.states(p, box)
	} else {
		t.cells(p, box)
	}
	t.add(1, "!")
	t.flush()
}

// states adds the cells of a multi-state pattern.
func (t *tokens) states(p *life.Pattern, box life.Rect) {
	at := box.Min
	letters := letterTable()
	for r := range p.Runs(box) {
		if r.Y != at.Y {
			t.add(r.Y-at.Y, "$")
			at = life.Point{X: box.Min.X, Y: r.Y}
		}
		t.add(r.X-at.X, ".")
		t.add(r.N, letters[r.State])
		at.X = r.X + r.N
	}
}

// letterTable holds the token of every state but 0.
var letterTable = sync.OnceValue(func() *[256]string {
	var t [256]string
	for s := 1; s < 256; s++ {
		t[s] = string(rune('A' + (s-1)%24))
		if s > 24 {
			t[s] = string(rune('p'+(s-1)/24-1)) + t[s]
		}
	}
	return &t
})

// cells adds the cells of a two-state pattern.
func (t *tokens) cells(p *life.Pattern, box life.Rect) {
	y := box.Min.Y
	begin := rowEnds{box.Min.X, box.Min.X, box.Min.X}
	row := begin
	for w := range p.Words(box) {
		if w.Y != y {
			t.runs(row)
			t.add(w.Y-y, "$")
			y, row = w.Y, begin
		}
		row = t.word(row, w)
	}
	t.runs(row)
}

// rowEnds is how far a row is: all up to column done is added; then come dead cells up
// to column start, and live ones up to end.
type rowEnds struct{ done, start, end int64 }

// runs adds the runs that r tells of, the last ones of a row.
func (t *tokens) runs(r rowEnds) {
	t.add(r.start-r.done, "b")
	t.add(r.end-r.start, "o")
}

// word adds the runs that end before the last one of w, and returns how far the row is
// then.
func (t *tokens) word(r rowEnds, w life.Word) rowEnds {
	if w.N > 1 {
		if w.X != r.end {
			t.runs(r)
			r.done, r.start = r.end, w.X
		}
		r.end = w.X + 64*w.N
		return r
	}
	const most = 256 // bytes: the first two runs may be long, the others have no more than one a cell
	if cap(t.buf)-len(t.buf) < most {
		t.flush()
	}
	short := shortRuns()
	buf, k := t.buf[:cap(t.buf)], len(t.buf)
	x := w.X
	for word := w.Bits; word != 0; {
		gap := bits.TrailingZeros64(word)
		word >>= gap
		n := bits.TrailingZeros64(^word)
		word >>= n
		if x += int64(gap); x != r.end {
			if dead, live := r.start-r.done, r.end-r.start; uint64(dead|live) < shortRun {
				d, l := short[dead][0], short[live][1]
				binary.LittleEndian.PutUint32(buf[k:], d.text)
				k += int(d.size)
				binary.LittleEndian.PutUint32(buf[k:], l.text)
				k += int(l.size)
			} else {
				t.buf = buf[:k]
				t.runs(r)
				buf, k = t.buf[:cap(t.buf)], len(t.buf)
			}
			r.done, r.start = r.end, x
		}
		x += int64(n)
		r.end = x
	}
	t.buf = buf[:k]
	return r
}

// shortRun is the length up to which runs are in shortRuns.
const shortRun = 512

// shortText is a token of up to four bytes, the first one lowest.
type shortText struct{ text, size uint32 }

// shortRuns holds the tokens of dead and of live cells by their number.
var shortRuns = sync.OnceValue(func() *[shortRun][2]shortText {
	t := new([shortRun][2]shortText)
	for n := 1; n < shortRun; n++ {
		for i, cell := range []string{"b", "o"} {
			text := appendToken(nil, int64(n), cell)
			t[n][i].size = uint32(len(text))
			t[n][i].text = binary.LittleEndian.Uint32(append(text, 0, 0, 0))
		}
	}
	return t
})

// tokens gathers runs, and breaks lines between them when it writes them.
type tokens struct {
	w          *bufio.Writer
	width, col int    // col is where the present line ends
	buf        []byte // not yet written, without line ends
}

// longestToken is the size of the longest run: 19 digits, 2 letters.
const longestToken = 21

// add adds a run of n times the cell, nothing when n is 0.
func (t *tokens) add(n int64, cell string) {
	if n == 0 {
		return
	}
	if cap(t.buf)-len(t.buf) < longestToken {
		t.flush()
	}
	t.buf = appendToken(t.buf, n, cell)
}

// appendToken appends a run of n times the cell.
func appendToken(b []byte, n int64, cell string) []byte {
	switch {
	case n >= 10:
		b = strconv.AppendInt(b, n, 10)
	case n > 1:
		b = append(b, '0'+byte(n))
	}
	return append(b, cell...)
}

// flush writes all tokens, in lines as long as they may be. Errors stay with the writer.
func (t *tokens) flush() {
	b := t.buf
	for t.width > 0 && len(b) > t.width-t.col {
		n := t.width - t.col
		for n > 0 && !isTokenEnd(b[n-1]) {
			n--
		}
		t.w.Write(b[:n])
		t.w.WriteByte('\n')
		b, t.col = b[n:], 0
	}
	t.w.Write(b)
	t.col += len(b)
	t.buf = t.buf[:0]
}

// isTokenEnd reports whether c is the last byte of a token.
func isTokenEnd(c byte) bool { return !isDigit(c) && (c < 'p' || c > 'y') }
