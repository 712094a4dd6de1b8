package rle

import (
	"encoding/binary"
	"math"
	"math/bits"
	"sync"
)

// A wordStep is what two bytes mean where a token of fast begins with the first of them;
// 0 is for what is none. Line ends have no cells. Steps can be added: the fields have
// room for the sum of four.
//
//	bits 0–8     the cells, west-most first
//	bits 16–21   the number of cells
//	bits 24–27   the number of bytes: two when the first is a digit, else one
//	bits 28–30   1
type wordStep uint32

const (
	stepCells = 1<<9 - 1
	stepCount = 16 // shifts
	stepBytes = 24
	stepIs    = 28
)

// wordSteps maps two bytes, the first one being the high one, to a step. Few of its
// pages are ever touched.
var wordSteps = sync.OnceValue(func() *[1 << 16]wordStep {
	t := new([1 << 16]wordStep)
	t['\r'<<8|'\n'] = 1<<stepIs | 1<<stepBytes
	for second := range 256 {
		t['\n'<<8|second] = 1<<stepIs | 1<<stepBytes
		t['b'<<8|second] = 1<<stepIs | 1<<stepBytes | 1<<stepCount
		t['o'<<8|second] = 1<<stepIs | 1<<stepBytes | 1<<stepCount | 1
	}
	for n := 1; n <= 9; n++ {
		t[('0'+n)<<8|'b'] = wordStep(1<<stepIs | 2<<stepBytes | n<<stepCount)
		t[('0'+n)<<8|'o'] = wordStep(1<<stepIs | 2<<stepBytes | n<<stepCount | 1<<n - 1)
	}
	return t
})

// groups takes four steps at a time from buf[i:], which are in any eight bytes if all
// are steps, without a branch on what they are; where they are not, one token. It stops,
// and returns where, before what is no token for it, before cells beyond the strip, and
// near the end.
func (d *decoder) groups(buf []byte, i int) int {
	steps, r := d.wordSteps, &d.strip
	if r.n >= r.most {
		return i
	}
	o, word := uint64(d.x&63), r.words[r.n]
	for i >= 0 && i <= len(buf)-8 { // i >= 0 spares the checks of the next line
		z := binary.BigEndian.Uint64(buf[i : i+8])
		// Of what fast takes, digits alone have bit 4: 8 more bits go where it is set.
		s0 := steps[z>>48]
		z = z << 8 << (z >> 57 & 8)
		s1 := steps[z>>48]
		z = z << 8 << (z >> 57 & 8)
		s2 := steps[z>>48]
		z = z << 8 << (z >> 57 & 8)
		s3 := steps[z>>48]
		cells, sum := uint64(s0&stepCells), s0
		cells |= uint64(s1&stepCells) << (sum >> stepCount & 63)
		sum += s1
		cells |= uint64(s2&stepCells) << (sum >> stepCount & 63)
		sum += s2
		cells |= uint64(s3&stepCells) << (sum >> stepCount & 63)
		sum += s3
		if sum>>stepIs != 4 {
			var size int
			if size, o, word = r.token((*[8]byte)(buf[i:i+8]), o, word); size == 0 {
				break
			}
			i += size
			continue
		}
		end := o + uint64(sum>>stepCount&63)
		full := word | cells<<(o&63)
		if end < 64 {
			word, o = full, end
		} else {
			if r.n+1 >= r.most {
				break
			}
			r.words[r.n] = full
			r.n++
			word, o = cells>>((64-o)&63), end-64
		}
		i += int(sum >> stepBytes & 15)
	}
	r.words[r.n] = word
	d.x = r.at + 64*int64(r.n) + int64(o)
	return i
}

// token takes one token from b: a step, or a run with a count of two or three digits. o and
// word are where the strip ends, and are returned with the size of the token, which is 0
// when there is none, or none that leaves room in the strip.
func (r *strip) token(b *[8]byte, o, word uint64) (int, uint64, uint64) {
	n, i := uint64(0), 0
	for i < 3 && isDigit(b[i]) {
		n = 10*n + uint64(b[i]-'0')
		i++
	}
	switch {
	case i == 0 && b[0] == '\n':
		return 1, o, word
	case i == 0 && b[0] == '\r' && b[1] == '\n':
		return 2, o, word
	case b[0] == '0' || b[i] != 'b' && b[i] != 'o':
		return 0, o, word
	case i == 0:
		n = 1
	}
	live := -uint64(b[i] & 1) // all bits for o, none for b
	end := o + n
	if end < 64 {
		return i + 1, end, word | (1<<n-1)<<o&live
	}
	words := int(end >> 6)
	if r.n+words >= r.most {
		return 0, o, word
	}
	r.words[r.n] = word | math.MaxUint64<<o&live
	for range words {
		r.n++
		r.words[r.n] = live
	}
	return i + 1, end & 63, (1<<(end&63) - 1) & live
}

// stripWords is how many words a strip may have.
const stripWords = 64

// strip is part of a row of two-state cells, on its way to the Builder.
type strip struct {
	at    int64 // column of words[0], a multiple of 64
	n     int   // words that are full; words[n] is not, yet
	most  int   // words that lie in the grid as a whole, at most stripWords
	words [stripWords]uint64
}

// begin makes an empty strip that starts at the word of column x. Cells at limit and
// beyond are not for it.
func (r *strip) begin(x, limit int64) {
	r.at, r.n = x&^63, 0
	r.most = int(min(stripWords, (uint64(limit)-uint64(r.at))>>6))
	r.words[0] = 0
}

// flushWords passes the words of the strip on.
func (d *decoder) flushWords() {
	r := &d.strip
	words := r.words[:r.n+1]
	for len(words) > 0 && words[len(words)-1] == 0 {
		words = words[:len(words)-1]
	}
	if last := len(words) - 1; last >= 0 {
		d.east = max(d.east, r.at+64*int64(last)+int64(bits.Len64(words[last])))
		d.south = d.y + 1
		d.b.SetRow(r.at, d.y, words)
	}
}

// fillWords is up to how many whole words of one run go into a strip.
const fillWords = 12

// runWords adds n cells.
func (d *decoder) runWords(n int64, isLive bool) {
	r := &d.strip
	live := uint64(0)
	if isLive {
		live = math.MaxUint64
	}
	first, end := d.x&^63+64, d.x+n
	o := uint64(d.x & 63)
	d.x = end
	if end < first {
		r.words[r.n] |= (1<<n - 1) << o & live
		return
	}
	r.words[r.n] |= math.MaxUint64 << o & live
	last := end &^ 63
	if words := (last - first) / 64; words <= fillWords && r.n+1+int(words) < stripWords {
		for range words {
			r.n++
			r.words[r.n] = live
		}
		r.n++
	} else {
		d.flush()
		if isLive && first < last {
			d.setRun(first, last-first, 1)
		}
	}
	r.words[r.n] = (1<<(end&63) - 1) & live
}
