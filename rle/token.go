package rle

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golife/life"
)

// cellToken reads one token of the cells, or one digit of a count.
func (d *decoder) cellToken(c byte) error {
	if d.isBare && strings.IndexByte(bareTokens, c) < 0 {
		return d.noCells()
	}
	d.hasProof = d.hasProof || isDigit(c) || c == '$' || c == '!'
	switch {
	case isDigit(c):
		return d.digit(c)
	case c == 'b' || c == '.':
		return d.deadRun()
	case c == 'o':
		return d.liveRun(c, 1, 1)
	case 'A' <= c && c <= 'X':
		return d.liveRun(c, 1, int(c-'A')+1)
	case 'p' <= c && c <= 'y':
		return d.prefix(c)
	case c == '$':
		return d.nextRow()
	case c == '!':
		return d.final()
	}
	return d.unknown()
}

// digit adds a digit to the count.
func (d *decoder) digit(c byte) error {
	v := int64(c - '0')
	if d.count == 0 && v == 0 {
		if err := d.deviation(d.here(), "leading zero in a run count, ignored"); err != nil {
			return err
		}
	}
	if d.count > (math.MaxInt64-v)/10 {
		return d.here().errorf(life.ErrOutOfRange, "run count overflows int64")
	}
	d.count = 10*d.count + v
	d.src.i++
	return nil
}

// takeCount returns the pending count, 1 when there is none, and resets it.
func (d *decoder) takeCount() int64 {
	n := max(d.count, 1)
	d.count = 0
	return n
}

// deadRun moves east.
func (d *decoder) deadRun() error {
	n := d.takeCount()
	if d.x > math.MaxInt64-n {
		return d.tooFar("column", d.x, n)
	}
	d.x += n
	d.src.i++
	return nil
}

// tooFar is the error for a run that leaves int64.
func (d *decoder) tooFar(what string, from, n int64) error {
	return d.here().errorf(life.ErrOutOfRange, "%s overflows int64 by a run of %d from %d", what, n, from)
}

// nextRow moves down and to the first column.
func (d *decoder) nextRow() error {
	n := d.takeCount()
	if d.y >= math.MaxInt64-n {
		return d.tooFar("row", d.y, n)
	}
	d.down(n)
	d.x = d.left
	d.src.i++
	return nil
}

// liveRun sets a run of cells to state v. The token has the given size and ends
// with c.
func (d *decoder) liveRun(c byte, size, v int) error {
	n := d.takeCount()
	if v >= d.states {
		hint := ""
		if d.states == 2 && (c == 'B' || c == 'O') && size == 1 {
			hint = "; its cells are written b and o"
		}
		return d.here().errorf(life.ErrState, "state %d, rule %s has %d states%s", v, d.rule, d.states, hint)
	}
	if d.x > math.MaxInt64-n {
		return d.tooFar("column", d.x, n)
	}
	if err := d.addRun(n, life.State(v)); err != nil {
		return err
	}
	d.x += n
	d.src.i += size
	return nil
}

// addRun adds the part of a run that lies in the grid.
func (d *decoder) addRun(n int64, v life.State) error {
	if d.clip == nil {
		d.setRun(d.x, n, v)
		return nil
	}
	lo, hi := max(d.x, d.clip.Min.X), min(d.x+n, d.clip.Max.X)
	if d.y < d.clip.Min.Y || d.y >= d.clip.Max.Y || lo >= hi {
		lo, hi = d.x, d.x
	}
	if hi > lo {
		d.setRun(lo, hi-lo, v)
	}
	if hi-lo == n || d.isClipped {
		return nil
	}
	d.isClipped = true
	return d.deviation(d.here(), "cells outside the grid of rule %s are dropped", d.rule)
}

