// Package life105 reads and writes patterns in Life 1.05 format: blocks of rows,
// each block at its place.
//
// # The format
//
//	#Life 1.05
//	#D Two blocks             a comment
//	#N                        the normal rule, Life; or:
//	#R 23/3                   a rule, the counts for survival first; any other
//	                          rulestring will do, too
//	#P -4 -1                  a block: x and y of its north-west cell, y grows south
//	**                        its rows, * live and . dead
//	**
//	#P 4 -1
//	**
//	**
//
// There are two states. The generation has no place in the format.
//
// Sources: LifeWiki, "Life 1.05"; the reader of Golly 3.3.
//
// # Reading
//
// Decode is lenient: each deviation in this list is a Warning, or an error when
// strict.
//
//   - a first line that is not exactly #Life 1.05, or that is missing
//   - #P without coordinates, or rows before the first #P: the block is at 0 0
//   - characters without a meaning, blanks at the end of a row apart; an empty line
//     in a block, which is an empty row
//   - a rule after the first cell; cells outside the bounded grid of a rule, which
//     are dropped
//
// # Limits
//
// Decode allocates at most 4 KiB for each byte of input, and 1 MiB, and comes near
// that for cells strewn far and wide. Encode writes up to codec.MaxFile bytes.
package life105

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/format/codec"
)

// Name is the name of the format.
const Name codec.Format = "life105"

// title is the first line.
const title = "#Life 1.05"

// isOther is the class of characters that are no cells.
const isOther = 2

// alphabet is what characters mean.
var alphabet = func() codec.Alphabet {
	a := codec.Alphabet{Live: '*'}
	for i := range a.Class {
		a.Class[i] = isOther
	}
	a.Class['.'], a.Class['*'] = 0, 1
	return a
}()

// Decode reads one pattern, up to the end of r. The error is a *codec.SyntaxError
// for what the input holds, or that of r. Cost: O(bytes of r).
func Decode(r io.Reader, o codec.Options) (*life.Pattern, error) {
	d := &decoder{Decoder: codec.NewDecoder(r, Name, o)}
	for {
		text, ok, err := d.NextLine()
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return d.Finish()
		}
		if err := d.line(text); err != nil {
			return nil, err
		}
	}
}

// decoder is the state of one Decode.
type decoder struct {
	*codec.Decoder
	x, y     int64 // where the next row begins
	hasLine  bool  // a line with text was read
	hasBlock bool  // there was a #P line
	empty    int64 // empty lines since the last row
}

// line reads one line.
func (d *decoder) line(text []byte) error {
	isEmpty := codec.Blanks(text) == len(text)
	if !d.hasLine && !isEmpty {
		d.hasLine = true
		if !strings.HasPrefix(string(text), title) || codec.Blanks(text[len(title):]) != len(text)-len(title) {
			if err := d.Deviation(1, "found %s, want %s first", strconv.Quote(string(text[:min(len(text), 40)])), title); err != nil {
				return err
			}
		}
		if bytes.HasPrefix(text, []byte("#Li")) {
			return nil
		}
	}
	switch {
	case isEmpty:
		d.empty++
		return nil
	case text[0] == '#':
		d.empty = 0
		return d.hashLine(string(text))
	}
	return d.row(text)
}

// hashLine reads a line that begins with '#'.
func (d *decoder) hashLine(line string) error {
	key, text, col := codec.HashLine(line)
	switch trimmed := strings.TrimRight(text, " \t"); {
	case key == 'P':
		return d.block(trimmed, col)
	case key == 'R' && trimmed != "":
		return d.SetRule(col, trimmed)
	case key == 'N' && trimmed == "":
		return d.SetRule(2, "B3/S23")
	case key == 'C' || key == 'D':
		return d.Comment('C', text)
	case key == 'O':
		return d.Comment(key, text)
	}
	return d.Comment('C', line[1:])
}

// block begins a block at coordinates.
func (d *decoder) block(text string, col int) error {
	d.x, d.y, d.hasBlock = 0, 0, true
	f := strings.Fields(text)
	if len(f) == 0 {
		return d.Deviation(col, "#P without coordinates, read as 0 0")
	}
	if len(f) != 2 {
		return d.Errorf(col, nil, "found %d words after #P, want x and y", len(f))
	}
	for i, to := range []*int64{&d.x, &d.y} {
		v, err := strconv.ParseInt(strings.TrimPrefix(f[i], "+"), 10, 64)
		if err != nil {
			return d.Errorf(col, nil, "found %s, want x and y in int64", codec.QuoteWord([]byte(f[i])))
		}
		*to = v
	}
	return nil
}

// row reads a row of cells.
func (d *decoder) row(text []byte) error {
	if !d.hasBlock {
		d.hasBlock, d.empty = true, 0
		if err := d.Deviation(1, "row before the first #P, read as the first one at 0 0"); err != nil {
			return err
		}
	}
	if d.empty > 0 {
		if err := d.Deviation(1, "%d empty lines in a block, read as empty rows", d.empty); err != nil {
			return err
		}
	}
	if d.y >= math.MaxInt64-1-d.empty {
		return d.Errorf(1, life.ErrOutOfRange, "row overflows int64")
	}
	d.y += d.empty
	d.empty = 0
	x := d.x
	for i := 0; i < len(text); {
		n, err := d.Cells(text[i:], &alphabet, x, d.y, i+1)
		if err != nil {
			return err
		}
		x, i = x+int64(n), i+n
		switch {
		case codec.Blanks(text[i:]) == len(text)-i:
			i = len(text)
		default:
			n, err = d.Unknown(text, i, 1)
			i += n
		}
		if err != nil {
			return err
		}
	}
	d.y++
	return nil
}

// IsHead reports whether a file that begins with text is a Life 1.05 file: it has
// the title, or #P comes before the first row, which is one of . and *.
func IsHead(text []byte) bool {
	if bytes.HasPrefix(text, []byte("#Li")) {
		return true
	}
	hasBlock := false
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line[0] != '#' {
			return hasBlock && bytes.Trim(line, ".* \t") == nil
		}
		hasBlock = hasBlock || bytes.HasPrefix(line, []byte("#P"))
	}
	return false
}
