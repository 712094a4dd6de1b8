package rle

import (
	"strings"

	"golife/life"
)

// cells is the part of a decoder that turns tokens into cells.
type cells struct {
	b         *life.Builder // nil before the first token
	states    int           // cell states that the rule has, 2 to 256
	shift     *bigPoint     // the pattern is moved by this in the end, or nil
	clip      *life.Rect    // cells outside are dropped, or nil
	limit     int64         // fast goes no further east
	isClipped bool          // a cell was dropped, and reported

	strip      strip // what fast has of a row
	stateStrip stateStrip
	wordSteps  *[1 << 16]wordStep // one of these tables is there once fast was called, by states
	stateSteps *[1 << 16]stateStep

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
		if d.hasProof && d.src.size() >= d.fastFrom {
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

// down goes n rows south. Rows come in order, so that those above are done with.
func (d *decoder) down(n int64) {
	if d.y>>sealRows != (d.y+n)>>sealRows {
		d.b.Seal()
	}
	d.y += n
}

// fastFrom is how many bytes an input has before fast is called: below that, its tables
// take longer to make than all cells to read.
const fastFrom = 4096

// sealRows is the binary logarithm of how many rows are sealed at a time.
const sealRows = 6

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