// prefix reads a state of two letters. A prefix alone is state 1, as in very old
// files; a line end between the two is skipped where the rule has such states.
func (d *decoder) prefix(c byte) error {
	s := d.src
	b := s.ahead(4)
	if len(b) > 1 && 'A' <= b[1] && b[1] <= 'X' {
		return d.liveRun(b[1], 2, pairState(c, b[1]))
	}
	rest := strings.TrimLeft(string(b[1:]), "\r\n")
	if d.states > 25 && rest != "" && len(rest) < len(b)-1 && 'A' <= rest[0] && rest[0] <= 'X' {
		if err := d.deviation(d.here(), "line end inside a state of two letters"); err != nil {
			return err
		}
		s.i++
		for s.more() && !isUpper(s.buf[s.i]) {
			s.newline()
		}
		return d.liveRun(rest[0], 1, pairState(c, rest[0]))
	}
	if err := d.deviation(d.here(), "%q without a letter A to X, read as state 1", c); err != nil {
		return err
	}
	return d.liveRun(c, 1, 1)
}

// pairState returns the state that two letters stand for.
func pairState(c, second byte) int { return 24*(int(c-'p')+1) + int(second-'A') + 1 }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// final reads the final !.
func (d *decoder) final() error {
	if err := d.checkEnd(); err != nil {
		return err
	}
	d.isDone = true
	d.src.i++
	return nil
}

// unknown skips a character that is no token; it cancels the count, as in Golly.
func (d *decoder) unknown() error {
	r, size := utf8.DecodeRune(d.src.ahead(utf8.UTFMax))
	switch {
	case r == 0:
		return d.here().errorf(ErrFormat, "found a NUL byte: binary data, want an RLE pattern")
	case r == utf8.RuneError && size == 1:
		return d.here().errorf(ErrFormat, "found the byte 0x%02X, which is not UTF-8: binary data, want an RLE pattern", d.src.buf[d.src.i])
	case unicode.IsControl(r):
		return d.here().errorf(ErrFormat, "found the control character %U, want an RLE pattern", r)
	case !d.hasHeader:
		return d.noCells()
	}
	lost := ""
	if d.count > 0 {
		lost = " together with the run count before it"
	}
	err := d.deviation(d.here(), "character %q, ignored%s", r, lost)
	d.count = 0
	d.src.i += size
	return err
}

// checkEnd looks at the cells as a whole where they end.
func (d *decoder) checkEnd() error {
	at := d.here()
	if !d.hasBegun() {
		if !d.hasHeader {
			return at.errorf(ErrFormat, "found neither a header nor cells, want an RLE pattern")
		}
		if err := d.begin(); err != nil {
			return err
		}
	}
	if !d.hasHeader && !d.hasProof {
		return d.first.errorf(ErrFormat, "found only letters, want a header or a count, $ or !")
	}
	if d.count > 0 {
		if err := d.deviation(at, "run count %d without a cell, ignored", d.count); err != nil {
			return err
		}
		d.count = 0
	}
	w, h := uint64(d.east)-uint64(d.left), uint64(d.south)-uint64(d.top)
	if d.hasHeader && (w > uint64(d.w) || h > uint64(d.h)) {
		return d.deviation(at, "cells fill %d by %d, the header says %d by %d", w, h, d.w, d.h)
	}
	return nil
}

// trailer keeps what follows the final !.
func (d *decoder) trailer() error {
	empty, isFirst := 0, true
	for d.src.more() {
		at := d.here()
		text, isCut := d.src.rest(MaxText)
		if err := d.checkTextAt(at, text); err != nil {
			return err
		}
		d.src.newline()
		line := string(text)
		if isFirst {
			line = strings.TrimLeft(line, blanks)
		}
		if strings.Trim(line, blanks) == "" {
			if !isFirst {
				empty++
			}
			isFirst = false
			continue
		}
		isFirst = false
		for ; empty > 0; empty-- {
			if err := d.addComment(at, '!', "", false); err != nil {
				return err
			}
		}
		if err := d.addComment(at, '!', line, isCut); err != nil {
			return err
		}
	}
	return nil
}
