package rle

import (
	"math"
	"math/bits"
	"strings"
	"sync"

	"golife/life"
)

// cells is the part of a decoder that turns tokens into cells.
type cells struct {
	b         *life.Builder // nil before the first token
	states    int           // cell states that the rule has, 2 to 256
	canBeFast bool          // runs of b and o may go by whole words
	isFast    bool          // and do, as isBare is ruled out
	shift     *bigPoint     // the pattern is moved by this in the end, or nil
	clip      *life.Rect    // cells outside are dropped, or nil
	isClipped bool          // a cell was dropped, and reported

	left, top int64    // where the first row begins
	x, y      int64    // the next cell
	count     int64    // the pending run count; 0 is none
	east      int64    // just east of the east-most live cell, at least left
	south     int64    // just south of the south-most live cell, at least top
	first     position // of the first token
	isBare    bool     // nothing has said that this is RLE: only b o $ ! and counts will do
	indent    int64    // offset of the first character after blanks that start a line
	hasProof  bool     // a digit, $ or ! was seen: the text is not just a word
	isDone    bool     // the final ! was read
}

// hasBegun reports whether a token was read.
func (d *decoder) hasBegun() bool { return d.b != nil }

// read reads the whole input.
func (d *decoder) read() error {
	for !d.isDone && d.src.more() {
		if d.isFast {
			d.fast()
		}
		if !d.src.more() {
			break
		}
		if err := d.token(); err != nil {
			return err
		}
	}
	if d.isDone {
		return d.trailer()
	}
	if err := d.checkEnd(); err != nil {
		return err
	}
	return d.deviation(d.here(), "end of input, want !")
}

// A step is what fast does at two bytes without a look at what came before: take
// a run of up to nine cells. From the low bit: 2 bits for the bytes it takes, 6
// for the number of cells, the rest are the cells themselves. A step of 0 bytes
// is for anything else.
type step uint32

// steps maps two bytes, the first one being the high one, to a step. Few of its
// pages are ever touched.
var steps = sync.OnceValue(func() *[1 << 16]step {
	t := new([1 << 16]step)
	for live, c := range "bo" {
		for second := range 256 {
			t[int(c)<<8|second] = step(1 | 1<<2 | live<<8)
		}
		for n := 1; n <= 9; n++ {
			t[('0'+n)<<8|int(c)] = step(2 | n<<2 | live*(1<<n-1)<<8)
		}
	}
	return t
})

// fast reads buffered bytes up to the first that needs a second look: anything
// but plain two-state cells, counts, row ends and line ends. It gathers a row in
// words of 64 cells and takes runs of up to nine, which are nearly all there are
// in soups, without a branch on their bytes.
func (d *decoder) fast() {
	if d.count != 0 {
		return
	}
	s, steps := d.src, steps()
	buf, i := s.buf, s.i
	x, word := d.x, uint64(0)
	for i+1 < len(buf) {
		t := steps[uint16(buf[i])<<8|uint16(buf[i+1])]
		if n, o := uint64(t>>2&63), uint64(x&63); t != 0 && o+n < 64 {
			word |= uint64(t>>8) << o
			x += int64(n)
			i += int(t & 3)
			continue
		}
		n, c, size := longToken(buf[i:])
		if size == 0 || x > math.MaxInt64-64-n || c == '$' && d.y >= math.MaxInt64-n {
			break
		}
		i += size
		switch c {
		case '$':
			d.word(x, word)
			x, word = d.left, 0
			d.down(n)
		case '\n':
			s.line++
			s.start = s.base + int64(i)
		default:
			x, word = d.run(x, n, word, c == 'o')
		}
	}
	d.word(x, word)
	s.i, d.x = i, x
}

// down goes n rows south. Rows come in order, so that those above are done with.
func (d *decoder) down(n int64) {
	if d.y>>sealRows != (d.y+n)>>sealRows {
		d.b.Seal()
	}
	d.y += n
}

// sealRows is the binary logarithm of how many rows are sealed at a time.
const sealRows = 6

// longToken returns count, letter and size of the token or line end that buf
// begins with. The size is 0 when that is none for fast or goes on beyond buf.
func longToken(buf []byte) (n int64, c byte, size int) {
	for i, c := range buf {
		switch {
		case '0' <= c && c <= '9' && (c != '0' || i > 0) && n < math.MaxInt64/10:
			n = 10*n + int64(c-'0')
		case c == 'b' || c == 'o' || c == '$' || c == '\n' && i == 0:
			return max(n, 1), c, i + 1
		default:
			return 0, 0, 0
		}
	}
	return 0, 0, 0
}

// run adds n cells from x to a word of cells, and passes it on when it is full.
// It returns the next x and its word.
func (d *decoder) run(x, n int64, word uint64, isLive bool) (int64, uint64) {
	live := uint64(0)
	if isLive {
		live = math.MaxUint64
	}
	o := uint64(x & 63)
	if o+uint64(n) < 64 {
		return x + n, word | (1<<n-1)<<o&live
	}
	d.word(x, word|math.MaxUint64<<o&live)
	end := x + n
	if first, last := x&^63+64, end&^63; isLive && first < last {
		d.setRun(first, last-first, 1)
	}
	return end, (1<<(end&63) - 1) & live
}

// word adds the 64 cells around x to the pattern.
func (d *decoder) word(x int64, word uint64) {
	if word != 0 {
		d.east, d.south = max(d.east, x&^63+int64(bits.Len64(word))), d.y+1
		d.b.SetRow64(x&^63, d.y, word)
	}
}

// setRun adds a run that lies within int64 to the pattern.
func (d *decoder) setRun(x, n int64, v life.State) {
	d.east, d.south = max(d.east, x+n), d.y+1
	if err := d.b.SetRun(x, d.y, n, v); err != nil {
		panic("rle: a checked run is out of range: " + err.Error())
	}
}

// token reads what begins at the next byte.
func (d *decoder) token() error {
	s := d.src
	c := s.buf[s.i]
	if isSpace(c) {
		return d.space(c)
	}
	isLineStart := s.atLineStart() || s.offset() == d.indent
	if c == '#' {
		if !s.atLineStart() {
			if err := d.deviation(d.here(), "# inside a line, the rest of which is read as a comment"); err != nil {
				return err
			}
		}
		return d.hashLine()
	}
	if isLineStart && d.isHeader() {
		if !s.atLineStart() {
			if err := d.deviation(d.here(), "blanks before the header"); err != nil {
				return err
			}
		}
		return d.header()
	}
	if !d.hasBegun() {
		if err := d.firstToken(c); err != nil {
			return err
		}
	}
	return d.cellToken(c)
}

// space skips blanks or one line end. A count goes on after a line end, as in
// Golly 3.3, and is lost after a blank.
func (d *decoder) space(c byte) (err error) {
	s := d.src
	if !isBlank(c) {
		if d.count > 0 {
			err = d.deviation(d.here(), "line end inside a run, whose count goes on")
		}
		s.newline()
		return err
	}
	if d.count > 0 {
		err = d.deviation(d.here(), "blank after the run count %d, which is lost", d.count)
		d.count = 0
	}
	isLineStart := s.atLineStart()
	for s.more() && isBlank(s.buf[s.i]) {
		s.i++
	}
	if isLineStart {
		d.indent = s.offset()
	}
	return err
}

// firstToken begins the cells, of which c is the first byte.
func (d *decoder) firstToken(c byte) error {
	d.first = d.here()
	d.isBare = !d.hasHeader && d.ruleText == "" && d.rule == nil
	if d.isBare && strings.IndexByte(bareTokens, c) < 0 {
		return d.noCells()
	}
	if !d.hasHeader {
		if err := d.deviation(d.first, "no header line"); err != nil {
			return err
		}
	}
	return d.begin()
}

// bareTokens is all that an input without header and rule may hold.
const bareTokens = "bo$!0123456789"

// noCells is the error for text that is no token of an input without a header.
func (d *decoder) noCells() error {
	word := quoteWord(d.src.ahead(sniffSize))
	return d.here().errorf(ErrFormat, `found %s, want a header "x = WIDTH, y = HEIGHT, rule = RULE" or cells (b o $ !)`, word)
}
